"""Rules rewritten, part by part, where `opening_hours` would answer wrongly.

- School holidays: it knows none in Poland, so they become dates, by voivodeship.
- "PH Mo-Fr" and "SH Mo-Fr" are weekdays of the holidays, not weekdays or holidays; they become
  dates too.
- "Fr 18:00-02:00; Sa 10:00-14:00": Saturday's rule would cut off the night of Friday, so that the
  hours after midnight are asked for apart.
- "16:00+" is open for an hour, and then nobody knows; a comment alone is "unknown".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

import opening_hours

from places import holidays
from places.hours_rule import MINUTES_OF_DAY, MONTHS, Part, Span, text_of, without

School = Literal["known", "always", "never"]
"""School holidays as the table has them, or as if they were every day, or never."""

_DAY = timedelta(days=1)
_SURELY = 60
"""Minutes that a place is open at the least, when only the beginning is known."""
_PUBLIC_YEARS = range(2020, 2041)
"""Years for which public holidays are written out where they must become dates."""


def rewritten(part: Part, voivodeship: str, school: School) -> Iterator[Part]:
    """The part in words that the library understands as they are meant."""
    for one in _without_school(part, voivodeship, school):
        for other in _weekdays_of_holidays(one):
            yield from _open_ended(replace(other, state=other.answers))


def before_midnight(part: Part) -> Iterator[Part]:
    """The part as far as midnight."""
    kept = tuple(
        Span(one.begins, min(one.ends, MINUTES_OF_DAY))
        for one in part.spans
        if one.begins < MINUTES_OF_DAY
    )
    if kept or not part.spans:
        yield replace(part, spans=kept)
    else:
        yield from _silenced(part)


def after_midnight(part: Part) -> Iterator[Part]:
    """The part after midnight, a day early; where there is none, the days it takes from others."""
    late = tuple(
        Span(max(one.begins, MINUTES_OF_DAY) - MINUTES_OF_DAY, one.ends - MINUTES_OF_DAY)
        for one in part.spans
        if one.ends > MINUTES_OF_DAY
    )
    if late:
        yield replace(part, spans=late)
    else:
        yield from _silenced(part)


def _silenced(part: Part) -> Iterator[Part]:
    if part.joined == ";":
        yield replace(part, spans=(), odd_times="", state="closed", comment="")


def _without_school(part: Part, voivodeship: str, school: School) -> Iterator[Part]:
    rest = without(part, "SH")
    if rest == part:
        yield part
        return
    if school == "always":
        yield replace(rest, days=part.days if part.crossed else "", holidays=(), crossed=False)
        return
    if school == "known":
        days = [
            first + day * _DAY
            for _, first, last in holidays.breaks(voivodeship)
            for day in range((last - first).days + 1)
        ]
        yield from _on_dates(replace(part, days=part.days if part.crossed else ""), days)
    if rest.holidays or (rest.days and not part.crossed):
        yield rest


def _weekdays_of_holidays(part: Part) -> Iterator[Part]:
    if not part.crossed or not part.holidays:
        yield part
        return
    days = [
        day + _offset(name) * _DAY
        for name in part.holidays
        for year in _PUBLIC_YEARS
        for day in holidays.public_holidays(year)
    ]
    yield from _on_dates(part, days)


def _on_dates(part: Part, days: Iterable[date]) -> Iterator[Part]:
    """The part on these days, as far as they lie in its own season."""
    wanted = sorted(set(days))
    if part.season:
        season = opening_hours.OpeningHours(text_of(Part(";", season=part.season)))
        wanted = [day for day in wanted if season.is_open(_midnight(day))]
    if wanted:
        yield replace(part, season=",".join(_runs(wanted)), holidays=(), crossed=False)


def _runs(days: Sequence[date]) -> Iterator[str]:
    first = last = days[0]
    for day in (*days[1:], None):
        if day is not None and day - last == _DAY:
            last = day
            continue
        yield _date(first) if first == last else f"{_date(first)}-{_date(last)}"
        if day is not None:
            first = last = day


def _date(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day}"


def _offset(name: str) -> int:
    return int(name.split()[1]) if " " in name else 0


def _open_ended(part: Part) -> Iterator[Part]:
    """A part with open ends as what is sure of it and what is not."""
    unsure = tuple(
        Span(_sure_end(span), MINUTES_OF_DAY)
        for span in part.spans
        if span.or_longer and _sure_end(span) < MINUTES_OF_DAY
    )
    sure = replace(part, spans=tuple(Span(one.begins, _sure_end(one)) for one in part.spans))
    if not unsure or part.state != "open":
        yield sure
        return
    yield replace(part, spans=unsure, state="unknown")
    yield replace(sure, joined=",")


def _sure_end(span: Span) -> int:
    return span.ends if span.ends > span.begins else span.begins + _SURELY


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the clock on the wall
