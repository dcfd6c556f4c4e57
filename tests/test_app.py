"""The roof: settings are read once, all that is wrong is told, and the server has limits."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from app import SETTINGS, BadSettings, create_app
from places.web import uploading

ROOT = Path(__file__).parents[1]


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with the prefix is a setting; what is not given has its default."""
    monkeypatch.setenv("PLACES_TILES", "/kafelki/{z}/{x}/{y}.png")
    monkeypatch.setenv("PORT", "8080")
    config = create_app().config
    assert config["TILES"] == "/kafelki/{z}/{x}/{y}.png"
    assert config["PORT"] == 8080
    assert config["HOST"] == "127.0.0.1"
    assert config["CATALOGUE"].endswith("data/places.geojson")


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test or a script hands its settings in, whatever the environment says."""
    monkeypatch.setenv("PLACES_CATALOGUE", "/inny/plik")
    assert create_app({"CATALOGUE": "/ten/plik"}).config["CATALOGUE"] == "/ten/plik"


def test_all_bad_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each stands in the refusal by its name, with what was given."""
    bad = {
        "PLACES_CATALOGUE": " ", "PORT": "http", "PLACES_THREADS": "0", "PLACES_TILES": "kafelki",
        "PLACES_URL": "miejsca.example",
    }  # fmt: skip
    for name, value in bad.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as refused:
        create_app()
    for name, value in bad.items():
        assert name in str(refused.value)
        assert value.strip() in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "65536"), ("PORT", "-1"), ("PORT", "٣"), ("PORT", "9" * 5000),
        ("PLACES_THREADS", "1000"), ("PLACES_URL", "https://x.example/katalog"),
        ("PLACES_URL", "https://"), ("PLACES_URL", "javascript:alert(1)"),
        ("PLACES_TILES", "javascript:alert(1)"),
        ("PLACES_GEOCODER", "google"), ("PLACES_GEOCODER_TIMEOUT", "0"),
        ("PLACES_PROXIES", "-1"), ("PLACES_PROXIES", "11"), ("PLACES_SENDER", "my"),
        ("PLACES_LIMIT_FORMS", "dużo"), ("PLACES_LIMIT_SIGN_IN", "0"), ("PLACES_LIMIT_FORMS", ""),
        ("PLACES_SENDER", "my@example.org\r\nBcc: zly@example.org"),
        ("PLACES_GEOCODER_GUGIK_URL", "file:///etc/passwd"),
        ("PLACES_GEOCODER_NOMINATIM_URL", "https://x.example/a b"),
    ],
)  # fmt: skip
def test_a_setting_out_of_range_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """The site does not start with a setting it cannot keep."""
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=name):
        create_app()


def test_nominatim_must_be_told_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its terms ask for an address to write to: without one the site does not start."""
    monkeypatch.setenv("PLACES_GEOCODER", "gugik, nominatim")
    with pytest.raises(BadSettings, match="PLACES_CONTACT"):
        create_app()
    monkeypatch.setenv("PLACES_CONTACT", "biuro@example.org")
    assert create_app().config["GEOCODER_TIMEOUT"] == 5


def test_a_misspelt_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A name with our prefix that nobody knows is in the log."""
    monkeypatch.setenv("PLACES_CATALOG", "/plik")
    create_app()
    assert "PLACES_CATALOG" in caplog.text


def test_there_is_no_secret_with_a_default() -> None:
    """No key stands in the settings or in the code; until something is signed there is none."""
    assert create_app().config["SECRET_KEY"] is None
    assert {one.name for one in SETTINGS if one.hidden} == {"PLACES_SECRET", "PLACES_SMTP"}
    assert not [one.default for one in SETTINGS if one.hidden and one.default]


def test_mail_needs_an_address_and_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links in letters must lead somewhere, and somebody must have written them."""
    monkeypatch.setenv("PLACES_SMTP", "smtp://poczta.example")
    with pytest.raises(BadSettings, match="PLACES_URL.*PLACES_SENDER"):
        create_app()
    monkeypatch.setenv("PLACES_URL", "https://miejsca.example")
    monkeypatch.setenv("PLACES_CONTACT", "biuro@example.org")
    assert create_app().config["PROXIES"] == 0


@pytest.mark.parametrize("name", ["PLACES_SECRET", "PLACES_SMTP"])
def test_a_bad_secret_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What is too short or no address of a server may still be somebody's password."""
    monkeypatch.setenv(name, "tajne@haslo")
    with pytest.raises(BadSettings, match=name) as refused:
        create_app()
    assert "tajne" not in str(refused.value)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the site as `make run` serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("served")
    environment = {
        **os.environ, "PORT": str(port), "PLACES_INSTANCE": str(folder / "instance"),
    }  # fmt: skip
    (folder / "instance").mkdir()
    (folder / "instance" / "index.db").write_bytes(b"\x07garbage" * 1000)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: str
    body: bytes


def ask(port: int, method: str, path: str, **headers: str) -> Answer:
    """One request to the served site."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(method, path, headers=headers)
        with connection.getresponse() as response:
            return Answer(response.status, str(response.headers), response.read())


def test_the_site_starts_over_a_damaged_index(served: int) -> None:
    """Garbage where the index should be does not keep the site from starting."""
    found = json.loads(ask(served, "GET", "/healthz").body)
    assert found["status"] == "ok"
    assert found["places"] > 300


def test_the_server_tells_nothing_of_itself(served: int) -> None:
    """No name of a program or a version in the headers, and no debugger."""
    response = ask(served, "GET", "/")
    assert response.status == 200
    assert "werkzeug" not in response.headers.casefold()
    assert "waitress" not in response.headers.casefold()
    assert ask(served, "GET", "/console").status == 404


def test_big_headers_and_bodies_are_refused(served: int) -> None:
    """What nobody needs to send is cut off, and the site goes on."""
    assert ask(served, "GET", "/", big="x" * 100_000).status == 431
    assert ask(served, "GET", "/?q=" + "x" * 100_000).status in (400, 414, 431)
    refused = ask(served, "POST", "/", **{"Content-Length": str(uploading.MOST_BYTES + 1)})
    assert refused.status == 413
    assert ask(served, "GET", "/healthz").status == 200


def test_a_host_header_of_many_lines_is_no_crash(served: int) -> None:
    """A request that is not quite HTTP gets an answer or a closed door, and the site goes on."""
    for raw in (b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", b"\x00\x01\x02\r\n\r\n", b"GET /\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", served), 10) as line:
            line.sendall(raw)
            line.recv(100)
    assert ask(served, "GET", "/healthz").status == 200
