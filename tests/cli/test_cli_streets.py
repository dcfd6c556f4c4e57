"""`flask streets`, and fetching from a server that replays Geofabrik's."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from flask import Flask

from places.coverage import extracts, streets
from places.errors import Invalid
from tests.towns import STREET, a_town

FILE = "/poland/pomorskie-latest.osm.pbf"


class Geofabrik:
    """Files by their addresses, and what was asked for."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.url = ""

    def offer(self, town: Path, md5: str = "") -> None:
        """This file from now on, with its checksum beside it."""
        body = town.read_bytes()
        told = md5 or hashlib.md5(body, usedforsecurity=False).hexdigest()
        self.files[FILE] = body
        self.files[FILE + ".md5"] = f"{told}  pomorskie-latest.osm.pbf\n".encode()


@pytest.fixture
def geofabrik() -> Iterator[Geofabrik]:
    host = Geofabrik()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.asked.append(self.path)
            body = host.files.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    host.url = f"http://127.0.0.1:{server.server_address[1]}/poland"
    yield host
    server.shutdown()
    server.server_close()


def run(app: Flask, *arguments: str, code: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=["streets", *arguments])
    assert result.exit_code == code, result.output
    return result.output.replace("\u00a0", " ")


def test_the_whole_life_of_a_network(app: Flask, tmp_path: Path) -> None:
    """Loaded under the name of its file, listed, loaded anew, removed."""
    assert "drogę liczymy w linii prostej" in run(app, "list")
    town = a_town(tmp_path / "Małe Miasto.osm.pbf", day="2026-03-01")
    said = run(app, "load", str(town))
    assert "Czytam ulice…" in said
    assert "Wczytano: male-miasto: 0 km ulic, węzłów: 4, 100% tego" in said
    assert "stan z 2026-03-01" in said and "© OpenStreetMap contributors, ODbL 1.0" in said
    a_town(town, [((1, 2), STREET)])
    assert "węzłów: 2" in run(app, "load", str(town))
    listed = run(app, "list")
    assert listed.count("male-miasto") == 1 and "plik nie mówi, z kiedy jest" in listed
    assert run(app, "remove", "male-miasto") == "Usunięto: male-miasto\n"
    assert "nie ma sieci ulic male-miasto" in run(app, "remove", "male-miasto", code=1)


def test_a_bad_file_is_named_and_nothing_is_lost(app: Flask, tmp_path: Path) -> None:
    """Every fault has its sentence."""
    town = a_town(tmp_path / "town.osm.pbf")
    run(app, "load", str(town))
    other = tmp_path / "other.osm.pbf"
    other.write_bytes(town.read_bytes()[:-40])
    assert "jest uszkodzony albo ucięty; szczegóły: " in run(app, "load", str(other), code=1)
    other.write_text("nic", encoding="utf-8")
    assert "To nie jest plik OpenStreetMap" in run(app, "load", str(other), code=1)
    assert "Nie ma takiego pliku" in run(app, "load", str(tmp_path / "x.pbf"), code=1)
    assert "Name" not in run(app, "load", str(town), "--name", "Ulice!", code=1)
    assert "podaj --name" in run(app, "load", str(town), "--name", "Ulice!", code=1)
    assert run(app, "list").count("węzłów") == 1


def test_a_voivodeship_is_fetched_checked_and_loaded(
    app: Flask, geofabrik: Geofabrik, tmp_path: Path
) -> None:
    """Its name may be written as people write it; where it came from is told."""
    geofabrik.offer(a_town(tmp_path / "a.osm.pbf"))
    said = run(app, "fetch", "Pomorskie", "--url", geofabrik.url)
    assert "Wczytano: pomorskie: 0 km ulic, węzłów: 4" in said
    assert f"({geofabrik.url}/pomorskie-latest.osm.pbf)" in said
    assert geofabrik.asked == [FILE + ".md5", FILE]


def test_what_is_here_already_is_not_fetched_again(geofabrik: Geofabrik, tmp_path: Path) -> None:
    """Only its checksum is asked for; a new file comes whole."""
    geofabrik.offer(a_town(tmp_path / "a.osm.pbf"))
    first = extracts.fetch(tmp_path, "pomorskie", geofabrik.url)
    assert extracts.fetch(tmp_path, "pomorskie", geofabrik.url) == first
    assert geofabrik.asked == [FILE + ".md5", FILE, FILE + ".md5"]
    geofabrik.offer(a_town(tmp_path / "a.osm.pbf", [((1, 2), STREET)]))
    assert (
        extracts.fetch(tmp_path, "pomorskie", geofabrik.url).read_bytes() == (geofabrik.files[FILE])
    )
    assert sorted(path.name for path in first.parent.glob("[!.]*")) == [
        "pomorskie-latest.osm.pbf", "pomorskie-latest.osm.pbf.md5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("md5", "code"), [("0" * 32, "download_checksum"), ("<html>", "no_checksum")]
)
def test_a_file_that_is_not_the_promised_one_is_refused(
    geofabrik: Geofabrik, tmp_path: Path, md5: str, code: str
) -> None:
    """The one that was fetched before stays, and the next fetch starts anew."""
    geofabrik.offer(a_town(tmp_path / "a.osm.pbf"))
    kept = extracts.fetch(tmp_path, "pomorskie", geofabrik.url).read_bytes()
    geofabrik.offer(a_town(tmp_path / "a.osm.pbf", [((1, 2), STREET)]), md5)
    with pytest.raises(Invalid) as refused:
        extracts.fetch(tmp_path, "pomorskie", geofabrik.url)
    assert [fault.code for fault in refused.value.faults] == [code]
    home = tmp_path / "coverage" / "downloads"
    assert (home / "pomorskie-latest.osm.pbf").read_bytes() == kept
    assert not list(home.glob("*.fresh"))


def test_a_server_without_the_file_and_a_voivodeship_that_is_none(
    app: Flask, geofabrik: Geofabrik, instance: Path
) -> None:
    """Both are named, and no network is made."""
    assert "404" in run(app, "fetch", "pomorskie", "--url", geofabrik.url, code=1)
    said = run(app, "fetch", "krakowskie", "--url", geofabrik.url, code=1)
    assert "świętokrzyskie" in said and "krakowskie" in said
    assert streets.current(instance) == ()


@pytest.mark.parametrize("name", extracts.VOIVODESHIPS)
def test_every_voivodeship_has_its_address(name: str) -> None:
    """Without Polish letters, as Geofabrik writes it."""
    url = extracts.address(name)
    assert url.startswith("https://download.geofabrik.de/europe/poland/")
    assert url.endswith("-latest.osm.pbf") and url.isascii()
