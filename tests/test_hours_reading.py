"""Hours as somebody typed them: Polish or OSM syntax, and what is wrong with the latter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.hours import fault_in
from places.hours_reading import read
from places.hours_words import say
from tests.hours_rules import rules


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("pn.–pt. 10–18, sob. 10–14", "Mo-Fr 10:00-18:00; Sa 10:00-14:00"),
        ("wtorki i czwartki od 16", "Tu,Th 16:00+"),
        ("Poniedziałek 8–16\r\nWtorek 10–18", "Mo 08:00-16:00; Tu 10:00-18:00"),
        ("we wtorek 10-12", "Tu 10:00-12:00"),
        (" Mo-Fr 10:00-18:00;\n Sa 10:00-14:00 ", "Mo-Fr 10:00-18:00; Sa 10:00-14:00"),
        ("We 10:00-12:00", "We 10:00-12:00"),
        ("week 1-53/2 Mo 10:00-12:00", "week 1-53/2 Mo 10:00-12:00"),
        ('"po umówieniu"', '"po umówieniu"'),
        ("pn-pt\0 8-16", "Mo-Fr 08:00-16:00"),
    ],
)
def test_both_languages_are_read(text: str, rule: str) -> None:
    """Polish becomes a rule, a rule stays one, and nothing is left over."""
    reading = read(text)

    assert (reading.rule, reading.left, reading.fault) == (rule, (), None)
    assert reading.words == say(rule)


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("Mo-Fr 10-18", "hours_minutes", "10-18"),
        ("Mo-Fr 10:00–18:00", "hours_dash", "–18:00"),
        ("Mo-Fr 10:00-18:00; Sa 10.00-14.00", "hours_dot", "10.00-14.00"),
        ("Mo-Fr 25:00-26:00", "hours_no_such_time", "25:00-26:00"),
        ("Mo-Fr 10:00-18:00;", "hours_unfinished", ";"),
        ("Mo-Fr 10:00-18:00; Sa 10:00-1400", "hours_syntax", "1400"),
        ("Sa 10-14", "hours_minutes", "10-14"),
        ("Nov 31 off", "hours_no_such_date", "Nov 31 off"),
    ],
)
def test_a_faulty_rule_is_told_where(text: str, code: str, rest: str) -> None:
    """With the position, and never taken for Polish: "Sa 10-14" is no "są 10–14"."""
    reading = read(text)
    assert reading.fault is not None
    assert (reading.rule, reading.fault.code) == (None, code)
    assert text[int(reading.fault.limit) - 1 :] == rest


@pytest.mark.parametrize("text", ["", "  \r\n ", "\0"])
def test_nothing_means_no_hours(text: str) -> None:
    """And is no fault: the form is empty at first."""
    reading = read(text)

    assert (reading.text, reading.rule, reading.left, reading.fault) == ("", None, (), None)


@given(rules())
def test_a_good_rule_is_never_touched(rule: str) -> None:
    """Whoever knows the syntax gets back what was typed."""
    if fault_in(rule) is None:
        assert read(rule).rule == rule


@given(st.one_of(st.text(max_size=80), st.text("MoTuFr 0123456789:-,;pnwtśrcz.\n", max_size=60)))
def test_any_text_is_answered_with_a_rule_a_fault_or_what_is_left(text: str) -> None:
    """Never silence: something was typed, so something is said of it."""
    reading = read(text)

    assert reading.rule is None or fault_in(reading.rule) is None
    assert reading.fault is None or 1 <= int(reading.fault.limit) <= len(text) + 1
    if reading.rule is None and reading.fault is None and any(map(str.isalnum, text)):
        assert reading.left
