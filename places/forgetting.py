"""A person leaves the desk: whoever asks to be forgotten is gone from every table and every file.

What was accepted stays in the catalogue, because it speaks of a place; who sent it does not.
Deleting is not enough: `scrub` rewrites the desk, so that no page of the file remembers either.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from places import mail, mailbox, people, photos, striking, uploads
from places.desk import writing
from places.striking import STRUCK, Says, says

# Words of people, beside those that leave with their proposal.
_WORDS = (
    ("proposal", "note"), ("proposal", "source"), ("proposal", "reason"), ("remark", "text"),
    ("sender", "about"), ("act", "detail"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed, counted; and what the desk may not decide alone."""

    removed: Mapping[str, int] = field(default_factory=dict)
    """By "proposals", "senders", "remarks", "owners", "letters", "files", "photos", "people",
    "blocked", "words", "history"."""
    public: tuple[str, ...] = ()
    """Places whose public record names the mailbox, or named it last."""
    photos: tuple[str, ...] = ()
    """Public photos that came with their proposals."""
    clean: bool = True
    """Whether the files of the desk hold nothing of it any more; else somebody is reading them."""


def forget(
    desk: sqlite3.Connection,
    instance: Path,
    email: str,
    now: datetime,
    *,
    phones: Iterable[str] = (),
    as_person: bool = False,
) -> Forgotten:
    """Removes everything the desk keeps of this mailbox; with `as_person` also its right to decide.

    The mailbox and the phones leave the words of others and the history of places as well.  Raises
    Invalid when that is no mailbox, or no phone.
    """
    box = mailbox.read(email)
    theirs = [says(one) for one in (box, *phones)]
    desk.create_function("struck", 1, lambda text: _struck(text, theirs), deterministic=True)
    with writing(desk):
        pictures = _public_photos(desk, box)
        removed = {
            **_proposals(desk, instance, box),
            **_owners(desk, box),
            "letters": _letters(desk, box),
            "blocked": _done(desk, "delete from blocked where kind = 'email' and value = ?", [box]),
            "words": _strike(desk),
            "history": striking.strike_everywhere(desk, theirs),
            "people": _person(desk, box, now) if as_person else 0,
        }
        public = _public(desk)
    if as_person:
        uploads.drop(desk, instance, uploads.old(desk, instance, now))
    removed["files"] = mail.remove_files(instance, lambda text: box in text.casefold())
    return Forgotten(removed, public, pictures, scrub(desk))


def kept(desk: sqlite3.Connection, email: str) -> dict[str, Any]:
    """All that the desk keeps of this mailbox, for whoever asks what is known of them.

    Raises Invalid when that is no mailbox.
    """
    box = mailbox.read(email)
    queries = {
        "proposals": "select proposal.id, kind, state, place, proposal.name as place_name, city,"
        " changes, note, source, reason, sent, confirmed, decided, sender.name, about, runs_it"
        " from proposal join sender on sender.proposal = proposal.id where email = ? order by sent",
        "remarks": "select remark.proposal, at, said_by, text from remark join sender"
        " on sender.proposal = remark.proposal where email = ? order by at",
        "owner": "select place, name, trusted, since, ended, bounced, silent from owner"
        " where email = ? order by since",
        "letters": "select subject, text, made, sent, bounced from letter where recipient = ?"
        " order by made",
        "desk": "select role, added, last_seen from people where email = ?",
        "blocked": "select since from blocked where kind = 'email' and value = ?",
    }
    found = {name: [dict(row) for row in desk.execute(sql, [box])] for name, sql in queries.items()}
    for one in found["proposals"]:
        one["changes"] = json.loads(one["changes"])
    return {"email": box, **{name: rows for name, rows in found.items() if rows}}


def delete(desk: sqlite3.Connection, instance: Path, proposals: Collection[str]) -> dict[str, int]:
    """Proposals leave the desk whole, with their photos, links and letters."""
    ids = list(proposals)
    with writing(desk):
        gone = _anonymous(desk, ids)
        theirs = [one.id for each in ids for one in photos.of(desk, each)]
        gone["photos"] = photos.drop(desk, instance, theirs)
        gone["proposals"] = _each(desk, "delete from proposal where id = ?", ids)
    return gone


def make_anonymous(desk: sqlite3.Connection, proposals: Collection[str]) -> dict[str, int]:
    """Who sent them, what was said about them and the letters go; the proposals stay."""
    with writing(desk):
        return _anonymous(desk, list(proposals))


def scrub(desk: sqlite3.Connection) -> bool:
    """Rewrites the file and empties what lies beside it; whether nobody stood in the way.

    Within no transaction.
    """
    try:
        desk.execute("vacuum")
        busy = desk.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    return not busy


def _anonymous(desk: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    _each(desk, "update proposal set note = '', reason = '' where id = ?", ids)
    _each(desk, "delete from token where purpose = 'proposal' and subject = ?", ids)
    return {
        "senders": _each(desk, "delete from sender where proposal = ?", ids),
        "remarks": _each(desk, "delete from remark where proposal = ?", ids),
        "letters": _each(desk, "delete from letter where about = ?", ids),
    }


def _proposals(desk: sqlite3.Connection, instance: Path, box: str) -> dict[str, int]:
    rows = desk.execute(
        "select id, state from proposal join sender on sender.proposal = proposal.id"
        " where email = ?",
        [box],
    ).fetchall()
    stay = [row["id"] for row in rows if row["state"] == "accepted"]
    go = [row["id"] for row in rows if row["state"] != "accepted"]
    theirs = [one.id for each in stay for one in photos.of(desk, each)]
    first, second = delete(desk, instance, go), make_anonymous(desk, stay)
    summed = {name: count + second.get(name, 0) for name, count in first.items()}
    summed["photos"] += photos.drop(desk, instance, theirs)
    summed.pop("letters")
    return summed


def _owners(desk: sqlite3.Connection, box: str) -> dict[str, int]:
    ids = [row["id"] for row in desk.execute("select id from owner where email = ?", [box])]
    asks = [
        row["id"]
        for one in ids
        for row in desk.execute("select id from ask where owner = ?", [one]).fetchall()
    ]
    _each(desk, "delete from token where purpose = 'upkeep' and subject = ?", map(str, asks))
    _each(desk, "delete from token where purpose = 'owner' and subject = ?", map(str, ids))
    return {"owners": _each(desk, "delete from owner where id = ?", ids)}


def _letters(desk: sqlite3.Connection, box: str) -> int:
    """Theirs, and those that speak of them to somebody else."""
    return _done(
        desk,
        "delete from letter where recipient = ?1 or instr(lower(key || subject || text || html),"
        " ?1)",
        [box],
    )


def _strike(desk: sqlite3.Connection) -> int:
    return sum(
        _done(
            desk,
            f"update {table} set {column} = struck({column}) where {column} <> struck({column})",
            [],
        )
        for table, column in _WORDS
    )


def _person(desk: sqlite3.Connection, box: str, now: datetime) -> int:
    found = people.by_email(desk, box)
    if found is None:
        return 0
    people.remove(desk, found.id, now)
    _done(desk, "delete from token where purpose = 'sign-in' and subject = ?", [str(found.id)])
    return 1


def _public(desk: sqlite3.Connection) -> tuple[str, ...]:
    """Places of whose history, and so probably of whose record, something is a part still."""
    rows = desk.execute(
        "select distinct place from revision where record <> struck(record) union select place"
        " from proposal where changes || base <> struck(changes || base) union select place"
        " from source_row where record <> struck(record) order by 1"
    )
    return tuple(row[0] for row in rows)


def _public_photos(desk: sqlite3.Connection, box: str) -> tuple[str, ...]:
    rows = desk.execute(
        "select photo.place || '-' || substr(photo.id, 14) || '.jpg' from photo"
        " join sender on sender.proposal = photo.proposal"
        " join proposal on proposal.id = photo.proposal and state = 'accepted'"
        " where email = ? order by 1",
        [box],
    )
    return tuple(row[0] for row in rows)


def _struck(text: str, said: Iterable[Says]) -> str:
    for one in said:
        text = one.sub(STRUCK, text)
    return text


def _each(desk: sqlite3.Connection, sql: str, values: Iterable[object]) -> int:
    return sum(_done(desk, sql, [one]) for one in values)


def _done(desk: sqlite3.Connection, sql: str, values: Sequence[object]) -> int:
    return desk.execute(sql, values).rowcount
