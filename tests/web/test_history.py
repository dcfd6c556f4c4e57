"""The public history of a place: what changed, when, in what role, and never who."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from places import desk as store
from places import geojson, publishing
from places.publishing import Press
from tests.builders import NOW, a_place, an_id
from tests.conftest import a_few_places
from tests.desks import ADMIN, a_change, with_people
from tests.web.test_public import Reader
from tests.web.visitors import a_person, a_visit

SEEN, OTHER = a_few_places()[:2]
PAGE = f"/miejsca/{SEEN.slug}-{SEEN.id}/historia"


@pytest.fixture
def app(catalogue: Path, instance: Path) -> Flask:
    settings = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": ""}
    return create_app({**settings, "NOW": lambda: NOW})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def desk(instance: Path) -> Iterator[sqlite3.Connection]:
    with store.open_desk(instance) as opened:
        yield with_people(opened)


@pytest.fixture
def pressed(desk: sqlite3.Connection, catalogue: Path) -> Press:
    return Press(desk, catalogue, NOW)


def test_a_place_nobody_touched_has_its_first_state(client: FlaskClient) -> None:
    """The history of a record that came with the catalogue is the record itself."""
    page = Reader(client.get(PAGE).text)

    assert "Teraz w katalogu" in page.text
    assert "ul. Lipowa 3" in page.text
    assert len(page.all("li", **{"class": "revision"})) == 1


def test_every_change_stands_there_with_its_role(
    client: FlaskClient, desk: sqlite3.Connection, pressed: Press
) -> None:
    """Newest first; each with what it changed; by role, without anybody's address."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"}, note="Tajna uwaga.")
    publishing.accept(pressed, proposal.id, ADMIN, reason="Powód z biurka.")
    publishing.publish(pressed, SEEN.id, {"summary": "Nowy opis."}, made_by="owner", what="changed")

    answer = client.get(PAGE)

    page = Reader(answer.text)
    entries = page.all("li", **{"class": "revision"})
    assert [one["id"] for one in entries] == ["wersja-3", "wersja-2", "wersja-1"]
    assert page.text.index("Nowy opis.") < page.text.index("12 300 00 01")
    assert "Opiekun miejsca · zmiana danych" in page.text
    assert "Mieszkaniec · zmiana danych" in page.text
    for secret in ('example.org"', "@", "Tajna uwaga", "Powód z biurka", "Ala", proposal.id):
        assert secret not in answer.text.replace("@context", "")
    assert "Przywróć" not in answer.text


def test_a_change_made_elsewhere_is_told(
    client: FlaskClient, pressed: Press, catalogue: Path
) -> None:
    """What an import or an editor changed in the file stands on top as the catalogue's."""
    publishing.publish(pressed, SEEN.id, {"summary": "Opis."}, made_by="owner", what="changed")
    places = {one.id: one for one in geojson.read(catalogue).places}
    places[SEEN.id] = places[SEEN.id].model_copy(update={"summary": "Z importu."})
    geojson.write(catalogue, places.values())

    text = Reader(client.get(PAGE).text).text

    assert text.index("Teraz w katalogu") < text.index("Z importu.") < text.index("zmiana danych")


def test_moderators_of_the_area_are_led_to_restoring(app: Flask, pressed: Press) -> None:
    """The button is theirs alone: neither a visitor's nor another area's."""
    publishing.publish(pressed, SEEN.id, {"summary": "Opis."}, made_by="owner", what="changed")
    here = a_visit(app, a_person(app, "krakow@example.org", "moderator", ("teryt", "12")))
    there = a_visit(app, a_person(app, "gdansk@example.org", "moderator", ("teryt", "22")))

    assert "Przywróć ten stan" in here.get(PAGE).text
    assert f"/moderacja/miejsca/{SEEN.id}#wersja-1" in here.get(PAGE).text
    assert "Przywróć" not in there.get(PAGE).text


def test_addresses_lead_where_they_should(client: FlaskClient, pressed: Press) -> None:
    """A wrong name is mended, a merged record leads on, a withdrawn one is gone."""
    assert client.get(f"/miejsca/zle-{SEEN.id}/historia").location == PAGE
    assert client.get(f"/miejsca/nic-{an_id(99)}/historia").status_code == 404
    assert client.get(f"/miejsca/dawny-klub-{an_id(6)}/historia").status_code == 410
    publishing.merge(pressed, SEEN.id, OTHER.id, ADMIN)

    assert client.get(f"/miejsca/x-{OTHER.id}/historia").location == PAGE


def test_a_long_history_has_pages(client: FlaskClient, pressed: Press) -> None:
    """Twenty a page; a page that is not there shows the last."""
    for number in range(24):
        publishing.publish(pressed, SEEN.id, {"summary": f"Opis {number}."}, made_by="owner",
                           what="changed")  # fmt: skip

    counts = [
        len(Reader(client.get(f"{PAGE}?page={n}").text).all("li", **{"class": "revision"}))
        for n in ("1", "2", "9", "x")
    ]

    assert counts == [20, 5, 5, 20]


def test_a_history_is_escaped(client: FlaskClient, pressed: Press) -> None:
    """Old values are data too."""
    evil = a_place(name="<b>Żak</b>").name
    publishing.publish(pressed, SEEN.id, {"name": evil, "summary": evil}, made_by="owner",
                       what="changed")  # fmt: skip

    page = client.get(PAGE, follow_redirects=True).text

    assert "<b>Żak" not in page
    assert "&lt;b&gt;Żak" in page
