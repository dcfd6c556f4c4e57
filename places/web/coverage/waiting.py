"""While numbers are being made, and where they cannot be had: said in words, never a blank page."""

from flask import Response, json, render_template

from places.coverage.asked import Question
from places.coverage.work import State
from places.web import words
from places.web.coverage import asking
from places.web.words import coverage as said

AGAIN = 2
"""Seconds after which a page asks again, and a program may."""
_STATUS = {"running": 202, "failed": 503, "gone": 410}


def page(state: State, code: str, question: Question, *, sites: bool = False) -> Response:
    """The page that says how far the work is, what went wrong, or that old numbers are gone."""
    address = asking.sites_address if sites else asking.address
    today = Question(question.query, question.audience, question.access)
    content = render_template(
        "coverage/waiting.html",
        state=state,
        said=said,
        again=AGAIN,
        here=asking.here(),
        current_numbers=address(code, today),
    )
    return _answer(Response(content), state)


def file(state: State) -> Response:
    """The same for programs."""
    content = {
        "state": state.kind,
        "step": state.step,
        "done": round(state.done, 3),
        "faults": [{"code": one.code, "message": words.fault(one)} for one in state.faults],
    }
    return _answer(Response(json.dumps(content), mimetype="application/json"), state)


def _answer(response: Response, state: State) -> Response:
    response.status_code = _STATUS[state.kind]
    response.headers["Cache-Control"] = "no-store"
    if state.kind == "running":
        response.headers["Retry-After"] = str(AGAIN)
    return response
