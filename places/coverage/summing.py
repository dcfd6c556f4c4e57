"""What has been measured by unit and point, added up for every area at every level.

Everything is a sum of people, so that the shares of children areas weighted by their people equal
the parent's, but for whoever lives in none of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from places import teryt, text
from places.coverage.areas import Area, Areas, members
from places.coverage.counted import Counted
from places.coverage.figures import Figures, Pair
from places.coverage.ground import Floats, added
from places.coverage.measuring import Both, Measured
from places.coverage.ranking import ranked
from places.coverage.residents import Residents
from places.coverage.spread import Spread
from places.coverage.terms import BANDS, GROUPS, HEADLINE, LONGEST, MINUTES, TIMES, WALKERS
from places.teryt import COUNTRY, LEVELS, Level

DIGITS = 6
"""Digits of a share that are kept: beyond them is the order in which a computer adds."""
Codes = NDArray[np.str_]
_DIGITS: Mapping[Level, int] = {"voivodeship": 2, "powiat": 4, "gmina": 6}
"""Of a gmina's code, by the level they name."""
_POLAND = Area(COUNTRY, "country", "Polska", "", "country", False)


@dataclass(frozen=True)
class Belonging:
    """In which areas units and places lie: codes by level, "" where in none."""

    units: Mapping[Level, Codes]
    places: Mapping[Level, Codes]


@dataclass(frozen=True)
class Inputs:
    """All that is added up."""

    residents: Residents
    laid: Spread
    counted: Counted
    measured: Measured


def belonging(areas: Areas, residents: Residents, counted: Counted) -> Belonging:
    """Units by their middle, as the census does.  Places by their point where that is exact and
    borders are loaded, else by their record's own codes, which are certain where the point is not;
    where the two differ `flask catalogue check` says so."""
    units = dict(members(areas, residents.x, residents.y, residents.code))
    units["country"] = np.full(len(residents.x), COUNTRY)
    # Some records have the number of a part of Warszawa where that of the city belongs.
    gminas = np.array([teryt.gmina_of(one) for one in counted.teryt.tolist()], "<U6")
    lies = members(areas, counted.x, counted.y, gminas)
    places: dict[Level, Codes] = {"country": np.full(len(counted), COUNTRY)}
    for level, digits in _DIGITS.items():
        said = gminas.astype(f"<U{digits}")
        exact = (counted.doubt == 0) & (lies[level] != "") if level in lies else False
        places[level] = np.where(exact, lies.get(level, said), said)
    if "district" in units:
        names = np.array(counted.districts, dtype=str)
        at, exact = (counted.x, counted.y), counted.doubt == 0
        places["district"] = districts(areas, at, exact, (counted.teryt, names))
    return Belonging(units, places)


def add_up(areas: Areas, belongs: Belonging, inputs: Inputs) -> tuple[Figures, ...]:
    """The figures of every area: the country, then level by level in the order of the codes."""
    found: list[Figures] = []
    for level in LEVELS:
        if level in belongs.units:
            known = (_POLAND,) if level == "country" else areas.at(level)
            here = _Level(known, belongs.units[level], belongs.places[level])
            found += ranked(here.figures(inputs))
    return tuple(found)


class _Level:
    """The areas of one level, and sums over them."""

    def __init__(self, areas: Sequence[Area], units: Codes, places: Codes) -> None:
        self._areas = sorted(areas, key=lambda one: one.code)
        codes = np.array([one.code for one in self._areas], dtype=str)
        self._unit, self._place = _numbers(codes, units), _numbers(codes, places)

    def figures(self, inputs: Inputs) -> Iterator[Figures]:
        """The figures of each area."""
        counted, measured = inputs.counted, inputs.measured
        weights = {g: np.nan_to_num(getattr(inputs.residents, g)) for g in GROUPS}
        people = {g: self._people(getattr(inputs.residents, g)) for g in GROUPS}
        total = np.nan_to_num(people["total"])

        def shares(both: Both, group: str) -> tuple[Floats, Floats]:
            sure, perhaps = (self._sum(weights[group] * one) for one in both)
            return _over(sure, people[group]), _over(perhaps, people[group])

        def mean(both: Both) -> tuple[Floats, Floats]:
            worst, best = (_over(self._sum(weights["total"] * one), total) for one in both)
            return best, worst

        within = {k: {g: shares(both, g) for g in GROUPS} for k, both in measured.within.items()}
        at = {key: shares(both, key[1]) for key, both in measured.at.items()}
        heads = inputs.laid.weight * weights["total"][inputs.laid.owner]
        medians = [self._median(inputs.laid, heads, one) for one in measured.minutes]
        bands = self._bands(inputs.laid, heads, measured.minutes)
        nearest, few = mean(measured.nearest), mean(measured.nearest_few)
        streets = _over(self._sum(weights["total"] * measured.by_streets), total)
        hidden = self._sum(np.isnan(inputs.residents.total))
        every = np.ones(len(counted), bool)
        sure, every, vague, unplaced = map(
            self._count, (counted.sure, every, counted.doubt > 0, ~counted.placed)
        )
        for n, area in enumerate(self._areas):
            left = [total[n] * (1 - one[n]) for one in within["adult", HEADLINE]["total"]]
            yield Figures(
                area.code, area.level, area.name, area.parent, area.kind, area.approximate,
                people={g: _known(people[g][n], 2) for g in GROUPS},
                hidden=int(hidden[n]),
                by_streets=_round(streets[n]),
                places=(int(sure[n]), int(every[n])),
                vague=int(vague[n]),
                per_10k=_pair(_each(sure[n], total[n]), _each(every[n], total[n])),
                shares={
                    w: {str(m): {g: _at(within[w, m][g], n, people[g]) for g in GROUPS}
                        for m in MINUTES}
                    for w in WALKERS
                },
                median=_pair(medians[1][n], medians[0][n], 1),
                nearest=_pair(nearest[0][n], nearest[1][n], 1),
                nearest_three=_pair(few[0][n], few[1][n], 1),
                bands=tuple(_pair(low[n], high[n], 2) for low, high in bands),
                times={t: {g: _at(at[t, g], n, people[g]) for g in GROUPS} for t in TIMES},
                left_out=_pair(left[1], left[0], 2),
                unplaced=int(unplaced[n]),
            )  # fmt: skip

    def _sum(self, values: NDArray[Any]) -> Floats:
        """Over the units of each area."""
        inside = self._unit >= 0
        chosen = np.asarray(values, float)[inside]
        return added(self._unit[inside], chosen, len(self._areas))

    def _people(self, values: Floats) -> Floats:
        """NaN where the source tells of no unit of the area."""
        told = self._sum(~np.isnan(values))
        return np.where(told > 0, self._sum(np.nan_to_num(values)), np.nan)

    def _count(self, flags: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(self._place[flags & (self._place >= 0)], minlength=len(self._areas))

    def _median(self, laid: Spread, heads: Floats, minutes: Floats) -> Floats:
        """The minutes half of the people need at most, from counts by whole minutes."""
        area = self._unit[laid.owner]
        inside = area >= 0
        slots = LONGEST + 1
        minute = np.minimum(minutes[inside].astype(np.int64), LONGEST)
        counts = np.bincount(
            area[inside] * slots + minute, heads[inside], minlength=len(self._areas) * slots
        ).reshape(len(self._areas), slots)
        running = counts.cumsum(axis=1)
        half = running[:, -1] / 2
        at = np.minimum((running < half[:, None]).sum(axis=1), LONGEST)
        row = np.arange(len(at))
        before = running[row, at] - counts[row, at]
        part = _over(half - before, counts[row, at])
        return np.where(running[:, -1] > 0, np.minimum(at + part, LONGEST), 0.0)

    def _bands(self, laid: Spread, heads: Floats, minutes: Both) -> list[tuple[Floats, Floats]]:
        area = self._unit[laid.owner]

        def people(flags: NDArray[np.bool_]) -> Floats:
            chosen = (area >= 0) & flags
            return added(area[chosen], heads[chosen], len(self._areas))

        worst, best = minutes
        return [
            (
                people((best > above) & (worst <= upto)),
                people((best <= upto) & (worst > above)),
            )
            for above, upto in zip((-1.0, *BANDS), (*BANDS, np.inf), strict=True)
        ]


def _numbers(codes: Codes, of: Codes) -> NDArray[np.int64]:
    """The number of each code in the sorted list; -1 for one that is not there."""
    if not len(codes):
        return np.full(len(of), -1)
    at = np.minimum(np.searchsorted(codes, of), len(codes) - 1)
    return np.where(codes[at] == of, at, -1)


def districts(
    areas: Areas, at: tuple[Floats, Floats], exact: NDArray[np.bool_], said: tuple[Codes, Codes]
) -> Codes:
    """The district each place is in, "" for none: by its point, "x" and "y", where that is exact,
    else by what its record says, the number of its gmina and the name of the district."""
    known = areas.at("district")
    numbers = {one.code for one in known}
    by_name = {(teryt.gmina_of(one.code), text.slug(one.name)): one.code for one in known}
    called = [
        code if code in numbers else by_name.get((teryt.gmina_of(code), text.slug(name)), "")
        for code, name in zip(*(one.tolist() for one in said), strict=True)
    ]
    lies = areas.locate(*at, "district")
    return np.where(exact & (lies != ""), lies, np.array(called, dtype=str))


def _over(part: Floats, whole: Floats) -> Floats:
    out = np.zeros_like(part, float)
    np.divide(part, whole, out=out, where=whole > 0)
    return out


def _each(count: float, people: float) -> float:
    return 10_000 * count / people if people > 0 else 0.0


def _at(both: tuple[Floats, Floats], n: int, people: Floats) -> Pair | None:
    return None if np.isnan(people[n]) else _pair(both[0][n], both[1][n])


def _known(value: float, digits: int) -> float | None:
    return None if np.isnan(value) else _round(value, digits)


def _pair(low: float, high: float, digits: int = DIGITS) -> Pair:
    """In order, whatever rounding did."""
    return _round(min(low, high), digits), _round(max(low, high), digits)


def _round(value: float, digits: int = DIGITS) -> float:
    return round(float(value), digits) + 0.0  # Never -0.0.
