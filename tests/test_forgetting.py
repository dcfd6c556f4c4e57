"""A person leaves the desk, and no table, file or free page of a file remembers them."""

import sqlite3
from pathlib import Path

import pytest

from places import (
    asks,
    forgetting,
    letters,
    mail,
    owners,
    people,
    photos,
    publishing,
    submissions,
    tokens,
)
from places.desk import open_desk
from places.letters import Letter
from places.publishing import Press
from places.submissions import Draft, Sender
from tests.builders import NOW
from tests.conftest import a_few_places
from tests.desks import ADMIN, SENDER, a_change, an_addition, with_people
from tests.pictures import a_picture

BOX = "kanarek.zolty@example.org"
CANARY = Sender(BOX, "Kanarek Żółtopióry", "mieszkam nad klubem", True, "0rigin0fTheCanary")
TRACES = ("kanarek", "zoltopiory", "żółtopióry", "nad klubem", "0rigin0f", "dzióbek")
SEEN = a_few_places()[0]


def files_with(folder: Path, *traces: str) -> dict[str, str]:
    """Which files still hold one of these, also in a part that nothing points to."""
    found = {}
    for path in folder.rglob("*"):
        content = path.read_bytes().decode("utf-8", "replace").casefold() if path.is_file() else ""
        found |= {f"{path.name} {one}": one for one in traces if one in content}
    return found


@pytest.fixture
def full(desk: sqlite3.Connection, instance: Path, catalogue: Path) -> sqlite3.Connection:
    """A desk on which the canary has left a trace of every kind."""
    with_people(desk)
    press = Press(desk, catalogue, NOW)
    for was in (BOX, SEEN.contact.email):
        values = {"contact.email": was}
        publishing.publish(press, SEEN.id, values, made_by="moderator", what="changed")
    accepted = a_change(desk, SEEN, {"summary": "Nowy opis."}, CANARY, note="To ja, Dzióbek.")
    publishing.accept(press, accepted.id, ADMIN, reason="Dziękujemy, Kanarku.")
    waiting = a_change(desk, SEEN, {"door": "Od Dzióbka w lewo."}, CANARY)
    submissions.ask(desk, waiting.id, ADMIN, "Kanarku, skąd to wiesz?", NOW)
    submissions.answer(desk, waiting.id, "Mówi Dzióbek.", NOW)
    rejected = an_addition(desk, CANARY, name="Klub Dzióbka")
    submissions.reject(desk, rejected.id, ADMIN, "Nie ma tam Dzióbka.", NOW)
    submissions.add(desk, Draft({**rejected.changes, "name": "Drugi Dzióbek"}), CANARY, NOW)
    submissions.problem(desk, SEEN, "other", "Zgubiłem tu dzióbek.", CANARY, NOW)
    for one in (accepted, waiting):
        tokens.make(desk, "proposal", one.id, NOW)
        letters.post(desk, Letter(f"to:{one.id}", BOX, "Dzióbek", "Kanarku!", about=one.id), NOW)
    owner = owners.add(desk, SEEN.id, BOX, CANARY.name, NOW)
    owners.link(desk, owner.id, NOW)
    asks.begin(desk, SEEN.id, ["hours"], "2026-03-11", owner.id, NOW)
    people.add(desk, BOX, "moderator", [("teryt", "12")], NOW)
    people.block(desk, "email", BOX, None, NOW)
    word = photos.new_word()
    kept = photos.keep(desk, instance, word, a_picture(), NOW)
    photos.describe(desk, kept.id, alt="Kanarek", author=CANARY.name, licence="CC0 1.0")
    photos.attach(desk, word, waiting.id, SEEN.id)
    other = a_change(desk, SEEN, {"journey": "Tramwaj 3."}, note=f"Pytajcie {BOX.upper()}.")
    letters.post(
        desk, Letter("to:m", "m@example.org", "Nowe", f"Pisze {BOX}.", about=other.id), NOW
    )
    mail.deliver(desk, instance, None, NOW)
    return desk


def test_a_person_is_gone_from_every_file(
    full: sqlite3.Connection, instance: Path, catalogue: Path
) -> None:
    """Nothing of them is left in any byte of the desk, its journal, the letters or the photos."""
    assert files_with(instance, *TRACES)

    done = forgetting.forget(full, instance, BOX.upper(), NOW, as_person=True)

    assert done.clean
    assert files_with(instance, *TRACES) == {}
    assert files_with(catalogue.parent, *TRACES) == {}
    assert {name: count > 0 for name, count in done.removed.items()} == dict.fromkeys(
        ("proposals", "senders", "remarks", "photos", "owners", "letters", "blocked", "words",
         "history", "people", "files"), True,
    )  # fmt: skip


def test_what_was_accepted_stays_without_them(
    full: sqlite3.Connection, instance: Path, catalogue: Path
) -> None:
    """The place keeps its facts and its history; proposals of others and their senders stay."""
    forgetting.forget(full, instance, BOX, NOW)

    left = full.execute("select id, state, note, reason from proposal order by state").fetchall()
    assert [row["state"] for row in left] == ["accepted", "waiting"]
    assert left[0]["note"] == left[0]["reason"] == ""
    assert submissions.sender(full, left[0]["id"]) is None
    assert submissions.sender(full, left[1]["id"]) == SENDER
    assert publishing.current(Press(full, catalogue, NOW), SEEN.id).summary == "Nowy opis."


def test_a_moderator_is_removed_only_when_asked(full: sqlite3.Connection, instance: Path) -> None:
    """Who sends proposals and decides elsewhere may want to go on deciding."""
    forgetting.forget(full, instance, BOX, NOW)
    assert people.by_email(full, BOX) is not None
    forgetting.forget(full, instance, BOX, NOW, as_person=True)
    assert people.by_email(full, BOX) is None


def test_again_changes_nothing(full: sqlite3.Connection, instance: Path) -> None:
    """A second time there is nothing to remove, and that is no error."""
    forgetting.forget(full, instance, BOX, NOW, as_person=True)
    assert not any(forgetting.forget(full, instance, BOX, NOW, as_person=True).removed.values())


def test_whoever_reads_is_told_of(full: sqlite3.Connection, instance: Path) -> None:
    """While somebody reads an old state its pages must stay: that is said."""
    full.execute("pragma busy_timeout = 100")
    with open_desk(instance) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from sender").fetchone()
        assert not forgetting.forget(full, instance, BOX, NOW, as_person=True).clean
        reader.execute("rollback")

    assert forgetting.forget(full, instance, BOX, NOW).clean
    assert files_with(instance, *TRACES) == {}


def test_public_traces_are_named_and_left(
    desk: sqlite3.Connection, instance: Path, catalogue: Path
) -> None:
    """A mailbox in a public record is the catalogue's; its places are named."""
    with_people(desk)
    one = a_change(desk, SEEN, {"contact.email": BOX}, CANARY)
    publishing.accept(Press(desk, catalogue, NOW), one.id, ADMIN)

    assert forgetting.forget(desk, instance, BOX, NOW).public == (SEEN.id,)


def test_a_person_may_see_all_that_is_kept(full: sqlite3.Connection) -> None:
    """Proposals, remarks, care, letters, rights and blocks; of others nothing."""
    found = forgetting.kept(full, BOX)

    assert {"proposals", "remarks", "owner", "letters", "desk", "blocked"} < found.keys()
    assert len(found["proposals"]) == 5
    assert SENDER.email not in str(found)
    assert forgetting.kept(full, "nikt@example.org") == {"email": "nikt@example.org"}
