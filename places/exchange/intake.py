"""What would become of the catalogue if somebody's table were taken in: the plan of an import.

Nothing is written here, and nothing is half accepted: one refused row refuses the file.  A row of a
known place changes only the fields that it speaks of.  The clock and the maker of ids come from
outside, so that the same table gives the same plan.  `Care` is what the desk asks beside: whose
area it is, what was said of single rows, and that a constant is no better than what is known.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from places import amendments, text
from places.errors import Fault, Invalid, shortened
from places.exchange import careful, headers, tables
from places.exchange.duplicates import Register, Twin
from places.exchange.headers import Reading
from places.exchange.rows import Row, Table, Watch
from places.exchange.tables import Cell
from places.place import Place
from places.vocabulary import AUDIENCES, TYPES

Outcome = Literal["added", "changed", "same", "refused", "skipped"]
Duplicates = Literal["refuse", "accept", "skip"]
_OF_TOWN = ("address.gmina", "address.teryt", "address.voivodeship")
_AUDIENCES = {text.fold(name): code for code, name in AUDIENCES.items()}
_TYPES = {text.fold(kind.name): code for code, kind in TYPES.items()}


@dataclass(frozen=True, slots=True)
class Care:
    """How the desk takes a table in: a known place keeps what only a constant would change."""

    may: Callable[[Place], bool]
    """Whether the place lies where the table may change anything."""
    only_unknown: bool = False
    """Whether a known place only gets what is not known of it, and its number in lists."""
    same: Mapping[int, str] = field(default_factory=dict)
    """Rows that somebody took for a place we have."""
    apart: Collection[int] = ()
    """Rows that somebody took for a new place, whatever is alike."""
    passed: Collection[int] = ()
    """Rows that somebody passed over."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the person said beside the file, and what a run gets from outside."""

    today: date
    new_id: Callable[[], str]
    maps: Mapping[str, str] = field(default_factory=dict)
    """Our column, and theirs."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Cells for every row that has none of its own."""
    duplicates: Duplicates = "refuse"
    """What to do with a new place that is probably known."""
    care: Care | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One cell, before and after; empty means unknown."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one row."""

    row: int
    outcome: Outcome
    name: str
    place: Place | None = None
    changes: Sequence[Change] = ()
    filled: Mapping[str, str] = field(default_factory=dict)
    """What the row did not say and we know."""
    left_out: Mapping[str, str] = field(default_factory=dict)
    """What the row says and the record has no room for."""
    faults: Sequence[Fault] = ()
    twins: Sequence[Twin] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    """What is to be written, by column."""
    said: Mapping[str, Any] = field(default_factory=dict)
    """What the row itself says, by column."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The fate of every row, and the catalogue as it would be."""

    reading: Reading
    verdicts: Sequence[Verdict]
    places: Sequence[Place]

    def count(self, outcome: Outcome) -> int:
        """How many rows end so."""
        return sum(verdict.outcome == outcome for verdict in self.verdicts)


def plan(table: Table, catalogue: Sequence[Place], terms: Terms, watch: Watch[Row] = iter) -> Plan:
    """What taking the table into the catalogue would do.

    Raises Invalid when the terms name fields or columns that do not exist.
    """
    unknown = [Fault(name, "unknown_field") for name in terms.constants if not tables.column(name)]
    if unknown:
        raise Invalid(unknown)
    reading = headers.reading(table.headers, terms.maps)
    desk = _Desk(catalogue, terms)
    verdicts = [desk.decide(row, reading.cells(row.cells)) for row in watch(table.rows)]
    return Plan(reading, verdicts, list(desk.places.values()))


class _Desk:
    """The catalogue as it grows row by row."""

    def __init__(self, catalogue: Sequence[Place], terms: Terms) -> None:
        self.places = {one.id: one for one in catalogue}
        self._terms = terms
        self._care = terms.care
        self._rows: dict[str, int] = {}  # which row has spoken of a place
        self._given: set[int] = set()  # rows that came with an id of their own
        self._lists: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._towns: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._register = Register()
        for one in catalogue:
            if one.merged_into is None:  # Its numbers in lists are the other's now.
                for item in one.refs.items():
                    self._lists[item].append(one.id)
            self._towns[text.fold(one.address.city)].add(
                (one.address.gmina, one.address.teryt, one.address.voivodeship)
            )
            self._register.add(one)

    def decide(self, row: Row, cells: Mapping[str, Cell]) -> Verdict:
        values = tables.values({**self._terms.constants, **cells})
        name = str(values.get("name") or "")
        if self._care and row.number in self._care.passed:
            return Verdict(row.number, "skipped", name)
        if row.fault:
            return Verdict(row.number, "refused", name, faults=[row.fault])
        left_out = _one_phone(values)
        if isinstance(kind := values.get("type"), str):
            values["type"] = _TYPES.get(text.fold(kind), kind)
        if isinstance(people := values.get("audience"), list):
            values["audience"] = [_AUDIENCES.get(text.fold(str(one)), one) for one in people]
        said = {column: values[column] for column in tables.values(cells)}
        try:
            known = self._match(row.number, values)
            if known is None:
                verdict = self._add(row.number, values)
            else:
                verdict = self._change(row.number, known, values, said)
        except Invalid as error:
            return Verdict(row.number, "refused", name, faults=error.faults, said=said)
        entered = verdict.outcome in ("added", "changed")
        return replace(verdict, left_out=left_out if entered else {}, said=said)

    def _match(self, row: int, values: Mapping[str, Any]) -> Place | None:
        """The place of which the row speaks; None when it is new."""
        own = str(values.get("id") or "")
        if self._care and row in self._care.same:
            own = self._care.same[row]
        found = {own} if own else self._listed(values)
        if len(found) > 1:
            raise Invalid([Fault("refs", "several_places", ", ".join(sorted(found)))])
        for place_id in found & self._rows.keys():
            raise Invalid([Fault("id", "row_repeats", place_id, str(self._rows[place_id]))])
        if self._care and own and own not in self.places:
            raise Invalid([Fault("id", "no_such_place", shortened(own))])
        return self.places.get(found.pop()) if found else None

    def _listed(self, values: Mapping[str, Any]) -> set[str]:
        return {
            place_id
            for name, value in values.items()
            if name.startswith(tables.REFS) and isinstance(value, str)
            for place_id in self._lists.get((name.removeprefix(tables.REFS), value), ())
        }

    def _change(
        self, row: int, known: Place, values: Mapping[str, Any], said: Mapping[str, Any]
    ) -> Verdict:
        self._rows[known.id] = row
        if self._care:
            values = careful.values(known, values, said, only_unknown=self._care.only_unknown)
        place = amendments.applied(known, values)
        found = () if place == known else amendments.differences(known, place)
        if not found:
            return Verdict(row, "same", known.name, known)
        changes = [Change(one.field, _shown(one.before), _shown(one.after)) for one in found]
        wanted = {one.field: one.after for one in found}
        if self._care:
            careful.check(self._care.may, (known, place), wanted)
        if not any(change.field == "changed" for change in changes):
            place = place.model_copy(update={"changed": self._terms.today.isoformat()})
        self.places[known.id] = place
        return Verdict(row, "changed", known.name, place, changes, values=wanted)

    def _add(self, row: int, values: dict[str, Any]) -> Verdict:
        filled = self._filled(values)
        own_id = values.get("id")
        place_id = own_id or self._new_id()
        place = amendments.applied(None, {**filled, **values}, place_id=place_id)
        if self._care:
            careful.check(self._care.may, (place,), values)
        wanted = {**filled, **values}
        twins = self._twins(row, place, own_id is not None)
        if twins and not self._is_apart(row):
            skip = self._terms.duplicates == "skip"
            faults = [] if skip else [Fault("name", "probably_known")]
            outcome: Outcome = "skipped" if skip else "refused"
            return Verdict(
                row, outcome, place.name, place, faults=faults, twins=twins, values=wanted
            )
        self._rows[place.id] = row
        self.places[place.id] = place
        for item in place.refs.items():
            self._lists[item].append(place.id)
        shown = {name: str(value) for name, value in filled.items() if name != "added"}
        return Verdict(row, "added", place.name, place, filled=shown, twins=twins, values=wanted)

    def _is_apart(self, row: int) -> bool:
        accepted = self._care is not None and row in self._care.apart
        return accepted or self._terms.duplicates == "accept"

    def _filled(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a new row does not say and can be known."""
        found = {"added": self._terms.today.isoformat()}
        if values.get("lat") is not None:
            found["position.precision"] = "address"
        towns = {
            town
            for town in self._towns.get(text.fold(str(values.get("address.city") or "")), ())
            if all(values.get(name, own) == own for name, own in zip(_OF_TOWN, town, strict=True))
        }
        if len(towns) == 1:
            found |= dict(zip(_OF_TOWN, towns.pop(), strict=True))
        return {name: value for name, value in found.items() if name not in values}

    def _twins(self, row: int, place: Place, own_id: bool) -> list[Twin]:
        found = self._register.twins(place, row)
        self._register.add(place, row)
        if own_id:
            # Two rows with ids of their own are two places: somebody has decided that already.
            found = [twin for twin in found if twin.row not in self._given]
            self._given.add(row)
        return found

    def _new_id(self) -> str:
        while (made := self._terms.new_id()) in self.places:
            pass
        return made


def _one_phone(values: dict[str, Any]) -> dict[str, str]:
    """Keeps the first of several numbers, as lists of offices write them; what is left out."""
    first, *rest = re.split(r"\s*[;,]\s*", str(values.get("contact.phone") or ""))
    if not rest:
        return {}
    values["contact.phone"] = first
    return {"contact.phone": "; ".join(rest)}


def _shown(value: Any) -> str:
    return "" if value is None else str(tables.cell(value))
