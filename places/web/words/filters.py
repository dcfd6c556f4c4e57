"""A query in words: what is chosen, and the ways out where nothing was found.

Each comes with the query it leads to, so that a page only has to make links of them.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext

from places.query import FACETS, Query
from places.search import Results
from places.ways_out import Wider
from places.web.words.clock import when
from places.web.words.codes import facet, type_plural
from places.web.words.quantities import distance
from places.web.words.understood import Said, meanings


def chips(results: Results, today: date | None = None) -> list[Said]:
    """Everything that narrows the list, in the order of the form, with the query without it."""
    query = replace(results.query, page=1)
    found = meanings(results, today)
    if query.exact and query.q:
        found.append(Said(gettext("słowa dosłownie"), replace(query, exact=False)))
    for name in FACETS:
        for value in getattr(query, name):
            rest: Any = {name: tuple(one for one in getattr(query, name) if one != value)}
            found.append(Said(value_label(results, name, value), replace(query, **rest)))
    if query.near is not None:
        found.append(Said(_near(results), replace(query, near=None, radius=None, sort=None)))
    if query.open:
        found.append(Said(_open(query, today), replace(query, open="")))
    if query.bbox is not None:
        found.append(Said(gettext("wybrany obszar mapy"), replace(query, bbox=None)))
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
    if way.kind == "spelling":
        return gettext("Czy chodziło Ci o: „%(words)s”?", words=way.value)
    if way.field == "exact":
        return gettext("Szukaj nie tylko dosłownie")
    if way.field == "q":
        words = way.value or results.query.q
        if len(words.split()) == 1:
            return gettext("Szukaj bez słowa „%(word)s”", word=words)
        return gettext("Szukaj bez słów „%(words)s”", words=words)
    if way.field == "open":
        return gettext("Szukaj o\u00a0dowolnej porze")
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


def _open(query: Query, today: date | None) -> str:
    return gettext("otwarte: %(times)s", times=when(query.open, today))


def _near(results: Results) -> str:
    far = distance(results.radius or 0)
    if results.near_name:
        return gettext("do %(far)s od: %(where)s", far=far, where=results.near_name)
    return gettext("do %(far)s od wskazanego punktu", far=far)
