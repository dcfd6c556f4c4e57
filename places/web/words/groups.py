"""The groups of facts with their checks: of what is known, since when; of the rest, that it is not.

A group nobody has filled is not "unchecked", it is missing, and says so.
"""

from flask_babel import gettext

from places.place import Place
from places.web.words.dates import checked, group

_FACTS = {
    "existence": ("name",),
    "address": ("address.street",),
    "hours": ("hours.open", "hours.open_note", "hours.lending", "hours.lending_note"),
    "offer": ("summary", "activities", "audience", "facilities", "rules", "rooms", "languages"),
    "accessibility": ("accessibility",),
}


def checks(place: Place) -> list[tuple[str, str]]:
    """Each group with who checked it and when, in the order of the page."""
    return [(group(name), _said(place, name)) for name in _FACTS]


def _said(place: Place, name: str) -> str:
    made = getattr(place.checked, name)
    if made is None and not any(_given(place, path) for path in _FACTS[name]):
        return gettext("nie mamy jeszcze tych informacji")
    return checked(made)


def _given(place: Place, path: str) -> bool:
    found: object = place
    for part in path.split("."):
        found = getattr(found, part)
    # A record of nothing but gaps equals an empty one.
    return bool(found) and found != type(found)()
