"""Opening times in OSM syntax: well-formed or not, and open, closed or unknown at a moment.

The rule itself is kept in the record as written; what is open at a moment is worked
out from it, never stored beside it.  Moments carry the zone of Warsaw.  Two of them in the
doubled hour of October compare as equal in Python: compare `timestamp()`, never the moments.
A rule is taken at its word: where it says nothing of holidays it holds on them too, and
`Moment.holiday` then names the day, so that whoever shows it can warn.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import opening_hours

from places.holidays import public_holiday, school_holiday
from places.hours_rule import NO_SUCH_DATE, Unreadable, holiday_kinds
from places.hours_timeline import RANK, State, Stretch, timeline

WARSAW = ZoneInfo("Europe/Warsaw")
_DAY = timedelta(days=1)
_LOOK_AHEAD = (2, 9, 62, 367)
"""Days to look ahead for the next change: most rules change within two."""
_YEARS = range(1901, 2900)
"""Years for which moments are answered; beyond them nothing is known."""
_NIGHT_ENDS = timedelta(hours=6)
"""Hours that run past midnight up to here belong to the evening they began on."""
_WEEKS_TO_COMPARE = 12

_WHERE = re.compile(r"-->\s*\d+:(\d+)")
# In this order: a text in Polish has other faults too, but one cure.
_FAULTS = (
    (re.compile(r"^\s*$"), "hours_empty"),
    (
        re.compile(
            # "We" is Wednesday: only "we wtorki" is Polish.
            r"\b(?:(?:pn|pon|wt|śr|sr|czw|pt|piąt|piat|sob|nd|niedz|codziennie|święt|swiet|"
            r"nieczynn|czynn|godz)\w*|od|do|w|i|we(?=\s+w))\b(?![\w\[])",
            re.IGNORECASE,
        ),
        "hours_in_polish",
    ),
    (NO_SUCH_DATE, "hours_no_such_date"),
    (re.compile(r"[;,]\s*$"), "hours_unfinished"),
    (re.compile(r"[–—−]"), "hours_dash"),
    (re.compile(r"\b\d{1,2}[.]\d\d\b"), "hours_dot"),
    (re.compile(r"\b(?:2[5-9]|[3-9]\d):\d\d\s*-|\b\d{1,2}:[6-9]\d"), "hours_no_such_time"),
    (re.compile(r"(?<![\d:-])\d{1,2}\s*-\s*\d{1,2}(?![\d:])"), "hours_minutes"),
)
"""What people write instead of OSM syntax, and the code of the sentence that helps."""
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time in one state."""

    begins: datetime
    ends: datetime
    state: State
    comment: str = ""
    """What the rule adds: "po umówieniu"."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known of one moment."""

    state: State
    until: datetime | None
    """When the state next changes; None if not within a year."""
    then: State | None
    """The state after that."""
    comment: str = ""
    holiday: str | None = None
    """The public holiday, when the rule says nothing of public holidays."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a row of a timetable."""

    day: date
    times: tuple[Interval, ...]
    """When it is open or perhaps open; a night belongs to the evening it began on."""
    holiday: str | None
    """The public holiday or, where the rule speaks of them, the school holidays."""
    changed: bool
    """Whether the holiday changes the hours of that weekday."""


def fault_in(rule: str) -> int | None:
    """The position (from 1) where the rule stops being OSM syntax; None when all of it is.

    https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
    """
    if not rule.strip():
        return 1
    try:
        opening_hours.OpeningHours(rule, country="PL")
    except opening_hours.ParserError as error:  # type: ignore[attr-defined]
        found = _WHERE.search(str(error))
        return int(found[1]) if found else 1
    except UnicodeEncodeError as error:  # Half a character.
        return error.start + 1
    wrong = NO_SUCH_DATE.search(rule)
    return wrong.start() + 1 if wrong else None


def fault(rule: str) -> tuple[int, str] | None:
    """Where the rule goes wrong and what is probably meant, as a code; None for a good rule."""
    position = fault_in(rule)
    if position is None:
        return None
    plain = _QUOTED.sub(lambda quoted: '"' * len(quoted[0]), rule)
    for pattern, code in _FAULTS:
        found = pattern.search(plain)
        if found:
            return found.start() + 1, code
    return position, "hours_syntax"


def intervals(
    rule: str | None, begins: datetime, ends: datetime, voivodeship: str
) -> tuple[Interval, ...]:
    """The states from `begins` to `ends`, without gaps; no rule is unknown all the time."""
    if begins.year not in _YEARS or ends.year not in _YEARS:
        return (Interval(begins, ends, "unknown"),)
    start, stop = _local(begins), _local(ends)
    if start.timestamp() >= stop.timestamp():
        return ()
    if not rule:
        return (Interval(start, stop, "unknown"),)
    first, after = start.date(), stop.date() + _DAY
    on_the_wall = timeline(rule, voivodeship, _midnight(first), _midnight(after))
    return tuple(_clipped(_lived(on_the_wall), start, stop))


def state_at(rule: str | None, when: datetime, voivodeship: str) -> Moment:
    """Open, closed or unknown at the moment, until when, and what then."""
    if when.year not in _YEARS:
        return Moment("unknown", None, None)
    here = _local(when)
    until, then = None, None
    for days in _LOOK_AHEAD:
        ahead = intervals(rule, here, here + days * _DAY, voivodeship)
        change = next((one for one in ahead if one.state != ahead[0].state), None)
        if change:
            until, then = change.begins, change.state
            break
    holiday = unspoken_holiday(rule, here.date())
    return Moment(ahead[0].state, until, then, ahead[0].comment, holiday)


def week(rule: str | None, day: date, voivodeship: str) -> tuple[Day, ...]:
    """The day and the six after it: whoever asks on Sunday is not helped by what is over."""
    return tuple(on(rule, day + after * _DAY, voivodeship) for after in range(7))


def on(rule: str | None, day: date, voivodeship: str) -> Day:
    """One day of such a week."""
    times = _times(rule, day, voivodeship)
    holiday = _holiday(rule, day, voivodeship)
    usual = _usual(rule, day, voivodeship) if holiday else []
    return Day(day, times, holiday, bool(usual) and _clock(times) not in usual)


def next_exception(rule: str | None, day: date, voivodeship: str, within: int = 60) -> Day | None:
    """The first holiday from the day on that changes the hours; None within so many days."""
    for after in range(within + 1):
        one = day + after * _DAY
        if _holiday(rule, one, voivodeship):
            row = on(rule, one, voivodeship)
            if row.changed:
                return row
    return None


def _times(rule: str | None, day: date, voivodeship: str) -> tuple[Interval, ...]:
    """What begins on the day; what ends in the small hours belongs to the day before."""
    midnight, next_day = _at_midnight(day), _at_midnight(day + _DAY)
    found = []
    for one in intervals(rule, _at_midnight(day - _DAY), _at_midnight(day + 2 * _DAY), voivodeship):
        starts, stops = one.begins.replace(tzinfo=None), one.ends.replace(tzinfo=None)
        if one.state == "closed" or stops <= _midnight(day) or starts >= _midnight(day + _DAY):
            continue
        if starts < _midnight(day) and stops <= _midnight(day) + _NIGHT_ENDS:
            continue
        begins = max(one.begins, midnight)
        late = stops <= _midnight(day + _DAY) + _NIGHT_ENDS and starts > _midnight(day)
        ends = one.ends if late else min(one.ends, next_day)
        found.append(Interval(begins, ends, one.state, one.comment))
    return tuple(found)


def _usual(rule: str | None, day: date, voivodeship: str) -> list[tuple[tuple[str, ...], ...]]:
    """The hours of the same weekday in the nearest weeks before and after without a holiday."""
    found = []
    for step in (-7, 7):
        near = (day + step * weeks * _DAY for weeks in range(1, _WEEKS_TO_COMPARE))
        plain = next((one for one in near if not _holiday(rule, one, voivodeship)), None)
        if plain:
            found.append(_clock(_times(rule, plain, voivodeship)))
    return found


def _clock(times: tuple[Interval, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple((f"{one.begins:%H:%M}", f"{one.ends:%H:%M}", one.state) for one in times)


def _holiday(rule: str | None, day: date, voivodeship: str) -> str | None:
    found = public_holiday(day)
    if found is None and "SH" in _spoken_of(rule):
        found = school_holiday(day, voivodeship)
    return found


def unspoken_holiday(rule: str | None, day: date) -> str | None:
    """The public holiday of the day, where the rule says nothing of holidays."""
    return None if not rule or "PH" in _spoken_of(rule) else public_holiday(day)


def _spoken_of(rule: str | None) -> frozenset[str]:
    try:
        return holiday_kinds(rule) if rule else frozenset()
    except Unreadable:
        return frozenset()


def _lived(stretches: list[Stretch]) -> list[Interval]:
    """The clock on the wall turned into real time; what the spring change swallows is left out."""
    found: list[Interval] = []
    begins = _moment(stretches[0].begins, opening=False)
    for one, after in zip(stretches, [*stretches[1:], None], strict=True):
        opening = after is not None and RANK[after.state] > RANK[one.state]
        ends = _moment(one.ends, opening)
        if begins == ends and begins.fold == ends.fold:
            continue
        if found and (found[-1].state, found[-1].comment) == (one.state, one.comment):
            begins = found.pop().begins
        found.append(Interval(begins, ends, one.state, one.comment))
        begins = ends
    return found


def _clipped(lived: list[Interval], begins: datetime, ends: datetime) -> Iterator[Interval]:
    """The part of it between two moments."""
    first, last = begins.date(), ends.date()
    for one in lived:
        if one.begins.date() > first and one.ends.date() < last:
            yield one
            continue
        # Only near the edges: timestamps are what the doubled hour needs, and they are slow.
        start = begins if one.begins.timestamp() < begins.timestamp() else one.begins
        stop = ends if one.ends.timestamp() > ends.timestamp() else one.ends
        if start.timestamp() < stop.timestamp():
            yield Interval(start, stop, one.state, one.comment)


def _moment(wall: datetime, opening: bool) -> datetime:
    """The moment at which the clock on the wall shows this.

    In Poland clocks change between two and three.  In spring that hour is missing: all of it is
    three o'clock.  In autumn it comes twice: we open at the first and close at the second.
    """
    moment = wall.replace(tzinfo=WARSAW)
    if wall.hour != 2:
        return moment
    late = moment.replace(fold=1)
    missing = (late.utcoffset() or _DAY) - (moment.utcoffset() or _DAY)
    if not missing:
        return moment
    if missing > timedelta():
        return moment.replace(hour=3, minute=0)
    return moment if opening else late


def _local(when: datetime) -> datetime:
    if when.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return when.astimezone(WARSAW)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the clock on the wall


def _at_midnight(day: date) -> datetime:
    return _midnight(day).replace(tzinfo=WARSAW)
