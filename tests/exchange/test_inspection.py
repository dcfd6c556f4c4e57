"""Everything that is wrong with a catalogue file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from places import geojson, search
from places.exchange import inspection
from places.index import open_index
from places.query import Query
from tests.builders import NOW, a_catalogue, a_place, an_id, some_places

Feature = dict[str, Any]


def faults(path: Path) -> list[tuple[str, str, str]]:
    _, found = inspection.check(path)
    return [(fault.where, fault.field, fault.code) for fault in found]


def a_file(folder: Path, *features: Feature) -> Path:
    """The features in the layout of the catalogue, whatever is in them."""
    path = a_catalogue(folder / "places.geojson", [])
    head, tail = path.read_text("utf-8").split("\n", 1)
    rows = ",\n".join(geojson.dumps(feature) for feature in features)
    path.write_text(f"{head}\n{rows}\n{tail}", "utf-8")
    return path


def changed(change: Callable[[Feature], Any]) -> Feature:
    feature = geojson.feature(a_place(id=an_id(1)))
    change(feature)
    return feature


def test_a_good_file_has_no_faults(tmp_path: Path) -> None:
    """What we write is what we ask for."""
    path = a_catalogue(tmp_path / "places.geojson", some_places(3))

    assert inspection.check(path) == (3, [])
    assert inspection.check(a_catalogue(tmp_path / "none.geojson", [])) == (0, [])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda f: f["properties"]["address"].update(teryt="12"), ("address.teryt", "pattern")),
        (lambda f: f["properties"]["position"].update(uncertainty_m="75"),
         ("position.uncertainty_m", "wrong_type")),
        (lambda f: f["properties"].pop("name"), ("name", "missing")),
        (lambda f: f["properties"].update(nazwa="x"), ("nazwa", "unknown_field")),
        (lambda f: f["properties"].update(sources=[]), ("sources", "missing")),
        (lambda f: f["properties"].update(sources=[{}]), ("sources.0", "source_empty")),
        (lambda f: f["properties"].update(hours={"open": "rano"}), ("hours.open", "hours_syntax")),
        (lambda f: f["properties"].update(type="zamek"), ("type", "not_in_list")),
        (lambda f: f["properties"].update(capacity_people=0), ("capacity_people", "too_small")),
        (lambda f: f["geometry"].update(coordinates=[50.02, 19.97]), ("point", "axes_swapped")),
        (lambda f: f["geometry"].update(coordinates=["19.9", 50]),
         ("geometry.coordinates", "not_a_point")),
        (lambda f: f.update(geometry=None), ("geometry", "not_a_point")),
        (lambda f: f.update(properties=None), ("properties", "missing")),
        (lambda f: f["properties"].update(summary="  za   dużo  "), ("", "not_canonical")),
        (lambda f: f["properties"].update(networks=["MAL", "MAL"]), ("", "not_canonical")),
        (lambda f: f["properties"].update(summary=None), ("", "not_canonical")),
    ],
)  # fmt: skip
def test_each_fault_is_said_once(
    change: Callable[[Feature], Any], expected: tuple[str, str], tmp_path: Path
) -> None:
    """By line, feature and field, though three readers look at it."""
    path = a_file(tmp_path, changed(change))

    assert faults(path) == [(f"line 2 · {an_id(1)}", *expected)]


def test_all_faults_of_all_features(tmp_path: Path) -> None:
    """The first fault hides none of the others, in the feature or after it."""

    def spoil(feature: Feature) -> None:
        feature["properties"]["type"] = "zamek"
        feature["properties"]["position"]["uncertainty_m"] = "75"
        feature["geometry"] = None
        del feature["properties"]["address"]["teryt"]

    good = geojson.feature(a_place(id=an_id(2)))
    path = a_file(tmp_path, changed(spoil), good, {"type": "Feature"})

    assert {(where, field) for where, field, _ in faults(path)} == {
        (f"line 2 · {an_id(1)}", "type"),
        (f"line 2 · {an_id(1)}", "position.uncertainty_m"),
        (f"line 2 · {an_id(1)}", "geometry"),
        (f"line 2 · {an_id(1)}", "address.teryt"),
        ("line 4", "properties"),
        ("line 4", "id"),
        ("line 4", "geometry"),
    }


def test_order_and_repetition(tmp_path: Path) -> None:
    """Ids stand in order, each once."""
    features = [geojson.feature(a_place(id=an_id(number))) for number in (2, 1, 2)]

    assert faults(a_file(tmp_path, *features)) == [
        (f"line 3 · {an_id(1)}", "id", "not_sorted"),
        (f"line 4 · {an_id(2)}", "id", "repeated"),
    ]


def test_a_line_that_is_no_json(tmp_path: Path) -> None:
    """It is named by its number, and the others are still looked at."""
    path = a_file(tmp_path, geojson.feature(a_place(id=an_id(1))), changed(lambda f: f.pop("id")))
    path.write_bytes(path.read_bytes().replace(b'"type":"Feature"', b'"type":Feature', 1))

    assert [(where, code) for where, _, code in faults(path)] == [
        ("line 2", "not_json"),
        ("line 3", "missing"),
    ]


@pytest.mark.parametrize("indent", [None, 2])
def test_another_layout_is_said(indent: int | None, tmp_path: Path) -> None:
    """Good features in one heap would make every change a change of everything."""
    whole = {
        "type": "FeatureCollection",
        "features": [geojson.feature(a_place())],
    }
    path = tmp_path / "heap.geojson"
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=indent), "utf-8")

    assert {code for _, _, code in faults(path)} == {"not_canonical"}


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "cut_short"), (b"[]", "not_a_collection"), (b"{}", "not_a_collection")],
)
def test_a_file_that_is_no_catalogue(content: bytes, code: str, tmp_path: Path) -> None:
    """Said in one word, without a trace of the program."""
    path = tmp_path / "places.geojson"
    path.write_bytes(content)

    assert [found for _, _, found in faults(path)] == [code]
    assert [found for _, _, found in faults(tmp_path / "none")] == ["no_file"]


def test_nesting_too_deep_for_the_schema(tmp_path: Path) -> None:
    """What the validator gives up on is a fault like others, and the check goes on."""
    deep: Any = 1
    for _ in range(500):
        deep = {"a": deep}
    path = a_file(tmp_path, changed(lambda one: one["properties"].update(rooms=[deep])))
    assert any(field.startswith("rooms") for _, field, _ in faults(path))


def test_unreadable_hours_are_named_and_hide_no_place(tmp_path: Path) -> None:
    """The check names the place and where its rule goes wrong; its hours are just unknown."""
    one = a_place(id=an_id(1), hours={"open": "pn-pt 10-18"})
    path = a_catalogue(tmp_path / "places.geojson", [one])

    _, [fault] = inspection.check(path)
    assert (fault.where, fault.field) == (f"line 2 · {an_id(1)}", "hours.open")
    assert (fault.code, fault.value, fault.limit) == ("hours_in_polish", "pn-pt 10-18", "1")
    with open_index(path, tmp_path, NOW.date()) as index:
        assert not index.status().degraded
        for query in (Query(), Query(open="now")):
            found = search.run(index, query, NOW)
            [hit] = found.hits
            assert hit.place.hours.open == "pn-pt 10-18"
            assert hit.moment is not None
            assert (hit.moment.state, hit.moment.until) == ("unknown", None)
            assert found.unknown_hours == bool(query.open)
