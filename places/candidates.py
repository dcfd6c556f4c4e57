"""The candidates: places that the words, the nearness, the box and the time of a query leave.

They are put once into a temporary table, with all that orders them; filters and counts are then
small questions to that table.  Where no place has all the words, those with some of them are
meant, and where a town was said, all its places.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from places import opening
from places.geo import Box, Point, box_around, on_sphere, square_through
from places.index import Index
from places.intents import Intent
from places.known import Area
from places.query import Query
from places.rows import ELSE, UNKNOWN, YES
from places.understanding import Understood, Wish
from places.whereabouts import Where

# Name over network over kind over address over offer over the rest, see layout.py's columns.
WEIGHTS = {"name": 10, "network": 6, "kind": 4, "address": 4, "offer": 2, "rest": 1}
_COPIED = "p.n, p.id, p.sort_key, p.type, p.city, p.district, p.networks, p.drawn, p.checked"
"""What a candidate knows of its place, so that counting and sorting need not look it up."""
_AWAY = "(p.x - ?) * (p.x - ?) + (p.y - ?) * (p.y - ?) + (p.z - ?) * (p.z - ?)"
"""How far, as geo.py's square through the ball: SQLite multiplies faster than it calls us."""
_AROUND = 15_000
"""Metres: "koło Opola", and a town where we have no place of our own."""
_EXACTLY = 0.5
"""How much the town itself counts before the other villages of its commune."""


@dataclass(frozen=True)
class Condition:
    """A part of WHERE: SQL over `p` (a place) with its values."""

    facet: str
    sql: str
    values: tuple[Any, ...]


def gather(
    index: Index, query: Query, where: Where | None, understood: Understood, now: datetime
) -> str | None:
    """Fills the table of candidates and says what they have.

    "every" word, "some" of them, no more than the "area" that was said, or the words "elsewhere";
    None when nothing was asked that leaves any place out, and there is no such table.
    """
    fixed = list(_fixed(query, where))
    said = [
        _said(index, one, name)
        for one, name in zip(understood.places, understood.names, strict=True)
    ]
    if not (fixed or said or understood.groups or understood.wishes or understood.open):
        return None
    columns = _Columns(index, query, where, understood, now)
    for level, conditions in _levels(understood, fixed, said):
        _fill(index, conditions, columns)
        if index.rows("select 1 from candidate limit 1"):
            return level
    return "every"


def within(box: Box) -> Condition:
    """Exactly in the box."""
    return Condition(
        "",
        "p.lat between ? and ? and p.lon between ? and ?",
        (box.south, box.north, box.west, box.east),
    )


def marks(values: Iterable[Any]) -> str:
    """As many question marks as there are values."""
    return ", ".join("?" for _ in values)


def _levels(
    understood: Understood, fixed: Sequence[Condition], said: Sequence[Condition]
) -> Iterator[tuple[str, list[Condition]]]:
    """What may be meant, the likeliest first."""
    some = [understood.some] if understood.some else []
    yield "every", [*fixed, *said, *_words(understood.every)]
    if understood.literal:
        yield "every", [*fixed, *_words(understood.literal)]
    for match in some:
        yield "some", [*fixed, *said, *_words(match)]
    if said and understood.groups:
        yield "area", [*fixed, *said]
        for match in (understood.every, *some):
            yield "elsewhere", [*fixed, *_words(match)]


def _fixed(query: Query, where: Where | None) -> Iterator[Condition]:
    if where is not None and query.metres is not None:
        yield _circle(where.centre, query.metres)
    if query.bbox is not None:
        yield _in_tree(query.bbox)
        yield within(query.bbox)


def _words(match: str) -> Iterator[Condition]:
    if match:
        yield Condition("words", "f.words_fts match ?", (match,))


def _circle(centre: Point, radius: float) -> Condition:
    tree = _in_tree(box_around(centre, radius))
    limit = square_through(radius)
    return Condition("", f"{tree.sql} and {_AWAY} <= ?", (*tree.values, *_from(centre), limit))


def _in_tree(box: Box) -> Condition:
    # The tree is coarse (32-bit): it proposes, exact metres or edges decide.
    edges = "south <= ? and north >= ? and west <= ? and east >= ?"
    return Condition(
        "", f"p.n in (select n from box where {edges})", (box.north, box.south, box.east, box.west)
    )


def _said(index: Index, intent: Intent, name: str) -> Condition:
    """Any reading of a place that was said; those called by it too."""
    readings = [_area(index, one, intent.kind == "near") for one in intent.areas]
    if name:
        called = "p.n in (select rowid from words_fts where words_fts match ?)"
        readings.append(Condition("", called, (name,)))
    return Condition(
        "",
        "(" + " or ".join(one.sql for one in readings) + ")",
        tuple(value for one in readings for value in one.values),
    )


def _area(index: Index, area: Area, around: bool) -> Condition:
    kind, _, value = area.value.partition(":")
    if area.kind == "voivodeship":
        return Condition("", "p.voivodeship = ?", (area.value,))
    if kind == "part":
        sql = "p.n in (select place from trait where kind = 'part' and value = ?)"
        return Condition("", sql, (value,))
    if kind == "at":
        lat, lon = map(float, value.split(","))
        return _circle(Point(lat, lon), _AROUND)
    if around and (middle := _middle(index, kind, value)):
        return _circle(middle, _AROUND)
    if kind == "gmina":
        return Condition("", "p.gmina = ?", (value,))
    # A town stands for the commune of its name too.
    same_name = "select value from choice where facet = 'gmina' and label = ?"
    return Condition("", f"(p.city = ? or p.gmina in ({same_name}))", (value, area.name))


def _middle(index: Index, column: str, value: str) -> Point | None:
    rows = index.rows(f"select avg(lat), avg(lon) from place where {column} = ?", [value])
    lat, lon = rows[0]
    return None if lat is None else Point(lat, lon)


class _Columns:
    """What a candidate is ordered by, as SQL with its values."""

    def __init__(
        self, index: Index, query: Query, where: Where | None, understood: Understood, now: datetime
    ) -> None:
        self.away, self._from = "null", ()  # type: str, tuple[Any, ...]
        if where is not None:
            self.away, self._from = f"case when p.drawn then {_AWAY} end", _from(where.centre)
        self.is_ranked = query.order == "relevance"
        wishes = [_wish(one) for one in understood.wishes]
        wishes += [_exactly(one) for place in understood.places for one in place.areas]
        self.wish = " + ".join(one.sql for one in wishes) or "0"
        self._wishes = tuple(value for one in wishes for value in one.values)
        self.open = "2"
        if understood.open:
            _put_states(index, index.states(opening.spans(understood.open, now)))
            closed = f"case when p.rule is null then {opening.UNKNOWN} else {opening.CLOSED} end"
            self.open = f"coalesce((select state from asked where r = p.rule), {closed})"
        refused = [_wish(one) for one in understood.wishes if one.kind in ("accessibility", "free")]
        self.conditions = [Condition("", f"{one.sql} > 0", one.values) for one in refused]
        if understood.open:
            self.conditions.append(Condition("", f"{self.open} > {opening.CLOSED}", ()))

    @property
    def values(self) -> tuple[Any, ...]:
        """In the order of `away`, `wish`, `open`."""
        return (*self._from, *self._wishes)


def _fill(index: Index, conditions: Sequence[Condition], columns: _Columns) -> None:
    source, rank = "place p", "null"
    if any(one.facet == "words" for one in conditions):
        # CROSS JOIN holds SQLite to this order: asking the words for each place costs far more.
        source = "words_fts f cross join place p on p.n = f.rowid"
        if columns.is_ranked:
            rank = f"bm25(words_fts, {', '.join(f'{w:.1f}' for w in WEIGHTS.values())})"
        conditions = [one if one.facet == "words" else _before_lookup(one) for one in conditions]
    every = [*conditions, *columns.conditions]
    narrowed = f"where {' and '.join(one.sql for one in every)}" if every else ""
    index.rows("drop table if exists temp.candidate")
    index.rows(
        f"create temp table candidate as select {_COPIED}, {columns.away} as away, "
        f"{columns.wish} as wish, {columns.open} as open, {rank} as rank from {source} {narrowed}",
        (*columns.values, *(value for one in every for value in one.values)),
    )


def _before_lookup(one: Condition) -> Condition:
    """The same, asked of a word's number alone, so that only places that fit are looked up.

    The plus keeps SQLite from asking the words once for each number.
    """
    sql = f"+f.rowid in (select p.n from place p where {one.sql})"
    return Condition(one.facet, sql, one.values)


def _wish(wish: Wish) -> Condition:
    """How far a place fulfils it, as a number of rows.py."""
    if wish.kind == "type":
        sql = f"case when p.type in ({marks(wish.values)}) then {YES} else {UNKNOWN} end"
        return Condition("", sql, wish.values)
    if wish.kind == "network":
        sql = f"select place from network where network in ({marks(wish.values)})"
        return Condition("", f"case when p.n in ({sql}) then {YES} else {UNKNOWN} end", wish.values)
    trait = "from trait t where t.place = p.n and t.kind = ?"
    found = f"(select max(t.answer) {trait} and t.value in ({marks(wish.values)}))"
    if wish.kind == "audience":
        others = f"case when exists (select 1 {trait}) then {ELSE} else {UNKNOWN} end"
        return Condition("", f"coalesce({found}, {others})", (wish.kind, *wish.values, wish.kind))
    return Condition("", f"coalesce({found}, {UNKNOWN})", (wish.kind, *wish.values))


def _exactly(area: Area) -> Condition:
    kind, _, value = area.value.partition(":")
    if kind == "city":
        return Condition("", f"(p.city = ?) * {_EXACTLY}", (value,))
    return Condition("", "0", ())


def _put_states(index: Index, states: dict[int, int]) -> None:
    index.rows("drop table if exists temp.asked")
    index.rows("create temp table asked (r integer primary key, state integer not null)")
    index.fill("asked", states.items())


def _from(point: Point) -> tuple[float, ...]:
    """The values of _AWAY."""
    x, y, z = on_sphere(point)
    return x, x, y, y, z, z
