"""What a map shows at a zoom: every place that may be drawn, or cells where there are too many.

A phone cannot carry 20,000 pins and nobody can look at them.  Up to MOST_SINGLE matches go
out one by one, once; above that the answer is made of cells of the map's own grid, and the
map asks again when it has moved.  Nothing is left out either way: a cell says how many it holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from places.geo import Box, Point
from places.index import Index
from places.query import Query
from places.scope import scope_of
from places.vocabulary import PINNED

MOST_SINGLE = 500
CLOSEST_ZOOM = 19
_CELLS_PER_TILE = 4  # along one side: cells of 64 pixels, about one fingertip


@dataclass(frozen=True)
class Pin:
    """One place on the map."""

    id: str
    name: str
    type: str
    city: str
    point: Point
    precision: str
    uncertainty_m: int
    slug: str

    @property
    def pinned(self) -> bool:
        """Whether the point is near enough for a pin; a circle otherwise."""
        return self.precision in PINNED


@dataclass(frozen=True)
class Cell:
    """Several places of one cell of the grid."""

    count: int
    point: Point
    """The mean of its places."""
    bounds: Box
    """What holds them all."""


@dataclass(frozen=True)
class View:
    """What a map shows."""

    total: int
    """All matches, drawn or not, in the view or out of it."""
    off_map: int
    """Those too vague to be drawn."""
    grouped: bool
    """Whether it holds only for this zoom and view."""
    pins: tuple[Pin, ...]
    cells: tuple[Cell, ...]


def view_of(index: Index, query: Query, zoom: int, view: Box | None, now: datetime) -> View:
    """What the map shows of a query at a zoom; `view` is the map's own box, None for all of it.

    Raises Invalid when `near` names nothing we know.
    """
    scope = scope_of(index, query, now)
    total, off_map = scope.total()
    if total - off_map <= MOST_SINGLE:
        return View(total, off_map, False, tuple(_pins(index, *scope.drawn(None))), ())
    source, values = scope.drawn(view)
    alone, together = _grid(index, source, values, zoom)
    pins, cells = tuple(alone), tuple(together)
    if len(pins) + sum(cell.count for cell in cells) <= MOST_SINGLE:
        # Few enough here: a cell would hold places of one and the same point together for ever.
        pins, cells = tuple(_pins(index, source, values)), ()
    return View(total, off_map, True, pins, cells)


def _grid(
    index: Index, source: str, values: tuple[Any, ...], zoom: int
) -> tuple[Iterable[Pin], Iterable[Cell]]:
    # Cells of longitude are those of web tiles.  A degree of latitude is about 1.6 of longitude
    # here, so that a cell is nearly square on the screen.
    east = 2**zoom * _CELLS_PER_TILE / 360
    north = east * 1.6
    rows = index.rows(
        "select count(*), avg(p.lat), avg(p.lon), min(p.lon), min(p.lat), max(p.lon), max(p.lat), "
        f"min(p.n) {source} "
        "group by cast((p.lon + 180) * ? as integer), cast((p.lat + 90) * ? as integer)",
        (*values, east, north),
    )
    alone = [row[7] for row in rows if row[0] == 1]
    marks = ", ".join(map(str, alone))  # Our own integers: there may be more than SQLite binds.
    cells = (Cell(row[0], Point(row[1], row[2]), Box(*row[3:7])) for row in rows if row[0] > 1)
    return _pins(index, f"from place p where p.n in ({marks})", ()), cells


def _pins(index: Index, source: str, values: tuple[Any, ...]) -> Iterable[Pin]:
    rows = index.rows(
        "select p.id, p.name, p.type, p.city_name, p.lat, p.lon, p.precision, p.uncertainty_m, "
        f"p.slug {source} order by p.city, p.sort_key, p.id",
        values,
    )
    for place_id, name, kind, city, lat, lon, precision, uncertainty, slug in rows:
        yield Pin(place_id, name, kind, city, Point(lat, lon), precision, uncertainty, slug)
