"""Why an answer stands where it stands, fact by fact: what `explain=1` tells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from places import lemmas
from places.candidates import WEIGHTS
from places.geo import metres_through
from places.index import Index
from places.scope import Scope
from places.understanding import said


@dataclass(frozen=True)
class Reason:
    """One thing that counted."""

    kind: str
    """"word", "wish", "open", "distance", "checked"."""
    said: str
    """The words of the question, or the value, that it is about."""
    field: str
    """For a word: the heaviest field that holds it ("name", "address" …); empty: none does."""
    weight: float
    """How much it counts within its kind; see candidates.py and rows.py.  Of a distance: metres."""


def reasons(index: Index, scope: Scope, place_id: str) -> tuple[Reason, ...]:
    """What counted for a place, the weightiest kind first: wishes, words, freshness."""
    rows = index.rows(
        "select w.name, w.network, w.kind, w.address, w.offer, w.rest, p.n, p.checked "
        "from place p join words w on w.n = p.n where p.id = ?",
        [place_id],
    )
    if not rows:
        return ()
    *fields, number, checked = rows[0]
    return (
        *_standing(index, scope, place_id),
        *_words(index, scope, number, [set(field.split()) for field in fields]),
        *([Reason("checked", checked, "", 0.0)] if checked else []),
    )


def _standing(index: Index, scope: Scope, place_id: str) -> Iterator[Reason]:
    if not scope.has_candidates:
        return
    rows = index.rows("select open, wish, away from candidate where id = ?", [place_id])
    for state, wish, away in rows:
        if scope.understood.open:
            yield Reason("open", ", ".join(scope.understood.open), "", float(state))
        if scope.understood.wishes:
            wanted = ", ".join(value for one in scope.understood.wishes for value in one.values)
            yield Reason("wish", wanted, "", float(wish))
        if away is not None:
            yield Reason("distance", "", "", metres_through(away))


def _words(index: Index, scope: Scope, number: int, fields: Sequence[set[str]]) -> Iterator[Reason]:
    for group in scope.understood.groups:
        field = _holding(index, number, group.match) or _sharing(fields, group.tokens)
        yield Reason("word", group.said, field, float(WEIGHTS.get(field, 0)))
    for place in scope.understood.places:
        names = (word for area in place.areas for word in lemmas.split(area.name))
        tokens = frozenset(token for name in names for token in lemmas.tokens_asked(name))
        if field := _sharing(fields, tokens):
            yield Reason("word", said(scope.understood, place), field, float(WEIGHTS[field]))


def _holding(index: Index, number: int, match: str) -> str:
    """The heaviest field that holds all of it."""
    sql = "select 1 from words_fts where words_fts match ? and rowid = ?"
    for name in WEIGHTS:
        if index.rows(sql, (f"{{{name}}} : {match}", number)):
            return name
    return ""


def _sharing(fields: Sequence[set[str]], tokens: frozenset[str]) -> str:
    """The heaviest field that holds a part of it: a phrase may be spread over several."""
    held = (name for name, own in zip(WEIGHTS, fields, strict=True) if own & tokens)
    return next(held, "")
