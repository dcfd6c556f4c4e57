"""What a change of a record is: applied, told apart, and held against what came in between."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import amendments, columns
from places.amendments import Difference
from places.errors import Fault, Invalid
from places.place import Place
from tests.builders import a_place, an_id
from tests.strategies import sound_places

sound = sound_places()


def faults(error: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in error.value.faults]


@given(sound)
def test_a_record_is_its_columns(one: Place) -> None:
    """Every fact stands in one column, and from the columns comes the same record."""
    values = amendments.flat(one)
    assert all(columns.column(name) for name in values)
    assert amendments.applied(None, values, place_id=one.id) == one


@given(sound, sound)
def test_the_differences_of_two_records_lead_from_one_to_the_other(a: Place, b: Place) -> None:
    """Whatever two records say, the differences applied to the first give the second."""
    b = b.model_copy(update={"id": a.id})
    values = {one.field: one.after for one in amendments.differences(a, b)}
    assert amendments.applied(a, values) == b
    back = {one.field: one.before for one in amendments.differences(a, b)}
    assert amendments.applied(b, back) == a


@given(sound)
def test_equal_records_do_not_differ(one: Place) -> None:
    """And a change that says what is known is no change and no conflict."""
    assert amendments.differences(one, one) == ()
    known = amendments.flat(one)
    assert amendments.applied(one, known) == one
    assert amendments.conflicts(one, {}, known) == ()


@given(sound, sound, sound, st.randoms())
def test_a_conflict_is_what_is_neither_old_nor_proposed(
    base: Place, proposed: Place, current: Place, chance: Any
) -> None:
    """Each touched column of the current record is the base's, the proposal's, or a conflict."""
    wanted = amendments.differences(base, proposed.model_copy(update={"id": base.id}))
    chosen = [one for one in wanted if chance.random() < 0.5]
    found = amendments.conflicts(
        current, {x.field: x.before for x in chosen}, {x.field: x.after for x in chosen}
    )
    now = amendments.flat(current)
    assert {one.field for one in found} == {
        one.field for one in chosen if now.get(one.field) not in (one.before, one.after)
    }
    assert all(one.now == now.get(one.field) for one in found)


def test_a_change_touches_only_what_it_names() -> None:
    """None takes a fact out; a neighbour in the same part of the record stays."""
    one = a_place(contact={"phone": "12 345 67 89", "email": "klub@example.org"}, refs={"um": "7"})
    made = amendments.applied(one, {"contact.phone": None, "name": "Żak"})
    assert made.contact.phone is None
    assert made.contact.email == "klub@example.org"
    assert made.name == "Żak"


def test_all_faults_are_named_at_once() -> None:
    """Of the record, of columns that do not exist, of the point and of the hours."""
    with pytest.raises(Invalid) as refused:
        amendments.applied(
            a_place(), {"nme": "Żak", "type": "kino", "lat": "tu", "address.teryt": "12"}
        )
    assert faults(refused) == [
        ("nme", "unknown_field"),
        ("lat", "not_a_number"),
        ("type", "not_in_list"),
        ("address.teryt", "pattern"),
    ]
    with pytest.raises(Invalid) as refused:
        amendments.applied(a_place(), {"hours.open": "od rana", "hours.lending": "-", "type": "k"})
    named = [field for field, _ in faults(refused)]
    assert named == ["type", "hours.open", "hours.lending"]
    with pytest.raises(Invalid) as refused:
        amendments.applied(a_place(hours={"open": "od rana"}), {"type": "kino"})
    assert [field for field, _ in faults(refused)] == ["type"]


def test_what_was_wrong_before_is_no_fault_of_the_change() -> None:
    """A record with hours nobody understands may still get a new name, not worse hours."""
    old = a_place(hours={"open": "od rana"})
    assert amendments.applied(old, {"name": "Żak"}).name == "Żak"
    with pytest.raises(Invalid):
        amendments.applied(old, {"hours.open": "do wieczora"})


def test_an_id_is_never_changed() -> None:
    """Whoever holds an address of a place holds it for ever."""
    with pytest.raises(Invalid) as refused:
        amendments.applied(a_place(), {"id": an_id(9)})
    assert faults(refused) == [("id", "unknown_field")]


def test_a_new_place_needs_what_every_place_needs() -> None:
    """Without anything, everything that must be there is named."""
    with pytest.raises(Invalid) as refused:
        amendments.applied(None, {}, place_id=an_id(1))
    named = {field for field, code in faults(refused) if code == "missing"}
    assert named == {"lat", "lon", "name", "type", "address", "position", "sources"}


def test_differences_are_told_in_the_order_of_the_record() -> None:
    """Lists and objects are told whole; None is unknown."""
    old = a_place(networks=["MAL"], summary="Szachy")
    new = a_place(networks=["MAL", "CAL"], rooms=[{"name": "sala"}])
    assert amendments.differences(old, new) == (
        Difference("networks", ["MAL"], ["MAL", "CAL"]),
        Difference("summary", "Szachy", None),
        Difference("rooms", None, [{"name": "sala"}]),
    )


@pytest.mark.parametrize("name", columns.columns())
def test_every_column_has_its_group_or_none(name: str) -> None:
    """What says something of the place belongs to a group; what is about the record does not."""
    about = ("id", "added", "changed", "doubts", "sources", "licence", "checked")
    group = amendments.group_of(name)
    assert (group == "") is (name.partition(".")[0] in about)
    assert group == "" or group in amendments.GROUPS


def test_a_fault_names_the_column() -> None:
    """The column of a bad field is the name it was given by."""
    with pytest.raises(Invalid) as refused:
        amendments.applied(a_place(), {"contact.website": "nie strona"})
    assert [type(fault) for fault in refused.value.faults] == [Fault]
    assert faults(refused) == [("contact.website", "pattern")]
