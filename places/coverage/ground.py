"""Poland as a plane of metres: EPSG:2180, the country's own grid (PUWG 1992).

x goes east, y north.  A metre of the plane is off by less than 0.1 % anywhere in Poland (0.9993 in
the middle, 1.0009 at the edges), so that straight lines, areas and nearest neighbours are plain
arithmetic.  Arrays in, arrays out; numbers that are not in Poland stay numbers and mean nothing.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from places.geo import Point

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

EARTH, PLANE, EUROPE = 4326, 2180, 3035
"""EPSG codes: degrees; our metres; the metres of the European census grid."""


def to_plane(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """Degrees (WGS 84) as x and y in metres."""
    return _between(EARTH, PLANE, lon, lat)


def to_earth(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Metres as latitude and longitude in degrees."""
    lon, lat = _between(PLANE, EARTH, x, y)
    return lat, lon


def from_europe(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Metres of the European grid (EPSG:3035: east, north) as x and y of ours."""
    return _between(EUROPE, PLANE, x, y)


def on_plane(point: Point) -> tuple[float, float]:
    """One point as x and y in metres."""
    x, y = to_plane(np.array([point.lat]), np.array([point.lon]))
    return float(x[0]), float(y[0])


def added(into: NDArray[np.int64], values: NDArray[Any], size: int) -> Floats:
    """The values added up by the number each goes into."""
    return np.asarray(np.bincount(into, np.asarray(values, float), minlength=size), float)


def _between(here: int, there: int, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    found = _transformer(here, there).transform(np.asarray(x, float), np.asarray(y, float))
    return np.asarray(found[0], float), np.asarray(found[1], float)


@cache
def _transformer(here: int, there: int):  # type: ignore[no-untyped-def]
    # Imported here: pyproj reads its data base, and `flask --help` has no use for it.
    import pyproj

    return pyproj.Transformer.from_crs(here, there, always_xy=True)
