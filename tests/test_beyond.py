"""Where the area that was said has nothing, the nearest elsewhere are shown apart."""

from collections.abc import Iterator
from typing import Any

import pytest

from places import search
from places.geo import Point, metres
from places.index import Index, open_index
from places.query import Query
from tests.builders import NOW, a_catalogue, a_place, an_id

KLUB = {"type": "klub_seniora"}


def in_warsaw(district: str | None) -> dict[str, Any]:
    return {
        "city": "Warszawa", "gmina": "Warszawa", "teryt": "146501",
        "voivodeship": "mazowieckie", "district": district,
    }  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("beyond")
    far = {"city": "Gdańsk", "gmina": "Gdańsk", "teryt": "226101", "voivodeship": "pomorskie",
           "district": None}  # fmt: skip
    some = [
        a_place(id=an_id(1), name="Świetlica Wolska", point=(52.236, 20.965),
                address=in_warsaw("Wola")),
        a_place(id=an_id(2), name="Klub Seniora Ochota", point=(52.215, 20.972),
                address=in_warsaw("Ochota"), **KLUB),
        a_place(id=an_id(3), name="Klub Seniora Mokotów", point=(52.193, 21.025),
                address=in_warsaw("Mokotów"), **KLUB),
        a_place(id=an_id(4), name="Dom Kultury Bielany", point=(52.275, 20.945),
                address=in_warsaw("Bielany"), activities=["klub seniora"]),
        a_place(id=an_id(5), name="Klub Seniora Motława", point=(54.35, 18.65), address=far,
                **KLUB),
    ]  # fmt: skip
    with open_index(a_catalogue(folder / "places.geojson", some), folder, NOW.date()) as opened:
        yield opened


def beyond(index: Index, q: str, **more: Any) -> list[str]:
    found = search.run(index, Query(q=q, **more), NOW)
    return [hit.place.id for hit in found.beyond]


def test_the_nearest_of_the_kind_are_told_apart(index: Index) -> None:
    """The area keeps its own places; the clubs near it come nearest first, none from far away."""
    found = search.run(index, Query(q="klub seniora na Woli"), NOW)
    assert (found.level, [hit.place.id for hit in found.hits]) == ("area", [an_id(1)])
    assert [hit.place.id for hit in found.beyond] == [an_id(2), an_id(3)]
    assert found.origin is not None
    assert found.origin.area.name == "Wola"
    for hit in found.beyond:
        assert hit.metres == pytest.approx(metres(found.origin.point, hit.place.point), rel=0.01)


def test_the_one_that_is_nearest_is_shown_however_far(index: Index) -> None:
    """Better one that is far, with its distance, than none."""
    assert beyond(index, "klub seniora koło Suwałk") == []  # They are the answer itself.
    found = search.run(index, Query(q="klub seniora koło Suwałk"), NOW)
    assert found.level == "elsewhere"
    away = [hit.metres for hit in found.hits if hit.place.type == "klub_seniora"]
    assert None not in away
    assert away == sorted(away, key=lambda one: one or 0)
    assert found.origin is not None


@pytest.mark.parametrize(
    "q", ["klub seniora na Ochocie", "klub seniora", "na Woli", "klub seniora w Warszawie", "xyzzq"]
)
def test_nothing_is_added_where_the_area_has_it_or_none_was_said(index: Index, q: str) -> None:
    """Who is answered needs no other offer."""
    assert beyond(index, q) == []


def test_only_the_first_page_has_it(index: Index) -> None:
    """It stands above the list, once."""
    assert beyond(index, "klub seniora na Woli", page=2) == []


def test_a_circle_that_holds_nothing_is_an_area_too(index: Index) -> None:
    """Around a point where there is no such place the nearest such places are named."""
    found = search.run(index, Query(q="klub seniora", near=Point(52.9, 20.9)), NOW)
    assert found.total == 0
    assert [hit.place.id for hit in found.beyond][:1] == [an_id(2)]
    assert found.origin is None


def test_other_filters_stay(index: Index) -> None:
    """A chosen type is kept; a chosen town is what there was nothing in."""
    assert beyond(index, "klub seniora na Woli", type=("dom_kultury",)) == [an_id(4)]


def test_a_town_without_any_place_shows_what_is_near_it(index: Index) -> None:
    """A bare name of a town where we have nothing leads to the nearest places, measured from it."""
    found = search.run(index, Query(q="Zakopane"), NOW)
    assert found.total == 0
    assert found.origin is not None
    assert found.origin.area.name == "Zakopane"
    assert found.nearest
