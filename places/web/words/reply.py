"""One question of the answer card with its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext

State = Literal["yes", "limited", "no", "said", "unknown"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody asks of a place, and what we know."""

    key: str
    """The question's short name, for the page's own use."""
    question: str
    """As a resident would ask it."""
    answer: str
    """The answer in a sentence; "nie wiemy" where nobody knows."""
    state: State
    """What kind of answer it is, for the sign beside it."""
    notes: tuple[str, ...] = ()
    """What else is known on the subject."""


def reply(key: str, question: str, answer: str, notes: Iterable[str | None] = ()) -> Reply:
    """A question answered in words; when there are only notes, the first of them answers it."""
    kept = [note for note in notes if note]
    if not answer and kept:
        answer = kept.pop(0)
    if not answer:
        return Reply(key, question, gettext("nie wiemy"), "unknown")
    return Reply(key, question, answer, "said", tuple(kept))


def listed(words: Iterable[str]) -> str:
    """The words as one list that begins with a capital letter."""
    whole = ", ".join(words)
    return whole[:1].upper() + whole[1:]
