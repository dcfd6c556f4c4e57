"""The units that people are counted in: their middles, their extent, their numbers, all checked.

What a file says wrongly is refused with its rows, all at once; what can be mended without guessing
is mended and counted in the notes, to be told.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from places import text
from places.coverage import census
from places.coverage.ground import PLANE, Floats, to_earth
from places.coverage.own_file import named_rows, numbers
from places.errors import Fault, Invalid
from places.geo import OUTLINE

if TYPE_CHECKING:
    import geopandas
    import pandas

Bools = NDArray[np.bool_]
Words = NDArray[np.str_]
Rows = NDArray[np.int64]
"""The number of each row, as people see it."""
PEOPLE = ("total", "young", "old")
FIELDS = (*PEOPLE, "name", "code")
"""What of a unit may stand in a column, apart from where it is."""
_USUAL: Mapping[str, tuple[str, ...]] = {
    "total": ("total", "res", "tot"),
    "young": ("young", "res_0_14", "tot_0_14"),
    "old": ("old", "res_65_", "tot_65__"),
    "name": ("name",),
    "code": ("teryt",),
    "lat": ("lat",), "lon": ("lon",), "x": ("x",), "y": ("y",),
}  # fmt: skip
"""Columns that are known without being named, ours and those of GUS."""
_MOST_PEOPLE = 40_000_000
"""In one unit: more than in all of Poland."""
_SAME = 0.1  # metres: middles of cells that are one cell
_SQUARE = 0.99  # of its rectangle that a polygon fills, to be taken for it
_POLAND = shapely.Polygon(OUTLINE)
_TERYT = re.compile(r"([0-9]{4}|[0-9]{6})[0-9]?")


@dataclass(frozen=True)
class Units:
    """Units as they were read, in the order of the file."""

    x: Floats
    y: Floats
    u: Floats
    v: Floats
    counts: Mapping[str, Floats]
    """`total`, `young`, `old`; NaN is unknown."""
    name: Words
    code: Words
    notes: Mapping[str, int]
    """`hidden` units whose people are secret, `repeated` ones that were left out, `mended`
    polygons, and `odd` ones where children and elders are more than everybody."""


def columns(maps: Mapping[str, str], theirs: Any) -> dict[str, str]:
    """Which of their columns holds what: as we were told, else by its usual name.

    Raises Invalid.
    """
    names = [str(name) for name in theirs]
    usual = {name.casefold(): name for name in reversed(names)}
    found = {
        ours: next((usual[one] for one in known if one in usual), "")
        for ours, known in _USUAL.items()
    }
    found = {ours: name for ours, name in found.items() if name} | dict(maps)
    said = ", ".join(names)
    faults = [Fault(one, "unknown_field") for one in maps if one not in _USUAL]
    faults += [
        Fault(ours, "no_column", name, said)
        for ours, name in maps.items()
        if ours in _USUAL and name not in names
    ]
    if "total" not in found:
        faults.append(Fault("total", "no_column", limit=said))
    if faults:
        raise Invalid(faults)
    return found


def of_frame(
    frame: "geopandas.GeoDataFrame", named: Mapping[str, str], faults: Sequence[Fault] = ()
) -> Units:
    """Features as units: points as they are, polygons as the squares they are or are as big as.

    The index is the number of each row, as people see it; `faults` are known already.  Raises
    Invalid.
    """
    rows = frame.index.to_numpy()
    counts, wrong = _counts({one: frame[named[one]] for one in PEOPLE if one in named}, rows)
    faults = [*faults, *wrong]
    code, unknown = _codes(frame[named["code"]] if "code" in named else None, len(frame))
    if unknown.any():
        faults.append(named_rows("code", "not_a_teryt", unknown, rows))
    shapes = frame.geometry.to_numpy()
    faults += _shapeless(shapes, rows)
    if faults:
        raise Invalid(faults)
    broken = ~shapely.is_valid(shapes)
    if broken.any():
        shapes = np.where(broken, shapely.make_valid(shapes), shapes)
    x, y, u, v = _placed(frame, shapes)
    _refuse_outside(x, y, lambda: _swapped(frame, shapes), rows)
    name = _words(frame[named["name"]]) if "name" in named else _blank(len(frame))
    units = Units(x, y, u, v, counts, name, code, {"mended": int(broken.sum())})
    return _once(units, rows)


def of_census(frame: "pandas.DataFrame") -> Units:
    """The census grid as units.

    Raises Invalid.
    """
    rows = np.arange(1, len(frame) + 1)
    counts, faults = _counts({one: frame[one] for one in PEOPLE}, rows)
    squares, wrong = census.squares(frame["code"])
    if wrong.any():
        faults.append(named_rows("code", "not_a_cell", wrong, rows))
    if faults:
        raise Invalid(faults)
    _refuse_outside(squares.x, squares.y, lambda: (squares.y, squares.x), rows)
    blank = _blank(len(frame))
    return _once(Units(*squares, counts, blank, blank, {}), rows)


def _counts(theirs: Mapping[str, Any], rows: Rows) -> tuple[dict[str, Floats], list[Fault]]:
    faults, found = [], {}
    size = max(len(column) for column in theirs.values())
    for one in PEOPLE:
        if one not in theirs:
            found[one] = np.full(size, np.nan)
            continue
        found[one], wrong = numbers(theirs[one])
        if wrong.any():
            faults.append(named_rows(one, "not_a_number", wrong, rows))
        negative = found[one] < 0
        if (negative & ~wrong).any():
            faults.append(named_rows(one, "negative_people", negative & ~wrong, rows))
        many = (found[one] > _MOST_PEOPLE) & ~wrong
        if many.any():
            faults.append(replace(named_rows(one, "too_big", many, rows), limit=str(_MOST_PEOPLE)))
    if not faults and not np.nansum(found["total"]) > 0:
        faults.append(Fault("total", "nobody"))
    return found, faults


def _codes(theirs: Any, size: int) -> tuple[Words, Bools]:
    """TERYT of four or six digits; and where something else stands."""
    if theirs is None:
        return _blank(size), np.zeros(size, bool)
    given = _words(theirs)
    # A number has lost the nought it began with, and may have gained a decimal one.
    bare = [one.removesuffix(".0") for one in given.tolist()]
    bare = ["0" + one if len(one) in (3, 5) and one.isdecimal() else one for one in bare]
    found = [match[1] if (match := _TERYT.fullmatch(one)) else "" for one in bare]
    code = np.array(found, "<U6")
    return code, (code == "") & (given != "")


def _words(theirs: Any) -> Words:
    said = ["" if one is None or one != one else text.clean(str(one)) for one in theirs]
    return np.array(said, "<U80")


def _blank(size: int) -> Words:
    return np.full(size, "", "<U1")


def _shapeless(shapes: NDArray[Any], rows: Rows) -> list[Fault]:
    none = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    kinds = shapely.get_type_id(shapes)
    points = kinds == shapely.GeometryType.POINT
    none |= points & np.isnan(np.where(points, shapely.get_x(shapes) + shapely.get_y(shapes), 0))
    other = ~none & ~np.isin(kinds, [int(kind) for kind in _KINDS])
    found = [(none, "no_geometry"), (other, "not_point_nor_polygon")]
    return [named_rows("geometry", code, which, rows) for which, code in found if which.any()]


_KINDS = (
    shapely.GeometryType.POINT,
    shapely.GeometryType.POLYGON,
    shapely.GeometryType.MULTIPOLYGON,
)


def _placed(
    frame: "geopandas.GeoDataFrame", shapes: NDArray[Any]
) -> tuple[Floats, Floats, Floats, Floats]:
    """Middles and half-axes in our plane."""
    import geopandas

    flat = geopandas.GeoSeries(shapes, crs=frame.crs).to_crs(PLANE).to_numpy()
    with np.errstate(invalid="ignore"):  # What is out of the plane is told by its place.
        middles = shapely.centroid(flat)
        u, v = _axes(flat)
    return shapely.get_x(middles), shapely.get_y(middles), u, v


def _axes(shapes: NDArray[Any]) -> tuple[Floats, Floats]:
    u, v = np.zeros((len(shapes), 2)), np.zeros((len(shapes), 2))
    area = shapely.area(shapes)
    wide = np.flatnonzero((area > 0) & np.isfinite(area))
    if not wide.size:
        return u, v
    half = np.sqrt(area[wide]) / 2
    u[wide, 0], v[wide, 1] = half, half
    around = shapely.oriented_envelope(shapes[wide])
    square = shapely.area(around) * _SQUARE <= area[wide]
    square &= shapely.get_num_coordinates(around) == 5
    corners = shapely.get_coordinates(around[square]).reshape(-1, 5, 2)
    u[wide[square]] = (corners[:, 1] - corners[:, 0]) / 2
    v[wide[square]] = (corners[:, 2] - corners[:, 1]) / 2
    return u, v


def _swapped(frame: "geopandas.GeoDataFrame", shapes: NDArray[Any]) -> tuple[Floats, Floats]:
    """The middles, were the two coordinates in the other order."""
    import geopandas

    middles = shapely.centroid(shapes)
    turned = geopandas.points_from_xy(shapely.get_y(middles), shapely.get_x(middles), crs=frame.crs)
    there = turned.to_crs(PLANE)
    return np.asarray(there.x, float), np.asarray(there.y, float)


def _refuse_outside(
    x: Floats, y: Floats, swapped: Callable[[], tuple[Floats, Floats]], rows: Rows
) -> None:
    """Raises Invalid when people would live in the sea or abroad."""
    outside = ~_in_poland(x, y)
    if not outside.any():
        return
    turned = _in_poland(*swapped())[outside].mean() > 0.5
    told = named_rows("geometry", "people_swapped" if turned else "people_outside", outside, rows)
    raise Invalid([Fault(told.field, told.code, limit=str(int(outside.sum())), where=told.where)])


def _in_poland(x: Floats, y: Floats) -> Bools:
    known = np.isfinite(x) & np.isfinite(y)
    found = np.zeros(len(x), bool)
    lat, lon = to_earth(x[known], y[known])
    found[known] = shapely.contains_xy(_POLAND, lon, lat)
    return found


def _once(units: Units, rows: Rows) -> Units:
    """Each cell once, with what there is to tell; points may share a place.

    Raises Invalid where a cell comes again with other numbers.
    """
    cells = np.flatnonzero(units.u.any(axis=1))
    middles = np.round(np.stack([units.x, units.y], 1)[cells] / _SAME).astype(np.int64)
    _, at, which = np.unique(middles, axis=0, return_index=True, return_inverse=True)
    earlier = cells[at[which.ravel()]]
    again = np.zeros(len(units.x), bool)
    again[cells] = earlier != cells
    said = np.stack([units.counts[one] for one in PEOPLE], 1)
    unknown = np.isnan(said)
    same = (said[cells] == said[earlier]) | (unknown[cells] & unknown[earlier])
    other = np.zeros(len(units.x), bool)
    other[cells] = ~same.all(axis=1)
    if other.any():
        raise Invalid([named_rows("geometry", "cell_repeats", other, rows)])
    return _told(units, ~again)


def _told(units: Units, stay: Bools) -> Units:
    counts = {one: units.counts[one][stay] for one in PEOPLE}
    with np.errstate(invalid="ignore"):
        odd = np.nan_to_num(counts["young"]) + np.nan_to_num(counts["old"]) > counts["total"] + 0.5
    found = {
        **units.notes, "repeated": int((~stay).sum()), "odd": int(odd.sum()),
        "hidden": int(np.isnan(counts["total"]).sum()),
    }  # fmt: skip
    return Units(
        units.x[stay], units.y[stay], units.u[stay], units.v[stay], counts,
        units.name[stay], units.code[stay], {key: n for key, n in found.items() if n},
    )  # fmt: skip
