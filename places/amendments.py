"""What a change of a record is: values by dotted column, and what they make of it.

A value is what JSON can say (`networks` a list, `rooms` a list of objects); None takes the fact
out, because an absent fact is unknown.  `lat` and `lon` are two columns of one point.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from places import columns, geojson
from places import place as record
from places.errors import Fault, Invalid
from places.place import Place

GROUPS = ("existence", "address", "hours", "offer", "accessibility")
"""The groups of facts that are checked together, as in `facts.Checks`."""
BOOKKEEPING = frozenset({"id", "added", "changed"})
"""Columns about the record and not the place: people need not see them among differences."""

_GROUPS = {
    "name": "existence", "other_names": "existence", "type": "existence", "status": "existence",
    "status_note": "existence", "valid_from": "existence", "valid_to": "existence",
    "operator": "existence", "networks": "existence", "values": "existence",
    "merged_into": "existence",
    "lat": "address", "lon": "address", "address": "address", "position": "address",
    "door": "address", "journey": "address", "catchment": "address", "contact": "address",
    "hours": "hours", "accessibility": "accessibility",
    "summary": "offer", "rules": "offer", "rooms": "offer", "capacity_people": "offer",
    "area_m2": "offer", "facilities": "offer", "activities": "offer", "audience": "offer",
    "languages": "offer", "photos": "offer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One column, before and after; None means unknown."""

    field: str
    before: Any
    after: Any
    now: Any = None
    """In a conflict: what the catalogue has now."""


def group_of(column: str) -> str:
    """The group of facts that a column belongs to, one of GROUPS.

    Empty for what describes the record and not the place: id, dates, checks, doubts, sources,
    licence, refs.
    """
    return _GROUPS.get(column.partition(".")[0], "")


def flat(place: Place) -> dict[str, Any]:
    """Every known fact by its column, in the record's order; lists stay lists."""
    feature = geojson.feature(place)
    lon, lat = feature["geometry"]["coordinates"]
    return dict(_flat({"id": place.id, "lat": lat, "lon": lon, **feature["properties"]}, ""))


def applied(
    place: Place | None, values: Mapping[str, Any], *, place_id: str | None = None
) -> Place:
    """The place with these values over its facts; without a place, a new one of that id.

    Raises Invalid with all the faults, also those that only a check would name.  What was wrong
    with the record before is no fault of the change.
    """
    fields = _nested(flat(place)) if place else {"id": place_id or values.get("id")}
    known = {name: value for name, value in values.items() if columns.column(name) is not None}
    faults = [Fault(name, "unknown_field") for name in values if name not in known]
    if fields["id"] != known.pop("id", fields["id"]):
        faults.append(Fault("id", "unknown_field"))
    for name, value in known.items():
        _put(fields, _path(name), value)
    faults += _point(fields)
    old = record.concerns(place) if place else []
    try:
        made = Place.read(fields)
    except Invalid as error:
        faults += (one for one in error.faults if one.field != "point" or not _of_point(faults))
        if "sources" not in fields:
            faults.append(Fault("sources", "missing"))
        given: Any = fields.get("hours", {})
        wrong = record.wrong_hours(given)
        raise Invalid([*faults, *(fault for fault in wrong if fault not in old)]) from None
    faults += [fault for fault in record.concerns(made) if fault not in old]
    if faults:
        raise Invalid(faults)
    return made


def differences(before: Place | None, after: Place) -> tuple[Difference, ...]:
    """All columns in which the two differ, BOOKKEEPING included, in the record's order."""
    old, new = flat(before) if before else {"id": after.id}, flat(after)
    return tuple(
        Difference(name, old.get(name), new.get(name))
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    )


def conflicts(
    current: Place, base: Mapping[str, Any], changes: Mapping[str, Any]
) -> tuple[Difference, ...]:
    """The changed columns that hold now neither what the change began with nor what it proposes."""
    now = flat(current)
    return tuple(
        Difference(name, base.get(name), value, now.get(name))
        for name, value in changes.items()
        if now.get(name) not in (base.get(name), value)
    )


def _flat(record: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in values.items():
        _put(fields, _path(name), value)
    return fields


def _path(name: str) -> list[str]:
    return name.split(".", 1 if name.startswith(columns.REFS) else -1)


def _put(fields: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """Puts the value at its place; None takes out what is there, and what is then empty."""
    name, *inner = path
    if inner:
        below = fields.setdefault(name, {})
        _put(below, inner, value)
        value = below or None
    if value is None:
        fields.pop(name, None)
    else:
        fields[name] = value


def _point(fields: dict[str, Any]) -> Iterator[Fault]:
    """Puts the point together of `lat` and `lon`; their faults."""
    pair = {name: fields.pop(name, None) for name in ("lat", "lon")}
    for name, value in pair.items():
        if value is None:
            yield Fault(name, "missing")
        elif not isinstance(value, int | float):
            yield Fault(name, "not_a_number", str(value))
    fields["point"] = tuple(
        round(value, geojson.DECIMALS) if isinstance(value, int | float) else 0.0
        for value in pair.values()
    )


def _of_point(faults: Sequence[Fault]) -> bool:
    return any(fault.field in ("lat", "lon") for fault in faults)
