"""Tables that moderators have sent and not yet decided on: a file each, for a day at most.

The file lies in a folder that nobody is served from, under a word that only its own moderator may
use.  What the table is to mean (`terms`) is kept beside it, so that a form is believed but once.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from places.desk import packed, stamp, writing
from places.errors import NotFound, Unavailable, shortened

FOLDER = "uploads"
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Upload:
    """One of them."""

    word: str
    name: str
    """As the moderator's file is called; shown and never used as a path."""
    form: str
    """One of `exchange.files.FORMS`."""
    made: datetime
    terms: Mapping[str, Any]


def keep(
    desk: sqlite3.Connection,
    instance: Path,
    person: int,
    file: tuple[str, str, bytes],
    now: datetime,
) -> Upload:
    """Keeps a file (its name, form and bytes) in place of this person's last one.

    Raises Unavailable when the disk is full.
    """
    name, form, raw = file
    word = secrets.token_urlsafe(24)
    _write(instance, word, raw)
    with writing(desk):
        old = [row[0] for row in desk.execute("select word from upload where person = ?", [person])]
        desk.execute("delete from upload where person = ?", [person])
        desk.execute(
            "insert into upload (word, person, name, form, made) values (?, ?, ?, ?, ?)",
            [word, person, shortened(name, 120), form, stamp(now)],
        )
    for one in old:
        _path(instance, one).unlink(missing_ok=True)
    return find(desk, person, word, now)


def find(desk: sqlite3.Connection, person: int, word: str, now: datetime) -> Upload:
    """The table of this person.

    Raises NotFound, also for somebody else's and after a day.
    """
    for one in _of(desk, person, now):
        if secrets.compare_digest(one.word.encode(), word.encode()):
            return one
    raise NotFound("upload")


def last(desk: sqlite3.Connection, person: int, now: datetime) -> Upload | None:
    """The table this person has not yet decided on."""
    return next(iter(_of(desk, person, now)), None)


def content(instance: Path, one: Upload) -> bytes:
    """The bytes of the file.

    Raises NotFound when it is gone.
    """
    try:
        return _path(instance, one.word).read_bytes()
    except OSError:
        raise NotFound("upload") from None


def settle(desk: sqlite3.Connection, one: Upload, terms: Mapping[str, Any]) -> None:
    """Keeps what the table is to mean."""
    with writing(desk):
        desk.execute("update upload set terms = ? where word = ?", [packed(terms), one.word])


def drop(desk: sqlite3.Connection, instance: Path, words: Iterable[str]) -> None:
    """Deletes these, files and all."""
    words = list(words)
    with writing(desk):
        desk.executemany("delete from upload where word = ?", ((one,) for one in words))
    for one in words:
        _path(instance, one).unlink(missing_ok=True)


def old(desk: sqlite3.Connection, instance: Path, now: datetime) -> list[str]:
    """The words of those kept long enough, and of files that belong to nobody any more."""
    rows = desk.execute("select word, made < ? from upload", [stamp(now - KEPT_FOR)]).fetchall()
    known = {row[0] for row in rows}
    folder, before = instance / FOLDER, (now - KEPT_FOR).timestamp()
    # A file without a row may be one that is just being sent.
    files = list(folder.iterdir()) if folder.is_dir() else []
    nobodys = {one.name for one in files if one.name not in known and _written(one) < before}
    return sorted({row[0] for row in rows if row[1]} | nobodys)


def _of(desk: sqlite3.Connection, person: int, now: datetime) -> list[Upload]:
    rows = desk.execute(
        "select word, name, form, made, terms from upload where person = ? and made >= ?",
        [person, stamp(now - KEPT_FOR)],
    )
    return [
        Upload(row[0], row[1], row[2], datetime.fromisoformat(row[3]), json.loads(row[4]))
        for row in rows
    ]


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # Gone by now.
        return float("inf")


def _write(instance: Path, word: str, raw: bytes) -> None:
    path = _path(instance, word)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        path.touch(mode=0o600)
        path.write_bytes(raw)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Unavailable(f"{FOLDER}: {error.strerror}") from error


def _path(instance: Path, word: str) -> Path:
    return instance / FOLDER / word
