"""The moderator's side of a proposal."""

import sqlite3
from datetime import timedelta

import pytest

from places import desk as store
from places import people, submissions
from places.errors import Conflict, Invalid, NotFound
from places.submissions import Sender
from tests.builders import NOW, a_place, an_id
from tests.desks import ADMIN, MODERATOR, SENDER, an_addition


def test_two_do_not_work_on_one(desk: sqlite3.Connection) -> None:
    """Who has taken it has it for half an hour; then, or when given back, another may."""
    sent = an_addition(desk)
    taken = submissions.claim(desk, sent.id, MODERATOR, NOW)
    assert taken.claimed_by == MODERATOR
    for act in (
        lambda: submissions.claim(desk, sent.id, ADMIN, NOW + timedelta(minutes=29)),
        lambda: submissions.ask(desk, sent.id, ADMIN, "Czy?", NOW),
        lambda: submissions.reject(desk, sent.id, ADMIN, "Nie", NOW),
    ):
        with pytest.raises(Conflict, match="claimed"):
            act()
    submissions.release(desk, sent.id, ADMIN)
    assert submissions.find(desk, sent.id).claimed_by == MODERATOR
    later = NOW + timedelta(minutes=31)
    assert submissions.claim(desk, sent.id, ADMIN, later).claimed_by == ADMIN
    submissions.release(desk, sent.id, ADMIN)
    assert submissions.claim(desk, sent.id, MODERATOR, later).claimed_by == MODERATOR


def test_who_holds_it_may_go_on_holding_it(desk: sqlite3.Connection) -> None:
    """Opened again, it is theirs for another half an hour."""
    sent = an_addition(desk)
    first = submissions.claim(desk, sent.id, ADMIN, NOW)
    again = submissions.claim(desk, sent.id, ADMIN, NOW + timedelta(minutes=10))
    assert first.claimed_until and again.claimed_until
    assert again.claimed_until - first.claimed_until == timedelta(minutes=10)


def test_no_without_a_reason_is_refused(desk: sqlite3.Connection) -> None:
    """The sender is told why."""
    sent = an_addition(desk)
    with pytest.raises(Invalid):
        submissions.reject(desk, sent.id, ADMIN, " ", NOW)
    done = submissions.reject(desk, sent.id, ADMIN, "Już jest", NOW)
    assert (done.state, done.reason, done.decided_by, done.decided) == (
        "rejected", "Już jest", ADMIN, NOW,
    )  # fmt: skip
    for act in (
        lambda: submissions.reject(desk, sent.id, ADMIN, "Nie", NOW),
        lambda: submissions.ask(desk, sent.id, ADMIN, "Czy?", NOW),
        lambda: submissions.claim(desk, sent.id, ADMIN, NOW),
    ):
        with pytest.raises(Conflict, match="decided"):
            act()
    with pytest.raises(NotFound):
        submissions.reject(desk, "nobodys", ADMIN, "Nie", NOW)


def test_spam_is_thrown_away_in_bulk(desk: sqlite3.Connection) -> None:
    """Unconfirmed too, not what is decided; the senders are refused from now on when so wished."""
    bad = Sender("spam@example.org", origin="0123")
    thrown = [an_addition(desk, bad), submissions.problem(desk, a_place(), "hours", "", bad, NOW)]
    decided = an_addition(desk)
    submissions.reject(desk, decided.id, ADMIN, "Nie", NOW)
    ids = [one.id for one in (*thrown, decided)] + ["nobodys"]
    assert submissions.spam(desk, ids, ADMIN, NOW, block=True) == 2
    assert {submissions.find(desk, one.id).state for one in thrown} == {"spam"}
    assert submissions.find(desk, decided.id).state == "rejected"
    assert people.is_blocked(desk, "spam@example.org", "")
    assert people.is_blocked(desk, "inny@example.org", "0123")
    assert not people.is_blocked(desk, SENDER.email, "")
    assert submissions.spam(desk, ids, ADMIN, NOW) == 0


def test_spam_leaves_alone_what_another_has_in_hand(desk: sqlite3.Connection) -> None:
    """A handful of ticks takes nothing from whoever is reading it; their own goes."""
    held, own = an_addition(desk), an_addition(desk)
    submissions.claim(desk, held.id, MODERATOR, NOW)
    submissions.claim(desk, own.id, ADMIN, NOW)
    assert submissions.spam(desk, [held.id, own.id], ADMIN, NOW) == 1
    assert submissions.find(desk, held.id).state == "waiting"
    assert submissions.spam(desk, [held.id], ADMIN, NOW + timedelta(minutes=31)) == 1


def test_spam_taken_back_lets_its_sender_write_again(desk: sqlite3.Connection) -> None:
    """What was refused together with it is refused no more; other refusals stay."""
    bad = Sender("zly@example.org", origin="0123")
    people.block(desk, "email", "inny@example.org", ADMIN, NOW)
    sent = an_addition(desk, bad)
    later = NOW + timedelta(minutes=1)
    submissions.spam(desk, [sent.id], ADMIN, later, block=True)
    with store.writing(desk):
        submissions.reopened(desk, sent.id, ADMIN, later)
    assert not people.is_blocked(desk, bad.email, bad.origin)
    assert people.is_blocked(desk, "inny@example.org", "")


def test_every_decision_is_put_down(desk: sqlite3.Connection) -> None:
    """With who made it, in order."""
    first, second = an_addition(desk), an_addition(desk)
    submissions.ask(desk, first.id, ADMIN, "Czy?", NOW)
    submissions.withdraw(desk, first.id, NOW)
    submissions.reject(desk, second.id, MODERATOR, "Nie", NOW)
    acts = desk.execute("select what, person, proposal, detail from act order by id").fetchall()
    assert [tuple(one) for one in acts] == [
        ("asked", ADMIN, first.id, ""), ("withdrawn", None, first.id, ""),
        ("rejected", MODERATOR, second.id, ""),
    ]  # fmt: skip
    assert an_id(1) not in {row[0] for row in desk.execute("select place from act")}
