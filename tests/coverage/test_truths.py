"""Truths of coverage that need no expected numbers."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.coverage.counted import Counted
from places.coverage.figures import Figures
from places.coverage.measuring import Measured, Walks, measure
from places.coverage.reach import Targets, ground
from places.coverage.residents import Residents
from places.coverage.summing import Inputs, add_up, belonging
from places.coverage.terms import DETOUR, LONGEST, MINUTES, WALKERS
from places.place import Place
from tests.coverage.made import a_grid, a_place_at, counted, some_areas, some_residents

AREAS = some_areas(
    gmina={"146501": (-9_000, -9_000, 0, 9_000), "146502": (0, -9_000, 9_000, 9_000)}
)
spots = st.tuples(st.integers(-6_000, 6_000), st.integers(-6_000, 6_000))
near = st.tuples(st.integers(-4_000, 4_000), st.integers(-4_000, 4_000))
vagueness = st.sampled_from((75, 469, 1_052, 1_590, 4_500))
HOURS = (None, "Mo-Fr 10:00-20:00", "Sa-Su 10:00-16:00", "24/7")


@st.composite
def some_places(draw: st.DrawFn, most: int = 8) -> list[Place]:
    """A few places, exact and vague, with hours and without, certain and doubted."""
    chosen = draw(
        st.lists(st.tuples(spots, vagueness, st.sampled_from(HOURS), st.booleans()), max_size=most)
    )
    return [
        a_place_at(
            n, *spot,
            position={"precision": "address", "uncertainty_m": metres},
            hours={"open": rule} if rule else {},
            doubts=["existence"] if doubted else [],
        )
        for n, (spot, metres, rule, doubted) in enumerate(chosen)
    ]  # fmt: skip


def measured(residents: Residents, places: Counted) -> Measured:
    return measure(ground(residents, ()), places, len(residents.x))


def figures(residents: Residents, places: Counted) -> dict[str, Figures]:
    laid = ground(residents, ())
    inputs = Inputs(residents, laid.spread, places, measure(laid, places, len(residents.x)))
    found = add_up(AREAS, belonging(AREAS, residents, places), inputs)
    return {one.code: one for one in found}


def ranges(one: Measured) -> list[tuple[np.ndarray, np.ndarray]]:
    return [tuple(both) for both in (*one.within.values(), *one.at.values())]  # type: ignore[misc]


@given(some_places())
def test_what_is_sure_is_never_more_than_what_may_be(places: list[Place]) -> None:
    """Every share has its ends in order, and lies between nought and one."""
    for low, high in ranges(measured(a_grid(7), counted(*places))):
        assert (low <= high + 1e-12).all()
        assert (low >= 0).all() and (high <= 1 + 1e-12).all()


@given(some_places(), spots)
def test_adding_a_place_never_lowers_and_closing_never_raises(
    places: list[Place], spot: tuple[int, int]
) -> None:
    """With one exact place more nobody is farther, at any time, at any pace."""
    more = a_place_at(99, *spot, hours={"open": "24/7"})
    before = ranges(measured(a_grid(5), counted(*places)))
    after = ranges(measured(a_grid(5), counted(*places, more)))
    for old, new in zip(before, after, strict=True):
        assert (new[0] >= old[0] - 1e-12).all() and (new[1] >= old[1] - 1e-12).all()


@given(st.lists(spots, min_size=1, max_size=6))
def test_exact_places_with_known_hours_leave_no_range(where: list[tuple[int, int]]) -> None:
    """Where nothing is unknown the two ends are one."""
    places = [a_place_at(n, *spot, hours={"open": "24/7"}) for n, spot in enumerate(where)]
    for low, high in ranges(measured(a_grid(5), counted(*places))):
        assert np.array_equal(low, high)


@given(some_places())
def test_more_minutes_and_quicker_legs_reach_more(places: list[Place]) -> None:
    """Shares grow with the minutes, and an adult reaches what an older person does."""
    found = measured(a_grid(5), counted(*places)).within
    for end in (0, 1):
        for walker in WALKERS:
            for less, more in zip(MINUTES, MINUTES[1:], strict=False):
                assert (found[walker, less][end] <= found[walker, more][end] + 1e-12).all()
        for slow in ("older", "parent"):
            assert (found[slow, 15][end] <= found["adult", 15][end] + 1e-12).all()


@given(st.lists(near, min_size=1, max_size=6, unique=True))
def test_within_nothing_is_nobody_and_within_everything_everybody(
    where: list[tuple[int, int]],
) -> None:
    """Radius 0 reaches only who stands there, radius ∞ everybody there is."""
    places = counted(*(a_place_at(n, *spot) for n, spot in enumerate(where)))
    laid = ground(a_grid(5, step=300), ())
    targets = Targets.of(places, places.placed)
    metres = laid.nearest(targets, WALKERS["adult"], sign=1)[0]
    here = np.column_stack((laid.spread.x, laid.spread.y))
    there = np.column_stack((places.x, places.y))
    straight = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1)).min(axis=1)
    assert (metres <= 0).sum() == (straight == 0).sum()
    assert np.isfinite(metres).all()
    assert metres == pytest.approx(straight * DETOUR)


@given(some_places())
def test_children_weighted_by_people_equal_the_parent(places: list[Place]) -> None:
    """Everybody of the powiat lives in one of its gminas, so their sums are its own."""
    people = np.random.default_rng(7).integers(0, 900, 36).astype(float)
    found = figures(a_grid(6, total=people), counted(*places))
    whole, parts = found["1465"], [found["146501"], found["146502"]]
    for walker, minutes, group in (
        (w, str(m), g) for w in WALKERS for m in MINUTES for g in ("total", "young", "old")
    ):
        for end in (0, 1):
            added = sum(
                (one.shares[walker][minutes][group] or (0, 0))[end] * (one.people[group] or 0)
                for one in parts
            )
            share = (whole.shares[walker][minutes][group] or (0, 0))[end]
            assert added == pytest.approx(share * (whole.people[group] or 0), abs=0.5)
    assert whole.places == tuple(sum(one.places[n] for one in parts) for n in (0, 1))
    assert sum(one.people["total"] or 0 for one in parts) == whole.people["total"]


@given(some_places())
def test_bands_hold_everybody_once(places: list[Place]) -> None:
    """Who is surely in one band is at most everybody; who may be in some is at least."""
    one = figures(a_grid(4), counted(*places))["pl"]
    people = one.people["total"] or 0
    assert sum(low for low, _ in one.bands) <= people + 0.1
    assert sum(high for _, high in one.bands) >= people - 0.1
    assert one.left_out[0] <= one.left_out[1] <= people + 0.1


@given(some_places())
def test_two_runs_give_the_same_bytes(places: list[Place]) -> None:
    """Nothing depends on chance or on the order in which places come."""
    once, again = (
        json.dumps([asdict(one) for one in figures(a_grid(4), counted(*order)).values()])
        for order in (places, places[::-1])
    )
    assert once == again


@given(some_places())
def test_the_nearest_is_nearer_than_the_three_nearest(places: list[Place]) -> None:
    """Means are in order, and within what is measured at all."""
    for one in figures(a_grid(4), counted(*places)).values():
        for end in (0, 1):
            assert 0 <= one.nearest[end] <= one.nearest_three[end] <= LONGEST
        assert one.median[0] <= one.median[1]


def test_unknown_hours_give_a_range_and_known_ones_do_not() -> None:
    """A place nobody knows the hours of counts perhaps in the evening, and surely at any time."""
    residents = some_residents([(0, 0), (5_000, 0)])
    one = figures(residents, counted(a_place_at(1, 0, 0)))["pl"]
    assert one.shares["adult"]["15"]["total"] == (0.5, 0.5)
    assert one.times["evening"]["total"] == (0.0, 0.5)
    known = counted(a_place_at(1, 0, 0, hours={"open": "Mo-Fr 16:00-20:00"}))
    times = figures(residents, known)["pl"].times
    assert times["evening"]["total"] == (0.5, 0.5)
    assert times["sunday"]["total"] == (0.0, 0.0)


def test_a_vague_place_counts_within_its_uncertainty() -> None:
    """Who surely has it near, who may have, and who has not: three different people."""
    spots = [(0, 0), (800, 0), (1_600, 0)]
    vague = a_place_at(1, 0, 0, position={"precision": "street", "uncertainty_m": 500})
    one = figures(some_residents(spots), counted(vague))["pl"]
    # 15 minutes are 923 m of a straight line: 500 + 0 is surely within, 800 ± 500 perhaps.
    assert one.shares["adult"]["15"]["total"] == (pytest.approx(1 / 3, abs=1e-6),
                                                  pytest.approx(2 / 3, abs=1e-6))  # fmt: skip
    assert one.vague == 1


def test_a_place_too_vague_for_the_map_counts_in_numbers_alone() -> None:
    """Its gmina is certain, its distance is not."""
    vague = a_place_at(1, 0, 0, position={"precision": "locality", "uncertainty_m": 4_500})
    one = figures(some_residents([(0, 0)], 10_000), counted(vague))["pl"]
    assert one.shares["adult"]["30"]["total"] == (0.0, 0.0)
    assert one.places == (1, 1) and one.unplaced == 1
    assert one.per_10k == (1.0, 1.0)


def test_a_record_with_the_number_of_a_part_of_warszawa_counts_in_the_city() -> None:
    """And in that part, where its border is known."""
    found = figures(
        some_residents([(0, 0)]), counted(a_place_at(1, 0, 0, **{"address.teryt": "146518"}))
    )
    assert found["146501"].places == found["1465"].places == (1, 1)


def test_what_the_source_keeps_secret_is_not_nought() -> None:
    """A blank cell is counted as hidden, and its people nowhere."""
    residents = some_residents([(0, 0), (100, 0)], [100, np.nan])
    one = figures(residents, counted(a_place_at(1, 0, 0)))["pl"]
    assert one.hidden == 1
    assert one.people["total"] == 100
    assert one.shares["adult"]["15"]["total"] == (1.0, 1.0)


def test_ages_nobody_tells_are_unknown() -> None:
    """Not nought, and no share of them either."""
    blank = np.full(2, np.nan)
    residents = replace(some_residents([(0, 0), (10, 0)]), young=blank, old=blank)
    one = figures(residents, counted(a_place_at(1, 0, 0)))["pl"]
    assert one.people["young"] is None
    assert one.shares["parent"]["15"]["young"] is None
    assert one.times["sunday"]["old"] is None


def test_no_place_and_no_resident_are_no_error() -> None:
    """An empty catalogue reaches nobody; an area without people has no share to speak of."""
    nobody = figures(some_residents([(0, 0)], 0), counted())["pl"]
    assert nobody.shares["adult"]["15"]["total"] == (0.0, 0.0)
    assert nobody.per_10k == (0.0, 0.0)
    empty = figures(some_residents([(0, 0)]), counted())["pl"]
    assert empty.median == (LONGEST, LONGEST)
    assert empty.left_out == (100.0, 100.0)


def test_a_cell_is_not_a_point() -> None:
    """A circle that holds half of a square cell reaches about half of its people."""
    residents = some_residents([(0, 0)], 1_000, half=500)
    # 5 minutes are 307.7 m of a straight line.
    one = figures(residents, counted(a_place_at(1, 0, 0)))["pl"]
    share = one.shares["adult"]["5"]["total"]
    assert share is not None
    assert 0 < share[0] == share[1] < 1
    assert share[0] == pytest.approx(np.pi * 307.7**2 / 1e6, abs=0.12)


def test_the_same_walk_is_asked_for_once() -> None:
    """What differs in nothing is remembered, at any pace and any time."""
    laid = ground(a_grid(3), ())
    walks = Walks(laid, counted(a_place_at(1, 0, 0, hours={"open": "24/7"})))
    first = walks.minutes("adult").sure
    again = walks.minutes("adult", "sunday").perhaps
    assert np.array_equal(first, again)
    slow = walks.minutes("older").sure
    pace = WALKERS["adult"].metres_per_minute / WALKERS["older"].metres_per_minute
    assert slow[first * pace < LONGEST] == pytest.approx(first[first * pace < LONGEST] * pace)
