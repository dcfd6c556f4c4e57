"""A typing error forgiven: the nearest word of a vocabulary, or none at all.

Words are folded, so a missing mark is no error.  Misspellings that sound right ("gury",
"zajencia") cost nothing, slips of the finger cost one each; short words and numbers are left
alone, because every short word is near another.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from places import stems

_CORRECTABLE = re.compile("[a-z]{4,24}")
_LONG = 8
"""Letters from which on two slips are forgiven."""
_TELLING = 6
"""Letters from which on a stem stands for its word, and the first letter may be wrong."""
# What sounds the same, as far as folded letters can tell.
_SOUNDS = (
    ("ch", "h"), ("psz", "pz"), ("ksz", "kz"), ("tsz", "tz"), ("rz", "z"), ("u", "o"),
    ("v", "w"), ("f", "w"), ("x", "ks"), ("qu", "kw"), ("j", "i"),
)  # fmt: skip
# "ą" and "ę" as they are heard; folded they are a and e.
_NASALS = ((re.compile("o[nm](?=[^aeiou])"), "a"), (re.compile("e[nm](?=[^aeiou])"), "e"))
_DOUBLED = re.compile(r"(.)\1+")


class Correction(NamedTuple):
    """What is searched for instead."""

    word: str
    slips: int
    """Letters apart; 0 where only the spelling of a sound differs."""


class Vocabulary:
    """Folded words with how often each occurs, ready to be searched for the nearest."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self.words = words
        self.most = max(words.values(), default=1) or 1
        """How often the most frequent occurs."""
        fit = [word for word in words if _CORRECTABLE.fullmatch(word)]
        self._letters = _Face(fit, str)
        self._sounds = _Face(fit, _sound)
        self._stems = _Face(fit, _stem)

    def near(self, word: str) -> Iterator[str]:
        """The words within the slips that its length forgives: by sound, by letters, by stem."""
        slips = 2 if len(word) >= _LONG else 1
        # Both: "kloucka" sounds nearer to Łucka, and is a letter away from Kłobucka.
        heard = _sound(word)
        found = [
            one
            for one in self._sounds.near(word, slips)
            # What is spelt quite differently is meant only where it sounds just so.
            if _sound(one) == heard or DamerauLevenshtein.distance(word, one) <= slips
        ]
        found += self._letters.near(word, slips)
        if not found and len(_stem(word)) >= _TELLING:
            stem = stems.stem(word)
            near = self._stems.near(word, 1)
            found += (
                one for one in near if DamerauLevenshtein.distance(stem, stems.stem(one)) <= slips
            )
        yield from dict.fromkeys(found)


def correct(word: str, vocabulary: Vocabulary, least: int = 0) -> Correction | None:
    """The word of the vocabulary that was probably meant; None for one that is in it.

    Words that occur less often than `least` count as not being there at all.

    The same word always gets the same answer: nearest by sound or by letters, whichever is
    nearer, then by both, then the word that occurs most.
    """
    if vocabulary.words.get(word, -1) >= least or not _CORRECTABLE.fullmatch(word):
        return None
    sound = _sound(word)

    def cost(other: str) -> tuple[int, bool, int, int, str]:
        apart = (
            DamerauLevenshtein.distance(sound, _sound(other)),
            DamerauLevenshtein.distance(word, other),
        )
        return min(apart), word[0] != other[0], sum(apart), -vocabulary.words[other], other

    near = (one for one in vocabulary.near(word) if vocabulary.words[one] >= least)
    best = min(map(cost, near), default=None)
    return best and Correction(best[-1], best[0])


class _Face:
    """One way to see the words of a vocabulary: by their letters, their sound or their stem."""

    def __init__(self, words: Iterable[str], seen_as: Callable[[str], str]) -> None:
        self._seen_as = seen_as
        gathered: defaultdict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
        for word in words:
            seen = seen_as(word)
            gathered[seen[:1], len(seen)].append((seen, word))
        # Only words of nearly the same length that begin alike are ever compared.
        self._buckets = {key: tuple(zip(*pairs, strict=True)) for key, pairs in gathered.items()}

    def near(self, word: str, slips: int) -> Iterator[str]:
        seen = self._seen_as(word)
        # The first letter is seldom wrong; it may be missing, or change places with the second.
        for first in dict.fromkeys(seen[: 2 if len(word) >= _TELLING else 1]):
            for length in range(len(seen) - slips, len(seen) + slips + 1):
                faces, words = self._buckets.get((first, length), ((), ()))
                hits = process.extract(
                    seen, faces, scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=None
                )
                yield from (words[position] for _, _, position in hits)


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    for nasal, heard in _NASALS:
        word = nasal.sub(heard, word)
    return _DOUBLED.sub(r"\1", word)


def _stem(word: str) -> str:
    return _sound(stems.stem(word))
