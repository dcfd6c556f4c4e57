"""Which places are to be asked about, and which editions end: found in the index, without records.

The desk knows people and the index knows places; what belongs to both (who has no owner) is put
together here from ids.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from places.freshness import GROUPS, Terms, months_before
from places.index import Index
from places.place import network_key
from places.submissions import Scope

_COLUMNS = "p.id, p.slug, p.name, p.city_name, p.gmina, p.networks, c.given, c.ends, " + ", ".join(
    f"c.{name}" for name in GROUPS
)
_FROM = "from care c join place p on p.n = c.n"
_OLDEST = "order by c.existence is not null, c.existence, p.sort_key, p.id"
EVERYTHING, NOTHING = Scope(everything=True), Scope()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which places somebody looks after, and how old their facts may be."""

    today: date
    terms: Terms
    scope: Scope = EVERYTHING
    but: Scope = NOTHING
    """What others look after already."""


@dataclass(frozen=True, slots=True)
class Line:
    """A place in a list of the desk."""

    id: str
    slug: str
    name: str
    city: str
    teryt: str
    networks: tuple[str, ...]
    """Their keys, as in addresses."""
    due: tuple[str, ...]
    """The groups of facts to be asked about."""
    checked: date | None
    """When it was last known to work; of a month or a year the first day."""
    ends: date | None
    """The last day of this edition of its programme."""


def lines(index: Index, wanted: Wanted, ids: Collection[str]) -> list[Line]:
    """Those of these places that stand in lists, the longest unchecked first."""
    where, values = _within(wanted)
    rows = index.rows(
        f"select {_COLUMNS} {_FROM} where p.id in (select value from json_each(?)) and {where}"
        f" {_OLDEST}",
        [json.dumps(sorted(ids)), *values],
    )
    return [_line(row, wanted) for row in rows]


def due(
    index: Index, wanted: Wanted, without: Collection[str] = (), most: int = 50, skip: int = 0
) -> tuple[int, list[Line]]:
    """How many places are to be asked about, some left out, and a page of them."""
    where, values = _within(wanted)
    overdue, days = _overdue(wanted)
    condition = (
        f"{_FROM} where ({overdue}) and {where} and p.id not in (select value from json_each(?))"
    )
    given = [*days, *values, json.dumps(sorted(without))]
    total = index.rows(f"select count(*) {condition}", given)[0][0]
    rows = index.rows(
        f"select {_COLUMNS} {condition} {_OLDEST} limit ? offset ?", [*given, most, skip]
    )
    return total, [_line(row, wanted) for row in rows]


def ending(index: Index, wanted: Wanted, first: date, last: date) -> list[Line]:
    """The places whose edition ends between two days, the first to end first."""
    where, values = _within(wanted)
    rows = index.rows(
        f"select {_COLUMNS} {_FROM} where c.ends between ? and ? and {where}"
        " order by c.ends, p.sort_key, p.id",
        [first.toordinal(), last.toordinal(), *values],
    )
    return [_line(row, wanted) for row in rows]


def _overdue(wanted: Wanted) -> tuple[str, list[int]]:
    """A condition on a place that has something to be asked about, and its values."""
    parts = [
        f"c.given & {1 << bit} and (c.{name} is null or c.{name} <= ?)"
        for bit, name in enumerate(GROUPS)
    ]
    return " or ".join(parts), _latest(wanted)


def _within(wanted: Wanted) -> tuple[str, list[Any]]:
    """A condition on the places that are looked for, and its values."""
    within, values = _of(wanted.scope)
    if wanted.but == NOTHING:
        return within, values
    beyond, more = _of(wanted.but)
    return f"{within} and not {beyond}", [*values, *more]


def _of(scope: Scope) -> tuple[str, list[Any]]:
    if scope.everything:
        return "1", []
    parts = [f"substr(p.gmina, 1, {len(prefix)}) = ?" for prefix in scope.teryts]
    keys = [network_key(name) for name in scope.networks]
    parts += ["exists (select 1 from network w where w.place = p.n and w.network = ?)"] * len(keys)
    return f"({' or '.join(parts) or '0'})", [*scope.teryts, *keys]


def _line(row: Sequence[Any], wanted: Wanted) -> Line:
    place_id, slug, name, city, teryt, networks, given, ends, *days = row
    return Line(
        id=place_id,
        slug=slug,
        name=name,
        city=city,
        teryt=teryt,
        networks=tuple(networks.split()),
        due=tuple(_due(given, days, wanted)),
        checked=date.fromordinal(days[0]) if days[0] else None,
        ends=date.fromordinal(ends) if ends else None,
    )


def _due(given: int, days: Sequence[int | None], wanted: Wanted) -> Iterator[str]:
    for bit, (name, day, latest) in enumerate(zip(GROUPS, days, _latest(wanted), strict=True)):
        if given & 1 << bit and (day is None or day <= latest):
            yield name


def _latest(wanted: Wanted) -> list[int]:
    """For each group the last day a check of which is too old, see `freshness.is_due`."""
    return [months_before(wanted.today, wanted.terms.of(name)).toordinal() for name in GROUPS]
