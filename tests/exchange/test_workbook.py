"""A spreadsheet made to do harm is refused in words and in seconds."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from places.errors import Invalid
from places.exchange import workbook
from places.exchange.rows import AMPLE

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>nazwa</t></is></c></row>'
LAUGHS = "".join(
    f'<!ENTITY {name} "{10 * f"&{inner};"}">'
    for inner, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def a_book(sheet: str | None = None, rows: str = "") -> bytes:
    """A workbook, its sheet replaced by this XML, or by one of these rows."""
    book, file, changed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.save(file)
    content = sheet or f"<worksheet {NAMESPACE}><sheetData>{HEAD}{rows}</sheetData></worksheet>"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == SHEET else old.read(name))
    return changed.getvalue()


def a_row(number: int) -> str:
    """A row of one cell."""
    return f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>Żak</t></is></c></row>'


@pytest.mark.parametrize(
    "raw",
    [
        a_book("no XML at all"),
        a_book(f"<worksheet {NAMESPACE}><sheetData>"),
        a_book(f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]><worksheet>&j;</worksheet>'),
        a_book(rows='<row r="2"><c r="A2" t="d"><v>yesterday</v></c></row>'),
        a_book(rows='<row r="2"><c r="A2" t="s"><v>999</v></c></row>'),
        a_book(rows=a_row(99_999_999_999)),
    ],
    ids=["not XML", "cut", "laughs", "no date", "no such text", "far row"],
)
def test_a_broken_part_is_a_fault(raw: bytes) -> None:
    """Whatever is wrong inside, it is said, and no error of the reader's own comes out."""
    with pytest.raises(Invalid) as raised:
        workbook.read(raw)
    assert [fault.code for fault in raised.value.faults] == ["not_a_spreadsheet"]


def test_a_claim_of_many_columns_costs_nothing() -> None:
    """The size that a sheet claims to have is not believed: only its cells count."""
    rows = HEAD + a_row(1_000_000)
    sheet = f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>'
    table = workbook.read(a_book(f"<worksheet {NAMESPACE}>{sheet}</worksheet>"))
    assert [(row.number, dict(row.cells)) for row in table.rows] == [(1_000_000, {"nazwa": "Żak"})]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A file that unpacks to more than any list could need is refused unread."""
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as file:
        file.writestr("xl/sharedStrings.xml", "little")
        file.filelist[0].file_size = AMPLE.unpacked + 1
    with pytest.raises(Invalid) as raised:
        workbook.read((tmp_path / "bomb.xlsx").read_bytes())
    assert [fault.code for fault in raised.value.faults] == ["too_long_unpacked"]
