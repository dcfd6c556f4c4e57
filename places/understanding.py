"""What a query is understood to mean: places, times, people, and the words that remain.

Where the catalogue knows a fact of every place (where it is), an intent is a condition; where it
seldom does (for whom, at what price, how accessible), it is a wish: unknown is never no, so a wish
puts places first and leaves out only those that say no.  The words become groups joined by AND,
each word with its forms and its other names joined by OR.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from places import intents, lemmas, remembered, spelling, synonyms, text
from places.index import Index
from places.intents import Intent, Reading
from places.query import MOST_WORDS, Query

_FEWEST_LETTERS = 2
"""From so many letters on the last word may be the beginning of a longer one."""
_WISHES = ("audience", "free", "accessibility", "type", "network")
_SOUGHT = ("type", "network", "postcode")
"""What is understood, and looked for in the words all the same."""


@dataclass(frozen=True)
class Group:
    """A word or a phrase that a place must have, in any of its forms or under another name."""

    said: str
    """As typed."""
    match: str
    """The same for FTS5."""
    tokens: frozenset[str]
    """What it is found by: to tell which field held it."""


@dataclass(frozen=True)
class Wish:
    """What places are ordered by, because most of them say nothing of it."""

    kind: str
    """"audience", "free", "accessibility", "type" or "network"."""
    values: tuple[str, ...]
    """Any of them."""


@dataclass(frozen=True)
class Correction:
    """A word that was searched for instead of another."""

    typed: str
    used: str


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
    literal: str = ""
    """All groups, and the areas as words too, for FTS5; empty where no area was said."""
    wishes: tuple[Wish, ...] = ()
    open: tuple[str, ...] = ()
    """Times, any of them: codes as in `Query.open`."""
    corrections: tuple[Correction, ...] = ()

    @property
    def every(self) -> str:
        """All groups for FTS5; empty when there is none."""
        return _all(self.groups)

    @property
    def some(self) -> str:
        """Any of the groups, for when no place has them all; empty where that is no less."""
        if self.reading is None or len(self.groups) < 2:
            return ""
        return " OR ".join(group.match for group in self.groups)


def understand(index: Index, query: Query, now: datetime, bold: bool = False) -> Understood:
    """What the words of the query mean at this moment.

    `bold` also corrects words that exist but occur nowhere in the catalogue: for a second try.
    """
    asked = (query.open,) if query.open else ()
    if not query.words:
        return Understood(open=asked)
    if query.exact:
        groups = tuple(Group(one, f'"{one}"*', frozenset([one])) for one in query.words)
        return Understood(groups=groups, open=asked)
    known, vocabulary = remembered.names(index), remembered.vocabulary(index)
    reading = intents.read(query.q, known, now)
    corrections = tuple(_corrections(reading, vocabulary, bold))
    if corrections:
        used = {one.typed: one.used for one in corrections}
        reading = intents.read(" ".join(used.get(w, w) for w in reading.words), known, now)
    certain = [one for one in reading.intents if one.certain]
    times = tuple(value for one in certain if one.kind == "open" for value in one.values)
    groups = tuple(_groups(_remaining(reading), query.q))
    places = tuple(one for one in certain if one.kind in ("in", "near") and one.areas)
    return Understood(
        reading=reading,
        groups=groups,
        places=places,
        names=tuple(_in_names(reading, one) for one in places),
        literal=_literal(reading, groups, places, query.q),
        wishes=tuple(Wish(o.kind, o.values) for o in reading.intents if o.kind in _WISHES),
        open=asked or times,
        corrections=corrections,
    )


def _remaining(reading: Reading) -> list[str]:
    """The words to be looked for; a kind, a network or a postcode said alone is one of them."""
    certain = [one for one in reading.intents if one.certain and one.kind in _SOUGHT]
    said = [word for one in certain for word in reading.words[one.begin : one.end]]
    return [part for word in [*said, *reading.rest.split()] for part in _parts(word)][:MOST_WORDS]


def _in_names(reading: Reading, place: Intent) -> str:
    if place.introduced:
        return ""
    return f"{{name}} : ({_all(_groups(_name(reading, place), ''))})"


def _literal(reading: Reading, groups: Sequence[Group], places: Sequence[Intent], q: str) -> str:
    named = (group for one in places for group in _groups(_name(reading, one), q))
    return _all([*groups, *named]) if places else ""


def _name(reading: Reading, place: Intent) -> list[str]:
    """The words of an area without those that lead to it."""
    words = reading.words[place.begin + place.introduced : place.end]
    return [part for word in words for part in _parts(word)]


def _parts(word: str) -> list[str]:
    """ "3.0" and "31-559" stand in the index as two words each; "60+" has other names."""
    return [word] if word.endswith("+") else lemmas.split(word)


def _all(groups: Iterable[Group]) -> str:
    return " AND ".join(group.match for group in groups)


def _groups(words: Sequence[str], q: str) -> Iterator[Group]:
    phrase = tuple(word.casefold() for word in words)
    # Somebody may still be typing the last word, unless a space follows it.
    typing = bool(words) and q.endswith(words[-1])
    for group in synonyms.widened(phrase):
        own = phrase[group.begin : group.end]
        is_last = typing and group.end == len(phrase)
        ways = [_all_of(own, is_last), *(_all_of(other, False) for other in group.others)]
        found = frozenset(
            chain.from_iterable(lemmas.tokens_asked(w) for w in chain(own, *group.others))
        )
        match = " OR ".join(dict.fromkeys(ways))
        yield Group(" ".join(words[group.begin : group.end]), f"({match})", found)


def _all_of(phrase: Sequence[str], is_last: bool) -> str:
    last = len(phrase)
    parts = [_any_form(word, is_last and n == last) for n, word in enumerate(phrase, 1)]
    return "(" + " AND ".join(parts) + ")"


def _any_form(word: str, is_last: bool) -> str:
    found = [f'"{token}"' for token in lemmas.tokens_asked(word)]
    if is_last and len(word) >= _FEWEST_LETTERS:
        found.append(f"{found[0]}*")
    return "(" + " OR ".join(found) + ")"


def _corrections(
    reading: Reading, vocabulary: spelling.Vocabulary, bold: bool
) -> Iterator[Correction]:
    """Words in place of those that occur nowhere."""
    taken = {n for one in reading.intents for n in range(one.begin, one.end)}
    for number, word in enumerate(reading.words):
        folded = text.fold(word)
        if number in taken or any(key in vocabulary.words for key in lemmas.asked(word)):
            continue
        if not bold and (lemmas.is_known(word) or synonyms.widened((word.casefold(),))[0].others):
            continue
        is_last = number == len(reading.words) - 1
        if is_last and any(known.startswith(folded) for known in vocabulary.words):
            continue
        if found := spelling.correct(folded, vocabulary):
            yield Correction(word, found.word)


def said(understood: Understood, intent: Intent) -> str:
    """The words an intent came from."""
    return understood.reading.said(intent) if understood.reading else ""


def without(query: Query, understood: Understood, intent: Intent) -> str:
    """The text of the query without the words of an intent: what removing its chip leaves."""
    if understood.reading is None:
        return query.q
    words: Iterable[str] = understood.reading.words
    kept = [w for n, w in enumerate(words) if not intent.begin <= n < intent.end]
    return " ".join(kept)
