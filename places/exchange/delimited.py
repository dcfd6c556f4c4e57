"""CSV, read and written.

Polish offices still write it in cp1250 with semicolons, so both are found out by trying.  We write
UTF-8 with a mark, or spreadsheets take Polish letters for something else.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import IO

from places.errors import Fault, Invalid, shortened
from places.exchange import tables
from places.exchange.rows import AMPLE, Bounds, Table, Watch, table
from places.exchange.tables import Cell
from places.place import Place

_DELIMITERS = (",", ";", "\t")
_LONGEST_CELL = 16_000_000  # letters; the csv module stops at 131,072 unless told


def read(raw: bytes, bounds: Bounds = AMPLE) -> Table:
    """The rows of a file in UTF-8 or cp1250, with commas, semicolons or tabs.

    Raises Invalid.
    """
    return table(_records(decoded(raw)), bounds)


def write(places: Sequence[Place], file: IO[bytes], watch: Watch[Place]) -> None:
    """UTF-8, commas; the first line names the fields."""
    columns = [column.name for column in tables.columns_of(places)]
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(columns)
    for one in watch(places):
        cells = tables.row(one)
        lines.writerow([_safe(cells.get(name, "")) for name in columns])
    text.detach()


def decoded(raw: bytes) -> str:
    """The text of a file.

    Raises Invalid when it is in none of our encodings.
    """
    line = 1
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
    raise Invalid([Fault("", "encoding", where=f"line {line}")])


def _records(text: str) -> Iterator[list[Cell | None]]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        delimiter = max(_DELIMITERS, key=lambda one: _width(text, one))
        yield from map(list, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Invalid([Fault("", "not_csv", shortened(error))]) from None


def _width(text: str, delimiter: str) -> int:
    """How many columns the first row has, if this is what stands between them."""
    return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), []))


def _safe(cell: str | int | float) -> str | int | float:
    return tables.protected(cell) if isinstance(cell, str) else cell
