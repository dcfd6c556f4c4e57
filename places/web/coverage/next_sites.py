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

from places import maps, whereabouts
from places.coverage import asked as questions
from places.coverage import divisions, told, work
from places.coverage.answers import Kind
from places.coverage.asked import Question
from places.coverage.figures import COUNTRY
from places.errors import Fault, Invalid, NotFound, Unavailable, shortened
from places.query import Query
from places.web import current, downloads
from places.web.coverage import asking, files, showing, waiting, wanted
from places.web.coverage.wanted import Wanted
from places.web.words import coverage_names as names
from places.web.words import coverage_plans as plans_said

_MOST_PLACES = 2_000


class Outcome(NamedTuple):
    """What has become of what was asked."""

    faults: tuple[Fault, ...] = ()
    state: work.State | None = None
    answer: dict[str, Any] | None = None


def page(code: str) -> ResponseReturnValue:
    """The forms, and the answer to the one that was sent."""
    area, asked = _area(code), asking.read(also=wanted.PARAMETERS)
    if link := _with_point(code, asked.question):
        return redirect(link, 303)
    given, faults = _read(asked.question)
    state = None if faults or not given.kind else _state(code, asked.question, given)
    if state is not None and state.kind in ("running", "gone"):
        return waiting.page(state, code, asked.question, sites=True)
    if state is not None:
        faults = (*faults, *state.faults)
    outcome = Outcome(faults, state, _answer(state) if state and state.path else None)
    return Response(rendered(area, asked.question, given, outcome), _status(outcome))


def rendered(area: tuple[str, str], question: Question, given: Wanted, outcome: Outcome) -> str:
    """The page about an area, given as its code and its heading."""
    (code, title), (faults, state, answer) = area, outcome
    whole = replace(question, week=state.week, stamp=state.stamp) if state else question
    args = given.args()
    return render_template(
        "coverage/sites.html",
        code=code,
        title=title,
        given=given,
        faults=faults,
        answer=answer,
        plans_said=plans_said,
        link=link_to(code, question, given, state) if state and answer else "",
        files={form: asking.sites_address(code, whole, form, **args) for form in files.FORMS},
        map=_map(title, answer, asking.sites_address(code, whole, "geojson", **args)),
        places=_places(code),
        chips=showing.chips(code, question, sites=True),
        facets=showing.facets(),
        **showing.of_every_page(question),
    )


def file(code: str, form: str) -> ResponseReturnValue:
    """The answer for programs.

    Raises Invalid when nothing was asked, or what cannot be answered.
    """
    asked = asking.read(also=wanted.PARAMETERS)
    given, faults = _read(asked.question)
    if not given.kind and not faults:
        faults = (Fault("count", "missing"),)
    if faults:
        raise Invalid(faults)
    state = _state(_area(code)[0], asked.question, given)
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
    if form == "csv":
        return downloads.table(f"pokrycie-{code}-{given.kind}.csv", plans_said.rows(answer))
    if form == "json":
        stamped = {"stamp": state.stamp, "week": state.week.isoformat()}
        return downloads.document({"link": link, **stamped, "answer": answer})
    border = asking.outline("powiat")(code)
    shapes = told.points_geojson(_points(answer), link, (code, border))
    return downloads.document(shapes, "application/geo+json")


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


def _read(question: Question) -> tuple[Wanted, tuple[Fault, ...]]:
    """What is asked.  Of a place that nobody knows no work is begun; an answer of an earlier state
    may be about one that was known then."""
    given, faults = wanted.read(current.asked())
    place, index = given.get("place"), current.index()
    if faults or not place or index.rows("select 1 from place where id = ?", (place,)):
        return given, faults
    if question.stamp and question.stamp != work.stamp(index, current.instance()):
        return given, faults
    return given, (Fault("place", "not_counted", shortened(place)),)


def _with_point(code: str, question: Question) -> str:
    """The link that has the point of a town, a postcode or, with a geocoder, an address, where a
    place is to move to one; "" where it is to move to a point already, or nobody knows where."""
    asked = {name: next(iter(values), "") for name, values in current.asked().items()}
    to = asked.get("to", "")
    if asked.get("change") != "move" or not any(one.isalpha() or one == "-" for one in to):
        return ""
    try:
        near = current.located(Query.read({"near": [to]})).near
        where = whereabouts.locate(current.index(), near)
    except Invalid:
        return ""
    if where is None:
        return ""
    point = ",".join(f"{degrees:.5f}" for degrees in where.centre)
    args = {name: value for name, value in asked.items() if name in wanted.PARAMETERS}
    return asking.sites_address(code, question, **{**args, "to": point})


def _state(code: str, question: Question, given: Wanted) -> work.State:
    kind: Kind = "whatif" if given.kind == "whatif" else "sites"
    return asking.state(kind, question, {"area": code, **given.spec()})


def _answer(state: work.State) -> dict[str, Any]:
    """What was worked out; one that is broken goes, to be worked out anew.

    Raises Unavailable.
    """
    found: dict[str, Any] = {}
    try:
        return json.loads(state.path.read_text("utf-8")) if state.path else found
    except (OSError, ValueError) as error:
        with suppress(OSError):
            state.path.unlink()  # type: ignore[union-attr]
        raise Unavailable(f"{state.path}: {error}") from error


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


def _points(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "sites" in answer:
        return list(answer["sites"])
    if not answer["to"]:
        return []
    lat, lon = map(float, answer["to"].split(","))
    return [{"lat": lat, "lon": lon, "name": answer["name"], "change": answer["change"]}]


def _map(title: str, answer: Mapping[str, Any] | None, data_url: str) -> maps.MapParts | None:
    """The map of the best sites; of nothing else there is one."""
    sites = answer.get("sites") if answer else None
    if not sites:
        return None
    said = {f"site-{n}": {"said": plans_said.site_said(one)} for n, one in enumerate(sites, 1)}
    return maps.of_coverage(data_url, label=title, said=said, pages={}, tiles=current.tiles())


def _places(code: str) -> list[tuple[str, str, str]]:
    """(id, name, town) of the places in the area, by name; districts tell those of their gmina."""
    found = current.index().rows(
        "select id, name, city_name from place where gmina like ? order by sort_key, id limit ?",
        (f"{divisions.gmina_of(code)}%", _MOST_PLACES),
    )
    return [(id_, name, city) for id_, name, city in found]
