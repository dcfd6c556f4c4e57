"""The index: a SQLite copy of the catalogue that notices when the file has changed.

The GeoJSON file is the truth; `index.db` can be deleted at any moment and nothing is lost.  Whoever
opens it compares the file's stamp with the one it was built from, and brings it up to date in one
transaction (WAL), so that every reader sees the old state or the new one, never half.  A file that
cannot be used changes nothing: the last good index goes on answering and says that it is degraded.
So it does where nothing can be written any more.

Two locks, both files beside the index.  `index.lock` is shared by all who have it open; only a
repair, which must delete the damaged file, takes it alone.  `update.lock` lets one process at a
time read the catalogue; the others meanwhile answer from what they have.
"""

import fcntl
import json
import logging
import math
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlite_utils

from places import changes, geojson, layout, opening, rows, storage
from places.errors import Fault, Invalid, Unavailable, shortened
from places.storage import Damaged, is_unwritable, locked, meaning

LONGEST_QUERY = 10.0
"""Seconds after which a question is given up, so that no request holds a worker for ever."""
_STEPS_BETWEEN_LOOKS = 50_000  # of SQLite's virtual machine: some milliseconds

_MOST_LOGGED = 100
_SETTLES = 50_000_000  # nanoseconds: some ticks of a file system's clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Status:
    """What the index knows of itself."""

    places: int
    """Records in it, with the closed and withdrawn ones."""
    listed: int
    """Those that stand in lists."""
    built_at: str
    """When it last took in the catalogue: UTC, ISO 8601; empty when never."""
    layout: int
    """The version of its tables."""
    faults: tuple[Fault, ...]
    """Why the present catalogue file is not, or not wholly, in it."""

    @property
    def degraded(self) -> bool:
        """Whether it answers from something else than the whole present file."""
        return bool(self.faults)


class Index:
    """An open index.  Belongs to one thread; close it always."""

    def __init__(self, connection: sqlite3.Connection, trouble: Sequence[Fault] = ()) -> None:
        self._connection = connection
        self._trouble = trouble
        self._states: dict[tuple[opening.Span, ...], dict[int, int]] = {}
        self._deadline = time.monotonic() + LONGEST_QUERY
        connection.set_progress_handler(self._is_late, _STEPS_BETWEEN_LOOKS)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query.

        Raises Damaged or Unavailable; a mistake in the SQL is our bug and stays sqlite3's error.
        """
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            if refusal := meaning(error):
                raise refusal from error
            raise

    def fill(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Puts rows of two values into a temporary table."""
        self._connection.executemany(f"insert into temp.{table} values (?, ?)", rows)

    def states(self, asked: Sequence[opening.Span]) -> dict[int, int]:
        """The best state of each rule of hours in the spans, see opening.py."""
        key = tuple(asked)
        # An empty answer asks several times of one moment, and a far one takes long.
        if key not in self._states:
            self._states[key] = opening.states(self._connection, asked)
        return self._states[key]

    def be_patient(self) -> None:
        """For a command that no visitor waits for: no question is given up."""
        self._deadline = math.inf

    def stamp(self) -> str:
        """A word that changes whenever the answers may: for ETags."""
        meta = self._meta()
        return meta.get("stamp") or meta.get("seen", "")

    def status(self) -> Status:
        """What is in it and whether it is the whole present catalogue."""
        meta = self._meta()
        (places,) = self.rows("select count(*) from record")[0]
        (listed,) = self.rows("select count(*) from place")[0]
        faults = [Fault(**one) for one in json.loads(meta.get("faults", "[]"))]
        faults += self._trouble
        return Status(places, listed, meta.get("built_at", ""), layout.VERSION, tuple(faults))

    def _meta(self) -> dict[str, str]:
        return dict(self.rows("select name, value from meta"))

    def _is_late(self) -> bool:
        return time.monotonic() > self._deadline


@contextmanager
def open_index(catalogue: Path, folder: Path, today: date | None = None) -> Iterator[Index]:
    """The index of a catalogue file, up to date if that can be had, kept in `folder`.

    With `today` it knows who is open in the days around it.

    Raises Damaged when the index file is broken.
    """
    with ExitStack() as stack:
        try:
            connection, trouble = _opened(catalogue, folder, stack)
            _look_ahead(connection, today)
            # Until it is closed it shows one state, however often the file changes meanwhile.
            connection.execute("begin")
        except sqlite3.Error as error:
            # What SQLite does not understand are tables of somebody else.
            raise meaning(error) or Damaged(str(error)) from error
        yield Index(connection, trouble)


def repair(folder: Path) -> None:
    """Deletes a damaged index, once nobody has it open."""
    with locked(folder / "index.lock", fcntl.LOCK_EX):
        if not (folder / "index.db").exists():
            return
        try:
            with closing(storage.connect(folder / "index.db")) as connection:
                healthy = layout.is_sound(connection)
        except sqlite3.DatabaseError as error:
            if isinstance(refusal := meaning(error), Unavailable):
                raise refusal from error
            healthy = False
        if healthy:  # Somebody else mended it while we waited for the lock.
            return
        _log.error("index.db is damaged; it is deleted and built anew")
        storage.remove(folder / "index.db")


def rebuild(catalogue: Path, folder: Path) -> Status:
    """Builds the index anew from the whole catalogue, while the old one goes on answering."""
    with (
        locked(folder / "index.lock", fcntl.LOCK_SH),
        locked(folder / "update.lock", fcntl.LOCK_EX),
        closing(storage.connect(folder / "index.db")) as connection,
    ):
        _update(connection, catalogue, anew=True)
        return Index(connection).status()


def _opened(
    catalogue: Path, folder: Path, stack: ExitStack
) -> tuple[sqlite3.Connection, list[Fault]]:
    """A connection that `stack` will close, and why it may be behind the catalogue."""
    path = folder / "index.db"
    try:
        with ExitStack() as inner:
            inner.enter_context(locked(folder / "index.lock", fcntl.LOCK_SH))
            connection = inner.enter_context(closing(storage.connect(path)))
            trouble = _notice(connection, catalogue, folder)
            stack.enter_context(inner.pop_all())
        return connection, trouble
    except (Unavailable, sqlite3.Error) as error:
        if isinstance(error, sqlite3.Error) and not is_unwritable(error):
            raise
        connection = stack.enter_context(closing(storage.connect_unwritable(path)))
        if not layout.is_current(connection):
            raise Unavailable(str(error)) from error
        return connection, [_unwritable(str(error))] if _is_behind(connection, catalogue) else []


def _notice(connection: sqlite3.Connection, catalogue: Path, folder: Path) -> list[Fault]:
    """Brings the index up to date, unless it is, or another process is already at it.

    Answers with the reason when there is no room to do so.
    """
    usable = layout.is_current(connection)
    if usable and not _is_behind(connection, catalogue):
        return []
    with locked(folder / "update.lock", fcntl.LOCK_EX, wait=not usable) as mine:
        try:
            # Somebody else may have done it while we waited.
            if mine and (not layout.is_current(connection) or _is_behind(connection, catalogue)):
                _update(connection, catalogue, anew=not layout.is_current(connection))
        except sqlite3.Error as error:
            if not usable or not (is_unwritable(error) or storage.is_busy(error)):
                raise
            # Who is behind another writer looks again with the next question.
            return [_unwritable(str(error))] if is_unwritable(error) else []
    return []


def _look_ahead(connection: sqlite3.Connection, today: date | None) -> None:
    if today is None or not opening.is_stale(connection, today):
        return
    try:
        # Somebody who writes for long must not keep every reader waiting.
        connection.execute("pragma busy_timeout = 0")
        with storage.transaction(connection):
            opening.refresh(connection, today)
    except sqlite3.Error as error:
        # Without room or leave to write, the days are worked out anew for each question.
        if not (is_unwritable(error) or storage.is_busy(error)):
            raise
    finally:
        connection.execute(f"pragma busy_timeout = {int(storage.WAIT_FOR_LOCK * 1000)}")


def _is_behind(connection: sqlite3.Connection, catalogue: Path) -> bool:
    seen = connection.execute("select value from meta where name = 'seen'").fetchone()
    return seen is None or seen[0] != _word(geojson.stamp(catalogue))


def _update(connection: sqlite3.Connection, catalogue: Path, *, anew: bool) -> None:
    """Takes in what has changed in the file; all of it when `anew`."""
    found = geojson.stamp(catalogue)  # Before reading: a later change is then noticed.
    stamp = _word(found)
    if found is not None and abs(time.time_ns() - found.mtime_ns) < _SETTLES:
        stamp += "-fresh"  # It may change again within one tick of its clock: look once more.
    records = [] if anew else connection.execute("select digest, n, id from record").fetchall()
    known = {digest: (n, place_id) for digest, n, place_id in records}
    whole = layout.is_current(connection) and bool(
        connection.execute("select 1 from meta where name = 'stamp'").fetchone()
    )
    try:
        kept, added, faults = changes.read(catalogue, known)
    except Invalid as error:
        kept, added, faults = {n for n, _ in known.values()}, [], list(error.faults)
    _report(faults)
    connection.execute("pragma journal_mode = wal")
    db = sqlite_utils.Database(connection, recursive_triggers=False)
    with storage.transaction(connection):
        if not faults or not whole:
            _apply(db, kept, added, anew=anew)
        _remember(connection, stamp, faults)


def _apply(db: sqlite_utils.Database, kept: set[int], added: list[rows.Row], *, anew: bool) -> None:
    if anew:
        layout.create(db)
        layout.fill(db, added)
        layout.finish(db)
        return
    leaving = [n for (n,) in db.execute("select n from record") if n not in kept]
    layout.remove(db, leaving)
    layout.fill(db, added)
    layout.recount(db)


def _remember(connection: sqlite3.Connection, stamp: str, faults: Sequence[Fault]) -> None:
    facts = {"seen": stamp, "faults": json.dumps([asdict(fault) for fault in faults])}
    if not faults:
        facts["stamp"] = stamp
        (facts["built_at"],) = connection.execute(
            "select strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
        ).fetchone()
    connection.executemany("insert or replace into meta values (?, ?)", facts.items())


def _report(faults: Sequence[Fault]) -> None:
    for fault in faults[:_MOST_LOGGED]:
        _log.error(
            "catalogue: %s %s: %s %r %s",
            fault.where, fault.field, fault.code, fault.value, fault.limit,
        )  # fmt: skip
    if len(faults) > _MOST_LOGGED:
        _log.error("catalogue: and %d more faults", len(faults) - _MOST_LOGGED)


@lru_cache  # Said once, not with every request.
def _unwritable(error: str) -> Fault:
    _log.error("the index cannot be brought up to date: %s", error)
    return Fault("", "unwritable", "", shortened(error))


def _word(stamp: geojson.Stamp | None) -> str:
    return "-".join(map(str, stamp)) if stamp else "none"
