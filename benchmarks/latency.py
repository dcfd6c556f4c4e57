"""The whole of a search, intents, counts and opening hours too, against one bare statement.

Bare is what somebody would write first: the words by FTS5, the surroundings by R*Tree, twenty
ids in the order of FTS5's own rank.  It reads no record, counts nothing and knows no forms.
"""

import sqlite3
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple

from benchmarks import cities, table
from benchmarks.table import Row, Table
from places import index, search, suggest, text, whereabouts
from places.geo import Point, box_around
from places.hours import WARSAW
from places.query import Query

NOW = datetime(2026, 3, 11, 12, 0, tzinfo=WARSAW)
_BARE_BAR = 5.0
_SUGGEST_BAR = 1 / 3
_RADIUS = 15_000
_TOWNS = ("Kraków", "Gdańsk", "Rzeszów", "Łódź", "Suwałki", "Bochnia")
_SAID = ("w Krakowie", "w Gdańsku", "w Rzeszowie", "w Łodzi", "w Suwałkach", "koło Bochni")
_WORDS = ("klub seniora", "świetlica", "planszówki", "kuchnia", "dom kultury")
_WISHES = (("", "now"), ("za darmo", ""), ("dla dzieci", "weekend"), ("bez schodów", "evening"))
# The plus makes it forty times faster: without it FTS5 is asked once for each place of the box.
_BARE = (
    "select p.id from words_fts f cross join place p on p.n = f.rowid "
    "where words_fts match ? and +f.rowid in (select n from box "
    "where south <= ? and north >= ? and west <= ? and east >= ?) "
    "order by bm25(words_fts) limit 20"
)


class Asked(NamedTuple):
    """A question both ways."""

    query: Query
    """With a place, a wish and a time, as typed."""
    words: str
    """Only what is to be found, for FTS5."""
    town: str
    """Around which."""


class Took(NamedTuple):
    """Medians of processor seconds for a question."""

    ours: float
    bare: float
    suggested: float
    """The mean of suggesting while its words are typed."""


def questions() -> list[Asked]:
    """Words by towns, each with one of the wishes and times in turn."""
    return [
        Asked(
            Query(q=f"{words} {_SAID[number]} {wish}".strip(), open=when),
            " ".join(f'"{one}"' for one in text.words(words)),
            _TOWNS[number],
        )
        for count, (words, number) in enumerate(product(_WORDS, range(len(_TOWNS))))
        for wish, when in [_WISHES[count % len(_WISHES)]]
    ]


def tables(count: int, runs: int) -> Iterator[Table]:
    """Search against the bare statement, and suggesting against search."""
    took = _measured(cities.catalogue(count), runs)
    ours, bare, suggested = (list(times) for times in zip(*took, strict=True))
    rows = (
        _row("search, the median question", ours, bare, statistics.median, _BARE_BAR),
        _row("search, one in twenty", ours, bare, table.p95, _BARE_BAR),
        _row("suggest, the median", suggested, ours, statistics.median, _SUGGEST_BAR),
        _row("suggest, one in twenty", suggested, ours, table.p95, _SUGGEST_BAR),
    )
    notes = (
        f"{len(took)} questions with words, a place, a wish and a time; processor time of",
        f"search.run, median of {runs} for each.  Bare: one FTS5 + R*Tree statement for the same",
        "words around the same town.  Suggest: the mean of three strokes of the same words.",
    )
    yield Table(f"Understanding and time, {count:,} places", notes, rows)


def _row(
    what: str, ours: list[float], other: list[float], of: Callable[[list[float]], float], bar: float
) -> Row:
    own, theirs = of(ours), of(other)
    return Row(what, table.said_time(own), table.said_time(theirs), own / theirs, bar)


def _measured(catalogue: Path, runs: int) -> list[Took]:
    with index.open_index(catalogue, catalogue.parent, NOW.date()) as opened:
        search.run(opened, Query(q="klub"), NOW)  # The names are read once for each catalogue.
        towns = {one: whereabouts.locate(opened, one) for one in _TOWNS}
    centres = {town: where.centre for town, where in towns.items() if where}
    with closing(sqlite3.connect(catalogue.parent / "index.db")) as plain:
        return [_took(catalogue, plain, one, centres[one.town], runs) for one in questions()]


def _took(catalogue: Path, plain: sqlite3.Connection, one: Asked, centre: Point, runs: int) -> Took:
    box = box_around(centre, _RADIUS)
    values = (one.words, box.north, box.south, box.east, box.west)
    with index.open_index(catalogue, catalogue.parent, NOW.date()) as opened:
        times = table.in_turn(
            runs,
            ours=lambda: search.run(opened, one.query, NOW),
            bare=lambda: plain.execute(_BARE, values).fetchall(),
            suggested=lambda: [suggest.suggest(opened, q) for q in _typed(one.query.q)],
        )
    found = table.medians(times)
    return Took(found["ours"], found["bare"], found["suggested"] / len(_typed(one.query.q)))


def _typed(q: str) -> Sequence[str]:
    """What stands in the box at three strokes of a key."""
    return [q[:length] for length in (3, 5, 8)]
