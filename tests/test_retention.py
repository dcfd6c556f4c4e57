"""What was kept for long enough goes, to the day; what was not stays."""

import os
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from places import (
    letters,
    mail,
    owners,
    people,
    photos,
    publishing,
    retention,
    submissions,
    tokens,
    uploads,
)
from places.letters import Letter
from places.publishing import Press
from places.retention import Due, Terms
from places.submissions import Draft, Sender
from tests.builders import NOW
from tests.conftest import a_few_places
from tests.desks import ADMIN, NEW, SENDER, a_change, an_addition, with_people
from tests.pictures import a_picture

TERMS = Terms(senders=12, unconfirmed=30, letters=90)
SEEN = a_few_places()[0]
DAY = timedelta(days=1)
YEAR = timedelta(days=366)


@pytest.fixture
def due(desk: sqlite3.Connection, instance: Path, catalogue: Path) -> Callable[[datetime], Due]:
    """What goes at that moment."""
    with_people(desk)
    return lambda now: retention.due(desk, instance, catalogue, TERMS, now)


def test_nothing_goes_from_a_new_desk(due: Callable[[datetime], Due]) -> None:
    """There is nothing, and nothing is done."""
    assert due(NOW).counts() == {}


def test_a_sender_goes_a_year_after_the_decision(
    desk: sqlite3.Connection, instance: Path, catalogue: Path, due: Callable[[datetime], Due]
) -> None:
    """Whose proposal was accepted is forgotten then; the proposal, and what it changed, stay."""
    one = a_change(desk, SEEN, {"summary": "Opis."}, note="To ja.")
    publishing.accept(Press(desk, catalogue, NOW), one.id, ADMIN, reason="Dziękujemy.")
    before, after = NOW.replace(year=2027), NOW.replace(year=2027) + DAY
    assert due(before).senders == []

    assert due(after).senders == [one.id]
    assert retention.purge(desk, instance, due(after))

    found = submissions.find(desk, one.id)
    assert (found.state, found.note, found.reason) == ("accepted", "", "")
    assert submissions.sender(desk, one.id) is None
    assert due(after).counts() == {}


def test_what_was_turned_down_goes_whole(
    desk: sqlite3.Connection, instance: Path, due: Callable[[datetime], Due]
) -> None:
    """Rejected, withdrawn and spam a year later; what waits stays however long it waits."""
    rejected, withdrawn, spam, waits = (
        an_addition(desk, Sender(f"o{n}@example.org"), name=f"Klub {n}") for n in range(4)
    )
    submissions.reject(desk, rejected.id, ADMIN, "Nie ma.", NOW)
    submissions.withdraw(desk, withdrawn.id, NOW)
    submissions.spam(desk, [spam.id], ADMIN, NOW, False)

    retention.purge(desk, instance, due(NOW + 2 * YEAR))

    assert [row["id"] for row in desk.execute("select id from proposal")] == [waits.id]
    assert submissions.sender(desk, waits.id) is not None


def test_who_never_confirmed_goes_after_a_month(
    desk: sqlite3.Connection, instance: Path, due: Callable[[datetime], Due]
) -> None:
    """To the day; with the link, so that it opens nothing."""
    one = submissions.add(desk, Draft(NEW), SENDER, NOW)
    tokens.make(desk, "proposal", one.id, NOW)
    assert due(NOW + 30 * DAY).proposals == []

    retention.purge(desk, instance, due(NOW + 31 * DAY))

    for table in ("proposal", "sender", "token"):
        assert desk.execute(f"select count(*) from {table}").fetchone()[0] == 0


def test_the_origin_goes_first(
    desk: sqlite3.Connection, instance: Path, due: Callable[[datetime], Due]
) -> None:
    """The blinded network address is needed for a month; the sender stays."""
    one = a_change(desk, SEEN, {"summary": "Opis."}, Sender("ola@example.org", origin="a1b2c3"))

    retention.purge(desk, instance, due(NOW + (retention.ORIGIN_DAYS + 1) * DAY))

    assert submissions.sender(desk, one.id) == Sender("ola@example.org")


def test_letters_owners_links_and_blocks_go(
    desk: sqlite3.Connection, instance: Path, due: Callable[[datetime], Due]
) -> None:
    """Each by its term; whoever still looks after a place, and what waits to be sent, stays."""
    letters.post(desk, Letter("a", "ola@example.org", "Dzień dobry", "Treść"), NOW)
    mail.deliver(desk, instance, None, NOW)
    letters.post(desk, Letter("b", "ola@example.org", "Dzień dobry", "Treść"), NOW)
    gone, stays = (owners.add(desk, SEEN.id, f"o{n}@example.org", "", NOW) for n in range(2))
    for one in (gone, stays):
        owners.link(desk, one.id, NOW)
    owners.end(desk, gone.id, NOW)
    people.block(desk, "email", "spam@example.org", None, NOW)

    retention.purge(desk, instance, due(NOW + 2 * YEAR))

    assert [row["key"] for row in desk.execute("select key from letter")] == ["b"]
    assert list((instance / mail.OUTBOX).iterdir()) == []
    assert [one.id for one in owners.of(desk, SEEN.id)] == [stays.id]
    assert [row["subject"] for row in desk.execute("select subject from token")] == [str(stays.id)]
    assert desk.execute("select count(*) from owner").fetchone()[0] == 1
    assert not people.is_blocked(desk, "spam@example.org", "")


def test_photos_of_what_is_decided_go(
    desk: sqlite3.Connection, instance: Path, catalogue: Path, due: Callable[[datetime], Due]
) -> None:
    """The waiting ones a month later; public ones as long as no record names them."""
    rejected, waits = (
        a_change(desk, SEEN, {"summary": f"Opis {n}."}, Sender(f"o{n}@example.org"))
        for n in range(2)
    )
    for number, one in enumerate((rejected, waits)):
        word = photos.new_word()
        photos.keep(desk, instance, word, a_picture("JPEG", (800 + number, 600)), NOW)
        photos.attach(desk, word, one.id, SEEN.id)
    for one in (*photos.of(desk, rejected.id), *photos.of(desk, waits.id)):
        photos.describe(desk, one.id, alt="Sala", author="Ola", licence="CC0 1.0")
    [named] = photos.publish(instance, catalogue, SEEN.id, photos.of(desk, rejected.id))
    [stays] = photos.of(desk, waits.id)
    [other] = photos.publish(instance, catalogue, SEEN.id, [stays])
    for path in photos.folder(catalogue).iterdir():
        os.utime(path, (NOW.timestamp(),) * 2)
    press = Press(desk, catalogue, NOW)
    shown = [named.model_dump()]
    publishing.publish(press, SEEN.id, {"photos": shown}, made_by="moderator", what="changed")
    submissions.reject(desk, rejected.id, ADMIN, "Nie.", NOW)

    assert retention.purge(desk, instance, due(NOW + 40 * DAY))

    assert photos.of(desk, rejected.id) == ()
    assert photos.of(desk, waits.id) == (stays,)
    left = {path.name for path in photos.folder(catalogue).iterdir()}
    assert left == {named.file, photos.small(named.file)}
    assert other.file not in left


def test_tables_nobody_decided_on_go(
    desk: sqlite3.Connection, instance: Path, due: Callable[[datetime], Due]
) -> None:
    """A day later; the file too."""
    uploads.keep(desk, instance, ADMIN, ("lista.csv", "csv", b"nazwa"), NOW)
    assert due(NOW + DAY / 2).uploads == []

    retention.purge(desk, instance, due(NOW + 2 * DAY))

    assert list((instance / uploads.FOLDER).iterdir()) == []
    assert uploads.last(desk, ADMIN, NOW) is None


@pytest.mark.parametrize(
    ("now", "months", "then"),
    [
        (datetime(2026, 3, 31, 12, 0, tzinfo=NOW.tzinfo), 1, "2026-02-28"),
        (datetime(2028, 2, 29, 12, 0, tzinfo=NOW.tzinfo), 12, "2027-02-28"),
        (datetime(2026, 1, 15, 12, 0, tzinfo=NOW.tzinfo), 2, "2025-11-15"),
    ],
)
def test_months_are_counted_on_the_calendar(now: datetime, months: int, then: str) -> None:
    """A month ends on its last day, also where the other has more."""
    assert retention.months_before(now, months).date().isoformat() == then
