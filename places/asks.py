"""Questions to owners: "is this still true?", asked once, repeated once, then given up.

A question is open until it is answered or handed to the moderators; of one place an owner has one
open question at most.  `cycle` is the day it was first asked, or the last day of the edition it is
about, so that running twice on a day asks once, whatever locks there are.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from places.desk import moment, stamp, writing
from places.errors import NotFound

Answer = Literal["still", "change", "gone"]
ANSWERS: tuple[Answer, ...] = ("still", "change", "gone")
MOOT = "moot"
"""The answer of a question that somebody else has answered meanwhile."""
EDITION = "edition"
"""The facts of a question about the end of an edition of a programme."""

_SAME = "cycle = ? and facts = ?"
_OPEN = "facts not like 'edition%' and (cycle = ? or answered is null and escalated is null)"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to an owner about a place."""

    id: int
    place: str
    facts: tuple[str, ...]
    """The groups of facts asked about, or EDITION with the days of its warning ("edition:14")."""
    cycle: str
    owner: int
    at: datetime
    letters: int
    """How many letters were written about it."""
    last_letter: datetime | None
    answered: datetime | None
    answer: str
    """One of ANSWERS, MOOT, or empty."""
    escalated: datetime | None
    """When it was handed to the moderators."""

    @property
    def of_edition(self) -> bool:
        """Whether it is about the end of an edition."""
        return self.facts[0].startswith(EDITION)


def begin(
    desk: sqlite3.Connection,
    place_id: str,
    facts: Sequence[str],
    cycle: str,
    owner: int,
    now: datetime,
) -> Ask | None:
    """Puts the question down with its first letter; None where it has been asked already."""
    of_edition = facts[0].startswith(EDITION)
    with writing(desk):
        rows = desk.execute(
            f"select 1 from ask where place = ? and owner = ? and {_SAME if of_edition else _OPEN}",
            [place_id, owner, cycle, *([" ".join(facts)] if of_edition else [])],
        )
        if rows.fetchone():
            return None
        made = desk.execute(
            "insert into ask (place, facts, cycle, owner, at, letters, last_letter)"
            " values (?, ?, ?, ?, ?, 1, ?)",
            [place_id, " ".join(facts), cycle, owner, stamp(now), stamp(now)],
        )
        return find(desk, made.lastrowid or 0)


def find(desk: sqlite3.Connection, ask_id: int | str) -> Ask:
    """The question.

    Raises NotFound.
    """
    for row in desk.execute("select * from ask where id = ?", [ask_id]):
        return _ask(row)
    raise NotFound("ask")


def open_ones(desk: sqlite3.Connection) -> list[Ask]:
    """The questions that wait for an answer, without those about editions, the oldest first."""
    rows = desk.execute(
        "select * from ask where answered is null and escalated is null and owner is not null"
        " and facts not like 'edition%' order by at, id"
    )
    return [_ask(row) for row in rows]


def latest(desk: sqlite3.Connection) -> dict[tuple[str, int], Ask]:
    """The newest question of each place to each owner, without those about editions."""
    rows = desk.execute(
        "select * from ask where owner is not null and facts not like 'edition%' order by at, id"
    )
    return {(row["place"], row["owner"]): _ask(row) for row in rows}


def editions(desk: sqlite3.Connection) -> set[tuple[str, int, str, str]]:
    """The warnings of ending editions: place, owner, last day, facts."""
    rows = desk.execute(
        "select place, owner, cycle, facts from ask"
        " where owner is not null and facts like 'edition%'"
    )
    return {tuple(row) for row in rows}


def given_up(desk: sqlite3.Connection) -> list[Ask]:
    """The questions nobody answered, of owners who still look after their place."""
    rows = desk.execute(
        "select ask.* from ask join owner on owner.id = ask.owner and owner.ended is null"
        " where ask.answered is null and ask.escalated is not null order by ask.escalated, ask.id"
    )
    return [_ask(row) for row in rows]


def write_again(desk: sqlite3.Connection, one: Ask, facts: Iterable[str], now: datetime) -> bool:
    """Puts down one more letter; False where somebody else has just done that."""
    with writing(desk):
        made = desk.execute(
            "update ask set letters = letters + 1, last_letter = ?, facts = ?"
            " where id = ? and letters = ? and answered is null and escalated is null",
            [stamp(now), " ".join(facts), one.id, one.letters],
        )
    return made.rowcount == 1


def give_up(desk: sqlite3.Connection, one: Ask, now: datetime) -> bool:
    """Hands it to the moderators; False where it has been answered or handed over meanwhile."""
    with writing(desk):
        made = desk.execute(
            "update ask set escalated = ? where id = ? and answered is null and escalated is null",
            [stamp(now), one.id],
        )
    return made.rowcount == 1


def settle(desk: sqlite3.Connection, one: Ask, answer: str, now: datetime) -> None:
    """Puts the answer down; a later one takes the place of an earlier."""
    with writing(desk):
        desk.execute(
            "update ask set answered = ?, answer = ? where id = ?", [stamp(now), answer, one.id]
        )


def settle_others(desk: sqlite3.Connection, one: Ask, now: datetime) -> None:
    """The other owners of the place need not answer any more."""
    with writing(desk):
        desk.execute(
            "update ask set answered = ?, answer = ? where place = ? and id <> ?"
            " and answered is null and facts not like 'edition%'",
            [stamp(now), MOOT, one.place, one.id],
        )


def counts(desk: sqlite3.Connection) -> dict[str, int]:
    """How many questions there are: "open", "still", "change", "gone", "moot", "silent"."""
    rows = desk.execute(
        "select case when answered is not null then answer"
        " when escalated is not null then 'silent' else 'open' end, count(*)"
        " from ask where facts not like 'edition%' group by 1"
    )
    return {row[0]: row[1] for row in rows}


def _ask(row: sqlite3.Row) -> Ask:
    at = moment(row["at"])
    assert at is not None  # noqa: S101 - the table demands it; this is for the type alone
    return Ask(
        id=row["id"],
        place=row["place"],
        facts=tuple(row["facts"].split()),
        cycle=row["cycle"],
        owner=row["owner"],
        at=at,
        letters=row["letters"],
        last_letter=moment(row["last_letter"]),
        answered=moment(row["answered"]),
        answer=row["answer"],
        escalated=moment(row["escalated"]),
    )
