"""The places a query speaks of, ready for several questions: how many, which, under what values.

The plan.  What text, nearness, box and time leave (see candidates.py) is put once into a temporary
table; filters, counts, order and page are then small questions to that table.  Without such
conditions the table of all places stands in its stead.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from places import text
from places.areas import Condition, within
from places.candidates import gather, marks
from places.geo import Box, metres_through
from places.index import Index
from places.place import network_key
from places.query import FACETS, Query
from places.understanding import Understood, understand, with_offered
from places.whereabouts import Where, locate

WHOLE = ("every", "around")
"""The levels of places that have all that was asked for."""
MOST_CHOICES = 60
"""Values of a facet that a page of results carries; the chosen ones always."""
_ORDERS = {
    # To the second decimal: what is as good in words is then set apart by how fresh it is.
    "relevance": "p.wish desc, round(p.rank, 2) desc, p.checked desc nulls last, p.sort_key, p.id",
    "elsewhere": "p.wish desc, p.away nulls last, p.sort_key, p.id",
    "distance": "p.away nulls last, p.sort_key, p.id",
    "name": "p.sort_key, p.id",
    "checked": "p.checked is null, p.checked desc, p.sort_key, p.id",
    "id": "p.id",
}
# What differs most comes first: grouping then compares less.
_FACET_COLUMNS = {"type": "type", "district": "district", "network": "networks", "city": "city"}


@dataclass(frozen=True)
class Choice:
    """A value of a facet."""

    value: str
    """As in the URL."""
    label: str
    """As a person reads it; for a type, its Polish name."""
    context: str
    """What tells it from another of the same name: the gmina, the city, the full name."""
    count: int
    """How many places there would be with this value, all other filters kept."""
    selected: bool


class Scope:
    """The places a query speaks of, ready for several questions."""

    def __init__(
        self, index: Index, query: Query, where: Where | None, understood: Understood, now: datetime
    ) -> None:
        self.where = where
        self.understood = understood
        self._index = index
        self._filters = list(_filters(index, query))
        self._read: dict[tuple[str, tuple[Any, ...]], list[Any]] = {}
        level = gather(index, query, where, understood, now)
        self.level = level or "every"
        """What the places have, see candidates.py's `gather`."""
        self._source = "candidate" if level else "place"

    def total(self) -> tuple[int, int]:
        """How many there are, and how many of them are too vague for a map."""
        sql, values = self._where(self._filters)
        rows = self._index.rows(
            f"select count(*), coalesce(sum(1 - drawn), 0) from {self._source} p {sql}", values
        )
        return rows[0][0], rows[0][1]

    @property
    def has_candidates(self) -> bool:
        """Whether the places stand in the table of candidates, not in that of all places."""
        return self._source == "candidate"

    def unknown_hours(self) -> int:
        """How many may be open at the time asked for, and nobody knows."""
        if not self.understood.open:
            return 0
        sql, values = self._where([*self._filters, Condition("", "p.open = 1", ())])
        return int(self._index.rows(f"select count(*) from candidate p {sql}", values)[0][0])

    def unknown_needs(self) -> int:
        """How many may have what the person cannot do without, and nobody knows."""
        if not self.understood.needs:
            return 0
        sql, values = self._where([*self._filters, Condition("", "p.sure = 0", ())])
        return int(self._index.rows(f"select count(*) from candidate p {sql}", values)[0][0])

    def page(self, order: str, size: int, number: int) -> list[tuple[str, float | None]]:
        """The lines of a page, each with its metres; what nobody knows below what is known."""
        sql, values = self._where(self._filters)
        away = "null"
        if self._source == "place":
            # What nothing was asked of has no relevance: "50 osób" is understood, and no filter.
            order = _ORDERS["name" if order == "relevance" else order]
        else:
            nearest = order == "relevance" and self.level in ("elsewhere", "around")
            away = "p.away"
            order = f"p.open desc, p.sure desc, {_ORDERS['elsewhere' if nearest else order]}"
        rows = self._index.rows(
            f"select r.feature, c.away from (select p.n as n, {away} as away "
            f"from {self._source} p {sql} order by {order} limit ? offset ?) c "
            "join record r on r.n = c.n",
            (*values, size, (number - 1) * size),
        )
        return [(feature, None if away is None else metres_through(away)) for feature, away in rows]

    def counted(self, facet: str) -> tuple[Choice, ...]:
        """The values of a facet with their counts, which heed every filter but its own."""
        own = {v for one in self._filters if one.facet == facet for v in one.values}
        others = [one for one in self._filters if one.facet != facet]
        if self._source == "place" and not others:
            found = all_choices(self._index, facet, own, MOST_CHOICES)
        else:
            found = self._grouped(facet, others, own)
        return tuple(found)

    def drawn(self, view: Box | None) -> tuple[str, tuple[Any, ...]]:
        """FROM and WHERE of those that may be drawn, for the map: `p` is the place's row."""
        inside = [Condition("", "p.drawn = 1", ())]
        if view is not None:
            inside.append(within(view))
        sql, values = self._where([*self._filters, *inside])
        if self._source == "place":
            return f"from place p {sql}", values
        return f"from candidate s join place p on p.n = s.n {sql}", values

    def _grouped(self, facet: str, others: Sequence[Condition], own: set[str]) -> list[Choice]:
        counts: Counter[str] = Counter()
        for value, count in self._counts(facet, others):
            counts[value] += count
        # The chosen ones are shown even at nought, or they could not be taken back.
        found = sorted({*counts, *own}, key=lambda one: (one not in own, -counts[one], one))
        return self._named(facet, [(one, counts[one]) for one in found[:MOST_CHOICES]], own)

    def _counts(self, facet: str, conditions: Sequence[Condition]) -> Iterable[tuple[str, int]]:
        """How many places have a value; the same value may come several times."""
        sql, values = self._where(conditions)
        if (sql, values) not in self._read:
            # All facets at once: as a rule they heed the same filters.
            columns = ", ".join(f"p.{name}" for name in _FACET_COLUMNS.values())
            self._read[sql, values] = self._index.rows(
                f"select {columns}, count(*) from {self._source} p {sql} group by {columns}", values
            )
        column = list(_FACET_COLUMNS).index(facet)
        for row in self._read[sql, values]:
            found = row[column] or ""
            for value in found.split() if facet == "network" else [found] if found else []:
                yield value, row[-1]

    def _named(
        self, facet: str, counts: Sequence[tuple[str, int]], own: Collection[str]
    ) -> list[Choice]:
        rows = self._index.rows(
            "select value, label, context from choice "
            f"where facet = ? and value in ({marks(counts)})",
            (facet, *(value for value, _ in counts)),
        )
        names = {value: (label, context) for value, label, context in rows}
        return [
            Choice(value, *names[value], count, value in own)
            for value, count in counts
            if value in names
        ]

    def _where(self, conditions: Sequence[Condition]) -> tuple[str, tuple[Any, ...]]:
        if not conditions:
            return "", ()
        return (
            "where " + " and ".join(one.sql for one in conditions),
            tuple(value for one in conditions for value in one.values),
        )


def scope_of(index: Index, query: Query, now: datetime) -> Scope:
    """The places a query speaks of at this moment.

    Raises Invalid when `near` names nothing we know.
    """
    where = locate(index, query.near)
    first = Scope(index, query, where, understand(index, query, now), now)
    if first.level in WHOLE and first.total()[0]:
        return first
    tried = first
    for other, fit in (
        (understand(index, query, now, bold=True), WHOLE),
        # "Wynajem sali Rudna": a hall elsewhere is no answer, another place in Rudna is.
        (with_offered(index, query, first.understood), (*WHOLE, "some", "area")),
    ):
        if other != first.understood:
            tried = Scope(index, query, where, other, now)
            if tried.level in fit and tried.total()[0]:
                return tried
    # The table of candidates is the last one's: back to the first.
    return first if tried is first else Scope(index, query, where, first.understood, now)


def _filters(index: Index, query: Query) -> Iterable[Condition]:
    for facet in FACETS:
        chosen = getattr(query, facet)
        if not chosen:
            continue
        keys = tuple(_keys(index, facet, chosen))
        sql = f"p.{facet} in ({marks(keys)})"
        if facet == "network":
            sql = f"p.n in (select place from network where network in ({marks(keys)}))"
        yield Condition(facet, sql, keys)


def _keys(index: Index, facet: str, chosen: Sequence[str]) -> Iterable[str]:
    """The keys that the words mean: a key itself, or every value of that name."""
    if facet == "type":
        return chosen
    key_of_name = network_key if facet == "network" else text.slug
    slugs = {word: key_of_name(word) for word in chosen}
    rows = index.rows(
        "select value, slug from choice where facet = ? and "
        f"(value in ({marks(chosen)}) or slug in ({marks(chosen)}))",
        (facet, *chosen, *slugs.values()),
    )
    known = {value for value, _ in rows}
    return dict.fromkeys(
        key
        for word in chosen
        for key in (
            [word]
            if word in known
            # An unknown word stays: it finds nothing, and says so.
            else [value for value, slug in rows if slug == slugs[word]] or [word]
        )
    )


def all_choices(
    index: Index, facet: str, own: Collection[str] = (), limit: int = -1
) -> list[Choice]:
    rows = index.rows(
        "select value, label, context, count from choice where facet = ? "
        f"order by value in ({marks(own)}) desc, count desc, value limit ?",
        (facet, *own, limit),
    )
    return [
        Choice(value, label, context, count, value in own) for value, label, context, count in rows
    ]
