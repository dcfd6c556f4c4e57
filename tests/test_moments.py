"""Words of time at a moment of one Wednesday afternoon, and at the edges of the week."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import moments, text

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
        ("wieczorem w sobotę", "2026-11-28T17:00/2026-11-28T22:00"),
        ("w sobotę po południu", "2026-11-28T12:00/2026-11-28T18:00"),
        ("od 8 do 16", "2026-11-25T08:00/2026-11-25T16:00"),
        ("w godz. 17-19", "2026-11-25T17:00/2026-11-25T19:00"),
        ("czynne do 20", "2026-11-25T19:00/2026-11-25T20:00"),
        ("o 6", "2026-11-25T18:00"), ("o 6 rano", "2026-11-26T06:00"),
        ("jutro o 6 wieczorem", "2026-11-26T18:00"), ("24 grudnia", "2026-12-24"),
        ("w Wigilię", "2026-12-24"), ("28.11", "2026-11-28"), ("2026-11-28", "2026-11-28"),
        ("3 maja o 12", "2027-05-03T12:00"),
    ],
)  # fmt: skip
def test_time_is_understood(said: str, meant: str) -> None:
    """What people say of time has one code, and it lies ahead."""
    assert _values(said.replace("godz.", "godz")) == [meant]


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


def test_what_is_past_is_next_week() -> None:
    """On a Saturday evening the morning of Saturday is the next one."""
    saturday = datetime(2026, 11, 28, 20, 0, tzinfo=WARSAW)
    assert _values("w sobotę", saturday) == ["2026-11-28"]
    assert _values("w sobotę rano", saturday) == ["2026-12-05T06:00/2026-12-05T10:00"]


@pytest.mark.parametrize("said", ["miejsca otwarte", "wieczory poezji", "otwarte drzwi", "8-16"])
def test_a_name_may_sound_like_a_time(said: str) -> None:
    """Then the reading is offered, not certain."""
    assert not any(when.certain for when in moments.read(said.split(), WEDNESDAY))


@given(
    st.lists(
        st.sampled_from(
            "otwarte w we o po od do a sobote niedziele dzis jutro rano wieczorem 18 20:00 8-16 "  # noqa: SIM905
            "31.12 29 lutego weekend teraz klub lat tygodniu godz osmej 2026-02-30 24".split()
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
        last = when.end
