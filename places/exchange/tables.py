"""One flat row per place: the record as a spreadsheet sees it, and back.

Columns are dotted names of fields (`address.city`), see places/columns.py.  An empty cell says
nothing; a cell with a lone dash clears the field.  A text that would be misread (a real dash, an
apostrophe before `=`) carries one apostrophe more.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from places import amendments
from places.columns import REFS as REFS
from places.columns import Column as Column
from places.columns import Kind as Kind
from places.columns import column as column
from places.columns import columns as columns
from places.columns import columns_of as columns_of
from places.place import Place
from places.vocabulary import Answer

Cell = str | int | float | bool | list[Any] | dict[str, Any]
"""What stands in a cell.  Lists and dicts come only from GeoJSON."""

CLEAR = "-"
_QUOTED = re.compile(r"'+[=+\-@]")
_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?([eE]-?[0-9]+)?")
_ANSWERS: Mapping[str, Answer] = {
    "tak": "yes", "nie": "no", "częściowo": "limited", "ograniczone": "limited",
}  # fmt: skip


def row(place: Place) -> dict[str, str | int | float]:
    """The cells of a place; an unknown fact has none."""
    return {name: cell(value) for name, value in amendments.flat(place).items()}


def cell(value: Any) -> str | int | float:
    """The cell of a known fact."""
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return escaped(value)
    if not all(isinstance(one, str) for one in value):
        return _json(value)
    joined = "; ".join(value)
    plain = not joined.startswith("[") and not any(";" in one for one in value)
    return escaped(joined) if plain else _json(value)


def values(cells: Mapping[str, Cell]) -> dict[str, Any]:
    """The fields that the cells speak of, by column; None where a cell clears its field."""
    found = {}
    for name, given in cells.items():
        known = column(name)
        if known is not None and not is_empty(given):
            cleared = isinstance(given, str) and given.strip() == CLEAR
            found[name] = None if cleared else _value(known, given)
    return found


def is_empty(cell: Cell | None) -> bool:
    """Whether the cell says nothing."""
    return cell is None or cell == [] or (isinstance(cell, str) and not cell.strip())


def escaped(text: str) -> str:
    """The text as a cell that will be read as this text again."""
    return "'" + text if text == CLEAR or _QUOTED.match(text) else text


def protected(cell: str) -> str:
    """The cell for a CSV file: a spreadsheet must not take it for a formula."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@")) else cell


def _json(items: Sequence[Any]) -> str:
    return json.dumps(items, ensure_ascii=False)


def _value(column: Column, cell: Cell) -> Any:
    if isinstance(cell, str):
        cell = cell[1:] if _QUOTED.match(cell) else cell.strip()
    if column.kind in ("list", "records"):
        return _items(column, cell)
    if column.kind in ("whole", "number"):
        return _number(cell)
    if column.kind == "answer" and isinstance(cell, str):
        return _ANSWERS.get(cell.casefold(), cell)
    return str(cell) if isinstance(cell, int | float) else cell


def _number(cell: Cell) -> Any:
    """The number, with a Polish comma or a space among thousands; otherwise the cell as it is."""
    text = "".join(cell.split()) if isinstance(cell, str) else ""
    if not _NUMBER.fullmatch(text):
        return cell
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def _items(column: Column, cell: Cell) -> Any:
    if not isinstance(cell, str):
        return cell
    if cell.startswith("["):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            pass
    parts = [part.strip() for part in cell.split(";") if part.strip()]
    return [_record(part) for part in parts] if column.kind == "records" else parts


def _record(text: str) -> dict[str, str]:
    """A room or a source of which only the name, or only the page, is given."""
    return {"url" if re.match(r"https?://\S+$", text) else "name": text}
