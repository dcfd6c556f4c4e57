"""Is this place already in the catalogue, perhaps under another name?

Two records are probably one place when they are near and their *own* words agree: "Klub Osiedlowy
Orion" and "Klub Osiedlowy Regina" share only what every club is called, and nothing is left of a
village hall's name without the village.  Polish inflects, so words are compared by their beginnings
("Terminal", "w Terminalu").  Different house numbers ask for better proof, the same one for less.

Tuned by eye on the lists of two cities; `tests/exchange/test_real_lists.py` keeps the result.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from places import text
from places.geo import metres
from places.place import Place
from places.vocabulary import PINNED

NEAR = 100  # metres
_SAME_ADDRESS = 500  # metres; the same house may be drawn at its gate or at its middle
_SAME_WORD = 0.9  # of Jaro-Winkler: "radosc" and "radosci", "wawerski" and "wawerska"
_SAME_PHRASE = 85  # percent, of whole names without words of their own
_COMMON_PHRASE = 70  # percent, where the address is the same
_CELL = (0.005, 0.008)  # degrees of latitude and longitude: some 550 metres in Poland

# What places of this kind are called everywhere; folded.
_EVERYBODYS = frozenset(
    text.words("""
    dom domu kultury kultura kulturalny klub klubu kluby osrodek osrodka centrum filia filii oddzial
    miejski miejska miejskie miejskiego gminny gminna gminne gminnego wiejski wiejska wiejskie
    dzielnicowy osiedlowy osiedlowa osiedle osiedla mlodziezowy mlodziezy seniora seniorow senior
    swietlica swietlicy ludowy remiza osp sala biblioteka publiczna miejsce miejsca aktywnosci
    plus lokalnej lokalne mieszkancow sasiedzki sasiedzka sasiedzkie inicjatyw program
    organizacji pozarzadowych mal cal mam pal cil cas mcas dk gok mok mdk sdk sm smb sbm wsm
    im imienia ul al aleja pl plac os w we na przy pod z ze i oraz do nr siedziba
    """)
)
_STREET_KINDS = frozenset(
    text.words("ul ulica al aleja aleje pl plac os osiedle rondo gen ks dr prof")
)
_INNER = frozenset(text.words("lok lokal m"))

Reason = Literal["near", "address", "name"]


@dataclass(frozen=True, slots=True)
class Twin:
    """Another record that is probably the same place."""

    place: Place
    metres: float
    reason: Reason
    """Near and alike; the same address and alike; the same name in the same gmina."""
    row: int | None = None
    """Its row, when it stands in the same file."""


@dataclass(frozen=True)
class _Known:
    """A record with what is compared of it."""

    place: Place
    row: int | None = None

    @cached_property
    def names(self) -> list[list[str]]:
        return [text.words(name) for name in (self.place.name, *self.place.other_names)]

    @cached_property
    def whereabouts(self) -> frozenset[str]:
        """Words that say where, not which: of the town, the gmina and the district."""
        address = self.place.address
        return frozenset(
            text.words(" ".join((address.city, address.gmina, address.district or "")))
        )

    @cached_property
    def address(self) -> tuple[frozenset[str], str] | None:
        """The words of the street and the number; None where one of them is missing."""
        found = text.words(self.place.address.street or "")
        end = next((at for at, word in enumerate(found) if word in _INNER and at), len(found))
        number = next((at for at in range(end - 1, 0, -1) if found[at][0].isdigit()), 0)
        while number > 1 and found[number - 1][0].isdigit():
            number -= 1  # "119/123" is two words.
        street = frozenset(w for w in found[:number] if w not in _STREET_KINDS and len(w) > 2)
        return (street, "/".join(found[number:end])) if street else None

    def own(self, words: list[str]) -> list[str]:
        """Words that no other place of the kind need have."""
        return [
            word
            for word in words
            if word not in _EVERYBODYS and not any(_same_word(word, at) for at in self.whereabouts)
        ]


class Register:
    """Records by where they are and what they are called."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], list[_Known]] = defaultdict(list)
        self._vague: defaultdict[str, list[_Known]] = defaultdict(list)
        self._names: defaultdict[tuple[str, str], list[_Known]] = defaultdict(list)

    def add(self, place: Place, row: int | None = None) -> None:
        """Makes the place known; `row` where it stands in the file that is being read."""
        known = _Known(place, row)
        self._cells[_cell(place)].append(known)
        if place.position.precision not in PINNED:
            self._vague[place.address.teryt].append(known)
        for name in known.names:
            self._names[place.address.teryt, " ".join(name)].append(known)

    def twins(self, place: Place, row: int | None = None) -> list[Twin]:
        """Known records that are probably this place, the nearest first."""
        new = _Known(place, row)
        found: dict[int, Twin] = {}
        for old in self._candidates(new):
            if id(old) not in found and (reason := _reason(new, old)):
                distance = metres(place.point, old.place.point)
                found[id(old)] = Twin(old.place, distance, reason, old.row)
        return sorted(found.values(), key=lambda twin: (twin.metres, twin.place.id))

    def _candidates(self, new: _Known) -> Iterator[_Known]:
        row, column = _cell(new.place)
        for north in (-1, 0, 1):
            for east in (-1, 0, 1):
                yield from self._cells.get((row + north, column + east), ())
        teryt = new.place.address.teryt
        yield from self._vague.get(teryt, ())
        for name in new.names:
            yield from self._names.get((teryt, " ".join(name)), ())


def _reason(new: _Known, old: _Known) -> Reason | None:
    distance = metres(new.place.point, old.place.point)
    same_address = _same_address(new, old)
    # One list seldom names one place twice under two names.
    phrase = _SAME_PHRASE if new.row is not None and old.row is not None else _COMMON_PHRASE
    if same_address and distance <= _SAME_ADDRESS and _likeness(new, old, phrase) > 0:
        return "address"
    vague = _is_vague(new, old)
    if distance <= _reach(new, old) and (not vague or _same_city(new, old)):
        proof = 1.0 if same_address is False or vague else 0.5
        if _likeness(new, old, _SAME_PHRASE) >= proof:
            return "near"
    return "name" if _same_name(new, old, same_address) else None


def _reach(new: _Known, old: _Known) -> float:
    """How far apart two records of one place may be drawn, in metres."""
    vague = [
        float(one.place.position.uncertainty_m)
        for one in (new, old)
        if one.place.position.precision not in PINNED
    ]
    return max([float(NEAR), *vague])


def _is_vague(new: _Known, old: _Known) -> bool:
    return any(one.place.position.precision not in PINNED for one in (new, old))


def _same_address(new: _Known, old: _Known) -> bool | None:
    """None where one of them is not known."""
    if new.address is None or old.address is None:
        return None
    return new.address[1] == old.address[1] and bool(new.address[0] & old.address[0])


def _same_name(new: _Known, old: _Known, same_address: bool | None) -> bool:
    """The same name in the same gmina; not two branches at two addresses of one list."""
    shared = [name for name in new.names if name in old.names]
    if new.place.address.teryt != old.place.address.teryt or not shared:
        return False
    if new.row is not None and old.row is not None and same_address is False:
        return False
    # Every village of a gmina may have its "Świetlica wiejska".
    return _same_city(new, old) or any(new.own(name) for name in shared)


def _same_city(new: _Known, old: _Known) -> bool:
    return text.words(new.place.address.city) == text.words(old.place.address.city)


def _likeness(new: _Known, old: _Known, phrase: float) -> float:
    """The best share of the shorter name's own words that the other has, 0 to 1."""
    return max(_names_alike(new, a, old, b, phrase) for a in new.names for b in old.names)


def _names_alike(new: _Known, a: list[str], old: _Known, b: list[str], phrase: float) -> float:
    shorter, longer = sorted((new.own(a), old.own(b)), key=len)
    if shorter and (shared := _shared(shorter, longer)):
        return shared
    if shorter and phrase == _SAME_PHRASE:
        return 0.0
    alike = fuzz.token_set_ratio if phrase == _COMMON_PHRASE else fuzz.token_sort_ratio
    return 1.0 if alike(" ".join(a), " ".join(b)) >= phrase else 0.0


def _shared(shorter: list[str], longer: list[str]) -> float:
    return sum(any(_same_word(a, b) for b in longer) for a in shorter) / len(shorter)


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    long_enough = min(len(a), len(b)) >= 4 and a[:3] == b[:3]
    return long_enough and JaroWinkler.similarity(a, b) >= _SAME_WORD


def _cell(place: Place) -> tuple[int, int]:
    height, width = _CELL
    return int(place.point.lat // height), int(place.point.lon // width)
