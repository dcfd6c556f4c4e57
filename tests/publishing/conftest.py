"""A desk with people, and a press over five places."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from places.desk import open_desk
from places.publishing import Press
from tests.builders import NOW, a_catalogue, some_places
from tests.desks import with_people


@pytest.fixture
def desk(instance: Path) -> Iterator[sqlite3.Connection]:
    with open_desk(instance) as opened:
        yield with_people(opened)


@pytest.fixture
def press(desk: sqlite3.Connection, tmp_path: Path) -> Press:
    return Press(desk, a_catalogue(tmp_path / "places.geojson", some_places(5)), NOW)
