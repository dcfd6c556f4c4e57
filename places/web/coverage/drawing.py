"""The map as a picture that needs no script: for paper, and for whoever runs none.

Numbers from files become attributes of SVG; every word goes through the template, which escapes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely

from places.coverage.figures import Figures, Pair
from places.coverage.gaps import Gap
from places.coverage.ground import to_plane
from places.coverage.outlines import Outline
from places.coverage.told import Report
from places.web.words import coverage as said

COLOURS = 5
_TOPS = (0.05, 0.1, 0.25, 0.5, 1.0)
"""The share at which the colours may end: where few are reached, small differences show too."""
_WIDTH, _TALLEST = 640.0, 760.0
_LABELLED = 20
"""More areas than this have no room for numbers."""
LISTED = 10
"""Gaps that the page lists at once; paper has these alone, in its list as on its map."""


class Shape(NamedTuple):
    """An area of the picture."""

    path: str
    step: str
    """Its colour: "0" to "4", "none" where nobody lives."""
    title: str
    label: str
    x: float
    y: float


class Spot(NamedTuple):
    """A gap of the picture, by its number in the list."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of areas and gaps."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]


def top(told: Iterable[Figures]) -> float:
    """The share at which the colours of these areas end."""
    most = max((share[0] for one in told if (share := _sure(one))), default=0.0)
    return next(one for one in _TOPS if most <= one)


def legend(highest: float) -> list[tuple[str, str]]:
    """The colours, each with the shares it stands for: ("0", "0–5%")."""
    ends = [100 * highest * n / COLOURS for n in range(COLOURS + 1)]
    return [(str(n), f"{ends[n]:g}–{ends[n + 1]:g}%") for n in range(COLOURS)]


def step(one: Figures, highest: float) -> str:
    """The colour of an area, by what is sure; "none" where nobody lives."""
    share = _sure(one)
    if share is None:
        return "none"
    return str(min(COLOURS - 1, int(COLOURS * share[0] / highest + 1e-9)))


def _sure(one: Figures) -> Pair | None:
    return said.headline_share(one, "total") if one.people["total"] else None


def area_said(one: Figures, highest: float) -> dict[str, str]:
    """An area for the map: its colour, its number and a sentence."""
    share = _sure(one)
    residents = said.residents(one.people["total"] or 0)
    return {
        "step": step(one, highest),
        "label": said.share(share),
        "said": f"{one.name}: {said.share_said(share)} ({residents})" if share else one.name,
    }


def gap_said(gap: Gap) -> dict[str, str]:
    """A gap for the map."""
    return {"said": f"{said.gap_name(gap)}: {said.heads_said(gap.people)}"}


def areas(report: Report, outline: Outline) -> Drawn | None:
    """The children of an area, or the area itself where it has none; None without borders."""
    told = report.children or (report.figures,)
    known = [(one, shape) for one in told if (shape := outline(one.code)) is not None]
    known = [(one, shape) for one, shape in known if not shape.is_empty]
    if not known:
        return None
    west, south, east, north = shapely.total_bounds([shape for _, shape in known])
    scale = min(_WIDTH / max(east - west, 1.0), _TALLEST / max(north - south, 1.0))
    frame = _Frame(west, north, scale, top(told), not report.children)
    return Drawn(
        round((east - west) * scale) + 2,
        round((north - south) * scale) + 2,
        tuple(_shape(one, shape, frame, len(known) <= _LABELLED) for one, shape in known),
        tuple(_spots(report.gaps[:LISTED], frame)),
    )


class _Frame(NamedTuple):
    west: float
    north: float
    scale: float
    highest: float
    alone: bool
    """Whether there is but one area, whose colour would only hide what is in it."""

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (
            round((x - self.west) * self.scale + 1, 1),
            round((self.north - y) * self.scale + 1, 1),
        )


def _shape(one: Figures, shape: shapely.Geometry, frame: _Frame, labelled: bool) -> Shape:
    smooth = shape.simplify(0.7 / frame.scale)
    middle = (smooth if not smooth.is_empty else shape).representative_point()
    x, y = frame.at(middle.x, middle.y)
    told = area_said(one, frame.highest)
    if frame.alone:
        return Shape(_path(smooth, frame), "alone", told["said"], "", x, y)
    label = told["label"] if labelled else ""
    return Shape(_path(smooth, frame), told["step"], told["said"], label, x, y)


def _path(shape: shapely.Geometry, frame: _Frame) -> str:
    """The rings of polygons as the d of a path."""
    parts = []
    for polygon in getattr(shape, "geoms", [shape]):
        if polygon.geom_type != "Polygon":
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            points = [frame.at(x, y) for x, y in ring.coords[:-1]]
            parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(parts)


def _spots(gaps: Iterable[Gap], frame: _Frame) -> Iterable[Spot]:
    for number, one in enumerate(gaps, 1):
        x, y = to_plane(np.array([one.lat]), np.array([one.lon]))
        yield Spot(number, *frame.at(float(x[0]), float(y[0])))
