"""What somebody tries who wants more than the forms offer, and what the disk may refuse."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from places import desk as store
from places import letters, people, publishing, storage, submissions
from places.publishing import Press
from tests.builders import NOW
from tests.conftest import a_few_places
from tests.desks import ADMIN, a_change, an_addition, with_people
from tests.web.forms_of import GOOD, Clock, Writer
from tests.web.visitors import a_person, a_visit, press

SEEN, _, GDANSKS = a_few_places()[:3]
NOT_ASKED = {
    "id": "zzzzzzzz", "merged_into": GDANSKS.id, "added": "2001-01-01", "changed": "2001-01-01",
    "state": "accepted", "sent_by": "owner", "place": GDANSKS.id, "kind": "change",
    "checked.hours.on": "2026-03-01", "checked.hours.by": "owner", "refs.um": "1",
    "sources": "https://zly.example", "licence": "CC0-1.0", "photos": "00000001-0.jpg",
    "doubts": "existence", "position.method": "device", "address.teryt": "226101",
    "lat": "54.35", "lon": "18.64", "values": "free", "trusted": "1", "confirmed": "2026-03-01",
}  # fmt: skip
"""Columns of records and of tables that no form has a field for."""
MADE_HERE = frozenset({"lat", "lon", "address.teryt", "position.method"})
"""Those of them that are found out from what was typed."""


@pytest.fixture
def app(catalogue: Path, instance: Path) -> Flask:
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": ""}
    return create_app({**given, "NOW": Clock()})


@pytest.fixture
def desk(instance: Path) -> Iterator[sqlite3.Connection]:
    with store.open_desk(instance) as opened:
        yield with_people(opened)


@pytest.fixture
def ala(app: Flask, instance: Path) -> Writer:
    return Writer(app, app.config["NOW"], instance)


def the_only(desk: sqlite3.Connection) -> submissions.Proposal:
    [row] = desk.execute("select id from proposal").fetchall()
    return submissions.find(desk, row[0])


def test_fields_nobody_asked_for_are_not_taken(ala: Writer, desk: sqlite3.Connection) -> None:
    """Whatever a form carries beside its own fields changes neither the record nor the proposal."""
    ala.opens("/dodaj")
    assert ala.sends({**NOT_ASKED, **GOOD}).status_code == 303
    one = the_only(desk)
    assert not (NOT_ASKED.keys() - MADE_HERE) & one.changes.keys()
    assert all(str(one.changes[name]) != NOT_ASKED[name] for name in MADE_HERE)
    assert (one.kind, one.state, one.sent_by, one.confirmed) == (
        "add",
        "unconfirmed",
        "public",
        None,
    )
    assert one.place not in (NOT_ASKED["id"], GDANSKS.id)


def test_a_change_touches_only_what_a_form_has(ala: Writer, desk: sqlite3.Connection) -> None:
    """Of a known place too."""
    ala.opens(f"/miejsca/{SEEN.slug}-{SEEN.id}/popraw")
    assert ala.sends({**NOT_ASKED, "summary": "Szachy.", "email": GOOD["email"]}).status_code == 303
    assert the_only(desk).changes == {"summary": "Szachy."}


def test_a_moderator_types_only_what_the_desk_offers(
    app: Flask, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """Ids, dates, checks, references and photos are no fields of a decision."""
    sent = a_change(desk, SEEN, {"summary": "Szachy."})
    client = a_visit(app, a_person(app, "m@example.org", "moderator", ("teryt", "12")))
    page = f"/moderacja/zgloszenia/{sent.id}"
    hidden = ("id", "merged_into", "added", "checked.hours.on", "refs.um", "licence", "photos")
    typed = {f"e.{name}": NOT_ASKED[name] for name in hidden}

    assert press(client, f"{page}/przyjmij", page, **typed).status_code == 303

    now = publishing.current(Press(desk, catalogue, NOW), SEEN.id)
    expected = SEEN.model_copy(update={"summary": "Szachy."})
    for name in ("id", "merged_into", "added", "refs", "licence", "photos", "summary"):
        assert getattr(now, name) == getattr(expected, name)
    assert now.checked.hours == SEEN.checked.hours


def test_a_new_place_stays_in_ones_area(app: Flask, desk: sqlite3.Connection) -> None:
    """A gmina nobody knew is completed by whoever decides there, and by nobody else."""
    sent = an_addition(desk, **{"address.teryt": "126100"})
    elsewhere = a_visit(app, a_person(app, "w@example.org", "moderator", ("teryt", "126102")))
    there = a_visit(app, a_person(app, "k@example.org", "moderator", ("teryt", "126101")))
    page = f"/moderacja/zgloszenia/{sent.id}"
    typed = {"e.address.teryt": "126101"}

    assert press(elsewhere, f"{page}/przyjmij", page, **typed).status_code == 400
    assert press(elsewhere, f"{page}/zwolnij", page).status_code == 303
    assert press(there, f"{page}/przyjmij", page, **typed).status_code == 303
    assert submissions.find(desk, sent.id).state == "accepted"


def test_what_waits_follows_its_place(
    app: Flask, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """A place that turns out to be another gmina's takes its proposals along."""
    sent = a_change(desk, SEEN, {"summary": "Szachy."})
    before = a_visit(app, a_person(app, "k@example.org", "moderator", ("teryt", "1261")))
    after = a_visit(app, a_person(app, "g@example.org", "moderator", ("teryt", "2261")))
    values = {
        name: value
        for name, value in {
            "address.teryt": "226101", "address.gmina": "Gdańsk", "address.city": "Gdańsk",
            "address.voivodeship": "pomorskie", "lat": GDANSKS.point.lat, "lon": GDANSKS.point.lon,
        }.items()
    }  # fmt: skip
    made = {"made_by": "moderator", "what": "changed"}
    publishing.publish(Press(desk, catalogue, NOW), SEEN.id, values, **made)  # type: ignore[arg-type]

    page = f"/moderacja/zgloszenia/{sent.id}"
    assert before.get(page).status_code == 404
    assert after.get(page).status_code == 200


def test_an_area_is_asked_at_every_step(app: Flask, desk: sqlite3.Connection) -> None:
    """Whoever is given another area, or another role, has it at once, signed in as they are."""
    sent = a_change(desk, SEEN, {"summary": "Szachy."})
    client = a_visit(app, a_person(app, "k@example.org", "moderator", ("teryt", "1261")))
    page = f"/moderacja/zgloszenia/{sent.id}"
    assert client.get(page).status_code == 200
    for areas, status in (
        ([("teryt", "2261")], 404),
        ([("teryt", "2261"), ("teryt", "126101")], 200),
        ([("network", "Nieznana")], 404),
    ):
        people.add(desk, "k@example.org", "moderator", areas, NOW)
        assert client.get(page).status_code == status
    people.add(desk, "k@example.org", "admin", [], NOW)
    assert client.get(page).status_code == 200


def test_what_is_decided_is_no_spam(app: Flask, desk: sqlite3.Connection, catalogue: Path) -> None:
    """Nothing says that it was thrown away, nor offers to take back what somebody else did."""
    sent = a_change(desk, SEEN, {"summary": "Szachy."})
    publishing.accept(Press(desk, catalogue, NOW), sent.id, ADMIN)
    client = a_visit(app, a_person(app, "k@example.org", "moderator", ("teryt", "1261")))
    page = f"/moderacja/zgloszenia/{sent.id}"

    press(client, f"{page}/spam", block="1")

    said = client.get("/moderacja/").text
    assert "Ktoś był szybszy" in said
    assert "cofnij" not in said
    assert submissions.find(desk, sent.id).state == "accepted"
    assert desk.execute("select count(*) from blocked").fetchone()[0] == 0


@pytest.mark.parametrize(
    "name", ["Wygrana http://zly.example/x", "www.zly.example", "Kup HTTPS://zly.example i już"]
)
def test_a_letter_nobody_asked_for_carries_no_address(
    name: str, ala: Writer, desk: sqlite3.Connection
) -> None:
    """Whose mailbox is typed gets our words and our link, not those of whoever typed it."""
    ala.opens("/dodaj")
    assert ala.sends({**GOOD, "name": name}).status_code == 303
    _, [posted] = letters.outbox(desk)
    whole = posted.letter.subject + posted.letter.text + posted.letter.html
    assert "zly.example" not in whole.casefold()
    assert "/zgloszenie/" in posted.letter.text
    assert the_only(desk).name == name


def test_a_desk_that_cannot_be_written_loses_nothing(
    app: Flask, ala: Writer, desk: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes gets the form back as it was; a moderator is told to come again."""
    sent = a_change(desk, SEEN, {"summary": "Szachy."})
    client = a_visit(app, a_person(app, "k@example.org", "moderator", ("teryt", "1261")))
    page = f"/moderacja/zgloszenia/{sent.id}"
    client.get(page)
    ala.opens("/dodaj")
    monkeypatch.setattr(storage, "WAIT_FOR_LOCK", 0.1)
    desk.execute("begin immediate")

    answer = ala.sends({**GOOD, "summary": "Naprawiamy rowery."})
    refused = press(client, f"{page}/przyjmij", page="/moderacja/")
    listed = client.get("/moderacja/")

    desk.execute("rollback")
    assert answer.status_code == 400
    assert "Naprawiamy rowery." in answer.text
    assert "Nic nie przepadło" in answer.text.replace("\u00a0", " ")
    assert (refused.status_code, listed.status_code) == (503, 200)
    assert submissions.find(desk, sent.id).state == "waiting"
    assert press(client, f"{page}/przyjmij", page).status_code == 303


@pytest.mark.parametrize("form", ["popraw", "zglos", ""])
def test_asking_for_the_head_of_a_form_sends_nothing(app: Flask, form: str) -> None:
    """It is answered like the page, whatever comes with it, and never like what is sent."""
    path = f"/miejsca/{SEEN.slug}-{SEEN.id}/{form}" if form else "/dodaj"
    assert app.test_client().head(path, data=GOOD).status_code == 200
