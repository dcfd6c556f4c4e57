"""A street address as people type it: "ul. Długa 5, Kraków", "31-147 Kraków, Długa 5/12".

The number of a flat is dropped at once: nobody needs it to find the door of a club, and what is
not kept cannot leak.
"""

import re
from typing import NamedTuple

from places import text

_POSTCODE = re.compile(r"\b\d\d-\d{3}\b")
_STREET = re.compile(r"(?:^|(?<=\s))(?:ul\.|ulica|ulicy|ul(?=\s))\s*", re.IGNORECASE)
_SQUARE = r"(?:ul\.?|ulic[ay]|al\.?|alej[ai]|pl\.?|plac|os\.?|osiedle)"
_NUMBER = r"(?P<number>\d{1,4} ?[a-zA-Z]?)"
_FLAT = re.compile(r"(?<=\w)(?:\s?/\s?\d{1,4}[a-z]?| m(?:\.|\s)\s?\d{1,4})(?!\w)")
_IN_A_PART = re.compile(rf"(?P<street>.*[^\W\d_].*?)\s+{_NUMBER}")
# Without a comma: "Długa 5 Kraków", "Kraków ul. Długa 5", "Kraków Długa 5".
_TOWN_LAST = re.compile(rf"(?P<street>.*[^\W\d_].*?)\s+{_NUMBER}\s+(?P<town>[^\W\d_].+)")
_TOWN_FIRST = re.compile(
    rf"(?P<town>.+?)\s+(?P<street>{_SQUARE}\s.+?|\S.*?)\s+{_NUMBER}", re.IGNORECASE
)
_TOWN_THEN_STREET = re.compile(
    rf"(?P<town>.+?)\s+(?P<street>{_SQUARE}\s.+?)\s+{_NUMBER}", re.IGNORECASE
)
_LONGEST = 200  # letters
_COUNTRY = frozenset(["polska", "poland"])


class Address(NamedTuple):
    """A door: in a village without streets `street` is the village and `town` is empty."""

    street: str
    """Without "ul.": "Długa", "al. Róż"."""
    number: str
    town: str

    def __str__(self) -> str:
        house = f"{self.street} {self.number}"
        return f"{house}, {self.town}" if self.town else house


def read(typed: str) -> Address | None:
    """The address in a text; None where there is none, as in "Rudna" or "31-559 Kraków"."""
    whole = _FLAT.sub("", _POSTCODE.sub(" ", text.clean(typed[:_LONGEST])))
    parts = [part for one in whole.split(",") if (part := " ".join(one.split()))]
    parts = [part for part in parts if part.casefold() not in _COUNTRY]
    if len(parts) == 1:
        return _without_comma(parts[0])
    for part in parts:
        if house := _IN_A_PART.fullmatch(part):
            others = [one for one in parts if one != part and not re.search(r"\d", one)]
            return _made(house["street"], house["number"], others[-1] if others else "")
    return None


def _without_comma(whole: str) -> Address | None:
    for pattern in (_TOWN_LAST, _TOWN_THEN_STREET, _TOWN_FIRST, _IN_A_PART):
        if found := pattern.fullmatch(whole):
            named = found.groupdict()
            # "ul. Długa 5": the word before the street is no town.
            if not re.fullmatch(_SQUARE, named.get("town", ""), re.IGNORECASE):
                return _made(named["street"], named["number"], named.get("town", ""))
    return None


def _made(street: str, number: str, town: str) -> Address:
    return Address(_STREET.sub("", street).strip() or street, number.replace(" ", ""), town)
