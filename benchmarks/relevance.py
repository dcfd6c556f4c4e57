"""Whether people find what they mean: the queries of queries.toml against plain FTS5.

The list is written by hand from the records, not from how the search works, see its head.  Plain
means what SQLite gives by itself: `unicode61 remove_diacritics 2` over the same texts, the words
as typed joined by AND (OR in a row of its own), ordered by its own rank.
"""

import sqlite3
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.table import Row, Table
from places import geojson, lemmas, search
from places.geo import Point
from places.hours import WARSAW
from places.index import open_index
from places.place import Place
from places.query import Query
from places.vocabulary import AUDIENCES, NETWORKS, TYPES

LIST = Path(__file__).with_name("queries.toml")
CATALOGUE = LIST.parents[1] / "data" / "places.geojson"
SUCCESS_BAR = 0.95
TIMES_PLAIN_BAR = 1.5
_LOOKED_AT = 20
"""Answers that are looked at: a page."""
_USUAL_MOMENT = datetime(2026, 3, 11, 12, 0, tzinfo=WARSAW)
"""When a query is asked that does not say: a Wednesday noon."""


class Asked(NamedTuple):
    """A query of the list."""

    text: str
    now: datetime
    position: Point | None
    tags: frozenset[str]
    places: Mapping[str, int]
    """Ids with their grades."""

    @property
    def meant(self) -> set[str]:
        """The answers that count: the good ones, or the acceptable where none is good."""
        good = {place_id for place_id, grade in self.places.items() if grade > 1}
        return good or set(self.places)


class Score(NamedTuple):
    """How a way of searching did on the list."""

    first: float
    """The share of queries whose first answer is meant."""
    five: float
    """The share with one that is meant among the first five."""
    reciprocal: float
    """The mean of 1 / the place of the first that is meant."""
    missed: tuple[str, ...]
    """The queries without one among the first five."""


Search = Callable[[Asked], Sequence[str]]


def asked() -> list[Asked]:
    """The list."""
    return [
        Asked(
            one["text"],
            datetime.fromisoformat(one["now"]) if "now" in one else _USUAL_MOMENT,
            Point(*one["position"]) if "position" in one else None,
            frozenset(one["tags"]),
            one["places"],
        )
        for one in tomllib.loads(LIST.read_text(encoding="utf-8"))["query"]
    ]


def tables() -> Iterator[Table]:
    """Both ways of searching on the whole list, and by what is hard about the queries."""
    every = asked()
    answerable = [one for one in every if one.places]
    with TemporaryDirectory() as folder:
        ours = _answers(every, ours_in(Path(folder)))
    plain_and, plain_or = (_answers(every, plain(joint)) for joint in (" ", " OR "))
    yield _whole(answerable, ours, plain_and, plain_or)
    yield _by_tag(answerable, ours, plain_and)
    yield _without_answer([one for one in every if not one.places], ours, plain_and, plain_or)


def ours_in(folder: Path) -> Search:
    """Our search over the real catalogue, its index kept in a folder."""

    def found(one: Asked) -> Sequence[str]:
        query = Query(q=one.text, near=one.position, per_page=_LOOKED_AT)
        with open_index(CATALOGUE, folder, one.now.astimezone(WARSAW).date()) as index:
            return [hit.place.id for hit in search.run(index, query, one.now).hits]

    return found


def plain(joint: str) -> Search:
    """FTS5 as it comes."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "create virtual table plain using fts5 "
        "(id unindexed, text, tokenize = 'unicode61 remove_diacritics 2')"
    )
    listed = (one for one in geojson.read(CATALOGUE).places if one.listed)
    connection.executemany(
        "insert into plain values (?, ?)", ((one.id, _told(one)) for one in listed)
    )

    def found(one: Asked) -> Sequence[str]:
        words = [f'"{word}"' for word in lemmas.split(one.text)]
        sql = "select id from plain where text match ? order by rank, id limit ?"
        return [row[0] for row in connection.execute(sql, (joint.join(words), _LOOKED_AT))]

    return found


def score(queries: Iterable[Asked], answers: Mapping[str, Sequence[str]]) -> Score:
    """How well the answers fit."""
    ranks = {one.text: _rank(one.meant, answers[one.text]) for one in queries}
    found = [1 / rank if rank else 0.0 for rank in ranks.values()]
    missed = tuple(text for text, rank in ranks.items() if not 1 <= rank <= 5)
    count = max(1, len(ranks))
    first = sum(rank == 1 for rank in ranks.values())
    return Score(first / count, 1 - len(missed) / count, sum(found) / count, missed)


def _answers(queries: Iterable[Asked], find: Search) -> dict[str, Sequence[str]]:
    return {one.text: find(one) for one in queries}


def _rank(meant: set[str], answers: Sequence[str]) -> int:
    """Where the first that is meant stands, from 1; 0 where none does."""
    return next((rank for rank, one in enumerate(answers, 1) if one in meant), 0)


def _told(one: Place) -> str:
    """All that our own index knows of a place's words, as it is written."""
    address, rules = one.address, one.rules
    parts = [
        one.name, *one.other_names, *one.networks, *(NETWORKS.get(n, "") for n in one.networks),
        TYPES[one.type].name, TYPES[one.type].plural, address.city, address.district,
        address.neighbourhood, address.street, address.postcode, address.gmina,
        address.voivodeship, *one.catchment, *one.activities, *one.facilities,
        *(AUDIENCES[code] for code in one.audience),
        *(word for room in one.rooms for word in (room.name, *room.equipment)),
        one.operator.name, one.operator.group, one.summary, one.door, rules.cost_note,
        rules.own_meeting_note,
    ]  # fmt: skip
    return "\n".join(part for part in parts if part)


def _whole(
    queries: Sequence[Asked],
    ours: Mapping[str, Sequence[str]],
    plain_and: Mapping[str, Sequence[str]],
    plain_or: Mapping[str, Sequence[str]],
) -> Table:
    own, strict, loose = (score(queries, found) for found in (ours, plain_and, plain_or))
    rows = [
        Row("success@1", _said(own.first), f"AND {_said(strict.first)} · OR {_said(loose.first)}"),
        Row(
            "success@5, at least 0.95", _said(own.five), "the list: 1",
            own.five, SUCCESS_BAR, at_least=True,
        ),
        Row(
            "success@5, at least 1.5 × plain", _said(own.five), f"AND {_said(strict.five)}",
            own.five / max(strict.five, 0.001), TIMES_PLAIN_BAR, at_least=True,
        ),
        Row("success@5 by plain OR", _said(own.five), f"OR {_said(loose.five)}"),
        Row(
            "MRR", _said(own.reciprocal),
            f"AND {_said(strict.reciprocal)} · OR {_said(loose.reciprocal)}",
        ),
    ]  # fmt: skip
    notes = (
        f"{len(queries)} queries of benchmarks/queries.toml that have an answer;",
        "what counts is a good answer (grade 2 or 3), or an acceptable one where none is good.",
        f"Missed by ours: {' · '.join(own.missed) or 'none'}",
    )
    return Table("Relevance", notes, tuple(rows))


def _by_tag(
    queries: Sequence[Asked],
    ours: Mapping[str, Sequence[str]],
    plain_and: Mapping[str, Sequence[str]],
) -> Table:
    rows = []
    for tag in sorted({tag for one in queries for tag in one.tags}):
        some = [one for one in queries if tag in one.tags]
        own, strict = score(some, ours).five, score(some, plain_and).five
        rows.append(Row(f"{tag} ({len(some)})", _said(own), f"AND {_said(strict)}"))
    return Table("Relevance: success@5 by what is hard or asked for", (), tuple(rows))


def _without_answer(queries: Sequence[Asked], *ways: Mapping[str, Sequence[str]]) -> Table:
    silent = [sum(not found[one.text] for one in queries) for found in ways]
    row = Row(
        f"answered with nothing, of {len(queries)}", str(silent[0]),
        f"AND {silent[1]} · OR {silent[2]}",
    )  # fmt: skip
    notes = ("Ours shows then what fits in part, and says so above the list.",)
    return Table("Relevance: queries that have no right answer", notes, (row,))


def _said(share: float) -> str:
    return f"{share:.3f}"
