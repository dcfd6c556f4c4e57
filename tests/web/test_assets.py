"""Files a browser needs: all served by us, kept for long, and seen at once when they change."""

import re

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from places.web.assets import VENDORED


def fetch(client: FlaskClient, url: str, **headers: str) -> TestResponse:
    """The answer, read to the end, so that its file is closed."""
    return client.get(url, headers=headers, buffered=True)


@pytest.mark.parametrize("name", VENDORED)
def test_leaflet_is_served_by_us(client: FlaskClient, name: str) -> None:
    """Each of Leaflet's files is here, with its type."""
    response = fetch(client, f"/leaflet/{name}")
    assert response.status_code == 200
    assert response.mimetype == ("text/css" if name.endswith("css") else "text/javascript")
    assert len(response.data) > 500


@pytest.mark.parametrize(
    "path",
    [
        "/leaflet/leaflet-src.js", "/leaflet/../app.py", "/leaflet/%2e%2e%2fapp.py", "/leaflet/",
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/", "/static/none.js",
        "/app.py", "/data/places.geojson", "/instance/index.db", "/.git/config",
    ],
)  # fmt: skip
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    """No other file of the package, of ours or of the machine can be had."""
    assert fetch(client, path).status_code == 404


def test_addresses_carry_the_hash_of_the_file(app: Flask, client: FlaskClient) -> None:
    """By its hashed address a file may be kept for a year; by the bare one for an hour."""
    with app.test_request_context():
        urls = [
            url_for("assets.vendor", name="leaflet.js"),
            url_for("static", filename="style.css"),
        ]
    for url in urls:
        assert re.search(r"\?v=[0-9a-f]{12}$", url)
        kept = fetch(client, url).headers["Cache-Control"]
        assert "immutable" in kept
        assert "max-age=31536000" in kept
        assert "max-age=3600" in fetch(client, url.partition("?")[0]).headers["Cache-Control"]


def test_a_missing_file_is_not_kept(client: FlaskClient) -> None:
    """A 404 under a hashed address does not stay in anybody's cache for a year."""
    response = fetch(client, "/static/none.js?v=123")
    assert response.status_code == 404
    assert "immutable" not in response.headers.get("Cache-Control", "")


def test_every_file_a_page_names_is_here(client: FlaskClient) -> None:
    """Scripts, styles and pictures of the main page all exist, and none is from elsewhere."""
    page = client.get("/").text
    found = re.findall(r'<(?:script|link|img)[^>]*?(?:src|href)="([^"]+)"', page)
    files = [url for url in found if "/static/" in url or "/leaflet/" in url]
    assert files
    for url in files:
        assert fetch(client, url.replace("&amp;", "&")).status_code == 200, url
    assert not re.search(r'<(?:script|img|iframe)[^>]*src="(?:https?:)?//', page)
    assert not re.search(r'<link[^>]*rel="stylesheet"[^>]*href="(?:https?:)?//', page)


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    """A file with its tag is answered by 304, which may be kept as long as the file."""
    first = fetch(client, "/leaflet/leaflet.js?v=1")
    again = fetch(client, "/leaflet/leaflet.js?v=1", **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "immutable" in again.headers["Cache-Control"]
