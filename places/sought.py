"""What a search sought that did not find it: the area, the words, the kinds; nothing of who asked.

The words are what is left when places, times and wishes are understood, folded.  None are left of
what may name or lead to a person: mailboxes, numbers, addresses, names, long texts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from places import addresses, area_sought, lemmas, persons, privacy, text
from places.index import Index
from places.scope import WHOLE
from places.search import Results
from places.vocabulary import TYPES

LONGEST = 60  # letters; who writes more tells more than what is sought
_MOST_WORDS = 6
_MANNER = ("sort", "page", "per_page", "explain", "exact")
_NUMBER = re.compile(r"[0-9](?:[^\w@]?[0-9]){4}")
"""Five digits, also with something between them: no date or age, rather a telephone."""
KINDS = ("type", "network", "audience")
_STREETS = frozenset(["ul", "ulica", "ulicy", "al", "aleja", "alei", "pl", "os"])


@dataclass(frozen=True, slots=True)
class Sought:
    """What was sought."""

    area: str
    """TERYT, see teryt.py."""
    words: str = ""
    """Folded; empty where none are left."""
    kinds: tuple[tuple[str, str], ...] = ()
    """(kind, value): types, networks and audiences, by their codes."""


def of(index: Index, results: Results) -> Sought | None:
    """What was sought and not found; None where there is an answer or nothing was asked.

    Later pages and questions why an answer stands where it stands are no searches of their own.
    """
    query = results.query
    asked = any(name not in _MANNER for name, _ in query.args())
    found = results.total > 0 and results.level in WHOLE
    if found or not asked or query.page > 1 or query.explain:
        return None
    area = area_sought.of(index, query, results.understood, results.centre)
    return Sought(area, _words(results), tuple(dict.fromkeys(_kinds(index, results))))


def _words(results: Results) -> str:
    """The words that were looked for; "" where they may tell of somebody."""
    typed, reading = results.query.q, results.understood.reading
    rest = typed if reading is None else reading.rest
    found = text.words(rest)
    said = " ".join(found)
    if len(found) > _MOST_WORDS or len(said) > LONGEST or not any(map(str.isalpha, found)):
        return ""
    if "@" in typed or _NUMBER.search(rest) or privacy.warnings({"q": typed}):
        return ""
    if addresses.read(rest) or not _STREETS.isdisjoint(found):
        return ""
    return "" if persons.may_be_named(lemmas.split(rest)) else said


def _kinds(index: Index, results: Results) -> Iterator[tuple[str, str]]:
    """Only codes that we know: whatever else stands in an address may be anything."""
    for code in results.query.type:
        if code in TYPES:
            yield "type", code
    for said in results.query.network:
        rows = index.rows(
            "select value from choice where facet = 'network' and value = ?", [text.slug(said)]
        )
        yield from (("network", str(row[0])) for row in rows)
    for wish in results.understood.wishes:
        if wish.certain and wish.kind in KINDS:
            yield wish.kind, wish.values[0]
