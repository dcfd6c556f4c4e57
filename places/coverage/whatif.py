"""What one change does: a place closes, moves, opens on Saturdays, or a new one opens.

Whoever was within HEADLINE minutes and is no more is lost, whoever is now and was not is gained.
Each pair says how many so surely and how many at most, see changing.py: the same change counts
differently where positions or hours are vague.

When a new place would be open nobody knows.  So at any time of the week it gains from nobody, if it
is closed then, to all whom it reaches and no other place surely does, if it is open.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from places.coverage import touched
from places.coverage.changing import ANY, Effects, Turn
from places.coverage.counted import CLOSED, OPEN, PERHAPS, Counted
from places.coverage.ground import Floats, on_plane, to_earth
from places.coverage.measuring import Both, nothing
from places.coverage.naming import Names
from places.coverage.reach import Ground, ground
from places.coverage.terms import GROUPS, HEADLINE, TIMES
from places.coverage.touched import Moved
from places.coverage.within import Data, inside, people_of
from places.download import Watch
from places.errors import Fault, Invalid, shortened
from places.geo import Point, in_poland
from places.teryt import COUNTRY

CHANGES = ("close", "move", "saturday", "open")
POINTED = ("move", "open")
"""Changes that need a point, "to"; an "open" has no "place"."""
_People = Mapping[str, Floats]
"""The people of each point, of the groups that the sources know."""


def answer(
    data: Data, counted: Counted, asked: Mapping[str, str], watch: Watch = nothing
) -> dict[str, Any]:
    """What the change does.  `asked`: "area", "change", "place" of what is there already, and for
    a move or an opening "to" (lat,lon).

    Raises NotFound for an area nobody knows, Invalid for anything else, all at once.
    """
    turn = turned(counted, asked)
    change, place, to = asked["change"], asked.get("place", ""), asked.get("to", "")
    here = inside(data, asked["area"])
    laid = ground(here, data.networks)
    people = people_of(here, laid.spread)
    # Where nobody lives, all is known of them.
    known = {
        g: np.nan_to_num(one)
        for g, one in people.items()
        if not len(one) or not np.isnan(one).all()
    }
    watch("whatif", 0.1)
    effects = Effects(laid, turn)
    shares = [_shares(known, one) for one in (effects.before, effects.after)]
    watch("whatif", 0.8)
    differs = {time: _differs(known, effects, time) for time in (ANY, *TIMES)}
    point = _point(to) if change in POINTED else None
    when = "saturday" if change == "saturday" else ANY
    was = _stood(turn.was, known, effects) if place else None
    moved = Moved(*(_who(np.nan_to_num(people["total"]), one(when, "total"))
                    for one in (effects.lost, effects.gained)))  # fmt: skip
    cells = touched.cells(data.areas, laid, moved)
    return {
        "area": asked["area"],
        "place": place,
        "name": turn.was.names[0] if place else "",
        "change": change,
        "to": to,
        "minutes": HEADLINE,
        "people": {g: round(float(known[g].sum()), 2) if g in known else None for g in GROUPS},
        "before": shares[0],
        "after": shares[1],
        "lose": differs[ANY]["lose"],
        "gain": differs[ANY]["gain"],
        "by_time": {time: differs[time] for time in TIMES},
        "when": when,
        "among": _among(known, effects, when),
        "was": was,
        "unplaced": bool(place) and was is None,
        "sure": None if change == "open" else bool(turn.was.sure[0]),
        "hours": _hours(turn.was) if place else None,
        "would": None
        if point is None
        else {
            **_stands(data, asked["area"], laid, known, point),
            "reaches": {
                g: _sum(_who(one, effects.reaches(turn.will, g)))[0] for g, one in known.items()
            },
        },
        "cells": cells,
        "where": touched.by_name(cells),
    }


def turned(counted: Counted, asked: Mapping[str, str]) -> Turn:
    """The place that changes, as it is and as it would be, and the others.

    Raises Invalid with all the faults.
    """
    change, place, to = asked["change"], asked.get("place", ""), asked.get("to", "")
    faults = []
    if change == "open" and place:
        faults.append(Fault("place", "not_of_new", shortened(place)))
    if change != "open" and place not in counted.ids:
        faults.append(Fault("place", "not_counted", shortened(place)))
    if change not in CHANGES:
        faults.append(Fault("change", "not_in_list", shortened(change), ", ".join(CHANGES)))
    point = _point(to) if change in POINTED else None
    if change in POINTED and (wrong := "not_a_point" if point is None else beyond(point)):
        faults.append(Fault("to", wrong, shortened(to)))
    if faults:
        raise Invalid(faults)
    at = on_plane(point) if point is not None else (0.0, 0.0)
    if change == "open":
        none = counted.only([])
        return Turn(none, none.joined(*(np.array([one]) for one in at)), counted)
    n = counted.ids.index(place)
    was = counted.only([n])
    others = counted.only([other for other in range(len(counted)) if other != n])
    return Turn(was, _altered(was, change, at), others)


def beyond(point: Point) -> str:
    """Why a place cannot stand there, as the code of a fault; "" where it can."""
    if in_poland(point):
        return ""
    return "axes_swapped" if in_poland(Point(point.lon, point.lat)) else "outside_poland"


def _altered(was: Counted, change: str, to: tuple[float, float]) -> Counted:
    if change == "close":
        return was.only([])
    if change == "saturday":
        return replace(was, open={**was.open, "saturday": np.array([OPEN], np.int8)})
    x, y = (np.array([one]) for one in to)
    return replace(was, x=x, y=y, doubt=np.zeros(1))


def _differs(known: _People, effects: Effects, time: str) -> dict[str, dict[str, list[float]]]:
    """ "lose" and "gain": of each group how many, each at its own pace."""
    return {
        kind: {g: _sum(_who(heads, turned(time, g))) for g, heads in known.items()}
        for kind, turned in (("lose", effects.lost), ("gain", effects.gained))
    }


def _among(known: _People, effects: Effects, time: str) -> dict[str, dict[str, list[float]]]:
    """The same of the young and the old among all who lose or gain at an adult's pace."""
    return {
        kind: {
            g: _sum(_who(heads, turned(time, "total")))
            for g, heads in known.items()
            if g != "total"
        }
        for kind, turned in (("lose", effects.lost), ("gain", effects.gained))
    }


def _who(heads: Floats, which: Both) -> tuple[Floats, Floats]:
    """The people of each point: surely, and at most."""
    return heads * which.sure, heads * which.perhaps


def _sum(both: tuple[Floats, Floats]) -> list[float]:
    return [round(float(one.sum()), 2) for one in both]


def _hours(was: Counted) -> dict[str, str]:
    """Whether a place is "open", "closed" or "unknown" at each time of the week."""
    said = {OPEN: "open", PERHAPS: "unknown", CLOSED: "closed"}
    return {time: said[int(was.open[time][0])] for time in TIMES}


def _stood(was: Counted, known: _People, effects: Effects) -> dict[str, Any] | None:
    """Where a place stands, within how many metres, and whom it reaches, as pairs; None where it is
    too vague for a walk."""
    if not was.placed[0]:
        return None
    lat, lon = to_earth(was.x, was.y)
    at = {"lat": round(float(lat[0]), 6), "lon": round(float(lon[0]), 6)}
    reaches = {g: _sum(_who(one, effects.reaches(was, g))) for g, one in known.items()}
    return {**at, "doubt_m": float(was.doubt[0]), "reaches": reaches}


def _stands(data: Data, code: str, laid: Ground, known: _People, point: Point) -> dict[str, Any]:
    """Where it would stand: what people call that, whether it lies outside of the area, and how far
    the nearest resident is by the straight line."""
    x, y = on_plane(point)
    level = "country" if code == COUNTRY else data.areas.get(code).level
    lies = data.areas.locate(np.array([x]), np.array([y]), level)[0]
    somebody = np.flatnonzero(known["total"] > 0) if "total" in known else np.zeros(0, int)
    nearest = None
    if len(somebody):
        tree = cKDTree(np.column_stack((laid.spread.x[somebody], laid.spread.y[somebody])))
        nearest = round(float(tree.query((x, y))[0]), 1)
    return {
        "lat": point.lat, "lon": point.lon, "outside": str(lies) != code, "nearest_m": nearest,
        "near": str(Names(data.areas).of(np.array([x]), np.array([y]))[0]),
    }  # fmt: skip


def _shares(
    known: _People, reached: Callable[[str, str], Both]
) -> dict[str, dict[str, list[float] | None]]:
    def share(time: str, group: str) -> list[float] | None:
        if group not in known:
            return None
        heads = known[group]
        total = float(heads.sum())
        return [
            round(float((heads * one).sum()) / total, 6) if total else 0.0
            for one in reached(time, group)
        ]

    return {time: {group: share(time, group) for group in GROUPS} for time in (ANY, *TIMES)}


def _point(given: str) -> Point | None:
    try:
        lat, lon = map(float, given.split(","))
    except ValueError:
        return None
    return Point(lat, lon)
