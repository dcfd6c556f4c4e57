"""Where next, and what if: two forms on one page, each answered by work outside this process.

What is asked stands in the address, premises of somebody's own included, so that an answer is a
link like any other page.  A file of premises only becomes such a link; it is not kept.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from places import teryt
from places.coverage import asked as questions
from places.coverage import effects, work
from places.coverage.answers import Kind
from places.coverage.asked import Question
from places.errors import Fault, Invalid, NotFound, Unavailable, shortened
from places.teryt import COUNTRY
from places.web import current, downloads
from places.web.coverage import (
    around,
    asking,
    files,
    offering,
    plan_maps,
    pointing,
    sets,
    showing,
    sketching,
    waiting,
    wanted,
)
from places.web.coverage.around import Around
from places.web.coverage.wanted import Wanted
from places.web.words import coverage_effects as effects_said
from places.web.words import coverage_names as names
from places.web.words import coverage_plans as plans_said

_NEEDED = {"area", "minutes", "people"}
"""What every answer has."""


class Outcome(NamedTuple):
    """What has become of what was asked."""

    faults: tuple[Fault, ...] = ()
    state: work.State | None = None
    answer: dict[str, Any] | None = None


def page(code: str) -> ResponseReturnValue:
    """The forms, and the answer to the one that was sent."""
    area, asked = _area(code), asking.read(also=wanted.PARAMETERS)
    given, faults = _read(code, asked.question)
    if not faults and pointing.is_named(current.asked()):
        return redirect(asking.sites_address(code, asked.question, **given.args()), 303)
    state = None if faults or not given.kind else _state(code, asked.question, given)
    if state is not None and state.kind in ("running", "gone"):
        return waiting.page(state, code, asked.question, sites=True)
    if state is not None:
        faults = (*faults, *state.faults)
    outcome = Outcome(faults, state, _answer(state) if state and state.path else None)
    return Response(rendered(area, asked.question, given, outcome), _status(outcome))


def rendered(area: tuple[str, str], question: Question, given: Wanted, outcome: Outcome) -> str:
    """The page about an area, given as its code and its heading."""
    (code, title), (faults, state, _) = area, outcome
    answer = effects.completed(outcome.answer) if outcome.answer else None
    whole = replace(question, week=state.week, stamp=state.stamp) if state else question
    args = given.args()
    data_url = asking.sites_address(code, whole, "geojson", **args)
    near = around.of(code, question)
    return render_template(
        "coverage/sites.html",
        code=code,
        title=title,
        given=given,
        faults=faults,
        answer=answer,
        plans_said=plans_said,
        effects_said=effects_said,
        link=link_to(code, question, given, state) if state and answer else "",
        files={form: asking.sites_address(code, whole, form, **args) for form in files.FORMS},
        map=plan_maps.of_answer((code, title, question), answer, data_url, near),
        picker=plan_maps.picker(given.get("to"), near),
        near=near,
        whole=whole,
        sets=sets.of_today() if answer and near.is_of_today else [],
        drawn=_sketch(code, answer, near),
        kinds=effects.kinds(answer or {}),
        places=offering.places(code, given.get("place")),
        chips=showing.chips(code, question, sites=True),
        facets=showing.facets(),
        **showing.of_every_page(question),
    )


def file(code: str, form: str) -> ResponseReturnValue:
    """The answer for programs.

    Raises Invalid when nothing was asked, or what cannot be answered.
    """
    area, asked = _area(code)[0], asking.read(also=wanted.PARAMETERS)
    given, faults = _read(code, asked.question)
    if not given.kind and not faults:
        faults = (Fault("count", "missing"),)
    if faults:
        raise Invalid(faults)
    state = _state(area, asked.question, given)
    if state.faults and not _are_ours(state.faults):
        raise Invalid(state.faults)
    if state.path is None:
        return waiting.file(state)
    link = link_to(code, asked.question, given, state)
    return in_form(code, form, (given, state, _answer(state)), link)


def in_form(
    code: str, form: str, told_: tuple[Wanted, work.State, Mapping[str, Any]], link: str
) -> Response:
    """What was asked, how it stands and the answer, in one of the forms."""
    given, state, answer = told_
    if form == "json":  # As it was kept.
        stamped = {"stamp": state.stamp, "week": state.week.isoformat()}
        return downloads.document({"link": link, **stamped, "answer": answer})
    answer = effects.completed(answer)
    if form == "xlsx":
        question = asking.read(also=wanted.PARAMETERS).question
        whole = replace(question, week=state.week, stamp=state.stamp)
        return files.of_plan((code, _title(code, answer), given.kind), whole, answer, link)
    if form == "csv":
        return downloads.table(f"pokrycie-{code}-{given.kind}.csv", plans_said.rows(answer))
    return downloads.document(plan_maps.shapes(code, answer, link), "application/geo+json")


def from_file(code: str) -> ResponseReturnValue:
    """A file of premises as a link to the answer.

    Raises Invalid.
    """
    sent = request.files.get("plik")
    own = wanted.from_table(sent.read() if sent else b"")
    chosen = {name: request.form.get(name, "") for name in ("count", "minutes", "group")}
    more = {**wanted.USUAL, **{name: value for name, value in chosen.items() if value}}
    more |= {"candidates": "own", "own": wanted.as_lines(own)}
    filters = {k: v for k, v in request.form.to_dict(flat=False).items() if k in wanted.FILTERS}
    question = questions.read(filters)
    return redirect(asking.sites_address(code, question, **more), 303)


def _area(code: str) -> tuple[str, str]:
    """The code and the heading of an area that is known.

    Raises NotFound.
    """
    if code == COUNTRY:
        raise NotFound(code)
    one = asking.known().get(code)
    return one.code, names.full_name(one.level, one.name)


def _title(code: str, answer: Mapping[str, Any]) -> str:
    """The heading of an area as it was called when the answer was found; answers of an earlier
    version do not say."""
    if "called" not in answer:
        return _area(code)[1]
    return names.full_name(teryt.level_of(code), answer["called"])


def _read(code: str, question: Question) -> tuple[Wanted, tuple[Fault, ...]]:
    """What is asked.  Of a place that nobody knows no work is begun; an answer of an earlier state
    may be about one that was known then."""
    given, faults = pointing.read(current.asked(), code)
    place, index = given.get("place"), current.index()
    if faults or not place or index.rows("select 1 from place where id = ?", (place,)):
        return given, faults
    if question.stamp and question.stamp != work.stamp(index, current.instance()):
        return given, faults
    return given, (Fault("place", "not_counted", shortened(place)),)


def _state(code: str, question: Question, given: Wanted) -> work.State:
    kind: Kind = "whatif" if given.kind == "whatif" else "sites"
    return asking.state(kind, question, {"area": code, **given.spec()})


def _answer(state: work.State) -> dict[str, Any]:
    """What was worked out; one that is broken goes, to be worked out anew.

    Raises Unavailable.
    """
    path = state.path
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
        if not isinstance(found, dict) or not found.keys() >= _NEEDED:
            raise ValueError("no answer")
    except (OSError, ValueError) as error:
        with suppress(OSError):
            path.unlink()
        raise Unavailable(f"{path}: {error}") from error
    return found


def _status(outcome: Outcome) -> int:
    if not outcome.faults:
        return 200
    return 503 if outcome.state is not None and _are_ours(outcome.faults) else 400


def _are_ours(faults: Sequence[Fault]) -> bool:
    """Whether the work failed, not the question."""
    return any(one.code.startswith("coverage_") for one in faults)


def link_to(code: str, question: Question, given: Wanted, state: work.State) -> str:
    """The permanent address of an answer."""
    whole = replace(question, week=state.week, stamp=state.stamp)
    return asking.absolute(asking.sites_address(code, whole, **given.args()))


def _sketch(code: str, answer: Mapping[str, Any] | None, near: Around) -> sketching.Sketch | None:
    """The picture of an answer."""
    if not answer:
        return None
    border = plan_maps.border(code, answer)
    if "sites" in answer:
        return sketching.sites(answer["sites"], border, near.places)
    return sketching.change(answer, border)
