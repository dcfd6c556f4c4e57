"""The catalogue on disk: one RFC 7946 file, one feature a line, sorted by id.

A feature looks the same in the file, in the API and on the map.  This module alone knows what
stands in `places.geojson` (lines.py takes it apart, replacing.py puts a new one in its place); it
alone swaps latitude and longitude.  Keys stand in the order of the record, so
that a change of one fact is a change of one line.
"""

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from places import replacing
from places.errors import Fault, Invalid, shortened
from places.geo import Point
from places.lines import HEAD, TAIL, refuse_constant
from places.lines import Line as Line
from places.lines import lines as lines
from places.place import Place

DECIMALS = 6  # of a degree: 11 cm, finer than anyone measured
_ID = re.compile(rb'\{"type":"Feature","id":"([0-9a-z]{8})",')  # as our features begin


class Stamp(NamedTuple):
    """What tells one state of the file from another, without reading it."""

    mtime_ns: int
    size: int
    inode: int


class Catalogue(NamedTuple):
    """A whole file, read: what is good in it and what is not."""

    places: Sequence[Place]
    faults: Sequence[Fault]


def stamp(path: Path) -> Stamp | None:
    """The file's stamp; None when there is no such file.  Take it *before* reading."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Stamp(found.st_mtime_ns, found.st_size, found.st_ino)


def feature(place: Place) -> dict[str, Any]:
    """The place as an RFC 7946 Feature: longitude first, unknown facts left out."""
    lat, lon = place.point
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": {
            "type": "Point",
            "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)],
        },
        "properties": _known(place.model_dump(exclude={"id", "point"}, exclude_none=True)),
    }


def place(of: Any) -> Place:
    """The place in a Feature.

    Raises Invalid with all the faults.
    """
    shape = _shape_faults(of)
    if shape:
        raise Invalid(shape)
    lon, lat = of["geometry"]["coordinates"][:2]
    # One copy of id and point, whatever a stranger put among the properties.
    inner = {"id", "point"} & of["properties"].keys()
    if inner:
        raise Invalid(Fault(name, "unknown_field") for name in sorted(inner))
    return Place.read({"id": of["id"], "point": Point(lat, lon), **of["properties"]})


def dumps(of: Mapping[str, Any]) -> str:
    """JSON on one line, as in the file: letters as they are, no needless spaces."""
    return json.dumps(of, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def parse(line: Line) -> Place:
    """The place in one line.

    Raises Invalid; each fault names the line and, where it can be read, the id.
    """
    try:
        of = json.loads(line.raw.decode(), parse_constant=refuse_constant)
    except UnicodeDecodeError as error:
        raise Invalid([Fault("", "encoding", "", str(error.start + 1)).at(_where(line))]) from None
    except (ValueError, RecursionError) as error:
        at = str(getattr(error, "pos", 0) + 1)
        raise Invalid([Fault("", "not_json", shortened(error), at).at(_where(line))]) from None
    try:
        return place(of)
    except Invalid as error:
        name = _where(line, of.get("id") if isinstance(of, dict) else None)
        raise Invalid(fault.at(name) for fault in error.faults) from None


def read(path: Path) -> Catalogue:
    """The whole file: every good place, every fault.  Never raises for what is in the file."""
    try:
        found = list(lines(path))
    except Invalid as error:
        return Catalogue((), error.faults)
    places: dict[str, Place] = {}
    faults: list[Fault] = []
    last = ""
    for line in found:
        try:
            one = parse(line)
        except Invalid as error:
            faults.extend(error.faults)
            continue
        if one.id in places:
            faults.append(Fault("id", "repeated", one.id, where=_where(line, one.id)))
            continue
        if one.id < last:
            faults.append(Fault("id", "not_sorted", one.id, last, _where(line, one.id)))
        places[one.id] = one
        last = max(last, one.id)
    return Catalogue(tuple(places.values()), faults)


editing = replacing.alone
"""Holds the catalogue against other writers, from reading it to having written it."""


def write(path: Path, places: Iterable[Place]) -> None:
    """Puts the whole catalogue in place of the old one, at once: a reader sees either, never half.

    Hold `editing` from before the old one was read, or another writer's change may be lost.
    """
    in_order = sorted(places, key=lambda one: one.id)
    replacing.put(path, (piece.encode() for piece in collection(in_order)))


def amend(path: Path, changes: Mapping[str, Place | None]) -> None:
    """Replaces, adds or (None) takes out these places by id, at once.

    The other features are carried over as they stand, so that they need not be understood.  Where
    the file has another layout than ours it is read and written whole.  Raises Invalid, and leaves
    the file as it is, when it is damaged.  Hold `editing`.
    """
    if stamp(path) is None:
        write(path, (one for one in changes.values() if one is not None))
        return
    try:
        replacing.put(path, _amended(lines(path), changes))
    except _OtherLayout:
        found = read(path)
        if found.faults:
            raise Invalid(found.faults) from None
        kept = {one.id: one for one in found.places} | dict(changes)
        write(path, (one for one in kept.values() if one is not None))


def pick(path: Path, ids: Container[str]) -> dict[str, Place]:
    """Those of these places that the file has; the others need not be understood.

    Raises Invalid when the file, or one of them, cannot be read.
    """
    found: dict[str, Place] = {}
    for line in lines(path):
        known = _ID.match(line.raw)
        if known is None or known[1].decode() in ids:
            one = parse(line)
            if one.id in ids:
                found[one.id] = one
    return found


def collection(places: Iterable[Place]) -> Iterator[str]:
    """The text of a catalogue, piece by piece, in the layout of the file."""
    yield HEAD
    between = "\n"
    for one in places:
        yield between + dumps(feature(one))
        between = ",\n"
    yield f"\n{TAIL}\n"


class _OtherLayout(Exception):
    """Not one feature a line in the order of the ids, as we write it."""


def _amended(found: Iterable[Line], changes: Mapping[str, Place | None]) -> Iterator[bytes]:
    yield HEAD.encode()
    between = b"\n"
    for raw in _merged(found, changes):
        yield between + raw
        between = b",\n"
    yield f"\n{TAIL}\n".encode()


def _merged(found: Iterable[Line], changes: Mapping[str, Place | None]) -> Iterator[bytes]:
    waiting = sorted(changes, reverse=True)
    last = ""
    for line in found:
        known = _ID.match(line.raw)
        if known is None or (place_id := known[1].decode()) <= last:
            raise _OtherLayout
        while waiting and waiting[-1] <= place_id:
            yield from _raw(changes[waiting.pop()])
        if place_id not in changes:
            yield line.raw
        last = place_id
    for place_id in reversed(waiting):
        yield from _raw(changes[place_id])


def _raw(one: Place | None) -> Iterator[bytes]:
    if one is not None:
        yield dumps(feature(one)).encode()


def _known(value: Any) -> Any:
    """The same without what is empty: an absent fact is unknown."""
    if isinstance(value, dict):
        inner = {key: _known(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one not in (None, {}, [])}
    if isinstance(value, list | tuple):
        return [_known(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _shape_faults(of: Any) -> list[Fault]:
    if not isinstance(of, dict) or of.get("type") != "Feature":
        return [Fault("type", "not_a_feature")]
    found = []
    if not isinstance(of.get("properties"), dict):
        found.append(Fault("properties", "missing"))
    if "id" not in of:
        found.append(Fault("id", "missing"))
    geometry = of.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return [*found, Fault("geometry", "not_a_point")]
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or not _are_numbers(coordinates):
        found.append(Fault("geometry.coordinates", "not_a_point", shortened(coordinates)))
    return found


def _are_numbers(coordinates: list[Any]) -> bool:
    return len(coordinates) in (2, 3) and all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in coordinates
    )


def _where(line: Line, place_id: object = None) -> str:
    return f"line {line.number}" + (f" · {shortened(place_id, 20)}" if place_id else "")
