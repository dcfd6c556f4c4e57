"""What a change of one place does: it closes, moves, or opens on Saturdays.

Residents of the area are measured twice, and who was within HEADLINE minutes and is no more is
lost, whoever is now and was not is gained.  Each pair says how many so surely and how many
perhaps, the smaller first: the same change counts differently where positions or hours are vague.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from places.coverage.counted import OPEN, Counted
from places.coverage.ground import Floats, on_plane
from places.coverage.measuring import Both, Walks, nothing
from places.coverage.naming import Names
from places.coverage.reach import Ground, ground
from places.coverage.terms import GROUPS, HEADLINE, TIMES
from places.coverage.within import Data, inside, people_of
from places.download import Watch
from places.errors import Fault, Invalid, shortened
from places.geo import Point, in_poland

CHANGES = ("close", "move", "saturday")
ANY = "any"
"""The time of the week that is no particular one."""
_MOST_NAMED = 10


def answer(
    data: Data, counted: Counted, asked: Mapping[str, str], watch: Watch = nothing
) -> dict[str, Any]:
    """What the change does.  `asked`: "area", "place", "change" and, for a move, "to" (lat,lon).

    Raises NotFound for an area nobody knows, Invalid for anything else, all at once.
    """
    after = changed(counted, asked)
    here = inside(data, asked["area"])
    laid = ground(here, data.networks)
    people = people_of(here, laid.spread)
    watch("whatif", 0.1)
    reached = [_reached(laid, one) for one in (counted, after)]
    watch("whatif", 0.8)
    totals = {group: float(np.nansum(people[group])) for group in GROUPS}
    known = [group for group in GROUPS if not np.isnan(people[group]).all()]
    differs = {
        time: {
            kind: {g: _moved(people[g], *_sides(reached, time, g, kind)) for g in known}
            for kind in ("lose", "gain")
        }
        for time in (ANY, *TIMES)
    }
    return {
        "area": asked["area"],
        "place": asked["place"],
        "name": counted.names[counted.ids.index(asked["place"])],
        "change": asked["change"],
        "to": asked.get("to", ""),
        "minutes": HEADLINE,
        "people": {group: round(totals[group], 2) if group in known else None for group in GROUPS},
        "before": _shares(people, totals, known, reached[0]),
        "after": _shares(people, totals, known, reached[1]),
        "lose": differs[ANY]["lose"],
        "gain": differs[ANY]["gain"],
        "by_time": {time: differs[time] for time in TIMES},
        "where": _where(data, laid, people["total"], reached),
    }


def changed(counted: Counted, asked: Mapping[str, str]) -> Counted:
    """The places as they would be.

    Raises Invalid with all the faults.
    """
    change, place = asked["change"], asked["place"]
    faults = []
    if place not in counted.ids:
        faults.append(Fault("place", "not_counted", shortened(place)))
    if change not in CHANGES:
        faults.append(Fault("change", "not_in_list", shortened(change), ", ".join(CHANGES)))
    to = _point(asked.get("to", "")) if change == "move" else None
    if change == "move" and to is None:
        faults.append(Fault("to", "not_a_point", shortened(asked.get("to", ""))))
    if faults:
        raise Invalid(faults)
    n = counted.ids.index(place)
    if change == "close":
        return counted.without(n)
    if change == "saturday":
        open_ = {name: states.copy() for name, states in counted.open.items()}
        open_["saturday"][n] = OPEN
        return replace(counted, open=open_)
    x, y, doubt = counted.x.copy(), counted.y.copy(), counted.doubt.copy()
    x[n], y[n] = on_plane(to)  # type: ignore[arg-type]
    doubt[n] = 0.0
    return replace(counted, x=x, y=y, doubt=doubt)


_Reached = Mapping[tuple[str, str], Both]


def _reached(laid: Ground, counted: Counted) -> _Reached:
    """(time, group) → which points are within the walk, surely and perhaps."""
    walks = Walks(laid, counted)
    return {
        (time, group): Both(
            *(
                (one[0] <= HEADLINE).astype(float)
                for one in walks.minutes(walker, "" if time == ANY else time, longest=HEADLINE)
            )
        )
        for time in (ANY, *TIMES)
        for group, walker in GROUPS.items()
    }


def _sides(reached: list[_Reached], time: str, group: str, kind: str) -> tuple[Both, Both]:
    """What was, and what is not any more: for a gain the other way round."""
    before, after = (one[time, group] for one in reached)
    return (before, after) if kind == "lose" else (after, before)


def _moved(people: Floats, was: Both, stays: Both) -> list[float]:
    heads = np.nan_to_num(people)
    found = [
        float((heads * one * (1 - other)).sum()) for one, other in zip(was, stays, strict=True)
    ]
    return sorted(round(one, 2) for one in found)


def _shares(
    people: Mapping[str, Floats], totals: Mapping[str, float], known: list[str], reached: _Reached
) -> dict[str, dict[str, list[float] | None]]:
    def share(time: str, group: str) -> list[float] | None:
        if group not in known:
            return None
        heads, total = np.nan_to_num(people[group]), totals[group]
        return sorted(
            round(float((heads * one).sum()) / total, 6) if total else 0.0
            for one in reached[time, group]
        )

    return {time: {group: share(time, group) for group in GROUPS} for time in (ANY, *TIMES)}


def _where(
    data: Data, laid: Ground, people: Floats, reached: list[_Reached]
) -> list[dict[str, Any]]:
    """Where those live who perhaps lose or gain, the most of them first."""
    heads = np.nan_to_num(people)
    before, after = (one[ANY, "total"] for one in reached)
    lose = np.maximum(*(heads * b * (1 - a) for b, a in zip(before, after, strict=True)))
    gain = np.maximum(*(heads * a * (1 - b) for b, a in zip(before, after, strict=True)))
    touched = np.flatnonzero(lose + gain > 0)
    names = Names(data.areas).of(laid.spread.x[touched], laid.spread.y[touched])

    def there(side: Floats, name: str) -> float:
        return float(side[touched][names == name].sum())

    sums = [(str(name), there(lose, name), there(gain, name)) for name in np.unique(names)]
    sums.sort(key=lambda one: (-max(one[1:]), one[0]))
    return [
        {"name": name, "lose": round(lost, 2), "gain": round(gained, 2)}
        for name, lost, gained in sums[:_MOST_NAMED]
    ]


def _point(given: str) -> Point | None:
    try:
        lat, lon = map(float, given.split(","))
    except ValueError:
        return None
    point = Point(lat, lon)
    return point if in_poland(point) else None
