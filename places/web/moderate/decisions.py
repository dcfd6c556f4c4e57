"""What a moderator does with a proposal.  Each decision and the letter about it are one step.

A letter is written before the step begins: when it cannot be, nothing has happened yet.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from places import amendments, inbox, letters, owners, people, publishing, submissions
from places.desk import writing
from places.errors import Conflict, Fault, Invalid, NotFound
from places.letters import Letter
from places.submissions import Proposal
from places.web import current, words
from places.web.moderate import case, editor, notices, photos, proposal, reach

_LONGEST = 5_000


def decide(proposal_id: str, verb: str) -> ResponseReturnValue:
    """Does what the button says; what somebody else has done meanwhile is said, not repeated."""
    if verb not in _VERBS:
        raise NotFound(verb)
    found = reach.proposal(proposal_id)
    try:
        answer = _VERBS[verb](found)
    except Conflict as conflict:
        flash(words.conflict(conflict.code), "warn")
        return redirect(url_for("moderate.proposal", proposal_id=found.id), 303)
    except Invalid as error:
        return proposal.page(found, request.form, error.faults)
    current.deliver()
    return answer


def _accept(found: Proposal) -> ResponseReturnValue:
    return _accepted(found, _edits(found))


def _close(found: Proposal) -> ResponseReturnValue:
    """The place is no more: closed and dealt with in one step, which can be taken back as one."""
    if found.kind != "problem":
        raise NotFound(found.id)
    return _accepted(found, {"status": "closed", "status_note": _needed("close")})


def _accepted(found: Proposal, edits: dict[str, Any]) -> ResponseReturnValue:
    _stays_ours(found, edits)
    owner = _owner(found)
    told = notices.decided("accepted", found, reason=_said("reason"))
    desk = current.desk()
    with writing(desk):
        edits |= photos.chosen(found)
        _post(told)
        if owner is not None:
            _make_owner(found, owner)
        # Last: the file cannot be taken back as what stands on the desk can.
        publishing.accept(current.press(), found.id, reach.me().id, edits, _said("reason"))
    name = words.quoted(found.name)
    flash(gettext("Przyjęte: %(name)s. Zmiana jest już w\u00a0katalogu.", name=name),
          f"undo:{found.id}")  # fmt: skip
    if twin := request.form.get("twin"):
        return redirect(url_for("moderate.join", place_id=twin, other_id=found.place), 303)
    return _onward(found)


def _ask(found: Proposal) -> ResponseReturnValue:
    question = _needed("question")
    told = notices.decided("asked", found, question=question)
    with writing(current.desk()):
        submissions.ask(current.desk(), found.id, reach.me().id, question, current.now())
        _post(told)
    flash(gettext("Pytanie wysłane; zgłoszenie poczeka na odpowiedź."), f"done:{found.id}")
    return _onward(found)


def _reject(found: Proposal) -> ResponseReturnValue:
    parts = [request.form.get("ready", ""), _said("reason")]
    reason = " ".join(part for part in parts if part)
    if not reason:
        raise Invalid([Fault("reason", "missing")])
    told = notices.decided("rejected", found, reason=reason)
    with writing(current.desk()):
        submissions.reject(current.desk(), found.id, reach.me().id, reason, current.now())
        _post(told)
    flash(gettext("Odrzucone: %(name)s.", name=words.quoted(found.name)), f"undo:{found.id}")
    return _onward(found)


def _spam(found: Proposal) -> ResponseReturnValue:
    if found.state in submissions.OPEN:
        submissions.to_decide(current.desk(), found.id, reach.me().id, current.now())
    block = "block" in request.form
    if not submissions.spam(current.desk(), [found.id], reach.me().id, current.now(), block):
        raise Conflict("decided")
    flash(
        gettext("Wyrzucone jako spam: %(name)s.", name=words.quoted(found.name)), f"undo:{found.id}"
    )
    return _onward(found)


def _claim(found: Proposal) -> ResponseReturnValue:
    submissions.claim(current.desk(), found.id, reach.me().id, current.now())
    return redirect(url_for("moderate.proposal", proposal_id=found.id), 303)


def _take_over(found: Proposal) -> ResponseReturnValue:
    me = reach.me()
    if me.role != "admin" and "sure" not in request.form:
        raise Invalid([Fault("sure", "missing")])
    submissions.take_over(current.desk(), found.id, me.id, current.now())
    flash(gettext("Zgłoszenie %(name)s jest teraz Twoje.", name=words.quoted(found.name)), "done")
    return redirect(url_for("moderate.proposal", proposal_id=found.id), 303)


def _release(found: Proposal) -> ResponseReturnValue:
    submissions.release(current.desk(), found.id, reach.me().id)
    flash(gettext("Zgłoszenie %(name)s jest znowu wolne.", name=words.quoted(found.name)), "done")
    return _to_queue()


def _undo(found: Proposal) -> ResponseReturnValue:
    desk, now = current.desk(), current.now()
    with writing(desk):
        publishing.undo(current.press(), found.id, reach.me().id)
        if found.kind == "add" and found.state == "accepted":
            for one in owners.of(desk, found.place):  # Of a place that is no more.
                owners.end(desk, one.id, now)
    flash(gettext("Decyzja cofnięta; zgłoszenie znowu czeka."), "done")
    return redirect(url_for("moderate.proposal", proposal_id=found.id), 303)


_VERBS: Mapping[str, Callable[[Proposal], ResponseReturnValue]] = {
    "przyjmij": _accept,
    "zamknij": _close,
    "dopytaj": _ask,
    "odrzuc": _reject,
    "spam": _spam,
    "zajmij": _claim,
    "przejmij": _take_over,
    "zwolnij": _release,
    "cofnij": _undo,
}


def _edits(found: Proposal) -> dict[str, Any]:
    """What the moderator decided otherwise: typed values, choices in a conflict, checks."""
    form = request.form
    names = case.touched(found, form)
    place = case.place_of(found)
    before = amendments.flat(place) if place else {}
    said = editor.edits(names, {**before, **found.changes}, form)
    for one in case.conflicts(found, place):
        chosen = {"seen": one.before, "now": one.now, "proposed": one.after}
        choice = form.get(f"choice.{one.field}", "")
        if choice in chosen and one.field not in said:
            said[one.field] = chosen[choice]
    for group in amendments.GROUPS:
        if f"checked.{group}" in form:
            said[f"checked.{group}.on"] = current.press().today.isoformat()
            said[f"checked.{group}.by"] = "moderator"
    return said


def _stays_ours(found: Proposal, edits: Mapping[str, Any]) -> None:
    """Refuses to put a new place into the area of others.

    Raises Invalid.
    """
    said = {**found.changes, **edits}
    teryt, networks = str(said.get("address.teryt") or ""), said.get("networks") or ()
    is_whole = re.fullmatch("[0-9]{6}", teryt)  # Otherwise that is what is wrong with it.
    if found.kind == "add" and is_whole and not people.may_decide(reach.me(), teryt, networks):
        raise Invalid([Fault("address.teryt", "outside_area", teryt)])


def _owner(found: Proposal) -> submissions.Sender | None:
    if "owner" not in request.form:
        return None
    return submissions.sender(current.desk(), found.id)


def _make_owner(found: Proposal, sender: submissions.Sender) -> None:
    desk, now = current.desk(), current.now()
    trusted = "trusted" in request.form
    added = owners.add(desk, found.place, sender.email, sender.name, now, trusted)
    _post(notices.owner(added, found.name, owners.link(desk, added.id, now)))


def _post(letter: Letter | None) -> None:
    if letter is not None:
        letters.post(current.desk(), letter, current.now())


def _said(name: str) -> str:
    return request.form.get(name, "").strip()[:_LONGEST]


def _needed(name: str) -> str:
    said = _said(name)
    if not said:
        raise Invalid([Fault(name, "missing")])
    return said


def _onward(found: Proposal) -> ResponseReturnValue:
    """To what waits next; to the list when there is nothing."""
    me = reach.me()
    scope = people.scope(me)
    following = inbox.next_after(current.desk(), scope, found, me.id, current.now())
    if following is None:
        return _to_queue()
    return redirect(url_for("moderate.proposal", proposal_id=following), 303)


def _to_queue() -> ResponseReturnValue:
    return redirect(url_for("moderate.queue"), 303)
