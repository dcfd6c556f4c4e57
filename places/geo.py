"""Points, boxes and metres on the ground, and whether a point may lie in Poland.

Latitude comes first, as people say it.  GeoJSON writes longitude first; that
swap happens in geojson.py and nowhere else.
"""

import math
from typing import NamedTuple

import shapely

EARTH_RADIUS = 6_371_008.8  # metres, the mean radius
METRES_PER_DEGREE = math.pi * EARTH_RADIUS / 180  # of latitude


class Point(NamedTuple):
    """A place on the ground, WGS 84, degrees."""

    lat: float
    lon: float


class Spot(NamedTuple):
    """An address found on the map; in a link it stays as it was typed."""

    said: str
    point: Point
    source: str
    """Who knew it: the code of a geocoder."""


class Box(NamedTuple):
    """A rectangle of longitudes and latitudes, edges included, WGS 84, degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        """Whether the point lies in the box or on its edge."""
        return self.south <= point.lat <= self.north and self.west <= point.lon <= self.east


# A generous outline, drawn by hand a few kilometres outside the border and the
# territorial sea, so that no place in Poland is refused and Prague, Berlin,
# Kaliningrad or a point in the Baltic is.  tests/test_geo.py holds it against the
# real border where that is at hand.  (lon, lat), clockwise from the Szczecin Lagoon.
OUTLINE = (
    (14.05, 53.98), (14.95, 54.15), (16.10, 54.42), (16.80, 54.75), (17.90, 54.98),
    (18.75, 54.92), (19.10, 54.55), (19.75, 54.53), (20.60, 54.47), (21.50, 54.41),
    (22.75, 54.46), (23.20, 54.42), (23.65, 54.15), (23.75, 53.60), (24.05, 53.20),
    (24.05, 52.60), (23.75, 52.25), (23.80, 51.70), (24.05, 51.25), (24.25, 50.90),
    (24.22, 50.45), (23.70, 50.28), (23.25, 50.00), (22.85, 49.65), (22.80, 49.30),
    (23.00, 49.02), (22.65, 48.93), (21.90, 49.20), (21.20, 49.30), (20.80, 49.24),
    (20.30, 49.28), (20.15, 49.10), (19.70, 49.10), (19.35, 49.35), (18.95, 49.30),
    (18.70, 49.45), (18.40, 49.84), (17.95, 49.88), (17.60, 49.93), (17.50, 50.20),
    (17.10, 50.30), (16.98, 50.12), (16.70, 50.00), (16.40, 50.20), (16.10, 50.42),
    (15.85, 50.58), (15.30, 50.72), (14.98, 50.80), (14.75, 50.77), (14.85, 51.10),
    (14.60, 51.45), (14.50, 51.85), (14.50, 52.15), (14.45, 52.45), (14.05, 52.75),
    (14.05, 53.00), (14.25, 53.35), (14.10, 53.65),
)  # fmt: skip
POLAND = Box(
    min(lon for lon, _ in OUTLINE),
    min(lat for _, lat in OUTLINE),
    max(lon for lon, _ in OUTLINE),
    max(lat for _, lat in OUTLINE),
)
_POLAND = shapely.Polygon(OUTLINE)
shapely.prepare(_POLAND)


def in_poland(point: Point) -> bool:
    """Whether the point lies in Poland or within a few kilometres of its border."""
    return bool(shapely.contains_xy(_POLAND, point.lon, point.lat))


def metres(a: Point, b: Point) -> float:
    """The great-circle distance.  Within Poland it errs by less than half a percent."""
    south, north = math.radians(a.lat), math.radians(b.lat)
    half = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    # Rounding can push two opposite points a hair past 1, where asin gives up.
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(min(1.0, half)))


def box_around(centre: Point, radius: float) -> Box:
    """The smallest upright box that holds every point within `radius` metres of the centre.

    The meridians narrow towards the pole, so the widest longitude is not at the centre's own
    latitude; the exact half-width is asin(sin r / cos lat).
    """
    angle = radius / EARTH_RADIUS
    # A hair wider than exact, against rounding.
    height = math.degrees(angle) * (1 + 1e-9) + 1e-9
    ratio = math.sin(angle) / math.cos(math.radians(centre.lat))
    width = math.degrees(math.asin(ratio)) * (1 + 1e-9) + 1e-9 if ratio < 1 else 180.0
    return Box(centre.lon - width, centre.lat - height, centre.lon + width, centre.lat + height)


def on_sphere(point: Point) -> tuple[float, float, float]:
    """The point on a ball of radius 1.  Nearer on the ground is nearer through the ball, so that
    distances can be compared by multiplication alone."""
    lat, lon = math.radians(point.lat), math.radians(point.lon)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def square_through(radius: float) -> float:
    """The square of the straight line through that ball between points so many metres apart."""
    return 4 * math.sin(min(radius / EARTH_RADIUS, math.pi) / 2) ** 2


def metres_through(square: float) -> float:
    """The metres on the ground that such a square stands for."""
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(square) / 2))
