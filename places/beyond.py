"""The nearest places that have what was asked for, where the area that was said has none.

They never mix with the answers: who asks for Wola is told what is on Wola, and beside it, under a
heading of its own, where the nearest of what they wished for is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from places.areas import middle
from places.geo import Point
from places.index import Index
from places.known import Area
from places.query import Query
from places.scope import Scope
from places.understanding import Understood
from places.whereabouts import Where

MOST = 5
_REACH = 100_000
"""Metres within which the others of the nearest few must lie: a day's journey is no offer."""
_KINDS = ("type", "network")


@dataclass(frozen=True)
class Origin:
    """From where the metres of what lies elsewhere are counted: the middle of what was said."""

    point: Point
    area: Area


def origin(index: Index, understood: Understood) -> Origin | None:
    """The middle of the likeliest reading of the area that was said; None where none was."""
    areas = (area for place in understood.places for area in place.areas)
    found = ((area, middle(index, area)) for area in areas)
    return next((Origin(point, area) for area, point in found if point is not None), None)


def nearest(
    index: Index, query: Query, understood: Understood, centre: Point, now: datetime
) -> list[tuple[str, float | None]]:
    """The lines of the nearest few that have every word, wherever they are, with their metres.

    Fills the table of candidates anew.
    """
    asked = replace(query, near=None, radius=None, bbox=None, city=(), district=(), sort="distance")
    anywhere = replace(understood, places=(), names=(), called=())
    for one in (*_of_the_kind(asked, understood), asked):
        scope = Scope(index, one, Where(centre, "", ()), anywhere, now)
        if scope.level == "every" and scope.total()[0]:
            return _within_reach(scope.page("distance", MOST, 1))
    return []


def _within_reach(rows: list[tuple[str, float | None]]) -> list[tuple[str, float | None]]:
    """The nearest however far, the others only if they are not far."""
    known = [(feature, metres) for feature, metres in rows if metres is not None]
    return [*known[:1], *((one, metres) for one, metres in known[1:] if metres <= _REACH)]


def _of_the_kind(query: Query, understood: Understood) -> Iterable[Query]:
    """A club for seniors before a house of culture where seniors meet too."""
    kinds = {one.kind: one.values for one in understood.wishes if one.kind in _KINDS}
    missing = {kind: values for kind, values in kinds.items() if not getattr(query, kind)}
    if "type" in missing:
        yield replace(query, type=missing["type"])
    if "network" in missing:
        yield replace(query, network=missing["network"])
