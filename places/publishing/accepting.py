"""Yes to a proposal: what it says, and what the moderator says over it, goes into the catalogue.

The checks of the record follow from who stands behind the proposal, see vouching.py; the moderator
who has looked for themself says so by a check of their own among the edits.
"""

from collections.abc import Mapping
from typing import Any

from places import amendments, history, submissions, vouching
from places.errors import Conflict, Fault, Invalid, NotFound
from places.facts import NO_GMINA
from places.history import MadeBy, Revision
from places.publishing.step import Cause, Press, Turn, begin, in_file, stepping
from places.submissions import Decision, Proposal
from places.vouching import Voice

_WHAT = {"add": "added", "change": "changed", "problem": "changed"}


def accept(
    press: Press,
    proposal_id: str,
    person_id: int,
    edits: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Revision:
    """Publishes a proposal, with the moderator's own values over it.

    `edits` holds only what the moderator decided otherwise (None leaves the column unknown); such a
    column is theirs and no conflict.  Checks may stand there too (`checked.hours.on` and
    `.by`).  A reported problem without edits is just answered.

    Raises Conflict: "newer" with `differences` when a proposed column has changed meanwhile,
    "decided", "claimed"; Invalid with all that is wrong.
    """
    found = submissions.find(press.desk, proposal_id)
    if found.kind != "add":
        begin(press, [found.place])
    with stepping(press) as step:
        proposal = submissions.to_decide(press.desk, proposal_id, person_id, press.now)
        turn = _turn(press, proposal, edits or {})
        revision = step.put(
            turn, Cause(_made_by(press, proposal), _what(proposal, turn), person_id, proposal.id)
        )
        # What was so before is no work of this proposal, and cannot be taken back with it.
        number = revision.number if revision.proposal == proposal.id else None
        submissions.decided(
            press.desk, proposal.id, Decision("accepted", person_id, press.now, reason, number)
        )
        return revision


def _what(proposal: Proposal, turn: Turn) -> str:
    was_open = turn.before is not None and turn.before.status != "closed"
    return "closed" if was_open and turn.after.status == "closed" else _WHAT[proposal.kind]


def _turn(press: Press, proposal: Proposal, edits: Mapping[str, Any]) -> Turn:
    """The record before and after.

    Raises NotFound, Conflict, Invalid.
    """
    known = in_file(press, [proposal.place]).get(proposal.place)
    if known is None and proposal.kind != "add":
        raise NotFound(proposal.place)
    proposed = {name: value for name, value in proposal.changes.items() if name not in edits}
    if known is not None:
        newer = amendments.conflicts(known, proposal.base, proposed)
        if newer:
            raise Conflict("newer", differences=newer)
    # The id was made for this proposal: what the catalogue has by it, yet not the history, was put
    # there by an acceptance that was interrupted.
    again = proposal.kind == "add" and history.latest(press.desk, proposal.place) is None
    before = None if again else known
    voice = _voice(press, proposal)
    source = vouching.source_of(voice, proposal.source, press.today)
    values = {**proposal.changes, **edits}
    if before is None and source is not None:
        values = {"sources": [source.model_dump()], **values}
    after = amendments.applied(before, values, place_id=proposal.place)
    if "address.teryt" in values and after.address.teryt.endswith(NO_GMINA):
        raise Invalid([Fault("address.teryt", "gmina_unknown", after.address.teryt)])
    return Turn(before, vouching.vouched(before, after, voice, press.today, source, edits))


def _voice(press: Press, proposal: Proposal) -> Voice:
    if proposal.kind == "problem":  # What is published are the moderator's own findings.
        return "moderator"
    if _by_owner(press, proposal):
        return "owner"
    named = proposal.sent_by == "list" or vouching.page_of(proposal.source) is not None
    return "source" if named else "nobody"


def _made_by(press: Press, proposal: Proposal) -> MadeBy:
    if proposal.kind == "problem":
        return "moderator"
    if _by_owner(press, proposal):
        return "owner"
    return "source" if proposal.sent_by == "list" else "public"


def _by_owner(press: Press, proposal: Proposal) -> bool:
    sender = submissions.sender(press.desk, proposal.id)
    return proposal.sent_by == "owner" or (sender is not None and sender.runs_it)
