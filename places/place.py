"""What a place is: the record, its keys in addresses, and what makes one acceptable.

One declaration serves four readers.  Pydantic checks input with it (all faults at once),
the JSON Schema at `/api/schema/place.json` is made from it, `geojson.py` writes its fields in
this order, and spreadsheets take their columns from it.  A field that is empty is
*unknown*: unknown is never "no".
"""

import math
import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from places import hours, text
from places.errors import Fault, Invalid, shortened
from places.facts import (
    MOST_ITEMS,
    Accessibility,
    Address,
    Checks,
    Contact,
    Count,
    Hours,
    Keywords,
    Operator,
    PartialDate,
    Photo,
    Position,
    Record,
    Room,
    Rules,
    Source,
    SquareMetres,
    Text,
    distinct,
)
from places.geo import Point, in_poland
from places.vocabulary import LISTED, PINNED, VAGUEST_ON_MAP, Audience, Doubt, Status, Type, Value

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"  # of base 32: no 0, 1, 8 or 9 to misread


class Place(Record):
    """A neighbourhood open place."""

    id: Annotated[str, Field(pattern=r"^[0-9a-z]{8}$")]
    """Permanent and opaque: eight letters and digits."""
    point: Point
    """Where it is drawn; `position` says how exactly."""
    name: Text
    """As on the door."""
    other_names: Keywords = ()
    """What else people call it."""
    type: Type
    """What the place is."""
    networks: Keywords = ()
    """Programmes and families of places whose status it holds: MAL, CAL, MAM …"""
    values: Annotated[tuple[Value, ...], AfterValidator(distinct)] = ()
    """What it commits to, as its network asks."""
    status: Status = "open"
    """Where it is in its life."""
    status_note: Text | None = None
    """Why, and until when."""
    valid_from: PartialDate | None = None
    """The first day of this edition of the programme."""
    valid_to: PartialDate | None = None
    """Its last day."""
    summary: Text | None = None
    """What happens here, in a sentence or two."""
    operator: Operator = Operator()
    """Who runs it."""
    address: Address
    """Where it is, in words and codes."""
    position: Position
    """How exactly the point is known."""
    door: Text | None = None
    """How to find the entrance."""
    journey: Text | None = None
    """How to get there."""
    catchment: Keywords = ()
    """The estates or villages it serves."""
    contact: Contact = Contact()
    """How to reach it."""
    hours: Hours = Hours()
    """When one may come."""
    rules: Rules = Rules()
    """On what terms."""
    rooms: Annotated[tuple[Room, ...], Field(max_length=MOST_ITEMS)] = ()
    """Rooms that may be used."""
    capacity_people: Count | None = None
    """How many people fit in all."""
    area_m2: SquareMetres | None = None
    """Floor area in all, square metres."""
    facilities: Keywords = ()
    """What is there: kitchen, stage, projector …"""
    activities: Keywords = ()
    """What happens there."""
    audience: Annotated[tuple[Audience, ...], AfterValidator(distinct)] = ()
    """For whom, as the source says; empty means unknown."""
    languages: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...],
        Field(max_length=MOST_ITEMS),
        AfterValidator(distinct),
    ] = ()
    """ISO 639 codes of the languages people can be helped in."""
    accessibility: Accessibility = Accessibility()
    """Steps, toilets, hearing."""
    photos: Annotated[tuple[Photo, ...], Field(max_length=5)] = ()
    """What it looks like."""
    doubts: Annotated[tuple[Doubt, ...], AfterValidator(distinct)] = ()
    """What about this record still has to be confirmed."""
    checked: Checks = Checks()
    """When each group of facts was last checked, and by whom."""
    sources: Annotated[tuple[Source, ...], Field(max_length=MOST_ITEMS)] = ()
    """Where the facts come from."""
    licence: Text | None = None
    """The licence of this record, where it differs from the catalogue's."""
    refs: Annotated[
        dict[Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")], Text],
        Field(max_length=MOST_ITEMS, json_schema_extra={"additionalProperties": False}),
    ] = {}
    """Ids of the same place in other lists, by the list's short name."""
    merged_into: Annotated[str, Field(pattern=r"^[0-9a-z]{8}$")] | None = None
    """The record that this one turned out to repeat; its address leads there."""
    added: PartialDate | None = None
    """When it came into the catalogue."""
    changed: PartialDate | None = None
    """When the record last changed."""

    @model_validator(mode="after")
    def _lies_in_poland(self) -> Self:
        if not all(map(math.isfinite, self.point)):
            raise ValueError("not_a_number")
        if not in_poland(self.point):
            swapped = in_poland(Point(self.point.lon, self.point.lat))
            raise ValueError("axes_swapped" if swapped else "outside_poland")
        return self

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("ends_before_begins")
        return self

    @classmethod
    def read(cls, fields: Mapping[str, Any]) -> "Place":
        """A place from nested fields (`point` is (lat, lon)).

        Raises Invalid with all the faults.
        """
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            raise Invalid(_faults(error, fields)) from None

    @property
    def slug(self) -> str:
        """The readable part of its address: "klub-zak-gdansk"; never empty."""
        own = text.slug(self.name)
        city = text.slug(self.address.city)
        whole = own if not city or city in own else text.slug(f"{own} {city}")
        return whole or text.slug(self.type)  # A name may have no Latin letter at all.

    @property
    def listed(self) -> bool:
        """Whether it stands in lists and on maps."""
        return self.status in LISTED

    @property
    def on_map(self) -> bool:
        """Whether the point is known well enough to be drawn."""
        return self.position.uncertainty_m <= VAGUEST_ON_MAP

    @property
    def pinned(self) -> bool:
        """Whether it is drawn as a pin, not as a circle."""
        return self.position.precision in PINNED


def new_id() -> str:
    """An id that no place has, as far as chance goes: whoever needs to be sure asks."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def city_key(address: Address) -> str:
    """The town or village in a URL: "krakow", and "swolowo-slupsk" for a village in a gmina.

    It is made from the record alone, so it never changes when other places come or go.
    """
    city, gmina = text.slug(address.city), text.slug(address.gmina)
    return city if city == gmina else f"{city}-{gmina}"


def district_key(address: Address) -> str | None:
    """The district in a URL, with its city: "krakow/podgorze"; None where it is not known."""
    if address.district is None:
        return None
    return f"{city_key(address)}/{text.slug(address.district)}"


def network_key(network: str) -> str:
    """The network in a URL: "Senior+" gives "senior-plus"."""
    return text.slug(network.replace("+", " plus"))


def concerns(place: Place) -> list[Fault]:
    """What is well-formed and still wrong: named by the check, refused on entry.

    The catalogue is read in spite of it, so that one bad rule of hours hides no place.
    """
    found = wrong_hours({"open": place.hours.open, "lending": place.hours.lending})
    if not place.sources:
        found.append(Fault("sources", "missing"))
    return found


def wrong_hours(given: Mapping[str, Any]) -> list[Fault]:
    """The rules of hours nobody understands, also of a record that is no place yet."""
    rules = ((name, given.get(name)) for name in ("open", "lending"))
    return [
        Fault(f"hours.{name}", wrong[1], shortened(rule), str(wrong[0]))
        for name, rule in rules
        if isinstance(rule, str) and (wrong := hours.fault(text.clean(rule))) is not None
    ]


# Pydantic's words for what happened, in ours.
_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "literal_error": "not_in_list",
    "string_pattern_mismatch": "pattern",
    "string_too_long": "too_long",
    "string_too_short": "empty",
    "too_long": "too_many",
    "greater_than": "too_small",
    "greater_than_equal": "too_small",
    "less_than": "too_big",
    "less_than_equal": "too_big",
    "finite_number": "not_a_number",
    "int_from_float": "not_a_number",
    "float_parsing": "not_a_number",
    "int_parsing": "not_a_number",
    "float_type": "not_a_number",
    "int_type": "not_a_number",
}
_OURS = {
    "axes_swapped": "point",
    "outside_poland": "point",
    "not_a_number": "point",
    "ends_before_begins": "valid_to",
}
_LIMITS = ("expected", "pattern", "max_length", "ge", "gt", "le", "lt")


def _faults(error: ValidationError, fields: Mapping[str, Any]) -> Iterable[Fault]:
    for one in error.errors(include_url=False):
        path = ".".join(str(part) for part in one["loc"])
        context = one.get("ctx", {})
        if one["type"] == "value_error":
            word = str(context.get("error", ""))
            code = word if re.fullmatch(r"[a-z_]+", word) else "not_a_date"
            path = path or _OURS.get(code, "")
        else:
            code = _CODES.get(one["type"], "wrong_type")
        limit = next((str(context[name]) for name in _LIMITS if name in context), "")
        given = "" if code == "missing" else shortened(_given(fields, one["loc"]))
        yield Fault(path, code, given, limit)


def _given(fields: Any, path: tuple[int | str, ...]) -> Any:
    for part in path:
        try:
            fields = fields[part]
        except (KeyError, IndexError, TypeError):
            return ""
    return fields if not isinstance(fields, Mapping) else ""
