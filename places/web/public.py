"""The pages a resident sees.  Every one of them works without JavaScript.

The list and the map of a page come from the same query, and every state of a page is in its
address: a link is all it takes to share what one sees.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from places import maps, photos, search, text
from places.errors import Invalid, NotFound, Refusal
from places.place import city_key, network_key
from places.query import FACETS, Query
from places.scope import Choice
from places.search import Results
from places.suggest import Suggestion, suggest
from places.vocabulary import TYPES
from places.web import counting, current, links, words

blueprint = Blueprint("public", __name__)

_AREAS = ("city", "district", "settlement")
_MOST_ALIKE = 5
_PART = re.compile(r"[\s,]+")
_SHORTEST_PART = 3  # letters

# What says how to show the answer, not what the question is.
_MANNER = ("sort", "page", "per_page", "explain")


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The search; its answers as a list, then the same on a map."""
    if plainer := links.without_doubled_time(request.args):
        return redirect(plainer)
    towns = search.count(current.index(), "city")
    return _results("public/home.html", _query(), towns=towns)


@blueprint.get("/miejsca/<slug>-<place_id>")
def place(slug: str, place_id: str) -> ResponseReturnValue:
    """Everything known of one place; 410 when it was withdrawn or closed."""
    index = current.index()
    found = search.kept(index, search.find(index, place_id))
    if found.id != place_id or slug != found.slug:
        return redirect(links.path_of(found), 301)
    nearby = search.nearby(index, found)
    if not found.listed:
        return render_template("errors/410.html", place=found, nearby=nearby), 410
    return render_template(
        "public/place.html",
        place=found,
        replies=words.replies(found, current.now()),
        week=words.timetable(found, current.now().date()),
        nearby=nearby,
        map=maps.of_place(found, tiles=current.tiles()),
        photos=photos.there(current.catalogue(), found.photos),
    )


@blueprint.get("/miejsca/<place_id>")
def place_by_id(place_id: str) -> ResponseReturnValue:
    """The short address of a place leads to its full one."""
    index = current.index()
    return redirect(links.path_of(search.kept(index, search.find(index, place_id))), 301)


@blueprint.get("/miasta/")
def cities() -> ResponseReturnValue:
    """All towns and villages with a place, by voivodeship."""
    found = search.choices(current.index(), "city")
    return render_template("public/cities.html", regions=_by_region(found), total=len(found))


@blueprint.get("/miasta/<key>")
def city(key: str) -> ResponseReturnValue:
    """The places of one town."""
    chosen = _choice("city", key)
    return _results("public/city.html", _query("city", key), chosen=chosen)


@blueprint.get("/typy/")
def types() -> ResponseReturnValue:
    """What kinds of places there are."""
    return render_template("public/types.html", choices=search.choices(current.index(), "type"))


@blueprint.get("/typy/<code>")
def type(code: str) -> ResponseReturnValue:
    """The places of one kind."""
    if code not in TYPES:
        raise NotFound(code)
    return _results("public/type.html", _query("type", code), code=code)


@blueprint.get("/sieci/")
def networks() -> ResponseReturnValue:
    """Which programmes and families of places there are."""
    found = search.choices(current.index(), "network")
    return render_template("public/networks.html", choices=found)


@blueprint.get("/sieci/<key>")
def network(key: str) -> ResponseReturnValue:
    """The places of one network."""
    chosen = _choice("network", key)
    return _results("public/network.html", _query("network", key), chosen=chosen)


@blueprint.get("/o-projekcie")
def about() -> ResponseReturnValue:
    """What this is, where the facts come from, how fresh they are."""
    return render_template("public/about.html", settings=current.settings())


@blueprint.get("/dostepnosc")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement that Polish law asks for."""
    return render_template("public/accessibility.html", settings=current.settings())


def refused(error: Invalid) -> Response:
    """All that is wrong with a question, in words, with the form as it was filled: for any door."""
    faults = [(fault.field, words.fault(fault)) for fault in error.faults]
    # "Gdańsk Orunia" is no town of the gazetteer, and yet a good search for words.
    unknown = (fault.value for fault in error.faults if fault.code == "unknown_settlement")
    town = next(unknown, "")
    page = render_template(
        "errors/400.html",
        faults=faults,
        form=request.args,
        facets=_filters(),
        town=town,
        alike=_alike(town),
        postcode=any(fault.code == "unknown_postcode" for fault in error.faults),
    )
    return Response(page, 400)


def _alike(near: str) -> list[Suggestion]:
    """Areas that may be meant where nothing is called so: spelt alike, or a part of it."""
    if not near:
        return []
    try:
        index = current.index()
        parts = [near, *(part for part in _PART.split(near) if len(part) > _SHORTEST_PART)]
        found = [suggest(index, part, _MOST_ALIKE, _AREAS) for part in dict.fromkeys(parts)]
    except Refusal:
        return []
    alike = list(dict.fromkeys(one for several in found for one in several))
    return ([one for one in alike if one.count] or alike)[:_MOST_ALIKE]


@blueprint.app_context_processor
def _in_every_template() -> dict[str, Any]:
    return {
        "words": words,
        "links": links,
        "changed": replace,
        "city_key": city_key,
        "network_key": network_key,
        "slug": text.slug,
        "now": current.now(),
        "today": current.now().date(),
        "terms": current.terms(),
    }


blueprint.add_app_template_filter(words.tied, "tied")


def _query(facet: str = "", value: str = "") -> Query:
    """The question in the address, narrowed to the value the page is of."""
    args = current.asked()
    asked = search.read(current.index, {**args, facet: [value]} if facet else args)
    return current.located(asked)


def _results(template: str, query: Query, **more: Any) -> str:
    found = search.run(current.index(), query, current.now())
    if template == "public/home.html":  # Programs follow the links of the other lists.
        counting.unanswered(found)
    return render_template(
        template,
        results=found,
        facets=found.facets,
        form=MultiDict(query.args()),
        map=_map(found),
        **more,
    )


def _filters() -> dict[str, tuple[Choice, ...]]:
    """Every filter with all its values; none where the index does not answer.

    For the answer to a refused question: what is raised there, nobody catches.
    """
    try:
        index = current.index()
        return {facet: search.choices(index, facet) for facet in FACETS}
    except Refusal:
        return {facet: () for facet in FACETS}


def _map(found: Results) -> maps.MapParts:
    filters = [(name, value) for name, value in found.query.args() if name not in _MANNER]
    return maps.of_results(
        f"{url_for('api.places')}?{urlencode(filters)}",
        search_url=f"{url_for('public.home')}?{urlencode(filters)}",
        tiles=current.tiles(),
        view=found.query.bbox,
        centre=found.centre,
        radius=found.radius,
    )


def _choice(facet: str, value: str) -> Choice:
    """The value of a filter that a page is of.

    Raises NotFound.
    """
    found = (one for one in search.choices(current.index(), facet) if one.value == value)
    try:
        return next(found)
    except StopIteration:
        raise NotFound(value) from None


def _by_region(cities: Iterable[Choice]) -> list[tuple[str, list[Choice]]]:
    """Towns by voivodeship, both in the order of the Polish alphabet."""

    def region(one: Choice) -> str:
        # The context is "gm. Rudna, dolnośląskie" or the voivodeship alone.
        return one.context.rpartition(", ")[2]

    in_order = sorted(cities, key=lambda c: (text.sort_key(region(c)), text.sort_key(c.label)))
    return [(name, list(group)) for name, group in groupby(in_order, region)]
