"""Where suggestions come from, each a short walk along an index of the catalogue.

It is asked between two strokes of a key: nothing here may search.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from places import lemmas
from places.index import Index
from places.suggestions import BEGINS, OTHERWISE, Found, Kind, Letters, Suggestion
from places.vocabulary import TYPES

_POSTCODE = re.compile(r"(\d\d)-?(\d{0,3})", re.ASCII)
_LOOKED_AT = 30  # rows of each kind
_SHORTEST_ACTIVITY = 3  # letters


def choices(index: Index, asked: Letters) -> Iterator[Found]:
    """Towns and districts that have places."""
    kind: Kind
    for kind in ("city", "district"):
        sql, values = _beginning("slug", "-", asked)
        rows = index.rows(
            "select value, label, context, count from choice where facet = ? and "
            f"{sql} desc, count desc, value limit {_LOOKED_AT}",
            [kind, *values],
        )
        for value, label, context, count in rows:
            one = Suggestion(kind, label, context, count, value, f"{label}, {context}")
            yield Found(one, asked.fit(label), count)


def settlements(index: Index, asked: Letters) -> Iterator[Found]:
    """Towns and villages without places of their own: one can look around them."""
    sql, values = _beginning("key", " ", asked)
    rows = index.rows(
        "select name, powiat, voivodeship, population from (select * from settlement where "
        f"{sql} desc, population desc, lat limit {_LOOKED_AT}) s where not exists (select 1 "
        "from choice c indexed by choice_by_slug where c.facet in ('city', 'district') "
        "and c.slug = replace(s.key, ' ', '-') "
        "and (c.context like '%' || s.voivodeship or c.context = s.powiat))",
        values,
    )
    for name, powiat, voivodeship, population in rows:
        context = ", ".join(dict.fromkeys((powiat, voivodeship)))
        near = f"{name}, {context}"
        one = Suggestion("settlement", name, context, None, near, near)
        yield Found(one, asked.fit(name), population)


def postcodes(index: Index, asked: Letters) -> Iterator[Found]:
    """Postcodes that some place has, and whose middle is therefore known."""
    begun = _POSTCODE.fullmatch(asked.typed)
    if begun is None:
        return
    begin, end = _span("-".join(begun.groups()))
    rows = index.rows(
        "select postcode, count(*), min(city_name) from place where postcode >= ? and "
        f"postcode < ? and drawn = 1 group by postcode order by postcode limit {_LOOKED_AT}",
        [begin, end],
    )
    for code, count, city in rows:
        yield Found(Suggestion("postcode", code, city, count, code, code), BEGINS, count)


def kinds(index: Index, asked: Letters) -> Iterator[Found]:
    """Kinds of places and networks: few enough to look at each."""
    rows = index.rows(
        "select facet, value, label, context, count from choice where facet in ('type', 'network')"
    )
    for facet, value, label, context, count in rows:
        names = (label, TYPES[value].plural) if facet == "type" else (label, context)
        fit = asked.fit(*names)
        if fit != OTHERWISE or any(map(asked.is_form_of, names)):
            yield Found(Suggestion(facet, label, context, count, value), fit, count)


def places(index: Index, asked: Letters) -> Iterator[Found]:
    """Places by the beginning of their name, then by the beginnings of its words."""
    columns = "select p.id, p.name, p.type, p.city_name, p.slug from place p"
    begin, end = _span(asked.slug)
    rows = index.rows(
        f"{columns} where p.slug >= ? and p.slug < ? order by p.slug, p.id limit {_LOOKED_AT}",
        [begin, end],
    )
    # Where so many names begin so, one that only has such a word is never shown.
    if len(rows) < _LOOKED_AT and (match := _match(asked.words)):
        rows += index.rows(
            f"{columns} where p.n in (select rowid from words_fts where words_fts match ? "
            f"limit {_LOOKED_AT})",
            [match],
        )
    for place_id, name, kind, city, slug in dict.fromkeys(rows):
        context = f"{TYPES[kind].name}, {city}"
        one = Suggestion("place", name, context, None, place_id, slug=slug)
        yield Found(one, asked.fit(name), 0)


def _match(words: Sequence[str], column: str = "name") -> str:
    """All the words, each begun or in some form, in a column of a place; for FTS5.

    A single letter is asked by the beginnings of names alone: too many words begin with it.
    """
    if not words or len("".join(words)) < 2:
        return ""
    ways = []
    for number, word in enumerate(words, 1):
        first, *others = lemmas.tokens_asked(word)
        begun = f'"{first}"*' if number == len(words) or len(word) > 2 else f'"{first}"'
        ways.append(
            f"{{{column}}} : (" + " OR ".join([begun, *(f'"{one}"' for one in others)]) + ")"
        )
    return " AND ".join(ways)


def _beginning(column: str, space: str, asked: Letters) -> tuple[str, list[Any]]:
    """WHERE and the beginning of ORDER BY, for names of folded words with such a space between."""
    begin, end = _span(asked.key.replace(" ", space))
    forms = [one.replace(" ", space) for one in asked.forms]
    marks = ", ".join("?" for _ in forms)
    sql = (
        f"({column} >= ? and {column} < ? or {column} like ? or {column} in ({marks})) "
        f"order by {column} >= ? and {column} < ?"
    )
    return sql, [begin, end, f"%{space}{begin}%", *forms, begin, end]


def _span(begin: str) -> tuple[str, str]:
    """What begins so lies from the one to before the other."""
    return begin, begin + "\U0010ffff"


def activities(index: Index, asked: Letters) -> Iterator[Found]:
    """What is done at places, by the beginning of a word of it, as the places say it."""
    if len(asked.key) < _SHORTEST_ACTIVITY or not (match := _match(asked.words, "offer")):
        return
    rows = index.rows(
        "select r.feature from words_fts w join record r on r.n = w.rowid "
        f"where words_fts match ? limit {_LOOKED_AT}",
        [match],
    )
    seen: Counter[str] = Counter()
    for (feature,) in rows:
        seen.update(json.loads(feature)["properties"].get("activities") or ())
    for name, times in seen.items():
        fit = asked.fit(name)
        if fit != OTHERWISE or asked.is_form_of(name):
            yield Found(Suggestion("activity", name, "", None, name), fit, times)
