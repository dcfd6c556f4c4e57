"""Places that lie elsewhere than their records say."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from places import geojson
from places.coverage import borders, contradictions, ground, polygons
from places.coverage.areas import Areas
from places.coverage.borders import Terms
from places.errors import Fault
from places.geo import Point
from places.place import Place
from places.teryt import Level
from tests.builders import a_place

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "geodata"
X, Y = 500_000.0, 500_000.0


def boxes(level: Level, *codes: tuple[str, str]) -> polygons.Layer:
    """Squares of ten kilometres from west to east."""
    shapes = [
        shapely.box(X + n * 10_000, Y, X + (n + 1) * 10_000, Y + 10_000) for n in range(len(codes))
    ]
    return polygons.layer(level, [(code, name, "") for code, name in codes], shapes)


def a_place_at(x: float, y: float, slack: float, **address: Any) -> Place:
    """Metres from the corner of the first square."""
    lat, lon = ground.to_earth(np.array([X + x]), np.array([Y + y]))
    return a_place(
        point=Point(float(lat[0]), float(lon[0])),
        position={"precision": "address", "uncertainty_m": slack},
        address={"district": None, **address},
    )


GMINAS = boxes("gmina", ("140101", "Ada"), ("140102", "Bor"))
DISTRICTS = boxes("district", ("140101-gora", "Góra"), ("140101-dol", "Dół"))


def found(place: Place, **layers: polygons.Layer) -> list[Fault]:
    known: dict[Any, polygons.Layer] = {**layers}
    return contradictions.find([("line 2 · k3v7m2qa", place)], Areas(known, ()))


def test_a_point_in_its_own_gmina_is_right() -> None:
    """Nothing to say, nor without any borders."""
    place = a_place_at(5_000, 5_000, 75, teryt="140101", gmina="Ada")
    assert found(place, gmina=GMINAS) == []
    assert (
        contradictions.find([("", place)], Areas({"voivodeship": boxes("voivodeship")}, ())) == []
    )
    assert contradictions.find([], Areas({"gmina": GMINAS}, ())) == []


def test_a_point_in_another_gmina_is_named_with_both() -> None:
    """Beyond its uncertainty: 500 metres within the next gmina, known to 75."""
    place = a_place_at(10_500, 5_000, 75, teryt="140101", gmina="Ada")
    [fault] = found(place, gmina=GMINAS)
    assert fault == Fault(
        "address.teryt",
        "other_gmina",
        "140101 Ada",
        "140102 Bor; 500 m > 75 m",
        "line 2 · k3v7m2qa",
    )


def test_a_vague_point_may_lie_beyond_the_border() -> None:
    """By as much as it is uncertain."""
    assert found(a_place_at(10_500, 5_000, 600, teryt="140101"), gmina=GMINAS) == []


def test_a_point_outside_all_gminas_is_held_against_its_own() -> None:
    """It lies in the sea, or in another country."""
    [fault] = found(a_place_at(5_000, -900, 75, teryt="140101", gmina="Ada"), gmina=GMINAS)
    assert (fault.code, fault.limit) == ("other_gmina", "–; 900 m > 75 m")


def test_a_gmina_that_is_not_loaded_begins_at_the_border_of_the_loaded_one() -> None:
    """Deep in another gmina the record is wrong, wherever its own may be; at its rim who knows."""
    deep = a_place_at(5_000, 4_000, 75, teryt="100101", gmina="Cis")
    [fault] = found(deep, gmina=GMINAS)
    assert (fault.value, fault.limit) == ("100101 Cis", "140101 Ada; 4000 m > 75 m")
    assert found(a_place_at(5_000, 50, 75, teryt="100101"), gmina=GMINAS) == []
    assert found(a_place_at(5_000, -500, 75, teryt="100101"), gmina=GMINAS) == []


def test_a_gmina_that_no_map_of_the_country_has_is_named() -> None:
    """Only where the whole country is loaded: then the number is wrong, or too new."""
    codes = [
        (f"{above:02}{n:02}{m:02}", "x")
        for above in (10, 14)
        for n in range(1, 60)
        for m in range(1, 22)
    ]
    whole = boxes("gmina", *codes)
    [fault] = found(a_place_at(5_000, 5_000, 75, teryt="126101", gmina="Kraków"), gmina=whole)
    assert (fault.code, fault.value) == ("gmina_off_map", "126101 Kraków")


def test_a_point_in_another_district_is_named() -> None:
    """Compared by the name as it is folded; a name the city's set does not have is no fault."""
    wrong = a_place_at(10_500, 5_000, 75, teryt="140101", district="gora")
    [fault] = found(wrong, district=DISTRICTS)
    assert (fault.field, fault.code, fault.value, fault.limit) == (
        "address.district", "other_district", "gora", "140101-dol Dół; 500 m > 75 m",
    )  # fmt: skip
    for right in (
        a_place_at(9_500, 5_000, 75, teryt="140101", district="Góra"),
        a_place_at(10_500, 5_000, 600, teryt="140101", district="Góra"),
        a_place_at(10_500, 5_000, 75, teryt="140101", district="Osiedle Leśne"),
        a_place_at(10_500, 5_000, 75, teryt="140102", district="Góra"),
        a_place_at(10_500, 5_000, 75, teryt="140101"),
    ):
        assert found(right, district=DISTRICTS) == []


def test_our_catalogue_agrees_with_the_real_borders() -> None:
    """No place lies farther from its gmina of 2021 than it is uncertain."""
    path = SHARED / "boundaries" / "gminy_prg2021_simplified.geojson"
    if not path.exists():
        pytest.skip("the real borders are not at hand")
    layer = borders.read(path, Terms("gmina")).layer
    places = [(one.id, one) for one in geojson.read(ROOT / "data" / "places.geojson").places]
    assert contradictions.find(places, Areas({"gmina": layer}, ())) == []
