"""A form as a page: every field as it was typed, every fault beside its field and in the summary.

The same page for a new place, a change and the owner; templates/submit/_form.html lays it out.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask import render_template, request

from places import localities, maps
from places.errors import Fault
from places.geo import Point
from places.vocabulary import AUDIENCES, NETWORKS, TYPES
from places.web import current, forms, placing, timing, traps, uploading, words
from places.web.filling import Filled
from places.web.forms import Form

_LANGUAGES = ("pl", "uk", "en", "ru", "be", "de", "vi")
_NUMBER = re.compile(r"\.\d+$")
_ELSEWHERE = {
    "lat": "point",
    "lon": "point",
    "sources": "",
    "address.teryt": "address.city",
    "hours.open": "hours.open.text",
    "hours.lending": "hours.lending.text",
}


def page(
    template: str,
    form: Form,
    faults: Sequence[Fault] = (),
    filled: Filled | None = None,
    **more: Any,
) -> str:
    """The page with the form as it stands."""
    # Who was too fast with a form that has other faults will not be when those are mended.
    slow = [fault for fault in faults if fault.code != "too_fast"] or faults
    told = [(_field(fault), fault) for fault in slow]
    said: dict[str, list[str]] = {}
    for name, fault in told:
        said.setdefault(name, []).append(words.mend(fault))
    known = filled or Filled(timings={name: timing.read(form, name) for name in timing.FIELDS})
    return render_template(
        template,
        form=form,
        faulty=said,
        summary=list(dict.fromkeys((name, words.mend_where(fault)) for name, fault in told)),
        placed=known.placed,
        timings=known.timings,
        rooms=rooms(form),
        start=_start(form, faults),
        map=maps.of_picker(_picker(form), tiles=current.tiles()),
        **(_lists() | more),
    )


def rooms(form: Form) -> int:
    """How many rows of rooms to show: one more where that was asked for."""
    more = "more_rooms" in request.form
    return min(forms.MOST_ROOMS, forms.rooms_in(form) + more)


def chosen(form: Form, name: str, offered: Iterable[str]) -> list[str]:
    """The values to offer: ours, and those the record has beside them."""
    return list(dict.fromkeys([*offered, *form.getlist(name)]))


def _start(form: Form, faults: Iterable[Fault]) -> str:
    """When the form was first given out; whoever was too fast once may be the next time."""
    again = any(fault.code in ("too_fast", "form_expired") for fault in faults)
    known = form.get(traps.STARTED, "")
    return known if known and not again else traps.started(current.now(), again=again)


def _field(fault: Fault) -> str:
    """The field of the page at which the fault is told."""
    name = fault.field if fault.field.startswith("rooms.") else _NUMBER.sub("", fault.field)
    return "point" if name.startswith("position.") else _ELSEWHERE.get(name, name)


def _lists() -> dict[str, Any]:
    return {
        "voivodeships": localities.voivodeships(current.index()),
        "types": tuple(TYPES),
        "audiences": tuple(AUDIENCES),
        "languages": _LANGUAGES,
        "known_networks": tuple(NETWORKS),
        "longest": forms.limit,
        "chosen": chosen,
        "honey": traps.HONEY,
        "uploaded": uploading.uploaded(),
        "another": placing.ANOTHER,
    }


def _picker(form: Form) -> maps.Picker:
    values = placing.moved(form).values
    point = Point(values["lat"], values["lon"]) if values else None
    return maps.Picker("point", "accuracy", point)
