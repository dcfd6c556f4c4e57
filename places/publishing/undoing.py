"""Taking a decision back: the record is as it was before, and the proposal waits again."""

from places import amendments, history, submissions
from places.amendments import Difference, differences, group_of
from places.errors import Conflict
from places.history import Revision
from places.place import Place
from places.publishing.step import Cause, Press, Step, Turn, in_file, stepping
from places.submissions import Proposal

_UNDOABLE = ("accepted", "rejected", "spam")


def undo(press: Press, proposal_id: str, person_id: int) -> Revision | None:
    """Takes a decision back: the proposal waits again and the record is as before.

    None where nothing was published, or a new place left the catalogue again.  Raises
    Conflict("newer", differences=…) when something newer stands on the same columns.
    """
    with stepping(press) as step:
        proposal = submissions.find(press.desk, proposal_id)
        if proposal.state not in _UNDOABLE:
            raise Conflict("decided")
        revision = None
        if proposal.revision is not None:
            revision = _take_back(press, step, proposal, proposal.revision, person_id)
        submissions.reopened(press.desk, proposal_id, person_id, press.now)
        return revision


def _take_back(
    press: Press, step: Step, proposal: Proposal, number: int, person_id: int
) -> Revision | None:
    accepted = history.numbered(press.desk, proposal.place, number)
    before = history.numbered(press.desk, proposal.place, number - 1)
    now = in_file(press, [proposal.place]).get(proposal.place)
    if accepted is None or (now is None and before is not None):
        raise Conflict("newer")
    if before is None:
        last = history.latest(press.desk, proposal.place)
        led_here = history.leads_to(press.desk, proposal.place)
        if led_here or last != accepted or now not in (None, accepted.record):
            raise Conflict("newer", differences=now and differences(accepted.record, now) or ())
        step.take_out(proposal.place)
        return None
    assert now is not None  # noqa: S101  # see above
    after = _without(now, before.record, accepted.record, press)
    return step.put(Turn(now, after), Cause("moderator", "undone", person_id, proposal.id))


def _without(now: Place, before: Place, accepted: Place, press: Press) -> Place:
    """The record without what the acceptance changed.

    Raises Conflict when something newer stands on the same columns.
    """
    if now == accepted:
        return before
    changes = differences(before, accepted)
    held = amendments.flat(now)
    facts = [one for one in changes if group_of(one.field)]
    newer = [one for one in facts if held.get(one.field) not in (one.before, one.after)]
    if newer:
        told = (Difference(x.field, x.after, x.before, held.get(x.field)) for x in newer)
        raise Conflict("newer", differences=tuple(told))
    back = {one.field: one.before for one in changes if held.get(one.field) == one.after}
    after = amendments.applied(now, back)
    return after if after == now else after.model_copy(update={"changed": press.today.isoformat()})
