"""Where the next places should stand in an area: from people and candidates to sites and back.

Those who are to be reached are the residents whom no place surely reaches within the walk; each
site is measured like a place at its own point, rounded as it is told.  What the solver promises is
not believed: the chosen sites are put among the places, everybody is measured again, and only that
is told, as a range: those whom no place even perhaps reaches today, and those whom none surely
does.  That is what whatif.py says of a new place at the same point.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from places.coverage import hexagons, sites
from places.coverage.counted import Counted
from places.coverage.ground import Flags, Floats, Ints, to_earth, to_plane
from places.coverage.measuring import Walks, nothing
from places.coverage.naming import Names
from places.coverage.reach import Ground, Targets, ground
from places.coverage.terms import GROUPS, MINUTES, WALKERS
from places.coverage.within import Data, inside, people_of
from places.download import Watch
from places.errors import Fault, Invalid
from places.teryt import COUNTRY

KINDS = ("cells", "streets", "own")
MOST_SITES, MOST_CANDIDATES = 30, 4_000
_RESOLUTIONS = (10, 9, 8, 7)
"""Of the hexagons that stand for resident cells, the finest first that gives not too many."""
_SECONDS = 60.0
_DECIMALS = 5
"""Of the degrees of a site: about a metre."""
_NEAR_ENOUGH = 1e-6
"""The share by which two sums of the same people may differ."""


@dataclass(frozen=True)
class Candidates:
    """Where a place could stand: degrees as they are told, and their metres."""

    lat: Floats
    lon: Floats
    names: tuple[str, ...] = ()
    """Of premises; empty where they are just points."""

    @cached_property
    def at(self) -> tuple[Floats, Floats]:
        """x and y on the plane."""
        return to_plane(self.lat, self.lon)


@dataclass(frozen=True)
class _Reached:
    """Which points are within the walk."""

    sure: Flags
    """Surely, of the places there are."""
    perhaps: Flags
    """Perhaps, of the same."""
    then: list[Flags]
    """Surely, with the first site, with the first two, and so on."""


def answer(
    data: Data, counted: Counted, asked: Mapping[str, str], watch: Watch = nothing
) -> dict[str, Any]:
    """The best sites.  `asked`: "area", "count", "minutes", "group", "candidates" and, for premises
    of somebody's own, "own": a JSON list of [lat, lon, name].

    Of each site "gained" are the people of the group whom no place and no site before it surely
    reached and who then are; "gained_low" those of them whom no place even perhaps reaches today.
    Of all residents it is told, too, how many of both are "young" and "old".

    Raises NotFound for an area nobody knows, Invalid for anything else, all at once.
    """
    count, minutes, group = _read(data, asked)
    here = inside(data, asked["area"])
    laid = ground(here, data.networks)
    people = {name: np.nan_to_num(one) for name, one in people_of(here, laid.spread).items()}
    walker = GROUPS[group]
    watch("distances", 0.1)
    walks = Walks(laid, counted).minutes(walker, longest=minutes)
    sure, perhaps = (one[0] <= minutes for one in walks)
    watch("sites", 0.3)
    where = _candidates(asked, laid, people[group])
    x, y = where.at
    reach = laid.within(Targets(x, y, np.zeros(len(x))), WALKERS[walker], minutes)
    demand = np.flatnonzero(~sure)
    watch("sites", 0.5)
    plan = sites.best(reach[:, demand], people[group][demand], count, seconds=_SECONDS)
    watch("sites", 0.9)
    chosen = np.array([one.candidate for one in plan.choices], np.int64)

    def reached(count: int) -> Flags:
        more = counted.joined(x[chosen[:count]], y[chosen[:count]])
        found: Flags = Walks(laid, more).minutes(walker, longest=minutes).sure[0] <= minutes
        return found

    steps = _Reached(sure, perhaps, [reached(n + 1) for n in range(len(chosen))])
    total = float(people[group].sum())
    told = _told(data, where, chosen, people, steps, group)
    gained = sum(one["gained"] for one in told)
    return {
        "area": asked["area"],
        "minutes": minutes,
        "group": group,
        "candidates": asked["candidates"],
        "considered": len(x),
        "outside": _outside(data, asked["area"], where) if asked["candidates"] == "own" else 0,
        "people": round(total, 2),
        "left_out": [round(float(people[group][~perhaps].sum()), 2), round(plan.people, 2)],
        "reachable": round(plan.reachable, 2),
        "before": [_share(people[group], one, total) for one in (sure, perhaps)],
        "sites": told,
        "objective": round(plan.objective, 2),
        "bound": round(plan.bound, 2),
        "gap": round(plan.gap, 6),
        "proven": plan.proven,
        "verified": abs(gained - plan.objective) <= max(0.5, _NEAR_ENOUGH * total),
        "explained": plan.explained,
    }


def _read(data: Data, asked: Mapping[str, str]) -> tuple[int, int, str]:
    faults = []
    count = int(asked["count"]) if asked["count"].isdecimal() else 0
    minutes = int(asked["minutes"]) if asked["minutes"].isdecimal() else 0
    if not 1 <= count <= MOST_SITES:
        faults.append(Fault("count", "out_of_range", asked["count"], f"1–{MOST_SITES}"))
    if minutes not in MINUTES:
        faults.append(
            Fault("minutes", "not_in_list", asked["minutes"], ", ".join(map(str, MINUTES)))
        )
    for name, known in (("group", tuple(GROUPS)), ("candidates", KINDS)):
        if asked[name] not in known:
            faults.append(Fault(name, "not_in_list", asked[name], ", ".join(known)))
    group = asked["group"]
    if group in GROUPS and group != "total" and np.isnan(getattr(data.residents, group)).all():
        faults.append(Fault("group", "no_ages"))
    if asked["candidates"] == "streets" and not data.networks:
        faults.append(Fault("candidates", "no_network"))
    if faults:
        raise Invalid(faults)
    return count, minutes, group


def _candidates(asked: Mapping[str, str], laid: Ground, people: Floats) -> Candidates:
    """Premises, or one point for each hexagon where somebody lives: of the nodes of streets one,
    of cells the middle of their people."""
    if asked["candidates"] == "own":
        own = json.loads(asked["own"])
        lat, lon = (np.array([one[axis] for one in own], float) for axis in (0, 1))
        return _rounded(lat, lon, tuple(str(one[2]) for one in own))
    x, y, heads = laid.spread.x, laid.spread.y, people
    streets = asked["candidates"] == "streets"
    if streets:
        x = np.concatenate([one.network.x[one.node] for one in laid.streets] or [np.zeros(0)])
        y = np.concatenate([one.network.y[one.node] for one in laid.streets] or [np.zeros(0)])
        heads = np.concatenate([people[one.point] for one in laid.streets] or [np.zeros(0)])
    some = heads > 0
    x, y, heads = x[some], y[some], heads[some]
    if not len(x):
        return Candidates(x, y)  # Which are degrees of nothing, too.
    _, cell = np.unique(_hexagons(x, y), return_inverse=True)
    weight = np.bincount(cell, heads)
    middle = [np.bincount(cell, heads * axis) / weight for axis in (x, y)]
    if streets:
        nearest = _nearest_of_each(cell, (x - middle[0][cell]) ** 2 + (y - middle[1][cell]) ** 2)
        return _rounded(*to_earth(x[nearest], y[nearest]))
    return _rounded(*to_earth(middle[0], middle[1]))


def _rounded(lat: Floats, lon: Floats, names: tuple[str, ...] = ()) -> Candidates:
    return Candidates(np.round(lat, _DECIMALS), np.round(lon, _DECIMALS), names)


def _outside(data: Data, code: str, where: Candidates) -> int:
    """How many candidates lie beyond the area."""
    level = "country" if code == COUNTRY else data.areas.get(code).level
    return int((data.areas.locate(*where.at, level) != code).sum())


def _hexagons(x: Floats, y: Floats) -> Any:
    lat, lon = to_earth(x, y)
    for resolution in _RESOLUTIONS:
        cells = hexagons.cells(lat, lon, resolution)
        if len(np.unique(cells)) <= MOST_CANDIDATES:
            break
    return cells


def _nearest_of_each(cell: Ints, away: Floats) -> Ints:
    order = np.lexsort((np.arange(len(cell)), away, cell))
    first = np.flatnonzero(np.r_[True, np.diff(cell[order]) > 0])
    return order[first]


def _told(
    data: Data,
    where: Candidates,
    chosen: Ints,
    people: Mapping[str, Floats],
    reached: _Reached,
    group: str,
) -> list[dict[str, Any]]:
    """Each site with what it adds, measured anew."""
    x, y = (axis[chosen] for axis in where.at)
    names = Names(data.areas).of(x, y)
    total = float(people[group].sum())
    before = [reached.sure, *reached.then]
    ages = [name for name in ("young", "old") if people[name].any() and group == "total"]
    unknown = {"young": None, "young_low": None, "old": None, "old_low": None}
    found = []
    for n, candidate in enumerate(chosen):
        new, all_new = before[n + 1] & ~before[n], before[n + 1] & ~before[0]
        told = {name: _both(people[name], new, reached.perhaps) for name in (group, *ages)}
        low, gained = told[group]
        cumulative_low, cumulative = _both(people[group], all_new, reached.perhaps)
        found.append(
            {
                "lat": float(where.lat[candidate]),
                "lon": float(where.lon[candidate]),
                "name": where.names[candidate] if where.names else "",
                "near": str(names[n]),
                "gained": gained,
                "gained_low": low,
                **(unknown if group == "total" else {}),
                **{name: told[name][1] for name in ages},
                **{f"{name}_low": told[name][0] for name in ages},
                "cumulative": cumulative,
                "cumulative_low": cumulative_low,
                "share": _share(people[group], before[n + 1], total),
            }
        )
    return found


def _both(people: Floats, new: Flags, perhaps: Flags) -> tuple[float, float]:
    """How many of those newly reached nobody even perhaps reaches today, and how many they are."""
    low, high = (round(float(people[one].sum()), 2) for one in (new & ~perhaps, new))
    return low, high


def _share(people: Floats, reached: Flags, total: float) -> float:
    return round(float(people[reached].sum()) / total, 6) if total else 0.0
