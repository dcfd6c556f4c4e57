"""The places a query speaks of, ready for several questions: how many, which, under what values.

The plan.  What text, nearness and box leave (the candidates) is put once into a temporary table;
filters, counts, order and page are then small questions to that table.  Without such conditions
the table of all places stands in its stead.  The R*Tree is coarse (32-bit), so it only proposes:
exact metres decide.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from places import text
from places.geo import Box, Point, box_around, metres_through, on_sphere, square_through
from places.index import Index
from places.place import network_key
from places.query import FACETS, Query
from places.whereabouts import Where

MOST_CHOICES = 60
"""Values of a facet that a page of results carries; the chosen ones always."""
# Name over network over kind over address over offer over the rest, see layout.py's columns.
_WEIGHTS = "10.0, 6.0, 4.0, 4.0, 2.0, 1.0"
_ORDERS = {
    "relevance": "p.rank, p.sort_key, p.id",
    "distance": "p.away nulls last, p.sort_key, p.id",
    "name": "p.sort_key, p.id",
    "checked": "p.checked is null, p.checked desc, p.sort_key, p.id",
    "id": "p.id",
}
_COPIED = "p.n, p.drawn, p.type, p.district, p.networks, p.city, p.sort_key, p.id, p.checked"
"""What a candidate knows of its place, so that counting and sorting need not look it up."""
# What differs most comes first: grouping then compares less.
_FACET_COLUMNS = {"type": "type", "district": "district", "network": "networks", "city": "city"}
_AWAY = "(p.x - ?) * (p.x - ?) + (p.y - ?) * (p.y - ?) + (p.z - ?) * (p.z - ?)"
"""How far, as geo.py's square through the ball: SQLite multiplies faster than it calls us."""


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


@dataclass(frozen=True)
class _Condition:
    """A part of WHERE: SQL over `p` (a place) with its values."""

    facet: str
    sql: str
    values: tuple[Any, ...]


class Scope:
    """The places a query speaks of, ready for several questions."""

    def __init__(self, index: Index, query: Query, where: Where | None) -> None:
        self._index = index
        self._query = query
        self._filters = list(_filters(index, query))
        self._read: dict[tuple[str, tuple[Any, ...]], list[Any]] = {}
        candidates = list(_candidates(query, where))
        self._source = "place"
        if candidates:
            self._source = "candidate"
            _gather(index, query, candidates, where)

    def total(self) -> tuple[int, int]:
        """How many there are, and how many of them are too vague for a map."""
        sql, values = self._where(self._filters)
        rows = self._index.rows(
            f"select count(*), coalesce(sum(1 - drawn), 0) from {self._source} p {sql}", values
        )
        return rows[0][0], rows[0][1]

    def page(self, order: str, size: int, number: int) -> list[tuple[str, float | None]]:
        """The lines of a page, each with its metres."""
        sql, values = self._where(self._filters)
        away = "null" if self._source == "place" else "p.away"
        rows = self._index.rows(
            f"select r.feature, c.away from (select p.n as n, {away} as away "
            f"from {self._source} p {sql} order by {_ORDERS[order]} limit ? offset ?) c "
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
        within = [_Condition("", "p.drawn = 1", ())]
        if view is not None:
            within.append(_within(view))
        sql, values = self._where([*self._filters, *within])
        if self._source == "place":
            return f"from place p {sql}", values
        return f"from candidate s join place p on p.n = s.n {sql}", values

    def _grouped(self, facet: str, others: Sequence[_Condition], own: set[str]) -> list[Choice]:
        counts: Counter[str] = Counter()
        for value, count in self._counts(facet, others):
            counts[value] += count
        # The chosen ones are shown even at nought, or they could not be taken back.
        found = sorted({*counts, *own}, key=lambda one: (one not in own, -counts[one], one))
        return self._named(facet, [(one, counts[one]) for one in found[:MOST_CHOICES]], own)

    def _counts(self, facet: str, conditions: Sequence[_Condition]) -> Iterable[tuple[str, int]]:
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
            f"where facet = ? and value in ({_marks(counts)})",
            (facet, *(value for value, _ in counts)),
        )
        names = {value: (label, context) for value, label, context in rows}
        return [
            Choice(value, *names[value], count, value in own)
            for value, count in counts
            if value in names
        ]

    def _where(self, conditions: Sequence[_Condition]) -> tuple[str, tuple[Any, ...]]:
        if not conditions:
            return "", ()
        return (
            "where " + " and ".join(one.sql for one in conditions),
            tuple(value for one in conditions for value in one.values),
        )


def _filters(index: Index, query: Query) -> Iterable[_Condition]:
    for facet in FACETS:
        chosen = getattr(query, facet)
        if not chosen:
            continue
        keys = tuple(_keys(index, facet, chosen))
        sql = f"p.{facet} in ({_marks(keys)})"
        if facet == "network":
            sql = f"p.n in (select place from network where network in ({_marks(keys)}))"
        yield _Condition(facet, sql, keys)


def _keys(index: Index, facet: str, chosen: Sequence[str]) -> Iterable[str]:
    """The keys that the words mean: a key itself, or every value of that name."""
    if facet == "type":
        return chosen
    key_of_name = network_key if facet == "network" else text.slug
    slugs = {word: key_of_name(word) for word in chosen}
    rows = index.rows(
        "select value, slug from choice where facet = ? and "
        f"(value in ({_marks(chosen)}) or slug in ({_marks(chosen)}))",
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


def _candidates(query: Query, where: Where | None) -> Iterable[_Condition]:
    if where is not None and query.metres is not None:
        box = box_around(where.centre, query.metres)
        yield _in_tree(box, query)
        limit = square_through(query.metres)
        yield _Condition("", f"{_AWAY} <= ?", (*_away_from(where.centre), limit))
    if query.bbox is not None:
        yield _in_tree(query.bbox, query)
        yield _within(query.bbox)
    if query.words:
        match = " ".join(f'"{word}"*' for word in query.words)
        yield _Condition("words", "f.words_fts match ?", (match,))


def _in_tree(box: Box, query: Query) -> _Condition:
    edges = "south <= ? and north >= ? and west <= ? and east >= ?"
    # Beside words the tree only narrows; alone it leads, see _gather.
    sql = f"p.n in (select n from box where {edges})" if query.words else edges
    return _Condition("", sql, (box.north, box.south, box.east, box.west))


def _within(box: Box) -> _Condition:
    return _Condition(
        "",
        "p.lat between ? and ? and p.lon between ? and ?",
        (box.south, box.north, box.west, box.east),
    )


def _gather(
    index: Index, query: Query, conditions: Sequence[_Condition], where: Where | None
) -> None:
    """Puts the candidates into their table."""
    away, values = "null", ()  # type: str, tuple[Any, ...]
    if where is not None:
        away = f"case when p.drawn then {_AWAY} end"
        values = _away_from(where.centre)
    # CROSS JOIN holds SQLite to this order: asking tree or words for each place costs far more.
    source, rank = "box b cross join place p on p.n = b.n", "null"
    if query.words:
        source = "words_fts f cross join place p on p.n = f.rowid"
        rank = f"bm25(words_fts, {_WEIGHTS})" if query.order == "relevance" else "null"
    index.rows("drop table if exists temp.candidate")
    index.rows(
        f"create temp table candidate as select {_COPIED}, {away} as away, {rank} as rank "
        f"from {source} where {' and '.join(one.sql for one in conditions)}",
        (*values, *(value for one in conditions for value in one.values)),
    )


def all_choices(
    index: Index, facet: str, own: Collection[str] = (), limit: int = -1
) -> list[Choice]:
    rows = index.rows(
        "select value, label, context, count from choice where facet = ? "
        f"order by value in ({_marks(own)}) desc, count desc, value limit ?",
        (facet, *own, limit),
    )
    return [
        Choice(value, label, context, count, value in own) for value, label, context, count in rows
    ]


def _away_from(point: Point) -> tuple[float, ...]:
    """The values of _AWAY."""
    x, y, z = on_sphere(point)
    return x, x, y, y, z, z


def _marks(values: Iterable[Any]) -> str:
    return ", ".join("?" for _ in values)
