"""A real server, a real browser, and a tile server of our own: nothing here is pretended.

Where the machine has no Chromium the tests that need one are skipped, and say so.
"""

import os
import shutil
import struct
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from places.place import Place
from tests.builders import a_catalogue

Serve = Callable[..., str]
Visit = Callable[..., "Visitor"]


@pytest.fixture
def live_server(tmp_path: Path) -> Iterator[Serve]:
    """`live_server(places, TILES="…")` serves these places and gives the address."""
    with ExitStack() as running:

        def serve(places: Iterable[Place], **settings: Any) -> str:
            catalogue = a_catalogue(tmp_path / "places.geojson", places)
            given = {"CATALOGUE": str(catalogue), "INSTANCE": str(tmp_path / "instance")}
            app = create_app({**given, "TILES": "", **settings})
            return running.enter_context(served(app))

        yield serve


@dataclass
class TileServer:
    """A background of one colour, which can be told to fail."""

    url: str = ""
    asked: int = 0
    broken: bool = False


@pytest.fixture
def tile_server() -> Iterator[TileServer]:
    """A host of its own that serves tiles and counts them."""
    tiles = TileServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tiles.asked += 1
            self.send_response(500 if tiles.broken else 200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(b"" if tiles.broken else _TILE)

        def log_message(self, *_: object) -> None:
            """Says nothing: a test's output is for what went wrong."""

    with _served(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as address:
        tiles.url = address + "/{z}/{x}/{y}.png"
        yield tiles


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the machine; without one the test is skipped."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if program is None:
        pytest.skip("no Chromium on this machine: the browser tests did not run")
    with sync_playwright() as playwright:
        browser = _launched(playwright, program)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A person's browser window, and what it has seen."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """Errors and warnings of the console: broken scripts, what the policy forbade."""
    dialogs: list[str] = field(default_factory=list)
    """What some script managed to pop up."""

    def hosts(self) -> set[str]:
        """Every host that was asked for something."""
        return {url.split("/")[2] for url in self.requests if url.startswith("http")}


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """`visit(width=390)` opens a window; the keywords are those of a Playwright context."""
    with ExitStack() as opened:

        def visitor(width: int = 1280, height: int = 900, **options: Any) -> Visitor:
            size = {"width": width, "height": height}
            context = chromium.new_context(viewport=size, locale="pl-PL", **options)
            opened.callback(context.close)
            return _watched(context.new_page())

        yield visitor


def _watched(page: Page) -> Visitor:
    seen = Visitor(page)
    page.set_default_timeout(10_000)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    page.on(
        "console",
        lambda message: (
            seen.complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    return seen


def _launched(playwright: Playwright, program: str) -> Browser:
    # Chromium refuses to run its sandbox as root, as build machines do.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=program, args=arguments)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serves the application and gives the address."""
    with _served(make_server("127.0.0.1", 0, app, threaded=True)) as address:
        yield address


@contextmanager
def _served(server: Any) -> Iterator[str]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host, port = server.server_address[:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _png() -> bytes:
    def part(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    size = struct.pack(">IIBBBBB", 256, 256, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xee" * 256) * 256)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", rows) + part(b"IEND", b"")


_TILE = _png()
