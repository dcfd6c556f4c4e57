"""What holds for every door: parameters that nobody understands, and those that others append."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from places.errors import Fault, Invalid, Refusal
from places.storage import Damaged
from places.web import STATUSES
from tests.builders import an_id

PAGES = ("/miasta/", "/typy/", "/sieci/", "/o-projekcie", "/dostepnosc", "/healthz", "/sitemap.xml")


@pytest.mark.parametrize("path", [*PAGES, "/", "/miasta/krakow", "/typy/dom_kultury", "/sieci/mam"])
def test_what_is_not_understood_is_refused_everywhere(client: FlaskClient, path: str) -> None:
    """A parameter nobody knows is a fault on every page, also where there are none at all."""
    assert client.get(path).status_code == 200

    response = client.get(path, query_string={"raduis": "5"})

    assert response.status_code == 400
    assert "raduis" in response.text


@pytest.mark.parametrize("name", ["fbclid", "gclid", "utm_source", "mc_cid", "_ga"])
@pytest.mark.parametrize("path", ["/", "/miasta/", "/miasta/krakow"])
def test_a_link_shared_elsewhere_still_works(client: FlaskClient, path: str, name: str) -> None:
    """What letters and social networks append to an address is no fault of who follows it."""
    assert client.get(path, query_string={name: "x"}).status_code == 200


def test_a_shared_link_to_a_place_still_works(client: FlaskClient) -> None:
    """The same for the page of a place, which redirects to its full address."""
    response = client.get(f"/miejsca/{an_id(1)}?fbclid=x", follow_redirects=True)

    assert response.status_code == 200


def test_programs_are_told_even_that(client: FlaskClient) -> None:
    """The API is for programs, and a program should not send what it does not mean."""
    assert client.get("/api/places.geojson?fbclid=x").status_code == 400


def test_a_town_nobody_knows_is_named_with_the_other_faults(client: FlaskClient) -> None:
    """All that is wrong is said at once, also what only the catalogue can tell."""
    wrong = {"near": "Qwrtz", "type": "bar", "raduis": "5"}

    page = client.get("/", query_string=wrong).text
    problem = client.get("/api/places.geojson", query_string=wrong).get_json()

    assert all(word in page for word in ("Qwrtz", "bar", "raduis"))
    assert {one["parameter"] for one in problem["faults"]} == set(wrong)


def all_refusals() -> list[type[Refusal]]:
    """Every class of refusal that a door may meet."""
    return [one for one in Refusal.__subclasses__() if one is not Damaged]


@pytest.mark.parametrize("refusal", all_refusals(), ids=lambda one: one.__name__)
def test_every_refusal_has_its_page(app: Flask, refusal: type[Refusal]) -> None:
    """A status of its own and words in Polish, never the page of a bug of ours."""
    given = ([Fault("q", "missing")],) if refusal is Invalid else ("k3v7m2qa",)

    @app.get("/moderacja/refused")
    def refused() -> str:
        raise refusal(*given)

    response = app.test_client().get("/moderacja/refused")

    assert response.status_code == STATUSES[refusal]
    assert '<html lang="pl">' in response.text
    assert "k3v7m2qa" not in response.text


def test_a_bug_does_not_log_a_right(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """The word in an address opens something: the log gets the rest of the address."""
    word = "a1" * 16

    @app.get("/opieka-x/<word>")
    def broken(word: str) -> str:
        raise ZeroDivisionError

    assert app.test_client().get(f"/opieka-x/{word}").status_code == 500
    assert "Exception on /opieka-x/… [GET]" in caplog.text
    assert word not in caplog.text


def test_search_engines_stay_away_from_what_is_somebodys(client: FlaskClient) -> None:
    """The desk and every page with a right in its address."""
    lines = client.get("/robots.txt").text.splitlines()

    for path in ("/moderacja", "/zgloszenie/", "/opieka/", "/potwierdz/", "/dodaj/wyslane"):
        assert f"Disallow: {path}" in lines
