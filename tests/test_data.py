"""The catalogue we publish: every record is good, whole and true to its source.

Truths are held against the list it was made from and against the boundaries of gminas, where those
files are at hand; without them only these tests are skipped.
"""

import csv
import json
import re
from pathlib import Path

import pytest
import shapely

from places import geojson, text
from places.exchange import inspection
from places.geo import Point, metres
from places.place import Place

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "data" / "places.geojson"
LIST = ROOT.parent / "shared" / "data" / "places.csv"
GMINAS = ROOT.parent / "shared/geodata/boundaries/gminy_prg2021_simplified.geojson"

# The outlines are simplified: their border is off by up to two kilometres.
SLACK = 3_000  # metres
# Polish mobile numbers are told by their first two digits.
MOBILE = re.compile(r"(\+?48)?(45|50|51|53|57|60|66|69|72|73|78|79|88)[0-9]{7}")


@pytest.fixture(scope="module")
def places() -> list[Place]:
    return list(geojson.read(CATALOGUE).places)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    if not LIST.exists():
        pytest.skip("the source list is not at hand")
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def gminas() -> dict[str, shapely.Geometry]:
    if not GMINAS.exists():
        pytest.skip("the boundaries of gminas are not at hand")
    features = json.loads(GMINAS.read_text(encoding="utf-8"))["features"]
    return {
        one["properties"]["terc"][:6]: shapely.from_geojson(json.dumps(one["geometry"]))
        for one in features
    }


def test_the_catalogue_passes_its_own_check() -> None:
    """Records, schema, concerns, order and layout, as `flask catalogue check` looks at them."""
    count, faults = inspection.check(CATALOGUE)
    assert faults == []
    assert count > 0


def test_the_whole_file_is_canonical(places: list[Place]) -> None:
    """Writing the catalogue again changes no byte of it, so that a diff shows only real changes."""
    assert "".join(geojson.collection(places)).encode() == CATALOGUE.read_bytes()


def test_every_page_has_a_readable_address(places: list[Place]) -> None:
    """Each slug says something."""
    assert [one.id for one in places if not one.slug] == []


def test_every_place_says_where_it_is_and_how_we_know(places: list[Place]) -> None:
    """An address, a position and at least one source stand in every record."""
    for one in places:
        assert one.address.city, one.id
        assert one.position.method, one.id
        assert one.sources, one.id


def test_a_code_and_its_voivodeship_agree(places: list[Place]) -> None:
    """The first two digits of TERYT and the voivodeship name each other."""
    pairs = {(one.address.teryt[:2], one.address.voivodeship) for one in places}
    assert len(pairs) == len({code for code, _ in pairs}) == len({name for _, name in pairs})


def test_no_private_mobile_is_published(places: list[Place]) -> None:
    """A phone in the catalogue belongs to an institution, not to somebody's pocket."""
    for one in places:
        digits = re.sub(r"[^+0-9]", "", one.contact.phone or "")
        assert not MOBILE.fullmatch(digits), one.id


def test_no_check_is_younger_than_the_sources(places: list[Place]) -> None:
    """What a source confirms is not of a later year than the youngest source of the record."""
    for one in places:
        years = [source.date[:4] for source in one.sources if source.date]
        for _, check in one.checked:
            if check is not None and check.by == "source":
                assert check.on[:4] <= max(years, default=""), one.id


def test_every_row_of_the_list_is_there(places: list[Place], rows: list[dict[str, str]]) -> None:
    """Each source row is one place, as the list has it for as long as nobody has changed it."""
    by_reference = {one.refs.get("om"): one for one in places}
    for row in rows:
        one = by_reference[row["id"]]
        if not one.changed:
            assert _as_listed(one) == _row(row), one.id


def test_what_the_list_doubts_is_doubted(places: list[Place], rows: list[dict[str, str]]) -> None:
    """No open question of the source gets lost on the way."""
    by_reference = {one.refs.get("om"): one for one in places}
    for row in rows:
        one = by_reference[row["id"]]
        if row["to_verify"] and not one.changed:
            assert one.doubts, one.id


def test_every_place_lies_in_its_gmina(
    places: list[Place], gminas: dict[str, shapely.Geometry]
) -> None:
    """The point lies in the gmina of the record's code, or within the slack of the outlines."""
    astray = {
        one.id: round(away)
        for one in places
        if (away := _metres_outside(one.point, gminas[one.address.teryt])) > SLACK
    }
    assert astray == {}


def _as_listed(one: Place) -> tuple[object, ...]:
    where = one.address
    return (
        (one.name, one.type, where.city, where.teryt),
        (one.position.precision, one.position.uncertainty_m),
        (round(one.point.lat, geojson.DECIMALS), round(one.point.lon, geojson.DECIMALS)),
    )


def _row(row: dict[str, str]) -> tuple[object, ...]:
    return (
        (text.clean(row["name"]), row["place_type"], row["city"], row["teryt6"]),
        (row["precision"], int(row["coord_uncertainty_m"])),
        (round(float(row["lat"]), geojson.DECIMALS), round(float(row["lon"]), geojson.DECIMALS)),
    )


def _metres_outside(point: Point, area: shapely.Geometry) -> float:
    line = shapely.shortest_line(area, shapely.Point(point.lon, point.lat))
    lon, lat = line.coords[0]
    return metres(point, Point(lat, lon))
