"""The names a question may speak of: settlements, districts, voivodeships, networks.

People inflect them ("na Zaspie"), shorten them (the district is Zaspa-Młyniec), and call clubs by
them, so an area is known under several names, and the names of places are known to say when a
word is rather a name.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from places import lemmas, text
from places.phrases import Form, Phrases, form, neuter

MOST_AREAS = 20
"""Areas of one name that are offered: there are more villages called Dąbrowa."""
_VOIVODESHIPS: Mapping[str, tuple[str, ...]] = {
    "dolnośląskie": ("Dolny Śląsk",),
    "kujawsko-pomorskie": (
        "Kujawy",
        "Kujawy i Pomorze",
    ),
    "lubelskie": ("Lubelszczyzna",),
    "lubuskie": ("Ziemia Lubuska",),
    "łódzkie": ("Ziemia Łódzka",),
    "małopolskie": ("Małopolska",),
    "mazowieckie": ("Mazowsze",),
    "opolskie": ("Opolszczyzna",),
    "podkarpackie": ("Podkarpacie",),
    "podlaskie": ("Podlasie",),
    "pomorskie": (
        "Pomorze",
        "Pomorze Gdańskie",
        "Kaszuby",
    ),
    "śląskie": (
        "Śląsk",
        "Górny Śląsk",
    ),
    "świętokrzyskie": ("Kielecczyzna",),
    "warmińsko-mazurskie": (
        "Warmia",
        "Mazury",
        "Warmia i Mazury",
    ),
    "wielkopolskie": ("Wielkopolska",),
    "zachodniopomorskie": ("Pomorze Zachodnie",),
}
"""What the voivodeships are called in speech, beside their names."""
_SIDE = re.compile(
    r" (?:(?:Górn|Doln|Mał|Star|Now)[yae]|Wielki|Wielka|Południe|Północ|Wschód|Zachód|Płn\.?|Płd\.?"
    r"|Południow[yae]|Północn[yae]|Wschodni|Zachodni|Centrum)$"
)
"""What tells the parts of a district from each other, and is left out in speech."""
_SHORTEST_PART = 3
_COMMON_PARTS = frozenset(["Osiedle", "Miasto", "Kolonia", "Wieś"])
"""Parts of names that nobody calls a place by."""
_FROM_OR_TO = frozenset(["do", "z", "ze", "od", "dla"])
_BEFORE_NAME = frozenset(["gmina", "dzielnica", "miasto", "wojewodztwo", "osiedle"])
"""Words after which a name stands as on a map."""
_BEFORE_DISTRICT = re.compile("na|w dzielnicy")


class Area(NamedTuple):
    """A part of the country that people name."""

    kind: Literal["settlement", "district", "voivodeship"]
    name: str
    """As on a map: "Nowa Huta"."""
    value: str
    """What the caller knows it by; handed back as it came."""
    within: str = ""
    """The city of a district; the powiat of a village that the catalogue does not have."""
    minor: bool = False
    """Whether it is a village where we have nothing: seldom meant by a word that fits another."""


class Named(NamedTuple):
    """An area under one of its names, in folded words."""

    area: Area
    words: tuple[str, ...]
    order: int = 0
    """The lower, the likelier."""

    def is_lemma_of(self, typed: Sequence[str]) -> bool:
        """Whether the typed words are forms of just this name."""
        if self.area.kind == "voivodeship":
            return True
        pairs = zip(self.words, typed, strict=False)
        return all(name in lemmas.asked(word) for name, word in pairs)

    def may_be_meant(self, typed: Sequence[str], folded: tuple[str, ...], before: str) -> bool:
        """Whether the words are likely to speak of it after this preposition, or after none.

        "Śląska" is rather a street, "Łódź Górna" is not in Górno, and "do zabaw" not in Zabawa.
        """
        if folded == self.words:
            return True
        if not before:
            return self.area.kind != "voivodeship" and not self.area.minor
        daily = len(typed) == 1 and lemmas.is_common_noun(typed[0])
        return not (self.area.minor and daily and before in _FROM_OR_TO)


class Known:
    """The names a question may speak of.  Making one takes a while; keep it.

    `areas` stand in order of likelihood; `networks` gives the key of every name of a network;
    `pairs` are neighbouring folded words of the names of places, see `pairs_of`.
    """

    def __init__(
        self,
        areas: Iterable[Area] = (),
        networks: Mapping[str, str] | None = None,
        pairs: Container[tuple[str, str]] = frozenset(),
    ) -> None:
        listed = tuple(areas)
        shorter = set(_without_first(listed))
        self._areas: Phrases[Named] = Phrases(
            [
                *_voivodeships(),
                *(one for n, area in enumerate(listed) for one in _names(area, n, shorter)),
            ]
        )
        named = dict(networks or {})
        named |= {name.replace("+", " plus"): key for name, key in named.items()}
        self.networks = Phrases((form(name), key) for name, key in named.items())
        self._pairs = pairs

    def areas_at(
        self, words: Sequence[str], begin: int, before: str
    ) -> tuple[int, tuple[Area, ...]]:
        """The areas that are meant by the words from here on, and how many words that takes.

        `before` is the preposition, folded.  The likeliest first: after "na" a district.
        """
        matches = self._areas.at(words, begin)
        length = matches[0].length if matches else 0
        typed = words[begin : begin + length]
        folded = tuple(text.fold(word) for word in typed)
        every = [match.value for match in matches]
        named = [one for one in every if one.may_be_meant(typed, folded, before)]
        exact = [one for one in named if one.is_lemma_of(typed)]
        if not exact and length > 1:
            # The dictionary knows few double names: "Biała Podlaska" ends in an adjective to it.
            exact = named
        if not before or before in _BEFORE_NAME:
            # The name itself before what it may be a form of: Rudna is seldom "from Rudno".
            exact = [one for one in exact if one.words == folded] or exact
        wanted = "district" if _BEFORE_DISTRICT.match(before) else before and "settlement"
        exact.sort(
            key=lambda one: (
                bool(wanted) and one.area.kind != wanted, one.words != folded, one.order
            )
        )  # fmt: skip
        return length, tuple(dict.fromkeys(one.area for one in exact))[:MOST_AREAS]

    def is_in_a_name(self, folded: Sequence[str]) -> bool:
        """Whether two of these words stand side by side in the name of a place."""
        return any(pair in self._pairs for pair in zip(folded, folded[1:], strict=False))


def pairs_of(name: str, *own: str) -> Iterator[tuple[str, str]]:
    """The neighbouring words of a place's name, without those that only say where it is.

    `own` are its city and district: "w Krakowie" says nothing new of a club in Kraków, "Na
    Kozłówce" is a name, for Kozłówka is a village elsewhere.
    """
    where = {key for one in own for word in lemmas.split(one) for key in lemmas.keys(word)}
    split = lemmas.split(name)
    for first, second in zip(split, split[1:], strict=False):
        if where.isdisjoint(lemmas.keys(second)):
            yield text.fold(first), text.fold(second)


def _names(
    area: Area, order: int, shorter: Container[tuple[Area, str]]
) -> Iterator[tuple[Form, Named]]:
    yield form(area.name), Named(area, tuple(text.words(area.name)), order)
    parts = list(_parts(area))
    last = area.name.partition(" ")[2]
    if (area, last) in shorter:
        parts.append(last)
    for part in dict.fromkeys(parts):
        known = part == area.name or part in _COMMON_PARTS or _SIDE.fullmatch(f" {part}")
        if len(part) > _SHORTEST_PART and not known:
            yield form(part), Named(area, tuple(text.words(part)), order)


def _without_first(areas: Sequence[Area]) -> Iterator[tuple[Area, str]]:
    """What is left of the names of districts without the first word, where another district of the
    city is called so too: Stary Widzew beside Widzew-Wschód."""
    districts = [area for area in areas if area.kind == "district"]
    parts = {(area.within, part) for area in districts for part in _parts(area)}
    for area in districts:
        last = area.name.partition(" ")[2]
        if (area.within, last) in parts:
            yield area, last


def _parts(area: Area) -> Iterator[str]:
    """What an area is called in short: "Zaspa" for Zaspa-Młyniec, "Bielsko" for Bielsko-Biała."""
    parts = [part.strip() for part in area.name.split("-")]
    if area.kind == "settlement":
        yield parts[0]
    if area.kind == "district":
        for part in (area.name, *parts):
            yield part
            yield _SIDE.sub("", part)


def _voivodeships() -> Iterator[tuple[Form, Named]]:
    for name, regions in _VOIVODESHIPS.items():
        area = Area("voivodeship", name, name)
        yield neuter(name), Named(area, tuple(text.words(name)))
        for region in regions:
            yield form(region), Named(area, tuple(text.words(region)))
