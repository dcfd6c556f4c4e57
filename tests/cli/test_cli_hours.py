"""Bad hours on their way into the catalogue and in it: refused or named, with the position."""

from pathlib import Path

import pytest
from flask import Flask

from places.place import concerns
from tests.builders import a_catalogue, a_place

WRONG = [
    ("Mo-Fr 10-18", "hours_minutes", 7),
    ("Mo-Fr 10:00-18:00; Sa 10.00-14.00", "hours_dot", 23),
    ("pon.-pt. 10:00-18:00", "hours_in_polish", 1),
    ("Mo-Fr 10:00-18:00; Xx 10:00-12:00", "hours_syntax", 20),
]


@pytest.mark.parametrize(("rule", "code", "position"), WRONG)
def test_a_place_says_where_its_hours_go_wrong(rule: str, code: str, position: int) -> None:
    """Of opening and of lending alike."""
    for field in ("open", "lending"):
        [fault] = concerns(a_place(hours={field: rule}))
        assert (fault.field, fault.code) == (f"hours.{field}", code)
        assert (fault.value, fault.limit) == (rule, str(position))


@pytest.mark.parametrize(("rule", "code", "position"), WRONG)
def test_the_check_names_them(
    app: Flask, tmp_path: Path, rule: str, code: str, position: int
) -> None:
    """The record, the field, the position and the rule as written; 1 at the end."""
    path = a_catalogue(tmp_path / "bad.geojson", [a_place(hours={"open": rule})])
    result = app.test_cli_runner().invoke(args=["catalogue", "check", str(path)])

    assert result.exit_code == 1
    [line] = [one for one in result.output.splitlines() if "k3v7m2qa" in one]
    assert line.startswith("linia 2")
    assert "godziny otwarcia (hours.open)" in line
    assert f"błąd od znaku {position}" in line
    assert f"podano: „{rule}”" in line


def test_an_import_refuses_them(app: Flask, tmp_path: Path) -> None:
    """Nothing is written, and the row is named with the position."""
    path = tmp_path / "lista.csv"
    path.write_text(
        "nazwa,typ miejsca,szerokość,długość,miasto,hours.open\n"
        "Klub Sowa,dom kultury,50.07,19.95,Kraków,Mo-Fr 10-18\n",
        "utf-8",
    )
    before = Path(app.config["CATALOGUE"]).read_bytes()
    constants = ("--set", "position.uncertainty_m=75", "--set", "sources=https://example.org/a")
    result = app.test_cli_runner().invoke(args=["catalogue", "import", str(path), *constants])

    assert "błąd od znaku 7" in result.output
    assert result.exit_code == 1
    assert Path(app.config["CATALOGUE"]).read_bytes() == before
