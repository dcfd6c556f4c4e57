"""The record somebody saw when a form was given out: it travels with the form, signed.

So a change is told against what its author had before their eyes, however long the page was open,
and what somebody else has changed meanwhile is shown and never overwritten.
"""

from places import geojson
from places.errors import Invalid
from places.place import Place
from places.web import filling, traps
from places.web.filling import Filled
from places.web.forms import Form

_CARRIED = ("email", "sender", "note", "source", "runs_it", "start", "photo")
"""What goes along though it is no field of the place: beginnings of names."""


def seen_word(place: Place) -> str:
    """The record for a hidden field of the form."""
    return traps.signed("seen", geojson.feature(place))


def base_of(form: Form, place_id: str) -> Place | None:
    """The record in that field; None where it is another place's or not from us."""
    try:
        found = geojson.place(traps.unsigned("seen", form.get("seen", "")))
    except Invalid:
        return None
    return found if found.id == place_id else None


def resolved(place: Place, form: Form, filled: Filled) -> Form:
    """The form for the record of today: what was touched as typed, the rest as it is now."""
    merged = filling.shown(place)
    for name in dict.fromkeys(form):
        if _is_touched(name, filled) or name.startswith(_CARRIED):
            merged.setlist(name, form.getlist(name))
    return merged


def carried(place: Place, form: Form) -> Form:
    """The form of a known place with what was typed about it elsewhere over it."""
    merged = filling.overlaid(place, form)
    for name in dict.fromkeys(form):
        if name.startswith(_CARRIED):
            merged.setlist(name, form.getlist(name))
    return merged


def _is_touched(name: str, filled: Filled) -> bool:
    column = name.removesuffix(".text").removesuffix(".rule").partition(".0")[0]
    if name.startswith("rooms."):
        column = "rooms"
    if name == "point":
        return "lat" in filled.values
    return column in filled.values or f"{column}_note" in filled.values
