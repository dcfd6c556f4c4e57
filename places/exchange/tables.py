"""One flat row per place: the record as a spreadsheet sees it, and back.

Columns are dotted names of fields (`address.city`), made from the record itself, so a new field is
a new column.  An empty cell says nothing; a cell with a lone dash clears the field.  A text
that would be misread (a real dash, an apostrophe before `=`) carries one apostrophe more.
"""

import json
import re
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from places import geojson
from places.place import Place
from places.vocabulary import Answer

Cell = str | int | float | bool | list[Any] | dict[str, Any]
"""What stands in a cell.  Lists and dicts come only from GeoJSON."""
Kind = Literal["text", "answer", "whole", "number", "list", "records"]

CLEAR = "-"
REFS = "refs."
_QUOTED = re.compile(r"'+[=+\-@]")
_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?([eE]-?[0-9]+)?")
_ANSWERS: Mapping[str, Answer] = {
    "tak": "yes", "nie": "no", "częściowo": "limited", "ograniczone": "limited",
}  # fmt: skip


class Column(NamedTuple):
    """A column of the table."""

    name: str
    """The dotted field, or `lat` and `lon`, or `refs.` and the name of a list."""
    kind: Kind


@cache
def columns() -> Mapping[str, Column]:
    """The columns of every record by name, in the record's order; without the `refs`."""
    return {column.name: column for column in _columns(Place, "")}


def column(name: str) -> Column | None:
    """The column of that name; None where the record has no such field."""
    if name.startswith(REFS) and len(name) > len(REFS):
        return Column(name, "text")
    return columns().get(name)


def columns_of(places: Iterable[Place]) -> list[Column]:
    """All columns that these places need: every field, and every list they refer to."""
    lists = sorted({name for one in places for name in one.refs})
    return [*columns().values(), *(Column(REFS + name, "text") for name in lists)]


def row(place: Place) -> dict[str, str | int | float]:
    """The cells of a place; an unknown fact has none."""
    feature = geojson.feature(place)
    lon, lat = feature["geometry"]["coordinates"]
    return dict(_flat({"id": place.id, "lat": lat, "lon": lon, **feature["properties"]}, ""))


def values(cells: Mapping[str, Cell]) -> dict[str, Any]:
    """The fields that the cells speak of, by column; None where a cell clears its field."""
    found = {}
    for name, cell in cells.items():
        known = column(name)
        if known is not None and not is_empty(cell):
            cleared = isinstance(cell, str) and cell.strip() == CLEAR
            found[name] = None if cleared else _value(known, cell)
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


def _columns(model: type[BaseModel], prefix: str) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        bare = _bare(field.annotation)
        if name == "point":
            yield from (Column("lat", "number"), Column("lon", "number"))
        elif isinstance(bare, type) and issubclass(bare, BaseModel):
            yield from _columns(bare, f"{prefix}{name}.")
        elif get_origin(bare) is not dict:
            yield Column(prefix + name, _kind(bare))


def _bare(annotation: Any) -> Any:
    """The type without `Annotated` and without `| None`."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return _bare(next(one for one in get_args(annotation) if one is not types.NoneType))
    return annotation


def _kind(bare: Any) -> Kind:
    if get_origin(bare) is tuple:
        inner = _bare(get_args(bare)[0])
        return "records" if isinstance(inner, type) and issubclass(inner, BaseModel) else "list"
    if bare == Answer:
        return "answer"
    return "whole" if bare is int else "number" if bare is float else "text"


def _flat(record: dict[str, Any], prefix: str) -> Iterator[tuple[str, str | int | float]]:
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, _cell(value)


def _cell(value: Any) -> str | int | float:
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return escaped(value)
    if not all(isinstance(one, str) for one in value):
        return _json(value)
    joined = "; ".join(value)
    plain = not joined.startswith("[") and not any(";" in one for one in value)
    return escaped(joined) if plain else _json(value)


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
