"""How much one person has sent: the desk's own limit, whatever process or address it came by."""

import sqlite3
from datetime import datetime, timedelta

from places.desk import stamp

MOST_BY_EMAIL, MOST_BY_ORIGIN = 20, 40
"""Proposals within DAY."""
DAY = timedelta(hours=24)


def sends_too_often(desk: sqlite3.Connection, email: str, origin: str, now: datetime) -> bool:
    """Whether this mailbox or this network address has sent as much as one may in a day."""
    by_email, by_origin = desk.execute(
        "select coalesce(sum(email = ?), 0), coalesce(sum(origin = ? and ? != ''), 0) "
        "from sender join proposal on proposal.id = sender.proposal where sent > ? "
        "and (email = ? or origin = ?)",
        [email, origin, origin, stamp(now - DAY), email, origin],
    ).fetchone()
    return bool(by_email >= MOST_BY_EMAIL or by_origin >= MOST_BY_ORIGIN)
