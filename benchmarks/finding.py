"""Search, against the bare SQL of its own plan.

Bare means: the very statements that `search.run` sent, with their values, sent again by a plain
connection, and nothing done with the rows.  What is left is our own work: choosing
the plan, reading records, making the answer.
"""

import sqlite3
import statistics
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import cities, questions, table
from benchmarks.table import Row, Table
from places import index, search
from places.hours import WARSAW
from places.query import Query

NOW = datetime(2026, 3, 11, 12, 0, tzinfo=WARSAW)
_Statement = tuple[str, Sequence[Any]]

_BARE_BAR = 3.0
_GROWTH_BAR = 4.0
_NEAR_GROWTH_BAR = 1.5
_SETS = {
    "text + filters + counts + near": questions.all_at_once,
    "near me alone": lambda: questions.near_only(60),
    "text alone": questions.text_only,
    "filters alone": questions.filters_only,
    "no question": questions.everything,
    "most frequent words": questions.most_frequent_word,
}
_BARRED = "text + filters + counts + near"
_NEAR = "near me alone"


class Asked(NamedTuple):
    """How one question went: medians of processor seconds."""

    ours: float
    """Of search.run alone."""
    bare: float
    """Of its statements alone."""
    whole: float
    """With opening the index before and closing it after, as every request does."""


def tables(small: int, large: int, runs: int) -> Iterator[Table]:
    """Search at both sizes, and how it grows between them."""
    catalogues = {count: cities.catalogue(count) for count in (small, large)}
    found = measured(list(catalogues.values()), runs)
    sizes = [{name: [asked[size] for asked in found[name]] for name in found} for size in (0, 1)]
    for count, sets in zip(catalogues, sizes, strict=True):
        yield _against_bare(count, sets, runs)
    yield _growth(small, large, *sizes)


def measured(catalogues: Sequence[Path], runs: int) -> dict[str, list[list[Asked]]]:
    """Every set of questions; each question asked of all the catalogues in turn."""
    for catalogue in catalogues:
        with index.open_index(catalogue, catalogue.parent):
            pass  # Built, if it was not.
    return {
        name: [_ask(catalogues, query, runs) for query in queries()]
        for name, queries in _SETS.items()
    }


def _ask(catalogues: Sequence[Path], query: Query, runs: int) -> list[Asked]:
    plans = [_statements(one, query) for one in catalogues]
    times: list[list[Asked]] = [[] for _ in catalogues]
    for _ in range(runs):
        for catalogue, plan, found in zip(catalogues, plans, times, strict=True):
            ours, whole = _ours(catalogue, query)
            found.append(Asked(ours, _bare(catalogue, plan), whole))
    return [Asked(*map(statistics.median, zip(*found, strict=True))) for found in times]


def _ours(catalogue: Path, query: Query) -> tuple[float, float]:
    inner = 0.0

    def work() -> None:
        nonlocal inner
        with index.open_index(catalogue, catalogue.parent) as opened:
            inner = table.cpu(lambda: search.run(opened, query, NOW))

    whole = table.cpu(work)
    return inner, whole


def _bare(catalogue: Path, statements: Sequence[_Statement]) -> float:
    with closing(_plain(catalogue.parent / "index.db")) as connection:
        return table.cpu(lambda: _send(connection, statements))


def _statements(catalogue: Path, query: Query) -> list[_Statement]:
    found: list[_Statement] = []
    with index.open_index(catalogue, catalogue.parent) as opened:
        _recorded(opened, found)
        search.run(opened, query, NOW)
    return found


def _recorded(opened: index.Index, statements: list[_Statement]) -> None:
    """Has the index keep the statements it is sent."""
    rows = opened.rows

    def keep(sql: str, values: Sequence[Any] = ()) -> list[Any]:
        statements.append((sql, values))
        return rows(sql, values)

    opened.rows = keep  # type: ignore[method-assign]


def _plain(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma temp_store = memory")
    connection.execute("pragma synchronous = normal")
    return connection


def _send(connection: sqlite3.Connection, statements: Sequence[tuple[str, Sequence[Any]]]) -> None:
    for sql, values in statements:
        connection.execute(sql, values).fetchall()


def _against_bare(count: int, sets: dict[str, list[Asked]], runs: int) -> Table:
    rows = []
    for name, asked in sets.items():
        ours, bare = [one.ours for one in asked], [one.bare for one in asked]
        rows.append(
            Row(
                f"{name} ({len(asked)})",
                _spread(ours),
                f"bare {_spread(bare)}",
                sum(ours) / sum(bare),
                _BARE_BAR if name == _BARRED else None,
            )
        )
    worst = max(one.ours / one.bare for one in sets[_BARRED])
    rows.append(Row("worst single question of the first set", "", "", worst))
    notes = (
        f"Processor time of search.run, median of {runs} for each question, in turn; p50 / p95.",
        "Bare: the same statements sent by a plain connection; the ratio is of the sums.",
    )
    return Table(f"Search, {count:,} places", notes, tuple(rows))


def _growth(
    small: int, large: int, before: dict[str, list[Asked]], after: dict[str, list[Asked]]
) -> Table:
    rows = [
        _grown(name, before[name], after[name], _GROWTH_BAR if name == _BARRED else None)
        for name in _SETS
    ]
    was, now = (statistics.mean(one.whole for one in sets[_NEAR]) for sets in (before, after))
    rows.append(
        Row(
            f"{_NEAR}, with opening the index", table.said_time(now), table.said_time(was),
            now / was, _NEAR_GROWTH_BAR,
        )
    )  # fmt: skip
    notes = (
        "The mean of the same questions, each asked at both sizes in turn.  A request opens the",
        "index before it asks; near me alone has its bar with that, in the last row.",
    )
    return Table(f"Growth of search from {small:,} to {large:,} places", notes, tuple(rows))


def _grown(name: str, before: Sequence[Asked], after: Sequence[Asked], bar: float | None) -> Row:
    was, now = (statistics.mean(one.ours for one in asked) for asked in (before, after))
    return Row(name, table.said_time(now), table.said_time(was), now / was, bar)


def _spread(seconds: Sequence[float]) -> str:
    return f"{table.said_time(statistics.median(seconds))} / {table.said_time(table.p95(seconds))}"
