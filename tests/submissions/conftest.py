"""A desk with people."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from places.desk import open_desk
from tests.desks import with_people


@pytest.fixture
def desk(instance: Path) -> Iterator[sqlite3.Connection]:
    with open_desk(instance) as opened:
        yield with_people(opened)
