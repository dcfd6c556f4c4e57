"""A rule said in Polish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.hours_words import say

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("Mo-Fr 10:00-18:00; Sa 10:00-14:00; PH off",
         "pon.–pt. 10:00–18:00, sob. 10:00–14:00; w~święta nieczynne"),
        ("Mo-We 08:00-10:00,16:00-20:00; Th-Fr 14:00-20:00",
         "pon.–śr. 8:00–10:00 i~16:00–20:00, czw.–pt. 14:00–20:00"),
        ('Mo-Fr 08:00-20:00; Sa-Su unknown "podczas imprez"',
         "pon.–pt. 8:00–20:00; sob.–niedz. podczas imprez"),
        ("Mo,Tu 14:00-20:00; We 13:00-19:00", "pon., wt. 14:00–20:00; śr. 13:00–19:00"),
        ('"po umówieniu"', "po umówieniu"),
        ('Mo unknown "bywa"', "pon. różnie (bywa)"),
        ('Mo 10:00-12:00 "po umówieniu"', "pon. 10:00–12:00 (po umówieniu)"),
        ("SH Mo-Fr 10:00-12:00", "w~dni wolne od nauki pon.–pt. 10:00–12:00"),
        ("Su,PH 10:00-12:00", "niedz. i~w~święta 10:00–12:00"),
        ("24/7", "całą dobę"),
        ("off", "nieczynne"),
        ("Tu,Th 16:00+", "wt., czw. od 16:00"),
        ("10:00-16:00+", "codziennie 10:00–16:00 lub dłużej"),
        ("Fr 18:00-02:00", "pt. 18:00–2:00"),
        ("We[2] 10:00-12:00", "w~drugą środę miesiąca 10:00–12:00"),
        ("Mo[1,-1] 10:00-12:00", "w~pierwszy i~ostatni poniedziałek miesiąca 10:00–12:00"),
        ("Jul-Aug Mo-Fr 09:00-15:00; Jul-Aug Sa 10:00-12:00",
         "lipiec–sierpień: pon.–pt. 9:00–15:00, sob. 10:00–12:00"),
        ("Jul-Aug off", "lipiec–sierpień: nieczynne"),
        ("Dec 24 off", "24~grudnia: nieczynne"),
        ("Dec 24-Dec 31 off", "24–31~grudnia: nieczynne"),
        ("2026 Dec 24-2027 Jan 2 off", "24~grudnia 2026 – 2~stycznia 2027: nieczynne"),
        ("Mo 10:00-12:00, Mo 14:00-16:00", "pon. 10:00–12:00; dodatkowo pon. 14:00–16:00"),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_polish(rule: str, said: str) -> None:
    """As it would stand on the door ("~" stands here for an unbreakable space)."""
    assert say(rule).replace(NBSP, "~") == said.replace(" i ", " i~")


@pytest.mark.parametrize(
    "rule",
    ["sunrise-sunset", "week 1-53/2 Mo 10:00-12:00", "Mo 10:00-12:00 || unknown", "easter off",
     "Mo 10:00-14:00/02:00", "PH -1 day off", "pon.-pt. 8-16"],
)  # fmt: skip
def test_what_has_no_words_stays_as_written(rule: str) -> None:
    """Half a translation would be a wrong answer."""
    assert say(rule) == rule


@given(st.text(max_size=40))
def test_any_text_is_answered(rule: str) -> None:
    """What is no rule comes back untouched."""
    assert isinstance(say(rule), str)
