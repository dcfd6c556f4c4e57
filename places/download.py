"""A big file from a host outside, on disk: goes on where it stopped, checks what it got.

What has come lies beside the file as `.part` until it is whole, with the host's own mark of its
version next to it; the next call asks only for the rest, and starts anew when the host has another
version or knows no ranges.  Unlike an answer to a visitor (fetching.py), this is asked for by an
administrator who typed the command and waits: a redirect is followed, since official files lie on
other machines than their addresses, but never from https to http, nor from outside into our own
network; and no time is set for the whole, only for each silence.
"""

import errno
import hashlib
import http.client
import ipaddress
import os
import re
import shutil
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from places import replacing
from places.errors import Fault, Invalid, shortened

Watch = Callable[[str, float], None]
"""Called with the step's code and the share of it that is done, 0 to 1."""
MOST_BYTES = 4_000_000_000
MOST_REDIRECTS = 3
SILENCE = 60.0
"""Seconds without a byte after which a host is given up."""
_PIECE = 1 << 18
_REDIRECTS = (301, 302, 303, 307, 308)


def fetch_file(
    url: str,
    to: Path,
    *,
    sha256: str | None = None,
    headers: Mapping[str, str] | None = None,
    most_bytes: int = MOST_BYTES,
    watch: Watch = lambda step, share: None,
) -> bool:
    """Puts the file at `to`, whole and checked, or leaves what was there.

    False when it already was there with the right checksum: then nobody was asked.  Raises Invalid;
    after a cut line the same call goes on from there.
    """
    with replacing.alone(to):
        if sha256 and to.is_file() and digest(to) == sha256.lower():
            return False
        work = _Download(url, to, sha256, dict(headers or {}), most_bytes, watch)
        with _room(work.part):
            work.run()
        return True


def digest(path: Path) -> str:
    """The file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Anew(Exception):
    """What has come so far is of no use; says the status with which the host told so."""


@dataclass
class _Download:
    url: str
    to: Path
    sha256: str | None
    headers: dict[str, str]
    most: int
    watch: Watch
    part: Path = field(init=False)
    mark: Path = field(init=False)
    """Keeps the host's mark of the version that the part is of."""

    def __post_init__(self) -> None:
        self.part = self.to.with_name(self.to.name + ".part")
        self.mark = self.to.with_name(self.to.name + ".part.mark")

    def run(self) -> None:
        try:
            self._ask(self._begun())
        except _Anew:
            self.forget()
            try:
                self._ask(0)
            except _Anew as again:
                raise Invalid([Fault("url", "download_status", str(again))]) from None
        self._finish()

    def forget(self) -> None:
        self.part.unlink(missing_ok=True)
        self.mark.unlink(missing_ok=True)

    def _begun(self) -> int:
        """How many bytes are there already, of the same address."""
        try:
            size = self.part.stat().st_size
            url, _, mark = self.mark.read_text(encoding="utf-8").partition("\n")
        except (OSError, ValueError):
            return 0
        # Without a mark two versions might be put together; a checksum would find that out.
        return size if url == self.url and (mark or self.sha256) else 0

    def _ask(self, begun: int) -> None:
        asked = {"Accept-Encoding": "identity", **self.headers}
        if begun:
            asked["Range"] = f"bytes={begun}-"
            mark = self.mark.read_text(encoding="utf-8").partition("\n")[2]
            if mark:
                asked["If-Range"] = mark
        with _failures(), _answer(self.url, asked) as answer:
            if answer.status == 416 and begun:
                if _total(answer) == begun:
                    return
                raise _Anew(answer.status)
            if answer.status not in (200, 206):
                raise Invalid([Fault("url", "download_status", str(answer.status))])
            if answer.status == 206 and _start(answer) != begun:
                raise _Anew(answer.status)
            self._take(answer, begun if answer.status == 206 else 0)

    def _take(self, answer: http.client.HTTPResponse, begun: int) -> None:
        whole = begun + answer.length if answer.length is not None else None
        if whole is not None and whole > self.most:
            raise self._too_big()
        self._make_room(answer.length or 0)
        if not begun:
            self.mark.write_text(f"{self.url}\n{_mark(answer)}", encoding="utf-8")
        done = begun
        with self.part.open("ab" if begun else "wb") as file:
            while piece := answer.read1(_PIECE):
                done += len(piece)
                if done > self.most:
                    raise self._too_big()
                file.write(piece)
                self.watch("download", done / whole if whole else 0.0)
            file.flush()
            os.fsync(file.fileno())
        if whole is not None and done < whole:
            raise Invalid([Fault("url", "download_cut", limit=f"{done} / {whole}")])

    def _make_room(self, length: int) -> None:
        if length > shutil.disk_usage(self.part.parent).free:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _too_big(self) -> Invalid:
        self.forget()
        return Invalid([Fault("url", "too_many_bytes", limit=str(self.most // 1_000_000))])

    def _finish(self) -> None:
        found = digest(self.part)
        if self.sha256 and found != self.sha256.lower():
            self.forget()
            raise Invalid([Fault("sha256", "download_checksum", found, self.sha256)])
        self.part.replace(self.to)
        self.mark.unlink(missing_ok=True)


@contextmanager
def _room(part: Path) -> Iterator[None]:
    """Names a full disk, and gives back what the part holds: the site needs the room."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        part.unlink(missing_ok=True)
        raise Invalid([Fault("", "no_room", part.name.removesuffix(".part"))]) from error


@contextmanager
def _failures() -> Iterator[None]:
    """Names what goes wrong on the line; what goes wrong on the disk is not its business."""
    try:
        yield
    except TimeoutError as error:
        raise Invalid([Fault("url", "download_silent", limit=f"{SILENCE:g}")]) from error
    except http.client.IncompleteRead as error:
        raise Invalid([Fault("url", "download_cut")]) from error
    except (ConnectionError, ssl.SSLError, http.client.HTTPException) as error:
        raise Invalid([Fault("url", "download_broken", shortened(repr(error)))]) from error


@contextmanager
def _answer(url: str, headers: Mapping[str, str]) -> Iterator[http.client.HTTPResponse]:
    """What the address says, or the one it sends us to."""
    at_home: bool | None = None
    for _ in range(MOST_REDIRECTS + 1):
        with closing(_line(url)) as line:
            home = _is_ours(line.sock.getpeername()[0])
            if at_home is False and home:
                raise Invalid([Fault("url", "download_redirect", shortened(url))])
            at_home = home
            line.request("GET", _path(url), headers=dict(headers))
            with line.getresponse() as answer:
                if answer.status not in _REDIRECTS:
                    yield answer
                    return
                url = _next(url, answer.getheader("Location", ""))
    raise Invalid([Fault("url", "download_redirect", shortened(url))])


def _line(url: str) -> http.client.HTTPConnection:
    """An open line to the host.

    Raises Invalid.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        raise Invalid([Fault("url", "download_address", shortened(url))])
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(host, port, timeout=SILENCE)
    try:
        line.connect()
    except (OSError, ValueError) as error:
        line.close()
        if isinstance(error, TimeoutError):
            raise
        raise Invalid(
            [Fault("url", "download_unreachable", shortened(host), shortened(error))]
        ) from error
    return line


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _next(url: str, location: str) -> str:
    try:
        there = urljoin(url, location)
        down = (urlsplit(url).scheme, urlsplit(there).scheme) == ("https", "http")
    except ValueError:  # Such as half an IPv6 address.
        raise Invalid([Fault("url", "download_redirect", shortened(location))]) from None
    if not location or down:
        raise Invalid([Fault("url", "download_redirect", shortened(there))])
    return there


def _is_ours(address: str) -> bool:
    """Whether it is this machine or one of our own network."""
    return not ipaddress.ip_address(address.partition("%")[0]).is_global


def _mark(answer: http.client.HTTPResponse) -> str:
    """The host's mark of this version, good for If-Range: a weak tag is not."""
    tag = answer.getheader("ETag", "")
    return tag if tag and not tag.startswith("W/") else answer.getheader("Last-Modified", "")


def _start(answer: http.client.HTTPResponse) -> int:
    found = re.match(r"bytes ([0-9]{1,18})-", answer.getheader("Content-Range", ""))
    return int(found[1]) if found else -1


def _total(answer: http.client.HTTPResponse) -> int:
    found = re.search(r"/([0-9]{1,18})$", answer.getheader("Content-Range", ""))
    return int(found[1]) if found else -1
