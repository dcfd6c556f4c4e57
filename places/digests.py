"""What moderators must look after themselves, and what of it is news to one of them.

Silent owners, mailboxes that bounce, places said to be gone, editions that end, places nobody looks
after.  News is what has happened since the last such letter to the same person, so nothing needs
to be ticked off, and a letter that was not sent loses nothing.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from places import asks, letters, overdue, owners, people
from places.asks import Ask
from places.desk import stamp
from places.freshness import Terms
from places.hours import WARSAW
from places.index import Index
from places.overdue import NOTHING, Line, Wanted
from places.people import Person
from places.submissions import Scope

WARNINGS = (60, 14)
"""How many days before the end of an edition its owner and moderator are warned."""
_OLDEST = 5


@dataclass(frozen=True, slots=True)
class Digest:
    """What is to be looked after."""

    gone: tuple[Line, ...]
    """Owners or lists say that these are no more."""
    silent: tuple[Line, ...]
    """Their owners did not answer twice."""
    bounced: tuple[Line, ...]
    """Letters to their owners come back."""
    ended: tuple[Line, ...]
    """Their edition is over, the longest ago first."""
    ending: tuple[Line, ...]
    """Their edition will soon be."""
    unowned: int
    """How many are due and have nobody to be asked."""
    oldest: tuple[Line, ...]
    """The first few of those."""

    @property
    def has_news(self) -> bool:
        """Whether there is anything beside places that nobody looks after."""
        return any((self.gone, self.silent, self.bounced, self.ended, self.ending))


def wanted_by(desk: sqlite3.Connection, person: Person, today: date, terms: Terms) -> Wanted:
    """The places a person gets letters about: an administrator, those no moderator decides on."""
    others = [people.scope(one) for one in people.everybody(desk) if one.role == "moderator"]
    all_of_them = Scope(
        tuple({prefix for one in others for prefix in one.teryts}),
        tuple({name for one in others for name in one.networks}),
    )
    but = all_of_them if person.role == "admin" else NOTHING
    return Wanted(today, terms, people.scope(person), but)


def gathered(
    desk: sqlite3.Connection,
    index: Index,
    wanted: Wanted,
    since: datetime | None = None,
    skip: int = 0,
    most: int = _OLDEST,
) -> Digest:
    """All that is to be looked after, or what of it has come up since a moment."""

    def found(ids: Iterable[str]) -> tuple[Line, ...]:
        return tuple(overdue.lines(index, wanted, set(ids)))

    unowned, oldest = overdue.due(index, wanted, _looked_after(desk), most, skip)
    first = date.min if since is None else since.astimezone(WARSAW).date()
    farthest = wanted.today + timedelta(days=max(WARNINGS))
    editions = overdue.ending(index, wanted, date.min, farthest)
    return Digest(
        gone=found(_gone(desk, since)),
        silent=tuple(line for line in found(_silent(desk, since)) if line.due),
        bounced=found(_bounced(desk, since)),
        ended=tuple(line for line in editions if _has_ended(line, first, wanted.today)),
        ending=tuple(line for line in editions if _will_end(line, first, wanted.today)),
        unowned=unowned,
        oldest=tuple(oldest),
    )


def new_for(
    desk: sqlite3.Connection, index: Index, person: Person, now: datetime, terms: Terms
) -> Digest | None:
    """What a person should be written about now; None when there is nothing new.

    Places that nobody looks after are no news: they are told of with news, or once a month.
    """
    last = letters.latest(desk, _beginning(person))
    wanted = wanted_by(desk, person, now.astimezone(WARSAW).date(), terms)
    found = gathered(desk, index, wanted, last)
    if found.has_news:
        return found
    told = last is not None and _month(last) == _month(now)
    return found if found.unowned and not told else None


def key_of(person: Person, now: datetime) -> str:
    """The key of a person's letter of this moment."""
    return _beginning(person) + stamp(now)


def _beginning(person: Person) -> str:
    return f"upkeep:digest:{person.id}:"


def _month(moment: datetime) -> tuple[int, int]:
    local = moment.astimezone(WARSAW)
    return local.year, local.month


def _looked_after(desk: sqlite3.Connection) -> set[str]:
    """The places that have somebody to be asked."""
    return {one.place for one in owners.everybody(desk) if one.bounced is None}


def _silent(desk: sqlite3.Connection, since: datetime | None) -> Iterable[str]:
    bounced = {one.id for one in owners.everybody(desk) if one.bounced is not None}
    return {one.place for one in _given_up(desk, since) if one.owner not in bounced}


def _bounced(desk: sqlite3.Connection, since: datetime | None) -> Iterable[str]:
    """By when the mailbox was found out, or by when a question to it was given up."""
    bounced = {one.id: one for one in owners.everybody(desk) if one.bounced is not None}
    found = {one.place for one in bounced.values() if _is_since(one.bounced, since)}
    return found | {one.place for one in _given_up(desk, since) if one.owner in bounced}


def _given_up(desk: sqlite3.Connection, since: datetime | None) -> list[Ask]:
    return [one for one in asks.given_up(desk) if _is_since(one.escalated, since)]


def _is_since(moment: datetime | None, since: datetime | None) -> bool:
    return moment is not None and (since is None or moment > since)


def _gone(desk: sqlite3.Connection, since: datetime | None) -> Iterable[str]:
    """Places said to be closed and not decided on, and those a list names no more."""
    after = stamp(since) if since else ""
    rows = desk.execute(
        "select place from proposal where kind = 'problem' and problem = 'closed'"
        " and state in ('waiting', 'asked') and coalesce(confirmed, sent) > ?"
        " union select place from source_row where gone > ?",
        [after, after],
    )
    return [row[0] for row in rows]


def _has_ended(line: Line, first: date, today: date) -> bool:
    return line.ends is not None and first <= line.ends < today


def _will_end(line: Line, first: date, today: date) -> bool:
    """Whether it ends soon, and one of its warnings has come due since that day."""
    if line.ends is None or line.ends < today:
        return False
    if first == date.min:
        return True
    due = [line.ends - timedelta(days=days) for days in WARNINGS]
    return any(first < day <= today for day in due)
