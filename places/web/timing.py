"""Hours on a form: Polish words, the rule they mean, and whether the person said that they do.

Whoever sends a text together with that very rule has confirmed it.  A rule that is not the text's
own confirms nothing, so that a text changed after the answer is read again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from places import hours_reading, text
from places.errors import Fault
from places.hours_reading import LONGEST
from places.hours_words import say
from places.web.forms import Form

FIELDS = ("hours.open", "hours.lending")
ONLY_WORDS = "-"
"""The answer of whoever wants just their words kept."""


@dataclass(frozen=True, slots=True)
class Timing:
    """One field of hours, as typed and as understood."""

    name: str
    text: str
    rule: str | None = None
    words: str = ""
    left: tuple[str, ...] = ()
    answer: str = ""
    """The rule that was confirmed, or ONLY_WORDS."""
    wrong: Fault | None = None
    """Where a rule written in OSM syntax goes wrong."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to ask."""
        return self.rule is None or self.answer in (self.rule, ONLY_WORDS)


def read(form: Form, name: str) -> Timing:
    """What was typed, and what it means."""
    typed = form.get(f"{name}.text", "").replace("\r\n", "\n").strip()
    answer = ONLY_WORDS if form.get(f"{name}.plain") else form.get(f"{name}.rule", "")
    if not typed:
        return Timing(name, "")
    found = hours_reading.read(typed)
    if found.rule is not None and found.rule == " ".join(typed.split()):
        answer = found.rule  # Whoever writes the syntax has said exactly what is meant.
    wrong = None if answer == ONLY_WORDS else found.fault
    return Timing(name, typed, found.rule, found.words, found.left, answer, wrong)


def values(one: Timing) -> dict[str, Any]:
    """The two columns it stands for: the rule, and the words where they say more."""
    rule = one.rule if one.answer == one.rule else None
    plain = text.clean(one.text)
    # What the rule says on its own is not repeated below it.
    note = plain if plain and (rule is None or one.left) else None
    return {one.name: rule, f"{one.name}_note": note}


def faults(one: Timing) -> Iterator[Fault]:
    """Why it cannot be taken as it is."""
    field = f"{one.name}.text"
    if len(one.text) > LONGEST:
        yield Fault(field, "too_long", "", str(LONGEST))
    elif one.wrong is not None:
        yield Fault(field, one.wrong.code, "", one.wrong.limit)
    elif not one.is_settled:
        yield Fault(field, "hours_unconfirmed")


def written(name: str, known: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the form shows of a record's hours: its words, or the rule said in Polish."""
    rule, note = known.get(name), known.get(f"{name}_note")
    if rule or note:
        yield f"{name}.text", note or say(str(rule))
    if rule:
        yield f"{name}.rule", rule
