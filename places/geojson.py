"""The catalogue on disk: one RFC 7946 file, one feature a line, sorted by id.

A feature looks the same in the file, in the API and on the map.  This module alone opens
`places.geojson`; it alone swaps latitude and longitude.  Keys stand in the order of the record, so
that a change of one fact is a change of one line.
"""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from places.errors import Fault, Invalid, shortened
from places.geo import Point
from places.place import Place

DECIMALS = 6  # of a degree: 11 cm, finer than anyone measured
_HEAD = '{"type":"FeatureCollection","name":"Miejsca Otwarte","features":['
_TAIL = "]}"
_BLANK = b" \t\r\n"  # just what JSON allows


class Stamp(NamedTuple):
    """What tells one state of the file from another, without reading it."""

    mtime_ns: int
    size: int
    inode: int


class Line(NamedTuple):
    """One feature as it stands in the file."""

    number: int
    """Counted from 1, for people."""
    raw: bytes
    """The feature's JSON, without the comma."""


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
        "properties": _known(place.model_dump(exclude={"id", "point"})),
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


def lines(path: Path) -> Iterator[Line]:
    """Every feature of the file with its line number, one after another, not yet parsed.

    A file in another layout (indented, all on one line) is read too; its features are then numbered
    in order.  Raises Invalid where the file as a whole cannot be used: missing, not UTF-8, cut
    short, not a FeatureCollection.  A cut shows only at the end: use nothing before that.
    """
    try:
        with path.open("rb") as file:
            if _is_head(file.readline().removeprefix(b"\xef\xbb\xbf")):
                yield from _rows(file)
                return
            file.seek(0)
            raw = file.read()
    except FileNotFoundError:
        raise Invalid([Fault("", "no_file", path.name)]) from None
    except OSError as error:
        raise Invalid([Fault("", "unreadable", path.name, str(error.strerror))]) from None
    yield from _other_layout(raw.removeprefix(b"\xef\xbb\xbf"))


def _rows(file: BinaryIO) -> Iterator[Line]:
    last, comma, ended = 1, None, False  # type: int, bool | None, bool
    for number, raw in enumerate(file, 2):
        row = raw.strip(_BLANK)
        if not row:
            continue
        is_tail = row == _TAIL.encode()
        # A comma stands between two features and nowhere else.
        if ended or comma is is_tail:
            raise Invalid([Fault("", "not_json", where=f"line {number if ended else last}")])
        last, comma, ended = number, row.endswith(b","), is_tail
        if not ended:
            yield Line(number, row.removesuffix(b","))
    if not ended:
        raise Invalid([Fault("", "cut_short", where=f"line {last}")])


def parse(line: Line) -> Place:
    """The place in one line.

    Raises Invalid; each fault names the line and, where it can be read, the id.
    """
    try:
        of = json.loads(line.raw.decode(), parse_constant=_refuse_constant)
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


@contextmanager
def editing(path: Path) -> Iterator[None]:
    """Holds the catalogue against other writers, from reading it to having written it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # The lock lies beside the file, because the file itself is replaced.
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(path: Path, places: Iterable[Place]) -> None:
    """Puts the whole catalogue in place of the old one, at once: a reader sees either, never half.

    Hold `editing` from before the old one was read, or another writer's change may be lost.
    """
    in_order = sorted(places, key=lambda one: one.id)
    path = path.resolve()  # Behind a link the file itself is replaced, not the link.
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(collection(in_order))
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    # The new name itself must survive a power cut.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def collection(places: Iterable[Place]) -> Iterator[str]:
    """The text of a catalogue, piece by piece, in the layout of the file."""
    yield _HEAD
    between = "\n"
    for one in places:
        yield between + dumps(feature(one))
        between = ",\n"
    yield "\n" + _TAIL + "\n"


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


def _is_head(row: bytes) -> bool:
    try:
        whole = json.loads(row.decode() + _TAIL)
    except (ValueError, RecursionError):
        return False
    named = {"type": "FeatureCollection", "features": []}
    return isinstance(whole, dict) and named.items() <= whole.items()


def _other_layout(raw: bytes) -> list[Line]:
    try:
        whole = json.loads(raw.decode(), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        number = raw.count(b"\n", 0, error.start) + 1
        raise Invalid([Fault("", "encoding", where=f"line {number}")]) from None
    except (ValueError, RecursionError) as error:
        raise Invalid([_unreadable(raw, error)]) from None
    if not isinstance(whole, dict) or not isinstance(whole.get("features"), list):
        raise Invalid([Fault("type", "not_a_collection")])
    return [
        Line(number, json.dumps(one).encode()) for number, one in enumerate(whole["features"], 1)
    ]


def _unreadable(raw: bytes, error: Exception) -> Fault:
    line = getattr(error, "lineno", 1)
    cut = not raw.rstrip().endswith(b"}")
    return Fault("", "cut_short" if cut else "not_json", shortened(error), where=f"line {line}")


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


def _refuse_constant(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")


def _where(line: Line, place_id: object = None) -> str:
    return f"line {line.number}" + (f" · {shortened(place_id, 20)}" if place_id else "")
