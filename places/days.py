"""Which days are meant: "w sobotę", "od poniedziałku do piątku", "w Boże Ciało", "3 maja".

Days are taken in the cases that tell time: "w sobotę" is a day, "w Sobocie" is a village.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from places.holidays import easter

_MONTHS = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia",
    "wrzesnia", "pazdziernika", "listopada", "grudnia",
)  # fmt: skip
_WEEKDAYS = (
    "poniedzial(?:ek|ki|kowe|kowy)|pon|pn", "wtor(?:ek|ki|kowe|kowy)|wt",
    "srod[aey]|srodow[ey]|sr", "czwart(?:ek|ki|kowe|kowy)|czw", "piat(?:ek|ki|kowe|kowy)|pt",
    "sobot(?:[aey]|ni|nie)|sob|sb", "niedziel(?:[aey]|ne|ny)|niedz|ndz|nd",
)  # fmt: skip
# As they stand in "od poniedziałku do piątku" and in "pon.-pt.".
_ENDS_OF_RANGE = (
    "poniedzialku|pon|pn", "wtorku|wt", "srody|sr", "czwartku|czw", "piatku|pt", "soboty|sob|sb",
    "niedzieli|niedz|ndz|nd",
)  # fmt: skip
_FEASTS: Mapping[str, Sequence[tuple[int, int] | int]] = {
    "wigili[ae]": [(12, 24)],
    "sylwest(?:er|ra)": [(12, 31)],
    "nowy rok": [(1, 1)],
    "(?:swieto )?trzech kroli": [(1, 6)],
    "majowk[aei]": [(5, 1), (5, 2), (5, 3)],
    "boze narodzenie": [(12, 25), (12, 26)],
    "wielki piatek": [-2],
    "wielka sobot[ae]": [-1],
    "(?:poniedzialek wielkanocny|lany poniedzialek)": [1],
    "wielkanoc": [0, 1],
    "boze cialo": [60],
}
"""Month and day, or days after Easter Sunday."""
_BEFORE_DAY = r"(?:(?:w|we|na|od) )?(?:(?:ten|te|ta|najblizsz[aey]|kazd[aey]) )?"
_RANGE_ENDS = "|".join(_ENDS_OF_RANGE)
_NEXT = "przyszl[aey] |za tydzien (?:(?:w|we) )?"
_WEEKEND = rf"weekend(?:y|owe|owy)?|(?:{_WEEKDAYS[5]}) i (?:{_WEEKDAYS[6]})"
PHRASE = re.compile(
    rf"(?:w )?(?:od )?(?P<first>{_RANGE_ENDS})(?: do)? (?P<last>{_RANGE_ENDS})(?!\S)"
    rf"|(?P<feast>(?:(?:w|we|na) )?(?:{'|'.join(_FEASTS)}))(?!\S)"
    r"|(?P<next_week>w przyszlym tygodniu)(?!\S)"
    rf"|{_BEFORE_DAY}(?P<next>{_NEXT})?(?:(?P<weekend>{_WEEKEND})"
    rf"|(?P<weekday>{'|'.join(_WEEKDAYS)})"
    rf"|(?P<near>dzis|dzisiaj|dzisiejszy|jutro|pojutrze))(?!\S)"
    r"|(?P<workdays>(?:w )?(?:dni )?(?:powszednie|robocze)|w tygodniu)(?!\S)"
    rf"|(?P<day>[0-3]?\d) (?P<month>{'|'.join(_MONTHS)})(?!\S)"
    r"|(?P<dotted>[0-3]?\d\.[01]?\d(?:\.20\d\d)?|20\d\d-[01]\d-[0-3]\d)(?!\S)"
)
"""A day, or several, in folded words."""
NAME_LIKE = "|".join((*_FEASTS, "[13] maja|11 listopada|29 listopada|15 sierpnia|22 lipca|8 marca"))
"""Feasts without their preposition, and the days that streets and clubs are called after."""


def how_many(day: re.Match[str] | None) -> int:
    """Of the dates, how many are meant together."""
    if day is None:
        return 1
    if day["first"]:
        return len(_range_of(day))
    if day["feast"]:
        return len(_feast(day["feast"]))
    return 7 if day["next_week"] else 2 if day["weekend"] else 5 if day["workdays"] else 1


def dates(day: re.Match[str] | None, today: date) -> list[date]:
    """The days that may be meant, from today on, the nearest first."""
    if day is None:
        return _days(today, 2)
    if day["near"]:
        later = {"jutro": 1, "pojutrze": 2}.get(day["near"], 0)
        return [today + timedelta(later + (7 if day["next"] else 0))]
    if day["feast"]:
        return _of_feast(day["feast"], today)
    if day["day"] or day["dotted"]:
        return _in_calendar(day, today)
    if day["next_week"] or day["next"]:
        today += timedelta(7 - today.weekday())  # Next week begins on Monday.
    wanted = _weekdays(day)
    # A week and two days: today may be over.
    return [one for one in _days(today, 9) if one.weekday() in wanted]


def _days(first: date, count: int) -> list[date]:
    return [first + timedelta(number) for number in range(count)]


def _weekdays(day: re.Match[str]) -> Sequence[int]:
    if day["first"]:
        return _range_of(day)
    if day["next_week"]:
        return range(7)
    if day["weekend"]:
        return (5, 6)
    return range(5) if day["workdays"] else [_weekday(day["weekday"], _WEEKDAYS)]


def _range_of(day: re.Match[str]) -> Sequence[int]:
    first, last = (_weekday(day[end], _ENDS_OF_RANGE) for end in ("first", "last"))
    return [(first + number) % 7 for number in range((last - first) % 7 + 1)]


def _weekday(said: str, forms: Sequence[str]) -> int:
    return next(number for number, form in enumerate(forms) if re.fullmatch(form, said))


def _feast(said: str) -> Sequence[tuple[int, int] | int]:
    bare = re.sub(r"^(?:w|we|na) ", "", said)
    return next(days for name, days in _FEASTS.items() if re.fullmatch(name, bare))


def _of_feast(said: str, today: date) -> list[date]:
    """Its days of this year, or of the next one when they are over."""
    for year in (today.year, today.year + 1):
        days = [
            easter(year) + timedelta(one) if isinstance(one, int) else date(year, *one)
            for one in _feast(said)
        ]
        if days[-1] >= today:
            break
    return [one for one in days if one >= today]


def _in_calendar(day: re.Match[str], today: date) -> list[date]:
    if day["month"]:
        month, number = _MONTHS.index(day["month"]) + 1, int(day["day"])
    elif "-" in day["dotted"]:
        return [date.fromisoformat(day["dotted"])]
    else:
        number, month, *year = map(int, day["dotted"].split("."))
        if year:
            return [date(year[0], month, number)]
    this_year = date(today.year, month, number)
    return [this_year if this_year >= today else date(today.year + 1, month, number)]
