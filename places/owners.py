"""Owners: the people who run a place and keep its record true.

An owner is one mailbox at one place.  Whoever stops being one is kept with the day it ended, so
that the history can still say who changed what; `forget` of the desk takes even that away.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from places import mailbox, text, tokens
from places.desk import moment, stamp, writing
from places.errors import NotFound

_COLUMNS = "id, place, email, name, trusted, since, ended, bounced, silent"


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who looks after a place."""

    id: int
    place: str
    email: str
    name: str
    trusted: bool
    """Whether changes of hours and offer are published at once."""
    since: datetime
    ended: datetime | None
    bounced: datetime | None
    """Since when letters come back."""
    silent: int
    """How many questions in a row were not answered."""


def add(
    desk: sqlite3.Connection,
    place_id: str,
    email: str,
    name: str,
    now: datetime,
    trusted: bool = False,
) -> Owner:
    """Makes somebody an owner; who is one already stays the one they are.

    Raises Invalid when that is no mailbox.
    """
    box = mailbox.read(email)
    with writing(desk):
        known = [one for one in of(desk, place_id) if one.email == box]
        if known:
            return known[0]
        made = desk.execute(
            "insert into owner (place, email, name, trusted, since) values (?, ?, ?, ?, ?)",
            [place_id, box, text.clean(name)[:200], int(trusted), stamp(now)],
        )
        return find(desk, made.lastrowid or 0)


def find(desk: sqlite3.Connection, owner_id: int | str) -> Owner:
    """The owner of this number, also one who has stopped.

    Raises NotFound.
    """
    rows = desk.execute(f"select {_COLUMNS} from owner where id = ?", [owner_id]).fetchall()
    if not rows:
        raise NotFound("owner")
    return _owner(rows[0])


def of(desk: sqlite3.Connection, place_id: str) -> tuple[Owner, ...]:
    """Who looks after the place now, the longest first."""
    rows = desk.execute(
        f"select {_COLUMNS} from owner where place = ? and ended is null order by since, id",
        [place_id],
    )
    return tuple(_owner(row) for row in rows)


def everybody(desk: sqlite3.Connection) -> tuple[Owner, ...]:
    """Everybody who looks after a place now."""
    rows = desk.execute(f"select {_COLUMNS} from owner where ended is null order by id")
    return tuple(map(_owner, rows))


def trust(desk: sqlite3.Connection, owner_id: int, trusted: bool) -> None:
    """Says whether changes of hours and offer are published at once."""
    with writing(desk):
        desk.execute("update owner set trusted = ? where id = ?", [int(trusted), owner_id])


def end(desk: sqlite3.Connection, owner_id: int, now: datetime) -> None:
    """They look after the place no more; their link stops working."""
    with writing(desk):
        desk.execute(
            "update owner set ended = ? where id = ? and ended is null", [stamp(now), owner_id]
        )
        tokens.end(desk, "owner", str(owner_id), now)


def link(desk: sqlite3.Connection, owner_id: int, now: datetime) -> str:
    """A new word for their lasting link; the older ones stop working.

    Raises NotFound when they look after the place no more.
    """
    with writing(desk):
        if find(desk, owner_id).ended is not None:
            raise NotFound("owner")
        tokens.end(desk, "owner", str(owner_id), now)
        return tokens.make(desk, "owner", str(owner_id), now)


def bounce(desk: sqlite3.Connection, email: str, now: datetime) -> None:
    """Notes that letters to this mailbox come back."""
    with writing(desk):
        desk.execute(
            "update owner set bounced = ? where email = ? and bounced is null", [stamp(now), email]
        )


def count_silence(desk: sqlite3.Connection, owner_id: int) -> None:
    """One more question was not answered."""
    with writing(desk):
        desk.execute("update owner set silent = silent + 1 where id = ?", [owner_id])


def break_silence(desk: sqlite3.Connection, owner_id: int) -> None:
    """They have answered: whoever answers is not silent, and their mailbox works."""
    with writing(desk):
        desk.execute("update owner set silent = 0, bounced = null where id = ?", [owner_id])


def _owner(row: sqlite3.Row) -> Owner:
    since = moment(row["since"])
    assert since is not None  # noqa: S101 - the table demands it; this is for the type alone
    return Owner(
        id=row["id"],
        place=row["place"],
        email=row["email"],
        name=row["name"],
        trusted=bool(row["trusted"]),
        since=since,
        ended=moment(row["ended"]),
        bounced=moment(row["bounced"]),
        silent=row["silent"],
    )
