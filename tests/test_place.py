"""What makes a record acceptable, and how a refusal says all that is wrong."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import place
from places.errors import Invalid
from places.place import Place
from tests.builders import a_place, fields
from tests.strategies import places

HOSTILE = "${alert(1)}<img src=x onerror=alert(1)>`'\"); drop table place; -- AND OR NOT NEAR(*"


def faults_of(**changes: Any) -> dict[str, str]:
    """What is refused of a record: the field and the code of each fault."""
    with pytest.raises(Invalid) as refused:
        Place.read(fields(**changes))
    return {fault.field: fault.code for fault in refused.value.faults}


def test_all_faults_are_named_at_once() -> None:
    """A record with many mistakes is refused with every one of them, by field."""
    found = faults_of(
        **{
            "id": "KRÓTKI",
            "name": "",
            "type": "kino",
            "address.teryt": "12",
            "address.city": None,
            "position.uncertainty_m": 0,
            "contact": {"email": "nie-adres"},
            "rules": {"booking_days_ahead": 1000},
            "kolor": "zielony",
        }
    )
    assert found == {
        "id": "pattern",
        "name": "empty",
        "type": "not_in_list",
        "address.teryt": "pattern",
        "address.city": "missing",
        "position.uncertainty_m": "too_small",
        "contact.email": "pattern",
        "rules.booking_days_ahead": "too_big",
        "kolor": "unknown_field",
    }


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"point": (19.97, 50.02)}, ("point", "axes_swapped")),
        ({"point": (math.nan, 19.97)}, ("point", "not_a_number")),
        ({"point": (50.02, math.inf)}, ("point", "not_a_number")),
        ({"point": (52.52, 13.405)}, ("point", "outside_poland")),
        ({"point": (0, 0)}, ("point", "outside_poland")),
        ({"valid_from": "2026-05", "valid_to": "2026-04"}, ("valid_to", "ends_before_begins")),
        ({"added": "2026-02-30"}, ("added", "not_a_date")),
        ({"added": "2026-13"}, ("added", "not_a_date")),
        ({"added": "wczoraj"}, ("added", "pattern")),
        ({"sources": [{"date": "2026"}]}, ("sources.0", "source_empty")),
        ({"sources": [{"url": "javascript:alert(1)"}]}, ("sources.0.url", "pattern")),
        ({"contact.website": "data:text/html,x"}, ("contact.website", "pattern")),
        ({"name": "x" * 20_001}, ("name", "too_long")),
        ({"activities": ["x"] * 201}, ("activities", "too_many")),
        ({"area_m2": math.nan}, ("area_m2", "not_a_number")),
        ({"area_m2": 0}, ("area_m2", "too_small")),
        ({"capacity_people": 2.5}, ("capacity_people", "not_a_number")),
        ({"capacity_people": "dużo"}, ("capacity_people", "not_a_number")),
        ({"networks": "MAL"}, ("networks", "wrong_type")),
        ({"rules": {"free": "maybe"}}, ("rules.free", "not_in_list")),
        ({"name": 7}, ("name", "wrong_type")),
        ({"refs": {"Zły klucz": "1"}}, ("refs.Zły klucz.[key]", "pattern")),
    ],
)
def test_each_mistake_has_its_word(changes: dict[str, Any], fault: tuple[str, str]) -> None:
    """One thing wrong gives one fault, at its field, with a code of its own."""
    field, code = fault
    assert faults_of(**changes) == {field: code}


def test_a_fault_shows_what_was_given_and_what_is_allowed() -> None:
    """The value and the bound are in the fault, shortened, so that a person can mend it."""
    with pytest.raises(Invalid) as refused:
        Place.read(fields(type="kino", name="x" * 30_000))
    by_field = {fault.field: fault for fault in refused.value.faults}
    assert by_field["type"].value == "kino"
    assert "biblioteka" in by_field["type"].limit
    assert len(by_field["name"].value) <= 80
    assert by_field["name"].limit == "20000"


@pytest.mark.parametrize("given", [None, [], "x", 7])
def test_what_is_no_record_is_refused(given: Any) -> None:
    """Something that is not a set of fields is a refusal like any other."""
    with pytest.raises(Invalid):
        Place.read(given)


@pytest.mark.parametrize("value", [HOSTILE, "Ż" * 10_000, "'; --", "{{ 7*7 }}", "</script>"])
def test_any_words_are_data(value: str) -> None:
    """Hostile and long texts are kept just as they are."""
    assert a_place(name=value).name == value
    assert a_place(**{"rules.cost_note": value}).rules.cost_note == value


def test_a_nul_does_not_get_in() -> None:
    """Control characters and halves of letters are dropped; a name of nothing else is empty."""
    assert a_place(name="Klub\x00\ud800Żak").name == "Klub Żak"
    assert faults_of(name="\x00\x1b") == {"name": "empty"}


def test_what_is_empty_is_unknown() -> None:
    """A field nobody filled is absent: it is neither yes nor no."""
    one = a_place()
    assert one.rules.free is None
    assert one.accessibility.wheelchair is None
    assert one.audience == ()
    assert one.hours.open is None


def test_a_record_cannot_be_changed() -> None:
    """A place is frozen, so that what was checked stays true."""
    with pytest.raises(ValueError, match="frozen"):
        a_place().name = "Inna"  # type: ignore[misc]


def test_repeated_words_are_kept_once() -> None:
    """The same keyword twice says no more than once, and the order stays."""
    assert a_place(networks=["MAM", "CAL", "MAM"]).networks == ("MAM", "CAL")


@pytest.mark.parametrize(
    ("status", "listed"),
    [("open", True), ("planned", True), ("temporarily_closed", True), ("closed", False)],
)
def test_only_living_places_are_listed(status: str, listed: bool) -> None:
    """A closed place has no line in lists; one that is closed for a time has."""
    assert a_place(status=status).listed is listed


@pytest.mark.parametrize(
    ("precision", "metres", "on_map", "pinned"),
    [
        ("address", 75, True, True),
        ("street", 469, True, True),
        ("locality", 1590, True, False),
        ("district", 2000, True, False),
        ("locality", 2001, False, False),
    ],
)
def test_the_map_is_honest(precision: str, metres: int, on_map: bool, pinned: bool) -> None:
    """A pin for what is near enough, a circle for what is vaguer, nothing beyond two kilometres."""
    one = a_place(position={"precision": precision, "uncertainty_m": metres})
    assert (one.on_map, one.pinned) == (on_map, pinned)


@pytest.mark.parametrize(
    ("name", "city", "slug"),
    [
        ("Klub Żak", "Gdańsk", "klub-zak-gdansk"),
        ("Świetlica wiejska w Rudnej", "Rudna", "swietlica-wiejska-w-rudnej-rudna"),
        ("Dom Kultury Kraków", "Kraków", "dom-kultury-krakow"),
        ("Клуб", "Łódź", "lodz"),
        ("Дім", "Київ", "dom-kultury"),
    ],
)
def test_a_page_has_a_readable_address(name: str, city: str, slug: str) -> None:
    """The name and the town, without marks, the town not twice."""
    assert a_place(name=name, **{"address.city": city}).slug == slug


def test_a_village_is_told_from_its_namesakes() -> None:
    """The key of a village carries its gmina; that of a town does not."""
    village = a_place(address={"city": "Swołowo", "gmina": "Słupsk"}).address
    assert place.city_key(village) == "swolowo-slupsk"
    assert place.city_key(a_place().address) == "krakow"
    assert place.district_key(a_place().address) == "krakow/podgorze"
    assert place.district_key(village.model_copy(update={"district": None})) is None


def test_bad_hours_and_no_source_are_concerns_not_refusals() -> None:
    """One bad rule of hours hides no place, and is named by the check."""
    one = a_place(sources=[], hours={"open": "pon-pt 8-20", "lending": "Mo-Fr 08:00-20:00"})
    found = {(fault.field, fault.code) for fault in place.concerns(one)}
    assert found == {("hours.open", "hours_in_polish"), ("sources", "missing")}


@given(places())
def test_reading_what_was_read_changes_nothing(one: Place) -> None:
    """A record is already clean once read."""
    assert Place.read(one.model_dump()) == one


@given(st.dictionaries(st.text(max_size=8), st.none() | st.integers() | st.text(), max_size=5))
def test_any_fields_are_answered(given: dict[str, Any]) -> None:
    """A record of anything at all is refused in our own words, never with a crash."""
    with pytest.raises(Invalid) as refused:
        Place.read(given)
    assert refused.value.faults
