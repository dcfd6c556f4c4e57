"""Links that stand for a right: replayed, tampered with, expired, opened by programs."""

import sqlite3
from datetime import timedelta

import pytest

from places import tokens
from places.errors import Expired, NotFound
from tests.builders import NOW

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PURPOSES = ("proposal", "sign-in", "owner", "upkeep")


def test_a_link_stands_for_its_subject(desk: sqlite3.Connection) -> None:
    """Whoever has the word has the right, and no two words are alike."""
    words = {tokens.make(desk, "proposal", "k3v7m2qa", NOW) for _ in range(20)}
    assert len(words) == 20
    for word in words:
        assert tokens.look(desk, "proposal", word, NOW).subject == "k3v7m2qa"
        assert len(word) == 32  # 192 bits


def test_the_word_is_not_in_the_file(desk: sqlite3.Connection) -> None:
    """Only its digest is kept: a copy of the desk opens nothing."""
    word = tokens.make(desk, "owner", "7", NOW)
    rows = [tuple(row) for row in desk.execute("select * from token")]
    assert word not in repr(rows)
    assert word[:12] not in repr(rows)


def test_looking_changes_nothing(desk: sqlite3.Connection) -> None:
    """A mail program may open a link as often as it likes; the first time is noted."""
    word = tokens.make(desk, "upkeep", "3", NOW)
    assert tokens.look(desk, "upkeep", word, NOW).opened is None
    for minutes in (1, 2, 3):
        found = tokens.look(desk, "upkeep", word, NOW + minutes * MINUTE)
        assert found.opened == NOW
        assert found.used is None
    assert tokens.use(desk, "upkeep", word, NOW + DAY).used is None


def test_a_link_works_twice_within_the_grace(desk: sqlite3.Connection) -> None:
    """A second click gets the same answer, a replay a day later none."""
    word = tokens.make(desk, "upkeep", "3", NOW)
    assert tokens.use(desk, "upkeep", word, NOW).subject == "3"
    again = tokens.use(desk, "upkeep", word, NOW + tokens.GRACE)
    assert (again.subject, again.used) == ("3", NOW)
    with pytest.raises(Expired):
        tokens.use(desk, "upkeep", word, NOW + tokens.GRACE + MINUTE)


@pytest.mark.parametrize("purpose", ["proposal", "owner"])
def test_a_lasting_link_is_not_worn_out(desk: sqlite3.Connection, purpose: str) -> None:
    """One confirms today and withdraws next week, by the same link."""
    word = tokens.make(desk, purpose, "k3v7m2qa", NOW)
    for days in (0, 3, 30):
        assert tokens.use(desk, purpose, word, NOW + days * DAY).subject == "k3v7m2qa"


@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [("sign-in", 30 * MINUTE), ("proposal", 60 * DAY), ("upkeep", 60 * DAY)],
)
def test_a_link_ends(desk: sqlite3.Connection, purpose: str, lasts: timedelta) -> None:
    """To the minute, and then it says that it was good once."""
    word = tokens.make(desk, purpose, "1", NOW)
    assert tokens.look(desk, purpose, word, NOW + lasts - MINUTE)
    for ask in (tokens.look, tokens.use):
        with pytest.raises(Expired):
            ask(desk, purpose, word, NOW + lasts)


def test_an_owners_link_ends_when_it_is_ended(desk: sqlite3.Connection) -> None:
    """Not by itself in ten years; all of them at once when somebody ends them."""
    words = [tokens.make(desk, "owner", "7", NOW) for _ in range(2)]
    other = tokens.make(desk, "owner", "8", NOW)
    assert tokens.look(desk, "owner", words[0], NOW + 3650 * DAY)
    tokens.end(desk, "owner", "7", NOW)
    for word in words:
        with pytest.raises(Expired):
            tokens.use(desk, "owner", word, NOW)
    assert tokens.look(desk, "owner", other, NOW).subject == "8"


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_is_good_for_its_purpose_alone(desk: sqlite3.Connection, purpose: str) -> None:
    """The link of a proposal signs nobody in, and no other mix-up does anything."""
    word = tokens.make(desk, purpose, "1", NOW)
    for other in PURPOSES:
        if other != purpose:
            with pytest.raises(NotFound):
                tokens.look(desk, other, word, NOW)
            with pytest.raises(NotFound):
                tokens.use(desk, other, word, NOW)


def test_no_other_word_opens_anything(desk: sqlite3.Connection) -> None:
    """Neither a guess, nor the digest read from the file, nor a good word with one letter off."""
    good = tokens.make(desk, "proposal", "1", NOW)
    digest = desk.execute("select hash from token").fetchone()[0]
    changed = [good[:n] + ("A" if good[n] != "A" else "B") + good[n + 1 :] for n in range(32)]
    odd = ["", "%", "' or 1=1 --", "\x00", "\ud800", "ż" * 32, good[:-1], good + "A", good * 9]
    for tried in (digest, good.swapcase(), good + "\x00", " " + good, *odd, *changed):
        with pytest.raises(NotFound):
            tokens.look(desk, "proposal", tried, NOW)
        with pytest.raises(NotFound):
            tokens.use(desk, "proposal", tried, NOW)
    assert tokens.use(desk, "proposal", good, NOW).used is None


def test_old_links_are_swept_away(desk: sqlite3.Connection) -> None:
    """Long after its end a link is forgotten; the file does not grow for ever."""
    old = tokens.make(desk, "sign-in", "1", NOW)
    tokens.make(desk, "sign-in", "1", NOW + 100 * DAY)
    assert desk.execute("select count(*) from token").fetchone()[0] == 1
    with pytest.raises(NotFound):
        tokens.look(desk, "sign-in", old, NOW + 100 * DAY)


def test_recent_links_are_counted(desk: sqlite3.Connection) -> None:
    """So that nobody's mailbox is flooded."""
    for minutes in (0, 10, 50):
        tokens.make(desk, "sign-in", "1", NOW + minutes * MINUTE)
    tokens.make(desk, "sign-in", "2", NOW)
    assert tokens.made_since(desk, "sign-in", "1", NOW + 10 * MINUTE) == 2
