"""Ages and numbers of people in a question."""

import pytest

from places import text
from places.ages import age_at, people_at


@pytest.mark.parametrize(
    ("said", "value", "length"),
    [
        ("dla 5-latka", "children", 3), ("15 lat", "teens", 2), ("dla dwulatka", "children", 2),
        ("trzylatki", "children", 1), ("z półroczniakiem", "children", 2),
        ("dla dzieci 0-3 lata", "children", 4), ("0-3", "children", 1),
    ],
)  # fmt: skip
def test_an_age_says_for_whom(said: str, value: str, length: int) -> None:
    """In digits or as the word a child of that age is called by."""
    folded = text.fold(said).replace("5-latka", "5 latka").split()
    assert age_at(folded, 0) == (value, length)
    assert age_at(["klub", *folded], 1) == (value, length)


@pytest.mark.parametrize("said", ["latka", "lata 80", "dwukrotnie", "0-30", "latek", ""])
def test_other_numbers_and_words_are_no_age(said: str) -> None:
    """Only what is said whole counts."""
    assert age_at(text.fold(said).split(), 0) is None


@pytest.mark.parametrize("count", [0, 1, 50, 9999])
def test_people_are_counted(count: int) -> None:
    """However many, in front of the word for people."""
    assert people_at(f"na {count} osob".split(), 0) == (str(count), 3)
    assert people_at(f"{count} osobowy".split(), 0) is None
