"""Hexagons as numbers and codes: the same as h3 says one by one."""

import h3
import numpy as np
import pytest

from places.coverage import hexagons

CHANCE = np.random.default_rng(4)
LAT, LON = CHANCE.uniform(49, 55, 200), CHANCE.uniform(14, 24, 200)


@pytest.mark.parametrize("resolution", [5, 8, 9, 15])
def test_many_points_are_as_one_by_one(resolution: int) -> None:
    """Numbers written as codes are h3's own codes; back again they are the numbers."""
    found = hexagons.cells(LAT, LON, resolution)
    codes = [h3.latlng_to_cell(lat, lon, resolution) for lat, lon in zip(LAT, LON, strict=True)]
    assert hexagons.written(found).tolist() == codes
    assert hexagons.at(LAT[0], LON[0], resolution) == codes[0]
    assert (hexagons.numbers(np.array(codes)) == found).all()
    assert (hexagons.written(np.array(codes)) == np.array(codes)).all()


def test_wider_hexagons() -> None:
    """Of numbers and of codes; one that is as wide already stays."""
    found = hexagons.cells(LAT, LON, 9)
    for size in (5, 8, 9):
        wider = hexagons.written(hexagons.wider(found, size)).tolist()
        assert wider == [h3.cell_to_parent(one, size) for one in hexagons.written(found).tolist()]
        assert (hexagons.wider(hexagons.written(found), size) == hexagons.wider(found, size)).all()
    wide = hexagons.cells(LAT, LON, 5)
    assert (hexagons.wider(wide, 8) == wide).all()


def test_middles() -> None:
    """The middle of a hexagon lies in it, whichever way it is named."""
    found = hexagons.cells(LAT, LON, 8)
    lat, lon = hexagons.middles(found)
    assert (hexagons.cells(lat, lon, 8) == found).all()
    assert (hexagons.middles(hexagons.written(found))[0] == lat).all()


def test_no_points_are_no_hexagons() -> None:
    """Nothing in, nothing out, of the right kinds."""
    none = hexagons.cells(np.zeros(0), np.zeros(0), 9)
    assert len(none) == len(hexagons.written(none)) == len(hexagons.wider(none, 5)) == 0
    assert [len(axis) for axis in hexagons.middles(none)] == [0, 0]
