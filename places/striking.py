"""Words leave the history: what should never have been public, in every earlier state of a record.

What the catalogue says now is not touched: that is corrected like any other fact, and first.  A
record without the words is still a sound record, so that every state can be read and brought back.
"""

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from places import acts, amendments, history, mailbox, submissions, text
from places.desk import packed, writing
from places.errors import Conflict, Fault, Invalid, shortened
from places.place import Place

STRUCK = "[…]"
"""What stands where the words stood."""
FEWEST = 4
"""Letters; fewer stand in too many places."""
# Columns of dates, codes and numbers hold no words of anybody.
_NOT_WORDS = frozenset(
    {*amendments.BOOKKEEPING, "merged_into", "type", "status", "lat", "lon", "licence", "doubts",
     "audience", "values", "valid_from", "valid_to", "address.teryt"}
)  # fmt: skip
_GAP = r"[\s().-]*"
_PHONE = re.compile(r"\+?[\d\s().-]*")
_FEWEST_DIGITS = 7

Says = re.Pattern[str]


def says(said: str) -> Says:
    """The words as they may be written: a mailbox in any case, a number with any gaps.

    Raises Invalid for less than FEWEST letters.
    """
    said = text.clean(said)
    if len(said) < FEWEST:
        raise Invalid([Fault("strike", "missing", shortened(said))])
    digits = re.sub(r"\D", "", said)
    if len(digits) >= _FEWEST_DIGITS and _PHONE.fullmatch(said):
        number = _GAP.join(digits[-9:])
        return re.compile(rf"(?<!\d)(?:(?:\+|00)48{_GAP})?\(?{number}(?!\d)")
    if mailbox.is_one(said):
        return re.compile(rf"(?<![\w.+-]){re.escape(said)}(?![\w-]|\.\w)", re.IGNORECASE)
    return re.compile(r"\s+".join(map(re.escape, said.split())), re.IGNORECASE)


def strike(
    desk: sqlite3.Connection, now_is: Place, said: Says, person_id: int, at: datetime
) -> int:
    """Takes the words out of all states of this place and out of what is decided about it.

    How many states there were.  Raises Conflict("said") while the catalogue still says them.
    """
    if any(said.search(one) for one in _texts(_worded(now_is))):
        raise Conflict("said")
    with writing(desk):
        found = _rewritten(desk, history.of(desk, now_is.id), [said])
        _strike_proposals(desk, [said], now_is.id)
        if found:
            about = ("", now_is.id)
            acts.write(desk, at, "struck", person_id, about=about, detail=str(found))
    return found


def strike_everywhere(desk: sqlite3.Connection, said: Collection[Says]) -> int:
    """Takes the words out of the earlier states of all places; how many states there were.

    The newest state stays: it is most likely what the catalogue says.
    """
    every, found = list(said), 0
    desk.create_function("says", 1, lambda one: _is_said(one, every), deterministic=True)
    with writing(desk):
        rows = desk.execute("select distinct place from revision where says(record)").fetchall()
        for row in rows:
            found += _rewritten(desk, history.of(desk, row[0])[1:], every)
        _strike_proposals(desk, every)
    return found


def without(record: Place, said: Collection[Says]) -> Place:
    """The record without the words: a value that is nothing else is unknown from now on."""
    for one in said:
        for column, value in _worded(record).items():
            if any(map(one.search, _texts(value))):
                record = _without(record, column, value, one)
    return record


def _without(record: Place, column: str, value: Any, said: Says) -> Place:
    """With the first of these that makes a sound record."""
    for other in (_struck(value, said, keep=False), _struck(value, said, keep=True), None, STRUCK):
        try:
            return amendments.applied(record, {column: other})
        except Invalid:
            continue
    return record


def _struck(value: Any, said: Says, *, keep: bool) -> Any:
    """The value without the words; None where nothing else stood there, unless that is kept."""
    if isinstance(value, str):
        left = said.sub(STRUCK, value)
        return None if left == STRUCK and not keep else left
    if isinstance(value, dict):
        parts = {name: _struck(one, said, keep=keep) for name, one in value.items()}
        return {name: one for name, one in parts.items() if one is not None}
    if isinstance(value, list | tuple):
        items = (_struck(one, said, keep=keep) for one in value)
        return [one for one in items if one not in (None, {})] or None
    return value


def _rewritten(
    desk: sqlite3.Connection, revisions: Iterable[history.Revision], said: Collection[Says]
) -> int:
    found = 0
    for one in revisions:
        record = without(one.record, said)
        if record != one.record:
            history.rewrite(desk, replace(one, record=record))
            found += 1
    return found


def _strike_proposals(desk: sqlite3.Connection, said: Collection[Says], place_id: str = "") -> None:
    """Out of what was proposed; what waits is a moderator's to decide as it is."""
    rows = desk.execute(
        "select * from proposal where ?1 in ('', place) and state not in"
        " ('unconfirmed', 'waiting', 'asked')",
        [place_id],
    ).fetchall()
    for one in map(submissions.read, rows):
        for name, values in (("changes", one.changes), ("base", one.base)):
            left = dict(values)
            for each in said:
                left = {key: _struck(value, each, keep=True) for key, value in left.items()}
            if left != values:
                desk.execute(f"update proposal set {name} = ? where id = ?", [packed(left), one.id])


def _worded(record: Place) -> dict[str, Any]:
    known = amendments.flat(record).items()
    return {
        name: value
        for name, value in known
        if name not in _NOT_WORDS and not name.startswith(("checked.", "position."))
    }


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _is_said(record: str, said: Collection[Says]) -> bool:
    return any(one.search(record) for one in said)
