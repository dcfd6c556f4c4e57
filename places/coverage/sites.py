"""Where next: the few candidates that together reach most people (maximal covering location).

Exact: the answer comes with the bound of all other choices.  Most of the way is arithmetic: equal
demand is joined and outdone candidates left out (thinning.py); a greedy choice, improved by
exchanges, and Lagrange's bound rule out nearly all candidates (bounding.py); what is left is
decided by HiGHS (solving.py).  What the chosen reach is counted in the question as it was asked.

Of several best choices the answer is the one met first, and as every step is the same each time,
so is the answer: two runs agree.  Only where the time is up it depends on the machine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse

from places.coverage import bounding, thinning
from places.coverage.ground import Floats, Ints
from places.coverage.thinning import Cover
from places.download import Watch

Explained = Literal[
    "",
    "none_uncovered",
    "no_candidates",
    "none_reach",
    "more_than_candidates",
    "all_reached",
    "time_up",
]
_CLOSE = 1e-9
"""The share of people by which a bound may exceed the answer it proves: rounding."""
_ROUNDS = 4
_WORTH = 0.9
"""The bound is sought again while no more than this share of the candidates is left each time."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A site that was chosen."""

    candidate: int
    """Its row in the question."""
    gained: float
    """The people whom it reaches and those before it do not."""
    cumulative: float
    """The people whom it and those before it reach."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The best sites, and how sure that is."""

    choices: tuple[Choice, ...]
    """The one that adds most first, of equals the first; who adds nobody is left out."""
    objective: float
    """People whom all the chosen reach."""
    bound: float
    """No other choice of so many reaches more."""
    gap: float
    """By which share of the objective the bound exceeds it."""
    proven: bool
    """Whether it is the best."""
    explained: Explained
    """Why the answer is short or trivial, if it is.  Of several reasons the first: there is nobody
    to reach, no candidate, none that reaches anybody; more sites were asked for than there are
    candidates; fewer than asked for reach all that can be reached; the time was up."""
    reachable: float
    """People whom any candidate reaches."""
    people: float
    """All who are to be reached."""


def best(
    reach: sparse.csr_array,
    people: Floats,
    count: int,
    *,
    seconds: float = 60,
    watch: Watch = lambda step, share: None,
) -> Plan:
    """The `count` candidates that together reach most of the people.

    `reach` says which candidate (row) reaches which demand (column); HiGHS gets so many seconds.
    Raises ValueError for sizes that do not match, and for people or a count below nought.
    """
    people = _checked(reach, people, count)
    asked = thinning.cover(reach, people)
    search = _Search(asked, count, seconds, watch)
    search.run()
    choices = _in_order(asked, bounding.needed(asked, search.chosen))
    objective = reached(reach, people, [one.candidate for one in choices])
    reachable = float(people[np.bincount(asked.reach.indices, minlength=len(people)) > 0].sum())
    bound = max(objective, min(search.upper, reachable))
    gap = (bound - objective) / objective if objective else 0.0
    proven = gap <= _CLOSE
    plan = Plan(choices, objective, bound, gap, proven, "", reachable, float(people.sum()))
    explained = _explained(plan, asked.reach.shape[0], count)
    return Plan(choices, objective, bound, gap, proven, explained, reachable, plan.people)


def greedy(reach: sparse.csr_array, people: Floats, count: int) -> tuple[int, ...]:
    """Always the candidate that adds most, the first of equals; none that adds nobody."""
    asked = thinning.cover(reach, _checked(reach, people, count))
    return tuple(bounding.greedily(asked, count).tolist())


def reached(reach: sparse.csr_array, people: Floats, chosen: Iterable[int]) -> float:
    """The people whom any of these candidates reaches, counted one candidate after another."""
    found = np.zeros(reach.shape[1], bool)
    for one in chosen:
        row = slice(reach.indptr[one], reach.indptr[one + 1])
        found[reach.indices[row][reach.data[row] != 0]] = True
    return float(np.asarray(people, float)[found].sum())


class _Search:
    """The way to the best choice: what is known of it so far."""

    def __init__(self, asked: Cover, count: int, seconds: float, watch: Watch) -> None:
        self.left = thinning.thin(asked)
        self.count, self.seconds, self.watch = count, seconds, watch
        self.given = np.zeros(0, np.int64)
        """Candidates that every better choice has; `left` is without whom they reach."""
        self.given_value = 0.0
        self.chosen = self.given
        self.value = -1.0
        self.upper = float(self.left.people.sum())
        watch("thinned", 0.1)

    def run(self) -> None:
        """Rounds of bounds, and HiGHS for what they leave open."""
        for _ in range(_ROUNDS):
            size = len(self.left.which)
            start = self._try()
            if self._closed():
                return
            self._narrow(start)
            self.watch("bounded", 0.3)
            if self._closed():
                return
            if len(self.left.which) > size * _WORTH:
                break
        self._solve(self._try())
        self.watch("solved", 1.0)

    def _closed(self) -> bool:
        """Whether nothing better is left to be found."""
        return self.upper <= self.value * (1 + _CLOSE / 10) or not len(self.left.which)

    def _try(self) -> Ints:
        """A choice at hand among the candidates left."""
        start = bounding.greedily(self.left, self.count)
        return self._keep(bounding.swapped(self.left, start))

    def _keep(self, start: Ints) -> Ints:
        value = self.given_value + self.left.value(start)
        if value > self.value:
            self.chosen = np.sort(np.r_[self.given, self.left.which[start]])
            self.value = value
        return start

    def _narrow(self, start: Ints) -> None:
        known = self.value - self.given_value
        found = bounding.bound(self.left, self.count, start, known)
        self._keep(found.chosen)
        self.upper = min(self.upper, self.given_value + found.upper)
        fixed = np.flatnonzero(found.fixed & ~found.out)
        covered = self.left.reached(fixed)
        self.given = np.r_[self.given, self.left.which[fixed]]
        self.given_value += float(self.left.people[covered].sum())
        self.count -= len(fixed)
        self.left = thinning.narrowed(self.left, found.out | found.fixed, covered)
        if not len(self.left.which):
            self.upper = self.value  # Whatever was ruled out is not better.

    def _solve(self, start: Ints) -> None:
        if self._closed():
            return
        # Imported here: HiGHS takes a moment, and most who ask for coverage ask for no sites.
        from places.coverage import solving

        found = solving.solved(self.left, self.count, start, self.seconds)
        self._keep(found.chosen)
        self.upper = min(self.upper, max(self.value, self.given_value + found.upper))


def _checked(reach: sparse.csr_array, people: Floats, count: int) -> Floats:
    people = np.asarray(people, float)
    if people.shape != (reach.shape[1],):
        raise ValueError("people do not match the columns")
    if count < 0 or not (np.isfinite(people) & (people >= 0)).all():
        raise ValueError("people and count are nought or more")
    return people


def _in_order(asked: Cover, chosen: Ints) -> tuple[Choice, ...]:
    these = Cover(asked.reach[chosen], asked.people, asked.which[chosen])
    found, before = [], 0.0
    order = bounding.greedily(these, len(chosen))
    for n in range(len(order)):
        cumulative = these.value(order[: n + 1])
        found.append(Choice(int(these.which[order[n]]), cumulative - before, cumulative))
        before = cumulative
    return tuple(found)


def _explained(plan: Plan, candidates: int, count: int) -> Explained:
    reasons: dict[Explained, bool] = {
        "none_uncovered": plan.people <= 0,
        "no_candidates": candidates == 0,
        "none_reach": plan.reachable <= 0,
        "more_than_candidates": count > candidates,
        "all_reached": len(plan.choices) < count,
        "time_up": not plan.proven,
    }
    return next((code for code, so in reasons.items() if so), "")
