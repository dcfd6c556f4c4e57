"""The sender's side of a proposal."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from places import amendments, history, submissions
from places.errors import Conflict, Invalid, NotFound
from places.submissions import Draft, Sender
from tests.builders import NOW, a_place, an_id
from tests.desks import ADMIN, NEW, SENDER

SEEN = a_place(networks=["MAL"], summary="Szachy", hours={"open": "Mo 10:00-12:00"})
LATER = NOW + timedelta(minutes=5)


def faults(error: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in error.value.faults]


def a_proposal(desk: sqlite3.Connection, **values: Any) -> submissions.Proposal:
    return submissions.change(desk, SEEN, Draft(values or {"name": "Nowa"}), SENDER, NOW)


def test_a_new_place_gets_an_id_that_nobody_has(desk: sqlite3.Connection) -> None:
    """It is kept as it was said, cleaned; nothing is added to it."""
    sent = submissions.add(
        desk, Draft({**NEW, "name": " Dom   Nowy "}, " Dzień dobry "), SENDER, NOW
    )
    assert (sent.kind, sent.state, sent.sent_by) == ("add", "unconfirmed", "public")
    assert sent.changes == {**NEW, "name": "Dom Nowy"}
    assert (sent.name, sent.city, sent.teryt) == ("Dom Nowy", "Kraków", "126101")
    assert (sent.base, sent.note, sent.sent) == ({}, "Dzień dobry", NOW)
    other = submissions.add(desk, Draft(NEW), SENDER, NOW)
    assert len({sent.place, other.place, sent.id, other.id}) == 4
    assert submissions.find(desk, sent.id) == sent


def test_a_change_keeps_what_differs_and_what_was(desk: sqlite3.Connection) -> None:
    """What was sent along and is so already is no change; what the place was is put down."""
    sent = a_proposal(
        desk, name="Nowa", summary=" Szachy ", networks=["MAL", "CAL"], **{"hours.open": None}
    )
    assert sent.changes == {"name": "Nowa", "networks": ["MAL", "CAL"], "hours.open": None}
    assert sent.base == {
        "name": "Klub Pod Lipą", "networks": ["MAL"], "hours.open": "Mo 10:00-12:00",
    }  # fmt: skip
    assert (sent.place, sent.name, sent.networks) == (SEEN.id, "Klub Pod Lipą", ("MAL",))
    [begun] = history.of(desk, SEEN.id)
    assert (begun.what, begun.record) == ("found", SEEN)
    a_proposal(desk)
    assert len(history.of(desk, SEEN.id)) == 1


def test_nothing_changed_is_said(desk: sqlite3.Connection) -> None:
    """A form sent back as it was is no proposal."""
    with pytest.raises(Invalid) as refused:
        a_proposal(desk, name="Klub  Pod Lipą", summary="Szachy")
    assert faults(refused) == [("", "nothing_changed")]


def test_all_faults_are_told_at_once(desk: sqlite3.Connection) -> None:
    """Of the place, the note and the mailbox; nothing is kept."""
    draft = Draft({**NEW, "type": "kino", "hours.open": "rano"}, "x" * 5000, "y" * 600)
    with pytest.raises(Invalid) as refused:
        submissions.add(desk, draft, Sender("ala", name="z" * 600), NOW)
    assert faults(refused) == [
        ("type", "not_in_list"), ("hours.open", "hours_syntax"), ("note", "too_long"),
        ("source", "too_long"),
        ("sender", "too_long"), ("email", "not_an_email"),
    ]  # fmt: skip
    assert desk.execute("select count(*) from proposal").fetchone()[0] == 0


@pytest.mark.parametrize(
    "name", ["id", "added", "changed", "merged_into", "doubts", "checked.hours.on", "nme"]
)
def test_nobody_proposes_what_the_desk_keeps(desk: sqlite3.Connection, name: str) -> None:
    """Dates, checks and where a record leads are not a sender's to say."""
    with pytest.raises(Invalid) as refused:
        a_proposal(desk, **{"name": "Nowa", name: "2026-01-01"})
    assert (name, "unknown_field") in faults(refused)


def test_a_problem_is_one_of_a_few(desk: sqlite3.Connection) -> None:
    """ "Other" needs a word of explanation."""
    sent = submissions.problem(desk, SEEN, "hours", "", SENDER, NOW)
    assert (sent.kind, sent.problem, sent.changes) == ("problem", "hours", {})
    for kind, note, fault in (
        ("other", " ", ("note", "missing")),
        ("spalone", "", ("problem", "not_in_list")),
    ):
        with pytest.raises(Invalid) as refused:
            submissions.problem(desk, SEEN, kind, note, SENDER, NOW)
        assert faults(refused) == [fault]


def test_confirming_twice_is_confirming(desk: sqlite3.Connection) -> None:
    """The first time counts; a decided proposal stays decided."""
    sent = a_proposal(desk)
    first = submissions.confirm(desk, sent.id, LATER)
    assert (first.state, first.confirmed) == ("waiting", LATER)
    assert submissions.confirm(desk, sent.id, LATER + timedelta(days=1)) == first
    submissions.reject(desk, sent.id, ADMIN, "Nie", LATER)
    assert submissions.confirm(desk, sent.id, LATER).state == "rejected"
    with pytest.raises(NotFound):
        submissions.confirm(desk, "nobodys", NOW)


@pytest.mark.parametrize("sent_by", ["owner", "list"])
def test_who_came_by_a_link_need_not_confirm(desk: sqlite3.Connection, sent_by: Any) -> None:
    """The link is the proof."""
    sent = submissions.change(desk, SEEN, Draft({"name": "Nowa"}), SENDER, NOW, sent_by)
    assert (sent.state, sent.confirmed, sent.sent_by) == ("waiting", NOW, sent_by)


def test_a_sender_may_take_it_back_until_it_is_decided(desk: sqlite3.Connection) -> None:
    """Twice is as good as once; afterwards it is too late."""
    sent = a_proposal(desk)
    taken = submissions.withdraw(desk, sent.id, NOW)
    assert taken.state == "withdrawn"
    assert submissions.withdraw(desk, sent.id, LATER) == taken
    late = submissions.confirm(desk, a_proposal(desk).id, NOW)
    submissions.reject(desk, late.id, ADMIN, "Nie", NOW)
    with pytest.raises(Conflict, match="decided"):
        submissions.withdraw(desk, late.id, NOW)


def test_a_question_is_answered_once(desk: sqlite3.Connection) -> None:
    """Then it waits again; the same answer sent twice is one, an answer to nothing is refused."""
    sent = submissions.confirm(desk, a_proposal(desk).id, NOW)
    submissions.ask(desk, sent.id, ADMIN, "Od kiedy?", NOW)
    assert submissions.find(desk, sent.id).state == "asked"
    for _ in range(2):
        assert submissions.answer(desk, sent.id, " Od maja. ", LATER).state == "waiting"
    assert [(one.said_by, one.text) for one in submissions.remarks(desk, sent.id)] == [
        ("moderator", "Od kiedy?"), ("sender", "Od maja."),
    ]  # fmt: skip
    with pytest.raises(Conflict):
        submissions.answer(desk, sent.id, "I jeszcze coś", LATER)
    submissions.ask(desk, sent.id, ADMIN, "Na pewno?", NOW)
    for text, code in (("", "missing"), ("x" * 5000, "too_long")):
        with pytest.raises(Invalid) as refused:
            submissions.answer(desk, sent.id, text, LATER)
        assert faults(refused) == [("text", code)]


def test_the_sender_is_kept_apart(desk: sqlite3.Connection) -> None:
    """In a table of their own, from which they can be forgotten while the proposal stays."""
    sent = submissions.add(desk, Draft(NEW), replace(SENDER, email="Ala@Example.ORG"), NOW)
    assert submissions.sender(desk, sent.id) == SENDER
    assert SENDER.email not in str(sent)
    desk.execute("delete from sender")
    assert submissions.sender(desk, sent.id) is None
    assert submissions.find(desk, sent.id) == sent


def test_a_proposal_says_what_it_would_make(desk: sqlite3.Connection) -> None:
    """Its changes, applied to the place as seen, give the place as meant."""
    sent = a_proposal(desk, lat=50.1, lon=20.1, rooms=[{"name": "sala", "people": 30}])
    made = amendments.applied(SEEN, sent.changes)
    assert (made.point, made.rooms[0].people) == ((50.1, 20.1), 30)
    assert submissions.about(desk, SEEN.id) == ()
    waiting = submissions.confirm(desk, sent.id, NOW)
    assert submissions.about(desk, SEEN.id) == (waiting,)
    assert submissions.about(desk, an_id(1)) == ()
