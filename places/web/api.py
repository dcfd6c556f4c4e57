"""The catalogue for programs: the same words and the same places as the pages.

Reading is open to every origin and needs no key.  With `zoom` the answer is for a map: all that
can be drawn, instead of a page of whole records.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from places import geocoders, geojson, pins, search
from places import suggest as typing_ahead
from places.errors import Fault, Gone, Invalid, shortened
from places.explaining import Reason
from places.geo import Box, Point
from places.query import Query
from places.schema import feature_schema
from places.web import counting, current, words

blueprint = Blueprint("api", __name__, url_prefix="/api")
_GEOJSON = "application/geo+json"
_SUGGESTED_FOR = 300  # seconds


@blueprint.get("/places.geojson")
def places() -> Response:
    """A page of whole features; with `zoom` (and `view`), what a map shows."""
    args = request.args.to_dict(flat=False)
    if "zoom" in args:
        return _map(args)
    query = current.located(search.read(current.index, args))
    results = search.run(current.index(), query, current.now())
    counting.unanswered(results)
    features = [_feature(hit, results.reasons.get(hit.place.id)) for hit in results.hits]
    counts = {
        "total": results.total, "page": query.page, "pages": results.pages,
        "level": results.level, "unknown_hours": results.unknown_hours,
        "unknown_needs": results.unknown_needs,
    }  # fmt: skip
    elsewhere = _elsewhere(results)
    links = [
        {"rel": rel, "type": _GEOJSON, "href": _href(query, page)}
        for rel, page in (("self", query.page), ("prev", query.page - 1), ("next", query.page + 1))
        if rel == "self" or 1 <= page <= results.pages
    ]
    credit = _credit(results.near_source)
    content = {"type": "FeatureCollection", **counts, **credit, "links": links, **elsewhere}
    return _answer({**content, "features": features})


@blueprint.get("/places/<place_id>.geojson")
def place(place_id: str) -> ResponseReturnValue:
    """One whole feature, by its id.

    404 when there never was one; 410 when it is withdrawn or closed; a record that turned out to
    repeat another leads to that one.
    """
    index = current.index()
    found = search.kept(index, search.find(index, place_id))
    if found.id != place_id:
        return redirect(url_for("api.place", place_id=found.id), 301)
    if not found.listed:
        raise Gone(place_id)
    return _answer(geojson.feature(found))


@blueprint.get("/suggest")
def suggest() -> Response:
    """What may be meant by the letters typed so far."""
    asked = typing_ahead.read(request.args.to_dict(flat=False))
    suggested = typing_ahead.suggest(current.index(), *asked)
    found = [_suggestion(one) for one in suggested]
    response = _answer({"query": asked.typed, "suggestions": found}, "application/json")
    # Not asked about for a while: who deletes a letter gets the same list without a wait.
    response.cache_control.no_cache = None
    response.cache_control.public = True
    response.cache_control.max_age = _SUGGESTED_FOR
    return response


@blueprint.get("/schema/place.json")
def schema() -> Response:
    """The JSON Schema of a feature."""
    return jsonify(feature_schema(url_for("api.schema", _external=True)))


def _map(args: Mapping[str, Sequence[str]]) -> Response:
    query, zoom, view = _map_query(args)
    seen = pins.view_of(current.index(), query, zoom, view, current.now())
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
    return current.located(query), int(zoom), view


def _feature(hit: search.Hit, reasons: Iterable[Reason] | None) -> dict[str, Any]:
    feature = geojson.feature(hit.place)
    properties = feature["properties"]
    properties["url"] = _url(hit.place.slug, hit.place.id)
    if hit.metres is not None:
        properties["metres"] = round(hit.metres, 1)
    if hit.moment is not None:
        # Beside the record's own `hours`, which hold the rule.
        until = hit.moment.until
        properties["now"] = {"state": hit.moment.state, "until": until and until.isoformat()}
    if reasons is not None:
        properties["reasons"] = [asdict(one) for one in reasons]
    return feature


def _elsewhere(results: search.Results) -> dict[str, Any]:
    """The nearest few outside the area that was said, and the middle their metres start from."""
    found: dict[str, Any] = {}
    if results.origin is not None:
        lat, lon = results.origin.point
        area = results.origin.area
        found["origin"] = {"name": area.name, "lat": round(lat, 5), "lon": round(lon, 5)}
    if results.beyond:
        found["beyond"] = [_feature(hit, None) for hit in results.beyond]
    return found


def _credit(source: str) -> dict[str, str]:
    return {"credit": geocoders.CREDITS[source]} if source else {}


def _suggestion(one: typing_ahead.Suggestion) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "label": one.label,
        "context": one.context,
        "count": one.count,
        "said": words.place_count(one.count) if one.count else "",
        "url": _page(one),
        "near": one.near,
        "query": _asked_by(one),
    }


def _asked_by(one: typing_ahead.Suggestion) -> dict[str, str]:
    """The parameters of a search for it, to be put among others; none for a place."""
    if one.kind == "place":
        return {}
    if one.kind in ("settlement", "postcode"):
        return {"near": one.near}
    if one.kind == "activity":
        return {"q": one.value}
    return {one.kind: one.value, **({"city": one.city} if one.city else {})}


def _page(one: typing_ahead.Suggestion) -> str:
    if one.kind == "place":
        return _url(one.slug, one.value)
    if one.city or one.kind in ("district", "settlement", "postcode", "activity"):
        return url_for("public.home", **_asked_by(one))  # type: ignore[arg-type]
    if one.kind == "type":
        return url_for("public.type", code=one.value)
    return url_for(f"public.{one.kind}", key=one.value)


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
    if not slug:
        return url_for("public.place_by_id", place_id=place_id)
    return url_for("public.place", slug=slug, place_id=place_id)


def _href(query: Query, page: int) -> str:
    args = [pair for pair in query.args() if pair[0] != "page"]
    named: dict[str, Any] = {}
    for name, value in [*args, *([("page", str(page))] if page > 1 else [])]:
        named.setdefault(name, []).append(value)
    return url_for("api.places", _external=True, **named)


def _answer(content: dict[str, Any], mimetype: str = _GEOJSON) -> Response:
    response = Response(geojson.dumps(content), mimetype=mimetype)
    response.cache_control.no_cache = True  # May be kept, must be asked about: see the ETag.
    response.add_etag()
    response.make_conditional(request)
    return response
