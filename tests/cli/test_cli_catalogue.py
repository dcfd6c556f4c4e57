"""`flask catalogue`, as somebody at a terminal meets it."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from places import geojson
from places.cli import telling
from tests.builders import a_catalogue, a_place, an_id, some_places

NEW = "nazwa,typ miejsca,szerokość,długość,miasto\nKlub Sowa,dom kultury,50.07,19.95,Kraków\n"
CONSTANTS = ("--set", "position.uncertainty_m=75", "--set", "sources=https://example.org/lista")


def flask(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["catalogue", *map(str, arguments)])


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    path = tmp_path / "lista.csv"
    path.write_text(NEW, "utf-8")
    return path


def names(catalogue: Path) -> list[str]:
    return [place.name for place in geojson.read(catalogue).places]


def test_a_good_catalogue_passes(app: Flask) -> None:
    """One good sentence and 0."""
    result = flask(app, "check")

    assert (result.exit_code, result.stdout) == (
        0,
        "places.geojson: wszystko w\u00a0porządku, 6\u00a0miejsc.\n",
    )


def test_a_bad_file_is_told_fault_by_fault(app: Flask, tmp_path: Path) -> None:
    """Line, id, field and what is wrong; a sum; 1."""
    path = a_catalogue(tmp_path / "other.geojson", [a_place(), a_place(id="z" * 8)])
    text = path.read_text("utf-8").replace("126101", "12").replace('"Kraków"', "5", 1)
    path.write_text(text, "utf-8")

    result = flask(app, "check", path)

    lines = result.output.splitlines()
    assert result.exit_code == 1
    assert any(line.startswith("linia 2 · k3v7m2qa: address.teryt") for line in lines)
    assert any(line.startswith("linia 3 · zzzzzzzz: address.teryt") for line in lines)
    assert lines[-1] == "other.geojson: błędów 3, w\u00a0rekordach: 2 z\u00a02."


def test_a_missing_file_is_said(app: Flask, tmp_path: Path) -> None:
    """No trace of the program, only what is missing."""
    for command in (("check",), ("import",)):
        result = flask(app, *command, tmp_path / "none.csv")

        assert result.exit_code == 1
        assert "Traceback" not in result.output
        assert "none.csv" in result.output


def test_an_import_writes_what_it_showed(app: Flask, theirs: Path, catalogue: Path) -> None:
    """The new place stands in the catalogue, which is still in order."""
    result = flask(app, "import", theirs, *CONSTANTS)

    assert result.exit_code == 0, result.output
    assert "wiersz 2 · nowe: Klub Sowa" in result.output
    assert "Nowe: 1, zmienione: 0, bez zmian: 0, pominięte: 0, odrzucone: 0." in result.output
    assert "Klub Sowa" in names(catalogue)
    assert flask(app, "check").exit_code == 0


def test_a_dry_run_writes_nothing(app: Flask, theirs: Path, catalogue: Path) -> None:
    """It says the same and leaves the file alone."""
    before = catalogue.read_bytes()

    result = flask(app, "import", theirs, *CONSTANTS, "--dry-run")

    assert result.exit_code == 0
    assert "wiersz 2 · nowe: Klub Sowa" in result.output
    assert "nic nie zapisano" in result.output
    assert catalogue.read_bytes() == before


def test_one_refused_row_stops_the_whole_file(app: Flask, theirs: Path, catalogue: Path) -> None:
    """Nothing is written, all reasons are shown, with a way out, and 1."""
    before = catalogue.read_bytes()
    theirs.write_text(NEW + "Klub Gęś,zamek,50.08,200,Kraków\n", "utf-8")

    result = flask(app, "import", theirs, "--set", "sources=https://example.org/lista")

    assert result.exit_code == 1
    assert "wiersz 2 · odrzucone: Klub Sowa" in result.output
    assert "wiersz 3 · odrzucone: Klub Gęś" in result.output
    assert "--set position.uncertainty_m=75" in result.output
    assert "(type): nie ma takiej wartości" in result.output
    assert catalogue.read_bytes() == before


def test_a_probable_duplicate_is_shown_and_can_be_skipped(
    app: Flask, theirs: Path, catalogue: Path
) -> None:
    """The known place is named with its id, distance and reason."""
    theirs.write_text(NEW + "Pod lipa,dom_kultury,50.0218,19.9706,Kraków\n", "utf-8")

    refused = flask(app, "import", theirs, *CONSTANTS)
    skipped = flask(app, "import", theirs, *CONSTANTS, "--skip-duplicates")

    assert refused.exit_code == 1
    assert f"pewnie to samo: Klub Pod Lipą, ul. Lipowa 3, Kraków ({an_id(1)})" in refused.output
    assert "--accept-duplicates" in refused.output
    assert skipped.exit_code == 0
    assert "pominięte: 1" in skipped.output
    assert names(catalogue).count("Klub Sowa") == 1


def test_changes_are_shown_before_and_after(app: Flask, tmp_path: Path, catalogue: Path) -> None:
    """Only the fields that the file speaks of."""
    path = tmp_path / "zmiany.csv"
    path.write_text(f"id,summary,networks\n{an_id(1)},Szachy,-\n{an_id(2)},,\n", "utf-8")

    result = flask(app, "import", path)

    assert result.exit_code == 0, result.output
    assert f"wiersz 2 · zmiana: Klub Pod Lipą ({an_id(1)})" in result.output
    assert "    summary: (nieznane) → Szachy" in result.output
    assert "    networks: MAM; Senior+ → (nieznane)" in result.output
    assert "zmienione: 1, bez zmian: 1" in result.output
    assert geojson.read(catalogue).places[0].summary == "Szachy"


def test_maps_and_mistakes_in_them(app: Flask, tmp_path: Path) -> None:
    """A column of any name may be mapped; a wrong one lists those there are."""
    path = tmp_path / "lista.csv"
    path.write_text("Obiekt;Y;X\nKlub Sowa;50.07;19.95\n", "utf-8")
    place = ("--set", "type=inne", "--set", "address.city=Kraków", *CONSTANTS, "--dry-run")
    maps = ("--map", "name=Obiekt", "--map", "lat=Y", "--map", "lon=X")

    good = flask(app, "import", path, *maps, *place)
    bad = flask(app, "import", path, "--map", "name=Nazwa", *place)
    worse = flask(app, "import", path, "--map", "name")

    assert good.exit_code == 0, good.output
    assert "name ← Obiekt" in good.output
    assert bad.exit_code == 1
    assert "Obiekt, Y, X" in bad.output
    assert worse.exit_code == 2
    assert "pole=wartość" in worse.output


def test_a_damaged_catalogue_is_not_written_over(app: Flask, theirs: Path, catalogue: Path) -> None:
    """Writing back what could be read would lose what could not."""
    catalogue.write_bytes(catalogue.read_bytes().replace(b'"type":"inne"', b'"type":"zamek"'))
    before = catalogue.read_bytes()

    result = flask(app, "import", theirs, *CONSTANTS)

    assert result.exit_code == 1
    assert "linia 6" in result.output
    assert catalogue.read_bytes() == before


def test_a_first_catalogue_comes_from_nothing(tmp_path: Path) -> None:
    """Where there is no file yet, an import makes it."""
    settings = {"CATALOGUE": str(tmp_path / "new" / "a.geojson"), "INSTANCE": str(tmp_path / "i")}
    a_catalogue(tmp_path / "out.geojson", some_places(3))

    result = flask(create_app(settings), "import", tmp_path / "out.geojson")

    assert result.exit_code == 0, result.output
    assert names(tmp_path / "new" / "a.geojson") == [one.name for one in some_places(3)]


def test_a_name_cannot_move_the_cursor(app: Flask, tmp_path: Path) -> None:
    """Escapes in a stranger's header are printed as blanks."""
    path = tmp_path / "zle.csv"
    path.write_text("nazwa,\x1b[2J\nŻak\x1b]0;x\x07,\n", "utf-8")

    assert "\x1b" not in flask(app, "import", path).output


@pytest.mark.parametrize("form", ["geojson", "csv", "xlsx"])
def test_an_export_can_be_taken_in_again(
    form: str, app: Flask, tmp_path: Path, catalogue: Path
) -> None:
    """Nothing changes, whatever the form."""
    before = catalogue.read_bytes()
    out = tmp_path / f"out.{form}"

    assert flask(app, "export", "--out", out).exit_code == 0
    result = flask(app, "import", out)

    assert result.exit_code == 0, result.output
    assert "bez zmian: 6" in result.output
    assert catalogue.read_bytes() == before


def test_an_export_without_a_file_goes_to_the_output(app: Flask, catalogue: Path) -> None:
    """Only the data, so that it can be piped; the GeoJSON is the catalogue itself."""
    assert flask(app, "export").stdout_bytes == catalogue.read_bytes()
    rows = list(csv.reader(io.StringIO(flask(app, "export", "--format", "csv").stdout)))
    assert len(rows) == 7


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (("--city", "Kraków"), 2),
        (("--city", "Kraków", "--city", "gdansk"), 3),
        (("--type", "dom_kultury", "--network", "MAM"), 1),
        (("--q", "lipa"), 1),
        (("--near", "50.0217,19.9705", "--radius", "500"), 1),
        (("--bbox", "18,54,19,55"), 1),
    ],
)
def test_filters_are_those_of_the_page(app: Flask, filters: tuple[str, ...], count: int) -> None:
    """All that match, in the order of ids."""
    result = flask(app, "export", *filters)

    assert result.exit_code == 0, result.output
    found = [feature["id"] for feature in json.loads(result.stdout)["features"]]
    assert len(found) == count
    assert found == sorted(found)


def test_bad_filters_are_all_named(app: Flask) -> None:
    """As on the page, with 1."""
    result = flask(app, "export", "--radius", "x", "--bbox", "1,2", "--type", "zamek")

    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 3


def test_long_work_tells_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Plain lines where nobody watches a bar; short work says nothing."""
    app = create_app({})
    with app.test_request_context():
        assert list(telling.progress("Liczę")(range(25_000))) == list(range(25_000))
        assert list(telling.progress("Liczę")(range(10))) == list(range(10))

    assert capsys.readouterr().err.splitlines() == [
        "Liczę: 10\u00a0000 z\u00a025\u00a0000",
        "Liczę: 20\u00a0000 z\u00a025\u00a0000",
    ]


def test_a_folder_that_is_not_there_is_said(app: Flask, tmp_path: Path) -> None:
    """What the system refuses is a sentence, not a trace."""
    result = flask(app, "export", "--out", tmp_path / "none" / "places.csv")
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "Nie udało się" in result.output


def test_half_a_letter_can_be_told(app: Flask, tmp_path: Path) -> None:
    """A name that no terminal can write is no end of the check."""
    path = a_catalogue(tmp_path / "odd.geojson", [a_place()])
    path.write_text(path.read_text("utf-8").replace('"name":"', '"\\ud800":1,"name":"', 2), "utf-8")
    result = flask(app, "check", path)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
