"""Changes that need no proposal."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from places import desk as store
from places import geojson, history, publishing
from places.errors import Invalid, NotFound, Unavailable
from places.exchange import inspection
from places.place import Place
from places.publishing import Press
from tests.builders import NOW, an_id
from tests.desks import ADMIN

PLACE = an_id(2)
CHECK = {"checked.hours.on": "2026-03-11", "checked.hours.by": "owner"}


def the(press: Press) -> Place:
    return publishing.current(press, PLACE)


def whats(desk: sqlite3.Connection, place_id: str = PLACE) -> list[str]:
    return [one.what for one in history.of(desk, place_id)]


def test_an_owner_publishes_at_once(press: Press, desk: sqlite3.Connection) -> None:
    """The group is checked by the owner and the record says where that comes from."""
    made = publishing.publish(
        press, PLACE, {"hours.open": "Mo 10:00-12:00"}, made_by="owner", what="changed"
    )
    assert made.record == the(press)
    assert made.record.checked.hours is not None and made.record.checked.hours.by == "owner"
    assert made.record.sources[-1].name == "informacja od prowadzących"
    assert whats(desk) == ["changed", "found"]


def test_still_true_is_a_revision_once_a_day(press: Press, desk: sqlite3.Connection) -> None:
    """The same link used twice confirms once; the next year's is another revision."""
    made = [
        publishing.publish(press, PLACE, CHECK, made_by="owner", what="confirmed") for _ in range(2)
    ]
    assert made[0] == made[1]
    assert made[0].record.changed is None
    later = {**CHECK, "checked.hours.on": "2027-03-11"}
    publishing.publish(press, PLACE, later, made_by="owner", what="confirmed")
    assert whats(desk) == ["confirmed", "confirmed", "found"]


def test_what_changes_nothing_writes_nothing(press: Press, desk: sqlite3.Connection) -> None:
    """The file is not replaced, so that no index has to look at it again."""
    stamp = geojson.stamp(press.catalogue)
    made = publishing.publish(press, PLACE, {"name": "Klub Numer 2"}, made_by="owner", what="x")
    assert (made.what, made.record) == ("found", the(press))
    assert geojson.stamp(press.catalogue) == stamp
    assert whats(desk) == ["found"]


@pytest.mark.parametrize("later", [0, 40])
def test_an_interrupted_change_is_made_again(
    press: Press, desk: sqlite3.Connection, later: int
) -> None:
    """History says who made it, on whichever day it succeeds, and what was before."""
    seen = the(press)
    for values, what in (({"name": "Nowa"}, "changed"), (CHECK, "confirmed")):
        # The state before is put down in a step of its own.
        publishing.publish(press, PLACE, {}, made_by="owner", what="x")
        with pytest.raises(KeyboardInterrupt), store.writing(desk):
            publishing.publish(press, PLACE, values, made_by="owner", what=what)
            raise KeyboardInterrupt
        again = replace(press, now=NOW + timedelta(days=later))
        made = publishing.publish(again, PLACE, values, made_by="owner", what=what)
        assert made.record == the(press)
        assert (made.what, made.made_by) == (what, "owner")
    assert whats(desk) == ["confirmed", "changed", "found"]
    assert history.of(desk, PLACE)[-1].record == seen


def test_many_places_change_in_one_writing(press: Press, desk: sqlite3.Connection) -> None:
    """And new ones come with them, under ids of the caller's."""
    new = {
        "name": "Nowe", "type": "inne", "lat": 50.1, "lon": 20.0, "address.city": "Kraków",
        "address.gmina": "Kraków", "address.teryt": "126101",
        "address.voivodeship": "małopolskie", "position.precision": "address",
        "position.uncertainty_m": 75, "sources": [{"name": "lista miasta"}],
    }  # fmt: skip
    made = publishing.publish_all(
        press, {PLACE: {"name": "A"}, an_id(3): {"name": "B"}, "nowe0000": new},
        made_by="source", what="changed", person=ADMIN,
    )  # fmt: skip
    assert [one.record.name for one in made] == ["A", "B", "Nowe"]
    assert [one.number for one in made] == [2, 2, 1]
    assert inspection.check(press.catalogue) == (6, [])
    assert made[2].record.added == "2026-03-11"


def test_many_places_change_all_or_none(press: Press, desk: sqlite3.Connection) -> None:
    """Every fault of every place is named with its place, and nothing is written."""
    before = press.catalogue.read_bytes()
    with pytest.raises(Invalid) as refused:
        publishing.publish_all(
            press, {PLACE: {"name": "A"}, an_id(3): {"type": "kino"}, an_id(4): {"lat": "x"}},
            made_by="source", what="changed",
        )  # fmt: skip
    assert [(one.where, one.field) for one in refused.value.faults] == [
        (an_id(3), "type"), (an_id(4), "lat"),
    ]  # fmt: skip
    assert press.catalogue.read_bytes() == before
    assert whats(desk) == ["found"]


def test_a_place_is_closed_and_withdrawn(press: Press, desk: sqlite3.Connection) -> None:
    """With the reason for who comes by its old address."""
    closed = publishing.close(press, PLACE, " Koniec najmu. ", ADMIN).record
    assert (closed.status, closed.status_note, closed.listed) == ("closed", "Koniec najmu.", False)
    assert closed.checked.existence is not None and closed.checked.existence.by == "moderator"
    gone = publishing.withdraw(press, PLACE, "", ADMIN).record
    assert (gone.status, gone.status_note) == ("withdrawn", None)
    assert whats(desk) == ["withdrawn", "closed", "found"]


def test_any_state_can_be_restored(press: Press, desk: sqlite3.Connection) -> None:
    """With the checks of then: nobody has checked anything by going back."""
    seen = the(press)
    publishing.close(press, PLACE, "", ADMIN)
    made = publishing.restore(press, PLACE, 1, ADMIN)
    assert made.record == seen.model_copy(update={"changed": "2026-03-11"})
    assert whats(desk) == ["restored", "closed", "found"]
    assert publishing.restore(press, PLACE, 1, ADMIN) == made
    for place_id, number in ((PLACE, 9), (an_id(3), 5), (an_id(99), 1)):
        with pytest.raises(NotFound):
            publishing.restore(press, place_id, number, ADMIN)


def test_an_unknown_place_is_not_found(press: Press) -> None:
    """By whatever way it is asked for."""
    with pytest.raises(NotFound):
        publishing.current(press, an_id(99))
    with pytest.raises(NotFound):
        publishing.publish(press, an_id(99), {"name": "x"}, made_by="owner", what="changed")
    press.catalogue.unlink()
    with pytest.raises(NotFound):
        publishing.current(press, PLACE)


def test_a_file_that_cannot_be_written_changes_nothing(
    press: Press, desk: sqlite3.Connection
) -> None:
    """The desk does not run ahead of the catalogue."""
    moved = press.catalogue.rename(press.catalogue.with_name("other.geojson"))
    press.catalogue.symlink_to("/proc/places.geojson")
    with pytest.raises((Unavailable, NotFound)):
        publishing.publish(press, PLACE, {"name": "Nowa"}, made_by="owner", what="changed")
    press.catalogue.unlink()
    moved.rename(press.catalogue)
    assert whats(desk) == []


def test_acts_are_put_down(press: Press, desk: sqlite3.Connection) -> None:
    """Who did what to which place."""
    publishing.close(press, PLACE, "", ADMIN)
    acts = desk.execute("select what, person, proposal, place from act").fetchall()
    assert [tuple(one) for one in acts] == [("closed", ADMIN, "", PLACE)]
