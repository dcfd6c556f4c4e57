"""Whom a change touches, by hexagon and by name."""

import h3
import numpy as np

from places.coverage import touched
from places.coverage.ground import Floats
from places.coverage.reach import Ground, ground
from places.coverage.touched import Moved
from tests.coverage.made import a_grid, some_areas, some_residents

AREAS = some_areas()


def lost(laid: Ground, people: Floats) -> Moved:
    """All of them lose, half of them perhaps; nobody gains."""
    none = np.zeros_like(people)
    return Moved((people / 2, people), (none, none))


def test_hexagons_are_of_one_size_and_not_too_many() -> None:
    """A whole country of points becomes wide hexagons; nobody is left out."""
    spots = [(float(x), float(y)) for x in range(-80, 80, 2) for y in range(-80, 80, 2)]
    many = some_residents([(x * 1_000, y * 1_000) for x, y in spots], 10.0)
    laid = ground(many, ())
    found = touched.cells(AREAS, laid, lost(laid, np.full(len(laid.spread.x), 10.0)))
    sizes = {h3.get_resolution(one["h3"]) for one in found}
    assert len(sizes) == 1 and sizes < {4, 5, 6}
    assert 0 < len(found) <= touched.MOST
    assert round(sum(one["lose"][1] for one in found)) == 10 * len(laid.spread.x)


def test_few_people_stand_in_hexagons_of_census_size() -> None:
    """Without streets a finer one would promise what nobody knows."""
    laid = ground(a_grid(2), ())
    found = touched.cells(AREAS, laid, lost(laid, np.ones(len(laid.spread.x))))
    assert {h3.get_resolution(one["h3"]) for one in found} == {8}


def test_a_hexagon_of_nobody_in_the_end_is_left_out() -> None:
    """Four thousandths of a person are told as nought, and nought is neither loss nor gain."""
    laid = ground(some_residents([(0, 0), (9_000, 0)], [100, 0.004]), ())
    found = touched.cells(AREAS, laid, lost(laid, np.array([100.0, 0.004])))
    assert [one["lose"] for one in found] == [[50.0, 100.0]]


def test_who_is_not_touched_is_not_told() -> None:
    """No hexagon without anybody."""
    laid = ground(a_grid(3), ())
    assert touched.cells(AREAS, laid, lost(laid, np.zeros(len(laid.spread.x)))) == []
    some = np.zeros(len(laid.spread.x))
    some[0] = 5.0
    [one] = touched.cells(AREAS, laid, lost(laid, some))
    assert one["lose"] == [2.5, 5.0] and one["gain"] == [0.0, 0.0]


def test_beyond_the_named_ones_the_rest_is_one_row() -> None:
    """So that the table has everybody of the map."""
    cells = [
        {"h3": str(n), "name": f"osiedle {n:03}", "lose": [float(n), float(n)], "gain": [0.0, 1.0]}
        for n in range(touched.MOST_NAMED + 5)
    ]
    found = touched.by_name(cells)
    assert len(found) == touched.MOST_NAMED + 1
    assert found[-1]["name"] is None
    assert sum(one["lose"][0] for one in found) == sum(range(touched.MOST_NAMED + 5))
    assert found[0]["name"] == f"osiedle {touched.MOST_NAMED + 4:03}"
    assert touched.by_name([]) == []
