"""The polygons of one level, in metres of the plane, as they are kept and as they are used.

On disk they are WKB, one after the other, with where each begins; nobody else reads these arrays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from places import teryt
from places.coverage import kept
from places.coverage.ground import Floats
from places.errors import Unavailable
from places.teryt import Level

Texts = NDArray[np.str_]
Shapes = NDArray[np.object_]
POLYGONS = (3, 6)
"""shapely's types: one polygon, several."""
DRAWN = 30.0
"""Metres.  Official borders have millions of corners: to simplify them takes ten seconds, to go on
from there one."""


@dataclass(frozen=True)
class Layer:
    """Areas of one level, in the order of their codes."""

    level: Level
    code: Texts
    name: Texts
    digit: Texts
    """The seventh digit of a gmina; "" where it is unknown."""
    shape: Shapes
    drawn: Shapes
    """The same, simplified by DRAWN: what maps begin with."""
    approximate: NDArray[np.bool_]
    """Whose borders are made up of the settlements' surroundings."""

    def __len__(self) -> int:
        return len(self.code)

    def at(self, code: str) -> int:
        """Where an area stands, −1 where there is none of that code."""
        place = int(np.searchsorted(self.code, code))
        return place if place < len(self.code) and self.code[place] == code else -1

    def holding(self, x: Floats, y: Floats) -> NDArray[np.int64]:
        """Which area each point lies in, −1 for none; on a common border the lowest code.

        The tree is of the points, because only what a tree is asked for is prepared: a polygon of
        thousands of corners is then looked at once, not for each point.
        """
        found = np.full(len(x), len(self), dtype=np.int64)
        there = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        tree = shapely.STRtree(shapely.points(x[there], y[there]))
        area, point = tree.query(self.shape, predicate="intersects")
        np.minimum.at(found, there[point], area)
        found[found == len(self)] = -1
        return found

    def nearest(self, x: Floats, y: Floats, within: float) -> NDArray[np.int64]:
        """Which area each point is nearest to, −1 where none is within so many metres."""
        found = np.full(len(x), len(self), dtype=np.int64)
        there = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        if len(self) and len(there):
            points = shapely.points(x[there], y[there])
            tree = shapely.STRtree(self.shape)
            point, area = tree.query_nearest(points, max_distance=within)
            np.minimum.at(found, there[point], area)
        found[found == len(self)] = -1
        return found


def layer(
    level: Level,
    rows: Sequence[tuple[str, str, str]],
    shapes: Sequence[Any] | Shapes,
    approximate: bool = False,
    drawn: Sequence[Any] | Shapes | None = None,
) -> Layer:
    """A layer of (code, name, seventh digit) and shapes, put in order."""
    code, name, digit = (np.array([row[n] for row in rows], dtype=str) for n in range(3))
    order = np.argsort(code, kind="stable")
    shape = _row(shapes)
    simple = simplified(shape, DRAWN) if drawn is None else _row(drawn)
    return Layer(
        level, code[order], name[order], digit[order], shape[order], simple[order],
        np.full(len(rows), approximate),
    )  # fmt: skip


def simplified(shapes: Shapes, metres: float) -> Shapes:
    """The shapes with fewer corners; those that lie side by side still fit."""
    fit = shapely.coverage_is_valid(shapes)
    made = (shapely.coverage_simplify if fit else shapely.simplify)(shapes, metres)
    return np.asarray(made, dtype=object)


def of_ground(shape: Any) -> Any:
    """What of a shape is ground: cutting and mending leave lines and points behind."""
    if shapely.get_type_id(shape) in POLYGONS:
        return shape
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.union_all(parts[np.isin(shapely.get_type_id(parts), POLYGONS)])


def joined(layers: Sequence[Layer]) -> Layer:
    """Several of one level as one; the codes of one must not be in another."""
    code = np.concatenate([one.code for one in layers])
    order = np.argsort(code, kind="stable")
    return Layer(
        layers[0].level,
        code[order],
        np.concatenate([one.name for one in layers])[order],
        np.concatenate([one.digit for one in layers])[order],
        np.concatenate([one.shape for one in layers])[order],
        np.concatenate([one.drawn for one in layers])[order],
        np.concatenate([one.approximate for one in layers])[order],
    )


def chosen(whole: Layer, which: NDArray[np.bool_]) -> Layer:
    """Only some areas of a layer."""
    return Layer(
        whole.level, whole.code[which], whole.name[which], whole.digit[which],
        whole.shape[which], whole.drawn[which], whole.approximate[which],
    )  # fmt: skip


def dissolved(shapes: Shapes, into: Texts) -> tuple[list[str], list[Any]]:
    """The shapes that go into the same code as one; codes in order."""
    codes = sorted(set(into.tolist()))
    return codes, [united(shapes[into == code]) for code in codes]


def together(below: Layer, into: Texts, level: Level) -> Layer:
    """The areas of a level put together of those below it; named as everybody knows them."""
    codes, shapes = dissolved(below.shape, into)
    rows = [(code, teryt.proper_name(code, ""), "") for code in codes]
    return layer(level, rows, shapes, drawn=dissolved(below.drawn, into)[1])


def arrays(one: Layer) -> dict[str, np.ndarray]:
    """The layer, for keeping."""
    return {
        "code": one.code, "name": one.name, "digit": one.digit, "approximate": one.approximate,
        **_packed("shape", one.shape), **_packed("drawn", one.drawn),
    }  # fmt: skip


def keep(instance: Path, one: Layer, about: kept.About) -> kept.Kept:
    """Puts a loaded layer in use; districts beside those of other cities.

    Raises OSError.
    """
    city = f"-{teryt.gmina_of(str(one.code[0]))}" if one.level == "district" else ""
    name = one.level + city
    for old in kept.current(instance, "areas"):
        if old.name == name and not _is_whole(old):
            kept.remove(instance, "areas", name)  # Or the same data would be taken for there.
    return kept.put(instance, "areas", name, arrays(one), about)


def empty(level: Level) -> Layer:
    """A layer without areas."""
    return layer(level, (), ())


def read(one: kept.Kept) -> Layer:
    """A kept layer.

    Raises Unavailable.
    """
    held = one.arrays()
    try:
        return Layer(
            one.about.more["level"], np.asarray(held["code"]), np.asarray(held["name"]),
            np.asarray(held["digit"]), _unpacked("shape", held), _unpacked("drawn", held),
            np.asarray(held["approximate"]),
        )  # fmt: skip
    except (KeyError, shapely.errors.ShapelyError) as error:
        raise Unavailable(f"{one.folder.name}: {error!r}") from error


def _is_whole(one: kept.Kept) -> bool:
    try:
        return bool(len(read(one)))
    except Unavailable:
        return False


def _packed(name: str, shapes: Shapes) -> dict[str, np.ndarray]:
    wkb = shapely.to_wkb(shapes)
    ends = np.cumsum([0, *map(len, wkb)], dtype=np.int64)
    return {name: np.frombuffer(b"".join(wkb), dtype=np.uint8), f"{name}-ends": ends}


def _unpacked(name: str, held: Mapping[str, np.ndarray]) -> Shapes:
    wkb, ends = held[name], held[f"{name}-ends"]
    pieces = [wkb[begin:end].tobytes() for begin, end in zip(ends, ends[1:], strict=False)]
    return _row(shapely.from_wkb(pieces))


def _row(shapes: Sequence[Any] | Shapes) -> Shapes:
    """As an array of shapes, whatever NumPy would make of a list of them."""
    made = np.empty(len(shapes), dtype=object)
    made[:] = list(shapes)
    return made


def united(shapes: Shapes) -> Any:
    """One shape of many that lie side by side; the quick way where they truly do."""
    if len(shapes) == 1:
        return shapes[0]
    if shapely.coverage_is_valid(shapes):
        return shapely.coverage_union_all(shapes)
    return shapely.make_valid(shapely.union_all(shapes))
