"""Walking along streets: a network read, against osmium; the nearest places, against pandana.

The streets are those of Gdańsk where ../shared is at hand, else of a made-up city of squares.
"""

import json
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import cities, table
from benchmarks.table import Row, Table
from places.coverage import ground, paths, streets
from places.coverage.streets import Network
from places.coverage.terms import SNAP, WALKERS

TODAY = date(2026, 3, 11)
_SHARED = Path(__file__).parents[2] / "shared" / "geodata"
_GDANSK = _SHARED / "osm" / "gdansk_center_20251020_filtered.osm.pbf"
_PLACES = _SHARED / "places" / "gdansk_instytucje_kultury_2020.geojson"
_LOAD_BAR, _NEAREST_BAR = 3.0, 1.0
_FAR = 50_000.0  # metres: pandana wants a bound
_PLACES_OF_SQUARES = 74
_WALKER = WALKERS["adult"]._replace(steps=1.0)  # pandana knows lengths alone


def tables(*, quick: bool, runs: int) -> Iterator[Table]:
    """Loading, then the nearest place and the three nearest."""
    real = _GDANSK.exists() and not quick
    file = _GDANSK if real else _squares(20 if quick else 400)
    city = "Gdańsk" if real else "a city of squares (no ../shared, or quick)"
    instance = cities.FOLDER / "streets"
    streets.load(instance, file, "city", TODAY)  # What is imported late is imported now.
    yield _loading(file, instance, city, runs)
    [network] = streets.current(instance)
    x, y = _places() if real else _corners(network)
    yield _nearest(network, x, y, city, runs)


def _loading(file: Path, instance: Path, city: str, runs: int) -> Table:
    ways, everything = _empty("way"), _empty("node", "way", "relation")
    times = table.medians(
        table.in_turn(
            runs,
            ours=lambda: streets.load(instance, file, "city", TODAY),
            ways=lambda: ways().apply_file(str(file), locations=True),
            everything=lambda: everything().apply_file(str(file), locations=True),
        )
    )
    rows = (
        _row("load, osmium calling for every way", times["ours"], times["ways"], _LOAD_BAR),
        _row("load, osmium calling for everything", times["ours"], times["everything"], _LOAD_BAR),
    )
    notes = (
        f"{city}, {table.said_size(file.stat().st_size)}; processor time, median of {runs}: from",
        "the file to the network on disk, against osmium reading it with places for a handler",
        "whose methods (way; or node, way and relation) do nothing.",
    )
    return Table("Streets, loaded", notes, rows)


def _nearest(network: Network, x: ground.Floats, y: ground.Floats, city: str, runs: int) -> Table:
    pandana = Pandana(network, x, y)
    made = table.cpu(pandana.make)
    rows = []
    for count, what in ((1, "the nearest place"), (3, "the three nearest")):
        times = table.medians(
            table.in_turn(
                runs,
                ours=lambda count=count: _ours(network, x, y, count),
                theirs=lambda count=count: pandana.ask(count),
            )
        )
        rows += [
            _row(f"{what} of every node", times["ours"], made + times["theirs"], _NEAREST_BAR),
            _row(f"  without pandana's preparing ({count})", times["ours"], times["theirs"], None),
        ]
    notes = (
        f"{city}: {len(network.x):,} nodes, {len(network.start):,} streets, {len(x)} places;",
        f"processor time, median of {runs}.  Ours: snapping, the graph and the search; nothing is",
        "prepared.  Compared with: pandana.Network, set_pois and nearest_pois.",
    )
    return Table("Streets, the nearest places", notes, tuple(rows))


def _row(what: str, ours: float, other: float, bar: float | None) -> Row:
    return Row(what, table.said_time(ours), table.said_time(other), ours / other, bar)


def _ours(network: Network, x: ground.Floats, y: ground.Floats, count: int) -> None:
    fresh = replace(network)  # It remembers nothing of the run before.
    node, metres = fresh.snap(x, y, SNAP)
    on = node >= 0
    paths.nearest(
        fresh.cost(_WALKER), paths.Sources(node[on], metres[on], np.flatnonzero(on)), count
    )


class Pandana:
    """The same network in pandana."""

    def __init__(self, network: Network, x: ground.Floats, y: ground.Floats) -> None:
        self._network = network
        self._x, self._y = x, y
        self._made: Any = None

    def make(self) -> None:
        """Prepares the network."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pandana
            import pandas

            one = self._network
            self._made = pandana.Network(
                *(pandas.Series(np.array(part)) for part in (one.x, one.y, one.start, one.end)),
                pandas.DataFrame({"metres": one.length.astype(float)}),
            )

    def ask(self, count: int) -> None:
        """Asks it for the nearest few of every node."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pandas

            self._made.set_pois(
                "places", _FAR, count, pandas.Series(self._x), pandas.Series(self._y)
            )
            self._made.nearest_pois(_FAR, "places", num_pois=count)


def _empty(*calls: str) -> Callable[[], Any]:
    import osmium

    nothing = {name: lambda self, one: None for name in calls}
    return type("Empty", (osmium.SimpleHandler,), nothing)


def _places() -> tuple[ground.Floats, ground.Floats]:
    said = json.loads(_PLACES.read_text(encoding="utf-8"))["features"]
    lon, lat = np.array([one["geometry"]["coordinates"][:2] for one in said], float).T
    return ground.to_plane(lat, lon)


def _corners(network: Network) -> tuple[ground.Floats, ground.Floats]:
    chance = np.random.default_rng(1)
    some = chance.choice(len(network.x), min(_PLACES_OF_SQUARES, len(network.x)), replace=False)
    return np.array(network.x[some]), np.array(network.y[some])


def _squares(side: int) -> Path:
    """A city of so many streets each way, about eighty metres apart, as a PBF."""
    import osmium

    cities.FOLDER.mkdir(parents=True, exist_ok=True)
    file = cities.FOLDER / f"squares-{side}.osm.pbf"
    file.unlink(missing_ok=True)
    chance = np.random.default_rng(1)
    number = np.arange(1, side * side + 1).reshape(side, side)
    with osmium.SimpleWriter(str(file)) as writer:
        for (row, column), one in np.ndenumerate(number):
            lat, lon = np.array((52.1 + row * 7e-4, 20.9 + column * 12e-4)) + chance.normal(0, 5e-5)
            place = (float(lon), float(lat))
            writer.add_node(osmium.osm.mutable.Node(id=int(one), location=place))
        for way, line in enumerate((*number, *number.T), 1):
            refs, tags = line.tolist(), {"highway": "residential"}
            writer.add_way(osmium.osm.mutable.Way(id=way, nodes=refs, tags=tags))
    return file
