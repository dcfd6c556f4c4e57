"""Fields, values and changes of a record in Polish, as the desk and histories say them."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from places import amendments, columns, history, submissions, vocabulary
from places.web import words
from places.web.words import decisions, differing
from tests.builders import a_place


@pytest.fixture(scope="module", autouse=True)
def _in_polish() -> Iterator[None]:
    app: Flask = create_app({"CATALOGUE": "none", "INSTANCE": "none"})
    with app.test_request_context():
        yield


@pytest.mark.parametrize("name", [*columns.columns(), "refs.um", "point", "checked.hours"])
def test_every_column_has_a_name(name: str) -> None:
    """No field of the record reaches a page by its English name."""
    said = differing.name_of(name)

    assert said != name
    assert not re.search(r"[._]", said)
    assert said[0].islower()


def test_no_two_columns_have_one_name() -> None:
    """Two fields that read alike could not be told apart in a list of changes."""
    said = [words.column(name) for name in columns.columns()]

    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("say", "codes"),
    [
        (words.kind, get_args(submissions.Kind)),
        (words.state, get_args(submissions.State)),
        (words.sent_by, get_args(submissions.SentBy)),
        (words.problem, submissions.PROBLEMS),
        (words.role, get_args(history.MadeBy)),
        (words.revision, history.WHATS),
        (words.act, [*history.WHATS, *get_args(submissions.State)[3:]]),
        (words.answer, get_args(vocabulary.Answer)),
        (words.precision, get_args(vocabulary.Precision)),
        (words.network_value, get_args(vocabulary.Value)),
        (words.twin_reason, ("near", "address", "name")),
    ],
)
def test_every_code_of_the_desk_has_a_word(say: Any, codes: Any) -> None:
    """No code reaches a page as it stands."""
    for code in codes:
        assert say(code) != code or code in ("spam", "moderator")  # Polish words as well
        assert "_" not in say(code)


def test_a_conflict_always_has_a_sentence() -> None:
    """A code nobody knows is told too."""
    assert words.conflict("claimed") != words.conflict("no such code")
    assert words.conflict("no such code").endswith(".")
    assert set(decisions.CONFLICTS) >= {"newer", "decided", "claimed", "merged"}


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("rules.free", "limited", ("częściowo",)),
        ("type", "swietlica", ("świetlica wiejska",)),
        ("status", "temporarily_closed", ("chwilowo nieczynne",)),
        ("audience", ["children", "seniors"], ("dla dzieci", "dla seniorów")),
        ("languages", ["pl", "uk"], ("polski", "ukraiński")),
        ("doubts", ["hours"], ("kiedy jest otwarte",)),
        ("point", (50.0217, 19.9705), ("50.02170, 19.97050",)),
        ("hours.open", "Mo-Fr 10:00-18:00", ("pon.–pt. 10:00–18:00",)),
        ("hours.open", "nie wiadomo kiedy", ("nie wiadomo kiedy",)),
        ("rooms", [{"name": "Sala", "area_m2": 60, "people": 40, "equipment": ["rzutnik"]}],
         ("Sala: 60 m², 40 osób, rzutnik",)),
        ("sources", [{"url": "https://e.pl/a", "date": "2026-02"}],
         ("https://e.pl/a: luty 2026",)),
        ("photos", [{"alt": "Wejście", "author": "A. B.", "licence": "CC0"}],
         ("Wejście: A. B., CC0",)),
        ("area_m2", 60.5, ("60,5 m²",)),
        ("capacity_people", 40, ("40 osób",)),
        ("rules.booking_days_ahead", 1, ("1 dzień",)),
        ("rules.booking_days_ahead", 7, ("7 dni",)),
        ("position.uncertainty_m", 1590, ("do 1,6 km",)),
        ("position.precision", "locality", ("środek miejscowości",)),
        ("valid_to", "2026-12-31", ("31 grudnia 2026",)),
        ("valid_to", "nigdy", ("nigdy",)),
        ("checked.hours", {"on": "2026-03", "by": "owner"},
         ("w marcu 2026, opiekun miejsca",)),
        ("summary", None, ()),
        ("activities", [], ()),
    ],
)  # fmt: skip
def test_values_read_as_people_say_them(column: str, value: Any, said: tuple[str, ...]) -> None:
    """Codes become words, numbers get their units, hours are said and kept as written."""
    assert tuple(one.replace("\u00a0", " ") for one in words.lines(column, value)) == said


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(column=st.sampled_from([*columns.columns(), "point", "checked.hours"]), value=anything)
def test_a_value_of_any_shape_can_be_said(column: str, value: Any) -> None:
    """What does not look as the field should is said as it stands; nothing breaks a page."""
    assert all(isinstance(one, str) for one in words.lines(column, value))


@given(before=st.text("ab ąę\n.", max_size=40), after=st.text("ab ąę\n.", max_size=40))
def test_a_comparison_loses_no_word(before: str, after: str) -> None:
    """Put together, the pieces of each side are that side's text; what stays is in both."""
    left, right = differing.texts(before, after)

    assert "".join(one.text for one in left).split() == before.split()
    assert "".join(one.text for one in right).split() == after.split()
    assert {one.kind for one in left} <= {"same", "gone"}
    assert {one.kind for one in right} <= {"same", "new"}
    same = [" ".join(one.text.split()) for one in left if one.kind == "same"]
    assert same == [" ".join(one.text.split()) for one in right if one.kind == "same"]


def test_equal_records_do_not_differ() -> None:
    """A record compared with itself shows nothing."""
    flat = amendments.flat(a_place(rooms=[{"name": "Sala"}], rules={"free": "yes"}))

    assert words.changes(flat, flat) == []


def test_two_coordinates_are_one_change() -> None:
    """A point that moved is one row, in the order of the record; dates of the record are none."""
    before = amendments.flat(a_place(changed="2026-01-01"))
    after = amendments.flat(a_place(point=(50.03, 19.9705), name="Inny", changed="2026-02-01"))

    assert [row.field for row in words.changes(before, after)] == ["point", "name"]


def test_items_of_a_list_are_marked_one_by_one() -> None:
    """An item that stays is not marked."""
    [row] = words.changes({"activities": ["szachy", "joga"]}, {"activities": ["joga", "chór"]})

    marked = [[(one.kind, one.text) for line in side for one in line]
              for side in (row.before, row.after)]  # fmt: skip
    assert marked == [[("gone", "szachy"), ("same", "joga")], [("same", "joga"), ("new", "chór")]]


def test_many_fields_are_named_in_a_line() -> None:
    """The first few by name, the rest by number."""
    touched = ("lat", "lon", "name", "summary", "type", "door")
    said = words.fields_named(dict.fromkeys(touched))

    assert said.replace("\u00a0", " ").endswith("i jeszcze 1")
    assert said.count(",") == 3
