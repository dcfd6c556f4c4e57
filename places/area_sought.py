"""The area a question speaks of, by its TERYT code: as exact as was said, and no more.

A town or a village gives its gmina, or its powiat where nobody here knows the gmina; a bare point
gives no more than a powiat, so that a code never tells where somebody stood.  What may be several
areas is the smallest one that holds them all, in the end the whole country.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from places import localities, teryt, text
from places.geo import Point
from places.index import Index
from places.intents import Intent
from places.known import Area
from places.query import POSTCODE, Query
from places.understanding import Understood


def of(index: Index, query: Query, understood: Understood, centre: Point | None) -> str:
    """The area a question speaks of; `centre` is the point that `near` was understood as."""
    return teryt.narrowed(
        [
            *_of_filters(index, query),
            *(_of_intent(index, one) for one in understood.places),
            *_of_near(index, query, centre),
            *_of_box(index, query),
        ]
    )


def names(index: Index, codes: Iterable[str]) -> Mapping[str, str]:
    """What each area is called, as far as is known here; the country is left to whoever asks."""
    return {code: _name(index, code) for code in codes if code != teryt.COUNTRY}


def _of_filters(index: Index, query: Query) -> Iterator[str]:
    if query.district:
        keys = [key for said in query.district for key in _keys(index, "district", said)]
        yield teryt.holding(one for key in keys for one in _of_district(index, key))
    if query.city:
        yield teryt.holding(one for said in query.city for one in _of_city(index, said))


def _of_intent(index: Index, intent: Intent) -> str:
    return teryt.holding(code for area in intent.areas for code in _of_area(index, area))


def _of_area(index: Index, area: Area) -> Iterable[str]:
    kind, _, value = area.value.partition(":")
    if area.kind == "voivodeship":
        sql = "select substr(teryt, 1, 2) from settlement where voivodeship = ? and teryt <> ''"
        return _codes(index, f"{sql} limit 1", area.value)
    if kind == "gmina":
        return [value]
    if kind == "city":
        return _codes(index, "select distinct gmina from place where city = ?", value)
    if kind == "at":
        lat, lon = map(float, value.split(","))
        return _of_name(index, area.name, Point(lat, lon))
    sql = (
        "select distinct p.gmina, p.district from trait t join place p on p.n = t.place "
        "where t.kind = 'part' and t.value = ?"
    )
    return [_district_code(*row) for row in index.rows(sql, [value])]


def _of_near(index: Index, query: Query, centre: Point | None) -> Iterable[str]:
    if centre is None:
        return
    if isinstance(query.near, str) and not POSTCODE.match(query.near):
        yield from _of_name(index, query.near.partition(",")[0], centre)
        return
    yield _powiat(index, centre)


def _of_box(index: Index, query: Query) -> Iterable[str]:
    if query.bbox is not None:
        box = query.bbox
        corners = ((lat, lon) for lat in (box.south, box.north) for lon in (box.west, box.east))
        yield teryt.holding(_powiat(index, Point(*corner)) for corner in corners)


def _of_name(index: Index, name: str, point: Point) -> Iterable[str]:
    """The settlement of that name which lies there; where there is none, the powiat there."""
    meant = localities.meant(localities.named(index, name), point=point)
    return [_powiat(index, point) if meant is None else _known(meant)]


def _of_city(index: Index, said: str) -> Iterable[str]:
    if keys := _keys(index, "city", said):
        marks = ", ".join("?" * len(keys))
        return _codes(index, f"select distinct gmina from place where city in ({marks})", *keys)
    return [_known(one) for one in localities.named(index, said)]


def _of_district(index: Index, key: str) -> Iterable[str]:
    rows = index.rows("select distinct gmina, district from place where district = ?", [key])
    return [_district_code(*row) for row in rows]


def _known(one: localities.Locality) -> str:
    """Its gmina if that is known, else its powiat or voivodeship; else the whole country."""
    return (one.teryt if one.sure else one.teryt[:4]) or teryt.COUNTRY


def _district_code(gmina: str, key: str | None) -> str:
    return f"{gmina}-{key.rpartition('/')[2]}" if key else gmina


def _powiat(index: Index, point: Point) -> str:
    """That of the nearest settlement or place."""
    # A degree of longitude is here some 0.6 of a degree of latitude, squared 0.38.
    sql = (
        "select teryt from (select teryt, lat, lon from settlement where teryt <> '' union all "
        "select substr(p.gmina, 1, 4), p.lat, p.lon from box b join place p on p.n = b.n "
        "where b.south between ?1 - 0.1 and ?1 + 0.1 and b.west between ?2 - 0.15 and ?2 + 0.15) "
        "order by (lat - ?1) * (lat - ?1) + (lon - ?2) * (lon - ?2) * 0.38, teryt limit 1"
    )
    return teryt.holding(_codes(index, sql, point.lat, point.lon))


def _keys(index: Index, facet: str, said: str) -> Sequence[str]:
    sql = "select value from choice where facet = ? and (value = ? or slug = ?) order by value"
    return [row[0] for row in index.rows(sql, [facet, said, text.slug(said)])]


def _codes(index: Index, sql: str, *values: str | float) -> Sequence[str]:
    return [str(row[0]) for row in index.rows(sql, values)]


def _name(index: Index, code: str) -> str:
    gmina, _, district = code.partition("-")
    if district:
        sql = "select label from choice where facet = 'district' and value like '%/' || ? limit 1"
        return next(iter(_codes(index, sql, district)), district)
    if teryt.level_of(code) == "voivodeship":
        sql = "select voivodeship from settlement where substr(teryt, 1, 2) = ? limit 1"
        return next(iter(_codes(index, sql, code)), code)
    sql = "select label from choice where facet = 'gmina' and value = ?"
    if found := _codes(index, sql, code):
        return found[0]
    sql = "select powiat from settlement where teryt = ? order by population desc limit 1"
    # A city with the rights of a powiat is one gmina.
    powiat = teryt.parent(code) if teryt.is_city(code) and teryt.level_of(code) == "gmina" else code
    return next(iter(_codes(index, sql, powiat)), code)
