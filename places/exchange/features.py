"""GeoJSON of any origin as rows: properties are columns, nested ones under dotted names.

RFC 7946 knows only WGS 84, but older files declare another system in a `crs` member; their
points are brought over by GeoPandas.  Our own features read back to the last field.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from places.errors import Fault, Invalid, shortened
from places.exchange import tables
from places.exchange.rows import AMPLE, Bounds, Row, Table, bounded
from places.exchange.tables import Cell

_OUR_ID = re.compile(r"[0-9a-z]{8}")
_FARTHEST = 1e9  # degrees or metres; nothing on Earth, in any system, lies farther
_WGS84 = ("crs84", "epsg::4326", "epsg:4326")
Coordinates = tuple[float, float]
"""Longitude (or easting), latitude (or northing)."""


def read(raw: bytes, bounds: Bounds = AMPLE) -> Table:
    """The features of a file.

    Raises Invalid when the file as a whole cannot be read.
    """
    whole = _whole(raw)
    features = whole["features"]
    points = _in_wgs84(whole, [_coordinates(one) for one in features])
    rows = [
        _row(number, one, point)
        for number, (one, point) in enumerate(zip(features, points, strict=True), 1)
    ]
    bounded(rows, bounds)
    return Table(list(dict.fromkeys(name for one in rows for name in one.cells)), rows)


def _whole(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Invalid([Fault("", "encoding", where=f"line {line}")]) from None
    except (ValueError, RecursionError) as error:
        raise Invalid([Fault("", "not_json", shortened(error))]) from None
    if not isinstance(found, dict) or not isinstance(found.get("features"), list):
        raise Invalid([Fault("type", "not_a_collection")])
    return found


def _row(number: int, of: Any, point: Coordinates | None) -> Row:
    properties = of.get("properties") if isinstance(of, dict) else None
    if not isinstance(properties, dict):
        return Row(number, {}, Fault("", "not_a_feature"))
    cells: dict[str, Cell] = {}
    # Other people's features have ids too ("node/12"); only one that could be ours is taken for it.
    if isinstance(of.get("id"), str) and _OUR_ID.fullmatch(of["id"]):
        cells["id"] = of["id"]
    if point is not None:
        cells["lat"], cells["lon"] = point[1], point[0]
    cells.update(_flat(properties, ""))
    lost = point is None and of.get("geometry") is not None
    return Row(number, cells, Fault("geometry", "not_a_point") if lost else None)


def _flat(properties: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Cell]]:
    for name, value in properties.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        elif value is not None:
            # A text in JSON means itself; only in a spreadsheet does a dash clear the field.
            yield (
                prefix + name,
                tables.escaped(value) if isinstance(value, str) else value,
            )


def _coordinates(of: Any) -> Coordinates | None:
    geometry = of.get("geometry") if isinstance(of, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    match geometry.get("coordinates"):
        case [int() | float() as x, int() | float() as y, *_] if abs(x) + abs(y) < _FARTHEST:
            return (x, y)
    return None


def _in_wgs84(
    whole: Mapping[str, Any], points: Sequence[Coordinates | None]
) -> Sequence[Coordinates | None]:
    name = _declared(whole)
    known = [point for point in points if point is not None]
    if name is None or name.casefold().endswith(_WGS84) or not known:
        return points
    # Imported here because it takes half a second.
    import geopandas
    from pyproj.exceptions import CRSError

    try:
        theirs = geopandas.GeoSeries.from_xy(*zip(*known, strict=True), crs=name)
    except CRSError:
        raise Invalid([Fault("crs", "unknown_crs", shortened(name))]) from None
    ours = iter(theirs.to_crs("EPSG:4326"))
    moved = (None if point is None else next(ours) for point in points)
    return [None if point is None else (point.x, point.y) for point in moved]


def _declared(whole: Mapping[str, Any]) -> str | None:
    """The name of the coordinate system, where the file names one."""
    crs = whole.get("crs")
    if crs is None:
        return None
    match crs:
        case {"properties": {"name": str() as name}}:
            return name
    raise Invalid([Fault("crs", "unknown_crs", shortened(crs))])
