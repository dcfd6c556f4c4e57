"""What may be meant by letters still being typed: places, towns, districts, kinds, networks.

What begins so as a whole comes first, what has a word that begins so follows; of those the one
with the most places.  A settlement without places of its own comes after all that has some.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from places import suggest_guesses as guesses
from places import suggest_sources as sources
from places import text
from places.errors import Fault, Invalid, shortened
from places.index import Index
from places.suggestions import Found, Kind, Letters, Suggestion

__all__ = ["MOST", "USUAL", "Asked", "Suggestion", "read", "suggest"]

MOST = 12
USUAL = 8
# In this order where letters and counts decide nothing.
_KINDS: Sequence[Kind] = (
    "city", "type", "network", "district", "place", "activity", "settlement", "postcode",
)  # fmt: skip
_WITHOUT_PLACES = ("settlement",)
_PARAMETERS = ("q", "limit", "kind")
_LONGEST = 120  # letters: no name is longer
_FEW = 2
"""Suggestions below which it is worth while to guess."""


class Asked(NamedTuple):
    """What is asked for, as read from the parameters."""

    typed: str
    limit: int = USUAL
    kinds: frozenset[str] = frozenset()
    """The kinds that are wanted; none: all."""


def read(args: Mapping[str, Sequence[str]]) -> Asked:
    """The text, how many suggestions are wanted and of which kinds, from URL parameters.

    Raises Invalid with all the faults.
    """
    faults = [Fault(shortened(name), "unknown_parameter", "", ", ".join(_PARAMETERS))
              for name in args if name not in _PARAMETERS]  # fmt: skip
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
    kinds = frozenset(given.get("kind", ()))
    faults += [
        Fault("kind", "not_in_list", shortened(one), ", ".join(_KINDS))
        for one in sorted(kinds - set(_KINDS))
    ]
    if faults:
        raise Invalid(faults)
    return Asked(text.clean(next(iter(given.get("q", ())), "")), int(limit), kinds)


def suggest(
    index: Index, typed: str, limit: int = USUAL, kinds: Collection[str] = ()
) -> tuple[Suggestion, ...]:
    """What may be meant, the likeliest first; nothing for a text no name can begin with."""
    if len(typed) > _LONGEST:
        return ()
    asked = Letters(typed)
    if not asked.key:
        return ()
    wanted = frozenset(kinds) or frozenset(_KINDS)
    found = _found(index, asked, wanted - {"activity"})
    if len(found) < limit:  # Reading what is done at places costs more than their names.
        found += _found(index, asked, wanted & {"activity"})
    if bare := guesses.without_preposition(typed):
        found += _found(index, Letters(bare), wanted - {"place", "activity"})
    if len(found) < _FEW and not wanted.isdisjoint(("type", "network")):
        found += guesses.kinds_in_towns(index, typed)
    if not found and (other := guesses.respelled(index, typed)):
        found = _found(index, Letters(other), wanted)
    return tuple(one.suggestion for one in _mixed(_once(sorted(found, key=_rank)), limit))


def _found(index: Index, asked: Letters, wanted: AbstractSet[str]) -> list[Found]:
    found = [one for source in _sources(wanted) for one in source(index, asked)]
    return [one for one in found if one.suggestion.kind in wanted]


def _sources(wanted: AbstractSet[str]) -> Iterator[Callable[[Index, Letters], Iterable[Found]]]:
    """What must be asked for these kinds: each costs its time between two strokes of a key."""
    if not wanted.isdisjoint(("city", "district")):
        yield sources.choices
    if not wanted.isdisjoint(("type", "network")):
        yield sources.kinds
    if "settlement" in wanted:
        yield sources.settlements
    if "postcode" in wanted:
        yield sources.postcodes
    if "place" in wanted:
        yield sources.places
    if "activity" in wanted:
        yield sources.activities


def _rank(one: Found) -> tuple[Any, ...]:
    said = one.suggestion
    kind = _KINDS.index(said.kind)
    empty = said.kind in _WITHOUT_PLACES
    return empty, one.fit, -one.weight, kind, text.sort_key(said.label), said.context, said.value


def _once(found: Iterable[Found]) -> list[Found]:
    """Each once, and by one kind: a club is no activity, a district of ours no settlement."""
    each: dict[tuple[str, str, str], Found] = {}
    for one in found:
        said = one.suggestion
        each.setdefault((said.kind, said.value, said.city), one)
    ours = [one.suggestion for one in each.values()]
    return [
        one for one in each.values() if not any(_is_same(one.suggestion, other) for other in ours)
    ]


def _is_same(one: Suggestion, other: Suggestion) -> bool:
    """ "Orunia-Św. Wojciech" is "Orunia - Święty Wojciech" of the same city."""
    if one.kind == "activity":
        return other.kind == "type" and one.label == other.label
    if (one.kind, other.kind) != ("settlement", "district"):
        return False
    if one.context.partition(",")[0] != other.context.partition(",")[0]:
        return False
    names = text.words(one.label), text.words(other.label)
    alike = (a.startswith(b) or b.startswith(a) for a, b in zip(*names, strict=False))
    return len(names[0]) == len(names[1]) and all(alike)


def _mixed(found: Sequence[Found], limit: int) -> Iterable[Found]:
    """The best of each kind before the rest of any: a hundred clubs must not hide the town."""
    share = max(2, limit // 3)
    seen: Counter[Kind] = Counter()
    own: list[Found] = []
    rest: list[Found] = []
    for one in found:
        seen[one.suggestion.kind] += 1
        if seen[one.suggestion.kind] <= share:
            own.append(one)
        elif (
            one.suggestion.kind not in _WITHOUT_PLACES or own[0].suggestion.kind in _WITHOUT_PLACES
        ):
            rest.append(one)
    return sorted([*own, *rest][:limit], key=_rank)
