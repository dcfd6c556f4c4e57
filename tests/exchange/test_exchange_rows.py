"""Rows stand under the headers of their file, and a file has only so many."""

import pytest

from places.errors import Invalid
from places.exchange import rows


def test_a_million_columns_are_refused_at_once() -> None:
    """More columns than a spreadsheet has are no list of places."""
    with pytest.raises(Invalid) as raised:
        rows.table(iter([[str(number) for number in range(1_000_000)]]))
    assert [fault.code for fault in raised.value.faults] == ["too_many_columns"]


def test_every_repeated_header_is_named() -> None:
    """Two columns of one name cannot be told apart; all such names are said."""
    with pytest.raises(Invalid) as raised:
        rows.table(iter([["b", "a", "b", "c", "a"]]))
    assert [fault.value for fault in raised.value.faults] == ["a, b"]
