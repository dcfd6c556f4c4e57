"""Polish text about opening hours, as people write it, turned into a rule in OSM syntax.

A proposal is never taken over in silence: it comes with its own words back (`say`) and with
whatever was not understood, for a person to confirm.  What limits a sentence without being
understood ("w wybrane dni", "co drugi wtorek") keeps that sentence out of the rule.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, groupby

from places import hours_tokens as words
from places.hours import fault_in
from places.hours_clauses import HOLIDAY, SEASON, Clause, clauses, weekdays
from places.hours_clauses import season as months
from places.hours_rule import MINUTES_OF_DAY, Part, Span, together
from places.hours_tokens import Piece
from places.hours_words import say

LONGEST = 1000
"""Letters read; hours need a tenth of it."""
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a character, which no file and no parser takes."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was made of a text, to be confirmed."""

    rule: str | None
    """In OSM syntax; None when no hours were understood."""
    left: tuple[str, ...]
    """The parts of the text that the rule leaves out, as written."""
    words: str
    """The rule said back in Polish; "" without one."""


def propose(text: str) -> Proposal:
    """A rule for the text, with what it leaves out."""
    text = _HALVES.sub("\ufffd", text)
    short = text[:LONGEST]
    several, left = _understood(short)
    left += [text[LONGEST:].strip()] if text[LONGEST:].strip() else []
    rule = together(_in_order(several)) or None
    if rule is not None and fault_in(rule) is not None:
        rule, left = None, [text.strip()]
    return Proposal(rule, tuple(left), say(rule) if rule else "")


def _understood(text: str) -> tuple[list[Part], list[str]]:
    several: list[Part] = []
    left: list[tuple[int, int]] = []
    for clause in clauses(text):
        clause.unknown += clause.breaking
        if not clause.answered or clause.limited or (clause.unknown and not clause.dated):
            left += _runs(clause.said, clause.said)
        else:
            several += _parts(clause)
            left += _runs(clause.said, clause.unknown)
    return several, [_whole(text, begins, ends) for begins, ends in left]


def _whole(text: str, begins: int, ends: int) -> str:
    """The stretch of text, with the bracket that closes it."""
    written = text[begins:ends]
    return written + ")" if written.count("(") > written.count(")") else written


def _runs(said: Sequence[Piece], wanted: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Where the wanted pieces stand, neighbours together."""
    stops = (words.COMMA, words.AND)
    for is_wanted, run in groupby(said, key=lambda piece: piece in wanted):
        several = list(dropwhile(lambda piece: piece.kind in stops, run))
        while several and several[-1].kind in stops:
            several.pop()
        if is_wanted and several:
            yield several[0].begins, several[-1].ends


def _parts(clause: Clause) -> Iterator[Part]:
    season = ",".join(clause.season)
    spans = tuple(clause.spans)
    whole = spans == (Span(0, MINUTES_OF_DAY),)
    days = ",".join(clause.days)
    if whole and not season and not clause.holidays and days in ("", "Mo-Su"):
        spans, days = (), ""
    elif spans and not season and not clause.dated:
        days = "Mo-Su"
    yield Part(
        joined=clause.joined,
        season=season,
        holidays=tuple(dict.fromkeys(clause.holidays)),
        days=days,
        crossed=clause.crossed,
        spans=spans,
        state=clause.state,
        comment=clause.comment,
    )
    for phrase in clause.excepted:
        on_holiday = phrase.kind in (HOLIDAY, words.SCHOOL_YEAR)
        on_days = not on_holiday and phrase.kind != SEASON
        yield Part(
            joined=";",
            season=months(phrase) if phrase.kind == SEASON else season,
            holidays=(words.holiday(phrase.text),) if on_holiday else (),
            days=weekdays(phrase) if on_days else "",
            state="off",
        )


def _in_order(several: Sequence[Part]) -> tuple[Part, ...]:
    """The narrower after the wider, because in OSM the later rule wins."""
    if any(part.joined == "," for part in several):
        return tuple(several)
    merged: list[Part] = []
    for part in several:
        twin = next((one for one in merged if _same_days(one, part)), None)
        if twin is None:
            merged.append(part)
        else:
            merged[merged.index(twin)] = replace(twin, spans=_joined(twin.spans + part.spans))
    if merged and all(
        part.state == "off" and (part.season or part.days or part.holidays) for part in merged
    ):
        # "W święta nieczynne" says nothing of other days, and OSM would take that for "closed".
        merged.insert(0, Part(";", state="unknown"))
    return tuple(sorted(merged, key=_narrowness))


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Without the spans that lie in another one."""
    found: list[Span] = []
    for span in spans:
        inside = [one for one in found if one.begins <= span.begins and span.ends <= one.ends]
        if not inside:
            found.append(span)
    return tuple(found)


def _same_days(one: Part, other: Part) -> bool:
    return bool(one.spans and other.spans) and replace(one, spans=()) == replace(other, spans=())


def _narrowness(part: Part) -> tuple[int, bool]:
    rank = 3 if "PH" in part.holidays else 2 if part.holidays else 1 if part.season else 0
    return (0 if part.days and rank == 3 and not part.crossed else rank), part.state == "off"
