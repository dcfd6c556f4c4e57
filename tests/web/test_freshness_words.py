"""How fresh each group of facts is, in words: who, when, and whether that is long ago."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from places.facts import Check
from places.freshness import GROUPS, Terms
from places.web import words
from places.web.words.lacks import age, share
from tests.builders import NOW, a_catalogue, a_place

TODAY = date(2026, 3, 11)


@pytest.fixture(autouse=True)
def polish(app: Flask) -> Iterator[None]:
    """Words are said within a request, as on a page."""
    with app.test_request_context("/"):
        yield


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("on", "by", "group", "said"),
    [
        ("2026-03", "owner", "hours", "sprawdzone w marcu 2026 przez prowadzących"),
        ("2026-02-12", "moderator", "address", "sprawdzone 12 lutego 2026 przez moderatora"),
        (
            "2024-03", "owner", "offer",
            "sprawdzone w marcu 2024 przez prowadzących – to dawna informacja, sprzed ponad roku",
        ),
        (
            "2025-08-20", "owner", "hours",
            "sprawdzone 20 sierpnia 2025 przez prowadzących"
            " – to dawna informacja, sprzed ponad pół roku",
        ),
        (
            "2018", "source", "existence",
            "według źródła z 2018 r., nikt tego jeszcze nie potwierdził"
            " – to dawna informacja, sprzed ponad 7 lat",
        ),
    ],
)  # fmt: skip
def test_who_when_and_whether_long_ago(on: str, by: str, group: str, said: str) -> None:
    """As the page says it; hours grow old in half the time."""
    made = Check.model_validate({"on": on, "by": by})
    assert plain(words.checked(made, group, TODAY)) == said


def test_what_may_be_young_is_not_called_old() -> None:
    """A year that may still be fresh, and months that are: just who and when."""
    for on, group in (("2025", "existence"), ("2025-09", "hours"), ("2025-04-01", "address")):
        made = Check.model_validate({"on": on, "by": "owner"})
        assert "dawna" not in words.checked(made, group, TODAY)


def test_the_first_line_of_a_place_says_so_too() -> None:
    """A confirmation of years ago is no fresh news."""
    old = Check.model_validate({"on": "2022-01", "by": "owner"})
    new = Check.model_validate({"on": "2026-01", "by": "owner"})

    assert "sprzed ponad 4 lat" in plain(words.freshness(old, TODAY))
    assert "dawna" not in words.freshness(new, TODAY)


def test_the_terms_of_the_site_decide() -> None:
    """The same date is old for a site that asks every month."""
    made = Check.model_validate({"on": "2026-01-01", "by": "owner"})

    assert words.checked(made, "offer", TODAY, Terms(12, 6)) == words.checked(made)
    assert "sprzed ponad 2 miesięcy" in plain(words.checked(made, "offer", TODAY, Terms(1, 1)))
    assert "sprzed ponad miesiąca" in plain(
        words.checked(
            Check.model_validate({"on": "2026-02-01", "by": "owner"}), "offer", TODAY, Terms(1, 1)
        )
    )


def test_the_page_of_a_place_tells_it_by_its_setting(tmp_path: Path) -> None:
    """The table under "Skąd to wiemy" and the line under the hours."""
    place = a_place(
        hours={"open": "Mo-Fr 10:00-18:00"},
        checked={"hours": {"on": "2025-10-01", "by": "owner"}},
    )
    path = a_catalogue(tmp_path / "one.geojson", [place])
    for months, old in (("6", False), ("3", True)):
        site = create_app(
            {
                "CATALOGUE": str(path), "INSTANCE": str(tmp_path / "one"), "URL": "",
                "REMIND_HOURS_AFTER": int(months), "NOW": lambda: NOW,
            }
        )  # fmt: skip
        page = plain(site.test_client().get("/miejsca/klub-pod-lipa-krakow-k3v7m2qa").text)
        assert page.count("sprawdzone 1 października 2025 przez prowadzących") == 2
        assert (page.count("to dawna informacja, sprzed ponad 5 miesięcy") == 2) is old


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_a_share_is_never_rounded_to_none_or_to_all(part: int, rest: int) -> None:
    """ "0%" means none and "100%" means all."""
    said = share(part, part + rest)

    assert (said == "0%") == (part == 0 and rest > 0)
    assert (said == "100%") == (rest == 0 and part > 0)
    assert said.count("%") == (said != "–")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, "–"),
        (0, "0 dni"),
        (1, "1 dzień"),
        (59, "59 dni"),
        (200, "6 mies."),
        (1761, "4,8 roku"),
    ],
)
def test_an_age_in_words(days: int | None, said: str) -> None:
    """Days, months or years, as long as it is."""
    assert plain(age(days)) == said


@pytest.mark.parametrize(
    ("day", "until", "sometime"),
    [
        (date(2024, 12, 31), "do końca 2024 r.", "31 grudnia 2024"),
        (date(2024, 2, 29), "do końca lutego 2024", "29 lutego 2024"),
        (date(2024, 2, 1), "do 1 lutego 2024", "w lutym 2024"),
        (date(2024, 1, 1), "do 1 stycznia 2024", "w 2024 r."),
    ],
)
def test_a_day_is_told_no_more_exactly_than_it_is_known(
    day: date, until: str, sometime: str
) -> None:
    """The first of January may stand for a year, the 29th of February for a month."""
    assert plain(words.until(day)) == until
    assert plain(words.sometime(day)) == sometime


def test_every_group_has_a_short_name() -> None:
    """Each of the groups that are checked together."""
    assert all(words.group_short(name) != name for name in GROUPS)
