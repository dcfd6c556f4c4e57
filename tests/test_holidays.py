"""Days off in Poland: the law year by year, and school holidays as far as the table reaches."""

import csv
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import opening_hours
import pytest

from places import holidays

DAY = timedelta(days=1)
TABLE = Path(holidays.__file__).with_name("school_holidays.csv")
VOIVODESHIPS = (
    "dolnośląskie", "kujawsko-pomorskie", "lubelskie", "lubuskie", "łódzkie", "małopolskie",
    "mazowieckie", "opolskie", "podkarpackie", "podlaskie", "pomorskie", "śląskie",
    "świętokrzyskie", "warmińsko-mazurskie", "wielkopolskie", "zachodniopomorskie",
)  # fmt: skip


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2024, 12, 24), None),
        (date(2025, 12, 24), "Wigilia"),
        (date(2026, 12, 24), "Wigilia"),
        (date(2010, 1, 6), None),
        (date(2011, 1, 6), "Trzech Króli"),
        (date(2026, 4, 5), "Wielkanoc"),
        (date(2026, 4, 6), "Poniedziałek Wielkanocny"),
        (date(2027, 3, 29), "Poniedziałek Wielkanocny"),
        (date(2026, 5, 24), "Zesłanie Ducha Świętego"),
        (date(2026, 6, 4), "Boże Ciało"),
        (date(2026, 5, 2), None),
        (date(2026, 11, 11), "Święto Niepodległości"),
        (date(2018, 11, 12), "stulecie odzyskania niepodległości"),
        (date(2019, 11, 12), None),
        (date(2026, 12, 31), None),
    ],
)
def test_a_public_holiday_is_one_by_law_and_year(day: date, name: str | None) -> None:
    """Checked by hand against the act and the calendar."""
    assert holidays.public_holiday(day) == name


@pytest.mark.parametrize("year", range(2011, 2036))
def test_the_library_and_the_law_agree(year: int) -> None:
    """From 2011 on PH needs no rewriting; this is where one would see that it does."""
    library = opening_hours.OpeningHours("PH", country="PL")
    first = datetime(year, 1, 1, 12)  # noqa: DTZ001 - the library reckons without zones
    days = [first + after * DAY for after in range(366)]
    found = {day.date() for day in days if day.year == year and library.is_open(day)}
    assert found == set(holidays.public_holidays(year))


@pytest.mark.parametrize("year", range(1900, 2100))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    """From 22 March to 25 April."""
    assert holidays.easter(year).weekday() == 6
    assert date(year, 3, 22) <= holidays.easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("day", "mazowieckie", "małopolskie"),
    [
        (date(2026, 1, 18), None, None),
        (date(2026, 1, 19), "ferie zimowe", None),
        (date(2026, 2, 1), "ferie zimowe", None),
        (date(2026, 2, 2), None, "ferie zimowe"),
        (date(2026, 2, 15), None, "ferie zimowe"),
        (date(2026, 2, 16), None, None),
        (date(2026, 4, 2), "wiosenna przerwa świąteczna", "wiosenna przerwa świąteczna"),
        (date(2026, 7, 15), "ferie letnie", "ferie letnie"),
        (date(2026, 11, 23), None, None),
    ],
)
def test_school_holidays_differ_by_voivodeship(
    day: date, mazowieckie: str | None, małopolskie: str | None
) -> None:
    """Winter holidays come in turns, the others everywhere at once."""
    assert holidays.school_holiday(day, "mazowieckie") == mazowieckie
    assert holidays.school_holiday(day, "małopolskie") == małopolskie


@pytest.mark.parametrize("voivodeship", VOIVODESHIPS)
def test_every_voivodeship_has_whole_school_years(voivodeship: str) -> None:
    """One winter of fourteen days in each known year, nothing overlapping, no gap in knowledge."""
    breaks = holidays.breaks(voivodeship)
    winters = [one for one in breaks if one.name == "ferie zimowe"]
    assert [one.first.year for one in winters] == [2025, 2026, 2027]
    assert {(one.last - one.first).days for one in winters} == {13}
    assert {one.first.weekday() for one in winters} == {0}
    assert all(one.last < after.first for one, after in zip(breaks, breaks[1:], strict=False))
    assert holidays.known(voivodeship) == (date(2024, 9, 1), date(2027, 8, 31))


def test_the_national_breaks_follow_the_regulation() -> None:
    """Christmas, Easter and summer are reckoned from the rule and must match the table."""
    expected = set()
    for year in (2024, 2025, 2026):
        starts = 22 if date(year, 12, 22).weekday() == 0 else 23
        expected.add(("zimowa przerwa świąteczna", date(year, 12, starts), date(year, 12, 31)))
        easter = holidays.easter(year + 1)
        expected.add(("wiosenna przerwa świąteczna", easter - 3 * DAY, easter + 2 * DAY))
        friday = date(year + 1, 6, 21) + (4 - date(year + 1, 6, 21).weekday()) % 7 * DAY
        expected.add(("ferie letnie", friday + DAY, date(year + 1, 8, 31)))
    found = {
        (row["name"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
        for row in rows()
        if row["voivodeship"] == "*"
    }
    assert found == expected


def test_every_row_of_the_table_has_a_source_and_a_date() -> None:
    """Who says so, and when it was read."""
    assert all(row["source"].startswith(("https://", "Dz.U. ")) for row in rows())
    assert all(date.fromisoformat(row["read_on"]) for row in rows())
    named = Counter(row["voivodeship"] for row in rows())
    assert set(named) == {"*", *VOIVODESHIPS}


def test_beyond_the_table_nothing_is_known() -> None:
    """Not "no school holidays": the edge is said, and a name not in the table has none."""
    assert holidays.known("mazowieckie") == (date(2024, 9, 1), date(2027, 8, 31))
    assert holidays.known("Ruthenia") is None
    assert holidays.school_holiday(date(2028, 7, 15), "mazowieckie") is None
