"""What every reader of a file hands over: rows under the file's own headers.

A row keeps the number that a spreadsheet shows, the headers being row 1; features count from 1.
Under a first header `id`, a row that begins with # is a remark, such as the one of our template.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from places.errors import Fault, Invalid, shortened
from places.exchange.tables import Cell, is_empty

T = TypeVar("T")

MOST_COLUMNS = 16_384  # as many as a spreadsheet has
Watch = Callable[[Sequence[T]], Iterable[T]]
"""Goes through the items in order while somebody counts them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row or feature."""

    number: int
    cells: Mapping[str, Cell]
    fault: Fault | None = None
    """Why it cannot be used at all."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may come in; as much as the formats can hold, unless somebody says less."""

    rows: int = 1_048_576
    unpacked: int = 1_000_000_000
    """Bytes of a spreadsheet; what unpacks to more was made to do harm."""


AMPLE = Bounds()


@dataclass(frozen=True, slots=True)
class Table:
    """A whole file."""

    headers: Sequence[str]
    rows: Sequence[Row]


def table(records: Iterator[Sequence[Cell | None]], bounds: Bounds = AMPLE) -> Table:
    """Rows under the headers of the first record; a row with nothing in it is passed over.

    Raises Invalid when there are no headers, too many, or two the same, or too many rows.
    """
    headers = [str(cell or "").strip() for cell in next(records, ())]
    named = [header for header in headers if header]
    if len(named) > MOST_COLUMNS:
        raise Invalid([Fault("", "too_many_columns", str(len(named)), str(MOST_COLUMNS))])
    repeated = sorted(header for header, count in Counter(named).items() if count > 1)
    if not named or repeated:
        code = "repeated_column" if named else "no_headers"
        raise Invalid([Fault("", code, ", ".join(repeated))])
    rows: list[Row] = []
    for number, cells in enumerate(records, 2):
        if not all(map(is_empty, cells)) and not _is_remark(headers, cells):
            rows.append(_row(number, headers, cells))
        bounded(rows, bounds)
    return Table(named, rows)


def bounded(rows: Sequence[Row], bounds: Bounds) -> None:
    """Raises Invalid when there are too many."""
    if len(rows) > bounds.rows:
        raise Invalid([Fault("", "too_many_rows", "", str(bounds.rows))])


def _is_remark(headers: Sequence[str], cells: Sequence[Cell | None]) -> bool:
    return headers[0] == "id" and str(cells[0] or "").startswith("#")


def _row(number: int, headers: Sequence[str], cells: Sequence[Cell | None]) -> Row:
    found = {
        header: cell
        for header, cell in zip(headers, cells, strict=False)
        if header and cell is not None
    }
    beyond = [cell for cell in cells[len(headers) :] if not is_empty(cell)]
    fault = Fault("", "cell_beyond_headers", shortened(beyond[0])) if beyond else None
    return Row(number, found, fault)
