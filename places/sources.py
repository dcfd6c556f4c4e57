"""Cities' own lists that are read again and again: where each is, how it is read, how it went.

A row of a list is known by its key, kept in the record as `refs.<name of the list>`.  What the row
said last is kept here, so that only what the list itself has changed since is taken over: a fact
that a moderator has corrected is not put back by a list that still says the old one.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from places import columns, people
from places.desk import moment, packed, stamp, writing
from places.errors import Fault, Invalid, NotFound, shortened
from places.exchange import files

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_MOST_FAULTS = 200  # kept of one run


@dataclass(frozen=True, slots=True)
class Source:
    """One list."""

    id: int
    name: str
    address: str
    """A page's, or an absolute path on this machine."""
    maps: Mapping[str, str]
    constants: Mapping[str, str]
    sheet: str | None
    form: files.Form
    teryt: str
    """Where its places must lie; empty: anywhere."""
    last_run: datetime | None
    last_digest: str
    faults: tuple[Fault, ...]
    """Of the last run that read anything, or could not."""
    told: Mapping[str, int]
    """What the last run that read anything did."""

    @property
    def key(self) -> str:
        """The column that knows its rows."""
        return columns.REFS + self.name

    @property
    def page(self) -> str:
        """Where anybody may look at it; empty for a file."""
        return self.address if _is_url(self.address) else ""


@dataclass(frozen=True, slots=True)
class Known:
    """A row of a list, as it was when last seen."""

    key: str
    place: str
    """Where it led: a place of the catalogue, or one that is proposed."""
    last_seen: datetime
    gone: datetime | None
    """Since when the list names it no more."""
    record: Mapping[str, Any]
    """What it said, by column."""


def add(
    desk: sqlite3.Connection, name: str, address: str, terms: Mapping[str, Any], now: datetime
) -> Source:
    """A list to be read; one of that name gets this address and these terms, and keeps its rows.

    `terms` are `maps`, `constants`, `sheet`, `form` and `area`.  Raises Invalid with all that is
    wrong.
    """
    maps, constants = dict(terms.get("maps") or {}), dict(terms.get("constants") or {})
    faults = list(_faults(name, address, maps, constants))
    teryt, form = "", ""
    try:
        teryt = people.area("teryt", terms["area"])[1] if terms.get("area") else ""
    except Invalid as error:
        faults += error.faults
    try:
        where = Path(urlsplit(address).path if _is_url(address) else address)
        form = terms.get("form") or files.form_to_read(where)
    except Invalid as error:
        faults += error.faults
    if faults:
        raise Invalid(faults)
    if _is_url(address):
        constants.setdefault("sources", address)
    kept = {"maps": maps, "constants": constants, "sheet": terms.get("sheet"), "form": form}
    with writing(desk):
        desk.execute(
            "insert into source (name, address, terms, teryt, added) values (?, ?, ?, ?, ?)"
            " on conflict (name) do update set address = excluded.address, terms = excluded.terms,"
            " teryt = excluded.teryt",
            [name, address, packed(kept), teryt, stamp(now)],
        )
        return find(desk, name)


def everything(desk: sqlite3.Connection) -> tuple[Source, ...]:
    """All lists, by name."""
    return tuple(map(_read, desk.execute("select * from source order by name")))


def find(desk: sqlite3.Connection, name: str) -> Source:
    """The list of that name.

    Raises NotFound.
    """
    row = desk.execute("select * from source where name = ?", [name]).fetchone()
    if row is None:
        raise NotFound(f"lista {shortened(name, 40)}")
    return _read(row)


def remove(desk: sqlite3.Connection, name: str) -> None:
    """It is read no more; its places stay.  Raises NotFound."""
    with writing(desk):
        desk.execute("delete from source where id = ?", [find(desk, name).id])


def rows(desk: sqlite3.Connection, source: Source) -> dict[str, Known]:
    """What is known of its rows, by key."""
    found = desk.execute("select * from source_row where source = ? order by key", [source.id])
    return {
        row["key"]: Known(
            row["key"], row["place"], datetime.fromisoformat(row["last_seen"]),
            moment(row["gone"]), json.loads(row["record"]),
        )
        for row in found
    }  # fmt: skip


def put(desk: sqlite3.Connection, source: Source, found: Sequence[Known]) -> None:
    """Puts down what is known of rows now, within the caller's transaction."""
    desk.executemany(
        "insert into source_row (source, key, place, last_seen, gone, record)"
        " values (?, ?, ?, ?, ?, ?) on conflict (source, key) do update set"
        " place = excluded.place, last_seen = excluded.last_seen, gone = excluded.gone,"
        " record = excluded.record",
        [
            (
                source.id, one.key, one.place, stamp(one.last_seen),
                stamp(one.gone) if one.gone else None, packed(one.record),
            )
            for one in found
        ],
    )  # fmt: skip


def ran(desk: sqlite3.Connection, source: Source, now: datetime) -> None:
    """It was looked at, and is as it was."""
    with writing(desk):
        desk.execute("update source set last_run = ? where id = ?", [stamp(now), source.id])


def told(
    desk: sqlite3.Connection,
    source: Source,
    digest: str,
    faults: Sequence[Fault],
    counts: Mapping[str, int],
    now: datetime,
) -> None:
    """How a run went; without a digest it will be tried again."""
    kept = packed([astuple(one) for one in faults[:_MOST_FAULTS]]) if faults else ""
    with writing(desk):
        desk.execute(
            "update source set last_run = ?, last_digest = ?, fault = ?, told = ? where id = ?",
            [stamp(now), digest, kept, packed(counts), source.id],
        )


def _read(row: sqlite3.Row) -> Source:
    terms = json.loads(row["terms"])
    faults = [Fault(*one) for one in json.loads(row["fault"] or "[]")]
    return Source(
        row["id"], row["name"], row["address"], terms["maps"], terms["constants"], terms["sheet"],
        terms["form"], row["teryt"], moment(row["last_run"]), row["last_digest"], tuple(faults),
        json.loads(row["told"]),
    )  # fmt: skip


def _faults(
    name: str, address: str, maps: Mapping[str, str], constants: Mapping[str, str]
) -> Iterator[Fault]:
    if not _NAME.fullmatch(name):
        yield Fault("name", "list_name", shortened(name))
    if not _is_url(address) and not Path(address).is_absolute():
        yield Fault("", "no_file", shortened(address))
    if columns.REFS + name not in maps:
        yield Fault("", "list_key", "", f"--map {columns.REFS}{name}=ID")
    for ours in (*maps, *constants):
        if columns.column(ours) is None:
            yield Fault(ours, "unknown_field")


def _is_url(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname)
