"""A report for other programs: the same numbers in each form, shapes by RFC 7946, lasting bytes."""

import json

import pytest
import shapely

from places.coverage import told
from places.teryt import COUNTRY
from tests.coverage import samples

CODES = (COUNTRY, "22", "2261", "2262", "2298", "2299")


def in_bytes(code: str) -> str:
    """All three forms of a report, one after the other."""
    report = samples.report(code)
    forms = (
        told.as_json(report, "x"),
        told.as_rows(report),
        told.as_geojson(report, samples.outline, "x"),
    )
    return json.dumps(forms, ensure_ascii=False)


@pytest.mark.parametrize("code", CODES)
def test_the_same_report_gives_the_same_bytes(code: str) -> None:
    """Twice, also where names are hostile and numbers unknown."""
    assert in_bytes(code) == in_bytes(code)


@pytest.mark.parametrize("code", CODES)
def test_rows_and_features_tell_what_the_figures_say(code: str) -> None:
    """JSON, CSV and GeoJSON agree on people, shares and those left out."""
    report = samples.report(code)
    nested = told.as_json(report, "x")
    rows = told.as_rows(report)
    features = told.as_geojson(report, samples.outline, "x")["features"]

    areas = [nested["area"], *nested["children"]]
    assert len(rows) == len(areas) + len(nested["gaps"])
    assert len(features) == len(rows) + len(nested["places"])
    assert [one["id"] for one in features[len(rows) :]] == [one.id for one in report.places]
    for area, row, feature in zip(areas, rows, features, strict=False):
        assert row["code"] == area["code"] == feature["id"]
        assert row["people.total"] == area["people"]["total"] == feature["properties"]["people"]
        low, high = area["shares"]["adult"]["15"]["total"]
        assert (row["shares.adult.15.total.low"], row["shares.adult.15.total.high"]) == (low, high)
        assert feature["properties"]["share_low"] == low
        assert feature["properties"]["share_high"] == high
        assert (row["left_out.low"], row["left_out.high"]) == area["left_out"]


@pytest.mark.parametrize("code", CODES)
def test_every_row_has_the_same_columns(code: str) -> None:
    """Also where the sources say nothing of children, and in the rows of gaps."""
    rows = told.as_rows(samples.report(code))
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    assert all(not isinstance(cell, dict | list | tuple) for row in rows for cell in row.values())


def test_unknown_is_empty_and_never_nought() -> None:
    """What the source does not say of ages stays None in every form."""
    report = samples.report("2262")
    [row, *_] = told.as_rows(report)
    assert row["people.young"] is None
    assert row["shares.adult.15.young.low"] is None
    assert told.as_json(report, "x")["area"]["shares"]["adult"]["15"]["young"] is None


@pytest.mark.parametrize("code", CODES)
def test_shapes_are_those_of_the_standard(code: str) -> None:
    """Longitude first, outer rings against the clock, six decimals, closed, inside the box."""
    whole = told.as_geojson(samples.report(code), samples.outline, "x")
    west, south, east, north = whole["bbox"]
    assert 14 < west < east < 25
    assert 49 < south < north < 55
    assert "crs" not in whole
    for feature in whole["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        assert shapely.box(west, south, east, north).covers(shape)
        for polygon in getattr(shape, "geoms", [shape]) if shape.area else ():
            assert polygon.exterior.is_ccw
            assert not any(ring.is_ccw for ring in polygon.interiors)
        for point in shapely.get_coordinates(shape).ravel():
            assert round(point, 6) == point


def test_an_area_without_a_border_is_still_told() -> None:
    """Its geometry is null, as the standard allows."""
    whole = told.as_geojson(samples.report("2262"), lambda _: None, "x")
    assert [one["geometry"] for one in whole["features"]] == [None]
    assert "bbox" not in whole


def test_the_method_goes_with_the_numbers() -> None:
    """Every assumption, every data set and the stamp stand in the JSON."""
    told_ = told.as_json(samples.report("2261"), "https://example.org/pokrycie/2261?stan=x")
    method = told_["method"]
    assert told_["link"].startswith("https://example.org/")
    assert method["stamp"] == samples.STAMP
    assert method["terms"]["detour"] == 1.3
    assert method["terms"]["walkers"]["older"]["metres_per_minute"] == 54
    assert method["residents"]["licence"] == "CC BY 4.0"
    assert method["streets"][0]["owner"] == "© autorzy OpenStreetMap"


def test_sites_are_points() -> None:
    """Each with what it brings; longitude first."""
    border = samples.outline("2261")
    area, site = told.points_geojson(samples.SITES["sites"], "x", ("2261", border))["features"][:2]
    assert area["id"] == "2261" and area["properties"]["kind"] == "area" and area["geometry"]
    assert site["geometry"] == {"type": "Point", "coordinates": [18.459, 54.427]}
    assert site["properties"]["gained"] == 12_345
    assert "lat" not in site["properties"]
