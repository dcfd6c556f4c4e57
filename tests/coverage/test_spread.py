"""People put on the ground: weights, middles, and what whole circles hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.coverage import spread
from places.coverage.kept import About
from places.coverage.residents import Residents
from places.coverage.spread import on_grid, on_streets


def residents(x: object, y: object, u: object, v: object, shape: str) -> Residents:
    """Units of that extent, one person each."""
    many = np.asarray(x, float)
    none = np.full(len(many), "", "<U6")
    wide = (len(many), 1)
    return Residents(
        many, np.asarray(y, float), np.ones(len(many)), many * np.nan, many * np.nan,
        np.tile(u, wide).astype(float), np.tile(v, wide).astype(float), shape, none, none,
        About(""),
    )  # fmt: skip


def turned(half: float, angle: float) -> tuple[list[float], list[float]]:
    """The half-axes of a square that stands askew."""
    across, along = half * np.cos(angle), half * np.sin(angle)
    return [across, along], [-along, across]


def a_set(rng: np.random.Generator, shape: str, count: int = 20) -> Residents:
    """Units anywhere in a square of 20 km."""
    x, y = rng.uniform(0, 20_000, (2, count))
    u, v = turned(rng.uniform(100, 2_000), 0.0 if shape == "disc" else rng.uniform(-1, 1))
    if shape == "point":
        u, v = [0.0, 0.0], [0.0, 0.0]
    return residents(x, y, u, v, shape)


@given(st.integers(0, 1_000), st.sampled_from(["point", "cell", "disc"]), st.integers(1, 8))
def test_everybody_stands_somewhere(seed: int, shape: str, side: int) -> None:
    """Weights of a unit add up to 1, its points' middle is its own, owners ascend."""
    units = a_set(np.random.default_rng(seed), shape)
    laid = on_grid(units, side)
    size = len(units.x)
    assert np.bincount(laid.owner, laid.weight, size) == pytest.approx(np.ones(size))
    assert np.bincount(laid.owner, laid.weight * laid.x, size) == pytest.approx(units.x)
    assert np.bincount(laid.owner, laid.weight * laid.y, size) == pytest.approx(units.y)
    assert (np.diff(laid.owner) >= 0).all()
    if shape != "disc":
        assert len(laid.x) == size * (1 if shape == "point" else side**2)


def test_points_among_cells_stay_points() -> None:
    """A file may have both."""
    units = residents([0, 5_000], [0, 0], [500, 0], [0, 500], "cell")
    units.u[1] = units.v[1] = 0
    laid = on_grid(units)
    assert np.bincount(laid.owner).tolist() == [25, 1]


@pytest.mark.parametrize("radius", [100.0, 250.0, 400.0, 600.0])
def test_a_square_converges_to_the_circle(radius: float) -> None:
    """The share of people within a circle nears its true share of the square's area."""
    units = residents([0], [0], *turned(500, 0.3), "cell")
    # Beyond the half side, four segments of the circle lie outside the square.
    over = max(0.0, radius - 500)
    cut = radius**2 * np.arccos(500 / radius) - 500 * np.sqrt(radius**2 - 500**2) if over else 0.0
    truth = (np.pi * radius**2 - 4 * cut) / 1_000**2

    def error(side: int) -> float:
        laid = on_grid(units, side)
        return float(abs((np.hypot(laid.x, laid.y) <= radius) @ laid.weight - truth))

    assert error(5) < 0.08
    assert error(25) < 0.012
    assert error(201) < 0.0015


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("metres", [400.0, 1_500.0, 8_000.0])
def test_a_disc_holds_people_as_its_area(share: float, metres: float) -> None:
    """Within a part of the radius there is its square of the people, and nobody is outside."""
    laid = on_grid(residents([0], [0], [metres, 0], [0, metres], "disc"))
    far = np.hypot(laid.x, laid.y)
    assert far.max() <= metres
    assert (far <= share * metres) @ laid.weight == pytest.approx(share**2, abs=0.05)


def test_a_big_disc_has_more_points() -> None:
    """No point stands for more than 400 m by 400 m, lest a whole quarter stand on one spot."""
    laid = on_grid(residents([0], [0], [8_000, 0], [0, 8_000], "disc"))
    assert np.pi * 8_000**2 * laid.weight.max() <= 400**2


def brute(units: Residents, x: np.ndarray, y: np.ndarray) -> list[list[int]]:
    """The nodes of each unit, one unit after another."""
    found = []
    for n in range(len(units.x)):
        axes = np.stack([units.u[n], units.v[n]], 1)
        if not np.linalg.det(axes):
            found.append([])
            continue
        a, b = np.linalg.solve(axes, np.stack([x - units.x[n], y - units.y[n]]))
        square = (np.abs(a) < 1) & (np.abs(b) < 1)
        inside = a * a + b * b <= 1 if units.shape == "disc" else square
        found.append(np.flatnonzero(inside).tolist())
    return found


@given(st.integers(0, 1_000), st.sampled_from(["point", "cell", "disc"]), st.integers(0, 400))
def test_people_stand_on_the_nodes_of_their_unit(seed: int, shape: str, count: int) -> None:
    """On just those that brute force finds, as many as the street is long; else on the grid."""
    rng = np.random.default_rng(seed)
    units = a_set(rng, shape)
    x, y = rng.uniform(3_000, 15_000, (2, count))
    metres = rng.uniform(0, 90, count)
    laid, node = on_streets(units, x, y, metres)
    even = on_grid(units)
    size = len(units.x)
    assert np.bincount(laid.owner, laid.weight, size) == pytest.approx(np.ones(size))
    for n, there in enumerate(brute(units, x, y)):
        mine = laid.owner == n
        if not there:
            assert (node[mine] == -1).all()
            assert np.array_equal(laid.x[mine], even.x[even.owner == n])
            continue
        assert node[mine].tolist() == there
        assert np.array_equal(laid.x[mine], x[there])
        assert laid.weight[mine] == pytest.approx(metres[there] / metres[there].sum())


def test_nodes_without_streets_weigh_the_same() -> None:
    """A unit whose nodes have no length at all is shared equally among them."""
    units = residents([0], [0], [500, 0], [0, 500], "cell")
    laid, node = on_streets(units, np.array([1.0, 2.0]), np.array([1.0, 2.0]), np.zeros(2))
    assert node.tolist() == [0, 1]
    assert laid.weight.tolist() == [0.5, 0.5]


def test_looking_in_portions_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few pairs are looked at together."""
    rng = np.random.default_rng(3)
    units = a_set(rng, "cell", 200)
    x, y, metres = rng.uniform(0, 20_000, (3, 5_000))
    whole = on_streets(units, x, y, metres)
    monkeypatch.setattr(spread, "_PAIRS", 50)
    parts = on_streets(units, x, y, metres)
    for one, other in zip((*whole[0], whole[1]), (*parts[0], parts[1]), strict=True):
        assert np.array_equal(one, other)
