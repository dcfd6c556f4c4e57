"""The map shows every place that may be drawn, one by one or counted in cells."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places import pins
from places.geo import POLAND, Box, Point
from places.index import Index, open_index
from places.query import Query
from tests.builders import NOW, a_catalogue, a_place, an_id, some_places

MANY = pins.MOST_SINGLE + 100


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More places than go one by one, two of them in one spot and one too vague to draw."""
    folder = tmp_path_factory.mktemp("crowd")
    some = some_places(MANY)
    vague = a_place(id=an_id(MANY), position={"precision": "gmina", "uncertainty_m": 9000})
    twin = a_place(id=an_id(MANY + 1), name="Bliźniak", point=some[0].point)
    a_catalogue(folder / "places.geojson", [*some, vague, twin])
    return folder


def test_few_places_go_one_by_one(index: Index) -> None:
    """Under the limit every drawable match is a pin, the same at any zoom and in any view; in the
    order in which the Tab key goes through them, by town and name."""
    views = [
        pins.view_of(index, Query(), zoom, view, NOW)
        for zoom in (0, 7, 19)
        for view in (None, Box(19.9, 50.0, 20.0, 50.1))
    ]
    assert all(view == views[0] for view in views)
    assert not views[0].grouped
    assert {pin.id for pin in views[0].pins} == {an_id(number) for number in (1, 2, 3, 4)}
    order = [(pin.city, pin.name) for pin in views[0].pins]
    assert order == sorted(order)
    assert (views[0].total, views[0].off_map) == (5, 1)


def test_a_pin_knows_how_exact_it_is(index: Index) -> None:
    """An address is pinned; a village with its uncertainty is not."""
    by_id = {pin.id: pin for pin in pins.view_of(index, Query(), 7, None, NOW).pins}
    assert by_id[an_id(1)].pinned
    assert not by_id[an_id(4)].pinned
    assert by_id[an_id(4)].uncertainty_m == 1590


@pytest.mark.parametrize("zoom", range(pins.CLOSEST_ZOOM + 1))
def test_cells_lose_nobody(crowd: Path, zoom: int) -> None:
    """At any zoom the cells and the single places make up every drawable match."""
    with open_index(crowd / "places.geojson", crowd) as index:
        view = pins.view_of(index, Query(), zoom, None, NOW)
    assert view.grouped
    assert (view.total, view.off_map) == (MANY + 2, 1)
    assert sum(cell.count for cell in view.cells) + len(view.pins) == MANY + 1
    assert all(cell.count > 1 and cell.bounds.holds(cell.point) for cell in view.cells)


def test_two_places_in_one_spot_are_counted_at_any_zoom(crowd: Path) -> None:
    """What cannot be told apart stays a cell of two."""
    with open_index(crowd / "places.geojson", crowd) as index:
        view = pins.view_of(index, Query(), pins.CLOSEST_ZOOM, None, NOW)
    assert [cell.count for cell in view.cells] == [2]


@settings(max_examples=20)
@given(
    st.integers(0, pins.CLOSEST_ZOOM),
    st.floats(19.8, 20.3),
    st.floats(49.9, 50.1),
    st.floats(0, 0.3),
)
def test_a_view_shows_what_lies_in_it(
    crowd: Path, zoom: int, west: float, south: float, size: float
) -> None:
    """Cells and pins of a view are those inside it, no more and no fewer; the total is of all."""
    box = Box(west, south, west + size, south + size)
    with open_index(crowd / "places.geojson", crowd) as index:
        view = pins.view_of(index, Query(), zoom, box, NOW)
        inside = pins.view_of(index, Query(bbox=box), zoom, None, NOW)
    drawn = sum(cell.count for cell in view.cells) + len(view.pins)
    assert drawn == inside.total - inside.off_map
    assert view.total == MANY + 2
    assert all(box.holds(pin.point) for pin in view.pins)
    assert all(box.holds(cell.point) for cell in view.cells)


def test_filters_hold_for_cells_too(crowd: Path) -> None:
    """A question that leaves few is answered one by one, from the same catalogue."""
    with open_index(crowd / "places.geojson", crowd) as index:
        view = pins.view_of(index, Query(q="bliźniak"), 5, Box(*POLAND), NOW)
        near = pins.view_of(index, Query(near=Point(50.0, 19.9), radius=100), 5, None, NOW)
    assert [pin.name for pin in view.pins] == ["Bliźniak"]
    assert {pin.name for pin in near.pins} == {"Bliźniak", "Klub Numer 0"}
