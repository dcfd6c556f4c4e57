"""What a question means: where, when, for whom, at what price, how accessible, what kind of place.

A name may also be a place ("Klub Kraków", the village Wola), so a reading is certain only where
nothing speaks against it; an uncertain one is offered and its words stay text.  Nothing is ever
refused here: what is not understood is looked for as it stands.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from places import ages, lemmas, moments, synonyms, text
from places.known import Area, Known
from places.phrases import Form, Phrases, form
from places.vocabulary import TYPES

Kind = Literal[
    "in", "near", "here", "postcode", "open", "audience", "free", "accessibility", "people",
    "type", "network",
]  # fmt: skip
MOST_WORDS = 64
"""Words that are read; all the others stay text."""
# A clock, a date, a postcode, a span of hours; else letters and digits, a plus kept.
# Every repetition has an end: "1..1..1.." must not be read again from each of its digits.
_TOKEN = re.compile(
    r"\d[\d.:]{0,16}-\d[\d.:-]{0,24}(?!\w)|\d{1,4}[.:]\d[\d.:]{0,16}(?!\w)|[^\W_]+\+?"
)
# "MAL-u", "GOK-ów": the ending of an acronym is no word.
_HYPHENED = re.compile(r"\b([^\W\d_]{2,5})-(?:u|e|em|owi|ie|i|y|a|ów|ow|ach|om|ami)\b", re.I)
_POSTCODE = re.compile(r"\d\d-\d{3}")
_NAMED = frozenset(["im", "imienia", "os", "osiedle", "osiedlu", "rondo", "rondzie", "skwer"])
_STREET = frozenset(["ul", "ulica", "ulicy", "al", "aleja", "alei", "pl", "plac", "placu"])
_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Intent:
    """Something that was understood, in the words from `begin` to before `end`."""

    kind: Kind
    values: tuple[str, ...]
    """Codes, the likeliest first; any of them."""
    begin: int
    end: int
    certain: bool = True
    """If not, the words may as well be a name: they stay in the rest."""
    areas: tuple[Area, ...] = ()
    """For "in" and "near": what each value is."""
    introduced: int = 0
    """How many of the words only lead to the place: "w", "na terenie"."""
    others: tuple[Area, ...] = ()
    """Areas of that name that are less likely meant, and are only offered."""


@dataclass(frozen=True)
class Reading:
    """A question understood as far as possible."""

    words: tuple[str, ...]
    """As typed, without punctuation."""
    intents: tuple[Intent, ...]
    """In the order of the words."""
    rest: str
    """The words that have to be looked for: those of no certain intent, and no filler."""

    def said(self, intent: Intent) -> str:
        """The words an intent came from."""
        return " ".join(self.words[intent.begin : intent.end])


def read(q: str, known: Known, now: datetime) -> Reading:
    """What the question means at this moment."""
    typed = _TOKEN.findall(_HYPHENED.sub(r"\1", text.clean(q)))
    question = _Question(typed[:MOST_WORDS], known)
    chosen = _chosen(question.candidates(now))
    chosen = _kinds_only_alone(question, _districts_of_their_city(chosen))
    rest = [*question.left(chosen), *typed[MOST_WORDS:]]
    return Reading(tuple(typed), tuple(sorted(chosen, key=_place)), " ".join(rest))


class _Question:
    """The words of a question, and every reading of them taken alone."""

    def __init__(self, typed: Sequence[str], known: Known) -> None:
        self.typed = typed
        self.words = [word.casefold() for word in typed]
        self.folded = [text.fold(word) for word in typed]
        self._known = known

    def candidates(self, now: datetime) -> Iterator[Intent]:
        """Readings that may overlap."""
        for when in moments.read(self.folded, now):
            # "Ul. 3 Maja", "im. 11 Listopada" are no dates.
            if not (when.begin and self.folded[when.begin - 1] in _STREET | _NAMED):
                yield Intent("open", when.values, when.begin, when.end, when.certain)
        for begin in range(len(self.words)):
            yield from self._said(begin)
            yield from self._audience(begin)
            yield from self._counts(begin)
            yield from self._area(begin)
            if _POSTCODE.fullmatch(self.words[begin]):
                yield Intent("postcode", (self.words[begin],), begin, begin + 1)

    def left(self, intents: Iterable[Intent]) -> list[str]:
        """The words as typed that no certain intent took, without fillers."""
        taken, offered = (
            {n for one in intents if one.certain is certain for n in range(one.begin, one.end)}
            for certain in (True, False)
        )
        kept = [n for n in range(len(self.words)) if n not in taken]
        telling = [n for n in kept if n in offered or n not in self._fillers]
        words = telling if taken or telling else kept
        return [self.typed[n] for n in words]

    @cached_property
    def _fillers(self) -> set[int]:
        found: set[int] = set()
        for begin in range(len(self.words)):
            for match in _lists().fillers.at(self.words, begin):
                found |= set(range(begin, begin + match.length))
        # "Gry w karty" is one thing, with its preposition.
        phrases = (range(one.begin, one.end) for one in self._groups if one.end - one.begin > 1)
        # "Ul. 3 Maja": without marks the month is a form of "mieć".
        streets = (n for n in range(len(self.words)) if self.folded[n] in _STREET | _NAMED)
        months = (n + 2 for n in streets if "".join(self.folded[n + 1 : n + 2]).isdecimal())
        return found.difference(months, *phrases)

    def _said(self, begin: int) -> Iterator[Intent]:
        """Phrases that mean one thing wherever they stand."""
        for match in _lists().said.at(self.words, begin):
            kind, value = match.value
            yield Intent(kind, (value,), begin, begin + match.length)
        # "Dom sąsiedzki" is a type before it is a network, "miejsce aktywności lokalnej" is not.
        for kind, phrases in (
            ("type", _lists().type_names), ("network", self._known.networks),
            ("type", _lists().types),
        ):  # fmt: skip
            matches = phrases.at(self.words, begin)
            values = tuple(dict.fromkeys(match.value for match in matches))
            if values:
                yield Intent(kind, values, begin, begin + matches[0].length)

    def _counts(self, begin: int) -> Iterator[Intent]:
        """Ages and numbers of people: "dla 5-latka", "na 100 osób"."""
        if age := ages.age_at(self.folded, begin):
            yield Intent("audience", (age.value,), begin, begin + age.length)
        if people := ages.people_at(self.folded, begin):
            yield Intent("people", (people.value,), begin, begin + people.length)

    def _audience(self, begin: int) -> Iterator[Intent]:
        after = self.folded[begin] == "dla" and begin + 1 < len(self.words)
        phrases = _lists().audience_after_dla if after else _lists().audience
        start = begin + after
        for match in phrases.at(self.words, start):
            end = start + match.length
            yield Intent("audience", (match.value,), begin, end, certain=after)

    def _area(self, begin: int) -> Iterator[Intent]:
        if begin and self.folded[begin - 1] in _STREET:
            return
        first, kind = self._preposition(begin)
        before = " ".join(self.folded[first:begin])
        length, areas = self._known.areas_at(self.words, begin, before)
        if areas:
            end = begin + length
            # "Na Leśnej" is a street: villages are lived in, not on.
            street = before == "na" and all(area.kind == "settlement" for area in areas)
            named = street or self._may_be_a_name(begin, end, bool(before))
            values = tuple(area.value for area in areas)
            yield Intent(kind, values, first, end, not named, areas, begin - first)

    def _preposition(self, begin: int) -> tuple[int, Literal["in", "near"]]:
        """Where the words that introduce a place begin, and what they say of it."""
        for length in (3, 2, 1):
            said = " ".join(self.folded[max(0, begin - length) : begin])
            if length <= begin and said in _lists().before_place:
                return begin - length, _lists().before_place[said]
        return begin, "in"

    def _may_be_a_name(self, begin: int, end: int, introduced: bool) -> bool:
        """Whether the words may be no place here: part of a name, or of what is done there."""
        if self._known.is_in_a_name(self.folded[max(0, begin - 1) : end + 1]):
            return True
        for group in self._groups:
            if group.others and group.begin <= begin and end <= group.end:
                # "Koło" is a town, "koło gospodyń" is none.
                return not introduced or group.end - group.begin > end - begin
        return not introduced and self._stands_beside_a_name(begin, end)

    def _stands_beside_a_name(self, begin: int, end: int) -> bool:
        """Whether a neighbouring word is one that names begin with: "Klub Kraków"."""
        if any(form in _lists().before_place for form in lemmas.asked(self.words[begin])):
            return True  # "Koło fotograficzne" is not in Koło, nor "koła teatralnego".
        left = self.words[max(0, begin - 1) : begin]
        if "dla" in self.folded[max(0, begin - 3) : begin]:
            left = []  # "Dla seniora Radom" names no club.
        return any(map(is_in_names_of_types, (*left, *self.words[end:][:1])))

    @cached_property
    def _groups(self) -> tuple[synonyms.Group, ...]:
        return synonyms.widened(tuple(self.words))


def is_in_names_of_types(word: str) -> bool:
    """Whether kinds of places are called by it, as by "dom" and "klub"."""
    return not _lists().name_words.isdisjoint(lemmas.asked(word))


def _chosen(candidates: Iterable[Intent]) -> list[Intent]:
    """Readings that do not overlap: the longest first, of equal ones the certain first."""
    chosen: list[Intent] = []
    for one in sorted(candidates, key=lambda i: (i.begin - i.end, not i.certain, i.begin)):
        if all(one.end <= other.begin or other.end <= one.begin for other in chosen):
            chosen.append(one)
    return chosen


def _districts_of_their_city(intents: list[Intent]) -> list[Intent]:
    """ "Kraków, Podgórze" speaks of the Podgórze in Kraków alone."""
    cities = {area.name for one in intents for area in one.areas if area.kind == "settlement"}
    found = []
    for one in intents:
        own = tuple(area for area in one.areas if area.within in cities)
        if own:
            one = replace(one, areas=own, values=tuple(area.value for area in own))
        found.append(one)
    return found


def _kinds_only_alone(question: _Question, intents: list[Intent]) -> list[Intent]:
    """A type or a network is certain where no other word is left: else it may begin a name."""
    if not question.left(intents):
        return intents
    return [
        replace(one, certain=False) if one.kind in ("type", "network") else one for one in intents
    ]


def _place(intent: Intent) -> tuple[int, int]:
    return intent.begin, intent.end


class _Lists(NamedTuple):
    """intents.toml, ready to be used."""

    said: Phrases[tuple[Kind, str]]
    type_names: Phrases[str]
    types: Phrases[str]
    audience: Phrases[str]
    audience_after_dla: Phrases[str]
    fillers: Phrases[None]
    before_place: Mapping[str, Literal["in", "near"]]
    name_words: frozenset[str]


@cache
def _lists() -> _Lists:
    file = _file()
    names = [(form(kind.name), code) for code, kind in TYPES.items() if code != "inne"]
    types = _entries(file["type"])
    audience = _entries(file["audience"])
    before = file["before_place"]
    said: Mapping[Kind, str] = {
        "free": "free", "accessibility": "accessibility", "audience": "audience_alone",
        "here": "here",
    }  # fmt: skip
    return _Lists(
        said=Phrases(
            (f, (kind, v)) for kind, name in said.items() for f, v in _entries(file[name])
        ),
        type_names=Phrases(names),
        types=Phrases(types),
        audience=Phrases(audience),
        audience_after_dla=Phrases([*audience, *_entries(file["audience_after_dla"])]),
        fillers=Phrases((form(word), None) for word in file["filler"]["words"]),
        before_place={
            **{text.fold(word): "in" for word in before["inside"]},
            **{text.fold(word): "near" for word in before["around"]},
        },
        name_words=frozenset(
            key for one, _ in (*names, *types) for keys in one.keys for key in keys
        ),
    )


def _entries(lists: Mapping[str, Sequence[str]]) -> list[tuple[Form, str]]:
    return [(form(phrase), value) for value, phrases in lists.items() for phrase in phrases]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
