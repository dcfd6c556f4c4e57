"""The groups of facts with their checks: of what is known, since when; of the rest, that it is not.

A group nobody has filled is not "unchecked", it is missing, and says so.
"""

from datetime import date

from flask_babel import gettext

from places import amendments, care
from places.freshness import GROUPS, Terms
from places.place import Place
from places.web.words.dates import checked, group
from places.web.words.differing import facts

_USUAL = Terms()
# They describe the point and the record; whoever runs the place cannot judge them in words.
_NOT_TOLD = ("lat", "lon", "position.", "address.teryt", "merged_into")


def checks(place: Place, today: date | None = None, terms: Terms = _USUAL) -> list[tuple[str, str]]:
    """Each group with who checked it and when, in the order of the page; old ones are called so."""
    given = care.given(place)
    return [(group(name), _said(place, name, name in given, today, terms)) for name in GROUPS]


def facts_of(place: Place, name: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """The known facts of a group, each with its column and its name, for somebody to confirm."""
    return facts(
        {
            column: value
            for column, value in amendments.flat(place).items()
            if amendments.group_of(column) == name and not column.startswith(_NOT_TOLD)
        }
    )


def _said(place: Place, name: str, given: bool, today: date | None, terms: Terms) -> str:
    made = getattr(place.checked, name)
    if made is None and not given:
        return gettext("nie mamy jeszcze tych informacji")
    return checked(made, name, today, terms)
