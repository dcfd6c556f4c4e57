"""What an owner answers by a link: once, to what they saw; what is gone a moderator decides."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from places import asks, confirming, geojson, history, owners, publishing, submissions, tokens
from places.errors import Conflict, Expired, NotFound
from places.publishing import Press
from tests.builders import NOW, a_catalogue, a_place, an_id
from tests.keeping import post, remind, word_in

DAY = timedelta(days=1)
PLACE = an_id(1)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    old = {"on": "2024-01-01", "by": "source"}
    return a_catalogue(
        tmp_path / "places.geojson",
        [
            a_place(
                id=PLACE, hours={"open": "Mo-Fr 10:00-18:00"}, summary="Warsztaty.",
                doubts=["existence", "operator"],
                checked={
                    "existence": old, "address": old, "hours": {"on": "2026-03-01", "by": "owner"},
                },
            ),
            a_place(id=an_id(2), name="Obok"),
        ],
    )  # fmt: skip


@pytest.fixture
def press(desk: sqlite3.Connection, catalogue: Path) -> Press:
    """A desk on which the owner of the place was asked today."""
    owners.add(desk, PLACE, "dom@example.org", "Ala", NOW)
    remind(desk, catalogue, NOW)
    return Press(desk, catalogue, NOW + DAY)


@pytest.fixture
def word(press: Press) -> str:
    return word_in(post(press.desk)[0])


def test_looking_changes_nothing(press: Press, word: str) -> None:
    """However often a mail program opens the link: the question, the facts, no revision."""
    before = press.catalogue.read_bytes()
    for _ in range(3):
        asked = confirming.question(press, word)
        assert asked.groups == ("existence", "address", "offer")
        assert asked.ask.answer == ""

    assert press.catalogue.read_bytes() == before
    assert history.of(press.desk, PLACE) == ()


def test_still_true_dates_what_was_asked_and_nothing_else(press: Press, word: str) -> None:
    """Today, by the owner; hours keep their own check; doubts that this answers are gone."""
    seen = confirming.question(press, word).seen
    assert confirming.answer(press, word, "still", seen) == ""

    one = publishing.current(press, PLACE)
    today = "2026-03-12"
    checks = {name: check and (check.on, check.by) for name, check in one.checked}
    assert checks == {
        "existence": (today, "owner"), "address": (today, "owner"), "offer": (today, "owner"),
        "hours": ("2026-03-01", "owner"), "accessibility": None,
    }  # fmt: skip
    assert "existence" not in one.doubts
    [newest, _] = history.of(press.desk, PLACE)
    assert (newest.made_by, newest.what) == ("owner", "confirmed")


def test_the_same_answer_twice_is_one_answer(press: Press, word: str) -> None:
    """A second press of the button, or another of the two links, adds no revision."""
    seen = confirming.question(press, word).seen
    for _ in range(2):
        confirming.answer(press, word, "still", seen)

    assert len(history.of(press.desk, PLACE)) == 2
    assert confirming.question(press, word).ask.answer == "still"


def test_nobody_vouches_for_what_they_have_not_seen(press: Press, word: str) -> None:
    """A fact that changed after the page was shown: the answer is refused, nothing is dated."""
    seen = confirming.question(press, word).seen
    publishing.publish(
        press, PLACE, {"summary": "Coś innego."}, made_by="moderator", what="changed"
    )

    with pytest.raises(Conflict):
        confirming.answer(press, word, "still", seen)
    assert confirming.question(press, word).ask.answer == ""
    kept = publishing.current(press, PLACE).checked.existence
    assert kept is not None
    assert kept.by == "source"
    again = confirming.question(press, word).seen
    confirming.answer(press, word, "still", again)
    assert confirming.question(press, word).ask.answer == "still"


def test_gone_closes_nothing_by_itself(press: Press, word: str) -> None:
    """A problem waits for the moderator; the record is as it was; twice is once."""
    before = press.catalogue.read_bytes()
    for _ in range(2):
        confirming.answer(press, word, "gone", "")

    assert press.catalogue.read_bytes() == before
    rows = press.desk.execute("select id from proposal").fetchall()
    assert len(rows) == 1
    made = submissions.find(press.desk, rows[0]["id"])
    assert (made.kind, made.problem, made.state, made.place) == (
        "problem",
        "closed",
        "waiting",
        PLACE,
    )


def test_change_opens_the_owners_page_and_keeps_their_own_link(press: Press, word: str) -> None:
    """The way lasts a while and stands beside the lasting one; it may be taken again."""
    lasting = owners.link(press.desk, 1, NOW)
    ways = {confirming.answer(press, word, "change", "") for _ in range(2)}

    for one in (lasting, *ways):
        assert tokens.look(press.desk, "owner", one, press.now).subject == "1"
    assert len(ways) == 2
    with pytest.raises(Expired):
        tokens.look(press.desk, "owner", ways.pop(), press.now + 61 * DAY)
    assert confirming.question(press, word).ask.answer == "change"


def test_whoever_answers_is_no_longer_silent(press: Press, word: str, catalogue: Path) -> None:
    """Also late: after the moderators were told, the link still answers and clears the flag."""
    for later in (14, 28):
        remind(press.desk, catalogue, NOW + later * DAY)
    assert owners.find(press.desk, 1).silent == 1
    late = Press(press.desk, catalogue, NOW + 30 * DAY)
    confirming.answer(late, word, "still", confirming.question(late, word).seen)

    assert owners.find(press.desk, 1).silent == 0
    assert asks.given_up(press.desk) == []


def test_one_answer_is_enough_for_a_place(desk: sqlite3.Connection, catalogue: Path) -> None:
    """Another owner's question is settled with it."""
    for name in ("a", "b"):
        owners.add(desk, PLACE, f"{name}@example.org", "", NOW)
    remind(desk, catalogue, NOW)
    press = Press(desk, catalogue, NOW + DAY)
    word = word_in(post(desk)[0])
    confirming.answer(press, word, "still", confirming.question(press, word).seen)

    assert asks.open_ones(desk) == []
    assert asks.counts(desk) == {"still": 1, "moot": 1}


def test_a_link_ends(press: Press, word: str, catalogue: Path) -> None:
    """After 60 days, with the owner's right, with the place; a made-up word never was."""
    with pytest.raises(Expired):
        confirming.question(Press(press.desk, catalogue, NOW + 60 * DAY), word)
    with pytest.raises(NotFound):
        confirming.question(press, word[:-1] + ("a" if word[-1] != "a" else "b"))
    owners.end(press.desk, 1, NOW)
    with pytest.raises(Expired):
        confirming.answer(press, word, "still", "")


def test_a_closed_place_is_not_asked_about(press: Press, word: str) -> None:
    """Its link has expired; the file says closed."""
    rest = [one for one in geojson.read(press.catalogue).places if one.id != PLACE]
    a_catalogue(press.catalogue, [*rest, a_place(id=PLACE, status="closed")])

    with pytest.raises(Expired):
        confirming.question(press, word)


def test_an_edition_is_asked_about_its_end_alone(desk: sqlite3.Connection, tmp_path: Path) -> None:
    """New dates or the end of the place: there is nothing to call still true."""
    fresh = {"on": "2026-03-01", "by": "owner"}
    path = a_catalogue(
        tmp_path / "e.geojson",
        [a_place(id=PLACE, valid_to="2026-03-20", checked={"existence": fresh, "address": fresh})],
    )
    owners.add(desk, PLACE, "dom@example.org", "", NOW)
    remind(desk, path, NOW)
    asked = confirming.question(Press(desk, path, NOW), word_in(post(desk)[0]))

    assert asked.ask.of_edition
    assert asked.groups == ()
