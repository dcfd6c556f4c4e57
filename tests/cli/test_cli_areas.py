"""`flask areas` and what `flask catalogue check` says of borders, as people run them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from flask import Flask

from places.coverage import areas
from tests.builders import a_catalogue, a_place
from tests.prg_server import Register, a_register

KRAKOW = (564_000.0, 234_000.0, 580_000.0, 250_000.0)  # metres; holds the place of the tests


def run(app: Flask, *arguments: Any, code: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=[*map(str, arguments)])
    assert result.exit_code == code, result.output
    return result.output.replace("\u00a0", " ")


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return a_catalogue(tmp_path / "places.geojson", [a_place(address={"district": "Podgórze"})])


@pytest.fixture
def register() -> Iterator[Register]:
    with a_register() as running:
        yield running


def a_file(path: Path, **codes: tuple[float, float, float, float]) -> Path:
    """Boxes by code, or by name where it is no number."""
    names = [code.removeprefix("c") for code in codes]
    frame = geopandas.GeoDataFrame(
        {"teryt": names, "nazwa": names}, geometry=[shapely.box(*one) for one in codes.values()],
        crs=2180,
    )  # fmt: skip
    frame.to_file(path)
    return path


def test_the_whole_life_of_borders(app: Flask, tmp_path: Path, instance: Path) -> None:
    """None, loaded, listed, removed."""
    said = run(app, "areas", "list")
    assert "Nie wczytano żadnych granic" in said and "Powiaty przybliżone: 380 z 380" in said
    file = a_file(tmp_path / "gminy.gpkg", c126101=KRAKOW)
    said = run(app, "areas", "load", file, "--level", "gmina", "--licence", "CC0", "--date", "2026")
    assert "Wczytano gmina: 1 (gminy), gminy.gpkg; stan z 2026" in said
    assert "kolumny: code = teryt, name = nazwa" in said
    said = run(app, "areas", "list")
    assert "CC0" in said and "Powiaty przybliżone: 379 z 380" in said
    assert run(app, "areas", "remove", "gmina") == "Usunięto: gmina\n"
    assert "są: żadne" in run(app, "areas", "remove", "gmina", code=1)
    assert areas.loaded(instance) == ()


def test_a_bad_file_leaves_what_was_loaded(app: Flask, tmp_path: Path, instance: Path) -> None:
    """Everything that is wrong is said, with its row."""
    good = a_file(tmp_path / "gminy.gpkg", c126101=KRAKOW)
    run(app, "areas", "load", good, "--level", "gmina")
    before = areas.digest(instance)
    bad = a_file(tmp_path / "inne.gpkg", c126101=KRAKOW, c999901=KRAKOW)
    said = run(app, "areas", "load", bad, "--level", "gmina", code=1)
    assert "wiersz 2: numer TERYT (code): to nie jest numer TERYT tego poziomu" in said
    assert "--city" in run(app, "areas", "load", bad, "--level", "district", code=1)
    assert areas.digest(instance) == before


def test_a_damaged_set_is_named_and_can_be_loaded_again(
    app: Flask, tmp_path: Path, instance: Path
) -> None:
    """A file of it is gone: the list says which set, the same file mends it."""
    file = a_file(tmp_path / "gminy.gpkg", c126101=KRAKOW)
    run(app, "areas", "load", file, "--level", "gmina")
    [one] = areas.loaded(instance)
    (one.folder / "shape.npy").unlink()
    areas._read.cache_clear()
    assert one.folder.name in run(app, "areas", "list", code=1)
    other = a_file(tmp_path / "inne.gpkg", Oliwa=KRAKOW)
    said = run(app, "areas", "load", other, "--level", "district", "--city", "226101")
    assert "Uszkodzony zbiór" in said
    assert "Uszkodzony" not in run(app, "areas", "load", file, "--level", "gmina")
    assert "Powiaty przybliżone" in run(app, "areas", "list")


def test_borders_are_fetched_level_by_level(app: Flask, register: Register, instance: Path) -> None:
    """With a word for what was mended; what cannot be had leaves the old set in use."""
    ring = register.layers["2"][0]["geometry"]["coordinates"][0]
    ring[2], ring[3] = ring[3], ring[2]
    said = run(app, "areas", "fetch", "--url", register.url)
    assert "Pobieram gminy…" in said
    assert "wiersz 1: położenie (geometry): wielokąt był uszkodzony; naprawiono go" in said
    assert "Wczytano voivodeship: 16 (województwa), Państwowy Rejestr Granic (PRG)" in said
    assert [one.name for one in areas.loaded(instance)] == ["gmina", "powiat", "voivodeship"]
    before = areas.digest(instance)
    register.counts["0"] = 5
    said = run(app, "areas", "fetch", "--level", "gmina", "--url", register.url, code=1)
    assert "przyszło nie tyle obszarów" in said or "za mało" in said
    assert areas.digest(instance) == before


def test_check_says_that_borders_are_not_loaded(app: Flask) -> None:
    """One line, and no fault."""
    said = run(app, "catalogue", "check")
    assert "Granic gmin nie wczytano" in said and "wszystko w porządku" in said


def test_check_names_a_place_that_lies_elsewhere(app: Flask, tmp_path: Path) -> None:
    """Its line and id, what the record says, where the point lies, how far; 1 at the end."""
    west = (464_000.0, 234_000.0, 480_000.0, 250_000.0)
    file = a_file(tmp_path / "gminy.gpkg", c126101=west, c121901=KRAKOW)
    run(app, "areas", "load", file, "--level", "gmina")
    said = run(app, "catalogue", "check", code=1)
    assert "linia 2 · k3v7m2qa: address.teryt: punkt leży poza gminą z zapisu" in said
    assert "121901 121901; " in said and "podano: „126101 Kraków”" in said
    assert "błędów 1, w rekordach: 1 z 1" in said


def test_check_compares_districts_where_they_are_loaded(app: Flask, tmp_path: Path) -> None:
    """Of the city that the record names, with a district of that name."""
    west = (464_000.0, 234_000.0, 480_000.0, 250_000.0)
    file = a_file(tmp_path / "dzielnice.gpkg", Podgórze=west, Dębniki=KRAKOW)
    run(app, "areas", "load", file, "--level", "district", "--city", "126101")
    said = run(app, "catalogue", "check", code=1)
    assert "punkt leży poza dzielnicą z zapisu" in said and "126101-debniki Dębniki" in said
    right = a_file(tmp_path / "dobre.gpkg", Podgórze=KRAKOW)
    run(app, "areas", "load", right, "--level", "district", "--city", "126101")
    assert "wszystko w porządku" in run(app, "catalogue", "check")
