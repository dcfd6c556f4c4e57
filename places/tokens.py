"""Links that stand for a right: this proposal, this place, this question, this sign-in.

The desk keeps only the digest of the word in a link, so a copy of the file opens nothing; and it
looks for the digest, so that no clock tells how much of a guess was right.

Mail programs open links by themselves: `look` changes nothing but the note that it was opened.
"""

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from places.desk import moment, stamp, writing
from places.errors import Expired, NotFound

GRACE = timedelta(hours=24)
"""How long after its first use a link still answers, to a second click or an impatient one."""

_LASTS = {
    "proposal": timedelta(days=60),
    "sign-in": timedelta(minutes=30),
    "owner": None,
    "upkeep": timedelta(days=60),
}
# These are used again and again as long as they last: to confirm, later to answer or withdraw.
_LASTING = frozenset(("proposal", "owner"))
_KEPT = timedelta(days=90)  # so that an old link is told it is old, not unknown
_LONGEST = 100  # characters of a word; ours have 32


@dataclass(frozen=True, slots=True)
class Token:
    """What a link stands for."""

    subject: str
    opened: datetime | None
    """When it was first looked at, by a person or by a program; None: this is the first time."""
    used: datetime | None
    """When it was first used; None: never before."""


def make(
    desk: sqlite3.Connection,
    purpose: str,
    subject: str,
    now: datetime,
    *,
    days: float | None = None,
) -> str:
    """A new word for a link; this is the only time it can be read.

    Without `days` it lasts as long as links of its purpose do (owners': until ended).
    """
    word = secrets.token_urlsafe(24)
    lasts = _LASTS[purpose] if days is None else timedelta(days=days)
    with writing(desk):
        desk.execute("delete from token where ends < ?", [stamp(now - _KEPT)])
        desk.execute(
            "insert into token (hash, purpose, subject, made, ends) values (?, ?, ?, ?, ?)",
            [_digest(word), purpose, subject, stamp(now), stamp(now + lasts) if lasts else None],
        )
    return word


def look(desk: sqlite3.Connection, purpose: str, word: str, now: datetime) -> Token:
    """What the link stands for; notes that it was opened, and changes nothing else.

    Raises NotFound (no such word for this purpose) and Expired.
    """
    found = _found(desk, purpose, word, now)
    if found.opened is None:
        _note(desk, "opened", word, now)
    return found


def use(desk: sqlite3.Connection, purpose: str, word: str, now: datetime) -> Token:
    """The same, and notes that the right was used.

    Used again within the grace it answers the same; later a link for one use is Expired.
    """
    with writing(desk):
        found = _found(desk, purpose, word, now)
        if found.used is None:
            _note(desk, "used", word, now)
        elif purpose not in _LASTING and now > found.used + GRACE:
            raise Expired(purpose)
    return found


def end(desk: sqlite3.Connection, purpose: str, subject: str, now: datetime) -> None:
    """Ends all links of that right."""
    with writing(desk):
        desk.execute(
            "update token set ended = ? where purpose = ? and subject = ? and ended is null",
            [stamp(now), purpose, subject],
        )


def made_since(desk: sqlite3.Connection, purpose: str, subject: str, since: datetime) -> int:
    """How many links of that right were made from that moment on."""
    row = desk.execute(
        "select count(*) from token where purpose = ? and subject = ? and made >= ?",
        [purpose, subject, stamp(since)],
    ).fetchone()
    return int(row[0])


def _found(desk: sqlite3.Connection, purpose: str, word: str, now: datetime) -> Token:
    row = desk.execute(
        "select subject, ends, opened, used, ended from token where hash = ? and purpose = ?",
        [_digest(word), purpose],
    ).fetchone()
    if row is None or len(word) > _LONGEST:
        raise NotFound(purpose)
    ends = moment(row["ends"])
    if row["ended"] or (ends is not None and now >= ends):
        raise Expired(purpose)
    return Token(row["subject"], moment(row["opened"]), moment(row["used"]))


def _note(desk: sqlite3.Connection, what: str, word: str, now: datetime) -> None:
    with writing(desk):
        desk.execute(
            f"update token set {what} = ? where hash = ? and {what} is null",
            [stamp(now), _digest(word)],
        )


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()
