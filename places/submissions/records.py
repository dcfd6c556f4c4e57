"""What the desk keeps of a proposal, of who sent it and of what was said about it."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from places.desk import moment
from places.errors import NotFound
from places.place import network_key

Kind = Literal["add", "change", "problem"]
State = Literal[
    "unconfirmed", "waiting", "asked", "accepted", "rejected", "withdrawn", "spam",
]  # fmt: skip
SentBy = Literal["public", "owner", "list"]
PROBLEMS = ("closed", "moved", "hours", "other")
OPEN: tuple[State, ...] = ("waiting", "asked")
"""The states in which a moderator decides."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a proposal; never leaves the desk."""

    email: str
    name: str = ""
    about: str = ""
    runs_it: bool = False
    origin: str = ""
    """A keyed hash of the network address."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody says of a place."""

    values: Mapping[str, Any]
    """By dotted column; of a change only what is touched, None to clear it."""
    note: str = ""
    """To the moderator; never published."""
    source: str = ""
    """Where it can be checked; a web address becomes a source of the record."""
    with_photos: bool = False
    """Whether photos come along (photos.py keeps them): then nothing else has to change."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as the desk keeps it."""

    id: str
    kind: Kind
    state: State
    sent_by: SentBy
    place: str
    """The place's id; of a new place the one it will get."""
    problem: str
    """One of PROBLEMS, or empty."""
    changes: Mapping[str, Any]
    """The proposed values by dotted column; None clears."""
    base: Mapping[str, Any]
    """What these columns held when it was written; None where nothing."""
    note: str
    source: str
    name: str
    city: str
    teryt: str
    networks: tuple[str, ...]
    sent: datetime
    confirmed: datetime | None
    decided: datetime | None
    decided_by: int | None
    reason: str
    claimed_by: int | None
    claimed_until: datetime | None
    revision: int | None
    """The number of the revision that the acceptance made."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing said between moderator and sender."""

    at: datetime
    said_by: Literal["sender", "moderator"]
    text: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a moderator may see and decide: any of these."""

    teryts: tuple[str, ...] = ()
    """Beginnings of TERYT codes: a voivodeship's two digits, a powiat's four, a gmina's six."""
    networks: tuple[str, ...] = ()
    everything: bool = False

    @property
    def vague(self) -> tuple[str, ...]:
        """Codes that break off before one of theirs does, with zeros behind: where somebody did
        not know the gmina, whoever decides on any gmina there may see what it is about."""
        return tuple(
            dict.fromkeys(
                one[:digits].ljust(6, "0")
                for one in self.teryts
                for digits in (2, 4)
                if digits < len(one)
            )
        )

    def holds(self, teryt: str, networks: Iterable[str]) -> bool:
        """Whether a place of that gmina and of those networks is among them; inbox.py says the
        same in SQL."""
        theirs = {network_key(name) for name in self.networks}
        return (
            self.everything
            or teryt.startswith(self.teryts)
            or teryt in self.vague
            or any(network_key(name) in theirs for name in networks)
        )


def find(desk: sqlite3.Connection, proposal_id: str) -> Proposal:
    """The proposal.

    Raises NotFound.
    """
    row = desk.execute("select * from proposal where id = ?", [proposal_id]).fetchone()
    if row is None:
        raise NotFound(proposal_id)
    return read(row)


def sender(desk: sqlite3.Connection, proposal_id: str) -> Sender | None:
    """Who sent it; None once forgotten."""
    row = desk.execute(
        "select email, name, about, runs_it, origin from sender where proposal = ?", [proposal_id]
    ).fetchone()
    return row and Sender(row[0], row[1], row[2], bool(row[3]), row[4])


def remarks(desk: sqlite3.Connection, proposal_id: str) -> tuple[Remark, ...]:
    """What was said between moderator and sender, the oldest first."""
    rows = desk.execute(
        "select at, said_by, text from remark where proposal = ? order by id", [proposal_id]
    )
    return tuple(Remark(datetime.fromisoformat(row[0]), row[1], row[2]) for row in rows)


def read(row: sqlite3.Row) -> Proposal:
    """The proposal in a row of the table, all columns of it."""
    fields = dict(row)
    for name in ("changes", "base"):
        fields[name] = json.loads(fields[name])
    for name in ("sent", "confirmed", "decided", "claimed_until"):
        fields[name] = moment(fields[name])
    fields["networks"] = tuple(json.loads(fields["networks"]))
    return Proposal(**fields)
