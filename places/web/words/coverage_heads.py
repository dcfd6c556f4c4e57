"""People in numbers: for a table, as the subject of a sentence, and as those whom a place reaches.

A range whose lower end is nought is said by its upper one: "do 40", "najwyżej 40 osób".
"""

from flask_babel import gettext

from places.coverage.figures import Pair
from places.web.words.quantities import number

_MILLION = 1_000_000


def heads(pair: Pair | None) -> str:
    """How many people, for a table: "12 300–15 000", "do 40", "–"; no finer than they are known."""
    if pair is None:
        return "–"
    if pair[1] >= _MILLION:
        low, high = (f"{one / _MILLION:.1f}".replace(".", ",") for one in pair)
        return gettext("%(count)s\u00a0mln", count=_range(low, high))
    low, high = (number(coarse(one)) for one in pair)
    return _range(low, high)


def _range(low: str, high: str) -> str:
    if low == high:
        return high
    if low in ("0", "0,0"):
        return gettext("do\u00a0%(high)s", high=high)
    return f"{low}–{high}"


def heads_said(pair: Pair | None, group: str = "total") -> str:
    """How many people in a sentence, as its subject: "od 12 300 do 15 000 osób", "1 dziecko"."""
    if pair is None:
        return gettext("nie wiadomo ile osób")
    low, high = map(coarse, pair)
    if low == high:
        return _people(low, group)
    if not low:
        return gettext("najwyżej %(people)s", people=_people(high, group))
    return gettext("od\u00a0%(low)s do\u00a0%(people)s", low=number(low), people=_many(high, group))


def whom(pair: Pair, group: str = "total") -> str:
    """The same as the object of a sentence: "1 osobę"."""
    if not is_one(pair) or group == "young":
        return heads_said(pair, group)
    one = gettext("1\u00a0osobę") if group == "total" else gettext("1\u00a0osobę 65+")
    return one if coarse(pair[0]) else gettext("najwyżej %(people)s", people=one)


def to_whom(pair: Pair, group: str = "total") -> str:
    """The relative pronoun after them: "do której", "do których"."""
    if not is_one(pair):
        return gettext("do których")
    return gettext("do którego") if group == "young" else gettext("do której")


def is_one(pair: Pair) -> bool:
    """Whether it is said of one person."""
    return coarse(pair[1]) == 1


def are_few(pair: Pair, group: str = "total") -> bool:
    """Whether a verb after them is plural: "2 osoby mają", but "5 osób ma", "2 dzieci ma"."""
    low, high = map(coarse, pair)
    return group != "young" and (low == high or not low) and _is_few(high)


def coarse(value: float) -> int:
    """To tens from a thousand up, to hundreds from a hundred thousand up."""
    step = 1 if value < 1_000 else 10 if value < 100_000 else 100
    return step * round(value / step)


def _people(count: int, group: str) -> str:
    if count == 1:
        return {
            "young": gettext("1\u00a0dziecko"), "old": gettext("1\u00a0osoba 65+"),
        }.get(group, gettext("1\u00a0osoba"))  # fmt: skip
    if group == "young" or not _is_few(count):
        return _many(count, group)
    if group == "old":
        return gettext("%(count)s\u00a0osoby 65+", count=number(count))
    return gettext("%(count)s\u00a0osoby", count=number(count))


def _many(count: int, group: str) -> str:
    """In the genitive: "5 osób"."""
    if group == "young":
        return gettext("%(count)s\u00a0dzieci", count=number(count))
    if group == "old":
        return gettext("%(count)s\u00a0osób 65+", count=number(count))
    return gettext("%(count)s\u00a0osób", count=number(count))


def _is_few(count: int) -> bool:
    return 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14
