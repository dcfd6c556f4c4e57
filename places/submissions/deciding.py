"""The moderator's side: what waits, who has it on the table, and every answer but yes.

Yes is publishing.py's, because it changes the catalogue.
"""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from places import acts
from places.desk import packed, stamp, writing
from places.errors import Conflict, Fault, Invalid
from places.place import Place
from places.submissions.records import OPEN, Proposal, State, find, read
from places.submissions.sending import remark

CLAIMED_FOR = timedelta(minutes=30)
_THROWABLE = ("unconfirmed", "waiting", "asked")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, by whom and when."""

    state: State
    person: int | None
    at: datetime
    reason: str = ""
    revision: int | None = None


def about(desk: sqlite3.Connection, place_id: str) -> tuple[Proposal, ...]:
    """What waits about one place, the oldest first."""
    rows = desk.execute(
        "select * from proposal where place = ? and state in ('waiting', 'asked')"
        " order by sent, id",
        [place_id],
    )
    return tuple(map(read, rows))


def claim(desk: sqlite3.Connection, proposal_id: str, person_id: int, now: datetime) -> Proposal:
    """Takes it for half an hour, or for half an hour more.

    Raises Conflict("claimed") when another holds it.
    """
    with writing(desk):
        to_decide(desk, proposal_id, person_id, now)
        return _given(desk, proposal_id, person_id, now)


def take_over(
    desk: sqlite3.Connection, proposal_id: str, person_id: int, now: datetime
) -> Proposal:
    """Takes it for half an hour even out of another's hands; that is put down.

    Raises Conflict("decided").
    """
    with writing(desk):
        found = find(desk, proposal_id)
        if found.state not in OPEN:
            raise Conflict("decided")
        if _is_held(found, person_id, now):
            about = (proposal_id, found.place)
            detail = str(found.claimed_by)
            acts.write(desk, now, "taken_over", person_id, about=about, detail=detail)
        return _given(desk, proposal_id, person_id, now)


def release(desk: sqlite3.Connection, proposal_id: str, person_id: int) -> None:
    """Gives it back, if it was theirs."""
    with writing(desk):
        desk.execute(
            "update proposal set claimed_by = null, claimed_until = null"
            " where id = ? and claimed_by = ?",
            [proposal_id, person_id],
        )


def ask(
    desk: sqlite3.Connection, proposal_id: str, person_id: int, text: str, now: datetime
) -> Proposal:
    """A question to the sender; theirs to answer, so it is on nobody's table.

    Raises Conflict, Invalid.
    """
    with writing(desk):
        found = to_decide(desk, proposal_id, person_id, now)
        remark(desk, proposal_id, "moderator", text, now, person_id)
        desk.execute(
            "update proposal set state = 'asked', claimed_by = null, claimed_until = null"
            " where id = ?",
            [proposal_id],
        )
        acts.write(desk, now, "asked", person_id, about=(proposal_id, found.place))
        return find(desk, proposal_id)


def reject(
    desk: sqlite3.Connection, proposal_id: str, person_id: int, reason: str, now: datetime
) -> Proposal:
    """Turns it down, and says why.

    Raises Conflict, Invalid without a reason.
    """
    if not reason.strip():
        raise Invalid([Fault("reason", "missing")])
    with writing(desk):
        to_decide(desk, proposal_id, person_id, now)
        return decided(desk, proposal_id, Decision("rejected", person_id, now, reason))


def spam(
    desk: sqlite3.Connection,
    ids: Iterable[str],
    person_id: int,
    now: datetime,
    block: bool = False,
) -> int:
    """Throws them away, unconfirmed ones too; `block` refuses these senders from now on.

    What is decided already stays as it is, and what another moderator has in hand.  Answers how
    many were thrown away.
    """
    with writing(desk):
        found = (one for one in map(_known(desk), ids) if one and one.state in _THROWABLE)
        chosen = [one for one in found if not _is_held(one, person_id, now)]
        for one in chosen:
            if block:
                _block(desk, one.id, person_id, now)
            decided(desk, one.id, Decision("spam", person_id, now))
        return len(chosen)


def to_decide(
    desk: sqlite3.Connection, proposal_id: str, person_id: int, now: datetime
) -> Proposal:
    """The proposal, when this moderator may decide on it now.

    Raises Conflict("decided") or Conflict("claimed").
    """
    found = find(desk, proposal_id)
    if found.state not in OPEN:
        raise Conflict("decided")
    if _is_held(found, person_id, now):
        raise Conflict("claimed")
    return found


def decided(desk: sqlite3.Connection, proposal_id: str, decision: Decision) -> Proposal:
    """Puts a decision down, within the caller's transaction."""
    desk.execute(
        "update proposal set state = ?, decided = ?, decided_by = ?, reason = ?, revision = ?,"
        " claimed_by = null, claimed_until = null where id = ?",
        [
            decision.state, stamp(decision.at), decision.person, decision.reason.strip(),
            decision.revision, proposal_id,
        ],
    )  # fmt: skip
    found = find(desk, proposal_id)
    acts.write(desk, decision.at, decision.state, decision.person, about=(proposal_id, found.place))
    return found


def reopened(
    desk: sqlite3.Connection, proposal_id: str, person_id: int | None, now: datetime
) -> Proposal:
    """The decision is taken back: it waits again.  Within the caller's transaction.

    With spam goes the refusal of its sender that came with it.
    """
    found = find(desk, proposal_id)
    if found.state == "spam":
        _unblock(desk, found)
    # Spam that nobody had confirmed is as it was.
    state = "waiting" if found.confirmed else "unconfirmed"
    desk.execute(
        "update proposal set state = ?, decided = null, decided_by = null, reason = '',"
        " revision = null where id = ?",
        [state, proposal_id],
    )
    acts.write(desk, now, "undone", person_id, about=(proposal_id, found.place))
    return find(desk, proposal_id)


def follow(desk: sqlite3.Connection, about: Place) -> None:
    """What waits about a place goes where the place goes: to whoever decides there now."""
    desk.execute(
        "update proposal set name = ?, city = ?, teryt = ?, networks = ? where place = ?"
        " and kind <> 'add' and state in ('unconfirmed', 'waiting', 'asked')",
        [
            about.name, about.address.city, about.address.teryt, packed(about.networks), about.id,
        ],
    )  # fmt: skip


def _given(desk: sqlite3.Connection, proposal_id: str, person_id: int, now: datetime) -> Proposal:
    desk.execute(
        "update proposal set claimed_by = ?, claimed_until = ? where id = ?",
        [person_id, stamp(now + CLAIMED_FOR), proposal_id],
    )
    return find(desk, proposal_id)


def _is_held(found: Proposal, person_id: int, now: datetime) -> bool:
    """Whether another moderator has it in hand."""
    held = found.claimed_until is not None and found.claimed_until > now
    return held and found.claimed_by not in (None, person_id)


def _known(desk: sqlite3.Connection) -> Callable[[str], Proposal | None]:
    def one(proposal_id: str) -> Proposal | None:
        row = desk.execute("select * from proposal where id = ?", [proposal_id]).fetchone()
        return read(row) if row else None

    return one


def _block(desk: sqlite3.Connection, proposal_id: str, person_id: int, now: datetime) -> None:
    # people.block does the same for one; it stands above this room.
    desk.execute(
        "insert into blocked (kind, value, since, person)"
        " select 'email', email, ?1, ?2 from sender where proposal = ?3"
        " union all select 'origin', origin, ?1, ?2 from sender where proposal = ?3"
        " and origin <> '' on conflict do nothing",
        [stamp(now), person_id, proposal_id],
    )


def _unblock(desk: sqlite3.Connection, spam: Proposal) -> None:
    desk.execute(
        "delete from blocked where since = ? and exists (select 1 from sender where proposal = ?"
        " and (kind, value) in (values ('email', email), ('origin', origin)))",
        [stamp(spam.decided) if spam.decided else "", spam.id],
    )
