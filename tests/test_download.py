"""Big files from a host, played by a server of our own that cuts, lies and sends elsewhere."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from places import download
from places.download import fetch_file
from places.errors import Invalid

WHOLE = bytes(range(256)) * 4_000
SHA = hashlib.sha256(WHOLE).hexdigest()


class Host:
    """A host of one file, that does as it is told and remembers what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.body = WHOLE
        self.asked: list[dict[str, str]] = []
        self.headers: dict[str, str] = {"ETag": '"one"'}
        self.status = 200
        self.cut: int | None = None
        """Bytes after which it hangs up, once."""
        self.knows_ranges = True
        self.claims: int | None = None
        """The length it tells, where that is not the true one."""
        self.pause = 0.0
        self.to: str | Callable[[str], str] = ""
        """Where it sends those who ask."""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Plays one answer."""
        self.asked.append(dict(handler.headers))
        if self.to:
            handler.send_response(302)
            handler.send_header("Location", self.to if isinstance(self.to, str) else self.to(""))
            handler.end_headers()
            return
        begun = self._begun(handler)
        if begun and begun >= len(self.body):
            handler.send_response(416)
            handler.send_header("Content-Range", f"bytes */{len(self.body)}")
            handler.end_headers()
            return
        handler.send_response(206 if begun else self.status)
        rest = self.body[begun:]
        if begun:
            last, total = len(self.body) - 1, len(self.body)
            handler.send_header("Content-Range", f"bytes {begun}-{last}/{total}")
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(self.claims or len(rest)))
        handler.end_headers()
        self._send(handler, rest)

    def _begun(self, handler: BaseHTTPRequestHandler) -> int:
        asked = handler.headers.get("Range", "")
        mark = handler.headers.get("If-Range")
        if not asked or not self.knows_ranges or mark not in (None, *self.headers.values()):
            return 0
        return int(asked.removeprefix("bytes=").removesuffix("-"))

    def _send(self, handler: BaseHTTPRequestHandler, rest: bytes) -> None:
        cut, self.cut = self.cut, None
        try:
            handler.wfile.write(rest[:cut])
            time.sleep(self.pause)
        except OSError:
            """Whoever asked has hung up."""
        handler.close_connection = True


@pytest.fixture
def hosts() -> Iterator[Callable[[], Host]]:
    """Each call gives another host."""
    running: list[ThreadingHTTPServer] = []

    def another() -> Host:
        host = Host()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.answer(self)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        running.append(server)
        host.url = f"http://127.0.0.1:{server.server_address[1]}/file.zip?a=b"
        return host

    yield another
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def host(hosts: Callable[[], Host]) -> Host:
    return hosts()


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "downloads" / "file.zip"


def code_of(url: str, to: Path, **more: Any) -> str:
    """The code of the fault that fetching ends in."""
    with pytest.raises(Invalid) as refused:
        fetch_file(url, to, **more)
    [fault] = refused.value.faults
    return fault.code


def left(to: Path) -> list[str]:
    """What lies beside the file, the lock aside."""
    return sorted(one.name for one in to.parent.iterdir() if not one.name.startswith("."))


def test_a_file_comes_whole_and_is_asked_for_once(host: Host, to: Path) -> None:
    """Its checksum right, nobody is asked again; the share told grows up to the whole."""
    shares: list[float] = []
    agent = {"User-Agent": "miejsca-otwarte"}
    assert fetch_file(
        host.url, to, sha256=SHA, headers=agent, watch=lambda step, share: shares.append(share)
    )
    assert to.read_bytes() == WHOLE
    assert left(to) == ["file.zip"]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert not fetch_file(host.url, to, sha256=SHA.upper())
    [asked] = host.asked
    assert asked["User-Agent"] == "miejsca-otwarte"


def test_without_a_checksum_it_is_asked_for_anew(host: Host, to: Path) -> None:
    """Nothing tells whether the old one is still the present one."""
    fetch_file(host.url, to)
    host.body = b"another"
    assert fetch_file(host.url, to)
    assert to.read_bytes() == b"another"


def test_a_cut_line_goes_on_where_it_was_cut(host: Host, to: Path) -> None:
    """What has come stays; the next call asks for the rest of the same version."""
    host.cut = 300_000
    assert code_of(host.url, to, sha256=SHA) == "download_cut"
    assert left(to) == ["file.zip.part", "file.zip.part.mark"]
    assert fetch_file(host.url, to, sha256=SHA)
    assert to.read_bytes() == WHOLE
    assert left(to) == ["file.zip"]
    assert host.asked[1]["Range"] == "bytes=300000-"
    assert host.asked[1]["If-Range"] == '"one"'


def test_another_version_is_never_joined_to_the_old_one(host: Host, to: Path) -> None:
    """The host sends the whole new one, and the part of the old one is written over."""
    host.cut = 300_000
    code_of(host.url, to)
    host.body, host.headers = b"new" * 1_000, {"ETag": '"two"'}
    fetch_file(host.url, to)
    assert to.read_bytes() == b"new" * 1_000


def test_a_host_without_ranges_starts_anew(host: Host, to: Path) -> None:
    """It answers with the whole file, whatever was asked."""
    host.cut, host.knows_ranges = 300_000, False
    code_of(host.url, to, sha256=SHA)
    fetch_file(host.url, to, sha256=SHA)
    assert to.read_bytes() == WHOLE


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"weak"'}])
def test_a_version_without_a_mark_is_not_gone_on_with(
    host: Host, to: Path, headers: dict[str, str]
) -> None:
    """Unless a checksum will tell whether the pieces belong together."""
    host.headers, host.cut = headers, 300_000
    code_of(host.url, to)
    host.cut = 300_000
    code_of(host.url, to)
    assert "Range" not in host.asked[1]
    fetch_file(host.url, to, sha256=SHA)
    assert "Range" in host.asked[2] and "If-Range" not in host.asked[2]
    assert to.read_bytes() == WHOLE


def test_a_part_of_another_address_is_not_gone_on_with(
    hosts: Callable[[], Host], host: Host, to: Path
) -> None:
    """It may be anything."""
    host.cut = 300_000
    code_of(host.url, to, sha256=SHA)
    other = hosts()
    fetch_file(other.url, to, sha256=SHA)
    assert "Range" not in other.asked[0]


def test_killed_just_before_the_end(host: Host, to: Path) -> None:
    """A part that is whole already is taken as it is."""
    host.cut = 300_000
    code_of(host.url, to)
    to.with_name("file.zip.part").write_bytes(WHOLE)
    fetch_file(host.url, to)
    assert to.read_bytes() == WHOLE


def test_a_part_longer_than_the_file_is_thrown_away(host: Host, to: Path) -> None:
    """The host says that there is no such range; it is asked for the whole."""
    host.cut = 300_000
    code_of(host.url, to)
    to.with_name("file.zip.part").write_bytes(WHOLE + b"more")
    fetch_file(host.url, to)
    assert to.read_bytes() == WHOLE


def test_what_is_not_the_file_is_thrown_away(host: Host, to: Path) -> None:
    """A wrong checksum is named; what was there before stays."""
    fetch_file(host.url, to, sha256=SHA)
    wanted = hashlib.sha256(b"the new one").hexdigest()
    assert code_of(host.url, to, sha256=wanted) == "download_checksum"
    assert to.read_bytes() == WHOLE
    assert left(to) == ["file.zip"]


def test_a_host_that_lies_about_the_length(host: Host, to: Path) -> None:
    """Promised too much, it is cut short; too little, the checksum tells."""
    host.claims = len(WHOLE) + 10
    assert code_of(host.url, to) == "download_cut"
    host.claims = len(WHOLE) - 10
    assert code_of(host.url, to.with_name("b.zip"), sha256=SHA) == "download_checksum"


def test_what_is_too_big_is_refused(host: Host, to: Path) -> None:
    """By the length it tells, before anything is written."""
    assert code_of(host.url, to, most_bytes=1_000) == "too_many_bytes"
    assert left(to) == []


@pytest.mark.parametrize("status", [404, 403, 500, 503])
def test_a_status_is_named(host: Host, to: Path, status: int) -> None:
    """And the page that came with it is not taken for the file."""
    host.status = status
    assert code_of(host.url, to) == "download_status"
    assert left(to) == []


def test_silence_is_named(host: Host, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that stops sending is given up; what has come stays."""
    monkeypatch.setattr(download, "SILENCE", 0.2)
    host.cut, host.pause = 300_000, 1.0
    assert code_of(host.url, to) == "download_silent"
    assert to.with_name("file.zip.part").stat().st_size == 300_000


def test_nobody_there(hosts: Callable[[], Host], to: Path) -> None:
    """No machine, no such scheme, no address at all."""
    assert code_of("http://127.0.0.1:1/x", to) == "download_unreachable"
    assert code_of("ftp://127.0.0.1/x", to) == "download_address"
    assert code_of("file:///etc/passwd", to) == "download_address"
    assert code_of("http://[broken/x", to) == "download_address"


def test_a_redirect_is_followed(hosts: Callable[[], Host], host: Host, to: Path) -> None:
    """From machine to machine, as big official files need."""
    first = hosts()
    first.to = host.url
    fetch_file(first.url, to, sha256=SHA)
    assert to.read_bytes() == WHOLE


def test_redirects_come_to_an_end(host: Host, to: Path) -> None:
    """A circle is left after the third."""
    host.to = host.url
    assert code_of(host.url, to) == "download_redirect"
    assert len(host.asked) == download.MOST_REDIRECTS + 1


@pytest.mark.parametrize("there", ["", "ftp://127.0.0.1/x", "file:///etc/passwd", "http://[::1/"])
def test_a_redirect_leads_to_a_page_or_nowhere(host: Host, to: Path, there: str) -> None:
    """Only http and https are spoken."""
    host.to = lambda _: there
    assert code_of(host.url, to) in ("download_redirect", "download_address")


@pytest.mark.parametrize(
    ("address", "ours"),
    [("127.0.0.1", True), ("::1", True), ("10.1.2.3", True), ("192.168.0.1", True),
     ("169.254.169.254", True), ("fe80::1%eth0", True), ("::ffff:127.0.0.1", True),
     ("91.198.174.192", False), ("2620:0:862:ed1a::1", False)],
)  # fmt: skip
def test_which_machines_are_ours(address: str, ours: bool) -> None:
    """Nobody outside may send us to them."""
    assert download._is_ours(address) is ours


def test_https_never_becomes_http() -> None:
    """What was promised in private is not fetched in the open."""
    assert download._next("http://a.pl/x", "https://b.pl/y") == "https://b.pl/y"
    assert download._next("https://a.pl/x/z", "../y") == "https://a.pl/y"
    with pytest.raises(Invalid):
        download._next("https://a.pl/x", "http://a.pl/x")


def test_a_full_disk_is_named_and_given_back(host: Host, to: Path) -> None:
    """What has come goes, because the site needs the room; the old file stays."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    fetch_file(host.url, to)
    host.body = WHOLE * 2
    part = to.with_name("file.zip.part")
    part.symlink_to("/dev/full")
    assert code_of(host.url, to) == "no_room"
    assert to.read_bytes() == WHOLE
    assert not part.is_symlink()
