"""The ways out of an empty answer: queries near the one asked that do find something."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from places.index import Index
from places.query import FACETS, Query
from places.scope import scope_of
from places.understanding import Understood, respelled

WIDER_RADII = (1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000)
"""Metres."""


@dataclass(frozen=True)
class Wider:
    """A way out of an empty answer."""

    kind: str
    """"spelling", "radius" or "drop"."""
    field: str
    """The parameter to change."""
    value: str
    """Its new radius in metres, its other spelling, or the value given up."""
    total: int
    """How many places there are then."""
    query: Query


def other_spelling(
    index: Index, query: Query, understood: Understood, now: datetime
) -> Iterable[Wider]:
    """The same question of a town of ours, where the one that was said may be a slip of it."""
    if q := respelled(index, understood):
        other = replace(query, q=q, page=1)
        if found := scope_of(index, other, now).total()[0]:
            yield Wider("spelling", "q", q, found, other)


def ways_out(index: Index, query: Query, now: datetime) -> Iterable[Wider]:
    """Queries that do find something: a wider circle first, then one condition less."""
    for radius in WIDER_RADII:
        if query.metres is not None and radius > query.metres:
            wider = replace(query, radius=radius, page=1)
            if found := scope_of(index, wider, now).total()[0]:
                yield Wider("radius", "radius", str(radius), found, wider)
                break
    for name, value, fewer in _without_one(query):
        if found := scope_of(index, fewer, now).total()[0]:
            yield Wider("drop", name, value, found, fewer)


def _without_one(query: Query) -> Iterable[tuple[str, str, Query]]:
    first = replace(query, page=1)
    for name in FACETS:
        if chosen := getattr(query, name):
            none: dict[str, Any] = {name: ()}
            yield name, ", ".join(chosen), replace(first, **none)
    if query.q:
        sort = None if query.sort == "relevance" else query.sort
        if query.exact:
            yield "exact", query.q, replace(first, exact=False)
        yield "q", query.q, replace(first, q="", sort=sort, exact=False)
    if query.open:
        yield "open", query.open, replace(first, open="")
    if query.bbox is not None:
        yield "bbox", "", replace(first, bbox=None)
    if query.near is not None and len(query.args()) > 1 + (query.radius is not None):
        sort = None if query.sort == "distance" else query.sort
        yield "near", "", replace(first, near=None, radius=None, sort=sort)
