"""Whether words may be somebody's name: the dictionary knows first names and surnames.

Asked before words that somebody typed are written down where others will read them; so in doubt
the answer is yes.
"""

from collections.abc import Sequence
from functools import cache
from threading import Lock

import morfeusz2

from places import lemmas

_NAMES = frozenset({"imię", "nazwisko", "patronimicum", "nazwisko_odmężowskie"})
_one_at_a_time = Lock()  # an analyser belongs to one thread at a time


def may_be_named(words: Sequence[str]) -> bool:
    """Whether a person may be named there: by a word that is nothing but a name, or by a first
    name beside what is a surname too, or beside what no dictionary has."""
    read = [_kinds(word) for word in words]
    if any(kinds and "" not in kinds for kinds in read):
        return True
    return any(
        "imię" in first and (not second or second & _NAMES)
        for pair in zip(read, read[1:], strict=False)
        for first, second in (pair, pair[::-1])
    )


def _kinds(word: str) -> set[str]:
    """The kinds of names the word may be, "" where it may be something else; empty: unknown."""
    marked = lemmas.marked(word)
    with _one_at_a_time:
        found = _analyser().analyse(marked)
    kinds: set[str] = set()
    for _, _, (_, _, tag, labels, _) in found:
        if tag != "ign":
            named = _NAMES.intersection(labels)
            kinds |= named or {""}
    return kinds


@cache
def _analyser() -> morfeusz2.Morfeusz:
    return morfeusz2.Morfeusz(
        generate=False, expand_tags=False, case_handling=morfeusz2.IGNORE_CASE
    )
