"""The record as a JSON Schema (2020-12), for other people's programs and for our own check.

It is made from the same declaration that reads the record, so the two cannot disagree on a field.
What a schema cannot say (inside Poland, a date that exists) only the reading knows.
"""

from functools import cache
from typing import Any

from places.geo import POLAND
from places.place import Place


def feature_schema(url: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a catalogue's feature, with `url` as its `$id`."""
    fields = _fields()
    west, south, east, north = POLAND
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": url,
        "title": "Miejsce otwarte",
        "description": "A neighbourhood open place, as an RFC 7946 GeoJSON Feature.",
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": Place.model_json_schema()["properties"]["id"],
            "geometry": {
                "type": "object",
                "required": ["type", "coordinates"],
                "properties": {
                    "type": {"const": "Point"},
                    "coordinates": {
                        "description": "Longitude, latitude; WGS 84.",
                        "type": "array",
                        "prefixItems": [
                            {"type": "number", "minimum": west, "maximum": east},
                            {"type": "number", "minimum": south, "maximum": north},
                        ],
                        "minItems": 2,
                        "maxItems": 3,
                    },
                },
            },
            "properties": {"$ref": "#/$defs/Properties"},
        },
        "$defs": {
            **fields["$defs"],
            "Properties": {
                key: value for key, value in fields.items() if key not in ("$defs", "title")
            },
        },
    }


@cache
def _fields() -> dict[str, Any]:
    """The fields of a record, without `id` and `point`: GeoJSON keeps those elsewhere."""
    whole = Place.model_json_schema()
    for outside in ("id", "point"):
        del whole["properties"][outside]
        whole["required"].remove(outside)
    whole["$defs"].pop("Point", None)
    return whole
