"""Yes to a proposal: what becomes of the catalogue, the history and the proposal."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from places import amendments, geojson, history, publishing, submissions
from places import desk as store
from places.errors import Conflict, Invalid, NotFound, Unavailable
from places.exchange import inspection
from places.facts import Source
from places.place import Place
from places.publishing import Press
from tests.builders import NOW, a_catalogue, a_place, an_id
from tests.desks import ADMIN, MODERATOR, OWNER, SENDER, a_change, an_addition, with_people
from tests.strategies import sound_places

LATER = NOW + timedelta(days=40)


def the(press: Press, number: int = 2) -> Place:
    return publishing.current(press, an_id(number))


def whats(desk: sqlite3.Connection, place_id: str) -> list[tuple[int, str, str]]:
    return [(one.number, one.what, one.made_by) for one in history.of(desk, place_id)]


def test_a_change_is_published(press: Press, desk: sqlite3.Connection) -> None:
    """Catalogue, history and proposal agree; the file stays canonical; the other places stay."""
    seen, others = the(press), geojson.read(press.catalogue).places
    sent = a_change(desk, seen, {"name": " Nowa  nazwa ", "rules.free": "yes"})
    made = publishing.accept(press, sent.id, ADMIN, reason="Dziękujemy")

    assert made.record == the(press)
    assert (made.record.name, made.record.rules.free) == ("Nowa nazwa", "yes")
    assert made.record.changed == "2026-03-11"
    assert whats(desk, seen.id) == [(2, "changed", "public"), (1, "found", "catalogue")]
    assert history.of(desk, seen.id)[0] == made
    assert history.of(desk, seen.id)[1].record == seen
    kept = submissions.find(desk, sent.id)
    assert (kept.state, kept.revision, kept.decided_by, kept.reason) == (
        "accepted", 2, ADMIN, "Dziękujemy",
    )  # fmt: skip
    assert inspection.check(press.catalogue) == (5, [])
    assert [one for one in geojson.read(press.catalogue).places if one.id != seen.id] == [
        one for one in others if one.id != seen.id
    ]


def test_a_code_that_is_not_whole_is_not_published(press: Press, desk: sqlite3.Connection) -> None:
    """Who proposes may leave the gmina's code open; who accepts completes it."""
    sent = an_addition(desk, **{"address.teryt": "126100"})
    with pytest.raises(Invalid) as refused:
        publishing.accept(press, sent.id, ADMIN)
    assert [(one.field, one.code) for one in refused.value.faults] == [
        ("address.teryt", "gmina_unknown")
    ]
    made = publishing.accept(press, sent.id, ADMIN, {"address.teryt": "126101"})
    assert made.record.address.teryt == "126101"


def test_a_new_place_is_published(press: Press, desk: sqlite3.Connection) -> None:
    """It stands in the catalogue under the id made for it, with its day and a source."""
    sent = an_addition(desk)
    made = publishing.accept(press, sent.id, ADMIN)
    assert publishing.current(press, sent.place) == made.record
    assert made.record.added == "2026-03-11"
    assert made.record.sources == (Source(name="zgłoszenie przez formularz", date="2026-03-11"),)
    assert whats(desk, sent.place) == [(1, "added", "public")]
    assert inspection.check(press.catalogue) == (6, [])


def test_a_place_can_be_the_first_of_a_catalogue(press: Press, desk: sqlite3.Connection) -> None:
    """Where there is no file yet, there is one afterwards."""
    press.catalogue.unlink()
    publishing.accept(press, an_addition(desk).id, ADMIN)
    assert inspection.check(press.catalogue) == (1, [])


def test_who_sent_it_is_not_in_the_catalogue(press: Press, desk: sqlite3.Connection) -> None:
    """Neither in the file nor in the history, whatever was said beside the facts."""
    sent = a_change(
        desk, the(press), {"summary": "Szachy"}, note="Tel. 600 100 200", source="od Ali"
    )
    publishing.accept(press, sent.id, ADMIN, reason="Do Ali")
    told = press.catalogue.read_text() + "".join(
        row[0] for row in desk.execute("select record from revision")
    )
    for secret in (SENDER.email, SENDER.name, SENDER.about, "600 100 200", "od Ali", "Do Ali"):
        assert secret not in told


def test_what_the_owner_says_is_checked_by_the_owner(
    press: Press, desk: sqlite3.Connection
) -> None:
    """And by a moderator only where the moderator says so."""
    values = {"hours.open": "Mo 10:00-12:00", "rules.free": "yes"}
    sent = a_change(desk, the(press), values, OWNER)
    edits = {"checked.offer.on": "2026-03-11", "checked.offer.by": "moderator"}
    made = publishing.accept(press, sent.id, ADMIN, edits)
    assert made.made_by == "owner"
    assert made.record.checked.hours is not None and made.record.checked.hours.by == "owner"
    assert made.record.checked.offer is not None and made.record.checked.offer.by == "moderator"


def test_a_moderator_may_decide_otherwise(press: Press, desk: sqlite3.Connection) -> None:
    """Their values stand over the proposed ones; None takes a proposed fact out."""
    sent = a_change(desk, the(press), {"name": "Nowa", "summary": "Szachy"})
    made = publishing.accept(press, sent.id, ADMIN, {"name": "Lepsza", "summary": None})
    assert (made.record.name, made.record.summary) == ("Lepsza", None)
    assert submissions.find(desk, sent.id).changes == {"name": "Nowa", "summary": "Szachy"}


def test_a_bad_edit_changes_nothing(press: Press, desk: sqlite3.Connection) -> None:
    """All its faults are told, and file, history and proposal are as before."""
    sent = a_change(desk, the(press), {"name": "Nowa"})
    before = press.catalogue.read_bytes()
    with pytest.raises(Invalid) as refused:
        publishing.accept(press, sent.id, ADMIN, {"hours.open": "rano", "contact.email": "x"})
    assert {one.field for one in refused.value.faults} >= {"contact.email"}
    assert press.catalogue.read_bytes() == before
    assert submissions.find(desk, sent.id).state == "waiting"
    assert whats(desk, an_id(2)) == [(1, "found", "catalogue")]


def test_a_newer_value_is_shown_and_not_overwritten(press: Press, desk: sqlite3.Connection) -> None:
    """What was changed meanwhile in the same column is a conflict; in another it is not."""
    seen = the(press)
    first = a_change(desk, seen, {"name": "Pierwsza"})
    second = a_change(desk, seen, {"name": "Druga", "summary": "Szachy"})
    third = a_change(desk, seen, {"door": "od podwórza"})
    publishing.accept(press, first.id, ADMIN)
    before = press.catalogue.read_bytes()
    with pytest.raises(Conflict) as refused:
        publishing.accept(press, second.id, ADMIN)
    assert refused.value.code == "newer"
    assert refused.value.differences == (
        amendments.Difference("name", "Klub Numer 2", "Druga", "Pierwsza"),
    )
    assert press.catalogue.read_bytes() == before
    assert submissions.find(desk, second.id).state == "waiting"
    publishing.accept(press, third.id, ADMIN)
    made = publishing.accept(press, second.id, ADMIN, {"name": "Pierwsza i druga"})
    assert (made.record.name, made.record.summary, made.record.door) == (
        "Pierwsza i druga", "Szachy", "od podwórza",
    )  # fmt: skip


def test_the_same_said_twice_is_no_conflict(press: Press, desk: sqlite3.Connection) -> None:
    """Two people who propose one change are both right; the second makes no revision."""
    seen = the(press)
    sent = [a_change(desk, seen, {"name": "Nowa"}) for _ in range(2)]
    made = [publishing.accept(press, one.id, ADMIN) for one in sent]
    assert made[0] == made[1]
    assert submissions.find(desk, sent[1].id).revision is None
    assert publishing.undo(press, sent[1].id, ADMIN) is None
    assert the(press).name == "Nowa"


def test_what_was_changed_elsewhere_gets_its_own_revision(
    press: Press, desk: sqlite3.Connection
) -> None:
    """An import between two acceptances is told as the catalogue's, so that history is whole."""
    publishing.accept(press, a_change(desk, the(press), {"name": "Nowa"}).id, ADMIN)
    imported = the(press).model_copy(update={"door": "od podwórza"})
    with geojson.editing(press.catalogue):
        geojson.amend(press.catalogue, {imported.id: imported})
    publishing.accept(press, a_change(desk, imported, {"summary": "Szachy"}).id, ADMIN)
    assert whats(desk, imported.id) == [
        (4, "changed", "public"), (3, "found", "catalogue"), (2, "changed", "public"),
        (1, "found", "catalogue"),
    ]  # fmt: skip
    assert history.of(desk, imported.id)[1].record == imported


def test_a_problem_is_answered_with_or_without_a_change(
    press: Press, desk: sqlite3.Connection
) -> None:
    """What the moderator found out is published as theirs."""
    heard = [
        submissions.confirm(
            desk, submissions.problem(desk, the(press), "closed", "", SENDER, NOW).id, NOW
        )
        for _ in range(2)
    ]
    before = press.catalogue.read_bytes()
    assert publishing.accept(press, heard[0].id, ADMIN).what == "found"
    assert press.catalogue.read_bytes() == before
    made = publishing.accept(press, heard[1].id, ADMIN, {"status": "closed"})
    assert (made.made_by, made.record.status) == ("moderator", "closed")
    assert {submissions.find(desk, one.id).state for one in heard} == {"accepted"}


def test_only_what_waits_is_decided(press: Press, desk: sqlite3.Connection) -> None:
    """Not twice, not before it is confirmed, not what another has on the table."""
    draft = submissions.Draft({"name": "Nowa"})
    unconfirmed = submissions.change(desk, the(press), draft, SENDER, NOW)
    waiting = a_change(desk, the(press, 3), {"name": "Nowa"})
    with pytest.raises(Conflict, match="decided"):
        publishing.accept(press, unconfirmed.id, ADMIN)
    submissions.claim(desk, waiting.id, MODERATOR, NOW)
    with pytest.raises(Conflict, match="claimed"):
        publishing.accept(press, waiting.id, ADMIN)
    publishing.accept(press, waiting.id, MODERATOR)
    with pytest.raises(Conflict, match="decided"):
        publishing.accept(press, waiting.id, MODERATOR)
    with pytest.raises(NotFound):
        publishing.accept(press, "nobodys", ADMIN)


def test_a_place_that_left_the_catalogue_cannot_be_changed(
    press: Press, desk: sqlite3.Connection
) -> None:
    """The proposal stays as it is."""
    sent = a_change(desk, the(press), {"name": "Nowa"})
    geojson.amend(press.catalogue, {an_id(2): None})
    with pytest.raises(NotFound):
        publishing.accept(press, sent.id, ADMIN)
    assert submissions.find(desk, sent.id).state == "waiting"


def test_a_damaged_catalogue_is_left_alone(press: Press, desk: sqlite3.Connection) -> None:
    """Somebody must mend it first; nothing is made worse and the proposal waits."""
    sent = a_change(desk, the(press), {"name": "Nowa"})
    cut = press.catalogue.read_bytes()[:-30]
    press.catalogue.write_bytes(cut)
    with pytest.raises(Unavailable):
        publishing.accept(press, sent.id, ADMIN)
    assert press.catalogue.read_bytes() == cut
    assert submissions.find(desk, sent.id).state == "waiting"


def interrupted(press: Press, proposal_id: str, **more: Any) -> None:
    """Accepts it as a process does that dies between the replacement and the commit."""
    with pytest.raises(KeyboardInterrupt), store.writing(press.desk):
        publishing.accept(press, proposal_id, ADMIN, **more)
        raise KeyboardInterrupt


@pytest.mark.parametrize("again", [NOW, LATER])
@pytest.mark.parametrize("kind", ["change", "add"])
def test_an_interrupted_acceptance_is_made_again(
    press: Press, desk: sqlite3.Connection, kind: str, again: Any
) -> None:
    """The file was ahead of the desk: now one record, one revision, and the state before it."""
    seen = the(press)
    sent = an_addition(desk) if kind == "add" else a_change(desk, seen, {"name": "Nowa"})
    interrupted(press, sent.id)
    assert submissions.find(desk, sent.id).state == "waiting"
    assert publishing.current(press, sent.place).name in ("Nowa", "Dom Sąsiedzki Nowy")
    made = publishing.accept(replace(press, now=again), sent.id, ADMIN)
    assert publishing.current(press, sent.place) == made.record
    assert len([one for one in geojson.read(press.catalogue).places if one.id == sent.place]) == 1
    expected = [(2, "changed", "public"), (1, "found", "catalogue")]
    assert whats(desk, sent.place) == ([(1, "added", "public")] if kind == "add" else expected)
    publishing.undo(press, sent.id, ADMIN)
    assert inspection.check(press.catalogue) == (5, [])
    assert the(press) == seen


def test_an_interrupted_acceptance_may_be_decided_otherwise(
    press: Press, desk: sqlite3.Connection
) -> None:
    """The moderator sees what stands there, and says what shall."""
    sent = an_addition(desk)
    interrupted(press, sent.id, edits={"name": "Poprawiona"})
    with pytest.raises(Conflict, match="newer"):
        publishing.accept(press, sent.id, ADMIN)
    made = publishing.accept(press, sent.id, ADMIN, {"name": "Ostateczna"})
    assert publishing.current(press, sent.place) == made.record
    assert whats(desk, sent.place) == [(1, "added", "public")]


@settings(max_examples=30)
@given(sound_places(), sound_places())
def test_whatever_is_accepted_is_what_was_applied(
    tmp_path_factory: pytest.TempPathFactory, before: Place, after: Place
) -> None:
    """Each proposed column is in the file; undone, the record is what it was; made again, the same.

    And the history, followed from the first revision, ends at the catalogue.
    """
    folder = tmp_path_factory.mktemp("any")
    theirs = ("id", "added", "changed", "merged_into", "doubts", "sources")
    wanted = {
        one.field: one.after
        for one in amendments.differences(before, after.model_copy(update={"id": before.id}))
        if one.field not in theirs and not one.field.startswith("checked.")
    }
    with store.open_desk(folder) as desk:
        with_people(desk)
        press = Press(desk, a_catalogue(folder / "places.geojson", [before, a_place()]), NOW)
        seen = publishing.current(press, before.id)
        try:
            sent = a_change(desk, seen, wanted)
        except Invalid:  # A mixture of two good records is not always one.
            return
        made = publishing.accept(press, sent.id, ADMIN)
        held = amendments.flat(publishing.current(press, before.id))
        assert {name: held.get(name) for name in sent.changes} == sent.changes
        assert publishing.undo(press, sent.id, ADMIN).record == seen  # type: ignore[union-attr]
        assert publishing.current(press, before.id) == seen
        again = publishing.accept(press, sent.id, ADMIN)
        assert again.record == made.record == publishing.current(press, before.id)
        steps = history.of(desk, before.id)[::-1]
        assert [one.number for one in steps] == [1, 2, 3, 4]
        replayed = steps[0].record
        for step in steps[1:]:
            found = amendments.differences(replayed, step.record)
            replayed = amendments.applied(replayed, {one.field: one.after for one in found})
        assert replayed == publishing.current(press, before.id)
