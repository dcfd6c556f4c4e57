"""The ways on foot in an OpenStreetMap file (PBF), as arrays.

Osmium reads the file, puts each node's place into its ways and hands the ways on as lines of text
(OPL) in memory, all without a word of Python for each node; pandas reads the numbers of the lines
at once.  That takes a third of the time of asking osmium for node after node.  The text lies in
memory because osmium ends the whole process when a disk fills up under its pen.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from places.coverage import walking
from places.coverage.ground import Floats
from places.errors import Fault, Invalid, shortened

_MAGIC = b"OSMHeader"
_OPL = "opl,add_metadata=false,locations_on_ways=true"
_BLOCK = 64_000_000  # bytes of text at a time
_COLUMNS = {"node": np.int64, "lon": np.float64, "lat": np.float64}
_APART = b"0xy\n"  # between two ways: a node that is none
_AS_ROWS = bytes.maketrans(b"xy,", b",,\n")  # "n1x18.6y54.3,n2x…" into rows of a CSV
_SAID = frozenset(one.encode() for one in walking.SAID)


class Ways(NamedTuple):
    """Every node of every way on foot, way after way; a node 0 parts two ways."""

    node: NDArray[np.int64]
    """Its number in OpenStreetMap."""
    lon: Floats
    lat: Floats
    """NaN where the file has the way but not the node: outside its edge."""
    steps: NDArray[np.bool_]
    closed: NDArray[np.int64]
    """Nodes where a barrier stops the public."""
    ways: int
    """How many there are."""
    date: str
    """The day of the data, where the file tells: "2026-03-01"."""


class _Text(NamedTuple):
    """The nodes of ways as osmium writes them, and the numbers of closed gates."""

    level: list[bytes]
    steps: list[bytes]
    closed: list[int]


def read(path: Path) -> Ways:
    """The ways on foot of the file.

    Raises Invalid when there is no such file, or it is no PBF, or broken.
    """
    _look(path)
    handle = os.memfd_create("ways")
    with os.fdopen(handle, "rb") as text:
        try:
            date = _written(path, f"/proc/self/fd/{handle}")
        except RuntimeError as error:
            raise Invalid([Fault("", "pbf_broken", shortened(error))]) from None
        found = _sorted(text)
    level, steps = _numbers(found.level), _numbers(found.steps)
    node, lon, lat = (np.concatenate(both) for both in zip(level, steps, strict=True))
    return Ways(
        node.astype(np.int64, copy=False),
        lon,
        lat,
        np.repeat([False, True], [len(level[0]), len(steps[0])]),
        np.array(found.closed, np.int64),
        len(found.level) + len(found.steps),
        date,
    )


def _look(path: Path) -> None:
    try:
        with path.open("rb") as file:
            begins = file.read(32)
    except OSError as error:
        raise Invalid([Fault("", "no_file", shortened(path), str(error))]) from None
    if _MAGIC not in begins:
        raise Invalid([Fault("", "not_pbf", shortened(path.name))])


def _written(path: Path, to: str) -> str:
    """Writes the ways and barriers as lines, and says of when the file is."""
    import osmium

    bits = osmium.osm.NODE | osmium.osm.WAY
    with (
        osmium.io.Reader(osmium.io.File(path, "pbf"), bits) as reader,
        osmium.SimpleWriter(osmium.io.File(to, _OPL), overwrite=True) as writer,
    ):
        osmium.apply(reader, _placed(osmium), *_filters(osmium), writer)
        return str(reader.header().get("osmosis_replication_timestamp"))[:10]


def _placed(osmium: Any) -> Any:
    """Puts the nodes' places into the ways; one that is missing stays empty."""
    places = osmium.NodeLocationsForWays(osmium.index.create_map("flex_mem"))
    places.ignore_errors()
    return places


def _filters(osmium: Any) -> Iterator[Any]:
    yield osmium.filter.KeyFilter("highway").enable_for(osmium.osm.WAY)
    yield osmium.filter.KeyFilter("barrier").enable_for(osmium.osm.NODE)


def _sorted(text: BinaryIO) -> _Text:
    """Puts the lines of ways on foot apart from all others."""
    found = _Text([], [], [])
    judged: dict[frozenset[bytes], list[bytes] | None] = {}
    while lines := text.readlines(_BLOCK):
        for line in lines:
            name, tags, nodes, *_ = line.split(b" ")
            said = _SAID.intersection(tags[1:].split(b","))
            if name.startswith(b"n"):
                if walking.is_closed(_tags(said)):
                    found.closed.append(int(name[1:]))
                continue
            if said not in judged:
                judged[said] = _where(found, said)
            kept = judged[said]
            if kept is not None:
                kept.append(nodes)
    return found


def _where(found: _Text, said: frozenset[bytes]) -> list[bytes] | None:
    tags = _tags(said)
    if not walking.may_walk(tags):
        return None
    return found.steps if walking.is_steps(tags) else found.level


def _tags(said: frozenset[bytes]) -> dict[str, str]:
    pairs = (one.decode().partition("=") for one in said)
    return {key: value for key, _, value in pairs}


def _numbers(lines: Sequence[bytes]) -> tuple[NDArray[np.int64], Floats, Floats]:
    """The nodes of these ways with their places, after each way a 0."""
    if not lines:
        return np.zeros(0, np.int64), np.zeros(0), np.zeros(0)
    import io

    import pandas

    rows = _APART.join([*lines, b""]).translate(_AS_ROWS, b"Nn")
    frame = pandas.read_csv(
        io.BytesIO(rows), header=None, names=list(_COLUMNS), dtype=_COLUMNS, engine="c"
    )
    node, lon, lat = (frame[name].to_numpy() for name in _COLUMNS)
    return node, lon, lat
