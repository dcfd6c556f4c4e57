"""What a table would do, as its preview shows it, and what is chosen there of single rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from places import amendments, privacy
from places.exchange.duplicates import Twin
from places.exchange.intake import Outcome, Verdict
from places.lists import Batch
from places.place import Place
from places.web import words
from places.web.forms import Form

MOST_SHOWN = 300
"""Rows of one kind; the rest are counted."""
_MOST_TWINS = 5
_SHOWN: tuple[Outcome, ...] = ("refused", "changed", "added", "skipped")
NEW, PASS = "new", "pass"
CHOICES = ("same", "apart", "passed")
"""What is kept of single rows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One row."""

    verdict: Verdict
    faults: Sequence[str]
    changes: Sequence[words.Change]
    cautions: Sequence[str]
    ours: Sequence[Twin]
    """Places of the catalogue that it probably is."""
    rows: Sequence[Twin]
    """Other rows of the table that are probably the same."""
    chosen: str
    """What was said of it: a place's id, "new", "pass" or nothing."""
    can_be_new: bool
    """Whether only its likeness to another stands in its way."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one fate."""

    outcome: Outcome
    count: int
    rows: Sequence[Shown]


def parts(batch: Batch, terms: Mapping[str, Any]) -> list[Part]:
    """The rows by what becomes of them, those that need somebody first."""
    return [
        Part(
            outcome,
            batch.plan.count(outcome),
            [
                _shown(one, terms, batch.before)
                for one in batch.plan.verdicts
                if one.outcome == outcome
            ][:MOST_SHOWN],
        )
        for outcome in _SHOWN
    ]


def choices(form: Form, batch: Batch, terms: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of single rows now: only of rows that are there, only what was offered."""
    same = {str(row): kept for row, kept in terms.get("same", {}).items()}
    apart, passed = set(terms.get("apart", ())), set(terms.get("passed", ()))
    for one in batch.plan.verdicts:
        said = form.get(f"match.{one.row}")
        if said is None and "pass_rest" in form and one.outcome == "refused":
            said = PASS
        if said is None:
            continue
        offered = {twin.place.id for twin in one.twins if twin.row is None}
        offered |= {same[str(one.row)]} if str(one.row) in same else set()
        same.pop(str(one.row), None)
        apart.discard(one.row)
        passed.discard(one.row)
        if said == PASS or ("pass_rest" in form and not said and one.outcome == "refused"):
            passed.add(one.row)
        elif said == NEW:
            apart.add(one.row)
        elif said in offered:
            same[str(one.row)] = said
    return {"same": same, "apart": sorted(apart), "passed": sorted(passed)}


def filled(batch: Batch) -> list[tuple[str, str, int]]:
    """What new rows did not say and we know: the column, the value, in how many rows."""
    found = Counter(item for one in batch.plan.verdicts for item in one.filled.items())
    return [
        (name, "; ".join(words.lines(name, value)), count)
        for (name, value), count in sorted(found.items())
    ]


def ways_out(batch: Batch) -> list[str]:
    """What to do about faults that many rows share."""
    faults = {(one.field, one.code) for verdict in batch.plan.verdicts for one in verdict.faults}
    return words.ways_out(faults)


def _shown(one: Verdict, terms: Mapping[str, Any], before: Mapping[str, Place]) -> Shown:
    faults = [words.wrong_where(fault) for fault in one.faults if fault.code != "probably_known"]
    old = before.get(one.place.id) if one.place else None
    ours = [twin for twin in one.twins if twin.row is None]
    return Shown(
        one,
        faults,
        words.changes(amendments.flat(old), amendments.flat(one.place))
        if one.outcome == "changed" and old and one.place
        else (),
        [words.caution(warning) for warning in privacy.warnings(one.values)],
        ours[:_MOST_TWINS],
        [twin for twin in one.twins if twin.row is not None][:_MOST_TWINS],
        _chosen(one.row, terms),
        bool(one.twins) and not faults,
    )


def _chosen(row: int, terms: Mapping[str, Any]) -> str:
    if row in terms.get("passed", ()):
        return PASS
    if row in terms.get("apart", ()):
        return NEW
    return str(terms.get("same", {}).get(str(row), ""))
