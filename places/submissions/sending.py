"""The sender's side: a proposal is sent, confirmed by e-mail, answered for, taken back."""

import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from places import acts, amendments, history, mailbox, place
from places.desk import packed, stamp, writing
from places.errors import Conflict, Fault, Invalid, shortened
from places.place import Place
from places.submissions.records import (
    PROBLEMS,
    Draft,
    Kind,
    Proposal,
    Sender,
    SentBy,
    find,
    remarks,
)

LONGEST_NOTE = 4_000
_LONGEST_SAID = 500  # of a sender's name, of who they are, of a source
_NOT_THEIRS = frozenset({"id", "added", "changed", "merged_into", "doubts"})


def add(
    desk: sqlite3.Connection,
    draft: Draft,
    sender: Sender | None,
    now: datetime,
    sent_by: SentBy = "public",
) -> Proposal:
    """A new place, proposed; the id it will have is made now.  A list has no sender.

    Raises Invalid with all the faults.
    """
    with writing(desk):
        place_id = _new_place_id(desk)
        # Where a record comes from is put down when it is accepted.
        values = {"sources": [{"name": "-"}], **draft.values}
        made = _checked(None, draft, sender, values, place_id)
        said = amendments.flat(made)
        changes = {name: said[name] for name in draft.values if name in said}
        return _sent(desk, _New("add", made, draft, sender, sent_by, changes), now)


def change(
    desk: sqlite3.Connection,
    seen: Place,
    draft: Draft,
    sender: Sender | None,
    now: datetime,
    sent_by: SentBy = "public",
) -> Proposal:
    """A change of a place as somebody saw it.

    Raises Invalid with all the faults; "nothing_changed" where that is so.
    """
    made = _checked(seen, draft, sender, draft.values)
    found = amendments.differences(seen, made)
    if not found and not draft.with_photos:
        raise Invalid([Fault("", "nothing_changed")])
    changes = {one.field: one.after for one in found}
    base = {one.field: one.before for one in found}
    with writing(desk):
        # Before the file is touched: whatever is killed, what the place was is known.
        history.begin(desk, seen, now)
        return _sent(desk, _New("change", seen, draft, sender, sent_by, changes, base), now)


def problem(
    desk: sqlite3.Connection, seen: Place, kind: str, note: str, sender: Sender, now: datetime
) -> Proposal:
    """Something is wrong with a place; a moderator finds out what.

    Raises Invalid; without a note when it is "other".
    """
    draft = Draft({}, note)
    faults = list(_faults(draft, sender))
    if kind not in PROBLEMS:
        faults.append(Fault("problem", "not_in_list", shortened(kind), ", ".join(PROBLEMS)))
    if kind == "other" and not note.strip():
        faults.append(Fault("note", "missing"))
    if faults:
        raise Invalid(faults)
    with writing(desk):
        return _sent(desk, _New("problem", seen, draft, sender, problem=kind), now)


def confirm(desk: sqlite3.Connection, proposal_id: str, now: datetime) -> Proposal:
    """The sender's mailbox is theirs: now it waits.  Again: the same answer."""
    with writing(desk):
        if find(desk, proposal_id).state == "unconfirmed":
            desk.execute(
                "update proposal set state = 'waiting', confirmed = ? where id = ?",
                [stamp(now), proposal_id],
            )
        return find(desk, proposal_id)


def withdraw(desk: sqlite3.Connection, proposal_id: str, now: datetime) -> Proposal:
    """The sender takes it back.  Again: the same answer.

    Raises Conflict("decided").
    """
    with writing(desk):
        found = find(desk, proposal_id)
        if found.state == "withdrawn":
            return found
        if found.state not in ("unconfirmed", "waiting", "asked"):
            raise Conflict("decided")
        desk.execute(
            "update proposal set state = 'withdrawn', decided = ?, claimed_by = null,"
            " claimed_until = null where id = ?",
            [stamp(now), proposal_id],
        )
        acts.write(desk, now, "withdrawn", about=(proposal_id, found.place))
        return find(desk, proposal_id)


def answer(desk: sqlite3.Connection, proposal_id: str, text: str, now: datetime) -> Proposal:
    """The sender's answer to a question: it waits again.  Sent twice: the same answer.

    Raises Conflict("decided") when nothing was asked, Invalid.
    """
    said = _note(text)
    with writing(desk):
        found = find(desk, proposal_id)
        known = [one.text for one in remarks(desk, proposal_id) if one.said_by == "sender"]
        if found.state == "waiting" and known[-1:] == [said]:
            return found
        if found.state != "asked":
            raise Conflict("decided")
        remark(desk, proposal_id, "sender", said, now)
        desk.execute("update proposal set state = 'waiting' where id = ?", [proposal_id])
        return find(desk, proposal_id)


def remark(
    desk: sqlite3.Connection,
    proposal_id: str,
    said_by: str,
    text: str,
    now: datetime,
    person_id: int | None = None,
) -> None:
    """Puts down what one says to the other.

    Raises Invalid when that is nothing, or too much.
    """
    desk.execute(
        "insert into remark (proposal, at, said_by, person, text) values (?, ?, ?, ?, ?)",
        [proposal_id, stamp(now), said_by, person_id, _note(text)],
    )


def _note(text: str) -> str:
    if not text.strip():
        raise Invalid([Fault("text", "missing")])
    if len(text) > LONGEST_NOTE:
        raise Invalid([Fault("text", "too_long", shortened(text), str(LONGEST_NOTE))])
    return text.strip()


def _checked(
    seen: Place | None,
    draft: Draft,
    sender: Sender | None,
    values: Mapping[str, Any],
    place_id: str | None = None,
) -> Place:
    """The record as it would be.

    Raises Invalid with all the faults, of the record and of what is said beside it.
    """
    faults = list(_faults(draft, sender))
    made = None
    try:
        made = amendments.applied(seen, values, place_id=place_id)
    except Invalid as error:
        faults = [*error.faults, *faults]
    if faults or made is None:
        raise Invalid(faults)
    return made


def _faults(draft: Draft, sender: Sender | None) -> Iterator[Fault]:
    for name in draft.values:
        if name in _NOT_THEIRS or name.startswith("checked."):
            yield Fault(name, "unknown_field")
    if len(draft.note) > LONGEST_NOTE:
        yield Fault("note", "too_long", shortened(draft.note), str(LONGEST_NOTE))
    said = [("source", draft.source)]
    if sender is not None:
        said += [("sender", sender.name), ("about", sender.about)]
    for name, text in said:
        if len(text) > _LONGEST_SAID:
            yield Fault(name, "too_long", shortened(text), str(_LONGEST_SAID))
    if sender is None:
        return
    try:
        mailbox.read(sender.email)
    except Invalid as error:
        yield from error.faults


@dataclass(frozen=True, slots=True)
class _New:
    """What becomes a proposal."""

    kind: Kind
    about: Place
    draft: Draft
    sender: Sender | None
    sent_by: SentBy = "public"
    changes: Mapping[str, Any] = field(default_factory=dict)
    base: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


def _sent(desk: sqlite3.Connection, new: _New, now: datetime) -> Proposal:
    proposal_id = secrets.token_hex(6)
    about, draft, sender = new.about, new.draft, new.sender
    # Whoever came by a link of theirs, or with a list, has a mailbox we know.
    confirmed = None if new.sent_by == "public" else stamp(now)
    desk.execute(
        "insert into proposal (id, kind, state, sent_by, place, problem, changes, base, note,"
        " source, name, city, teryt, networks, sent, confirmed)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            proposal_id, new.kind, "waiting" if confirmed else "unconfirmed", new.sent_by,
            about.id, new.problem, packed(new.changes), packed(new.base), draft.note.strip(),
            draft.source.strip(), about.name, about.address.city, about.address.teryt,
            packed(about.networks), stamp(now), confirmed,
        ],
    )  # fmt: skip
    if sender is not None:
        _put_down(desk, proposal_id, sender)
    return find(desk, proposal_id)


def _put_down(desk: sqlite3.Connection, proposal_id: str, sender: Sender) -> None:
    desk.execute(
        "insert into sender (proposal, email, name, about, runs_it, origin)"
        " values (?, ?, ?, ?, ?, ?)",
        [
            proposal_id, mailbox.read(sender.email), sender.name.strip(), sender.about.strip(),
            int(sender.runs_it), sender.origin,
        ],
    )  # fmt: skip


def _new_place_id(desk: sqlite3.Connection) -> str:
    """An id that no place of the desk has or had."""
    while True:
        made = place.new_id()
        known = desk.execute(
            "select 1 from proposal where place = ?1 union all"
            " select 1 from revision where place = ?1",
            [made],
        ).fetchone()
        if known is None:
            return made
