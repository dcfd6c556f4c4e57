"""What a rule says on the wall's clock: as the library, except where the library is wrong.

Each correction is shown beside the library's own answer, so that one sees when it is not needed
any more.
"""

from datetime import datetime, timedelta

import opening_hours
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places.hours_timeline import timeline
from tests.hours_rules import days, hours, nights, rules, seasons

DAY = timedelta(days=1)
MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - the clock on the wall


def ours(rule: str, when: datetime, voivodeship: str = "mazowieckie") -> str:
    (one,) = timeline(rule, voivodeship, when, when + timedelta(minutes=1))
    return one.state


def library(rule: str, when: datetime) -> str:
    return str(opening_hours.OpeningHours(rule, country="PL").state(when)[0])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@settings(max_examples=400)
@given(st.one_of(rules(), st.builds(lambda *both: " ".join(both), days(), nights())))
def test_the_timeline_is_the_librarys(rule: str) -> None:
    """Two weeks around Christmas, Easter and the summer, stretch by stretch."""
    for first in ("2026-12-21", "2026-03-30", "2026-06-29"):
        begins = at(first)
        asked = opening_hours.OpeningHours(rule, country="PL").intervals(begins, begins + 14 * DAY)
        expected = [
            (start, stop, str(state), note) for start, stop, state, note in asked if start < stop
        ]
        assert timeline(rule, "", begins, begins + 14 * DAY) == expected


@given(rules(), st.integers(0, 400), st.integers(1, 30))
def test_a_timeline_has_no_gaps(rule: str, after: int, length: int) -> None:
    """It covers the span wholly, and neighbours always differ."""
    begins = MONDAY + after * DAY
    found = timeline(rule, "pomorskie", begins, begins + length * DAY)
    assert (found[0].begins, found[-1].ends) == (begins, begins + length * DAY)
    for one, other in zip(found, found[1:], strict=False):
        assert one.ends == other.begins
        assert (one.state, one.comment) != (other.state, other.comment)


@pytest.mark.parametrize(
    ("rule", "when", "theirs", "right"),
    [
        ("SH 10:00-14:00", "2026-07-15T12:00", "closed", "open"),
        ("Mo-Fr 10:00-18:00; SH off", "2026-07-15T12:00", "open", "closed"),
        ("SH Mo-Fr 10:00-14:00", "2026-11-23T12:00", "open", "closed"),
        ("PH Mo-Fr 10:00-14:00", "2026-11-23T12:00", "open", "closed"),
        ("PH Mo-Fr 10:00-14:00", "2026-12-25T12:00", "open", "open"),
        ("PH Mo-Fr 10:00-14:00", "2026-12-26T12:00", "open", "closed"),
        ("PH +1 day,Mo 10:00-14:00", "2026-12-27T12:00", "open", "open"),
        ("PH +1 day,Mo 10:00-14:00", "2026-11-23T12:00", "open", "open"),
        ("Feb 30 10:00-14:00", "2026-11-24T12:00", "open", "unknown"),
        ("Fr 18:00-02:00; Sa 10:00-14:00", "2026-11-28T01:00", "closed", "open"),
        ("Fr 18:00-02:00; Sa off", "2026-11-28T01:00", "closed", "open"),
        ('Mo-Fr 10:00-18:00 || "po umówieniu"', "2026-11-24T19:00", "closed", "unknown"),
        ('"po umówieniu"', "2026-11-24T19:00", "open", "unknown"),
        ("Tu 16:00+", "2026-11-24T16:30", "open", "open"),
        ("Tu 16:00+", "2026-11-24T21:00", "open", "unknown"),
        ("Tu 10:00-16:00+", "2026-11-24T15:59", "open", "open"),
        ("Tu 10:00-16:00+", "2026-11-24T17:00", "closed", "unknown"),
    ],
)
def test_where_the_library_is_corrected(rule: str, when: str, theirs: str, right: str) -> None:
    """Its answer, and ours."""
    assert library(rule, at(when)) == theirs
    assert ours(rule, at(when)) == right


@given(days(), hours(), hours())
def test_a_night_belongs_to_its_evening(some: str, evening: str, others: str) -> None:
    """With a night on Fridays, whatever else is said of other days: Saturday 01:00 is open."""
    rule = f"{some} {others}; Sa 10:00-14:00; Su {evening}; Fr 20:00-02:00; PH off"
    assert ours(rule, at("2026-11-28T01:00")) == "open"
    assert ours(rule, at("2026-11-28T02:00")) in ("closed", "open")
    assert ours(rule, at("2026-12-26T01:00")) == "closed"


@pytest.mark.parametrize(
    ("when", "mazowieckie", "małopolskie"),
    [
        ("2026-01-20T11:00", "open", "closed"),
        ("2026-01-20T15:00", "closed", "open"),
        ("2026-02-03T11:00", "closed", "open"),
        ("2026-02-07T11:00", "closed", "closed"),
        ("2026-07-15T11:00", "open", "open"),
    ],
)
def test_winter_holidays_come_in_turns(when: str, mazowieckie: str, małopolskie: str) -> None:
    """The same rule in two voivodeships."""
    rule = "Mo-Fr 14:00-18:00; SH Mo-Fr 10:00-14:00"
    assert ours(rule, at(when), "mazowieckie") == mazowieckie
    assert ours(rule, at(when), "małopolskie") == małopolskie


@pytest.mark.parametrize(
    ("when", "state"),
    [
        ("2027-09-01T11:00", "unknown"),
        ("2027-09-01T15:00", "unknown"),
        ("2027-09-01T13:00", "open"),
        ("2027-09-01T20:00", "closed"),
        ("2027-09-04T11:00", "closed"),
        ("2024-08-30T11:00", "unknown"),
    ],
)
def test_beyond_the_table_only_what_depends_on_it_is_unknown(when: str, state: str) -> None:
    """Where school days and school holidays agree, the answer stands."""
    assert ours("Mo-Fr 12:00-18:00; SH Mo-Fr 10:00-14:00", at(when)) == state


def test_school_holidays_stay_within_the_season_of_the_rule() -> None:
    """Only the summer ones, where the rule speaks of July and August."""
    rule = "Mo-Fr 14:00-18:00; Jul-Aug SH 10:00-12:00"
    assert ours(rule, at("2026-07-15T11:00")) == "open"
    assert ours(rule, at("2026-07-15T15:00")) == "closed"
    assert ours(rule, at("2026-01-20T11:00")) == "closed"
    assert ours(rule, at("2026-01-20T15:00")) == "open"


@given(seasons(), days(), hours(), st.integers(0, 700))
def test_unknown_school_holidays_agree_with_either_answer(
    season: str, some: str, open_hours: str, after: int
) -> None:
    """Where the voivodeship is unknown, a sure answer is the one that both cases give."""
    rule = f"{some} {open_hours}; {season} SH 08:00-12:00"
    when = MONDAY + after * DAY + timedelta(hours=11)
    state = ours(rule, when, "")
    never, always = ours(f"{some} {open_hours}", when), ours(rule.replace(" SH", ""), when)
    assert state == (never if never == always else "unknown")


@pytest.mark.parametrize("rule", ["", "codziennie", "Mo-Fr 25:00-26:00"])
def test_a_rule_that_cannot_be_read_is_unknown(rule: str) -> None:
    """All the time, without an error."""
    assert timeline(rule, "", MONDAY, MONDAY + DAY) == [(MONDAY, MONDAY + DAY, "unknown", "")]
