"""Opening times: is a rule well-formed, and is a place open at a moment?

Moments are checked by hand against the Polish calendar, and by the thousand against the library.
"""

from datetime import UTC, date, datetime, timedelta

import opening_hours
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places import hours, hours_rule
from places.hours import WARSAW
from tests.hours_rules import days, nights, rules

DAY = timedelta(days=1)
WEEKDAYS = "Mo-Fr 10:00-18:00; PH off"


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW, fold=fold)


def elapsed(one: hours.Interval) -> timedelta:
    return one.ends.astimezone(UTC) - one.begins.astimezone(UTC)


@pytest.mark.parametrize(
    "rule",
    [
        "24/7",
        "Mo-Fr 08:00-20:00; Sa 10:00-14:00; PH off",
        "Tu,Th 16:00-19:00",
        "Mo-Fr 10:00-12:00,16:00-18:00",
        "Mo-Fr 09:00-17:00; SH off",
        '"po uzgodnieniu"',
        "Jul-Aug off; Mo-Fr 12:00-20:00",
    ],
)
def test_a_rule_of_openstreetmap_has_no_fault(rule: str) -> None:
    """What the syntax allows is accepted as written."""
    assert hours.fault_in(rule) is None


@pytest.mark.parametrize(
    "rule", ["pon-pt 8-20", "Mo-Fr 25:00-26:00x", "Mo-Fr 8:00 do 20:00", "zawsze", "Mo-Fr ("]
)
def test_another_sentence_is_a_fault_with_its_position(rule: str) -> None:
    """The position lies within the rule or just behind it."""
    position = hours.fault_in(rule)
    assert position is not None
    assert 1 <= position <= len(rule) + 1


@given(st.text(max_size=40))
def test_any_text_is_answered(rule: str) -> None:
    """Whatever was written, the answer is a position or nothing, never an exception."""
    position = hours.fault_in(rule)
    assert position is None or position >= 1


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("Mo-Fr 18:00-02:00", None),
        ("", (1, "hours_empty")),
        ("  ", (1, "hours_empty")),
        ("pon.-pt. 10-18", (1, "hours_in_polish")),
        ("w święta nieczynne", (1, "hours_in_polish")),
        ("Mo-Fr 10-18", (7, "hours_minutes")),
        ("Mo-Fr 10.00-18.00", (7, "hours_dot")),
        ("Mo–Fr 10:00–18:00", (3, "hours_dash")),
        ("Mo-Fr 25:00-26:00", (7, "hours_no_such_time")),
        ("Mo-Fr 10:75-18:00", (7, "hours_no_such_time")),
        ("Mo-Fr 10:00-18:00;", (18, "hours_unfinished")),
        ("Jul 1-Feb 30 off", (7, "hours_no_such_date")),
        ("Mo[9] 10:00-12:00", (4, "hours_syntax")),
        ('Mo "od rana" x', (13, "hours_syntax")),
        ("we wtorki 10-14", (1, "hours_in_polish")),
        ("week 99 We 10:00-12:00", (7, "hours_syntax")),
        ("Mo \ud800", (4, "hours_syntax")),
    ],
)
def test_a_fault_says_what_was_probably_meant(rule: str, fault: tuple[int, str] | None) -> None:
    """A position to point at, and a code for a sentence that helps."""
    assert hours.fault(rule) == fault


@pytest.mark.parametrize("day", hours_rule.WEEKDAYS)
@pytest.mark.parametrize(
    ("rule", "position", "code"),
    [
        ("Mo-{} 10:00–18:00", 12, "hours_dash"),
        ("Mo,{} 9.30-17.00", 7, "hours_dot"),
        ("{} 10-18", 4, "hours_minutes"),
        ("Mo,{} 25:00-26:00", 7, "hours_no_such_time"),
        ("Mo-{} 10:00-18:00,", 18, "hours_unfinished"),
        ("{} 10:00-18:00; Jun 31 off", 17, "hours_no_such_date"),
        ("{} 10:00-18:00 wtorek", 16, "hours_in_polish"),
    ],
)
def test_no_weekday_is_taken_for_polish(day: str, rule: str, position: int, code: str) -> None:
    """ "We" is Wednesday, not the preposition: the fault is the same on every day of the week."""
    assert hours.fault(rule.format(day)) == (position, code)


@pytest.mark.parametrize(
    ("rule", "when", "state"),
    [
        (WEEKDAYS, "2024-12-24T12:00", "open"),
        (WEEKDAYS, "2025-12-24T12:00", "closed"),
        (WEEKDAYS, "2026-12-24T12:00", "closed"),
        (WEEKDAYS, "2026-06-04T12:00", "closed"),
        (WEEKDAYS, "2026-06-05T12:00", "open"),
        (WEEKDAYS, "2026-04-06T12:00", "closed"),
        (WEEKDAYS, "2027-03-29T12:00", "closed"),
        (WEEKDAYS, "2026-01-06T12:00", "closed"),
        (WEEKDAYS, "2026-11-11T12:00", "closed"),
        (WEEKDAYS, "2026-11-12T09:59", "closed"),
        (WEEKDAYS, "2026-11-12T10:00", "open"),
        (WEEKDAYS, "2026-11-12T17:59", "open"),
        (WEEKDAYS, "2026-11-12T18:00", "closed"),
        ("Mo-Fr 10:00-18:00; Sa,PH 10:00-14:00", "2026-05-01T12:00", "open"),
        ("Mo-Fr 10:00-18:00; Sa,PH 10:00-14:00", "2026-05-01T15:00", "closed"),
        ("Fr 18:00-02:00", "2026-11-28T01:59", "open"),
        ("Fr 18:00-02:00", "2026-11-28T02:00", "closed"),
        ("We[2] 10:00-12:00", "2026-11-11T11:00", "open"),
        ("We[2] 10:00-12:00", "2026-11-18T11:00", "closed"),
        ("Jul-Aug Mo-Fr 09:00-15:00", "2026-07-01T10:00", "open"),
        ("Jul-Aug Mo-Fr 09:00-15:00", "2026-09-01T10:00", "closed"),
        (None, "2026-11-12T10:00", "unknown"),
        ("bez zmian", "2026-11-12T10:00", "unknown"),
        ('Mo-Fr 08:00-20:00; Sa-Su unknown "podczas imprez"', "2026-11-28T10:00", "unknown"),
    ],
)
def test_polish_moments_checked_by_hand(rule: str | None, when: str, state: str) -> None:
    """Each read off a calendar."""
    assert hours.state_at(rule, at(when), "mazowieckie").state == state


MOMENTS = tuple(
    at(text)
    for text in (
        "2024-12-24T12:00", "2025-12-24T12:00", "2025-12-25T00:00", "2026-01-01T11:30",
        "2026-01-06T10:15", "2026-03-28T23:59", "2026-03-29T01:59", "2026-03-29T03:00",
        "2026-03-29T12:00", "2026-03-30T00:00", "2026-04-05T10:00", "2026-04-06T13:59",
        "2026-05-01T10:00", "2026-05-03T16:00", "2026-05-24T08:30", "2026-06-04T14:00",
        "2026-06-05T09:45", "2026-07-15T20:00", "2026-08-15T10:00", "2026-10-24T23:30",
        "2026-10-25T01:59", "2026-10-25T03:00", "2026-10-25T18:20", "2026-10-26T00:00",
        "2026-11-01T12:00", "2026-11-11T10:30", "2026-11-23T07:00", "2026-11-28T00:30",
        "2026-12-31T22:45", "2028-02-29T15:00",
    )
)  # fmt: skip


@settings(max_examples=400)
@given(st.one_of(rules(), st.builds(lambda *both: " ".join(both), days(), nights())))
def test_our_answers_are_the_librarys(rule: str) -> None:
    """Twelve thousand pairs of rule and moment: holidays, both clock changes, midnights."""
    library = opening_hours.OpeningHours(rule, country="PL")
    for when in MOMENTS:
        moment = hours.state_at(rule, when, "mazowieckie")
        state, comment = library.state(when.replace(tzinfo=None))
        assert (moment.state, moment.comment) == (str(state), comment), (rule, when)


@given(rules(), st.sampled_from(MOMENTS))
def test_the_next_change_is_a_change(rule: str, when: datetime) -> None:
    """Up to `until` the state holds, and from then on it is `then`."""
    moment = hours.state_at(rule, when, "mazowieckie")
    if moment.until is None:
        assert moment.then is None
        return
    assert moment.until > when
    assert hours.state_at(rule, moment.until, "mazowieckie").state == moment.then != moment.state
    span = hours.intervals(rule, when, moment.until, "mazowieckie")
    assert {one.state for one in span} == {moment.state}


@given(rules(), st.sampled_from(MOMENTS), st.integers(1, 60 * 24 * 20))
def test_intervals_cover_the_span_wholly(rule: str, begins: datetime, minutes: int) -> None:
    """From the first moment to the last, without gaps, neighbours different."""
    ends = (begins.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(WARSAW)
    found = hours.intervals(rule, begins, ends, "śląskie")
    assert (found[0].begins, found[-1].ends) == (begins, ends)
    assert sum(map(elapsed, found), timedelta()) == timedelta(minutes=minutes)
    assert all(elapsed(one) > timedelta() for one in found)
    for one, other in zip(found, found[1:], strict=False):
        assert one.ends.timestamp() == other.begins.timestamp()
        assert (one.state, one.comment) != (other.state, other.comment)


@pytest.mark.parametrize(
    ("rule", "day", "hours_open"),
    [
        ("00:00-24:00", "2026-03-29", 23),
        ("00:00-24:00", "2026-10-25", 25),
        ("00:00-24:00", "2026-10-26", 24),
        ("02:00-03:00", "2026-03-29", 0),
        ("02:00-03:00", "2026-10-25", 2),
        ("01:30-02:30", "2026-03-29", 0.5),
        ("01:30-02:30", "2026-10-25", 2),
        ("02:30-04:00", "2026-03-29", 1),
        ("02:30-04:00", "2026-10-25", 2.5),
        ("22:00-06:00", "2026-03-29", 7),
        ("22:00-06:00", "2026-10-25", 9),
    ],
)
def test_the_clock_changes_twice_a_year(rule: str, day: str, hours_open: float) -> None:
    """An hour is missing in March and comes twice in October; the night counts as it was lived."""
    begins = at(f"{day}T00:00")
    found = hours.intervals(rule, begins, begins + DAY, "pomorskie")
    open_for = sum((elapsed(one) for one in found if one.state == "open"), timedelta())
    assert open_for == timedelta(hours=hours_open)


@pytest.mark.parametrize(
    ("when", "state"),
    [
        (at("2026-10-25T02:15", fold=0), "open"),
        (at("2026-10-25T02:15", fold=1), "open"),
        (at("2026-10-25T02:45", fold=0), "open"),
        (at("2026-10-25T02:45", fold=1), "closed"),
        (datetime(2026, 10, 25, 0, 45, tzinfo=UTC), "open"),
        (datetime(2026, 10, 25, 1, 45, tzinfo=UTC), "closed"),
    ],
)
def test_the_doubled_hour_is_two_hours(when: datetime, state: str) -> None:
    """Open at the first reading of the clock, closed at the second, whatever zone the asker has."""
    assert hours.state_at("01:30-02:30", when, "pomorskie").state == state


def test_the_next_opening_is_named() -> None:
    """On Friday evening before Christmas: closed until after the holidays."""
    moment = hours.state_at(WEEKDAYS, at("2026-12-23T19:00"), "mazowieckie")
    assert (moment.state, moment.until, moment.then) == ("closed", at("2026-12-28T10:00"), "open")
    assert moment.holiday is None


def test_a_rule_silent_on_holidays_is_taken_at_its_word_with_a_warning() -> None:
    """It says open on Christmas Day; the name of the day lets the page doubt it."""
    moment = hours.state_at("Mo-Fr 10:00-18:00", at("2026-12-25T12:00"), "mazowieckie")
    assert (moment.state, moment.holiday) == ("open", "Boże Narodzenie")
    assert hours.state_at("Mo-Fr 10:00-18:00", at("2026-12-28T12:00"), "x").holiday is None


@pytest.mark.parametrize("rule", ["24/7", "off", "unknown", None])
def test_what_never_changes_has_no_next_change(rule: str | None) -> None:
    """None, and no endless search."""
    moment = hours.state_at(rule, at("2026-11-22T12:00"), "mazowieckie")
    assert (moment.until, moment.then) == (None, None)


def test_a_moment_needs_a_zone() -> None:
    """A bare time would be read differently on every server."""
    with pytest.raises(ValueError, match="zone"):
        hours.state_at("24/7", datetime(2026, 11, 22), "mazowieckie")  # noqa: DTZ001


@pytest.mark.parametrize("year", [1, 1800, 9999])
def test_a_moment_out_of_reach_is_unknown(year: int) -> None:
    """The calendar ends somewhere; the answer is still an answer."""
    when = datetime(year, 12, 31, 23, 59, tzinfo=UTC)
    assert hours.state_at("24/7", when, "mazowieckie").state == "unknown"


@given(st.text(alphabet='MoTuPHSH Jan0123456789:-;,|"[]()+/off', max_size=30))
def test_no_rule_breaks_the_reckoning(rule: str) -> None:
    """Anything that may stand in the data is answered."""
    found = hours.intervals(rule, MOMENTS[0], MOMENTS[0] + 7 * DAY, "pomorskie")
    assert found[0].begins == MOMENTS[0]


def test_a_week_begins_today_and_names_its_holidays() -> None:
    """The week of Christmas 2026, asked on its Wednesday: what is over is not told."""
    week = hours.week("Mo-Fr 10:00-18:00; Fr 18:00-02:00; PH off", date(2026, 12, 23), "śląskie")
    assert [row.day for row in week] == [date(2026, 12, 23) + after * DAY for after in range(7)]
    assert [len(row.times) for row in week] == [1, 0, 0, 0, 0, 1, 1]
    assert [(row.holiday, row.changed) for row in week[:4]] == [
        (None, False),
        ("Wigilia", True),
        ("Boże Narodzenie", True),
        ("drugi dzień Bożego Narodzenia", False),
    ]


def test_a_night_stands_in_the_row_of_its_evening() -> None:
    """Friday until two is Friday's; round the clock is cut at midnight."""
    friday, saturday = hours.week("Fr 18:00-02:00; Sa 10:00-14:00", date(2026, 11, 27), "x")[:2]
    assert [(one.begins, one.ends) for one in friday.times] == [
        (at("2026-11-27T18:00"), at("2026-11-28T02:00"))
    ]
    assert [one.begins for one in saturday.times] == [at("2026-11-28T10:00")]
    for row in hours.week("24/7", date(2026, 10, 25), "x"):
        (all_day,) = row.times
        assert all_day.begins.date() == row.day
        assert all_day.ends.date() == row.day + DAY


@pytest.mark.parametrize(
    ("rule", "day", "exception"),
    [
        (WEEKDAYS, date(2026, 11, 22), (date(2026, 12, 24), "Wigilia")),
        (WEEKDAYS, date(2026, 10, 20), (date(2026, 11, 11), "Święto Niepodległości")),
        ("Mo-Fr 10:00-18:00", date(2026, 11, 22), None),
        ("Mo-Fr 10:00-18:00; Dec 24 10:00-13:00", date(2026, 12, 1),
         (date(2026, 12, 24), "Wigilia")),
        ("Mo-Fr 14:00-18:00; SH off", date(2026, 11, 22),
         (date(2026, 12, 23), "zimowa przerwa świąteczna")),
        ("Sa 10:00-12:00; PH off", date(2026, 11, 22),
         (date(2026, 12, 26), "drugi dzień Bożego Narodzenia")),
        (WEEKDAYS, date(2026, 8, 20), None),
        (None, date(2026, 11, 22), None),
    ],
)  # fmt: skip
def test_the_next_holiday_that_changes_the_hours(
    rule: str | None, day: date, exception: tuple[date, str] | None
) -> None:
    """Not every holiday does: one on a day that is closed anyway changes nothing."""
    found = hours.next_exception(rule, day, "mazowieckie")
    assert (found and (found.day, found.holiday)) == exception
