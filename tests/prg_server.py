"""The state's register of borders played by a server on this machine, in the recorded shape."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

VOIVODESHIPS = [f"{number:02}" for number in range(2, 33, 2)]
POWIATS = [f"{above}{number:02}" for above in VOIVODESHIPS for number in range(1, 25)]
GMINAS = [f"{above}{number:02}2" for above in POWIATS for number in range(1, 8)]
"""Made-up codes, as many as a whole country has."""
_WEST, _SOUTH, _WIDE, _HIGH = 16.0, 50.6, 6.0, 3.2  # degrees, well within Poland


def squares(codes: Sequence[str], columns: int = 64) -> list[dict[str, Any]]:
    """A feature for each code: squares side by side, as the service writes them."""
    rows = -(-len(codes) // columns)
    step = (_WIDE / columns, _HIGH / rows)
    return [
        feature(
            code, _WEST + number % columns * step[0], _SOUTH + number // columns * step[1], step
        )
        for number, code in enumerate(codes)
    ]


def feature(code: str, west: float, south: float, step: tuple[float, float]) -> dict[str, Any]:
    """One square."""
    east, north = west + step[0], south + step[1]
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature", "id": int(code),
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"id": int(code), "teryt": code, "nazwa": f"obszar {code}"},
    }  # fmt: skip


class Register:
    """What the service has, and what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.layers: dict[str, list[dict[str, Any]]] = {"0": [], "1": [], "2": []}
        self.most = 1000
        """Features on one page, whatever is asked for."""
        self.counts: dict[str, int] = {}
        """What it says there are, where that is not true."""
        self.asked: list[dict[str, str]] = []
        self.bodies: dict[tuple[str, str], bytes] = {}
        """What it sends instead: by layer and offset, "count" for the number."""

    def fill(self) -> "Register":
        """With a whole country of squares."""
        for layer, codes in (("2", VOIVODESHIPS), ("1", POWIATS), ("0", GMINAS)):
            self.layers[layer] = squares(codes)
        return self

    def answer(self, path: str) -> bytes:
        """To one request."""
        parts = urlsplit(path)
        layer = parts.path.split("/")[-2]
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.asked.append({"layer": layer, **asked})
        there = self.layers[layer]
        if "returnCountOnly" in asked:
            said = json.dumps({"count": self.counts.get(layer, len(there))}).encode()
            return self.bodies.get((layer, "count"), said)
        begin = int(asked["resultOffset"])
        size = min(self.most, int(asked["resultRecordCount"]))
        page = {"type": "FeatureCollection", "features": there[begin : begin + size]}
        return self.bodies.get((layer, str(begin)), json.dumps(page).encode())


@contextmanager
def a_register(prepare: Callable[[Register], object] = Register.fill) -> Iterator[Register]:
    """The service, running."""
    register = Register()
    prepare(register)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = register.answer(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    register.url = f"http://127.0.0.1:{server.server_address[1]}/FeatureServer"
    try:
        yield register
    finally:
        server.shutdown()
        server.server_close()
