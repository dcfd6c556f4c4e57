"""How old a fact may be: dates without a day, months of different lengths, both ends of a year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.freshness import (
    GROUPS,
    Terms,
    first_day,
    is_due,
    is_old,
    last_day,
    months_before,
)

TERMS = Terms()
TODAY = date(2026, 3, 11)
days = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def partial(day: date, parts: int) -> str:
    return "-".join(day.isoformat().split("-")[:parts])


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-02-12", date(2024, 2, 12), date(2024, 2, 12)),
    ],
)
def test_a_date_has_a_first_and_a_last_day(when: str, first: date, last: date) -> None:
    """A year is all its days, a month too; a leap year has its own end of February."""
    assert (first_day(when), last_day(when)) == (first, last)


@given(days, st.sampled_from([1, 2, 3]))
def test_the_day_itself_lies_between_them(day: date, parts: int) -> None:
    """Whatever is left of a date, the day it was stays possible."""
    when = partial(day, parts)
    assert first_day(when) <= day <= last_day(when)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
    ],
)
def test_months_before_a_day(day: date, months: int, before: date) -> None:
    """The same day of the month, or the last one of a shorter month."""
    assert months_before(day, months) == before


def test_a_check_is_due_on_the_day_its_time_is_over() -> None:
    """A year to the day is due; a day less is not; hours are due in half the time."""
    assert is_due("2025-03-11", "existence", TODAY, TERMS)
    assert not is_due("2025-03-12", "existence", TODAY, TERMS)
    assert is_due("2025-09-11", "hours", TODAY, TERMS)
    assert not is_due("2025-09-12", "hours", TODAY, TERMS)
    assert is_due(None, "offer", TODAY, TERMS)


@given(days, st.sampled_from([1, 2, 3]), st.sampled_from(GROUPS), days)
def test_what_is_old_is_also_due(day: date, parts: int, group: str, today: date) -> None:
    """Nothing is called old before it is asked about, and a whole date leaves no doubt between."""
    when = partial(day, parts)
    assert is_due(when, group, today, TERMS) >= is_old(when, group, today, TERMS)
    if parts == 3:
        assert is_due(when, group, today, TERMS) == is_old(when, group, today, TERMS)


def test_a_bare_year_is_due_early_and_old_late() -> None:
    """ "2025" may be its first day and may be its last."""
    assert is_due("2025", "existence", TODAY, TERMS)
    assert not is_old("2025", "existence", TODAY, TERMS)
    assert is_old("2024", "existence", TODAY, TERMS)
    assert not is_old("2024", "existence", date(2025, 12, 30), TERMS)
