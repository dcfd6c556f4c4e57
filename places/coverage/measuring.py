"""Minutes of everybody to the nearest places, surely and at best, and the shares within them.

A unit is a cell, a settlement or a point of `residents`; its people stand on many points of the
ground.  Every question (whose pace, at which time, of which places) is asked once for the places
that surely count, each as far as it may be, and once for those that may count, each as near as it
may be: the truth lies between.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from places.coverage.counted import OPEN, PERHAPS, Counted
from places.coverage.ground import Floats, added
from places.coverage.reach import Ground, Targets
from places.coverage.terms import GROUPS, HEADLINE, LONGEST, MINUTES, NEAREST, TIMES, WALKERS
from places.download import Watch


class Both(NamedTuple):
    """A figure surely and perhaps: shares at least and at most, minutes at worst and at best."""

    sure: Floats
    perhaps: Floats


@dataclass(frozen=True)
class Measured:
    """What the walks are, by unit and by point."""

    within: Mapping[tuple[str, int], Both]
    """(walker, minutes) → the share of each unit's people within that walk."""
    at: Mapping[tuple[str, str], Both]
    """(time, group) → the share within HEADLINE minutes at the group's pace of an open place."""
    nearest: Both
    """Mean minutes of each unit's people to the nearest place, at an adult's pace."""
    nearest_few: Both
    """The same to the NEAREST nearest."""
    minutes: Both
    """Minutes to the nearest place at an adult's pace, by point."""
    by_streets: Floats
    """The share of each unit's people measured along streets."""


def nothing(step: str, share: float) -> None:
    """For whom nobody watches."""


class _Walked(NamedTuple):
    metres: NDArray[np.float32]
    longest: float
    """Metres up to which they are true."""


class Walks:
    """Asks the ground, and remembers: many questions are the same one."""

    def __init__(self, ground: Ground, counted: Counted) -> None:
        self._ground, self._counted = ground, counted
        self._known: dict[tuple[str, bytes, int], _Walked] = {}

    def minutes(
        self, walker: str, time: str = "", count: int = 1, longest: float = LONGEST
    ) -> Both:
        """Minutes from every point to the nearest places, (count, points), at that time.

        What is longer than `longest` may be terms.LONGEST.
        """
        sure, perhaps = which(self._counted, time)
        return Both(
            self._asked(walker, sure, +1, (count, longest)),
            self._asked(walker, perhaps, -1, (count, longest)),
        )

    def _asked(
        self, walker: str, among: NDArray[np.bool_], sign: int, much: tuple[int, float]
    ) -> Floats:
        if not self._counted.doubt[among].any():
            sign = +1  # Exact places are as near as they are far.
        # Without streets everybody walks the same line, each at their own pace.
        whose = walker if self._ground.streets else "adult"
        pace = WALKERS[walker].metres_per_minute
        count, metres = much[0], much[1] * pace
        key = (whose, among.tobytes(), sign)
        known = self._known.get(key)
        if known is None or known.longest < metres or len(known.metres) < count:
            targets = Targets.of(self._counted, among)
            found = self._ground.nearest(
                targets,
                WALKERS[whose],
                sign=sign,
                count=count,
                longest=metres / WALKERS[whose].metres_per_minute,
            )
            known = self._known[key] = _Walked(found.astype(np.float32), metres)
        minutes: Floats = np.minimum(known.metres[:count] / pace, LONGEST).astype(np.float64)
        return minutes

    def forget(self) -> None:
        """Lets go of the walks of one walker, where the next one walks otherwise."""
        if self._ground.streets:
            self._known.clear()


def which(counted: Counted, time: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The places to walk to that surely, and that perhaps, count at a time; "" is any time."""
    if not time:
        return counted.placed & counted.sure, counted.placed
    states = counted.open[time]
    return counted.placed & counted.sure & (states == OPEN), counted.placed & (states >= PERHAPS)


def measure(ground: Ground, counted: Counted, units: int, watch: Watch = nothing) -> Measured:
    """All the walks of all people."""
    walks = Walks(ground, counted)
    steps = _Steps(watch, len(WALKERS) + 1 + len(TIMES) * len(GROUPS))

    def share(values: NDArray[Any]) -> Floats:
        return _by_unit(ground, values, units)

    few = walks.minutes("adult", count=NEAREST)
    nearest = Both(*(one[0] for one in walks.minutes("adult")))
    steps.next()
    within, at = {}, {}
    for walker in WALKERS:
        minutes = walks.minutes(walker, longest=MINUTES[-1])
        for limit in MINUTES:
            within[walker, limit] = Both(*(share(one[0] <= limit) for one in minutes))
        steps.next()
        for time, group in product(TIMES, (one for one in GROUPS if GROUPS[one] == walker)):
            minutes = walks.minutes(walker, time, longest=HEADLINE)
            at[time, group] = Both(*(share(one[0] <= HEADLINE) for one in minutes))
            steps.next()
        walks.forget()
    return Measured(
        within,
        at,
        Both(*(share(one[0]) for one in few)),
        Both(*(share(one.mean(axis=0)) for one in few)),
        nearest,
        share(ground.on_street),
    )


def _by_unit(ground: Ground, values: NDArray[Any], units: int) -> Floats:
    """The mean of the points of each unit, weighted by the people there."""
    spread = ground.spread
    return added(spread.owner, spread.weight * values, units)


class _Steps:
    def __init__(self, watch: Watch, total: int) -> None:
        self._watch, self._total, self._done = watch, total, 0

    def next(self) -> None:
        self._done += 1
        self._watch("distances", self._done / self._total)
