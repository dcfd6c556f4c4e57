"""`flask sources`, as cron and people run it."""

from pathlib import Path

import pytest
from flask import Flask

from places import desk as store
from places import sources
from tests.builders import NOW, a_catalogue, a_place

MOMENT = NOW.isoformat()
MAPS = (
    "--map", "refs.um=nr", "--map", "name=nazwa", "--set", "type=dom_kultury",
    "--set", "address.city=Kraków", "--set", "position.uncertainty_m=75",
    "--set", "sources=https://example.org/lista", "--area", "1261",
)  # fmt: skip
ROWS = "nr,nazwa,ulica,lat,lon\n1,Dom Kultury Sowa,ul. Sowia 7,50.0712,19.9512\n"


def run(app: Flask, *arguments: str, code: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=["sources", *arguments])
    assert result.exit_code == code, result.output
    return result.output.replace("\u00a0", " ")


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return a_catalogue(tmp_path / "places.geojson", [a_place()])


@pytest.fixture
def city(tmp_path: Path) -> Path:
    path = tmp_path / "lista.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_the_whole_life_of_a_list(app: Flask, city: Path) -> None:
    """Added, tried, run, run again, listed with its fault, removed."""
    assert "Nie ma jeszcze żadnej listy" in run(app, "list")
    assert f"um: {city} (csv, teren 1261)" in run(app, "add", "um", "--file", str(city), *MAPS)
    tried = run(app, "run", "--dry-run", "--now", MOMENT)
    assert "nowe zgłoszenia 1" in tried and "To była próba" in tried
    assert "um: nowe zgłoszenia 1." in run(app, "run", "um", "--now", MOMENT)
    assert "bez zmian od ostatniego razu" in run(app, "run", "--now", MOMENT)
    city.unlink()
    assert "Nie udało się pobrać listy" in run(app, "run", code=1)
    assert "Nie udało się pobrać listy" in run(app, "list")
    assert run(app, "remove", "um") == "Usunięto: um\n"
    run(app, "run", "um", code=1)


def test_a_list_is_one_file_or_one_address(app: Flask, city: Path, instance: Path) -> None:
    """Neither and both are refused, with how its rows are known."""
    assert "podaj albo --file, albo --url" in run(app, "add", "um", code=1).casefold()
    both = ("--file", str(city), "--url", "https://example.org/a.csv")
    run(app, "add", "um", *both, *MAPS, code=1)
    assert "--map refs.um=ID" in run(app, "add", "um", "--file", str(city), code=1)
    with store.open_desk(instance) as desk:
        assert sources.everything(desk) == ()
