"""From a moderator's yes to an answer of the search, against writing and indexing everything anew.

By the clock on the wall, because that is how long somebody waits: until the disk has it safe is a
good part of it.  What it is compared with has the whole catalogue in memory already.
"""

import shutil
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from benchmarks import cities, table
from benchmarks.table import Row, Table, Work
from places import geojson, index, publishing, search, submissions
from places.amendments import flat, group_of
from places.desk import open_desk, stamp, writing
from places.hours import WARSAW
from places.place import Place
from places.publishing import Press
from places.query import Query
from places.submissions import Draft, Proposal, Sender

NOW = datetime(2026, 3, 11, 12, 0, tzinfo=WARSAW)
_BAR = 1 / 20
_SENDER = Sender("ala@example.org")
_ADMIN = 1
_STEPS = ("accept", "index takes it in", "search finds it")


def tables(count: int, runs: int) -> Iterator[Table]:
    """One table: changes and new places, one after another."""
    catalogue = cities.catalogue(count)
    folder = catalogue.parent / "accepting"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    copy = folder / "places.geojson"
    shutil.copyfile(catalogue, copy)
    places = geojson.read(copy).places
    whole = [_seconds(lambda: _everything(copy, folder, places)) for _ in range(runs)]
    steps = _accepted(copy, folder, places, 10 * runs)
    yield _table(count, steps, statistics.median(whole))
    shutil.rmtree(folder)


def _table(count: int, steps: Sequence[Sequence[float]], whole: float) -> Table:
    ours = [sum(one) for one in steps]
    median = statistics.median(ours)
    rows = [
        Row(
            "accept until searchable", table.said_time(median), table.said_time(whole),
            median / whole, _BAR,
        ),
        Row("the slowest of twenty", table.said_time(table.p95(ours))),
    ]  # fmt: skip
    for name, times in zip(_STEPS, zip(*steps, strict=True), strict=True):
        rows.append(Row(f"  {name}", table.said_time(statistics.median(times))))
    notes = (
        f"Waiting time, median of {len(ours)} proposals, changes and new places by turns.",
        "Compared with: writing all places from memory, and building the index anew.",
    )
    return Table(f"Accepting, {count:,} places", notes, tuple(rows))


def _accepted(
    catalogue: Path, folder: Path, places: Sequence[Place], count: int
) -> list[tuple[float, float, float]]:
    """The seconds of each step of each proposal."""
    with open_desk(folder) as desk:
        with writing(desk):
            desk.execute(
                "insert into people (id, email, role, added) values (?, ?, 'admin', ?)",
                [_ADMIN, _SENDER.email, stamp(NOW)],
            )
        press = Press(desk, catalogue, NOW)
        found = []
        for number in range(count):
            word = f"nowość{number:05d}"
            proposal = _proposal(press, places, number, word)
            found.append(_one(press, proposal, word, folder))
        return found


def _proposal(press: Press, places: Sequence[Place], number: int, word: str) -> Proposal:
    """A change of a place somewhere in the file, or a new one."""
    seen = places[number * 7919 % len(places)]
    name = f"{seen.name} {word}"
    if number % 2:
        facts = {key: value for key, value in flat(seen).items() if group_of(key)}
        sent = submissions.add(press.desk, Draft({**facts, "name": name}), _SENDER, NOW)
    else:
        sent = submissions.change(press.desk, seen, Draft({"name": name}), _SENDER, NOW)
    return submissions.confirm(press.desk, sent.id, NOW)


def _one(press: Press, proposal: Proposal, word: str, folder: Path) -> tuple[float, float, float]:
    began = time.perf_counter()
    publishing.accept(press, proposal.id, _ADMIN)
    accepted = time.perf_counter()
    with index.open_index(press.catalogue, folder, NOW.date()) as opened:
        taken = time.perf_counter()
        hits = search.run(opened, Query(q=word), NOW).hits
        ended = time.perf_counter()
    if [hit.place.id for hit in hits] != [proposal.place]:
        raise RuntimeError(f"{proposal.place} is not found by {word}")
    return accepted - began, taken - accepted, ended - taken


def _everything(catalogue: Path, folder: Path, places: Sequence[Place]) -> None:
    geojson.write(catalogue, places)
    index.rebuild(catalogue, folder)


def _seconds(work: Work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
