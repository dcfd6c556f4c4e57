"""Polygons from a file: what is taken, what is mended, what is refused."""

from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from shapely.affinity import translate

from places.coverage import borders
from places.coverage.borders import Terms
from places.errors import Fault, Invalid
from places.teryt import Level

SHARED = Path(__file__).parents[3] / "shared" / "geodata"
X, Y = 500_000.0, 500_000.0
CITIES = {
    "gdansk_35": "226101", "krakow_18": "126101", "gdynia_21": "226201", "katowice_22": "246901",
    "lodz_5_delegatury": "106101", "poznan_42_osiedla": "306401", "wroclaw_48_osiedla": "026401",
    "lublin_27": "066301", "warszawa_18": "",
}  # fmt: skip


def box(column: int = 0, row: int = 0, side: float = 1_000.0) -> Any:
    """A square of a grid in the middle of Poland."""
    x, y = X + column * 1_000, Y + row * 1_000
    return shapely.box(x, y, x + side, y + side)


def a_file(tmp_path: Path, shapes: list[Any], crs: Any = 2180, **columns: list[Any]) -> Path:
    path = tmp_path / "granice.gpkg"
    geopandas.GeoDataFrame(columns, geometry=shapes, crs=crs).to_file(path)
    return path


def refused(path: Path, level: Level = "gmina", **terms: Any) -> list[Fault]:
    with pytest.raises(Invalid) as error:
        borders.read(path, Terms(level, **terms))
    return list(error.value.faults)


def codes(faults: list[Fault]) -> list[str]:
    return [one.code for one in faults]


def test_gminas_are_read_by_the_names_their_columns_usually_have(tmp_path: Path) -> None:
    """The seventh digit is kept apart, names are ours, the order is that of the codes."""
    path = a_file(
        tmp_path, [box(1), box()], JPT_KOD_JE=["0201022", "0201011"],
        JPT_NAZWA_=["Bolesławiec (2)", "Bolesławiec (1)"],
    )  # fmt: skip
    found = borders.read(path, Terms("gmina"))
    assert found.columns == {"code": "JPT_KOD_JE", "name": "JPT_NAZWA_"}
    assert found.layer.code.tolist() == ["020101", "020102"]
    assert found.layer.name.tolist() == ["Bolesławiec", "Bolesławiec"]
    assert found.layer.digit.tolist() == ["1", "2"]
    assert found.layer.shape[0].equals(box())
    assert found.notes == ()


def test_a_column_of_numbers_gets_its_noughts_back(tmp_path: Path) -> None:
    """201011 in a spreadsheet was 0201011; alone with others of six digits it is none."""
    path = a_file(tmp_path, [box(), box(1)], teryt=[201011, 1261011], name=["A", "B"])
    assert borders.read(path, Terms("gmina")).layer.code.tolist() == ["020101", "126101"]
    path = a_file(tmp_path, [box(), box(1)], teryt=[20101, 126101], name=["A", "B"])
    assert borders.read(path, Terms("gmina")).layer.code.tolist() == ["020101", "126101"]
    path = a_file(tmp_path, [box(), box(1)], teryt=[2, 12])
    assert borders.read(path, Terms("voivodeship")).layer.name.tolist() == [
        "dolnośląskie", "małopolskie",
    ]  # fmt: skip


def test_columns_can_be_named(tmp_path: Path) -> None:
    """What the file calls them, when nobody could guess; a name that is not there is refused."""
    path = a_file(tmp_path, [box()], numer=["1261"], zwie=["Kraków"])
    maps = {"code": "numer", "name": "zwie"}
    assert borders.read(path, Terms("powiat", maps)).layer.name.tolist() == ["Kraków"]
    assert codes(refused(path, "powiat")) == ["no_column"]
    faults = refused(path, "powiat", maps={"code": "nr", "colour": "zwie"})
    assert [(one.field, one.code) for one in faults] == [
        ("code", "no_column"), ("colour", "unknown_field"),
    ]  # fmt: skip


def test_districts_are_called_by_their_city_and_name(tmp_path: Path) -> None:
    """The code says both; without the city nobody knows whose they are."""
    path = a_file(tmp_path, [box(), box(1)], name=["Żabianka", "Oliwa Górna"])
    found = borders.read(path, Terms("district", city="226101"))
    assert found.layer.code.tolist() == ["226101-oliwa-gorna", "226101-zabianka"]
    assert codes(refused(path, "district")) == ["city_needed"]
    assert codes(refused(path, "district", city="2261")) == ["not_a_gmina"]


def test_warsaw_has_numbers_of_its_districts(tmp_path: Path) -> None:
    """They are the codes; another city's --city contradicts them."""
    path = a_file(
        tmp_path, [box(), box(1)], teryt=["1465028", "146519"], name=["Bemowo", "Żoliborz"]
    )
    assert borders.read(path, Terms("district")).layer.code.tolist() == ["146502", "146519"]
    assert codes(refused(path, "district", city="126101")) == ["not_of_city", "not_of_city"]


def test_everything_that_is_wrong_with_rows_is_said_at_once(tmp_path: Path) -> None:
    """No TERYT, the same again, no name, no shape, no polygon: each with its row."""
    path = a_file(
        tmp_path,
        [box(), box(1), box(2), box(3), None, shapely.Point(X, Y), shapely.Polygon()],
        teryt=["020101", "992001", "020101", "020102", "020103", "020104", "020105"],
        name=["A", "B", "C", "", "E", "F", "G"],
    )
    faults = refused(path)
    assert {(one.where, one.code) for one in faults} == {
        ("row 2", "not_a_code_of_level"), ("row 3", "row_repeats"), ("row 4", "missing"),
        ("row 5", "no_shape"), ("row 6", "not_a_polygon"), ("row 7", "no_shape"),
    }  # fmt: skip


def test_a_broken_polygon_is_mended_with_a_word(tmp_path: Path) -> None:
    """A bow tie becomes two triangles; one without ground is refused."""
    tie = shapely.Polygon([(X, Y), (X + 1000, Y + 1000), (X + 1000, Y), (X, Y + 1000)])
    path = a_file(tmp_path, [tie, box(2)], teryt=["020101", "020102"], name=["A", "B"])
    found = borders.read(path, Terms("gmina"))
    assert [(one.code, one.value, one.where) for one in found.notes] == [
        ("shape_mended", "020101 A", "row 1")
    ]
    assert found.layer.shape[0].is_valid and found.layer.shape[0].area == pytest.approx(500_000)
    flat = shapely.Polygon([(X, Y), (X + 1000, Y), (X, Y)])
    path = a_file(tmp_path, [flat], teryt=["020101"], name=["A"])
    assert codes(refused(path)) == ["not_a_polygon"]


def test_areas_on_each_other_are_named(tmp_path: Path) -> None:
    """More than a hundredth of the smaller one; less is how people draw."""
    shapes = [box(), translate(box(1), -20), box(5)]
    path = a_file(tmp_path, shapes, teryt=["020101", "020102", "020103"], name=["A", "B", "C"])
    [fault] = refused(path)
    assert (fault.code, fault.value, fault.limit) == (
        "areas_overlap", "020101 A – 020102 B", "2%",
    )  # fmt: skip
    shapes[1] = translate(box(1), -5)
    path = a_file(tmp_path, shapes, teryt=["020101", "020102", "020103"], name=["A", "B", "C"])
    assert len(borders.read(path, Terms("gmina")).layer) == 3


def test_an_area_within_another_is_named(tmp_path: Path) -> None:
    """It touches no border of the other one."""
    inner = shapely.box(X + 300, Y + 300, X + 600, Y + 600)
    path = a_file(tmp_path, [box(), inner], teryt=["020101", "020102"], name=["A", "B"])
    assert [(one.code, one.limit) for one in refused(path)] == [("areas_overlap", "100%")]


def test_a_country_that_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    """Degrees taken for metres, or a system of another zone; --crs overrules the file."""
    path = a_file(tmp_path, [box()], crs=32631, teryt=["020101"], name=["A"])
    assert codes(refused(path)) == ["area_elsewhere"]
    assert len(borders.read(path, Terms("gmina", crs="EPSG:2180")).layer) == 1


def test_a_file_that_is_none(tmp_path: Path) -> None:
    """Not there, a table, without a coordinate system."""
    assert codes(refused(tmp_path / "nie.gpkg")) == ["no_file"]
    assert codes(refused(tmp_path / "nie.csv")) == ["unknown_form"]
    path = tmp_path / "bez.shp"
    geopandas.GeoDataFrame(
        {"teryt": ["020101"], "name": ["A"]}, geometry=[box()], crs=2180
    ).to_file(path)
    path.with_suffix(".prj").unlink()
    assert codes(refused(path)) == ["no_crs"]


@pytest.mark.parametrize("name", CITIES)
def test_real_districts_tile_their_cities(name: str) -> None:
    """Nothing to mend, nothing on each other; together they are their union."""
    path = SHARED / "districts" / f"{name}.geojson"
    if not path.exists():
        pytest.skip("the real districts are not at hand")
    found = borders.read(path, Terms("district", city=CITIES[name]))
    assert found.notes == ()
    areas = shapely.area(found.layer.shape)
    assert shapely.union_all(found.layer.shape).area == pytest.approx(areas.sum(), rel=1e-4)


@pytest.mark.parametrize(
    ("level", "name", "count"),
    [("gmina", "gminy", 2477), ("powiat", "powiaty", 380), ("voivodeship", "wojewodztwa", 16)],
)
def test_the_real_borders_of_2021_are_good(level: Level, name: str, count: int) -> None:
    """All are read, none overlaps."""
    path = SHARED / "boundaries" / f"{name}_prg2021_simplified.geojson"
    if not path.exists():
        pytest.skip("the real borders are not at hand")
    found = borders.read(path, Terms(level))
    assert len(found.layer) == count
    assert found.notes == ()
    assert found.columns["code"] == "terc"


def test_a_district_whose_name_is_but_signs_has_no_code(tmp_path: Path) -> None:
    """It would be an area without an address."""
    path = a_file(tmp_path, [box(), box(2)], nazwa=["!!!", "Oliwa"])
    [fault] = refused(path, "district", city="226101")
    assert (fault.field, fault.code, fault.where) == ("name", "missing", "row 1")


def test_what_lies_beyond_all_numbers_is_refused_quietly(tmp_path: Path) -> None:
    """Metres taken for degrees: one fault, and no warning of the library's."""
    path = a_file(tmp_path, [box()], crs=4326, teryt=["226101"], nazwa=["Gdańsk"])
    assert set(codes(refused(path))) <= {"not_a_polygon", "area_elsewhere"}
