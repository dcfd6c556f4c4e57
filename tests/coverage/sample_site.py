"""A site whose pages of coverage show the made-up reports of samples.py.

Addresses, templates, files and words are the real ones; only where a view would open a survey it
takes a sample instead, so that a test of a page does not measure all of Poland.
"""

from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from flask.typing import ResponseReturnValue

from app import create_app
from places.coverage import asked, work
from places.coverage.told import Report
from places.errors import Invalid, NotFound
from places.teryt import COUNTRY
from places.web import current
from places.web.coverage import asking, files, next_sites, showing, waiting, wanted
from tests.builders import NOW, a_catalogue
from tests.conftest import a_few_places
from tests.coverage import samples

READY = work.State("ready", None, samples.STAMP, date.fromisoformat(samples.MONDAY), 1.0)


def sample_site(folder: Path, **settings: Any) -> Flask:
    """The site over a small catalogue."""
    path = a_catalogue(folder / "places.geojson", a_few_places())
    given = {"CATALOGUE": str(path), "INSTANCE": str(folder), "URL": "", "TILES": ""}
    app = create_app({**given, "NOW": lambda: NOW, **settings})
    app.view_functions |= {
        "coverage.country": lambda: _page(COUNTRY),
        "coverage.country_file": lambda form: _file(COUNTRY, form),
        "coverage.area": _page,
        "coverage.area_file": _file,
        "coverage.sites": _sites,
        "coverage.sites_file": _sites_file,
    }
    app.add_url_rule("/stan/<kind>", view_func=_state)
    return app


def _page(code: str) -> ResponseReturnValue:
    return showing.page(_report(code), asking.read(also=("sort",)), samples.outline)


def _file(code: str, form: str) -> ResponseReturnValue:
    return files.of_report(_report(code), asking.read().question, form, samples.outline)


def _sites(code: str) -> ResponseReturnValue:
    given, faults = wanted.read(current.asked())
    answer = None if faults else _answer(given)
    outcome = next_sites.Outcome(faults, READY if answer else None, answer)
    asks = asking.read(also=wanted.PARAMETERS)
    return next_sites.rendered((code, _report(code).figures.name), asks.question, given, outcome)


def _sites_file(code: str, form: str) -> ResponseReturnValue:
    given, faults = wanted.read(current.asked())
    if faults:
        raise Invalid(faults)
    asks = asking.read(also=wanted.PARAMETERS)
    link = next_sites.link_to(code, asks.question, given, READY)
    return next_sites.in_form(code, form, (given, READY, _answer(given)), link)


def _answer(given: wanted.Wanted) -> Any:
    answers = {"sites": samples.SITES, "whatif": samples.CHANGES.get(given.get("change"))}
    return answers.get(given.kind)


def _state(kind: str) -> ResponseReturnValue:
    state = work.State(kind, None, samples.STAMP, READY.week, 0.42, "distances")  # type: ignore[arg-type]
    return waiting.page(state, "2261", asked.Question())


def _report(code: str) -> Report:
    try:
        return samples.report(code)
    except KeyError:
        raise NotFound(code) from None
