"""What was done at a place and what its owners were asked: for the desk, never public."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from places.desk import moment

_MOST = 100


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done."""

    at: datetime
    what: str
    """A code, as `acts.write` was given it."""
    who: str
    """The mailbox of whoever did it; empty for no moderator, or one removed since."""
    proposal: str
    detail: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to an owner."""

    at: datetime
    facts: tuple[str, ...]
    answered: datetime | None
    answer: str
    escalated: datetime | None
    """When it was handed to the moderators, because nobody answered."""


def asked(desk: sqlite3.Connection, place_id: str) -> tuple[Asked, ...]:
    """The questions about this place, the newest first."""
    rows = desk.execute(
        "select at, facts, answered, answer, escalated from ask where place = ?"
        " order by id desc limit ?",
        [place_id, _MOST],
    )
    return tuple(
        Asked(_moment(row[0]), tuple(row[1].split()), moment(row[2]), row[3], moment(row[4]))
        for row in rows
    )


def of_place(desk: sqlite3.Connection, place_id: str) -> tuple[Act, ...]:
    """The latest acts at this place, the newest first."""
    rows = desk.execute(
        "select at, what, coalesce(email, ''), proposal, detail from act"
        " left join people on people.id = act.person where place = ? order by act.id desc limit ?",
        [place_id, _MOST],
    )
    return tuple(Act(_moment(row[0]), *row[1:]) for row in rows)


def _moment(text: str) -> datetime:
    at = moment(text)
    assert at is not None  # noqa: S101  # the table demands it; this is for the type alone
    return at
