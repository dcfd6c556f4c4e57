"""Only what is broken is called damaged; what cannot be written is still read."""

import fcntl
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from places import storage
from places.errors import Unavailable
from places.storage import Damaged


def a_file(path: Path) -> Path:
    """A database with one table of one row."""
    with closing(storage.connect(path)) as connection:
        connection.execute("create table place (name text)")
        connection.execute("insert into place values ('Żak')")
    return path


def error_of(connection: sqlite3.Connection, sql: str) -> sqlite3.Error:
    """What SQLite says of that statement."""
    with pytest.raises(sqlite3.Error) as raised:
        connection.execute(sql).fetchall()
    return raised.value


def test_broken_is_damaged(tmp_path: Path) -> None:
    """A file that is no database, and one that lacks a table, may be deleted."""
    (tmp_path / "garbage").write_bytes(b"no database" * 1000)
    with closing(sqlite3.connect(tmp_path / "garbage")) as connection:
        assert isinstance(storage.meaning(error_of(connection, "select * from place")), Damaged)
    with closing(storage.connect(tmp_path / "empty")) as connection:
        assert isinstance(storage.meaning(error_of(connection, "select * from place")), Damaged)


def test_a_full_disk_is_no_damage(tmp_path: Path) -> None:
    """What does not fit leaves the file as it was: it is Unavailable, and nothing is deleted."""
    with closing(storage.connect(a_file(tmp_path / "db"))) as connection:
        connection.execute("pragma max_page_count = 2")
        error = error_of(connection, "insert into place values (zeroblob(100000))")
    assert storage.is_unwritable(error)
    assert isinstance(storage.meaning(error), Unavailable)


def test_a_mistake_of_ours_means_nothing(tmp_path: Path) -> None:
    """A wrong statement says nothing of the file."""
    with closing(storage.connect(a_file(tmp_path / "db"))) as connection:
        assert storage.meaning(error_of(connection, "select nothing from place")) is None


def test_what_cannot_be_written_is_read(tmp_path: Path) -> None:
    """A whole file is read without writing a byte, not even beside it."""
    path = a_file(tmp_path / "db")
    with closing(storage.connect_unwritable(path)) as connection:
        assert connection.execute("select name from place").fetchall() == [("Żak",)]
        assert storage.is_unwritable(error_of(connection, "delete from place"))
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_what_is_only_half_in_the_file_is_not_read(tmp_path: Path, ending: str) -> None:
    """Pages that wait beside the file belong to it: alone it is no state of anything."""
    path = a_file(tmp_path / "db")
    path.with_name(path.name + ending).write_bytes(b"pages")
    with pytest.raises(Unavailable):
        storage.connect_unwritable(path)


def test_nothing_is_unavailable(tmp_path: Path) -> None:
    """Where there is no file yet, and none can be made, there is nothing to read."""
    with pytest.raises(Unavailable):
        storage.connect_unwritable(tmp_path / "none")


def test_a_lock_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    """A folder that is a file is the operator's to mend, not a bug of ours."""
    (tmp_path / "folder").write_text("a file")
    with pytest.raises(Unavailable), storage.locked(tmp_path / "folder" / "lock", fcntl.LOCK_SH):
        pass


def test_a_lock_makes_its_folder(tmp_path: Path) -> None:
    """The first to come finds nothing."""
    with storage.locked(tmp_path / "new" / "lock", fcntl.LOCK_EX) as mine:
        assert mine


def test_removing_leaves_nothing(tmp_path: Path) -> None:
    """Whatever SQLite keeps beside the file goes with it: a new file must not inherit it."""
    path = a_file(tmp_path / "db")
    for ending in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).write_bytes(b"old")
    storage.remove(path)
    storage.remove(path)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_removed_is_unavailable(tmp_path: Path) -> None:
    """A folder in the place of the file is left to people."""
    (tmp_path / "db").mkdir()
    with pytest.raises(Unavailable):
        storage.remove(tmp_path / "db")
