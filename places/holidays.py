"""Polish days off: public holidays by law and year, school holidays by voivodeship.

24 December is a public holiday from 2025 on, not before; school holidays are known only as far as
`school_holidays.csv` reaches, and past its edges the answer is "unknown", never "no".

Public holidays: the act of 18 January 1951 on days off work (Dz.U. 2025 poz. 296), with its
changes of 2010 (Epiphany, in force from 2011) and 2024 (Christmas Eve, Dz.U. 2024 poz. 1965), and
the act of 7 November 2018 that gave one day off, 12 November 2018.
School holidays: § 2 and § 3 of the regulation of 11 August 2017 on the school year (Dz.U. 2023
poz. 1211); the dates of winter holidays are announced by the minister for each year.  Those of
2027 were announced on 16 May 2025 and are cited as a legal portal reprints them; two reports of
press agencies and a published program agree, the ministry's own page was not at hand.
"""

import csv
import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from places.text import sort_key

TABLE = Path(__file__).with_name("school_holidays.csv")
"""When school is out, by voivodeship."""
_EVERYWHERE = "*"
_WINTER = "ferie zimowe"
_SCHOOL_YEAR = (9, 1)

_FIXED = {
    (1, 1): ("Nowy Rok", 0),
    (1, 6): ("Trzech Króli", 2011),
    (5, 1): ("Święto Pracy", 0),
    (5, 3): ("Święto Konstytucji 3\u00a0Maja", 0),
    (8, 15): ("Wniebowzięcie Najświętszej Maryi Panny", 0),
    (11, 1): ("Wszystkich Świętych", 0),
    (11, 11): ("Święto Niepodległości", 0),
    (12, 24): ("Wigilia", 2025),
    (12, 25): ("Boże Narodzenie", 0),
    (12, 26): ("drugi dzień Bożego Narodzenia", 0),
}
"""(month, day): the name and the first year of it as a day off."""
_AFTER_EASTER = {
    0: "Wielkanoc",
    1: "Poniedziałek Wielkanocny",
    49: "Zesłanie Ducha Świętego",
    60: "Boże Ciało",
}
"""Days after Easter Sunday."""
_ONCE = {date(2018, 11, 12): "stulecie odzyskania niepodległości"}


class Break(NamedTuple):
    """School holidays, first and last day included."""

    name: str
    first: date
    last: date


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian rule (the algorithm of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    skipped_leaps, leap_phase = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - skipped_leaps - moon_shift + 15) % 30
    leaps, rest = divmod(in_century, 4)
    to_sunday = (32 + 2 * leap_phase + 2 * leaps - epact - rest) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """Every public holiday of the year, by date, with its Polish name."""
    fixed = {
        date(year, month, day): name
        for (month, day), (name, since) in _FIXED.items()
        if year >= since
    }
    movable = {easter(year) + timedelta(after): name for after, name in _AFTER_EASTER.items()}
    once = {day: name for day, name in _ONCE.items() if day.year == year}
    # Corpus Christi or Whitsun may meet a fixed feast; the greater name is the movable one.
    return dict(sorted((fixed | movable | once).items()))


def public_holiday(day: date) -> str | None:
    """The name of the public holiday that falls on the day."""
    return public_holidays(day.year).get(day)


@cache
def breaks(voivodeship: str) -> tuple[Break, ...]:
    """All the school holidays that are known there, in order."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        found = [
            Break(row["name"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
            for row in csv.DictReader(table)
            if row["voivodeship"] in (_EVERYWHERE, voivodeship)
        ]
    return tuple(sorted(found, key=lambda one: one.first))


@cache
def voivodeships() -> tuple[str, ...]:
    """Those for which there are school holidays: all sixteen, in the order of the alphabet."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        found = {row["voivodeship"] for row in csv.DictReader(table)} - {_EVERYWHERE}
    return tuple(sorted(found, key=sort_key))


@cache
def digest() -> str:
    """What tells the table from another state of it."""
    return hashlib.sha256(TABLE.read_bytes()).hexdigest()


@cache
def known(voivodeship: str) -> tuple[date, date] | None:
    """The first and the last day of the school years known whole; None where none is.

    A school year is known once its winter holidays are announced for the voivodeship.
    """
    winters = [one.first.year for one in breaks(voivodeship) if one.name == _WINTER]
    if not winters:
        return None
    return date(min(winters) - 1, *_SCHOOL_YEAR), date(max(winters), 8, 31)


def school_holiday(day: date, voivodeship: str) -> str | None:
    """The name of the school holidays on the day; None also where nothing is known."""
    return next((one.name for one in breaks(voivodeship) if one.first <= day <= one.last), None)
