"""How a search in vain is counted, so that nobody can ever read what was sought but a few times.

Words are written down only when they have been asked for ENOUGH times in one week and area, each
time at least ten minutes after the last.  Until then the tables have but their digests, under a key
that is made for the week; when the week is over the key goes, and nothing is left to compare.
Everything here happens within a transaction of demand.py's.
"""

import hashlib
import hmac
import secrets
import sqlite3
from datetime import datetime

from places import teryt
from places.sought import Sought

ENOUGH = 3
"""Searches from which on a number or a text is told; below it is "fewer"."""
APART = 600
"""Seconds: the same asked again within as much, or up to twice as much, is the same search."""
MOST_TEXTS = 5_000
"""Different texts of one area and week; those beyond are counted without their words."""
MOST_MARKS = 50_000
"""Different texts of all areas together in one week."""
_LAYOUT = """
create table if not exists week (week text primary key, key blob not null) without rowid;
create table if not exists recent (slot integer not null, mark blob not null,
    primary key (mark)) without rowid;
create table if not exists heard (id integer primary key, area text not null, mark blob not null,
    n integer not null, unique (area, mark));
create table if not exists search (week text not null, area text not null, n integer not null,
    primary key (week, area)) without rowid;
create table if not exists said (week text not null, area text not null, words text not null,
    n integer not null, primary key (week, area, words)) without rowid;
create table if not exists kind (week text not null, area text not null, kind text not null,
    value text not null, n integer not null, primary key (week, area, kind, value)) without rowid
"""


def lay_out(file: sqlite3.Connection) -> None:
    """Makes the tables, where they are not there yet."""
    for statement in _LAYOUT.split(";\n"):
        file.execute(statement)


def key_of(file: sqlite3.Connection, week: str) -> bytes | None:
    """The key of the week; None where it has none yet, or none any more."""
    row = file.execute("select key from week where week = ?", [week]).fetchone()
    return None if row is None else bytes(row[0])


def new_key(file: sqlite3.Connection, week: str, oldest: str) -> bytes:
    """A key for the week; the one before is gone for good, and what only it could match."""
    forget(file)
    clear(file, oldest)
    key = secrets.token_bytes(32)
    file.execute("insert into week (week, key) values (?, ?)", [week, key])
    return key


def forget(file: sqlite3.Connection) -> None:
    """The key of the week goes, with all digests it made."""
    for table in ("week", "recent", "heard"):
        file.execute(f"delete from {table}")


def clear(file: sqlite3.Connection, oldest: str) -> int:
    """Weeks before that one go; how many counts that were."""
    return sum(
        file.execute(f"delete from {table} where week < ?", [oldest]).rowcount
        for table in ("search", "said", "kind")
    )


def _mark(key: bytes, said: str) -> bytes:
    return hmac.digest(key, said.encode(), hashlib.sha256)


def is_new(file: sqlite3.Connection, key: bytes, sought: Sought, now: datetime) -> bool:
    """Whether nobody asked the same just now; what is not of just now any more is forgotten.

    The slot is the one trace of the time, no finer than the time of the file itself says.
    """
    mark, slot = _mark(key, repr(sought)), int(now.timestamp()) // APART
    file.execute("delete from recent where slot not in (?, ?)", [slot, slot - 1])
    sql = "insert or ignore into recent (slot, mark) values (?, ?)"
    return file.execute(sql, [slot, mark]).rowcount > 0


def count(file: sqlite3.Connection, week: str, key: bytes, sought: Sought) -> None:
    """One more of it."""
    _add(file, "search", {"week": week, "area": sought.area}, 1)
    for kind, value in sought.kinds:
        _add(file, "kind", {"week": week, "area": sought.area, "kind": kind, "value": value}, 1)
    if sought.words:
        # In every area that holds this one: what is seldom in each may be often in all.
        for area in teryt.chain(sought.area):
            _hear(file, week, area, key, sought.words)


def _hear(file: sqlite3.Connection, week: str, area: str, key: bytes, words: str) -> None:
    where = [week, area, words]
    known = file.execute(
        "update said set n = n + 1 where week = ? and area = ? and words = ?", where
    ).rowcount
    if known:
        return
    mark = _mark(key, f"{area} {words}")
    row = file.execute("select n from heard where area = ? and mark = ?", [area, mark]).fetchone()
    if row is None:
        if _has_room(file, area):
            file.execute("insert into heard (area, mark, n) values (?, ?, 1)", [area, mark])
    elif row[0] + 1 < ENOUGH:
        file.execute("update heard set n = n + 1 where area = ? and mark = ?", [area, mark])
    else:
        file.execute("delete from heard where area = ? and mark = ?", [area, mark])
        _add(file, "said", {"week": week, "area": area, "words": words}, ENOUGH)


def _has_room(file: sqlite3.Connection, area: str) -> bool:
    last = file.execute("select max(id) from heard").fetchone()[0] or 0
    heard = file.execute("select count(*) from heard where area = ?", [area]).fetchone()[0]
    return last < MOST_MARKS and heard < MOST_TEXTS


def _add(file: sqlite3.Connection, table: str, where: dict[str, str], n: int) -> None:
    columns = ", ".join(where)
    marks = ", ".join("?" * len(where))
    file.execute(
        f"insert into {table} ({columns}, n) values ({marks}, ?) "
        f"on conflict ({columns}) do update set n = n + excluded.n",
        [*where.values(), n],
    )
