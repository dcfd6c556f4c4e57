"""How far everybody has to the nearest places: along streets where they are loaded, else straight.

Distances are *walked metres*: along a network what is walked, stairs counted as many times as they
are slower; elsewhere the straight line times terms.DETOUR.  A place known only within `doubt`
metres may be so much nearer or farther: `nearest` takes the sign of that.  Which of the two ways
was used is a property of each point, and is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from places.coverage import paths, spread
from places.coverage.counted import Counted
from places.coverage.ground import Flags, Floats, Ints
from places.coverage.residents import Residents
from places.coverage.spread import Spread
from places.coverage.streets import Network
from places.coverage.terms import DETOUR, LONGEST, SNAP, Walker


class Targets(NamedTuple):
    """Places to be reached."""

    x: Floats
    y: Floats
    doubt: Floats
    """Metres within which each lies around its point."""

    @classmethod
    def of(cls, counted: Counted, which: Flags) -> "Targets":
        """Some of the places that count."""
        return cls(counted.x[which], counted.y[which], counted.doubt[which])


class _Street(NamedTuple):
    """The points that lie on one network."""

    network: Network
    point: Ints
    """Their numbers."""
    node: Ints
    """The node of each."""
    before: Floats
    """Metres from each to its node."""


class _Pairs(NamedTuple):
    """Targets and the points they reach."""

    target: Ints
    point: Ints


_NO_PAIRS = _Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64))
_SOME_MORE = 9
"""Places looked at beside those that are asked for, where some are vague."""
_BLOCK = 200_000
"""Points measured together: some ten megabytes for each place looked at."""
_HELD = 8_000_000
"""Numbers held in memory together: each search answers with one for every node."""


@dataclass(frozen=True)
class Ground:
    """Where people are, ready to be asked how far they have."""

    spread: Spread
    streets: tuple[_Street, ...]
    on_street: Flags
    """Which points are measured along streets."""

    @cached_property
    def _straight(self) -> Ints:
        return np.flatnonzero(~self.on_street)

    def nearest(
        self,
        targets: Targets,
        walker: Walker,
        *,
        sign: int,
        count: int = 1,
        longest: float = LONGEST,
    ) -> NDArray[np.float64]:
        """Walked metres from every point to its nearest places, (count, points); inf where none.

        `sign` is +1 for the farthest each place may be, -1 for the nearest.  What is longer than
        `longest` minutes may be inf.
        """
        limit = longest * walker.metres_per_minute
        found = np.full((count, len(self.spread.x)), np.inf)
        if not len(targets.x):
            return found
        self._put_straight(found, self._straight, targets, sign, limit)
        for one in self.streets:
            away = self._put_streets(found, one, targets, walker, sign, limit)
            # What lies beyond the network is reached by the straight line from there too.
            beyond = Targets(*(axis[away] for axis in targets))
            self._put_straight(found, one.point, beyond, sign, limit)
        np.maximum(found, 0.0, out=found)
        return found

    def within(self, targets: Targets, walker: Walker, minutes: float) -> csr_array:
        """Which points each target reaches in so many minutes: (targets, points), True where."""
        limit = minutes * walker.metres_per_minute
        found = self._within_straight(self._straight, targets, limit)
        for one in self.streets:
            node, before = _entered(one.network, targets)
            on = node >= 0
            found += self._within_streets(one, np.flatnonzero(on), node, before, walker, limit)
            away = Targets(*(np.where(on, np.nan, axis) for axis in targets))
            found += self._within_straight(one.point, away, limit)
        shape = (len(targets.x), len(self.spread.x))
        rows, columns = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return csr_array((np.ones(len(rows), bool), (rows, columns)), shape=shape)

    def _within_straight(self, points: Ints, targets: Targets, limit: float) -> list[_Pairs]:
        known = np.flatnonzero(np.isfinite(targets.x))
        if not len(points) or not len(known):
            return [_NO_PAIRS]
        tree = cKDTree(np.column_stack((self.spread.x[points], self.spread.y[points])))
        here = np.column_stack((targets.x[known], targets.y[known]))
        found = tree.query_ball_point(here, limit / DETOUR, return_sorted=True)
        rows = np.repeat(known, [len(one) for one in found])
        return [_Pairs(rows, points[np.concatenate([np.array(one, np.int64) for one in found])])]

    def _within_streets(
        self, one: _Street, on: Ints, node: Ints, before: Floats, walker: Walker, limit: float
    ) -> list[_Pairs]:
        found = [_NO_PAIRS]
        cost = one.network.cost(walker)
        at_once = max(1, _HELD // len(one.network.x))
        for first in range(0, len(on), at_once):
            some = on[first : first + at_once]
            metres = dijkstra(cost, indices=node[some], limit=limit)
            walked = metres[:, one.node] + one.before + before[some, None]
            rows, columns = np.nonzero(walked <= limit)
            found.append(_Pairs(some[rows], one.point[columns]))
        return found

    def _put_straight(
        self, found: Floats, points: Ints, targets: Targets, sign: int, limit: float
    ) -> None:
        if not len(points) or not len(targets.x):
            return
        count = len(found)
        for first in range(0, len(points), _BLOCK):
            some = points[first : first + _BLOCK]
            here = np.column_stack((self.spread.x[some], self.spread.y[some]))
            walked = _nearest(here, targets, sign, count, limit / DETOUR) * DETOUR
            found[:, some] = _smallest((found[:, some], walked), count)

    def _put_streets(
        self,
        found: Floats,
        one: _Street,
        targets: Targets,
        walker: Walker,
        sign: int,
        limit: float,
    ) -> Flags:
        """Fills in what one network says; answers which targets are not on it."""
        node, before = _entered(one.network, targets)
        on = node >= 0
        if on.any():
            shift = float(targets.doubt[on].max()) * DETOUR if sign < 0 else 0.0
            offset = before[on] + sign * targets.doubt[on] * DETOUR + shift
            sources = paths.Sources(node[on], offset, np.flatnonzero(on))
            metres, _ = paths.nearest(one.network.cost(walker), sources, len(found), limit + shift)
            walked = metres[:, one.node] + one.before - shift
            found[:, one.point] = _smallest((found[:, one.point], walked), len(found))
        return ~on


def _entered(network: Network, targets: Targets) -> tuple[Ints, Floats]:
    """The node of each target, -1 beyond SNAP, and the way to it, walked like any straight line."""
    node, metres = network.snap(targets.x, targets.y, SNAP)
    return node, metres * DETOUR


def _nearest(here: Floats, targets: Targets, sign: int, count: int, limit: float) -> Floats:
    """The `count` least of distance + sign × doubt, (count, points); inf beyond the limit.

    Some more of the plainly nearest are looked at.  Whoever is not among them is farther than the
    last of them and at best `least` nearer, so where that cannot be among the first `count` the
    answer is exact; the few other points ask for each doubt by itself.
    """
    doubts = np.unique(targets.doubt)
    if len(doubts) == 1:
        return _by_doubt(here, targets, sign, count, limit)
    least = float((sign * targets.doubt).min())
    among = min(len(targets.x), _SOME_MORE + count)
    tree = cKDTree(np.column_stack((targets.x, targets.y)))
    metres, which = tree.query(here, among, distance_upper_bound=limit - least)
    metres, which = metres.reshape(len(here), among), which.reshape(len(here), among)
    doubt = np.append(targets.doubt, 0.0)[which]  # Where there is none, `which` is one too many.
    found = np.sort(metres + sign * doubt, axis=1)[:, :count].T
    found = np.concatenate((found, np.full((count - len(found), len(here)), np.inf)))
    if among < len(targets.x):
        unsure = np.flatnonzero(found[-1] > metres[:, -1] + least)
        found[:, unsure] = _by_doubt(here[unsure], targets, sign, count, limit)
    return found


def _by_doubt(here: Floats, targets: Targets, sign: int, count: int, limit: float) -> Floats:
    """The same, asked for each doubt by itself."""
    found = np.full((count, len(here)), np.inf)
    for doubt in np.unique(targets.doubt):
        among = targets.doubt == doubt
        bound = limit - sign * doubt
        if bound <= 0 or not len(here):
            continue
        tree = cKDTree(np.column_stack((targets.x[among], targets.y[among])))
        number = min(count, int(among.sum()))
        metres, _ = tree.query(here, number, distance_upper_bound=bound)
        found = _smallest((found, metres.reshape(len(here), number).T + sign * doubt), count)
    return found


def _smallest(rows: tuple[Floats, Floats], count: int) -> Floats:
    """Of two lists for every point the smallest, in order."""
    whole = np.concatenate(rows)
    found: Floats = whole.min(axis=0, keepdims=True) if count == 1 else np.sort(whole, axis=0)
    return found[:count]


def ground(residents: Residents, networks: tuple[Network, ...]) -> Ground:
    """Puts people on the ground: on the streets of their cells where there are any."""
    if not networks:
        laid = spread.on_grid(residents)
        return Ground(laid, (), np.zeros(len(laid.x), bool))
    x, y, metres = (
        np.concatenate([getattr(one, name) for one in networks])
        for name in ("x", "y", "node_metres")
    )
    laid, node = spread.on_streets(residents, x, y, metres)
    before = np.zeros(len(node))
    _snap_the_rest(networks, laid, node, before)
    return Ground(laid, tuple(_by_network(networks, node, before)), node >= 0)


def _snap_the_rest(networks: tuple[Network, ...], laid: Spread, node: Ints, before: Floats) -> None:
    """Points that are no nodes themselves go to the nearest one, if that is near."""
    rest = np.flatnonzero(node < 0)
    best = np.full(len(rest), np.inf)
    first = 0
    for one in networks:
        found, metres = one.snap(laid.x[rest], laid.y[rest], SNAP)
        better = (found >= 0) & (metres < best)
        best[better] = metres[better]
        node[rest[better]] = found[better] + first
        first += len(one.x)
    before[rest] = np.where(np.isfinite(best), best * DETOUR, 0.0)


def _by_network(networks: tuple[Network, ...], node: Ints, before: Floats) -> Iterator[_Street]:
    first = 0
    for one in networks:
        mine = np.flatnonzero((node >= first) & (node < first + len(one.x)))
        if len(mine):
            yield _Street(one, mine, node[mine] - first, before[mine])
        first += len(one.x)
