"""Stems of words that no dictionary has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.stems import stem


@pytest.mark.parametrize(
    "forms",
    [
        "planszowki planszowka planszowek planszowkami planszowce planszowke planszowkach",
        "szczepin szczepina szczepinie szczepinem szczepinowi",
        "slawiecice slawiecic slawiecicach slawiecicami",
        "zawidawie zawidawia zawidawiu",
        "darlowko darlowka darlowku darlowkiem",
    ],
)
def test_the_forms_of_a_word_share_their_stem(forms: str) -> None:
    """Whatever the ending, one stem is left."""
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("word", ["gok", "klub", "dom", "sala", "", "x"])
def test_short_words_are_left_alone(word: str) -> None:
    """A word of four letters has no ending to lose."""
    assert stem(word) == word


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=20))
def test_a_stem_keeps_the_beginning_of_its_word(word: str) -> None:
    """Four letters at least stay as they were, or the whole word."""
    assert stem(word)[:3] == word[:3]
    assert len(stem(word)) >= min(len(word), 4)
