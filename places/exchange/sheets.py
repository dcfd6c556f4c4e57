"""Workbooks (XLSX) as they are made: text that stays text, headings in sight, lasting bytes.

The same content is the same file, whenever and wherever it is written.  openpyxl would write down
the moment, in the properties of the book and on each part of the archive; here both are always the
first day that an archive can tell.
"""

import io
import math
import re
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

LONGEST_CELL = 32_767  # letters, by the format
TEXT, WHOLE, DECIMAL, PERCENT, DEGREES = "@", "#,##0", "0.00", "0.0%", "0.00000"
"""How cells are shown; the marks for thousands and decimals are those of whoever looks."""
_LONGEST_LINK = 2_079  # letters, by Excel, which calls a file with a longer one broken
_ALWAYS = datetime(1980, 1, 1, tzinfo=UTC)
_A4 = "9"
_LINE = 15.0  # points
_FACE = {"name": "Calibri", "size": 11}  # as openpyxl has it for cells that say nothing
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_TO_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_|[\ufffe\uffff]")


class Column(NamedTuple):
    """What stands in a column."""

    heading: str
    width: int = 13
    """In letters."""
    form: str = WHOLE
    """How its numbers are shown, as spreadsheets write it."""
    wraps: bool = False
    """Whether long texts go on in another line of their cell."""


class Shown(NamedTuple):
    """A number that is shown otherwise than those of its column."""

    value: float | None
    form: str


class Link(NamedTuple):
    """An address of ours that may be pressed; not longer than a cell."""

    address: str


Cell = str | float | Shown | Link | None
"""What stands in a cell; None is unknown, and empty."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its headings are the first row, bold and always in sight."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    """Each has a cell for every column, or fewer."""
    notes: Sequence[str] = ()
    """Sentences under the table, as wide as it is."""
    strong: Collection[int] = ()
    """Which of the rows are bold, from 0."""
    held: int = 0
    """How many columns stay in sight, too."""
    filtered: bool = True
    """Whether rows can be sifted by what is in a column."""


def book(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a file, in their order."""
    # Imported here because a server seldom meets a spreadsheet.
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.active)
    for one in sheets:
        _fill(made.create_sheet(one.name), one)
    return saved(made)


def saved(book: Any) -> bytes:
    """An openpyxl workbook as a file, without the moment in it."""
    from openpyxl.writer.excel import ExcelWriter

    moment = _ALWAYS.replace(tzinfo=None)  # openpyxl says by itself that it is UTC
    book.properties.creator = "Miejsca Otwarte"
    book.properties.created = book.properties.modified = moment
    first, file = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(first, "w", zipfile.ZIP_DEFLATED)).save()
    with zipfile.ZipFile(first) as parts, zipfile.ZipFile(file, "w") as same:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, _ALWAYS.timetuple()[:6])
            part.create_system = 0  # or the system would stand in it
            same.writestr(part, parts.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def put(cell: Any, text: str) -> Any:
    """The openpyxl cell with a text in it: never a formula, never a number."""
    cell.value = _NOT_TEXT.sub("", text)
    cell.data_type = "s"
    cell.number_format = TEXT
    return cell


def escaped(text: str) -> str:
    """The text without what the format takes for an escape of its own."""
    return _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0][0]):04X}_{found[0][1:]}", text)


def width(sheet: Any, number: int, letters: float) -> None:
    """Makes a column, the first is 1, so wide."""
    from openpyxl.utils import get_column_letter

    sheet.column_dimensions[get_column_letter(number)].width = letters


def _fill(sheet: Any, told: Sheet) -> None:
    for number, column in enumerate(told.columns, 1):
        width(sheet, number, column.width)
    heads = [one._replace(wraps=True) for one in told.columns]
    _row(sheet, 1, heads, [_plain(one.heading) for one in heads])
    for number, row in enumerate(told.rows, 2):
        _row(sheet, number, told.columns, row, strong=number - 2 in told.strong)
    for number, note in enumerate(told.notes, len(told.rows) + 3):
        _note(sheet, number, note, told.columns)
    _lay_out(sheet, told)


def _row(
    sheet: Any, number: int, columns: Sequence[Column], row: Sequence[Cell], strong: bool = True
) -> None:
    from openpyxl.styles import Alignment, Font

    lines = 1
    for place, (column, given) in enumerate(zip(columns, row, strict=False), 1):
        shown = given.value if isinstance(given, Shown) else given
        if shown is None or shown == "":
            continue
        cell = sheet.cell(number, place)
        if isinstance(shown, str):
            goes_on = column.wraps and len(shown) > column.width
            put(cell, escaped(shown if goes_on else _plain(shown)))
            lines = max(lines, _lines(shown, column.width) if goes_on else 1)
        elif isinstance(shown, Link):
            _link(cell, shown.address)
        else:
            cell.value = shown
            cell.number_format = given.form if isinstance(given, Shown) else column.form
        if strong:
            cell.font = Font(**_FACE, bold=True)
        # A heading stands where the numbers below it do.
        side = "right" if strong and column.form != TEXT else None
        cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=column.wraps)
    if lines > 1:
        sheet.row_dimensions[number].height = _LINE * lines


def _lines(text: str, letters: float) -> int:
    """How many lines a text takes in so many letters; not every spreadsheet finds that out."""
    # Words do not break, so that some of each line stays empty.
    return math.ceil(len(text) * 1.1 / letters)


def _plain(text: str) -> str:
    """The text as people type it, so that a formula and a filter find what they look for."""
    return text.replace("\u00a0", " ").replace("\u2060", "")


def _link(cell: Any, address: str) -> None:
    from openpyxl.styles import Font

    put(cell, escaped(address))
    if len(address) <= _LONGEST_LINK:
        cell.hyperlink = address
        cell.font = Font(**_FACE, color="0563C1", underline="single")


def _note(sheet: Any, number: int, note: str, columns: Sequence[Column]) -> None:
    from openpyxl.styles import Alignment

    cell = put(sheet.cell(number, 1), escaped(note))
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.merge_cells(None, number, 1, number, len(columns))
    across = sum(one.width for one in columns)
    sheet.row_dimensions[number].height = _LINE * _lines(note, across)


def _lay_out(sheet: Any, told: Sheet) -> None:
    """What stays in sight, what can be sifted, and how it is printed."""
    sheet.freeze_panes = sheet.cell(2, told.held + 1).coordinate
    if told.filtered and told.rows:
        last = sheet.cell(len(told.rows) + 1, len(told.columns)).coordinate
        sheet.auto_filter.ref = f"A1:{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
