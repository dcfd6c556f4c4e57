"""A workbook being made: what text stays, what number is shown how, and bytes that last."""

import io
import zipfile

import openpyxl
import pytest

from places.exchange import blank, files, sheets
from places.exchange.sheets import PERCENT, TEXT, Column, Link, Sheet, Shown
from tests.builders import some_places

COLUMNS = (Column("Co", 30, TEXT, wraps=True), Column("W\u00a0tym", 12), Column("Ile", 12, PERCENT))
HOSTILE = (
    '=HYPERLINK("https://example.org","x")', "+1", "-1+1", "@SUM(A1)", "<script>alert(1)</script>",
    "\x00zły\x1b[2J\x0c", "_x000D_", "pół\ud800znaku", "\ufffe", "'=1", "#N/A", "1e5", "2026-03-09",
    "  spacje  ", "dwa\nwiersze\t i tabulator",
)  # fmt: skip


def opened(*told: Sheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(sheets.book(told)))


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_text_stays_a_text(text: str) -> None:
    """Whatever it begins with; in a cell, a heading and a note; what XML cannot hold is gone."""
    [sheet] = opened(Sheet("Arkusz", [Column(text, 12, TEXT)], [[text]], [text]))
    cells = [sheet["A1"], sheet["A2"], sheet["A4"]]
    kept = "".join(one for one in text if one >= " " or one in "\n\t").replace("\ud800", "")
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    read_as = {"_x000D_": "_x005F_x000D_", "\ufffe": "_xFFFE_"}  # openpyxl does not unescape
    assert {cell.value for cell in cells} == {read_as.get(kept, kept)}
    assert not any(cell.hyperlink for cell in cells)


def test_a_number_is_a_number() -> None:
    """In the form of its column, or of its own; unknown is an empty cell, nought is nought."""
    rows = [["a", 1_234.5, 0.25], ["b", Shown(0.5, PERCENT), 0], ["c", None, Shown(None, "0")]]
    [sheet] = opened(Sheet("Arkusz", COLUMNS, rows))
    assert (sheet["B2"].value, sheet["B2"].number_format) == (1_234.5, "#,##0")
    assert (sheet["C2"].value, sheet["C2"].number_format) == (0.25, "0.0%")
    assert (sheet["B3"].value, sheet["B3"].number_format) == (0.5, "0.0%")
    assert sheet["C3"].value == 0 and sheet["C3"].data_type == "n"
    assert sheet["B4"].value is None and sheet["C4"].value is None


def test_a_heading_is_bold_and_stays_in_sight() -> None:
    """So is a row that is said to be strong, and a column that is held; rows can be sifted."""
    rows = [["a", 1, 0.5], ["b", 2, 0.5]]
    first, second = opened(
        Sheet("Pierwszy", COLUMNS, rows, ["Uwaga."], strong=[1], held=1),
        Sheet("Drugi", COLUMNS, rows, filtered=False),
    )
    assert [cell.font.b for cell in first["A"]] == [True, False, True, False, False]
    assert first.freeze_panes == "B2" and second.freeze_panes == "A2"
    assert first.auto_filter.ref == "A1:C3" and second.auto_filter.ref is None
    assert first["A5"].value == "Uwaga." and "A5:C5" in first.merged_cells
    assert first.column_dimensions["A"].width == 30
    assert first.print_title_rows == "$1:$1"


def test_labels_have_spaces_as_people_type_them() -> None:
    """A formula finds them; a text that goes on in another line keeps those that do not break."""
    long = "W\u00a0tym, co się nie mieści w\u00a0jednym wierszu komórki."
    rows = [["w\u00a0tym (0\u2060–\u206014)"], [long]]
    [sheet] = opened(Sheet("Arkusz", COLUMNS, rows))
    assert [sheet["B1"].value, sheet["A2"].value] == ["W tym", "w tym (0–14)"]
    assert sheet["A3"].value == long


def test_an_address_can_be_pressed_unless_excel_would_call_the_file_broken() -> None:
    """Then it is a text."""
    short, long = "https://example.org/?a=1&b=<2>", "https://example.org/?" + "a" * 3_000
    [sheet] = opened(Sheet("Arkusz", COLUMNS, [[Link(short)], [Link(long)]]))
    assert sheet["A2"].value == sheet["A2"].hyperlink.target == short
    assert sheet["A3"].value == long and sheet["A3"].hyperlink is None


def test_the_moment_is_nowhere_in_the_file() -> None:
    """Neither in the properties nor on a part; so for the catalogue and the empty table."""
    catalogue = io.BytesIO()
    files.write("xlsx", some_places(2), catalogue)
    for raw in (
        sheets.book([Sheet("Arkusz", COLUMNS, [["a", 1]])]),
        catalogue.getvalue(),
        blank.write("xlsx", {}, {}),
    ):
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = parts.read("docProps/core.xml").decode()
        assert core.count("1980-01-01T00:00:00Z") == 2 and "Miejsca Otwarte" in core
