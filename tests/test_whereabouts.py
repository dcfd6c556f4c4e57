"""Where "near Rudna" is: towns, villages and districts by name, and which of the namesakes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from places.errors import Invalid
from places.geo import Point, Spot, metres
from places.index import Index, open_index
from places.whereabouts import locate
from tests.builders import a_catalogue, a_place, an_id


def test_a_point_is_itself_and_nothing_is_nowhere(index: Index) -> None:
    """A position from the browser needs no name; nobody said where means nowhere."""
    found = locate(index, Point(50.02, 19.97))
    assert found is not None
    assert (found.centre, found.name, found.others) == (Point(50.02, 19.97), "", ())
    assert locate(index, None) is None


@pytest.mark.parametrize(
    ("near", "name", "point"),
    [
        ("Rudna", "Rudna", Point(51.51, 16.26)),
        ("rudna, lubiński", "Rudna", Point(51.51, 16.26)),
        ("Gdańsk", "Gdańsk", Point(54.35, 18.65)),
        ("GDANSK", "Gdańsk", Point(54.35, 18.65)),
        ("Swołowo", "Swołowo", Point(54.464, 16.822)),  # only our catalogue knows it
        ("Orunia", "Orunia", Point(54.32, 18.64)),
    ],
)
def test_a_typed_place_is_found(index: Index, near: str, name: str, point: Point) -> None:
    """A town, a village and a district are understood, with marks or without, and named."""
    found = locate(index, near)
    assert found is not None
    assert found.name == name
    assert metres(found.centre, point) < 4_000


def test_namesakes_are_offered(index: Index) -> None:
    """Where several places have the name, each of the others can be chosen by its point."""
    found = locate(index, "Dąbrowa")
    assert found is not None
    assert found.others
    for other in found.others:
        assert other.name == "Dąbrowa"
        assert other.context
        chosen = locate(index, other.point)
        assert chosen is not None
        assert chosen.centre == other.point


@pytest.mark.parametrize("near", ["Xyzzyq", "Rudna, nigdzie", "Київ", "x", "'; drop table place"])
def test_an_unknown_place_is_refused_by_name(index: Index, near: str) -> None:
    """What nobody knows is said to be unknown, not silently ignored."""
    with pytest.raises(Invalid) as refused:
        locate(index, near)
    [fault] = refused.value.faults
    assert (fault.field, fault.code, fault.value) == ("near", "unknown_settlement", near)


@pytest.mark.parametrize(
    ("near", "name"),
    [
        ("w Krakowie", "Kraków"), ("Krakowie", "Kraków"), ("krakowa", "Kraków"),
        ("Rudnej", "Rudna"), ("w rudnej", "Rudna"), ("koło Gdańska", "Gdańsk"),
        ("na Oruni", "Orunia"), ("we Wrocławiu", "Wrocław"), ("Zielonej Górze", "Zielona Góra"),
        ("w Bielsku-Białej", "Bielsko-Biała"), ("Swołowie", "Swołowo"),
        ("Kraków, Podgórze", "Podgórze"), ("Podgórze, Kraków", "Podgórze"),
        ("Kraków Podgórze", "Podgórze"), ("krakow podgorze", "Podgórze"),
        ("Podgórze Kraków", "Podgórze"), ("gdansk oliwa", "Oliwa"),
        ("Gdańsk Wrzeszcz", "Wrzeszcz"),
    ],
)  # fmt: skip
def test_a_name_in_any_case_is_understood(index: Index, near: str, name: str) -> None:
    """People write where they are as they say it."""
    found = locate(index, near)
    assert found is not None
    assert found.name == name


@pytest.fixture
def with_codes(tmp_path: Path) -> Iterator[Index]:
    """Three places in Kraków with postcodes, one of them too vague for a map."""
    places = [
        a_place(**{"id": an_id(1), "point": (50.05, 19.99), "address.postcode": "31-559"}),
        a_place(**{"id": an_id(2), "point": (50.07, 19.97), "address.postcode": "31-512"}),
        a_place(
            **{
                "id": an_id(3), "point": (50.30, 19.50), "address.postcode": "31-777",
                "position": {"precision": "gmina", "uncertainty_m": 9000},
            }
        ),
    ]  # fmt: skip
    catalogue = a_catalogue(tmp_path / "places.geojson", places)
    with open_index(catalogue, tmp_path / "instance") as opened:
        yield opened


@pytest.mark.parametrize(
    ("near", "name", "point"),
    [
        ("31-559", "31-559", Point(50.05, 19.99)),
        ("31-559 Kraków", "31-559", Point(50.05, 19.99)),
        ("31-511", "okolice kodu 31-51…", Point(50.07, 19.97)),
        ("31-999", "okolice kodu 31-…", Point(50.06, 19.98)),
        ("31-777", "okolice kodu 31-…", Point(50.06, 19.98)),
        ("99-999 Kraków", "Kraków", Point(50.06, 19.94)),
    ],
)
def test_a_postcode_is_where_places_have_it(
    with_codes: Index, near: str, name: str, point: Point
) -> None:
    """The middle of the places with that code; else of those whose code begins like it, and then
    it is said that this is only around there."""
    found = locate(with_codes, near)
    assert found is not None
    assert found.name == name
    assert metres(found.centre, point) < 500


@pytest.mark.parametrize(
    ("near", "code"),
    [
        ("99-999", "unknown_postcode"), ("32-559", "unknown_postcode"),
        ("99-999 Xyzzyq", "unknown_postcode"), ("ul. Długa 5, Kraków", "no_addresses"),
        ("Xyzzyq", "unknown_settlement"),
    ],
)  # fmt: skip
def test_what_is_unknown_is_told_by_its_kind(with_codes: Index, near: str, code: str) -> None:
    """A code nobody has, a street while no geocoder is on, a name."""
    with pytest.raises(Invalid) as refused:
        locate(with_codes, near)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_a_found_address_is_itself(index: Index) -> None:
    """What a geocoder found keeps the words it was asked by, and its source."""
    found = locate(index, Spot("Długa 5, Kraków", Point(50.06, 19.94), "gugik"))
    assert found is not None
    assert (found.centre, found.name, found.source) == (
        Point(50.06, 19.94), "Długa 5, Kraków", "gugik",
    )  # fmt: skip
