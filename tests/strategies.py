"""Records made up by Hypothesis from the published schema, so that a new field is tried at once.

`a_record()` gives fields for `Place.read`, `places()` the places themselves.  What the schema
cannot say, that a date is real or that a source names something, is seen to here.
"""

import re
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from places import geojson, text
from places.facts import NO_GMINA
from places.geo import Point
from places.place import Place
from places.schema import feature_schema

Fields = dict[str, Any]

# Wholly in Poland, whatever the corner.
LATITUDES = st.integers(50_800_000, 53_500_000).map(lambda n: n / 1e6)
LONGITUDES = st.integers(15_200_000, 23_400_000).map(lambda n: n / 1e6)
points = st.builds(Point, LATITUDES, LONGITUDES)
ids = st.text("0123456789abcdefghijklmnopqrstuvwxyz", min_size=8, max_size=8)
sayings = st.text(max_size=12).map(text.clean).filter(bool)
"""Any text at all, as it stands once cleaned."""
_DEFINED = feature_schema("urn:test")["$defs"]
# Texts of every form that a pattern of the schema asks for.
_EXAMPLES = (
    "126101", "31-559", "+48 12 345 67 89", "71 337 45 90 w. 12", "klub@example.org", "pl", "uk",
    "https://example.org/klub?a=b", "http://przykład.example/ż", "om", "osm-id_7",
    "k3v7m2qa", "k3v7m2qa-0123456789abcdef.jpg",
)  # fmt: skip
_DATES = st.dates().filter(lambda day: 1000 <= day.year < 3000)
_DATE_PATTERN = r"^[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?$"


@st.composite
def partial_dates(draw: st.DrawFn) -> str:
    """A year, a month or a day."""
    return draw(_DATES).isoformat()[: draw(st.sampled_from([4, 7, 10]))]


def a_record(**fixed: Any) -> SearchStrategy[Fields]:
    """Fields of a good place; each optional one is there or not."""
    return st.builds(
        lambda fields, place_id, point: {
            **_mended(fields),
            "id": place_id,
            "point": point,
            **fixed,
        },
        _object(_DEFINED["Properties"]),
        ids,
        points,
    )


def places(**fixed: Any) -> SearchStrategy[Place]:
    """Good places."""
    return a_record(**fixed).map(Place.read)


_RULES = st.sampled_from(["Mo-Fr 10:00-18:00", "Sa 09:00-13:00; PH off", "24/7"])


def sound_places(**fixed: Any) -> SearchStrategy[Place]:
    """Good places about which a check has nothing to say, as the file gives them back."""
    return st.builds(_sound, a_record(**fixed), _RULES | st.none())


def _sound(fields: Fields, rule: str | None) -> Place:
    kept = {key: value for key, value in fields.items() if key != "hours"}
    if rule is not None:
        kept["hours"] = {"open": rule}
    if kept["address"]["teryt"].endswith(NO_GMINA):
        kept["address"] = {**kept["address"], "teryt": "126101"}
    if not kept.get("sources"):
        kept["sources"] = [{"name": "źródło"}]
    return geojson.place(geojson.feature(Place.read(kept)))


def _mended(fields: Fields) -> Fields:
    first, last = fields.get("valid_from"), fields.get("valid_to")
    if first and last and last < first:
        fields |= {"valid_from": last, "valid_to": first}
    for source in fields.get("sources", ()):
        if not source.get("url") and not source.get("name"):
            source["name"] = "źródło"
    return fields


def _of(schema: Mapping[str, Any]) -> SearchStrategy[Any]:
    if "$ref" in schema:
        return _of(_DEFINED[schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return st.one_of([_of(one) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    makers = {
        "null": lambda _: st.none(),
        "object": _object,
        "array": _array,
        "string": _string,
        "integer": _integer,
        "number": lambda _: st.integers(1, 10_000_000).map(lambda n: n / 10),
    }
    return makers[schema["type"]](schema)


@st.composite
def _some_fields(draw: st.DrawFn, inner: Mapping[str, Any], required: frozenset[str]) -> Fields:
    # A few of the optional ones: all of them at once would take long and show no more.
    optional = [name for name in inner if name not in required]
    chosen = draw(st.sets(st.sampled_from(optional), max_size=5)) if optional else set()
    return {name: draw(_of(inner[name])) for name in inner if name in required or name in chosen}


def _object(schema: Mapping[str, Any]) -> SearchStrategy[Any]:
    inner = schema.get("properties")
    if inner is None:
        [(pattern, value)] = schema["patternProperties"].items()
        return st.dictionaries(_string({"pattern": pattern}), _of(value), max_size=3)
    return _some_fields(inner, frozenset(schema.get("required", ())))


def _array(schema: Mapping[str, Any]) -> SearchStrategy[Any]:
    return st.lists(_of(schema["items"]), max_size=min(3, schema.get("maxItems", 3)))


def _string(schema: Mapping[str, Any]) -> SearchStrategy[str]:
    pattern = schema.get("pattern")
    if pattern is None:
        return sayings
    if pattern == _DATE_PATTERN:
        return partial_dates()
    fitting = [one for one in _EXAMPLES if re.fullmatch(_whole(pattern), one)]
    return st.sampled_from(fitting)


def _integer(schema: Mapping[str, Any]) -> SearchStrategy[int]:
    return st.integers(schema.get("minimum"), schema.get("maximum"))


def _whole(pattern: str) -> str:
    return pattern.removeprefix("^").removesuffix("$")
