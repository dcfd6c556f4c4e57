"""How well a place has the words of a question: what its row of `words` weighs, in SQL.

Only places that are left are weighed, so that a question costs what its answers cost; FTS5's own
rank first reads the whole list of every word, a hundred thousand places for twenty answers.  The
person's own word weighs what its heaviest field weighs, another name for it always less.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from places.groups import Group, Word
from places.index import Index

WEIGHTS = {"name": 10, "network": 6, "kind": 4, "address": 4, "offer": 2, "rest": 1}
"""Name over network over kind over address over offer over the rest, see layout.py's columns."""
BY_ANOTHER_NAME = {"name": 0.8, "": 0.5}
"""What a synonym weighs in the name, and anywhere: less than the word itself in a description."""
BEGUN = 0.9
"""The share of it for a word that only begins like the one being typed."""
_ORDER = list(WEIGHTS)
Fields = Mapping[str, str]


class Weight(NamedTuple):
    """What a group of words weighs in a place."""

    field: str
    """The heaviest that holds it; empty: none does."""
    value: float
    itself: bool
    """Whether it is the person's own word, not another name for it."""


class _Sql(NamedTuple):
    text: str
    values: tuple[Any, ...]


def weighed(groups: Sequence[Group], every: bool) -> tuple[str, tuple[Any, ...]]:
    """SQL over `w` (a row of `words`), with its values; the more, the better.

    `every`: whether all the places have all the groups anyway, so that none need be asked for.
    """
    parts = [(one.telling, *(_group(one) if every else _if_there(one))) for one in groups]
    sql = " + ".join(f"? * {text}" for _, text, _ in parts) or "0.0"
    return sql, tuple(value for telling, _, values in parts for value in (telling, *values))


def fields_of(index: Index, number: int) -> Fields:
    """The words of the place of this number, by field."""
    rows = index.rows(f"select {', '.join(WEIGHTS)} from words where n = ?", [number])
    return {name: f" {text} " for name, text in zip(WEIGHTS, rows[0], strict=True)}


def weight(fields: Fields, group: Group) -> Weight:
    """What a group weighs in a place: the same as `weighed` says in SQL."""
    held = [heaviest(fields, word) for word in group.own]
    if all(held):
        pairs = zip(held, group.own, strict=True)
        value = sum(_share(fields[field], word) * WEIGHTS[field] for field, word in pairs)
        return Weight(min(held, key=_ORDER.index), value / len(held), True)
    for zone, value in BY_ANOTHER_NAME.items():
        text = fields.get(zone) or "".join(fields.values())
        for phrase in group.others:
            if all(_holds(text, word) for word in phrase):
                found = [heaviest(fields, word) for word in phrase]
                return Weight(min(found, key=_ORDER.index), value, False)
    return Weight("", 0.0, False)


def heaviest(fields: Fields, word: Word) -> str:
    """The heaviest field that holds a word; empty: none does."""
    return next((name for name in WEIGHTS if _holds(fields[name], word)), "")


def _share(text: str, word: Word) -> float:
    return 1.0 if _holds(text, _parted(word)[0]) else BEGUN


def _holds(text: str, word: Word) -> bool:
    return any(pattern in text for pattern in word)


def _if_there(group: Group) -> _Sql:
    own = _group(group)
    there = "w.n in (select rowid from words_fts where words_fts match ?)"
    return _Sql(f"(case when {there} then {own.text} else 0.0 end)", (group.match, *own.values))


def _group(group: Group) -> _Sql:
    """The person's own words where all are there, else another name."""
    words = [_word(word) for word in group.own]
    other = _another_name(group)
    if len(words) == 1:
        both = _Sql(f"coalesce(nullif({words[0].text}, 0), {other.text})", words[0].values)
    else:
        there = " and ".join(f"{one.text} > 0" for one in words)
        mean = f"({' + '.join(one.text for one in words)}) / {len(words)}"
        own = tuple(_values(words))
        both = _Sql(f"(case when {there} then {mean} else {other.text} end)", own + own)
    return _Sql(both.text, both.values + other.values)


def _another_name(group: Group) -> _Sql:
    """Of a place that has the group for sure, and not in its own words."""
    if not group.others:
        return _Sql("0.0", ())
    ways = [_all_in("' ' || w.name || ' '", phrase) for phrase in group.others]
    held = " or ".join(one.text for one in ways)
    sql = f"(case when {held} then {BY_ANOTHER_NAME['name']} else {BY_ANOTHER_NAME['']} end)"
    return _Sql(sql, tuple(_values(ways)))


def _word(word: Word) -> _Sql:
    whole, begun = _parted(word)
    cases: list[str] = []
    values: list[Any] = []
    for field, value in WEIGHTS.items():
        text = f"' ' || w.{field} || ' '"
        for patterns, share in ((whole, 1.0), (begun, BEGUN)):
            if patterns:
                found = _in(text, patterns)
                cases.append(f"when {found.text} then {value * share}")
                values += found.values
    return _Sql(f"(case {' '.join(cases)} else 0.0 end)", tuple(values))


def _parted(word: Word) -> tuple[Word, Word]:
    """Whole words, and those that only begin so."""
    whole = tuple(one for one in word if one.endswith(" "))
    return whole, tuple(one for one in word if not one.endswith(" "))


def _all_in(text: str, phrase: Sequence[Word]) -> _Sql:
    parts = [_in(text, word) for word in phrase]
    return _Sql(f"({' and '.join(one.text for one in parts)})", tuple(_values(parts)))


def _in(text: str, word: Word) -> _Sql:
    return _Sql(f"({' or '.join(f'instr({text}, ?)' for _ in word)})", tuple(word))


def _values(parts: Iterable[_Sql]) -> Iterator[Any]:
    return (value for one in parts for value in one.values)
