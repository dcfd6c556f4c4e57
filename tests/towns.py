"""Small towns as OpenStreetMap files (PBF), written by osmium itself."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium

Tags = Mapping[str, str]
STREET: Tags = {"highway": "residential", "name": "Długa, 1%"}
SQUARE = {  # a hundred metres and a bit from each to the next
    1: (54.3500, 18.6500), 2: (54.3500, 18.6516), 3: (54.3510, 18.6516), 4: (54.3510, 18.6500),
}  # fmt: skip
"""Four nodes in Gdańsk: south-west, south-east, north-east, north-west."""
AROUND: Sequence[tuple[Sequence[int], Tags]] = (((1, 2, 3, 4, 1), STREET),)


def a_town(
    path: Path,
    ways: Sequence[tuple[Sequence[int], Tags]] = AROUND,
    nodes: Mapping[int, tuple[float, float]] = SQUARE,
    *,
    gates: Mapping[int, Tags] | None = None,
    day: str = "",
) -> Path:
    """Writes the file; `gates` are tags of nodes, `day` is that of the data."""
    header = osmium.io.Header()
    if day:
        header.set("osmosis_replication_timestamp", f"{day}T20:21:00Z")
    path.unlink(missing_ok=True)
    with osmium.SimpleWriter(str(path), header=header) as writer:
        for number, (lat, lon) in nodes.items():
            tags = dict((gates or {}).get(number, {}))
            writer.add_node(osmium.osm.mutable.Node(id=number, location=(lon, lat), tags=tags))
        for number, (refs, told) in enumerate(ways, 1):
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=list(refs), tags=dict(told)))
    return path
