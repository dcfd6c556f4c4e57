"""A desk made for tests: one administrator, and proposals as somebody would send them.

Like tests/builders.py: the same call gives the same, and the moment is NOW unless said otherwise.
"""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from places import desk as store
from places import submissions
from places.place import Place
from places.submissions import Draft, Proposal, Sender
from tests.builders import NOW

ADMIN, MODERATOR = 1, 2
SENDER = Sender("ala@example.org", name="Ala Proponująca", about="sąsiadka")
OWNER = Sender("dom@example.org", runs_it=True)
NEW: Mapping[str, Any] = {
    "name": "Dom Sąsiedzki Nowy", "type": "dom_sasiedzki", "lat": 50.06, "lon": 19.94,
    "address.city": "Kraków", "address.gmina": "Kraków", "address.teryt": "126101",
    "address.voivodeship": "małopolskie", "address.street": "ul. Nowa 5",
    "position.precision": "address", "position.uncertainty_m": 75,
}  # fmt: skip
"""What somebody says of a new place."""


def with_people(desk: sqlite3.Connection) -> sqlite3.Connection:
    """The desk with ADMIN and MODERATOR, who has no area yet."""
    with store.writing(desk):
        for number, role in ((ADMIN, "admin"), (MODERATOR, "moderator")):
            desk.execute(
                "insert or ignore into people (id, email, role, added) values (?, ?, ?, ?)",
                [number, f"{role}@example.org", role, store.stamp(NOW)],
            )
    return desk


def a_change(
    desk: sqlite3.Connection,
    seen: Place,
    values: Mapping[str, Any],
    sender: Sender = SENDER,
    now: datetime = NOW,
    **draft: str,
) -> Proposal:
    """A proposal that waits: a change of this place."""
    sent = submissions.change(desk, seen, Draft(values, **draft), sender, now)
    return submissions.confirm(desk, sent.id, now)


def an_addition(
    desk: sqlite3.Connection,
    sender: Sender = SENDER,
    now: datetime = NOW,
    source: str = "",
    **values: Any,
) -> Proposal:
    """A proposal that waits: a new place; `an_addition(desk, name="Żak")`."""
    sent = submissions.add(desk, Draft({**NEW, **values}, source=source), sender, now)
    return submissions.confirm(desk, sent.id, now)
