"""What the geocoders are asked and what they answer: GUGiK's UUG and Nominatim.

Numbers come as strings, and UUG answers in metres of EPSG:2180 unless it heeds `srid`; whatever
does not look like degrees is taken for those metres.  All of it is data from outside: an answer
of another shape is no answer.
"""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from places import text
from places.addresses import Address
from places.fetching import Failed
from places.geo import Point, in_poland

CODES = ("gugik", "nominatim")
DEFAULTS: Mapping[str, str] = {
    "gugik": "https://services.gugik.gov.pl/uug/",
    "nominatim": "https://nominatim.openstreetmap.org/search",
}
CREDITS: Mapping[str, str] = {
    "gugik": "Główny Urząd Geodezji i\u00a0Kartografii (GUGiK)",
    "nominatim": "© autorzy OpenStreetMap",
}
"""What they ask to be shown beside an answer of theirs."""
PACES: Mapping[str, float] = {"gugik": 0.0, "nominatim": 1.2}
"""Seconds from one question to the next, all processes together.  Nominatim allows one a second;
the rest is for a machine that wakes us late."""


class Geocoder(NamedTuple):
    """A service that knows where addresses are."""

    code: str
    url: str

    def question(self, address: Address) -> dict[str, str]:
        """The address as parameters of this service."""
        if self.code == "nominatim":
            return {"q": str(address), "format": "jsonv2", "limit": "1", "countrycodes": "pl"}
        house = f"{address.street} {address.number}"
        # The comma matters: without it UUG finds nothing.
        where = f"{address.town}, {house}" if address.town else house
        return {"request": "GetAddress", "address": where, "srid": "4326"}

    def answer(self, said: Any, address: Address) -> Point | None:
        """The point in an answer; None where it knows none in Poland.

        Raises Failed when it is no answer at all.
        """
        try:
            return _nominatim(said) if self.code == "nominatim" else _gugik(said, address)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise Failed(f"unexpected shape: {error!r}") from error


def _gugik(said: Any, address: Address) -> Point | None:
    if said["results"] is None:  # It says so where nothing matches.
        return None
    for one in said["results"].values():
        point = _degrees(float(one["x"]), float(one["y"]))
        if point is not None and _is_in_town(one, address.town):
            return point
    return None


def _is_in_town(one: Mapping[str, Any], town: str) -> bool:
    """Whether it is the town that was asked for: UUG also answers with ones of similar names."""
    return not town or text.words(str(one["city"])) == text.words(town)


def _nominatim(said: Any) -> Point | None:
    if not isinstance(said, list):
        raise TypeError("not a list")
    return _inside(Point(float(said[0]["lat"]), float(said[0]["lon"]))) if said else None


def _degrees(x: float, y: float) -> Point | None:
    """The point of an easting and a northing, or of a longitude and a latitude."""
    if max(abs(x), abs(y)) <= 180:
        return _inside(Point(y, x))
    if not (math.isfinite(x) and math.isfinite(y)):
        return None
    # Imported here: few ask, and it takes a while.
    from pyproj import Transformer

    lon, lat = Transformer.from_crs(2180, 4326, always_xy=True).transform(x, y)
    return _inside(Point(lat, lon))


def _inside(point: Point) -> Point | None:
    return Point(round(point.lat, 6), round(point.lon, 6)) if in_poland(point) else None
