"""Tables between two steps: each its owner's, for a day, and no file is left behind."""

import os
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from places import people, uploads
from places.errors import NotFound
from tests.builders import NOW
from tests.desks import ADMIN, MODERATOR, with_people

FILE = ("lista.csv", "csv", b"name\nSowa\n")


def names(instance: Path) -> list[str]:
    return sorted(path.name for path in (instance / uploads.FOLDER).iterdir())


def test_only_its_owner_finds_it(desk: sqlite3.Connection, instance: Path) -> None:
    """By its word, for a day; the file is nobody else's on the machine."""
    made = uploads.keep(with_people(desk), instance, ADMIN, FILE, NOW)
    assert uploads.find(desk, ADMIN, made.word, NOW) == made
    assert uploads.content(instance, made) == FILE[2]
    assert (instance / uploads.FOLDER / made.word).stat().st_mode & 0o777 == 0o600
    for person, word, now in (
        (MODERATOR, made.word, NOW),
        (ADMIN, "ą" + made.word[1:], NOW),
        (ADMIN, made.word, NOW + uploads.KEPT_FOR + timedelta(seconds=1)),
    ):
        with pytest.raises(NotFound):
            uploads.find(desk, person, word, now)


def test_a_name_is_no_path(desk: sqlite3.Connection, instance: Path) -> None:
    """Whatever the file is called, it lies in its own folder under our word."""
    name = "../../desk.db\x1b"
    made = uploads.keep(with_people(desk), instance, ADMIN, (name, "csv", b"x"), NOW)
    assert names(instance) == [made.word]
    assert made.name.isprintable()


def test_files_of_who_is_gone_go(desk: sqlite3.Connection, instance: Path) -> None:
    """After a day; not sooner, because a file without a row may be just arriving."""
    made = uploads.keep(with_people(desk), instance, MODERATOR, FILE, NOW)
    os.utime(instance / uploads.FOLDER / made.word, (NOW.timestamp(),) * 2)
    people.remove(desk, MODERATOR, NOW)
    assert uploads.old(desk, instance, NOW + timedelta(hours=23)) == []
    later = NOW + timedelta(hours=25)
    assert uploads.old(desk, instance, later) == [made.word]
    uploads.drop(desk, instance, uploads.old(desk, instance, later))
    assert names(instance) == []
