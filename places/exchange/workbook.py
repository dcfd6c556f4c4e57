"""XLSX, read and written.

Text is stored as text, whatever it looks like, so that no formula can hide in it.  The format has
its own escapes (`_x000D_`) and its own end of a cell; a longer text is refused, not cut.  How a
book is made is the business of sheets.py.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from places.errors import Fault, Invalid, shortened
from places.exchange import sheets, tables
from places.exchange.rows import AMPLE, Bounds, Table, Watch, table
from places.exchange.sheets import LONGEST_CELL
from places.exchange.tables import Cell, Column, Kind
from places.place import Place

MOST_ROWS = 1_048_576  # by the format
# What openpyxl lets through when a part of the file is missing, cut or not what it should be.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, ArithmeticError, AttributeError, EOFError,
    LookupError, OSError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
_WIDTHS: Mapping[Kind, int] = {
    "text": 28, "answer": 12, "whole": 12, "number": 12, "list": 32, "records": 32,
}  # fmt: skip
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def read(raw: bytes, sheet: str | None = None, bounds: Bounds = AMPLE) -> Table:
    """The rows of one sheet, the first unless named.

    Raises Invalid.
    """
    return table(_records(raw, bounds, sheet), bounds)


def write(places: Sequence[Place], file: IO[bytes], watch: Watch[Place]) -> None:
    """One sheet; its first row names the fields and stays in sight.

    Raises Invalid when a text is longer than a cell can be.
    """
    # Imported here because a server seldom meets a spreadsheet.
    import openpyxl
    from openpyxl.styles import Font

    columns = tables.columns_of(places)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Miejsca Otwarte")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        sheets.width(sheet, number, _WIDTHS[column.kind])
    head = [_text(sheet, column.name) for column in columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    try:
        for one in watch(places):
            sheet.append(_cells(sheet, columns, one))
    except Invalid:
        sheet.close()  # Its rows go to a file of their own until they are saved.
        raise
    file.write(sheets.saved(book))


def _cells(sheet: Any, columns: Sequence[Column], place: Place) -> list[Any]:
    cells = {
        name: sheets.escaped(cell) if isinstance(cell, str) else cell
        for name, cell in tables.row(place).items()
    }
    faults = [
        Fault(name, "too_long", "", str(LONGEST_CELL), place.id)
        for name, cell in cells.items()
        if isinstance(cell, str) and len(cell) > LONGEST_CELL
    ]
    if faults:
        raise Invalid(faults)
    found = [cells.get(column.name) for column in columns]
    return [_text(sheet, cell) if isinstance(cell, str) else cell for cell in found]


def _text(sheet: Any, text: str) -> Any:
    """A cell of text: never a formula, never a number."""
    from openpyxl.cell import WriteOnlyCell

    return sheets.put(WriteOnlyCell(sheet), text)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _records(raw: bytes, bounds: Bounds, sheet: str | None) -> Iterator[list[Cell | None]]:
    try:
        yield from _rows(raw, bounds, sheet)
    except _BROKEN as error:
        raise Invalid([Fault("", "not_a_spreadsheet", shortened(error))]) from None


def _rows(raw: bytes, bounds: Bounds, sheet: str | None) -> Iterator[list[Cell | None]]:
    # Not openpyxl's business: it unpacks whatever it is given.
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
    if unpacked > bounds.unpacked:
        raise Invalid([Fault("", "too_long_unpacked", "", str(bounds.unpacked))])
    import openpyxl

    with closing(openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)) as book:
        if sheet is not None and sheet not in book.sheetnames:
            raise Invalid([Fault("sheet", "not_in_list", sheet, ", ".join(book.sheetnames))])
        chosen = book[sheet] if sheet is not None else book.worksheets[0]
        # Or each row would be as wide as the file claims, and rows that are not there as many.
        chosen.reset_dimensions()
        for number, cells in enumerate(chosen.iter_rows(values_only=True), 1):
            if number > MOST_ROWS:
                raise ValueError(f"more than {MOST_ROWS} rows")
            yield [_plain(cell) for cell in cells]


def _plain(cell: Any) -> Cell | None:
    """What a cell says: a day without its midnight, a whole number without ".0"."""
    if isinstance(cell, str):
        return _unescape(cell)
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if cell is None or isinstance(cell, int | float) else str(cell)
