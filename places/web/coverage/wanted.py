"""What the two forms of next sites ask, read from an address or from a file of premises."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple
from urllib.parse import quote_plus

from places import text
from places.coverage import siting, whatif
from places.coverage.asked import FILTERS as CATALOGUE_FILTERS
from places.coverage.terms import GROUPS, MINUTES
from places.errors import Fault, Invalid, shortened
from places.geo import Point, in_poland

FILTERS = (*CATALOGUE_FILTERS, "audience", "access")
USUAL = {"count": "3", "minutes": "15", "group": "total", "candidates": "cells"}
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{0,30})?")
_SITES = (*USUAL, "own")
_WHATIF = ("place", "change", "to")
PARAMETERS = (*_SITES, *_WHATIF)
MOST_OWN = 100
_LONGEST_NAME = 120
_LONGEST_LINK = 48_000
"""Letters of an address that hold premises: a server takes no more than 64 KB of headers."""
_HEADERS = {
    "lat": ("lat", "latitude", "szerokosc", "szer", "y"),
    "lon": ("lon", "lng", "longitude", "dlugosc", "dlug", "x"),
    "name": ("name", "nazwa", "adres", "lokal"),
}


class Premises(NamedTuple):
    """A candidate of somebody's own."""

    lat: float
    lon: float
    name: str


@dataclass(frozen=True)
class Wanted:
    """What is asked; of kind "" nothing is, and the forms stand as they usually do."""

    kind: Literal["", "sites", "whatif"] = ""
    values: Mapping[str, str] = ()  # type: ignore[assignment]
    own: tuple[Premises, ...] = ()

    def get(self, name: str) -> str:
        """What stands in a field of the forms."""
        return dict(self.values).get(name) or USUAL.get(name, "")

    def args(self) -> dict[str, str]:
        """The same as parameters of an address."""
        names = {"sites": _SITES, "whatif": _WHATIF, "": ()}[self.kind]
        return {name: dict(self.values)[name] for name in names if dict(self.values).get(name)}

    def spec(self) -> dict[str, str]:
        """The same for the work; what means the same is the same, and is worked out once."""
        if self.kind == "whatif":
            return _change(dict(self.values))
        own = json.dumps([list(one) for one in self.own], ensure_ascii=False)
        found = {name: self.get(name) for name in USUAL}
        found["count"] = found["count"].lstrip("0")
        return {**found, "own": own} if found["candidates"] == "own" else found


def read(args: Mapping[str, Sequence[str]]) -> tuple[Wanted, tuple[Fault, ...]]:
    """What the parameters ask, and all that is wrong with them."""
    values = {
        name: next((one for one in args.get(name, ()) if one.strip()), "") for name in PARAMETERS
    }
    # Line ends of a form are CR LF; an address should not differ for that.
    values = {name: "\n".join(value.split("\r\n")).strip() for name, value in values.items()}
    if values["place"] or values["change"]:
        # Where to is another question's answer, unless somebody goes there.
        goes = values["change"] in ("", *whatif.POINTED)
        kept = {name: values[name] for name in _WHATIF if goes or name != "to"}
        return Wanted("whatif", kept), tuple(_whatif_faults(kept))
    if not any(values[name] for name in _SITES):
        return Wanted(values={}), ()
    chosen = {name: values[name] or USUAL.get(name, "") for name in _SITES}
    if chosen["own"]:  # Whoever typed a list means it, whatever else stands chosen.
        chosen["candidates"] = "own"
    own, faults = ((), []) if chosen["candidates"] != "own" else _lines(chosen["own"])
    return Wanted("sites", chosen, own), (*_sites_faults(chosen), *faults)


def from_table(content: bytes) -> list[Premises]:
    """The premises of a CSV file: with headers, or latitude, longitude, name in this order.

    Raises Invalid.
    """
    if not content.strip():
        raise Invalid([Fault("plik", "missing")])
    try:
        said = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = content.decode("cp1250", "replace")
    try:
        rows = [row for row in csv.reader(said.splitlines(), _dialect(said)) if any(row)]
    except csv.Error as error:  # A cell of more letters than any address has.
        raise Invalid([Fault("plik", "unreadable", "", shortened(error))]) from None
    places = _columns(rows[0]) if rows else None
    if places is not None:
        rows = [[row[n] if n < len(row) else "" for n in places] for row in rows[1:]]
        rows.insert(0, [])  # So that lines are counted as they stand in the file.
    found, faults = _lines("\n".join(";".join(row[:3]) for row in rows))
    if faults:
        raise Invalid([Fault("plik", one.code, one.value, one.limit, one.where) for one in faults])
    if len(quote_plus(as_lines(found))) > _LONGEST_LINK:
        raise Invalid([Fault("plik", "too_long", limit=str(_LONGEST_LINK))])
    return list(found)


def as_lines(own: Sequence[Premises]) -> str:
    """Premises as the field of the form holds them, one a line."""
    return "\n".join(f"{one.lat}, {one.lon}, {one.name}".rstrip(", ") for one in own)


def _whatif_faults(values: Mapping[str, str]) -> list[Fault]:
    change, place, faults = values["change"], values["place"], []
    if change == "open" and place:
        faults.append(Fault("place", "not_of_new", shortened(place)))
    elif change != "open" and not place:
        faults.append(Fault("place", "missing"))
    if not change:
        faults.append(Fault("change", "missing"))
    elif change not in whatif.CHANGES:
        limit = ", ".join(whatif.CHANGES)
        faults.append(Fault("change", "not_in_list", shortened(change), limit))
    return [*faults, *(_pointed(values["to"]) if change in whatif.POINTED else ())]


def _pointed(said: str) -> list[Fault]:
    """What is wrong with where somebody goes to; names have become points before."""
    if not said:
        return [Fault("to", "point_needed")]
    parts = said.split(",")
    at = _numbers(parts) if len(parts) == 2 else None
    wrong = "not_a_point" if at is None else whatif.beyond(at)
    return [Fault("to", wrong, shortened(said))] if wrong else []


def _change(values: Mapping[str, str]) -> dict[str, str]:
    found = {name: values[name] for name in ("place", "change") if values[name]}
    to = point(values["to"].split(",")) if values["change"] in whatif.POINTED else None
    return found if to is None else {**found, "to": f"{to.lat},{to.lon}"}


def _sites_faults(values: Mapping[str, str]) -> list[Fault]:
    faults, count = [], values["count"]
    digits = count.lstrip("0") if count.isascii() and count.isdecimal() else ""
    if not (0 < len(digits) <= 6 and int(digits) <= siting.MOST_SITES):
        faults.append(Fault("count", "out_of_range", shortened(count), f"1–{siting.MOST_SITES}"))
    lists: Mapping[str, Sequence[str]] = {
        "minutes": [str(one) for one in MINUTES], "group": list(GROUPS), "candidates": siting.KINDS,
    }  # fmt: skip
    faults += [
        Fault(name, "not_in_list", shortened(values[name]), ", ".join(known))
        for name, known in lists.items()
        if values[name] not in known
    ]
    return faults


def _lines(said: str) -> tuple[tuple[Premises, ...], list[Fault]]:
    lines = [(n, line) for n, line in enumerate(said.splitlines(), 1) if line.strip()]
    if not lines:
        return (), [Fault("own", "missing")]
    if len(lines) > MOST_OWN:
        return (), [Fault("own", "too_many", "", str(MOST_OWN))]
    found, faults = [], []
    for n, line in lines:
        parts: list[Any] = line.split(";", 2) if ";" in line else line.split(",", 2)
        at = point(parts)
        if at is None:
            faults.append(Fault("own", "not_a_point", shortened(line), where=f"line {n}"))
        else:
            name = text.clean(parts[2])[:_LONGEST_NAME] if len(parts) > 2 else ""
            found.append(Premises(at.lat, at.lon, name))
    return tuple(found), faults[:10]


def point(parts: Sequence[str]) -> Point | None:
    """The point of a latitude and a longitude as they were typed; None where it is none, or lies
    outside Poland."""
    found = _numbers(parts)
    return found if found is not None and in_poland(found) else None


def _numbers(parts: Sequence[str]) -> Point | None:
    """The point, to about a metre: finer ones would only be other questions with one answer."""
    if len(parts) < 2 or not all(_DEGREES.fullmatch(one.strip()) for one in parts[:2]):
        return None
    lat, lon = (round(float(one.strip().replace(",", ".")), 5) for one in parts[:2])
    return Point(lat, lon)


def _dialect(said: str) -> type[csv.Dialect]:
    class Dialect(csv.excel):
        delimiter = max(";\t,", key=said.partition("\n")[0].count)

    return Dialect


def _columns(header: Sequence[str]) -> list[int] | None:
    """Where latitude, longitude and name stand, if this is a line of headers."""
    keys = [text.fold(one.strip()) for one in header]
    places = {
        name: next((n for n, key in enumerate(keys) if key in known), None)
        for name, known in _HEADERS.items()
    }
    if places["lat"] is None or places["lon"] is None:
        return None
    return [len(keys) if places[name] is None else int(places[name] or 0) for name in _HEADERS]
