"""What else words of the field are called, and in what forms they are recognised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.phrases import words_of
from places.synonyms import widened


def _others(question: str) -> set[str]:
    return {" ".join(one) for group in widened(words_of(question)) for one in group.others}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("MAL", "miejsce aktywności lokalnej"), ("mal", "miejsce aktywności lokalnej"),
        ("MAL-u", "miejsce aktywności lokalnej"), ("malu", "miejsce aktywności lokalnej"),
        ("miejsca aktywności lokalnej", "mal"), ("miejscu aktywnosci lokalnej", "mal"),
        ("CAL", "centrum aktywności lokalnej"), ("MAM", "miejsce aktywności mieszkańców"),
        ("UTW", "uniwersytet trzeciego wieku"), ("uniwersytetu trzeciego wieku", "utw"),
        ("KGW", "gospodynie wiejskie"), ("kola gospodyn wiejskich", "kgw"),
        ("WTZ", "warsztaty terapii zajęciowej"), ("osp", "remiza"), ("dk", "dom kultury"),
        ("domu kultury", "dk"), ("gok", "dom kultury"), ("NGO", "organizacja pozarządowa"),
        ("organizacji pozarządowych", "ngo"), ("świetlica wiejska", "dom ludowy"),
        ("domy ludowe", "sala wiejska"), ("swietlica", "dom ludowy"), ("60+", "senior"),
        ("60 plus", "senior"), ("osób starszych", "senior"), ("emerytow", "senior"),
        ("seniorzy", "emeryt"), ("planszówki", "gra planszowa"), ("planszowek", "gra planszowa"),
        ("gier planszowych", "planszówki"), ("jogę", "ruch"), ("gimnastyki", "ruch"),
        ("maluchów", "dziecko"), ("czytelni", "biblioteka"), ("tenisa stołowego", "pingpong"),
        ("ping-pong", "tenis stołowy"), ("wi-fi", "internet"), ("potańczyć", "taniec"),
        ("potancowki", "taniec"), ("śpiewać", "chór"), ("chóru", "śpiew"), ("spektakle", "teatr"),
        ("pomocy w lekcjach", "korepetycje"), ("wynająć salę na wesele", "świetlica wiejska"),
        ("sale na urodziny", "świetlica wiejska"), ("półkolonii", "lato w mieście"),
        ("szycia", "krawiectwo"), ("ceramiki", "garncarstwo"), ("komputerów", "internet"),
    ],
)  # fmt: skip
def test_words_of_the_field_have_others(asked: str, found: str) -> None:
    """In any form, with marks or without."""
    assert found in _others(asked)


@pytest.mark.parametrize(
    "asked", ["czas", "cały", "kałuża", "mała", "plac", "w", "rudna", "", "xyzzy", "60", "gdzie"]
)
def test_other_words_have_none(asked: str) -> None:
    """An acronym is not found in a word that looks like it, nor an age in a number."""
    assert not _others(asked)


def test_a_wider_word_is_not_narrowed() -> None:
    """Who asks for movement may be shown a gym, not the other way round."""
    assert "siłownia" in _others("ruch")
    assert "ruch" not in _others("siłownia")


def test_the_longest_phrase_counts() -> None:
    """In "klub seniora" the senior is not looked at alone."""
    groups = widened(words_of("klub seniora joga"))
    assert [(group.begin, group.end) for group in groups] == [(0, 2), (2, 3)]


def test_no_phrase_is_offered_that_finds_nothing_more() -> None:
    """Where "dom kultury" is looked for, "miejski dom kultury" adds nothing."""
    assert "miejski dom kultury" not in _others("dk")
    assert not any("+" in other or "plus" in other for other in _others("senior"))


@given(st.lists(st.text("aąbcćdeęłlnńoóprsśtzźżi60+", min_size=1, max_size=8), max_size=8))
def test_groups_cover_the_question(words: list[str]) -> None:
    """Every word is in exactly one group, in order."""
    groups = widened(tuple(words))
    ends = [group.end for group in groups]
    assert [group.begin for group in groups] == [0, *ends][: len(groups)]
    assert (ends or [0])[-1] == len(words)
