"""A proposal behind the word in its sender's letter: looking changes nothing, buttons do, twice."""

import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from places import submissions, tokens
from tests.builders import NOW
from tests.desks import ADMIN, with_people
from tests.web.forms_of import GOOD, PERSON, Clock, Writer, all_in

SECRETS = (PERSON, "Tajna Ala")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ala(catalogue: Path, instance: Path, clock: Clock) -> Writer:
    """Ala, who has just sent a new place and holds the link to it."""
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": "", "NOW": clock}
    site: Flask = create_app(given)
    writer = Writer(site, clock, instance)
    writer.opens("/dodaj")
    writer.sends({**GOOD, "sender": "Tajna Ala", "note": "Klucz jest u sąsiadki."})
    return writer


def only(desk: sqlite3.Connection) -> submissions.Proposal:
    """The one proposal there is."""
    [row] = desk.execute("select id from proposal").fetchall()
    return submissions.find(desk, row[0])


def press(ala: Writer, verb: str, **more: str) -> int:
    """Presses a button of the page behind the link."""
    return ala.client.post(ala.link(), data={"verb": verb, **more}).status_code


def test_looking_changes_nothing(ala: Writer, desk: sqlite3.Connection) -> None:
    """However often a mail program opens the link, the proposal waits for its sender."""
    for _time in range(3):
        assert ala.client.get(ala.link()).status_code == 200
        assert ala.client.head(ala.link()).status_code == 200
    assert only(desk).state == "unconfirmed"


def test_everything_typed_is_shown_and_nobody_named(ala: Writer) -> None:
    """The page shows what was proposed; the person's own name and mailbox are not on it."""
    page = ala.opens(ala.link()).text
    assert all_in(page, [GOOD["name"], "świetlica wiejska", "Rudna", "Klucz jest u\u00a0sąsiadki."])
    assert not any(secret in page for secret in SECRETS)


def test_it_is_confirmed_twice_and_once(ala: Writer, desk: sqlite3.Connection) -> None:
    """The button may be pressed twice; the second time says the same."""
    assert [press(ala, "confirm"), press(ala, "confirm")] == [303, 303]
    found = only(desk)
    assert found.state == "waiting"
    assert found.confirmed is not None
    assert "Czeka na moderatora" in ala.opens(ala.link()).text


def test_the_page_belongs_to_no_cache(ala: Writer) -> None:
    """It is kept nowhere, tells no other site where one came from, and is in no index."""
    answer = ala.client.get(ala.link())
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert "noindex" in answer.text


def test_half_a_link_is_told_as_such(ala: Writer) -> None:
    """Mail programs cut long links: the page says to open it from the letter again."""
    answer = ala.client.get(ala.link()[:-4])
    assert answer.status_code == 404
    assert "Ten link jest niepełny" in answer.text


def test_a_wrong_or_old_word_opens_nothing(ala: Writer, clock: Clock) -> None:
    """A word that was changed is unknown; after sixty days the link has ended."""
    link = ala.link()
    assert ala.client.get(link[:-2] + "xx").status_code == 404
    assert ala.client.post(link[:-2] + "xx", data={"verb": "confirm"}).status_code == 404
    clock.passes(days=61)
    assert ala.client.get(link).status_code == 410
    assert ala.client.post(link, data={"verb": "confirm"}).status_code == 410


def test_another_right_opens_nothing(ala: Writer, desk: sqlite3.Connection) -> None:
    """A word for something else is no word for a proposal."""
    word = tokens.make(desk, "upkeep", only(desk).id, NOW)
    assert ala.client.get(f"/zgloszenie/{word}").status_code == 404


def test_it_is_taken_back(ala: Writer, desk: sqlite3.Connection) -> None:
    """At any moment before the decision, and then nothing can be done to it."""
    press(ala, "confirm")
    assert [press(ala, "withdraw"), press(ala, "withdraw")] == [303, 303]
    assert only(desk).state == "withdrawn"
    press(ala, "confirm")
    assert only(desk).state == "withdrawn"
    assert "Wycofane" in ala.opens(ala.link()).text


def test_a_question_is_answered(ala: Writer, desk: sqlite3.Connection, clock: Clock) -> None:
    """The moderator asks, the sender answers on the same page, and it waits again."""
    press(ala, "confirm")
    with_people(desk)
    submissions.claim(desk, only(desk).id, ADMIN, clock.now)
    submissions.ask(desk, only(desk).id, ADMIN, "Czy <b>drzwi</b> są od ulicy?", clock.now)
    page = ala.opens(ala.link()).text
    assert "&lt;b&gt;drzwi" in page
    assert press(ala, "answer", answer="  ") == 400
    assert press(ala, "answer", answer="Od podwórka.") == 303
    assert only(desk).state == "waiting"
    assert "Od podwórka." in ala.opens(ala.link()).text


def test_the_decision_stands_there_with_its_reason(
    ala: Writer, desk: sqlite3.Connection, clock: Clock
) -> None:
    """A refusal and its reason; no button is left that could do anything."""
    press(ala, "confirm")
    with_people(desk)
    submissions.claim(desk, only(desk).id, ADMIN, clock.now)
    submissions.reject(desk, only(desk).id, ADMIN, "To prywatne mieszkanie.", clock.now)
    page = ala.opens(ala.link()).text
    assert "To prywatne mieszkanie." in page.replace("\u00a0", " ")
    assert 'name="verb"' not in page
    assert press(ala, "withdraw") == 303
    assert only(desk).state == "rejected"


def test_an_unknown_button_does_nothing(ala: Writer, desk: sqlite3.Connection) -> None:
    """What the page does not have cannot be pressed."""
    assert press(ala, "accept") == 303
    assert only(desk).state == "unconfirmed"
