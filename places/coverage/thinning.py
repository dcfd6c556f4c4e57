"""Smaller questions with the same answer: what a choice of sites does not depend on is left out.

Demand that the same candidates reach is one demand; demand nobody reaches is none; a candidate
that reaches nobody but whom another reaches too need not be asked about.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from places.coverage.ground import Flags, Floats, Ints

_PAIRS = 30_000_000
"""Comparing candidates with one another is worth it up to so many meetings at one demand."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Who reaches whom."""

    reach: sparse.csr_array
    """Candidates × demand, 1.0 where one reaches the other."""
    people: Floats
    """Of each demand, all above nought."""
    which: Ints
    """The number of each candidate in the question as it was asked."""

    def gains(self, weights: Floats) -> Floats:
        """The sum of such weights that each candidate reaches."""
        return np.asarray(self.reach @ weights)

    def reached(self, chosen: Ints) -> Flags:
        """The demand that any of the chosen reaches."""
        found = np.zeros(self.reach.shape[1], bool)
        found[self.reach[chosen].indices] = True
        return found

    def value(self, chosen: Ints) -> float:
        """The people that the chosen reach together."""
        return float(self.people[self.reached(chosen)].sum())


def cover(reach: sparse.csr_array, people: Floats) -> Cover:
    """The question as it was asked."""
    kept = sparse.csr_array(reach, copy=False).astype(np.float64)
    kept.sum_duplicates()
    kept.eliminate_zeros()
    kept.data[:] = 1.0
    return Cover(kept, np.asarray(people, float), np.arange(kept.shape[0]))


def thin(asked: Cover) -> Cover:
    """The same question with equal demand joined, and without candidates others outdo."""
    joined = _joined(asked)
    return _joined(_without(joined, _outdone(joined)))


def narrowed(asked: Cover, out: Flags, reached: Flags) -> Cover:
    """Without such candidates, and without demand that is reached already."""
    left = Cover(asked.reach[:, np.flatnonzero(~reached)], asked.people[~reached], asked.which)
    return thin(_without(left, out))


def _without(asked: Cover, out: Flags) -> Cover:
    kept = np.flatnonzero(~out)
    return Cover(asked.reach[kept], asked.people, asked.which[kept])


def _joined(asked: Cover) -> Cover:
    """Demand with the same candidates as one, in the order in which each is met first."""
    columns = asked.reach.tocsc()
    columns.sort_indices()
    ends, size = columns.indptr, columns.indices.itemsize
    candidates = columns.indices.tobytes()
    met: dict[bytes, int] = {}
    group = np.full(len(asked.people), -1)
    for one in np.flatnonzero((np.diff(ends) > 0) & (asked.people > 0)).tolist():
        group[one] = met.setdefault(candidates[ends[one] * size : ends[one + 1] * size], len(met))
    used = np.flatnonzero(group >= 0)
    people = np.bincount(group[used], asked.people[used], len(met)).astype(np.float64)
    _, first = np.unique(group[used], return_index=True)
    kept = columns[:, used[first]].tocsr()
    some = np.flatnonzero(np.diff(kept.indptr) > 0)
    return Cover(kept[some], people, asked.which[some])


def _outdone(asked: Cover) -> Flags:
    """Candidates whose people another reaches all; of equals the first stays."""
    sizes = np.diff(asked.reach.indptr)
    meetings = np.bincount(asked.reach.indices).astype(float)
    if (meetings**2).sum() > _PAIRS:
        return np.zeros(len(sizes), bool)
    shared = (asked.reach @ asked.reach.T).tocoo()
    one, other = shared.coords
    inside = (shared.data == sizes[one]) & (one != other)
    better = (sizes[other] > sizes[one]) | (other < one)
    found = np.zeros(len(sizes), bool)
    found[one[inside & better]] = True
    return found
