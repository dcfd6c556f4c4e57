"""An answer about a change as shapes for a map."""

import json
from typing import Any

import h3
import pytest
import shapely

from places.coverage import effects, told
from tests.coverage import samples

CHANGES = tuple(samples.CHANGES)
OLD: dict[str, Any] = {
    "area": "2261", "place": "k3v7m2qa", "name": samples.HOSTILE, "change": "close", "to": "",
    "minutes": 15, "people": samples.WHATIF["people"], "before": samples.WHATIF["before"],
    "after": samples.WHATIF["after"], "lose": samples.WHATIF["lose"],
    "gain": samples.WHATIF["gain"], "by_time": samples.WHATIF["by_time"],
    "where": [{"name": "Osowa", "lose": 9_000.0, "gain": 0.0}],
}  # fmt: skip
"""What the version before the map has kept."""


def whole(change: str) -> dict[str, Any]:
    around = ("2261", samples.outline("2261"))
    return told.collection(effects.features(samples.CHANGES[change]), "x", around)


@pytest.mark.parametrize("change", CHANGES)
def test_shapes_are_those_of_the_standard(change: str) -> None:
    """Longitude first, rings closed and against the clock, six decimals, ids once, in the box."""
    found = whole(change)
    west, south, east, north = found["bbox"]
    ids = [one["id"] for one in found["features"]]
    assert len(ids) == len(set(ids))
    for feature in found["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        assert shapely.box(west, south, east, north).covers(shape)
        if shape.geom_type == "Polygon":
            assert shape.exterior.is_ccw and shape.exterior.is_closed
        for point in shapely.get_coordinates(shape).ravel():
            assert round(point, 6) == point


def test_each_change_shows_what_it_is_about() -> None:
    """Where the place was, would be, and the way; of a new one there is no before."""
    kinds = {
        change: [one["properties"]["kind"] for one in whole(change)["features"]]
        for change in CHANGES
    }
    assert kinds["close"] == ["area", "was", "cell", "cell"]
    assert kinds["move"] == ["area", "was", "would", "way", "cell", "cell", "cell"]
    assert kinds["open"] == ["area", "would", "cell"]


def test_a_hexagon_tells_both_ends_in_order() -> None:
    """The same numbers as in the answer, and what it stands for."""
    cells = [one for one in whole("move")["features"] if one["properties"]["kind"] == "cell"]
    answer = samples.CHANGES["move"]
    for feature, cell in zip(cells, answer["cells"], strict=True):
        have = feature["properties"]
        assert feature["id"] == cell["h3"]
        assert [have["lose_low"], have["lose_high"]] == cell["lose"]
        assert [have["gain_low"], have["gain_high"]] == cell["gain"]
        middle = shapely.geometry.shape(feature["geometry"]).centroid
        assert h3.latlng_to_cell(middle.y, middle.x, 9) == cell["h3"]
    assert [effects.kind(one) for one in answer["cells"]] == ["lose", "both", "gain"]
    assert effects.kinds(answer) == ["lose", "gain", "both"]
    assert effects.kind({"lose": [5.0, 0.0], "gain": [0.0, 0.0]}) == "lose"


def test_the_same_answer_gives_the_same_bytes() -> None:
    """Twice, also where names are hostile."""
    assert json.dumps(whole("move")) == json.dumps(whole("move"))


def test_an_answer_of_an_earlier_version_is_whole() -> None:
    """No hexagons are told, and of those in the table how many at most."""
    found = effects.completed(OLD)
    assert found["cells"] == [] and found["was"] is None
    assert found["where"] == [{"name": "Osowa", "lose": [0.0, 9_000.0], "gain": [0.0, 0.0]}]
    assert list(effects.features(found)) == []
    later = ("gained_low", "young_low", "old_low", "cumulative_low")
    sites = [{k: v for k, v in one.items() if k not in later} for one in samples.SITES["sites"]]
    first, second = effects.completed({**samples.SITES, "sites": sites})["sites"]
    assert [first[name] for name in later] == [0.0] * 4
    assert [second[name] for name in later] == [0.0, None, None, 0.0]
    assert effects.completed(samples.WHATIF) == samples.WHATIF
    assert effects.completed(samples.SITES) == samples.SITES
