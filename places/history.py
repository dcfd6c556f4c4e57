"""What became of each place: every state of its record that the desk has seen, numbered from 1.

Public, so nothing here names a person.  A state that the catalogue got elsewhere (an import, a
text editor) is put down as "found", by "catalogue", before the next change: so every revision
holds the whole record, and two that follow one another differ by one step.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from places import desk as store
from places import geojson
from places.place import Place

MadeBy = Literal["owner", "moderator", "public", "source", "catalogue"]
WHATS = (
    "found", "added", "changed", "confirmed", "closed", "withdrawn", "merged", "restored", "undone",
)  # fmt: skip
"""What a revision may be.  "confirmed": nothing but the dates of checks."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a record."""

    place: str
    number: int
    at: datetime
    made_by: MadeBy
    what: str
    record: Place
    person: int | None = None
    """Who decided; for the desk alone."""
    proposal: str | None = None
    """Which proposal; for the desk alone."""


def of(desk: sqlite3.Connection, place_id: str) -> tuple[Revision, ...]:
    """The revisions of a place, the newest first; none where the desk never met it."""
    rows = desk.execute("select * from revision where place = ? order by number desc", [place_id])
    return tuple(map(_revision, rows))


def latest(desk: sqlite3.Connection, place_id: str) -> Revision | None:
    """The newest revision."""
    return next(iter(_some(desk, place_id, "order by number desc limit 1")), None)


def numbered(desk: sqlite3.Connection, place_id: str, number: int) -> Revision | None:
    """The revision of that number."""
    return next(iter(_some(desk, place_id, "and number = ?", number)), None)


def write(desk: sqlite3.Connection, revision: Revision) -> None:
    """Puts a revision down, within the caller's transaction."""
    desk.execute(
        "insert into revision (place, number, at, made_by, what, person, proposal, record)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            revision.place, revision.number, store.stamp(revision.at), revision.made_by,
            revision.what, revision.person, revision.proposal,
            geojson.dumps(geojson.feature(revision.record)),
        ],
    )  # fmt: skip


def rewrite(desk: sqlite3.Connection, revision: Revision) -> None:
    """Puts other words into the record of a revision that stands already; see striking.py."""
    desk.execute(
        "update revision set record = ? where place = ? and number = ?",
        [geojson.dumps(geojson.feature(revision.record)), revision.place, revision.number],
    )


def begin(desk: sqlite3.Connection, found: Place, now: datetime) -> None:
    """Puts down what a place is before the desk first touches it, unless that is done."""
    if latest(desk, found.id) is None:
        write(desk, Revision(found.id, 1, now, "catalogue", "found", found))


def leads_to(desk: sqlite3.Connection, place_id: str) -> bool:
    """Whether another record was merged into this one."""
    rows = desk.execute("select record from revision where what = 'merged'")
    return any(json.loads(row[0])["properties"].get("merged_into") == place_id for row in rows)


def _some(desk: sqlite3.Connection, place_id: str, rest: str, *values: int) -> list[Revision]:
    rows = desk.execute(f"select * from revision where place = ? {rest}", [place_id, *values])
    return [_revision(row) for row in rows]


def _revision(row: sqlite3.Row) -> Revision:
    at = store.moment(row["at"])
    assert at is not None  # noqa: S101  # the column says so
    return Revision(
        row["place"], row["number"], at, row["made_by"], row["what"],
        geojson.place(json.loads(row["record"])), row["person"], row["proposal"],
    )  # fmt: skip
