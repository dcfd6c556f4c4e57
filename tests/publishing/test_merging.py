"""Two records of one place become one."""

import sqlite3

import pytest

from places import desk as store
from places import geojson, history, owners, publishing, submissions, tokens
from places.errors import Conflict, Expired, NotFound
from places.exchange import inspection
from places.place import Place
from places.publishing import Press
from tests.builders import NOW, an_id
from tests.desks import ADMIN, a_change

KEEP, DROP, THIRD = an_id(1), an_id(2), an_id(3)


def the(press: Press, place_id: str) -> Place:
    return publishing.current(press, place_id)


def test_the_other_record_is_withdrawn_and_leads_to_the_kept_one(
    press: Press, desk: sqlite3.Connection
) -> None:
    """What the moderator takes over comes with its sources; ids in other lists always come."""
    other = the(press, DROP)
    publishing.publish(
        press, DROP, {"refs.um": "17", "summary": "Szachy",
                      "sources": [{"url": "https://example.org/inne"}]},
        made_by="source", what="changed",
    )  # fmt: skip
    made = publishing.merge(press, KEEP, DROP, ADMIN, {"summary": "Szachy", "other_names": [
        other.name]})  # fmt: skip
    assert made.record == the(press, KEEP)
    assert (made.record.summary, made.record.other_names) == ("Szachy", (other.name,))
    assert made.record.refs == {"um": "17"}
    assert [one.url for one in made.record.sources] == [
        "https://example.org/miejsca", "https://example.org/inne",
    ]  # fmt: skip
    gone = the(press, DROP)
    assert (gone.status, gone.merged_into, gone.listed) == ("withdrawn", KEEP, False)
    assert history.of(desk, DROP)[0].what == history.of(desk, KEEP)[0].what == "merged"
    assert inspection.check(press.catalogue) == (5, [])


def test_owners_go_along(press: Press, desk: sqlite3.Connection) -> None:
    """Their links stay good; who looks after both looks after the one once."""
    anna = owners.add(desk, DROP, "anna@example.org", "", NOW)
    both = [owners.add(desk, one, "ola@example.org", "", NOW) for one in (KEEP, DROP)]
    words = {one.id: owners.link(desk, one.id, NOW) for one in (anna, *both)}
    publishing.merge(press, KEEP, DROP, ADMIN)
    assert {one.id for one in owners.of(desk, KEEP)} == {anna.id, both[0].id}
    assert owners.of(desk, DROP) == ()
    assert tokens.look(desk, "owner", words[anna.id], NOW).subject == str(anna.id)
    with pytest.raises(Expired):
        tokens.look(desk, "owner", words[both[1].id], NOW)


def test_open_proposals_go_along(press: Press, desk: sqlite3.Connection) -> None:
    """They are now about the kept record, and differences to it are conflicts to be seen."""
    sent = a_change(desk, the(press, DROP), {"name": "Nowa", "summary": "Szachy"})
    publishing.merge(press, KEEP, DROP, ADMIN)
    assert submissions.find(desk, sent.id).place == KEEP
    with pytest.raises(Conflict) as refused:
        publishing.accept(press, sent.id, ADMIN)
    assert [one.field for one in refused.value.differences] == ["name"]
    made = publishing.accept(press, sent.id, ADMIN, {"name": "Nowa"})
    assert (made.place, made.record.name, made.record.summary) == (KEEP, "Nowa", "Szachy")


def test_a_chain_leads_to_its_end(press: Press) -> None:
    """Merging into a record that was merged itself means the one that is left."""
    publishing.merge(press, KEEP, DROP, ADMIN)
    publishing.merge(press, DROP, THIRD, ADMIN)
    assert the(press, THIRD).merged_into == KEEP
    publishing.merge(press, an_id(4), KEEP, ADMIN)
    assert the(press, DROP).merged_into == KEEP
    assert the(press, KEEP).merged_into == an_id(4)


def test_no_circles(press: Press) -> None:
    """A record is never merged into itself, by whatever way, nor twice."""
    before = press.catalogue.read_bytes()
    with pytest.raises(Conflict, match="merged"):
        publishing.merge(press, KEEP, KEEP, ADMIN)
    with pytest.raises(NotFound):
        publishing.merge(press, KEEP, an_id(99), ADMIN)
    assert press.catalogue.read_bytes() == before
    publishing.merge(press, KEEP, DROP, ADMIN)
    for keep, drop in ((DROP, KEEP), (KEEP, DROP), (THIRD, DROP)):
        with pytest.raises(Conflict, match="merged"):
            publishing.merge(press, keep, drop, ADMIN)


def test_an_interrupted_merging_is_made_again(press: Press, desk: sqlite3.Connection) -> None:
    """The file knew, the desk did not."""
    for place_id in (KEEP, DROP):  # What they were is put down in a step of its own.
        publishing.publish(press, place_id, {}, made_by="moderator", what="x")
    with pytest.raises(KeyboardInterrupt), store.writing(desk):
        publishing.merge(press, KEEP, DROP, ADMIN, {"summary": "Szachy"})
        raise KeyboardInterrupt
    assert the(press, DROP).merged_into == KEEP
    publishing.merge(press, KEEP, DROP, ADMIN, {"summary": "Szachy"})
    for place_id in (KEEP, DROP):
        assert [one.what for one in history.of(desk, place_id)] == ["merged", "found"]
        assert history.of(desk, place_id)[0].record == the(press, place_id)


def test_a_merged_record_can_be_restored(press: Press) -> None:
    """Its own address then shows it again."""
    before = the(press, DROP)
    publishing.merge(press, KEEP, DROP, ADMIN)
    made = publishing.restore(press, DROP, 1, ADMIN)
    assert made.record == before.model_copy(update={"changed": "2026-03-11"})
    assert geojson.read(press.catalogue).faults == []


def test_no_record_is_made_to_lead_in_a_circle(press: Press) -> None:
    """A state in which it led to another is not brought back: that one may lead here by now."""
    publishing.merge(press, KEEP, DROP, ADMIN)
    publishing.restore(press, DROP, 1, ADMIN)
    publishing.merge(press, DROP, KEEP, ADMIN)
    with pytest.raises(Conflict, match="merged"):
        publishing.restore(press, DROP, 2, ADMIN)
    assert the(press, DROP).merged_into is None
    assert the(press, KEEP).merged_into == DROP
