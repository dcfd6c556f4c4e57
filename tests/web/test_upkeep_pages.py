"""The page an owner answers on and the desk's list of what to check, without JavaScript."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from places import asks, geojson, history, owners, submissions
from places import desk as store
from places.place import Place
from tests.builders import NOW, a_catalogue, a_place, an_id
from tests.keeping import post, remind, word_in
from tests.web.conftest import Serve, Visit
from tests.web.test_public import Reader
from tests.web.visitors import a_person, a_visit, press

HOUR = timedelta(hours=1)
GDANSK = {
    "city": "Gdańsk", "gmina": "Gdańsk", "teryt": "226101", "voivodeship": "pomorskie",
    "district": "Orunia",
}  # fmt: skip
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return a_catalogue(
        tmp_path / "places.geojson",
        [
            a_place(id=an_id(1), summary=HOSTILE, hours={"open": "Mo-Fr 10:00-18:00"}),
            a_place(id=an_id(2), name="Po edycji", valid_to="2025", address=GDANSK),
            a_place(id=an_id(3), name="Bez opiekuna"),
        ],
    )


@pytest.fixture
def app(catalogue: Path, instance: Path) -> Flask:
    settings = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": ""}
    return create_app({**settings, "NOW": lambda: NOW + HOUR})


@pytest.fixture
def desk(instance: Path) -> Iterator[sqlite3.Connection]:
    with store.open_desk(instance) as opened:
        yield opened


@pytest.fixture
def link(desk: sqlite3.Connection, catalogue: Path) -> str:
    """Where the letter of today leads."""
    owners.add(desk, an_id(1), "dom@example.org", "Ala Tajna", NOW)
    remind(desk, catalogue, NOW)
    return f"/potwierdz/{word_in(post(desk)[0])}"


def seen_on(client: FlaskClient, link: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(link).text)
    assert found
    return found[1]


def record(catalogue: Path, number: int) -> Place:
    return next(one for one in geojson.read(catalogue).places if one.id == an_id(number))


def test_the_page_shows_the_facts_and_three_buttons(client: FlaskClient, link: str) -> None:
    """Well made, escaped, private, with everything written out; nothing of the owner."""
    answer = client.get(link)
    page = Reader(answer.text)

    assert answer.status_code == 200
    assert [one["value"] for one in page.all("button", name="answer")] == [
        "still", "change", "gone",
    ]  # fmt: skip
    for said in ("Klub Pod Lipą", "ul. Lipowa 3", HOSTILE, "Tego jeszcze nie wiemy: dostępność"):
        assert said in page.text
    assert HOSTILE not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Tajna" not in answer.text
    assert "dom@example.org" not in answer.text
    assert not [tag for tag, have in page.tags if "style" in have or "onclick" in have]
    assert page.open == []


@pytest.mark.parametrize(
    ("chosen", "first"),
    [
        ("aktualne", "still"),
        ("poprawki", "change"),
        ("nie-ma", "gone"),
        ("x", "still"),
        ("", "still"),
    ],
)
def test_a_link_of_the_letter_chooses_the_first_button(
    client: FlaskClient, link: str, chosen: str, first: str
) -> None:
    """It changes nothing by itself; what is not known chooses nothing."""
    page = Reader(client.get(f"{link}?odpowiedz={chosen}").text)

    assert page.all("button", name="answer")[0]["value"] == first


def test_opening_changes_nothing(
    client: FlaskClient, link: str, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """A mail program opens all three links, twice; a HEAD, too."""
    before = catalogue.read_bytes()
    for chosen in ("aktualne", "poprawki", "nie-ma") * 2:
        client.get(f"{link}?odpowiedz={chosen}")
        client.head(f"{link}?odpowiedz={chosen}")

    assert catalogue.read_bytes() == before
    assert asks.counts(desk) == {"open": 1}
    assert desk.execute("select count(*) from proposal").fetchone()[0] == 0


def test_still_true_is_seen_by_residents_at_once(
    client: FlaskClient, link: str, catalogue: Path
) -> None:
    """One button; the page of the place says who checked and when; again thanks, not an error."""
    answer = client.post(link, data={"answer": "still", "seen": seen_on(client, link)})
    assert (answer.status_code, answer.location) == (303, link)
    assert "Dziękujemy" in client.get(link).text
    place = Reader(client.get("/miejsca/klub-pod-lipa-krakow-00000001").text).text

    assert "sprawdzone 11 marca 2026 przez prowadzących" in place
    check = record(catalogue, 1).checked.hours
    assert check is not None
    assert (check.on, check.by) == ("2026-03-11", "owner")
    assert client.post(link, data={"answer": "still", "seen": ""}).status_code == 303


def test_to_correct_leads_to_the_owners_page(client: FlaskClient, link: str) -> None:
    """Without signing in, to the form of this place."""
    answer = client.post(link, data={"answer": "change"}, follow_redirects=True)

    assert answer.status_code == 200
    assert answer.request.path.startswith("/opieka/")
    assert "Klub Pod Lipą" in answer.text


def test_gone_waits_for_a_moderator(
    app: Flask, client: FlaskClient, link: str, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """The place stays in lists; the proposal and the list to check name it."""
    before = catalogue.read_bytes()
    client.post(link, data={"answer": "gone"})
    theirs = a_visit(app, a_person(app, "krakow@example.org", "moderator", ("teryt", "1261")))

    assert catalogue.read_bytes() == before
    assert client.get("/miejsca/klub-pod-lipa-krakow-00000001").status_code == 200
    [row] = desk.execute("select id from proposal").fetchall()
    assert submissions.find(desk, row["id"]).state == "waiting"
    gone = Reader(theirs.get("/moderacja/do-sprawdzenia").text)
    assert "Podobno już ich nie ma (1)" in gone.text


def test_facts_that_changed_meanwhile_are_shown_again(
    client: FlaskClient, link: str, catalogue: Path
) -> None:
    """409, with what is true now; nothing is dated."""
    seen = seen_on(client, link)
    others = [one for one in geojson.read(catalogue).places if one.id != an_id(1)]
    a_catalogue(catalogue, [*others, a_place(id=an_id(1), summary="Nowe zajęcia")])
    answer = client.post(link, data={"answer": "still", "seen": seen})

    assert answer.status_code == 409
    assert "Nowe zajęcia" in answer.text
    assert 'role="alert"' in answer.text
    assert record(catalogue, 1).checked.existence is None


@pytest.mark.parametrize("data", [{}, {"answer": "delete"}, {"answer": ""}])
def test_no_answer_is_no_answer(client: FlaskClient, link: str, data: dict[str, str]) -> None:
    """The page again, saying so."""
    answer = client.post(link, data=data)

    assert answer.status_code == 400
    assert "Wybierz jedną z" in answer.text


def test_words_that_are_none_and_links_that_ended(
    client: FlaskClient, link: str, desk: sqlite3.Connection
) -> None:
    """404 for a made-up word, 410 in words for an ended right; the same when posted."""
    for word in ("x", "a" * 32, "../etc", link.rpartition("/")[2][:-1]):
        assert client.get(f"/potwierdz/{word}").status_code == 404
    owners.end(desk, 1, NOW)
    for answer in (client.get(link), client.post(link, data={"answer": "gone"})):
        assert answer.status_code == 410
        assert "Ten link już nie działa" in answer.text


def test_the_list_to_check_is_the_moderators_own_area(app: Flask, link: str) -> None:
    """Others' places are not named; nobody gets in without signing in."""
    assert link
    krakow = a_visit(app, a_person(app, "k@example.org", "moderator", ("teryt", "1261")))
    gdansk = a_visit(app, a_person(app, "g@example.org", "moderator", ("teryt", "2261")))
    admin = a_visit(app, a_person(app, "a@example.org", "admin"))
    texts = [
        Reader(one.get("/moderacja/do-sprawdzenia").text).text for one in (krakow, gdansk, admin)
    ]

    assert ["Po edycji" in text for text in texts] == [False, True, True]
    assert "Klub Pod Lipą" not in texts[1]
    assert "Edycja się skończyła (1)" in texts[2]
    assert a_visit(app).get("/moderacja/do-sprawdzenia").status_code == 403
    assert a_visit(app).post("/moderacja/do-sprawdzenia").status_code in (400, 403)


def test_a_moderator_dates_what_they_have_checked(
    app: Flask, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """Just the ticked groups, in the moderator's name, with a revision; nothing ticked, nothing."""
    page = "/moderacja/do-sprawdzenia"
    theirs = a_visit(app, a_person(app, "k@example.org", "moderator", ("teryt", "1261")))
    press(theirs, page, page, place=an_id(3))
    assert record(catalogue, 3).checked.existence is None
    answer = press(theirs, page, page, place=an_id(3), group=["existence", "nonsens"])

    assert answer.status_code == 303
    check = record(catalogue, 3).checked.existence
    assert check is not None
    assert (check.on, check.by) == ("2026-03-11", "moderator")
    assert record(catalogue, 3).checked.address is None
    assert history.of(desk, an_id(3))[0].what == "confirmed"
    assert "Zapisano jako sprawdzone" in theirs.get(page).text


def test_nobody_dates_a_place_of_another_area(app: Flask, catalogue: Path) -> None:
    """404, as for a place that is not there; and never without the page's token."""
    page = "/moderacja/do-sprawdzenia"
    before = catalogue.read_bytes()
    theirs = a_visit(app, a_person(app, "k@example.org", "moderator", ("teryt", "1261")))
    for place_id in (an_id(2), "nie-ma-go"):
        found = press(theirs, page, page, place=place_id, group="existence")
        assert found.status_code == 404
    bare = theirs.post(page, data={"place": an_id(3), "group": "existence"})

    assert bare.status_code in (400, 403)
    assert catalogue.read_bytes() == before


def test_pages_of_the_list_are_numbered(app: Flask) -> None:
    """A page beyond the last is empty; what is no number is refused."""
    admin = a_visit(app, a_person(app, "a@example.org", "admin"))
    assert admin.get("/moderacja/do-sprawdzenia?page=9").status_code == 200
    for page in ("0", "-1", "x", "1e3"):
        assert admin.get(f"/moderacja/do-sprawdzenia?page={page}").status_code == 400


def test_an_edition_asks_for_new_dates(
    desk: sqlite3.Connection, instance: Path, tmp_path: Path
) -> None:
    """Two buttons; there is nothing to call still true, not even by hand."""
    fresh = {"on": "2026-03-01", "by": "owner"}
    path = a_catalogue(
        tmp_path / "e.geojson",
        [a_place(valid_to="2026-04-30", checked={"existence": fresh, "address": fresh})],
    )
    owners.add(desk, "k3v7m2qa", "dom@example.org", "", NOW)
    remind(desk, path, NOW)
    link = f"/potwierdz/{word_in(post(desk)[0])}"
    settings = {"CATALOGUE": str(path), "INSTANCE": str(instance), "URL": ""}
    client = create_app({**settings, "NOW": lambda: NOW}).test_client()
    page = Reader(client.get(link).text)

    assert [one["value"] for one in page.all("button", name="answer")] == ["change", "gone"]
    assert "Edycja programu trwa do końca kwietnia 2026" in page.text
    assert client.post(link, data={"answer": "still"}).status_code == 400
    assert client.post(link, data={"answer": "gone"}).status_code == 303


def test_she_answers_on_her_phone(
    live_server: Serve, visit: Visit, instance: Path, tmp_path: Path
) -> None:
    """From the letter to "thank you" with one tap, without a script; all of it fits the screen."""
    places = [a_place(hours={"open": "Mo-Fr 10:00-18:00"}, summary="Warsztaty i kawa.")]
    site = live_server(places, NOW=lambda: NOW)
    with store.open_desk(instance) as desk:
        owners.add(desk, "k3v7m2qa", "dom@example.org", "", NOW)
        remind(desk, tmp_path / "places.geojson", NOW)
        word = word_in(post(desk)[0])
    her = visit(width=390, java_script_enabled=False)
    her.page.goto(f"{site}/potwierdz/{word}?odpowiedz=aktualne")
    assert "Warsztaty i kawa." in her.page.inner_text("main").replace("\u00a0", " ")
    her.page.click("text=Nadal aktualne")

    assert "Dziękujemy" in her.page.inner_text("main")
    her.page.goto(f"{site}/miejsca/k3v7m2qa")
    assert "sprawdzone 11 marca 2026 przez prowadzących" in her.page.inner_text(".sources").replace(
        "\u00a0", " "
    )
    assert her.complaints == []
