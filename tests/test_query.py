"""What is asked: every parameter is understood or named, and every query has one address."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import text
from places.errors import Invalid
from places.geo import POLAND, Box, Point
from places.query import DEFAULT_RADIUS, MOST_WORDS, SORTS, Query
from places.vocabulary import TYPES
from tests.strategies import points, sayings

longitudes = st.floats(POLAND.west, POLAND.east)
latitudes = st.floats(POLAND.south, POLAND.north)
boxes = st.builds(
    lambda a, b, c, d: Box(min(a, b), min(c, d), max(a, b), max(c, d)),
    longitudes, longitudes, latitudes, latitudes,
)  # fmt: skip
several = st.lists(sayings, max_size=3, unique=True).map(tuple)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Any query that can be asked."""
    near = draw(st.none() | points | st.sampled_from(["Rudna", "Rudna, lubiński", "Kraków"]))
    return Query(
        q=draw(st.just("") | sayings),
        city=draw(several),
        district=draw(several),
        type=tuple(draw(st.lists(st.sampled_from(sorted(TYPES)), max_size=3, unique=True))),
        network=draw(several),
        near=near,
        radius=draw(st.none() | st.integers(1, 500_000)) if near else None,
        bbox=draw(st.none() | boxes),
        sort=draw(st.none() | st.sampled_from([one for one in SORTS if near or one != "distance"])),
        page=draw(st.integers(1, 1000)),
        per_page=draw(st.integers(1, 500)),
    )


def gathered(args: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Parameters as a door hands them in."""
    found: dict[str, list[str]] = {}
    for name, value in args:
        found.setdefault(name, []).append(value)
    return found


@given(queries())
def test_a_query_survives_its_address(query: Query) -> None:
    """Reading the parameters of a query gives the query, so every state of a page is a link."""
    assert Query.read(gathered(query.args())) == query


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ({}, []),
        ({"q": ["  klub   żak "]}, [("q", "klub żak")]),
        ({"q": ["klub", "żak"]}, [("q", "klub żak")]),
        ({"city": ["krakow", "", "lodz", "krakow"]}, [("city", "krakow"), ("city", "lodz")]),
        ({"near": ["50.06, 19.94"]}, [("near", "50.06,19.94")]),
        ({"near": ["54.37 18.63"]}, [("near", "54.37,18.63")]),
        ({"near": ["54,37; 18,63"]}, [("near", "54.37,18.63")]),
        ({"near": ["54,37 18,63"]}, [("near", "54.37,18.63")]),
        ({"near": [" Rudna,  lubiński "]}, [("near", "Rudna, lubiński")]),
        ({"near": ["50,20"], "radius": ["5000"]}, [("near", "50,20"), ("radius", "5000")]),
        ({"bbox": ["19,50,20.10,51"]}, [("bbox", "19,50,20.1,51")]),
        ({"page": ["1"], "per_page": ["20"]}, []),
        ({"page": ["007"]}, [("page", "7")]),
        ({"sort": ["name"]}, [("sort", "name")]),
        # A form in which the place was cleared.
        ({"near": [""], "radius": ["2000"], "sort": ["distance"], "q": ["x"]}, [("q", "x")]),
        ({"q": [""], "city": [" "], "near": [""], "bbox": [""], "sort": [""], "page": [""]}, []),
        ({"type": ["biblioteka"], "q": ["x"]}, [("q", "x"), ("type", "biblioteka")]),
    ],
)
def test_every_question_has_one_address(
    given: Mapping[str, Sequence[str]], canonical: list[tuple[str, str]]
) -> None:
    """Empty values and defaults leave no trace, the order is one, spaces are tidied."""
    assert Query.read(given).args() == canonical


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"raduis": ["500"]}, "raduis", "unknown_parameter"),
        ({"type": ["kino"]}, "type", "not_in_list"),
        ({"type": ["BIBLIOTEKA"]}, "type", "not_in_list"),
        ({"city": [str(n) for n in range(51)]}, "city", "too_many"),
        ({"near": ["19.94,50.06"]}, "near", "axes_swapped"),
        ({"near": ["52.52,13.40"]}, "near", "outside_poland"),
        ({"near": ["50.06"]}, "near", "wrong_count"),
        ({"near": ["50.06,19.94,3"]}, "near", "wrong_count"),
        ({"near": ["nan,19.94"]}, "near", "not_a_number"),
        ({"near": ["50.06,inf"]}, "near", "not_a_number"),
        ({"near": ["50.06;19.94"]}, "near", "not_a_number"),
        ({"near": ["!?"]}, "near", "not_a_number"),
        ({"near": ["x" * 201]}, "near", "too_long"),
        ({"near": ["Rudna", "Kraków"]}, "near", "given_twice"),
        ({"near": ["50,20"], "radius": ["0"]}, "radius", "out_of_range"),
        ({"near": ["50,20"], "radius": ["500001"]}, "radius", "out_of_range"),
        ({"near": ["50,20"], "radius": ["5 km"]}, "radius", "not_a_whole_number"),
        ({"near": ["50,20"], "radius": ["-5"]}, "radius", "not_a_whole_number"),
        ({"near": ["50,20"], "radius": ["٣"]}, "radius", "not_a_whole_number"),
        ({"near": ["50,20"], "radius": ["1e3"]}, "radius", "not_a_whole_number"),
        ({"radius": ["500"]}, "radius", "needs_near"),
        ({"sort": ["distance"]}, "sort", "needs_near"),
        ({"sort": ["rating"]}, "sort", "not_in_list"),
        ({"bbox": ["19,50,20"]}, "bbox", "wrong_count"),
        ({"bbox": ["19,50,20,x"]}, "bbox", "not_a_number"),
        ({"bbox": ["19,50,nan,51"]}, "bbox", "not_a_number"),
        ({"bbox": ["20,50,19,51"]}, "bbox", "box_inside_out"),
        ({"bbox": ["19,51,20,50"]}, "bbox", "box_inside_out"),
        ({"bbox": ["19,50,200,51"]}, "bbox", "out_of_range"),
        ({"bbox": ["19,50,20,91"]}, "bbox", "out_of_range"),
        ({"bbox": ["0,0,1,1"]}, "bbox", "outside_poland"),
        ({"page": ["0"]}, "page", "out_of_range"),
        ({"page": ["1000001"]}, "page", "out_of_range"),
        ({"page": ["9" * 5000]}, "page", "not_a_whole_number"),
        ({"per_page": ["501"]}, "per_page", "out_of_range"),
        ({"page": ["1", "2"]}, "page", "given_twice"),
    ],
)
def test_each_mistake_is_named(given: Mapping[str, Sequence[str]], field: str, code: str) -> None:
    """A parameter that is not understood is refused by its name, and it alone."""
    with pytest.raises(Invalid) as refused:
        Query.read(given)
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [(field, code)]


def test_all_mistakes_are_named_at_once() -> None:
    """Many bad parameters give many faults, each with what was given."""
    bad = {"type": ["kino"], "near": ["0,0"], "radius": ["x"], "page": ["0"], "kolor": ["red"]}
    with pytest.raises(Invalid) as refused:
        Query.read(bad)
    assert {fault.field for fault in refused.value.faults} == bad.keys()
    assert {fault.value for fault in refused.value.faults} == {"kino", "0,0", "x", "0", ""}


names = st.text(max_size=9) | st.sampled_from(["q", "near", "bbox", "page", "type"])
values = st.lists(st.text(st.characters(), max_size=30), max_size=3)


@given(st.dictionaries(names, values, max_size=4))
def test_any_parameters_are_answered(given: dict[str, list[str]]) -> None:
    """Whatever is sent, the answer is a query or a list of faults that can be shown."""
    try:
        query = Query.read(given)
    except Invalid as refused:
        for fault in refused.faults:
            f"{fault.field} {fault.value}".encode()
            assert len(fault.value) <= 80
    else:
        assert Query.read(gathered(query.args())) == query


@pytest.mark.parametrize(
    ("given", "order"),
    [
        ({}, "name"),
        ({"q": "klub"}, "relevance"),
        ({"q": "klub", "near": "Rudna"}, "distance"),
        ({"q": "klub", "near": "Rudna", "sort": "relevance"}, "relevance"),
        ({"sort": "relevance"}, "name"),
        ({"q": "?!", "sort": "relevance"}, "name"),
        ({"sort": "checked"}, "checked"),
    ],
)
def test_the_order_suits_the_question(given: dict[str, Any], order: str) -> None:
    """Nobody said how to sort: by distance when known from where, else by how well it fits."""
    assert Query(**given).order == order


def test_a_circle_has_a_radius() -> None:
    """Near something means within the radius, which has a default; near nothing has none."""
    assert Query().metres is None
    assert Query(near="Rudna").metres == DEFAULT_RADIUS
    assert Query(near=Point(50, 20), radius=700).metres == 700


@given(st.text(max_size=400))
def test_the_words_asked_for_are_folded_and_bounded(q: str) -> None:
    """Each word once, at most so many, and none when the text has none."""
    words = Query(q=q).words
    assert len(words) <= MOST_WORDS
    assert len(set(words)) == len(words)
    assert set(map(str, words)) <= set(text.words(q))
    assert bool(words) == bool(text.words(q))


def test_prepositions_do_not_narrow_a_question() -> None:
    """Nobody looks for "w" and "na", unless it is all they typed."""
    assert len(Query(q="klub w domu na Kozłówce").words) == 3
    assert len(Query(q="w na").words) == 2
