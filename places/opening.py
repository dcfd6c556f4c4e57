"""When places are open, worked out ahead: every distinct rule once, not every place at a request.

Many places share a rule, so the index keeps the rules apart, with what each says of the days to
come.  A question about a time joins those; one beyond the days worked out is answered from the
rules on the spot.  A place without a usable rule is unknown, and so is one on a public holiday
that its rule does not mention: whoever wrote "Mo-Fr 10:00-18:00" seldom meant Christmas.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from places import hours, moments
from places.holidays import public_holiday
from places.hours import WARSAW
from places.hours_rule import holiday_kinds

BEHIND, AHEAD = 1, 15
"""Days worked out before and after today."""
_ENOUGH = 8
"""Days ahead below which the rules are worked out anew: a weekend is never further."""
OPEN, UNKNOWN, CLOSED = 2, 1, 0
"""States as numbers, so that the best of several is the greatest."""
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_EVENING = tuple(time(int(hour)) for hour in moments.EVENING)
_YEARS = range(2000, 2100)
_LONGEST = timedelta(days=31)
"""Longer spans are no question, and each rule would have to be worked out for years."""
_TIME = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?"
_CODE = re.compile(rf"(?P<begins>{_TIME})(?:/(?P<ends>{_TIME}))?", re.ASCII)

TABLES = """
create table rule (r integer primary key, text text not null, voivodeship text not null,
    known_from text, known_to text, unique (text, voivodeship));
create table opening (r integer not null, begins integer not null, ends integer not null,
    state integer not null, primary key (r, begins)) without rowid;
"""


class Span(NamedTuple):
    """A stretch of time that is asked about."""

    begins: datetime
    ends: datetime


def spans(codes: Iterable[str], now: datetime) -> list[Span]:
    """What the codes of `Query.open` mean at this moment; any of them.

    "now", "evening", "weekend", a day, a moment, two moments with "/" (ISO 8601, Warsaw's clock).
    """
    return [_span(code, now.astimezone(WARSAW)) for code in codes]


def is_code(code: str) -> bool:
    """Whether it is a code that `spans` understands."""
    if code in ("now", "evening", "weekend"):
        return True
    try:
        span = _written(code)
    except ValueError:
        return False
    # Timestamps: on the night the clocks go forward 2:30 is later than 3:00.
    seconds = span.ends.timestamp() - span.begins.timestamp()
    return span.begins.year in _YEARS and 0 < seconds <= _LONGEST.total_seconds()


def is_stale(connection: sqlite3.Connection, today: date) -> bool:
    """Whether some rule is not worked out far enough."""
    needed = (today + _ENOUGH * _DAY).isoformat()
    found = connection.execute(
        "select 1 from rule where known_to is null or known_to < ? or known_from > ? limit 1",
        (needed, today.isoformat()),
    )
    return found.fetchone() is not None


def refresh(connection: sqlite3.Connection, today: date) -> None:
    """Works the rules out for the days around today.  Within the caller's transaction."""
    first, last = today - BEHIND * _DAY, today + AHEAD * _DAY
    begins, ends = _midnight(first), _midnight(last)
    rules = connection.execute(
        "select r, text, voivodeship from rule where known_to is null or known_to < ? "
        "or known_from > ?",
        ((today + _ENOUGH * _DAY).isoformat(), today.isoformat()),
    ).fetchall()
    connection.executemany("delete from opening where r = ?", ((r,) for r, _, _ in rules))
    connection.executemany(
        "insert into opening values (?, ?, ?, ?)",
        (
            (r, *stretch)
            for r, rule, voivodeship in rules
            for stretch in _stretches(rule, voivodeship, begins, ends)
        ),
    )
    connection.executemany(
        "update rule set known_from = ?, known_to = ? where r = ?",
        ((first.isoformat(), last.isoformat(), r) for r, _, _ in rules),
    )


def states(connection: sqlite3.Connection, asked: Sequence[Span]) -> dict[int, int]:
    """The best state of each rule in the spans, by its number; a rule left out is closed."""
    found: dict[int, int] = {}
    # A rule that came just now is not worked out at all: then all of them answer on the spot.
    known = connection.execute(
        "select max(coalesce(known_from, '9999')), min(coalesce(known_to, '0000')) from rule"
    ).fetchone()
    for span in asked:
        for r, state in _states(connection, span, known):
            found[r] = max(state, found.get(r, CLOSED))
    return found


def _states(
    connection: sqlite3.Connection, span: Span, known: tuple[str | None, str | None]
) -> Iterable[tuple[int, int]]:
    begins, ends = round(span.begins.timestamp()), round(span.ends.timestamp())
    first, last = known
    # Days as words: they are in the order of the days.
    days = [edge.astimezone(WARSAW).date().isoformat() for edge in span]
    if first and last and first <= days[0] and days[1] < last:
        sql = "select r, max(state) from opening where begins < ? and ends > ? group by r"
        return connection.execute(sql, (ends, begins)).fetchall()
    rules = connection.execute("select r, text, voivodeship from rule").fetchall()
    return [
        (r, max((state for _, _, state in _stretches(rule, region, *span)), default=CLOSED))
        for r, rule, region in rules
    ]


def _stretches(
    rule: str, voivodeship: str, begins: datetime, ends: datetime
) -> Iterator[tuple[int, int, int]]:
    """(begins, ends, state) in seconds since 1970, where it is open or perhaps open."""
    speaks_of_holidays = "PH" in holiday_kinds(rule)
    for one in hours.intervals(rule, begins, ends, voivodeship):
        if one.state == "closed":
            continue
        state = OPEN if one.state == "open" else UNKNOWN
        if state == UNKNOWN or speaks_of_holidays:
            yield round(one.begins.timestamp()), round(one.ends.timestamp()), state
        else:
            yield from _doubted_on_holidays(one.begins, one.ends)


def _doubted_on_holidays(begins: datetime, ends: datetime) -> Iterator[tuple[int, int, int]]:
    while begins.timestamp() < ends.timestamp():
        midnight = _midnight(begins.date() + _DAY)
        end = min(midnight, ends, key=datetime.timestamp)
        state = UNKNOWN if public_holiday(begins.date()) else OPEN
        yield round(begins.timestamp()), round(end.timestamp()), state
        begins = end


def _span(code: str, now: datetime) -> Span:
    if code == "now":
        # In UTC: a minute of the wall may take an hour when the clocks go back.
        return Span(now, (now.astimezone(UTC) + _MINUTE).astimezone(WARSAW))
    if code == "evening":
        begin, end = (datetime.combine(now.date(), hour, WARSAW) for hour in _EVENING)
        # At eight nobody is helped by what closed at six.
        return Span(max(now, begin), end) if now < end else Span(begin + _DAY, end + _DAY)
    if code == "weekend":
        saturday = now.date() + (5 - now.weekday()) * _DAY
        return Span(max(now, _midnight(saturday)), _midnight(saturday + 2 * _DAY))
    span = _written(code)
    today = _CODE.fullmatch(code)["begins"] == now.date().isoformat()  # type: ignore[index]
    # What is left of today: who asks in the evening is not helped by what closed at noon.
    return Span(max(now, span.begins), span.ends) if today and "/" not in code else span


def _written(code: str) -> Span:
    found = _CODE.fullmatch(code)
    if not found or found["begins"].startswith("9999"):  # After which Python has no day.
        raise ValueError(code)
    begins = _moment(found["begins"])
    if found["ends"]:
        return Span(begins, _moment(found["ends"]))
    return Span(begins, begins + (_MINUTE if "T" in code else _DAY))


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=WARSAW)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), WARSAW)
