"""People left out, as named clusters: all of them, each once, and as an officer would cut them."""

from collections.abc import Mapping

import h3
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from places.coverage.gaps import Cell, Gap, gaps, outline
from places.geo import Point, metres

MIDDLE = h3.latlng_to_cell(54.35, 18.65, 9)
FIELD = sorted(h3.grid_disk(MIDDLE, 7))
GROUND = shapely.geometry.box(18.5, 54.2, 18.8, 54.5)


def cell(code: str, low: float, high: float | None = None, area: str = "226101") -> Cell:
    """A hexagon with people left out, a tenth of these young."""
    most = low if high is None else high
    return Cell(code, area, low, most, (low / 10, most / 10), None)


def nameless(point: Point) -> str:
    """For clusters whose name does not matter."""
    return ""


def rings(gap: Gap) -> int:
    """How many steps it is from end to end."""
    return max(h3.grid_distance(one, other) for one in gap.cells for other in gap.cells)


def hangs_together(gap: Gap) -> bool:
    """Whether each hexagon is reached from the first through others."""
    met, waiting = {gap.cells[0]}, [gap.cells[0]]
    while waiting:
        for other in set(h3.grid_ring(waiting.pop(), 1)) & set(gap.cells) - met:
            met.add(other)
            waiting.append(other)
    return met == set(gap.cells)


PEOPLE = st.dictionaries(
    st.sampled_from(FIELD),
    st.tuples(st.sampled_from([0.0, 0.5, 3.0, 40.0, 900.0]), st.sampled_from([0.0, 10.0])),
    max_size=len(FIELD),
)


def town(people: Mapping[str, tuple[float, float]]) -> list[Cell]:
    """Hexagons with so many left out for sure, and so many more perhaps."""
    return [cell(code, low, low + more) for code, (low, more) in people.items()]


@given(PEOPLE)
def test_everybody_is_in_one_gap(people: Mapping[str, tuple[float, float]]) -> None:
    """Without a least and a most, the gaps hold all who are left out, each hexagon once."""
    cells = town(people)
    found = gaps(cells, nameless, least=0, most=10_000)
    inside = [code for one in found for code in one.cells]
    assert sorted(inside) == sorted(one.h3 for one in cells if one.low > 0)
    assert sum(one.people[0] for one in found) == pytest.approx(sum(one.low for one in cells))
    for one in found:
        assert one.young == pytest.approx((one.people[0] / 10, one.people[1] / 10))
        assert one.old is None
        assert hangs_together(one)
        assert h3.latlng_to_cell(one.lat, one.lon, one.resolution) in one.cells


@given(PEOPLE, st.sampled_from([0, 5, 50, 800]), st.integers(0, 5))
def test_small_ones_are_left_out_and_the_largest_come_first(
    people: Mapping[str, tuple[float, float]], least: float, most: int
) -> None:
    """Never more people than are left out, never a smaller gap, in order, the same twice."""
    cells = town(people)
    found = gaps(cells, nameless, least=least, most=most)
    assert len(found) <= most
    assert all(one.people[0] >= least for one in found)
    assert sum(one.people[0] for one in found) <= sum(one.low for one in cells) + 1e-6
    order = [(-one.people[0], -one.people[1], one.cells[0]) for one in found]
    assert order == sorted(order)
    assert gaps(reversed(cells), nameless, least=least, most=most) == found
    codes = [code for one in found for code in one.cells]
    assert len(codes) == len(set(codes))
    assert all(hangs_together(one) for one in found)


def test_two_holes_of_a_city_have_their_names_and_sums() -> None:
    """A village-like district in the south and an estate in the north, a stray person between."""
    south = h3.grid_disk(h3.latlng_to_cell(54.33, 18.68, 9), 1)
    north = h3.grid_disk(h3.latlng_to_cell(54.37, 18.62, 9), 2)
    way = h3.grid_path_cells(south[0], north[0])
    people = dict.fromkeys(way, 0.2) | dict.fromkeys(south, 150.0) | dict.fromkeys(north, 300.0)
    cells = [cell(code, low) for code, low in people.items()]
    first, second = gaps(cells, lambda point: "Olszynka" if point.lat < 54.35 else "Piecki")
    assert (first.name, second.name) == ("Piecki", "Olszynka")
    assert first.people[0] == pytest.approx(19 * 300, abs=5)
    assert second.people[0] == pytest.approx(7 * 150, abs=5)
    assert set(north) <= set(first.cells)
    assert set(south) <= set(second.cells)
    assert (first.ordinal, second.ordinal, first.resolution) == (0, 0, 9)


def test_a_whole_rim_is_cut_into_parts() -> None:
    """Of a wide field with equal people no gap is wider than a part of a city."""
    wide = h3.grid_disk(MIDDLE, 15)
    found = gaps([cell(code, 20) for code in wide], nameless, most=1_000)
    assert len(found) > 5
    assert all(rings(one) <= 4 * 4 for one in found)  # Four rings, and as many for crumbs.
    assert sum(len(one.cells) for one in found) == len(wide)
    # Nor is it crumbled: the middle one is about a disk of four rings.
    assert sorted(len(one.cells) for one in found)[len(found) // 2] >= 20


def test_two_crowds_far_apart_are_two_gaps_though_people_live_between() -> None:
    """Each hexagon goes with the nearer crowd."""
    line = h3.grid_path_cells(FIELD[0], h3.grid_ring(FIELD[0], 12)[0])
    people = [500.0, *[10.0] * (len(line) - 2), 400.0]
    one, other = gaps([cell(code, low) for code, low in zip(line, people, strict=True)], nameless)
    assert (line[0] in one.cells, line[-1] in other.cells) == (True, True)
    assert one.people[0] > 500 > other.people[0] > 400


def test_a_crumb_goes_with_what_it_touches() -> None:
    """A few people at the edge of a great gap are no gap of their own."""
    big = h3.grid_disk(MIDDLE, 4)
    crumb = h3.grid_ring(MIDDLE, 5)[0]
    cells = [cell(code, 100 if code == MIDDLE else 50) for code in big] + [cell(crumb, 1)]
    [found] = gaps(cells, nameless)
    assert crumb in found.cells


def test_nobody_left_out_for_sure_is_no_gap() -> None:
    """Those who may be left out are no gap; nor is nobody at all."""
    assert gaps([cell(code, 0, 500) for code in FIELD], nameless) == ()
    assert gaps([], nameless) == ()


def test_gaps_of_one_name_are_told_apart() -> None:
    """By their order, in whatever area they lie; one that is alone has no number."""
    far = [FIELD[0], h3.grid_ring(FIELD[0], 9)[0], h3.grid_ring(FIELD[0], 18)[3]]
    cells = [cell(far[0], 300), cell(far[1], 200), cell(far[2], 100, area="220401")]
    found = gaps(cells, lambda point: "Dąbrowa")
    assert [(one.code, one.ordinal) for one in found] == [
        ("226101", 1),
        ("226101", 2),
        ("220401", 3),
    ]
    assert [one.ordinal for one in gaps(cells[:1], lambda point: "Dąbrowa")] == [0]


def test_a_gap_in_two_areas_has_the_code_of_none() -> None:
    """Its name is that of its middle, which is nearest to most of its people."""
    other = h3.grid_ring(MIDDLE, 1)[0]
    seen: list[Point] = []
    cells = [cell(MIDDLE, 900), cell(other, 100, area="220401")]
    [found] = gaps(cells, lambda point: seen.append(point) or "Olszynka")  # type: ignore[func-returns-value]
    assert (found.code, found.name) == ("", "Olszynka")
    assert seen == [Point(found.lat, found.lon)] == [Point(*h3.cell_to_latlng(MIDDLE))]


def test_the_middle_of_a_ring_is_on_the_ring() -> None:
    """A point in the gap, not in the hole of it."""
    ring = h3.grid_ring(MIDDLE, 1)
    [found] = gaps([cell(code, 100 + n) for n, code in enumerate(ring)], nameless)
    assert h3.latlng_to_cell(found.lat, found.lon, 9) in ring


def test_ages_that_are_known_somewhere_are_summed_there() -> None:
    """None only where nothing is known."""
    cells = [cell(MIDDLE, 100), cell(h3.grid_ring(MIDDLE, 1)[0], 100)._replace(young=None)]
    [found] = gaps(cells, nameless)
    assert found.young == (10, 10)
    assert found.old is None


def test_the_border_covers_the_ground_of_the_hexagons() -> None:
    """The outline of a ring of hexagons has a hole."""
    ring = h3.grid_ring(MIDDLE, 1)
    [found] = gaps([cell(code, 100) for code in ring], nameless)
    polygons = [
        shapely.Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(one)])
        for one in found.cells
    ]
    border = shapely.geometry.shape(outline(found))
    assert border.geom_type == "Polygon"
    assert len(border.interiors) == 1
    assert GROUND.contains(border)
    assert border.area == pytest.approx(sum(one.area for one in polygons), rel=1e-3)
    assert border.buffer(1e-5).contains(shapely.Point(found.lon, found.lat))


def test_coarse_hexagons_make_gaps_as_wide_as_a_village_or_a_county() -> None:
    """The reach is in metres, and never less than one ring."""
    for size, least_wide, widest in ((8, 2_500, 8_000), (6, 10_000, 60_000)):
        middle = h3.latlng_to_cell(52.0, 20.0, size)
        cells = [cell(code, 100) for code in h3.grid_disk(middle, 6)]
        largest = gaps(cells, nameless)[0]
        points = [Point(*h3.cell_to_latlng(code)) for code in largest.cells]
        wide = max(metres(one, other) for one in points for other in points)
        assert least_wide < wide < widest
