"""An OSM opening_hours rule taken apart, and put together again.

`opening_hours` parses rules but shows no parts; it does print a rule in one normal form
("Mo-Fr 10:00-18:00; PH closed"), and that form is simple enough to be read by a pattern.
It prints "SH Mo-Fr" (weekdays of the school holidays) as "SH,Mo-Fr" (either): what was
meant is looked up in the rule as written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import opening_hours

MINUTES_OF_DAY = 24 * 60
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Span:
    """Hours of a day, in minutes after midnight."""

    begins: int
    ends: int
    """More than 1440 where it ends on the next day."""
    or_longer: bool = False
    """Open end: "16:00+", "10:00-16:00+"; without a known end, `ends` equals `begins`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One rule of the sequence that a whole rule is."""

    joined: str
    """How it follows the one before: ";" replaces its days, "," adds to them, "||" fills in."""
    season: str = ""
    """Years, months, dates and weeks, as written."""
    holidays: tuple[str, ...] = ()
    """PH, SH, possibly with an offset ("PH -1 days")."""
    days: str = ""
    """Weekdays, as written: "Mo-Fr,We[2]"."""
    crossed: bool = False
    """Whether the weekdays narrow the holidays ("SH Mo-Fr") and do not add to them."""
    spans: tuple[Span, ...] = ()
    odd_times: str = ""
    """Times which are not plain hours: sunrise, repetitions."""
    state: str = ""
    """open, closed or unknown; "" where it follows from the rest."""
    comment: str = ""

    @property
    def answers(self) -> str:
        """The state it gives: a comment alone, without hours, promises nothing."""
        if self.state or not self.comment or self.spans or self.odd_times:
            return self.state or "open"
        return "unknown"


_DAY = f"(?:{'|'.join(WEEKDAYS)})"
_OFFSET = r"(?:[ ][+-]\d+[ ]days?)?"
_ONE = rf"(?:[PS]H{_OFFSET}|{_DAY}(?:-{_DAY})?(?:\[[-0-9,]+\])?{_OFFSET})"
_STATE = r"(?:open|closed|unknown)\b"
_TIME = r"(?:\d\d:|\(|sunrise|sunset|dawn|dusk)"
_PART = re.compile(
    rf"""(?P<season>(?!{_ONE}|24/7|{_STATE}|"|\d\d:).*?(?=[ ](?:{_ONE}|{_TIME}|{_STATE}|")|$))?
        [ ]?(?P<days>(?:{_ONE})(?:,{_ONE})*)?
        [ ]?(?P<times>24/7|{_TIME}[^"]*?(?=[ ](?:{_STATE}|")|$))?
        [ ]?(?P<state>{_STATE})?
        [ ]?(?:"(?P<comment>[^"]*)")?""",
    re.VERBOSE,
)
_SPAN = re.compile(r"(\d\d):(\d\d)(?:-(\d\d):(\d\d))?(\+?)")
_JOIN = re.compile(r'(; | \|\| |, )(?=(?:[^"]*"[^"]*")*[^"]*$)')
_WRITTEN = re.compile(rf"\b[PS]H\b{_OFFSET}(?P<narrowed>:?\s+{_DAY}\b)?", re.IGNORECASE)
NO_SUCH_DATE = re.compile(r"\b(?:Feb 3[01]|(?:Apr|Jun|Sep|Nov) 31)\b")
"""The library takes the thirtieth of February for every day of the year."""
_QUOTED = re.compile(r'"[^"]*"')


class Unreadable(ValueError):
    """Not OSM syntax, or more of it than can be taken apart here."""


@lru_cache(maxsize=4096)
def parts(rule: str) -> tuple[Part, ...]:
    """The rules of the sequence, in order.  Raises Unreadable."""
    try:
        normal = _signed(str(opening_hours.OpeningHours(rule)))
    except opening_hours.ParserError as error:  # type: ignore[attr-defined]
        raise Unreadable(rule) from error
    if NO_SUCH_DATE.search(normal):
        raise Unreadable(rule)
    narrowed = [bool(one["narrowed"]) for one in _WRITTEN.finditer(_QUOTED.sub('""', rule))]
    pieces = _JOIN.split(normal)
    joins = [";", *(join.strip() for join in pieces[1::2])]
    return tuple(
        _part(text, join, iter(narrowed[_mentions(pieces[: 2 * place : 2]) :]))
        for place, (join, text) in enumerate(zip(joins, pieces[::2], strict=True))
    )


def _signed(normal: str) -> str:
    """ "PH +1 day", which the library prints as "PH 1 days" and then cannot read."""
    return re.sub(r' (?=\d+ days?\b)(?=(?:[^"]*"[^"]*")*[^"]*$)', " +", normal)


def _mentions(texts: list[str]) -> int:
    return sum(len(re.findall(r"\b[PS]H\b", _QUOTED.sub("", text))) for text in texts)


def _part(text: str, joined: str, narrowed: Iterator[bool]) -> Part:
    found = _PART.fullmatch(text)
    if found is None:
        raise Unreadable(text)
    listed = re.split(r",(?![-0-9])", found["days"] or "")
    holidays = tuple(one for one in listed if one[:2] in ("PH", "SH"))
    weekdays = ",".join(one for one in listed if one[:2] not in ("PH", "SH"))
    spans, odd = _times(found["times"] or "")
    return Part(
        joined=joined,
        season=(found["season"] or "").strip(),
        holidays=holidays,
        days=weekdays,
        crossed=bool(weekdays) and any(next(narrowed, False) for _ in holidays),
        spans=spans,
        odd_times=odd,
        state=found["state"] or "",
        comment=found["comment"] or "",
    )


def _times(text: str) -> tuple[tuple[Span, ...], str]:
    if text in ("", "24/7"):
        return (), ""
    found = [_SPAN.fullmatch(one) for one in text.split(",")]
    if any(one is None or not (one[3] or one[5]) for one in found):
        return (), text
    return tuple(_span(one) for one in found if one), ""


def _span(found: re.Match[str]) -> Span:
    begins = 60 * int(found[1]) + int(found[2])
    if found[3] is None:
        return Span(begins, begins, or_longer=True)
    ends = 60 * int(found[3]) + int(found[4])
    return Span(begins, ends if ends > begins else ends + MINUTES_OF_DAY, bool(found[5]))


def together(several: tuple[Part, ...]) -> str:
    """The rule of these parts; "" of none."""
    texts = []
    for place, part in enumerate(several):
        joint = {";": "; ", ",": ", ", "||": " || "}[part.joined] if place else ""
        texts.append(joint + text_of(part))
    return "".join(texts)


def text_of(part: Part) -> str:
    """One part as OSM syntax."""
    between = " " if part.crossed else ","
    days = between.join(one for one in (",".join(part.holidays), part.days) if one)
    times = part.odd_times or ",".join(_written(span) for span in part.spans)
    comment = f'"{part.comment}"' if part.comment else ""
    said = " ".join(one for one in (part.season, days, times, part.state, comment) if one)
    return said or "24/7"


def clock(minutes: int) -> str:
    """Minutes after midnight as OSM writes them: "08:00", "26:00"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _written(span: Span) -> str:
    if span.ends == span.begins:
        return f"{clock(span.begins)}+"
    # OSM wraps by itself ("22:00-02:00"), except where the end is later than the start next day.
    wraps = MINUTES_OF_DAY < span.ends <= span.begins + MINUTES_OF_DAY
    ends = span.ends - MINUTES_OF_DAY if wraps else span.ends
    return f"{clock(span.begins)}-{clock(ends)}{'+' if span.or_longer else ''}"


def holiday_kinds(rule: str) -> frozenset[str]:
    """Which holidays the rule speaks of: PH, SH."""
    return frozenset(name[:2] for part in parts(rule) for name in part.holidays)


def without(part: Part, kind: str) -> Part:
    """The part as if it did not mention that kind of holiday."""
    return replace(part, holidays=tuple(one for one in part.holidays if one[:2] != kind))
