"""How much is known of the places, since when, and how exactly they lie: figures for a dashboard.

All of it is added up by SQLite from one row a place in the index (`care.py`); no record is read.
A whole report is kept until the catalogue or the day changes.  An absent fact is unknown, not
wrong: completeness says how much has been told, not whether it is true.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median_low
from threading import Lock
from typing import NamedTuple, get_args

from places import text
from places.care import HALLS, LACKS
from places.errors import Fault, Invalid, shortened
from places.freshness import GROUPS, Terms, months_before
from places.index import Index
from places.vocabulary import Precision

PRECISIONS: tuple[Precision, ...] = get_args(Precision)
NARROWING = ("voivodeship", "network", "city")
"""The parameters that narrow the country down."""
_MOST_KEPT = 4
_one_at_a_time = Lock()
_kept: dict[tuple[str, date, Terms], "Report"] = {}


class _Sums(NamedTuple):
    """What SQLite has added up of some places, in the order of `_sums`."""

    numbers: tuple[int, ...]
    ages: list[int]
    """In days, of those whose age is known."""


_NOTHING = _Sums((0,) * (4 + len(LACKS) + len(PRECISIONS) + 4 * len(GROUPS)), [])


@dataclass(frozen=True, slots=True)
class Group:
    """What is known of a group of facts."""

    given: int
    """Of how many places anything is."""
    dated: int
    """Of how many of those it is known when it was checked."""
    fresh: int
    """How many of those surely lately, see `freshness.is_due`."""
    confirmed: int
    """How many of those by people, and not just by a source."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of some places."""

    kind: str
    """"country", one of NARROWING, or "chosen"."""
    key: str
    """The value of the parameter."""
    label: str
    context: str
    places: int
    known: int
    """Questions of the answer card that have an answer."""
    asked: int
    """All those questions."""
    halls: int
    """How many are village halls, which are asked more."""
    lacking: Mapping[str, int]
    """How many places lack what, by the names in care.LACKS."""
    precision: Mapping[str, int]
    """How many points stand for what."""
    groups: Mapping[str, Group]
    median_days: int | None
    """How long ago half of those with a date were known to work; None where none has one."""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole country and its parts, the largest first."""

    country: Figures
    voivodeships: tuple[Figures, ...]
    networks: tuple[Figures, ...]
    cities: tuple[Figures, ...]


def report(index: Index, today: date, terms: Terms) -> Report:
    """All the figures of this day."""
    key = (index.stamp(), today, terms)
    if (kept := _kept.get(key)) is not None:
        return kept
    made = _made(index, today, terms)
    with _one_at_a_time:
        for oldest in list(_kept)[: 1 - _MOST_KEPT]:
            del _kept[oldest]
        _kept[key] = made
    return made


def read(report_: Report, args: Mapping[str, Sequence[str]]) -> dict[str, Figures]:
    """What the parameters narrow the country down to: the figures of each, by its parameter.

    Raises Invalid with all the values that are none of ours.
    """
    parts = {
        "voivodeship": report_.voivodeships, "network": report_.networks, "city": report_.cities,
    }  # fmt: skip
    found, faults = {}, []
    for name in NARROWING:
        value = next((one for one in args.get(name, ()) if one), "")
        chosen = next((one for one in parts[name] if one.key == value), None)
        if chosen is not None:
            found[name] = chosen
        elif value:
            faults.append(Fault(name, "not_in_list", shortened(value)))
    if faults:
        raise Invalid(faults)
    return found


def narrowed(index: Index, chosen: Mapping[str, Figures], today: date, terms: Terms) -> Figures:
    """The figures of the places that all of the chosen have in common."""
    if not chosen:
        return report(index, today, terms).country
    if len(chosen) == 1:
        return next(iter(chosen.values()))
    where, values = condition(chosen)
    found = _walk(index, "'', ''", where, values, today, terms)
    label = ", ".join(one.label for one in chosen.values())
    return replace(_figures("chosen", "", found.get(("", ""), _NOTHING)), label=label)


def condition(chosen: Mapping[str, Figures]) -> tuple[str, list[str]]:
    """A condition on the places that all of the chosen have in common, and its values."""
    columns = {
        "voivodeship": "p.voivodeship = ?",
        "city": "p.city = ?",
        "network": "exists (select 1 from network v where v.place = p.n and v.network = ?)",
    }
    parts = [columns[name] for name in chosen]
    values = [one.label if name == "voivodeship" else one.key for name, one in chosen.items()]
    return " and ".join(parts) or "1", values


def _made(index: Index, today: date, terms: Terms) -> Report:
    """All the figures, from two walks through the places: towns add up to the rest."""
    towns = _walk(index, "p.city, p.voivodeship", "1", (), today, terms)
    theirs = _walk(index, "w.network, ''", "1", (), today, terms)
    return Report(
        next(iter(_added(towns, "country", lambda _: "")), _figures("country", "", _NOTHING)),
        _named(index, _added(towns, "voivodeship", lambda key: key[1])),
        _named(index, _added(theirs, "network", lambda key: key[0])),
        _named(index, _added(towns, "city", lambda key: key[0])),
    )


def _walk(
    index: Index, by: str, where: str, values: Sequence[str], today: date, terms: Terms
) -> dict[tuple[str, str], _Sums]:
    """The sums of each pair of values, and the ages of those whose age is known."""
    join = "join network w on w.place = p.n" if by.startswith("w.") else ""
    source = f"from care c join place p on p.n = c.n {join} where {where}"
    rows = index.rows(f"select {by}, {_sums(today, terms)} {source} group by 1, 2", values)
    found = {(first, second): _Sums(tuple(sums), []) for first, second, *sums in rows}
    days = f"select {by}, c.existence {source} and c.existence is not null"
    for first, second, day in index.rows(days, values):
        found[first, second].ages.append(today.toordinal() - day)
    return found


def _added(
    parts: Mapping[tuple[str, str], _Sums], kind: str, key_of: Callable[[tuple[str, str]], str]
) -> tuple[Figures, ...]:
    """The figures of the parts that have a key in common, the largest first."""
    together: dict[str, list[_Sums]] = {}
    for part, sums in parts.items():
        together.setdefault(key_of(part), []).append(sums)
    made = (_figures(kind, key, _sum(found)) for key, found in together.items())
    return tuple(sorted(made, key=lambda one: (-one.places, one.key)))


def _sum(parts: Sequence[_Sums]) -> _Sums:
    if len(parts) == 1:
        return parts[0]
    numbers = tuple(map(sum, zip(*(one.numbers for one in parts), strict=True)))
    return _Sums(numbers, [age for one in parts for age in one.ages])


def _named(index: Index, parts: Sequence[Figures]) -> tuple[Figures, ...]:
    """The same with their names beside their keys."""
    known = {
        (kind, value): (label, context)
        for kind, value, label, context in index.rows(
            "select facet, value, label, context from choice where facet in ('city', 'network')"
        )
    }
    regions = {one.key: (one.key, "") for one in parts if one.kind == "voivodeship"}
    found = []
    for one in parts:
        label, context = known.get((one.kind, one.key)) or regions.get(one.key) or (one.key, "")
        key = text.slug(one.key) if one.kind == "voivodeship" else one.key
        found.append(replace(one, key=key, label=label, context=context))
    return tuple(found)


def _sums(today: date, terms: Terms) -> str:
    """The columns that are added up, in the order in which `_figures` reads them."""
    parts = ["count(*)", "sum(c.known)", "sum(c.asked)"]
    parts += ["sum(p.type in ({}))".format(", ".join(f"'{code}'" for code in sorted(HALLS)))]
    parts += [f"sum(c.lacking >> {bit} & 1)" for bit in range(len(LACKS))]
    parts += [f"sum(p.precision = '{code}')" for code in PRECISIONS]
    for bit, name in enumerate(GROUPS):
        given = f"(c.given >> {bit} & 1)"
        after = months_before(today, terms.of(name)).toordinal()
        parts += [
            f"sum({given})",
            f"sum({given} and c.{name} is not null)",
            f"sum({given} and coalesce(c.{name} > {after}, 0))",
            f"sum({given} and coalesce(c.{name} > {after}, 0) and c.confirmed >> {bit} & 1)",
        ]
    return ", ".join(parts)


def _figures(kind: str, key: str, sums: _Sums) -> Figures:
    numbers = iter(sums.numbers)
    places, known, asked, halls = (next(numbers) for _ in range(4))
    lacking = {name: next(numbers) for name in LACKS}
    precision: dict[str, int] = {code: next(numbers) for code in PRECISIONS}
    groups = {name: Group(*(next(numbers) for _ in range(4))) for name in GROUPS}
    middle = median_low(sums.ages) if sums.ages else None
    return Figures(
        kind, key, key, "", places, known, asked, halls, lacking, precision, groups, middle
    )
