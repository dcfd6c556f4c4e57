"""Words of time at a moment of one Wednesday afternoon, and at the edges of the week."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import moments, opening, text

WARSAW = ZoneInfo("Europe/Warsaw")
WEDNESDAY = datetime(2026, 11, 25, 14, 30, tzinfo=WARSAW)


def _values(said: str, now: datetime = WEDNESDAY) -> list[str]:
    words = text.clean(text.fold(said)).split()
    return [value for when in moments.read(words, now) for value in when.values]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("teraz", "now"), ("otwarte teraz", "now"), ("w tej chwili", "now"), ("czynne", "now"),
        ("dziś wieczorem", "evening"), ("wieczorem", "evening"), ("dzisiaj wieczór", "evening"),
        ("w weekend", "weekend"), ("weekendy", "weekend"), ("sobota i niedziela", "weekend"),
        ("dziś", "2026-11-25"), ("jutro", "2026-11-26"), ("pojutrze", "2026-11-27"),
        ("jutro rano", "2026-11-26T06:00/2026-11-26T10:00"),
        ("w sobotę", "2026-11-28"), ("sobota", "2026-11-28"), ("w soboty", "2026-11-28"),
        ("w środę", "2026-11-25"), ("we wtorek", "2026-12-01"), ("w każdy piątek", "2026-11-27"),
        ("w niedzielę o 10", "2026-11-29T10:00"), ("o 18", "2026-11-25T18:00"),
        ("o 14", "2026-11-26T14:00"), ("o osiemnastej", "2026-11-25T18:00"),
        ("o godz. 18", "2026-11-25T18:00"), ("jutro o 18:30", "2026-11-26T18:30"),
        ("po 20", "2026-11-25T20:00/2026-11-26T00:00"),
        ("od 16", "2026-11-25T16:00/2026-11-26T00:00"),
        ("w sobotę po 15", "2026-11-28T15:00/2026-11-29T00:00"),
        ("wieczorem w sobotę", "2026-11-28T17:00/2026-11-28T21:00"),
        ("w sobotę po południu", "2026-11-28T12:00/2026-11-28T18:00"),
        ("od 8 do 16", "2026-11-25T08:00/2026-11-25T16:00"),
        ("w godz. 17-19", "2026-11-25T17:00/2026-11-25T19:00"),
        ("czynne do 20", "2026-11-25T19:00/2026-11-25T20:00"),
        ("o 6", "2026-11-25T18:00"), ("o 6 rano", "2026-11-26T06:00"),
        ("jutro o 6 wieczorem", "2026-11-26T18:00"), ("24 grudnia", "2026-12-24"),
        ("w Wigilię", "2026-12-24"), ("28.11", "2026-11-28"), ("2026-11-28", "2026-11-28"),
        ("3 maja o 12", "2027-05-03T12:00"), ("w sob.", "2026-11-28"),
        ("pt 17:00", "2026-11-27T17:00"),
        ("czw. o 16", "2026-11-26T16:00"), ("piątek 17", "2026-11-27T17:00"),
        ("w przyszłą sobotę", "2026-12-05"), ("za tydzień w sobotę", "2026-12-05"),
        ("za godzinę", "2026-11-25T15:30"), ("za 2 godziny", "2026-11-25T16:30"),
        ("od 22 do 2", "2026-11-25T22:00/2026-11-26T02:00"),
        ("od 10 do 2", "2026-11-26T10:00/2026-11-26T14:00"),
        ("w Nowy Rok", "2027-01-01"), ("w Boże Ciało", "2027-05-27"),
        ("w Wielką Sobotę", "2027-03-27"), ("w Trzech Króli", "2027-01-06"),
    ],
)  # fmt: skip
def test_time_is_understood(said: str, meant: str) -> None:
    """What people say of time has one code, and it lies ahead."""
    assert _values(re.sub(r"(?<=[a-ząćęłńóśźż])\.", "", said)) == [meant]


@pytest.mark.parametrize(
    "said",
    [
        "w Sobocie", "w Piątku", "zajęcia dla dzieci od 5 do 10 lat", "do 20 osób", "po 3 zł",
        "31.02", "31 lutego", "o 25", "klub 60+", "o 300 m", "sala 8", "szkoła podstawowa 18",
        "środowiskowa", "centrum 3.0", "",
    ],
)  # fmt: skip
def test_what_is_no_time_is_left(said: str) -> None:
    """Villages, ages, counts and impossible dates are not times."""
    assert _values(said) == []


def test_days_of_both_kinds_may_be_meant() -> None:
    """A part of the weekend or of working days is each of these days."""
    assert [value[:10] for value in _values("w weekend rano")] == ["2026-11-28", "2026-11-29"]
    assert len(_values("w dni powszednie po 17")) == 5


@pytest.mark.parametrize("said", ["od poniedziałku do piątku", "pon.-pt.", "pn pt"])
def test_days_from_one_to_another(said: str) -> None:
    """A range of weekdays is each of its days, the nearest first."""
    days = [datetime.fromisoformat(value) for value in _values(re.sub(r"[.-]", " ", said))]
    assert [day.weekday() for day in days] == [2, 3, 4, 0, 1]


def test_next_week_begins_on_monday() -> None:
    """What is said to be of the next week lies wholly in it."""
    assert _values("w przyszły weekend") == ["2026-12-05", "2026-12-06"]
    assert _values("w przyszłym tygodniu")[0] == "2026-11-30"
    assert len(_values("w przyszłym tygodniu")) == 7


def test_what_is_past_is_next_week() -> None:
    """On a Saturday evening the morning of Saturday is the next one."""
    saturday = datetime(2026, 11, 28, 20, 0, tzinfo=WARSAW)
    assert _values("w sobotę", saturday) == ["2026-11-28"]
    assert _values("w sobotę rano", saturday) == ["2026-12-05T06:00/2026-12-05T10:00"]


@pytest.mark.parametrize(
    "said", ["miejsca otwarte", "wieczory poezji", "otwarte drzwi", "8-16", "wigilia", "3 maja"]
)
def test_a_name_may_sound_like_a_time(said: str) -> None:
    """Then the reading is offered, not certain."""
    assert not any(when.certain for when in moments.read(said.split(), WEDNESDAY))


@given(
    st.lists(
        st.sampled_from(
            "otwarte w we o po od do a sobote niedziele dzis jutro rano wieczorem 18 20:00 8-16 "  # noqa: SIM905
            "31.12 29 lutego weekend teraz klub lat tygodniu godz osmej 2026-02-30 24 22 2 16 do "
            "pn pt soboty wielkanoc swieta przyszla za tydzien godzine majowke".split()
        ),
        max_size=12,
    ),
    st.datetimes(datetime(2011, 1, 1), datetime(2035, 1, 1), timezones=st.just(WARSAW)),  # noqa: DTZ001
)
def test_any_words_have_an_answer(words: list[str], now: datetime) -> None:
    """Nothing raises; spans follow each other and lie within the words."""
    last = 0
    for when in moments.read(words, now):
        assert last <= when.begin < when.end <= len(words)
        assert when.values
        assert all(map(opening.is_code, when.values))
        last = when.end
