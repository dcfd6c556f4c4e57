"""The catalogue for programs: the same words and the same places as the pages.

Reading is open to every origin and needs no key.  With `zoom` the answer is for a map: all that
can be drawn, instead of a page of whole records.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from places import geojson, pins, search
from places.errors import Fault, Gone, Invalid, shortened
from places.geo import Box, Point
from places.query import Query
from places.schema import feature_schema
from places.web import current

blueprint = Blueprint("api", __name__, url_prefix="/api")
_GEOJSON = "application/geo+json"


@blueprint.get("/places.geojson")
def places() -> Response:
    """A page of whole features; with `zoom` (and `view`), what a map shows."""
    args = request.args.to_dict(flat=False)
    if "zoom" in args:
        return _map(args)
    query = search.read(current.index, args)
    results = search.run(current.index(), query)
    features = [_feature(hit) for hit in results.hits]
    counts = {"total": results.total, "page": query.page, "pages": results.pages}
    links = [
        {"rel": rel, "type": _GEOJSON, "href": _href(query, page)}
        for rel, page in (("self", query.page), ("prev", query.page - 1), ("next", query.page + 1))
        if rel == "self" or 1 <= page <= results.pages
    ]
    return _answer({"type": "FeatureCollection", **counts, "links": links, "features": features})


@blueprint.get("/places/<place_id>.geojson")
def place(place_id: str) -> Response:
    """One whole feature, by its id.

    404 when there never was one; 410 when it is withdrawn or closed.
    """
    found = search.find(current.index(), place_id)
    if not found.listed:
        raise Gone(place_id)
    return _answer(geojson.feature(found))


@blueprint.get("/schema/place.json")
def schema() -> Response:
    """The JSON Schema of a feature."""
    return jsonify(feature_schema(url_for("api.schema", _external=True)))


def _map(args: Mapping[str, Sequence[str]]) -> Response:
    query, zoom, view = _map_query(args)
    seen = pins.view_of(current.index(), query, zoom, view)
    drawn = [*map(_pin, seen.pins), *map(_cell, seen.cells)]
    counts = {"total": seen.total, "off_map": seen.off_map, "grouped": seen.grouped}
    return _answer({"type": "FeatureCollection", **counts, "features": drawn})


def _map_query(args: Mapping[str, Sequence[str]]) -> tuple[Query, int, Box | None]:
    """The query, the zoom and the map's own view, with every fault of all three."""
    faults: list[Fault] = []
    own = {name: args[name] for name in ("zoom", "view") if name in args}
    rest = {name: values for name, values in args.items() if name not in own}
    for name in ("page", "per_page", "sort"):
        if given := ", ".join(filter(None, rest.pop(name, ()))):
            faults.append(Fault(name, "not_with_zoom", shortened(given)))
    query, view = Query(), None
    try:
        query = search.read(current.index, rest)
    except Invalid as error:
        faults += error.faults
    try:
        # The map's view is read by the rules of `bbox`, whatever part of the world it shows.
        view = Query.read({"bbox": own.get("view", ())}).bbox
    except Invalid as error:
        faults += [Fault("view", one.code, one.value, one.limit) for one in error.faults]
    zoom = ", ".join(own["zoom"]).strip()
    if not re.fullmatch("[0-9]{1,2}", zoom) or int(zoom) > pins.CLOSEST_ZOOM:
        faults.append(Fault("zoom", "out_of_range", shortened(zoom), f"0–{pins.CLOSEST_ZOOM}"))
    if faults:
        raise Invalid(faults)
    return query, int(zoom), view


def _feature(hit: search.Hit) -> dict[str, Any]:
    feature = geojson.feature(hit.place)
    feature["properties"]["url"] = _url(hit.place.slug, hit.place.id)
    if hit.metres is not None:
        feature["properties"]["metres"] = round(hit.metres, 1)
    return feature


def _pin(pin: pins.Pin) -> dict[str, Any]:
    properties = {
        "name": pin.name,
        "type": pin.type,
        "city": pin.city,
        "precision": pin.precision,
        "uncertainty_m": pin.uncertainty_m,
        "pinned": pin.pinned,
        "url": _url(pin.slug, pin.id),
    }
    return {"id": pin.id, **_point(pin.point, properties)}


def _cell(cell: pins.Cell) -> dict[str, Any]:
    return _point(cell.point, {"count": cell.count, "bounds": [round(x, 5) for x in cell.bounds]})


def _point(point: Point, properties: dict[str, Any]) -> dict[str, Any]:
    coordinates = [round(point.lon, 5), round(point.lat, 5)]
    geometry = {"type": "Point", "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _url(slug: str, place_id: str) -> str:
    return url_for("public.place", slug=slug, place_id=place_id)


def _href(query: Query, page: int) -> str:
    args = [pair for pair in query.args() if pair[0] != "page"]
    named: dict[str, Any] = {}
    for name, value in [*args, *([("page", str(page))] if page > 1 else [])]:
        named.setdefault(name, []).append(value)
    return url_for("api.places", _external=True, **named)


def _answer(content: dict[str, Any]) -> Response:
    response = Response(geojson.dumps(content), mimetype=_GEOJSON)
    response.cache_control.no_cache = True  # May be kept, must be asked about: see the ETag.
    response.add_etag()
    response.make_conditional(request)
    return response
