"""An SQLite file in a folder: locks, connections, and what an error of SQLite's means.

Only what is broken is called damaged, because the damaged is deleted.  A full disk, a folder that
may only be read or a lock held too long breaks nothing: what is there goes on being read.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from places.errors import Refusal, Unavailable

WAIT_FOR_LOCK = 30.0
"""Seconds."""

_UNWRITABLE = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}  # fmt: skip
_BUSY = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
}  # fmt: skip


class Damaged(Refusal):
    """The file is broken.  Whoever can make it again may delete it."""


def meaning(error: sqlite3.Error) -> Refusal | None:
    """What the error says of the file: Damaged, Unavailable, or None when our SQL is wrong."""
    if is_unwritable(error) or is_busy(error):
        return Unavailable(str(error))
    ours = isinstance(error, sqlite3.OperationalError) and _code(error) == sqlite3.SQLITE_ERROR
    return None if ours and "no such table" not in str(error) else Damaged(str(error))


def is_unwritable(error: sqlite3.Error) -> bool:
    """Whether the disk is full, may only be read or does not work: the file may be good."""
    cut = _code(error) == sqlite3.SQLITE_IOERR_SHORT_READ
    return _code(error) & 0xFF in _UNWRITABLE and not cut


def is_busy(error: sqlite3.Error) -> bool:
    """Whether somebody else holds it, or there was no time or memory: the file is good."""
    return _code(error) & 0xFF in _BUSY


def connect(path: Path, wait: float | None = None) -> sqlite3.Connection:
    """A connection that begins no transaction by itself, and waits so many seconds for a lock
    (WAIT_FOR_LOCK unless said)."""
    seconds = WAIT_FOR_LOCK if wait is None else wait
    # Without a transaction of Python's own making: plain BEGIN ends in "database is locked".
    return _settled(sqlite3.connect(path, isolation_level=None, timeout=seconds))


def connect_unwritable(path: Path) -> sqlite3.Connection:
    """A connection to a file in a place where nothing can be written, not even a lock.

    Raises Unavailable when there is no whole state in the file alone.
    """
    try:
        # What one of these holds is not, or not only, in the file itself.
        beside = [path.with_name(path.name + ending) for ending in ("-wal", "-journal")]
        whole = path.stat().st_size > 0 and not any(
            other.exists() and other.stat().st_size for other in beside
        )
    except OSError as error:
        raise Unavailable(str(error)) from error
    if not whole:
        raise Unavailable(f"{path.name}: nothing to read, and no room to write")
    address = f"{path.absolute().as_uri()}?immutable=1"
    return _settled(sqlite3.connect(address, isolation_level=None, uri=True))


def remove(path: Path) -> None:
    """Deletes the file and what SQLite keeps beside it.

    Raises Unavailable when it cannot be done.
    """
    try:
        for ending in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(str(error)) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written within, or nothing of it; waits for another writer to end."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:  # SQLite may have given up by itself.
            connection.execute("rollback")
        raise


@contextmanager
def locked(path: Path, kind: int, *, wait: bool = True) -> Iterator[bool]:
    """Holds a lock file; yields whether it was had (always, when waiting for it).

    Raises Unavailable when there can be none.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        opened = path.open("w")
    except OSError as error:
        raise Unavailable(str(error)) from error
    with opened as file:
        try:
            fcntl.flock(file, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _code(error: sqlite3.Error) -> int:
    # Python's own errors, such as that of a text which is not UTF-8, come without one.
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)


def _settled(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("pragma temp_store = memory")
        connection.execute("pragma synchronous = normal")  # What is lost is made again.
    except BaseException:
        connection.close()
        raise
    return connection
