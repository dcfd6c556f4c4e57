"""Owners: one mailbox at one place, with a link that can be taken away."""

import sqlite3
from datetime import timedelta

import pytest

from places import owners, tokens
from places.errors import Expired, Invalid, NotFound
from tests.builders import NOW

PLACE = "k3v7m2qa"


def test_somebody_looks_after_a_place(desk: sqlite3.Connection) -> None:
    """Added twice, in another spelling, it is one owner."""
    one = owners.add(desk, PLACE, "Anna@Example.org", "  Anna  Lis ", NOW)
    assert owners.add(desk, PLACE, "anna@example.org ", "", NOW) == one
    assert (one.email, one.name, one.trusted) == ("anna@example.org", "Anna Lis", False)
    assert owners.of(desk, PLACE) == (one,)
    assert owners.of(desk, "other000") == ()
    assert owners.find(desk, one.id) == owners.find(desk, str(one.id)) == one


def test_a_mailbox_is_needed(desk: sqlite3.Connection) -> None:
    """Nobody can be asked who has none."""
    with pytest.raises(Invalid):
        owners.add(desk, PLACE, "anna", "", NOW)


def test_trust_is_given_and_taken(desk: sqlite3.Connection) -> None:
    """It says whether hours and offer are published at once."""
    one = owners.add(desk, PLACE, "anna@example.org", "", NOW)
    owners.trust(desk, one.id, True)
    assert owners.find(desk, one.id).trusted
    owners.trust(desk, one.id, False)
    assert not owners.find(desk, one.id).trusted


def test_a_new_link_takes_the_place_of_the_old(desk: sqlite3.Connection) -> None:
    """One link at a time, so that a lost one can be made worthless."""
    one = owners.add(desk, PLACE, "anna@example.org", "", NOW)
    first, second = (owners.link(desk, one.id, NOW) for _ in range(2))
    assert tokens.look(desk, "owner", second, NOW).subject == str(one.id)
    with pytest.raises(Expired):
        tokens.look(desk, "owner", first, NOW)


def test_whoever_stops_loses_the_link(desk: sqlite3.Connection) -> None:
    """The owner stays known to the history and can become one anew."""
    one = owners.add(desk, PLACE, "anna@example.org", "", NOW)
    word = owners.link(desk, one.id, NOW)
    owners.end(desk, one.id, NOW + timedelta(days=1))
    assert owners.of(desk, PLACE) == ()
    assert owners.find(desk, one.id).ended == NOW + timedelta(days=1)
    with pytest.raises(Expired):
        tokens.use(desk, "owner", word, NOW)
    with pytest.raises(NotFound):
        owners.link(desk, one.id, NOW)
    assert owners.add(desk, PLACE, "anna@example.org", "", NOW).id != one.id


def test_a_mailbox_that_bounces_is_noted_everywhere(desk: sqlite3.Connection) -> None:
    """At each place of theirs, from the first time on."""
    here = owners.add(desk, PLACE, "anna@example.org", "", NOW)
    there = owners.add(desk, "other000", "anna@example.org", "", NOW)
    other = owners.add(desk, PLACE, "jan@example.org", "", NOW)
    owners.bounce(desk, "anna@example.org", NOW)
    owners.bounce(desk, "anna@example.org", NOW + timedelta(days=1))
    assert owners.find(desk, here.id).bounced == owners.find(desk, there.id).bounced == NOW
    assert owners.find(desk, other.id).bounced is None


def test_nobody_is_not_found(desk: sqlite3.Connection) -> None:
    """A number nobody has, and a word that is no number."""
    for number in (0, 99, "x", ""):
        with pytest.raises(NotFound):
            owners.find(desk, number)
