"""The nearest places along a network, exactly, in time that hardly grows with their number.

The k-th nearest label of every node is found from the first k - 1, which are called S here:

    Along a shortest way from the k-th nearest label L of a node v, at every node either L is in S
    or L is k-th there too, because a label strictly nearer than L at a node is strictly nearer at v
    as well.  So where the way leaves the nodes that have L in S, its length up to there is a
    distance already known; and beyond it may be followed along edges whose ends have the same S:
    across any other edge u - w some label of S(u) that is not in S(w) is at least as near at w.

Hence one search from many starts suffices: a node starts with the best that the first k - 1 labels
of its neighbours offer it beyond its own S, and every edge between equal S is walked.  Nothing
found is too short either: no edge that is walked, and no start, brings a label of S to its node.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from places.coverage.ground import Flags, Floats, Ints


class Sources(NamedTuple):
    """Where labels start from; several may share a node, and a label may start from several."""

    node: Ints
    offset: Floats
    """Metres before the node, 0 or more."""
    label: Ints
    """0 or more."""


class _Starts(NamedTuple):
    """What a search begins with: each node at most once."""

    node: Ints
    metres: Floats
    label: Ints


def nearest(
    cost: csr_array, sources: Sources, count: int = 1, limit: float = np.inf
) -> tuple[Floats, Ints]:
    """Metres from every node to its nearest `count` distinct labels, and which those are.

    `cost` is symmetric.  Both answers are (count, nodes); inf and -1 where there is no other label
    within `limit`.  Of labels equally far any comes first, the same in every run.
    """
    nodes = cost.shape[0]
    metres = np.full((count, nodes), np.inf)
    labels = np.full((count, nodes), -1, np.int64)
    tail = np.repeat(np.arange(nodes), np.diff(cost.indptr))
    for k in range(count):
        sets = np.sort(labels[:k], axis=0)
        apart = (sets[:, tail] != sets[:, cost.indices]).any(axis=0)
        starts = _starts(cost, tail, np.flatnonzero(apart), metres[:k], labels[:k])
        starts = _best(_joined(starts, _unknown(sources, labels[:k])))
        if not len(starts.node):
            break
        metres[k], labels[k] = _spread(_only(cost, tail, ~apart), starts, limit)
    return metres, labels


def tree(x: Floats, y: Floats) -> cKDTree:
    """Points of the plane, ready for `snap`."""
    return cKDTree(np.column_stack((x, y)))


def snap(nodes: cKDTree, x: Floats, y: Floats, within: float) -> tuple[Ints, Floats]:
    """The nearest node of each point, and the straight line to it; -1 and inf beyond `within`."""
    if not len(x):
        return np.zeros(0, np.int64), np.zeros(0)
    metres, node = nodes.query(np.column_stack((x, y)))
    near = metres <= within
    return np.where(near, node, -1), np.where(near, metres, np.inf)


def _starts(cost: csr_array, tail: Ints, edges: Ints, metres: Floats, labels: Ints) -> _Starts:
    """What these edges bring to their heads: the nearest label of the tail not yet known there."""
    here, there = tail[edges], cost.indices[edges].astype(np.int64)
    known = labels[:, there]
    best, which = np.full(len(edges), np.inf), np.full(len(edges), -1, np.int64)
    for distance, label in zip(metres[:, here], labels[:, here], strict=True):
        new = (label >= 0) & (distance < best) & (known != label).all(axis=0)
        best[new], which[new] = distance[new], label[new]
    found = which >= 0
    return _Starts(there[found], best[found] + cost.data[edges][found], which[found])


def _unknown(sources: Sources, labels: Ints) -> _Starts:
    """The sources whose label is not yet known at their own node."""
    node, label = np.asarray(sources.node, np.int64), np.asarray(sources.label, np.int64)
    new = (labels[:, node] != label).all(axis=0)
    return _Starts(node[new], np.asarray(sources.offset, float)[new], label[new])


def _joined(one: _Starts, other: _Starts) -> _Starts:
    return _Starts(
        np.concatenate((one.node, other.node)),
        np.concatenate((one.metres, other.metres)),
        np.concatenate((one.label, other.label)),
    )


def _best(starts: _Starts) -> _Starts:
    """The nearest start of every node; of equal ones that of the lowest label."""
    order = np.lexsort((starts.label, starts.metres, starts.node))
    node = starts.node[order]
    order = order[np.concatenate(([True], node[1:] != node[:-1]))[: len(node)]]
    return _Starts(starts.node[order], starts.metres[order], starts.label[order])


def _only(cost: csr_array, tail: Ints, kept: Flags) -> csr_array:
    """The network with these of its edges."""
    if kept.all():
        return cost
    degree = np.bincount(tail[kept], minlength=cost.shape[0])
    first = np.concatenate(([0], np.cumsum(degree)))
    return csr_array((cost.data[kept], cost.indices[kept], first), shape=cost.shape)


def _spread(cost: csr_array, starts: _Starts, limit: float) -> tuple[Floats, Ints]:
    """Metres from the nearest start, and its label."""
    nodes = cost.shape[0]
    # One node more, from which an edge leads to each start.  An edge of no length is an edge.
    whole = csr_array(
        (
            np.concatenate((cost.data, starts.metres)),
            np.concatenate((cost.indices, starts.node)).astype(np.int32),
            np.append(cost.indptr, len(cost.data) + len(starts.node)).astype(np.int32),
        ),
        shape=(nodes + 1, nodes + 1),
    )
    metres, before = dijkstra(whole, indices=nodes, return_predecessors=True, limit=limit)
    label = np.full(nodes + 1, -1, np.int64)
    label[starts.node] = starts.label
    return metres[:nodes], np.where(np.isfinite(metres), label[_roots(before)], -1)[:nodes]


def _roots(before: NDArray[np.int32]) -> Ints:
    """For every node the start from which it was reached; itself where it was not."""
    top = len(before) - 1
    root = np.where((before < 0) | (before == top), np.arange(top + 1), before).astype(np.int64)
    while True:
        above = root[root]
        if np.array_equal(above, root):
            return root
        root = above
