"""Where a street address is, as an online geocoder says; off until one is chosen in the settings.

What was found is remembered in `addresses.db`, in the instance folder: under a digest of the
address, without who asked, and never more than MOST_KEPT.  The same file keeps the pace: every
question takes its turn there, so that all processes together stay within a service's limit.
"""

import hashlib
import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from places import addresses
from places.addresses import Address
from places.errors import Fault, Invalid, shortened
from places.fetching import Failed, fetch_json
from places.geo import Point, Spot
from places.geocoders import PACES, Geocoder

MOST_KEPT = 10_000
_KEPT_FOR = 90 * 86_400.0  # seconds
_NOTHING_KEPT_FOR = 86_400.0  # A new house is in the registers some day.
_REST = 10.0
"""Seconds for which a service that failed is left alone, so that nobody waits for it in a row."""
_LONGEST_REST = 3_600.0
_TABLES = """
create table if not exists found (digest blob primary key, source text not null, lat real,
    lon real, day real not null) without rowid;
create index if not exists found_by_day on found (day);
create table if not exists turn (source text primary key, next real not null) without rowid;
"""
MOST_AT_ONCE = 3
_ASKING = BoundedSemaphore(MOST_AT_ONCE)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Geocoding:
    """The geocoders that may be asked, in this order; none is none."""

    geocoders: Sequence[Geocoder] = ()
    folder: Path = Path()
    """The instance folder."""
    seconds: float = 5.0
    """How long one of them may take."""
    agent: str = "miejsca-otwarte"
    """Who we are, with an address to write to: Nominatim asks for it."""

    def find(self, typed: str) -> Spot | None:
        """Where the address is; None when no geocoder is on or it is no street address.

        Raises Invalid, with the reason, when none of them can tell.
        """
        address = addresses.read(typed)
        if address is None or not self.geocoders:
            return None
        with _memory(self.folder) as memory:
            kept = _recalled(memory, address)
            if kept is None:
                with _one_of_few(typed):
                    kept = self._asked(memory, address, typed)
        if kept.point is None:
            raise _fault("geocoder_nothing", typed)
        return Spot(typed, kept.point, kept.source)

    def _asked(self, memory: sqlite3.Connection, address: Address, typed: str) -> "_Kept":
        failed = None
        for one in self.geocoders:
            try:
                point = self._ask(memory, one, address)
            except Failed as error:
                _log.warning("geocoder %s: %s", one.code, shortened(error))
                failed = failed or error
                continue
            if point is not None:
                return _remembered(memory, address, _Kept(one.code, point))
        if failed is not None:
            raise _fault("geocoder_timeout" if failed.late else "geocoder_unavailable", typed)
        return _remembered(memory, address, _Kept("", None))

    def _ask(self, memory: sqlite3.Connection, one: Geocoder, address: Address) -> Point | None:
        _wait_for_turn(memory, one.code, self.seconds)
        headers = {"User-Agent": self.agent}
        try:
            said = fetch_json(one.url, one.question(address), headers, self.seconds)
            return one.answer(said, address)
        except Failed as error:
            _leave_alone(memory, one.code, max(error.retry_after, _REST))
            raise


@contextmanager
def _one_of_few(typed: str) -> Iterator[None]:
    """Most threads go on serving pages, however many addresses are asked about at once."""
    if not _ASKING.acquire(blocking=False):
        raise _fault("geocoder_unavailable", typed)
    try:
        yield
    finally:
        _ASKING.release()


@dataclass(frozen=True)
class _Kept:
    source: str
    point: Point | None


def _fault(code: str, typed: str) -> Invalid:
    return Invalid([Fault("near", code, shortened(typed))])


@contextmanager
def _memory(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file of what was found.  Without it the pace cannot be kept, so nobody is asked."""
    try:
        with closing(_opened(folder / "addresses.db")) as memory:
            yield memory
    except (OSError, sqlite3.Error) as error:
        _log.warning("addresses.db: %s", error)
        if "locked" not in str(error):
            # It holds nothing that cannot be asked again: the next question begins it anew.
            with suppress(OSError):
                (folder / "addresses.db").unlink(missing_ok=True)
        raise Invalid([Fault("near", "geocoder_unavailable")]) from error


def _opened(path: Path) -> sqlite3.Connection:
    memory = sqlite3.connect(path, isolation_level=None, timeout=2)
    try:
        memory.executescript(_TABLES)
    except BaseException:
        memory.close()
        raise
    return memory


def _digest(address: Address) -> bytes:
    # Not the address itself: the file need not tell what people looked for.
    # With its marks: what is not found as "Dluga" may be found as "Długa".
    words = " ".join(str(address).casefold().split())
    return hashlib.blake2b(words.encode(), digest_size=16).digest()


def _recalled(memory: sqlite3.Connection, address: Address) -> _Kept | None:
    now = time.time()
    row = memory.execute(
        "select source, lat, lon from found where digest = ? "
        "and day > case when lat is null then ? else ? end",
        (_digest(address), now - _NOTHING_KEPT_FOR, now - _KEPT_FOR),
    ).fetchone()
    if row is None:
        return None
    source, lat, lon = row
    return _Kept(source, None if lat is None else Point(lat, lon))


def _remembered(memory: sqlite3.Connection, address: Address, kept: _Kept) -> _Kept:
    lat, lon = kept.point or (None, None)
    day = time.time() // 86_400 * 86_400  # The day is enough to know what is old.
    memory.execute(
        "insert or replace into found values (?, ?, ?, ?, ?)",
        (_digest(address), kept.source, lat, lon, day),
    )
    memory.execute(
        "delete from found where digest in (select digest from found order by day desc, digest "
        "limit -1 offset ?)",
        (MOST_KEPT,),
    )
    return kept


def _wait_for_turn(memory: sqlite3.Connection, source: str, longest: float) -> None:
    """Takes the next free turn of a service and waits for it.

    Raises Failed when that is too far away.
    """
    now = time.time()
    memory.execute("begin immediate")
    try:
        row = memory.execute("select next from turn where source = ?", [source]).fetchone()
        turn = max(now, row[0]) if row and row[0] < now + 2 * _LONGEST_REST else now
        if turn - now <= longest:
            _set_turn(memory, source, turn + PACES[source])
    finally:
        memory.execute("commit")
    if turn - now > longest:
        raise Failed("no turn is free soon")
    time.sleep(turn - now)


def _leave_alone(memory: sqlite3.Connection, source: str, seconds: float) -> None:
    until = time.time() + min(seconds, _LONGEST_REST)
    memory.execute("update turn set next = max(next, ?) where source = ?", (until, source))


def _set_turn(memory: sqlite3.Connection, source: str, turn: float) -> None:
    memory.execute("insert or replace into turn values (?, ?)", (source, turn))
