"""`flask demand`, as an officer and cron run it."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from places import demand
from places.sought import Sought
from tests.builders import NOW

LATER = (NOW + timedelta(weeks=1)).isoformat()


def run(app: Flask, *arguments: str, code: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=["demand", *arguments])
    assert result.exit_code == code, result.output
    return result.output.replace("\u00a0", " ")


@pytest.fixture(autouse=True)
def counted(instance: Path) -> None:
    """Aikido in Gdańsk four times, once in Kraków."""
    for number in range(4):
        at = NOW + number * timedelta(minutes=20)
        demand.note(instance, Sought("226101", "aikido", (("audience", "seniors"),)), at, keep=104)
    demand.note(instance, Sought("126101", "sumo"), NOW, keep=104)


def test_it_is_told_with_words(app: Flask) -> None:
    """Areas by code and name, kinds, words; what is seldom is only counted."""
    lines = run(app, "show", "--now", LATER, "--weeks", "2")
    assert "cała Polska: wyszukiwania bez wyniku: 5 (tygodnie: 2)." in lines
    assert "226101  Gdańsk: 4" in lines
    assert "mniej niż 3: 1" in lines
    assert "„aikido”: 4" in lines
    assert "sumo" not in lines
    assert "wyszukiwania bez wyniku: 0" in run(app, "show", "--now", NOW.isoformat())


def test_it_is_told_to_programs(app: Flask) -> None:
    """JSON and CSV of an area."""
    found = json.loads(run(app, "show", "--now", LATER, "--area", "22", "--format", "json"))
    rows = csv.DictReader(
        io.StringIO(run(app, "show", "--now", LATER, "--area", "226101", "--format", "csv"))
    )
    assert (found["name"], found["total"]) == ("pomorskie", 4)
    assert found["texts"] == [{"text": "aikido", "count": 4}]
    assert {"what": "text", "code": "aikido", "name": "", "count": "4"} in list(rows)


def test_what_is_not_understood_is_refused(app: Flask) -> None:
    """All of it at once."""
    said = run(app, "show", "--area", "Gdańsk", "--weeks", "tysiąc", code=1).casefold()
    assert "teren" in said and "liczba tygodni" in said


def test_old_counts_go(app: Flask) -> None:
    """After as many weeks as the setting says; twice does no harm."""
    assert run(app, "purge", "--now", LATER) == "Usunięto liczby: 0.\n"
    after = (NOW + timedelta(weeks=106)).isoformat()
    assert run(app, "purge", "--now", after) == "Usunięto liczby: 7.\n"
    assert run(app, "purge", "--now", after) == "Usunięto liczby: 0.\n"
