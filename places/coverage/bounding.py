"""How many people any choice of sites can reach at most, and a choice that comes near to it.

The bound is Lagrange's.  Every demand pays each candidate that reaches it a price of at most its
people, and keeps the rest itself; the sites that collect most, and what all demand keeps, are
never less than what the best sites reach.  The prices are mended step by step (Held and Karp).
Where the bound of all choices with a candidate is not above what a known choice reaches, that
candidate need not be looked at again; so for all choices without one.
"""

from dataclasses import dataclass

import numpy as np

from places.coverage.ground import Flags, Floats, Ints
from places.coverage.thinning import Cover

_STEPS = 600
_PATIENCE = 12
"""After so many steps in vain they become shorter."""
_SHORTEST = 2e-3
_WORK = 3e9
"""Meetings of candidates and demand to look at in all: great questions get fewer steps."""
_HAIR = 1e-12
"""What adding numbers in another order may change, as a share."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What is known without trying the choices one by one."""

    upper: float
    """No choice reaches more people."""
    chosen: Ints
    """The best choice met on the way."""
    value: float
    """What it reaches."""
    out: Flags
    """Candidates that no better choice has."""
    fixed: Flags
    """Candidates that every better choice has."""


def greedily(asked: Cover, count: int) -> Ints:
    """One after another the candidate that adds most, the first of equals; those that add."""
    left = asked.people.copy()
    chosen: list[int] = []
    gains = asked.gains(left)
    while len(chosen) < count and len(gains) and (best := int(gains.argmax())) not in chosen:
        if gains[best] <= 0:
            break
        chosen.append(best)
        left[asked.reach[[best]].indices] = 0.0
        gains = asked.gains(left)
    return np.array(chosen, np.int64)


def swapped(asked: Cover, chosen: Ints) -> Ints:
    """A choice no exchange of one site for another makes better."""
    chosen = chosen.copy()
    value = asked.value(chosen)
    for _ in range(_tries(asked, len(chosen))):
        gain, place, candidate = _exchange(asked, chosen)
        if gain <= value * _HAIR:
            break
        chosen[place] = candidate
        value = asked.value(chosen)
    return chosen


def needed(asked: Cover, chosen: Ints) -> Ints:
    """Without those whose people the others reach all: who adds least when alone goes first."""
    times = np.asarray(asked.reach[chosen].sum(axis=0))
    kept = np.ones(len(chosen), bool)
    for place in np.argsort(asked.gains(asked.people)[chosen], kind="stable"):
        mine = asked.reach[[int(chosen[place])]].indices
        if (asked.people[mine[times[mine] <= 1]] <= 0).all():
            kept[place] = False
            times[mine] -= 1
    return chosen[kept]


def bound(asked: Cover, count: int, chosen: Ints, known: float = 0.0) -> Bound:
    """The bound of all choices of so many sites, from a choice that is at hand.

    "Better" is better than what it reaches, and than what is known to be reached otherwise.
    """
    return _Prices(asked, count, chosen, known).mended()


def _tries(asked: Cover, sites: int) -> int:
    return int(max(2, min(200, _WORK / 4 / max(1, asked.reach.nnz * sites))))


def _exchange(asked: Cover, chosen: Ints) -> tuple[float, int, int]:
    """The best exchange: what it gains, whose place it takes, which candidate."""
    times = np.zeros(asked.reach.shape[1])
    for one in chosen:
        times[asked.reach[[int(one)]].indices] += 1
    best = (0.0, 0, 0)
    for place, one in enumerate(chosen):
        mine = asked.reach[[int(one)]].indices
        alone = mine[times[mine] == 1]
        open_to = np.where(times == 0, asked.people, 0.0)
        open_to[alone] = asked.people[alone]
        gains = asked.gains(open_to)
        candidate = int(gains.argmax())
        gain = float(gains[candidate] - asked.people[alone].sum())
        if gain > best[0]:
            best = gain, place, candidate
    return best


class _Prices:
    """What every demand pays, mended step by step."""

    def __init__(self, asked: Cover, count: int, chosen: Ints, known: float) -> None:
        self.asked, self.count = asked, count
        self.chosen, self.value = chosen, asked.value(chosen)
        self.known = max(known, self.value)
        self.upper = np.inf
        size = asked.reach.shape[0]
        self.out, self.fixed = np.zeros(size, bool), np.zeros(size, bool)
        meetings = np.bincount(asked.reach.indices, minlength=len(asked.people))
        self.prices = np.where(asked.reached(chosen), asked.people / np.sqrt(meetings), 0.0)

    def mended(self) -> Bound:
        """As many steps as are worth it."""
        length, vain = 1.0, 0
        for _ in range(int(min(_STEPS, 1 + _WORK / (1 + self.asked.reach.nnz)))):
            before = self.upper
            slope = self._look()
            vain = 0 if self.upper < before * (1 - 1e-6) else vain + 1
            if vain >= _PATIENCE:
                length, vain = length / 2, 0
            away = float(slope @ slope)
            over = self.upper - self.known
            if length < _SHORTEST or away == 0 or over <= self.known * _HAIR:
                break
            step = length * max(over, self.known * 1e-6) / away
            self.prices = np.clip(self.prices - step * slope, 0.0, self.asked.people)
        return Bound(self.upper, self.chosen, self.value, self.out, self.fixed)

    def _look(self) -> Floats:
        """The bound of the prices as they are, what follows, and where it rises most steeply."""
        collected = np.where(self.out, -np.inf, self.asked.gains(self.prices))
        order = np.argsort(-collected, kind="stable")
        taken, others = order[: self.count], order[self.count :]
        taken = taken[collected[taken] > -np.inf]
        kept = float((self.asked.people - self.prices).sum())
        upper = max(float(collected[taken].sum()) + kept, self.known)
        if upper < self.upper:
            self._meet(taken)
            self.upper = upper
        if len(others):
            self._rule_out(upper, collected, taken, others)
        reached = np.bincount(self.asked.reach[taken].indices, minlength=len(self.prices))
        return np.asarray(reached - (self.prices < self.asked.people).astype(float))

    def _rule_out(self, upper: float, collected: Floats, taken: Ints, others: Ints) -> None:
        """A candidate in or out against the prices costs the difference to whom it replaces."""
        known = self.known * (1 + _HAIR)
        last = collected[taken[-1]] if len(taken) else -np.inf
        self.out[others] |= upper - last + collected[others] <= known
        self.fixed[taken] |= upper - collected[taken] + collected[others[0]] <= known

    def _meet(self, taken: Ints) -> None:
        value = self.asked.value(taken)
        if value > self.value:
            self.chosen, self.value = taken, value
            self.known = max(self.known, value)
