"""The page of one proposal.  Opening it takes it in hand, so that two do not work on one."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from places import submissions
from places.errors import Conflict, Fault
from places.submissions import Proposal
from places.web import current, words
from places.web.moderate import case, reach
from places.web.moderate.editor import Form


def show(proposal_id: str) -> ResponseReturnValue:
    """Everything a moderator needs to decide on a proposal."""
    found = reach.proposal(proposal_id)
    # A browser that only guesses where one may go next takes nothing in hand.
    if found.state in submissions.OPEN and "Sec-Purpose" not in request.headers:
        found = _claimed(found)
    return page(found, request.args if "field" in request.args else None)


def page(
    found: Proposal, form: Form | None = None, faults: Sequence[Fault] = ()
) -> ResponseReturnValue:
    """The page, with the form as it was filled and all that is wrong with it."""
    me = reach.me()
    return render_template(
        "moderate/proposal.html",
        case=case.of(found, me.id, form, faults),
        proposal=found,
        form=form if form is not None else {},
        faults=[(one.field, words.wrong_where(one)) for one in faults],
        mine=found.claimed_by == me.id,
    ), (400 if faults else 200)


def _claimed(found: Proposal) -> Proposal:
    try:
        return submissions.claim(current.desk(), found.id, reach.me().id, current.now())
    except Conflict:
        return submissions.find(current.desk(), found.id)
