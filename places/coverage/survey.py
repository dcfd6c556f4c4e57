"""An answer about every area at once, as it is kept: one SQLite file, read a few rows at a time.

Beside the figures of the areas stand the hexagons in which somebody may be left out (holes.py),
from which the gaps of an area are gathered when they are asked for.  surveying.py makes the file.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

from places import storage, teryt
from places.coverage import gaps, hexagons
from places.coverage.figures import Figures, read
from places.coverage.gaps import Cell, Gap
from places.coverage.holes import COARSE, FINE, LEVELS, Hexagon
from places.coverage.kept import About
from places.errors import NotFound, Unavailable
from places.teryt import Level
from places.vocabulary import VAGUEST_ON_MAP

TABLES = f"""
create table meta (name text primary key, value text not null) without rowid;
create table area (code text primary key, n integer not null, level text not null,
    parent text not null, name text not null, figures text not null) without rowid;
create index area_by_parent on area (parent, n);
create table place (id text not null, name text not null, lat real not null, lon real not null,
    doubt real not null, sure integer not null, powiat text, gmina text, district text);
create table gap (area text not null, n integer not null, gap text not null,
    primary key (area, n)) without rowid;
create table part (n integer primary key, {", ".join(LEVELS)});
create table label (n integer primary key, name text not null);
create table hexagon ({", ".join(f"{name} integer" for name in Hexagon._fields)});
create index hexagon_by_part on hexagon (part);
create view hole as select {", ".join(f"part.{name}" for name in LEVELS)},
    case when r9 is null then '' else printf('%x', r9) end as r9, printf('%x', r8) as r8,
    printf('%x', r7) as r7, printf('%x', r6) as r6, label.name,
    {", ".join(f"{name} / 10.0 as {name}" for name in Hexagon._fields[6:])}
    from hexagon join part on part.n = hexagon.part join label on label.n = hexagon.label;
"""
_RESOLUTIONS = {"country": 6, "voivodeship": 7}
"""Of the hexagons a gap is made of, by the kind of the area; of the others as fine as they come."""
_SETTLEMENT = 7
_CITY = (
    "select area.name from area where area.code = hole.powiat and "
    f"substr(area.code, 3, 1) >= '{teryt.CITY}'"
)
_TRUE_CITY = f"{_CITY} and not json_extract(area.figures, '$.approximate')"
_FINEST = "coalesce(nullif(district, ''), nullif(gmina, ''), nullif(powiat, ''), voivodeship)"
"""The code of the finest area known."""
_CALLED = {
    "country": f"coalesce(({_CITY}), hole.name)",
    "voivodeship": f"coalesce(nullif(({_TRUE_CITY}), hole.name) || ', ', '') || hole.name",
}
"""What the people of a hexagon call it, from afar: a quarter's name says little without its city,
which stands before it where borders are true, and for the whole country it is too small for what
it would stand for."""
MOST_GAPS = 50
"""Gaps of an area that are told, the largest."""
WIDE = ("country", "voivodeship")
"""The levels whose gaps are gathered ahead: they are made of a hundred thousand hexagons."""
_SUMS = ("low", "high", "young_low", "young_high", "old_low", "old_high")


@dataclass(frozen=True, slots=True)
class Method:
    """From what, and how, the figures were made."""

    stamp: str
    """The state of the data."""
    week: str
    """The Monday of the week whose hours count."""
    filters: tuple[tuple[str, str], ...]
    """The catalogue's filters that were in force, as parameters."""
    method: int
    """terms.METHOD"""
    residents: About
    areas: tuple[About, ...]
    streets: tuple[About, ...]
    borders: str
    """The set of areas, see areas.digest."""
    terms: Mapping[str, Any]
    """The assumptions as they were, see terms.told."""
    precision: str
    """What a resident's position stands for: "settlement", "grid" or "point"."""
    changed: str
    """When the records of the places last changed."""
    places: Mapping[str, int]
    """How many places counted, and how many not, see Counted.told."""


_FORM = "\n".join(
    [TABLES, *(one.name for kind in (Method, About, Figures) for one in fields(kind))]
)
LAYOUT = zlib.crc32(_FORM.encode()) & 0x7FFF_FFFF
"""What tells files with these tables and these fields from others, which are not read."""


class Spot(NamedTuple):
    """A place that counts, as a map shows it."""

    id: str
    name: str
    lat: float
    lon: float
    doubt: float
    """Metres within which it lies around the point; 0 where the point counts as exact."""
    sure: bool
    """Whether it counts surely, not only perhaps."""


class Survey:
    """An answer that was kept.  Close it, see `opened`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def method(self) -> Method:
        """From what, and how."""
        (value,) = self._rows("select value from meta where name = 'method'")[0]
        given = json.loads(value)
        given["residents"] = About(**given["residents"])
        for name in ("areas", "streets"):
            given[name] = tuple(About(**one) for one in given[name])
        given["filters"] = tuple((name, one) for name, one in given["filters"])
        return Method(**given)

    def figures(self, code: str) -> Figures:
        """One area.

        Raises NotFound when there is none of that code.
        """
        found = self._rows("select figures from area where code = ?", code)
        if not found:
            raise NotFound(code)
        return read(json.loads(found[0][0]))

    def children(self, code: str) -> tuple[Figures, ...]:
        """The areas just below, in the order of their codes."""
        rows = self._rows("select figures from area where parent = ? order by n", code)
        return tuple(read(json.loads(text)) for (text,) in rows)

    def above(self, code: str) -> tuple[tuple[str, str, Level], ...]:
        """(code, name, level) of the areas around it, from the country down; itself left out."""
        found: list[tuple[str, str, Level]] = []
        parent = self.figures(code).parent
        while parent:
            name, level, upper = self._rows(
                "select name, level, parent from area where code = ?", parent
            )[0]
            found.append((parent, name, level))
            parent = upper
        return tuple(reversed(found))

    def names(self) -> tuple[tuple[str, str, Level, str, str], ...]:
        """(code, name, level, name of the area above, kind) of every area, for a list to choose
        from."""
        return tuple(
            self._rows(
                "select a.code, a.name, a.level, coalesce(b.name, ''), "
                "json_extract(a.figures, '$.kind') "
                "from area a left join area b on b.code = a.parent order by a.n"
            )
        )

    def places(self, code: str) -> tuple[Spot, ...]:
        """The places of a powiat, gmina or district that can be drawn, by id; of what is wider the
        catalogue's own map shows them."""
        level = self.figures(code).level
        if level not in ("powiat", "gmina", "district"):
            return ()
        rows = self._rows(
            f"select id, name, lat, lon, doubt, sure from place where {level} = ? and doubt <= ? "
            "order by id",
            code,
            VAGUEST_ON_MAP,
        )
        return tuple(Spot._make((*row[:5], bool(row[5]))) for row in rows)

    def gaps(self, code: str) -> tuple[Gap, ...]:
        """Where people are left out, the largest gaps first."""
        known = self._rows("select gap from gap where area = ? order by n", code)
        if known:
            return tuple(_gap(json.loads(text)) for (text,) in known)
        return self.gathered(code)

    def gathered(self, code: str) -> tuple[Gap, ...]:
        """The same from the hexagons."""
        one = self.figures(code)
        where, values = ("1", ()) if one.level == "country" else (f"{one.level} = ?", (code,))
        coarse = self._rows(f"select max(r9 = '') from hole where {where}", *values)[0][0]
        size = _RESOLUTIONS.get(one.kind, COARSE if coarse else FINE)
        if one.kind == "powiat-land" and self.method.precision == "settlement":
            size = _SETTLEMENT  # A town that is one point in the source has no quarters.
        rows = self._rows(
            f"select r{size}, {', '.join(f'sum({name})' for name in _SUMS)} "
            f"from hole where {where} group by r{size} order by r{size}",
            *values,
        )
        which = (size, where, values)
        areas = self._to_most(_FINEST, *which)
        names = self._to_most(_CALLED.get(one.level, "name"), *which)
        cells = (
            Cell(cell, areas[cell], low, high, _both(y, z), _both(o, p))
            for cell, low, high, y, z, o, p in rows
        )
        return gaps.gaps(
            cells,
            lambda point: names.get(hexagons.at(point.lat, point.lon, size), ""),
            most=MOST_GAPS,
        )

    def _to_most(self, what: str, size: int, where: str, values: Sequence[str]) -> dict[str, str]:
        """What it is to most of the people of each hexagon, by its code."""
        found = self._rows(
            f"select r{size}, {what} as told from hole where {where} "
            f"group by r{size}, told order by r{size}, sum(people), told desc",
            *values,
        )
        return dict(found)

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise storage.meaning(error) or Unavailable(str(error)) from error


def is_readable(path: Path) -> bool:
    """Whether the file is there and of the present layout."""
    try:
        with closing(storage.connect_unwritable(path)) as connection:
            (layout,) = connection.execute("pragma user_version").fetchone()
    except (Unavailable, sqlite3.Error):
        return False
    return bool(layout == LAYOUT)


@contextmanager
def opened(path: Path) -> Iterator[Survey]:
    """The answer in that file.

    Raises Unavailable when it cannot be read; one that is broken is deleted, to be made anew.
    """
    try:
        connection = storage.connect_unwritable(path)
    except sqlite3.Error as error:
        raise Unavailable(str(error)) from error
    with closing(connection):
        try:
            yield Survey(connection)
        except storage.Damaged as error:
            with suppress(OSError):
                path.unlink()
            raise Unavailable(f"{path.name}: {error}") from error


def _gap(given: dict[str, Any]) -> Gap:
    """From JSON, where tuples are lists."""
    values: dict[str, Any] = {
        name: tuple(one) if isinstance(one, list) else one for name, one in given.items()
    }
    return Gap(**values)


def _both(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)
