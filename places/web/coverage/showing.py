"""The page of a report: the same figures as sentences, tables, bars and maps."""

from dataclasses import replace
from typing import Any, NamedTuple

from flask import Response, render_template

from places import maps, search, teryt
from places.coverage import terms
from places.coverage.asked import ACCESS, Question
from places.coverage.figures import Figures
from places.coverage.outlines import Outline
from places.coverage.terms import BANDS
from places.coverage.told import Report
from places.errors import Refusal
from places.teryt import COUNTRY
from places.vocabulary import AUDIENCES
from places.web import current
from places.web.coverage import asking, drawing, ordering
from places.web.coverage.asking import Asked
from places.web.coverage.files import FORMS
from places.web.words import coverage as said
from places.web.words import coverage_method as method_said
from places.web.words import coverage_names as names


class Chip(NamedTuple):
    """A chosen filter, and the page without it."""

    label: str
    address: str


def page(report: Report, asked: Asked, outline: Outline, *, behind: bool = False) -> Response:
    """The whole report; `behind` when today's is still being made."""
    figures, question = report.figures, asked.question
    whole = asking.permanent(question, report.method)
    link = asking.absolute(asking.address(figures.code, whole))
    highest = drawing.top(report.children or (figures,))
    title = names.full_name(figures.level, figures.name)
    content = render_template(
        "coverage/area.html",
        report=report,
        one=figures,
        asked=asked,
        behind=behind,
        title=title,
        children=ordering.in_order(report.children, asked.sort),
        peers=ordering.peers(figures),
        link=link,
        citation=method_said.citation(title, report.method, link),
        files={form: asking.address(figures.code, whole, form) for form in FORMS},
        drawn=drawing.areas(report, outline),
        listed=drawing.LISTED,
        map=_map(report, question, highest),
        legend=drawing.legend(highest),
        groups=[code for code in terms.GROUPS if said.headline_share(figures, code) is not None],
        gaps_by_age=any(gap.young or gap.old for gap in report.gaps),
        chips=chips(figures.code, question),
        facets=facets(),
        above=ordering.above(report),
        is_country=figures.code == COUNTRY,
        sought_in=_sought_in(figures),
        **of_every_page(question),
    )
    response = Response(content)
    if behind:
        response.headers["Cache-Control"] = "no-store"
    return response


def _sought_in(one: Figures) -> str:
    """The area as searches in vain are counted in it: districts by name, those of Warszawa too."""
    if one.level != "district":
        return one.code
    return teryt.district_code(teryt.gmina_of(one.code), one.name)


def of_every_page(question: Question) -> dict[str, Any]:
    """What templates of coverage use besides their own."""
    return {
        "said": said,
        "method_said": method_said,
        "names": names,
        "terms_of_coverage": terms,
        "bands_of": BANDS,
        "question": question,
        "address": asking.address,
        "sites_address": asking.sites_address,
        "try_at": asking.try_at,
        "audiences": AUDIENCES,
        "accesses": ACCESS,
    }


def chips(code: str, question: Question, *, sites: bool = False) -> list[Chip]:
    """The chosen filters, each with the page without it."""
    address = asking.sites_address if sites else asking.address
    query, found = question.query, []
    if query.q:
        rest = replace(question, query=replace(query, q=""))
        found.append(Chip(f"„{query.q}”", address(code, rest)))
    for name in ("city", "district", "type", "network"):
        for value in getattr(query, name):
            kept: Any = {name: tuple(one for one in getattr(query, name) if one != value)}
            rest = replace(question, query=replace(query, **kept))
            found.append(Chip(method_said.filter_said(name, value), address(code, rest)))
    for name in ("audience", "access"):
        for value in getattr(question, name):
            kept = {name: tuple(one for one in getattr(question, name) if one != value)}
            rest = replace(question, **kept)
            found.append(Chip(method_said.filter_said(name, value), address(code, rest)))
    return found


def facets() -> dict[str, Any]:
    """What may be chosen; nothing where the index does not answer, an old report is still shown."""
    try:
        index = current.index()
        return {name: search.choices(index, name) for name in ("type", "network")}
    except Refusal:
        return {"type": (), "network": ()}


def _map(report: Report, question: Question, highest: float) -> maps.MapParts:
    figures = report.figures
    whole = asking.permanent(question, report.method)
    return maps.of_coverage(
        asking.address(figures.code, whole, "geojson"),
        label=names.full_name(figures.level, figures.name),
        said={
            **{one.code: drawing.area_said(one, highest) for one in (figures, *report.children)},
            **{f"gap-{n}": drawing.gap_said(gap) for n, gap in enumerate(report.gaps, 1)},
        },
        pages={
            **{one.code: asking.address(one.code, question) for one in report.children},
            **_tries(report, question),
        },
        tiles=current.tiles(),
    )


def _tries(report: Report, question: Question) -> dict[str, str]:
    """By the id of a gap the page of a new place in it; of the country there is none, so there it
    is that of the area the gap lies in."""
    code = report.figures.code
    tried = (
        (f"gap-{n}", gap.code if code == COUNTRY else code, (gap.lat, gap.lon))
        for n, gap in enumerate(report.gaps, 1)
    )
    return {id_: asking.try_at(of, question, at) for id_, of, at in tried if of}
