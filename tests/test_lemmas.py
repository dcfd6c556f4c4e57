"""Dictionary forms: with marks, without, and for words that no dictionary has."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import lemmas, text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Krakowie", "kraków"), ("krakowie", "kraków"), ("Kozłówce", "kozłówka"),
        ("łodzi", "łódź"), ("lodzi", "łódź"), ("LODZI", "łódź"), ("Wrocławiu", "wrocław"),
        ("wroclawiu", "wrocław"), ("Opola", "opole"), ("ursynowie", "ursynów"),
        ("gizycku", "giżycko"), ("rudnej", "rudna"), ("zakopanem", "zakopane"),
        ("białymstoku", "białystok"), ("bialymstoku", "białystok"), ("tychach", "tychy"),
        ("świetlicy", "świetlica"), ("swietlicy", "świetlica"), ("swietlice", "świetlica"),
        ("seniorów", "senior"), ("seniorow", "senior"), ("dzieci", "dziecko"),
        ("dzieciom", "dziecko"), ("mlodziezy", "młodzież"), ("zajęć", "zajęcia"),
        ("zajec", "zajęcia"), ("joge", "joga"), ("szachow", "szachy"), ("ksiazek", "książka"),
        ("tancow", "taniec"), ("pilke", "piłka"), ("niepelnosprawnych", "niepełnosprawny"),
        ("miedzyosiedlowego", "międzyosiedlowy"), ("zrodle", "źródło"), ("zolwi", "żółw"),
        ("srodmiesciu", "śródmieście"), ("piec", "pięć"), ("sąsiedzkich", "sąsiedzki"),
        ("planszówek", "planszówki"), ("planszowek", "planszówki"), ("Szczepinie", "Szczepin"),
    ],
)  # fmt: skip
def test_a_form_meets_its_dictionary_word(typed: str, meant: str) -> None:
    """What is typed in any case, with marks or without, has a key in common with the word."""
    assert set(lemmas.asked(typed)) & set(lemmas.keys(meant))


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("czas", "cas"), ("całe", "cal"), ("dom", "dama"), ("sala", "sól"),
        ("środa", "środek"), ("kraków", "krak"), ("coś", "być"),
    ],
)  # fmt: skip
def test_different_words_stay_apart(typed: str, other: str) -> None:
    """Words that only look alike have no key in common."""
    assert not set(lemmas.asked(typed)) & set(lemmas.keys(other))


def test_a_word_without_marks_is_every_word_it_may_be() -> None:
    """ "Lodzi" is a form of łódź, though the dictionary knows it as another word too."""
    assert "lodz" in lemmas.asked("lodzi")
    assert "lodz" not in lemmas.keys("lodzi")


def test_a_dictionary_word_gives_its_forms() -> None:
    """For a vocabulary to be held against what is typed."""
    assert {"swietlica", "swietlicy", "swietlicami"} <= set(lemmas.forms("świetlica"))
    assert lemmas.forms("Łódź")[0] == "lodz"
    assert lemmas.forms("60+") == ("60+",)


def test_words_are_known_or_not() -> None:
    """Known words need no correction, even when no place has them."""
    assert lemmas.is_known("krokieta")
    assert lemmas.is_known("zolwie")
    assert not lemmas.is_known("swietilca")
    assert not lemmas.is_known("")


def test_analysis_is_safe_in_many_threads() -> None:
    """A server has several, and the analyser is one."""
    wrong: list[str] = []

    def work() -> None:
        for _ in range(50):
            if "zajecia" not in lemmas.asked.__wrapped__("zajec"):
                wrong.append("zajec")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@given(st.text(max_size=30))
def test_any_text_at_all_has_keys(word: str) -> None:
    """No text raises, keys are folded, and what is asked finds what is indexed."""
    keys = lemmas.keys(word)
    assert set(keys) <= set(lemmas.asked(word))
    assert all(text.fold(key) == key for key in keys)
    lemmas.forms(word)


@given(st.text("aąbcćdeęłlnńoóprsśtzźżi", min_size=1, max_size=14))
def test_marks_may_be_left_out_of_any_word(word: str) -> None:
    """A word meets itself when typed without its marks, known or not."""
    assert set(lemmas.asked(text.fold(word))) & set(lemmas.keys(word))


@given(st.text(max_size=60))
def test_words_are_those_of_the_index(written: str) -> None:
    """Split and folded they are the words that `text.words` gives for cleaned text."""
    assert [w for one in lemmas.split(written) for w in text.words(one)] == text.words(
        text.clean(written)
    )


@pytest.mark.parametrize(("word", "common"), [
    ("zabaw", True), ("naprawy", True), ("koła", True), ("Legnicy", False), ("xyzzq", False),
])  # fmt: skip
def test_nouns_of_daily_life_are_told_from_names(word: str, common: bool) -> None:
    """In any form; what no dictionary has is no noun of daily life."""
    assert lemmas.is_common_noun(word) is common


@pytest.mark.parametrize("word", ["sąsiedzki", "świetlica", "żółć", "klub"])
def test_marks_are_put_back(word: str) -> None:
    """As people write the word; what has none stays as it is."""
    assert lemmas.marked(text.fold(word)) == word
    assert lemmas.marked("xyzzq") == "xyzzq"


def test_a_long_word_costs_no_more_than_a_few_tries() -> None:
    """However many letters might lose a mark, only so many ways to put them back are looked at."""
    assert len(list(lemmas._variants("sasiedzkiezazalecenianascianach"))) <= lemmas._MOST_VARIANTS
