"""Where next: the best sites are the best, and the answer says how sure that is."""

import sys
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from benchmarks import siting as towns
from places.coverage import bounding, sites, solving, thinning
from places.coverage.ground import Floats


@st.composite
def questions(draw: st.DrawFn) -> tuple[sparse.csr_array, Floats, int]:
    """Who reaches whom, the people and the count: small enough to try everything."""
    candidates = draw(st.integers(1, 8))
    demand = draw(st.integers(1, 12))
    row = st.lists(st.booleans(), min_size=demand, max_size=demand)
    table = np.array(draw(st.lists(row, min_size=candidates, max_size=candidates)))
    heads = st.sampled_from([0.0, 1.0, 2.0, 0.25, 1000.0]) | st.floats(0, 500).map(
        lambda one: round(one, 3)
    )
    people = np.array(draw(st.lists(heads, min_size=demand, max_size=demand)))
    return sparse.csr_array(table), people, draw(st.integers(0, candidates + 1))


def by_trying(reach: sparse.csr_array, people: Floats, count: int) -> float:
    """The most people that any so many candidates reach."""
    every = range(reach.shape[0])
    return max(
        sites.reached(reach, people, some)
        for some in combinations(every, min(count, reach.shape[0]))
    )


def table(*rows: str) -> sparse.csr_array:
    """One row a candidate, "x" where it reaches."""
    return sparse.csr_array(np.array([[one == "x" for one in row] for row in rows]))


CORNERED = table("xxx...", "...xxx", ".xxxx.")
"""The greedy choice of one spoils the best choice of two."""
HEADS = np.array([2.0, 3.0, 3.0, 3.0, 3.0, 2.0])


@given(questions())
def test_nothing_reaches_more(asked: tuple[sparse.csr_array, Floats, int]) -> None:
    """The answer equals that of trying everything, is proven, and never below the greedy one."""
    reach, people, count = asked
    plan = sites.best(reach, people, count)
    assert plan.proven
    assert plan.objective == pytest.approx(by_trying(reach, people, count), abs=1e-9)
    greedy = sites.reached(reach, people, sites.greedy(reach, people, count))
    assert plan.objective >= greedy - 1e-9


@given(questions())
def test_what_is_told_is_measured_anew(asked: tuple[sparse.csr_array, Floats, int]) -> None:
    """The chosen reach what the plan says; the gains add up and do not grow; bounds hold."""
    reach, people, count = asked
    plan = sites.best(reach, people, count)
    chosen = [one.candidate for one in plan.choices]
    assert len(set(chosen)) == len(chosen) <= count
    assert sites.reached(reach, people, chosen) == plan.objective
    gains = [one.gained for one in plan.choices]
    assert sum(gains) == pytest.approx(plan.objective)
    assert all(one > 0 for one in gains)
    assert all(after <= before + 1e-9 for before, after in pairwise(gains))
    for n, one in enumerate(plan.choices):
        assert one.cumulative == pytest.approx(sites.reached(reach, people, chosen[: n + 1]))
    assert plan.objective <= plan.bound <= max(plan.reachable, plan.objective)
    assert plan.objective <= plan.reachable + 1e-9
    assert plan.reachable <= plan.people + 1e-9
    assert plan.gap >= 0


@given(questions(), st.lists(st.booleans(), min_size=12, max_size=12))
def test_more_to_choose_from_is_never_worse(
    asked: tuple[sparse.csr_array, Floats, int], more: list[bool]
) -> None:
    """A candidate more, or a site more, never lowers what is reached."""
    reach, people, count = asked
    plan = sites.best(reach, people, count)
    wider = sparse.csr_array(np.vstack([reach.toarray(), more[: reach.shape[1]]]))
    assert sites.best(wider, people, count).objective >= plan.objective - 1e-9
    assert sites.best(reach, people, count + 1).objective >= plan.objective - 1e-9


@given(questions(), st.sampled_from([1e-6, 0.3, 7.0, 1e7]), st.randoms(use_true_random=False))
def test_names_and_units_do_not_matter(
    asked: tuple[sparse.csr_array, Floats, int], times: float, chance: object
) -> None:
    """So many times the people are so many times the answer; the order of demand is nothing."""
    reach, people, count = asked
    plan = sites.best(reach, people, count)
    assert sites.best(reach, people * times, count).objective == pytest.approx(
        plan.objective * times
    )
    order = np.array(chance.sample(range(len(people)), len(people)))  # type: ignore[attr-defined]
    turned = sites.best(sparse.csr_array(reach.toarray()[:, order]), people[order], count)
    assert turned.objective == pytest.approx(plan.objective)


@given(questions())
@settings(max_examples=50)
def test_highs_alone_comes_to_the_same(asked: tuple[sparse.csr_array, Floats, int]) -> None:
    """Without the bounds that nearly always settle it before."""
    reach, people, count = asked
    left = thinning.thin(thinning.cover(reach, people))
    if not len(left.which) or not count:
        return
    start = bounding.greedily(left, min(count, 1))
    found = solving.solved(left, count, start, 60)
    assert found.done
    assert left.value(found.chosen) == pytest.approx(by_trying(reach, people, count))
    assert found.upper == pytest.approx(left.value(found.chosen))


@given(questions())
def test_the_bound_holds(asked: tuple[sparse.csr_array, Floats, int]) -> None:
    """Lagrange's bound is never below the best, and what it rules out is in no better choice."""
    reach, people, count = asked
    left = thinning.thin(thinning.cover(reach, people))
    if not len(left.which) or not count:
        return
    found = bounding.bound(left, count, bounding.greedily(left, 1))
    every = range(len(left.which))
    for some in combinations(every, min(count, len(left.which))):
        value = left.value(np.array(some))
        assert value <= found.upper * (1 + 1e-9)
        if value > found.value * (1 + 1e-9):
            assert not found.out[list(some)].any()
            assert set(np.flatnonzero(found.fixed)) <= set(some)


def test_one_step_after_another_is_not_the_best() -> None:
    """The middle candidate gains most alone, the outer two reach everybody together."""
    assert sites.greedy(CORNERED, HEADS, 2) == (2, 0)
    plan = sites.best(CORNERED, HEADS, 2)
    assert [one.candidate for one in plan.choices] == [0, 1]
    assert (plan.objective, plan.bound, plan.gap, plan.proven) == (16.0, 16.0, 0.0, True)
    assert [one.gained for one in plan.choices] == [8.0, 8.0]
    assert [one.cumulative for one in plan.choices] == [8.0, 16.0]


@pytest.mark.parametrize(
    ("reach", "people", "count", "code"),
    [
        (CORNERED, HEADS, 2, ""),
        (CORNERED, HEADS * 0, 2, "none_uncovered"),
        (sparse.csr_array((3, 0)), np.zeros(0), 2, "none_uncovered"),
        (sparse.csr_array((0, 6)), HEADS, 2, "no_candidates"),
        (sparse.csr_array((3, 6)), HEADS, 2, "none_reach"),
        (CORNERED, HEADS, 4, "more_than_candidates"),
        (CORNERED, HEADS, 3, "all_reached"),
    ],
)
def test_a_short_answer_is_explained(
    reach: sparse.csr_array, people: Floats, count: int, code: str
) -> None:
    """Each trivial case has its code, its bound is met, and it counts as proven."""
    plan = sites.best(reach, people, count)
    assert plan.explained == code
    assert plan.proven
    assert plan.bound == plan.objective == plan.reachable
    assert len(plan.choices) == (0 if plan.reachable == 0 else 2)


def test_when_the_time_is_up_the_best_so_far_is_told() -> None:
    """With a bound above it, and by how much."""
    reach, people = towns.made(400, 150, seed=0)
    plan = sites.best(reach, people, 10, seconds=0)
    assert (plan.explained, plan.proven) == ("time_up", False)
    assert plan.bound > plan.objective > 0
    assert plan.gap == pytest.approx(plan.bound / plan.objective - 1)
    sure = sites.best(reach, people, 10)
    assert sure.proven
    assert plan.objective <= sure.objective <= plan.bound


def test_two_runs_are_one() -> None:
    """The same question has the same answer to the last digit, HiGHS included."""
    reach, people = towns.made(400, 150, seed=0)
    assert sites.best(reach, people, 10) == sites.best(reach, people, 10)


def test_of_equal_candidates_the_first_is_taken() -> None:
    """Ties are broken by the order in which the candidates were given."""
    plan = sites.best(table("xx..", "xx..", "..xx", "..xx"), np.ones(4), 1)
    assert [one.candidate for one in plan.choices] == [0]
    assert sites.greedy(table("xx..", "..xx", "..xx"), np.ones(4), 2) == (0, 1)


def test_every_count_is_proven_and_none_is_worse() -> None:
    """From one site to all of them."""
    reach, people = towns.made(200, 30, seed=5)
    plans = [sites.best(reach, people, count) for count in range(1, 31)]
    assert all(one.proven for one in plans)
    values = [one.objective for one in plans]
    assert values == sorted(values)
    assert values[-1] == pytest.approx(plans[0].reachable)


def test_progress_is_told_and_nothing_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """Steps with a growing share for whoever watches; not a word of HiGHS on the terminal."""
    reach, people = towns.made(400, 150, seed=0)
    told: list[tuple[str, float]] = []
    sites.best(reach, people, 10, watch=lambda step, share: told.append((step, share)))
    assert {step for step, _ in told} == {"thinned", "bounded", "solved"}
    assert [share for _, share in told] == sorted(share for _, share in told)
    sys.stdout.flush()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("people", "count"),
    [(HEADS[:2], 1), (-HEADS, 1), (HEADS * np.nan, 1), (HEADS * np.inf, 1), (HEADS, -1)],
)
def test_nonsense_is_refused(people: Floats, count: int) -> None:
    """People who do not match, less than nobody, fewer than no sites."""
    with pytest.raises(ValueError):
        sites.best(CORNERED, people, count)


@pytest.mark.parametrize("seed", [1, 2])
def test_spopt_comes_to_the_same(seed: int) -> None:
    """Somebody else's model, with the same solver, reaches as many people."""
    reach, people = towns.made(400, 120, seed=seed)
    _, theirs = towns.by_spopt(reach, people, 6)
    ours = sites.best(reach, people, 6)
    assert ours.proven
    assert ours.objective == pytest.approx(sites.reached(reach, people, theirs), rel=1e-9)


def test_real_cells_of_gdansk_are_settled() -> None:
    """Cells of a hundred metres, those without a place near, candidates among them."""
    if not towns.GDANSK.exists():
        pytest.skip("the population of Gdańsk is not at hand (../shared/geodata)")
    reach, people = towns.gdansk(1_500, 300)
    plan = sites.best(reach, people, 8)
    assert plan.proven
    greedy = sites.reached(reach, people, sites.greedy(reach, people, 8))
    assert greedy <= plan.objective <= plan.reachable <= plan.people
