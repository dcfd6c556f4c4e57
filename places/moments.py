"""When: "dziś wieczorem", "w sobotę po 15", "o 18" read as a moment or a span of time.

The answer depends on `now`, which the caller gives with its time zone, and lies ahead: on a
Saturday evening "w sobotę rano" is next Saturday.  Days are taken in the cases that tell time:
"w sobotę" is a day, "w Sobocie" is a village.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

_MONTHS = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia",
    "wrzesnia", "pazdziernika", "listopada", "grudnia",
)  # fmt: skip
_SPOKEN = {
    "siodmej": 7, "osmej": 8, "dziewiatej": 9, "dziesiatej": 10, "jedenastej": 11,
    "dwunastej": 12, "trzynastej": 13, "czternastej": 14, "pietnastej": 15, "szesnastej": 16,
    "siedemnastej": 17, "osiemnastej": 18, "dziewietnastej": 19, "dwudziestej": 20,
}  # fmt: skip
_EVENING = (17.0, 22.0)
_PARTS: Mapping[str, tuple[float, float]] = {
    "przed poludniem|przedpoludniem|przedpoludnie|przedpoludnia": (8, 12),
    "po poludniu|popoludniu|popoludniem|popoludnie|popoludnia|popoludniami": (12, 18),
    "(?:w )?poludnie": (12, 13),
    "(?:z )?rana|rano|nad ranem|porankiem|poranek|poranki": (6, 10),
    "wieczorem|wieczor|wieczorami|wieczory|wieczorowa pora|po pracy": _EVENING,
    "(?:w )?nocy|noca": (22, 24),
}
_WEEKDAYS = (
    "poniedzial(?:ek|ki|kowe|kowy)", "wtor(?:ek|ki|kowe|kowy)", "srod[aey]|srodow[ey]",
    "czwart(?:ek|ki|kowe|kowy)", "piat(?:ek|ki|kowe|kowy)", "sobot(?:[aey]|ni|nie)",
    "niedziel(?:[aey]|ne|ny)",
)  # fmt: skip
_FEASTS = {"wigilie": (12, 24), "wigilia": (12, 24), "sylwestra": (12, 31), "sylwester": (12, 31)}
# "Od 5 do 10 lat" speaks of children, "do 20 osób" of a room, "o 300 m" of a way.
_NO_COUNT = (
    r"(?!\S| (?:do \d+ )?"
    r"(?:lat|lata|latk\w*|rok\w*|r|osob\w*|zl|zlotych|m|km|metr\w*|minut\w*|min|dni|plus)\b)"
)
_CLOCK = rf"(?:(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?|{'|'.join(_SPOKEN)})"
_AT = "(?:godz|godzina|godzinie|godziny|godzinach) "

_BEFORE_DAY = r"(?:(?:w|we|na|od) )?(?:(?:ten|te|ta|najblizsz[aey]|kazd[aey]|przyszl[aey]) )?"
_DAY = re.compile(
    rf"{_BEFORE_DAY}(?:(?P<weekend>weekend(?:y|owe|owy)?|{_WEEKDAYS[5]} i (?:{_WEEKDAYS[6]}))"
    rf"|(?P<weekday>{'|'.join(_WEEKDAYS)})"
    rf"|(?P<near>dzis|dzisiaj|dzisiejszy|jutro|pojutrze)"
    rf"|(?P<feast>{'|'.join(_FEASTS)}))(?!\S)"
    r"|(?P<workdays>(?:w )?(?:dni )?(?:powszednie|robocze)|w tygodniu)(?!\S)"
    rf"|(?P<day>[0-3]?\d) (?P<month>{'|'.join(_MONTHS)})(?!\S)"
    r"|(?P<dotted>[0-3]?\d\.[01]?\d(?:\.20\d\d)?|20\d\d-[01]\d-[0-3]\d)(?!\S)"
)
_TIME = re.compile(
    rf"(?:(?:w|od|miedzy|pomiedzy) )?(?:{_AT})?(?P<since>{_CLOCK})(?:-| do | a )(?P<till>{_CLOCK})"
    rf"{_NO_COUNT}"
    rf"|(?P<how>o|po|od|do|przed|okolo|kolo|ok|na) (?:{_AT})?(?P<hour>{_CLOCK}){_NO_COUNT}"
    r"(?: (?P<half>rano|wieczorem|po poludniu)(?!\S))?"
    rf"|(?P<at>{_AT}{_CLOCK}|[0-2]?\d:[0-5]\d)(?!\S)"
    rf"|(?P<part>{'|'.join(_PARTS)})(?!\S)"
)
_NOW = re.compile(r"(?:teraz|obecnie|aktualnie|w tej chwili|od zaraz|o tej porze)(?!\S)")
_OPEN = re.compile(r"(?:sa |jest )?(?P<word>otwart[aeyi]|czynn[aeyi])(?!\S)")
# What may also be part of a name: "miejsca otwarte", "wieczory poezji", "niedzielne śniadania".
_OPEN_AS_NAME = re.compile(r"(?:^| )(?:miejsc\w*|drzwi|dni|dzien|scena|pracowni\w*) $")
_NAME_LIKE = re.compile(
    r"wieczor|wieczory|poran(?:ek|ki)|po(?:po)?ludni[ea]|\w+ni|\w+ne|\w+nie|\w+kow[ey]|\d\S*-\d\S*"
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
            span = _span(self._said["time"]) if "time" in self._said else None
            return _codes(self._said.get("day"), span, now)
        except ValueError:  # 31 February, 24:30
            return ()

    def _gather(self) -> None:
        readers = {"now": _NOW, "day": _DAY, "time": _TIME, "open": _OPEN}
        while readers:
            start = self.end + (1 if self._said else 0)
            name, found = next(
                (
                    (name, found)
                    for name, pattern in readers.items()
                    if (found := pattern.match(self._sentence, start))
                ),
                ("", None),
            )
            if found is None:
                return
            self._said[name] = found
            self.end = found.end()
            del readers[name]


_Span = tuple[float, float]
"""Hours since midnight; a moment begins and ends at once."""


def _span(said: re.Match[str]) -> _Span:
    if said["part"]:
        return next(span for words, span in _PARTS.items() if re.fullmatch(words, said["part"]))
    if said["since"]:
        since, till = _hour(said["since"]), _hour(said["till"])
        return since, till if till > since else till + 12
    if said["at"]:
        moment = _hour(said["at"].rpartition(" ")[2])
        return moment, moment
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
    if today and span == _EVENING:
        return ("evening",)
    if day is not None and day["weekend"] and span is None:
        return ("weekend",)
    dates = _dates(day, now.date())
    ahead = [_code(one, span) for one in dates if _is_ahead(one, span, now)]
    return tuple(ahead[: _how_many(day)]) or (_code(dates[0], span),)


def _how_many(day: re.Match[str] | None) -> int:
    if day is None:
        return 1
    return 2 if day["weekend"] else 5 if day["workdays"] else 1


def _dates(day: re.Match[str] | None, today: date) -> list[date]:
    """The days that may be meant, from today on, the nearest first."""
    week = [today + timedelta(days=number) for number in range(9)]
    if day is None:
        return week[:2]
    if day["near"]:
        return [week[{"jutro": 1, "pojutrze": 2}.get(day["near"], 0)]]
    if day["weekend"]:
        return [one for one in week if one.weekday() >= 5]
    if day["workdays"]:
        return [one for one in week if one.weekday() < 5]
    if day["weekday"]:
        wanted = next(n for n, form in enumerate(_WEEKDAYS) if re.fullmatch(form, day["weekday"]))
        return [one for one in week if one.weekday() == wanted]
    return _in_calendar(day, today)


def _in_calendar(day: re.Match[str], today: date) -> list[date]:
    if day["feast"]:
        month, number = _FEASTS[day["feast"]]
    elif day["month"]:
        month, number = _MONTHS.index(day["month"]) + 1, int(day["day"])
    elif "-" in day["dotted"]:
        return [date.fromisoformat(day["dotted"])]
    else:
        number, month, *year = map(int, day["dotted"].split("."))
        if year:
            return [date(year[0], month, number)]
    this_year = date(today.year, month, number)
    return [this_year if this_year >= today else date(today.year + 1, month, number)]


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
