"""What a query is understood to mean: places, times, people, and the words that remain.

Where the catalogue knows a fact of every place (where it is), an intent is a condition; where it
seldom does (for whom, at what price, how accessible), it is a wish: unknown is never no, so a wish
puts places first and leaves out only those that say no.  The words become groups joined by AND,
each word with its forms and its other names joined by OR.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from math import log

from places import correcting, intents, lemmas, remembered, spelling
from places.correcting import Correction
from places.groups import Group, all_of, groups_of
from places.index import Index
from places.intents import Intent, Reading
from places.query import MOST_WORDS, Query

_MOST_TELLING = 8
"""Groups of a long question that a place may have in part: of thirty, every place has some."""
_WISHES = ("audience", "free", "accessibility", "type", "network")
_ALSO = {"children": ("families",), "families": ("children",)}
"""Audiences that are as good: who comes with a child looks for either."""
_SOUGHT = ("type", "network", "postcode")
"""What is understood, and looked for in the words all the same."""


@dataclass(frozen=True)
class Wish:
    """What places are ordered by, because most of them say nothing of it."""

    kind: str
    """"audience", "free", "accessibility", "type" or "network"."""
    values: tuple[str, ...]
    """Any of them."""
    certain: bool = True
    """If not, the words may as well be a name."""


@dataclass(frozen=True)
class Understood:
    """A query, read."""

    reading: Reading | None = None
    groups: tuple[Group, ...] = ()
    places: tuple[Intent, ...] = ()
    """Towns and other areas said with certainty; any of the readings of each."""
    names: tuple[str, ...] = ()
    """For each of these: what names hold it, for FTS5, because "Gliwice" may also be a name; empty
    where a preposition leads to it."""
    called: tuple[Group, ...] = ()
    """The areas as words to be looked for, for when they are rather a part of a name."""
    wishes: tuple[Wish, ...] = ()
    open: tuple[str, ...] = ()
    """Times, any of them: codes as in `Query.open`."""
    offered: tuple[Intent, ...] = ()
    """Areas that are rather words: of places as good in words those there come first."""
    corrections: tuple[Correction, ...] = ()

    @property
    def every(self) -> str:
        """All groups for FTS5; empty when there is none."""
        return all_of(self.groups)

    @property
    def literal(self) -> str:
        """All groups, and the areas as words too, for FTS5; empty where no area was said."""
        return all_of([*self.groups, *self.called]) if self.called else ""

    @property
    def needs(self) -> tuple[Wish, ...]:
        """The wishes that leave out who says no: a place without a lift, one that costs money."""
        return tuple(one for one in self.wishes if one.kind in ("accessibility", "free"))

    @property
    def around(self) -> bool:
        """Whether we have no place of our own in a town that was said, and look around it."""
        return any(is_around(one) for one in self.places)

    @property
    def beside(self) -> bool:
        """Whether a wish or a time was said beside the words that are looked for."""
        kinds = ("audience", "free", "accessibility", "open")
        said = self.reading.intents if self.reading else ()
        return any(one.certain and one.kind in kinds for one in said)

    @property
    def telling(self) -> tuple[Group, ...]:
        """The few groups that tell most, for when no place has them all."""
        found = [group for group in self.groups if not group.generic]
        return tuple(sorted(found, key=lambda group: -group.telling)[:_MOST_TELLING])

    @property
    def some(self) -> str:
        """Any of the groups that tell something, for when no place has all; empty if none does."""
        if self.reading is None or len(self.groups) < 2:
            return ""
        return " OR ".join(group.match for group in self.telling)


def understand(index: Index, query: Query, now: datetime, bold: bool = False) -> Understood:
    """What the words of the query mean at this moment.

    `bold` also corrects words that exist but occur nowhere in the catalogue: for a second try.
    """
    asked = (query.open,) if query.open else ()
    if not query.words:
        return Understood(open=asked)
    if query.exact:
        groups = tuple(Group(one, f'"{one}"*', ((f" {one}",),)) for one in query.words)
        return Understood(groups=groups, open=asked)
    known, vocabulary = remembered.names(index), remembered.vocabulary(index)
    reading = correcting.settled(intents.read(query.q, known, now), vocabulary)
    corrections = tuple(correcting.corrections(reading, vocabulary, bold))
    if corrections:
        used = {one.typed: one.used for one in corrections}
        typed = " ".join(used.get(word, word) for word in reading.words)
        reading = correcting.settled(intents.read(typed, known, now), vocabulary)
    return _understood(index, query, reading, corrections)


def _understood(
    index: Index, query: Query, reading: Reading, corrections: tuple[Correction, ...]
) -> Understood:
    vocabulary = remembered.vocabulary(index)
    certain = [one for one in reading.intents if one.certain]
    times = tuple(value for one in certain if one.kind == "open" for value in one.values)
    groups = tuple(
        replace(one, telling=_telling(one, vocabulary), generic=_is_generic(one))
        for one in groups_of(_remaining(reading), query.q, vocabulary)
    )
    areas = [one for one in reading.intents if one.kind in ("in", "near") and one.areas]
    places = tuple(one for one in areas if one.certain)
    return Understood(
        reading=reading,
        groups=groups,
        places=places,
        names=tuple(_in_names(reading, one) for one in places),
        called=tuple(group for one in places for group in groups_of(_name(reading, one), query.q)),
        wishes=tuple(
            Wish(one.kind, _with_others(one.values), one.certain)
            for one in reading.intents
            if one.kind in _WISHES
        ),
        open=(query.open,) if query.open else times,
        offered=tuple(one for one in areas if not one.certain),
        corrections=corrections,
    )


def with_offered(index: Index, query: Query, understood: Understood) -> Understood:
    """The same with the areas that were only offered taken for certain."""
    if understood.reading is None or not understood.offered:
        return understood
    reading = correcting.certain(understood.reading, understood.offered)
    return _understood(index, query, reading, understood.corrections)


def is_around(intent: Intent) -> bool:
    """Whether all its areas are but points of the gazetteer."""
    return intent.kind == "in" and all(map(correcting.is_point, intent.areas))


def _remaining(reading: Reading) -> list[str]:
    """The words to be looked for; a kind, a network or a postcode said alone is one of them."""
    certain = [one for one in reading.intents if one.certain and one.kind in _SOUGHT]
    said = [word for one in certain for word in reading.words[one.begin : one.end]]
    return [part for word in [*said, *reading.rest.split()] for part in _parts(word)][:MOST_WORDS]


def _in_names(reading: Reading, place: Intent) -> str:
    if place.introduced:
        return ""
    return f"{{name}} : ({all_of(groups_of(_name(reading, place), ''))})"


def _name(reading: Reading, place: Intent) -> list[str]:
    """The words of an area without those that lead to it."""
    words = reading.words[place.begin + place.introduced : place.end]
    return [part for word in words for part in _parts(word)]


def _parts(word: str) -> list[str]:
    """ "3.0" and "31-559" stand in the index as two words each; "60+" has other names."""
    return [word] if word.endswith("+") else lemmas.split(word)


def _with_others(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for value in values for one in (value, *_ALSO.get(value, ())))


def _telling(group: Group, vocabulary: spelling.Vocabulary) -> float:
    """By how few places have the rarest of its words."""
    counts = (
        max(
            (vocabulary.words.get(one.strip().removeprefix(lemmas.FORM), 0) for one in word),
            default=0,
        )
        for word in group.own
    )
    return log(1 + vocabulary.most / max(1, min(counts))) / log(1 + vocabulary.most)


def _is_generic(group: Group) -> bool:
    return not group.others and intents.is_in_names_of_types(group.said)


def respelled(index: Index, understood: Understood) -> str:
    """The question with its towns spelt as ours are, see correcting.py; empty where none is."""
    if understood.reading is None:
        return ""
    return correcting.respelled(understood.reading, remembered.vocabulary(index))


def said(understood: Understood, intent: Intent) -> str:
    """The words an intent came from."""
    return understood.reading.said(intent) if understood.reading else ""


def without(query: Query, understood: Understood, intent: Intent) -> str:
    """The text of the query without the words of an intent: what removing its chip leaves."""
    if understood.reading is None:
        return query.q
    others = any(one.certain and one != intent for one in understood.reading.intents)
    if not (others or understood.reading.rest):
        return ""  # Fillers alone would be looked for as they stand.
    words: Iterable[str] = understood.reading.words
    kept = [w for n, w in enumerate(words) if not intent.begin <= n < intent.end]
    return " ".join(kept)
