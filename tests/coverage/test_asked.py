"""What a page of coverage is asked, read once and said again the same."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from places.coverage import asked
from places.coverage.asked import Question
from places.coverage.counted import Counted, count
from places.errors import Invalid
from places.index import Index, open_index
from places.query import Query
from tests.builders import NOW, a_catalogue, a_place, an_id
from tests.coverage.made import WEEK


def read(**args: list[str]) -> Question:
    return asked.read(args)


def test_nothing_asked_is_everything_today() -> None:
    """Empty fields of a form count as absent."""
    assert read() == read(q=[""], type=[""], tydzien=[""], stan=[""]) == Question()


def test_a_question_is_its_own_link() -> None:
    """What is read from an address makes the same address."""
    args = {
        "q": ["klub"],
        "type": ["dom_kultury", "swietlica"],
        "audience": ["seniors", "children"],
        "access": ["wheelchair"],
        "tydzien": ["2026-03-09"],
        "stan": ["0123456789abcdef"],
    }
    one = asked.read(args)
    again: dict[str, list[str]] = {}
    for name, value in one.args():
        again.setdefault(name, []).append(value)
    assert asked.read(again) == one
    assert one.week == date(2026, 3, 9)
    assert "stan" not in dict(one.filters) and "tydzien" not in dict(one.filters)


def test_the_order_of_ticks_does_not_matter() -> None:
    """The same choice is the same question."""
    one, other = read(audience=["seniors", "teens"]), read(audience=["teens", "seniors"])
    assert one == other


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Unknown names, values out of the list, a day that is no Monday, a stamp that is none."""
    with pytest.raises(Invalid) as refused:
        read(
            raduis=["5"], type=["zamek"], audience=["koty"], access=["note"],
            tydzien=["2026-03-11"], stan=["../../x"],
        )  # fmt: skip
    assert {(one.field, one.code) for one in refused.value.faults} == {
        ("raduis", "unknown_parameter"),
        ("type", "not_in_list"),
        ("audience", "not_in_list"),
        ("access", "not_in_list"),
        ("tydzien", "not_a_monday"),
        ("stan", "pattern"),
    }


@pytest.mark.parametrize("week", ["wczoraj", "2026-02-30", "1926-03-08"])
def test_a_week_must_be_one(week: str) -> None:
    """Of this century, named by its Monday."""
    with pytest.raises(Invalid):
        read(tydzien=[week])


def test_parameters_of_others_may_be_let_through() -> None:
    """A page has some of its own."""
    assert asked.read({"kolejnosc": ["nazwa"]}, also=("kolejnosc",)) == Question()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    places = [
        a_place(id=an_id(1), name="Klub Seniora", type="klub_seniora"),
        a_place(id=an_id(2), name="Dom Kultury", accessibility={"lift": "yes"}),
        a_place(id=an_id(3), name="Świetlica", type="swietlica_srodowiskowa"),
        a_place(id=an_id(4), name="Dawny", status="closed"),
    ]
    with open_index(a_catalogue(tmp_path / "p.geojson", places), tmp_path) as opened:
        yield opened


def counted(index: Index, question: Question) -> Counted:
    return count(*asked.places_of(index, question, NOW), WEEK)


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        (Question(), [1, 2]),
        (Question(Query(type=("klub_seniora",))), [1]),
        (Question(Query(type=("swietlica_srodowiskowa",))), [3]),
        (Question(Query(q="kultury")), [2]),
        (Question(Query(q="świetlica środowiskowa")), [3]),
        (Question(Query(q="nie ma takiego")), []),
        (Question(Query(city=("gdansk",))), []),
    ],
)
def test_filters_are_those_of_the_catalogue(
    index: Index, question: Question, ids: list[int]
) -> None:
    """The same words find the same places."""
    assert counted(index, question).ids == tuple(map(an_id, ids))


def test_needs_in_words_have_three_answers(index: Index) -> None:
    """ "Z windą" surely counts who has a lift, and perhaps who says nothing."""
    found = counted(index, Question(Query(q="z windą")))
    assert dict(zip(found.ids, found.sure.tolist(), strict=True)) == {
        an_id(1): False,
        an_id(2): True,
    }
