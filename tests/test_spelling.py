"""Typing errors forgiven, and words that must be left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.spelling import Vocabulary, correct

WORDS = """
swietlica swietlicy biblioteka bibliotece biblioteki klub seniora senior seniorow krakow
krakowie gdansk warszawa wroclaw lodz gory dom kultury zajecia dzieci dzieciom mlodziezy
szachy ceramika ceramiczna gimnastyka potancowka planszowki chor tanca taniec osrodek
mieszkancow aktywnosci lokalnej sasiedzki przedszkole rzeszow zajec hala sala szkola
""".split()  # noqa: SIM905 -- read as a sentence
VOCABULARY = Vocabulary({word: 10 for word in WORDS})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("swietilca", "swietlica"), ("swietlca", "swietlica"), ("swietlicca", "swietlica"),
        ("bibloteka", "biblioteka"), ("bibilotece", "bibliotece"), ("bibliotekka", "biblioteka"),
        ("senoira", "seniora"), ("senora", "seniora"), ("krakuw", "krakow"), ("krakuf", "krakow"),
        ("krakowei", "krakowie"), ("gdnask", "gdansk"), ("warszwa", "warszawa"),
        ("warsawa", "warszawa"), ("wrocalw", "wroclaw"), ("gury", "gory"), ("zajencia", "zajecia"),
        ("zajecja", "zajecia"), ("mlodzierzy", "mlodziezy"), ("szahy", "szachy"),
        ("ceramka", "ceramika"), ("gimanstyka", "gimnastyka"), ("potancufka", "potancowka"),
        ("planszufki", "planszowki"), ("osrudek", "osrodek"), ("mieszkancuw", "mieszkancow"),
        ("aktywnsci", "aktywnosci"), ("lokalenj", "lokalnej"), ("sasiecki", "sasiedzki"),
        ("pszedszkole", "przedszkole"), ("zeszow", "rzeszow"), ("wsietlica", "swietlica"),
        ("dzieciam", "dzieciom"), ("kultuyr", "kultury"),
    ],
)  # fmt: skip
def test_errors_are_forgiven(typed: str, meant: str) -> None:
    """A slip of the finger or a spelling by ear gives the word that was meant."""
    found = correct(typed, VOCABULARY)
    assert found is not None
    assert found.word == meant


@pytest.mark.parametrize(
    "typed",
    ["dom", "dm", "kl", "hor", "2024", "60", "klub", "krakow", "dom2", "xyzwqj", "żółw", ""],
)
def test_some_words_are_left_alone(typed: str) -> None:
    """Known and short words, numbers, and words near to none."""
    assert correct(typed, VOCABULARY) is None


def test_another_form_of_a_word_is_enough() -> None:
    """A mistyped form is corrected to a form that the vocabulary has."""
    found = correct("biblotece", Vocabulary({"biblioteka": 1}))
    assert found and found.word == "biblioteka"


def test_the_commoner_word_wins() -> None:
    """Of equally near words the one that occurs more often, whatever their order."""
    for words in ({"hala": 1, "sala": 9, "bala": 1}, {"sala": 9, "bala": 1, "hala": 1}):
        found = correct("szala", Vocabulary(words))
        assert found and found.word == "sala"


@given(st.sampled_from([word for word in WORDS if len(word) >= 6]), st.data())
def test_any_single_slip_is_noticed(word: str, data: st.DataObject) -> None:
    """A letter left out in the middle gives a word of the vocabulary again."""
    place = data.draw(st.integers(1, len(word) - 2))
    assert (
        correct(word[:place] + word[place + 1 :], VOCABULARY)
        or word[:place] + word[place + 1 :] in WORDS
    )


@given(st.text(max_size=40))
def test_nothing_typed_raises(word: str) -> None:
    """Any text has a correction from the vocabulary or none."""
    found = correct(word, VOCABULARY)
    assert found is None or found.word in VOCABULARY.words


@pytest.mark.parametrize(("typed", "held"), [("gordonki", "gorski"), ("wakacje", "fundacja")])
def test_a_word_spelt_quite_differently_is_no_slip(typed: str, held: str) -> None:
    """Better no answer than one to another question."""
    assert correct(typed, Vocabulary({held: 5})) is None
