"""How Polish words are cleaned, compared, sorted and put into addresses."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import text

# With halves of surrogate pairs and NUL, which a JSON file may well carry.
anything = st.text(st.characters(), max_size=30)
ALPHABET = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"
polish = st.text(ALPHABET + " ", max_size=30)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Łódź", "lodz"),
        ("LODZ", "lodz"),
        ("Zażółć gęślą jaźń", "zazolc gesla jazn"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
        ("Z\u0307 o\u0301", "z o"),  # letters taken apart, as some keyboards send them
        ("Straße", "strasse"),
        ("Øresund", "oresund"),
    ],
)
def test_words_are_compared_without_marks(written: str, folded: str) -> None:
    """Letters lose their marks and their size, ł among them."""
    assert text.fold(written) == folded


@given(anything)
def test_folding_twice_is_folding_once(written: str) -> None:
    """A folded text is its own fold, so that index and question meet wherever they are folded."""
    once = text.fold(written)
    assert text.fold(once) == once


@given(polish)
def test_the_size_of_letters_does_not_matter(written: str) -> None:
    """The words of a text and of the same text in capitals are the same."""
    assert text.words(written) == text.words(written.upper())


@given(anything)
def test_the_normal_form_of_letters_does_not_matter(written: str) -> None:
    """Composed and decomposed letters give the same words."""
    apart = unicodedata.normalize("NFD", text.clean(written))
    assert text.fold(text.clean(written)) == text.fold(text.clean(apart))


@given(anything)
def test_a_clean_text_can_be_written_anywhere(written: str) -> None:
    """No control character and no half of a surrogate pair survives; spaces are single."""
    cleaned = text.clean(written)
    cleaned.encode()
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in cleaned)
    assert cleaned == " ".join(cleaned.split())
    assert text.clean(cleaned) == cleaned


def test_what_is_not_text_parts_words() -> None:
    """A NUL, an escape or half a pair becomes a space and never glues two words together."""
    assert text.clean("Klub\x00Żak\x1b \ud800x\n") == "Klub Żak x"


@given(anything)
def test_words_hold_nothing_but_letters_and_digits(written: str) -> None:
    """Operators and quotes of a search language cannot be part of a word."""
    assert all(word.isalnum() for word in text.words(written))


@given(anything)
def test_a_slug_is_safe_in_an_address(written: str) -> None:
    """A slug is made of ASCII letters, digits and single dashes, and is short."""
    slug = text.slug(written)
    assert set(slug) <= set("0123456789abcdefghijklmnopqrstuvwxyz-")
    assert "--" not in slug
    assert slug == slug.strip("-")
    assert len(slug) <= 80
    assert text.slug(slug) == slug


def test_names_stand_in_the_order_of_the_alphabet() -> None:
    """Each Polish letter follows its bare one and precedes the next of the alphabet."""
    in_order = [
        "Bar", "Bąk", "Cel", "Ćma", "Eden", "Ęta", "Lab", "Las", "Łan", "Nowa", "Ńa",
        "Oaza", "Óń", "Sowa", "Śnieg", "Zamek", "Zżęty", "Źródło", "Żak", "Żuk",
    ]  # fmt: skip
    assert sorted(sorted(in_order), key=text.sort_key) == in_order
    assert sorted(in_order) != in_order


@given(st.lists(st.text(ALPHABET, max_size=6), max_size=6))
def test_the_order_is_that_of_the_alphabet_letter_by_letter(names: list[str]) -> None:
    """Sorting by the key is sorting by the place of every letter in the alphabet."""
    by_letter = sorted(names, key=lambda name: [ALPHABET.index(c) for c in name])
    assert sorted(names, key=text.sort_key) == by_letter
