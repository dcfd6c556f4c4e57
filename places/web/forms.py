"""A form about a place, read into dotted values and written back: one idea of every field.

What a field is comes from the record itself (`columns`), so nothing here knows that
`rules.free` has three answers.  Reading never refuses: what cannot be read stays as it was typed,
for the record's own checks to name.  A field left empty means "nobody knows", never "no".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from places import columns, text
from places.errors import Fault, shortened

PLAIN = (
    "name", "status", "status_note", "type", "other_names", "networks", "summary", "activities",
    "audience", "languages",
    "operator.name", "operator.legal_form",
    "address.street", "address.postcode", "address.district", "door", "journey",
    "rules.free", "rules.cost_note", "rules.walk_in", "rules.booking_note",
    "rules.booking_days_ahead", "rules.residents_only", "catchment", "rules.children_alone",
    "rules.children_alone_from", "rules.own_meeting", "rules.own_meeting_note",
    "rules.non_commercial", "rules.no_politics", "rooms", "capacity_people", "area_m2",
    "facilities", "rules.key_holder",
    "accessibility.wheelchair", "accessibility.level_entrance", "accessibility.ground_floor",
    "accessibility.ramp", "accessibility.lift", "accessibility.toilet",
    "accessibility.toilets_wheelchair", "accessibility.parking_disabled",
    "accessibility.assistance", "accessibility.hearing_loop", "accessibility.sign_language",
    "accessibility.note",
    "contact.phone", "contact.email", "contact.website", "contact.profiles",
)  # fmt: skip
"""Fields that are what they seem; where the place is and when it is open are read apart."""
TICKED = frozenset({"audience", "languages"})
"""Lists whose items are chosen, not typed."""
ROOM = ("name", "people", "area_m2", "equipment")
MOST_ROOMS = 20
LONG = frozenset(
    {"summary", "door", "journey", "rules.cost_note", "rules.booking_note",
     "rules.own_meeting_note", "accessibility.note", "activities", "facilities", "note",
     "contact.profiles"}
)  # fmt: skip
"""Fields of several lines."""
LONGEST, LONGEST_LONG = 200, 2_000
_ROOM_FIELD = re.compile(r"rooms\.([0-9]{1,2})\.")
_ALONE = re.compile(r"[^\S\n]+")
_WWW = re.compile(r"(?i)(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(/\S*)?")

Form = MultiDict[str, str]


def read(form: Form) -> dict[str, Any]:
    """The value of every plain field by its column; None where nothing is said."""
    return {name: _value(form, name) for name in PLAIN}


def written(values: Mapping[str, Any]) -> Form:
    """What the form shows for these values; `read` of it says which of them were touched."""
    form: Form = MultiDict()
    for name in PLAIN:
        for key, said in _written(name, values.get(name)):
            form.add(key, said)
    return form


def rooms_in(form: Form) -> int:
    """How many rows of rooms the form has: one at least."""
    numbers = [int(found[1]) for name in form if (found := _ROOM_FIELD.match(name))]
    return min(MOST_ROOMS, max(numbers, default=0) + 1)


def limit(name: str) -> int:
    """The most letters one may type in the field."""
    return LONGEST_LONG if name in LONG else LONGEST


def too_long(form: Form, names: Iterable[str]) -> Iterator[Fault]:
    """A fault for each field with more letters than its limit."""
    for name in names:
        for said in form.getlist(name):
            # What a browser counts as one letter it sends as two: a line ends with "\r\n".
            if len(said.replace("\r\n", "\n")) > limit(name):
                yield Fault(name, "too_long", shortened(said, 40), str(limit(name)))


def _value(form: Form, name: str) -> Any:
    column = columns.columns()[name]
    if name == "rooms":
        return _rooms(form) or None
    if name in TICKED:
        return [one for one in form.getlist(name) if one] or None
    said = form.get(name, "")
    if column.kind == "list":
        items = [_web(one) if name == "contact.profiles" else one for one in _items(said)]
        return items or None
    if column.kind in ("whole", "number"):
        return _number(said)
    said = text.clean(said)
    return (_web(said) if name == "contact.website" else said) or None


def _items(said: str) -> list[str]:
    """Items by lines or semicolons; by commas where there are neither."""
    lines = said.replace("\r\n", "\n").replace("\r", "\n")
    parts = re.split(r"[;\n]", lines) if re.search(r"[;\n]", lines.strip(" \n")) else None
    found = [text.clean(part).strip(" ,") for part in (parts or lines.split(","))]
    return list(dict.fromkeys(part for part in found if part))


def _number(said: str) -> int | float | str | None:
    bare = _ALONE.sub("", said).replace(",", ".")
    if re.fullmatch(r"[0-9]{1,9}", bare):
        return int(bare)
    if re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,6}", bare):
        return float(bare)
    return text.clean(said) or None


def _web(said: str) -> str:
    """An address of a page as people say it: "www.dk.pl" leads somewhere too."""
    return f"https://{said}" if _WWW.fullmatch(said) else said


def _rooms(form: Form) -> list[dict[str, Any]]:
    found = []
    for number in range(rooms_in(form)):
        name, people, area, equipment = (form.get(f"rooms.{number}.{part}", "") for part in ROOM)
        room = {
            "name": text.clean(name),
            "people": _number(people),
            "area_m2": _number(area),
            "equipment": _items(equipment),
        }
        known = {part: value for part, value in room.items() if value not in (None, "", [])}
        if known:
            found.append({"name": f"sala {number + 1}", **known})
    return found


def _written(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if name == "rooms":
        for number, room in enumerate(value[:MOST_ROOMS]):
            for part, one in room.items():
                yield f"rooms.{number}.{part}", _joined(one) if part == "equipment" else _said(one)
    elif name in TICKED:
        yield from ((name, str(one)) for one in value)
    elif isinstance(value, list | tuple):
        yield name, "\n".join(value) if name == "contact.profiles" else _joined(value)
    else:
        yield name, _said(value)


def _joined(items: Sequence[str]) -> str:
    whole = ", ".join(items)
    return whole if whole.count(",") < len(items) else "; ".join(items) + ";"


def _said(value: Any) -> str:
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    return str(whole).replace(".", ",") if isinstance(whole, float) else str(whole)
