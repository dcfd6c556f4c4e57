"""The next sites of an area, from residents to sites measured anew."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.coverage import siting, whatif
from places.coverage.measuring import Walks
from places.coverage.reach import ground
from places.coverage.streets import Network
from places.coverage.within import Data
from places.errors import Invalid, NotFound
from tests.coverage.made import a_grid, a_place_at, a_spot, counted, some_areas, some_residents
from tests.coverage.test_reach import a_network
from tests.coverage.test_truths import some_places

AREAS = some_areas()


def asked(**changes: Any) -> dict[str, str]:
    given = {"area": "1465", "count": 2, "minutes": 15, "group": "total", "candidates": "cells"}
    return {name: str(value) for name, value in {**given, **changes}.items()}


def data(*networks: Network, **changes: Any) -> Data:
    return Data(a_grid(6, step=800, **changes), AREAS, networks)


def own(*spots: tuple[float, float]) -> str:
    return json.dumps([[*a_spot(*spot), f"lokal {n}"] for n, spot in enumerate(spots)])


def test_the_site_goes_where_people_are_left_out() -> None:
    """Two towns, one has a place: the other gets the site, and all of its people are gained."""
    residents = some_residents([(0, 0), (100, 0), (20_000, 0), (20_200, 0)], [50, 50, 300, 200])
    found = siting.answer(Data(residents, AREAS, ()), counted(a_place_at(1, 0, 0)), asked(count=3))
    assert [site["gained"] for site in found["sites"]] == [500]
    assert found["explained"] == "all_reached"
    assert found["proven"] and found["verified"]
    assert found["before"] == [pytest.approx(1 / 6, abs=1e-6)] * 2
    assert found["sites"][0]["share"] == 1.0
    # 15% and 20% of those gained.
    assert (found["sites"][0]["young"], found["sites"][0]["old"]) == (75.0, 100.0)


@given(
    st.lists(st.tuples(st.integers(-2_500, 2_500), st.integers(-2_500, 2_500)), max_size=3),
    st.integers(1, 4),
    st.sampled_from(("adult", "older")),
    st.booleans(),
)
def test_what_is_told_is_what_a_new_measurement_says(
    where: list[tuple[int, int]], count: int, walker: str, streets: bool
) -> None:
    """With the sites among the places, exactly the people told are reached beside those before."""
    chance = np.random.default_rng(count)
    known = data(
        *((a_network(step=97.3),) if streets else ()),
        total=chance.integers(1, 500, 36).astype(float),
    )
    places = counted(*(a_place_at(n, *spot) for n, spot in enumerate(where)))
    group = {"adult": "total", "older": "old"}[walker]
    found = siting.answer(known, places, asked(count=count, group=group))
    assert found["verified"] and found["proven"]
    laid = ground(known.residents, known.networks)
    sites = [(site["lat"], site["lon"]) for site in found["sites"]]
    more = counted(
        *(a_place_at(n, *spot) for n, spot in enumerate(where)),
        *(a_place_at(90 + n, 0, 0, point=spot) for n, spot in enumerate(sites)),
    )
    people = laid.spread.weight * getattr(known.residents, group)[laid.spread.owner]
    before, after = (
        (people * (Walks(laid, one).minutes(walker).sure[0] <= 15)).sum() for one in (places, more)
    )
    # The solver's walks are not rounded to the numbers of a float32: a point may fall on the edge.
    assert found["objective"] == pytest.approx(after - before, rel=0.02, abs=1)
    assert sum(site["gained"] for site in found["sites"]) == pytest.approx(after - before, abs=0.1)


@given(some_places(4), st.booleans(), st.sampled_from(siting.KINDS))
def test_a_site_is_told_as_a_new_place_there_is(
    places: list[Any], streets: bool, candidates: str
) -> None:
    """The same range for the same point in both answers, wherever positions and places are vague;
    of children and older people among them, too."""
    networks = (a_network(step=97.3),) if streets or candidates == "streets" else ()
    known, there = data(*networks), counted(*places)
    spots = own((123.4, 56.7), (-1_500, 900), (1_900, -1_700))
    found = siting.answer(known, there, asked(count=1, candidates=candidates, own=spots))
    assert found["verified"]
    for site in found["sites"]:
        to = f"{site['lat']:.5f},{site['lon']:.5f}"
        new = whatif.answer(known, there, {"area": "1465", "change": "open", "to": to})
        assert new["gain"]["total"] == [site["gained_low"], site["gained"]]
        for group in ("young", "old"):
            assert new["among"]["gain"][group] == [site[f"{group}_low"], site[group]]
        assert (site["cumulative_low"], site["cumulative"]) == (site["gained_low"], site["gained"])


def test_whom_a_place_perhaps_reaches_is_not_surely_gained() -> None:
    """A place known within a kilometre and a half may stand in the second town."""
    residents = some_residents([(0, 0), (1_500, 0), (20_000, 0)], [100, 300, 200])
    vague = a_place_at(1, 200, 0, position={"precision": "district", "uncertainty_m": 1_500})
    found = siting.answer(Data(residents, AREAS, ()), counted(vague), asked(count=3))
    ranges = sorted((one["gained_low"], one["gained"]) for one in found["sites"])
    assert ranges == [(0, 100), (0, 300), (200, 200)]
    last = found["sites"][-1]
    assert (last["cumulative_low"], last["cumulative"]) == (200, 600)


@pytest.mark.parametrize("group", ["young", "old"])
def test_of_one_age_no_other_is_told(group: str) -> None:
    """Nobody's own pace makes a part larger than the whole."""
    found = siting.answer(data(), counted(), asked(group=group))
    assert found["sites"]
    for site in found["sites"]:
        assert not {"young", "young_low", "old", "old_low"} & set(site)


def test_premises_beyond_the_area_are_counted() -> None:
    """They are tried, and reach but residents of the area."""
    box = some_areas(powiat={"1465": (-3_000.0, -3_000.0, 3_000.0, 3_000.0)})
    known = Data(some_residents([(0, 0)]), box, ())
    found = siting.answer(
        known, counted(), asked(candidates="own", own=own((50_000, 0), (60_000, 0), (0, 0)))
    )
    assert found["outside"] == 2 and found["considered"] == 3
    assert [site["name"] for site in found["sites"]] == ["lokal 2"]
    assert siting.answer(known, counted(), asked())["outside"] == 0


def test_premises_of_ones_own_keep_their_names() -> None:
    """Of a list of premises the best are chosen, and called as in the list."""
    residents = some_residents([(0, 0), (5_000, 0), (10_000, 0)], [10, 500, 300])
    found = siting.answer(
        Data(residents, AREAS, ()),
        counted(),
        asked(candidates="own", own=own((0, 0), (5_000, 0), (10_000, 0))),
    )
    assert [(site["name"], site["gained"]) for site in found["sites"]] == [
        ("lokal 1", 500),
        ("lokal 2", 300),
    ]
    assert found["considered"] == 3


def test_along_streets_a_site_stands_on_one() -> None:
    """Street nodes as candidates are nodes, and reach as far as one walks."""
    network = a_network()
    known = data(network)
    found = siting.answer(known, counted(), asked(candidates="streets", count=1, minutes=10))
    (site,) = found["sites"]
    metres = [
        np.hypot(*(np.array(a) - np.array(b)))
        for a in [(site["lat"], site["lon"])]
        for b in zip(*_degrees(network), strict=True)
    ]
    assert min(metres) < 1e-5
    assert found["verified"]


def test_a_street_site_is_a_node_also_where_people_are_points() -> None:
    """People beside a street do not make a site of their own doorstep."""
    network = a_network()
    residents = some_residents([(30, 40), (-370, 20)], [400, 300])
    found = siting.answer(
        Data(residents, AREAS, (network,)), counted(), asked(candidates="streets", count=1)
    )
    (site,) = found["sites"]
    nodes = np.column_stack(_degrees(network))
    assert np.abs(nodes - (site["lat"], site["lon"])).max(axis=1).min() <= 0.51e-5
    assert found["verified"]


def test_where_nobody_is_left_out_nothing_is_chosen() -> None:
    """A trivial case is explained, not solved."""
    residents = some_residents([(0, 0)])
    found = siting.answer(Data(residents, AREAS, ()), counted(a_place_at(1, 0, 0)), asked())
    assert found["sites"] == [] and found["explained"] == "none_uncovered"


def test_where_nobody_lives_there_is_no_candidate() -> None:
    """Nor is it an error."""
    found = siting.answer(Data(some_residents([(0, 0)], 0), AREAS, ()), counted(), asked())
    assert found["sites"] == [] and found["people"] == 0


def test_all_that_cannot_be_asked_is_said_at_once() -> None:
    """Numbers, groups, ages nobody tells, streets nobody loaded."""
    blank = np.full(36, np.nan)
    grid = a_grid(6)
    known = Data(grid.__class__(**{**vars(grid), "old": blank}), AREAS, ())
    with pytest.raises(Invalid) as refused:
        siting.answer(
            known,
            counted(),
            asked(count=0, minutes=7, group="old", candidates="streets"),
        )
    assert {(one.field, one.code) for one in refused.value.faults} == {
        ("count", "out_of_range"),
        ("minutes", "not_in_list"),
        ("group", "no_ages"),
        ("candidates", "no_network"),
    }
    with pytest.raises(NotFound):
        siting.answer(known, counted(), asked(area="9999"))


def test_two_runs_agree_to_the_byte() -> None:
    """Nothing depends on chance."""
    known, places = data(a_network()), counted(a_place_at(1, 300, 200))
    once, again = (json.dumps(siting.answer(known, places, asked(count=5))) for _ in range(2))
    assert once == again


def _degrees(network: Network) -> tuple[list[float], list[float]]:
    from places.coverage.ground import to_earth

    lat, lon = to_earth(network.x, network.y)
    return lat.tolist(), lon.tolist()
