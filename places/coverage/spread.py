"""The people of a unit put on the ground: a square kilometre is not a point.

Without streets they stand evenly over the unit, in the middles of the parts of a square or on the
turns of a sunflower for a disc; with streets at the nodes within it, as many as the street is
long there.  Weights of a unit add up to 1, and evenly spread points have its middle as theirs.
"""

from typing import NamedTuple

import numpy as np

from places.coverage.ground import Floats, Ints
from places.coverage.residents import Residents

SIDE = 5
"""Into how many parts the side of a square is cut."""
_GOLDEN = np.pi * (3 - np.sqrt(5))
"""The angle between two seeds of a sunflower."""
_GRAIN = 2_000.0
"""Metres over SIDE: the side of the ground that a point of a big disc stands for, 400 m."""
_BIN = 500.0
"""Metres: nodes are looked up in squares of this side."""
_PAIRS = 4_000_000
"""Pairs of a unit and a node near it that are looked at together: some 200 MB."""


class Spread(NamedTuple):
    """Points on which the people of units stand."""

    x: Floats
    y: Floats
    owner: Ints
    """The unit's index, ascending."""
    weight: Floats
    """The share of the unit's people; adds up to 1 within a unit."""


def on_grid(residents: Residents, side: int = SIDE) -> Spread:
    """Evenly over each unit."""
    return _even(residents, np.arange(len(residents.x)), side)


def on_streets(
    residents: Residents, node_x: Floats, node_y: Floats, node_metres: Floats, side: int = SIDE
) -> tuple[Spread, Ints]:
    """Over the street nodes within each unit, each weighing `node_metres`; evenly over a unit
    that holds none.  And the node of each point, -1 where it is none.
    """
    owner, node = _within(residents, node_x, node_y)
    without = np.setdiff1d(np.arange(len(residents.x)), owner)
    rest = _even(residents, without, side)
    weight = _shares(owner, np.asarray(node_metres, float)[node], len(residents.x))
    both = np.concatenate([owner, rest.owner])
    order = np.argsort(both, kind="stable")
    spread = Spread(
        np.concatenate([node_x[node], rest.x])[order],
        np.concatenate([node_y[node], rest.y])[order],
        both[order],
        np.concatenate([weight, rest.weight])[order],
    )
    return spread, np.concatenate([node, np.full(len(rest.x), -1)])[order]


def _even(residents: Residents, units: Ints, side: int) -> Spread:
    """Evenly over some of the units."""
    u, v = np.asarray(residents.u)[units], np.asarray(residents.v)[units]
    extended = u.any(axis=1) | v.any(axis=1)
    if residents.shape == "disc":
        # A big disc gets more points, or a whole quarter would stand on one spot.
        area = np.pi * np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])
        counts = np.maximum(side**2, np.ceil(area / (_GRAIN / side) ** 2)).astype(np.int64)
    else:
        counts = np.full(len(units), side**2, np.int64)
    counts = np.where(extended, counts, 1)
    at = np.repeat(np.arange(len(units)), counts)
    turn = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
    if residents.shape == "disc":
        a, b = _sunflower(at, turn, counts)
    else:
        a, b = (2 * (turn // side) + 1) / side - 1, (2 * (turn % side) + 1) / side - 1
    x = np.asarray(residents.x)[units][at] + a * u[at, 0] + b * v[at, 0]
    y = np.asarray(residents.y)[units][at] + a * u[at, 1] + b * v[at, 1]
    return Spread(x, y, units[at], 1 / counts[at])


def _sunflower(at: Ints, turn: Ints, counts: Ints) -> tuple[Floats, Floats]:
    """Seeds of equal area in the disc of radius 1, moved a hair so that their middle is its own."""
    radius, angle = np.sqrt((turn + 0.5) / counts[at]), turn * _GOLDEN
    a, b = radius * np.cos(angle), radius * np.sin(angle)
    size = len(counts)
    a -= (np.bincount(at, a, size) / np.maximum(counts, 1))[at]
    b -= (np.bincount(at, b, size) / np.maximum(counts, 1))[at]
    return a, b


def _shares(owner: Ints, metres: Floats, size: int) -> Floats:
    """The metres as shares of their owner's; equal ones where there are no metres."""
    whole, count = np.bincount(owner, metres, size)[owner], np.bincount(owner, minlength=size)
    return np.where(whole > 0, metres / np.where(whole > 0, whole, 1), 1 / count[owner])


def _within(residents: Residents, node_x: Floats, node_y: Floats) -> tuple[Ints, Ints]:
    """Units and the nodes in them, unit by unit, in the order of the nodes."""
    u, v = np.asarray(residents.u), np.asarray(residents.v)
    area = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    extended = np.flatnonzero(area != 0)
    bins = _Bins(node_x, node_y)
    found: list[tuple[Ints, Ints]] = [(np.empty(0, np.int64), np.empty(0, np.int64))]
    for some in bins.portions(residents, extended):
        owner, node = bins.near(residents, some)
        a, b = _along(residents, owner, node_x[node], node_y[node], area)
        if residents.shape == "disc":
            inside = a * a + b * b <= 1
        else:  # A node on the border of two squares lies in one of them.
            inside = (a >= -1) & (a < 1) & (b >= -1) & (b < 1)
        owner, node = owner[inside], node[inside]
        order = np.lexsort((node, owner))
        found.append((owner[order], node[order]))
    owners, nodes = zip(*found, strict=True)
    return np.concatenate(owners), np.concatenate(nodes)


def _along(
    residents: Residents, owner: Ints, x: Floats, y: Floats, area: Floats
) -> tuple[Floats, Floats]:
    """How far points lie along the half-axes of their units: 1 is the edge."""
    dx, dy = x - residents.x[owner], y - residents.y[owner]
    u, v = residents.u[owner], residents.v[owner]
    a = (dx * v[:, 1] - dy * v[:, 0]) / area[owner]
    return a, (u[:, 0] * dy - u[:, 1] * dx) / area[owner]


class _Bins:
    """Nodes in squares of one size, so that those near a unit are found without a loop."""

    def __init__(self, x: Floats, y: Floats) -> None:
        self.west = float(x.min()) if len(x) else 0.0
        self.south = float(y.min()) if len(y) else 0.0
        column, row = self._column(x), self._row(y)
        self.width = int(column.max(initial=0)) + 1
        self.height = int(row.max(initial=0)) + 1
        key = row * self.width + column
        self.order = np.argsort(key, kind="stable")
        self.key = key[self.order]

    def portions(self, residents: Residents, units: Ints) -> list[Ints]:
        """The units in parts that have few enough nodes near them to be looked at at once."""
        _, begins, ends = self._runs(residents, units)
        seen = np.concatenate([[0], np.cumsum(ends - begins)])
        last = np.cumsum(self._rows(residents, units)[1])
        part = seen[last] // _PAIRS
        return [some for some in np.split(units, np.flatnonzero(np.diff(part)) + 1) if some.size]

    def near(self, residents: Residents, units: Ints) -> tuple[Ints, Ints]:
        """Pairs of a unit and a node of the squares around it."""
        owner, begins, ends = self._runs(residents, units)
        counts = ends - begins
        starts = np.cumsum(counts) - counts
        node = np.arange(counts.sum()) + np.repeat(begins - starts, counts)
        return np.repeat(owner, counts), self.order[node]

    def _runs(self, residents: Residents, units: Ints) -> tuple[Ints, Ints, Ints]:
        """Row by row of the squares around each unit: where its nodes begin and end in `order`."""
        first, counts = self._rows(residents, units)
        at = np.repeat(np.arange(len(units)), counts)
        row = first[at] + np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
        reach, x = self._reach(residents, units)[0], residents.x[units]
        west = np.clip(self._column(x - reach), 0, self.width)[at]
        east = np.clip(self._column(x + reach), -1, self.width - 1)[at]
        begins = np.searchsorted(self.key, row * self.width + west)
        ends = np.searchsorted(self.key, row * self.width + east, side="right")
        return units[at], begins, np.maximum(begins, ends)

    def _rows(self, residents: Residents, units: Ints) -> tuple[Ints, Ints]:
        """The first row that each unit touches, and how many it does."""
        reach, y = self._reach(residents, units)[1], residents.y[units]
        first = np.clip(self._row(y - reach), 0, self.height)
        last = np.clip(self._row(y + reach), -1, self.height - 1)
        return first, np.maximum(0, last - first + 1)

    def _reach(self, residents: Residents, units: Ints) -> tuple[Floats, Floats]:
        """How far a unit goes east and north of its middle, at most."""
        most = np.abs(residents.u[units]) + np.abs(residents.v[units])
        return most[:, 0], most[:, 1]

    def _column(self, x: Floats) -> Ints:
        return np.asarray(np.floor((x - self.west) / _BIN), np.int64)

    def _row(self, y: Floats) -> Ints:
        return np.asarray(np.floor((y - self.south) / _BIN), np.int64)
