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
_BEFORE_DISTRICT = re.compile("na|w dzielnicy")


class Area(NamedTuple):
    """A part of the country that people name."""

    kind: Literal["settlement", "district", "voivodeship"]
    name: str
    """As on a map: "Nowa Huta"."""
    value: str
    """What the caller knows it by; handed back as it came."""
    within: str = ""
    """The city of a district."""


class Named(NamedTuple):
    """An area under one of its names, in folded words."""

    area: Area
    words: tuple[str, ...]
    in_part: bool = False
    """Whether this is only a part of its name: "Zaspa", "Bielsko"."""

    def is_lemma_of(self, typed: Sequence[str]) -> bool:
        """Whether the typed words are forms of just this name."""
        if self.area.kind == "voivodeship":
            return True
        pairs = zip(self.words, typed, strict=False)
        return all(name in lemmas.asked(word) for name, word in pairs)

    def stands_alone(self, folded: tuple[str, ...]) -> bool:
        """Whether it may be meant without a preposition: "śląska" is rather a street."""
        return self.area.kind != "voivodeship" or folded == self.words


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
        self._areas: Phrases[Named] = Phrases(
            [*_voivodeships(), *(one for area in areas for one in _names(area))]
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
        named = [match.value for match in matches if before or match.value.stands_alone(folded)]
        exact = [one for one in named if one.is_lemma_of(typed)]
        if not exact and length > 1:
            # The dictionary knows few double names: "Biała Podlaska" ends in an adjective to it.
            exact = named
        wanted = "district" if _BEFORE_DISTRICT.match(before) else before and "settlement"
        exact.sort(key=lambda one: (bool(wanted) and one.area.kind != wanted, one.words != folded))
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


def _names(area: Area) -> Iterator[tuple[Form, Named]]:
    yield form(area.name), Named(area, tuple(text.words(area.name)))
    for part in dict.fromkeys(_parts(area)):
        if part != area.name and len(part) > _SHORTEST_PART and not _SIDE.fullmatch(f" {part}"):
            yield form(part), Named(area, tuple(text.words(part)), True)


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
