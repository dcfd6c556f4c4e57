"""A survey on disk gives back what was measured, for every area, and its gaps."""

import sqlite3
from contextlib import closing
from pathlib import Path

import h3
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from places.coverage import survey, surveying
from places.coverage.answers import Spec
from places.coverage.areas import Areas
from places.coverage.counted import Counted
from places.coverage.ground import to_plane
from places.coverage.measuring import measure
from places.coverage.reach import ground
from places.coverage.streets import Network
from places.coverage.summing import Inputs, add_up, belonging
from places.coverage.survey import Survey
from places.coverage.within import Data
from places.errors import NotFound, Unavailable
from places.place import Place
from places.teryt import LEVELS
from tests.builders import an_id
from tests.coverage.made import (
    MIDDLE_X,
    MIDDLE_Y,
    a_grid,
    a_place_at,
    a_spot,
    counted,
    some_areas,
    some_residents,
)
from tests.coverage.test_reach import a_network
from tests.coverage.test_truths import some_places

AREAS = some_areas(
    gmina={"146501": (-9_000, -9_000, 0, 9_000), "146502": (0, -9_000, 9_000, 9_000)},
    district={"146501-brzeg": (-9_000, -9_000, -2_000, 9_000)},
)
SPEC = Spec("survey", "0123456789abcdef", "2026-03-09", (("type", "dom_kultury"),))


def made(path: Path, data: Data, places: Counted) -> Path:
    surveying.make(path, data, places, SPEC)
    return path


def some_data(*networks: Network, areas: Areas = AREAS) -> Data:
    people = np.random.default_rng(2).integers(0, 400, 36).astype(float)
    return Data(a_grid(6, total=people), areas, networks)


def test_what_was_measured_is_what_is_read(tmp_path: Path) -> None:
    """Every figure of every area comes back equal, the method beside it."""
    data, places = some_data(), counted(a_place_at(1, 0, 0), a_place_at(2, -2_500, 0))
    laid = ground(data.residents, ())
    inputs = Inputs(data.residents, laid.spread, places, measure(laid, places, 36))
    expected = add_up(AREAS, belonging(AREAS, data.residents, places), inputs)
    with survey.opened(made(tmp_path / "s.db", data, places)) as found:
        assert [found.figures(one.code) for one in expected] == list(expected)
        method = found.method
        listed = found.names()
    assert (method.stamp, method.week, method.filters) == (SPEC.stamp, SPEC.week, SPEC.filters)
    assert method.residents == data.residents.about
    assert method.places["counted"] == 2
    assert [code for code, *_ in listed] == [one.code for one in expected]


def test_areas_know_what_is_above_and_below(tmp_path: Path) -> None:
    """From the country to the district and back."""
    with survey.opened(made(tmp_path / "s.db", some_data(), counted())) as found:
        way = ["pl", "14", "1465", "146501", "146501-brzeg"]
        for upper, lower in zip(way, way[1:], strict=False):
            assert lower in [one.code for one in found.children(upper)]
        assert [code for code, _, _ in found.above(way[-1])] == way[:-1]
        assert [level for _, _, level in found.above(way[-1])] == list(LEVELS[:-1])
        assert found.above("pl") == ()
        with pytest.raises(NotFound):
            found.figures("9999")


def test_a_gap_is_named_after_those_who_live_there(tmp_path: Path) -> None:
    """Its name and its code are of their district, though another begins in the middle of it."""
    lat, lon = h3.cell_to_latlng(h3.latlng_to_cell(*a_spot(0, 0), 8))
    x, y = to_plane(np.array([lat]), np.array([lon]))
    middle = (float(x[0]) - MIDDLE_X, float(y[0]) - MIDDLE_Y)
    border = middle[0] + 50
    areas = some_areas(
        district={
            "146501-port": (-9_000, -9_000, border, 9_000),
            "146501-stogi": (border, -9_000, 9_000, 9_000),
        }
    )
    away = [(100.0, 0.0), (200.0, 0.0), (300.0, 0.0), (200.0, 100.0), (200.0, -100.0)]
    spots = [(middle[0] + east, middle[1] + north) for east, north in away]
    data = Data(some_residents(spots, [200.0, 90.0, 90.0, 90.0, 90.0]), areas, ())
    with survey.opened(made(tmp_path / "s.db", data, counted())) as found:
        [gap] = found.gathered("1465")
    assert gap.people[0] == 560
    assert (gap.code, gap.name) == ("146501-stogi", "obszar 146501-stogi")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(some_places())
def test_gaps_hold_those_who_are_left_out_and_nobody_twice(
    tmp_path: Path, places: list[Place]
) -> None:
    """Whoever lives in a gap is left out for sure; the country's are those of its parts."""
    path = tmp_path / "s.db"
    path.unlink(missing_ok=True)
    with survey.opened(made(path, some_data(), counted(*places))) as found:
        for code in ("pl", "14", "1465", "146501", "146502", "146501-brzeg"):
            one, gaps = found.figures(code), found.gaps(code)
            cells = [cell for gap in gaps for cell in gap.cells]
            assert len(cells) == len(set(cells))
            assert sum(gap.people[0] for gap in gaps) <= one.left_out[0] + 0.5
            assert sum(gap.people[1] for gap in gaps) <= one.left_out[1] + 0.5
            for gap in gaps:
                assert gap.people[0] <= gap.people[1]
                assert gap.young is not None
                assert gap.young[0] == pytest.approx(0.15 * gap.people[0], abs=0.5)


def test_gaps_gathered_ahead_are_those_gathered_when_asked(tmp_path: Path) -> None:
    """The wide areas' are kept, and equal."""
    with survey.opened(made(tmp_path / "s.db", some_data(), counted())) as found:
        for code in ("pl", "14"):
            assert found.gaps(code) == found.gathered(code) != ()


def test_two_holes_are_two_gaps_with_their_people(tmp_path: Path) -> None:
    """A town has a place, two villages have none."""
    residents = some_residents([(0, 0), (-6_000, 0), (7_000, 3_000)], [900, 300, 120])
    data = Data(residents, AREAS, ())
    with survey.opened(made(tmp_path / "s.db", data, counted(a_place_at(1, 0, 0)))) as found:
        gaps = found.gaps("1465")
    assert [gap.people for gap in gaps] == [(300, 300), (120, 120)]
    assert gaps[0].code == "146501-brzeg" and gaps[0].name == "obszar 146501-brzeg"


def test_from_afar_a_gap_is_called_by_its_city(tmp_path: Path) -> None:
    """For the country by the city alone, for the voivodeship by city and quarter."""
    residents = some_residents([(-6_000, 0)], [300])
    with survey.opened(made(tmp_path / "s.db", Data(residents, AREAS, ()), counted())) as found:
        names = {code: [gap.name for gap in found.gaps(code)] for code in ("pl", "14", "1465")}
    city, quarter = AREAS.get("1465").name, AREAS.get("146501-brzeg").name
    assert names == {"pl": [city], "14": [f"{city}, {quarter}"], "1465": [quarter]}


def test_an_exact_place_counts_where_it_lies_a_vague_one_where_its_record_says(
    tmp_path: Path,
) -> None:
    """The border decides of a point, the record of a circle."""
    vague = {"precision": "locality", "uncertainty_m": 1_590}
    places = counted(a_place_at(1, 5_000, 0), a_place_at(2, 5_000, 0, position=vague))
    with survey.opened(made(tmp_path / "s.db", some_data(), places)) as found:
        assert found.figures("146502").places == (1, 1)
        assert found.figures("146501").places == (1, 1)
        assert found.figures("1465").places == (2, 2)


def test_a_small_area_knows_its_places(tmp_path: Path) -> None:
    """For its map: all that can be drawn, with how exactly and how surely; a wide area has none."""
    vague = {"precision": "locality", "uncertainty_m": 1_590}
    places = counted(
        a_place_at(1, -2_500, 0), a_place_at(2, 0, 0, position=vague, doubts=["existence"]),
        a_place_at(3, 0, 0, position={"precision": "gmina", "uncertainty_m": 9_000}),
    )  # fmt: skip
    with survey.opened(made(tmp_path / "s.db", some_data(), places)) as found:
        told = [(spot.id, spot.doubt, spot.sure) for spot in found.places("146501")]
        assert told == [(an_id(1), 0.0, True), (an_id(2), 1_600.0, False)]
        assert [spot.id for spot in found.places("146501-brzeg")] == [an_id(1)]
        assert found.places("pl") == found.places("14") == ()


def test_streets_give_finer_hexagons(tmp_path: Path) -> None:
    """On a street a gap is drawn by hexagons of 330 m, elsewhere of 900."""
    for network, size in ((a_network(31, 200), 9), (None, 8)):
        data = some_data(*([network] if network else []))
        with survey.opened(made(tmp_path / f"{size}.db", data, counted())) as found:
            assert {gap.resolution for gap in found.gaps("1465")} == {size}


def test_the_same_question_makes_the_same_answer(tmp_path: Path) -> None:
    """Row for row, to the last digit."""
    dumps = []
    for name in ("a.db", "b.db"):
        made(tmp_path / name, some_data(a_network()), counted(a_place_at(1, 100, 0)))
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            dumps.append(list(connection.iterdump()))
    assert dumps[0] == dumps[1]


def test_another_layout_is_not_read(tmp_path: Path) -> None:
    """Nor is what is no survey at all."""
    path = made(tmp_path / "s.db", some_data(), counted())
    assert survey.is_readable(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"pragma user_version = {survey.LAYOUT + 1}")
    assert not survey.is_readable(path)
    path.write_bytes(b"nothing of the kind")
    assert not survey.is_readable(path)
    assert not survey.is_readable(tmp_path / "none.db")
    with pytest.raises(Unavailable), survey.opened(path) as found:
        assert isinstance(found, Survey)
        found.figures("pl")


def test_a_broken_one_is_deleted_to_be_made_anew(tmp_path: Path) -> None:
    """Its head may be whole, so that it is taken for an answer: else it would be one for ever."""
    path = made(tmp_path / "s.db", some_data(), counted(a_place_at(1, 0, 0)))
    with path.open("r+b") as file:
        file.seek(4_096)
        file.write(b"\xff" * (path.stat().st_size - 4_096))
    assert survey.is_readable(path)
    with pytest.raises(Unavailable), survey.opened(path) as found:
        found.names()
    assert not path.exists()
