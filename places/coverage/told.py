"""A report as other programs read it: nested for JSON, a row an area for CSV, shapes for maps.

The page, its files and the command line all take the same report, so that they cannot differ.
Numbers are rounded here once, finer than they are known; the same report gives the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import shapely

from places.coverage import gaps
from places.coverage.figures import Figures
from places.coverage.gaps import Gap
from places.coverage.ground import to_earth
from places.coverage.outlines import Outline
from places.coverage.survey import Method, Spot, Survey
from places.coverage.terms import (
    BANDS,
    HEADLINE,
)
from places.teryt import Level

DEGREES = 5
"""Decimals of coordinates: about a metre."""
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Report:
    """All that is told of an area."""

    figures: Figures
    above: tuple[tuple[str, str, Level], ...]
    """The areas it lies in, from the country down: (code, name, level)."""
    children: tuple[Figures, ...]
    """The areas it is made of."""
    gaps: tuple[Gap, ...]
    """People left out, the largest groups first."""
    method: Method
    places: tuple[Spot, ...] = ()
    """The places of a powiat or what is smaller, for its map."""


def of(found: Survey, code: str) -> Report:
    """The report of an area.

    Raises NotFound.
    """
    return Report(
        found.figures(code),
        tuple(found.above(code)),
        tuple(found.children(code)),
        found.gaps(code),
        found.method,
        found.places(code),
    )


def as_json(report: Report, link: str) -> dict[str, Any]:
    """The report with its method; `link` is its permanent address."""
    return {
        "link": link,
        "method": tidy(asdict(report.method)),
        "area": tidy(asdict(report.figures)),
        "above": [
            {"code": code, "name": name, "level": level} for code, name, level in report.above
        ],
        "children": [tidy(asdict(one)) for one in report.children],
        "gaps": [tidy(asdict(one)) for one in report.gaps],
        "places": [tidy(one._asdict()) for one in report.places],
    }


def as_rows(report: Report) -> list[dict[str, Any]]:
    """A row for the area, one for each of its children, one for each gap; the same columns."""
    rows = [_row("area", report.figures)]
    rows += [_row("child", one) for one in report.children]
    empty = dict.fromkeys(rows[0])
    return rows + [{**empty, **_gap_row(one)} for one in report.gaps]


def as_geojson(report: Report, outline: Outline, link: str) -> dict[str, Any]:
    """The area, its children and its gaps as RFC 7946 features."""
    areas = [("area", report.figures), *(("child", one) for one in report.children)]
    features = [
        _feature(one.code, _geometry(outline(one.code)), _area_properties(kind, one))
        for kind, one in areas
    ]
    features += [
        _feature(f"gap-{number}", gaps.outline(one), {"kind": "gap", **_gap_properties(one)})
        for number, one in enumerate(report.gaps, 1)
    ]
    features += [
        _feature(
            one.id,
            {"type": "Point", "coordinates": [tidy(one.lon), tidy(one.lat)]},
            {"kind": "place", "name": one.name, "sure": one.sure, "doubt_m": tidy(one.doubt)},
        )
        for one in report.places
    ]
    return {
        "type": "FeatureCollection",
        "link": link,
        "stamp": report.method.stamp,
        **_box(features),
        "features": features,
    }


def points_geojson(
    points: Sequence[Mapping[str, Any]], link: str, around: tuple[str, shapely.Geometry | None]
) -> dict[str, Any]:
    """Things with "lat" and "lon", such as the best next sites, as features; and the area around
    them, by its code and border."""
    features = (
        _feature(
            f"site-{number}",
            {"type": "Point", "coordinates": [round(one["lon"], 6), round(one["lat"], 6)]},
            {name: value for name, value in one.items() if name not in ("lat", "lon")},
        )
        for number, one in enumerate(points, 1)
    )
    return collection(features, link, around)


def collection(
    features: Iterable[Mapping[str, Any]],
    link: str,
    around: tuple[str, shapely.Geometry | None],
) -> dict[str, Any]:
    """Features and the area around them, by its code and border, as one RFC 7946 collection."""
    code, border = around
    area = _feature(code, _geometry(border), {"kind": "area", "code": code})
    whole = [area, *({**one, "properties": tidy(one["properties"])} for one in features)]
    return {"type": "FeatureCollection", "link": link, **_box(whole), "features": whole}


def flat(record: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, Any]]:
    """A nested record as columns: "shares.adult.15.total.low"."""
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name}.")
        elif isinstance(value, tuple | list) and len(value) == 2:
            yield f"{prefix}{name}.low", value[0]
            yield f"{prefix}{name}.high", value[1]
        else:
            yield prefix + name, value


def _row(row: str, one: Figures) -> dict[str, Any]:
    told = tidy(asdict(one))
    del told["peers"]  # They are areas of other reports.
    bands = told.pop("bands")
    shares = {
        walker: {
            minutes: {group: pair or (None, None) for group, pair in groups.items()}
            for minutes, groups in of_walker.items()
        }
        for walker, of_walker in told.pop("shares").items()
    }
    times = {
        time: {group: pair or (None, None) for group, pair in groups.items()}
        for time, groups in told.pop("times").items()
    }
    names = [f"to_{most}" for most in BANDS] + [f"over_{BANDS[-1]}"]
    whole = {
        "row": row,
        **told,
        "shares": shares,
        "times": times,
        "bands": dict(zip(names, bands, strict=True)),
        "lat": None,
        "lon": None,
    }
    return dict(flat(whole))


def _gap_row(one: Gap) -> dict[str, Any]:
    low, high = tidy(one.people)
    return {
        "row": "gap",
        "code": one.code,
        "name": one.name,
        "left_out.low": low,
        "left_out.high": high,
        "lat": round(one.lat, _DIGITS),
        "lon": round(one.lon, _DIGITS),
    }


def _area_properties(kind: str, one: Figures) -> dict[str, Any]:
    low, high = tidy(one.shares["adult"][str(HEADLINE)]["total"] or (None, None))
    return {
        "kind": kind,
        "code": one.code,
        "name": one.name,
        "level": one.level,
        "approximate": one.approximate,
        "people": tidy(one.people["total"]),
        "places_low": one.places[0],
        "places_high": one.places[1],
        "share_low": low,
        "share_high": high,
        "left_out_low": tidy(one.left_out[0]),
        "left_out_high": tidy(one.left_out[1]),
    }


def _gap_properties(one: Gap) -> dict[str, Any]:
    low, high = tidy(one.people)
    return {
        "code": one.code, "name": one.name, "ordinal": one.ordinal,
        "people_low": low, "people_high": high,
        "lat": round(one.lat, _DIGITS), "lon": round(one.lon, _DIGITS),
    }  # fmt: skip


def _feature(id_: str, geometry: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": properties}


def _geometry(shape: shapely.Geometry | None) -> Any:
    """In degrees, outer rings against the clock; None of nothing."""
    if shape is None or shape.is_empty:
        return None
    degrees = shapely.transform(shape, _in_degrees)
    whole = shapely.make_valid(degrees) if not degrees.is_valid else degrees
    return _listed(shapely.geometry.mapping(shapely.orient_polygons(whole)))


def _in_degrees(points: Any) -> Any:
    lat, lon = to_earth(points[:, 0], points[:, 1])
    return np.round(np.column_stack([lon, lat]), DEGREES)


def _listed(geometry: Any) -> Any:
    if isinstance(geometry, Mapping):
        return {name: _listed(value) for name, value in geometry.items()}
    return [_listed(one) for one in geometry] if isinstance(geometry, tuple | list) else geometry


def _box(features: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    shapes = [shapely.geometry.shape(one["geometry"]) for one in features if one["geometry"]]
    if not shapes:
        return {}
    return {"bbox": [round(float(edge), _DIGITS) for edge in shapely.total_bounds(shapes)]}


def tidy(value: Any) -> Any:
    """Floats as short as they are sure to be told alike; whole ones as whole numbers."""
    if isinstance(value, Mapping):
        return {name: tidy(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return tuple(map(tidy, value))
    if isinstance(value, float):
        rounded = round(value, _DIGITS)
        return int(rounded) if rounded.is_integer() else rounded
    return value.isoformat() if hasattr(value, "isoformat") else value
