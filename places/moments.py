"""When: "dziś wieczorem", "w sobotę po 15", "o 18" read as a moment or a span of time.

The answer depends on `now`, which the caller gives with its time zone, and lies ahead: on a
Saturday evening "w sobotę rano" is next Saturday.  Days are taken in the cases that tell time:
"w sobotę" is a day, "w Sobocie" is a village.  A feast named without its preposition, or a date
that streets are called after ("3 Maja"), may be a name and is read so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from places import days

EVENING = (17.0, 21.0)
"""Hours since midnight."""
_SPOKEN = {
    "siodmej": 7, "osmej": 8, "dziewiatej": 9, "dziesiatej": 10, "jedenastej": 11,
    "dwunastej": 12, "trzynastej": 13, "czternastej": 14, "pietnastej": 15, "szesnastej": 16,
    "siedemnastej": 17, "osiemnastej": 18, "dziewietnastej": 19, "dwudziestej": 20,
}  # fmt: skip
_PARTS: Mapping[str, tuple[float, float]] = {
    "przed poludniem|przedpoludniem|przedpoludnie|przedpoludnia": (8, 12),
    "po poludniu|popoludniu|popoludniem|popoludnie|popoludnia|popoludniami": (12, 18),
    "(?:w )?poludnie": (12, 13),
    "(?:z )?rana|rano|nad ranem|porankiem|poranek|poranki": (6, 10),
    "wieczorem|wieczor|wieczorami|wieczory|wieczorowa pora|po pracy": EVENING,
    "(?:w )?nocy|noca": (22, 24),
}
# "Od 5 do 10 lat" speaks of children, "do 20 osób" of a room, "o 300 m" of a way.
_NO_COUNT = (
    r"(?!\S| (?:do \d+ )?"
    r"(?:lat|lata|latk\w*|rok\w*|r|osob\w*|zl|zlotych|m|km|metr\w*|minut\w*|min|dni|plus)\b)"
)
_CLOCK = rf"(?:(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?|{'|'.join(_SPOKEN)})"
_AT = "(?:godz|godzina|godzinie|godziny|godzinach) "

_TIME = re.compile(
    rf"(?:(?:w|od|miedzy|pomiedzy) )?(?:{_AT})?(?P<since>{_CLOCK})(?:-| do | a )(?P<till>{_CLOCK})"
    rf"{_NO_COUNT}"
    rf"|(?P<how>o|po|od|do|przed|okolo|kolo|ok|na) (?:{_AT})?(?P<hour>{_CLOCK}){_NO_COUNT}"
    r"(?: (?P<half>rano|wieczorem|po poludniu)(?!\S))?"
    rf"|(?P<at>{_AT}{_CLOCK}|[0-2]?\d:[0-5]\d)(?!\S)"
    r"|za (?P<ahead>godzine|(?:2|3|4|dwie|trzy|cztery) godziny|pol godziny)(?!\S)"
    rf"|(?P<part>{'|'.join(_PARTS)})(?!\S)"
)
_AHEAD = {"pol": 0.5, "godzine": 1, "dwie": 2, "trzy": 3, "cztery": 4}
# "Piątek 17", not "3 maja 17", which is a house.
_BARE_HOUR = re.compile(rf"(?P<at>[7-9]|1\d|2[0-2]){_NO_COUNT}(?!\S)")
_NOW = re.compile(r"(?:teraz|obecnie|aktualnie|w tej chwili|od zaraz|o tej porze)(?!\S)")
_OPEN = re.compile(r"(?:sa |jest )?(?P<word>otwart[aeyi]|czynn[aeyi])(?!\S)")
# What may also be part of a name: "miejsca otwarte", "wieczory poezji", "niedzielne śniadania".
_OPEN_AS_NAME = re.compile(r"(?:^| )(?:miejsc\w*|drzwi|dni|dzien|scena|pracowni\w*) $")
_NAME_LIKE = re.compile(
    r"wieczor|wieczory|poran(?:ek|ki)|po(?:po)?ludni[ea]|\w+ni|\w+ne|\w+nie|\w+kow[ey]|\d\S*-\d\S*"
    rf"|{days.NAME_LIKE}"
)


@dataclass(frozen=True)
class When:
    """A time found in a question, in words from `begin` to before `end`."""

    begin: int
    end: int
    values: tuple[str, ...]
    """Any of them: "now", "evening", "weekend", or ISO 8601: a day, a moment, a span (with "/")."""
    certain: bool
    """Whether nothing else can be meant: "otwarty" alone may be part of a name."""


def read(words: Sequence[str], now: datetime) -> list[When]:
    """The times in a question of folded words, in order."""
    found = list(_read(words, now))
    told = next((when for when in found if when.values != ("now",)), None)
    if told is None:
        return found
    # "Otwarty dom kultury w sobotę": the first word speaks of the last.
    return [
        replace(when, values=told.values, certain=True)
        if _OPEN.fullmatch(_said(words, when))
        else when
        for when in found
    ]


def _said(words: Sequence[str], when: When) -> str:
    return " ".join(words[when.begin : when.end])


def _read(words: Sequence[str], now: datetime) -> Iterator[When]:
    sentence = " ".join(words)
    begins = [0]
    for word in words:
        begins.append(begins[-1] + len(word) + 1)
    at = 0
    while at < len(words):
        found = _Phrase(sentence, begins[at])
        values = found.values(now)
        if not values:
            at += 1
            continue
        end = begins.index(found.end + 1) if found.end + 1 in begins else len(words)
        yield When(at, end, values, found.certain)
        at = end


class _Phrase:
    """What one phrase of time says: being open, a day, a time of day, in any order."""

    def __init__(self, sentence: str, begin: int) -> None:
        self.end = begin
        self._begin = begin
        self._sentence = sentence
        self._said: dict[str, re.Match[str]] = {}
        self._gather()

    @property
    def certain(self) -> bool:
        """Whether it can be nothing but a time."""
        said = self._sentence[self._begin : self.end]
        if set(self._said) != {"open"}:
            return not _NAME_LIKE.fullmatch(said)
        named = _OPEN_AS_NAME.search(self._sentence[: self._begin])
        return self.end == len(self._sentence) and not named and self._begin > 0

    def values(self, now: datetime) -> tuple[str, ...]:
        """The codes of the time; none where nothing was said."""
        if not self._said:
            return ()
        if "day" not in self._said and "time" not in self._said:
            return ("now",)
        try:
            span = _span(self._said["time"], now) if "time" in self._said else None
            return _codes(self._said.get("day"), span, now)
        except ValueError:  # 31 February, 24:30
            return ()

    def _gather(self) -> None:
        readers = {"now": _NOW, "day": days.PHRASE, "time": _TIME, "open": _OPEN}
        while readers:
            start = self.end + (1 if self._said else 0)
            name, found = next(
                (
                    (name, found)
                    for name, pattern in readers.items()
                    if (found := pattern.match(self._sentence, start))
                    or (name == "time" and (found := self._bare_hour(start)))
                ),
                ("", None),
            )
            if found is None:
                return
            self._said[name] = found
            self.end = found.end()
            del readers[name]

    def _bare_hour(self, start: int) -> re.Match[str] | None:
        day = self._said.get("day")
        named = day is not None and (day["weekday"] or day["near"])
        return _BARE_HOUR.match(self._sentence, start) if named else None


_Span = tuple[float, float]
"""Hours since midnight; a moment begins and ends at once."""


def _span(said: re.Match[str], now: datetime) -> _Span:
    told = said.groupdict()
    if told.get("part"):
        return next(span for words, span in _PARTS.items() if re.fullmatch(words, said["part"]))
    if told.get("since"):
        return _between(_hour(said["since"]), _hour(said["till"]))
    if told["at"]:
        moment = _hour(said["at"].rpartition(" ")[2])
        return moment, moment
    if told["ahead"]:
        first = said["ahead"].partition(" ")[0]
        moment = now.hour + now.minute / 60 + float(_AHEAD.get(first) or first)
        return moment, moment
    return _by_hour(said)


def _between(since: float, till: float) -> _Span:
    if till > since:
        return since, till
    # "Od 10 do 2" ends in the afternoon, "od 22 do 2" in the night.
    afternoon = since < 12 and till + 12 > since
    return since, till + (12 if afternoon else 24)


def _by_hour(said: re.Match[str]) -> _Span:
    hour = _hour(said["hour"])
    # Nobody asks for a club at five in the morning.
    if 1 <= hour < {None: 7, "rano": 0}.get(said["half"], 12):
        hour += 12
    spans = {"po": (hour, 24.0), "od": (hour, 24.0), "do": (hour - 1, hour), "przed": (8.0, hour)}
    begin, end = spans.get(said["how"], (hour, hour))
    return min(begin, end), end


def _hour(written: str) -> float:
    if written in _SPOKEN:
        return _SPOKEN[written]
    hour, _, minute = written.replace(".", ":").partition(":")
    return int(hour) + int(minute or 0) / 60


def _codes(day: re.Match[str] | None, span: _Span | None, now: datetime) -> tuple[str, ...]:
    today = day is None or (day["near"] or "").startswith("dzis")
    if today and span == EVENING:
        return ("evening",)
    if day is not None and day["weekend"] and span is None and not day["next"]:
        return ("weekend",)
    dates = days.dates(day, now.date())
    ahead = [_code(one, span) for one in dates if _is_ahead(one, span, now)]
    return tuple(ahead[: days.how_many(day)]) or (_code(dates[0], span),)


def _is_ahead(day: date, span: _Span | None, now: datetime) -> bool:
    end = _moment(day, span[1] if span else 24)
    return end >= now.replace(tzinfo=None)


def _code(day: date, span: _Span | None) -> str:
    if span is None:
        return day.isoformat()
    begin, end = (_moment(day, hour).isoformat(timespec="minutes") for hour in span)
    return begin if begin == end else f"{begin}/{end}"


def _moment(day: date, hour: float) -> datetime:
    """The time on the wall; which instant it is, the clock of Warsaw decides elsewhere."""
    return datetime.combine(day, time()) + timedelta(minutes=round(hour * 60))
