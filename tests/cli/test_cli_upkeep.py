"""`flask upkeep`, as cron runs it: letters really leave, two runs at once send nothing twice."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from places import desk as store
from places import mail, owners, people
from places.smtp import Smtp
from tests.builders import NOW, a_catalogue, a_place, some_places
from tests.mail_server import mail_server

ROOT = Path(__file__).resolve().parents[2]
MOMENT = NOW.isoformat()


def run(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["upkeep", *arguments])
    assert result.exit_code == 0, result.output
    return result.output.replace("\u00a0", " ")


@pytest.fixture
def app(instance: Path, tmp_path: Path) -> Flask:
    """Thirty places, each with its owner, and one without; a moderator of Kraków."""
    path = a_catalogue(
        tmp_path / "places.geojson",
        [*some_places(30), a_place(id="niczyjee", name="Niczyje", hours={"open": "24/7"})],
    )
    with store.open_desk(instance) as desk:
        for one in some_places(30):
            owners.add(desk, one.id, f"dom-{one.id}@example.org", "Ala Tajna", NOW)
        people.add(desk, "krakow@example.org", "moderator", [("teryt", "1261")], NOW)
    settings = {"CATALOGUE": str(path), "INSTANCE": str(instance), "URL": "https://m.example"}
    return create_app(settings)


def letters(instance: Path) -> list[sqlite3.Row]:
    with store.open_desk(instance) as desk:
        return desk.execute("select * from letter order by id").fetchall()


def test_a_run_is_told_and_a_trial_tells_the_same(app: Flask, instance: Path) -> None:
    """The same lines, of places and of people by number; the trial writes no letter."""
    tried = run(app, "remind", "--dry-run", "--now", MOMENT)
    assert letters(instance) == []
    done = run(app, "remind", "--now", MOMENT)

    assert "To była próba" in tried
    assert tried.partition("Listów:")[0] == done.partition("Listów:")[0]
    assert "Listów: 31." in done
    assert "pytanie: Klub Numer 0, Kraków (00000000), opiekun nr 1: istnienie, adres" in done
    assert "list zbiorczy: moderator nr 1: bez opiekuna 1" in done
    assert "@" not in tried + done
    assert "Ala" not in tried + done
    assert "Listów: 0." in run(app, "remind", "--now", MOMENT)


def test_a_run_stops_at_its_limit(app: Flask, instance: Path) -> None:
    """`--most` counts every letter; the setting counts where it is not given."""
    assert "To najwięcej na raz (5)" in run(app, "remind", "--now", MOMENT, "--most", "5")
    assert len(letters(instance)) == 5
    app.config["REMIND_MOST"] = 7
    assert "To najwięcej na raz (7)" in run(app, "remind", "--now", MOMENT)
    assert len(letters(instance)) == 12


def test_the_letter_holds_the_facts_and_three_links(app: Flask, instance: Path) -> None:
    """In text and in HTML; the links lead to the public address; nothing is left unfilled."""
    run(app, "remind", "--now", MOMENT)
    [first] = [one for one in letters(instance) if one["recipient"].startswith("dom-00000000")]

    for body in (first["text"], first["html"]):
        links = re.findall(r"https://m\.example/potwierdz/[\w-]{32}\?odpowiedz=[a-z-]+", body)
        assert {one.rpartition("=")[2] for one in links} == {"aktualne", "poprawki", "nie-ma"}
        for fact in ("Klub Numer 0", "ul. Lipowa 3", "dom kultury"):
            assert fact in body
        assert "{{" not in body
        assert "None" not in body
    assert "Czy to nadal aktualne? Klub Numer 0" in first["subject"]
    assert "drugie" not in first["text"]
    run(app, "remind", "--now", "2026-03-26")
    again = [one for one in letters(instance) if one["recipient"].startswith("dom-00000000")][-1]
    assert again["subject"].startswith("Przypominamy")
    assert "drugie i\u00a0ostatnie" in again["text"]


def test_markup_in_a_name_stays_text_in_a_letter(instance: Path, tmp_path: Path) -> None:
    """A name from outside opens no tag and adds no header."""
    path = a_catalogue(
        tmp_path / "x.geojson", [a_place(name="<img src=x onerror=alert(1)>\nBcc: x@example.org")]
    )
    with store.open_desk(instance) as desk:
        owners.add(desk, "k3v7m2qa", "dom@example.org", "", NOW)
    app = create_app({"CATALOGUE": str(path), "INSTANCE": str(instance), "URL": ""})
    run(app, "remind", "--now", MOMENT)
    [one] = letters(instance)

    assert "<img" not in one["html"]
    assert "&lt;img" in one["html"]
    assert "\n" not in one["subject"]


def test_two_processes_at_once_send_nothing_twice(app: Flask, instance: Path) -> None:
    """Both end well, and together they wrote each letter once."""
    environment = {
        **os.environ,
        "PLACES_CATALOGUE": app.config["CATALOGUE"],
        "PLACES_INSTANCE": str(instance),
    }
    command = [sys.executable, "-m", "flask", "upkeep", "remind", "--now", MOMENT]
    both = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [one.communicate(timeout=120)[0] for one in both]

    assert [one.returncode for one in both] == [0, 0], said
    recipients = [one["recipient"] for one in letters(instance)]
    assert len(recipients) == len(set(recipients)) == 31
    assert sum(text.count("pytanie: ") for text in said) == 30
    assert sum(text.count("list zbiorczy: ") for text in said) == 1


def test_the_letters_leave_and_a_refused_mailbox_goes_to_the_moderator(
    app: Flask, instance: Path
) -> None:
    """Through a real mail server: thirty arrive, one comes back and is asked no more."""
    run(app, "remind", "--now", MOMENT)
    bad = "dom-00000003@example.org"
    with mail_server() as server, store.open_desk(instance) as desk:
        server.refused[bad] = "550 no such user"
        smtp = Smtp("127.0.0.1", server.port)
        mail.deliver(desk, instance, smtp, NOW, 100, "listy@m.example")
        assert len(server.letters) == 30
    later = run(app, "remind", "--now", "2026-03-12")

    assert "listy wracają, do moderatora: Klub Numer 3, Kraków (00000003)" in later
    assert "moderator nr 1: wraca 1, bez opiekuna 2" in later
    assert bad not in {one["recipient"] for one in letters(instance)[31:]}


def test_status_counts(app: Flask) -> None:
    """What is open, silent and due, in lines a person reads."""
    run(app, "remind", "--now", MOMENT)
    said = run(app, "status")

    assert "Opiekunowie: 30" in said
    assert "Pytania bez odpowiedzi: 30" in said
    assert "z tego bez opiekuna: 1" in said
    assert "@" not in said


def test_a_moment_that_is_none_is_refused(app: Flask) -> None:
    """With what is expected."""
    result = app.test_cli_runner().invoke(args=["upkeep", "remind", "--now", "wczoraj"])
    assert result.exit_code == 2
    assert "2026-11-28" in result.output
