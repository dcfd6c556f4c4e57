"""What else a word of the field is called: "MAL" is a place of local activity, "60+" are seniors.

The lists are in synonyms.toml, for people to read and mend.  Only questions are widened, never the
index, so that a mended list needs no new index.
"""

import tomllib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from places import lemmas, text
from places.phrases import Phrase, Phrases, form, words_of

_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Group:
    """Words of a question, from `begin` to before `end`, and what else they may be called."""

    begin: int
    end: int
    others: tuple[Phrase, ...]
    """Phrases that answer the question as well; empty for most words."""


class _Lists(NamedTuple):
    same: list[list[str]]
    also: dict[str, list[str]]


@cache
def words() -> frozenset[str]:
    """The folded words of the lists, acronyms left out: a typing error may have come from them."""
    lists = _lists()
    every = [one for line in lists.same for one in line] + [
        *lists.also,
        *chain(*lists.also.values()),
    ]
    return frozenset(
        text.fold(word) for one in every if not one.isupper() for word in words_of(one)
    )


@cache
def marked() -> Mapping[str, str]:
    """The words of the lists as they are written, by the same folded."""
    lists = _lists()
    every = [*chain(*lists.same), *lists.also, *chain(*lists.also.values())]
    return {text.fold(word): word for one in every for word in words_of(one)}


@lru_cache(maxsize=4096)
def widened(words: Phrase) -> tuple[Group, ...]:
    """The words of a question, as typed, in groups that follow each other; longest phrase first."""
    groups: list[Group] = []
    at = 0
    while at < len(words):
        found = _phrases().at(words, at)
        length = found[0].length if found else 1
        others = [other for match in found for other in _others()[match.value]]
        known = {tuple(words[at : at + length]), *(match.value for match in found)}
        groups.append(Group(at, at + length, _telling(others, known)))
        at += length
    return tuple(groups)


def _telling(others: Sequence[Phrase], known: Set[Phrase]) -> tuple[Phrase, ...]:
    """Those that find more: where "dom kultury" is looked for, "miejski dom kultury" finds none.

    A phrase with a plus is only recognised, for the index has no signs.
    """
    looked_for = {*others, *known}
    return tuple(
        other
        for other in dict.fromkeys(others)
        if other not in known
        and not any(word.endswith("+") or word == "plus" for word in other)
        and not any(len(one) < len(other) and _covers(one, other) for one in looked_for)
    )


@lru_cache(maxsize=4096)
def _covers(one: Phrase, other: Phrase) -> bool:
    """Whether what has the words of the other has those of this one too, in some form."""
    held = {key for word in other for key in lemmas.keys(word)}
    return all(not held.isdisjoint(lemmas.keys(word)) for word in one)


@cache
def _others() -> Mapping[Phrase, tuple[Phrase, ...]]:
    """For every phrase of the lists the phrases it also means."""
    same = _same()
    found = {phrase: dict.fromkeys(others) for phrase, others in same.items()}
    for asked, also in _lists().also.items():
        wider = [meant for one in map(words_of, also) for meant in (one, *same.get(one, ()))]
        # What is meant by a word is meant by the words that mean the same.
        for phrase in (words_of(asked), *same.get(words_of(asked), ())):
            found.setdefault(phrase, {}).update(dict.fromkeys(wider))
    return {phrase: tuple(others) for phrase, others in found.items()}


def _same() -> Mapping[Phrase, tuple[Phrase, ...]]:
    found: dict[Phrase, dict[Phrase, None]] = {}
    for line in _lists().same:
        phrases = [words_of(one) for one in line]
        for phrase in phrases:
            found.setdefault(phrase, {}).update(dict.fromkeys(phrases))
    return {
        phrase: tuple(other for other in others if other != phrase)
        for phrase, others in found.items()
    }


@cache
def _phrases() -> Phrases[Phrase]:
    lists = _lists()
    written = {words_of(one): one for line in lists.same for one in line}
    written |= {words_of(one): one for one in lists.also}
    return Phrases((form(one), phrase) for phrase, one in written.items())


@cache
def _lists() -> _Lists:
    return _Lists(**tomllib.loads(_FILE.read_text(encoding="utf-8")))
