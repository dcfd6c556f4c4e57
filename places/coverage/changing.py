"""Who loses and who gains when one place changes, point by point, surely and perhaps.

Somebody gains whom the place as it would be reaches, and neither the place as it was nor any other
one does; a loss is the same the other way round.  It is sure where it is so wherever the places
stand within their uncertainties and whichever unknown hours are true, and perhaps where it may be.
What is one unknown for both sides is taken as one: a place that moves keeps its hours, and a place
that changes its hours stays where it is.  Each point is judged by itself, so that the sum of all
that may be is a bound, which all of it together need not reach.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from places.coverage.counted import CLOSED, OPEN, PERHAPS, Counted
from places.coverage.ground import Floats
from places.coverage.measuring import Both, Walks, which
from places.coverage.reach import Ground
from places.coverage.terms import GROUPS, HEADLINE

ANY = "any"
"""The time of the week that is no particular one."""


class Turn(NamedTuple):
    """What changes: one place alone, or none, as it was and as it would be; and all the others."""

    was: Counted
    will: Counted
    others: Counted

    @property
    def stays(self) -> bool:
        """Whether it is the same place on the same spot, which changes but its hours."""
        both = (self.was, self.will)
        spots = [(one.x.tolist(), one.y.tolist(), one.doubt.tolist()) for one in both]
        return bool(self.was.ids) and spots[0] == spots[1]


class Effects:
    """Which points of the ground are reached, lose and gain: arrays of 0 and 1."""

    def __init__(self, ground: Ground, turn: Turn) -> None:
        self._turn = turn
        self._others = Walks(ground, turn.others)
        self._spots: Mapping[int, Walks] = {
            id(one): Walks(ground, replace(one, sure=np.ones(len(one), bool)))
            for one in (turn.was, turn.will)
        }

    def before(self, time: str, group: str) -> Both:
        """Who is within HEADLINE minutes of an open place today, at the pace of the group."""
        return self._together(time, group, self._turn.was)

    def after(self, time: str, group: str) -> Both:
        """The same after the change."""
        return self._together(time, group, self._turn.will)

    def lost(self, time: str, group: str) -> Both:
        """Who was and is no more."""
        return self._turned(time, group, self._turn.was, self._turn.will)

    def gained(self, time: str, group: str) -> Both:
        """Who is now and was not."""
        return self._turned(time, group, self._turn.will, self._turn.was)

    def reaches(self, one: Counted, group: str) -> Both:
        """Whom the place as it was, or would be, reaches if it is open."""
        return _within(self._spots[id(one)], "", group)

    def _together(self, time: str, group: str, one: Counted) -> Both:
        others = _within(self._others, _when(time), group)
        counts, reached = _counts(one, time), self.reaches(one, group)
        return Both(
            *(np.maximum(a, b * c) for a, b, c in zip(others, reached, counts, strict=True))
        )

    def _turned(self, time: str, group: str, one: Counted, instead: Counted) -> Both:
        others = _within(self._others, _when(time), group)
        reached, by_other = self.reaches(one, group), self.reaches(instead, group)
        counts = _counts(one, time)
        if self._turn.stays:
            counts, by_other = _newly(one, instead, time), Both(*np.zeros_like(by_other))
        sure = counts[0] * reached.sure * (1 - by_other.perhaps) * (1 - others.perhaps)
        perhaps = counts[1] * reached.perhaps * (1 - by_other.sure) * (1 - others.sure)
        return Both(sure, perhaps)


def _within(walks: Walks, time: str, group: str) -> Both:
    minutes = walks.minutes(GROUPS[group], time, longest=HEADLINE)
    found: list[Floats] = [(one[0] <= HEADLINE).astype(float) for one in minutes]
    return Both(*found)


def _when(time: str) -> str:
    return "" if time == ANY else time


def _counts(one: Counted, time: str) -> tuple[float, float]:
    """Whether the place counts at that time, surely and perhaps; none does not."""
    sure, perhaps = which(one, _when(time))
    return float(sure.any()), float(perhaps.any())


def _newly(one: Counted, before: Counted, time: str) -> tuple[float, float]:
    """Whether it is open at that time and was not."""
    if time == ANY:
        return 0.0, 0.0
    now, then = one.open[time][0], before.open[time][0]
    if now == then:
        return 0.0, 0.0
    sure = bool(one.sure[0]) and now == OPEN and then == CLOSED
    return float(sure), float(now >= PERHAPS and then < OPEN)
