"""Letters: written once, in the step they tell of, and never more than one letter."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from places import letters, tokens
from places.desk import writing
from places.errors import Invalid, NotFound
from places.letters import Letter
from tests.builders import NOW

LETTER = Letter("proposal:k3v7m2qa:confirm", "Anna@example.org", "Potwierdź", "Dzień dobry,\n")


def test_a_letter_is_written_once(desk: sqlite3.Connection) -> None:
    """A second with the same key is none, whatever it says and to whom."""
    assert letters.post(desk, LETTER, NOW)
    assert not letters.post(desk, replace(LETTER, text="Inny", recipient="jan@example.org"), NOW)
    assert letters.post(desk, replace(LETTER, key="other"), NOW)
    total, [_, first] = letters.outbox(desk)
    assert total == 2
    assert first.letter == replace(LETTER, recipient="anna@example.org")
    assert (first.made, first.sent, first.tries) == (NOW, None, 0)


def test_without_the_state_there_is_no_letter(desk: sqlite3.Connection) -> None:
    """Both are written in one step, or neither."""
    with pytest.raises(ZeroDivisionError), writing(desk):
        letters.post(desk, LETTER, NOW)
        tokens.make(desk, "proposal", "k3v7m2qa", NOW)
        1 / 0  # noqa: B018
    assert letters.outbox(desk) == (0, ())
    assert desk.execute("select count(*) from token").fetchone()[0] == 0


def test_a_step_within_a_step_can_fail_alone(desk: sqlite3.Connection) -> None:
    """What the inner one wrote is undone, the outer one goes on."""
    with writing(desk):
        letters.post(desk, LETTER, NOW)
        with pytest.raises(ZeroDivisionError), writing(desk):
            letters.post(desk, replace(LETTER, key="inner"), NOW)
            1 / 0  # noqa: B018
        letters.post(desk, replace(LETTER, key="last"), NOW)
    assert [one.letter.key for one in letters.outbox(desk)[1]] == ["last", LETTER.key]


@pytest.mark.parametrize("bad", ["", "anna", "a@example.org, b@example.org", "a@b.pl\nBcc: c@d.pl"])
def test_a_letter_goes_to_one_mailbox(desk: sqlite3.Connection, bad: str) -> None:
    """Neither to none nor to two."""
    with pytest.raises(Invalid):
        letters.post(desk, replace(LETTER, recipient=bad), NOW)


def test_what_cannot_be_printed_is_left_out(desk: sqlite3.Connection) -> None:
    """A subject is one line; a text keeps its lines and nothing that acts on a terminal."""
    odd = replace(
        LETTER, subject="Raz\r\nBcc: x@y.pl\x00\u2028dwa " + "ż" * 500, text="a\r\nb\x1bc"
    )
    letters.post(desk, odd, NOW)
    kept = letters.outbox(desk)[1][0].letter
    assert kept.subject.startswith("Raz Bcc: x@y.pl dwa żżż")
    assert len(kept.subject) == 200
    assert kept.text == "a\nb c"


def test_an_administrator_sees_all_and_a_moderator_theirs(desk: sqlite3.Connection) -> None:
    """Letters about proposals of their area; those that sign somebody in are in nobody's area."""
    for number, teryt in enumerate(("126101", "021104")):
        desk.execute(
            "insert into proposal (id, kind, state, sent_by, place, name, city, teryt, networks,"
            " sent) values (?, 'add', 'waiting', 'public', '', '', '', ?, '[\"MAM\"]', '')",
            [f"proposal{number}", teryt],
        )
        letters.post(desk, replace(LETTER, key=str(number), about=f"proposal{number}"), NOW)
    letters.post(desk, replace(LETTER, key="sign-in:x"), NOW)

    def is_krakow(teryt: str, networks: object) -> bool:
        assert networks == ["MAM"]
        return teryt.startswith("1261")

    assert letters.outbox(desk)[0] == 3
    total, [theirs] = letters.outbox(desk, is_krakow)
    assert (total, theirs.letter.about) == (1, "proposal0")
    readable = [
        one.letter.key
        for one in letters.outbox(desk)[1]
        if letters.is_readable(desk, one, is_krakow)
    ]
    assert readable == ["0"]


def test_the_outbox_has_pages(desk: sqlite3.Connection) -> None:
    """Newest first, each letter on one page."""
    for number in range(letters.PER_PAGE + 3):
        letters.post(desk, replace(LETTER, key=str(number)), NOW + timedelta(seconds=number))
    total, first = letters.outbox(desk)
    _, second = letters.outbox(desk, page=2)
    assert total == len(first) + len(second)
    keys = [int(one.letter.key) for one in (*first, *second)]
    assert keys == sorted(range(total), reverse=True)
    assert letters.outbox(desk, page=3) == (total, ())


def test_a_letter_that_is_none(desk: sqlite3.Connection) -> None:
    """A number nobody has is not found."""
    with pytest.raises(NotFound):
        letters.find(desk, 7)


def test_the_words_of_links_can_be_masked(desk: sqlite3.Connection) -> None:
    """Whatever the purpose: who reads the masked text has no right by it."""
    word = tokens.make(desk, "sign-in", "1", NOW)
    text = f"Oto link: https://miejsca.example/moderacja/wejscie/{word}?next=/moderacja/\nKoniec."
    assert word not in letters.masked(text)
    assert letters.masked(text).endswith("/…?next=/moderacja/\nKoniec.")
    assert letters.masked("https://miejsca.example/miejsca/klub-pod-lipa-krakow-k3v7m2qa") == (
        "https://miejsca.example/miejsca/klub-pod-lipa-krakow-k3v7m2qa"
    )
    assert word not in letters.shown(Letter("sign-in:x", "a@b.pl", "", text))
    assert word in letters.shown(Letter("proposal:x", "a@b.pl", "", text))
