"""Whether the site is well, and that it goes on answering when it is not."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from places import geojson, layout
from tests.builders import a_catalogue, some_places
from tests.conftest import a_few_places

PAGES = ("/", "/api/places.geojson", "/healthz", "/?q=klub", "/api/places.geojson?zoom=6")


def test_a_healthy_site_says_so(client: FlaskClient) -> None:
    """Status, counts, the time of the index; never from a cache."""
    response = client.get("/healthz")
    found = response.get_json()
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert found["status"] == "ok"
    assert (found["places"], found["listed"], found["layout"]) == (6, 5, layout.VERSION)
    assert found["built_at"].endswith("Z")
    assert found["faults"] == []


def test_a_damaged_catalogue_degrades_and_heals(
    client: FlaskClient, catalogue: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The last good answers stay; /healthz and the log name line and feature; mending heals."""
    assert client.get("/").status_code == 200
    whole = catalogue.read_bytes()
    catalogue.write_bytes(whole.replace(b'"swietlica"', b'"kino"'))
    with caplog.at_level(logging.ERROR):
        assert client.get("/api/places.geojson").get_json(force=True)["total"] == 5
    found = client.get("/healthz").get_json()
    assert found["status"] == "degraded"
    [fault] = found["faults"]
    assert (fault["where"], fault["field"]) == ("line 5 · 00000004", "type")
    assert "linia 5" in fault["message"]
    assert "line 5 · 00000004" in caplog.text
    catalogue.write_bytes(whole)
    assert client.get("/healthz").get_json()["status"] == "ok"


def test_many_faults_are_counted_and_not_all_listed(client: FlaskClient, catalogue: Path) -> None:
    """A hopeless file does not make an endless answer."""
    text = "".join(geojson.collection(some_places(150)))
    catalogue.write_text(text.replace("dom_kultury", "kino"), encoding="utf-8")
    found = client.get("/healthz").get_json()
    assert len(found["faults"]) == 100
    assert found["faults_total"] == 150


def test_a_site_without_a_catalogue_still_answers(client: FlaskClient, catalogue: Path) -> None:
    """Nothing to show, no crash, and the reason in /healthz."""
    catalogue.unlink()
    assert client.get("/").status_code == 200
    assert client.get("/healthz").get_json()["status"] == "degraded"
    a_catalogue(catalogue, a_few_places())
    assert client.get("/healthz").get_json()["status"] == "ok"


@pytest.mark.parametrize("page", ["/?q=klub", "/healthz", "/?kolor=1", "/miejsca/x-zzzzzzzz"])
@pytest.mark.parametrize("damage", ["garbage", "truncated", "empty", "a page", "the middle"])
def test_a_damaged_index_mends_itself(
    client: FlaskClient, instance: Path, damage: str, page: str
) -> None:
    """Whatever befell the file, the very next answer is the right one, for any page."""
    before = client.get(page)
    path = instance / "index.db"
    for beside in ("index.db-wal", "index.db-shm"):
        (instance / beside).unlink(missing_ok=True)
    content = path.read_bytes()
    path.write_bytes(
        {
            "garbage": b"\x07garbage" * 10_000,
            "truncated": content[: len(content) // 2],
            "empty": b"",
            "a page": content[:8192] + b"\xff" * 4096 + content[12_288:],
            "the middle": content[:20_000] + b"\x5a" * 200_000 + content[220_000:],
        }[damage]
    )
    after = client.get(page)
    assert after.status_code == before.status_code
    assert client.get("/healthz").get_json()["status"] == "ok"
    assert client.get("/api/places.geojson?q=klub").get_json(force=True)["total"] == 1


def test_an_index_damaged_under_a_reader_is_mended(
    app: Flask, client: FlaskClient, instance: Path
) -> None:
    """Garbage written while another request has the file open does not outlive it."""
    from places.web import current

    with app.test_request_context("/"):
        current.index().status()
        (instance / "index.db").write_bytes(b"\x07garbage" * 10_000)
    for page in PAGES:
        assert client.get(page).status_code == 200
    assert client.get("/healthz").get_json()["status"] == "ok"


def test_a_wrong_question_has_its_answer_without_an_index(
    client: FlaskClient, instance: Path
) -> None:
    """What was wrong is said although the filters of the form cannot be filled."""
    assert client.get("/").status_code == 200
    with closing(sqlite3.connect(instance / "index.db")) as connection:
        connection.execute("drop table choice")
    response = client.get("/typy/dom_kultury?raduis=5")
    assert response.status_code == 400
    assert "raduis" in response.get_data(as_text=True)


def test_a_folder_that_cannot_be_used_is_said(catalogue: Path, tmp_path: Path) -> None:
    """No index and no place for one: 503, which asks to come back, and not 500."""
    (tmp_path / "full").write_text("a file")
    app = create_app({"CATALOGUE": str(catalogue), "INSTANCE": str(tmp_path / "full")})
    for path in PAGES:
        assert app.test_client().get(path).status_code == 503
