"""Where a place is to go: coordinates, however they are typed; a town, a postcode or, with a
geocoder, an address as the point of it.

Many villages share a name: in a question about an area the one in it is meant, else the nearest.
"""

import re
from collections.abc import Mapping, Sequence

import shapely

from places import whereabouts
from places.coverage.ground import on_plane
from places.coverage.whatif import POINTED
from places.errors import Fault, Invalid, NotFound
from places.geo import Point
from places.query import Query
from places.web import current
from places.web.coverage import asking, wanted
from places.web.coverage.wanted import Wanted

_DEGREES = r"(-?\d{1,3}(?:[.,]\d{1,30})?)"
_AS_TYPED = re.compile(rf"{_DEGREES}(?:\s*[;,]\s*|\s+){_DEGREES}", re.ASCII)
"""As pick.js reads it: "54.352, 18.647", "54,352 18,647", "54,352; 18,647"."""


def read(args: Mapping[str, Sequence[str]], area: str) -> tuple[Wanted, tuple[Fault, ...]]:
    """What the parameters ask about an area, with the point of what they name, and all that is
    wrong."""
    to = _said(args, "to")
    if _said(args, "change") not in POINTED:
        return wanted.read(args)
    if typed := _AS_TYPED.fullmatch(to):
        degrees = (float(one.replace(",", ".")) for one in typed.groups())
        return wanted.read({**args, "to": [",".join(str(round(one, 5)) for one in degrees)]})
    if not is_named(args):
        return wanted.read(args)
    try:
        near = current.located(Query.read({"near": [to]})).near
        where = whereabouts.locate(current.index(), near)
    except Invalid as error:
        unknown = [Fault("to", one.code, one.value, one.limit) for one in error.faults]
        given, faults = wanted.read(args)
        # It says more than that a name is no point.
        return given, (*(one for one in faults if one.field != "to"), *unknown)
    if where is None:
        return wanted.read(args)
    point = _nearest(area, [where.centre, *(one.point for one in where.others)])
    return wanted.read({**args, "to": [",".join(f"{one:.5f}" for one in point)]})


def is_named(args: Mapping[str, Sequence[str]]) -> bool:
    """Whether where to go is a name, whose point belongs into the link."""
    to = _said(args, "to")
    is_name = not _AS_TYPED.fullmatch(to) and any(one.isalpha() or one == "-" for one in to)
    return is_name and _said(args, "change") in POINTED


def _said(args: Mapping[str, Sequence[str]], name: str) -> str:
    """The value of a parameter, without space around it."""
    return next((one.strip() for one in args.get(name, ()) if one.strip()), "")


def _nearest(area: str, points: Sequence[Point]) -> Point:
    """The first of the points in the area, else the one nearest to it."""
    if len(points) == 1:
        return points[0]
    try:
        border = asking.known().outline(area)
    except NotFound:
        return points[0]
    return min(points, key=lambda one: shapely.distance(border, shapely.Point(*on_plane(one))))
