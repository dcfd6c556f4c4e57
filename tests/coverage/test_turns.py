"""Who loses and gains by a change, surely and perhaps: the bounds hold in every possible world."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.coverage import whatif
from places.coverage.changing import ANY, Effects
from places.coverage.counted import OPEN, PERHAPS, Counted
from places.coverage.measuring import Walks
from places.coverage.reach import ground
from places.coverage.terms import GROUPS, HEADLINE, TIMES
from places.coverage.within import Data
from places.vocabulary import VAGUEST_ON_MAP
from tests.builders import an_id
from tests.coverage.made import a_grid, a_place_at, a_spot, counted, some_areas, some_residents
from tests.coverage.test_truths import some_places, spots

GRID = Data(a_grid(4), some_areas(), ())
TOWN = Data(some_residents([(0, 0)], [100]), some_areas(), ())


def a_world(draw: st.DrawFn, known: Counted) -> Counted:
    """One of the worlds in which all that is known is so, and nothing is unknown any more."""
    exists = [n for n in range(len(known)) if known.sure[n] or draw(st.booleans())]
    there = known.only(exists)
    parts = st.floats(0, 1)
    far = np.array([draw(parts) for _ in exists]) * np.where(there.placed, there.doubt, 0)
    angle = np.array([draw(parts) for _ in exists]) * 2 * np.pi
    coins = {time: np.array([draw(st.booleans()) for _ in exists], bool) for time in TIMES}
    open_ = {
        time: np.where(states == PERHAPS, OPEN * coins[time], states).astype(np.int8)
        for time, states in there.open.items()
    }
    return replace(
        there,
        x=there.x + far * np.cos(angle),
        y=there.y + far * np.sin(angle),
        doubt=np.where(there.doubt <= VAGUEST_ON_MAP, 0.0, there.doubt),
        sure=np.ones(len(exists), bool),
        open=open_,
    )


def told(found: dict[str, Any]) -> list[list[float]]:
    """All pairs of people who lose and gain."""
    moved = [found, *(found["by_time"][time] for time in TIMES)]
    return [pair for one in moved for side in ("lose", "gain") for pair in one[side].values()]


@given(some_places(5), st.data(), spots)
def test_no_world_is_beyond_the_bounds(
    places: list[Any], data: st.DataObject, spot: tuple[int, int]
) -> None:
    """Whatever is true of what nobody knows, what comes about lies between the two numbers."""
    known = counted(*places, a_place_at(99, 300, 0))
    change = data.draw(st.sampled_from(whatif.CHANGES))
    asked = {"area": "1465", "change": change, "to": ",".join(map(str, a_spot(*spot)))}
    if change != "open":
        asked["place"] = data.draw(st.sampled_from(known.ids))
    bounds = told(whatif.answer(GRID, known, asked))
    world = a_world(data.draw, known)
    if change != "open" and asked["place"] not in world.ids:
        assert all(low == 0 for low, _ in bounds)
        return
    happened = told(whatif.answer(GRID, world, asked))
    for (low, high), (least, most) in zip(bounds, happened, strict=True):
        assert low <= least + 0.02 and most <= high + 0.02
    if change != "open":  # Of a new place's hours not even a world knows.
        assert all(least == pytest.approx(most) for least, most in happened)


@given(some_places(), st.data())
def test_today_is_what_the_whole_catalogue_reaches(places: list[Any], data: st.DataObject) -> None:
    """One place and the others together are all of them, at every time."""
    known = counted(*places, a_place_at(99, 0, 0))
    asked = {"place": data.draw(st.sampled_from(known.ids)), "change": "close"}
    laid = ground(GRID.residents, ())
    turn = whatif.turned(known, asked)
    found, whole, rest = Effects(laid, turn), Walks(laid, known), Walks(laid, turn.others)
    for time in (ANY, *TIMES):
        for group, walker in GROUPS.items():
            when = "" if time == ANY else time
            for walks, ours in ((whole, found.before), (rest, found.after)):
                minutes = walks.minutes(walker, when, longest=HEADLINE)
                for end, told_ in zip(minutes, ours(time, group), strict=True):
                    assert np.array_equal(end[0] <= HEADLINE, told_ > 0)


def test_a_neighbour_of_unknown_hours_may_or_may_not_be_there_instead() -> None:
    """Who has both next door perhaps loses nothing on a Sunday, and perhaps all."""
    always = {"open": "24/7"}
    places = counted(a_place_at(1, 0, 0, hours=always), a_place_at(2, 50, 0, hours={}))
    question = {"area": "1465", "place": an_id(1), "change": "close"}
    found = whatif.answer(TOWN, places, question)
    assert found["lose"]["total"] == [0, 0]
    assert found["by_time"]["sunday"]["lose"]["total"] == [0, 100]


def test_a_place_that_moves_keeps_its_hours() -> None:
    """Whoever is near both spots loses nothing by the move, whenever it may be open."""
    places = counted(a_place_at(1, 0, 0, hours={}))
    to = ",".join(map(str, a_spot(100, 0)))
    question = {"area": "1465", "place": an_id(1), "change": "move", "to": to}
    assert all(pair == [0, 0] for pair in told(whatif.answer(TOWN, places, question)))
