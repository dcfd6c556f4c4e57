"""Hexagons (h3) for many points at once: 64-bit numbers to reckon with, codes to be written.

A hexagon of h3 is a number: the resolution in bits 52 to 55, the way down from one of 122 great
cells in three bits a step, all ones below its own resolution.
"""

import h3
import numpy as np
from h3.api import basic_int
from numpy.typing import NDArray

from places.coverage.ground import Floats

Cells = NDArray[np.uint64] | NDArray[np.str_]
"""Hexagons as numbers or as codes."""
_AT, _STEP, _FINEST = np.uint64(52), 3, 15
_DECIMALS = 6
_DIGITS = 15
"""Of a code: a number without the first half byte, which is nought in every cell."""


def at(lat: float, lon: float, resolution: int) -> str:
    """The code of the hexagon a point lies in."""
    return str(h3.latlng_to_cell(lat, lon, resolution))


def border(code: str) -> list[list[float]]:
    """Its corners as a ring of GeoJSON: [longitude, latitude], against the clock, closed."""
    corners = [
        [round(lon, _DECIMALS), round(lat, _DECIMALS)] for lat, lon in h3.cell_to_boundary(code)
    ]
    return [*corners, corners[0]]


def cells(lat: Floats, lon: Floats, resolution: int) -> NDArray[np.uint64]:
    """The number of the hexagon each point lies in: about a second for a million points."""
    sizes = [resolution] * len(lat)
    found = map(basic_int.latlng_to_cell, lat.tolist(), lon.tolist(), sizes)
    return np.fromiter(found, np.uint64, len(lat))


def numbers(given: Cells) -> NDArray[np.uint64]:
    """Hexagons as numbers."""
    if given.dtype.kind != "U":
        return np.asarray(given, np.uint64)
    return np.array([int(one, 16) for one in given.tolist()], np.uint64)


def written(given: Cells) -> NDArray[np.str_]:
    """Hexagons as codes."""
    if given.dtype.kind == "U":
        return np.asarray(given, np.str_)
    digits = np.asarray(given, ">u8").tobytes().hex().encode("utf-32-le")
    letters = np.frombuffer(digits, "<U1").reshape(-1, _DIGITS + 1)[:, 1:]
    return np.ascontiguousarray(letters).view(f"<U{_DIGITS}").ravel()


def wider(given: Cells, resolution: int) -> NDArray[np.uint64]:
    """The wider hexagon each belongs to; one as wide or wider is itself."""
    own = numbers(given)
    before = (own >> _AT) & np.uint64(15)
    found = (own & ~(np.uint64(15) << _AT)) | (np.uint64(resolution) << _AT)
    found |= np.uint64((1 << _STEP * (_FINEST - resolution)) - 1)
    return np.where(before > resolution, found, own)


def middles(given: Cells) -> tuple[Floats, Floats]:
    """Latitude and longitude of the middle of each."""
    found = [basic_int.cell_to_latlng(one) for one in numbers(given).tolist()]
    points = np.array(found, float).reshape(-1, 2)
    return points[:, 0].copy(), points[:, 1].copy()
