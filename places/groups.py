"""The words of a question as the index is asked for them: forms and other names joined by OR.

A group is a word, or a phrase that means one thing; all the groups of a question are joined by AND.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from places import lemmas, spelling, synonyms, text

_FEWEST_LETTERS = 2
"""From so many letters on the last word may be the beginning of a longer one."""

Pattern = str
"""What stands in a text of the index, itself between spaces: " _klub ", or the beginning " klu"."""
Word = tuple[Pattern, ...]
"""What a word may be found by: any of them."""


@dataclass(frozen=True)
class Group:
    """A word or a phrase that a place must have, in any of its forms or under another name."""

    said: str
    """As typed."""
    match: str
    """The same for FTS5."""
    own: tuple[Word, ...]
    """The words themselves."""
    others: tuple[tuple[Word, ...], ...] = ()
    """Its other names."""
    telling: float = 1.0
    """How much it tells a place from others: the rarer the word, the nearer to 1."""
    generic: bool = False
    """Whether it is in the name of every other place, and says nothing alone: "dom", "klub"."""


def all_of(groups: Iterable[Group]) -> str:
    return " AND ".join(group.match for group in groups)


def groups_of(
    words: Sequence[str], q: str, vocabulary: spelling.Vocabulary | None = None
) -> Iterator[Group]:
    phrase = tuple(word.casefold() for word in words)
    # Somebody may still be typing the last word, unless it is one already.
    typing = bool(words) and q.endswith(words[-1])
    if typing and vocabulary is not None:
        typing = not vocabulary.words.get(text.fold(words[-1]))
    seen: set[tuple[Word, ...]] = set()
    for group in synonyms.widened(phrase):
        own = _patterns(phrase[group.begin : group.end], typing and group.end == len(phrase))
        if own in seen:
            continue  # Who says it twice asks for nothing more.
        seen.add(own)
        others = tuple(_patterns(other, False) for other in group.others)
        said = " ".join(words[group.begin : group.end])
        yield Group(said, _any_of([own, *others]), own, others)


def _patterns(phrase: Sequence[str], is_last: bool) -> tuple[Word, ...]:
    """What each word is found by: its forms, and of the last one what begins with it."""
    found = []
    for number, word in enumerate(phrase, 1):
        bare, *forms = lemmas.tokens_asked(word)
        begun = is_last and number == len(phrase) and len(word) >= _FEWEST_LETTERS
        # Where a word stands as it is, its forms stand too.
        found.append((*([f" {bare}"] if begun else []), *(f" {form} " for form in forms)))
    return tuple(found)


def _any_of(phrases: Sequence[tuple[Word, ...]]) -> str:
    """Any of the phrases, for FTS5; a last word that several share is asked for once."""
    rests: dict[Word, list[tuple[Word, ...]]] = {}
    for *rest, last in phrases:
        rests.setdefault(last, []).append(tuple(rest))
    ways = []
    for last, before in rests.items():
        word = f"({' OR '.join(map(_quoted, last))})"
        ways.append(f"({_any_of(before)} AND {word})" if all(before) else word)
    return f"({' OR '.join(ways)})"


def _quoted(pattern: Pattern) -> str:
    return f'"{pattern.strip()}"' + ("" if pattern.endswith(" ") else "*")
