"""The desk on disk: `instance/desk.db`, the only file that knows people.

Proposals, who sent them, moderators, letters and the history of every place.  Unlike the index it
cannot be made again: back it up.  Every other room of the desk writes its own tables through a
connection opened here, inside `writing`, so that a state and the letter about it are one step.

Moments are texts in UTC (`stamp`), days are ISO dates; JSON is written by `packed`.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from places import storage
from places.errors import Unavailable

FILE = "desk.db"

_LAYOUTS = (
    # 1
    """
create table people (id integer primary key, email text not null unique,
    role text not null check (role in ('admin', 'moderator')), password text,
    added text not null, last_seen text, session integer not null default 1);
create table area (person integer not null references people on delete cascade,
    kind text not null check (kind in ('teryt', 'network')), value text not null,
    primary key (person, kind, value)) without rowid;
create table proposal (id text primary key,
    kind text not null check (kind in ('add', 'change', 'problem')),
    state text not null check (state in ('unconfirmed', 'waiting', 'asked', 'accepted', 'rejected',
        'withdrawn', 'spam')),
    sent_by text not null check (sent_by in ('public', 'owner', 'list')),
    place text not null, problem text not null default '', changes text not null default '{}',
    base text not null default '{}', note text not null default '',
    source text not null default '', name text not null, city text not null, teryt text not null,
    networks text not null, sent text not null, confirmed text, decided text,
    decided_by integer references people on delete set null, reason text not null default '',
    claimed_by integer references people on delete set null, claimed_until text,
    revision integer);
create index proposal_by_state on proposal (state, sent);
create index proposal_by_place on proposal (place, state);
create table sender (proposal text primary key references proposal on delete cascade,
    email text not null, name text not null default '', about text not null default '',
    runs_it integer not null default 0, origin text not null default '');
create index sender_by_email on sender (email);
create index sender_by_origin on sender (origin);
create table remark (id integer primary key,
    proposal text not null references proposal on delete cascade, at text not null,
    said_by text not null check (said_by in ('sender', 'moderator')),
    person integer references people on delete set null, text text not null);
create index remark_by_proposal on remark (proposal);
create table revision (place text not null, number integer not null, at text not null,
    made_by text not null check (made_by in ('owner', 'moderator', 'public', 'source',
        'catalogue')),
    what text not null, person integer references people on delete set null, proposal text,
    record text not null, primary key (place, number)) without rowid;
create table token (hash text primary key, purpose text not null, subject text not null,
    made text not null, ends text, opened text, used text, ended text) without rowid;
create index token_by_subject on token (purpose, subject);
create table owner (id integer primary key, place text not null, email text not null,
    name text not null default '', trusted integer not null default 0, since text not null,
    ended text, bounced text, silent integer not null default 0);
create index owner_by_place on owner (place);
create index owner_by_email on owner (email);
create table letter (id integer primary key, key text not null unique, recipient text not null,
    subject text not null, text text not null, html text not null, about text not null default '',
    made text not null, sent text, tries integer not null default 0, fault text not null default '',
    bounced text);
create index letter_by_sent on letter (sent);
create table blocked (kind text not null check (kind in ('email', 'domain', 'origin')),
    value text not null, since text not null,
    person integer references people on delete set null, primary key (kind, value)) without rowid;
create table ask (id integer primary key, place text not null, facts text not null,
    cycle text not null, owner integer references owner on delete cascade, at text not null,
    letters integer not null default 1, last_letter text, answered text,
    answer text not null default '', escalated text, unique (place, facts, cycle, owner));
create table photo (id text primary key, proposal text not null, place text not null,
    alt text not null, author text not null, licence text not null, width integer not null,
    height integer not null, added text not null);
create index photo_by_proposal on photo (proposal);
create table act (id integer primary key, at text not null,
    person integer references people on delete set null, what text not null,
    proposal text not null default '', place text not null default '',
    detail text not null default '');
create table source (id integer primary key, name text not null unique, address text not null,
    terms text not null, teryt text not null default '', network text not null default '',
    added text not null, last_run text, last_digest text not null default '',
    fault text not null default '');
create table source_row (source integer not null references source on delete cascade,
    key text not null, place text not null, last_seen text not null, gone text,
    primary key (source, key)) without rowid;
""",
    # 2
    """
alter table source add column told text not null default '{}';
alter table source_row add column record text not null default '{}';
create table upload (word text primary key, person integer not null references people
    on delete cascade, name text not null, form text not null, made text not null,
    terms text not null default '{}') without rowid;
""",
)


@contextmanager
def open_desk(instance: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the desk of this folder, made or brought up to date where needed.

    Raises Unavailable when it cannot be had: it is never deleted, whatever is wrong with it.
    """
    try:
        instance.mkdir(parents=True, exist_ok=True)
        connection = storage.connect(instance / FILE)
    except (OSError, sqlite3.Error) as error:
        raise Unavailable(f"{FILE}: {error}") from error
    try:
        _settle(connection, instance / FILE)
        yield connection
    except sqlite3.Error as error:
        if (refusal := failure(error)) is None:
            raise
        raise refusal from error
    finally:
        connection.close()


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written within, or nothing of it; inside another it is a part of that one.

    So every room guards its own step, and whoever joins two of them guards both.
    """
    if not connection.in_transaction:
        with storage.transaction(connection):
            yield
        return
    connection.execute("savepoint step")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite may have given up by itself.
            connection.execute("rollback to step")
        raise
    finally:
        if connection.in_transaction:
            connection.execute("release step")


def failure(error: sqlite3.Error) -> Unavailable | None:
    """What SQLite's error says of the desk: locked, full, read-only, broken; None: we are wrong."""
    ours = isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError)
    if ours or storage.meaning(error) is None:
        return None
    return Unavailable(f"{FILE}: {error}")


def stamp(now: datetime) -> str:
    """The moment as the desk keeps it: UTC, to the second, so that texts sort like moments."""
    return now.astimezone(UTC).isoformat(timespec="seconds")


def moment(text: str | None) -> datetime | None:
    """The moment back; None where there is none."""
    return datetime.fromisoformat(text) if text else None


def packed(value: Any) -> str:
    """JSON as the desk keeps it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _settle(connection: sqlite3.Connection, path: Path) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma secure_delete = on")  # Who is forgotten leaves no letter behind.
    if _version(connection) == len(_LAYOUTS):
        connection.execute("pragma synchronous = full")
        return
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")  # This is nobody's copy.
    with writing(connection):
        for number in range(_version(connection), len(_LAYOUTS)):
            for statement in _LAYOUTS[number].split(";\n"):
                connection.execute(statement)
            connection.execute(f"pragma user_version = {number + 1}")
    path.chmod(0o600)


def _version(connection: sqlite3.Connection) -> int:
    found = int(connection.execute("pragma user_version").fetchone()[0])
    if found > len(_LAYOUTS):
        raise Unavailable(f"{FILE}: made by a newer version")
    return found
