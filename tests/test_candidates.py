"""Which places a question leaves: readings kept apart, wishes that lose nobody, honest levels."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places import lemmas, pins, search, text
from places.index import Index, open_index
from places.place import Place
from places.query import FACETS, Query
from places.scope import scope_of
from tests.builders import NOW, a_catalogue, a_place, an_id

REAL = Path(__file__).parents[1] / "data" / "places.geojson"
GDANSK = {
    "city": "Gdańsk", "gmina": "Gdańsk", "teryt": "226101", "voivodeship": "pomorskie",
    "district": "Orunia",
}  # fmt: skip
LODZ = {
    "city": "Łódź", "gmina": "Łódź", "teryt": "106101", "voivodeship": "łódzkie",
    "district": None,
}  # fmt: skip
WISHES = {
    "bez schodów": ("accessibility", "level_entrance"),
    "na wózku": ("accessibility", "wheelchair"),
    "za darmo": ("rules", "free"),
}
LONG = 8
"""Letters from which on one slip is always to be forgiven."""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(REAL, tmp_path_factory.mktemp("real"), NOW.date()) as opened:
        opened._deadline += 600  # It answers many questions here, not one.
        yield opened


def ids(index: Index, q: str) -> set[str]:
    """The ids of all that answer, without reading the places."""
    scope = scope_of(index, Query(q=q), NOW)
    assert scope.has_candidates
    return {place_id for (place_id,) in index.rows("select id from candidate")}


def opened(tmp_path: Path, *places: Place) -> Any:
    return open_index(a_catalogue(tmp_path / "places.geojson", places), tmp_path, NOW.date())


# By name


def test_every_real_place_is_found_by_each_word_of_its_name(real: Index) -> None:
    """As written, in capitals, without marks; many a name is also a village somewhere else."""
    found = cache(lambda typed: ids(real, typed))
    for one in search.every(real, Query(), NOW)[::2]:
        for word in (*lemmas.split(one.name), one.name):
            for typed in (word, word.upper(), text.fold(word)):
                assert one.id in found(typed), (one.name, typed)


def test_a_slip_in_a_long_word_is_forgiven(real: Index) -> None:
    """A letter left out or two that changed places: nearly always the place is found.

    Not always, because some slips make another true word: without its d "Podlesie" is Polesie.
    """
    tried = missed = 0
    for one in search.every(real, Query(), NOW)[::2]:
        for word in lemmas.split(one.name):
            if len(word) >= LONG and word.isalpha():
                at = 2 + len(one.name) % (len(word) - 4)
                for typed in (
                    word[:at] + word[at + 1 :],
                    word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                ):
                    tried += 1
                    missed += one.id not in ids(real, typed)
    assert missed / tried < 0.05


@pytest.mark.parametrize(
    ("q", "name"),
    [
        ("świetlicy", "Świetlica wiejska"), ("swietlicami", "Świetlica wiejska"),
        ("w kozłówce", "Na Kozłówce"), ("kozlowka", "Na Kozłówce"), ("klubów", "Klub Żak"),
        ("bibliotekach", "Biblioteka"), ("przystani", "Gościnna Przystań"),
        ("zródłach", "Źródło"), ("orłami", "Orzeł"),
    ],
)  # fmt: skip
def test_a_name_is_found_in_any_case(tmp_path: Path, q: str, name: str) -> None:
    """In the forms that the dictionary knows, with marks and without."""
    with opened(tmp_path, a_place(name=name)) as index:
        assert ids(index, q) == ids(index, text.fold(q)) == {"k3v7m2qa"}


# A name that is also a place


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Places in Kraków and Łódź, and clubs in Gdańsk that are called by towns."""
    folder = tmp_path_factory.mktemp("twice")
    some = [
        a_place(id=an_id(1), name="Klub Zielony"),
        a_place(id=an_id(2), name="Klub Kraków", point=(54.35, 18.65), address=GDANSK),
        a_place(id=an_id(3), name="Łódź", point=(54.36, 18.66), address=GDANSK),
        a_place(id=an_id(4), name="Świetlica", point=(51.77, 19.45), address=LODZ),
        a_place(id=an_id(5), name="Na Kozłówce", point=(54.36, 18.67), address=GDANSK),
    ]
    with open_index(a_catalogue(folder / "places.geojson", some), folder) as index:
        index._deadline += 600
        yield index


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("klub kraków", {1, 2}), ("klub krakow", {1, 2}), ("klub kraków gdańsk", {2}),
        ("klub w krakowie", {1}), ("łódź", {3, 4}), ("lodz", {3, 4}), ("w łodzi", {4}),
        ("kozłówce", {5}), ("w kozłówce", {5}), ("kozłówka", {5}), ("krakowie", {1, 2}),
    ],
)  # fmt: skip
def test_a_name_that_is_also_a_place_keeps_both_readings(
    twice: Index, q: str, expected: set[int]
) -> None:
    """Without a preposition the club is found as well as the town's places; with one, the town."""
    assert ids(twice, q) == {an_id(number) for number in expected}


# Wishes


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize(
    ("answer", "stands"), [(None, True), ("yes", True), ("limited", True), ("no", False)]
)
def test_only_a_known_no_leaves_a_place_out(
    tmp_path: Path, wish: str, answer: str | None, stands: bool
) -> None:
    """Unknown is never no; and who says yes stands before who says nothing."""
    part, name = WISHES[wish]
    told = a_place(id=an_id(1), **{part: {name: answer} if answer else {}})
    with opened(tmp_path, told, a_place(id=an_id(2), name="Zawsze")) as index:
        for q in (f"klub {wish}", wish):
            assert (an_id(1) in ids(index, q)) == stands
        found = search.run(index, Query(q=wish), NOW)
        assert an_id(2) in {hit.place.id for hit in found.hits}
        if answer in ("yes", "limited"):
            assert found.hits[0].place.id == an_id(1)


def test_a_wish_for_some_people_only_puts_in_order(tmp_path: Path) -> None:
    """For children: those who say so, those who say nothing, those for others; nobody is lost."""
    with opened(
        tmp_path,
        a_place(id=an_id(1), name="Aaa", audience=["seniors"]),
        a_place(id=an_id(2), name="Bbb"),
        a_place(id=an_id(3), name="Ccc", audience=["children"]),
    ) as index:
        found = search.run(index, Query(q="dla dzieci"), NOW)
    assert [hit.place.id for hit in found.hits] == [an_id(3), an_id(2), an_id(1)]


# Levels


@pytest.mark.parametrize(
    ("q", "level", "expected"),
    [
        ("klub zielony", "every", {1}),
        ("zielony świetlica", "some", {1, 4}),
        ("świetlica w krakowie", "area", {1}),
        ("świetlica zielony w łodzi", "some", {4}),
        ("świetlica w Suwałkach", "elsewhere", {4}),
        ("wiolonczela", "every", set()),
    ],
)
def test_levels_follow_each_other(twice: Index, q: str, level: str, expected: set[int]) -> None:
    """All words, some of them, the town without them, the words elsewhere; and it is said."""
    found = search.run(twice, Query(q=q), NOW)
    assert found.level == level
    assert {hit.place.id for hit in found.hits} == {an_id(number) for number in expected}


QUESTIONS = st.lists(
    st.sampled_from(
        ["klub", "zielony", "świetlica", "w krakowie", "łódź", "gdansk", "brak7", "za darmo",
         "dla dzieci", "w sobotę", "kozłówce", "bez schodów", "teraz"]
    ),
    max_size=4,
).map(" ".join)  # fmt: skip


@settings(max_examples=80)
@given(QUESTIONS, st.sampled_from(["", "now", "weekend"]), st.booleans(), st.booleans())
def test_list_map_counts_and_export_agree(
    twice: Index, q: str, when: str, exact: bool, filtered: bool
) -> None:
    """Under any words, at any level, exact or not: the same places, and counts that add up."""
    query = Query(
        q=q, open=when, exact=exact, per_page=100, city=("gdansk", "krakow") if filtered else ()
    )
    found = search.run(twice, query, NOW)
    listed = {hit.place.id for hit in found.hits}
    assert found.total == len(found.hits) == len(listed)
    assert {one.id for one in search.every(twice, query, NOW)} == listed
    assert {pin.id for pin in pins.view_of(twice, query, 6, None, NOW).pins} == listed
    for facet in FACETS:
        for choice in found.facets[facet]:
            chosen = Query(**{**vars(query), facet: (choice.value,)})
            if facet == "city" or not filtered:
                assert search.run(twice, chosen, NOW).total == choice.count, (facet, choice)


@settings(max_examples=40)
@given(QUESTIONS)
def test_exact_finds_the_words_as_they_stand(twice: Index, q: str) -> None:
    """Nothing is understood, widened or corrected: each word begins a word of the place."""
    query = Query(q=q, exact=True, per_page=100)
    found = search.run(twice, query, NOW)
    assert found.level == "every"
    for hit in found.hits:
        own = text.words(f"{hit.place.name} {hit.place.address} dom kultury domy ośrodki")
        assert all(any(word.startswith(typed) for word in own) for typed in query.words)
