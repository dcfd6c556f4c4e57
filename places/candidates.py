"""The candidates: places that the words, the nearness, the box and the time of a query leave.

They are put once into a temporary table, with all that orders them; filters and counts are then
small questions to that table.  Where no place has all the words, those with some of them are
meant, and where a town was said, all its places.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from places import opening
from places.areas import (
    AWAY,
    Condition,
    any_of,
    circle,
    exactly,
    from_point,
    in_area,
    in_tree,
    middle,
    within,
)
from places.groups import Group
from places.index import Index
from places.query import Query
from places.rows import ELSE, UNKNOWN, YES
from places.understanding import Understood, Wish
from places.weighing import weighed
from places.whereabouts import Where

_COPIED = "p.n, p.id, p.sort_key, p.type, p.city, p.district, p.networks, p.drawn, p.checked"
"""What a candidate knows of its place, so that counting and sorting need not look it up."""


def gather(
    index: Index, query: Query, where: Where | None, understood: Understood, now: datetime
) -> str | None:
    """Fills the table of candidates and says what they have.

    "every" word; the same, only "around" the town that was said; "some" of the words; no more than
    the "area" that was said; the words "elsewhere"; or all but the words: what was "meant" beside.
    None when nothing was asked that leaves any place out, and there is no such table.
    """
    fixed = list(_fixed(query, where))
    said = [
        in_area(index, one, name)
        for one, name in zip(understood.places, understood.names, strict=True)
    ]
    if not (fixed or said or understood.groups or understood.wishes or understood.open):
        return None
    for level in _levels(understood, fixed, said):
        # Elsewhere and around mean nearest to what was said.
        whence = (where or _middle_of_all(index, understood)) if level.away else where
        columns = _Columns(index, query, whence, understood, now)
        if query.order == "relevance" and level.weighed:
            columns.rank, columns.weights = weighed(level.weighed, level.whole)
        _fill(index, level.conditions, columns)
        if index.rows("select 1 from candidate limit 1"):
            return level.name
    return "every"


def marks(values: Iterable[Any]) -> str:
    """As many question marks as there are values."""
    return ", ".join("?" for _ in values)


class _Level(NamedTuple):
    """What may be meant."""

    name: str
    conditions: list[Condition]
    weighed: Sequence[Group] = ()
    """The words that order what is found."""
    whole: bool = True
    """Whether what is found has them all."""
    away: bool = False
    """Whether it lies outside the area that was said."""


def _levels(
    understood: Understood, fixed: Sequence[Condition], said: Sequence[Condition]
) -> Iterator[_Level]:
    """The likeliest first."""
    groups = understood.groups
    part = [one for one in groups if one.generic or one in understood.telling]
    around = understood.around
    ways: list[tuple[str, Sequence[Group], bool]] = [(understood.every, groups, True)]
    ways += [(understood.some, part, False)] if understood.some else []
    for match, meant, whole in ways:
        here = [*fixed, *said, *_words(match)]
        name = ("around" if around else "every") if whole else "some"
        yield _Level(name, here, meant, whole, away=around)
        if whole and understood.literal:
            literal = [*fixed, *_words(understood.literal)]
            yield _Level("every", literal, (*groups, *understood.called))
    if said and groups:
        yield _Level("area", [*fixed, *said], part, whole=False)
    if len(said) > 1:
        # "Warszawa Kraków": no place is in both, and either was meant.
        yield _Level("some", [*fixed, any_of(said), *_words(understood.every)], groups)
    if said and groups:
        for match, meant, whole in ways:
            yield _Level("elsewhere", [*fixed, *_words(match)], meant, whole, away=True)
    elif groups and understood.beside:
        yield _Level("meant", [*fixed], part, whole=False)


def _fixed(query: Query, where: Where | None) -> Iterator[Condition]:
    if where is not None and query.metres is not None:
        yield circle(where.centre, query.metres)
    if query.bbox is not None:
        yield in_tree(query.bbox)
        yield within(query.bbox)


def _words(match: str) -> Iterator[Condition]:
    if match:
        yield Condition("words", "f.words_fts match ?", (match,))


def _middle_of_all(index: Index, understood: Understood) -> Where | None:
    areas = (area for place in understood.places for area in place.areas)
    found = (middle(index, area) for area in areas)
    return next((Where(point, "", ()) for point in found if point is not None), None)


class _Columns:
    """What a candidate is ordered by, as SQL with its values."""

    def __init__(
        self, index: Index, query: Query, where: Where | None, understood: Understood, now: datetime
    ) -> None:
        self.away, self._from = "null", ()  # type: str, tuple[Any, ...]
        if where is not None:
            self.away, self._from = f"case when p.drawn then {AWAY} end", from_point(where.centre)
        self.rank, self.weights = "null", ()  # type: str, tuple[Any, ...]
        wishes = [_wish(one) for one in understood.wishes]
        places = [*understood.places, *understood.offered]
        wishes += [exactly(one) for place in places for one in place.areas]
        self.wish = " + ".join(one.sql for one in wishes) or "0"
        self._wishes = tuple(value for one in wishes for value in one.values)
        self.open = "2"
        if understood.open:
            _put_states(index, index.states(opening.spans(understood.open, now)))
            closed = f"case when p.rule is null then {opening.UNKNOWN} else {opening.CLOSED} end"
            self.open = f"coalesce((select state from asked where r = p.rule), {closed})"
        needs = [_wish(one) for one in understood.needs]
        self.conditions = [Condition("", f"{one.sql} > 0", one.values) for one in needs]
        self.sure = " and ".join(f"{one.sql} > {UNKNOWN}" for one in needs) or "1"
        self._needs = tuple(value for one in needs for value in one.values)
        if understood.open:
            self.conditions.append(Condition("", f"{self.open} > {opening.CLOSED}", ()))

    @property
    def values(self) -> tuple[Any, ...]:
        """In the order of `away`, `wish`, `open`, `sure`, `rank`."""
        return (*self._from, *self._wishes, *self._needs, *self.weights)


def _fill(index: Index, conditions: Sequence[Condition], columns: _Columns) -> None:
    source = "place p"
    if any(one.facet == "words" for one in conditions):
        # CROSS JOIN holds SQLite to this order: asking the words for each place costs far more.
        source = "words_fts f cross join place p on p.n = f.rowid"
        conditions = [one if one.facet == "words" else _before_lookup(one) for one in conditions]
    if columns.rank != "null":
        source += " join words w on w.n = p.n"
    every = [*conditions, *columns.conditions]
    narrowed = f"where {' and '.join(one.sql for one in every)}" if every else ""
    index.rows("drop table if exists temp.candidate")
    index.rows(
        f"create temp table candidate as select {_COPIED}, {columns.away} as away, "
        f"{columns.wish} as wish, {columns.open} as open, {columns.sure} as sure, "
        f"{columns.rank} as rank "
        f"from {source} {narrowed}",
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


def _put_states(index: Index, states: dict[int, int]) -> None:
    index.rows("drop table if exists temp.asked")
    index.rows("create temp table asked (r integer primary key, state integer not null)")
    index.fill("asked", states.items())
