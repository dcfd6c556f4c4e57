"""Everything that is wrong with a catalogue file, feature by feature, each fault said once.

Three readers look at a feature: the record (`Place.read`), the published JSON Schema, which others
will hold us to and which is stricter about the kinds of values, and the layout of the file, which
keeps a change of one fact a change of one line.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonschema_rs

from places import geojson
from places import place as record
from places.errors import Fault, Invalid, shortened
from places.exchange.rows import Watch
from places.geojson import Line
from places.schema import feature_schema

# The validator's words for what happened, in ours.
_CODES: Mapping[str, str] = {
    "additionalProperties": "unknown_field",
    "enum": "not_in_list",
    "maxItems": "too_many",
    "maxLength": "too_long",
    "maximum": "too_big",
    "minLength": "empty",
    "minimum": "too_small",
    "pattern": "pattern",
    "required": "missing",
}


def check(path: Path, watch: Watch[Line] = iter) -> tuple[int, list[Fault]]:
    """How many features the file has, and all that is wrong with it, in the order of the file."""
    try:
        lines = list(geojson.lines(path))
    except Invalid as error:
        return 0, list(error.faults)
    # `$id` names no address here: the check works without a network.
    schema = jsonschema_rs.validator_for(feature_schema("urn:miejsca-otwarte:place"))
    faults: list[Fault] = []
    seen: set[str] = set()
    last = ""
    for line in watch(lines):
        place_id, found = _of_line(line, schema)
        faults += [fault.at(_where(line, place_id)) for fault in found]
        if place_id and place_id in seen:
            faults.append(Fault("id", "repeated", place_id, where=_where(line, place_id)))
        elif place_id and place_id < last:
            faults.append(Fault("id", "not_sorted", place_id, last, _where(line, place_id)))
        seen.add(place_id)
        last = max(last, place_id)
    return len(lines), faults or _of_layout(path, lines)


def _of_line(line: Line, schema: Any) -> tuple[str, list[Fault]]:
    """The feature's id, empty where it cannot be read, and its faults."""
    try:
        feature = json.loads(line.raw)
    except (ValueError, RecursionError):
        feature = None
    found: list[Fault] = []
    try:
        place = geojson.parse(line)
        found += record.concerns(place)
    except Invalid as error:
        place = None
        found += error.faults
    if feature is not None:
        found += _beyond(found, _of_schema(feature, schema))
    if place and not found and geojson.dumps(geojson.feature(place)).encode() != line.raw:
        found.append(Fault("", "not_canonical"))
    place_id = feature.get("id") if isinstance(feature, dict) else None
    return place_id if isinstance(place_id, str) else "", found


def _of_schema(feature: Any, schema: Any) -> Iterator[Fault]:
    try:
        errors = list(schema.iter_errors(feature))
    except ValueError:  # Nested too deep for it.
        yield Fault("", "wrong_type")
        return
    for error in errors:
        path = [str(part) for part in error.instance_path]
        code = _CODES.get(error.kind.name, "wrong_type")
        value = "" if isinstance(error.instance, dict | list) else shortened(error.instance)
        for inner in _missing_or_unknown(error.kind):
            yield Fault(_field([*path, *inner]), code, value)


def _missing_or_unknown(kind: Any) -> list[list[str]]:
    """The fields that the fault names beside its place; a list with nothing when it names none."""
    if kind.name == "required":
        return [[kind.property]]
    if kind.name == "additionalProperties":
        return [[name] for name in kind.unexpected]
    return [[]]


def _field(path: Sequence[str]) -> str:
    return ".".join(path[1:] if path[:1] == ["properties"] and len(path) > 1 else path)


def _beyond(said: Sequence[Fault], more: Iterator[Fault]) -> list[Fault]:
    """The faults of fields of which nothing has been said yet."""
    fields = ["geometry" if fault.field == "point" else fault.field for fault in said]
    found = []
    for fault in more:
        if not any(_touch(field, fault.field) for field in fields):
            found.append(fault)
            fields.append(fault.field)
    return found


def _touch(one: str, other: str) -> bool:
    """Whether one field is, or lies within, the other."""
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _of_layout(path: Path, lines: Sequence[Line]) -> list[Fault]:
    """Whether all around the features is as we write it, once each of them is."""
    head, tail = "".join(geojson.collection(())).encode().split(b"\n", 1)
    inner = b"".join(b"\n" + line.raw + b"," for line in lines).removesuffix(b",")
    same = path.read_bytes() == head + inner + b"\n" + tail
    return [] if same else [Fault("", "not_canonical")]


def _where(line: Line, place_id: str) -> str:
    return f"line {line.number}" + (f" · {shortened(place_id, 20)}" if place_id else "")
