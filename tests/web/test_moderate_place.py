"""One place on the desk: its owners, its versions, closing, withdrawing and merging it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from places import asks, geojson, letters, owners, publishing, tokens
from places import desk as store
from places.errors import Expired
from places.place import Place
from tests.builders import NOW, an_id
from tests.conftest import a_few_places
from tests.desks import a_change
from tests.web.test_public import Reader
from tests.web.visitors import a_person, a_visit, press

SEEN, OTHER, GDANSKS = a_few_places()[:3]
PAGE = f"/moderacja/miejsca/{SEEN.id}"


@pytest.fixture
def app(catalogue: Path, instance: Path) -> Flask:
    settings = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": ""}
    return create_app({**settings, "NOW": lambda: NOW})


@pytest.fixture
def desk(instance: Path) -> Iterator[sqlite3.Connection]:
    with store.open_desk(instance) as opened:
        yield opened


@pytest.fixture
def theirs(app: Flask) -> FlaskClient:
    return a_visit(app, a_person(app, "krakow@example.org", "moderator", ("teryt", "1261")))


def published(catalogue: Path, place_id: str = SEEN.id) -> Place:
    return next(one for one in geojson.read(catalogue).places if one.id == place_id)


def text_of(client: FlaskClient, path: str) -> str:
    return Reader(client.get(path).text).text


def test_a_place_is_found_by_name_and_by_id(theirs: FlaskClient) -> None:
    """By name those of one's area are listed; an id leads straight to its page."""
    listed = text_of(theirs, "/moderacja/miejsca/?q=klub")

    assert SEEN.name in listed
    assert GDANSKS.name not in text_of(theirs, "/moderacja/miejsca/?q=przystan")
    assert theirs.get(f"/moderacja/miejsca/?q={SEEN.id}").location.endswith(PAGE)
    assert theirs.get(f"/moderacja/miejsca/?q={GDANSKS.id}").status_code == 200


def test_an_owner_is_added_with_a_link(theirs: FlaskClient, desk: sqlite3.Connection) -> None:
    """The link goes out in the same step; a mailbox that is none is said beside its field."""
    wrong = press(theirs, f"{PAGE}/opiekunowie/dodaj", PAGE, email="nikt", name="Ola")
    assert wrong.status_code == 400
    assert 'value="nikt"' in wrong.text
    assert owners.of(desk, SEEN.id) == ()

    press(theirs, f"{PAGE}/opiekunowie/dodaj", PAGE, email="Dom@Example.org", trusted="on")

    [owner] = owners.of(desk, SEEN.id)
    assert owner.trusted
    _, [letter] = letters.outbox(desk)
    assert "/opieka/" in letter.letter.text
    assert "dodany opiekun" in text_of(theirs, PAGE)


def test_a_link_is_changed_and_an_owner_ended(
    theirs: FlaskClient, desk: sqlite3.Connection
) -> None:
    """A new link ends the old one; an ended owner has none."""
    owner = owners.add(desk, SEEN.id, "dom@example.org", "", NOW)
    old = owners.link(desk, owner.id, NOW)

    press(theirs, f"{PAGE}/opiekunowie/nowy-link", PAGE, owner=owner.id)
    with pytest.raises(Expired):
        tokens.look(desk, "owner", old, NOW)
    press(theirs, f"{PAGE}/opiekunowie/zaufanie", PAGE, owner=owner.id, trusted="1")
    assert owners.find(desk, owner.id).trusted
    press(theirs, f"{PAGE}/opiekunowie/odwolaj", PAGE, owner=owner.id)

    assert owners.of(desk, SEEN.id) == ()


def test_owners_of_another_place_are_out_of_reach(
    theirs: FlaskClient, desk: sqlite3.Connection
) -> None:
    """The form of one place cannot name an owner of another."""
    owner = owners.add(desk, GDANSKS.id, "dom@example.org", "", NOW)

    for verb in ("nowy-link", "zaufanie", "odwolaj"):
        path = f"{PAGE}/opiekunowie/{verb}"
        assert press(theirs, path, PAGE, owner=owner.id).status_code == 404

    assert owners.find(desk, owner.id).ended is None
    assert letters.outbox(desk)[0] == 0


def test_closing_says_why_and_since_when(app: Flask, theirs: FlaskClient, catalogue: Path) -> None:
    """The page of a closed place tells the reason; without one nothing is closed."""
    assert press(theirs, f"{PAGE}/zamknij", PAGE, close=" ").status_code == 400
    wrong = press(theirs, f"{PAGE}/zamknij", PAGE, close="Koniec dotacji.", day="wczoraj")
    assert wrong.status_code == 400
    assert "Koniec dotacji." in wrong.text
    assert published(catalogue).status == "open"

    press(theirs, f"{PAGE}/zamknij", PAGE, close="Koniec dotacji.", day="2026-02")

    assert published(catalogue).status == "closed"
    answer = a_visit(app).get(f"/miejsca/{SEEN.slug}-{SEEN.id}")
    assert answer.status_code == 410
    assert "Zamknięte w lutym 2026. Koniec dotacji." in Reader(answer.text).text
    assert f"/miejsca/{SEEN.slug}-{SEEN.id}/historia" in answer.text


def test_withdrawing_and_bringing_back(theirs: FlaskClient, catalogue: Path) -> None:
    """A withdrawn record can be restored to any version it had."""
    press(theirs, f"{PAGE}/wycofaj", PAGE, withdraw="Wpis przez pomyłkę.")
    assert published(catalogue).status == "withdrawn"

    press(theirs, f"{PAGE}/przywroc", PAGE, number="1")

    assert published(catalogue).status == "open"
    assert press(theirs, f"{PAGE}/przywroc", PAGE, number="99").status_code == 404
    assert press(theirs, f"{PAGE}/przywroc", PAGE, number="x").status_code == 404


def test_two_records_become_one(
    app: Flask, theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """Chosen values are taken over, the other address leads here, and again is refused."""
    pressed = publishing.Press(desk, catalogue, NOW)
    publishing.publish(pressed, OTHER.id, {"contact.phone": "12 300 00 01", "summary": "Opis."},
                       made_by="owner", what="changed")  # fmt: skip
    join = f"{PAGE}/polacz/{OTHER.id}"
    page = Reader(theirs.get(join).text)
    # What only the other knows is taken over unless somebody says otherwise.
    assert page.all("input", name="take.summary", value="drop", checked="")
    assert page.all("input", name="take.name", value="keep", checked="")

    fields = {"take.summary": "drop", "take.name": "keep", "take.contact.phone": "keep",
              "take.point": "drop"}  # fmt: skip
    press(theirs, f"{PAGE}/polacz", join, other=OTHER.id, **fields)

    kept = published(catalogue)
    assert (kept.summary, kept.name, kept.point) == ("Opis.", SEEN.name, OTHER.point)
    assert kept.contact.phone is None
    assert published(catalogue, OTHER.id).merged_into == SEEN.id
    again = press(theirs, f"{PAGE}/polacz", PAGE, other=OTHER.id)
    assert "już połączone" in text_of(theirs, again.location)


def test_nothing_of_another_area_is_merged(theirs: FlaskClient, catalogue: Path) -> None:
    """Neither side of a merger may lie outside one's area."""
    assert theirs.get(f"{PAGE}/polacz/{GDANSKS.id}").status_code == 404
    assert press(theirs, f"{PAGE}/polacz", PAGE, other=GDANSKS.id).status_code == 404
    assert theirs.get(f"{PAGE}/polacz/{SEEN.id}").status_code == 404

    assert published(catalogue, GDANSKS.id).merged_into is None


def test_the_page_gathers_what_concerns_the_place(
    theirs: FlaskClient, desk: sqlite3.Connection
) -> None:
    """What waits, questions without an answer and what was done stand there."""
    proposal = a_change(desk, SEEN, {"summary": "Opis."})
    owner = owners.add(desk, SEEN.id, "dom@example.org", "Ola", NOW)
    asked = asks.begin(desk, SEEN.id, ["hours"], "2026-03-11", owner.id, NOW)
    assert asked is not None
    asks.give_up(desk, asked, NOW)
    press(theirs, f"{PAGE}/zamknij", PAGE, close="Remont.")

    page = theirs.get(PAGE).text

    assert f"/moderacja/zgloszenia/{proposal.id}" in page
    text = Reader(page).text
    assert "bez odpowiedzi, do sprawdzenia" in text
    assert "zamknięcie miejsca" in text
    assert "krakow@example.org" in text


def test_an_unknown_place_is_not_found(theirs: FlaskClient) -> None:
    """Neither a page nor an act for an id that nobody has."""
    nobody = f"/moderacja/miejsca/{an_id(99)}"

    assert theirs.get(nobody).status_code == 404
    assert press(theirs, f"{nobody}/zamknij", close="x").status_code == 404
    assert press(theirs, f"{PAGE}/zjedz").status_code == 404


def test_words_are_taken_out_of_the_history(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """Nobody reads them any more; what the record says today has to be corrected first."""
    mobile = "601 234 567"
    on = publishing.Press(desk, catalogue, NOW)
    history = f"/miejsca/{SEEN.slug}-{SEEN.id}/historia"
    for phone in (mobile, SEEN.contact.phone):
        verb = f"{PAGE}/usun-z-historii"
        values = {"contact.phone": phone}
        publishing.publish(on, SEEN.id, values, made_by="moderator", what="changed")
        assert mobile in theirs.get(history).text
        press(theirs, verb, PAGE, strike="601234567")
        assert (mobile in theirs.get(history).text) is (phone == mobile)

    assert press(theirs, verb, PAGE, strike="601").status_code == 400
    assert "usunięte słowa z historii" in text_of(theirs, PAGE).replace("\u00a0", " ")


def test_nobody_strikes_elsewhere(theirs: FlaskClient) -> None:
    """The history of a place outside one's area is not found."""
    path = f"/moderacja/miejsca/{GDANSKS.id}/usun-z-historii"
    assert press(theirs, path, strike="klub").status_code == 404
