"""Where "near Rudna" is: a point from the browser, or the name of a place that a person typed.

Many villages share a name: the most populous one is meant, the others are offered.
"""

from dataclasses import dataclass

from places import text
from places.errors import Fault, Invalid
from places.gazetteer import key_of
from places.geo import Point, metres
from places.index import Index

_APART = 5_000  # metres


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


def locate(index: Index, near: Point | str | None) -> Where | None:
    """The point that is meant.  "Rudna" is the most populous one, "Rudna, lubiński" that one.

    A village too small for the gazetteer is found by its places in the catalogue.
    """
    if near is None:
        return None
    if isinstance(near, Point):
        return Where(near, "", ())
    name, _, hint = near.partition(",")
    hinted = set(text.words(hint))
    found = [
        row
        for row in [*_from_gazetteer(index, name), *_from_catalogue(index, near)]
        if hinted <= set(text.words(row.context)) or row.name == near
    ]
    if not found:
        raise Invalid([Fault("near", "unknown_settlement", near)])
    first, *rest = found
    # The catalogue knows most settlements too: another one is at least a village away.
    others = tuple(one for one in rest if metres(one.point, first.point) > _APART)
    return Where(first.point, first.name, others, first.context)


def _from_gazetteer(index: Index, name: str) -> list[Settlement]:
    rows = index.rows(
        "select name, powiat, voivodeship, lat, lon from settlement where key = ? "
        "order by population desc, lat, lon",
        [key_of(name)],
    )
    return [Settlement(row[0], ", ".join(dict.fromkeys(row[1:3])), Point(*row[3:])) for row in rows]


def _from_catalogue(index: Index, near: str) -> list[Settlement]:
    rows = index.rows(
        "select c.label, c.context, avg(p.lat), avg(p.lon) from choice c join place p "
        "on (c.facet = 'city' and p.city = c.value) or (c.facet = 'district' "
        "and p.district = c.value) where c.facet in ('city', 'district') "
        "and (c.slug = ? or c.value = ?) group by c.facet, c.value order by count(*) desc",
        [text.slug(near), near],
    )
    return [Settlement(row[0], row[1], Point(*row[2:])) for row in rows]
