"""One run over a city's own list: what it changed is published, what is new waits for a moderator.

Nothing is ever deleted: a row that vanished is flagged, and the flag goes when it comes back.  A
list that cannot be read, or names nothing at all, flags nothing.  Of two runs at once one runs; a
list that is as it was does nothing; killed at any moment, the next run does the rest.
"""

import fcntl
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from places import amendments, fetching, lists, place, sources, storage, submissions
from places.desk import packed, writing
from places.errors import Conflict, Fault, Invalid
from places.exchange import careful, files, headers, tables
from places.exchange.intake import Care, Terms, Verdict
from places.exchange.rows import Table
from places.lists import Batch
from places.place import Place
from places.publishing import Press
from places.publishing.step import begin
from places.sources import Known, Source
from places.submissions import Draft

_SECONDS = 30.0
_TRIES = 3
_NEVER_PROPOSED = frozenset({"id", "added", "changed", "merged_into", "doubts", "photos"})

Outcome = Literal["done", "same", "failed", "busy"]


@dataclass(frozen=True, slots=True)
class Run:
    """How it went: "same" when the list is as it was, "busy" when another is at it."""

    source: Source
    outcome: Outcome
    counts: Mapping[str, int] = field(default_factory=dict)
    """`changed`, `proposed`, `same`, `waiting`, `gone`, `back`, `refused`."""
    faults: tuple[Fault, ...] = ()


def run(press: Press, instance: Path, source: Source, agent: str, *, trial: bool = False) -> Run:
    """Reads the list and does what follows; a trial only says what that would be."""
    with storage.locked(instance / "sources.lock", fcntl.LOCK_EX, wait=False) as mine:
        if not mine:
            return Run(source, "busy")
        source = sources.find(press.desk, source.name)  # As whoever ran just now has left it.
        return _run(press, source, agent, trial)


def _run(press: Press, source: Source, agent: str, trial: bool) -> Run:
    try:
        raw = _raw(source, agent)
        digest = hashlib.sha256(raw + _said_of(source)).hexdigest()
        if digest == source.last_digest:
            if not trial:
                sources.ran(press.desk, source, press.now)
            return Run(source, "same", source.told, source.faults)
        table = files.read_bytes(raw, source.form, lists.BOUNDS, source.sheet)
        if not table.rows:
            raise Invalid([Fault("", "list_empty")])
        done = _taken_in(press, source, table, digest, trial)
    except Invalid as error:
        if not trial:
            # Without its digest: it is tried again, though it may be the same.
            sources.told(press.desk, source, "", error.faults, source.told, press.now)
        return Run(source, "failed", {}, tuple(error.faults))
    return done


def _raw(source: Source, agent: str) -> bytes:
    """The bytes of the list.

    Raises Invalid.
    """
    try:
        if source.page:
            return fetching.fetch(source.page, {"User-Agent": agent}, _SECONDS, lists.MOST_BYTES)
        path = Path(source.address)
        if path.stat().st_size > lists.MOST_BYTES:
            raise Invalid([Fault("", "too_many_bytes", "", str(lists.MOST_BYTES // 1_000_000))])
        return path.read_bytes()
    except (OSError, fetching.Failed):
        raise Invalid([Fault("", "list_unreachable", source.address)]) from None


def _said_of(source: Source) -> bytes:
    """How it is read: other terms make another list of it."""
    return packed([source.maps, source.constants, source.sheet, source.teryt]).encode()


def _taken_in(press: Press, source: Source, table: Table, digest: str, trial: bool) -> Run:
    for _ in range(_TRIES):
        step = _Step(press, source, table)
        made = Run(source, "done", step.counts(), tuple(step.faults))
        if trial:
            return made
        try:
            step.write(digest)
        except Conflict:
            continue  # Somebody has changed the catalogue: look once more.
        return made
    raise Invalid([Fault("", "changed_meanwhile")])


class _Step:
    """What follows from the list as it is now; nothing is written before `write`."""

    def __init__(self, press: Press, source: Source, table: Table) -> None:
        self.faults: list[Fault] = []
        self._press, self._source = press, source
        self._known = sources.rows(press.desk, source)
        self._keys = dict(_keys(source, table))
        self._batch, self._catalogue = self._planned(table)
        self._changes: dict[str, Mapping[str, Any]] = {}
        self._drafts: list[tuple[str, Place | None, Draft, Verdict]] = []
        self._seen: dict[str, Known] = {}
        self._told: Counter[str] = Counter()
        for verdict in self._batch.plan.verdicts:
            self._weigh(verdict, self._keys.get(verdict.row, ""))
        self._gone = [
            replace(one, gone=press.now)
            for key, one in self._known.items()
            if one.gone is None and key not in set(self._keys.values())
        ]

    def counts(self) -> dict[str, int]:
        back = sum(self._known[key].gone is not None for key in self._seen if key in self._known)
        return {
            "changed": len(self._changes), "proposed": len(self._drafts), **self._told,
            "gone": len(self._gone), "back": back,
        }  # fmt: skip

    def write(self, digest: str) -> None:
        """Does it all, or nothing.

        Raises Conflict when the catalogue is another by now.
        """
        press, source = self._press, self._source
        begin(press, self._changes.keys())
        with writing(press.desk):
            for key, seen, draft, verdict in self._drafts:
                self._seen[key] = self._row(key, self._proposed(seen, draft), verdict)
            sources.put(press.desk, source, [*self._seen.values(), *self._gone])
            sources.told(press.desk, source, digest, self.faults, self.counts(), press.now)
            # The file is replaced last: whatever the desk refuses, it refuses before.
            lists.put(press, self._batch.stamp, self._changes, made_by="source")

    def _planned(self, table: Table) -> tuple[Batch, Mapping[str, Place]]:
        """The plan, with rows that once led to a place leading there."""
        press, source = self._press, self._source
        state = lists.state(press)
        catalogue = state.places
        same = {
            row: self._known[key].place
            for row, key in self._keys.items()
            if key in self._known and self._known[key].place in catalogue
            and catalogue[self._known[key].place].merged_into is None
        }  # fmt: skip
        care = Care(may=lambda one: one.address.teryt.startswith(source.teryt), same=same)
        terms = Terms(
            today=press.today, new_id=place.new_id, maps=source.maps, constants=source.constants,
            care=care,
        )  # fmt: skip
        return lists.planned(state, table, terms), catalogue

    def _weigh(self, verdict: Verdict, key: str) -> None:
        """What becomes of one row."""
        found = verdict.place
        if not key:
            self._refuse(verdict, [Fault(self._source.key, "missing")])
        elif found is None or not _is_usable(verdict):
            self._refuse(verdict, verdict.faults, key)
        elif found.id in self._catalogue:
            self._change(verdict, key, self._catalogue[found.id])
        elif key in self._known:
            self._told["waiting"] += 1
            self._seen[key] = replace(self._known[key], gone=None, last_seen=self._press.now)
        else:
            self._propose(verdict, key)

    def _refuse(self, verdict: Verdict, faults: Any, key: str = "") -> None:
        self._told["refused"] += 1
        self.faults += (one.at(f"row {verdict.row}") for one in faults)
        if key in self._known:
            self._seen[key] = replace(self._known[key], gone=None, last_seen=self._press.now)

    def _change(self, verdict: Verdict, key: str, known: Place) -> None:
        """Takes over what the list itself has changed since it was last seen."""
        last = self._known[key].record if key in self._known else {}
        news = {
            name: value
            for name, value in verdict.values.items()
            if name not in verdict.said or last.get(name) != verdict.said[name]
        }
        if news.keys() <= {"sources"}:
            self._told["same"] += 1
        else:
            try:
                amendments.applied(known, news)
            except Invalid as error:
                self._refuse(verdict, error.faults, key)
                return
            self._changes[known.id] = news
        self._seen[key] = self._row(key, known.id, verdict)

    def _propose(self, verdict: Verdict, key: str) -> None:
        """A new place; or, where one of ours is probably it, what we did not know of that one."""
        twin = self._only_twin(verdict)
        values = dict(verdict.values)
        if twin is not None:
            values = careful.values(twin, values, verdict.said, only_unknown=True)
        kept = {
            name: value for name, value in values.items()
            if name not in _NEVER_PROPOSED and not name.startswith("checked.")
        }  # fmt: skip
        note = _NOTES["twin" if twin else "twins" if verdict.twins else "new"]
        said = note.format(list=self._source.name, row=verdict.row, name=verdict.name)
        draft = Draft(kept, said[: submissions.LONGEST_NOTE], self._source.page)
        self._drafts.append((key, twin, draft, verdict))

    def _only_twin(self, verdict: Verdict) -> Place | None:
        """The one place of the catalogue that this row probably is, if no other row is that."""
        ours = {one.place.id: one.place for one in verdict.twins if one.row is None}
        free = [one for one in ours.values() if self._source.name not in one.refs and one.listed]
        taken = {seen.id for _, seen, _, _ in self._drafts if seen is not None}
        return free[0] if len(ours) == len(free) == 1 and free[0].id not in taken else None

    def _proposed(self, seen: Place | None, draft: Draft) -> str:
        """Sends the proposal; the place it speaks of."""
        desk, now = self._press.desk, self._press.now
        if seen is None:
            return submissions.add(desk, draft, None, now, "list").place
        return submissions.change(desk, seen, draft, None, now, "list").place

    def _row(self, key: str, place_id: str, verdict: Verdict) -> Known:
        return Known(key, place_id, self._press.now, None, verdict.said)


_NOTES = {
    "new": "Nowy wiersz na liście „{list}”: wiersz {row}, „{name}”.",
    "twin": "Na liście „{list}” jest „{name}” (wiersz {row}); to pewnie to miejsce. "
    "Przyjęcie łączy wiersz z\u00a0tym wpisem i\u00a0uzupełnia to, czego w\u00a0nim nie było.",
    "twins": "Nowy wiersz na liście „{list}”: wiersz {row}, „{name}”. Takie miejsce może już być "
    "w\u00a0katalogu: sprawdź podobne.",
}


def _keys(source: Source, table: Table) -> Iterator[tuple[int, str]]:
    """The key of each row that has one."""
    reading = headers.reading(table.headers, source.maps)
    for row in table.rows:
        key = str(tables.values(reading.cells(row.cells)).get(source.key) or "")
        if key:
            yield row.number, key


def _is_usable(verdict: Verdict) -> bool:
    """Whether the row is whole, though perhaps a place that we have."""
    codes = {one.code for one in verdict.faults}
    return verdict.outcome != "refused" or codes == {"probably_known"}
