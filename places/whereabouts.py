"""Where "near Rudna" is: a point from the browser, or what a person typed: a town, a village, a
district, a postcode.

Many villages share a name: the most populous one is meant, the others are offered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from places import addresses, lemmas, remembered, text
from places.errors import Fault, Invalid
from places.gazetteer import key_of
from places.geo import Point, Spot, metres
from places.index import Index
from places.query import POSTCODE

_APART = 5_000  # metres
_AREAS = {
    "city": "p.city = ?",
    "district": "p.district = ?",
    "part": "p.n in (select place from trait where kind = 'part' and value = ?)",
}
_BEFORE = frozenset(["w", "we", "na", "kolo", "blisko", "obok", "przy", "pod", "nad", "k"])
_AROUND_POSTCODE = "okolice kodu {}…"
_MOST_PARTS = 5
_PREFIXES = (5, 4, 3)  # "31-55", "31-5", "31-"


@dataclass(frozen=True)
class Settlement:
    """A settlement that may be meant."""

    name: str
    context: str
    """Its county and voivodeship."""
    point: Point
    """Its middle: the value of `near` that means exactly this one."""


@dataclass(frozen=True)
class Where:
    """What `near` was understood as."""

    centre: Point
    name: str
    others: tuple[Settlement, ...]
    context: str = ""
    """Its county and voivodeship, to tell it from the others."""
    source: str = ""
    """The code of the geocoder that knew it, whose credit must then be shown."""


def locate(index: Index, near: Point | Spot | str | None) -> Where | None:
    """The point that is meant.  "Rudna" is the most populous one, "Rudna, lubiński" that one.

    A village too small for the gazetteer is found by its places in the catalogue.
    """
    if near is None:
        return None
    if isinstance(near, Point):
        return Where(near, "", ())
    if isinstance(near, Spot):
        return Where(near.point, near.said, (), source=near.source)
    found = _found(index, near)
    if not found:
        raise Invalid([Fault("near", _fault_of(near), near)])
    first, *rest = found
    # The catalogue knows most settlements too: another one is at least a village away.
    others = tuple(one for one in rest if metres(one.point, first.point) > _APART)
    return Where(first.point, first.name, others, first.context)


def is_unknown(index: Index, near: str) -> bool:
    """Whether nothing here has that name, so that somebody else must be asked."""
    return not _found(index, near)


def _found(index: Index, near: str) -> list[Settlement]:
    code, _, town = near.partition(" ")
    if POSTCODE.fullmatch(code):
        exact = _with_postcode(index, code, code)
        return exact or (town and _named(index, town.lstrip(", "))) or _around_postcode(index, code)
    return _named(index, near)


def _fault_of(near: str) -> str:
    if POSTCODE.match(near):
        return "unknown_postcode"
    return "no_addresses" if addresses.read(near) else "unknown_settlement"


def _named(index: Index, near: str) -> list[Settlement]:
    """Those of that name, as it stands; else "Podgórze" of "Kraków, Podgórze" or "Kraków Podgórze",
    else "w Rudnej"."""
    found = _in_parts(index, [part.strip() for part in near.split(",")][:_MOST_PARTS])
    if found or "," in near:
        return found or list(_from_catalogue(index, near))
    words = near.split()[:_MOST_PARTS]
    for number in range(1, len(words)):
        if found := _in_parts(index, [" ".join(words[:number]), " ".join(words[number:])]):
            return found
    return list(_from_catalogue(index, near))


def _in_parts(index: Index, parts: list[str]) -> list[Settlement]:
    for number, name in enumerate(parts):
        hint = {word for part in parts[:number] + parts[number + 1 :] for word in text.words(part)}
        for names in ([name], _inflected(index, name)):
            rows = [one for each in names for one in _called(index, each)]
            if fit := [one for one in rows if hint <= set(text.words(one.context))]:
                return fit
    return []


def _inflected(index: Index, said: str) -> list[str]:
    """The names that the words are forms of: "w Krakowie" is Kraków."""
    words, before = lemmas.split(said), ""
    if words[1:] and text.fold(words[0]) in _BEFORE:
        before = text.fold(words.pop(0))
    if not words:
        return []
    length, areas = remembered.names(index).areas_at(words, 0, before)
    if length < len(words):
        return []
    return list(dict.fromkeys(one.name for one in areas if one.kind != "voivodeship"))


def _called(index: Index, name: str) -> Iterable[Settlement]:
    yield from _from_gazetteer(index, name)
    yield from _from_catalogue(index, name)


def _from_gazetteer(index: Index, name: str) -> list[Settlement]:
    rows = index.rows(
        "select name, powiat, voivodeship, lat, lon from settlement where key = ? "
        "order by population desc, lat, lon",
        [key_of(name)],
    )
    return [Settlement(row[0], ", ".join(dict.fromkeys(row[1:3])), Point(*row[3:])) for row in rows]


def _from_catalogue(index: Index, near: str) -> Iterator[Settlement]:
    """Towns, districts and neighbourhoods of the catalogue, by their name or value."""
    rows = index.rows(
        "select facet, value, label, context from choice "
        "where facet in ('city', 'district', 'part') and (slug = ? or value = ?) "
        "order by facet, count desc, value",
        [text.slug(near), near],
    )
    for facet, value, label, context in rows:
        sql = f"select avg(p.lat), avg(p.lon) from place p where {_AREAS[facet]}"
        yield Settlement(label, context, Point(*index.rows(sql, [value])[0]))


def _with_postcode(index: Index, begins: str, name: str) -> list[Settlement]:
    """The middle of the places whose code begins so and whose point is known."""
    [(count, lat, lon)] = index.rows(
        "select count(*), avg(lat), avg(lon) from place "
        "where postcode >= ? and postcode < ? and drawn = 1",
        [begins, begins + "~"],
    )
    return [Settlement(name, "", Point(lat, lon))] if count else []


def _around_postcode(index: Index, code: str) -> list[Settlement]:
    """The same by the longest beginning of the code that any place has."""
    for length in _PREFIXES:
        begins = code[:length]
        if found := _with_postcode(index, begins, _AROUND_POSTCODE.format(begins)):
            return found
    return []
