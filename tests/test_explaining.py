"""Why an answer stands where it stands: every reason is true of the place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from places import lemmas, rows, search
from places.explaining import Reason
from places.geo import Point
from places.index import Index, open_index
from places.query import Query
from places.weighing import WEIGHTS
from tests.builders import NOW, a_catalogue, a_place, an_id

REAL = Path(__file__).parents[1] / "data" / "places.geojson"
KINDS = ["open", "wish", "distance", "word", "synonym", "checked"]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(REAL, tmp_path_factory.mktemp("real"), NOW.date()) as opened:
        opened._deadline += 600  # It answers many questions here, not one.
        yield opened


def why(index: Index, query: Query) -> dict[str, tuple[Reason, ...]]:
    return dict(search.run(index, query, NOW).reasons)


@pytest.mark.parametrize(
    "q",
    [
        "klub seniora na woli", "planszówki kraków", "MAL ursynów",
        "dom kultury bez schodów gdańsk",
        "świetlica wynajem", "joga w sobotę", "zajęcia dla dzieci we wrocławiu za darmo", "kuchnia",
        "biblioteka", "śląskie", "koło opola", "w łodzi", "świet", "60+", "szahy", "otwarte teraz",
    ],
)  # fmt: skip
def test_every_answer_has_a_reason_that_is_true(real: Index, q: str) -> None:
    """At least one reason each; a field that is named holds the word in one of its forms."""
    found = search.run(real, Query(q=q, explain=True), NOW)
    assert found.reasons.keys() == {hit.place.id for hit in found.hits} != set()
    for hit in found.hits:
        told = found.reasons[hit.place.id]
        assert told, hit.place.name
        assert [one.kind for one in told] == sorted((one.kind for one in told), key=KINDS.index)
        for one in told:
            assert (one.weight > 0) == bool(one.field) or one.kind not in ("word", "synonym")
            if one.field:
                assert_holds(rows.words_of(hit.place)[one.field].split(), one, found)


def assert_holds(own: list[str], reason: Reason, found: search.Results) -> None:
    understood = found.understood
    groups = [group for group in understood.groups if group.said == reason.said]
    ways = (way for group in groups for way in (group.own, *group.others))
    patterns = {pattern for way in ways for word in way for pattern in word}
    tokens = {pattern.strip() for pattern in patterns}
    tokens |= {
        token
        for one in understood.places
        for area in one.areas
        for word in lemmas.split(area.name)
        for token in lemmas.tokens_asked(word)
    }
    beginnings = tuple(token for token in tokens if not token.startswith(lemmas.FORM))
    assert tokens & set(own) or any(token.startswith(beginnings) for token in own), reason


def test_the_heaviest_field_is_named(tmp_path: Path) -> None:
    """The same word in a name, among the activities and in a description: three weights."""
    some = [
        a_place(id=an_id(1), name="Szachownia", summary="Gramy w szachy."),
        a_place(id=an_id(2), name="Klub Szachy", summary="Szachy."),
        a_place(id=an_id(3), name="Klub", activities=["szachy"], summary="Szachy."),
    ]
    with open_index(a_catalogue(tmp_path / "places.geojson", some), tmp_path) as index:
        told = why(index, Query(q="szachy", explain=True))
    fields = {place_id: own[0].field for place_id, own in told.items()}
    assert fields == {an_id(1): "rest", an_id(2): "name", an_id(3): "offer"}
    assert all(own[0].weight == WEIGHTS[own[0].field] for own in told.values())


def test_each_kind_of_reason_is_told(tmp_path: Path) -> None:
    """The time, the wish, the metres, the word and the date of the check, in this order."""
    one = a_place(
        hours={"open": "Mo-Su 10:00-20:00"}, rules={"free": "yes"}, activities=["szachy"],
        checked={"existence": {"on": "2026-02-01", "by": "owner"}},
    )  # fmt: skip
    with open_index(a_catalogue(tmp_path / "places.geojson", [one]), tmp_path) as index:
        query = Query(q="szachy za darmo", open="now", near=Point(50.02, 19.97), explain=True)
        [told] = why(index, query).values()
    assert [reason.kind for reason in told] == [kind for kind in KINDS if kind != "synonym"]
    by_kind = {reason.kind: reason for reason in told}
    assert by_kind["open"].weight == 2
    assert by_kind["wish"] == Reason("wish", "yes", "", 2.0)
    assert 100 < by_kind["distance"].weight < 300
    assert by_kind["word"] == Reason("word", "szachy", "offer", 2.0)
    assert by_kind["checked"].said == "2026-02-01"


def test_reasons_are_told_only_when_asked(real: Index) -> None:
    """They cost something, and few people want them."""
    assert why(real, Query(q="klub")) == {}
    assert len(why(real, Query(q="klub", explain=True, per_page=5))) == 5


def test_another_name_is_told_as_such(tmp_path: Path) -> None:
    """Who asks for a hall and is shown a "Dom Ludowy" is told that it goes by another name."""
    some = [a_place(id=an_id(1), name="Dom Ludowy"), a_place(id=an_id(2), name="Świetlica")]
    with open_index(a_catalogue(tmp_path / "places.geojson", some), tmp_path) as index:
        told = why(index, Query(q="świetlica", explain=True))
    assert list(told) == [an_id(2), an_id(1)]
    assert told[an_id(1)][0] == Reason("synonym", "świetlica", "name", 0.8)
    assert told[an_id(2)][0] == Reason("word", "świetlica", "name", 10.0)


def test_a_word_that_a_place_lacks_has_no_field(tmp_path: Path) -> None:
    """Where no place has all the words, the missing one is told as missing."""
    some = [a_place(id=an_id(1), name="Klub Lipa"), a_place(id=an_id(2), name="Przystań")]
    with open_index(a_catalogue(tmp_path / "places.geojson", some), tmp_path) as index:
        told = why(index, Query(q="lipa przystań", explain=True))
    fields = {one.said: one.field for one in told[an_id(1)] if one.kind == "word"}
    assert fields == {"lipa": "name", "przystań": ""}


def test_a_kind_that_was_only_guessed_is_no_reason(tmp_path: Path) -> None:
    """Of words that may as well be a name, the words are told, not whether the kind fits."""
    some = [a_place(id=an_id(1), name="Klub Seniora Lipa"), a_place(id=an_id(2), name="Lipa")]
    with open_index(a_catalogue(tmp_path / "places.geojson", some), tmp_path) as index:
        told = why(index, Query(q="klub seniora lipa", explain=True))
    assert "wish" not in {one.kind for one in told[an_id(1)]}
    assert told[an_id(1)][0].kind == "word"
