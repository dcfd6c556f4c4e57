"""Reminders for tests: a run at a moment, and letters in a few plain words."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from places import upkeep
from places.asks import Ask
from places.digests import Digest
from places.freshness import Terms
from places.index import open_index
from places.letters import Letter
from places.owners import Owner
from places.people import Person
from places.place import Place
from places.upkeep import Run, Step


class PlainWriter:
    """Letters that hold just what they are about, and the word of their link."""

    def reminder(self, key: str, owner: Owner, place: Place, ask: Ask, word: str) -> Letter:
        text = f"{place.name}: {' '.join(ask.facts)} /potwierdz/{word}"
        return Letter(key, owner.email, "Czy to nadal aktualne?", text, about=place.id)

    def edition(self, key: str, owner: Owner, place: Place, ask: Ask, word: str) -> Letter:
        text = f"{place.name}: {' '.join(ask.facts)} /potwierdz/{word}"
        return Letter(key, owner.email, "Koniec edycji", text, about=place.id)

    def digest(self, key: str, person: Person, digest: Digest) -> Letter:
        return Letter(key, person.email, "Do sprawdzenia", repr(digest))


@contextmanager
def a_run(
    desk: sqlite3.Connection, catalogue: Path, now: datetime, most: int = 100
) -> Iterator[Run]:
    """A run over the catalogue as it is at that moment."""
    folder = Path(desk.execute("pragma database_list").fetchone()["file"]).parent
    with open_index(catalogue, folder, now.date()) as index:
        yield Run(desk, index, now, Terms(), most)


def remind(
    desk: sqlite3.Connection,
    catalogue: Path,
    now: datetime,
    most: int = 100,
    trial: bool = False,
) -> list[Step]:
    """What a run does."""
    with a_run(desk, catalogue, now, most) as run:
        return upkeep.remind(run, PlainWriter(), trial=trial)


def whats(steps: list[Step]) -> list[str]:
    """What they did, without whom it was about."""
    return [one.what for one in steps]


def post(desk: sqlite3.Connection) -> list[Letter]:
    """Every letter written so far, the oldest first."""
    rows = desk.execute("select key, recipient, subject, text, html, about from letter order by id")
    return [Letter(*row) for row in rows]


def word_in(letter: Letter) -> str:
    """The word of the link in a letter."""
    found = re.search(r"/potwierdz/([\w-]+)", letter.text)
    assert found
    return found[1]
