"""The page of a report: the same figures as sentences, tables, bars and maps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from flask import Response, render_template

from places import maps, search, text
from places.coverage import divisions, terms
from places.coverage.asked import ACCESS, Question
from places.coverage.figures import COUNTRY, Figures, Level
from places.coverage.outlines import Outline
from places.coverage.terms import BANDS
from places.coverage.told import Report
from places.errors import Refusal
from places.vocabulary import AUDIENCES
from places.web import current
from places.web.coverage import asking, drawing
from places.web.coverage.asking import Asked
from places.web.coverage.files import FORMS
from places.web.words import coverage as said
from places.web.words import coverage_method as method_said
from places.web.words import coverage_names as names

_ORDERS: Mapping[str, Callable[[Figures], Any]] = {
    "name": lambda one: text.sort_key(one.name),
    "people": lambda one: -(one.people["total"] or 0),
    "places": lambda one: -one.per_10k[0],
    "share": lambda one: -(said.headline_share(one, "total") or (0, 0))[0],
    "left_out": lambda one: -one.left_out[1],
}


class Line(NamedTuple):
    """A row of the table of peers."""

    code: str
    name: str
    people: float
    share: tuple[float, float]
    per_10k: tuple[float, float]
    is_here: bool


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
        children=_sorted(report.children, asked.sort),
        peers=peers(figures),
        link=link,
        citation=method_said.citation(title, report.method, link),
        files={form: asking.address(figures.code, whole, form) for form in FORMS},
        drawn=drawing.areas(report, outline),
        map=_map(report, question, highest),
        legend=drawing.legend(highest),
        groups=[code for code in terms.GROUPS if said.headline_share(figures, code) is not None],
        gaps_by_age=any(gap.young or gap.old for gap in report.gaps),
        chips=chips(figures.code, question),
        facets=facets(),
        above=_above(report),
        is_country=figures.code == COUNTRY,
        sought_in=_sought_in(figures),
        **of_every_page(question),
    )
    response = Response(content)
    if behind:
        response.headers["Cache-Control"] = "no-store"
    return response


def _above(report: Report) -> list[tuple[str, str, Level]]:
    """The areas around it; a city is no powiat around its own gmina."""
    levels = [report.figures.level, *(level for _, _, level in report.above)]
    return [
        (code, name, level)
        for code, name, level in report.above
        if not (level == "powiat" and divisions.is_city(code) and "gmina" in levels)
    ]


def _sought_in(one: Figures) -> str:
    """The area as searches in vain are counted in it: districts by name, those of Warszawa too."""
    if one.level != "district":
        return one.code
    return divisions.district_code(divisions.gmina_of(one.code), one.name)


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
        "audiences": AUDIENCES,
        "accesses": ACCESS,
    }


def peers(one: Figures) -> list[Line]:
    """The area among its peers, the most populous first."""
    share = said.headline_share(one, "total") or (0.0, 0.0)
    lines = [
        Line(peer.code, peer.name, peer.people, peer.share, peer.per_10k, False)
        for peer in one.peers
    ]
    here = Line(one.code, one.name, one.people["total"] or 0, share, one.per_10k, True)
    return sorted([*lines, here], key=lambda line: (-line.people, line.code)) if lines else []


def _sorted(children: Sequence[Figures], sort: str) -> list[Figures]:
    order = _ORDERS[sort.removeprefix("-") or "left_out"]
    return sorted(
        sorted(children, key=lambda one: one.code), key=order, reverse=sort.startswith("-")
    )


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
        pages={one.code: asking.address(one.code, question) for one in report.children},
        tiles=current.tiles(),
    )
