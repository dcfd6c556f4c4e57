"""The rows that a place becomes in the tables of the index.

Words are kept as they stand, folded, and in their dictionary forms; facts that few places tell
(for whom, how accessible, at what price) are kept as traits, each with how far it is so.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from places import hours, lemmas, place, text
from places.geo import on_sphere
from places.known import pairs_of
from places.place import Place
from places.vocabulary import AUDIENCES, NETWORKS, TYPES

YES, INFERRED, LIMITED, UNKNOWN, ELSE, NO = 2.0, 1.9, 1.5, 1.0, 0.7, 0.0
"""How far a trait is so.  UNKNOWN is what no row says; ELSE: it is said to be for others."""
_ANSWERS = {"yes": YES, "limited": LIMITED, "no": NO}
# What a type or an activity says of those it is for, where the source names nobody.
_BY_TYPE = {
    "klub_seniora": "seniors", "klub_mlodziezowy": "teens", "swietlica_srodowiskowa": "children",
    "centrum_ngo": "groups", "centrum_wielokulturowe": "migrants",
}  # fmt: skip
_BY_WORD = {
    "dziecko": "children", "maluch": "children", "mlodziez": "teens", "senior": "seniors",
    "rodzina": "families", "rodzinny": "families", "dorosly": "adults", "organizacja": "groups",
}  # fmt: skip
# Who can come in by one way can come in by the others that ask for less.
_IMPLIED = {"wheelchair": ("level_entrance",), "level_entrance": ("wheelchair",),
            "ground_floor": ("level_entrance", "wheelchair")}  # fmt: skip


class Row(NamedTuple):
    """A place on its way into the index."""

    digest: bytes
    """Of its line in the catalogue: tells whether the line has changed."""
    feature: str
    """The line itself."""
    place: Place
    """What the line says."""


def choices_of(one: Place) -> Iterator[tuple[str, str, str, str, str]]:
    """The facet values a place stands under: (facet, value, slug of the label, label, context)."""
    city, address = place.city_key(one.address), one.address
    context = address.voivodeship
    if address.city != address.gmina:
        context = f"gm. {address.gmina}, {context}"
    yield "city", city, text.slug(address.city), address.city, context
    district = place.district_key(address)
    if district is not None and address.district is not None:
        name = address.district
        yield "district", district, text.slug(name), name, address.city
    kind = TYPES[one.type]
    yield "gmina", address.teryt, text.slug(address.gmina), address.gmina, address.voivodeship
    for key, name in _parts(one):
        yield "part", key, text.slug(name), name, address.city
    yield "type", one.type, text.slug(one.type), kind.name, ""
    for network in one.networks:
        key = place.network_key(network)
        yield "network", key, key, network, NETWORKS.get(network, "")


def place_row(
    n: int, one: Place, rules: Mapping[tuple[str, str], int]
) -> dict[str, str | int | float | None]:
    x, y, z = on_sphere(one.point)
    return {
        "n": n,
        "id": one.id,
        "name": one.name,
        "sort_key": text.sort_key(one.name),
        "slug": one.slug,
        "type": one.type,
        "city": place.city_key(one.address),
        "city_name": one.address.city,
        "district": place.district_key(one.address),
        "gmina": one.address.teryt,
        "voivodeship": one.address.voivodeship,
        "rule": rules.get(rule_of(one) or ("", "")),
        "networks": " ".join(sorted({place.network_key(name) for name in one.networks})),
        "postcode": one.address.postcode,
        "lat": one.point.lat,
        "lon": one.point.lon,
        "x": x,
        "y": y,
        "z": z,
        "precision": one.position.precision,
        "uncertainty_m": one.position.uncertainty_m,
        "drawn": int(one.on_map),
        "checked": one.checked.existence.on if one.checked.existence else None,
    }


def words_of(one: Place) -> dict[str, str]:
    """What a place is found by, in columns of falling weight."""
    kind, address, rules = TYPES[one.type], one.address, one.rules
    networks = [word for name in one.networks for word in (name, NETWORKS.get(name, ""))]
    rooms = [word for room in one.rooms for word in (room.name, *room.equipment)]
    where = [
        address.city, address.district, address.neighbourhood, address.street, address.postcode,
        address.gmina, address.voivodeship, *one.catchment,
    ]  # fmt: skip
    audience = [AUDIENCES[code] for code in one.audience]
    rest = [
        one.operator.name, one.operator.group, one.summary, one.door, rules.cost_note,
        rules.own_meeting_note,
    ]  # fmt: skip
    return {
        "name": _folded([one.name, *one.other_names]),
        "network": _folded(networks),
        "kind": _folded([kind.name, kind.plural]),
        "address": _folded(where),
        "offer": _folded([*one.activities, *one.facilities, *audience, *rooms]),
        "rest": _folded(rest),
    }


def rule_of(one: Place) -> tuple[str, str] | None:
    """The usable rule of hours, and the voivodeship whose school holidays it keeps."""
    rule = one.hours.open
    if rule is None or hours.fault_in(rule) is not None:
        return None
    return rule, one.address.voivodeship


def pairs(one: Place) -> set[tuple[str, str]]:
    """The neighbouring words of its names, see known.py."""
    own = [part for part in (one.address.city, one.address.district) if part]
    return {pair for name in (one.name, *one.other_names) for pair in pairs_of(name, *own)}


def traits(one: Place) -> dict[tuple[str, str], float]:
    """(kind, value) and how far it is so."""
    found = {("part", key): YES for key, _ in _parts(one)}
    found |= {("audience", value): YES for value in _audience(one)}
    if one.rules.free is not None:
        found["free", "yes"] = _ANSWERS[one.rules.free]
    for name, answer in one.accessibility:
        if name == "note" or answer is None:
            continue
        found["accessibility", name] = _ANSWERS[answer]
        for implied in _IMPLIED.get(name, ()) if answer == "yes" else ():
            found.setdefault(("accessibility", implied), INFERRED)
    return found


def _audience(one: Place) -> set[str]:
    if one.audience:
        return {*one.audience, *(AUDIENCES if "everyone" in one.audience else ())}
    forms = {form for name in one.activities for form in lemmas.forms_in(name)}
    found = {code for word, code in _BY_WORD.items() if word in forms}
    return found | ({_BY_TYPE[one.type]} if one.type in _BY_TYPE else set())


def _parts(one: Place) -> Iterator[tuple[str, str]]:
    """The district and the neighbourhood: (key, name)."""
    city = place.city_key(one.address)
    for name in (one.address.district, one.address.neighbourhood):
        if name is not None:
            yield f"{city}/{text.slug(name)}", name


def _folded(parts: Iterable[str | None]) -> str:
    return " ".join(lemmas.held(part) for part in parts if part)
