"""Who decides: administrators and moderators, their areas, and who may not write to us.

An area is the beginning of a TERYT number (a voivodeship, a powiat, a gmina) or a network.  An
administrator has none and sees everything; a moderator without any sees nothing.
"""

import re
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from places import mailbox, passwords, text, tokens
from places.desk import stamp, writing
from places.errors import Fault, Invalid, NotFound, shortened
from places.place import network_key
from places.submissions import Scope

ROLES = ("admin", "moderator")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in."""

    id: int
    email: str
    role: str
    has_password: bool
    areas: tuple[tuple[str, str], ...]
    """("teryt", "1261") or ("network", "MAM")."""
    session: int
    """What their cookie must hold; raised to sign them out everywhere."""


def area(kind: str, value: str) -> tuple[str, str]:
    """An area as it is kept: two, four or six digits, or the name of a network.

    Raises Invalid.
    """
    found = text.clean(value)
    if kind == "network":
        if not network_key(found):
            raise Invalid([Fault("network", "missing")])
        return kind, found
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}|[0-9]{6,7}", found, re.ASCII):
        raise Invalid([Fault("area", "not_a_teryt", shortened(value))])
    # The seventh digit is the kind of the gmina, which changes when a village becomes a town.
    return kind, found[:6]


def add(
    desk: sqlite3.Connection,
    email: str,
    role: str,
    areas: Iterable[tuple[str, str]],
    now: datetime,
) -> Person:
    """Makes somebody a moderator or an administrator; who is one already gets this role and area.

    Raises Invalid with all that is wrong.
    """
    box, kept = _checked(email, role, areas)
    with writing(desk):
        # Ids are given anew after a removal: a cookie of somebody removed must not fit.
        desk.execute(
            "insert into people (email, role, added, session) values (?, ?, ?, ?)"
            " on conflict (email) do update set role = excluded.role",
            [box, role, stamp(now), secrets.randbelow(2**48) + 1],
        )
        person_id = desk.execute("select id from people where email = ?", [box]).fetchone()[0]
        desk.execute("delete from area where person = ?", [person_id])
        desk.executemany(
            "insert into area (person, kind, value) values (?, ?, ?)",
            [(person_id, *one) for one in kept],
        )
        return find(desk, person_id)


def remove(desk: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """They decide no more: sessions and links end, what they claimed is free again."""
    with writing(desk):
        tokens.end(desk, "sign-in", str(person_id), now)
        desk.execute(
            "update proposal set claimed_by = null, claimed_until = null where claimed_by = ?",
            [person_id],
        )
        desk.execute("delete from people where id = ?", [person_id])


def find(desk: sqlite3.Connection, person_id: int | str) -> Person:
    """The person of this number.

    Raises NotFound.
    """
    for one in _chosen(desk, "where id = ?", [person_id]):
        return one
    raise NotFound("person")


def by_email(desk: sqlite3.Connection, email: str) -> Person | None:
    """The person with this mailbox; None where nobody has it."""
    try:
        box = mailbox.read(email)
    except Invalid:
        return None
    return next(iter(_chosen(desk, "where email = ?", [box])), None)


def everybody(desk: sqlite3.Connection) -> tuple[Person, ...]:
    """All of them, administrators first."""
    return _chosen(desk, "order by role, email", [])


def scope(person: Person) -> Scope:
    """What they see and decide."""
    return Scope(
        teryts=tuple(value for kind, value in person.areas if kind == "teryt"),
        networks=tuple(value for kind, value in person.areas if kind == "network"),
        everything=person.role == "admin",
    )


def may_decide(person: Person, teryt: str, networks: Iterable[str]) -> bool:
    """Whether a place of that gmina and of those networks is theirs to decide on."""
    return scope(person).holds(teryt, networks)


def sign_out_everywhere(desk: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """Ends every session and every unused link of theirs."""
    with writing(desk):
        desk.execute("update people set session = session + 1 where id = ?", [person_id])
        tokens.end(desk, "sign-in", str(person_id), now)


def seen(desk: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """Notes when they were last here."""
    with writing(desk):
        desk.execute("update people set last_seen = ? where id = ?", [stamp(now), person_id])


def set_password(
    desk: sqlite3.Connection, person: Person, password: str | None, now: datetime
) -> None:
    """Gives them a password, or with None takes it away; all their sessions end.

    Raises Invalid when it is too easy to guess.
    """
    hashed = None if password is None else passwords.hashed(password, person.email)
    with writing(desk):
        desk.execute("update people set password = ? where id = ?", [hashed, person.id])
        sign_out_everywhere(desk, person.id, now)


def check_password(desk: sqlite3.Connection, email: str, password: str) -> Person | None:
    """Who has this mailbox and this password; None for any other pair, after as long a time."""
    person = by_email(desk, email)
    kept = None
    if person is not None:
        row = desk.execute("select password from people where id = ?", [person.id]).fetchone()
        kept = row["password"]
    return person if passwords.fits(kept, password) else None


def is_blocked(desk: sqlite3.Connection, email: str, origin: str) -> bool:
    """Whether what comes from this mailbox, its domain or this network address is thrown away."""
    box = email.strip().casefold()
    row = desk.execute(
        "select 1 from blocked where (kind = 'email' and value = ?)"
        " or (kind = 'domain' and value = ?) or (kind = 'origin' and value = ? and value <> '')",
        [box, mailbox.domain_of(box), origin],
    ).fetchone()
    return row is not None


def block(
    desk: sqlite3.Connection, kind: str, value: str, person_id: int | None, now: datetime
) -> None:
    """Throws away, from now on, what comes from there: "email", "domain" or "origin"."""
    with writing(desk):
        desk.execute(
            "insert into blocked (kind, value, since, person) values (?, ?, ?, ?)"
            " on conflict do nothing",
            [kind, value, stamp(now), person_id],
        )


def _checked(
    email: str, role: str, areas: Iterable[tuple[str, str]]
) -> tuple[str, Sequence[tuple[str, str]]]:
    faults: list[Fault] = []
    box, kept = "", dict[tuple[str, str], None]()
    try:
        box = mailbox.read(email)
    except Invalid as error:
        faults += error.faults
    for kind, value in areas:
        try:
            kept[area(kind, value)] = None
        except Invalid as error:
            faults += error.faults
    if role not in ROLES:
        faults.append(Fault("role", "not_in_list", shortened(role), ", ".join(ROLES)))
    if role == "moderator" and not kept and not faults:
        faults.append(Fault("area", "missing"))
    if faults:
        raise Invalid(faults)
    return box, list(kept)


def _chosen(desk: sqlite3.Connection, where: str, values: Sequence[object]) -> tuple[Person, ...]:
    rows = desk.execute(
        f"select id, email, role, password is not null, session from people {where}", values
    ).fetchall()
    return tuple(
        Person(
            id=row["id"],
            email=row["email"],
            role=row["role"],
            has_password=bool(row[3]),
            areas=_areas(desk, row["id"]),
            session=row["session"],
        )
        for row in rows
    )


def _areas(desk: sqlite3.Connection, person_id: int) -> tuple[tuple[str, str], ...]:
    rows = desk.execute(
        "select kind, value from area where person = ? order by kind desc, value", [person_id]
    )
    return tuple((row["kind"], row["value"]) for row in rows)
