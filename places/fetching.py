"""One answer from a host outside: in time, of a bounded size, from that host and no other.

A redirect is not followed, so that nobody can send us to another machine of our own network.  A
socket's time-out holds for each read alone, and a host that sends a byte a second would never
exceed it; so a watch closes the line when the whole time is up.
"""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

MOST_BYTES = 100_000
_BUSY = (429, 503)


class Failed(Exception):
    """No usable answer."""

    def __init__(self, why: str, *, late: bool = False, retry_after: float = 0) -> None:
        super().__init__(why)
        self.late = late
        """Whether it took too long."""
        self.retry_after = retry_after
        """Seconds to leave the host alone, if it asked for that."""


def fetch_json(
    url: str, args: Mapping[str, str], headers: Mapping[str, str], seconds: float
) -> Any:
    """What the host says, read as JSON.

    Raises Failed.
    """
    asked = urlsplit(url)._replace(query=urlencode(args)).geturl()
    wanted = {"Accept": "application/json", **headers}
    body = fetch(asked, wanted, seconds)
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Failed(repr(error)) from error


def fetch(
    url: str, headers: Mapping[str, str], seconds: float, most_bytes: int = MOST_BYTES
) -> bytes:
    """What the host sends, as it is.

    Raises Failed.
    """
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    begun = time.monotonic()
    try:
        line = kind(parts.hostname or "", parts.port, timeout=seconds)
        with closing(line):
            line.connect()
            with _watched(line.sock, begun + seconds):
                line.request("GET", path, headers=dict(headers))
                with line.getresponse() as response:
                    body = _body(response, most_bytes)
        if time.monotonic() - begun >= seconds:
            raise TimeoutError("cut short by the watch")
        return body
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = isinstance(error, TimeoutError) or time.monotonic() - begun >= seconds
        raise Failed(repr(error), late=late) from error


def _body(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    if response.status != 200:
        after = response.getheader("Retry-After", "")
        asked = float(after) if after.isascii() and after.isdecimal() else 0.0
        raise Failed(
            f"status {response.status}",
            retry_after=max(asked, 60.0) if response.status in _BUSY else 0.0,
        )
    body = response.read(most_bytes + 1)
    if response.length and len(body) <= most_bytes:
        raise http.client.IncompleteRead(body, response.length)
    if len(body) > most_bytes:
        raise Failed("too big")
    return body


@contextmanager
def _watched(line: socket.socket, end: float) -> Iterator[None]:
    """Cuts the line at the end.  Not the connection: that forgets its socket before the body is
    read when the host says that it will close."""

    def cut() -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(max(0.0, end - time.monotonic()), cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
