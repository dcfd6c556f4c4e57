"""Ages and numbers of people in a question: "dla 5-latka", "z niemowlakiem", "na 100 osób"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_AGE = re.compile(
    r"(?:(?:dla|od|w wieku) )?(?:(?:dziecka|dzieci) )?(?P<from>\d{1,2})(?:(?:-| do )\d{1,2})?"
    r" (?:lat|lata|latek|latka|latki|latkow|letni\w*|letniego|roku)(?!\S)"
)
# "Dwulatek", "z trzylatkami"; "0-3" is how the field writes the years before kindergarten.
_SMALL = re.compile(
    r"(?:(?:dla|od|z|ze) )?(?:(?:dziecka|dzieci|w wieku) )*(?:0-[1-6](?: lat\w*)?"
    r"|(?:pol|poltora|dwu|trzy|cztero|piecio|szescio|siedmio|osmio|dziewiecio|dziesiecio)"
    r"(?:roczn\w+|lat(?:ek|k\w{1,4})))(?!\S)"
)
_PEOPLE = re.compile(r"(?:(?:na|dla|do) )?(?:ok |okolo |ponad )?(\d{1,4}) osob(?:y|ami)?(?!\S)")
_UNTIL = ((13, "children"), (19, "teens"), (60, "adults"), (100, "seniors"))
_MOST = 6
"""Words of the longest of these."""


class Counted(NamedTuple):
    """What was found at the beginning of the words."""

    value: str
    """An audience, or how many people."""
    length: int
    """In words."""


def age_at(folded: Sequence[str], begin: int) -> Counted | None:
    """For whom, by an age that is said from here on."""
    here = " ".join(folded[begin : begin + _MOST])
    if found := _AGE.match(here):
        age = int(found["from"])
        return _counted(next(value for limit, value in _UNTIL if age < limit), found)
    found = _SMALL.match(here)
    return _counted("children", found) if found else None


def people_at(folded: Sequence[str], begin: int) -> Counted | None:
    """How many people, if that is said from here on."""
    found = _PEOPLE.match(" ".join(folded[begin : begin + _MOST]))
    return _counted(found[1], found) if found else None


def _counted(value: str, found: re.Match[str]) -> Counted:
    return Counted(value, found[0].count(" ") + 1)
