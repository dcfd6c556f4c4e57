"""What may be meant by letters still being typed: places, towns, districts, kinds, networks.

It is asked between two strokes of a key, so every step is a short walk along an index, never a
search: what begins so as a whole comes first, what has a word that begins so follows.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Any, Literal

from places import lemmas, text
from places.errors import Fault, Invalid, shortened
from places.index import Index
from places.phrases import form
from places.query import Query
from places.vocabulary import TYPES

MOST = 12
USUAL = 8
Kind = Literal["city", "type", "network", "district", "place", "settlement"]
# In this order where the letters fit equally well.
_KINDS: Sequence[Kind] = ("city", "type", "network", "district", "place", "settlement")
_LONGEST = 120  # letters: no name is longer
_LOOKED_AT = 30  # rows of each kind
_MOST_FORMS = 64
_WHOLE, _BEGINS, _HAS_WORD, _OTHERWISE = range(4)


@dataclass(frozen=True)
class Suggestion:
    """Something that may be meant."""

    kind: Kind
    label: str
    context: str
    """What tells it from another of that name."""
    count: int | None
    """How many places it has; None for what has no count."""
    value: str
    """Its key, code or id; for a settlement the value of `near`."""
    slug: str = ""
    """For the address of a place's page."""


@dataclass(frozen=True)
class _Found:
    suggestion: Suggestion
    fit: int
    weight: int
    """Places or people."""


def read(args: Mapping[str, Sequence[str]]) -> tuple[str, int]:
    """The text and how many suggestions are wanted, from URL parameters.

    Raises Invalid with all the faults.
    """
    faults = [Fault(shortened(name), "unknown_parameter", "", "q, limit")
              for name in args if name not in ("q", "limit")]  # fmt: skip
    given = {name: [value for value in args.get(name, ()) if value.strip()] for name in args}
    faults += [
        Fault(name, "given_twice", shortened(", ".join(values)))
        for name, values in given.items()
        if len(values) > 1 and name in ("q", "limit")
    ]
    limit = next(iter(given.get("limit", ())), str(USUAL)).strip()
    if not (limit.isascii() and limit.isdecimal() and len(limit) <= 4):
        faults.append(Fault("limit", "not_a_whole_number", shortened(limit), f"1–{MOST}"))
    elif not 1 <= int(limit) <= MOST:
        faults.append(Fault("limit", "out_of_range", limit, f"1–{MOST}"))
    if faults:
        raise Invalid(faults)
    return text.clean(next(iter(given.get("q", ())), "")), int(limit)


def suggest(index: Index, typed: str, limit: int = USUAL) -> tuple[Suggestion, ...]:
    """What may be meant, the likeliest first; nothing for a text no name can begin with."""
    if len(typed) > _LONGEST:
        return ()
    asked = _Asked(typed)
    if not asked.key:
        return ()
    found = [
        *_choices(index, asked),
        *_kinds(index, asked),
        *_settlements(index, asked),
        *_places(index, asked),
    ]
    found.sort(key=_rank)
    return tuple(one.suggestion for one in _mixed(found, limit))


class _Asked:
    """The letters, in the shapes in which they are compared."""

    def __init__(self, typed: str) -> None:
        words = lemmas.split(typed)
        self.key = " ".join(text.words(typed))
        self.slug = "-".join(self.key.split())
        telling = set(Query(q=typed).words)
        self.words = [word for word in words if text.fold(word) in telling]
        ways = product(*(lemmas.asked(word) for word in self.words))
        self.forms = [" ".join(way) for way in islice(ways, _MOST_FORMS)]
        """What the whole text may be a form of."""

    def fit(self, *names: str) -> int:
        """How well the letters fit the best of the names."""
        return min(self._fit(" ".join(text.words(name))) for name in names)

    def _fit(self, name: str) -> int:
        if name == self.key:
            return _WHOLE
        if name.startswith(self.key):
            return _BEGINS
        return _HAS_WORD if f" {self.key}" in name else _OTHERWISE

    def is_form_of(self, name: str) -> bool:
        """Whether the words are forms of those that the name begins with."""
        return _fits_in_form(tuple(self.words), name)


@lru_cache(maxsize=1024)
def _fits_in_form(words: tuple[str, ...], name: str) -> bool:
    keys = form(name).keys
    if not 0 < len(words) <= len(keys):
        return False
    return all(
        not own.isdisjoint(lemmas.asked(word)) for own, word in zip(keys, words, strict=False)
    )


def _choices(index: Index, asked: _Asked) -> Iterator[_Found]:
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
            one = Suggestion(kind, label, context, count, value)
            yield _Found(one, asked.fit(label), count)


def _settlements(index: Index, asked: _Asked) -> Iterator[_Found]:
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
        yield _Found(
            Suggestion("settlement", name, context, None, near), asked.fit(name), population
        )


def _kinds(index: Index, asked: _Asked) -> Iterator[_Found]:
    """Kinds of places and networks: few enough to look at each."""
    rows = index.rows(
        "select facet, value, label, context, count from choice where facet in ('type', 'network')"
    )
    for facet, value, label, context, count in rows:
        names = (label, TYPES[value].plural) if facet == "type" else (label, context)
        fit = asked.fit(*names)
        if fit != _OTHERWISE or any(map(asked.is_form_of, names)):
            yield _Found(Suggestion(facet, label, context, count, value), fit, count)


def _places(index: Index, asked: _Asked) -> Iterator[_Found]:
    """Places by the beginning of their name, then by the beginnings of its words."""
    columns = "select p.id, p.name, p.type, p.city_name, p.slug from place p"
    begin, end = _span(asked.slug)
    rows = index.rows(
        f"{columns} where p.slug >= ? and p.slug < ? order by p.slug, p.id limit {_LOOKED_AT}",
        [begin, end],
    )
    if match := _match(asked.words):
        rows += index.rows(
            f"{columns} where p.n in (select rowid from words_fts where words_fts match ? "
            f"limit {_LOOKED_AT})",
            [match],
        )
    for place_id, name, kind, city, slug in dict.fromkeys(rows):
        context = f"{TYPES[kind].name}, {city}"
        one = Suggestion("place", name, context, None, place_id, slug)
        yield _Found(one, asked.fit(name), 0)


def _match(words: Sequence[str]) -> str:
    """All the words, each begun or in some form, in the name of a place; for FTS5.

    A single letter is asked by the beginnings of names alone: too many words begin with it.
    """
    if not words or len("".join(words)) < 2:
        return ""
    ways = []
    for number, word in enumerate(words, 1):
        first, *others = lemmas.tokens_asked(word)
        begun = f'"{first}"*' if number == len(words) or len(word) > 2 else f'"{first}"'
        ways.append("{name} : (" + " OR ".join([begun, *(f'"{one}"' for one in others)]) + ")")
    return " AND ".join(ways)


def _beginning(column: str, space: str, asked: _Asked) -> tuple[str, list[Any]]:
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


def _rank(one: _Found) -> tuple[Any, ...]:
    said = one.suggestion
    kind = _KINDS.index(said.kind)
    return one.fit, kind, -one.weight, text.sort_key(said.label), said.context, said.value


def _mixed(found: Sequence[_Found], limit: int) -> Iterable[_Found]:
    """The best of each kind before the rest of any: a hundred clubs must not hide the town."""
    share = max(2, limit // 3)
    seen: Counter[Kind] = Counter()
    own: list[_Found] = []
    rest: list[_Found] = []
    for one in found:
        seen[one.suggestion.kind] += 1
        (own if seen[one.suggestion.kind] <= share else rest).append(one)
    return sorted([*own, *rest][:limit], key=_rank)
