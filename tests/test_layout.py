"""The tables of the index: which rows a place becomes."""

import sqlite3
from collections.abc import Iterator

import pytest
import sqlite_utils

from places import layout, opening
from places.place import Place
from tests.builders import NOW, a_place, an_id

OF_A_PLACE = (
    "record", "place", "care", "network", "words", "box", "choice", "trait", "pair", "rule",
    "opening",
)  # fmt: skip


@pytest.fixture
def db() -> Iterator[sqlite_utils.Database]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    made = sqlite_utils.Database(connection, recursive_triggers=False)
    layout.create(made)
    yield made
    connection.close()


def row(one: Place) -> layout.Row:
    """The place on its way in."""
    return layout.Row(one.id.encode(), "{}", one)


def test_new_tables_are_current_and_sound(db: sqlite_utils.Database) -> None:
    """Only a finished layout has the version; what is finished is sound."""
    assert not layout.is_current(db.conn)
    layout.fill(db, [row(a_place())])
    layout.finish(db)
    assert layout.is_current(db.conn)
    assert layout.is_sound(db.conn)


def test_tables_can_be_made_over_any_others(db: sqlite_utils.Database) -> None:
    """Whatever is there is dropped first, also tables of an unknown layout."""
    db.execute("create table odd (x)")
    db.execute("create virtual table odder using fts5 (x)")
    layout.fill(db, [row(a_place())])
    layout.finish(db)
    layout.create(db)
    layout.finish(db)
    assert "odd" not in db.table_names()
    assert db.execute("select count(*) from record").fetchone() == (0,)
    assert layout.is_sound(db.conn)


def test_what_is_removed_leaves_no_trace(db: sqlite_utils.Database) -> None:
    """After its place has gone no table, no word and no count is left of it."""
    layout.fill(db, [row(a_place(hours={"open": "24/7"}, audience=["seniors"], networks=["MAM"]))])
    layout.finish(db)
    opening.refresh(db.conn, NOW.date())
    assert all(db.execute(f"select count(*) from {one}").fetchone() > (0,) for one in OF_A_PLACE)
    layout.remove(db, [1])
    layout.recount(db)
    for table in OF_A_PLACE:
        assert db.execute(f"select count(*) from {table}").fetchone() == (0,), table
    assert not db.execute("select 1 from words_fts where words_fts match 'klub'").fetchall()
    assert layout.is_sound(db.conn)


def test_only_listed_places_stand_outside_the_record(db: sqlite_utils.Database) -> None:
    """A withdrawn place is a record and nothing else."""
    layout.fill(db, [row(a_place(id=an_id(1))), row(a_place(id=an_id(2), status="withdrawn"))])
    layout.finish(db)
    assert db.execute("select id from record order by id").fetchall() == [(an_id(1),), (an_id(2),)]
    assert db.execute("select id from place").fetchall() == [(an_id(1),)]
    assert db.execute("select count(*) from words").fetchone() == (1,)
