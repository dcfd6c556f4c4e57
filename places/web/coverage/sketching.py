"""The answer of a plan as a picture that needs no script, for paper and for who runs none.

Numbers become attributes of SVG; every word goes through the template, which escapes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely

from places.coverage import effects, hexagons
from places.coverage.ground import to_plane
from places.maps import Dot

_WIDTH, _TALLEST = 640.0, 560.0
_LEAST = 2_500.0
"""Metres that the picture shows at least, from side to side."""
_ROOM = 0.1
"""Of the picture, around what is drawn."""
_WALK = 1_200.0
"""Metres around a new site: who is reached from there, and what stands there already."""
_EDGE = 0.25
"""Of the picture, at either side, where a word in the middle of its point would stick out."""
_RULER = 0.3
"""Of the picture, that the line of the scale may take."""
_ROUND = (500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
_Corners = Sequence[tuple[float, float]]


class Cells(NamedTuple):
    """Hexagons of the picture, all of one kind, as one shape: on a printed page a pattern is there
    anew for each shape it fills."""

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
    side: str
    """Where its word begins, so that it stays in the picture: "start", "middle" or "end" of it."""
    above: bool
    """Whether the word stands above: two words must not lie on each other."""


class Spot(NamedTuple):
    """A new site, by its number in the table."""

    number: int
    x: float
    y: float


class Place(NamedTuple):
    """A place that is there already."""

    x: float
    y: float
    vague: bool


class Scale(NamedTuple):
    """A line of a round length."""

    length: float
    metres: int


@dataclass(frozen=True, slots=True)
class Sketch:
    """The picture."""

    width: int
    height: int
    border: str
    scale: Scale
    cells: tuple[Cells, ...] = ()
    marks: tuple[Mark, ...] = ()
    spots: tuple[Spot, ...] = ()
    places: tuple[Place, ...] = ()


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
    cells = tuple(
        Cells("".join(frame.path(rings[one["h3"]]) for one in answer["cells"]
                      if effects.kind(one) == kind), kind)
        for kind in effects.kinds(answer)
    )  # fmt: skip
    return frame.sketch(border, cells=cells, marks=tuple(_marks(known, points, frame)))


def sites(
    chosen: Sequence[Mapping[str, Any]], border: shapely.Geometry | None, places: Sequence[Dot]
) -> Sketch | None:
    """The best next sites by number, with the places around them; None of no site."""
    if not chosen:
        return None
    points = _on_plane((one["lat"], one["lon"]) for one in chosen)
    room = [(x + way, y + way) for x, y in points for way in (-_WALK, _WALK)]
    frame = _Frame.around(room)
    spots = (Spot(n, *frame.at(*point)) for n, point in enumerate(points, 1))
    there = zip(places, _on_plane((one.lat, one.lon) for one in places), strict=True)
    dots = (Place(*frame.at(*point), one.vague) for one, point in there if frame.holds(*point))
    return frame.sketch(border, spots=tuple(spots), places=tuple(dots))


def _marks(
    known: Sequence[tuple[str, Mapping[str, Any]]],
    points: Sequence[tuple[float, float]],
    frame: "_Frame",
) -> Iterable[Mark]:
    highest = max(y for _, y in points) if len(points) > 1 else None
    wide = frame.width * frame.scale
    for (id_, one), point in zip(known, points, strict=True):
        x, y = frame.at(*point)
        side = "start" if x < wide * _EDGE else "end" if x > wide * (1 - _EDGE) else "middle"
        radius = round(frame.scale * one.get("doubt_m", 0.0), 1)
        yield Mark(id_, x, y, radius, side, point[1] == highest)


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

    def sketch(self, border: shapely.Geometry | None, **drawn: Any) -> Sketch:
        """The picture with this on it."""
        wide, high = round(self.width * self.scale), round(self.height * self.scale)
        metres = max(one for one in _ROUND if one <= max(self.width * _RULER, _ROUND[0]))
        ruler = Scale(round(metres * self.scale, 1), metres)
        return Sketch(wide, high, self.border(border), ruler, **drawn)

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x - self.west <= self.width and 0 <= self.north - y <= self.height

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
