"""The dictionary forms of Polish words, so that "w świetlicy" finds "Świetlica".

Morfeusz knows correct letters only, and people leave the marks out: of "lodzi" it knows a pet name
and a rare verb.  So a word typed without marks stands for every word it folds from, and the keys
of an asked word always hold those of the same word as it stands in the index.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from threading import Lock

import morfeusz2

from places import stems, text

FORM = "_"
"""The sign before a dictionary form in the index, so that it is never taken for a word as it
stands: "exact" questions see only those."""
_WORD = re.compile(r"[^\W_]+")
_MARKED = re.compile("[ąćęłńóśźż]")
_LETTERS = re.compile("[a-ząćęłńóśźż]{2,40}")
_REMEMBERED = 65_536  # words: some ten megabytes
_MOST_VARIANTS = 2_000
"""Ways to put marks back that are looked at, most of which spelling forbids."""
_MOST_MARKS = 4  # "żółć" has four

_MARKS = {
    "a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "żź",
}  # fmt: skip
# Where Polish spelling never has a mark: at the beginning, at the end, before a vowel (where the
# softness is written with i), and inside the letters written with two signs.
_NEVER = re.compile("^[ąęń]|ó$|[ćńśź][aąeęioóuy]|łi|[ąęó][aąeęioóuy]|[aeouy][ąęó]|[ćś]z|[cs][żź]")
# Readings that are true and seldom meant; dropped where the word has another one.
_SELDOM = re.compile("^(depr|brev|interj)|:voc:")
_PERSON = frozenset({"imię", "nazwisko", "patronimicum", "nazwisko_odmężowskie"})

_Readings = list[tuple[str, str, list[str]]]  # lemma, tag, kinds of name
_one_at_a_time = Lock()  # an analyser belongs to one thread at a time


def split(written: str) -> list[str]:
    """The words of a text in small letters, marks kept; `text.words` gives the same ones folded."""
    return _WORD.findall(text.clean(written).casefold())


@lru_cache(maxsize=_REMEMBERED)
def lemmas(word: str) -> tuple[str, ...]:
    """The folded dictionary forms of a word as it is written.

    A word that no dictionary has is read as one that has lost its marks, and if that does not help
    either, as its stem.
    """
    small = text.clean(word).casefold()
    found = _read([small]) or _read(_variants(small))
    if not found and _LETTERS.fullmatch(small):
        return (stems.stem(text.fold(small)),)
    return tuple(found) or (text.fold(small),)


@lru_cache(maxsize=_REMEMBERED)
def keys(word: str) -> tuple[str, ...]:
    """What a word is indexed under: as it stands, folded, then its dictionary forms."""
    bare = "".join(split(word))
    return tuple(dict.fromkeys((text.fold(bare), *lemmas(bare)))) if bare else ()


@lru_cache(maxsize=_REMEMBERED)
def asked(word: str) -> tuple[str, ...]:
    """What a word is asked for by: its keys, and without marks those of what it may stand for."""
    small = text.clean(word).casefold()
    if _MARKED.search(small):
        return keys(word)
    return tuple(dict.fromkeys((*keys(word), *_read(_variants(small), seldom=False))))


@lru_cache(maxsize=_REMEMBERED)
def held(written: str) -> str:
    """What the index holds for a text, in one line; places share their towns and activities."""
    return " ".join(tokens(written))


def tokens(written: str) -> Iterator[str]:
    """What the index holds for a text: each word as it stands, then its dictionary forms."""
    for word in split(written):
        yield text.fold(word)
        yield from (FORM + form for form in keys(word))


def tokens_asked(word: str) -> tuple[str, ...]:
    """What a word is asked for by: as it stands, then everything it may be a form of."""
    # The index has no signs: "60+" is 60 there.
    folded = "".join(text.words(word))
    return (folded, *(FORM + form for form in asked(word.rstrip("+"))))


def forms_in(written: str) -> set[str]:
    """The folded dictionary forms of all the words of a text."""
    return {form for word in split(written) for form in lemmas(word)}


@lru_cache(maxsize=_REMEMBERED)
def is_known(word: str) -> bool:
    """Whether it is a Polish word in some form, with its marks or without."""
    small = text.clean(word).casefold()
    return bool(_read([small]) or _read(_variants(small)))


@lru_cache(maxsize=_REMEMBERED)
def marked(folded: str) -> str:
    """The word with its marks, as people write it: "sasiedzki" is "sąsiedzki"."""
    found = (one for one in (folded, *_variants(folded)) if _read([one]))
    return next(found, folded)


@lru_cache(maxsize=_REMEMBERED)
def is_common_noun(word: str) -> bool:
    """Whether it is a form of a noun that is no name: "zabaw", "koła"."""
    small = text.clean(word).casefold()
    if not _LETTERS.fullmatch(small):
        return False
    with _one_at_a_time:
        found = _analyser().analyse(small)
    return any(
        tag.startswith("subst") and lemma[:1].islower() for _, _, (_, lemma, tag, *_) in found
    )


@lru_cache(maxsize=_REMEMBERED)
def forms(word: str) -> tuple[str, ...]:
    """The folded forms of a dictionary word: of "świetlica" also "swietlicy", "swietlice" …"""
    if not _LETTERS.fullmatch(word.casefold()):
        return (text.fold(word),)
    with _one_at_a_time:
        made = _generator().generate(word)
    return tuple(dict.fromkeys((text.fold(word), *(text.fold(form) for form, *_ in made))))


def _read(written: Iterable[str], seldom: bool = True) -> list[str]:
    """The folded lemmas of words that the dictionary has, all of them together."""
    fit: dict[str, _Readings] = {word: [] for word in written if _LETTERS.fullmatch(word)}
    if not fit:
        return []
    # One call for all: most of the time of a short call goes into the calling.
    with _one_at_a_time:
        found = _analyser().analyse(" ".join(fit))
    for _, _, (word, lemma, tag, labels, _) in found:
        # Parts of a word are left out: "coś" is not "co" and "być".
        if tag != "ign" and word in fit:
            fit[word].append((lemma, tag, labels))
    meant = (lemma for readings in fit.values() for lemma in _meant(readings, seldom))
    return list(dict.fromkeys(text.fold(lemma) for lemma in meant))


def _meant(readings: _Readings, seldom: bool) -> Iterator[str]:
    usual = [
        reading
        for reading in readings
        if not _SELDOM.search(reading[1]) and not _PERSON.issuperset(reading[2] or [""])
    ]
    for lemma, _, _ in usual or (readings if seldom else ()):
        yield lemma.partition(":")[0].partition("_")[0]


def _variants(word: str) -> Iterator[str]:
    """The word with marks put back wherever spelling allows, fewest marks first."""
    if not _LETTERS.fullmatch(word):
        return
    row = [(word, 0)]
    count = 0
    for _ in range(_MOST_MARKS):
        row = [further for one in row for further in _marked_once(*one)]
        for variant, _ in row:
            count += 1
            if count > _MOST_VARIANTS:
                return
            if not _NEVER.search(variant):
                yield variant


def _marked_once(word: str, begin: int) -> Iterator[tuple[str, int]]:
    for place in range(begin, len(word)):
        for mark in _MARKS.get(word[place], ""):
            yield word[:place] + mark + word[place + 1 :], place + 1


@cache
def _analyser() -> morfeusz2.Morfeusz:
    return morfeusz2.Morfeusz(
        generate=False, expand_tags=False, case_handling=morfeusz2.IGNORE_CASE
    )


@cache
def _generator() -> morfeusz2.Morfeusz:
    return morfeusz2.Morfeusz(analyse=False, expand_tags=False)
