"""The published schema says the same as the reading of a record."""

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given

from places import geojson
from places.errors import Invalid
from places.place import Place
from places.schema import feature_schema
from tests.builders import a_place
from tests.strategies import places

SCHEMA = feature_schema("https://miejsca.example/api/schema/place.json")
CHECK = jsonschema_rs.validator_for(SCHEMA)


@given(places())
def test_every_good_place_fits_the_schema(one: Place) -> None:
    """Whatever is read and written again is what the schema describes."""
    feature = json.loads(geojson.dumps(geojson.feature(one)))
    assert [error.message for error in CHECK.iter_errors(feature)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "ZA-DLUGI-ID"),
        ("id", 7),
        ("type", "Punkt"),
        ("geometry", None),
        ("geometry.type", "Polygon"),
        ("geometry.coordinates", [50.02, 19.97]),
        ("geometry.coordinates", ["19.97", "50.02"]),
        ("geometry.coordinates", [19.97]),
        ("properties.name", ""),
        ("properties.name", 5),
        ("properties.kolor", "zielony"),
        ("properties.type", "kino"),
        ("properties.status", "otwarte"),
        ("properties.address", None),
        ("properties.address.teryt", "12"),
        ("properties.address.postcode", "31559"),
        ("properties.position.precision", "exact"),
        ("properties.position.uncertainty_m", 0),
        ("properties.networks", "MAL"),
        ("properties.networks", ["MAL"] * 201),
        ("properties.contact", {"email": "nie-adres"}),
        ("properties.contact", {"phone": "zadzwoń"}),
        ("properties.contact", {"website": "javascript:alert(1)"}),
        ("properties.rules", {"free": "maybe"}),
        ("properties.rules", {"booking_days_ahead": 1000}),
        ("properties.rooms", [{"people": 10}]),
        ("properties.area_m2", 0),
        ("properties.capacity_people", 0),
        ("properties.audience", ["psy"]),
        ("properties.languages", ["polski"]),
        ("properties.checked", {"hours": {"on": "2026", "by": "sąsiad"}}),
        ("properties.added", "wczoraj"),
        ("properties.refs", {"Zły Klucz": "1"}),
    ],
)
def test_what_one_refuses_the_other_refuses(path: str, value: Any) -> None:
    """One thing spoilt in a good feature is refused by the schema and by the reading."""
    feature = json.loads(geojson.dumps(geojson.feature(a_place())))
    *outer, last = path.split(".")
    inner = feature
    for name in outer:
        inner = inner[name]
    inner[last] = value
    assert not CHECK.is_valid(feature)
    with pytest.raises(Invalid):
        geojson.place(feature)


def test_the_schema_explains_every_field() -> None:
    """Each field of the record carries its description, for whoever fills it."""
    defined = SCHEMA["$defs"]
    records = [one for one in defined.values() if one.get("type") == "object"]
    unexplained = [
        f"{record.get('title')}.{name}"
        for record in records
        for name, field in record["properties"].items()
        if not (field.get("description") or "$ref" in field)
    ]
    assert unexplained == []
    assert all(one.get("description") for one in records)


def test_the_schema_is_a_schema() -> None:
    """It keeps the rules of its own language and needs nothing from elsewhere."""
    jsonschema_rs.meta.validate(SCHEMA)
    references = {one for one in json.dumps(SCHEMA).split('"') if one.startswith("#/$defs/")}
    assert {one.rpartition("/")[2] for one in references} <= SCHEMA["$defs"].keys()
