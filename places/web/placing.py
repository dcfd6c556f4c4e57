"""Where the place of a form is: picked on a map, found by its address, or known by its settlement.

A point says how exactly it is known, and nothing is asked that can be found out.  What cannot be
(a village that shares its name, a gmina nobody here knows) becomes one question more, and a code
that stays unknown is given by its beginning with zeros, for a moderator to complete.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from places import localities, text
from places.errors import Fault, Invalid, shortened
from places.facts import NO_GMINA
from places.geo import Point, in_poland
from places.localities import Locality
from places.vocabulary import PINNED
from places.web import current
from places.web.forms import Form

FIELDS = ("address.city", "address.gmina", "address.voivodeship", "point", "locality")
"""What on the form says where the place is, beside its street."""
ANOTHER = "inna"
"""The answer that none of the settlements offered is meant."""
_DEGREES = re.compile(r"\s*(-?\d{1,3}(?:[.,]\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:[.,]\d+)?)\s*")
_EXACT = 30
"""Metres within which a person hits a house on a map."""
_PRECISIONS = ((100, "address"), (400, "street"), (1_500, "neighbourhood"), (100_000, "locality"))
_GEOCODED = 75


@dataclass(frozen=True, slots=True)
class Placed:
    """What the form says of where the place is."""

    values: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    choices: tuple[Locality, ...] = ()
    """Settlements of that name, when one has to be chosen."""
    asks_gmina: bool = False
    """Whether the gmina and the voivodeship must be asked."""


def read(form: Form) -> Placed:
    """The columns of the address and the point, or what has to be asked first."""
    city = text.clean(form.get("address.city", ""))
    point, wrong = _point(form)
    if not city:
        return Placed(faults=(Fault("address.city", "missing"), *wrong))
    gmina = text.clean(form.get("address.gmina", ""))
    found = localities.named(current.index(), city)
    found = tuple(one for one in found if not (gmina and one.sure) or _is(one, gmina))
    chosen = localities.meant(found, key=form.get("locality", ""), point=point, gmina=gmina)
    if chosen is None and found and point is None and form.get("locality") != ANOTHER:
        return Placed(faults=(Fault("locality", "which_locality"), *wrong), choices=found)
    if chosen is None:
        return _unlisted(form, city, gmina, point, wrong)
    if gmina:
        chosen = localities.in_gmina(current.index(), chosen, gmina)
    elif not chosen.gmina:
        return Placed(faults=(Fault("address.gmina", "gmina_needed"), *wrong), asks_gmina=True)
    return Placed(_address(chosen) | _position(form, chosen, point), tuple(wrong))


def moved(form: Form) -> Placed:
    """Only a new point, for a place whose address stays."""
    point, wrong = _point(form)
    return Placed(_pointed(form, point) if point else {}, tuple(wrong))


def written(known: Mapping[str, Any]) -> dict[str, str]:
    """What the form shows of a record's address and point."""
    shown = {name: str(known[name]) for name in FIELDS if name in known}
    # The middle of a town is no point that somebody could correct.
    if known.get("position.precision") in PINNED:
        shown["point"] = f"{known['lat']:.5f}, {known['lon']:.5f}"
    return shown


def _is(one: Locality, gmina: str) -> bool:
    return text.words(one.gmina) == text.words(gmina)


def _unlisted(form: Form, city: str, gmina: str, point: Point | None, wrong: list[Fault]) -> Placed:
    index = current.index()
    near = localities.around(index, point) if point else None
    region = form.get("address.voivodeship", "") or (near.voivodeship if near else "")
    faults = list(wrong)
    if not gmina:
        faults.append(Fault("address.gmina", "gmina_needed"))
    if region not in localities.voivodeships(index):
        faults.append(Fault("address.voivodeship", "missing"))
    chosen = localities.unlisted(index, city, gmina, region, point) if not faults else None
    if chosen is None:
        faults = faults or [Fault("point", "point_needed")]
        return Placed(faults=tuple(faults), asks_gmina=True)
    return Placed(_address(chosen) | _position(form, chosen, point))


def _address(one: Locality) -> dict[str, Any]:
    known = {
        "address.city": one.name,
        "address.gmina": one.gmina,
        "address.teryt": one.teryt if len(one.teryt) == 6 else one.teryt.ljust(4, "0") + NO_GMINA,
        "address.voivodeship": one.voivodeship,
    }
    if one.district:
        known["address.district"] = one.district
    return known


def _position(form: Form, chosen: Locality, point: Point | None) -> dict[str, Any]:
    if point is not None:
        return _pointed(form, point)
    street = text.clean(form.get("address.street", ""))
    if street and (spot := _geocoded(f"{street}, {chosen.name}", chosen)):
        return _at(spot[0], "address", _GEOCODED, f"geocoder_{spot[1]}")
    if chosen.population == 0 and not chosen.powiat and chosen.uncertainty_m > 2_000:
        return _at(chosen.point, "gmina", chosen.uncertainty_m, "gmina_point")
    kind = "district" if chosen.district else "locality"
    return _at(chosen.point, kind, chosen.uncertainty_m, "settlement_point")


def _geocoded(address: str, chosen: Locality) -> tuple[Point, str] | None:
    asked = current.geocoding()
    if not asked.geocoders:
        return None
    current.close()  # An open index counts its seconds, and a geocoder takes some.
    try:
        spot = asked.find(address)
    except Invalid:
        return None  # The middle of the settlement is still there.
    return (spot.point, spot.source) if spot and chosen.holds(spot.point) else None


def _pointed(form: Form, point: Point) -> dict[str, Any]:
    said = form.get("accuracy", "")
    metres = max(_EXACT, int(said)) if re.fullmatch("[0-9]{1,5}", said) else _EXACT
    precision = next(kind for most, kind in _PRECISIONS if metres <= most)
    method = "device" if re.fullmatch("[0-9]{1,5}", said) else "pointed_on_map"
    return _at(point, precision, metres, method)


def _at(point: Point, precision: str, metres: int, method: str) -> dict[str, Any]:
    return {
        "lat": point.lat,
        "lon": point.lon,
        "position.precision": precision,
        "position.uncertainty_m": metres,
        "position.method": method,
    }


def _point(form: Form) -> tuple[Point | None, list[Fault]]:
    said = form.get("point", "").strip()
    if not said:
        return None, []
    found = _DEGREES.fullmatch(said)
    if found is None:
        return None, [Fault("point", "not_a_point", shortened(said))]
    point = Point(*(round(float(one.replace(",", ".")), 6) for one in found.groups()))
    if in_poland(point):
        return point, []
    swapped = in_poland(Point(point.lon, point.lat))
    return None, [Fault("point", "axes_swapped" if swapped else "outside_poland", shortened(said))]
