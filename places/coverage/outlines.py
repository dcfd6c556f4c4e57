"""Borders as maps draw them, kept for each set of areas: this room alone opens its files.

A report must be drawn with the borders it was counted in, also when others have been loaded since;
and no page should read a million corners to draw some hundred.  So whoever works a survey out has
the borders of all areas simplified once, and pages read the few they need.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import shapely

from places import storage
from places.coverage import kept
from places.coverage.areas import Areas
from places.errors import Unavailable
from places.teryt import LEVELS, Level

Outline = Callable[[str], shapely.Geometry | None]
"""The border of an area by its code, in the plane's metres; None where it is not known."""
SMOOTH: Mapping[Level, float] = {
    "country": 1_500, "voivodeship": 400, "powiat": 120, "gmina": 40, "district": 20,
}  # fmt: skip
"""Metres a drawn border may be off, by the area that fills the map."""
_TABLE = "create table outline (code text, metres real, wkb blob, primary key (code, metres))"


def ensure(instance: Path, areas: Areas, digest: str) -> None:
    """Has the borders of this set of areas kept, and not swept away for some time to come.

    Raises OSError or sqlite3.Error when there is no room.
    """
    path = _path(instance, digest)
    if path.exists():
        path.touch()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{time.monotonic_ns()}.new")
    try:
        with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
            connection.execute("begin")
            connection.execute(_TABLE)
            connection.executemany("insert into outline values (?, ?, ?)", _rows(areas))
            connection.execute("commit")
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def of(instance: Path, digest: str, level: Level) -> Outline:
    """Borders as fine as the map of an area of that level shows them; none where none are kept."""
    path, metres = _path(instance, digest), SMOOTH[level]

    def outline(code: str) -> shapely.Geometry | None:
        try:
            with closing(storage.connect_unwritable(path)) as connection:
                row = connection.execute(
                    "select wkb from outline where code = ? and metres = ?", (code, metres)
                ).fetchone()
        except (Unavailable, sqlite3.Error):
            return None
        return None if row is None else shapely.from_wkb(row[0])

    return outline


def prune(instance: Path, days: float, now: float) -> None:
    """Deletes the borders that no survey of so many days was counted in."""
    for path in _path(instance, "").parent.glob("*.*"):
        if now - path.stat().st_mtime > days * 86_400:
            path.unlink(missing_ok=True)


def _rows(areas: Areas) -> Iterator[tuple[str, float, Any]]:
    """Each area as it fills a map, and as a part of the area above."""
    levels: dict[str, Level] = {one.code: one.level for level in LEVELS for one in areas.at(level)}
    for code, level in levels.items():
        above = levels.get(areas.get(code).parent, level)
        for metres in dict.fromkeys((SMOOTH[level], SMOOTH[above])):
            yield code, metres, shapely.to_wkb(areas.outline(code, metres))


def _path(instance: Path, digest: str) -> Path:
    return kept.folder(instance) / "outlines" / f"{digest}.db"
