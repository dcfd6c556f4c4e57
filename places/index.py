"""The index: a SQLite copy of the catalogue that notices when the file has changed.

The GeoJSON file is the truth; `index.db` can be deleted at any moment and nothing is lost.  Whoever
opens it compares the file's stamp with the one it was built from, and brings it up to date in one
transaction (WAL), so that every reader sees the old state or the new one, never half.  A file that
cannot be used changes nothing: the last good index goes on answering and says that it is degraded.

Two locks, both files beside the index.  `index.lock` is shared by all who have it open; only a
repair, which must delete the damaged file, takes it alone.  `update.lock` lets one process at a
time read the catalogue; the others meanwhile answer from what they have.
"""

import fcntl
import hashlib
import json
import logging
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlite_utils

from places import geojson, layout
from places.errors import Fault, Invalid, Refusal, Unavailable
from places.geo import Point, metres

LONGEST_QUERY = 10.0
"""Seconds after which a question is given up, so that no request holds a worker for ever."""
_STEPS_BETWEEN_LOOKS = 50_000  # of SQLite's virtual machine: some milliseconds
_WAIT_FOR_LOCK = 30.0  # seconds

_MOST_LOGGED = 100
_SETTLES = 50_000_000  # nanoseconds: some ticks of a file system's clock

_log = logging.getLogger(__name__)


class Damaged(Refusal):
    """The index file is broken.  `repair` deletes it; the next `open_index` builds it anew."""


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

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._deadline = time.monotonic() + LONGEST_QUERY
        connection.create_function("metres", 4, _metres, deterministic=True)
        connection.set_progress_handler(self._is_late, _STEPS_BETWEEN_LOOKS)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query.

        Raises Damaged or Unavailable; a mistake in the SQL is our bug and stays sqlite3's error.
        """
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error) or "locked" in str(error):
                raise Unavailable(str(error)) from error
            if "disk" in str(error) or "no such table" in str(error):
                raise Damaged(str(error)) from error
            raise
        except sqlite3.DatabaseError as error:
            raise Damaged(str(error)) from error

    def stamp(self) -> str:
        """A word that changes whenever the answers may: for ETags."""
        return str(self._meta().get("stamp", ""))

    def status(self) -> Status:
        """What is in it and whether it is the whole present catalogue."""
        meta = self._meta()
        (places,) = self.rows("select count(*) from record")[0]
        (listed,) = self.rows("select count(*) from place")[0]
        faults = [Fault(**one) for one in json.loads(meta.get("faults", "[]"))]
        return Status(places, listed, meta.get("built_at", ""), layout.VERSION, tuple(faults))

    def _meta(self) -> dict[str, str]:
        return dict(self.rows("select name, value from meta"))

    def _is_late(self) -> bool:
        return time.monotonic() > self._deadline


@contextmanager
def open_index(catalogue: Path, folder: Path) -> Iterator[Index]:
    """The index of a catalogue file, up to date if that can be had, kept in `folder`.

    Raises Damaged when the index file is broken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(_locked(folder / "index.lock", fcntl.LOCK_SH))
        try:
            connection = stack.enter_context(closing(_connect(folder / "index.db")))
            _notice(connection, catalogue, folder)
            # Until it is closed it shows one state, however often the file changes meanwhile.
            connection.execute("begin")
        except sqlite3.OperationalError as error:
            raise (Unavailable if "locked" in str(error) else Damaged)(str(error)) from error
        except sqlite3.DatabaseError as error:
            raise Damaged(str(error)) from error
        yield Index(connection)


def repair(folder: Path) -> None:
    """Deletes a damaged index, once nobody has it open."""
    with _locked(folder / "index.lock", fcntl.LOCK_EX):
        try:
            with closing(_connect(folder / "index.db")) as connection:
                healthy = layout.is_sound(connection)
        except sqlite3.DatabaseError:
            healthy = False
        if healthy:  # Somebody else mended it while we waited for the lock.
            return
        _log.error("index.db is damaged; it is deleted and built anew")
        remove(folder)


def remove(folder: Path) -> None:
    """Deletes the index file.  Nothing is lost: the catalogue is the truth."""
    for name in ("index.db", "index.db-wal", "index.db-shm"):
        (folder / name).unlink(missing_ok=True)


def rebuild(catalogue: Path, folder: Path) -> Status:
    """Builds the index anew from the whole catalogue, while the old one goes on answering."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        _locked(folder / "index.lock", fcntl.LOCK_SH),
        _locked(folder / "update.lock", fcntl.LOCK_EX),
        closing(_connect(folder / "index.db")) as connection,
    ):
        _update(connection, catalogue, anew=True)
        return Index(connection).status()


def _connect(path: Path) -> sqlite3.Connection:
    # Without a transaction of Python's own making: plain BEGIN ends in "database is locked".
    connection = sqlite3.connect(path, isolation_level=None, timeout=_WAIT_FOR_LOCK)
    try:
        connection.execute("pragma temp_store = memory")
        connection.execute("pragma synchronous = normal")  # A lost index is built again.
    except BaseException:
        connection.close()
        raise
    return connection


def _notice(connection: sqlite3.Connection, catalogue: Path, folder: Path) -> None:
    """Brings the index up to date, unless it is, or another process is already at it."""
    usable = layout.is_current(connection)
    if usable and not _is_behind(connection, catalogue):
        return
    with _locked(folder / "update.lock", fcntl.LOCK_EX, wait=not usable) as mine:
        # Somebody else may have done it while we waited.
        if mine and (not layout.is_current(connection) or _is_behind(connection, catalogue)):
            _update(connection, catalogue, anew=not layout.is_current(connection))


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
        kept, added, faults = _read(catalogue, known)
    except Invalid as error:
        kept, added, faults = {n for n, _ in known.values()}, [], list(error.faults)
    _report(faults)
    connection.execute("pragma journal_mode = wal")
    db = sqlite_utils.Database(connection, recursive_triggers=False)
    connection.execute("begin immediate")
    try:
        if not faults or not whole:
            _apply(db, kept, added, anew=anew)
        _remember(connection, stamp, faults)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _read(
    catalogue: Path, known: Mapping[bytes, tuple[int, str]]
) -> tuple[set[int], list[layout.Row], list[Fault]]:
    """The numbers of unchanged records, the new ones, and what is wrong with the file."""
    kept: set[int] = set()
    added: list[layout.Row] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for line in geojson.lines(catalogue):
        digest = hashlib.blake2b(line.raw, digest_size=16).digest()
        number, place_id = known.get(digest, (0, ""))
        if not number:
            try:
                one = geojson.parse(line)
            except Invalid as error:
                faults.extend(error.faults)
                continue
            place_id = one.id
        if place_id in seen:
            faults.append(Fault("id", "repeated", place_id).at(f"line {line.number} · {place_id}"))
        elif number:
            kept.add(number)
        else:
            added.append(layout.Row(digest, line.raw.decode(), one))
        seen.add(place_id)
    return kept, added, faults


def _apply(
    db: sqlite_utils.Database, kept: set[int], added: list[layout.Row], *, anew: bool
) -> None:
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


def _word(stamp: geojson.Stamp | None) -> str:
    return "-".join(map(str, stamp)) if stamp else "none"


def _metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    return metres(Point(lat, lon), Point(other_lat, other_lon))


@contextmanager
def _locked(path: Path, kind: int, *, wait: bool = True) -> Iterator[bool]:
    """Holds a lock file; yields whether it was had (always, when waiting for it)."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
