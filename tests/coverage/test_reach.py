"""How far people have: along streets where there are any, straight elsewhere, never nearer."""

import numpy as np
import pytest
from scipy.sparse.csgraph import dijkstra

from places.coverage.ground import Floats
from places.coverage.kept import About
from places.coverage.reach import Targets, ground
from places.coverage.residents import Residents
from places.coverage.streets import Network
from places.coverage.terms import DETOUR, SNAP, WALKERS
from tests.coverage.made import MIDDLE_X, MIDDLE_Y, a_grid, some_residents

ADULT = WALKERS["adult"]


def a_network(side: int = 21, step: float = 100.0, *, stairs: bool = False) -> Network:
    """A chessboard of streets around the middle, side × side crossings `step` metres apart; with
    `stairs` every way north is one."""
    at = (np.arange(side) - (side - 1) / 2) * step
    x, y = (axis.ravel() for axis in np.meshgrid(at + MIDDLE_X, at + MIDDLE_Y))
    number = np.arange(side * side).reshape(side, side)
    east = np.column_stack((number[:, :-1].ravel(), number[:, 1:].ravel()))
    north = np.column_stack((number[:-1].ravel(), number[1:].ravel()))
    both = np.concatenate((east, north)).astype(np.int32)
    steps = np.arange(len(both)) >= len(east)
    return Network(
        "miasto", x, y, both[:, 0], both[:, 1], np.full(len(both), step, np.float32),
        steps & stairs, About("Ulice"),
    )  # fmt: skip


def targets(*spots: tuple[float, float], doubt: float = 0.0) -> Targets:
    x, y = (np.array([spot[axis] for spot in spots], float) for axis in (0, 1))
    return Targets(x + MIDDLE_X, y + MIDDLE_Y, np.full(len(x), doubt))


def straight(residents: Residents, to: Targets) -> Floats:
    return np.hypot(residents.x[:, None] - to.x, residents.y[:, None] - to.y).min(axis=1)


def test_along_streets_one_walks_around_corners() -> None:
    """On a chessboard the way is the sum of its sides."""
    residents = some_residents([(300, 400), (-200, 100), (0, 0)])
    laid = ground(residents, (a_network(),))
    assert laid.on_street.all()
    metres = laid.nearest(targets((0, 0)), ADULT, sign=1)[0]
    assert metres == pytest.approx([700, 300, 0])


def test_stairs_are_longer_the_slower_one_climbs() -> None:
    """Each walker has their own factor."""
    residents = some_residents([(0, 500), (500, 0)])
    laid = ground(residents, (a_network(stairs=True),))
    for walker in WALKERS.values():
        metres = laid.nearest(targets((0, 0)), walker, sign=1)[0]
        assert metres == pytest.approx([500 * walker.steps, 500])


def test_beyond_the_streets_the_straight_line_is_taken_and_told() -> None:
    """Who lives off the network is measured by the detour factor."""
    residents = some_residents([(0, 0), (5_000, 0)])
    laid = ground(residents, (a_network(),))
    assert laid.on_street.tolist() == [True, False]
    metres = laid.nearest(targets((0, 100)), ADULT, sign=1)[0]
    assert metres == pytest.approx([100, np.hypot(5_000, 100) * DETOUR])


def test_a_place_beyond_the_streets_is_reached_straight_from_them() -> None:
    """Nobody at the edge of an extract is cut off from what lies outside."""
    laid = ground(some_residents([(1_000, 0)]), (a_network(),))
    near, far = targets((1_400, 0)), targets((-1_000, 0))
    both = Targets(*(np.concatenate(axes) for axes in zip(near, far, strict=True)))
    found = laid.nearest(both, ADULT, sign=1, count=2)
    assert found[:, 0] == pytest.approx([400 * DETOUR, 2_000])


def test_near_the_street_is_on_it() -> None:
    """Within SNAP the way to the street is walked too, beyond it there is none."""
    off = SNAP - 50
    residents = some_residents([(1_000 + off, 0), (1_000 + SNAP + 50, 0)])
    laid = ground(residents, (a_network(),))
    assert laid.on_street.tolist() == [True, False]
    metres = laid.nearest(targets((0, 0)), ADULT, sign=1)[0]
    assert metres == pytest.approx([off * DETOUR + 1_000, (1_000 + SNAP + 50) * DETOUR])
    metres = laid.nearest(targets((-1_000 - off, 0)), ADULT, sign=1)[0]
    assert metres[0] == pytest.approx(off * DETOUR + 2_000 + off * DETOUR)


@pytest.mark.parametrize("streets", [True, False])
@pytest.mark.parametrize("doubt", [0.0, 200.0])
def test_the_way_is_never_shorter_than_the_straight_line(streets: bool, doubt: float) -> None:
    """By street or by factor, at the farthest that a place may be."""
    chance = np.random.default_rng(5)
    residents = some_residents(chance.uniform(-1_500, 1_500, (200, 2)).tolist())
    to = targets(*chance.uniform(-1_000, 1_000, (9, 2)).tolist(), doubt=doubt)
    laid = ground(residents, (a_network(),) if streets else ())
    for count in (1, 3):
        metres = laid.nearest(to, ADULT, sign=1, count=count)
        assert (metres[0] >= straight(residents, to) + doubt - 1e-6).all()
        assert (np.diff(metres, axis=0) >= 0).all()
    nearer = laid.nearest(to, ADULT, sign=-1)[0]
    assert (nearer <= laid.nearest(to, ADULT, sign=1)[0]).all()
    assert (nearer >= 0).all()


def test_three_nearest_by_street_are_those_of_plain_searches() -> None:
    """Each place searched for by itself, doubts and all, gives the same."""
    chance = np.random.default_rng(11)
    network = a_network(stairs=True)
    nodes = chance.integers(0, len(network.x), 7)
    doubt = chance.choice([0.0, 150.0, 400.0], 7)
    to = Targets(network.x[nodes], network.y[nodes], doubt)
    laid = ground(some_residents([(0, 0)], half=400), (network,))
    plain = dijkstra(network.cost(ADULT), indices=nodes)[:, laid.streets[0].node]
    for sign in (1, -1):
        expected = np.sort(np.maximum(plain + sign * doubt[:, None] * DETOUR, 0), axis=0)[:3]
        found = laid.nearest(to, ADULT, sign=sign, count=3)[:, laid.streets[0].point]
        assert found == pytest.approx(expected)


@pytest.mark.parametrize("streets", [True, False])
def test_whom_a_place_reaches_is_told_the_same_both_ways(streets: bool) -> None:
    """Asked from the place or from the people, the answer is one."""
    chance = np.random.default_rng(3)
    laid = ground(a_grid(3), (a_network(),) if streets else ())
    to = targets(*chance.uniform(-1_400, 1_400, (40, 2)).tolist())
    for minutes in (5, 10):
        reached = laid.within(to, ADULT, minutes)
        for n in range(len(to.x)):
            one = Targets(*(axis[n : n + 1] for axis in to))
            metres = laid.nearest(one, ADULT, sign=1)[0]
            expected = np.flatnonzero(metres <= minutes * ADULT.metres_per_minute)
            assert sorted(reached[[n]].indices.tolist()) == expected.tolist()


def test_two_networks_are_two_towns() -> None:
    """Everybody walks in their own, and straight to the other."""
    one = a_network(5)
    other = Network(
        "drugie", one.x + 3_000, one.y, one.start, one.end, one.length, one.steps, About("Ulice")
    )
    residents = some_residents([(100, 100), (3_000, 200)])
    laid = ground(residents, (one, other))
    assert [len(street.point) for street in laid.streets] == [1, 1]
    metres = laid.nearest(targets((0, 0), (3_000, 0)), ADULT, sign=1, count=2)
    assert metres[0] == pytest.approx([200, 200])
    assert metres[1] == pytest.approx(
        [np.hypot(2_900, 100) * DETOUR, np.hypot(3_000, 200) * DETOUR]
    )


def test_nobody_and_nothing_are_no_error() -> None:
    """No places: infinitely far.  No people: no answer at all."""
    laid = ground(some_residents([(0, 0)]), (a_network(3),))
    assert np.isinf(laid.nearest(targets(), ADULT, sign=1)).all()
    assert laid.within(targets(), ADULT, 15).shape == (0, 1)
    empty = ground(some_residents([]), (a_network(3),))
    assert empty.nearest(targets((0, 0)), ADULT, sign=1).shape == (1, 0)
