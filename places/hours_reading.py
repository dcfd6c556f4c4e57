"""Hours as somebody typed them: a rule in OSM syntax is checked, Polish is read into one.

The two languages share words ("Sa 10-14" is a Saturday in one and "są 10-14" without its mark in
the other), so that the language is settled first: what has mostly words of OSM syntax is never
guessed at as Polish, it is told where it goes wrong.
"""

import re
import unicodedata
from dataclasses import dataclass

from places.errors import Fault
from places.hours import fault
from places.hours_rule import MONTHS, WEEKDAYS
from places.hours_text import LONGEST, propose
from places.hours_words import say

__all__ = ["LONGEST", "Reading", "read"]

_OSM = frozenset(
    (*WEEKDAYS, *MONTHS, "PH", "SH", "off", "open", "closed", "unknown", "week", "day", "easter",
     "sunrise", "sunset", "dawn", "dusk")
)  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"?')
_WORD = re.compile(r"[^\W\d_]+")
# As in `text.clean`, but the ends of lines stay: people write a day a line.
_NOT_TEXT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a text, to be confirmed."""

    text: str
    rule: str | None
    """In OSM syntax; None when there is none."""
    words: str
    """The rule said in Polish, as written where there are no words for it; "" without one."""
    left: tuple[str, ...]
    """The parts of the text that the rule leaves out, as written."""
    fault: Fault | None
    """What is wrong with OSM syntax; its `limit` is the position in the text, from 1."""


def read(text: str) -> Reading:
    """The rule that is meant by the text; an empty text means none and has no fault."""
    typed = _NOT_TEXT.sub(" ", unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    if not typed.strip():
        return Reading("", None, "", (), None)
    rule = " ".join(typed.split())
    if fault(rule) is None:
        return Reading(typed, rule, say(rule), (), None)
    # A rule has one line, and where it begins is where the text begins.
    wrong = fault(typed.replace("\n", " "))
    if wrong and _is_osm(typed):
        position, code = wrong
        return Reading(typed, None, "", (), Fault("", code, "", str(position)))
    proposal = propose(typed)
    return Reading(typed, proposal.rule, proposal.words, proposal.left, None)


def _is_osm(text: str) -> bool:
    words = _WORD.findall(_QUOTED.sub(" ", text))
    ours = sum(word in _OSM for word in words)
    return bool(ours) and 2 * ours >= len(words)
