"""One step of publishing: the desk and the catalogue file change together, or neither does.

The file is replaced last, so that whatever the desk may refuse, it refuses before.  A state of a
record that the desk has not seen (an import, a text editor) becomes a revision of its own first.
"""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from places import acts, amendments, geojson, history, submissions
from places.desk import writing
from places.errors import Invalid, NotFound, Unavailable
from places.history import MadeBy, Revision
from places.hours import WARSAW
from places.place import Place


@dataclass(frozen=True, slots=True)
class Press:
    """What publishing needs: the desk, the catalogue file, this moment."""

    desk: sqlite3.Connection
    catalogue: Path
    now: datetime

    @property
    def today(self) -> date:
        """The day on Poland's calendar."""
        return self.now.astimezone(WARSAW).date()


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a record changes, as its history tells."""

    made_by: MadeBy
    what: str
    person: int | None = None
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A record before and after; without the first it is new."""

    before: Place | None
    after: Place


def current(press: Press, place_id: str) -> Place:
    """The place as the catalogue file has it.

    Raises NotFound.
    """
    try:
        return in_file(press, [place_id])[place_id]
    except KeyError:
        raise NotFound(place_id) from None


def in_file(press: Press, ids: Collection[str]) -> dict[str, Place]:
    """Those of these places that the catalogue file has.

    Raises Unavailable when it cannot be read.
    """
    if geojson.stamp(press.catalogue) is None:
        return {}
    try:
        return geojson.pick(press.catalogue, ids)
    except Invalid as error:
        raise Unavailable(str(error)) from error


def begin(press: Press, ids: Collection[str]) -> None:
    """Puts down what these places are before the desk first touches them.

    In a step of its own where there is none yet: whatever is killed after, that is known.
    """
    new = [one for one in ids if history.latest(press.desk, one) is None]
    if new:
        found = in_file(press, new)
        with writing(press.desk):
            for one in found.values():
                history.begin(press.desk, one, press.now)


class Step:
    """What is being changed; made by `stepping`."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._changes: dict[str, Place | None] = {}

    def put(self, turn: Turn, cause: Cause) -> Revision:
        """Puts a record into the history, and into the catalogue when the step ends.

        A record that is so already, and known to be, gives its newest revision again.
        """
        place_id = turn.after.id
        if turn.before != turn.after:
            self._changes[place_id] = turn.after
        last = self._last(turn)
        if last is not None and last.record == turn.after:
            return last
        made = Revision(
            place_id, last.number + 1 if last else 1, self._press.now, cause.made_by, cause.what,
            turn.after, cause.person, cause.proposal,
        )  # fmt: skip
        history.write(self._press.desk, made)
        submissions.follow(self._press.desk, turn.after)
        if cause.proposal is None:
            about = ("", place_id)
            acts.write(self._press.desk, self._press.now, cause.what, cause.person, about=about)
        return made

    def take_out(self, place_id: str) -> None:
        """Takes a record out of the catalogue when the step ends, and out of the history."""
        self._changes[place_id] = None
        self._press.desk.execute("delete from revision where place = ?", [place_id])

    def finish(self) -> None:
        """Replaces the file, if anything is to change in it."""
        if self._changes:
            geojson.amend(self._press.catalogue, self._changes)

    def _last(self, turn: Turn) -> Revision | None:
        """The newest revision; what the catalogue got elsewhere becomes one."""
        desk, before = self._press.desk, turn.before
        last = history.latest(desk, turn.after.id)
        if before is None or (last is not None and not _was_elsewhere(last.record, before, turn)):
            return last
        number = last.number + 1 if last else 1
        found = Revision(before.id, number, self._press.now, "catalogue", "found", before)
        history.write(desk, found)
        return found


@contextmanager
def stepping(press: Press) -> Iterator[Step]:
    """Alone with the desk and the file, from reading them to having changed both.

    Raises Unavailable when the file cannot be changed.
    """
    with writing(press.desk):
        try:
            with geojson.editing(press.catalogue):
                step = Step(press)
                yield step
                _finish(step)
        except OSError as error:
            raise Unavailable(f"{press.catalogue.name}: {error.strerror}") from error


def _finish(step: Step) -> None:
    try:
        step.finish()
    except Invalid as error:
        raise Unavailable(str(error)) from error


def _was_elsewhere(known: Place, before: Place, turn: Turn) -> bool:
    """Whether somebody else made the record what it was before this turn.

    Where it was by its facts what this turn makes it, this turn was once interrupted.
    """
    return before != known and _undated(before) != _undated(turn.after)


def _undated(place: Place) -> dict[str, Any]:
    """The record without the days on which something was done to it."""
    kept = {
        name: value
        for name, value in amendments.flat(place).items()
        if name not in ("added", "changed")
        and not (name.startswith("checked.") and name.endswith(".on"))
    }
    kept["sources"] = [(one.url, one.name, one.licence) for one in place.sources]
    return kept
