"""Where "near Rudna" is: towns, villages and districts by name, and which of the namesakes."""

import pytest

from places.errors import Invalid
from places.geo import Point, metres
from places.index import Index
from places.whereabouts import locate


def test_a_point_is_itself_and_nothing_is_nowhere(index: Index) -> None:
    """A position from the browser needs no name; nobody said where means nowhere."""
    found = locate(index, Point(50.02, 19.97))
    assert found is not None
    assert (found.centre, found.name, found.others) == (Point(50.02, 19.97), "", ())
    assert locate(index, None) is None


@pytest.mark.parametrize(
    ("near", "name", "point"),
    [
        ("Rudna", "Rudna", Point(51.51, 16.26)),
        ("rudna, lubiński", "Rudna", Point(51.51, 16.26)),
        ("Gdańsk", "Gdańsk", Point(54.35, 18.65)),
        ("GDANSK", "Gdańsk", Point(54.35, 18.65)),
        ("Swołowo", "Swołowo", Point(54.464, 16.822)),  # only our catalogue knows it
        ("Orunia", "Orunia", Point(54.32, 18.64)),
    ],
)
def test_a_typed_place_is_found(index: Index, near: str, name: str, point: Point) -> None:
    """A town, a village and a district are understood, with marks or without, and named."""
    found = locate(index, near)
    assert found is not None
    assert found.name == name
    assert metres(found.centre, point) < 4_000


def test_namesakes_are_offered(index: Index) -> None:
    """Where several places have the name, each of the others can be chosen by its point."""
    found = locate(index, "Dąbrowa")
    assert found is not None
    assert found.others
    for other in found.others:
        assert other.name == "Dąbrowa"
        assert other.context
        chosen = locate(index, other.point)
        assert chosen is not None
        assert chosen.centre == other.point


@pytest.mark.parametrize("near", ["Xyzzyq", "Rudna, nigdzie", "Київ", "x", "'; drop table place"])
def test_an_unknown_place_is_refused_by_name(index: Index, near: str) -> None:
    """What nobody knows is said to be unknown, not silently ignored."""
    with pytest.raises(Invalid) as refused:
        locate(index, near)
    [fault] = refused.value.faults
    assert (fault.field, fault.code, fault.value) == ("near", "unknown_settlement", near)
