"""The letters of the desk: who sees which, and that they are only text."""

import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from places import letters, tokens
from places.letters import Letter
from tests.builders import NOW
from tests.web.visitors import a_person, a_visit

HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}"


@pytest.fixture
def desk_app(catalogue: Path, instance: Path) -> Flask:
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": ""}
    return create_app({**given, "NOW": lambda: NOW})


def post(desk: sqlite3.Connection, key: str, **changes: str) -> None:
    given = {"subject": f"Temat {key}", "text": f"Treść {key}", "html": "", **changes}
    letters.post(desk, Letter(key, f"{key}@example.org", **given), NOW)  # type: ignore[arg-type]


def propose(desk: sqlite3.Connection, proposal_id: str, teryt: str) -> None:
    desk.execute(
        "insert into proposal (id, kind, state, sent_by, place, name, city, teryt, networks, sent)"
        " values (?, 'add', 'waiting', 'public', ?, '', '', ?, '[]', '2026-03-01T10:00:00+00:00')",
        [proposal_id, proposal_id, teryt],
    )


def test_everybody_sees_their_own(desk_app: Flask, desk: sqlite3.Connection) -> None:
    """An administrator all, a moderator those about proposals of their area, a visitor none."""
    for proposal, teryt in (("krakow00", "126101"), ("rudna000", "021104")):
        propose(desk, proposal, teryt)
        post(desk, proposal, about=proposal)
    post(desk, "other")
    admin = a_visit(desk_app, a_person(desk_app, "admin@example.org", "admin"))
    anna = a_visit(desk_app, a_person(desk_app, "anna@example.org", "moderator", ("teryt", "12")))
    nobody = a_visit(desk_app)

    seen = {key: key in admin.get("/moderacja/listy").text for key in ("krakow00", "rudna000")}
    assert all(seen.values())
    page = anna.get("/moderacja/listy").text
    assert "krakow00@example.org" in page
    assert "rudna000" not in page
    assert nobody.get("/moderacja/listy").status_code == 403
    for number, theirs in ((1, 200), (2, 403), (3, 403)):
        assert admin.get(f"/moderacja/listy/{number}").status_code == 200
        assert anna.get(f"/moderacja/listy/{number}").status_code == theirs
        assert nobody.get(f"/moderacja/listy/{number}").status_code == 403
    assert admin.get("/moderacja/listy/99").status_code == 404


def test_a_letter_is_only_text(desk_app: Flask, desk: sqlite3.Connection) -> None:
    """Whatever stands in it, no tag of it becomes a tag of the page."""
    post(desk, "hostile", subject=HOSTILE, text=HOSTILE, html=HOSTILE)
    admin = a_visit(desk_app, a_person(desk_app, "admin@example.org", "admin"))
    for path in ("/moderacja/listy", "/moderacja/listy/1"):
        page = admin.get(path).text
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_nobody_signs_in_as_another(desk_app: Flask, desk: sqlite3.Connection) -> None:
    """The link of a sign-in is not shown; other links are, or no circle closes on a laptop."""
    for purpose, key in (("sign-in", "sign-in:1"), ("proposal", "proposal:1")):
        word = tokens.make(desk, purpose, "1", NOW)
        letters.post(desk, Letter(key, "a@b.pl", "Temat", f"https://x.example/y/{word}"), NOW)
        admin = a_visit(desk_app, a_person(desk_app, "admin@example.org", "admin"))
        number = letters.outbox(desk)[1][0].id
        assert (word in admin.get(f"/moderacja/listy/{number}").text) is (purpose == "proposal")


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999", "1.5", "2"])
def test_an_odd_page_is_no_crash(desk_app: Flask, desk: sqlite3.Connection, page: str) -> None:
    """Whatever number somebody types."""
    post(desk, "one")
    admin = a_visit(desk_app, a_person(desk_app, "admin@example.org", "admin"))
    assert admin.get(f"/moderacja/listy?page={page}").status_code == 200
