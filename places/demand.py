"""What is sought in vain, and where: the only room that opens `instance/demand.db`.

Counted by ISO week and area, nothing else: no person, no point, no moment; words only when they
were sought often enough, see tallying.py.  Nothing is told of a week before it has ended, so that
nobody can watch a search being counted.
"""

import logging
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from places import storage, tallying, teryt
from places.errors import Unavailable
from places.hours import WARSAW
from places.sought import Sought
from places.tallying import ENOUGH

FILE = "demand.db"
_PATIENCE = 0.05
"""Seconds a search waits for another writer; then it goes uncounted."""
_PATIENCE_OF_READERS = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """Something with how often it was sought."""

    name: str
    """A week ("2026-W11"), an area's code, words, or "type:biblioteka"."""
    count: int | None
    """None: fewer than ENOUGH, and not nought."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Searches without a result in an area, in whole weeks that are over."""

    area: str
    total: int | None
    """None: fewer than ENOUGH."""
    weeks: tuple[Told, ...]
    """The oldest first; also those without any."""
    areas: tuple[Told, ...]
    """As exact as people said them, the most first, from ENOUGH on."""
    fewer: int
    """How many further areas have fewer."""
    texts: tuple[Told, ...]
    """Words, the most sought first: each counted from ENOUGH a week on."""
    kinds: tuple[Told, ...]
    """Types, networks and audiences, the most sought first, from ENOUGH on."""


def week_of(day: date) -> str:
    """The ISO week: "2026-W11"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def whole_weeks(now: datetime, count: int) -> tuple[str, ...]:
    """The last so many weeks that are over, the oldest first."""
    today = now.astimezone(WARSAW).date()
    return tuple(week_of(today - timedelta(weeks=back)) for back in range(count, 0, -1))


def note(instance: Path, sought: Sought, now: datetime, keep: int, wait: float = _PATIENCE) -> bool:
    """Counts a search that found nothing; whether it could.  Never raises.

    `keep` is for how many weeks counts are kept: the first search of a week removes older ones.
    """
    try:
        instance.mkdir(parents=True, exist_ok=True)
        with _opened(instance, wait) as file, storage.transaction(file):
            week = week_of(now.astimezone(WARSAW).date())
            key = tallying.key_of(file, week)
            key = key or tallying.new_key(file, week, whole_weeks(now, keep)[0])
            if tallying.is_new(file, key, sought, now):
                tallying.count(file, week, key, sought)
    except (OSError, sqlite3.Error, Unavailable) as error:
        _log.warning("a search was not counted: %s", error)
        return False
    return True


def report(instance: Path, area: str, weeks: Sequence[str]) -> Demand:
    """What was sought in vain in an area and all within it.

    Raises Unavailable.
    """
    with _reading(instance) as file:
        by_area, by_week, kinds = Counter[str](), Counter[str](), Counter[str]()
        for week, code, n in _rows(file, "search", area, weeks, "week, area, n"):
            by_week[week] += n
            by_area[code] += n
        for kind, value, n in _rows(file, "kind", area, weeks, "kind, value, n"):
            kinds[f"{kind}:{value}"] += n
        texts = Counter[str]()
        for words, n in _rows(file, "said", area, weeks, "words, n", within=False):
            texts[words] += n
    areas = _enough(by_area)
    return Demand(
        area=area,
        total=_hidden(by_week.total()),
        weeks=tuple(Told(week, _hidden(by_week[week])) for week in weeks),
        areas=areas,
        fewer=len(by_area) - len(areas),
        texts=_enough(texts),
        kinds=_enough(kinds),
    )


def areas(instance: Path, weeks: Sequence[str]) -> dict[str, int]:
    """How often each area was searched in vain, as exact as people said it, from ENOUGH on.

    Raises Unavailable.
    """
    return {one.name: one.count or 0 for one in report(instance, teryt.COUNTRY, weeks).areas}


def purge(instance: Path, now: datetime, keep: int) -> int:
    """Removes what is older than so many weeks and all that belongs to a week that is over; the
    file is then written anew, so that no byte of it is left.  How many counts that were.

    Raises Unavailable.
    """
    if not (instance / FILE).exists():
        return 0
    try:
        with _opened(instance, storage.WAIT_FOR_LOCK) as file:
            with storage.transaction(file):
                week = week_of(now.astimezone(WARSAW).date())
                gone = tallying.clear(file, whole_weeks(now, keep)[0])
                if tallying.key_of(file, week) is None:
                    tallying.forget(file)
            file.execute("vacuum")
    except (OSError, sqlite3.Error) as error:
        raise Unavailable(f"{FILE}: {error}") from error
    return gone


@contextmanager
def _opened(instance: Path, wait: float) -> Iterator[sqlite3.Connection]:
    path = instance / FILE
    with closing(storage.connect(path, wait)) as file:
        # With a rollback journal nothing that was removed waits in another file.
        file.execute("pragma secure_delete = on")
        if not file.execute("select 1 from sqlite_master limit 1").fetchone():
            with storage.transaction(file):
                tallying.lay_out(file)
            path.chmod(0o600)
        yield file


@contextmanager
def _reading(instance: Path) -> Iterator[sqlite3.Connection | None]:
    """The file; None where nothing has been counted yet."""
    if not (instance / FILE).exists():
        yield None
        return
    try:
        with closing(storage.connect(instance / FILE, _PATIENCE_OF_READERS)) as file:
            yield file
    except sqlite3.Error as error:
        raise Unavailable(f"{FILE}: {error}") from error


def _rows(
    file: sqlite3.Connection | None,
    table: str,
    area: str,
    weeks: Sequence[str],
    columns: str,
    *,
    within: bool = True,
) -> list[Any]:
    if file is None or not weeks:
        return []
    sql, values = f"select {columns} from {table} where week between ? and ?", [weeks[0], weeks[-1]]
    # Nothing lies within a district, but another's name may begin like its own.
    if not within or "-" in area:
        sql, values = f"{sql} and area = ?", [*values, area]
    elif area != teryt.COUNTRY:
        sql, values = f"{sql} and substr(area, 1, ?) = ?", [*values, str(len(area)), area]
    return file.execute(sql, values).fetchall()


def _hidden(count: int) -> int | None:
    return count if count == 0 or count >= ENOUGH else None


def _enough(counts: Counter[str]) -> tuple[Told, ...]:
    found = [(name, n) for name, n in counts.items() if n >= ENOUGH]
    return tuple(Told(*one) for one in sorted(found, key=lambda one: (-one[1], one[0])))
