"""What waits at the desk, as a moderator sifts it: by state, place, sender, age.

Nobody sees here what lies outside their scope; the same rule as `Scope.holds`, said in SQL.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from places import submissions, text
from places.desk import stamp
from places.place import network_key
from places.submissions import OPEN, Proposal, Scope

PER_PAGE = 25
STATES = ("unconfirmed", "waiting", "asked", "accepted", "rejected", "withdrawn", "spam")


@dataclass(frozen=True, slots=True)
class Sift:
    """Which proposals are wanted; an empty value asks for nothing."""

    states: tuple[str, ...] = OPEN
    kind: str = ""
    text: str = ""
    """Words that stand in the name, the town or the note."""
    area: str = ""
    """The beginning of a TERYT number."""
    network: str = ""
    sender: str = ""
    """A mailbox."""
    repeated: bool = False
    """Only from those who have sent more than one."""
    days: int = 0
    """Only what has waited longer."""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A proposal in the list."""

    proposal: Proposal
    others: int
    """How many more came from the same mailbox."""
    holder: str
    """Whose hands it is in just now: their mailbox; empty when nobody's."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of the list."""

    total: int
    entries: Sequence[Entry]
    counts: Mapping[str, int]
    """How many are in each state, by the same filters."""
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters may be set to, from what is there."""

    areas: Sequence[tuple[str, str]]
    """The TERYT number of a gmina, with a town in it."""
    networks: Sequence[str]


def read(desk: sqlite3.Connection, scope: Scope, sift: Sift, now: datetime) -> Inbox:
    """The page of the list that is asked for; the last one when there are not so many."""
    _ready(desk)
    where, values = _conditions(scope, sift, now)
    counts = dict.fromkeys(STATES, 0) | {
        row[0]: row[1]
        for row in desk.execute(
            f"select state, count(*) from proposal where {where} group by state", values
        )
    }
    total = sum(counts[state] for state in sift.states)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, sift.page), pages)
    rows = desk.execute(
        f"select id from proposal where {where} and state in ({_marks(sift.states)})"
        f" order by {_order(sift)}, id limit ? offset ?",
        [*values, *sift.states, PER_PAGE, PER_PAGE * (page - 1)],
    ).fetchall()
    return Inbox(total, [_entry(desk, row[0], now) for row in rows], counts, page, pages)


def next_after(
    desk: sqlite3.Connection, scope: Scope, last: Proposal, person_id: int, now: datetime
) -> str | None:
    """The id of what this moderator may take up after `last`: on through the list, then its
    beginning; never what is in another's hands.
    """
    _ready(desk)
    where, values = _in_scope(scope)
    row = desk.execute(
        f"select id from proposal where {where} and state = 'waiting' and id <> ?"
        " and (claimed_by is null or claimed_by = ? or claimed_until <= ?)"
        " order by (sent, id) < (?, ?), sent, id limit 1",
        [*values, last.id, person_id, stamp(now), stamp(last.sent), last.id],
    ).fetchone()
    return str(row[0]) if row else None


def choices(desk: sqlite3.Connection, scope: Scope) -> Choices:
    """Gminas and networks of the proposals in the scope."""
    _ready(desk)
    where, values = _in_scope(scope)
    areas = desk.execute(
        f"select teryt, min(city) from proposal where {where} and teryt <> '' group by teryt",
        values,
    ).fetchall()
    names = desk.execute(
        f"select distinct value from proposal, json_each(networks) where {where}", values
    ).fetchall()
    return Choices(
        sorted(((row[0], row[1]) for row in areas), key=lambda one: text.sort_key(one[1])),
        sorted((str(row[0]) for row in names), key=text.sort_key),
    )


def _conditions(scope: Scope, sift: Sift, now: datetime) -> tuple[str, list[Any]]:
    where, values = _in_scope(scope)
    given: list[tuple[str, list[Any]]] = [(where, values)]
    if sift.kind:
        given.append(("kind = ?", [sift.kind]))
    for word in text.words(sift.text):
        given.append(("instr(folded(name || ' ' || city || ' ' || note || ' ' || id), ?)", [word]))
    if sift.area:
        given.append((_BEGINS, [sift.area] * 2))
    if sift.network:
        given.append((_OF_NETWORK.format("?"), [network_key(sift.network)]))
    if sift.sender:
        given.append(("id in (select proposal from sender where email = ?)", [sift.sender]))
    if sift.repeated:
        given.append((_REPEATED, []))
    if sift.days:
        given.append(("sent < ?", [stamp(now - timedelta(days=sift.days))]))
    return " and ".join(one for one, _ in given), [value for _, each in given for value in each]


_BEGINS = "substr(teryt, 1, length(?)) = ?"  # LIKE has signs of its own.
_OF_NETWORK = "exists (select 1 from json_each(proposal.networks) where network_key(value) in ({}))"
_REPEATED = (
    "id in (select proposal from sender where email in"
    " (select email from sender group by email having count(*) > 1))"
)


def _in_scope(scope: Scope) -> tuple[str, list[Any]]:
    if scope.everything:
        return "1", []
    either = [(_BEGINS, [prefix] * 2) for prefix in scope.teryts]
    either.append((f"teryt in ({_marks(scope.vague)})", [*scope.vague]))
    if scope.networks:
        keys = [network_key(name) for name in scope.networks]
        either.append((_OF_NETWORK.format(_marks(keys)), keys))
    whole = " or ".join(one for one, _ in either)
    return f"({whole})", [value for _, each in either for value in each]


def _order(sift: Sift) -> str:
    waits = set(sift.states) <= {"unconfirmed", *OPEN}
    return "sent" if waits else "coalesce(decided, sent) desc"


def _entry(desk: sqlite3.Connection, proposal_id: str, now: datetime) -> Entry:
    found = submissions.find(desk, proposal_id)
    others = desk.execute(
        "select count(*) from sender as one join sender as other using (email)"
        " where one.proposal = ? and other.proposal <> ?",
        [proposal_id, proposal_id],
    ).fetchone()[0]
    return Entry(found, int(others), holder(desk, found, now))


def holder(desk: sqlite3.Connection, proposal: Proposal, now: datetime) -> str:
    """The mailbox of whoever has the proposal in hand at this moment; empty when nobody."""
    until = proposal.claimed_until
    if proposal.claimed_by is None or until is None or until <= now:
        return ""
    row = desk.execute("select email from people where id = ?", [proposal.claimed_by]).fetchone()
    return str(row[0]) if row else ""


def _marks(items: Sequence[str]) -> str:
    return ", ".join("?" * len(items))


def _ready(desk: sqlite3.Connection) -> None:
    desk.create_function("folded", 1, _folded, deterministic=True)
    desk.create_function("network_key", 1, network_key, deterministic=True)


def _folded(said: str) -> str:
    return " ".join(text.words(said))
