"""What one change does: to a place that is there, or by a new one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.coverage import whatif
from places.coverage.terms import TIMES
from places.coverage.within import Data
from places.errors import Invalid
from tests.builders import an_id
from tests.coverage.made import a_grid, a_place_at, a_spot, counted, some_areas, some_residents
from tests.coverage.test_truths import some_places, spots

AREAS = some_areas()
TWO_TOWNS = Data(some_residents([(0, 0), (10_000, 0)], [100, 300]), AREAS, ())


def asked(change: str, number: int = 1, **more: Any) -> dict[str, str]:
    return {"area": "1465", "place": an_id(number), "change": change, **more}


def to(x: float, y: float) -> str:
    return ",".join(map(str, a_spot(x, y)))


def new(to: str) -> dict[str, str]:
    return {"area": "1465", "change": "open", "to": to}


def people_at(found: dict[str, Any], side: str) -> list[float]:
    """The people of all hexagons."""
    sums = [sum(one[side][n] for one in found["cells"]) for n in (0, 1)]
    return [round(one, 2) for one in sums]


def test_closing_the_only_place_loses_its_town() -> None:
    """Everybody near it is lost, nobody gains."""
    found = whatif.answer(TWO_TOWNS, counted(a_place_at(1, 0, 0)), asked("close"))
    assert found["lose"]["total"] == [100, 100]
    assert found["gain"]["total"] == [0, 0]
    assert found["before"]["any"]["total"] == [0.25, 0.25]
    assert found["after"]["any"]["total"] == [0.0, 0.0]
    assert found["lose"]["young"] == [15, 15] and found["lose"]["old"] == [20, 20]


def test_closing_one_of_two_doors_loses_nobody() -> None:
    """Its neighbour is as near."""
    places = counted(a_place_at(1, 0, 0), a_place_at(2, 50, 0))
    assert whatif.answer(TWO_TOWNS, places, asked("close"))["lose"]["total"] == [0, 0]


def test_moving_takes_from_some_and_gives_to_others() -> None:
    """From the one town to the other."""
    places = counted(a_place_at(1, 0, 0))
    found = whatif.answer(TWO_TOWNS, places, asked("move", to=to(10_000, 0)))
    assert found["lose"]["total"] == [100, 100]
    assert found["gain"]["total"] == [300, 300]


def test_opening_on_saturdays_changes_saturday_alone() -> None:
    """It is a gain for sure where its hours are known, and no other time is touched."""
    places = counted(a_place_at(1, 0, 0, hours={"open": "Mo-Fr 09:00-20:00"}))
    found = whatif.answer(TWO_TOWNS, places, asked("saturday"))
    assert found["by_time"]["saturday"]["gain"]["total"] == [100, 100]
    for time in ("morning", "evening", "sunday"):
        assert found["by_time"][time]["gain"]["total"] == [0, 0]
    assert found["gain"]["total"] == [0, 0]


def test_unknown_hours_make_the_gain_a_range() -> None:
    """It may have been open on Saturdays before: perhaps nobody gains."""
    found = whatif.answer(TWO_TOWNS, counted(a_place_at(1, 0, 0)), asked("saturday"))
    assert found["by_time"]["saturday"]["gain"]["total"] == [0, 100]


@given(some_places(), st.data())
def test_closing_never_gains_and_the_difference_is_within(
    places: list[Any], pick: st.DataObject
) -> None:
    """What the shares of both ends differ by lies between what is surely and perhaps lost."""
    known = counted(*places, a_place_at(99, 0, 0))
    one = pick.draw(st.sampled_from(known.ids))
    grid = Data(a_grid(4), AREAS, ())
    found = whatif.answer(grid, known, {"area": "1465", "place": one, "change": "close"})
    for time in ("any", *TIMES):
        moved = found if time == "any" else found["by_time"][time]
        for group, people in found["people"].items():
            assert moved["gain"][group] == [0, 0]
            before, after = found["before"][time][group], found["after"][time][group]
            slack = people * 2e-6 + 0.02
            low, high = moved["lose"][group]
            for b, a in zip(before, after, strict=True):
                assert low - slack <= (b - a) * people <= high + slack


def test_all_that_is_wrong_is_said_at_once() -> None:
    """A place that does not count, a change nobody knows, a point that is none."""
    with pytest.raises(Invalid) as refused:
        whatif.answer(TWO_TOWNS, counted(), asked("burn"))
    assert {one.code for one in refused.value.faults} == {"not_counted", "not_in_list"}
    with pytest.raises(Invalid) as refused:
        whatif.answer(TWO_TOWNS, counted(), asked("open", to="x"))
    assert [one.code for one in refused.value.faults] == ["not_of_new", "not_a_point"]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("", "not_a_point"), ("x", "not_a_point"), ("1,2,3", "not_a_point"),
        ("48.2,16.3", "outside_poland"), ("nan,nan", "outside_poland"),
        ("21.0,52.2", "axes_swapped"),
    ],
)  # fmt: skip
def test_where_nothing_can_stand_is_refused(bad: str, code: str) -> None:
    """A move and a new place need a point in Poland."""
    for question in (asked("move", to=bad), new(bad)):
        with pytest.raises(Invalid) as refused:
            whatif.answer(TWO_TOWNS, counted(a_place_at(1, 0, 0)), question)
        assert [one.code for one in refused.value.faults] == [code]


def test_a_new_place_gains_its_town() -> None:
    """Whoever has none yet, for sure; when it will be open nobody knows."""
    found = whatif.answer(TWO_TOWNS, counted(a_place_at(1, 0, 0)), new(to(10_000, 0)))
    assert found["gain"]["total"] == [300, 300]
    assert found["lose"]["total"] == [0, 0]
    assert found["among"]["gain"] == {"young": [45, 45], "old": [60, 60]}
    assert found["would"]["reaches"]["total"] == 300
    assert found["would"]["outside"] is False and found["would"]["nearest_m"] < 1
    for time in TIMES:
        assert found["by_time"][time]["gain"]["total"] == [0, 300]
    assert (found["place"], found["name"], found["was"]) == ("", "", None)


def test_hours_nobody_knows_may_leave_all_to_the_new_place() -> None:
    """A neighbour of unknown hours may be closed: then all whom the new one reaches gain by it."""
    found = whatif.answer(TWO_TOWNS, counted(a_place_at(1, 0, 0)), new(to(50, 0)))
    assert found["gain"]["total"] == [0, 0]
    assert found["by_time"]["sunday"]["gain"]["total"] == [0, 100]
    known = counted(a_place_at(1, 0, 0, hours={"open": "24/7"}))
    found = whatif.answer(TWO_TOWNS, known, new(to(50, 0)))
    assert found["by_time"]["sunday"]["gain"]["total"] == [0, 0]


def test_a_point_beyond_the_area_may_still_reach_its_people() -> None:
    """And where it reaches nobody it is said how far they are."""
    areas = some_areas(powiat={"1465": (-90_000, -90_000, 200, 90_000)})
    towns = Data(some_residents([(0, 0)], [100]), areas, ())
    near = whatif.answer(towns, counted(), new(to(700, 0)))
    far = whatif.answer(towns, counted(), new(to(5_000, 0)))
    assert near["would"]["outside"] is far["would"]["outside"] is True
    assert near["gain"]["total"] == [100, 100] and far["gain"]["total"] == [0, 0]
    assert far["would"]["nearest_m"] == pytest.approx(5_000, abs=5)
    assert far["cells"] == far["where"] == []


@given(some_places(), spots)
def test_a_new_place_is_one_place_more(places: list[Any], spot: tuple[int, int]) -> None:
    """It never loses anybody, and the shares are those with such a place in the catalogue."""
    grid = Data(a_grid(4), AREAS, ())
    exact = {"precision": "address", "uncertainty_m": 50}
    more = a_place_at(99, *spot, position=exact, hours={})
    found = whatif.answer(grid, counted(*places), new(to(*spot)))
    closes = {"area": "1465", "place": more.id, "change": "close"}
    without = whatif.answer(grid, counted(*places, more), closes)
    assert found["after"] == without["before"]
    assert found["before"] == without["after"]
    for time in ("any", *TIMES):
        moved = found if time == "any" else found["by_time"][time]
        assert all(pair == [0, 0] for pair in moved["lose"].values())
        for low, high in moved["gain"].values():
            assert 0 <= low <= high
    assert found["gain"] == without["lose"]


@given(some_places(), spots, spots)
def test_to_move_is_to_open_there_and_close_here(
    places: list[Any], here: tuple[int, int], there: tuple[int, int]
) -> None:
    """Of an exact place, at no particular time: the same places are there afterwards."""
    grid = Data(a_grid(4), AREAS, ())
    exact = {"precision": "address", "uncertainty_m": 50}
    mover = a_place_at(99, *here, position=exact, hours={})
    moved = whatif.answer(
        grid,
        counted(*places, mover),
        {"area": "1465", "place": mover.id, "change": "move", "to": to(*there)},
    )
    opened = whatif.answer(grid, counted(*places), new(to(*there)))
    assert moved["after"] == opened["after"]
    closed = whatif.answer(
        grid, counted(*places, mover), {"area": "1465", "place": mover.id, "change": "close"}
    )
    people = moved["people"]["total"]
    for side, other in (("gain", opened["gain"]), ("lose", closed["lose"])):
        # Some are near both spots; nobody else is told apart.
        assert all(a <= b + 0.02 for a, b in zip(moved[side]["total"], other["total"], strict=True))
    both = [moved["gain"]["total"][n] - moved["lose"]["total"][1 - n] for n in (0, 1)]
    for end in (0, 1):
        change = (
            moved["after"]["any"]["total"][end] - moved["before"]["any"]["total"][end]
        ) * people
        assert both[0] - people * 4e-6 - 0.04 <= change <= both[1] + people * 4e-6 + 0.04


def test_to_close_and_to_open_again_changes_nothing() -> None:
    """At a position that is exactly known; only its hours are forgotten."""
    first = a_place_at(1, 0, 0)
    closed = whatif.answer(TWO_TOWNS, counted(first), asked("close"))
    again = whatif.answer(TWO_TOWNS, counted(), new(to(0, 0)))
    assert again["gain"] == closed["lose"]
    assert again["after"] == closed["before"]
    assert [(one["h3"], one["gain"]) for one in again["cells"]] == [
        (one["h3"], one["lose"]) for one in closed["cells"]
    ]


@given(some_places(), st.data(), spots)
def test_hexagons_and_names_add_up(
    places: list[Any], pick: st.DataObject, spot: tuple[int, int]
) -> None:
    """Of every change the hexagons, and the rows of the table, are the totals."""
    known = counted(*places, a_place_at(98, 0, 0), a_place_at(99, 500, 0))
    change = pick.draw(st.sampled_from(whatif.CHANGES))
    question = {"area": "1465", "change": change, "to": to(*spot)}
    if change != "open":
        question["place"] = pick.draw(st.sampled_from(known.ids))
    found = whatif.answer(Data(a_grid(4), AREAS, ()), known, question)
    told = found["by_time"]["saturday"] if change == "saturday" else found
    slack = 0.01 * len(found["cells"]) + 0.02
    for side in ("lose", "gain"):
        assert people_at(found, side) == pytest.approx(told[side]["total"], abs=slack)
        rows = [sum(one[side][n] for one in found["where"]) for n in (0, 1)]
        assert rows == pytest.approx(people_at(found, side), abs=slack)
    codes = [one["h3"] for one in found["cells"]]
    assert codes == sorted(set(codes))
    assert json.dumps(found) == json.dumps(
        whatif.answer(Data(a_grid(4), AREAS, ()), known, question)
    )


def test_where_nobody_is_known_nobody_is_touched() -> None:
    """Of an area without residents every change is nought for every group, and no fault."""
    areas = some_areas(powiat={"1465": (-90_000, -90_000, 0, 90_000), "1412": (1, 0, 90_000, 9)})
    towns = Data(some_residents([(-500, 0)], [100]), areas, ())
    places = counted(a_place_at(1, 0, 0))
    for change in whatif.CHANGES:
        place = {} if change == "open" else {"place": an_id(1)}
        question = {"area": "1412", "change": change, "to": to(0, 0), **place}
        found = whatif.answer(towns, places, question)
        assert found["people"] == {"total": 0.0, "young": 0.0, "old": 0.0}
        assert (
            set(map(tuple, found["gain"].values()))
            == {(0.0, 0.0)}
            == {tuple(pair) for pair in found["lose"].values()}
        )


def test_where_a_place_stood_and_would_stand_is_told() -> None:
    """With the metres within which it lies; one too vague for a walk is nowhere, and it is said."""
    rough = a_place_at(1, 0, 0, position={"precision": "district", "uncertainty_m": 469})
    found = whatif.answer(TWO_TOWNS, counted(rough), asked("move", to=to(10_000, 0)))
    assert (found["was"]["lat"], found["was"]["lon"]) == pytest.approx(a_spot(0, 0), abs=1e-5)
    assert found["was"]["doubt_m"] == 500 and not found["unplaced"]
    vague = a_place_at(1, 0, 0, position={"precision": "gmina", "uncertainty_m": 4_500})
    found = whatif.answer(TWO_TOWNS, counted(vague), asked("close"))
    assert found["was"] is None and found["unplaced"]
    assert found["lose"]["total"] == [0, 0]
