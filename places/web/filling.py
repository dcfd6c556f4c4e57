"""A filled form, understood: the values it stands for, every fault at once, what is still to ask.

Of a change only what was touched counts: the form as it was given out is made again from the
record that was seen, and whatever reads the same on both says nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from places import amendments, mailbox, text
from places.errors import Fault, Invalid
from places.place import Place
from places.submissions import Sender
from places.web import forms, placing, timing, traps
from places.web.forms import Form
from places.web.placing import Placed
from places.web.timing import Timing

_ID = "00000000"
"""Of a place that has none yet."""
_SOURCES = [{"name": "zgłoszenie"}]
_LATER = ("status", "status_note")
"""What nobody says of a place that is only being added."""
_TEXTS = ("note", "source", "sender")
_ADDRESS = ("address", "address.city", "address.gmina", "address.teryt", "address.voivodeship")


@dataclass(frozen=True, slots=True)
class Filled:
    """What came with a form."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """By dotted column; of a change only what is touched."""
    faults: tuple[Fault, ...] = ()
    placed: Placed = Placed()
    timings: Mapping[str, Timing] = field(default_factory=dict)
    place: Place | None = None
    """The place as it would be; None while there are faults."""


def new(form: Form) -> Filled:
    """A new place."""
    typed = forms.read(form).items()
    known = {name: value for name, value in typed if value is not None and name not in _LATER}
    placed = placing.read(form)
    timings = {name: timing.read(form, name) for name in timing.FIELDS}
    for one in timings.values():
        known |= {name: value for name, value in timing.values(one).items() if value is not None}
    values = {**known, **placed.values}
    if district := known.get("address.district"):
        values["address.district"] = district
    return _checked(form, None, values, placed, timings)


def changed(form: Form, seen: Place) -> Filled:
    """A change of a place, as it was when the form was given out."""
    before = shown(seen)
    old, now = forms.read(before), forms.read(form)
    values = {name: value for name, value in now.items() if value != old[name]}
    placed = _moved(form, before)
    timings = {name: timing.read(form, name) for name in timing.FIELDS}
    for name, one in list(timings.items()):
        if one.text == timing.read(before, name).text:
            timings[name] = Timing(name, one.text)
        else:
            values |= timing.values(one)
    return _checked(form, seen, {**placed.values, **values}, placed, timings)


def shown(place: Place) -> Form:
    """The form as it is given out for a place that is known."""
    known = amendments.flat(place)
    form = forms.written(known)
    form.update(placing.written(known))
    for name in timing.FIELDS:
        form.update(dict(timing.written(name, known)))
    return form


def overlaid(place: Place, typed: Form) -> Form:
    """The form of a known place with what somebody has typed about it over it."""
    form = shown(place)
    for name in dict.fromkeys(typed):
        said = [one for one in typed.getlist(name) if one.strip()]
        if said and name in form or said and _is_of_place(name):
            form.setlist(name, said)
    return form


def sender(form: Form, origin: str) -> tuple[Sender, list[Fault]]:
    """Who sends it, and what is wrong with that."""
    try:
        box, faults = mailbox.read(form.get("email", "")), []
    except Invalid as error:
        box, faults = "", list(error.faults)
    name = text.clean(form.get("sender", ""))[: forms.LONGEST]
    return Sender(box, name, runs_it=bool(form.get("runs_it")), origin=origin), faults


def plain_faults(form: Form) -> Iterator[Fault]:
    """What is wrong with a form whatever it is about: too long, too many addresses of pages."""
    names = [name for name in dict.fromkeys(form) if not name.endswith((".text", ".rule"))]
    yield from forms.too_long(form, (name for name in names if name in _known(form)))
    texts = [one for name in names if not _is_link(name) for one in form.getlist(name)]
    if traps.links(texts) > traps.MOST_LINKS:
        yield Fault("", "too_many_links", "", str(traps.MOST_LINKS))


def _checked(
    form: Form,
    seen: Place | None,
    values: dict[str, Any],
    placed: Placed,
    timings: dict[str, Timing],
) -> Filled:
    faults = [*plain_faults(form), *placed.faults]
    if values.get("status") == "withdrawn":
        faults.append(Fault("status", "not_in_list"))
    for one in timings.values():
        faults += timing.faults(one)
    place = None
    extra = {} if seen else {"sources": _SOURCES}
    try:
        place = amendments.applied(seen, {**extra, **values}, place_id=_ID)
    except Invalid as error:
        known = {fault.field for fault in faults}
        faults += (one for one in error.faults if not _is_told(one, known, placed))
    in_order = sorted(faults, key=lambda one: _order(one.field))
    return Filled(values, tuple(in_order), placed, timings, None if faults else place)


def _moved(form: Form, before: Form) -> Placed:
    touched = {name for name in placing.FIELDS if form.get(name, "") != before.get(name, "")}
    if not touched:
        return Placed()
    if touched == {"point"}:
        return placing.moved(form)
    if "point" not in touched:
        # The old point belongs to the old town.
        form = MultiDict((name, one) for name, one in form.items(multi=True) if name != "point")
    return placing.read(form)


def _is_told(fault: Fault, known: set[str], placed: Placed) -> bool:
    """Whether the form says the same in its own words already."""
    where = fault.field in ("lat", "lon", "point", *_ADDRESS) or fault.field.startswith("position")
    return fault.field in known or (where and bool(placed.faults))


def _is_of_place(name: str) -> bool:
    return name in _known(MultiDict()) or name.startswith(("rooms.", "hours."))


def _known(form: Form) -> set[str]:
    rooms = {name for name in form if name.startswith("rooms.")}
    return {*forms.PLAIN, *placing.FIELDS, *_TEXTS, *rooms} - {"rooms"}


def _is_link(name: str) -> bool:
    return name in ("contact.website", "contact.profiles", "source", "start", "seen")


_ON_PAGE = (
    "name", "status", "type", "summary", "activities", "audience", "networks", "operator",
    "other_names",
    "address.city", "locality", "address.gmina", "address.voivodeship", "address", "point", "door",
    "journey", "hours.open", "rules.free", "rules", "hours.lending", "rooms", "capacity_people",
    "area_m2", "facilities", "languages", "catchment", "accessibility", "contact", "note",
    "source", "sender", "email",
)  # fmt: skip


def _order(name: str) -> int:
    """Where on the page the field stands."""
    found = [at for at, one in enumerate(_ON_PAGE) if name == one or name.startswith(f"{one}.")]
    return max(found, key=lambda at: len(_ON_PAGE[at]), default=len(_ON_PAGE) if name else -1)
