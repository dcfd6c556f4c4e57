"""A rule taken apart and put together again."""

import opening_hours
import pytest
from hypothesis import given

from places.hours_rule import Part, Span, Unreadable, holiday_kinds, parts, together
from tests.hours_rules import rules


@given(rules())
def test_apart_and_together_is_the_same_rule(rule: str) -> None:
    """Nothing is lost on the way."""
    again = together(parts(rule))
    assert str(opening_hours.OpeningHours(again)) == str(opening_hours.OpeningHours(rule))
    assert parts(again) == parts(rule)


@pytest.mark.parametrize(
    ("rule", "crossed"),
    [
        ("SH Mo-Fr 10:00-12:00", [True]),
        ("SH,Mo-Fr 10:00-12:00", [False]),
        ("Mo-Fr 14:00-18:00; SH Mo-Fr 10:00-14:00; PH,Su 10:00-12:00", [False, True, False]),
        ('Mo 10:00-12:00 "PH Mo"; PH Sa 10:00-12:00', [False, True]),
        ("Jul-Aug SH Mo-Fr 10:00-12:00", [True]),
    ],
)
def test_weekdays_of_holidays_are_not_weekdays_or_holidays(rule: str, crossed: list[bool]) -> None:
    """A space narrows, a comma adds; the library's own print hides the difference."""
    assert [part.crossed for part in parts(rule)] == crossed


def test_every_piece_of_a_part_is_named() -> None:
    """Season, days, hours, state and comment."""
    (part,) = parts('2026 Jul-Aug Mo-Fr,PH 10:00-12:00,22:00-02:00 unknown "na telefon"')
    assert part == Part(
        joined=";",
        season="2026Jul-Aug",
        holidays=("PH",),
        days="Mo-Fr",
        spans=(Span(600, 720), Span(1320, 1560)),
        state="unknown",
        comment="na telefon",
    )


@pytest.mark.parametrize(
    ("rule", "answers"),
    [
        ('"po umówieniu"', "unknown"),
        ('Sa "po umówieniu"', "unknown"),
        ('Sa 10:00-12:00 "po umówieniu"', "open"),
        ('Sa off "remont"', "closed"),
    ],
)
def test_a_comment_alone_promises_nothing(rule: str, answers: str) -> None:
    """Open needs hours; without them the word "open" is not even printed by the library."""
    assert parts(rule)[0].answers == answers


@pytest.mark.parametrize("rule", ["PH +1 day,Mo 10:00-14:00", 'We[2] +1 day 10:00-12:00 "2 days"'])
def test_a_day_after_keeps_its_sign(rule: str) -> None:
    """The library prints it without, and cannot read that."""
    assert together(parts(rule)).startswith(rule[:8])


def test_what_is_not_a_rule_is_unreadable() -> None:
    """Said so, never guessed."""
    with pytest.raises(Unreadable):
        parts("pon.-pt. 10-18")
    assert holiday_kinds("Mo-Fr 10:00-18:00; SH,PH off") == {"PH", "SH"}
