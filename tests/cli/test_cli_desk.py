"""`flask people` and `flask desk`: who decides, letters that wait, a copy of the desk."""

import re
import sqlite3
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from places import letters, people, submissions
from places.desk import open_desk
from places.letters import Letter
from tests.builders import NOW
from tests.mail_server import mail_server

ANNA = "anna@example.org"


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=arguments)
    return result.exit_code, result.output


def test_a_moderator_is_added_listed_and_removed(app: Flask, desk: sqlite3.Connection) -> None:
    """With areas and networks; once more changes them."""
    code, output = run(
        app, "people", "add", "Anna@example.org", "--area", "1261", "--area", "0211041",
        "--network", "MAM",
    )  # fmt: skip
    assert code == 0, output
    one = people.by_email(desk, ANNA)
    assert one is not None
    assert one.areas == (("teryt", "021104"), ("teryt", "1261"), ("network", "MAM"))
    assert run(app, "people", "add", ANNA, "--role", "admin")[0] == 0
    assert run(app, "people", "list")[1].strip() == f"{ANNA}: administrator, wszystko"
    assert run(app, "people", "remove", ANNA)[0] == 0
    assert "Nie ma jeszcze nikogo" in run(app, "people", "list")[1]
    assert run(app, "people", "remove", ANNA)[0] == 1


def test_what_is_wrong_is_said(app: Flask, desk: sqlite3.Connection) -> None:
    """All at once, in Polish; nobody is added and no letter written."""
    code, output = run(app, "people", "add", "anna", "--area", "x")
    assert code == 1
    assert "to nie jest adres e-mail" in output
    assert "TERYT" in output
    assert people.everybody(desk) == ()
    assert run(app, "people", "add", ANNA)[0] == 1  # A moderator of nothing.


def test_without_a_mail_server_the_link_is_printed(app: Flask) -> None:
    """And it signs in: a laptop needs nothing else."""
    _, output = run(app, "people", "add", ANNA, "--role", "admin")
    link = re.search(r"http://127\.0\.0\.1:5000(/moderacja/wejscie/\S+)", output)
    assert link is not None
    browser = app.test_client()
    token = re.search(r'csrf_token" value="([^"]+)"', browser.get(link[1]).text)
    assert token is not None
    assert browser.post(link[1], data={"csrf_token": token[1]}).status_code == 303
    assert browser.get("/moderacja/listy").status_code == 200


def test_with_a_mail_server_an_invitation_goes(catalogue: Path, instance: Path) -> None:
    """Nothing is printed that opens anything."""
    with mail_server() as server:
        app = create_app(
            {
                "CATALOGUE": str(catalogue), "INSTANCE": str(instance),
                "URL": "https://miejsca.example", "SENDER": "my@miejsca.example",
                "SMTP": f"smtp://127.0.0.1:{server.port}",
            }
        )  # fmt: skip
        _, output = run(app, "people", "add", ANNA, "--role", "admin")
        run(app, "desk", "deliver")
    assert "/moderacja/wejscie/" not in output
    assert server.recipients == [ANNA]
    assert "https://miejsca.example/moderacja/wejscie" in server.letters[0].as_string()


def test_letters_are_delivered_and_told(app: Flask, desk: sqlite3.Connection) -> None:
    """How many went; those that did not are named without an address."""
    for number in range(5):
        letters.post(desk, Letter(str(number), ANNA, "Temat", "Tekst"), NOW)
    assert "Wysłane: 3. Nieudane: 0." in run(app, "desk", "deliver", "--most", "3")[1]
    output = run(app, "desk", "letters")[1]
    assert "Listów: 5. Niewysłanych: 2." in output
    assert ANNA not in output
    assert "Wysłane: 2." in run(app, "desk", "deliver")[1]
    assert "Niewysłanych: 0." in run(app, "desk", "letters")[1]


def test_a_copy_is_whole_and_nobody_elses(
    app: Flask, desk: sqlite3.Connection, tmp_path: Path
) -> None:
    """Taken while somebody writes; never over a file that is there."""
    people.add(desk, ANNA, "admin", [], NOW)
    copy = tmp_path / "copies" / "kopia.db"
    assert run(app, "desk", "backup", str(copy))[0] == 1  # There is no such folder.
    copy.parent.mkdir()
    assert run(app, "desk", "backup", str(copy))[0] == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    copy.rename(copy.with_name("desk.db"))
    with open_desk(copy.parent) as copied:
        assert [one.email for one in people.everybody(copied)] == [ANNA]
    copy.write_text("something else")
    assert run(app, "desk", "backup", str(copy))[0] == 1
    assert copy.read_text() == "something else"


def test_a_removal_frees_what_was_claimed(app: Flask, desk: sqlite3.Connection) -> None:
    """Somebody else can take the proposal at once."""
    one = people.add(desk, ANNA, "admin", [], NOW)
    other = people.add(desk, "jan@example.org", "admin", [], NOW)
    desk.execute(
        "insert into proposal (id, kind, state, sent_by, place, name, city, teryt, networks, sent)"
        " values ('k3v7m2qa', 'add', 'waiting', 'public', 'k3v7m2qa', '', '', '126101', '[]', ?)",
        ["2026-03-01T10:00:00+00:00"],
    )
    submissions.claim(desk, "k3v7m2qa", one.id, NOW)
    assert run(app, "people", "remove", ANNA)[0] == 0
    claimed = submissions.claim(desk, "k3v7m2qa", other.id, NOW + timedelta(minutes=1))
    assert claimed.claimed_by == other.id


@pytest.mark.parametrize("name", ["SECRET", "SMTP"])
def test_a_secret_is_not_printed(app: Flask, name: str) -> None:
    """Only that it is set."""
    app.config[name] = "smtp://kto:tajne@poczta.example"
    _, output = run(app, "settings")
    assert "tajne" not in output
    assert "ustawione, nie pokazujemy" in output
