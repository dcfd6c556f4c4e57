"""The records to mend, the worst first: who lacks most, and whose facts nobody checked lately.

Everything that is missing counts one: a question without an answer, a group of facts that is due,
a point that is none of an address, a doubt, a picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from places.care import LACKS
from places.errors import Fault, Invalid, shortened
from places.freshness import GROUPS, Terms, months_before
from places.index import Index
from places.quality import Figures, condition

STALE = tuple(f"stale-{name}" for name in GROUPS)
MISSING = (*LACKS, *STALE)
"""What a record may lack."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record to mend."""

    id: str
    slug: str
    name: str
    city: str
    city_key: str
    missing: tuple[str, ...]
    """Of MISSING; so many points it has."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A page of records to mend."""

    total: int
    records: tuple[Record, ...]


def read(args: Mapping[str, Sequence[str]]) -> str:
    """The one thing the records must lack; "" for anything.

    Raises Invalid.
    """
    value = next((one for one in args.get("missing", ()) if one), "")
    if value and value not in MISSING:
        raise Invalid([Fault("missing", "not_in_list", shortened(value), ", ".join(MISSING))])
    return value


def to_mend(
    index: Index,
    chosen: Mapping[str, Figures],
    missing: str,
    age: tuple[date, Terms],
    most: int = 50,
    skip: int = 0,
) -> Mend:
    """The records of these places that lack something, or just that thing, the worst first."""
    today, terms = age
    stale = {name: _stale(bit, name, today, terms) for bit, name in enumerate(GROUPS)}
    points = " + ".join(["c.lacks", *stale.values()])
    where, values = condition(chosen)
    if missing:
        where += f" and {_lacks(missing, stale)}"
    source = f"from care c join place p on p.n = c.n where {where} and {points} > 0"
    total = index.rows(f"select count(*) {source}", values)[0][0]
    rows = index.rows(
        f"select p.id, p.slug, p.name, p.city_name, p.city, c.lacking, {', '.join(stale.values())}"
        f" {source} order by {points} desc, c.existence is not null, c.existence, p.id"
        " limit ? offset ?",
        [*values, most, skip],
    )
    return Mend(total, tuple(map(_record, rows)))


def _stale(bit: int, name: str, today: date, terms: Terms) -> str:
    """1 where a group of facts is due, see `freshness.is_due`; else 0."""
    latest = months_before(today, terms.of(name)).toordinal()
    return f"(c.given >> {bit} & 1 and coalesce(c.{name} <= {latest}, 1))"


def _lacks(missing: str, stale: Mapping[str, str]) -> str:
    if missing in STALE:
        return stale[missing.removeprefix("stale-")]
    return f"c.lacking >> {LACKS.index(missing)} & 1"


def _record(row: Sequence[Any]) -> Record:
    place_id, slug, name, city, city_key, lacking, *stale = row
    gaps = [one for bit, one in enumerate(LACKS) if lacking >> bit & 1]
    old = [one for one, due in zip(STALE, stale, strict=True) if due]
    return Record(place_id, slug, name, city, city_key, (*gaps, *old))
