"""Taking a decision back."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from places import desk as store
from places import geojson, history, publishing, submissions
from places.amendments import Difference
from places.errors import Conflict
from places.exchange import inspection
from places.place import Place
from places.publishing import Press
from tests.builders import NOW, an_id
from tests.desks import ADMIN, OWNER, SENDER, a_change, an_addition

PLACE = an_id(2)


def the(press: Press) -> Place:
    return publishing.current(press, PLACE)


def test_an_undone_change_leaves_no_trace_in_the_record(
    press: Press, desk: sqlite3.Connection
) -> None:
    """Not even in its dates and checks; history tells both steps, and the proposal waits again."""
    before = press.catalogue.read_bytes()
    sent = a_change(desk, the(press), {"name": "Nowa", "hours.open": "24/7"}, OWNER)
    publishing.accept(press, sent.id, ADMIN, reason="Tak")
    undone = publishing.undo(replace(press, now=NOW + timedelta(days=3)), sent.id, ADMIN)
    assert press.catalogue.read_bytes() == before
    assert undone is not None and (undone.number, undone.what) == (3, "undone")
    again = submissions.find(desk, sent.id)
    assert (again.state, again.decided, again.reason, again.revision) == ("waiting", None, "", None)
    assert publishing.accept(press, sent.id, ADMIN).number == 4


def test_an_undone_addition_is_in_no_catalogue(press: Press, desk: sqlite3.Connection) -> None:
    """Nor in the history; accepted once more, it has the id it was promised."""
    before = press.catalogue.read_bytes()
    sent = an_addition(desk)
    publishing.accept(press, sent.id, ADMIN)
    assert publishing.undo(press, sent.id, ADMIN) is None
    assert press.catalogue.read_bytes() == before
    assert history.of(desk, sent.place) == ()
    assert publishing.accept(press, sent.id, ADMIN).place == sent.place
    assert inspection.check(press.catalogue) == (6, [])


def test_an_addition_to_which_another_record_leads_stays(
    press: Press, desk: sqlite3.Connection
) -> None:
    """Undone, it would leave an address that leads to nothing."""
    sent = an_addition(desk)
    publishing.accept(press, sent.id, ADMIN)
    publishing.merge(press, sent.place, PLACE, ADMIN)
    with pytest.raises(Conflict, match="newer"):
        publishing.undo(press, sent.id, ADMIN)
    assert publishing.current(press, sent.place).listed


def test_what_came_after_in_other_columns_stays(press: Press, desk: sqlite3.Connection) -> None:
    """Only what the proposal changed is taken back."""
    first = a_change(desk, the(press), {"name": "Nowa"})
    publishing.accept(press, first.id, ADMIN)
    publishing.publish(press, PLACE, {"door": "od podwórza"}, made_by="moderator", what="changed")
    publishing.undo(press, first.id, ADMIN)
    assert (the(press).name, the(press).door) == ("Klub Numer 2", "od podwórza")


def test_what_came_after_in_the_same_column_is_a_conflict(
    press: Press, desk: sqlite3.Connection
) -> None:
    """It is shown; nothing is overwritten and the proposal stays accepted."""
    first = a_change(desk, the(press), {"name": "Nowa"})
    publishing.accept(press, first.id, ADMIN)
    publishing.publish(press, PLACE, {"name": "Nowsza"}, made_by="owner", what="changed")
    with pytest.raises(Conflict) as refused:
        publishing.undo(press, first.id, ADMIN)
    assert refused.value.differences == (Difference("name", "Nowa", "Klub Numer 2", "Nowsza"),)
    assert the(press).name == "Nowsza"
    assert submissions.find(desk, first.id).state == "accepted"


def test_a_new_place_that_lives_already_is_not_taken_out(
    press: Press, desk: sqlite3.Connection
) -> None:
    """Somebody has changed it since: withdraw it instead."""
    sent = an_addition(desk)
    publishing.accept(press, sent.id, ADMIN)
    publishing.publish(press, sent.place, {"door": "tu"}, made_by="owner", what="changed")
    with pytest.raises(Conflict, match="newer"):
        publishing.undo(press, sent.id, ADMIN)
    assert publishing.current(press, sent.place).door == "tu"


@pytest.mark.parametrize("kind", ["change", "add"])
def test_an_interrupted_undoing_is_made_again(
    press: Press, desk: sqlite3.Connection, kind: str
) -> None:
    """The file was put back and the desk did not know: now both do."""
    before = press.catalogue.read_bytes()
    sent = an_addition(desk) if kind == "add" else a_change(desk, the(press), {"name": "Nowa"})
    publishing.accept(press, sent.id, ADMIN)
    with pytest.raises(KeyboardInterrupt), store.writing(desk):
        publishing.undo(press, sent.id, ADMIN)
        raise KeyboardInterrupt
    assert press.catalogue.read_bytes() == before
    assert submissions.find(desk, sent.id).state == "accepted"
    publishing.undo(press, sent.id, ADMIN)
    assert press.catalogue.read_bytes() == before
    assert submissions.find(desk, sent.id).state == "waiting"


def test_a_refusal_is_taken_back_too(press: Press, desk: sqlite3.Connection) -> None:
    """What was rejected or thrown away waits again; what nobody had confirmed is unconfirmed."""
    sent = a_change(desk, the(press), {"name": "Nowa"})
    submissions.reject(desk, sent.id, ADMIN, "Nie", NOW)
    assert publishing.undo(press, sent.id, ADMIN) is None
    assert submissions.find(desk, sent.id).state == "waiting"
    raw = submissions.problem(desk, the(press), "moved", "", SENDER, NOW)
    submissions.spam(desk, [raw.id], ADMIN, NOW)
    publishing.undo(press, raw.id, ADMIN)
    assert submissions.find(desk, raw.id).state == "unconfirmed"
    with pytest.raises(Conflict, match="decided"):
        publishing.undo(press, sent.id, ADMIN)


def test_who_took_it_back_is_kept(press: Press, desk: sqlite3.Connection) -> None:
    """Every step stands among the acts of the desk, in order."""
    sent = a_change(desk, the(press), {"name": "Nowa"})
    publishing.accept(press, sent.id, ADMIN)
    publishing.undo(press, sent.id, ADMIN)
    acts = desk.execute("select what, person, proposal, place from act order by id").fetchall()
    assert [tuple(one) for one in acts] == [
        ("accepted", ADMIN, sent.id, PLACE), ("undone", ADMIN, sent.id, PLACE),
    ]  # fmt: skip
    assert geojson.read(press.catalogue).faults == []
