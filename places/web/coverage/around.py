"""What the maps of plans show besides the answer: the border of the area, and the places that count
in it and within a walk of it.

Places are those of today, so a question about an earlier state of the data gets none: they would be
taken for those the answer was counted with.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

import numpy as np
import shapely

from places.coverage import asked, counted, work
from places.coverage.asked import Question
from places.coverage.ground import to_earth
from places.errors import NotFound, Refusal
from places.geo import Box
from places.hours import WARSAW
from places.maps import Dot, Ring
from places.web import current
from places.web.coverage import asking

_WALK = (0.03, 0.02)
"""Degrees of longitude and latitude around an area: two kilometres, a walk and a bit."""
_FINE = 60.0
"""Metres: the border one aims by may lie as far from the true one."""
_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around a question."""

    extent: Box | None = None
    """Of the area; None where it has no border."""
    border: tuple[Ring, ...] = ()
    places: tuple[Dot, ...] = ()
    is_of_today: bool = True
    """Whether the question is about today's data, so that places can be shown."""


def of(code: str, question: Question) -> Around:
    """What lies around an area and counts for a question."""
    try:
        border = asking.outline("powiat")(code) or asking.known().outline(code)
    except NotFound:
        return Around()
    west, south, east, north = shapely.bounds(border)
    lat, lon = to_earth(np.array([west, east, west, east]), np.array([south, south, north, north]))
    extent = Box(*(round(float(one), 4) for one in (lon.min(), lat.min(), lon.max(), lat.max())))
    try:
        index = current.index()
        of_today = question.stamp in ("", work.stamp(index, current.instance()))
        places = _places(question, extent) if of_today else ()
    except Refusal:  # An old answer is shown also where the index does not answer.
        of_today, places = False, ()
    return Around(extent, tuple(_rings(border)), places, of_today)


def _places(question: Question, extent: Box) -> tuple[Dot, ...]:
    """Those that count and are known well enough to be drawn, counted as answers count them."""
    (wide, high), (west, south, east, north) = _WALK, extent
    box = Box(west - wide, south - high, east + wide, north + high)
    week = date.fromisoformat(work.this_week(current.now()))
    here = replace(question, query=replace(question.query, bbox=box))
    noon = datetime.combine(week, time(12), WARSAW)
    found = counted.count(*asked.places_of(current.index(), here, noon), week)
    lat, lon = to_earth(found.x, found.y)
    return tuple(
        Dot(found.ids[n], found.names[n], round(float(lat[n]), _DECIMALS),
            round(float(lon[n]), _DECIMALS), not found.sure[n] or bool(found.doubt[n]))
        for n in np.flatnonzero(found.placed)
    )  # fmt: skip


def _rings(border: shapely.Geometry) -> list[Ring]:
    """The edges of an area, (lat, lon)."""
    coarse = border.simplify(_FINE)
    rings = []
    for polygon in getattr(coarse, "geoms", [coarse]):
        if polygon.geom_type == "Polygon":
            lat, lon = to_earth(*np.array(polygon.exterior.coords).T)
            points = zip(np.round(lat, 4).tolist(), np.round(lon, 4).tolist(), strict=True)
            rings.append(tuple(points))
    return rings
