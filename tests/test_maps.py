"""Maps: what is drawn is folium's, what is told is data, and no other host is called."""

import html
import json
import re

import folium
import hypothesis.strategies as st
import pytest
from hypothesis import given

from places import maps
from places.geo import Box, Point
from places.maps import Dot, MapParts, Mark, Picker, Tiles
from tests.builders import a_place

TILES = Tiles("https://tiles.example/{z}/{x}/{y}.png", "© autorzy mapy")
HOSTILE = (
    "${alert(1)}<img src=x onerror=alert(1)>",
    "`+alert(1)+`",
    "</script><script>alert(1)</script>",
    "{{ 7 * 7 }}{% for x in (1, 2) %}x{% endfor %}{# gone #}",
    '" onfocus="alert(1)\' autofocus',
    "\u2028\u2029\x00\ud800",
)


def of_results(query: str = "", tiles: Tiles = TILES, **more: object) -> MapParts:
    data_url = f"/api/places.geojson?{query}"
    return maps.of_results(data_url, search_url=f"/?{query}", tiles=tiles, **more)


def data_of(parts: MapParts) -> dict:
    """The data as a browser reads it from the element."""
    [attribute] = re.findall(r'data-map="([^"]*)"', parts.html)
    return json.loads(html.unescape(attribute))


@given(st.text() | st.sampled_from(HOSTILE))
def test_data_arrives_as_it_was(text: str) -> None:
    """Whatever a query holds, the browser reads exactly that from the attribute."""
    assert data_of(of_results(text))["data"] == f"/api/places.geojson?{text}"


@given(st.text() | st.sampled_from(HOSTILE))
def test_data_opens_no_element(text: str) -> None:
    """No text of a query adds a tag or an attribute to the page, or a word to the script."""
    plain, hostile = of_results(), of_results(text)
    assert re.findall(r"<[^<>]*?[ >]", plain.html) == re.findall(r"<[^<>]*?[ >]", hostile.html)
    assert hostile.script == plain.script


@pytest.mark.parametrize("name", HOSTILE[:-1])
def test_a_name_is_text(name: str) -> None:
    """A place's name is neither markup, nor script, nor a template."""
    place = a_place(name=name)
    parts = maps.of_place(place, tiles=TILES)
    assert data_of(parts)["place"]["name"] == place.name
    assert place.name in html.unescape(parts.html)
    assert not {"<img", "<script", "</script"} & set(re.findall(r"</?\w+", parts.html))
    assert parts.script == maps.of_place(a_place(), tiles=TILES).script


def test_the_same_map_is_the_same_bytes() -> None:
    """Nothing in a map is random: equal questions give equal answers."""
    first = of_results("q=klub", centre=Point(50.06, 19.94), radius=500)
    maps._drawn.cache_clear()
    assert of_results("q=klub", centre=Point(50.06, 19.94), radius=500) == first


def test_no_other_host_is_named() -> None:
    """Beside the tiles nothing in a map has an address, and nothing of folium's page is taken."""
    parts = of_results()
    found = set(re.findall(r"//[\w.-]+", parts.html + parts.script))
    assert found == {"//tiles.example"}
    assert "<link" not in parts.html
    assert "<style" not in parts.html
    assert "style=" not in parts.html


def test_other_maps_keep_their_files() -> None:
    """Our maps empty their own lists of files; folium's stay as they were."""
    of_results()
    assert folium.Map.default_js
    assert folium.Map.default_css


def test_without_tiles() -> None:
    """An empty address of tiles gives a map without a background, not a broken one."""
    parts = of_results(tiles=Tiles("", ""))
    assert "tileLayer" not in parts.script
    assert "placesMap" in parts.script


def test_hostile_attribution_stays_in_its_string() -> None:
    """The operator's own words about the tiles cannot end the script they stand in."""
    parts = of_results(tiles=Tiles(TILES.url, '</script>"${alert(1)}"'))
    assert "</script" not in parts.script


def test_what_to_show_first() -> None:
    """The box, the centre and the radius go along; what is not known is left out."""
    assert {"view", "centre", "radius"}.isdisjoint(data_of(of_results()))
    given = data_of(of_results(view=Box(19, 50, 20, 51), centre=Point(50.5, 19.5), radius=900))
    assert given["view"] == [19, 50, 20, 51]
    assert given["centre"] == [50.5, 19.5]
    assert given["radius"] == 900


def test_the_map_has_a_name_and_words_without_script() -> None:
    """A map says what it is, and until its script runs it says where else to look."""
    parts = of_results()
    assert 'role="region" aria-label="Mapa znalezionych miejsc"' in parts.html
    assert "jeszcze się nie wczytała" in parts.html


@pytest.mark.parametrize("name", HOSTILE[:-1])
def test_what_one_aims_by_is_text(name: str) -> None:
    """The places of the map to point on, and of the map of sites, are data like any other."""
    dots = (Dot("k3v7m2qa", name, 54.3, 18.6, True),)
    picker = Picker("to", border=(((54.3, 18.5), (54.4, 18.6), (54.3, 18.7)),), places=dots)
    parts = maps.of_picker(picker, tiles=TILES)
    assert data_of(parts)["pick"]["places"] == [["k3v7m2qa", name, 54.3, 18.6, True]]
    assert data_of(parts)["pick"]["border"] == [[[54.3, 18.5], [54.4, 18.6], [54.3, 18.7]]]
    more = maps.of_coverage("/x", label=name, said={}, pages={}, tiles=TILES, places=dots)
    assert data_of(more)["areas"]["places"] == data_of(parts)["pick"]["places"]
    for one in (parts, more):
        assert not {"<img", "<script", "</script"} & set(re.findall(r"</?\w+", one.html))


def test_a_map_to_point_on_says_only_what_it_knows() -> None:
    """No empty lists for a form that has nothing to aim by."""
    assert data_of(maps.of_picker(Picker("point"), tiles=TILES))["pick"] == {"field": "point"}


def test_a_vague_place_is_not_drawn() -> None:
    """A point that may be kilometres away is no map; one a street away is."""
    vague = {"precision": "gmina", "uncertainty_m": 5000}
    assert maps.of_place(a_place(position=vague), tiles=TILES) is None
    assert maps.of_place(a_place(), tiles=TILES) is not None


def test_an_approximate_place_says_so() -> None:
    """The map of an approximate place knows its circle and that it is no pin."""
    rough = {"precision": "district", "uncertainty_m": 800}
    told = data_of(maps.of_place(a_place(position=rough), tiles=TILES))["place"]
    assert (told["pinned"], told["uncertainty_m"]) == (False, 800)


@pytest.mark.parametrize("label", HOSTILE[:-1])
def test_marks_carry_their_words_as_text(label: str) -> None:
    """Where a place was and would be: points with labels, and no label is markup."""
    marks = [
        Mark(Point(50.0, 19.0), label, pinned=False),
        Mark(Point(50.1, 19.1), "b", pinned=True),
    ]

    parts = maps.of_points(marks, tiles=TILES)

    assert data_of(parts)["marks"] == [
        {"point": [50.0, 19.0], "label": label, "pinned": False},
        {"point": [50.1, 19.1], "label": "b", "pinned": True},
    ]
    assert not {"<img", "<script", "</script"} & set(re.findall(r"</?\w+", parts.html))
    assert parts.script == maps.of_points([], tiles=TILES).script


def test_the_map_to_point_on_starts_where_the_point_is() -> None:
    """With a point it is told, without one nothing is; the script is the same for everybody."""
    put = maps.of_picker(maps.Picker("point", "accuracy", Point(50.02, 19.97)), tiles=TILES)
    bare = maps.of_picker(maps.Picker("to", view=Box(19, 50, 20, 51), near=13), tiles=TILES)
    assert data_of(put)["pick"] == {
        "field": "point", "accuracy": "accuracy", "point": [50.02, 19.97],
    }  # fmt: skip
    assert data_of(bare)["pick"] == {"field": "to", "view": [19, 50, 20, 51], "near": 13}
    assert put.script == bare.script
