"""What people type and what they find: words with and without marks, places by name, near me."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places import search, text
from places.errors import NotFound
from places.geo import Point
from places.index import Index, open_index
from places.query import Query
from tests.builders import NOW, a_catalogue, a_place, an_id, some_places

HOSTILE = (
    '"', "''", "NOT", "AND OR", "NEAR(klub zak)", "klub*", "^klub", "name:klub", "{name}: klub",
    "klub) OR (1", "-klub", "+klub", "(", "\x00", "klub\x00klub", "!?.,;", "🙂", "\u202e", "𞤀𞤁",
    "%", "_", "\\", "x" * 10_000, "klub " * 500, " ".join(f"słowo{n}" for n in range(500)),
    "${alert(1)}<img src=x onerror=alert(1)>", "'; drop table place; --",
)  # fmt: skip
NAMES = (
    "Świetlica Środowiskowa „Źdźbło”", "Dom Sąsiedzki Gościnna Przystań", "Łącznik na Kozłówce",
    "MAM Na Kozłówce 25", "Centrum 3.0 / Gliwice", "Klub „Żak”", "BIBLIOTEKA-WYPOŻYCZALNIA nr 7",
    "Zażółć gęślą jaźń", "Клуб Друзів", "Café Größe",
)  # fmt: skip


def ids(index: Index, **asked: object) -> list[str]:
    """The ids of the hits, in their order."""
    found = search.run(index, Query(**asked, per_page=500), NOW)  # type: ignore[arg-type]
    return [hit.place.id for hit in found.hits]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("named")
    some = [a_place(id=an_id(number), name=name) for number, name in enumerate(NAMES)]
    a_catalogue(folder / "places.geojson", some)
    return folder


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_place_is_found_by_every_word_of_its_name(named: Path, number: int) -> None:
    """With marks and without, in capitals, and by all the words at once."""
    name, one = NAMES[number], an_id(number)
    with open_index(named / "places.geojson", named) as index:
        for word in name.replace("/", " ").split():
            if text.words(word):
                assert one in ids(index, q=word), word
                assert one in ids(index, q=word.upper()), word
                assert one in ids(index, q=text.fold(word)), word
        assert one in ids(index, q=name)
        assert one in ids(index, q=text.fold(name))


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_place_is_found_while_its_name_is_typed(named: Path, number: int) -> None:
    """Each beginning of a word, from the third letter on, already finds it."""
    with open_index(named / "places.geojson", named) as index:
        for word in text.words(NAMES[number]):
            for length in range(min(3, len(word)), len(word) + 1):
                assert an_id(number) in ids(index, q=word[:length]), word[:length]


@pytest.mark.parametrize("q", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_typed_is_never_a_program(index: Index, q: str) -> None:
    """Operators, quotes, NUL, endless texts: words like any other, and an answer every time."""
    found = search.run(index, Query.read({"q": [q]}), NOW)
    assert found.total >= 0
    assert search.run(index, Query(q=q), NOW).total == found.total


@settings(max_examples=100)
@given(st.text(st.characters(), max_size=20))
def test_any_text_is_answered(shared: Index, q: str) -> None:
    """Whatever is typed, there is an answer; a text without words asks for everything."""
    found = search.run(shared, Query(q=q), NOW)
    if not text.words(q):
        assert found.total == 5


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> object:
    from tests.conftest import a_few_places

    folder = tmp_path_factory.mktemp("shared")
    with open_index(a_catalogue(folder / "places.geojson", a_few_places()), folder) as opened:
        yield opened


def test_hostile_names_are_found_and_kept(tmp_path: Path) -> None:
    """A place with a hostile name is found by its words and comes back as it was written."""
    hostile = "${alert(1)}<img src=x onerror=alert(1)> \"'`; drop table place"
    path = a_catalogue(tmp_path / "places.geojson", [a_place(name=hostile)])
    with open_index(path, tmp_path) as index:
        assert [
            hit.place.name for hit in search.run(index, Query(q="onerror alert"), NOW).hits
        ] == [hostile]


def test_all_the_words_must_be_there(index: Index) -> None:
    """Those of one place find it alone; where no place has both, each is found, and it is said."""
    assert ids(index, q="klub pod lipa") == [an_id(1)]
    found = search.run(index, Query(q="lipa przystan"), NOW)
    assert found.level == "some"
    assert {hit.place.id for hit in found.hits} == {an_id(1), an_id(3)}
    assert ids(index, q="lipa przystan", exact=True) == []


@pytest.mark.parametrize(
    ("q", "number"),
    [
        ("gdansk", 3), ("orunia", 3), ("goscinna 14", 3), ("pomorskie dom", 3), ("swietlica", 4),
        ("rudna", 4), ("miejsce aktywności mieszkańców", 1), ("senior", 1),
    ],
)  # fmt: skip
def test_words_of_the_field_are_found_too(index: Index, q: str, number: int) -> None:
    """Town, district, street, the type's name and the network's full name lead to the place."""
    assert an_id(number) in ids(index, q=q)


def test_a_name_weighs_more_than_an_address(tmp_path: Path) -> None:
    """The place called Lipa comes before the one in Lipa Street."""
    some = [
        a_place(id=an_id(1), name="Klub Zielony", **{"address.street": "ul. Lipa 3"}),
        a_place(id=an_id(2), name="Klub Lipa", **{"address.street": "ul. Zielona 3"}),
        # A word that most places have weighs next to nothing, wherever it stands.
        *(a_place(id=an_id(number), name=f"Klub Numer {number}") for number in range(3, 9)),
    ]
    with open_index(a_catalogue(tmp_path / "places.geojson", some), tmp_path) as index:
        assert ids(index, q="lipa") == [an_id(2), an_id(1)]
        assert ids(index, q="zielon")[0] == an_id(1)


def test_pages_part_the_list(tmp_path: Path) -> None:
    """Every place stands on one page, in the order of the whole list, whatever the sort."""
    path = a_catalogue(tmp_path / "places.geojson", some_places(23))
    with open_index(path, tmp_path) as index:
        for asked in ({}, {"q": "klub"}, {"near": Point(50.0, 19.9), "sort": "distance"}):
            whole = ids(index, **asked)
            parts = [
                [hit.place.id for hit in search.run(index, query, NOW).hits]
                for number in range(1, 7)
                if (query := Query(**asked, per_page=5, page=number))  # type: ignore[arg-type]
            ]
            assert [one for part in parts for one in part] == whole
            assert [len(part) for part in parts] == [5, 5, 5, 5, len(whole) - 20, 0]


def test_a_page_beyond_the_last_is_empty_but_counted(index: Index) -> None:
    """The total stays true, so that the way back can be shown."""
    found = search.run(index, Query(page=1000), NOW)
    assert (found.total, found.pages, found.hits) == (5, 1, ())


# Near


def test_vague_places_come_last_and_without_metres(index: Index) -> None:
    """A place known to within nine kilometres is in the circle, but nobody knows how far."""
    found = search.run(index, Query(near=Point(54.46, 16.82), radius=200_000), NOW)
    assert [hit.metres is None for hit in found.hits] == [False, True]
    assert found.hits[-1].place.id == an_id(5)
    assert found.off_map == 1


def test_without_a_place_there_are_no_metres(index: Index) -> None:
    """Nobody said where from, so nothing is measured."""
    assert {hit.metres for hit in search.run(index, Query(), NOW).hits} == {None}


def test_nothing_found_offers_wider_circles_and_fewer_filters(index: Index) -> None:
    """In the middle of nowhere: a radius that finds something, each filter to drop, the nearest."""
    query = Query(q="klub", near=Point(50.2, 19.97), radius=1000, type=("dom_kultury",))
    found = search.run(index, query, NOW)
    assert found.total == 0
    assert [(one.kind, one.value) for one in found.wider][:1] == [("radius", "25000")]
    assert {one.field for one in found.wider} == {"radius", "near"}
    assert found.nearest
    assert found.nearest[0].metres is not None


def test_the_nearest_are_found_across_the_whole_country(tmp_path: Path) -> None:
    """One place in the farthest corner is still the nearest one."""
    path = a_catalogue(tmp_path / "places.geojson", [a_place(point=(49.10, 22.65))])
    with open_index(path, tmp_path) as index:
        found = search.run(index, Query(near=Point(53.9, 14.26)), NOW)
    assert [hit.place.id for hit in found.nearest] == ["k3v7m2qa"]


def test_nearby_leaves_the_place_itself_out(index: Index) -> None:
    """The neighbours of a place are others, the nearest first, also for one withdrawn."""
    one = search.find(index, an_id(1))
    found = search.nearby(index, one)
    assert [hit.place.id for hit in found][:2] == [an_id(2), an_id(4)]
    assert len(search.nearby(index, one, count=1)) == 1
    assert an_id(1) in {hit.place.id for hit in search.nearby(index, search.find(index, an_id(6)))}


# By id and by value


def test_an_unknown_id_is_not_found(index: Index) -> None:
    """Nothing is guessed for an id nobody has."""
    for place_id in ("zzzzzzzz", "", "00000001 ", "' or 1=1 --"):
        with pytest.raises(NotFound):
            search.find(index, place_id)


def test_values_stand_in_the_order_of_the_alphabet(index: Index) -> None:
    """All values of a facet, sorted as Poles sort, each with its count."""
    cities = search.choices(index, "city")
    assert [one.label for one in cities] == ["Gdańsk", "Kraków", "Rudna", "Swołowo"]
    assert [one.value for one in cities] == ["gdansk", "krakow", "rudna", "swolowo-slupsk"]
    assert [one.count for one in cities] == [1, 2, 1, 1]
    assert cities[3].context == "gm. Słupsk, pomorskie"


def test_a_chosen_value_can_always_be_taken_back(index: Index) -> None:
    """A filter that finds nothing still stands among the choices, chosen, with nought."""
    found = search.run(index, Query(type=("swietlica",), city=("gdansk",)), NOW)
    assert found.total == 0
    chosen = {one.value: one.count for one in found.facets["city"] if one.selected}
    assert chosen == {"gdansk": 0}
    assert [one.value for one in found.facets["type"] if one.selected] == ["swietlica"]


@pytest.mark.parametrize(
    "q",
    [
        "klub " * 500, "dom kultury w krakowie dla dzieci " * 90, "!!!???...", "\"'()*:^-+{}",
        "NEAR(a b, 3) AND OR NOT", "klub OR", "name : klub", "{name} : lipa", "\0", "a\0b",
        "a" * 100_000, "żółw" * 9_000, "🙂" * 300, "клуб друзів", "نادي", "俱乐部 klub", "ｋｌｕｂ",
        "K̸l̷u̴b̵", "klub\u202e dom", "\ud800", "'; drop table place; --", "w " * 300, "60+ " * 300,
        "00-000 " * 300, "12:00 " * 300, "w sobotę " * 100, "bez schodów " * 100, "1" * 5_000,
        "_ " * 100, "%s %d", "\\", "a-b-c-" * 300, "\n\r\t", "ﬁ ﬂ ¼ ½ ²", "İstanbul",
        "dom kultury planszówki taniec muzyka ruch szycie sala wesele remiza ngo ogród kawa " * 9,
    ],
    ids=range(36),
)  # fmt: skip
@pytest.mark.parametrize("more", [{}, {"exact": True}, {"explain": True, "open": "now"}])
def test_anything_typed_has_an_answer(index: Index, q: str, more: dict[str, Any]) -> None:
    """Hundreds of words, only signs, operators, other scripts, endless tokens: never an error."""
    found = search.run(index, Query(q=q, **more), NOW)
    assert len(found.hits) == min(found.total, 20)
    read = Query.read({"q": [q]})
    assert search.run(index, read, NOW).total >= 0


@pytest.mark.parametrize(
    "q", ["50 osób", "0 osób", "na 100 osób", "w pobliżu", "gdzie", "w", "ok. 30 osób blisko mnie"]
)
def test_what_is_understood_and_cannot_be_searched_for_leaves_all_places(
    index: Index, q: str
) -> None:
    """In the order of names, whatever order was asked for."""
    for sort in (None, "relevance", "name", "checked"):
        assert search.run(index, Query(q=q, sort=sort), NOW).total >= 0


@pytest.mark.parametrize("letter", ["a", "1..", "ż", "sasiedzkiesosny", "1-", "😀", "z z"])
def test_a_text_of_any_length_is_cut(letter: str) -> None:
    """Sixty thousand letters are read as the first thousand are."""
    long = Query.read({"q": [letter * 60_000]})
    assert long.q == Query.read({"q": [letter * 6_000]}).q
    assert len(long.q) <= 1_000


def test_words_that_nothing_has_leave_what_was_wished_for(tmp_path: Path) -> None:
    """A wish beside an unknown word is still answered, and the answer says what it lacks."""
    some = [
        a_place(id=an_id(1), audience=["seniors"]),
        a_place(id=an_id(2), audience=["families"]),
        a_place(id=an_id(3)),
    ]
    with open_index(a_catalogue(tmp_path / "places.geojson", some), tmp_path) as index:
        found = search.run(index, Query(q="xyzzq dla dzieci"), NOW)
        alone = search.run(index, Query(q="xyzzq"), NOW)
    assert (found.level, found.hits[0].place.id) == ("meant", an_id(2))
    assert found.hits[-1].place.id == an_id(1)
    assert alone.total == 0


def test_an_exact_question_without_answer_may_be_asked_freely(tmp_path: Path) -> None:
    """Words that stand nowhere just so are offered to be read in any form."""
    some = [a_place(id=an_id(1), name="Klub Lipa")]
    with open_index(a_catalogue(tmp_path / "places.geojson", some), tmp_path) as index:
        found = search.run(index, Query(q="klubami", exact=True), NOW)
    [way] = [one for one in found.wider if one.field == "exact"]
    assert (found.total, way.total) == (0, 1)
    assert (way.query.q, way.query.exact) == ("klubami", False)


def test_places_known_to_fit_a_need_stand_before_those_nobody_knows(tmp_path: Path) -> None:
    """Whatever the order asked for; who says no is left out, and the unknown ones are counted."""
    answers = [None, "yes", "no", "limited", None]
    some = [
        a_place(id=an_id(n), name=f"Klub {n}", accessibility={"lift": one})
        for n, one in enumerate(answers)
    ]
    with open_index(a_catalogue(tmp_path / "places.geojson", some), tmp_path) as index:
        for sort in ("relevance", "name", "checked"):
            found = search.run(index, Query(q="klub z windą", sort=sort), NOW)
            shown = [hit.place.accessibility.lift for hit in found.hits]
            assert (found.total, found.unknown_needs) == (4, 2), sort
            assert set(shown[:2]) == {"yes", "limited"}
            assert shown[2:] == [None, None]
        assert search.run(index, Query(q="klub"), NOW).unknown_needs == 0
