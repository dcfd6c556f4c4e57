"""People left out, as named clusters of hexagons: "Olszynka, 3,200 people".

A gap is where people live whom no place reaches for sure.  What hangs together is often the whole
rim of a city or half a county, which helps nobody; so it is cut around the spots where most are
left out.  The greatest spot claims what lies within some rings of it, the greatest of what is left
the same, and so on; claims that are but crumbs beside a greater one are given up; then every
hexagon goes with the spot to which the way through such hexagons is shortest.  Each gap hangs
together, and each hexagon is in one gap.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, NamedTuple

import h3

from places.coverage.figures import Pair
from places.geo import Point, metres

_WIDE = 1_500.0
"""Metres from its spot that a gap reaches, in whole rings, at least one."""
_CRUMB = 0.05
"""What has less than this share of the people of a gap beside it is a crumb of that."""
_DECIMALS = 6


class Cell(NamedTuple):
    """A hexagon in which somebody lives; one row for each."""

    h3: str
    code: str
    """Of the finest area known that it lies in; "" where none is."""
    low: float
    """Left out for sure."""
    high: float
    """Left out perhaps."""
    young: Pair | None
    """Those of them aged 0–14; None where unknown.  So for the next."""
    old: Pair | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A cluster of people left out."""

    name: str
    code: str
    """Of the area it lies in; "" if in several."""
    people: Pair
    """Left out for sure, perhaps."""
    young: Pair | None
    """Of these, those aged 0–14; None where unknown."""
    old: Pair | None
    """Those aged 65 and more."""
    lat: float
    lon: float
    """A point in it: the middle of the hexagon nearest to the middle of its people."""
    cells: tuple[str, ...]
    """Hexagons, in the order of their codes."""
    resolution: int
    """Theirs."""
    ordinal: int = 0
    """1, 2 … where several gaps of the answer share a name, the largest first; else 0."""


def gaps(
    cells: Iterable[Cell], name_of: Callable[[Point], str], *, least: float = 50, most: int = 50
) -> tuple[Gap, ...]:
    """The gaps of `least` people or more, at most `most` of them, the largest first.

    The order is that of people left out for sure, then perhaps, then of the first hexagon.
    """
    known = {one.h3: one for one in cells if one.low > 0}
    parts = _cut(known, least)
    made = (_gap([known[one] for one in sorted(part)], name_of) for part in parts)
    found = sorted(
        (one for one in made if one.people[0] >= least),
        key=lambda one: (-one.people[0], -one.people[1], one.cells[0]),
    )
    return _told_apart(found[:most])


def outline(gap: Gap) -> dict[str, Any]:
    """Its border as a GeoJSON geometry, holes included."""
    found = h3.cells_to_geo(gap.cells)
    several = found["type"] == "MultiPolygon"
    polygons = [
        [[list(_turned(point[::-1])) for point in ring] for ring in polygon]
        for polygon in (found["coordinates"] if several else [found["coordinates"]])
    ]
    return {"type": found["type"], "coordinates": polygons if several else polygons[0]}


def _turned(point: Sequence[float]) -> tuple[float, float]:
    return round(point[1], _DECIMALS), round(point[0], _DECIMALS)


def _cut(known: Mapping[str, Cell], least: float) -> list[list[str]]:
    """All hexagons, by the spot they go with."""
    near = {one: sorted(other for other in h3.grid_ring(one, 1) if other in known) for one in known}
    # The people around count too, so that a spot is a crowd and not a tower block.
    around = {
        one: 2 * known[one].low + sum(known[other].low for other in near[one]) for one in known
    }
    order = sorted(known, key=lambda one: (-around[one], one))
    rings = _rings(order[0]) if order else 0
    spots = _spots(order, near, known, rings, least)
    found = _flood(spots, near, 2 * rings)
    for one in order:  # Crumbs that touch no gap, or one too far.
        if one not in found:
            found |= _flood([one], near, rings, found)
    parts: dict[str, list[str]] = {}
    for one in order:
        parts.setdefault(found[one], []).append(one)
    return list(parts.values())


def _spots(
    order: Sequence[str],
    near: Mapping[str, Sequence[str]],
    known: Mapping[str, Cell],
    rings: int,
    least: float,
) -> list[str]:
    """Where most are left out, the greatest first; none of a crumb beside a greater gap."""
    claimed: dict[str, str] = {}
    for one in order:
        if one not in claimed:
            claimed |= _flood([one], near, rings, claimed)
    people: dict[str, float] = {}
    beside: dict[str, set[str]] = {}
    for one in order:
        spot = claimed[one]
        people[spot] = people.get(spot, 0) + known[one].low
        beside.setdefault(spot, {spot}).update(claimed[other] for other in near[one])
    greatest = {spot: max(people[one] for one in those) for spot, those in beside.items()}
    return [
        spot
        for spot, those in people.items()
        if those >= max(least, _CRUMB * greatest[spot]) or those >= greatest[spot]
    ]


def _rings(cell: str) -> int:
    edge: float = h3.average_hexagon_edge_length(h3.get_resolution(cell), unit="m")
    return max(1, round(_WIDE / (edge * 3**0.5)))


def _flood(
    spots: Sequence[str],
    near: Mapping[str, Sequence[str]],
    rings: int,
    taken: Collection[str] = (),
) -> dict[str, str]:
    """From which spot each hexagon not taken is reached in fewest steps, the first of equals."""
    found = {one: one for one in spots}
    waiting = deque((one, 0) for one in spots)
    while waiting:
        one, steps = waiting.popleft()
        for other in near[one] if steps < rings else ():
            if other not in found and other not in taken:
                found[other] = found[one]
                waiting.append((other, steps + 1))
    return found


def _gap(cells: Sequence[Cell], name_of: Callable[[Point], str]) -> Gap:
    codes = {one.code for one in cells}
    point = _middle(cells)
    people = _sum([(one.low, one.high) for one in cells])
    return Gap(
        name=name_of(point),
        code=codes.pop() if len(codes) == 1 else "",
        people=people or (0.0, 0.0),
        young=_sum([one.young for one in cells]),
        old=_sum([one.old for one in cells]),
        lat=point.lat,
        lon=point.lon,
        cells=tuple(one.h3 for one in cells),
        resolution=h3.get_resolution(cells[0].h3),
    )


def _middle(cells: Sequence[Cell]) -> Point:
    """The middle of the people, moved to the nearest of the hexagons."""
    points = [Point(*h3.cell_to_latlng(one.h3)) for one in cells]
    people = sum(one.low for one in cells)
    lat, lon = (
        sum(one.low * point[axis] for one, point in zip(cells, points, strict=True)) / people
        for axis in (0, 1)
    )
    return min(points, key=lambda point: metres(point, Point(lat, lon)))


def _sum(pairs: Sequence[Pair | None]) -> Pair | None:
    """What is known of it, None where nothing is."""
    known = [one for one in pairs if one is not None]
    return (sum(low for low, _ in known), sum(high for _, high in known)) if known else None


def _told_apart(found: Sequence[Gap]) -> tuple[Gap, ...]:
    """With ordinals where several have one name: who reads a list does not see their areas."""
    met: dict[str, list[int]] = {}
    for n, one in enumerate(found):
        met.setdefault(one.name, []).append(n)
    several = chain.from_iterable(enumerate(same, 1) for same in met.values() if len(same) > 1)
    ordinals = {n: ordinal for ordinal, n in several}
    return tuple(replace(one, ordinal=ordinals.get(n, 0)) for n, one in enumerate(found))
