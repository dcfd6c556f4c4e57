"""Who is asked whether facts are still true, who is told of the silence, and never twice.

A letter stands in one step with the question it belongs to, and what has been asked is asked no
more: run it twice, or two at once, and nothing is sent twice.  Moderators get one letter a run,
about what is new since their last one.  A trial does all of it and takes it back.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from places import asks, digests, geojson, letters, overdue, owners, people, tokens
from places.asks import Ask
from places.desk import writing
from places.digests import Digest
from places.freshness import Terms, months_before
from places.hours import WARSAW
from places.index import Index
from places.letters import Letter
from places.overdue import Line, Wanted
from places.owners import Owner
from places.people import Person
from places.place import Place

SECOND_AFTER = timedelta(days=14)
"""How long a letter waits for its answer, before the second one and after it."""
PAUSE = timedelta(days=30)
"""How long an owner who has answered is left alone, whatever the answer was."""
MOST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the reminders."""

    desk: sqlite3.Connection
    index: Index
    now: datetime
    terms: Terms
    most: int
    """How many letters it may write."""

    @property
    def today(self) -> date:
        """The day it is in Poland."""
        return _day(self.now)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a run did; names no person but by number."""

    what: str
    """"asked", "reminded", "edition", "moot", "silent", "bounced", "digest" or "full"."""
    place: Line | None = None
    who: int = 0
    """The owner's number; of a digest the moderator's."""
    facts: tuple[str, ...] = ()
    digest: Digest | None = None


class Writer(Protocol):
    """Puts letters into words."""

    def reminder(self, key: str, owner: Owner, place: Place, ask: Ask, word: str) -> Letter: ...

    def edition(self, key: str, owner: Owner, place: Place, ask: Ask, word: str) -> Letter: ...

    def digest(self, key: str, person: Person, digest: Digest) -> Letter: ...


@dataclass(frozen=True, slots=True)
class _Job:
    """A letter to be written to an owner."""

    what: str
    owner: Owner
    line: Line
    facts: tuple[str, ...]
    ask: Ask | None = None


class _Undone(Exception):
    """Takes a trial back."""


def remind(run: Run, writer: Writer, *, trial: bool = False) -> list[Step]:
    """Does all that is due on this day; a trial writes nothing and answers the same."""
    if not trial:
        return list(_round(run, writer))
    steps: list[Step] = []
    try:
        with writing(run.desk):
            steps += _round(run, writer)
            raise _Undone
    except _Undone:
        return steps


def _round(run: Run, writer: Writer) -> Iterator[Step]:
    known = {one.id: one for one in owners.everybody(run.desk)}
    wanted = Wanted(run.today, run.terms)
    theirs = overdue.lines(run.index, wanted, {one.place for one in known.values()})
    lines = {line.id: line for line in theirs}
    yield from _settled(run, known, lines)
    yield from _given_up(run, known, lines)
    told = list(_told(run, writer))
    yield from told
    jobs = [
        *_editions(run, known, wanted),
        *_second_letters(run, known, lines),
        *_first_letters(run, known, lines),
    ]
    yield from _written(run, writer, jobs, run.most - sum(one.what == "digest" for one in told))


def _settled(run: Run, known: Mapping[int, Owner], lines: Mapping[str, Line]) -> Iterator[Step]:
    """Questions that need no answer any more: the facts were checked, or the place is gone."""
    for ask in asks.open_ones(run.desk):
        line = lines.get(ask.place)
        if ask.owner not in known or line is None or not line.due:
            asks.settle(run.desk, ask, asks.MOOT, run.now)
            yield Step("moot", line, ask.owner)


def _given_up(run: Run, known: Mapping[int, Owner], lines: Mapping[str, Line]) -> Iterator[Step]:
    """Questions that the moderators take over."""
    for ask in _open(run, known, lines):
        bounced = known[ask.owner].bounced is not None
        silent = ask.letters >= MOST_LETTERS and _waited(run, ask)
        if not (bounced or silent):
            continue
        with writing(run.desk):
            if not asks.give_up(run.desk, ask, run.now):
                continue
            if not bounced:
                owners.count_silence(run.desk, ask.owner)
        yield Step("bounced" if bounced else "silent", lines[ask.place], ask.owner)


def _told(run: Run, writer: Writer) -> Iterator[Step]:
    """One letter to each moderator about all that is new."""
    left = run.most
    for person in people.everybody(run.desk):
        if left <= 0:
            break
        with writing(run.desk):
            found = digests.new_for(run.desk, run.index, person, run.now, run.terms)
            if found is None:
                continue
            key = digests.key_of(person, run.now)
            letters.post(run.desk, writer.digest(key, person, found), run.now)
        left -= 1
        yield Step("digest", None, person.id, digest=found)


def _editions(run: Run, known: Mapping[int, Owner], wanted: Wanted) -> Iterator[_Job]:
    """Owners whose edition ends soon; each is warned once at each distance."""
    theirs, warned = _by_place(known), asks.editions(run.desk)
    last = run.today + timedelta(days=max(digests.WARNINGS))
    for line in overdue.ending(run.index, wanted, run.today, last):
        assert line.ends is not None  # noqa: S101 - it was found by that day
        left = (line.ends - run.today).days
        warning = min(days for days in digests.WARNINGS if left <= days)
        facts = (f"{asks.EDITION}:{warning}",)
        for owner in theirs.get(line.id, ()):
            done = (line.id, owner.id, line.ends.isoformat(), *facts) in warned
            if owner.bounced is None and not done:
                yield _Job("edition", owner, line, facts)


def _second_letters(
    run: Run, known: Mapping[int, Owner], lines: Mapping[str, Line]
) -> Iterator[_Job]:
    for ask in _open(run, known, lines):
        if ask.letters < MOST_LETTERS and _waited(run, ask):
            yield _Job("reminded", known[ask.owner], lines[ask.place], lines[ask.place].due, ask)


def _first_letters(
    run: Run, known: Mapping[int, Owner], lines: Mapping[str, Line]
) -> Iterator[_Job]:
    """Those whose facts were not checked for the longest time come first."""
    before, theirs = asks.latest(run.desk), _by_place(known)
    for line in lines.values():
        for owner in theirs[line.id] if line.due else ():
            if _may_be_asked(run, owner, before.get((line.id, owner.id))):
                yield _Job("asked", owner, line, line.due)


def _may_be_asked(run: Run, owner: Owner, last: Ask | None) -> bool:
    if owner.bounced is not None:
        return False
    if last is None:
        return True
    if last.answered is not None:
        return run.today >= _day(last.answered) + PAUSE
    if last.escalated is not None:  # Moderators look after it; a year later we try again.
        return _day(last.escalated) <= months_before(run.today, run.terms.months)
    return False


def _open(run: Run, known: Mapping[int, Owner], lines: Mapping[str, Line]) -> Iterator[Ask]:
    """The open questions, without those that another run has asked since this one looked."""
    for ask in asks.open_ones(run.desk):
        if ask.owner in known and ask.place in lines:
            yield ask


def _by_place(known: Mapping[int, Owner]) -> dict[str, list[Owner]]:
    found: dict[str, list[Owner]] = {}
    for one in known.values():
        found.setdefault(one.place, []).append(one)
    return found


def _records(index: Index, ids: Sequence[str]) -> dict[str, Place]:
    rows = index.rows(
        "select id, feature from record where id in (select value from json_each(?))",
        [json.dumps(ids)],
    )
    return {place_id: geojson.place(json.loads(feature)) for place_id, feature in rows}


def _waited(run: Run, ask: Ask) -> bool:
    return ask.last_letter is not None and run.today >= _day(ask.last_letter) + SECOND_AFTER


def _day(moment: datetime) -> date:
    """The day in Poland: what is run daily must not wait a day more when clocks change."""
    return moment.astimezone(WARSAW).date()


def _written(run: Run, writer: Writer, jobs: Sequence[_Job], most: int) -> Iterator[Step]:
    """Writes these letters, but no more than so many."""
    # Read at once: an open index answers for a few seconds only.
    records = _records(run.index, [job.line.id for job in jobs[: 2 * most + 50]])
    left = most
    for job in jobs:
        if left <= 0:
            break
        record = records.get(job.line.id) or _records(run.index, [job.line.id])[job.line.id]
        if _one_letter(run, writer, job, record):
            left -= 1
            yield Step(job.what, job.line, job.owner.id, job.facts)


def _one_letter(run: Run, writer: Writer, job: _Job, record: Place) -> bool:
    """The question, its link and its letter in one step; False where it stands already."""
    with writing(run.desk):
        ask = _asked(run, job)
        if ask is None:
            return False
        word = tokens.make(run.desk, "upkeep", str(ask.id), run.now)
        key = f"upkeep:{ask.place}:{ask.owner}:{ask.cycle}:{'.'.join(ask.facts)}:{ask.letters}"
        say: Callable[..., Letter] = writer.edition if job.what == "edition" else writer.reminder
        return letters.post(run.desk, say(key, job.owner, record, ask, word), run.now)


def _asked(run: Run, job: _Job) -> Ask | None:
    if job.ask is not None:
        if not asks.write_again(run.desk, job.ask, job.facts, run.now):
            return None
        return asks.find(run.desk, job.ask.id)
    cycle = run.today.isoformat()
    if job.what == "edition" and job.line.ends is not None:
        cycle = job.line.ends.isoformat()
    return asks.begin(run.desk, job.line.id, job.facts, cycle, job.owner.id, run.now)
