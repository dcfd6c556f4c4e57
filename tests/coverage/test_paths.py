"""The nearest labels along a network, against one plain search from every source."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from places.coverage import paths
from places.coverage.paths import Sources


def a_network(nodes: int, edges: list[tuple[int, int, float]]) -> csr_array:
    """Walked both ways."""
    start, end, metres = (np.array(one) for one in zip(*edges, strict=True))
    both = (np.r_[metres, metres], (np.r_[start, end], np.r_[end, start]))
    return csr_array(coo_array(both, shape=(nodes, nodes), dtype=float))


def by_hand(cost: csr_array, sources: Sources, count: int, limit: float) -> np.ndarray:
    """The distances to the nearest distinct labels, from one search a source."""
    found = np.full((int(sources.label.max()) + 1, cost.shape[0]), np.inf)
    for node, offset, label in zip(*sources, strict=True):
        found[label] = np.minimum(found[label], dijkstra(cost, indices=node) + offset)
    found[found > limit] = np.inf
    rows = np.sort(found, axis=0)[:count]
    return np.pad(rows, ((0, count - len(rows)), (0, 0)), constant_values=np.inf)


def a_line() -> csr_array:
    """0 - 1 - 2 - 3, a hundred metres each, and 4 - 5 apart."""
    return a_network(6, [(0, 1, 100.0), (1, 2, 100.0), (2, 3, 100.0), (4, 5, 10.0)])


@st.composite
def questions(draw: st.DrawFn) -> tuple[csr_array, Sources, int, float]:
    """Small networks in pieces with few lengths (so that much is equally far), and sources."""
    nodes = draw(st.integers(2, 14))
    ends = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1))
    pairs = draw(st.sets(ends.filter(lambda one: one[0] < one[1]), min_size=1, max_size=30))
    lengths = st.sampled_from([1.0, 2.0, 2.5, 3.0, 7.25])
    cost = a_network(nodes, [(a, b, draw(lengths)) for a, b in sorted(pairs)])
    one = st.tuples(
        st.integers(0, nodes - 1), st.sampled_from([0.0, 0.5, 1.0, 4.0]), st.integers(0, 5)
    )
    node, offset, label = zip(*draw(st.lists(one, min_size=1, max_size=10)), strict=True)
    sources = Sources(np.array(node), np.array(offset), np.array(label))
    return cost, sources, draw(st.integers(1, 5)), draw(st.sampled_from([np.inf, 6.0]))


@given(questions())
def test_distances_are_those_of_one_search_from_every_source(
    asked: tuple[csr_array, Sources, int, float],
) -> None:
    """Ties, shared nodes, pieces apart, fewer labels than asked for, a limit: all the same."""
    cost, sources, count, limit = asked
    metres, labels = paths.nearest(*asked)
    assert np.allclose(metres, by_hand(cost, sources, count, limit), equal_nan=True)
    assert ((labels >= 0) == np.isfinite(metres)).all()
    for column in labels.T:
        known = column[column >= 0]
        assert len(set(known)) == len(known)


@given(questions())
def test_every_label_is_as_far_as_it_is_said_to_be(
    asked: tuple[csr_array, Sources, int, float],
) -> None:
    """The label that is named has that distance."""
    cost, sources, _, _ = asked
    metres, labels = paths.nearest(*asked)
    for label in set(labels[labels >= 0].tolist()):
        of = sources.label == label
        only = Sources(*(one[of] for one in sources))
        only = only._replace(label=np.zeros(of.sum(), int))
        alone = by_hand(cost, only, 1, np.inf)[0]
        for row, names in zip(metres, labels, strict=True):
            assert np.allclose(row[names == label], alone[names == label])


def test_a_larger_network_with_five_nearest() -> None:
    """Forty labels on a grid with random lengths."""
    chance = np.random.default_rng(5)
    number = np.arange(900).reshape(30, 30)
    pairs = np.r_[
        np.c_[number[:, :-1].ravel(), number[:, 1:].ravel()],
        np.c_[number[:-1].ravel(), number[1:].ravel()],
    ]
    lengths = chance.uniform(20, 200, len(pairs))
    cost = a_network(900, [(a, b, m) for (a, b), m in zip(pairs, lengths, strict=True)])
    sources = Sources(chance.integers(0, 900, 40), chance.uniform(0, 90, 40), np.arange(40))
    metres, _ = paths.nearest(cost, sources, 5)
    assert np.allclose(metres, by_hand(cost, sources, 5, np.inf))


def test_offsets_count_and_a_place_on_the_node_is_there() -> None:
    """Nought metres are nought, and an offset is added."""
    sources = Sources(np.array([0, 3]), np.array([0.0, 30.0]), np.array([7, 2]))
    metres, labels = paths.nearest(a_line(), sources, 2)
    assert metres[:, :4].tolist() == [[0, 100, 130, 30], [330, 230, 200, 300]]
    assert labels[:, :4].tolist() == [[7, 7, 2, 2], [2, 2, 7, 7]]
    assert np.isinf(metres[:, 4:]).all() and (labels[:, 4:] == -1).all()


def test_two_doors_of_one_place_are_one_place() -> None:
    """The second nearest is another place, however many doors the nearest has."""
    sources = Sources(np.array([0, 1, 3]), np.zeros(3), np.array([1, 1, 2]))
    metres, labels = paths.nearest(a_line(), sources, 3)
    assert labels[:, 0].tolist() == [1, 2, -1]
    assert metres[:, 0].tolist() == [0, 300, np.inf]


def test_nothing_lies_beyond_the_limit() -> None:
    """What is farther is not there, the limit itself is."""
    sources = Sources(np.array([0]), np.zeros(1), np.array([0]))
    metres, labels = paths.nearest(a_line(), sources, 1, 200.0)
    assert metres[0].tolist() == [0, 100, 200, np.inf, np.inf, np.inf]
    assert labels[0].tolist() == [0, 0, 0, -1, -1, -1]


def test_without_places_nobody_reaches_any() -> None:
    """No sources, no distances."""
    none = Sources(np.zeros(0, int), np.zeros(0), np.zeros(0, int))
    metres, labels = paths.nearest(a_line(), none, 2)
    assert np.isinf(metres).all() and (labels == -1).all()


@pytest.mark.parametrize(("x", "node", "metres"), [(40.0, 0, 40.0), (101.0, -1, np.inf)])
def test_a_point_goes_to_the_nearest_node_that_is_near(x: float, node: int, metres: float) -> None:
    """Beyond the bound there is none."""
    tree = paths.tree(np.array([0.0, 500.0]), np.zeros(2))
    found, straight = paths.snap(tree, np.array([x]), np.zeros(1), 100.0)
    assert (found[0], straight[0]) == (node, metres)


def test_no_points_are_snapped_to_nothing() -> None:
    """Nothing in, nothing out."""
    found, straight = paths.snap(
        paths.tree(np.zeros(1), np.zeros(1)), np.zeros(0), np.zeros(0), 1.0
    )
    assert len(found) == len(straight) == 0
