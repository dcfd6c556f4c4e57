"""What a search in vain sought: an area no more exact than was said, words that name nobody."""

from dataclasses import replace
from pathlib import Path

import pytest

from places import area_sought, persons, search, sought, teryt
from places.geo import Point, Spot
from places.index import Index
from places.query import Query
from places.sought import Sought
from tests.builders import NOW


def of(index: Index, query: Query | None = None, **asked: object) -> Sought | None:
    args = {name: [str(value)] for name, value in asked.items()}
    return sought.of(index, search.run(index, query or Query.read(args), NOW))


def found(index: Index, **asked: object) -> Sought:
    one = of(index, **asked)
    assert one is not None
    return one


@pytest.mark.parametrize(
    ("asked", "area"),
    [
        ({"q": "aikido"}, "pl"),
        ({"q": "aikido w Krakowie"}, "126101"),
        ({"q": "aikido w małopolskim"}, "12"),
        ({"q": "aikido na Oruni"}, "226101-orunia"),
        ({"q": "aikido w Swołowie"}, "221208"),
        ({"q": "aikido", "city": "krakow"}, "126101"),
        ({"q": "aikido", "city": "Gdańsk"}, "226101"),
        ({"q": "aikido", "city": "Łódź"}, "106101"),  # where we have nothing
        ({"q": "aikido", "city": "Xyzzyq"}, "pl"),
        ({"q": "aikido", "district": "gdansk/orunia"}, "226101-orunia"),
        ({"q": "aikido w małopolskim", "city": "krakow"}, "126101"),
        ({"q": "aikido w Gdańsku", "city": "krakow"}, "pl"),
        ({"q": "aikido", "near": "Rudna, lubiński"}, "021104"),
        ({"q": "aikido", "near": "Gdańsk"}, "226101"),
        ({"q": "aikido", "bbox": "19.93,50.05,19.96,50.07"}, "1261"),
        ({"q": "aikido", "bbox": "14,49,24,55"}, "pl"),
    ],
)
def test_the_area_is_as_exact_as_was_said(index: Index, asked: dict[str, str], area: str) -> None:
    """Named in the words, a filter or "near": its code; what may be several: what holds them."""
    assert found(index, **asked).area == area


def test_a_point_is_never_more_than_a_powiat(index: Index) -> None:
    """A position, an address, a postcode: nothing tells where somebody stood."""
    assert found(index, q="aikido", near="54.3512,18.6401") == Sought("2261", "aikido")
    spot = Query(q="aikido", near=Spot("Długa 5, Gdańsk", Point(54.3512, 18.6401), "gugik"))
    assert of(index, spot) == Sought("2261", "aikido")
    assert "54" not in repr(found(index, q="aikido", near="54.3512,18.6401"))


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("Aikido", "aikido"),
        ("aikido dla dzieci w sobotę w Krakowie", "aikido"),
        ("warsztaty SZYDEŁKOWANIA", "warsztaty szydelkowania"),
        ("Jan Kowalski", ""),
        ("brydż u Pawła Nowaka", ""),
        ("kowalski jan", ""),
        ("piotr xyzkowski", ""),
        ("aikido 501 234 567", ""),
        ("aikido 501-234-567", ""),
        ("85010112345", ""),
        ("jan.xyz@wp.pl aikido", ""),
        ("aikido Krzywa 3", ""),
        ("aikido ul. Krzywa", ""),
        ("karate " * 3 + "aikido sumo kendo judo zapasy boks szermierka", ""),
        ("x" * 61, ""),
    ],
)
def test_words_that_may_be_somebodys_are_none(index: Index, q: str, words: str) -> None:
    """Names, numbers, mailboxes, addresses and long texts are counted without their words."""
    assert found(index, q=q).words == words


def test_kinds_are_codes_we_know(index: Index) -> None:
    """A filter or a wish that was understood; what else stands in an address is left there."""
    asked = found(index, q="aikido dla dzieci", type="biblioteka", network="mam")
    assert asked.kinds == (("type", "biblioteka"), ("network", "mam"), ("audience", "children"))
    assert found(index, network="jan-kowalski").kinds == ()


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"q": "klub"}, {"q": "dom sąsiedzki w Gdańsku"}, {"city": "krakow"}, {"sort": "name"},
        {"q": "aikido", "page": "2"}, {"q": "aikido", "explain": "1"},
    ],
)  # fmt: skip
def test_what_has_an_answer_or_asks_nothing_is_not_counted(
    index: Index, asked: dict[str, str]
) -> None:
    """Nor are later pages and questions why."""
    assert of(index, **asked) is None


def test_an_empty_country_asked_for_nothing_is_not_counted(index: Index, tmp_path: Path) -> None:
    """Only a question can be in vain."""
    results = replace(search.run(index, Query(), NOW), total=0)
    assert sought.of(index, results) is None


@pytest.mark.parametrize(
    ("codes", "narrowed", "holding"),
    [
        ([], "pl", "pl"),
        (["226101"], "226101", "226101"),
        (["22", "226101-orunia", "2261"], "226101-orunia", "22"),
        (["226101", "226201"], "22", "22"),
        (["226101-oliwa", "226101-orunia"], "226101", "226101"),
        (["22", "1261"], "pl", "pl"),
        (["pl", "2261"], "2261", "pl"),
    ],
)
def test_areas_in_each_other(codes: list[str], narrowed: str, holding: str) -> None:
    """The most exact where each holds the next, else what holds them all."""
    assert teryt.narrowed(codes) == narrowed
    assert teryt.holding(codes) == holding


def test_areas_have_names(index: Index) -> None:
    """From the catalogue and the gazetteer; a code nobody knows stays a code."""
    codes = ["pl", "22", "2261", "226101", "226101-orunia", "021104", "0211", "106101", "9999"]
    assert area_sought.names(index, codes) == {
        "22": "pomorskie", "2261": "Gdańsk", "226101": "Gdańsk", "226101-orunia": "Orunia",
        "021104": "Rudna", "0211": "powiat lubiński", "106101": "Łódź", "9999": "9999",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("jan kowalski", True), ("pawel nowak", True), ("anna", True), ("klub adama", True),
        ("klub szachowy", False), ("sala na wesele", False), ("capoeira", False),
        ("dungeons dragons", False), ("koło gospodyń", False), ("", False),
    ],
)  # fmt: skip
def test_names_of_people(said: str, named: bool) -> None:
    """A first name beside a surname, or a word that is nothing but a name."""
    assert persons.may_be_named(said.split()) is named
