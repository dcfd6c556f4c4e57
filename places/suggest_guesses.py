"""What may be meant by letters that begin no name: a kind in a town, a slip of the finger.

It costs more than a walk along an index, so it is asked only where next to nothing was found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, product

from places import lemmas, remembered, spelling, text
from places.index import Index
from places.suggest_sources import choices, kinds
from places.suggestions import BEGINS, HAS_WORD, Found, Letters

_PREPOSITIONS = frozenset(["w", "we", "na", "kolo", "blisko", "obok", "przy", "pod", "nad"])
_MOST_WORDS = 5
_MOST_AREAS, _MOST_KINDS = 2, 4
_PLACES = {
    "type": "select count(*) from place where city = ? and type = ?",
    "network": "select count(*) from place p join network n on n.place = p.n "
    "where p.city = ? and n.network = ?",
}


def without_preposition(typed: str) -> str:
    """ "Krak" of "w krak"; empty where there is none."""
    first, *rest = lemmas.split(typed) or [""]
    return " ".join(rest) if text.fold(first) in _PREPOSITIONS else ""


def kinds_in_towns(index: Index, typed: str) -> Iterable[Found]:
    """ "Kraków kl", "klub seniora w krak": a kind and a town, in either order."""
    words = lemmas.split(typed)
    if not 2 <= len(words) <= _MOST_WORDS:
        return
    for number in range(1, len(words)):
        first, last = " ".join(words[:number]), " ".join(words[number:])
        pairs = [*product(_towns(index, first, True), _kinds(index, last)),
                 *((town, kind) for kind, town in
                   product(_kinds(index, first), _towns(index, last, False)))]  # fmt: skip
        for town, kind in pairs:
            yield from _both(index, town, kind)


def respelled(index: Index, typed: str) -> str:
    """The text with its slips put right, the last word taken for a whole one; empty if none."""
    words = text.words(typed)[:_MOST_WORDS]
    vocabulary = remembered.vocabulary(index)
    found = [spelling.correct(word, vocabulary) for word in words]
    if not any(found):
        return ""
    return " ".join(one.word if one else word for one, word in zip(found, words, strict=True))


def _towns(index: Index, said: str, whole: bool) -> Iterator[Found]:
    asked = Letters(without_preposition(said) or said)
    towns = (one for one in choices(index, asked) if one.suggestion.kind == "city")
    # The first of two parts is written to its end: "kra kl" is nothing.
    fit = (one for one in towns if one.fit != HAS_WORD and not (whole and one.fit == BEGINS))
    return islice(fit, _MOST_AREAS)


def _kinds(index: Index, said: str) -> Iterator[Found]:
    found = sorted(kinds(index, Letters(said)), key=lambda one: (one.fit, -one.weight))
    return islice(found, _MOST_KINDS)


def _both(index: Index, town: Found, kind: Found) -> Iterator[Found]:
    city, what = town.suggestion, kind.suggestion
    [(count,)] = index.rows(_PLACES[what.kind], [city.value, what.value])
    if count:
        said = replace(what, context=city.label, count=count, city=city.value)
        yield Found(said, kind.fit, count)
