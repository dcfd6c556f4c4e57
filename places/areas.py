"""Where an area is: what its places have in common, and its middle.

A town where we have no place of our own is a point of the gazetteer, and stands for what lies
around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from places.geo import Box, Point, box_around, on_sphere, square_through
from places.index import Index
from places.intents import Intent
from places.known import Area

AWAY = "(p.x - ?) * (p.x - ?) + (p.y - ?) * (p.y - ?) + (p.z - ?) * (p.z - ?)"
"""How far, as geo.py's square through the ball: SQLite multiplies faster than it calls us."""
AROUND = 15_000
"""Metres: "koło Opola", and a town where we have no place of our own."""
_EXACTLY = 0.5
"""How much a town itself counts before the other villages of its commune, and a district before
places that are only called by it."""


@dataclass(frozen=True)
class Condition:
    """A part of WHERE: SQL over `p` (a place) with its values."""

    facet: str
    sql: str
    values: tuple[Any, ...]


def any_of(conditions: Sequence[Condition]) -> Condition:
    sql = " or ".join(one.sql for one in conditions)
    return Condition("", f"({sql})", tuple(v for one in conditions for v in one.values))


def within(box: Box) -> Condition:
    """Exactly in the box."""
    return Condition(
        "",
        "p.lat between ? and ? and p.lon between ? and ?",
        (box.south, box.north, box.west, box.east),
    )


def circle(centre: Point, radius: float) -> Condition:
    tree = in_tree(box_around(centre, radius))
    limit = square_through(radius)
    return Condition("", f"{tree.sql} and {AWAY} <= ?", (*tree.values, *from_point(centre), limit))


def in_tree(box: Box) -> Condition:
    # The tree is coarse (32-bit): it proposes, exact metres or edges decide.
    edges = "south <= ? and north >= ? and west <= ? and east >= ?"
    return Condition(
        "", f"p.n in (select n from box where {edges})", (box.north, box.south, box.east, box.west)
    )


def in_area(index: Index, intent: Intent, name: str) -> Condition:
    """Any reading of a place that was said; those called by it too."""
    readings = [_area(index, one, intent.kind == "near") for one in intent.areas]
    if name:
        called = "p.n in (select rowid from words_fts where words_fts match ?)"
        readings.append(Condition("", called, (name,)))
    return any_of(readings)


def _area(index: Index, area: Area, around: bool) -> Condition:
    kind, _, value = area.value.partition(":")
    if area.kind == "voivodeship":
        return Condition("", "p.voivodeship = ?", (area.value,))
    if kind == "part":
        sql = "p.n in (select place from trait where kind = 'part' and value = ?)"
        return Condition("", sql, (value,))
    if kind == "at":
        lat, lon = map(float, value.split(","))
        return circle(Point(lat, lon), AROUND)
    if around and (point := middle(index, area)):
        return circle(point, AROUND)
    if kind == "gmina":
        return Condition("", "p.gmina = ?", (value,))
    # A town stands for the commune of its name too.
    same_name = "select value from choice where facet = 'gmina' and label = ?"
    return Condition("", f"(p.city = ? or p.gmina in ({same_name}))", (value, area.name))


def middle(index: Index, area: Area) -> Point | None:
    """The middle of an area, as far as our places tell; None where we have none there."""
    kind, _, value = area.value.partition(":")
    if kind == "at":
        lat, lon = map(float, value.split(","))
        return Point(lat, lon)
    if area.kind == "voivodeship":
        return _middle(index, "voivodeship = ?", area.value)
    if kind == "part":
        sql = "n in (select place from trait where kind = 'part' and value = ?)"
        return _middle(index, sql, value)
    return _middle(index, f"{kind} = ?", value)


def _middle(index: Index, condition: str, value: str) -> Point | None:
    rows = index.rows(f"select avg(lat), avg(lon) from place where {condition}", [value])
    lat, lon = rows[0]
    return None if lat is None else Point(lat, lon)


def exactly(area: Area) -> Condition:
    kind, _, value = area.value.partition(":")
    if kind == "city":
        return Condition("", f"(p.city = ?) * {_EXACTLY}", (value,))
    if kind == "part":
        sql = "p.n in (select place from trait where kind = 'part' and value = ?)"
        return Condition("", f"({sql}) * {_EXACTLY}", (value,))
    return Condition("", "0", ())


def from_point(point: Point) -> tuple[float, ...]:
    """The values of AWAY."""
    x, y, z = on_sphere(point)
    return x, x, y, y, z, z
