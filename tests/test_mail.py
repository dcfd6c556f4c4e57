"""Letters on their way: a real mail server that takes, refuses, hangs up and is away."""

import socket
import sqlite3
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from places import letters, mail, owners, smtp, tokens
from places.letters import Letter
from places.mail import Delivered, deliver
from places.smtp import Smtp
from tests.builders import NOW
from tests.mail_server import MailServer, mail_server

LETTER = Letter(
    "proposal:1", "anna@example.org", "Potwierdź zgłoszenie", "Dzień dobry,\nżółć.\n", "<p>żółć</p>"
)
SENDER = "listy@miejsca.example"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def post(desk: sqlite3.Connection, number: int = 1, **changes: str) -> None:
    letters.post(desk, replace(LETTER, key=f"proposal:{number}", **changes), NOW)


def send(
    desk: sqlite3.Connection,
    instance: Path,
    server: MailServer,
    now: datetime = NOW,
    most: int = 50,
) -> Delivered:
    return deliver(desk, instance, Smtp("127.0.0.1", server.port), now, most, SENDER)


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_letter_arrives_whole(
    desk: sqlite3.Connection, instance: Path, server: MailServer
) -> None:
    """Plain text and HTML, with the headers that letters written by programs should have."""
    post(desk)
    assert send(desk, instance, server) == Delivered(1, 0)
    [letter] = server.letters
    assert server.recipients == ["anna@example.org"]
    assert letter["To"] == "anna@example.org"
    assert letter["From"] == "Miejsca Otwarte <listy@miejsca.example>"
    assert letter["Subject"] == "Potwierdź zgłoszenie"
    assert letter["Date"].datetime == NOW
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@miejsca.example>")
    assert letter.get_content_type() == "multipart/alternative"
    assert text_of(letter) == "Dzień dobry,\nżółć.\n"
    assert text_of(letter, "html").strip() == "<p>żółć</p>"
    assert letter["List-Unsubscribe"] is None


def test_letters_that_come_by_themselves_can_be_stopped(
    desk: sqlite3.Connection, instance: Path, server: MailServer
) -> None:
    """They say to whom one writes to get no more of them."""
    letters.post(desk, replace(LETTER, key="upkeep:7:2026"), NOW)
    send(desk, instance, server)
    assert server.letters[0]["List-Unsubscribe"].startswith("<mailto:listy@miejsca.example?")


def test_a_letter_is_sent_once(
    desk: sqlite3.Connection, instance: Path, server: MailServer
) -> None:
    """However often it is delivered."""
    post(desk)
    for _ in range(3):
        send(desk, instance, server)
    assert len(server.letters) == 1
    assert letters.outbox(desk)[1][0].sent == NOW


def test_many_letters_take_one_connection(
    desk: sqlite3.Connection, instance: Path, server: MailServer
) -> None:
    """In the order they were written, and no more than were asked for."""
    for number in range(7):
        post(desk, number, recipient=f"kto{number}@example.org")
    assert send(desk, instance, server, most=5) == Delivered(5, 0)
    assert server.connections == 1
    assert send(desk, instance, server) == Delivered(2, 0)
    assert server.recipients == [f"kto{number}@example.org" for number in range(7)]


def test_a_line_that_is_cut_is_made_anew(
    desk: sqlite3.Connection, instance: Path, server: MailServer
) -> None:
    """Some servers hang up after so many letters; the others still go, each once."""
    server.hang_up_after = 2
    for number in range(5):
        post(desk, number, recipient=f"kto{number}@example.org")
    for minutes in range(0, 60, 6):
        send(desk, instance, server, NOW + minutes * MINUTE)
    assert {f"kto{number}@example.org" for number in range(5)} == set(server.recipients)
    # A letter whose acknowledgement was lost comes again, as the same letter.
    assert len({one["Message-ID"] for one in server.letters}) == 5


def test_a_mailbox_that_is_none_is_noted(
    desk: sqlite3.Connection, instance: Path, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    """With the letter and with the owner; it is not tried again, and the others go on."""
    owner = owners.add(desk, "k3v7m2qa", "anna@example.org", "", NOW)
    server.refused["anna@example.org"] = "550 5.1.1 <anna@example.org>: no such user"
    post(desk, 1)
    post(desk, 2, recipient="jan@example.org")
    assert send(desk, instance, server) == Delivered(1, 1)
    assert server.recipients == ["jan@example.org"]
    first = letters.find(desk, 1)
    assert (first.bounced, first.sent) == (NOW, None)
    assert "no such user" in first.fault
    assert owners.find(desk, owner.id).bounced == NOW
    assert send(desk, instance, server, NOW + timedelta(days=30)) == Delivered(0, 0)
    assert "anna" not in caplog.text  # The log knows letters by their numbers.
    assert "letter 1 was not sent: 550" in caplog.text


def test_what_fails_for_a_while_is_tried_again(
    desk: sqlite3.Connection, instance: Path, server: MailServer
) -> None:
    """After five minutes, then after twice as long, and so on; nobody is taken for bounced."""
    server.refused["anna@example.org"] = "451 greylisted"
    post(desk)
    tried = []
    for minutes in range(0, 80):
        if send(desk, instance, server, NOW + minutes * MINUTE).failed:
            tried.append(minutes)
    assert tried == [0, 5, 15, 35, 75]
    assert letters.find(desk, 1).bounced is None
    del server.refused["anna@example.org"]
    assert send(desk, instance, server, NOW + 155 * MINUTE) == Delivered(1, 0)
    assert letters.find(desk, 1).fault == ""


def test_a_letter_is_given_up_in_the_end(
    desk: sqlite3.Connection, instance: Path, server: MailServer
) -> None:
    """After a week of trying it stays with its fault and is not tried again."""
    server.answer = "452 no room"
    post(desk)
    tries = sum(
        send(desk, instance, server, NOW + timedelta(hours=hours)).failed
        for hours in range(24 * 30)
    )
    assert 6 < tries <= mail.MOST_TRIES
    assert letters.find(desk, 1).fault == "452 no room"


def test_a_letter_nobody_wants_is_not_sent_again(
    desk: sqlite3.Connection, instance: Path, server: MailServer
) -> None:
    """Refused as a whole and for good: the mailbox is not to blame."""
    owner = owners.add(desk, "k3v7m2qa", "anna@example.org", "", NOW)
    server.answer = "554 looks like spam"
    post(desk)
    assert send(desk, instance, server) == Delivered(0, 1)
    assert send(desk, instance, server, NOW + timedelta(days=365)) == Delivered(0, 0)
    assert letters.find(desk, 1).bounced is owners.find(desk, owner.id).bounced is None


def test_a_server_that_is_away_costs_no_letter(
    desk: sqlite3.Connection, instance: Path, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    """All wait, none is counted as tried, and all go when it is back."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        away = Smtp("127.0.0.1", free.getsockname()[1])
    for number in range(3):
        post(desk, number)
    for _ in range(20):
        assert deliver(desk, instance, away, NOW, sender=SENDER) == Delivered(0, 3)
    assert {one.tries for one in letters.waiting(desk)} == {0}
    assert "ConnectionRefusedError" in caplog.text
    assert send(desk, instance, server) == Delivered(3, 0)


def test_only_the_recipient_has_the_links(
    desk: sqlite3.Connection, instance: Path, server: MailServer
) -> None:
    """Once a letter is sent the desk keeps it without the words of its links."""
    word = tokens.make(desk, "proposal", "k3v7m2qa", NOW)
    post(desk, text=f"https://x.example/zgloszenie/{word}\n", html=f"<p>/zgloszenie/{word}</p>")
    send(desk, instance, server)
    assert word in text_of(server.letters[0])
    kept = letters.find(desk, 1).letter
    assert (kept.text, kept.html) == ("https://x.example/zgloszenie/…\n", "")


@pytest.mark.parametrize("field", ["subject", "text", "html"])
def test_no_word_begins_a_header(
    desk: sqlite3.Connection, instance: Path, server: MailServer, field: str
) -> None:
    """What people type stays in its place, also when it looks like mail."""
    hostile = (
        "Klub\r\nBcc: ofiara@example.org\r\nX-Odd: 1\r\n\r\n.\r\nMAIL FROM:<x@example.org>\r\n"
    )
    post(desk, **{field: hostile})
    send(desk, instance, server)
    [letter] = server.letters
    assert server.recipients == ["anna@example.org"]
    assert letter["Bcc"] is letter["X-Odd"] is None
    assert len(letter.get_all("Subject")) == 1


def test_without_a_server_letters_are_files(desk: sqlite3.Connection, instance: Path) -> None:
    """Named without an address, readable by the owner alone, and the same letters."""
    for number in range(3):
        post(desk, number)
    assert deliver(desk, instance, None, NOW) == Delivered(3, 0)
    assert deliver(desk, instance, None, NOW) == Delivered(0, 0)
    files = sorted((instance / "outbox").iterdir())
    assert len(files) == 3
    for path in files:
        assert path.suffix == ".eml"
        assert "anna" not in path.name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        assert letter["To"] == "anna@example.org"
        assert text_of(letter) == LETTER.text
    assert letters.find(desk, 1).letter.text == LETTER.text  # Here the desk shows it whole.


def test_two_who_deliver_do_not_send_twice(
    desk: sqlite3.Connection, instance: Path, server: MailServer
) -> None:
    """The second waits, and finds that there is nothing left to do."""
    for number in range(20):
        post(desk, number, recipient=f"kto{number}@example.org")
    code = (
        "import sys; from pathlib import Path; from datetime import datetime;"
        "from places.desk import open_desk; from places.mail import deliver;"
        "from places.smtp import Smtp\n"
        "with open_desk(Path(sys.argv[1])) as desk: deliver(desk, Path(sys.argv[1]),"
        " Smtp('127.0.0.1', int(sys.argv[2])), datetime.fromisoformat(sys.argv[3]))"
    )
    command = ["python", "-c", code, str(instance), str(server.port), NOW.isoformat()]
    both = [
        subprocess.Popen(command, cwd=Path(__file__).parents[1], executable=sys.executable)
        for _ in range(2)
    ]
    assert [one.wait(60) for one in both] == [0, 0]
    assert sorted(server.recipients) == sorted(f"kto{number}@example.org" for number in range(20))


def test_a_server_that_wants_a_name_and_tls(
    desk: sqlite3.Connection, instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is said before the line is safe and the server is who it says it is."""
    certificate = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, tmp_path / "key.pem")
    with mail_server(context, sign_in=True) as safe:
        url = f"smtp+starttls://kto:haslo%21@localhost:{safe.port}"
        post(desk)
        assert deliver(desk, instance, smtp.read(url), NOW, sender=SENDER) == Delivered(0, 1)
        assert safe.logins == []  # Nobody vouches for the certificate: the password stays here.
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        wrong = url.replace("haslo%21", "zle")
        assert deliver(desk, instance, smtp.read(wrong), NOW, sender=SENDER) == Delivered(0, 1)
        assert deliver(desk, instance, smtp.read(url), NOW, sender=SENDER) == Delivered(1, 0)
        assert set(safe.logins) == {"kto"}
        assert safe.recipients == ["anna@example.org"]


def _certificate(folder: Path) -> Path:
    made = subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=DNS:localhost", "-keyout", str(folder / "key.pem"),
            "-out", str(folder / "certificate.pem"),
        ],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("no openssl on this machine: the test with TLS did not run")
    return folder / "certificate.pem"
