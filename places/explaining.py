"""Why an answer stands where it stands, fact by fact: what `explain=1` tells."""

from collections.abc import Iterator
from dataclasses import dataclass

from places import lemmas
from places.geo import metres_through
from places.index import Index
from places.scope import Scope
from places.understanding import said
from places.weighing import WEIGHTS, fields_of, heaviest, weight


@dataclass(frozen=True)
class Reason:
    """One thing that counted."""

    kind: str
    """"word", "synonym", "wish", "open", "distance", "checked"."""
    said: str
    """The words of the question, or the value, that it is about."""
    field: str
    """For a word or another name of it: the heaviest field that holds it ("name", "address" …);
    empty: none does."""
    weight: float
    """How much it counts within its kind; see weighing.py and rows.py.  Of a distance: metres."""


def reasons(index: Index, scope: Scope, place_id: str) -> tuple[Reason, ...]:
    """What counted for a place, the weightiest kind first: wishes, words, freshness."""
    rows = index.rows("select n, checked from place where id = ?", [place_id])
    if not rows:
        return ()
    number, checked = rows[0]
    return (
        *_standing(index, scope, place_id),
        *sorted(_words(index, scope, number), key=lambda one: one.kind == "synonym"),
        *([Reason("checked", checked, "", 0.0)] if checked else []),
    )


def _standing(index: Index, scope: Scope, place_id: str) -> Iterator[Reason]:
    if not scope.has_candidates:
        return
    rows = index.rows("select open, wish, away from candidate where id = ?", [place_id])
    for state, wish, away in rows:
        if scope.understood.open:
            yield Reason("open", ", ".join(scope.understood.open), "", float(state))
        asked = scope.understood.wishes
        if any(one.certain for one in asked):
            wanted = ", ".join(value for one in asked for value in one.values)
            yield Reason("wish", wanted, "", float(wish))
        if away is not None:
            yield Reason("distance", "", "", metres_through(away))


def _words(index: Index, scope: Scope, number: int) -> Iterator[Reason]:
    fields = fields_of(index, number)
    for group in scope.understood.groups:
        found = weight(fields, group)
        kind = "synonym" if found.field and not found.itself else "word"
        yield Reason(kind, group.said, found.field, found.value)
    for place in scope.understood.places:
        names = (word for area in place.areas for word in lemmas.split(area.name))
        forms = tuple(f" {form} " for word in names for form in lemmas.tokens_asked(word))
        if field := heaviest(fields, forms):
            yield Reason("word", said(scope.understood, place), field, float(WEIGHTS[field]))
