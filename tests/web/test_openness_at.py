"""What a card says of the time that was asked for."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from places import hours, opening
from places.hours import WARSAW
from places.web import words
from tests import hours_rules
from tests.builders import a_catalogue, a_place, an_id

NOW = datetime(2026, 11, 25, 16, 0, tzinfo=WARSAW)  # a Wednesday
PHONE = {"phone": "+48 12 345 67 89"}


@pytest.fixture(scope="module", autouse=True)
def polish() -> Iterator[Flask]:
    app = create_app({"CATALOGUE": "none", "INSTANCE": "none"})
    with app.test_request_context():
        yield app


def said(rule: str | None, *codes: str) -> str:
    place = a_place(hours={"open": rule}, contact=PHONE)
    return words.openness_at(place, codes, None, NOW).said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("rule", "code", "expected"),
    [
        ("Sa 10:00-20:00", "2026-11-28T18:00", "w sobotę 28 listopada o 18:00 otwarte, do 20:00"),
        ("Sa 10:00-20:00", "2026-11-28T20:00", "w sobotę 28 listopada o 20:00 zamknięte"),
        ("We 10:00-20:00", "2026-11-25T18:00", "dziś o 18:00 otwarte, do 20:00"),
        ("Th 10:00-20:00", "2026-11-26T18:00", "jutro o 18:00 otwarte, do 20:00"),
        ("Mo 10:00-20:00", "2027-01-04T18:00",
         "w poniedziałek 4 stycznia 2027 o 18:00 otwarte, do 20:00"),
        ("Fr 18:00-02:00", "2026-11-27T23:00", "w piątek 27 listopada o 23:00 otwarte, do 2:00"),
        ("Fr 18:00-02:00", "2026-11-28", "w piątek 27 listopada otwarte 18:00–2:00"),
        ("24/7", "2026-11-28T18:00", "w sobotę 28 listopada o 18:00 otwarte całą dobę"),
        ("Sa 10:00+", "2026-11-28T18:00",
         "w sobotę 28 listopada o 18:00 może otwarte, nie wiemy, do której"),
        ('Sa unknown "po umówieniu"', "2026-11-28T18:00",
         "w sobotę 28 listopada o 18:00 po umówieniu"),
        (None, "2026-11-28T18:00", "godziny nieznane, zadzwoń"),
        (None, "weekend", "godziny nieznane, zadzwoń"),
        ("Th 10:00-20:00", "2026-12-24T18:00",
         "w czwartek 24 grudnia święto (Wigilia): nie wiemy, czy otwarte"),
        ("Th 10:00-20:00; PH 10:00-13:00", "2026-12-24T12:00",
         "w czwartek 24 grudnia o 12:00 otwarte, do 13:00"),
        ("We 10:00-20:00", "evening", "dziś wieczorem otwarte do 20:00"),
        ("We 18:00-20:00", "evening", "dziś wieczorem otwarte 18:00–20:00"),
        ("Sa-Su 10:00-14:00", "weekend",
         "otwarte w sobotę 28 listopada 10:00–14:00, w niedzielę 29 listopada 10:00–14:00"),
        ("Sa 10:00-14:00", "weekend",
         "w sobotę 28 listopada otwarte 10:00–14:00, w niedzielę nieczynne"),
        ("Sa 10:00-12:00,16:00-20:00", "2026-11-28",
         "w sobotę 28 listopada otwarte 10:00–12:00 i 16:00–20:00"),
        ("Sa 10:00-20:00", "2026-11-28T17:00/2026-11-28T21:00",
         "w sobotę 28 listopada otwarte 10:00–20:00"),
        ("Mo-Fr 10:00-20:00", "now", "otwarte do 20:00"),
    ],
)  # fmt: skip
def test_a_card_speaks_of_the_time_asked_for(rule: str | None, code: str, expected: str) -> None:
    """The day is named, so that nobody comes now; unknown hours stay unknown."""
    assert said(rule, code) == expected


def test_without_a_time_the_card_speaks_of_now() -> None:
    """As everywhere else."""
    assert said("We 10:00-20:00") == "otwarte do 20:00"


def test_any_of_several_times_is_enough() -> None:
    """Those at which it is closed are left out when it is open at another."""
    assert said("Sa 10:00-14:00", "2026-11-28", "2026-11-29") == (
        "w sobotę 28 listopada otwarte 10:00–14:00"
    )


@given(
    hours_rules.rules(),
    st.datetimes(datetime(2026, 9, 1), datetime(2027, 4, 30)),  # noqa: DTZ001
    st.sampled_from(("evening", "weekend", "%Y-%m-%dT%H:%M", "%Y-%m-%d")),
)
def test_the_card_and_the_filter_agree(rule: str, wall: datetime, code: str) -> None:
    """Whatever is asked, the words have the state by which the place was found."""
    now = wall.replace(tzinfo=WARSAW)
    code = wall.strftime(code)
    if hours.fault_in(rule) is not None:
        return
    place = a_place(hours={"open": rule})
    connection = sqlite3.connect(":memory:")
    connection.executescript(opening.TABLES)
    connection.execute("insert into rule values (1, ?, 'małopolskie', null, null)", (rule,))
    found = opening.states(connection, opening.spans([code], now)).get(1, opening.CLOSED)
    connection.close()
    told = words.openness_at(place, [code], None, now)

    assert told.state == {2: "open", 1: "unknown", 0: "closed"}[found], told.said
    assert told.said


def test_the_list_says_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    """On the page of answers the cards speak of Saturday evening, on every other page of now."""
    folder = tmp_path_factory.mktemp("cards")
    places = [
        a_place(id=an_id(1), hours={"open": "Mo-Sa 10:00-20:00"}),
        a_place(id=an_id(2), name="Klub Dwa", contact=PHONE),
    ]
    catalogue = a_catalogue(folder / "places.geojson", places)
    app = create_app(
        {"CATALOGUE": str(catalogue), "INSTANCE": str(folder / "instance"), "NOW": lambda: NOW}
    )
    client: FlaskClient = app.test_client()
    page = client.get("/?open=2026-11-28T18:00").text.replace("\u00a0", " ")
    typed = client.get("/?q=klub+w+sobotę+o+18").text.replace("\u00a0", " ")

    for one in (page, typed):
        assert "w sobotę 28 listopada o 18:00 otwarte, do 20:00" in one
        assert "godziny nieznane, zadzwoń" in one
    assert "otwarte do 20:00" in client.get("/").text.replace("\u00a0", " ")
