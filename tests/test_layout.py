"""The tables of the index: which rows a place becomes."""

import sqlite3
from collections.abc import Iterator

import pytest
import sqlite_utils
from hypothesis import given

from places import layout, text
from places.place import Place
from tests.builders import a_place, an_id
from tests.strategies import places


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
    layout.fill(db, [row(a_place())])
    layout.finish(db)
    layout.remove(db, [1])
    layout.recount(db)
    for table in ("record", "place", "network", "words", "box", "choice"):
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


@given(places())
def test_every_place_has_its_values(one: Place) -> None:
    """A place stands under one city, one type, at most one district, and each of its networks."""
    rows = list(layout.choices_of(one))
    facets = [facet for facet, *_ in rows]
    assert facets.count("city") == facets.count("type") == 1
    assert facets.count("district") == int(one.address.district is not None)
    assert facets.count("network") == len(one.networks)
    assert all(slug == text.slug(slug) for _, _, slug, _, _ in rows if "/" not in slug)
