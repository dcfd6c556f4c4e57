"""Letters from templates: their links, their subjects, and words that stay words."""

import re
import socket
import time
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from places import letters
from places.desk import open_desk
from places.web import correspondence, current
from tests.builders import NOW
from tests.mail_server import mail_server

ROOT = Path(__file__).parents[2]
HOSTILE = "<b>x</b> {{7*7}}\r\nBcc: zly@example.org"


@pytest.fixture
def public(catalogue: Path, instance: Path) -> Flask:
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance)}
    return create_app({**given, "URL": "https://miejsca.example", "CONTACT": "my@example.org"})


def test_links_lead_to_us(public: Flask, app: Flask) -> None:
    """To the public address, or to where the server listens; with and without a request."""
    path = "/moderacja/wejscie/abc?next=/moderacja/?a%3D1%26b"
    with public.app_context():
        link = correspondence.address("access.enter", word="abc", next="/moderacja/?a=1&b")
    assert link == f"https://miejsca.example{path}"
    with public.test_request_context(headers={"Host": "evil.example"}):
        assert correspondence.address("public.home", _external=True) == "https://miejsca.example/"
    with app.app_context():
        assert correspondence.address("public.home") == "http://127.0.0.1:5000/"


def test_a_letter_is_text_and_html(public: Flask) -> None:
    """The same words in both; in HTML the links can be followed."""
    link = "https://miejsca.example/moderacja/wejscie/abc"
    with public.app_context():
        made = correspondence.write("sign_in", "a@b.pl", "key", about="k3v7m2qa", link=link)
    assert (made.recipient, made.key, made.about) == ("a@b.pl", "key", "k3v7m2qa")
    assert made.subject == "Wejście do panelu Miejsc Otwartych"
    assert made.subject not in made.text
    assert made.text.startswith("Dzień dobry,\n\n")
    assert f"\n{link}\n" in made.text
    assert "my@example.org" in made.text
    assert f'<a href="{link}">{link}</a>' in made.html
    assert "\n\n\n" not in made.text
    bare = re.sub(r"<[^>]+>", " ", made.html.partition("<body>")[2])
    assert bare.split() == made.text.split()


def test_what_people_type_stays_words(public: Flask) -> None:
    """In the text as it is, in HTML escaped, in the subject on one line."""
    with public.app_context():
        made = correspondence.write("sign_in", "a@b.pl", "key", link=HOSTILE)
    assert "<b>x</b> {{7*7}}" in made.text
    assert "<b>" not in made.html
    assert "&lt;b&gt;x&lt;/b&gt; {{7*7}}" in made.html
    assert "\n" not in made.subject


def test_every_letter_has_a_subject_of_its_own(public: Flask) -> None:
    """No template of a letter forgets the line that people see first."""
    for path in sorted((ROOT / "templates" / "letters").glob("*.txt")):
        source = path.read_text(encoding="utf-8")
        if path.stem != "base" and not path.stem.startswith("_"):
            assert "{% extends" in source, path.name
            assert "{% block subject %}{" in source.replace("-%}", "%}"), path.name


def test_letters_wait_where_no_server_answers(
    catalogue: Path, instance: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """`current.deliver` never raises: a folder that may not be written costs nobody the page."""
    app = create_app({"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "NOW": lambda: NOW})
    with open_desk(instance) as desk:
        letters.post(desk, letters.Letter("key", "a@b.pl", "Temat", "Tekst"), NOW)
    (instance / "outbox").write_text("a file where a folder should be")
    with app.test_request_context():
        current.deliver()
    assert "letters could not be written" in caplog.text
    with open_desk(instance) as desk:
        [waiting] = letters.waiting(desk)
    assert waiting.sent is None


def test_nobody_waits_for_the_mail_server(catalogue: Path, instance: Path) -> None:
    """One that takes the line and says nothing costs the visitor no second."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        app = with_server(catalogue, instance, silent.getsockname()[1])
        began = time.monotonic()
        posted(app, instance)
        assert time.monotonic() - began < 5


def test_letters_go_in_the_background(catalogue: Path, instance: Path) -> None:
    """Soon after the answer, each once, and the desk keeps no right that was sent."""
    with mail_server() as server:
        app = with_server(catalogue, instance, server.port)
        for number in range(3):
            posted(app, instance, number)
        end = time.monotonic() + 20
        while len(server.letters) < 3 and time.monotonic() < end:
            time.sleep(0.02)
        while app.extensions["postman"]._out and time.monotonic() < end:
            time.sleep(0.02)
    assert sorted(server.recipients) == [f"kto{number}@example.org" for number in range(3)]
    with open_desk(instance) as desk:
        assert not list(letters.waiting(desk))
        assert all("a1" * 16 not in one.letter.text for one in letters.outbox(desk)[1])


def with_server(catalogue: Path, instance: Path, port: int) -> Flask:
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "NOW": lambda: NOW}
    return create_app({**given, "SMTP": f"smtp://127.0.0.1:{port}", "SENDER": "my@example.org"})


def posted(app: Flask, instance: Path, number: int = 0) -> None:
    """A letter written and handed over, as a view does it."""
    text = f"https://miejsca.example/zgloszenie/{'a1' * 16}"
    with open_desk(instance) as desk:
        letters.post(desk, letters.Letter(str(number), f"kto{number}@example.org", "T", text), NOW)
    with app.test_request_context():
        current.deliver()
