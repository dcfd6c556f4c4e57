"""The areas of the country: what is there, what lies in which, what takes whose place.

Called so because tests/test_areas.py is about the areas of search.
"""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from places.coverage import areas, borders, ground, kept, polygons
from places.coverage.areas import Areas
from places.coverage.borders import Terms
from places.coverage.kept import About
from places.errors import NotFound, Unavailable
from places.teryt import COUNTRY, Level

SHARED = Path(__file__).parents[3] / "shared" / "geodata"
X, Y = 500_000.0, 500_000.0


def strip(*codes: str, level: Level = "gmina", north: float = 0.0) -> polygons.Layer:
    """Squares of ten kilometres, from west to east."""
    shapes = [
        shapely.box(X + n * 10_000, Y + north, X + (n + 1) * 10_000, Y + north + 10_000)
        for n in range(len(codes))
    ]
    return polygons.layer(level, [(code, f"Gmina {code}", "2") for code in codes], shapes)


def put(instance: Path, layer: polygons.Layer) -> None:
    about = About("Granice", rows=len(layer), more={"level": layer.level})
    polygons.keep(instance, layer, about)


def at(known: Areas, level: Level, *columns: float) -> list[str]:
    """What lies at these tens of kilometres."""
    x = np.array([X + 10_000 * column for column in columns])
    return known.locate(x, np.full(len(x), Y + 5_000), level).tolist()


def of(known: Areas, column: float, own: str = "", row: float = 0.5) -> dict[str, str]:
    """Of what one point is a member."""
    x, y = np.array([X + 10_000 * column]), np.array([Y + 10_000 * row])
    return {level: str(codes[0]) for level, codes in areas.members(known, x, y, [own]).items()}


def test_without_any_file_the_country_is_there(instance: Path) -> None:
    """Sixteen voivodeships and their powiats, approximate and named, whose they are said."""
    known = areas.current(instance)
    assert known.levels() == ("country", "voivodeship", "powiat")
    assert known.get(COUNTRY).name == "Polska" and known.get(COUNTRY).approximate
    assert [len(known.at(level)) for level in known.levels()] == [1, 16, 380]
    assert known.children(COUNTRY) == known.at("voivodeship")
    assert {one.parent for one in known.children("22")} == {"22"}
    lubin = known.get("0211")
    assert (lubin.name, lubin.parent, lubin.kind) == ("powiat lubiński", "02", "powiat-land")
    assert lubin.approximate
    assert [one.licence for one in known.about] == ["CC BY 4.0"]
    with pytest.raises(NotFound):
        known.get("0299")


def test_what_is_made_is_made_once(instance: Path) -> None:
    """It lies on disk until what it is made of changes, and is no set that somebody loaded."""
    first = areas.current(instance)
    assert areas.loaded(instance) == ()
    made = {one.name: one.digest for one in kept.current(instance, "areas")}
    assert set(made) == {"made-powiat", "made-voivodeship"}
    areas._read.cache_clear()
    again = areas.current(instance)
    assert again is not first
    assert [one.code for one in again.at("powiat")] == [one.code for one in first.at("powiat")]
    assert again.outline("2261").equals_exact(first.outline("2261"), 0)
    assert {one.name: one.digest for one in kept.current(instance, "areas")} == made


def test_the_same_areas_are_not_read_twice(instance: Path) -> None:
    """A set that is loaded or taken away is noticed."""
    stamp = areas.digest(instance)
    bare = areas.current(instance)
    assert areas.current(instance) is bare
    put(instance, strip("140101", "140102"))
    assert areas.digest(instance) != stamp
    known = areas.current(instance)
    assert at(known, "gmina", 0.5, 1.5, 2.5) == ["140101", "140102", ""]
    assert known.get("140101").kind == "gmina-2" and not known.get("140101").approximate
    kept.remove(instance, "areas", "gmina")
    assert areas.digest(instance) == stamp
    assert areas.current(instance).levels() == bare.levels()


def test_a_place_that_cannot_be_written_makes_them_each_time(instance: Path) -> None:
    """A folder that may only be read is no reason to have no map."""
    instance.mkdir()
    (instance / "coverage").write_text("a file where the folder should be", encoding="utf-8")
    areas._read.cache_clear()
    assert len(areas.current(instance).at("powiat")) == 380


def test_a_damaged_set_is_said_to_be_so(instance: Path) -> None:
    """One that was loaded is ours to mend; one that was made is made again."""
    areas.current(instance)
    made = {one.name: one for one in kept.current(instance, "areas")}["made-powiat"]
    (made.folder / "code.npy").unlink()
    areas._read.cache_clear()
    assert len(areas.current(instance).at("powiat")) == 380
    assert len(polygons.read(made)) == 380
    put(instance, strip("140101"))
    [loaded] = areas.loaded(instance)
    (loaded.folder / "shape.npy").unlink()
    with pytest.raises(Unavailable):
        areas.current(instance)


def test_districts_of_cities_stand_beside_each_other(instance: Path) -> None:
    """Kraków's do not remove Gdańsk's; Kraków's again replace Kraków's."""
    put(instance, strip("226101-oliwa", "226101-wrzeszcz", level="district"))
    put(instance, strip("126101-podgorze", level="district", north=20_000))
    put(instance, strip("126101-debniki", level="district", north=20_000))
    known = areas.current(instance)
    assert [one.code for one in known.at("district")] == [
        "126101-debniki", "226101-oliwa", "226101-wrzeszcz",
    ]  # fmt: skip
    # No gmina is loaded: they hang under the city as a powiat.
    assert [one.code for one in known.children("2261")] == ["226101-oliwa", "226101-wrzeszcz"]
    put(instance, strip("226101", level="gmina"))
    known = areas.current(instance)
    assert [one.code for one in known.children("2261")] == ["226101"]
    assert len(known.children("226101")) == 2


def test_on_a_border_the_lowest_code_is_taken() -> None:
    """Whatever the order in the file."""
    known = Areas({"gmina": strip("140102", "140101", "140103")}, ())
    assert at(known, "gmina", 1.0, 2.0, 3.0, -0.1) == ["140101", "140101", "140103", ""]
    assert at(known, "district", 1.0) == [""]
    assert at(known, "country", 1.0, -3) == [COUNTRY, ""]


def test_a_point_without_numbers_lies_nowhere() -> None:
    """An unknown position is no reason to fail; no points are no trouble either."""
    known = Areas({"gmina": strip("140101")}, ())
    nowhere = np.array([np.nan, np.inf])
    assert known.locate(nowhere, nowhere, "gmina").tolist() == ["", ""]
    assert known.locate(np.array([]), np.array([]), "gmina").tolist() == []


def levels(**layers: polygons.Layer) -> Areas:
    known: dict[Any, polygons.Layer] = {**layers}
    return Areas(known, ())


def rough(layer: polygons.Layer) -> polygons.Layer:
    layer.approximate[:] = True
    return layer


def test_polygons_say_it_before_the_own_code_and_that_before_approximate_ones() -> None:
    """What is measured, what is written, what is guessed: in that order."""
    sure = strip("1401", "1402", level="powiat")
    known = levels(voivodeship=strip("14", level="voivodeship"), powiat=sure)
    assert of(known, 0.5, "140205")["powiat"] == "1401"
    guessed = levels(powiat=rough(strip("1401", "1402", level="powiat")))
    assert of(guessed, 0.5, "140205")["powiat"] == "1402"
    assert of(guessed, 0.5, "")["powiat"] == "1401"
    assert of(guessed, 0.5, "1402")["powiat"] == "1402"
    assert of(guessed, 0.5, "999999")["powiat"] == "1401"


def test_an_own_code_that_contradicts_a_polygon_is_not_used_below_it() -> None:
    """A point in voivodeship 14 is in no powiat of 10, whatever its record says."""
    known = levels(
        voivodeship=strip("14", level="voivodeship"),
        powiat=rough(strip("1401", "1001", level="powiat")),
    )
    assert of(known, 0.5, "100101") == {"country": "pl", "voivodeship": "14", "powiat": "1401"}


def test_what_lies_in_an_area_lies_in_all_above_it() -> None:
    """Borders of several sets need not fit: the smallest area that is sure decides."""
    known = levels(
        voivodeship=strip("10", "14", level="voivodeship"),
        powiat=strip("1001", "1401", level="powiat"),
        gmina=strip("140101", "140102"),
        district=strip("140101-dol", level="district"),
    )
    assert of(known, 0.5) == {
        "country": "pl", "voivodeship": "14", "powiat": "1401", "gmina": "140101",
        "district": "140101-dol",
    }  # fmt: skip
    assert of(known, 1.5) == {
        "country": "pl", "voivodeship": "14", "powiat": "1401", "gmina": "140102", "district": "",
    }  # fmt: skip


def test_a_point_outside_everything_is_of_the_country_alone() -> None:
    """Nobody knows more; its own code helps where it has one of an area we know."""
    known = levels(powiat=strip("1401", level="powiat"), gmina=strip("140101", "140102"))
    assert of(known, 50) == {"country": "pl", "powiat": "", "gmina": ""}
    assert of(known, 50, "1401025") == {"country": "pl", "powiat": "1401", "gmina": "140102"}
    assert of(known, 50, "140199") == {"country": "pl", "powiat": "1401", "gmina": ""}


def test_the_rim_of_the_country_belongs_to_the_nearest_area() -> None:
    """The middle of a coastal cell in the sea; two kilometres at most."""
    known = levels(powiat=strip("1401", "1402", level="powiat"))
    assert of(known, 0.5, row=-0.19)["powiat"] == "1401"
    assert of(known, 0.5, row=-0.21)["powiat"] == ""


def test_outlines_are_simplified_together() -> None:
    """Neighbours still share their border; without metres nothing is lost."""
    wave = [(X + 10_000 + (100 if n % 2 else 0), Y + n * 500) for n in range(21)]
    west = shapely.Polygon([(X, Y), *wave, (X, Y + 10_000)])
    east = shapely.Polygon([(X + 20_000, Y), (X + 20_000, Y + 10_000), *reversed(wave)])
    layer = polygons.layer("powiat", [("1401", "A", ""), ("1402", "B", "")], [west, east])
    known = levels(powiat=layer)
    assert known.outline("1401").equals(west)
    simple = [known.outline(code, 300) for code in ("1401", "1402")]
    assert len(simple[0].exterior.coords) < 10
    assert shapely.coverage_is_valid(np.array(simple))
    assert known.outline("1401", 300) is simple[0]
    assert known.outline(COUNTRY).area == pytest.approx(west.area + east.area)
    assert known.outline(COUNTRY, 300).is_valid
    with pytest.raises(NotFound):
        known.outline("99")


def test_a_layer_kept_is_the_layer_read(instance: Path) -> None:
    """Shapes with holes and of several parts, names with marks, to the last bit."""
    ring = shapely.box(X, Y, X + 9_000, Y + 9_000).difference(shapely.Point(X, Y).buffer(3_000))
    two = shapely.union(
        shapely.box(X, Y + 20_000, X + 5, Y + 20_005), shapely.box(X, Y - 9, X + 1, Y - 5)
    )
    layer = polygons.layer("gmina", [("140102", "Żółć", "3"), ("140101", "A", "")], [two, ring])
    kept_one = polygons.keep(instance, layer, About("", more={"level": "gmina"}))
    read = polygons.read(kept_one)
    assert read.name.tolist() == ["A", "Żółć"] and read.digit.tolist() == ["", "3"]
    assert [one.wkb for one in read.shape] == [ring.wkb, two.wkb]


def real(name: str, level: Level, **terms: Any) -> polygons.Layer:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path.name} is not at hand")
    return borders.read(path, Terms(level, **terms)).layer


def rows(name: str) -> list[dict[str, str]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path.name} is not at hand")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


GMINAS = "boundaries/gminy_prg2021_simplified.geojson"


def test_no_gmina_of_2021_is_missing_from_the_list_of_2026() -> None:
    """On six digits all 2477 join; on seven those that changed their kind would be lost."""
    layer = real(GMINAS, "gmina")
    now = {row["teryt"] for row in rows("boundaries/teryt_gminy_2479_2026.csv")}
    assert len(layer) == 2477 and len(now) == 2479
    assert set(layer.code.tolist()) <= {code[:6] for code in now}
    whole = set(np.char.add(layer.code, layer.digit).tolist())
    assert len(whole - now) > 80


def test_the_table_of_gus_joins_and_sums_to_the_country() -> None:
    """38,265,013 people in gminas of kinds 1, 2 and 3; every one has its polygon."""
    people = {
        row["teryt"][:6]: int(row["ogolem"])
        for row in rows("population/gus_bdl_ludnosc_gminy_2020.csv")
        if row["teryt"][6] in "123"
    }
    assert sum(people.values()) == 38_265_013
    assert set(people) == set(real(GMINAS, "gmina").code.tolist())


def test_real_gminas_make_real_powiats(instance: Path) -> None:
    """All exact, as large as those of the register, and named."""
    put(instance, real(GMINAS, "gmina"))
    known = areas.current(instance)
    assert not any(one.approximate for level in known.levels() for one in known.at(level))
    powiats = real("boundaries/powiaty_prg2021_simplified.geojson", "powiat")
    assert [one.code for one in known.at("powiat")] == powiats.code.tolist()
    assert [one.name for one in known.at("powiat")] == powiats.name.tolist()
    ours = np.array([known.outline(code).area for code in powiats.code.tolist()])
    assert np.allclose(ours, shapely.area(powiats.shape), rtol=1e-3)


def test_every_institution_of_gdansk_lies_in_a_district(instance: Path) -> None:
    """All 74 of the city's own list, most in the one that the list names."""
    put(instance, real("districts/gdansk_35.geojson", "district", city="226101"))
    import geopandas

    path = SHARED / "places" / "gdansk_instytucje_kultury_2020.geojson"
    frame = geopandas.read_file(path).to_crs(ground.PLANE)
    codes = areas.current(instance).locate(
        frame.geometry.x.to_numpy(), frame.geometry.y.to_numpy(), "district"
    )
    assert len(codes) == 74 and "" not in codes.tolist()
