"""Whether a place is open at the time somebody asked for, in the words of its card.

The card then speaks of that time and not of this minute: "otwarte do 20:00" beside an answer about
Saturday would send people out today.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from flask_babel import gettext

from places import hours, opening
from places.hours import Day, Moment
from places.hours_rule import Unreadable, holiday_kinds
from places.opening import Span
from places.place import Place
from places.web.words.clock import hour, on_day, on_weekday
from places.web.words.openness import Openness, age, commented, doubt, openness, until
from places.web.words.timetable import times

_DAY = timedelta(days=1)
_MOMENT = timedelta(minutes=1)
_MOST = 3  # days told one by one
_RANK = ("open", "unknown", "closed")


class _Told(NamedTuple):
    """What is said of one of the times."""

    state: str
    said: str
    warning: str = ""


def openness_at(
    place: Place, codes: Sequence[str], moment: Moment | None, now: datetime
) -> Openness:
    """Open or not at the times that the codes of `Query.open` mean; now where there are none."""
    if not codes or "now" in codes:
        return openness(place, moment, now)
    if not _is_readable(place.hours.open):
        return Openness("unknown", doubt(place, Moment("unknown", None, None)), ())
    told = [_told(place, code, now) for code in codes]
    best = min((one.state for one in told), key=_RANK.index)
    found = [one for one in told if one.state == best][:_MOST]
    warnings = (*(one.warning for one in found), age(place, now) if best != "closed" else "")
    said = "; ".join(dict.fromkeys(one.said for one in found))
    return Openness(best, said, tuple(dict.fromkeys(filter(None, warnings))))


def _told(place: Place, code: str, now: datetime) -> _Told:
    [span] = opening.spans([code], now)
    if span.ends - span.begins <= _MOMENT:
        return _at_moment(place, span.begins, now.date())
    if code == "evening":
        return _in_the_evening(place, list(_days(place, span)), span, now.date())
    return _on_days(place, span, now.date())


def _at_moment(place: Place, when: datetime, today: date) -> _Told:
    known = hours.state_at(place.hours.open, when, place.address.voivodeship)
    local = when.astimezone(hours.WARSAW)
    said = gettext("%(day)s o\u00a0%(time)s", day=on_day(local.date(), today), time=hour(local))
    if known.state == "unknown":
        return _Told("unknown", f"{said} {doubt(place, known)}")
    if known.state == "closed":
        return _Told("closed", gettext("%(when)s zamknięte", when=said))
    if known.until is None:
        is_open = gettext("otwarte całą dobę")
    elif known.then == "unknown":
        is_open = gettext("otwarte, nie wiemy, do której")
    else:
        is_open = gettext("otwarte, do %(time)s", time=until(known.until, local))
    if known.holiday:
        return _on_holiday(on_day(local.date(), today), known.holiday, is_open)
    return _Told("open", f"{said} {is_open}")


def _in_the_evening(place: Place, days: Sequence[Day], span: Span, today: date) -> _Told:
    day = days[-1]
    said = gettext("%(day)s wieczorem", day=on_day(day.day, today))
    if day.times and day.times[0].state == "open" and day.times[0].begins <= span.begins:
        # Since when it is open no longer matters.
        ends = day.times[0].ends
        later = day.times[1].state if day.times[1:] else ""
        if not (later == "unknown" and day.times[1].begins == ends):
            is_open = gettext("otwarte do %(time)s", time=until(ends, span.begins))
            return _dated(place, day, said, is_open)
    return _one_day(place, day, said)


def _on_days(place: Place, span: Span, today: date) -> _Told:
    days, told = [], []
    for one in _days(place, span):
        days.append(one)
        told.append(_one_day(place, one, on_day(one.day, today)))
        if sum(one.state == "open" for one in told) > _MOST:
            break  # More are not told of.
    certain = [number for number, one in enumerate(told) if one.state == "open"]
    if len(certain) < 2:
        best = min(told, key=lambda one: _RANK.index(one.state))
        if best.state == "closed" and len(days) > 1:
            return _Told("closed", gettext("wtedy nieczynne"))
        shut = [one.day for one, of in zip(days, told, strict=True) if of.state == "closed"]
        begins = span.begins.astimezone(hours.WARSAW).date()
        if len(days) == 2 and days[0].day == begins and certain and shut:
            also = gettext("%(day)s nieczynne", day=on_weekday(shut[0]))
            return best._replace(said=f"{best.said}, {also}")
        return best
    parts = [f"{on_day(days[n].day, today)} {_times(days[n])}" for n in certain[:_MOST]]
    if certain[_MOST:]:
        parts.append(gettext("a\u00a0także w\u00a0inne dni"))
    return _Told("open", gettext("otwarte %(days)s", days=", ".join(parts)))


def _one_day(place: Place, one: Day, said: str) -> _Told:
    states = {interval.state for interval in one.times}
    if not states:
        return _Told("closed", gettext("%(when)s nieczynne", when=said))
    if "open" not in states:
        comments = dict.fromkeys(interval.comment for interval in one.times)
        known = ", ".join(filter(None, comments))
        doubted = commented(known) if known else gettext("nie wiemy, czy otwarte")
        return _Told("unknown", f"{said} {doubted}")
    return _dated(place, one, said, gettext("otwarte %(times)s", times=_times(one)))


def _dated(place: Place, one: Day, said: str, is_open: str) -> _Told:
    """Open, unless it is a holiday of which the rule says nothing: then nobody knows."""
    holiday = hours.unspoken_holiday(place.hours.open, one.day)
    if holiday:
        return _on_holiday(said, holiday, is_open)
    return _Told("open", f"{said} {is_open}")


def _on_holiday(said: str, holiday: str, is_open: str) -> _Told:
    doubted = gettext("%(when)s święto (%(name)s): nie wiemy, czy otwarte", when=said, name=holiday)
    return _Told("unknown", doubted, gettext("zwykle %(state)s", state=is_open))


def _days(place: Place, span: Span) -> Iterator[Day]:
    """The days of the span, each with those of its hours that meet it."""
    rule, voivodeship = place.hours.open, place.address.voivodeship
    begins, ends = (edge.astimezone(hours.WARSAW) for edge in span)
    day = begins.date() - _DAY
    while datetime.combine(day, datetime.min.time(), hours.WARSAW) < ends:
        whole = hours.on(rule, day, voivodeship)
        met = [one for one in whole.times if one.begins < ends and one.ends > begins]
        if met or day >= begins.date():  # Of the night before only what goes on.
            yield replace(whole, times=tuple(met))
        day += _DAY


def _times(one: Day) -> str:
    return gettext(" i\u00a0").join(times(one))


def _is_readable(rule: str | None) -> bool:
    if not rule or hours.fault_in(rule) is not None:
        return False
    try:
        holiday_kinds(rule)
    except Unreadable:
        return False
    return True
