"""The week of a place as a table, and the next holiday that changes it.

The rule is taken at its word; where it is silent about holidays the page says that nobody knows.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from flask_babel import gettext

from places import hours, hours_words
from places.errors import Fault, shortened
from places.holidays import public_holiday
from places.hours import Day, Interval
from places.hours_rule import Unreadable, holiday_kinds
from places.place import Place
from places.web.words.clock import day_of_month, hour, weekday, whole_day
from places.web.words.faults import fault
from places.web.words.typography import tied

_AHEAD = 60  # days
_SHOWN = 24  # letters
_DAY = timedelta(days=1)


class Row(NamedTuple):
    """A day of the table."""

    day: date
    name: str
    """"sobota"."""
    date: str
    """"28 listopada"."""
    times: tuple[str, ...]
    """Its hours; "nieczynne" alone where there are none."""
    state: str
    """"open", "closed" or "unknown"."""
    note: str
    """The holiday, and what it does to the hours; empty on a plain day."""


class Week(NamedTuple):
    """All that the page tells of the hours."""

    rule: str
    """The rule in words; as written where there are none."""
    rows: tuple[Row, ...]
    """Today and the six days after it; none where the rule cannot be read."""
    exception: str
    """The next holiday, in a sentence; empty where nothing is to be said."""


def timetable(place: Place, today: date) -> Week | None:
    """The week from this day on; None where no hours are known."""
    rule = place.hours.open
    return week_of(rule, place.address.voivodeship, today) if rule else None


def week_of(rule: str, voivodeship: str, today: date) -> Week:
    """The same of a rule alone, as it is being written."""
    try:
        spoken = "PH" in holiday_kinds(rule)
    except Unreadable:
        return Week(rule, (), "")
    if hours.fault_in(rule) is not None:
        return Week(rule, (), "")
    rows = tuple(_row(one, spoken) for one in hours.week(rule, today, voivodeship))
    return Week(said(rule), rows, _exception(rule, today, voivodeship, spoken))


def said(rule: str) -> str:
    """A rule in words; as written where it says more than there are words for."""
    return tied(hours_words.say(rule))


def hours_fault(text: str, one: Fault) -> str:
    """What is wrong with a rule somebody typed, with the place itself, not its number alone."""
    rest = shortened(text[int(one.limit) - 1 :], _SHOWN)
    return gettext("%(fault)s To miejsce: „%(rest)s”.", fault=fault(one), rest=rest)


def _row(one: Day, spoken: bool) -> Row:
    states = {interval.state for interval in one.times}
    state = "open" if "open" in states else "unknown" if states else "closed"
    said = tuple(times(one)) or (gettext("nieczynne"),)
    return Row(one.day, weekday(one.day), day_of_month(one.day), said, state, _note(one, spoken))


def times(one: Day) -> Iterator[str]:
    """Its stretches: "10:00–18:00", "od 16:00, nie wiemy, do której"."""
    for number, interval in enumerate(one.times):
        if interval.state == "open":
            open_end = number + 1 < len(one.times) and _goes_on(interval, one.times[number + 1])
            yield (
                gettext("od %(time)s, nie wiemy, do której", time=hour(interval.begins))
                if (open_end)
                else _span(interval)
            )
        elif number == 0 or not _goes_on(one.times[number - 1], interval):
            comment = interval.comment or gettext("nie wiemy")
            yield comment if _is_whole(interval) else f"{_span(interval)}: {comment}"


def _goes_on(one: Interval, after: Interval) -> bool:
    """Whether the hours run on into hours that nobody knows: "16:00+"."""
    return after.state == "unknown" and not after.comment and one.ends == after.begins


def _is_whole(one: Interval) -> bool:
    return (one.begins + _DAY).replace(tzinfo=None) <= one.ends.replace(tzinfo=None)


def _span(one: Interval) -> str:
    if _is_whole(one):
        return gettext("całą dobę")
    midnight = not (one.ends.hour or one.ends.minute)
    return f"{hour(one.begins)}–{'24:00' if midnight else hour(one.ends)}"


def _note(one: Day, spoken: bool) -> str:
    if not one.holiday:
        return ""
    if not spoken and one.times and public_holiday(one.day):
        return gettext("%(holiday)s: godziny mogą być inne", holiday=one.holiday)
    return one.holiday


def _exception(rule: str, today: date, voivodeship: str, spoken: bool) -> str:
    changed = hours.next_exception(rule, today, voivodeship, _AHEAD)
    if changed is not None:
        said = ", ".join(times(changed)) or gettext("nieczynne")
        return gettext(
            "Najbliższa zmiana: %(day)s (%(holiday)s) – %(times)s.",
            day=whole_day(changed.day),
            holiday=changed.holiday or "",
            times=said,
        )
    silent = None if spoken else _silent_holiday(rule, today, voivodeship)
    if silent is None:
        return ""
    return gettext(
        "Najbliższe święto: %(day)s (%(holiday)s). Nie wiemy, czy wtedy jest otwarte.",
        day=whole_day(silent),
        holiday=public_holiday(silent) or "",
    )


def _silent_holiday(rule: str, today: date, voivodeship: str) -> date | None:
    """The next holiday on which the rule, taken at its word, would have it open."""
    for after in range(_AHEAD + 1):
        day = today + after * _DAY
        if public_holiday(day) and hours.on(rule, day, voivodeship).times:
            return day
    return None
