"""Which Dąbrowa: a town or village as somebody typed it, with its gmina and codes.

People know their village and its gmina, never a TERYT code.  The catalogue knows the gmina of every
town it has a place in, the gazetteer the county of some 3,900 settlements; where neither can tell
the whole code, its beginning is given (`teryt` of four digits, of two), which is enough to find the
moderator who knows the rest.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from places import text
from places.facts import Address
from places.gazetteer import key_of
from places.geo import Point, metres
from places.index import Index

_SAME = 6_000
"""Metres between the middles of what two lists call by one name, and is one settlement."""
_TOWN = 5_000
"""People.  So great a settlement nearly always has a gmina of its own name."""
_CITY_COUNTY = 60
"""Counties numbered above this are cities, whose one gmina ends in 01."""
_SMALLEST, _GREATEST = 1_590, 12_000
_SPREAD = 13.0
"""Metres by the root of the population: how far from a settlement's middle its places lie."""
_AROUND_GMINA = 9_000
_NEAR_ENOUGH = 20_000
"""Metres from the middle of a settlement, beyond which a point is not in it."""


@dataclass(frozen=True, slots=True)
class Locality:
    """A town or village that may be meant."""

    name: str
    gmina: str
    """"" where nobody here knows it."""
    teryt: str
    """Of the gmina; where that is not known only its first four or two digits, or nothing."""
    powiat: str
    voivodeship: str
    point: Point
    """Its middle."""
    uncertainty_m: int
    """How far from the middle one of its places may be."""
    population: int = 0
    district: str = ""
    """The part of the city that was typed in place of the city."""
    sure: bool = True
    """Whether the gmina is known, not guessed."""

    @property
    def key(self) -> str:
        """What tells it from others of its name, for a form to send back."""
        return f"{self.point.lat:.4f},{self.point.lon:.4f}"

    def holds(self, point: Point) -> bool:
        """Whether a place of this settlement may lie there."""
        return metres(self.point, point) <= max(_NEAR_ENOUGH, 2 * self.uncertainty_m)


def named(index: Index, typed: str) -> tuple[Locality, ...]:
    """All settlements of that name, the most populous first; none is no fault of whoever asks."""
    known = list(_from_catalogue(index, typed))
    found: list[Locality] = []
    for one in _from_gazetteer(index, typed):
        twin = next((other for other in known if _are_one(one, other)), None)
        if twin is not None:
            known.remove(twin)
            one = replace(one, gmina=twin.gmina, teryt=twin.teryt, sure=True)
        found.append(one)
    return (*found, *known)


def meant(
    candidates: Sequence[Locality], *, key: str = "", point: Point | None = None, gmina: str = ""
) -> Locality | None:
    """The one that is meant: it was chosen, it lies there, it is in that gmina, it is alone."""
    left = [one for one in candidates if not key or one.key == key]
    if point is not None:
        left = sorted(
            (one for one in left if one.holds(point)), key=lambda one: metres(one.point, point)
        )[:1]
    if gmina and len(left) > 1:
        left = [one for one in left if text.words(one.gmina) == text.words(gmina)] or left
    return left[0] if len(left) == 1 else None


def in_gmina(index: Index, one: Locality, gmina: str) -> Locality:
    """The settlement in the gmina that was said; with its code where the catalogue knows that."""
    if text.words(gmina) == text.words(one.gmina) and one.sure:
        return one
    begins = one.teryt[:4]
    codes = [code for code, name, _ in _gminas(index, gmina) if code.startswith(begins) and begins]
    name = next((name for code, name, _ in _gminas(index, gmina) if code in codes), gmina)
    return replace(one, gmina=name, teryt=codes[0] if len(codes) == 1 else begins, sure=True)


def unlisted(
    index: Index, name: str, gmina: str, voivodeship: str, point: Point | None
) -> Locality | None:
    """A village no list has, by its gmina and voivodeship; None where nothing says where it is."""
    seats = [one for one in named(index, gmina) if one.voivodeship == voivodeship]
    begins = _code_of(index, voivodeship)
    codes = [code for code, _, where in _gminas(index, gmina) if where == voivodeship]
    if point is None and len(seats) != 1:
        return None
    teryt = codes[0] if len(codes) == 1 else begins
    return Locality(name, gmina, teryt, "", voivodeship, point or seats[0].point, _AROUND_GMINA)


def around(index: Index, point: Point) -> Locality | None:
    """The settlement nearest to a point; None where there is none within reach."""
    rows = index.rows(
        f"select {_COLUMNS} from settlement where lat between ? and ? and lon between ? and ?",
        [point.lat - 0.2, point.lat + 0.2, point.lon - 0.3, point.lon + 0.3],
    )
    found = [_settlement(row) for row in rows]
    return min(found, key=lambda one: metres(one.point, point), default=None)


def voivodeships(index: Index) -> tuple[str, ...]:
    """All sixteen, in the order of the alphabet."""
    rows = index.rows("select distinct voivodeship from settlement where voivodeship != ''")
    return tuple(sorted((name for (name,) in rows), key=text.sort_key))


_COLUMNS = "name, powiat, voivodeship, teryt, lat, lon, population"


def _from_gazetteer(index: Index, typed: str) -> Iterator[Locality]:
    rows = index.rows(
        f"select {_COLUMNS} from settlement where key = ? order by population desc, lat, lon",
        [key_of(typed)],
    )
    return map(_settlement, rows)


def _settlement(row: Sequence[object]) -> Locality:
    name, powiat, voivodeship, teryt, lat, lon, population = row
    people = int(str(population))
    one = Locality(
        str(name), "", str(teryt), str(powiat), str(voivodeship),
        Point(float(str(lat)), float(str(lon))), _spread(people), people, sure=False,
    )  # fmt: skip
    if int(one.teryt[2:] or 0) > _CITY_COUNTY:
        part = "" if key_of(one.powiat) == key_of(one.name) else one.name
        whole = one.powiat if part else one.name
        return replace(
            one, name=whole, gmina=whole, teryt=one.teryt + "01", district=part, sure=True
        )
    return replace(one, gmina=one.name) if people >= _TOWN else one


def _spread(people: int) -> int:
    return int(min(_GREATEST, max(_SMALLEST, _SPREAD * math.sqrt(people)))) // 10 * 10


def _from_catalogue(index: Index, typed: str) -> Iterator[Locality]:
    rows = index.rows(
        "select json_extract(r.feature, '$.properties.address'), avg(p.lat), avg(p.lon), p.city "
        "from place p join record r using (n) where p.city in "
        "(select value from choice where facet = 'city' and slug = ?) "
        "group by p.city order by count(*) desc, p.city",
        [text.slug(typed)],
    )
    for address, lat, lon, _key in rows:
        known = Address.model_validate_json(address)
        yield Locality(
            known.city, known.gmina, known.teryt, "", known.voivodeship, Point(lat, lon), _SMALLEST
        )


def _are_one(one: Locality, other: Locality) -> bool:
    same_county = one.teryt[:4] == other.teryt[:4]
    return metres(one.point, other.point) <= (3 * _SAME if same_county else _SAME)


def _gminas(index: Index, name: str) -> list[tuple[str, str, str]]:
    return [
        (str(code), str(label), str(where))
        for code, label, where in index.rows(
            "select value, label, context from choice where facet = 'gmina' and slug = ? "
            "order by value",
            [text.slug(name)],
        )
    ]


def _code_of(index: Index, voivodeship: str) -> str:
    rows: Iterable[Sequence[str]] = index.rows(
        "select substr(teryt, 1, 2) from settlement where voivodeship = ? and teryt != '' limit 1",
        [voivodeship],
    )
    return next((code for (code,) in rows), "")
