"""Powiats and voivodeships without a file of borders: the surroundings of their settlements.

Every settlement has the ground that is nearer to it than to any other (its Voronoi cell); those of
one code together are an approximate area.  Only ground of which nobody knows better is parted so:
such a border runs halfway between the settlements on both sides of the true one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from places import teryt
from places.coverage import ground
from places.coverage.polygons import (
    Layer,
    chosen,
    dissolved,
    empty,
    joined,
    layer,
    of_ground,
    together,
)
from places.gazetteer import Settlement
from places.geo import OUTLINE
from places.teryt import Level

_GRID = 1.0
"""Metres: corners lie on whole ones, so that what was cut still fits its neighbours."""
_ENOUGH = 0.9
"""The share of a powiat's settlements that must lie in its gminas for these to be all of it; a few
settlements have a wrong code, or a point beside themselves."""


def completed(
    loaded: Mapping[Level, Layer], settlements: Sequence[Settlement]
) -> tuple[Layer, Layer]:
    """The voivodeships and the powiats that nobody has loaded.

    Of loaded gminas and powiats where these are all of it; approximate ones elsewhere.
    """
    known = [one for one in settlements if one.teryt]
    above = loaded.get("voivodeship", empty("voivodeship"))
    own = loaded.get("powiat", empty("powiat"))
    of_gminas = _of_gminas(loaded["gmina"], own, known) if "gmina" in loaded else empty("powiat")
    sure = joined([own, of_gminas])
    silent = [one for one in known if sure.at(one.teryt) < 0]
    powiats = joined([of_gminas, *_approximate(silent, above, sure)])
    return _of_powiats(joined([own, powiats]), above, known), powiats


def powiats(settlements: Sequence[Settlement], where: Any) -> Layer:
    """The ground parted among the powiats of the settlements; each must have a code."""
    xs, ys = _points(settlements)
    points: dict[tuple[float, float], str] = {}
    for one, x, y in zip(settlements, xs.tolist(), ys.tolist(), strict=True):
        points.setdefault((x, y), one.teryt)  # Of two in one point the more populous.
    codes, shapes = dissolved(_cells(list(points), where), np.array([*points.values()], dtype=str))
    cut = shapely.intersection(np.array(shapes, dtype=object), where, grid_size=_GRID)
    names = {one.teryt: one.powiat for one in settlements}
    shapes = [of_ground(one) for one in cut]
    some = [n for n, one in enumerate(shapes) if not one.is_empty]
    rows = [(codes[n], teryt.proper_name(codes[n], names[codes[n]]), "") for n in some]
    return layer("powiat", rows, [shapes[n] for n in some], approximate=True)


def country() -> Any:
    """The hand-drawn outline of Poland, a few kilometres outside the border."""
    lon, lat = np.array(OUTLINE).T
    return shapely.Polygon(np.column_stack(ground.to_plane(lat, lon)))


def _of_gminas(gminas: Layer, own: Layer, settlements: Sequence[Settlement]) -> Layer:
    """The powiats that are not loaded and all of whose gminas are."""
    of = gminas.code.astype("<U4")
    whole = len(gminas) >= teryt.WHOLE["gmina"]
    lies = np.append(of, "")[gminas.holding(*_points(settlements))]
    theirs = np.array([one.teryt for one in settlements], dtype="<U4")
    full = [
        code
        for code in sorted(set(of.tolist()))
        if own.at(code) < 0
        and (whole or teryt.is_city(code) or (lies == code)[theirs == code].mean() >= _ENOUGH)
    ]
    taken = np.isin(of, full)
    return together(chosen(gminas, taken), of[taken], "powiat")


def _approximate(settlements: Sequence[Settlement], above: Layer, sure: Layer) -> Sequence[Layer]:
    """Approximate powiats on the ground that the known ones leave, within known voivodeships."""
    found = []
    for code, shape in zip(above.code.tolist(), above.shape, strict=True):
        inside = [one for one in settlements if one.teryt[:2] == code]
        if inside:
            found.append(powiats(inside, _without(shape, sure)))
    outside = [one for one in settlements if above.at(one.teryt[:2]) < 0]
    if outside:
        found.append(powiats(outside, _without(_without(country(), above), sure)))
    return found


def _of_powiats(below: Layer, above: Layer, settlements: Sequence[Settlement]) -> Layer:
    """The voivodeships that are not loaded: approximate where one of their powiats is, or lacks."""
    taken = np.array([above.at(code[:2]) < 0 for code in below.code.tolist()], dtype=bool)
    of = below.code.astype("<U2")
    made = together(chosen(below, taken), of[taken], "voivodeship")
    rough = set(of[below.approximate].tolist())
    rough |= {one.teryt[:2] for one in settlements if below.at(one.teryt) < 0}
    made.approximate[:] = np.isin(made.code, sorted(rough))
    return made


def _without(shape: Any, taken: Layer) -> Any:
    near = taken.shape[shapely.intersects(taken.shape, shape)] if len(taken) else []
    return shapely.difference(shape, shapely.union_all(near)) if len(near) else shape


def _points(settlements: Sequence[Settlement]) -> tuple[ground.Floats, ground.Floats]:
    return ground.to_plane(
        np.array([one.point.lat for one in settlements]),
        np.array([one.point.lon for one in settlements]),
    )


def _cells(points: Sequence[tuple[float, float]], where: Any) -> np.ndarray:
    """The cell of each point, in their order, beyond the ground; no two points are the same."""
    around = shapely.envelope(shapely.union(country(), shapely.envelope(where)))
    if len(points) == 1:
        return np.array([around], dtype=object)
    made = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=around, ordered=True)
    return np.asarray(shapely.get_parts(made), dtype=object)
