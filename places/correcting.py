"""A question mended by what the catalogue holds: slips of the finger, and names that are sure.

A word that occurs nowhere is no name of ours: where it is near one that does occur it was probably
meant, and where it is the name of a town it is that town, whatever stands beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from places import lemmas, spelling, synonyms, text
from places.intents import MOST_WORDS, Intent, Reading
from places.known import Area


@dataclass(frozen=True)
class Correction:
    """A word that was searched for instead of another."""

    typed: str
    used: str


def corrections(
    reading: Reading, vocabulary: spelling.Vocabulary, bold: bool
) -> Iterator[Correction]:
    """Words in place of those that occur nowhere."""
    taken = {n for one in reading.intents for n in range(one.begin, one.end)}
    for number, word in enumerate(reading.words[:MOST_WORDS]):
        folded = text.fold(word)
        if number in taken or any(key in vocabulary.words for key in lemmas.asked(word)):
            continue
        if not (bold or _is_correctable(word)):
            continue
        is_last = number == len(reading.words) - 1
        if is_last and any(one.startswith(folded) for one in vocabulary.words):
            continue
        if found := spelling.correct(folded, vocabulary):
            yield Correction(word, _marked(found.word))


def respelled(reading: Reading, vocabulary: spelling.Vocabulary) -> str:
    """The question with the names of areas where we have nothing in the spelling of ours.

    To be asked, never done: Legnica is a city, and no slip of Letnica.  Empty where there is none.
    """
    used = {}
    for one in reading.intents:
        if one.kind in ("in", "near") and _is_unknown_here(reading, one, vocabulary):
            for word in reading.words[one.begin + one.introduced : one.end]:
                found = spelling.correct(text.fold(word), vocabulary, least=1)
                if found and found.slips <= 1:
                    used[word] = _marked(found.word)
    return " ".join(used.get(word, word) for word in reading.words) if used else ""


def _marked(folded: str) -> str:
    return synonyms.marked().get(folded) or lemmas.marked(folded)


def _is_correctable(word: str) -> bool:
    return not (lemmas.is_known(word) or synonyms.widened((word.casefold(),))[0].others)


def _is_unknown_here(reading: Reading, one: Intent, vocabulary: spelling.Vocabulary) -> bool:
    """Whether it is an area whose name occurs nowhere in the catalogue."""
    if one.kind not in ("in", "near") or not one.areas:
        return False
    words = reading.words[one.begin + one.introduced : one.end]
    return not any(vocabulary.words.get(key, 0) for word in words for key in lemmas.asked(word))


def settled(reading: Reading, vocabulary: spelling.Vocabulary) -> Reading:
    """The reading, with areas certain where no name of ours has their words anyway.

    Of areas of one name ours are meant, else the one with most people: the others are offered.
    """
    reading = replace(reading, intents=tuple(_likeliest(reading, one) for one in reading.intents))
    sure = [
        one
        for one in reading.intents
        if not one.certain and _is_unknown_here(reading, one, vocabulary)
    ]
    return certain(reading, sure)


def _likeliest(reading: Reading, one: Intent) -> Intent:
    if not one.areas:
        return one
    ours = tuple(area for area in one.areas if not is_point(area))
    alone = sum(bool(other.areas) for other in reading.intents) == 1
    # Beside another area the right one of several villages is that which lies in it.
    kept = ours or (one.areas[:1] if alone else one.areas)
    others = tuple(area for area in one.areas if area not in kept)
    return replace(one, areas=kept, values=tuple(area.value for area in kept), others=others)


def is_point(area: Area) -> bool:
    """Whether it is no more than a point of the gazetteer."""
    return area.value.startswith("at:")


def certain(reading: Reading, sure: Sequence[Intent]) -> Reading:
    """The reading with these intents certain, and their words no longer looked for."""
    if not sure:
        return reading
    rest = reading.rest.split()
    for word in (word for one in sure for word in reading.words[one.begin : one.end]):
        if word in rest:
            rest.remove(word)
    found = tuple(replace(one, certain=True) if one in sure else one for one in reading.intents)
    return replace(reading, intents=found, rest=" ".join(rest))
