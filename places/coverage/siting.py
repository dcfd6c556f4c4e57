"""Where the next places should stand in an area: from people and candidates to sites and back.

Those who are to be reached are the residents whom no place surely reaches within the walk; each
site is measured like a place at its own point.  What the solver promises is not believed: the
chosen sites are put among the places, everybody is measured again, and only that is told.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
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

KINDS = ("cells", "streets", "own")
MOST_SITES, MOST_CANDIDATES = 30, 4_000
_RESOLUTIONS = (10, 9, 8, 7)
"""Of the hexagons that stand for resident cells, the finest first that gives not too many."""
_SECONDS = 60.0
_NEAR_ENOUGH = 1e-6
"""The share by which two sums of the same people may differ."""


@dataclass(frozen=True)
class Candidates:
    """Where a place could stand."""

    x: Floats
    y: Floats
    names: tuple[str, ...] = ()
    """Of premises; empty where they are just points."""


def answer(
    data: Data, counted: Counted, asked: Mapping[str, str], watch: Watch = nothing
) -> dict[str, Any]:
    """The best sites.  `asked`: "area", "count", "minutes", "group", "candidates" and, for premises
    of somebody's own, "own": a JSON list of [lat, lon, name].

    Raises NotFound for an area nobody knows, Invalid for anything else, all at once.
    """
    count, minutes, group = _read(data, asked)
    here = inside(data, asked["area"])
    laid = ground(here, data.networks)
    people = {name: np.nan_to_num(one) for name, one in people_of(here, laid.spread).items()}
    walker = GROUPS[group]
    watch("distances", 0.1)
    before = [one[0] <= minutes for one in Walks(laid, counted).minutes(walker, longest=minutes)]
    left = ~before[0]
    watch("sites", 0.3)
    where = _candidates(asked, laid, people[group])
    targets = Targets(where.x, where.y, np.zeros(len(where.x)))
    reach = laid.within(targets, WALKERS[walker], minutes)
    demand = np.flatnonzero(left)
    watch("sites", 0.5)
    plan = sites.best(reach[:, demand], people[group][demand], count, seconds=_SECONDS)
    watch("sites", 0.9)
    chosen = np.array([one.candidate for one in plan.choices], np.int64)

    def reached(count: int) -> Flags:
        more = counted.joined(where.x[chosen[:count]], where.y[chosen[:count]])
        found: Flags = Walks(laid, more).minutes(walker, longest=minutes).sure[0] <= minutes
        return found

    steps = [reached(n + 1) for n in range(len(chosen))]
    total = float(people[group].sum())
    told = _told(data, where, chosen, people, [before[0], *steps], group)
    gained = sum(one["gained"] for one in told)
    return {
        "area": asked["area"],
        "minutes": minutes,
        "group": group,
        "candidates": asked["candidates"],
        "considered": len(where.x),
        "people": round(total, 2),
        "left_out": [round(float(people[group][~before[1]].sum()), 2), round(plan.people, 2)],
        "reachable": round(plan.reachable, 2),
        "before": [_share(people[group], one, total) for one in before],
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
        return Candidates(*to_plane(lat, lon), tuple(str(one[2]) for one in own))
    x, y, heads = laid.spread.x, laid.spread.y, people
    streets = asked["candidates"] == "streets"
    if streets:
        x = np.concatenate([one.network.x[one.node] for one in laid.streets] or [np.zeros(0)])
        y = np.concatenate([one.network.y[one.node] for one in laid.streets] or [np.zeros(0)])
        heads = np.concatenate([people[one.point] for one in laid.streets] or [np.zeros(0)])
    some = heads > 0
    x, y, heads = x[some], y[some], heads[some]
    if not len(x):
        return Candidates(x, y)
    _, cell = np.unique(_hexagons(x, y), return_inverse=True)
    weight = np.bincount(cell, heads)
    middle = [np.bincount(cell, heads * axis) / weight for axis in (x, y)]
    if streets:
        nearest = _nearest_of_each(cell, (x - middle[0][cell]) ** 2 + (y - middle[1][cell]) ** 2)
        return Candidates(x[nearest], y[nearest])
    return Candidates(middle[0], middle[1])


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
    reached: list[Flags],
    group: str,
) -> list[dict[str, Any]]:
    """Each site with what it adds, measured anew."""
    x, y = where.x[chosen], where.y[chosen]
    lat, lon = to_earth(x, y)
    names = Names(data.areas).of(x, y)
    total = float(people[group].sum())
    found = []
    for n, candidate in enumerate(chosen):
        new = reached[n + 1] & ~reached[n]
        sums = {name: round(float(one[new].sum()), 2) for name, one in people.items()}
        ages = {name: sums[name] if people[name].any() else None for name in ("young", "old")}
        found.append(
            {
                "lat": round(float(lat[n]), 6),
                "lon": round(float(lon[n]), 6),
                "name": where.names[candidate] if where.names else "",
                "near": str(names[n]),
                "gained": sums[group],
                **ages,
                "cumulative": round(
                    float((people[group] * (reached[n + 1] & ~reached[0])).sum()), 2
                ),
                "share": _share(people[group], reached[n + 1], total),
            }
        )
    return found


def _share(people: Floats, reached: Flags, total: float) -> float:
    return round(float(people[reached].sum()) / total, 6) if total else 0.0
