"""A query in words: what is chosen, and the ways out where nothing was found.

Each comes with the query it leads to, so that a page only has to make links of them.
"""

from dataclasses import replace
from typing import Any, NamedTuple

from flask_babel import gettext

from places.query import FACETS, Query
from places.search import Results, Wider
from places.web.words.codes import facet, type_plural
from places.web.words.quantities import distance


class Chip(NamedTuple):
    """One thing that narrows the list, and the query without it."""

    label: str
    without: Query


def chips(results: Results) -> list[Chip]:
    """Everything that narrows the list, in the order of the form."""
    query = replace(results.query, page=1)
    found = []
    if query.q:
        found.append(Chip(f"„{query.q}”", replace(query, q="", sort=None)))
    for name in FACETS:
        for value in getattr(query, name):
            rest: Any = {name: tuple(one for one in getattr(query, name) if one != value)}
            found.append(Chip(value_label(results, name, value), replace(query, **rest)))
    if query.near is not None:
        found.append(Chip(_near(results), replace(query, near=None, radius=None, sort=None)))
    if query.bbox is not None:
        found.append(Chip(gettext("wybrany obszar mapy"), replace(query, bbox=None)))
    return found


def value_label(results: Results, name: str, value: str) -> str:
    """A filter's value as people say it; as it was given where nobody knows it."""
    if name == "type":
        return type_plural(value)
    known = (choice.label for choice in results.facets.get(name, ()) if choice.value == value)
    return next(known, value)


def way_out(results: Results, way: Wider) -> str:
    """A wider search, as the words of a link."""
    if way.kind == "radius":
        return gettext("Szukaj w\u00a0promieniu %(far)s", far=distance(float(way.value)))
    if way.field == "q":
        words = way.value or results.query.q
        if len(words.split()) == 1:
            return gettext("Szukaj bez słowa „%(word)s”", word=words)
        return gettext("Szukaj bez słów „%(words)s”", words=words)
    if way.field == "bbox":
        return gettext("Szukaj poza wybranym obszarem mapy")
    if way.field == "near":
        return gettext("Szukaj w\u00a0całej Polsce")
    if not way.value:
        return gettext("Bez filtra „%(name)s”", name=facet(way.field))
    labels = (value_label(results, way.field, one) for one in way.value.split(", "))
    return gettext(
        "Bez filtra „%(name)s: %(values)s”", name=facet(way.field), values=", ".join(labels)
    )


def _near(results: Results) -> str:
    far = distance(results.radius or 0)
    if results.near_name:
        return gettext("do %(far)s od: %(where)s", far=far, where=results.near_name)
    return gettext("do %(far)s od wskazanego punktu", far=far)
