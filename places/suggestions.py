"""What a suggestion is, and how well the letters typed so far fit a name.

A name begun fits better than a name with a word so begun; what fits only as a form ("krakowie")
fits last, because the letters may be the beginning of something else.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Literal

from places import lemmas, text
from places.phrases import form
from places.query import Query

Kind = Literal["city", "type", "network", "district", "place", "activity", "settlement", "postcode"]
WHOLE, BEGINS, HAS_WORD, OTHERWISE = range(4)
_MOST_FORMS = 64


@dataclass(frozen=True)
class Suggestion:
    """Something that may be meant."""

    kind: Kind
    label: str
    context: str
    """What tells it from another of that name."""
    count: int | None
    """How many places it has; None for what has no count."""
    value: str
    """Its key, code or id."""
    near: str = ""
    """What to write into `near` to look around it; empty for what is no area."""
    slug: str = ""
    """For the address of a place's page."""
    city: str = ""
    """The key of the town that is meant beside a kind or a network."""


@dataclass(frozen=True)
class Found:
    suggestion: Suggestion
    fit: int
    weight: int
    """Places or people."""


class Letters:
    """The letters, in the shapes in which they are compared."""

    def __init__(self, typed: str) -> None:
        words = lemmas.split(typed)
        self.typed = typed
        self.key = " ".join(text.words(typed))
        self.slug = "-".join(self.key.split())
        telling = set(Query(q=typed).words)
        self.words = [word for word in words if text.fold(word) in telling]
        ways = product(*(lemmas.asked(word) for word in self.words))
        self.forms = [" ".join(way) for way in islice(ways, _MOST_FORMS)]
        """What the whole text may be a form of."""

    def fit(self, *names: str) -> int:
        """How well the letters fit the best of the names."""
        return min(self._fit(" ".join(text.words(name))) for name in names)

    def _fit(self, name: str) -> int:
        if name == self.key:
            return WHOLE
        if name.startswith(self.key):
            return BEGINS
        return HAS_WORD if f" {self.key}" in name else OTHERWISE

    def is_form_of(self, name: str) -> bool:
        """Whether the words are forms of those that the name begins with."""
        return _fits_in_form(tuple(self.words), name)


@lru_cache(maxsize=1024)
def _fits_in_form(words: tuple[str, ...], name: str) -> bool:
    keys = form(name).keys
    if not 0 < len(words) <= len(keys):
        return False
    return all(
        not own.isdisjoint(lemmas.asked(word)) for own, word in zip(keys, words, strict=False)
    )
