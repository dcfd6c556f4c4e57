"""The rows a place becomes: the words it is found by, its traits, its rule of hours."""

from typing import Any

import pytest
from hypothesis import given

from places import hours, lemmas, place, rows, text
from places.place import Place
from places.vocabulary import AUDIENCES, TYPES
from tests.builders import a_place
from tests.strategies import places

COLUMNS = ("name", "network", "kind", "address", "offer", "rest")


@given(places())
def test_every_word_is_there_as_it_stands_and_in_its_forms(one: Place) -> None:
    """Folded as a question is folded, so that what is typed meets what is written."""
    words = rows.words_of(one)
    assert tuple(words) == COLUMNS
    held = set(words["name"].split())
    for name in (one.name, *one.other_names):
        for word in lemmas.split(name):
            assert text.fold(word) in held
            assert set(lemmas.tokens_asked(word)) & held
    for column in words.values():
        assert all(token == text.fold(token) for token in column.split())
        assert all("_" not in token.removeprefix(lemmas.FORM) for token in column.split())


@pytest.mark.parametrize(
    ("changes", "column", "word"),
    [
        ({"name": "Żak"}, "name", "zak"),
        ({"other_names": ["Dawny Młyn"]}, "name", "mlyn"),
        ({"networks": ["MAL"]}, "network", "lokalnej"),
        ({"type": "biblioteka"}, "kind", "_biblioteka"),
        ({"address": {"street": "ul. Źródlana 5"}}, "address", "zrodlana"),
        ({"address": {"postcode": "31-559"}}, "address", "559"),
        ({"activities": ["zajęcia plastyczne"]}, "offer", "_zajecie"),
        ({"audience": ["seniors"]}, "offer", "seniorzy"),
        ({"summary": "Czytamy książki."}, "rest", "_ksiazka"),
    ],
)
def test_each_fact_is_in_its_column(changes: dict[str, Any], column: str, word: str) -> None:
    """What weighs more stands apart from what weighs less."""
    words = rows.words_of(a_place(**changes))
    assert word in words[column].split()
    assert [name for name in COLUMNS if word in words[name].split()] == [column]


# Traits


@given(places())
def test_traits_never_say_more_than_the_record(one: Place) -> None:
    """A "no" and a "yes" are those of the record; what it does not tell has no row."""
    found = rows.traits(one)
    told = {name: answer for name, answer in one.accessibility if name != "note"}
    for (kind, value), answer in found.items():
        if kind == "accessibility":
            assert (answer == rows.NO) == (told.get(value) == "no")
            assert (answer == rows.YES) == (told.get(value) == "yes")
            # Inferred only from a yes, and never against what is said.
            assert answer != rows.INFERRED or (not told.get(value) and "yes" in told.values())
        if kind == "audience":
            assert value in AUDIENCES
    assert (("free", "yes") in found) == (one.rules.free is not None)


@pytest.mark.parametrize(
    ("changes", "audience"),
    [
        ({}, set()),
        ({"audience": ["seniors"]}, {"seniors"}),
        ({"audience": ["everyone"]}, set(AUDIENCES)),
        ({"type": "klub_seniora"}, {"seniors"}),
        ({"type": "klub_seniora", "audience": ["children"]}, {"children"}),
        ({"activities": ["zajęcia dla dzieci i młodzieży"]}, {"children", "teens"}),
    ],
)
def test_for_whom_it_is(changes: dict[str, Any], audience: set[str]) -> None:
    """As the record says; where it does not, as its type and its activities do."""
    found = {value for kind, value in rows.traits(a_place(**changes)) if kind == "audience"}
    assert found == audience


def test_a_wheelchair_needs_no_step() -> None:
    """Who can come in on a wheelchair finds no steps; a told answer is never replaced."""
    key = ("accessibility", "level_entrance")
    assert rows.traits(a_place(accessibility={"wheelchair": "yes"}))[key] == rows.INFERRED
    both = a_place(accessibility={"wheelchair": "yes", "level_entrance": "no"})
    assert rows.traits(both)[key] == rows.NO
    assert key not in rows.traits(a_place(accessibility={"wheelchair": "limited"}))


# Hours


@pytest.mark.parametrize("rule", ["pn-pt 10-18", "zadzwoń", "Mo-Fr 25:00-26:00", "Mo-Fr 10:00-"])
def test_an_unusable_rule_is_no_rule(rule: str) -> None:
    """Hours that cannot be read are unknown, whatever they look like."""
    assert hours.fault_in(rule) is not None
    assert rows.rule_of(a_place(hours={"open": rule})) is None


def test_a_rule_belongs_to_its_voivodeship() -> None:
    """School holidays differ, so the same words are two rules."""
    one = a_place(hours={"open": "SH 10:00-14:00"})
    assert rows.rule_of(one) == ("SH 10:00-14:00", "małopolskie")
    assert rows.rule_of(a_place()) is None


@given(places())
def test_every_place_has_its_values(one: Place) -> None:
    """A place stands under one city, one type, at most one district, and each of its networks."""
    found = list(rows.choices_of(one))
    facets = [facet for facet, *_ in found]
    assert facets.count("city") == facets.count("type") == facets.count("gmina") == 1
    assert facets.count("district") == int(one.address.district is not None)
    assert facets.count("network") == len(one.networks)
    assert all(slug == text.slug(slug) for _, _, slug, _, _ in found if "/" not in slug)
    named = {(facet, value): label for facet, value, _, label, _ in found}
    assert named["type", one.type] == TYPES[one.type].name
    assert named["city", place.city_key(one.address)] == one.address.city
