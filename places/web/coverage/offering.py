"""The places a change may be about, for the list of the form: those of the area, by name."""

from contextlib import suppress
from typing import NamedTuple

import numpy as np
import shapely

from places import teryt
from places.coverage.areas import Areas
from places.coverage.ground import to_plane
from places.coverage.summing import districts
from places.coverage.terms import EXACT, HEADLINE, WALKERS
from places.errors import NotFound
from places.web import current
from places.web.coverage import asking

_MOST = 2_000
_NEAR = HEADLINE * WALKERS["adult"].metres_per_minute
"""Metres from a district within which a place may still be that of its residents."""
_Row = tuple[str, str, str, str, str, float, float, float]
_SQL = (
    "select id, name, city_name, gmina, coalesce(district, ''), lat, lon, uncertainty_m from place "
)


class Option(NamedTuple):
    """A place to choose."""

    id: str
    label: str
    """Its name, with its town where that says more."""


class Offered(NamedTuple):
    """The places to choose from."""

    own: list[Option]
    """Those of the area."""
    near: list[Option]
    """Those within a walk of a district; and one that was chosen and is in neither."""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.own or self.near)


def places(code: str, chosen: str = "") -> Offered:
    """The places of an area; `chosen` is offered wherever it is."""
    if teryt.level_of(code) == "district":
        found = _of_district(code)
    else:
        found = Offered(_labelled(_rows("gmina like ?", f"{code}%"), asking.known(), code), [])
    if not chosen or chosen in {one.id for some in found for one in some}:
        return found
    more = _labelled(_rows("id = ?", chosen), asking.known(), code)
    return Offered(found.own, [*found.near, *more])


def _of_district(code: str) -> Offered:
    gmina = teryt.gmina_of(code)
    # Some records have the number of a part of their city.
    around = gmina[: teryt.LENGTHS["powiat"]] if teryt.is_city(gmina) else gmina
    rows = _rows("gmina like ?", f"{around}%")
    if not rows:
        return Offered([], [])
    known = asking.known()
    _, _, _, gminas, names, lat, lon, metres = zip(*rows, strict=True)
    at = to_plane(np.array(lat), np.array(lon))
    said = (np.array(gminas, dtype=str), np.array([one.rpartition("/")[2] for one in names], str))
    own = districts(known, at, np.array(metres) <= EXACT, said) == code
    near = shapely.distance(known.outline(code), shapely.points(*at)) <= _NEAR
    options = _labelled(rows, known, code)
    return Offered(
        [one for one, is_own in zip(options, own, strict=True) if is_own],
        [one for one, is_own, is_near in zip(options, own, near, strict=True) if is_near > is_own],
    )


def _labelled(rows: list[_Row], known: Areas, code: str) -> list[Option]:
    """The town is left out where the area, one that it lies in or the name itself says it."""
    said = set()
    for one in teryt.chain(code):
        with suppress(NotFound):
            said.add(known.get(one).name)
    return [
        Option(id_, name if city in said or name.endswith(f"({city})") else f"{name} ({city})")
        for id_, name, city, *_ in rows
    ]


def _rows(where: str, value: str) -> list[_Row]:
    found = current.index().rows(
        f"{_SQL} where {where} order by sort_key, id limit ?", (value, _MOST)
    )
    return [tuple(row) for row in found]
