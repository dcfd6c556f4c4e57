"""The relevance list: what people type, and the places they should be shown.

A wrong id would silently count as "not found" and make our search look worse than it is.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from places import geojson, text
from places.geo import Point, in_poland
from places.place import Place

ROOT = Path(__file__).parents[1]
LIST = ROOT / "benchmarks" / "queries.toml"
WHO = {"resident", "animator", "officer"}
LEAST = {
    "inflected": 40,
    "mark-less": 40,
    "misspelt": 25,
    "place": 50,
    "time": 20,
    "audience": 25,
    "synonym": 25,
    "no-result": 10,
}
OTHER_TAGS = {"price", "accessibility", "name", "network", "type", "activity", "facility"}
NEAR = "near-me"
# `id = grade  # Name of the place, town`
NOTE = re.compile(r"^(\w{8}) = [123]  # (.+)$", re.MULTILINE)

Queries = list[dict[str, Any]]


@pytest.fixture(scope="module")
def queries() -> Queries:
    return list(tomllib.loads(LIST.read_text(encoding="utf-8"))["query"])


@pytest.fixture(scope="module")
def places() -> Mapping[str, Place]:
    return {one.id: one for one in geojson.read(ROOT / "data" / "places.geojson").places}


def test_there_are_enough_queries_of_every_kind(queries: Queries) -> None:
    """At least 150, with each difficulty asked often enough to be measured."""
    assert len(queries) >= 150
    counts = Counter(tag for one in queries for tag in one["tags"])
    assert {tag: counts[tag] for tag, least in LEAST.items() if counts[tag] < least} == {}
    assert {one["who"] for one in queries} == WHO


def test_every_word_beside_a_query_is_known(queries: Queries) -> None:
    """A mistyped field or tag is a fault, not a new kind."""
    fields = {"text", "who", "tags", "now", "position", "places"}
    for one in queries:
        assert set(one) <= fields, one["text"]
        assert set(one["tags"]) <= {*LEAST, *OTHER_TAGS, NEAR}, one["text"]
        assert len(set(one["tags"])) == len(one["tags"]), one["text"]
        assert one["who"] in WHO, one["text"]


def test_no_query_is_asked_twice(queries: Queries) -> None:
    """Two that differ only in capitals or spaces would count double."""
    texts = Counter(" ".join(one["text"].casefold().split()) for one in queries)
    assert [asked for asked, times in texts.items() if times > 1] == []


def test_every_expected_place_is_in_the_catalogue(
    queries: Queries, places: Mapping[str, Place]
) -> None:
    """Ids are known and listed, and grades are 1, 2 or 3; the format lets no id stand twice."""
    for one in queries:
        unknown = set(one["places"]) - {key for key, place in places.items() if place.listed}
        assert unknown == set(), one["text"]
        assert set(one["places"].values()) <= {1, 2, 3}, one["text"]


def test_the_name_beside_an_id_is_its_name(places: Mapping[str, Place]) -> None:
    """People read the names, the benchmark the ids: they speak of the same place."""
    notes = NOTE.findall(LIST.read_text(encoding="utf-8"))
    assert len(notes) > 150
    for place_id, note in notes:
        beginning = note.removesuffix("…")
        assert f"{places[place_id].name},".startswith(beginning) or note.startswith(
            places[place_id].name
        ), place_id


def test_only_a_query_without_an_answer_expects_nothing(queries: Queries) -> None:
    """An empty list is meant, never forgotten."""
    for one in queries:
        assert ("no-result" in one["tags"]) == (not one["places"]), one["text"]


def test_every_voivodeship_is_asked_for(queries: Queries, places: Mapping[str, Place]) -> None:
    """The list does not measure the big cities alone."""
    asked = {places[key].address.voivodeship for one in queries for key in one["places"]}
    assert len(asked) == 16


def test_a_query_about_time_says_when_it_was_asked(queries: Queries) -> None:
    """`now` is a moment with its zone, given exactly where the answer depends on it."""
    for one in queries:
        assert ("time" in one["tags"]) == ("now" in one), one["text"]
        if "now" in one:
            assert datetime.fromisoformat(one["now"]).utcoffset() is not None, one["text"]


def test_a_query_near_me_says_where_it_was_asked(queries: Queries) -> None:
    """The position is given exactly where the answer depends on it, and lies in Poland."""
    for one in queries:
        assert (NEAR in one["tags"]) == ("position" in one), one["text"]
        assert in_poland(Point(*one.get("position", (52.0, 19.0)))), one["text"]


def test_a_query_without_marks_has_none(queries: Queries) -> None:
    """What is tagged as typed without Polish letters really is."""
    for one in queries:
        if "mark-less" in one["tags"]:
            assert text.fold(one["text"]) == one["text"].casefold(), one["text"]
