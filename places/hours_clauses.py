"""The sentences of a text about hours: which days go with which hours.

People separate days, hours and sentences alike with commas, so that what a comma means is seen
only from what comes after it.  A clause is gathered piece by piece and ends where the next one
surely begins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from places import hours_tokens as words
from places.hours_rule import MINUTES_OF_DAY, Span
from places.hours_tokens import Piece, pieces

_DAYS, HOLIDAY, _HOURS, SEASON = "days", "holiday", "hours", "season"

_PHRASE = re.compile(
    "|".join(
        (
            r"(?P<hours>F?T[RO]TL?|FTL?|TL|A)",
            r"(?P<days>F?D[RO]D|[DYN])",
            r"(?P<holiday>H)",
            r"(?P<season>F?M[RO]M|F?K[RO]K|[MK])",
            r"(?P<other>.)",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing said: some hours, a day, a holiday, "nieczynne"."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return self.pieces[0].text


@dataclass(slots=True)
class Clause:
    """One rule being gathered."""

    joined: str = ";"
    season: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    holidays: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    state: str = ""
    comment: str = ""
    crossed: bool = False
    excepted: list[Phrase] = field(default_factory=list)
    unknown: list[Piece] = field(default_factory=list)
    limited: bool = False
    said: list[Piece] = field(default_factory=list)
    paused: bool = False
    """Whether a comma or "i" came last."""
    days_last: bool = False
    """Whether the days came after the hours."""
    excepting: bool = False
    breaking: tuple[Piece, ...] = ()
    """ "Przerwa", until its hours come."""

    @property
    def answered(self) -> bool:
        return bool(self.spans or self.state)

    @property
    def dated(self) -> bool:
        return bool(self.days or self.holidays)


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text, in order; all of its pieces are in one of them."""
    phrases = _phrases(pieces(text))
    clause = Clause()
    for place, phrase in enumerate(phrases):
        if phrase.kind in (words.STOP, words.EXTRA):
            yield clause
            clause = Clause(joined="," if phrase.kind == words.EXTRA else ";")
            continue
        if _starts_anew(clause, phrase, phrases[place:]):
            yield clause
            clause = Clause(season=_carried(clause, phrase))
        _take(clause, phrase)
    yield clause


def _phrases(found: Sequence[Piece]) -> list[Phrase]:
    kinds = "".join(piece.kind for piece in found)
    return [
        Phrase(
            (one.lastgroup if one.lastgroup != "other" else one[0]) or "",
            tuple(found[one.start() : one.end()]),
        )
        for one in _PHRASE.finditer(kinds)
    ]


def _carried(clause: Clause, phrase: Phrase) -> list[str]:
    """Months hold for all hours up to a full stop; a date, or months off, only for themselves."""
    dated = clause.state == "off" or any(re.search(r"\d", season) for season in clause.season)
    return [] if dated or phrase.kind == SEASON else list(clause.season)


def _starts_anew(clause: Clause, phrase: Phrase, ahead: Sequence[Phrase]) -> bool:
    if phrase.kind == SEASON:
        return clause.answered and not clause.excepting
    if phrase.kind in (_DAYS, HOLIDAY):
        if clause.excepting:
            return clause.paused and _answer_follows(ahead)
        if not clause.answered:
            return False
        if clause.dated and not clause.days_last:
            return True
        return clause.paused and (not clause.dated or _answer_follows(ahead))
    if phrase.kind == _HOURS:
        later = clause.paused and not clause.breaking
        return bool(clause.spans) and later and clause.days_last
    if phrase.kind in (words.UNKNOWN, words.NARROWING):
        return clause.answered and clause.paused and _answer_follows(ahead)
    return phrase.kind == words.CLOSED and clause.answered


def _answer_follows(ahead: Sequence[Phrase]) -> bool:
    """Whether the days that come next have hours or a state of their own."""
    skipped = (
        *(_DAYS, HOLIDAY, SEASON),
        *(words.COMMA, words.AND, words.UNKNOWN, words.NARROWING),
    )
    after = next((one.kind for one in ahead if one.kind not in skipped), "")
    return after in (_HOURS, words.CLOSED, words.UNSURE)


def _take(clause: Clause, phrase: Phrase) -> None:
    """Adds the phrase to the clause."""
    clause.said += phrase.pieces
    if phrase.kind in (words.COMMA, words.AND):
        clause.paused = True
        return
    if phrase.kind in (_DAYS, HOLIDAY):
        _take_days(clause, phrase)
    elif phrase.kind == _HOURS:
        _take_hours(clause, _span(phrase))
    elif phrase.kind == words.SCHOOL_YEAR:
        clause.excepted.append(phrase)
    elif phrase.kind == words.BREAK:
        clause.breaking = phrase.pieces
    elif phrase.kind == SEASON:
        _take_season(clause, phrase)
    elif phrase.kind == words.EXCEPT:
        clause.excepting = True
    elif phrase.kind in (words.CLOSED, words.UNSURE):
        _take_state(clause, phrase)
    elif phrase.kind != words.DASH:
        clause.unknown += phrase.pieces
        clause.limited |= phrase.kind == words.NARROWING
    clause.paused = False


def _take_hours(clause: Clause, span: Span) -> None:
    clause.excepting = False
    if not clause.breaking or not clause.spans:
        clause.spans.append(span)
        return
    clause.breaking = ()
    clause.spans = [part for one in clause.spans for part in _around(one, span)]


def _around(span: Span, pause: Span) -> Iterator[Span]:
    """The hours without the break."""
    if not span.begins < pause.begins < pause.ends < span.ends:
        yield span
        return
    yield Span(span.begins, pause.begins)
    yield replace(span, begins=pause.ends)


def _take_days(clause: Clause, phrase: Phrase) -> None:
    if clause.excepting and phrase.pieces[0].kind != words.DAILY:
        clause.excepted.append(phrase)
        return
    clause.excepting = False
    clause.days_last = clause.answered
    if phrase.kind == HOLIDAY:
        clause.holidays.append(words.holiday(phrase.text))
        return
    clause.crossed |= bool(clause.holidays) and not clause.paused and not clause.days
    clause.days.append(weekdays(phrase))


def _take_season(clause: Clause, phrase: Phrase) -> None:
    if not clause.excepting:
        clause.season.append(season(phrase))
    elif clause.answered:
        clause.excepted.append(phrase)
    else:
        # "Poza wakacjami pn-pt 8-16": where the exception ends is anybody's guess.
        clause.unknown += phrase.pieces
        clause.limited = True


def _take_state(clause: Clause, phrase: Phrase) -> None:
    if phrase.kind == words.CLOSED:
        clause.state = "off"
        return
    note = phrase.pieces[0].written
    if phrase.text.startswith("roznie"):
        note = note[len("roznie") :].strip(" ()")
    clause.comment = " ".join(note.replace('"', "").split())
    if not clause.spans:
        clause.state = "unknown"


def weekdays(phrase: Phrase) -> str:
    named = [words.weekday(piece.text) for piece in phrase.pieces if piece.kind == words.DAY]
    if named:
        return "-".join(named)
    read = words.daily if phrase.pieces[0].kind == words.DAILY else words.numbered
    return read(phrase.text)


def season(phrase: Phrase) -> str:
    read = {words.MONTH: words.month, words.DATE: words.date}
    return "-".join(read[one.kind](one.text) for one in phrase.pieces if one.kind in read)


def _span(phrase: Phrase) -> Span:
    if phrase.pieces[0].kind == words.ALL_DAY:
        return Span(0, MINUTES_OF_DAY)
    longer = phrase.pieces[-1].kind == words.LONGER
    times = [words.minutes(one.text) for one in phrase.pieces if one.kind == words.TIME]
    if len(times) == 1:
        return Span(times[0], times[0], or_longer=True)
    begins, ends = times
    return Span(begins, ends if ends > begins else ends + MINUTES_OF_DAY, longer)
