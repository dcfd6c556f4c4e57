"""Which places count, surely or perhaps, and when they are open."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.coverage.counted import CLOSED, OPEN, PERHAPS, reference_week, state_in
from places.coverage.terms import TIMES
from places.holidays import public_holiday
from tests.coverage.made import WEEK, a_place_at, counted


def test_an_exact_place_that_nobody_doubts_counts_surely() -> None:
    """Its point is taken as it stands."""
    found = counted(a_place_at(1, 0, 0))
    assert found.sure.tolist() == [True]
    assert found.doubt.tolist() == [0.0]
    assert found.told["counted"] == 1 and found.told["vague"] == 0


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"status": "planned"}, "planned"),
        ({"status": "temporarily_closed"}, "temporarily_closed"),
        ({"status": "closed"}, "closed"),
        ({"type": "swietlica_srodowiskowa"}, "not_open_to_all"),
    ],
)
def test_what_nobody_may_enter_does_not_count(changes: dict[str, Any], why: str) -> None:
    """Planned and closed places, and those that are not open to all, are told apart."""
    found = counted(a_place_at(1, 0, 0, **changes), a_place_at(2, 50, 0))
    assert len(found) == 1
    assert found.told[why] == 1


def test_day_support_counts_when_it_is_asked_for() -> None:
    """The filter of the catalogue brings it back."""
    place = a_place_at(1, 0, 0, type="swietlica_srodowiskowa")
    assert len(counted(place, types=("swietlica_srodowiskowa",))) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"doubts": ["existence"]},
        {"valid_to": "2026-02"},
        {"valid_from": "2026-04-01"},
    ],
)
def test_a_doubted_place_counts_only_perhaps(changes: dict[str, Any]) -> None:
    """A doubt is neither yes nor no."""
    found = counted(a_place_at(1, 0, 0, **changes))
    assert found.sure.tolist() == [False]
    assert found.told["doubtful"] == 1


def test_an_edition_that_ends_this_year_still_counts() -> None:
    """A date without its day means the last it can."""
    assert counted(a_place_at(1, 0, 0, valid_to="2026")).sure.all()


def test_a_vague_position_is_rounded_outwards() -> None:
    """It is never taken for more exact than it is, and beyond two kilometres not walked to."""
    vague = [
        a_place_at(n, 0, 0, position={"precision": "locality", "uncertainty_m": metres})
        for n, metres in enumerate((100, 101, 1_590, 2_000, 2_001))
    ]
    found = counted(*vague)
    assert found.doubt.tolist() == [0.0, 150.0, 1_600.0, 2_000.0, 2_001.0]
    assert found.placed.tolist() == [True, True, True, True, False]
    assert found.told["unplaced"] == 1 and found.told["vague"] == 3


def test_accessibility_has_three_answers() -> None:
    """Yes counts surely, silence perhaps, no not at all."""
    places = [
        a_place_at(n, 0, 0, accessibility={"wheelchair": answer} if answer else {})
        for n, answer in enumerate(("yes", "limited", "no", None))
    ]
    found = counted(*places, access=("wheelchair",))
    assert found.sure.tolist() == [True, False, False]
    assert found.told["without_need"] == 1


def test_a_place_for_others_is_not_for_these() -> None:
    """Whom the source names others it does not name; everybody means these too."""
    places = [
        a_place_at(n, 0, 0, audience=audience)
        for n, audience in enumerate((["seniors"], ["children"], ["everyone"], []))
    ]
    found = counted(*places, audience=("seniors",))
    assert found.sure.tolist() == [True, True, False]


def test_unknown_hours_are_a_third_state() -> None:
    """No rule is neither open nor closed, at any time of the week."""
    found = counted(
        a_place_at(1, 0, 0),
        a_place_at(2, 0, 0, hours={"open": "Mo-Fr 10:00-16:00; PH off"}),
    )
    assert [found.open[time][0] for time in TIMES] == [PERHAPS] * 4
    assert [found.open[time][1] for time in TIMES] == [OPEN, CLOSED, CLOSED, CLOSED]
    assert found.told["hours_unknown"] == 1


@pytest.mark.parametrize(
    ("rule", "time", "state"),
    [
        ("Tu,We,Th 17:00-20:00", "evening", OPEN),
        ("Tu,We 17:00-20:00", "evening", CLOSED),
        ("Mo-Fr 08:00-17:30", "evening", CLOSED),
        ("Mo-Fr 08:00-18:00", "evening", OPEN),
        ("Sa 12:00-14:00", "saturday", OPEN),
        ("Sa 12:00-12:30", "saturday", CLOSED),
        ("Su 10:00-18:00 unknown", "sunday", PERHAPS),
        ("24/7", "sunday", OPEN),
    ],
)
def test_a_time_of_the_week_asks_for_an_hour_on_most_days(rule: str, time: str, state: int) -> None:
    """Half an hour, or two evenings of five, is not "open in the evening"."""
    assert state_in(rule, "mazowieckie", TIMES[time], WEEK) == state


@given(st.dates(date(2011, 1, 1), date(2090, 1, 1)))
def test_the_reference_week_is_an_ordinary_one(day: date) -> None:
    """It begins on a Monday, has no public holiday, and is not over."""
    week = reference_week(day)
    ordinals = [week.toordinal() + after for after in range(7)]
    assert week.weekday() == 0
    assert ordinals[-1] >= day.toordinal()
    assert not any(public_holiday(date.fromordinal(one)) for one in ordinals)


def test_the_order_of_the_places_does_not_matter() -> None:
    """They stand in the order of their ids."""
    places = [a_place_at(n, n * 10.0, 0) for n in range(5)]
    one, other = counted(*places), counted(*reversed(places))
    assert one.ids == other.ids
    assert np.array_equal(one.x, other.x)
