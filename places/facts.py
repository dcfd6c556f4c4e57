"""The parts of a record: operator, address, contact, hours, rules, rooms, accessibility, sources.

Every field explains itself in the docstring under it; the JSON Schema carries the same words.
"""

from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from places import text
from places.vocabulary import Answer, Precision

LONGEST_TEXT = 20_000
MOST_ITEMS = 200
NO_GMINA = "00"
"""The end of a TERYT code of which only the beginning is known: in proposals, never published."""


def _cleaned(value: Any) -> Any:
    return text.clean(value) if isinstance(value, str) else value


def distinct(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """The items in their order, each once."""
    return tuple(dict.fromkeys(items))


@lru_cache(maxsize=4096)
def _real_date(value: str) -> str:
    year, month, day = [int(part) for part in value.split("-")] + [1, 1, 1][value.count("-") + 1 :]
    date(year, month, day)
    return value


LONGEST_RULE = 1_000
"""Letters.  Working out a rule grows with its length, and a week of hours needs a tenth of it."""

# Bounds stand before the validators, or they are lost on the way to the JSON Schema.
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), BeforeValidator(_cleaned)]
Rule = Annotated[str, Field(min_length=1, max_length=LONGEST_RULE), BeforeValidator(_cleaned)]
Url = Annotated[
    str,
    Field(pattern=r"^https?://[^\s/?#@]+\.[^\s@]+$", max_length=2000),
    BeforeValidator(_cleaned),
]
Email = Annotated[
    str,
    Field(pattern=r"^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$", max_length=254),
    BeforeValidator(_cleaned),
]
Phone = Annotated[
    str, Field(pattern=r"^\+?[0-9][0-9 ()./-]{2,30}( ?w\. ?[0-9]+)?$"), BeforeValidator(_cleaned)
]
PartialDate = Annotated[
    str, Field(pattern=r"^[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?$"), AfterValidator(_real_date)
]
Keywords = Annotated[tuple[Text, ...], Field(max_length=MOST_ITEMS), AfterValidator(distinct)]
Count = Annotated[int, Field(ge=1, le=100_000)]
SquareMetres = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]


class Record(BaseModel):
    """A part of a record: frozen, and closed to fields nobody knows."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, hide_input_in_errors=True
    )


class Operator(Record):
    """Who runs the place."""

    name: Text | None = None
    """The organisation, never a private person."""
    group: Text | None = None
    """The family of places it belongs to: "Miejska Strefa Kultury"."""
    legal_form: Text | None = None
    """Gmina, cultural institution, foundation, association, housing co-operative …"""
    contract_until: PartialDate | None = None
    """When the present contract or grant ends."""


class Address(Record):
    """Where it is, in words and codes."""

    city: Text
    """The town or village, as on a sign."""
    gmina: Text
    """The commune."""
    teryt: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    """The commune's TERYT code, six digits: the seventh changes when a village becomes a town."""
    voivodeship: Text
    """In lower case, as on a map: "małopolskie"."""
    street: Text | None = None
    """Street and number, as people write them: "ul. Na Kozłówce 25"."""
    postcode: Annotated[str, Field(pattern=r"^[0-9]{2}-[0-9]{3}$")] | None = None
    """Five digits with a dash."""
    district: Text | None = None
    """The city's district or estate council."""
    neighbourhood: Text | None = None
    """A part of the district people name."""


class Position(Record):
    """How exactly the point on the map is known."""

    precision: Precision
    """What the point stands for."""
    uncertainty_m: Annotated[int, Field(ge=1, le=100_000)]
    """Nine places in ten lie within this many metres of the point."""
    method: Text | None = None
    """How the point was found."""


class Contact(Record):
    """How to reach the place itself, never a private person."""

    phone: Phone | None = None
    """Of the place or its office."""
    email: Email | None = None
    """A role mailbox."""
    website: Url | None = None
    """The place's own page."""
    profiles: Annotated[tuple[Url, ...], Field(max_length=10), AfterValidator(distinct)] = ()
    """Pages elsewhere."""


class Hours(Record):
    """When one may come."""

    open: Rule | None = None
    """When anyone may walk in, in OSM `opening_hours` syntax."""
    open_note: Text | None = None
    """The same as the source words it, and what the syntax cannot say."""
    lending: Rule | None = None
    """When rooms may be lent, in OSM `opening_hours` syntax."""
    lending_note: Text | None = None
    """The same in words."""


class Rules(Record):
    """What a resident asks before coming, and the rules of the house."""

    free: Answer | None = None
    """Whether coming in and taking part is free of charge."""
    cost_note: Text | None = None
    """What it costs, as the source words it."""
    walk_in: Answer | None = None
    """Whether one may just walk in, without booking."""
    booking_note: Text | None = None
    """How to book."""
    booking_days_ahead: Annotated[int, Field(ge=0, le=366)] | None = None
    """How many days ahead."""
    residents_only: Answer | None = None
    """Whether one must live in the area."""
    children_alone: Answer | None = None
    """Whether a child may stay without a guardian."""
    children_alone_from: Annotated[int, Field(ge=0, le=18)] | None = None
    """From what age, in years."""
    own_meeting: Answer | None = None
    """Whether a resident may run a meeting of their own."""
    own_meeting_note: Text | None = None
    """On what terms."""
    non_commercial: Answer | None = None
    """Whether commercial events are ruled out."""
    no_politics: Answer | None = None
    """Whether political and religious events are ruled out."""
    key_holder: Text | None = None
    """Who holds the key: a role ("sołtys wsi"), never a private person's name or number."""


class Room(Record):
    """A room that may be used."""

    name: Text
    """What it is called."""
    area_m2: SquareMetres | None = None
    """Floor area, square metres."""
    people: Count | None = None
    """How many people fit."""
    equipment: Keywords = ()
    """What is in it."""


class Accessibility(Record):
    """Steps, toilets, hearing: three-valued, absent where nobody checked."""

    wheelchair: Answer | None = None
    """One may come in and move about in a wheelchair."""
    level_entrance: Answer | None = None
    """No step at the door."""
    ground_floor: Answer | None = None
    """All that matters is on the ground floor."""
    ramp: Answer | None = None
    """A ramp at the entrance."""
    lift: Answer | None = None
    """A lift to the other floors."""
    toilet: Answer | None = None
    """A toilet that visitors may use."""
    toilets_wheelchair: Answer | None = None
    """A toilet fit for a wheelchair."""
    parking_disabled: Answer | None = None
    """A parking space for disabled people."""
    assistance: Answer | None = None
    """Somebody helps when asked."""
    hearing_loop: Answer | None = None
    """An induction loop."""
    sign_language: Answer | None = None
    """Somebody signs in Polish Sign Language."""
    note: Text | None = None
    """The same as the source words it."""


class Check(Record):
    """When and by whom a group of facts was last checked."""

    on: PartialDate
    """Year, month or day, as exactly as it is known."""
    by: Literal["owner", "moderator", "source"]
    """`source` means: a public source of that date says so, nobody has confirmed it since."""


class Checks(Record):
    """The latest check of each group of facts."""

    existence: Check | None = None
    """That the place works."""
    address: Check | None = None
    """Where it is and how to reach it."""
    hours: Check | None = None
    """When it is open."""
    offer: Check | None = None
    """What happens there, for whom, on what terms."""
    accessibility: Check | None = None
    """Steps, toilets, hearing."""


class Source(Record):
    """Where facts come from."""

    url: Url | None = None
    """The page."""
    name: Text | None = None
    """What it is called, where there is no page or the page needs a word."""
    date: PartialDate | None = None
    """Of when it is; absent means unknown."""
    licence: Text | None = None
    """On what terms the facts may be used, where the source says."""

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if self.url is None and self.name is None:
            raise ValueError("source_empty")
        return self


class Photo(Record):
    """A picture of the place, re-encoded and stripped of what the camera wrote into it."""

    file: Annotated[str, Field(pattern=r"^[0-9a-z]{8}-[0-9a-f]{16}\.jpg$")]
    """In the folder `photos` beside the catalogue; a smaller one stands beside it."""
    alt: Annotated[str, Field(min_length=1, max_length=500), BeforeValidator(_cleaned)]
    """What is to be seen, for who does not see it."""
    author: Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(_cleaned)]
    """As the author wants to be named."""
    licence: Annotated[str, Field(min_length=1, max_length=100), BeforeValidator(_cleaned)]
    """On what terms it may be used: "CC BY 4.0"."""
    width: Count
    """Pixels."""
    height: Count
    """Pixels."""
