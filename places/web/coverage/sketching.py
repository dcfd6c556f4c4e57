"""The answer about a change as a picture that needs no script, for paper and for who runs none.

Numbers become attributes of SVG; every word goes through the template, which escapes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely

from places.coverage import effects, hexagons
from places.coverage.ground import to_plane

_WIDTH, _TALLEST = 640.0, 560.0
_LEAST = 2_500.0
"""Metres that the picture shows at least, from side to side."""
_ROOM = 0.1
"""Of the picture, around what is drawn."""
_Corners = Sequence[tuple[float, float]]


class Cell(NamedTuple):
    """A hexagon of the picture."""

    path: str
    kind: str
    """"lose", "gain" or "both"."""


class Mark(NamedTuple):
    """Where the place stood, or would stand."""

    id: str
    x: float
    y: float
    radius: float
    """Of the circle it may lie in; 0 where its point is exact."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The picture."""

    width: int
    height: int
    border: str
    cells: tuple[Cell, ...]
    marks: tuple[Mark, ...]


def change(answer: Mapping[str, Any], border: shapely.Geometry | None) -> Sketch | None:
    """Hexagons and points of an answer, and the border of the area around them; None where there is
    nothing to be seen."""
    rings = {
        one["h3"]: _on_plane((lat, lon) for lon, lat in hexagons.border(one["h3"]))
        for one in answer["cells"]
    }
    known = [(id_, answer[id_]) for id_ in (effects.BEFORE, effects.AFTER) if answer[id_]]
    points = _on_plane((one["lat"], one["lon"]) for _, one in known)
    if not rings and not points:
        return None
    corners = [corner for ring in rings.values() for corner in ring]
    if not corners and border is not None:  # Where it is, seen from the area.
        west, south, east, north = border.bounds
        corners = [(west, south), (east, north)]
    frame = _Frame.around([*points, *corners])
    marks = (
        Mark(id_, *frame.at(*point), round(frame.scale * one.get("doubt_m", 0.0), 1))
        for (id_, one), point in zip(known, points, strict=True)
    )
    return Sketch(
        round(frame.width * frame.scale),
        round(frame.height * frame.scale),
        frame.border(border),
        tuple(Cell(frame.path(rings[one["h3"]]), effects.kind(one)) for one in answer["cells"]),
        tuple(marks),
    )


class _Frame(NamedTuple):
    """What part of the plane is shown, and how large."""

    west: float
    north: float
    width: float
    height: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "_Frame":
        xs, ys = zip(*points, strict=True)
        wide, high = (max(max(one) - min(one), _LEAST) * (1 + 2 * _ROOM) for one in (xs, ys))
        return cls((min(xs) + max(xs) - wide) / 2, (min(ys) + max(ys) + high) / 2, wide, high)

    @property
    def scale(self) -> float:
        return min(_WIDTH / self.width, _TALLEST / self.height)

    def at(self, x: float, y: float) -> tuple[float, float]:
        return round((x - self.west) * self.scale, 1), round((self.north - y) * self.scale, 1)

    def path(self, corners: _Corners) -> str:
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in (self.at(*one) for one in corners)) + "Z"

    def border(self, shape: shapely.Geometry | None) -> str:
        """The part of it that is seen, as the d of a path."""
        if shape is None:
            return ""
        box = (self.west, self.north - self.height, self.west + self.width, self.north)
        seen = shapely.clip_by_rect(shape.boundary, *box)
        lines = (one for one in getattr(seen, "geoms", [seen]) if one.geom_type == "LineString")
        return "".join(
            "M" + "L".join(f"{x:g} {y:g}" for x, y in (self.at(*one) for one in line.coords))
            for line in lines
            if not line.is_empty
        )


def _on_plane(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Degrees as metres."""
    lat, lon = np.array([*points], float).reshape(-1, 2).T
    return list(zip(*(one.tolist() for one in to_plane(lat, lon)), strict=True))
