"""The hexagons in which somebody may be left out, each with the people and the name of its area.

Hexagons are h3's: of about 330 m across (resolution 9) where people stand on streets, of about
900 m (resolution 8) elsewhere, which is as fine as a census cell.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from places.coverage import hexagons
from places.coverage.areas import Areas
from places.coverage.figures import Level
from places.coverage.ground import Floats, added, to_earth, to_plane
from places.coverage.naming import Names
from places.coverage.reach import Ground
from places.coverage.summing import Belonging, Inputs
from places.coverage.terms import HEADLINE

FINE, COARSE, WIDEST = 9, 8, 6
"""Resolutions: on streets, elsewhere, and the widest that is kept beside."""
LEVELS: tuple[Level, ...] = ("voivodeship", "powiat", "gmina", "district")
_GROUPS = ("total", "young", "old")


class Hole(NamedTuple):
    """A hexagon in one set of areas, as a row of the table `hole`."""

    voivodeship: str
    powiat: str
    gmina: str
    district: str
    r9: str
    """"" where people do not stand on streets."""
    r8: str
    r7: str
    r6: str
    name: str
    """Of the district, or else of the nearest settlement."""
    people: float
    """Everybody in it, left out or not."""
    low: float
    high: float
    young_low: float | None
    young_high: float | None
    old_low: float | None
    old_high: float | None


def holes(areas: Areas, belongs: Belonging, laid: Ground, inputs: Inputs) -> Iterator[Hole]:
    """The hexagons, in the order of their codes."""
    parts = _parts(belongs, laid)
    names = _names(areas, parts)
    everybody, sums = _sums(inputs, parts)
    for n in np.flatnonzero(sums[0][1] > 0):
        words = (
            *(str(codes[n]) for codes in parts.codes),
            str(parts.cells[n]) if parts.fine[n] else "",
            *(str(wider[n]) for wider in parts.wider),
            str(names[n]),
        )
        sides = (side[n] for one in sums for side in one)
        heads = (None if np.isnan(side) else _round(side) for side in sides)
        yield Hole._make((*words, _round(everybody[n]), *heads))


class _Parts(NamedTuple):
    """Hexagons cut along the borders of areas."""

    of_point: NDArray[np.int64]
    """In which of them each point lies."""
    cells: NDArray[np.str_]
    fine: NDArray[np.bool_]
    wider: tuple[NDArray[np.str_], ...]
    """Of the resolutions from COARSE down to WIDEST."""
    codes: tuple[NDArray[np.str_], ...]
    """By LEVELS."""


def _parts(belongs: Belonging, laid: Ground) -> _Parts:
    spread, street = laid.spread, laid.on_street
    lat, lon = to_earth(spread.x, spread.y)
    cell = np.zeros(len(lat), np.uint64)
    for some, size in ((street, FINE), (~street, COARSE)):
        cell[some] = hexagons.cells(lat[some], lon[some], size)
    units = [
        belongs.units.get(level, np.full(len(belongs.units["country"]), "")) for level in LEVELS
    ]
    together = np.array(["|".join(codes) for codes in zip(*units, strict=True)])
    known, unit = np.unique(together, return_inverse=True)
    kind = unit[spread.owner]
    cells, number = np.unique(cell, return_inverse=True)
    pairs, of_point = np.unique(number * len(known) + kind, return_inverse=True)
    cell_of, kind_of = cells[pairs // len(known)], known[pairs % len(known)]
    fine = np.zeros(len(pairs), bool)
    fine[of_point] = street
    codes = np.array([one.split("|") for one in kind_of]).reshape(-1, len(LEVELS))
    wider = tuple(
        hexagons.written(hexagons.wider(cell_of, size)) for size in range(COARSE, WIDEST - 1, -1)
    )
    return _Parts(of_point, hexagons.written(cell_of), fine, wider, tuple(codes.T))


def _sums(inputs: Inputs, parts: _Parts) -> tuple[Floats, list[tuple[Floats, Floats]]]:
    """Everybody, and of each group those left out, surely and perhaps; NaN where unknown."""
    spread, (worst, best) = inputs.laid, inputs.measured.minutes
    size = len(parts.cells)

    def summed(values: Floats) -> Floats:
        return added(parts.of_point, values, size)

    found = []
    for name in _GROUPS:
        values = spread.weight * getattr(inputs.residents, name)[spread.owner]
        known, heads = summed(~np.isnan(values)) > 0, np.nan_to_num(values)
        sides = (summed(heads * (one > HEADLINE)) for one in (best, worst))
        low, high = (np.where(known, one, np.nan) for one in sides)
        found.append((low, high))
    total = np.nan_to_num(inputs.residents.total)[spread.owner]
    return summed(spread.weight * total), found


def _names(areas: Areas, parts: _Parts) -> NDArray[np.str_]:
    lat, lon = hexagons.middles(parts.cells)
    return Names(areas).of(*to_plane(lat, lon))


def _round(value: float) -> float:
    return round(float(value), 3) + 0.0
