"""The hexagons in which somebody may be left out, each with the people and the name of its area.

Hexagons are h3's: of about 330 m across (resolution 9) where people stand on streets, of about
900 m (resolution 8) elsewhere, which is as fine as a census cell.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from places.coverage import hexagons
from places.coverage.areas import Areas
from places.coverage.ground import Floats, added, to_earth, to_plane
from places.coverage.naming import Names
from places.coverage.reach import Ground
from places.coverage.summing import Belonging, Inputs
from places.coverage.terms import HEADLINE
from places.teryt import Level

FINE, COARSE, WIDEST = 9, 8, 6
"""Resolutions: on streets, elsewhere, and the widest that is kept beside."""
LEVELS: tuple[Level, ...] = ("voivodeship", "powiat", "gmina", "district")
_GROUPS = ("total", "young", "old")


class Hexagon(NamedTuple):
    """A hexagon in one set of areas, as a row of the table `hexagon`: whole numbers alone, because
    there are hundreds of thousands of them in every survey."""

    part: int
    """Which areas: the number of a row of `Holes.parts`."""
    r9: int | None
    """Of resolution 9; None where people do not stand on streets."""
    r8: int
    r7: int
    r6: int
    label: int
    """What it is called: the number of an item of `Holes.labels`."""
    people: int
    """Everybody in it, left out or not; in tenths of a person, as are the next."""
    low: int
    high: int
    young_low: int | None
    young_high: int | None
    old_low: int | None
    old_high: int | None


class Holes(NamedTuple):
    """All hexagons, and what their numbers stand for."""

    parts: list[tuple[str, ...]]
    """Codes of areas by LEVELS."""
    labels: list[str]
    """Of districts, or else of the nearest settlements."""
    hexagons: list[Hexagon]


def holes(areas: Areas, belongs: Belonging, laid: Ground, inputs: Inputs) -> Holes:
    """The hexagons in which somebody may be left out, in the order of their numbers."""
    parts = _parts(belongs, laid)
    labels, label = np.unique(_names(areas, parts), return_inverse=True)
    everybody, sums = _sums(inputs, parts)
    found = []
    for n in np.flatnonzero(sums[0][1] > 0):
        sides = (side[n] for one in sums for side in one)
        row = (
            int(parts.part[n]),
            int(parts.cells[n]) if parts.fine[n] else None,
            *(int(wider[n]) for wider in parts.wider),
            int(label[n]),
            round(everybody[n] * 10),
            *(None if np.isnan(side) else round(side * 10) for side in sides),
        )
        found.append(Hexagon._make(row))
    return Holes(parts.known, labels.tolist(), found)


class _Parts(NamedTuple):
    """Hexagons cut along the borders of areas."""

    of_point: NDArray[np.int64]
    """In which of them each point lies."""
    cells: NDArray[np.uint64]
    fine: NDArray[np.bool_]
    wider: tuple[NDArray[np.uint64], ...]
    """Of the resolutions from COARSE down to WIDEST."""
    part: NDArray[np.int64]
    known: list[tuple[str, ...]]
    """The sets of areas that `part` numbers."""


def _parts(belongs: Belonging, laid: Ground) -> _Parts:
    spread, street = laid.spread, laid.on_street
    lat, lon = to_earth(spread.x, spread.y)
    cell = np.zeros(len(lat), np.uint64)
    for some, size in ((street, FINE), (~street, COARSE)):
        cell[some] = hexagons.cells(lat[some], lon[some], size)
    none = np.full(len(belongs.units["country"]), "")
    units = [belongs.units.get(level, none) for level in LEVELS]
    together = np.array(["|".join(codes) for codes in zip(*units, strict=True)], dtype=str)
    known, unit = np.unique(together, return_inverse=True)
    cells, number = np.unique(cell, return_inverse=True)
    pairs, of_point = np.unique(
        number * max(1, len(known)) + unit[spread.owner], return_inverse=True
    )
    cell_of, part = cells[pairs // max(1, len(known))], pairs % max(1, len(known))
    fine = np.zeros(len(pairs), bool)
    fine[of_point] = street
    wider = tuple(hexagons.wider(cell_of, size) for size in range(COARSE, WIDEST - 1, -1))
    return _Parts(
        of_point, cell_of, fine, wider, part, [tuple(one.split("|")) for one in known.tolist()]
    )


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
    """That of the district of its people, which may begin in the middle of a hexagon; else of what
    is nearest to the middle."""
    lat, lon = hexagons.middles(parts.cells)
    found = Names(areas).of(*to_plane(lat, lon)).astype(object)
    districts = np.array([codes[LEVELS.index("district")] for codes in parts.known], object)
    of_part = districts[parts.part]
    for code in set(districts) - {""}:
        found[of_part == code] = areas.get(code).name
    return found.astype(str)
