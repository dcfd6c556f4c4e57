"""What became of a proposal, for the person who sent it: behind the word in their letter.

Opening the page changes nothing, because mail programs open links too; only its buttons do, and
each of them may be pressed twice.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from places import photos, submissions, tokens
from places.errors import Conflict, Fault, Invalid
from places.submissions import Proposal
from places.web import access, current, words

blueprint = Blueprint("sender", __name__)

_OPEN = ("unconfirmed", "waiting", "asked")
_OURS = ("address.teryt", "position.method")
"""Columns that nobody typed and nobody need read."""


@blueprint.get("/zgloszenie/<word>")
def show(word: str) -> ResponseReturnValue:
    """Everything that was proposed, where it stands, and what can still be done."""
    return _page(word)


@blueprint.post("/zgloszenie/<word>")
@access.limiter.limit(access.forms)
def decide(word: str) -> ResponseReturnValue:
    """Confirms it, takes it back, or answers the moderator."""
    proposal = _use(word)
    verb = request.form.get("verb", "")
    desk, now = current.desk(), current.now()
    try:
        if verb == "confirm":
            submissions.confirm(desk, proposal.id, now)
        elif verb == "withdraw":
            submissions.withdraw(desk, proposal.id, now)
        elif verb == "answer":
            submissions.answer(desk, proposal.id, request.form.get("answer", ""), now)
    except Conflict:
        pass  # Somebody has decided meanwhile: the page says what.
    except Invalid as error:
        return _page(word, [Fault("answer", one.code, "", one.limit) for one in error.faults]), 400
    return redirect(url_for("sender.show", word=word), 303)


def _use(word: str) -> Proposal:
    token = tokens.use(current.desk(), "proposal", word, current.now())
    return submissions.find(current.desk(), token.subject)


def _page(word: str, faults: list[Fault] | None = None) -> str:
    desk = current.desk()
    token = tokens.look(desk, "proposal", word, current.now())
    proposal = submissions.find(desk, token.subject)
    return render_template(
        "sender/show.html",
        proposal=proposal,
        base=_said(proposal.base),
        changes=_said(proposal.changes),
        remarks=submissions.remarks(desk, proposal.id),
        photos=photos.of(desk, proposal.id),
        is_open=proposal.state in _OPEN,
        faults=[words.mend(one) for one in faults or ()],
        typed=request.form.get("answer", ""),
        word=word,
    )


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in _OURS}
