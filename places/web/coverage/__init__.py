"""Coverage for everybody: the country, each area, where next; and the same as files.

Every page works without JavaScript.  Numbers come from a survey that is made outside this process;
until it is ready a page says how far it is, and asks again by itself.
"""

import re

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from places import teryt
from places.coverage import survey, told
from places.errors import NotFound
from places.teryt import COUNTRY
from places.web.coverage import asking, files, finding, next_sites, showing, waiting

blueprint = Blueprint("coverage", __name__)

WITH_PARAMETERS = tuple(
    f"coverage.{name}"
    for name in ("country", "country_file", "find", "area", "area_file", "sites", "sites_file")
)
"""The views whose addresses take parameters."""
_CODE = re.compile(r"\d{2}|\d{4}|\d{6}(-[a-z0-9-]{1,80})?")


@blueprint.get("/pokrycie")
def country() -> ResponseReturnValue:
    """All of Poland."""
    return _page(COUNTRY)


@blueprint.get("/pokrycie.<any(json, csv, geojson, xlsx):form>")
def country_file(form: str) -> ResponseReturnValue:
    """The same figures for programs."""
    return _file(COUNTRY, form)


@blueprint.get("/pokrycie/szukaj")
def find() -> ResponseReturnValue:
    """An area by its name."""
    return finding.page()


@blueprint.get("/pokrycie/<code>")
def area(code: str) -> ResponseReturnValue:
    """One voivodeship, powiat, gmina or district."""
    if code == COUNTRY:
        return redirect(asking.address(COUNTRY, asking.read().question), 301)
    return _page(code)


@blueprint.get("/pokrycie/<code>.<any(json, csv, geojson, xlsx):form>")
def area_file(code: str, form: str) -> ResponseReturnValue:
    """The same figures for programs."""
    return _file(code, form)


@blueprint.get("/pokrycie/<code>/miejsca-na-nowe")
def sites(code: str) -> ResponseReturnValue:
    """The best next sites, and what a change of one place does."""
    return next_sites.page(_known(code))


@blueprint.get("/pokrycie/<code>/miejsca-na-nowe.<any(json, csv, geojson, xlsx):form>")
def sites_file(code: str, form: str) -> ResponseReturnValue:
    """The same for programs."""
    return next_sites.file(_known(code), form)


@blueprint.post("/pokrycie/<code>/miejsca-na-nowe")
def own_points(code: str) -> ResponseReturnValue:
    """A file of candidate premises becomes a link that holds them."""
    return next_sites.from_file(_known(code))


def _page(code: str) -> ResponseReturnValue:
    _known(code)
    asked = asking.read(also=("sort",))
    state = asking.state("survey", asked.question, earlier=not asked.question.week)
    if state.path is None or state.kind != "ready":
        return waiting.page(state, code, asked.question)
    with survey.opened(state.path) as found:
        try:
            report = told.of(found, code)
        except NotFound:
            return finding.without_border(code, found, asked.question)
    if teryt.is_city(code) and [one.level for one in report.children] == ["gmina"]:
        # The same ground; its own page has the districts.
        return redirect(asking.address(report.children[0].code, asked.question), 302)
    outline = asking.outline(report.figures.level, report.method.borders)
    return showing.page(report, asked, outline, behind=state.behind)


def _file(code: str, form: str) -> ResponseReturnValue:
    _known(code)
    asked = asking.read()
    state = asking.state("survey", asked.question)
    if state.path is None or state.kind != "ready":
        return waiting.file(state)
    with survey.opened(state.path) as found:
        report = told.of(found, code)
    outline = asking.outline(report.figures.level, report.method.borders)
    return files.of_report(report, asked.question, form, outline)


def _known(code: str) -> str:
    """The code, if any area could have it.

    Raises NotFound.
    """
    if code != COUNTRY and not _CODE.fullmatch(code):
        raise NotFound(code)
    return code
