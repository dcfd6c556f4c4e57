"""When a rule says open, closed or unknown, on clocks that never change.

The library `opening_hours` does the reckoning on rules that `hours_rewriting` has put right; two
things it gets wrong are mended here.  "||" fills in whatever the rule before leaves closed, hour
by hour, not day by day.  Where the table of school holidays ends both answers are tried, and
where they differ the state is unknown.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

import opening_hours

from places import holidays
from places.hours_rewriting import School, after_midnight, before_midnight, rewritten
from places.hours_rule import MINUTES_OF_DAY, Part, Unreadable, parts, together

State = Literal["open", "closed", "unknown"]
RANK = {"closed": 0, "unknown": 1, "open": 2}

_DAY = timedelta(days=1)


class Stretch(NamedTuple):
    """A stretch of one state, by the clock on the wall."""

    begins: datetime
    ends: datetime
    state: State
    comment: str


@dataclass(frozen=True, slots=True)
class _Layer:
    """A rule without "||", ready to be asked."""

    own: opening_hours.OpeningHours
    spilled: opening_hours.OpeningHours | None
    """The hours after midnight, moved back to the day they began on."""

    def stretches(self, begins: datetime, ends: datetime) -> list[Stretch]:
        own = _asked(self.own, begins, ends)
        if self.spilled is None:
            return own
        moved = [
            Stretch(one.begins + _DAY, one.ends + _DAY, one.state, one.comment)
            for one in _asked(self.spilled, begins - _DAY, ends - _DAY)
        ]
        return _laid(own, moved, lambda a, b: b if RANK[b.state] > RANK[a.state] else a)


def timeline(rule: str, voivodeship: str, begins: datetime, ends: datetime) -> list[Stretch]:
    """The states from `begins` to `ends`, without gaps, neighbours always different.

    A rule that cannot be read is unknown all the time.
    """
    try:
        school = "SH" in {name[:2] for part in parts(rule) for name in part.holidays}
        if not school:
            return _filled(_layers(rule, "", "known"), begins, ends)
        return _merged(_with_school(rule, voivodeship, begins, ends))
    except Unreadable:
        return [Stretch(begins, ends, "unknown", "")]


def _with_school(
    rule: str, voivodeship: str, begins: datetime, ends: datetime
) -> Iterator[Stretch]:
    span = holidays.known(voivodeship)
    first, after = (_midnight(span[0]), _midnight(span[1]) + _DAY) if span else (ends, ends)
    known = _layers(rule, voivodeship, "known")
    for start, stop, sure in (
        (begins, min(ends, first), False),
        (max(begins, first), min(ends, after), True),
        (max(begins, after), ends, False),
    ):
        if start < stop:
            yield from _filled(known, start, stop) if sure else _doubted(rule, start, stop)


def _doubted(rule: str, begins: datetime, ends: datetime) -> list[Stretch]:
    """The states that do not depend on school holidays; unknown for the others."""
    always = _filled(_layers(rule, "", "always"), begins, ends)
    never = _filled(_layers(rule, "", "never"), begins, ends)
    return _laid(
        always,
        never,
        lambda a, b: b if a.state == b.state else Stretch(a.begins, a.ends, "unknown", ""),
    )


def _filled(layers: Sequence[_Layer], begins: datetime, ends: datetime) -> list[Stretch]:
    result = layers[0].stretches(begins, ends)
    for layer in layers[1:]:
        result = _laid(
            result, layer.stretches(begins, ends), lambda a, b: b if a.state == "closed" else a
        )
    return result


def _asked(compiled: opening_hours.OpeningHours, begins: datetime, ends: datetime) -> list[Stretch]:
    return _merged(
        Stretch(start, stop, str(state), comment)  # type: ignore[arg-type]
        for start, stop, state, comment in compiled.intervals(begins, ends)
    )


def _laid(
    below: Sequence[Stretch],
    above: Sequence[Stretch],
    choose: Callable[[Stretch, Stretch], Stretch],
) -> list[Stretch]:
    """One timeline out of two of the same length."""
    found, here, there = [], 0, 0
    while here < len(below) and there < len(above):
        one, other = below[here], above[there]
        stop = min(one.ends, other.ends)
        chosen = choose(one, other)
        begins = max(one.begins, other.begins)
        found.append(Stretch(begins, stop, chosen.state, chosen.comment))
        here += one.ends == stop
        there += other.ends == stop
    return _merged(found)


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for one in stretches:
        if found and found[-1].state == one.state and found[-1].comment == one.comment:
            found[-1] = found[-1]._replace(ends=one.ends)
        elif one.begins < one.ends:
            found.append(one)
    return found


@lru_cache(maxsize=4096)
def _layers(rule: str, voivodeship: str, school: School) -> tuple[_Layer, ...]:
    groups: list[list[Part]] = []
    for part in parts(rule):
        if part.joined == "||" or not groups:
            groups.append([])
        groups[-1].extend(rewritten(part, voivodeship, school))
    return tuple(_layer(tuple(group)) for group in groups)


def _layer(several: tuple[Part, ...]) -> _Layer:
    own = tuple(one for part in several for one in before_midnight(part))
    spilled = tuple(one for part in several for one in after_midnight(part))
    late = any(span.ends > MINUTES_OF_DAY for part in several for span in part.spans)
    return _Layer(_compiled(own), _compiled(spilled) if late else None)


def _compiled(several: tuple[Part, ...]) -> opening_hours.OpeningHours:
    try:
        return opening_hours.OpeningHours(together(several) or "24/7 closed", country="PL")
    except opening_hours.ParserError as error:  # type: ignore[attr-defined]
        raise Unreadable(together(several)) from error


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the clock on the wall
