"""Real Łódź and real Gdańsk, from their files to figures, against known answers and other tools.

The files are for tests alone; where they are not at hand these tests are skipped, and made-up
cities test the same elsewhere.
"""

import gzip
import json
from datetime import date
from pathlib import Path

import geopandas
import numpy as np
import pytest
from scipy.sparse.csgraph import dijkstra

from benchmarks import siting as towns
from places import geojson
from places.coverage import (
    areas,
    borders,
    kept,
    polygons,
    residents,
    sites,
    siting,
    streets,
    survey,
)
from places.coverage.counted import Asked, Counted, count
from places.coverage.ground import to_earth, to_plane
from places.coverage.measuring import Walks
from places.coverage.reach import Ground, Targets, ground
from places.coverage.residents import Terms
from places.coverage.surveying import make
from places.coverage.terms import DETOUR, SNAP, WALKERS
from places.coverage.within import Data, inside
from places.place import Place
from tests.builders import a_place, an_id
from tests.coverage.made import WEEK
from tests.coverage.test_survey import SPEC

SHARED = Path(__file__).parents[3] / "shared" / "geodata"
LODZ = SHARED / "population" / "lodz_gus_nsp2011_grid_1km.gpkg"
LODZ_AREAS = SHARED / "districts" / "lodz_5_delegatury.geojson"
GDANSK = SHARED / "population" / "cityaccessmap_100m" / "3060_gdansk_gdynia.csv.gz"
GDANSK_AREAS = SHARED / "districts" / "gdansk_35.geojson"
STREETS = SHARED / "osm" / "gdansk_center_20251020_filtered.osm.pbf"
INSTITUTIONS = SHARED / "places" / "gdansk_instytucje_kultury_2020.geojson"
CATALOGUE = Path(__file__).parents[2] / "data" / "places.geojson"
TODAY = date(2026, 11, 29)


def districts(instance: Path, file: Path, city: str) -> None:
    found = borders.read(file, borders.Terms(level="district", city=city))
    polygons.keep(instance, found.layer, kept.About(file.name, more={"level": "district"}))


def at_hand(*files: Path) -> None:
    if not all(file.exists() for file in files):
        pytest.skip("the real city is not at hand (../shared/geodata)")


def test_lodz_by_the_grid_of_gus(tmp_path: Path) -> None:
    """Cells centred in the city hold 728,856 people, district by district and in the gmina's own
    figures; with the real catalogue somebody is reached and somebody left out."""
    at_hand(LODZ, LODZ_AREAS)
    residents.load(tmp_path, LODZ, Terms(title="Łódź 2011"), TODAY)
    districts(tmp_path, LODZ_AREAS, "106101")
    data = Data(residents.current(tmp_path), areas.current(tmp_path), ())
    here = geojson.read(CATALOGUE).places
    make(tmp_path / "s.db", data, count(here, Asked(), WEEK), SPEC)
    with survey.opened(tmp_path / "s.db") as found:
        parts = [one for one in found.children("1061") if one.level == "district"]
        city = found.figures("1061")
    assert len(parts) == 5
    assert sum(one.people["total"] or 0 for one in parts) == 728_856
    young = [one.people["young"] for one in parts]
    assert all(young) and sum(filter(None, young)) < 728_856 / 5
    low, high = city.shares["adult"]["15"]["total"] or (0, 0)
    assert 0 < low <= high < 1
    assert city.shares["older"]["15"]["old"] is not None
    assert sum(one.left_out[0] for one in parts) <= 728_856 * (1 - low) + 1


@pytest.fixture(scope="module")
def gdansk(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """Real people, streets and districts."""
    at_hand(GDANSK, GDANSK_AREAS, STREETS, INSTITUTIONS)
    instance = tmp_path_factory.mktemp("gdansk")
    table = instance / "gdansk.csv"
    table.write_bytes(gzip.decompress(GDANSK.read_bytes()))
    maps = {"total": "POP_2015", "lat": "lat", "lon": "lng"}
    residents.load(instance, table, Terms(maps=maps), TODAY)
    districts(instance, GDANSK_AREAS, "226101")
    streets.load(instance, STREETS, "gdansk", TODAY)
    return Data(residents.current(instance), areas.current(instance), streets.current(instance))


@pytest.fixture(scope="module")
def culture() -> Counted:
    """The city's 74 institutions, as places."""
    frame = geopandas.read_file(INSTITUTIONS)
    found: list[Place] = [
        a_place(id=an_id(n), point=(point.y, point.x), **{"address.teryt": "226101"})
        for n, point in enumerate(frame.geometry)
    ]
    return count(found, Asked(), WEEK)


@pytest.fixture(scope="module")
def oliwa(gdansk: Data) -> Ground:
    return ground(inside(gdansk, "226101-oliwa"), gdansk.networks)


def test_gdansk_walks_are_those_of_plain_searches(
    gdansk: Data, culture: Counted, oliwa: Ground
) -> None:
    """From each institution by itself, over the same streets, SciPy finds the same three nearest;
    and no walk is shorter than the straight line."""
    [network], [street] = gdansk.networks, oliwa.streets
    adult = WALKERS["adult"]
    node, before = network.snap(culture.x, culture.y, SNAP)
    on = node >= 0
    plain = dijkstra(network.cost(adult), indices=node[on])[:, street.node]
    walked = np.sort(plain + before[on, None] * DETOUR, axis=0)[:3] + street.before
    there = Targets(culture.x[on], culture.y[on], culture.doubt[on])
    found = oliwa.nearest(there, adult, sign=1, count=3)[:, street.point]
    assert found == pytest.approx(walked, abs=0.01)
    spots = np.column_stack((oliwa.spread.x, oliwa.spread.y))[street.point]
    straight = np.hypot(spots[:, [0]] - culture.x[on], spots[:, [1]] - culture.y[on]).min(axis=1)
    assert (found[0] >= straight * 0.999).all()


def test_straight_lines_flatter_gdansk(gdansk: Data, culture: Counted) -> None:
    """Along streets fewer are within fifteen minutes than by the bare straight line, and about as
    many as by the line with its detour: within a few in a hundred."""
    here = inside(gdansk, "226101-wrzeszcz-gorny")
    walks = [Walks(ground(here, nets), culture) for nets in (gdansk.networks, ())]
    by_street, by_line = (one.minutes("adult").sure[0] for one in walks)
    people = here.total
    shares = [
        float(people[minutes <= 15].sum() / people.sum())
        for minutes in (by_street, by_line, by_line / DETOUR)
    ]
    assert shares[0] < shares[2]
    assert shares[0] == pytest.approx(shares[1], abs=0.08)


def test_next_sites_in_gdansk_are_those_of_spopt(gdansk: Data, culture: Counted) -> None:
    """Premises in one district, real walks: somebody else's model reaches as many people."""
    code = "226101-chelm"
    here = inside(gdansk, code)
    laid = ground(here, gdansk.networks)
    spots = np.linspace(0, len(here.x) - 1, 60).astype(int)
    lat, lon = degrees(here.x[spots], here.y[spots])
    own = json.dumps([[a, b, f"lokal {n}"] for n, (a, b) in enumerate(zip(lat, lon, strict=True))])
    asked = {"area": code, "count": "3", "minutes": "10", "group": "total",
             "candidates": "own", "own": own}  # fmt: skip
    found = siting.answer(gdansk, culture, asked)
    assert found["proven"] and found["verified"]
    left = Walks(laid, culture).minutes("adult").sure[0] > 10
    x, y = to_plane(np.array(lat), np.array(lon))
    reach = laid.within(Targets(x, y, np.zeros(len(x))), WALKERS["adult"], 10)
    demand = np.flatnonzero(left)
    _, theirs = towns.by_spopt(reach[:, demand], here.total[demand], 3)
    assert found["objective"] == pytest.approx(
        sites.reached(reach[:, demand], here.total[demand], theirs), abs=0.1
    )


def degrees(x: np.ndarray, y: np.ndarray) -> tuple[list[float], list[float]]:
    lat, lon = to_earth(x, y)
    return np.round(lat, 6).tolist(), np.round(lon, 6).tolist()
