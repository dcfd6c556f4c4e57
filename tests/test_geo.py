"""Points, boxes, metres, and what counts as Poland."""

import json
import math
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from places import geo
from places.geo import Box, Point
from tests.strategies import points

BORDER = Path(__file__).parents[2] / "shared/geodata/boundaries/polska_prg2021_simplified.geojson"


@given(points, st.floats(0, 700_000), st.floats(0, 2 * math.pi), st.floats(0, 1))
def test_a_box_holds_every_point_within_its_radius(
    centre: Point, radius: float, direction: float, part: float
) -> None:
    """Whatever lies within r metres lies in box_around(r): the tree never loses a place."""
    point = _gone(centre, direction, radius * part)
    if geo.metres(centre, point) <= radius:
        assert geo.box_around(centre, radius).holds(point)


@given(points, st.floats(1, 700_000))
def test_a_box_is_not_wider_than_it_must_be(centre: Point, radius: float) -> None:
    """Due north and due south the box ends where the circle does."""
    box = geo.box_around(centre, radius)
    assert geo.metres(centre, Point(box.north, centre.lon)) == pytest.approx(radius, rel=1e-3)
    assert geo.metres(centre, Point(box.south, centre.lon)) == pytest.approx(radius, rel=1e-3)


def test_a_circle_over_the_pole_takes_all_longitudes() -> None:
    """Near the pole there is no widest longitude, and nothing is left out."""
    box = geo.box_around(Point(89.9, 0), 50_000)
    assert box.holds(Point(89.99, 179))


@given(points, points, points)
def test_metres_are_a_distance(a: Point, b: Point, c: Point) -> None:
    """The same both ways, nought to oneself, and no detour is shorter."""
    assert geo.metres(a, a) == 0
    assert geo.metres(a, b) == pytest.approx(geo.metres(b, a))
    assert geo.metres(a, c) <= geo.metres(a, b) + geo.metres(b, c) + 1e-6


@pytest.mark.parametrize(
    ("a", "b", "known"),
    [
        (Point(52.2297, 21.0122), Point(50.0647, 19.9450), 252_000),  # Warszawa, Kraków
        (Point(54.3520, 18.6466), Point(51.1079, 17.0385), 376_000),  # Gdańsk, Wrocław
        (Point(50.0, 20.0), Point(51.0, 20.0), 111_195),  # a degree of the meridian
    ],
)
def test_metres_agree_with_known_distances(a: Point, b: Point, known: float) -> None:
    """Distances known from elsewhere come out within half a percent."""
    assert geo.metres(a, b) == pytest.approx(known, rel=0.005)


def test_opposite_points_of_the_globe_have_a_distance() -> None:
    """Rounding never breaks the formula."""
    assert geo.metres(Point(0, 0), Point(0, 180)) == pytest.approx(math.pi * geo.EARTH_RADIUS)


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("Praga", Point(50.0755, 14.4378)),
        ("Berlin", Point(52.5200, 13.4050)),
        ("Kaliningrad", Point(54.7104, 20.4522)),
        ("Wilno", Point(54.6872, 25.2797)),
        ("Brno", Point(49.1951, 16.6068)),
        ("Lwów", Point(49.8397, 24.0297)),
        ("środek Bałtyku", Point(56.5, 18.5)),
        ("nigdzie", Point(math.nan, 20.0)),
        ("nieskończoność", Point(math.inf, math.inf)),
    ],
)
def test_places_abroad_are_not_in_poland(name: str, point: Point) -> None:
    """The neighbours' cities, the open sea and what is no point at all are refused."""
    assert not geo.in_poland(point), name


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("Hel", Point(54.6081, 18.8013)),
        ("Świnoujście", Point(53.9100, 14.2470)),
        ("Krynica Morska", Point(54.3805, 19.4445)),
        ("Bogatynia", Point(50.9072, 14.9567)),
        ("Zosin", Point(50.8500, 24.1400)),
        ("Wołosate", Point(49.0664, 22.6806)),
        ("Cieszyn", Point(49.7497, 18.6353)),
        ("Jaworzynka", Point(49.5330, 18.8870)),
    ],
)
def test_places_by_the_border_are_in_poland(name: str, point: Point) -> None:
    """The last towns before the border and the sea are let in."""
    assert geo.in_poland(point), name


def test_the_outline_holds_all_of_poland() -> None:
    """No point of the real border lies outside the outline drawn by hand."""
    if not BORDER.exists():
        pytest.skip("the border of Poland is not at hand")
    [feature] = json.loads(BORDER.read_text(encoding="utf-8"))["features"]
    border = shapely.from_geojson(json.dumps(feature["geometry"]))
    corners = shapely.get_coordinates(border)
    outside = [(lon, lat) for lon, lat in corners if not geo.in_poland(Point(lat, lon))]
    assert outside == []


def test_a_box_holds_its_edges() -> None:
    """A point on the edge is in."""
    box = Box(19.0, 50.0, 20.0, 51.0)
    assert box.holds(Point(50.0, 19.0))
    assert box.holds(Point(51.0, 20.0))
    assert not box.holds(Point(51.0001, 20.0))


def _gone(start: Point, direction: float, distance: float) -> Point:
    """Where one comes to on a great circle."""
    angle, lat = distance / geo.EARTH_RADIUS, math.radians(start.lat)
    there = math.asin(
        math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(direction)
    )
    turn = math.atan2(
        math.sin(direction) * math.sin(angle) * math.cos(lat),
        math.cos(angle) - math.sin(lat) * math.sin(there),
    )
    return Point(math.degrees(there), start.lon + math.degrees(turn))
