"""Known phrases found among the words of a question, whatever form they are typed in.

A phrase is known by the keys of its words (see lemmas.py), so that "klubów seniora" is "klub
seniora".  An acronym is not a word: "CAS" must not be found in "czas", so it is known by its
letters and the few endings speech gives it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from places import lemmas, text

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+\+?")  # "60+" is not 60
_ENDINGS = ("", "u", "em", "owi", "ow", "ach")  # "w MAL-u", "CAL-em", "GOK-ów"
_ADJECTIVE = ("", "go", "mu")  # "śląskie", "śląskiego", "śląskiemu"

Phrase = tuple[str, ...]
"""Words one after another, small letters with marks."""


def words_of(written: str) -> Phrase:
    """The words of a phrase; a plus stays with its word."""
    return tuple(_WORD.findall(text.clean(written).casefold()))


class Form(NamedTuple):
    """How a phrase is recognised: for each word, what it must have."""

    keys: tuple[frozenset[str], ...]
    exact: bool
    """Whether only the letters count, not what they may be a form of."""

    def fits(self, words: Sequence[str]) -> bool:
        """Whether the words are this phrase in some form; there are as many."""
        if self.exact:
            return all(text.fold(word) in own for own, word in zip(self.keys, words, strict=True))
        return all(
            not own.isdisjoint(lemmas.asked(word))
            for own, word in zip(self.keys, words, strict=True)
        )


def form(written: str) -> Form:
    """Any form of the phrase; CAPITALS, and a word with a plus, by their letters only."""
    words = words_of(written)
    if len(words) == 1 and sum(letter.isupper() for letter in written) > 1:
        bare = text.fold(words[0])
        return Form((frozenset(bare + ending for ending in _ENDINGS),), True)
    if "+" in written:
        return Form(tuple(frozenset([text.fold(word)]) for word in words), True)
    return Form(tuple(frozenset(lemmas.keys(word)) for word in words), False)


def neuter(written: str) -> Form:
    """A neuter adjective as a name: "śląskie", "w śląskim", but not "śląska"."""
    *first, last = (text.fold(word) for word in words_of(written))
    lasts = {last + ending for ending in _ADJECTIVE} | {last.removesuffix("e") + "m"}
    return Form((*(frozenset([word]) for word in first), frozenset(lasts)), True)


@dataclass(frozen=True)
class Match(Generic[T]):
    """A known phrase at some place of a question."""

    length: int
    value: T


class Phrases(Generic[T]):
    """Phrases and what each stands for; one phrase may stand for several things."""

    def __init__(self, entries: Iterable[tuple[Form, T]]) -> None:
        self._by_key: defaultdict[str, list[tuple[Form, T]]] = defaultdict(list)
        for entry in entries:
            for key in entry[0].keys[0] if entry[0].keys else ():
                self._by_key[key].append(entry)

    def at(self, words: Sequence[str], begin: int) -> list[Match[T]]:
        """The longest phrases that begin at this word, all of one length."""
        found = list(self._all(words, begin))
        longest = max((match.length for match in found), default=0)
        return [match for match in found if match.length == longest]

    def _all(self, words: Sequence[str], begin: int) -> Iterator[Match[T]]:
        first = words[begin]
        seen: set[int] = set()
        for key in dict.fromkeys((text.fold(first), *lemmas.asked(first))):
            for entry in self._by_key.get(key, ()):
                wanted, value = entry
                here = words[begin : begin + len(wanted.keys)]
                if id(entry) in seen or len(here) < len(wanted.keys):
                    continue
                seen.add(id(entry))
                if wanted.fits(here):
                    yield Match(len(here), value)
