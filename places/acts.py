"""What was done at the desk, when and by whom: for whoever has to answer for it, never public."""

import sqlite3
from datetime import datetime

from places.desk import stamp


def write(
    desk: sqlite3.Connection,
    now: datetime,
    what: str,
    person: int | None = None,
    *,
    about: tuple[str, str] = ("", ""),
    detail: str = "",
) -> None:
    """Puts an act down, within the caller's transaction; `about` is (proposal id, place id).

    `detail` holds codes and ids alone, because acts outlive the people a proposal speaks of.
    """
    desk.execute(
        "insert into act (at, person, what, proposal, place, detail) values (?, ?, ?, ?, ?, ?)",
        [stamp(now), person, what, *about, detail],
    )
