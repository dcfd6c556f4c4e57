"""Refusals: what was given is shown as data, never acted upon."""

from hypothesis import given
from hypothesis import strategies as st

from places.errors import Fault, Invalid, shortened


@given(st.text(st.characters()), st.integers(1, 100))
def test_a_shown_value_is_one_printable_line(value: str, length: int) -> None:
    """No escape for a terminal, no line break and nothing that cannot be written gets through."""
    shown = shortened(value, length)
    shown.encode()
    assert shown.isprintable()
    assert len(shown) <= length


def test_a_short_plain_value_is_shown_as_given() -> None:
    """Polish letters and hostile marks stay as they are: whoever prints them escapes them."""
    assert shortened("Żółć <b>${x}") == "Żółć <b>${x}"


def test_a_refusal_carries_every_fault() -> None:
    """All the faults are in the exception and in its words."""
    refusal = Invalid([Fault("name", "missing"), Fault("q", "too_long").at("line 2")])
    assert [fault.code for fault in refusal.faults] == ["missing", "too_long"]
    assert str(refusal) == "name: missing; line 2 q: too_long"
