"""Places whose point and whose record do not agree on where they are, by the loaded borders.

A point may lie outside the recorded area by as much as its position is uncertain; what is farther
is a contradiction.  Approximate areas say nothing here, and where only some gminas are loaded, what
is not on the map is not held against a record.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import shapely

from places import teryt, text
from places.coverage import ground
from places.coverage.areas import Areas
from places.coverage.polygons import Layer
from places.errors import Fault, shortened
from places.place import Place


class _Checked(NamedTuple):
    place: Place
    point: shapely.Point
    lies: int
    """In which area of the layer; −1: in none."""


def find(places: Iterable[tuple[str, Place]], areas: Areas) -> list[Fault]:
    """All contradictions; each place comes with what it is called in a fault ("line 3 · …")."""
    given = list(places)
    found: list[list[Fault]] = [[] for _ in given]
    x, y = ground.to_plane(
        np.array([place.point.lat for _, place in given], dtype=float),
        np.array([place.point.lon for _, place in given], dtype=float),
    )
    points = shapely.points(x, y)
    for level in ("gmina", "district"):
        layer = areas.layers.get(level)
        if layer is None:
            continue
        names = _names(layer) if level == "district" else None
        lies = layer.holding(x, y).tolist()
        for faults, (where, place), point, at in zip(found, given, points, lies, strict=True):
            one = _Checked(place, point, at)
            fault = _gmina(layer, one) if names is None else _district(layer, names, one)
            faults += [fault.at(where)] if fault else []
    return [fault for faults in found for fault in faults]


def _gmina(layer: Layer, one: _Checked) -> Fault | None:
    address = one.place.address
    code = teryt.gmina_of(address.teryt)
    mine = layer.at(code)
    said = shortened(f"{code} {address.gmina or ''}".strip())
    if mine < 0 and len(layer) >= teryt.WHOLE["gmina"]:
        return Fault("address.teryt", "gmina_off_map", said)
    metres = _beyond(layer, mine, one)
    if metres <= one.place.position.uncertainty_m:
        return None
    return Fault("address.teryt", "other_gmina", said, _told(layer, one, metres))


def _district(layer: Layer, names: dict[tuple[str, str], int], one: _Checked) -> Fault | None:
    """Only against a district of that name: cities are parted in several ways."""
    address = one.place.address
    mine = names.get((teryt.gmina_of(address.teryt), text.slug(address.district or "")), -1)
    metres = _beyond(layer, mine, one) if mine >= 0 else 0.0
    if metres <= one.place.position.uncertainty_m:
        return None
    said = shortened(address.district or "")
    return Fault("address.district", "other_district", said, _told(layer, one, metres))


def _beyond(layer: Layer, mine: int, one: _Checked) -> float:
    """Metres from the point to the recorded area; where that is not on the map, to the border of
    the one that it lies in, because the recorded one begins no nearer."""
    if mine >= 0:
        return float(shapely.distance(layer.shape[mine], one.point))
    if one.lies >= 0:
        return float(shapely.distance(shapely.boundary(layer.shape[one.lies]), one.point))
    return 0.0


def _names(layer: Layer) -> dict[tuple[str, str], int]:
    """Where each district stands, by its gmina and its name as it is compared."""
    return {
        (teryt.gmina_of(code), text.slug(name)): index
        for index, (code, name) in enumerate(_pairs(layer))
    }


def _pairs(layer: Layer) -> Sequence[tuple[str, str]]:
    return list(zip(layer.code.tolist(), layer.name.tolist(), strict=True))


def _told(layer: Layer, one: _Checked, metres: float) -> str:
    where = f"{layer.code[one.lies]} {layer.name[one.lies]}" if one.lies >= 0 else "–"
    return f"{where}; {metres:.0f} m > {one.place.position.uncertainty_m:.0f} m"
