"""What a change of one place does."""

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
from tests.coverage.test_truths import some_places

AREAS = some_areas()
TWO_TOWNS = Data(some_residents([(0, 0), (10_000, 0)], [100, 300]), AREAS, ())


def asked(change: str, number: int = 1, **more: Any) -> dict[str, str]:
    return {"area": "1465", "place": an_id(number), "change": change, **more}


def to(x: float, y: float) -> str:
    return ",".join(map(str, a_spot(x, y)))


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
def test_closing_never_gains_and_all_adds_up(places: list[Any], pick: st.DataObject) -> None:
    """What is lost is the difference of the shares, surely and perhaps."""
    known = counted(*places, a_place_at(99, 0, 0))
    one = pick.draw(st.sampled_from(known.ids))
    grid = Data(a_grid(4), AREAS, ())
    found = whatif.answer(grid, known, {"area": "1465", "place": one, "change": "close"})
    for time in ("any", *TIMES):
        moved = found if time == "any" else found["by_time"][time]
        for group, people in found["people"].items():
            assert moved["gain"][group] == [0, 0]
            before, after = found["before"][time][group], found["after"][time][group]
            lost = sorted((b - a) * people for b, a in zip(before, after, strict=True))
            assert moved["lose"][group] == pytest.approx(lost, abs=people * 2e-6 + 0.02)


def test_all_that_is_wrong_is_said_at_once() -> None:
    """A place that does not count, a change nobody knows, a point that is none."""
    with pytest.raises(Invalid) as refused:
        whatif.answer(TWO_TOWNS, counted(), asked("burn"))
    assert {one.code for one in refused.value.faults} == {"not_counted", "not_in_list"}
    for bad in ("", "x", "1,2,3", "48.2,16.3"):
        with pytest.raises(Invalid) as refused:
            whatif.answer(TWO_TOWNS, counted(a_place_at(1, 0, 0)), asked("move", to=bad))
        assert [one.code for one in refused.value.faults] == ["not_a_point"]
