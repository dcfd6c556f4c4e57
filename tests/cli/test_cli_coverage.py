"""`flask coverage`: from the terminal the same as on the pages."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from flask import Flask

from app import create_app
from tests.builders import NOW, an_id
from tests.coverage.made import with_people


@pytest.fixture
def app(catalogue: Path, instance: Path) -> Flask:
    return create_app(
        {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": "", "NOW": lambda: NOW}
    )


@pytest.fixture
def few(app: Flask, instance: Path) -> Flask:
    """With a few people, see `with_people`."""
    with_people(instance)
    return app


def run(app: Flask, *words: str, code: int = 0) -> tuple[str, str]:
    done = app.test_cli_runner().invoke(args=["coverage", *words])
    assert done.exit_code == code, done.output
    return done.stdout, done.stderr


def test_status_says_what_is_loaded_and_how_exact_answers_are(app: Flask) -> None:
    """Nothing but what ships: settlements, approximate borders, no streets."""
    said, _ = run(app, "status")
    assert "GeoNames" in said and "CC BY 4.0" in said
    assert "Ulice: nie wczytano" in said
    assert "wyniki są orientacyjne" in said and "flask residents fetch" in said
    assert "Poziomy: kraj, województwo, powiat." in said


def test_a_report_is_the_page_s_own_file(few: Flask) -> None:
    """To the byte, in each form; its link is permanent."""
    said, _ = run(few, "report", "--area", "1261", "--format", "json")
    told = json.loads(said)
    assert told["area"]["name"] == "Kraków" and told["area"]["places"] == [2, 2]
    path = told["link"].removeprefix("http://localhost")
    address = path.replace("/1261?", "/1261.json?")
    assert "stan=" in address and "tydzien=2026-03-09" in address
    assert few.test_client().get(address).get_data(as_text=True) == said
    again, _ = run(few, "report", "--area", "1261", "--stamp", told["method"]["stamp"],
                   "--week", "2026-03-09")  # fmt: skip
    assert again == said
    table, _ = run(few, "report", "--area", "1261", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(table.lstrip("\ufeff"))))
    assert rows[0]["name"] == "Kraków" and rows[0]["places.low"] == "2"
    shapes, _ = run(few, "report", "--area", "1261", "--format", "geojson")
    assert json.loads(shapes)["features"][0]["id"] == "1261"


def test_a_page_in_a_file_stands_alone(few: Flask, tmp_path: Path) -> None:
    """With its styles, without scripts."""
    said, told = run(few, "report", "--area", "12", "--format", "html", "--out",
                     str(tmp_path / "raport.html"))  # fmt: skip
    page = (tmp_path / "raport.html").read_text(encoding="utf-8")
    assert said == "" and "Zapisano" in told
    assert "małopolskie" in page and "<style>" in page
    assert "<script" not in page and 'rel="stylesheet"' not in page


def test_a_city_without_the_border_of_its_gmina_is_its_powiat(few: Flask) -> None:
    """They are the same ground."""
    said, _ = run(few, "report", "--area", "126101")
    assert json.loads(said)["area"]["code"] == "1261"


@pytest.mark.parametrize(
    "words",
    [
        ("report", "--area", "1261"),
        ("sites", "--area", "1261", "--count", "1"),
        ("whatif", "--area", "1261", "--place", an_id(1), "--change", "close"),
    ],
)
def test_a_workbook_is_the_page_s_own_file(
    few: Flask, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """To the byte, on the output and in a file; its numbers are those of the JSON."""
    told = json.loads(run(few, *words)[0])
    address = told["link"].removeprefix("http://localhost").replace("?", ".xlsx?", 1)
    done = few.test_cli_runner().invoke(args=["coverage", *words, "--format", "xlsx"])
    out = tmp_path / "raport.xlsx"
    run(few, *words, "--format", "xlsx", "--out", str(out))
    assert done.exit_code == 0
    assert done.stdout_bytes == out.read_bytes() == few.test_client().get(address).data
    rows = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(out)["Podsumowanie"].rows
    ]
    assert told["link"] in [row[1] for row in rows]
    if "area" in told:
        assert ["Miejsca, które liczymy", *told["area"]["places"]] in rows


def test_a_workbook_is_never_shown_on_a_terminal(catalogue: Path, instance: Path) -> None:
    """Refused in words, before any work."""
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "flask", "coverage", "report", "--format", "xlsx"],
        cwd=Path(__file__).parents[2], stdout=theirs, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PLACES_CATALOGUE": str(catalogue), "PLACES_INSTANCE": str(instance)},
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 1
    assert "podaj --out" in done.stderr
    assert not (instance / "coverage").exists()


def test_filters_narrow_the_report_down(few: Flask) -> None:
    """As they do on the page."""
    said, _ = run(few, "report", "--type", "dom_sasiedzki")
    assert json.loads(said)["area"]["places"] == [1, 1]
    said, _ = run(few, "report", "--q", "nie ma takiego")
    assert json.loads(said)["area"]["places"] == [0, 0]


def test_sites_are_chosen_from_cells_and_from_a_list(few: Flask, tmp_path: Path) -> None:
    """As many as asked, each measured anew; premises keep their names."""
    said, _ = run(few, "sites", "--area", "1261", "--count", "2")
    answer = json.loads(said)["answer"]
    assert len(answer["sites"]) == 2 and answer["verified"] and answer["proven"]
    own = tmp_path / "lokale.csv"
    own.write_text("nazwa;lat;lon\nLokal A;50.08;20.03\nLokal B;50.06;19.94\n", encoding="utf-8")
    said, _ = run(few, "sites", "--area", "1261", "--count", "1", "--candidates", str(own))
    assert json.loads(said)["answer"]["sites"][0]["name"] in ("Lokal A", "Lokal B")


def test_what_if_a_place_closes(few: Flask) -> None:
    """Who loses it, by group and time."""
    said, _ = run(few, "whatif", "--area", "1261", "--place", an_id(1), "--change", "close")
    answer = json.loads(said)["answer"]
    assert answer["lose"]["total"][0] > 0
    assert answer["gain"]["total"] == [0, 0]
    table, _ = run(few, "whatif", "--area", "1261", "--place", an_id(1), "--change", "close",
                   "--format", "csv")  # fmt: skip
    assert len(list(csv.DictReader(io.StringIO(table.lstrip("\ufeff"))))) > 0


def test_what_if_a_new_place_opens(few: Flask) -> None:
    """At a point or in a town by its name; as on the page, to the byte."""
    asked = ("whatif", "--area", "1261", "--change", "open", "--to")
    said, _ = run(few, *asked, "50.09,20.0")
    told = json.loads(said)
    assert told["answer"]["gain"]["total"][1] >= 70
    assert told["answer"]["lose"]["total"] == [0, 0]
    address = told["link"].removeprefix("http://localhost").replace("?", ".json?")
    assert few.test_client().get(address).get_data(as_text=True) == said
    again, _ = run(few, *asked, "50.09,20.0")
    assert again == said
    shapes, _ = run(few, *asked, "50.09,20.0", "--format", "geojson")
    kinds = {one["properties"]["kind"] for one in json.loads(shapes)["features"]}
    assert kinds == {"area", "would", "cell"}
    said, _ = run(few, *asked, "Kraków")
    assert json.loads(said)["answer"]["to"].startswith("50.0")
    page, _ = run(few, *asked, "50.09,20.0", "--format", "html")
    assert "Nowe miejsce w\u00a0tym punkcie" in page and 'class="drawn of-change"' in page


def test_a_new_place_is_refused_in_words(few: Flask) -> None:
    """All at once: it is in no list yet, and has to stand somewhere in Poland."""
    asked = ("whatif", "--area", "1261", "--change", "open")
    _, told = run(few, *asked, "--place", an_id(1), code=1)
    assert "nie ma jeszcze w\u00a0katalogu" in told and "potrzebny jest punkt" in told
    _, told = run(few, *asked, "--to", "48.2,16.3", code=1)
    assert "poza Polską" in told
    _, told = run(few, *asked, "--to", "Nibylandia", code=1)
    assert "nie znamy miejscowości" in told
    _, told = run(few, "whatif", "--area", "1261", "--change", "close", code=1)
    assert "brakuje wartości" in told


def test_what_cannot_be_asked_is_said_in_words(few: Flask, tmp_path: Path) -> None:
    """All of it at once, and nothing is printed."""
    said, told = run(few, "report", "--week", "wczoraj", "--access", "schody", code=1)
    assert said == ""
    assert "Tydzień" in told and "Dostępność" in told
    _, told = run(few, "report", "--area", "9999", code=1)
    assert "nie znamy obszaru 9999" in told
    _, told = run(few, "sites", code=1)
    assert "wybierz województwo" in told
    _, told = run(few, "sites", "--area", "1261", "--group", "old", code=1)
    assert "nie podaje wieku" in told
    _, told = run(few, "sites", "--area", "1261", "--candidates", str(tmp_path / "none"), code=1)
    assert "none" in told


def test_a_state_that_was_never_seen_cannot_be_asked_for(few: Flask) -> None:
    """A stamp of other data is refused."""
    _, told = run(few, "report", "--stamp", "0" * 16, code=1)
    assert told.strip()


def test_the_moment_is_the_one_that_is_given(few: Flask) -> None:
    """Around Christmas the ordinary week is the one after the holidays."""
    few.config["NOW"] = lambda: datetime(2026, 12, 22, 12, tzinfo=NOW.tzinfo)
    said, _ = run(few, "report")
    assert json.loads(said)["method"]["week"] == "2027-01-11"
