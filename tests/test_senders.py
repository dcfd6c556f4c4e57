"""How much one person has sent in a day."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

from places import senders, submissions
from places.submissions import Sender
from tests.builders import NOW
from tests.conftest import a_few_places

ALA = Sender("ala@example.org", origin="abc")


def sends(desk: sqlite3.Connection, sender: Sender, count: int) -> None:
    """So many problems from one sender."""
    for _number in range(count):
        submissions.problem(desk, a_few_places()[0], "closed", "", sender, NOW)


def test_a_mailbox_and_an_address_have_their_limits(desk: sqlite3.Connection) -> None:
    """Each by itself; a day later one may send again; an unknown address is nobody's."""
    sends(desk, ALA, senders.MOST_BY_EMAIL - 1)
    assert not senders.sends_too_often(desk, ALA.email, "abc", NOW)
    sends(desk, ALA, 1)
    assert senders.sends_too_often(desk, ALA.email, "", NOW)
    assert not senders.sends_too_often(desk, "jan@example.org", "abc", NOW)
    for number in range(senders.MOST_BY_ORIGIN - senders.MOST_BY_EMAIL):
        sends(desk, replace(ALA, email=f"ala{number}@example.org"), 1)
    assert senders.sends_too_often(desk, "jan@example.org", "abc", NOW)
    assert not senders.sends_too_often(desk, "jan@example.org", "inny", NOW)
    assert not senders.sends_too_often(desk, "jan@example.org", "", NOW)
    assert not senders.sends_too_often(desk, ALA.email, "abc", NOW + timedelta(hours=25))
