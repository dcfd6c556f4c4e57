"""Somebody's whole list, taken in by the desk: planned, and then published or not at all.

A plan is made of the catalogue as it stands; what is published is exactly that plan.  Whoever
changes the file in between makes it a conflict, and the plan is made anew and looked at again.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from places import geojson, publishing
from places.desk import packed, writing
from places.errors import Conflict, Fault, Invalid, Unavailable
from places.exchange import intake
from places.exchange.intake import Plan, Terms
from places.exchange.rows import Bounds, Table
from places.geojson import Stamp
from places.history import MadeBy, Revision
from places.place import Place
from places.publishing import Press
from places.publishing.step import begin

BOUNDS = Bounds(rows=3_000, unpacked=40_000_000)
"""How much one table may hold; a bigger one is for `flask catalogue import`."""
MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """A table, and what it would do to the catalogue of this very state."""

    plan: Plan
    stamp: Stamp | None
    before: Mapping[str, Place]
    """The catalogue without it."""

    @property
    def changes(self) -> dict[str, Mapping[str, Any]]:
        """What is to be written, by place."""
        return {
            one.place.id: one.values
            for one in self.plan.verdicts
            if one.place is not None and one.outcome in ("added", "changed")
        }

    @property
    def digest(self) -> str:
        """The same for the same plan; a new place's id, made by chance, has no part in it."""
        told = [
            [
                one.row,
                one.outcome,
                one.place.id if one.place and one.place.id in self.before else "",
                dict(one.values),
                [fault.code for fault in one.faults],
            ]
            for one in self.plan.verdicts
        ]
        return hashlib.sha256(packed(told).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class State:
    """The whole catalogue, and what tells that it is still this one."""

    places: Mapping[str, Place]
    stamp: Stamp | None


def state(press: Press) -> State:
    """The catalogue as it stands.

    Raises Unavailable when any of it cannot be read.
    """
    stamp = geojson.stamp(press.catalogue)
    if stamp is None:
        return State({}, None)
    found = geojson.read(press.catalogue)
    if found.faults:
        raise Unavailable(f"{press.catalogue.name}: {found.faults[0].code}")
    return State({one.id: one for one in found.places}, stamp)


def planned(of: State, table: Table, terms: Terms) -> Batch:
    """What the table would do; nothing is written.

    Raises Invalid when the terms are at fault.
    """
    return Batch(intake.plan(table, list(of.places.values()), terms), of.stamp, of.places)


def publish(
    press: Press, batch: Batch, *, made_by: MadeBy, person: int | None = None
) -> tuple[Revision, ...]:
    """Publishes the whole plan in one writing of the file, or nothing.

    Raises Invalid when any row was refused; Conflict("newer") when the catalogue is another by now.
    """
    if batch.plan.count("refused"):
        raise Invalid([Fault("", "rows_refused", str(batch.plan.count("refused")))])
    return put(press, batch.stamp, batch.changes, made_by=made_by, person=person)


def put(
    press: Press,
    stamp: Stamp | None,
    changes: Mapping[str, Mapping[str, Any]],
    *,
    made_by: MadeBy,
    person: int | None = None,
) -> tuple[Revision, ...]:
    """Publishes changes that were worked out from this state of the file.

    Raises Conflict("newer"), Invalid.
    """
    begin(press, changes.keys())
    with writing(press.desk):
        if geojson.stamp(press.catalogue) != stamp:
            raise Conflict("newer")
        if not changes:
            return ()
        return publishing.publish_all(press, changes, made_by=made_by, what="listed", person=person)
