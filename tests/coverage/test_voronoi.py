"""Approximate powiats and voivodeships, and those put together of what is loaded."""

import csv
import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from places.coverage import borders, ground, polygons, voronoi
from places.coverage.borders import Terms
from places.coverage.polygons import Layer, arrays, layer
from places.gazetteer import Settlement, settlements
from places.geo import Point
from places.teryt import Level

SHARED = Path(__file__).parents[3] / "shared" / "geodata"
X, Y = 500_000.0, 500_000.0


def a_settlement(teryt: str, column: float, row: float = 0.0) -> Settlement:
    """Whose place is so many tens of kilometres from the middle."""
    lat, lon = ground.to_earth(np.array([X + column * 10_000]), np.array([Y + row * 10_000]))
    powiat, point = "miasto" if teryt[2:] >= "60" else "powiat z", Point(lat[0], lon[0])
    return Settlement(f"wieś {column}", "", powiat, "", teryt, point, 0)


def boxes(level: Level, **columns: tuple[float, float]) -> Layer:
    """Areas as strips from column to column, a hundred kilometres high; codes begin with c."""
    rows = [(code[1:], code, "") for code in columns]
    shapes = [
        shapely.box(X + west * 10_000, Y - 50_000, X + east * 10_000, Y + 50_000)
        for west, east in columns.values()
    ]
    return layer(level, rows, shapes)


def at(one: Layer, column: float, row: float = 0.0) -> str:
    """What code is there."""
    [found] = one.holding(np.array([X + column * 10_000]), np.array([Y + row * 10_000]))
    return str(one.code[found]) if found >= 0 else ""


def test_the_border_runs_halfway() -> None:
    """What is nearer to a settlement is its powiat's; a settlement without a code has nothing."""
    some = [a_settlement("1401", 0), a_settlement("1402", 2), a_settlement("", 1)]
    above, below = voronoi.completed({}, some)
    assert [at(below, 0.99), at(below, 1.01)] == ["1401", "1402"]
    assert below.approximate.all() and above.approximate.all()
    assert above.code.tolist() == ["14"] and above.name.tolist() == ["mazowieckie"]
    assert below.name.tolist() == ["powiat z", "powiat z"]
    assert shapely.area(below.shape).sum() == pytest.approx(voronoi.country().area, rel=1e-6)


def test_one_settlement_has_the_whole_country() -> None:
    """Nobody else is there; two in one point are one."""
    _, below = voronoi.completed({}, [a_settlement("1401", 0), a_settlement("1402", 0)])
    assert below.code.tolist() == ["1401"]
    assert below.shape[0].area == pytest.approx(voronoi.country().area, rel=1e-6)


def test_powiats_are_put_together_of_gminas() -> None:
    """Where all its settlements lie in loaded gminas, and of a city's only gmina."""
    gminas = boxes("gmina", c140101=(0, 1), c140102=(1, 2), c140201=(2, 3), c146501=(5, 6))
    some = [
        a_settlement("1401", 0.5), a_settlement("1401", 1.5), a_settlement("1402", 2.5),
        a_settlement("1402", 3.5), a_settlement("1465", 9),
    ]  # fmt: skip
    above, below = voronoi.completed({"gmina": gminas}, some)
    assert dict(zip(below.code.tolist(), below.approximate.tolist(), strict=True)) == {
        "1401": False, "1402": True, "1465": False,
    }  # fmt: skip
    whole = shapely.box(X, Y - 50_000, X + 20_000, Y + 50_000)
    assert below.shape[0].symmetric_difference(whole).area < 1
    assert at(below, 3.5) == "1402" and at(below, -9) == "1402"
    assert above.approximate.all()


def test_the_ground_of_known_powiats_is_not_parted() -> None:
    """Approximate ones fill what is left, without a gap, and do not lie on the known ones."""
    known = boxes("powiat", c1401=(0, 2))
    above, below = voronoi.completed(
        {"powiat": known},
        [a_settlement("1401", 9), a_settlement("1402", -1), a_settlement("1402", 3)],
    )
    assert below.code.tolist() == ["1402"]
    assert at(below, 1) == "" and at(below, 2.1) == "1402"
    left = voronoi.country().area - known.shape[0].area
    assert below.shape[0].area == pytest.approx(left, rel=1e-6)
    assert above.code.tolist() == ["14"] and above.approximate.all()


def test_approximate_powiats_stay_within_known_voivodeships() -> None:
    """However near the next settlement beyond the border is."""
    known = boxes("voivodeship", c14=(0, 2))
    some = [a_settlement("1401", 0.1), a_settlement("1402", 0.2), a_settlement("1001", 2.1)]
    above, below = voronoi.completed({"voivodeship": known}, some)
    assert [at(below, 1.99), at(below, 2.01), at(below, -5)] == ["1402", "1001", "1001"]
    assert above.code.tolist() == ["10"]


def test_a_voivodeship_of_all_its_powiats_is_exact() -> None:
    """Of loaded powiats alone; one that is missing makes it approximate."""
    known = boxes("powiat", c1401=(0, 2), c1402=(2, 4))
    some = [a_settlement("1401", 1), a_settlement("1402", 3)]
    above, below = voronoi.completed({"powiat": known}, some)
    assert len(below) == 0
    assert above.approximate.tolist() == [False]
    assert above.shape[0].area == pytest.approx(known.shape[0].area * 2)


def test_the_whole_country_twice_is_the_same() -> None:
    """Every settlement lies in its own powiat, all ground is somebody's, bytes do not change."""
    some = settlements()
    above, below = voronoi.completed({}, some)
    known = [one for one in some if one.teryt]
    x, y = ground.to_plane(
        np.array([one.point.lat for one in known]), np.array([one.point.lon for one in known])
    )
    assert below.code[below.holding(x, y)].tolist() == [one.teryt for one in known]
    assert (len(above), len(below)) == (16, 380)
    assert shapely.is_valid(below.shape).all() and shapely.coverage_is_valid(below.shape)
    again = voronoi.completed({}, some)
    for one, other in zip((above, below), again, strict=True):
        for name, array in arrays(one).items():
            assert array.tobytes() == arrays(other)[name].tobytes()


def of_settlements(path: Path) -> tuple[Any, Any]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return ground.to_plane(
        np.array([float(row["lat"]) for row in rows]), np.array([float(row["lon"]) for row in rows])
    )


def test_most_real_villages_lie_in_their_approximate_powiat() -> None:
    """Of 43,989 villages and towns of the state's register 87% do, and 97% in the voivodeship."""
    villages = SHARED / "gazetteer" / "settlements_prng2021.csv.gz"
    powiats = SHARED / "boundaries" / "powiaty_prg2021_simplified.geojson"
    if not villages.exists() or not powiats.exists():
        pytest.skip("the register of villages and the real borders are not at hand")
    real = borders.read(powiats, Terms("powiat")).layer
    above, below = voronoi.completed({}, settlements())
    x, y = of_settlements(villages)
    truly = real.holding(x, y)
    x, y, truth = x[truly >= 0], y[truly >= 0], real.code[truly[truly >= 0]]
    assert np.mean(below.code[below.holding(x, y)] == truth) > 0.87
    assert np.mean(above.code[above.holding(x, y)] == truth.astype("<U2")) > 0.97


def test_ground_that_is_cut_to_lines_is_left_out() -> None:
    """Where a loaded area leaves but a line or a point of a powiat, what is left is polygons."""
    whole = shapely.box(X - 30_000, Y - 50_000, X + 30_000, Y + 50_000)
    spike = shapely.box(X + 30_000, Y, X + 30_000.001, Y + 40_000)
    found = voronoi.powiats(
        [a_settlement("0401", -1), a_settlement("0402", 5)], shapely.union(whole, spike)
    )
    assert set(shapely.get_type_id(found.shape)) <= {3, 6}
    collection = shapely.GeometryCollection([whole, shapely.LineString([(X, Y), (X + 1, Y)])])
    assert polygons.of_ground(collection).equals(whole)
    assert polygons.of_ground(shapely.Point(X, Y)).is_empty
    assert polygons.of_ground(whole) is whole
