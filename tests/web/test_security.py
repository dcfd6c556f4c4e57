"""What holds for every answer: headers, nonces, escaping, and no trust in what is sent."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient

from app import create_app
from tests.builders import a_catalogue, a_place, an_id

HOSTILE = "${alert(1)}<img src=x onerror=alert(1)></script><script>alert(1)</script>\"'`{{7*7}}"
# Every kind of answer: pages, data, files, redirects and refusals.
ANSWERS = {
    "/": 200,
    "/?kolor=1": 400,
    "/?near=0,0": 400,
    f"/miejsca/klub-pod-lipa-krakow-{an_id(1)}": 200,
    f"/miejsca/stary-slug-{an_id(1)}": 301,
    f"/miejsca/{an_id(1)}": 301,
    f"/miejsca/dawny-klub-krakow-{an_id(6)}": 410,
    "/miejsca/nie-ma-zzzzzzzz": 404,
    "/miasta/": 200,
    "/miasta/krakow": 200,
    "/miasta/atlantyda": 404,
    "/typy/": 200,
    "/typy/biblioteka": 200,
    "/typy/kino": 404,
    "/sieci/": 200,
    "/sieci/mam": 200,
    "/o-projekcie": 200,
    "/dostepnosc": 200,
    "/moderacja/listy": 403,
    "/moderacja/list-wyslany": 200,
    "/nic": 404,
    "/api/places.geojson": 200,
    "/api/places.geojson?zoom=6": 200,
    "/api/places.geojson?kolor=1": 400,
    "/api/schema/place.json": 200,
    "/api/nic": 404,
    "/healthz": 200,
    "/robots.txt": 200,
    "/sitemap.xml": 200,
    "/leaflet/leaflet.js": 200,
    "/static/style.css": 200,
}
PAGES = [path for path, status in ANSWERS.items() if status != 301 and path.count(".") == 0]


def policy(headers: Any) -> dict[str, str]:
    """The directives of the Content-Security-Policy."""
    parts = headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_every_answer_carries_the_headers(client: FlaskClient, path: str, status: int) -> None:
    """Pages, data, files, redirects and refusals alike; nothing unsafe is allowed inline."""
    response = client.get(path, buffered=True)
    assert response.status_code == status
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    found = policy(headers)
    assert found["default-src"] == found["base-uri"] == found["frame-ancestors"] == "'none'"
    assert re.fullmatch(r"'self' 'nonce-[\w-]{20,}'", found["script-src"])
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers
    assert "Traceback" not in response.text


@pytest.mark.parametrize("path", PAGES)
def test_nothing_inline_without_its_nonce(client: FlaskClient, path: str) -> None:
    """Scripts and styles in a page carry the nonce of its answer; no handler stands in it."""
    response = client.get(path)
    nonce = re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])
    assert nonce is not None
    for tag in re.findall(r"<(?:script|style)\b[^>]*>", response.text):
        assert "src=" in tag or f'nonce="{nonce[1]}"' in tag
    bare = re.sub(r"<script\b.*?</script>", "", response.text, flags=re.DOTALL)
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", bare)
    assert not re.search(r"<[a-z][^>]*\sstyle\s*=", bare)
    assert "javascript:" not in bare


def test_a_nonce_is_used_once(client: FlaskClient) -> None:
    """Two answers have two nonces, and nobody can guess the next."""
    nonces = {policy(client.get("/").headers)["script-src"] for _ in range(5)}
    assert len(nonces) == 5


def test_only_the_tile_server_may_give_pictures(client: FlaskClient) -> None:
    """The policy lets pictures come from us and from the host of the tiles, and from no other."""
    assert policy(client.get("/").headers)["img-src"] == (
        "'self' data: https://tile.openstreetmap.org"
    )
    client.application.config["TILES"] = "https://{s}.tiles.example/{z}/{x}/{y}.png"
    assert policy(client.get("/").headers)["img-src"].endswith("https://*.tiles.example")
    client.application.config["TILES"] = ""
    assert policy(client.get("/").headers)["img-src"] == "'self' data:"


@pytest.fixture
def hostile(tmp_path: Path) -> FlaskClient:
    """A site over a catalogue in which every word is hostile."""
    one = a_place(
        name=HOSTILE, summary=HOSTILE, other_names=[HOSTILE], networks=[HOSTILE], door=HOSTILE,
        activities=[HOSTILE], facilities=[HOSTILE], status_note=HOSTILE, catchment=[HOSTILE],
        address={"city": HOSTILE, "district": HOSTILE, "street": HOSTILE, "gmina": HOSTILE},
        operator={"name": HOSTILE}, hours={"open_note": HOSTILE, "open": HOSTILE},
        rules={"cost_note": HOSTILE}, rooms=[{"name": HOSTILE, "equipment": [HOSTILE]}],
        accessibility={"note": HOSTILE}, sources=[{"name": HOSTILE, "licence": HOSTILE}],
        licence=HOSTILE,
    )  # fmt: skip
    catalogue = a_catalogue(tmp_path / "places.geojson", [one])
    app = create_app({"CATALOGUE": str(catalogue), "INSTANCE": str(tmp_path / "instance")})
    return app.test_client()


def assert_harmless(text: str) -> None:
    """No hostile tag stands in the page as a tag; we use no picture tags ourselves."""
    assert "<img" not in text
    assert "<script>alert" not in text
    assert ">49<" not in text


def test_every_word_of_the_catalogue_is_escaped(hostile: FlaskClient) -> None:
    """On every page, in lists, cards, filters, maps and neighbours, words stay words."""
    [feature] = json.loads(hostile.get("/api/places.geojson").data)["features"]
    assert feature["properties"]["name"] == HOSTILE
    pages = ["/", "/miasta/", "/sieci/", "/typy/dom_kultury", feature["properties"]["url"]]
    pages += re.findall(r'href="(/(?:miasta|sieci)/[^"?]+)"', hostile.get("/").text)
    for path in pages:
        response = hostile.get(path, follow_redirects=True)
        assert response.status_code == 200, path
        assert "&lt;img src=x" in response.text, path
        assert_harmless(response.text)


@pytest.mark.parametrize(
    "name",
    ["q", "city", "type", "network", "district", "near", "radius", "bbox", "sort", "page", "kolor"],
)
def test_what_is_typed_is_escaped(client: FlaskClient, name: str) -> None:
    """A hostile value comes back as text, whether it was understood or refused."""
    half = "\ud800".encode("utf-8", "surrogatepass")
    for value in (HOSTILE, "\x00", "Ż" * 10_000, half, "'; drop table place; --", "NEAR(a*"):
        response = client.get(f"/?{urlencode({name: value})}")
        assert response.status_code in (200, 400)
        assert_harmless(response.text)
    response = client.get(f"/?{quote(HOSTILE)}=1")
    assert response.status_code == 400
    assert_harmless(response.text)


@pytest.mark.parametrize("path", ["/%00", "/miejsca/%00-%00", "/miasta/%ff", "/" + "a" * 5000])
def test_odd_addresses_are_not_found(client: FlaskClient, path: str) -> None:
    """Bytes that are no text and endless paths are pages nobody has."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:99999", "a b", "", "[::1"])
def test_the_public_address_is_ours(catalogue: Path, instance: Path, host: str) -> None:
    """With PLACES_URL no absolute address repeats what the Host header says."""
    settings = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance)}
    client = create_app({**settings, "URL": "https://miejsca.example"}).test_client()
    for path in ("/", "/api/places.geojson", "/sitemap.xml", "/api/schema/place.json", "/nic"):
        response = client.get(path, headers={"Host": host})
        assert response.status_code == ANSWERS[path]
        assert "evil.example" not in response.text
        assert "Strict-Transport-Security" in response.headers
    links = client.get("/api/places.geojson", headers={"Host": host}).get_json(force=True)["links"]
    assert all(link["href"].startswith("https://miejsca.example/api/") for link in links)


def test_a_host_that_is_none_is_no_crash(client: FlaskClient) -> None:
    """Without PLACES_URL a broken Host header is a bad request at worst."""
    for host in ("a b", "[::1", "x" * 3000):
        assert client.get("/", headers={"Host": host}).status_code in (200, 400)


def test_only_reading_is_possible(client: FlaskClient) -> None:
    """There is nothing to post to, and a big body changes nothing."""
    for path in ("/", "/api/places.geojson", "/healthz", f"/miejsca/{an_id(1)}"):
        for method in ("post", "put", "patch", "delete"):
            response = getattr(client, method)(path, data=b"x" * 2_000_000)
            assert response.status_code in (405, 413)
            assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_bug_of_ours_shows_nothing_of_us(client: FlaskClient) -> None:
    """An error we did not foresee gives a plain page with all the headers and no trace."""
    client.application.config["CATALOGUE"] = 7  # nobody can set this; it breaks the view
    for path, kind in (("/", "text/html"), ("/api/places.geojson", "application/problem+json")):
        response = client.get(path)
        assert response.status_code == 500
        assert response.mimetype == kind
        assert "TypeError" not in response.text
        assert policy(response.headers)["default-src"] == "'none'"


def test_there_is_no_debugger(client: FlaskClient) -> None:
    """No console, no debug mode."""
    assert not client.application.debug
    assert client.get("/console").status_code == 404
    assert client.get("/?__debugger__=yes&cmd=resource&f=debugger.js").status_code == 400
