"""Opening times: is a rule well-formed, and where does it stop being so?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import hours


@pytest.mark.parametrize(
    "rule",
    [
        "24/7",
        "Mo-Fr 08:00-20:00; Sa 10:00-14:00; PH off",
        "Tu,Th 16:00-19:00",
        "Mo-Fr 10:00-12:00,16:00-18:00",
        "Mo-Fr 09:00-17:00; SH off",
        '"po uzgodnieniu"',
        "Jul-Aug off; Mo-Fr 12:00-20:00",
    ],
)
def test_a_rule_of_openstreetmap_has_no_fault(rule: str) -> None:
    """What the syntax allows is accepted as written."""
    assert hours.fault_in(rule) is None


@pytest.mark.parametrize(
    "rule", ["pon-pt 8-20", "Mo-Fr 25:00-26:00x", "Mo-Fr 8:00 do 20:00", "zawsze", "Mo-Fr ("]
)
def test_another_sentence_is_a_fault_with_its_position(rule: str) -> None:
    """The position lies within the rule or just behind it."""
    position = hours.fault_in(rule)
    assert position is not None
    assert 1 <= position <= len(rule) + 1


@given(st.text(max_size=40))
def test_any_text_is_answered(rule: str) -> None:
    """Whatever was written, the answer is a position or nothing, never an exception."""
    position = hours.fault_in(rule)
    assert position is None or position >= 1
