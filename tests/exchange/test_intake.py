"""What an import would do, row by row."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from places.errors import Fault, Invalid
from places.exchange import intake
from places.exchange.intake import Plan, Terms, Verdict
from places.exchange.rows import Row, Table
from places.place import Place
from tests.builders import a_place, an_id, some_places

KNOWN = a_place(summary="Szachy", networks=["MAL"], refs={"um": "17"})
NEW = {
    "name": "Dom Kultury Sowa", "type": "dom_kultury", "lat": "50.07", "lon": "19.95",
    "address.city": "Kraków", "position.uncertainty_m": "75", "sources": "https://example.org/a",
}  # fmt: skip


def ids() -> Iterator[str]:
    number = 1000
    while True:
        yield an_id(number)
        number += 1


def terms(**changes: Any) -> Terms:
    made = ids()
    return replace(Terms(today=date(2026, 11, 22), new_id=lambda: next(made)), **changes)


def planned(*rows: dict[str, Any], known: tuple[Place, ...] = (KNOWN,), **changes: Any) -> Plan:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    table = Table(headers, [Row(number, row) for number, row in enumerate(rows, 2)])
    return intake.plan(table, known, terms(**changes))


def only(plan: Plan) -> Verdict:
    [verdict] = plan.verdicts
    return verdict


def faults(verdict: Verdict) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in verdict.faults]


def test_a_new_place_is_added() -> None:
    """It gets an id and today's date; what the town tells is filled in and said."""
    plan = planned(NEW)

    place = plan.places[-1]
    assert only(plan).outcome == "added"
    assert (place.id, place.added, place.changed) == (an_id(1000), "2026-11-22", None)
    assert only(plan).filled == {
        "position.precision": "address",
        "address.gmina": "Kraków",
        "address.teryt": "126101",
        "address.voivodeship": "małopolskie",
    }
    assert list(plan.places) == [KNOWN, place]


def test_a_new_place_needs_its_uncertainty_declared() -> None:
    """A pin claims an accuracy, and only the person knows what the list is worth."""
    row = {**NEW, "position.uncertainty_m": ""}

    assert faults(only(planned(row))) == [("position.uncertainty_m", "missing")]
    assert only(planned(row, constants={"position.uncertainty_m": "75"})).outcome == "added"


def test_a_town_of_two_gminas_fills_nothing() -> None:
    """Where the catalogue knows two towns of one name, the row must say which."""
    two = (
        a_place(id=an_id(1), address={"city": "Rudna", "gmina": "Rudna", "teryt": "021104"}),
        a_place(id=an_id(2), address={"city": "Rudna", "gmina": "Wschowa", "teryt": "081203"}),
    )
    row = {**NEW, "address.city": "rudna"}
    codes = faults(only(planned(row, known=two)))

    assert ("address.teryt", "missing") in codes
    assert only(planned({**row, "address.gmina": "Wschowa"}, known=two)).filled[
        "address.teryt"
    ] == ("081203")


@pytest.mark.parametrize("key", [{"id": KNOWN.id}, {"refs.um": "17"}])
def test_a_known_place_changes_only_where_the_row_speaks(key: dict[str, str]) -> None:
    """Empty cells change nothing, a dash clears, the rest is replaced; the change is dated."""
    plan = planned({**key, "name": "", "summary": "Brydż", "networks": "-"})

    verdict = only(plan)
    assert (verdict.outcome, verdict.row) == ("changed", 2)
    assert [tuple(vars_of(one)) for one in verdict.changes] == [
        ("networks", "MAL", ""),
        ("summary", "Szachy", "Brydż"),
    ]
    assert plan.places == [
        KNOWN.model_copy(update={"summary": "Brydż", "networks": (), "changed": "2026-11-22"})
    ]


def vars_of(change: intake.Change) -> tuple[str, str, str]:
    return change.field, change.old, change.new


def test_a_row_that_says_what_is_known_changes_nothing() -> None:
    """No change, no date."""
    plan = planned({"id": KNOWN.id, "name": " Klub  Pod Lipą ", "lat": "50,0217"})

    assert only(plan).outcome == "same"
    assert plan.places == [KNOWN]


def test_a_check_is_put_in_and_taken_out_whole() -> None:
    """A fact of several columns comes and goes with them."""
    checked = planned({"id": KNOWN.id, "checked.hours.on": "2026-01", "checked.hours.by": "owner"})
    half = planned({"id": KNOWN.id, "checked.hours.on": "2026-01"})
    gone = planned(
        {"id": KNOWN.id, "checked.hours.on": "-", "checked.hours.by": "-"},
        known=tuple(checked.places),
    )

    assert checked.places[0].checked.hours is not None
    assert faults(only(half)) == [("checked.hours.by", "missing")]
    assert gone.places[0].checked == KNOWN.checked


def test_all_faults_of_a_row_are_said_at_once() -> None:
    """Bad numbers, unknown codes, missing fields and a rule of hours that nobody can read."""
    row = {
        **NEW, "lat": "abc", "type": "zamek", "area_m2": "dużo", "sources": "",
        "contact.email": "x",
    }  # fmt: skip

    assert set(faults(only(planned(row)))) == {
        ("lat", "not_a_number"), ("type", "not_in_list"), ("area_m2", "not_a_number"),
        ("contact.email", "pattern"), ("sources", "missing"),
    }  # fmt: skip
    for rule, code, position in (
        ("codziennie", "hours_in_polish", "1"),
        ("Mo-Fr 10-18", "hours_minutes", "7"),
        ("Mo-Fr 10:00-18:00; xx", "hours_syntax", "20"),
    ):
        [fault] = only(planned({**NEW, "hours.open": rule})).faults
        assert (fault.field, fault.code, fault.limit) == ("hours.open", code, position)


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [("19.95", "50.07", "axes_swapped"), ("48.2", "16.4", "outside_poland"), ("nan", "20", None)],
)
def test_points_that_cannot_be(lat: str, lon: str, code: str | None) -> None:
    """Swapped axes, a foreign country and what is no number are refused by name."""
    expected = [("point", code)] if code else [("lat", "not_a_number")]

    assert faults(only(planned({**NEW, "lat": lat, "lon": lon}))) == expected


def test_a_huge_number_is_a_fault_and_no_crash() -> None:
    """What JSON can say and no map can show."""
    for number in (10**400, float("inf"), float("nan"), True):
        assert only(planned({**NEW, "lat": number})).outcome == "refused"


def test_an_old_concern_does_not_stop_another_change() -> None:
    """A record that is already doubtful may still be corrected elsewhere."""
    doubtful = KNOWN.model_copy(update={"sources": ()})

    plan = planned({"id": KNOWN.id, "summary": "Brydż"}, known=(doubtful,))

    assert only(plan).outcome == "changed"


def test_one_place_may_be_spoken_of_once() -> None:
    """The second row of the same place is refused and names the first."""
    plan = planned({"id": KNOWN.id, "summary": "a"}, {"refs.um": "17", "summary": "b"})

    assert [verdict.outcome for verdict in plan.verdicts] == ["changed", "refused"]
    assert list(plan.verdicts[1].faults) == [Fault("id", "row_repeats", KNOWN.id, "2")]


def test_a_reference_of_two_places_is_refused() -> None:
    """Nobody guesses which of them was meant."""
    other = a_place(id=an_id(5), refs={"um": "17"})

    assert faults(only(planned({"refs.um": "17"}, known=(KNOWN, other)))) == [
        ("refs", "several_places")
    ]


def test_a_probable_duplicate_is_refused_accepted_or_skipped() -> None:
    """The person decides; the plan shows which place it is."""
    row = {**NEW, "name": "Klub „Pod Lipą”", "lat": "50.0218", "lon": "19.9706"}

    refused = planned(row)
    accepted = planned(row, duplicates="accept")
    skipped = planned(row, duplicates="skip")

    assert [only(plan).outcome for plan in (refused, accepted, skipped)] == [
        "refused", "added", "skipped",
    ]  # fmt: skip
    assert [twin.place for twin in only(refused).twins] == [KNOWN]
    assert [len(plan.places) for plan in (refused, accepted, skipped)] == [1, 2, 1]


def test_a_duplicate_within_the_file_names_its_row() -> None:
    """A list that repeats itself is told where."""
    plan = planned(NEW, NEW)

    assert [verdict.outcome for verdict in plan.verdicts] == ["added", "refused"]
    assert [twin.row for twin in plan.verdicts[1].twins] == [2]


def test_ids_of_their_own_make_two_places() -> None:
    """A catalogue that holds two like places can be taken in again."""
    plan = planned({**NEW, "id": an_id(1)}, {**NEW, "id": an_id(2)}, known=(KNOWN,))

    assert [verdict.outcome for verdict in plan.verdicts] == ["added", "added"]


def test_a_made_id_is_never_one_in_use() -> None:
    """The maker of ids may repeat itself."""
    made = iter([KNOWN.id, KNOWN.id, an_id(7)])

    assert planned(NEW, new_id=lambda: next(made)).places[-1].id == an_id(7)


def test_constants_fill_only_what_the_row_leaves_empty() -> None:
    """A cell of the row wins over a constant."""
    plan = planned(
        {**NEW, "summary": "Chór"}, {"id": KNOWN.id, "summary": ""}, constants={"summary": "Nic"}
    )

    assert {place.summary for place in plan.places} == {"Chór", "Nic"}


def test_an_unknown_constant_is_refused() -> None:
    """A typing error is not a silent nothing."""
    with pytest.raises(Invalid) as refused:
        planned(NEW, constants={"adres.miasto": "Kraków"})

    assert [fault.code for fault in refused.value.faults] == ["unknown_field"]


def test_of_two_phone_numbers_the_first_is_kept_and_it_is_said() -> None:
    """The record has room for one."""
    verdict = only(planned({**NEW, "contact.phone": "22 834 52 59; 22 835 37 24"}))

    assert verdict.place is not None
    assert verdict.place.contact.phone == "22 834 52 59"
    assert verdict.left_out == {"contact.phone": "22 835 37 24"}


def test_types_may_be_named_in_polish() -> None:
    """The word on the card is understood as well as the code."""
    place = only(planned({**NEW, "type": "Dom kultury"})).place

    assert place is not None
    assert place.type == "dom_kultury"


def test_a_row_that_could_not_be_read_is_refused() -> None:
    """The reader's own fault is handed on."""
    fault = Fault("", "cell_beyond_headers", "x")
    table = Table(["name"], [Row(2, {"name": "Żak"}, fault)])

    assert only(intake.plan(table, [], terms())).faults == [fault]


def test_many_rows_at_once() -> None:
    """An export of many places into an empty catalogue keeps them all, and somebody may watch."""
    from places.exchange import tables

    some = some_places(300, added="2026-01-01")
    rows = [Row(number, tables.row(one)) for number, one in enumerate(some, 2)]
    table = Table([*tables.columns()], rows)
    seen: list[int] = []

    plan = intake.plan(table, [], terms(), lambda rows: _noted(rows, seen))

    assert plan.places == some
    assert len(seen) == len(some)


def _noted(rows: Any, seen: list[int]) -> Iterator[Row]:
    for row in rows:
        seen.append(row.number)
        yield row
