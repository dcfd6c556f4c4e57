"""What a record lacks and how old its facts are: one row of the index for each place.

The questions are those of the answer card (`web/words/questions.py`), and known means here what it
means there.  Counting them when a place is taken in lets `quality.py` answer for a whole country
without reading a record.  Days are ordinals, so that SQLite compares whole numbers.
"""

from collections.abc import Callable, Mapping

from places.facts import Record
from places.freshness import GROUPS, first_day, last_day
from places.place import Place

HALLS = frozenset({"swietlica", "remiza"})
"""Types whose visitors also ask what the hall costs, how many people fit, who holds the key."""


def _told(part: Record, but: str = "") -> bool:
    """Whether any field of a part of the record is known."""
    # Not model_dump, which takes ten times as long, for every place of an import.
    return any(value is not None and name != but for name, value in part.__dict__.items())


_QUESTIONS: Mapping[str, Callable[[Place], object]] = {
    "hours": lambda one: one.hours.open or one.hours.open_note,
    "contact": lambda one: (
        one.contact.phone or one.contact.email or one.contact.website or one.contact.profiles
    ),
    "offer": lambda one: one.summary or one.activities or one.audience or one.languages,
    "access": lambda one: _told(one.accessibility, but="note"),
    "free": lambda one: one.rules.free or (None if one.type in HALLS else one.rules.cost_note),
    "walk_in": lambda one: one.rules.walk_in or one.rules.booking_note,
    "residents_only": lambda one: one.rules.residents_only,
    "children_alone": lambda one: one.rules.children_alone,
    "own_meeting": lambda one: one.rules.own_meeting or one.rules.own_meeting_note,
}
OF_HALLS: Mapping[str, Callable[[Place], object]] = {
    "cost": lambda one: one.rules.cost_note,
    "people": lambda one: one.capacity_people or one.area_m2,
    "kitchen": lambda one: any("kuchni" in item.casefold() for item in one.facilities),
    "key": lambda one: one.rules.key_holder,
}
_ELSE: Mapping[str, Callable[[Place], object]] = {
    "photo": lambda one: one.photos,
    "position": lambda one: one.pinned,
    "certainty": lambda one: not one.doubts,
}
QUESTIONS = (*_QUESTIONS, *OF_HALLS)
"""What residents ask."""
LACKS = (*QUESTIONS, *_ELSE)
"""What a record may lack; the place in this list is the bit in the column `lacking`."""

_GIVEN: Mapping[str, Callable[[Place], object]] = {
    "existence": lambda one: one.name,
    "address": lambda one: one.address.street,
    "hours": lambda one: _told(one.hours),
    "offer": lambda one: (
        one.summary or one.activities or one.audience or one.facilities or one.rooms
        or one.languages or _told(one.rules)
    ),
    "accessibility": lambda one: _told(one.accessibility),
}  # fmt: skip

TABLE = """
create table care (n integer primary key, lacking integer not null, lacks integer not null,
    known integer not null, asked integer not null, given integer not null,
    confirmed integer not null, existence integer, address integer, hours integer, offer integer,
    accessibility integer, ends integer);
"""
"""`given` and `confirmed` have a bit for each of GROUPS: something is known; people vouched."""


_ORDINARY = {**_QUESTIONS, **_ELSE}
_ALL = {**_QUESTIONS, **OF_HALLS, **_ELSE}
_BITS = {name: 1 << place for place, name in enumerate(LACKS)}
_GROUP_BITS = {name: 1 << place for place, name in enumerate(GROUPS)}


def given(one: Place) -> tuple[str, ...]:
    """The groups of facts of which anything is known; the others are missing, not unchecked."""
    return tuple(name for name, known in _GIVEN.items() if known(one))


def lacking(one: Place) -> tuple[str, ...]:
    """What is not known of a place, of all that is asked of one of its type."""
    return tuple(name for name, known in _asked(one).items() if not known(one))


def row(n: int, one: Place) -> dict[str, int | None]:
    """The place's row."""
    gaps = lacking(one)
    asked = len(_asked(one)) - len(_ELSE)
    checks = {name: getattr(one.checked, name) for name in GROUPS}
    return {
        "n": n,
        "lacking": sum(_BITS[name] for name in gaps),
        "lacks": len(gaps),
        "known": asked - sum(name not in _ELSE for name in gaps),
        "asked": asked,
        "given": sum(_GROUP_BITS[name] for name in given(one)),
        "confirmed": sum(
            _GROUP_BITS[name] for name, made in checks.items() if made and made.by != "source"
        ),
        **{name: first_day(made.on).toordinal() if made else None for name, made in checks.items()},
        "ends": last_day(one.valid_to).toordinal() if one.valid_to else None,
    }


def _asked(one: Place) -> Mapping[str, Callable[[Place], object]]:
    return _ALL if one.type in HALLS else _ORDINARY
