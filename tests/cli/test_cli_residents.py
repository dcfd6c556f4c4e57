"""`flask residents`, as people run it."""

from pathlib import Path

import geopandas
import shapely
from flask import Flask

from places.coverage import residents
from tests.coverage.test_census import gus as gus


def run(app: Flask, *arguments: str, code: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=["residents", *arguments])
    assert result.exit_code == code, result.output
    return result.output.replace("\u00a0", " ")


def test_the_whole_life_of_a_set(app: Flask, tmp_path: Path) -> None:
    """The settlements, a file of one's own with what was mended, the settlements again."""
    assert "Zbiór:      GeoNames (nic nie wczytano, więc domyślny)" in run(app, "list")
    path = tmp_path / "punkty.csv"
    path.write_text("szer,dl,ile\n51.7,19.4,1200\n51.8,19.4,\n", encoding="utf-8")
    maps = ("--map", "total=ile", "--map", "lat=szer", "--map", "lon=dl")
    said = run(app, "load", str(path), *maps, "--name", "Nasze punkty", "--owner", "Gmina Zgierz")
    assert "Zbiór:      Nasze punkty (residents)" in said
    assert "Mieszkańcy: 1 200" in said
    assert "tajna lub nieznana: 1" in said
    assert said == run(app, "list")
    assert "wracają" not in run(app, "remove", "residents")
    run(app, "remove", "residents", code=1)
    assert "GeoNames" in run(app, "list")


def test_what_is_wrong_is_said_in_words(app: Flask, tmp_path: Path, instance: Path) -> None:
    """And nothing is loaded."""
    path = tmp_path / "a.csv"
    path.write_text("lat,lon,total\n51.7,19.4,kilka\n51.7,19.4,-1\n", encoding="utf-8")
    said = run(app, "load", str(path), code=1)
    assert "wiersz 2: mieszkańcy (total): to nie jest liczba" in said
    assert "wiersz 3: mieszkańcy (total): liczba mieszkańców jest ujemna" in said
    path.write_text("lat,lon,total\n19.4,51.7,1\n", encoding="utf-8")
    assert "zamienione miejscami, takich wierszy: 1" in run(app, "load", str(path), code=1)
    assert residents.current(instance).shape == "disc"


def test_the_census_is_fetched_and_used(
    app: Flask, gus: tuple[str, str, list[str]], instance: Path
) -> None:
    """With progress, totals and whose it is; a wrong checksum is named and changes nothing."""
    url, sha256, asked = gus
    wrong = run(app, "fetch", "--url", url, "--sha256", "0" * 64, code=1)
    assert "suma kontrolna się nie zgadza" in wrong
    assert residents.current(instance).shape == "disc"
    said = run(app, "fetch", "--url", url, "--sha256", sha256)
    assert "Czytam…" in said
    assert "Mieszkańcy: 3 379" in said
    assert "Czyje:      Główny Urząd Statystyczny" in said
    assert "tajna lub nieznana: 1" in said
    assert residents.current(instance).shape == "cell"
    run(app, "fetch", "--url", url, "--sha256", sha256)
    assert len(asked) == 2
    assert asked[0].startswith("miejsca-otwarte")


def test_sums_are_held_against_those_that_are_known(
    app: Flask, gus: tuple[str, str, list[str]], tmp_path: Path
) -> None:
    """Where the borders of gminas are loaded; the recorded squares are few, and elsewhere."""
    shape = shapely.box(500_000, 400_000, 560_000, 460_000)
    frame = geopandas.GeoDataFrame({"teryt": ["2469011"], "nazwa": ["Katowice"]}, geometry=[shape])
    frame.set_crs(2180).to_file(tmp_path / "gminy.gpkg")
    result = app.test_cli_runner().invoke(
        args=["areas", "load", str(tmp_path / "gminy.gpkg"), "--level", "gmina"]
    )
    assert result.exit_code == 0, result.output
    said = run(app, "fetch", "--url", gus[0])
    assert "Katowice: 3 379 (znana suma: 274 532)" in said
