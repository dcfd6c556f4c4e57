"""The figures of an area: what a report says of it, in numbers and codes.

A pair is (low, high): what is so for sure and what may be so, wherever vague positions, unknown
hours or doubts leave room.  Where the sources say nothing of a group of people its value is None,
never nought.  Groups, walkers, times and minutes are those of terms.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from places.teryt import Level

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Peer:
    """An area of the same kind, near in population."""

    code: str
    name: str
    people: float
    share: Pair
    """Of residents within HEADLINE minutes, at an adult's pace."""
    per_10k: Pair


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of one area."""

    code: str
    """TERYT: "22", "2261", "226101"; a district is "226101-oliwa"; COUNTRY."""
    level: Level
    name: str
    """As on a map: "Gdańsk", "powiat lubiński", "pomorskie"."""
    parent: str
    """The code of the area above it; "" above the country there is none."""
    kind: str
    """Who its peers are: areas of the same kind are compared."""
    approximate: bool
    """Whether its border is made up of the settlements' surroundings."""
    people: Mapping[str, float | None]
    """Residents by group."""
    hidden: int
    """Cells whose residents are kept secret by the source."""
    by_streets: float
    """The share of residents measured along streets, 0–1; the others by the straight line."""
    places: tuple[int, int]
    """Places in the area."""
    vague: int
    """How many of them count only within their uncertainty, if they count in walks at all."""
    per_10k: Pair
    """Places per 10,000 residents; (0, 0) where there are no residents."""
    shares: Mapping[str, Mapping[str, Mapping[str, Pair | None]]]
    """Of residents within a walk: walker → minutes ("15") → group → (low, high), 0–1."""
    median: Pair
    """Minutes to the nearest place that half of the residents need at most, adult's pace, (best,
    worst); terms.LONGEST means that much or more.  So for the two below."""
    nearest: Pair
    """Mean minutes to the nearest place."""
    nearest_three: Pair
    """Mean minutes to the three nearest places."""
    bands: tuple[Pair, ...]
    """Residents by minutes to the nearest place at an adult's pace, see terms.BANDS: in each band
    as many as sure, as may be.  The low ends do not add up to everybody, nor do the high ones."""
    times: Mapping[str, Mapping[str, Pair | None]]
    """Of residents within HEADLINE minutes at the group's pace of a place that is open then:
    time → group → (low, high)."""
    left_out: Pair
    """Residents farther than HEADLINE minutes at an adult's pace."""
    unplaced: int = 0
    """How many are known so vaguely that they count in no walking time."""
    rank: tuple[int, int] = (0, 0)
    """The place among its kind by that share, 1 is the best: as best, as worst; 0: nobody else."""
    of: int = 0
    """How many areas of its kind have residents."""
    peers: tuple[Peer, ...] = ()
    """The nearest in population."""


def read(given: Mapping[str, Any]) -> Figures:
    """From `dataclasses.asdict` that has been JSON meanwhile, where tuples are lists."""
    return Figures(
        **{
            **given,
            **{
                name: tuple(given[name])
                for name in ("places", "per_10k", "median", "nearest", "nearest_three", "left_out",
                             "rank")
            },
            "bands": tuple(tuple(one) for one in given["bands"]),
            "shares": {
                walker: {
                    minutes: {group: _pair(one) for group, one in groups.items()}
                    for minutes, groups in by_minutes.items()
                }
                for walker, by_minutes in given["shares"].items()
            },
            "times": {
                time: {group: _pair(one) for group, one in groups.items()}
                for time, groups in given["times"].items()
            },
            "peers": tuple(
                Peer(**{**one, "share": _pair(one["share"]), "per_10k": _pair(one["per_10k"])})
                for one in given["peers"]
            ),
        }
    )  # fmt: skip


def _pair(given: Any) -> Any:
    return None if given is None else tuple(given)
