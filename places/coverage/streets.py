"""The walking network: its nodes, the streets between them, how long they are and which are stairs.

Made once from an OpenStreetMap file and kept as arrays.  Only the largest connected part is kept,
because from the others nobody walks anywhere; how much that is stands in `about`.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from places.coverage import ground, kept, paths, ways
from places.coverage.ground import Flags, Floats, Ints
from places.coverage.kept import About, Kept
from places.coverage.terms import Walker
from places.coverage.ways import Ways
from places.download import Watch
from places.errors import Fault, Invalid, Unavailable, shortened
from places.geo import Point, in_poland

OWNER = "© OpenStreetMap contributors"
LICENCE = "ODbL 1.0"
SHORTEST = 0.01
"""Metres of a street between two nodes at the same spot."""
_A, _E2 = 6_378_137.0, 0.006_694_379_990_14  # WGS 84: half the long axis, eccentricity squared
_ASKED = 1_000  # nodes asked whether they are in Poland


class Edges(NamedTuple):
    """Streets between two nodes each, walked both ways."""

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    length: NDArray[np.float32]
    """Metres."""
    steps: Flags


@dataclass(frozen=True, eq=False)
class Network:
    """Streets that hang together."""

    name: str
    x: Floats
    y: Floats
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    """Each street once, `start` < `end`."""
    length: NDArray[np.float32]
    """Metres along the street."""
    steps: Flags
    about: About

    @cached_property
    def node_metres(self) -> Floats:
        """Metres of street that belong to each node: half of every street that ends there."""
        half, nodes = np.asarray(self.length, float) / 2, len(self.x)
        found = np.bincount(self.start, half, nodes) + np.bincount(self.end, half, nodes)
        return np.asarray(found, float)

    def cost(self, walker: Walker) -> csr_array:
        """What a walker feels, in metres, between neighbours, both ways: stairs are longer."""
        if walker.steps not in self._costs:
            felt = np.asarray(self.length, float) * np.where(self.steps, walker.steps, 1.0)
            self._costs[walker.steps] = _both_ways(self.start, self.end, felt, len(self.x))
        return self._costs[walker.steps]

    def snap(self, x: Floats, y: Floats, within: float) -> tuple[Ints, Floats]:
        """The nearest node of each point and the metres to it; -1 and inf beyond `within`."""
        return paths.snap(self._tree, x, y, within)

    @cached_property
    def _tree(self) -> cKDTree:
        return paths.tree(self.x, self.y)

    @cached_property
    def _costs(self) -> dict[float, csr_array]:
        return {}


def load(
    instance: Path,
    path: Path,
    name: str,
    today: date,
    *,
    source: str = "",
    watch: Watch = lambda step, share: None,
) -> Kept:
    """Reads a file of OpenStreetMap (PBF) and keeps its network under that name.

    Raises Invalid when the file is no PBF, is broken, or has no street in Poland; OSError when
    there is no room.  A network of that name stays in use until the new one is whole.
    """
    if not kept.is_name(name):
        raise Invalid([Fault("name", "set_name", shortened(name))])
    watch("reading", 0.0)
    found = ways.read(path)
    watch("joining", 0.6)
    arrays, more = build(found)
    about = About(
        title=f"OpenStreetMap: {name}", source=source or path.name, owner=OWNER, licence=LICENCE,
        date=found.date, retrieved=today.isoformat(), rows=len(arrays["x"]), more=more,
    )  # fmt: skip
    watch("keeping", 0.9)
    done = kept.put(instance, "streets", name, arrays, about)
    watch("keeping", 1.0)
    return done


def current(instance: Path) -> tuple[Network, ...]:
    """The networks in use, in the order of their names.

    Raises Unavailable when one is gone or damaged.
    """
    return tuple(
        _opened(one.folder, one.name, json.dumps(asdict(one.about), sort_keys=True))
        for one in kept.current(instance, "streets")
    )


def digest(instance: Path) -> str:
    """Of all networks in use."""
    found = [f"{one.name} {one.digest}" for one in kept.current(instance, "streets")]
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]


@lru_cache(maxsize=32)
def _opened(folder: Path, name: str, said: str) -> Network:
    about = About(**json.loads(said))
    arrays = Kept("streets", name, "", folder, about).arrays()
    try:
        return Network(name=name, about=about, **arrays)
    except TypeError as error:  # An array is missing, or is none of ours.
        raise Unavailable(f"{folder.name}: {error}") from error


def build(found: Ways) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    """The arrays of a network, and what is to be told of it.

    Raises Invalid when there is nothing to walk on, or not in Poland.
    """
    lat, lon, edges = _edges(found)
    if not len(edges.start):
        raise Invalid([Fault("", "no_streets")])
    _in_poland(lat, lon)
    whole = float(edges.length.sum())
    nodes, inside = _largest(edges, len(lat))
    x, y = ground.to_plane(lat[nodes], lon[nodes])
    number = np.cumsum(nodes, dtype=np.int32) - 1
    edges = Edges(
        number[edges.start[inside]], number[edges.end[inside]],
        edges.length[inside], edges.steps[inside],
    )  # fmt: skip
    metres = float(edges.length.sum())
    more = {
        "ways": found.ways,
        "streets": len(edges.start),
        "metres": round(metres),
        "share_kept": round(metres / whole, 4),
        "nodes_kept": round(len(x) / len(lat), 4),
    }
    return {"x": x, "y": y, **edges._asdict()}, more


def _edges(found: Ways) -> tuple[Floats, Floats, Edges]:
    """Nodes by their numbers in OpenStreetMap, and what lies between neighbours on the ways."""
    ids, first, node = np.unique(found.node, return_index=True, return_inverse=True)
    lat, lon = found.lat[first], found.lon[first]
    # Node 0 is none, the ones beyond the edge of the file have no place, closed gates stop us.
    passed = np.isfinite(lat) & ~np.isin(ids, found.closed)
    on = passed[node]
    pairs = np.flatnonzero(on[:-1] & on[1:] & (node[:-1] != node[1:]))
    start = np.minimum(node[pairs], node[pairs + 1])
    end = np.maximum(node[pairs], node[pairs + 1])
    length = np.maximum(_metres(lat[start], lon[start], lat[end], lon[end]), SHORTEST)
    steps = found.steps[pairs]
    order = _shortest(start * len(ids) + end, length + steps * 1e-6)
    start, end, length, steps = (one[order] for one in (start, end, length, steps))
    used = np.zeros(len(ids), bool)
    used[start] = used[end] = True
    number = np.cumsum(used, dtype=np.int32) - 1
    edges = Edges(number[start], number[end], length.astype(np.float32), steps)
    return lat[used], lon[used], edges


def _shortest(key: Ints, length: Floats) -> Ints:
    """The shortest of those that share a key, in the order of the keys."""
    order = np.argsort(key, kind="stable")
    again = key[order][1:] == key[order][:-1]
    # Few share one; to sort everything by both takes four times as long.
    twins = np.flatnonzero(np.concatenate(([False], again)) | np.concatenate((again, [False])))
    some = order[twins]
    order[twins] = some[np.lexsort((length[some], key[some]))]
    return order[np.concatenate(([True], ~again))[: len(order)]]


def _metres(lat: Floats, lon: Floats, to_lat: Floats, to_lon: Floats) -> Floats:
    """Along the ground between points near each other, on the ellipsoid of WGS 84.

    A ball would be short by up to 0.3 % from west to east, more than the plane is off.
    """
    middle = np.radians((lat + to_lat) / 2)
    bulge = 1 - _E2 * np.sin(middle) ** 2
    east = np.radians(to_lon - lon) * np.cos(middle) * _A / np.sqrt(bulge)
    north = np.radians(to_lat - lat) * _A * (1 - _E2) / bulge**1.5
    return np.hypot(east, north)


def _in_poland(lat: Floats, lon: Floats) -> None:
    some = np.linspace(0, len(lat) - 1, min(len(lat), _ASKED)).astype(int)
    points = [Point(float(lat[n]), float(lon[n])) for n in some]
    if sum(map(in_poland, points)) * 2 < len(points):
        where = f"{points[0].lat:.4f}, {points[0].lon:.4f}"
        raise Invalid([Fault("", "streets_abroad", where)])


def _largest(edges: Edges, nodes: int) -> tuple[Flags, Flags]:
    """Which nodes and which streets belong to the largest connected part."""
    joined = csr_array((edges.steps, (edges.start, edges.end)), shape=(nodes, nodes))
    _, part = connected_components(joined, directed=False)
    inside = part == np.bincount(part).argmax()
    return inside, inside[edges.start]


def _both_ways(
    start: NDArray[np.int32], end: NDArray[np.int32], length: Floats, nodes: int
) -> csr_array:
    there, back = np.concatenate((start, end)), np.concatenate((end, start))
    return csr_array((np.concatenate((length, length)), (there, back)), shape=(nodes, nodes))
