"""Whom a change touches: those who lose and those who gain, by hexagon and by what it is called.

Hexagons are as fine as those of gaps: of about 330 m across where people stand on streets, of about
900 m elsewhere; wider ones where there would be too many.  Every sum is over the same hexagons, so
that what a map shows stands in the table, too.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from places.coverage import hexagons
from places.coverage.areas import Areas
from places.coverage.ground import Floats, added, to_earth
from places.coverage.holes import COARSE, FINE
from places.coverage.naming import Names
from places.coverage.reach import Ground

MOST = 500
"""Hexagons: more are put together into wider ones."""
MOST_NAMED = 20
"""Names in the table; the rest is told in one row, whose name is None."""
_WIDER = (FINE, COARSE, 7, 6, 5, 4)
_MOSTLY = 0.9
"""The share of the people touched who must stand on streets for the fine hexagons to fit."""


class Moved(NamedTuple):
    """People of each point who lose a place within the walk and who gain one: each a pair of
    arrays, surely and at most."""

    lose: tuple[Floats, Floats]
    gain: tuple[Floats, Floats]


def cells(areas: Areas, laid: Ground, moved: Moved) -> list[dict[str, Any]]:
    """The hexagons of all who are touched, by code: "h3", "name", and the pairs "lose" and "gain",
    which over all hexagons add up to the totals."""
    sides = np.array([*moved.lose, *moved.gain])
    some = np.flatnonzero(sides.max(axis=0) > 0)
    if not len(some):
        return []
    x, y = laid.spread.x[some], laid.spread.y[some]
    heads = sides[:, some]
    number, cell = np.unique(
        _numbers(x, y, laid.on_street[some], heads.max(axis=0)), return_inverse=True
    )
    size = len(number)
    weight = added(cell, heads.max(axis=0), size)
    middle = [added(cell, heads.max(axis=0) * axis, size) / weight for axis in (x, y)]
    names = Names(areas).of(middle[0], middle[1])
    sums = [added(cell, one, size) for one in heads]
    found = [
        {
            "h3": str(code),
            "name": str(names[n]),
            "lose": [round(float(one[n]), 2) for one in sums[:2]],
            "gain": [round(float(one[n]), 2) for one in sums[2:]],
        }
        for n, code in enumerate(hexagons.written(number))
    ]
    touched = (one for one in found if any([*one["lose"], *one["gain"]]))
    return sorted(touched, key=lambda one: str(one["h3"]))


def by_name(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same, summed by what the hexagons are called, most people first."""
    sums: dict[str, list[float]] = {}
    for one in found:
        pairs = [*one["lose"], *one["gain"]]
        before = sums.get(one["name"], [0.0] * 4)
        sums[one["name"]] = [a + b for a, b in zip(before, pairs, strict=True)]
    order = sorted(sums.items(), key=lambda one: (-max(one[1]), one[0]))
    rest = [pairs for _, pairs in order[MOST_NAMED:]]
    named = [_row(name, pairs) for name, pairs in order[:MOST_NAMED]]
    return [*named, _row(None, [sum(one) for one in zip(*rest, strict=True)])] if rest else named


def _row(name: str | None, pairs: Sequence[float]) -> dict[str, Any]:
    tidy = [round(one, 2) for one in pairs]
    return {"name": name, "lose": tidy[:2], "gain": tidy[2:]}


def _numbers(
    x: Floats, y: Floats, on_street: NDArray[np.bool_], people: Floats
) -> NDArray[np.uint64]:
    """The hexagon of each point, all of one size so that none lies on another."""
    lat, lon = to_earth(x, y)
    fine = float(people[on_street].sum()) >= _MOSTLY * float(people.sum())
    found = hexagons.cells(lat, lon, FINE if fine else COARSE)
    for size in _WIDER:
        wide = hexagons.wider(found, size)
        if len(np.unique(wide)) <= MOST:
            break
    return wide
