"""The record as one flat row of dotted fields: `address.city`, `hours.open`, `lat`, `refs.um`.

The columns are made from the record itself, so a new field is a new column.
"""

import types
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from places.place import Place
from places.vocabulary import Answer

Kind = Literal["text", "answer", "whole", "number", "list", "records"]

REFS = "refs."


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
