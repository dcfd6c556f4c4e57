"""Who is asked, when, and never twice: over a real desk and a real catalogue, at chosen moments."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from places import asks, digests, geojson, letters, overdue, owners, people, publishing
from places.desk import stamp
from places.freshness import Terms
from places.overdue import Wanted
from places.publishing import Press
from tests.builders import NOW, a_catalogue, a_place, an_id
from tests.keeping import a_run, post, remind, whats

DAY = timedelta(days=1)
FRESH = {"on": "2026-03-01", "by": "owner"}
ALL_FRESH: dict[str, Any] = {"existence": FRESH, "address": FRESH}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """One never checked, one whose hours are due, one with nothing due, one withdrawn."""
    half_a_year = {"on": "2025-09-01", "by": "owner"}
    return a_catalogue(
        tmp_path / "places.geojson",
        [
            a_place(id=an_id(1)),
            a_place(
                id=an_id(2), name="Godzinowo", hours={"open": "Mo-Fr 10:00-18:00"},
                checked={**ALL_FRESH, "hours": half_a_year},
            ),
            a_place(id=an_id(3), name="Świeże", checked=ALL_FRESH),
            a_place(id=an_id(4), name="Dawny", status="withdrawn"),
        ],
    )  # fmt: skip


@pytest.fixture
def owned(desk: sqlite3.Connection) -> sqlite3.Connection:
    """Each of the four has an owner: an1@ … an4@."""
    for number in (1, 2, 3, 4):
        owners.add(desk, an_id(number), f"an{number}@example.org", "", NOW)
    return desk


def change(catalogue: Path, place_id: str, **fields: Any) -> None:
    """Edits the catalogue as somebody with a text editor would."""
    rest = [one for one in geojson.read(catalogue).places if one.id != place_id]
    a_catalogue(catalogue, [*rest, a_place(id=place_id, **fields)])


def asked(desk: sqlite3.Connection) -> list[tuple[str, int, str]]:
    rows = desk.execute("select place, letters, facts from ask order by id")
    return [(row[0], row[1], row[2]) for row in rows]


def test_an_owner_gets_one_letter_about_all_that_is_due(
    owned: sqlite3.Connection, catalogue: Path
) -> None:
    """What was never checked and hours after six months; nothing fresh, nothing withdrawn."""
    steps = remind(owned, catalogue, NOW)

    assert whats(steps) == ["asked", "asked"]
    assert [one.recipient for one in post(owned)] == ["an1@example.org", "an2@example.org"]
    assert asked(owned) == [(an_id(1), 1, "existence address"), (an_id(2), 1, "hours")]


def test_running_again_sends_nothing_more(owned: sqlite3.Connection, catalogue: Path) -> None:
    """The same moment, the same day, thirteen days on: not a letter."""
    remind(owned, catalogue, NOW)
    before = post(owned)
    for later in (timedelta(), timedelta(hours=9), 13 * DAY):
        assert remind(owned, catalogue, NOW + later) == []

    assert post(owned) == before


def test_the_second_letter_comes_after_two_weeks_and_then_the_moderator(
    owned: sqlite3.Connection, catalogue: Path
) -> None:
    """Two letters, then silence is flagged and told to the moderator of the area in one letter."""
    people.add(owned, "malopolska@example.org", "moderator", [("teryt", "12")], NOW)
    remind(owned, catalogue, NOW)
    assert whats(remind(owned, catalogue, NOW + 14 * DAY)) == ["reminded", "reminded"]
    steps = remind(owned, catalogue, NOW + 28 * DAY)

    assert whats(steps) == ["silent", "silent", "digest"]
    digest = steps[-1].digest
    assert digest is not None
    assert {line.id for line in digest.silent} == {an_id(1), an_id(2)}
    assert [one.recipient for one in post(owned)][-1] == "malopolska@example.org"
    assert [one.silent for one in owners.everybody(owned)] == [1, 1, 0, 0]
    for later in (28, 29, 60):
        assert remind(owned, catalogue, NOW + later * DAY) == []


def test_the_silent_are_tried_again_a_year_later(
    owned: sqlite3.Connection, catalogue: Path
) -> None:
    """A moderator looks after the place meanwhile; the owner may be back."""
    for later in (0, 14, 28):
        remind(owned, catalogue, NOW + later * DAY)
    people.add(owned, "admin@example.org", "admin", [], NOW)
    silent, year = {an_id(1), an_id(2)}, 28 + 366

    def asked_on(day: int) -> set[str]:
        steps = remind(owned, catalogue, NOW + day * DAY)
        return {one.place.id for one in steps if one.what == "asked" and one.place}

    assert not asked_on(year - 3) & silent
    assert asked_on(year) == silent


def test_what_somebody_has_checked_needs_no_answer(
    owned: sqlite3.Connection, catalogue: Path
) -> None:
    """A question whose facts are fresh again, or whose place or owner is gone, is settled."""
    remind(owned, catalogue, NOW)
    today = NOW.date().isoformat()
    publishing.publish(
        Press(owned, catalogue, NOW), an_id(2), {"checked.hours.on": today},
        made_by="moderator", what="confirmed",
    )  # fmt: skip
    owners.end(owned, 1, NOW)

    assert whats(remind(owned, catalogue, NOW + 14 * DAY)) == ["moot", "moot"]
    assert len(post(owned)) == 2


def test_who_has_answered_is_left_alone_for_a_month(
    owned: sqlite3.Connection, catalogue: Path
) -> None:
    """Even when what was asked about is still due: they said they would change it."""
    remind(owned, catalogue, NOW)
    for one in asks.open_ones(owned):
        asks.settle(owned, one, "change", NOW + DAY)

    assert remind(owned, catalogue, NOW + 30 * DAY) == []
    assert whats(remind(owned, catalogue, NOW + 31 * DAY)) == ["asked", "asked"]


def test_no_letter_goes_where_letters_come_back(owned: sqlite3.Connection, catalogue: Path) -> None:
    """A bounced mailbox is not written to again, and its place goes to the moderator at once."""
    people.add(owned, "admin@example.org", "admin", [], NOW)
    remind(owned, catalogue, NOW)
    owners.bounce(owned, "an1@example.org", NOW + DAY)
    steps = remind(owned, catalogue, NOW + 2 * DAY)

    assert whats(steps) == ["bounced", "digest"]
    assert steps[1].digest is not None
    assert [line.id for line in steps[1].digest.bounced] == [an_id(1)]
    assert owners.find(owned, 1).silent == 0
    later = remind(owned, catalogue, NOW + 14 * DAY)
    assert [one.who for one in later if one.what == "reminded"] == [2]


def test_a_run_writes_no_more_letters_than_it_may(
    owned: sqlite3.Connection, catalogue: Path
) -> None:
    """The rest goes with the next run; letters to moderators count, too."""
    people.add(owned, "admin@example.org", "admin", [], NOW)
    people.add(owned, "slaskie@example.org", "moderator", [("teryt", "24")], NOW)
    change(catalogue, an_id(9), name="Bez gospodarza")
    for _ in range(3):
        before = len(post(owned))
        remind(owned, catalogue, NOW, most=1)
        assert len(post(owned)) == before + 1

    assert remind(owned, catalogue, NOW, most=1) == []
    assert len({one.key for one in post(owned)}) == 3


def test_the_longest_unchecked_is_asked_first(desk: sqlite3.Connection, tmp_path: Path) -> None:
    """With few letters a day the oldest facts have precedence, those without a date first."""
    dates = {1: "2024-05", 2: "2019", 3: None, 4: "2021-01-01"}
    path = a_catalogue(
        tmp_path / "old.geojson",
        [
            a_place(
                id=an_id(number), name=f"Miejsce {number}",
                checked={"existence": {"on": day, "by": "source"}} if day else {},
            )
            for number, day in dates.items()
        ],
    )  # fmt: skip
    for number in dates:
        owners.add(desk, an_id(number), f"an{number}@example.org", "", NOW)
    order = [remind(desk, path, NOW, most=1)[0].who for _ in dates]

    assert order == [3, 2, 4, 1]


def test_a_trial_says_the_same_and_writes_nothing(
    owned: sqlite3.Connection, catalogue: Path
) -> None:
    """At every stage: the desk is the same to the last row, and the run then does as was said."""
    people.add(owned, "admin@example.org", "admin", [], NOW)
    for later in (0, 14, 28):
        before = "\n".join(owned.iterdump())
        tried = remind(owned, catalogue, NOW + later * DAY, trial=True)
        assert "\n".join(owned.iterdump()) == before
        assert tried
        assert remind(owned, catalogue, NOW + later * DAY) == tried


def test_two_owners_of_a_place_are_both_asked(owned: sqlite3.Connection, catalogue: Path) -> None:
    """Each gets a letter of their own."""
    owners.add(owned, an_id(1), "druga@example.org", "", NOW)
    remind(owned, catalogue, NOW)

    assert {one.recipient for one in post(owned)} == {
        "an1@example.org", "an2@example.org", "druga@example.org",
    }  # fmt: skip


@pytest.mark.parametrize(("left", "warned"), [(61, ()), (60, ("60",)), (14, ("14",)), (0, ("14",))])
def test_an_edition_warns_before_it_ends(
    desk: sqlite3.Connection, tmp_path: Path, left: int, warned: tuple[str, ...]
) -> None:
    """Owner and moderator hear 60 and 14 days before; who comes late is warned once."""
    last = (NOW.date() + left * DAY).isoformat()
    path = a_catalogue(tmp_path / "e.geojson", [a_place(valid_to=last, checked=ALL_FRESH)])
    owners.add(desk, "k3v7m2qa", "dom@example.org", "", NOW)
    people.add(desk, "admin@example.org", "admin", [], NOW)
    steps = remind(desk, path, NOW)

    facts = [one.facts for one in steps if one.what == "edition"]
    assert facts == [(f"edition:{days}",) for days in warned]
    told = [line.id for one in steps if one.digest for line in one.digest.ending]
    assert told == ["k3v7m2qa"] * len(warned)
    assert remind(desk, path, NOW) == []


def test_both_warnings_come_and_then_the_end_is_told(
    desk: sqlite3.Connection, tmp_path: Path
) -> None:
    """Day by day through a whole edition: two letters to the owner, three to the moderator."""
    last = NOW.date() + 70 * DAY
    path = a_catalogue(
        tmp_path / "e.geojson", [a_place(valid_to=last.isoformat(), checked=ALL_FRESH)]
    )
    owners.add(desk, "k3v7m2qa", "dom@example.org", "", NOW)
    people.add(desk, "admin@example.org", "admin", [], NOW)
    days = {day: remind(desk, path, NOW + day * DAY) for day in range(0, 80)}

    assert {day: whats(steps) for day, steps in days.items() if steps} == {
        10: ["digest", "edition"], 56: ["digest", "edition"], 71: ["digest"],
    }  # fmt: skip
    [end] = days[71]
    assert end.digest is not None
    assert [line.ends for line in end.digest.ended] == [last]


def test_an_edition_known_by_its_year_ends_with_the_year(
    desk: sqlite3.Connection, tmp_path: Path
) -> None:
    """Of "2026" the last day counts: nobody is warned in March."""
    path = a_catalogue(tmp_path / "e.geojson", [a_place(valid_to="2026", checked=ALL_FRESH)])
    with a_run(desk, path, NOW) as run:
        wanted = Wanted(run.today, Terms())
        found = digests.gathered(desk, run.index, wanted)
    assert (found.ended, found.ending) == ((), ())


def test_moderators_hear_of_their_own_area_and_administrators_of_the_rest(
    desk: sqlite3.Connection, tmp_path: Path
) -> None:
    """By commune, by network; what nobody has goes to the administrator, and to nobody twice."""
    rudna = {"city": "Rudna", "gmina": "Rudna", "teryt": "021104", "voivodeship": "dolnośląskie"}
    path = a_catalogue(
        tmp_path / "m.geojson",
        [
            a_place(id=an_id(1)),
            a_place(id=an_id(2), name="Sieciowe", networks=["Senior+"], address=rudna),
            a_place(id=an_id(3), name="Niczyje", address=rudna),
        ],
    )
    people.add(desk, "krakow@example.org", "moderator", [("teryt", "126101")], NOW)
    people.add(desk, "senior@example.org", "moderator", [("network", "Senior+")], NOW)
    people.add(desk, "admin@example.org", "admin", [], NOW)
    steps = remind(desk, path, NOW)

    heard = {
        people.find(desk, one.who).email: [line.id for line in one.digest.oldest]
        for one in steps
        if one.digest
    }
    assert heard == {
        "krakow@example.org": [an_id(1)],
        "senior@example.org": [an_id(2)],
        "admin@example.org": [an_id(3)],
    }


def test_places_without_an_owner_are_told_of_once_a_month(
    desk: sqlite3.Connection, catalogue: Path
) -> None:
    """No letter goes to anybody but the moderator, and no more than one a month."""
    people.add(desk, "admin@example.org", "admin", [], NOW)
    days = [day for day in range(0, 80) if remind(desk, catalogue, NOW + day * DAY)]

    assert [(NOW + day * DAY).strftime("%m-%d") for day in days] == ["03-11", "04-01", "05-01"]


def test_what_is_due_is_the_same_by_sql_as_by_the_record(
    desk: sqlite3.Connection, catalogue: Path
) -> None:
    """`overdue.due` counts just the places whose lines name something due."""
    with a_run(desk, catalogue, NOW) as run:
        wanted = Wanted(run.today, Terms())
        total, found = overdue.due(run.index, wanted)
        every = overdue.lines(run.index, wanted, {an_id(n) for n in range(6)})

    assert {line.id for line in found} == {line.id for line in every if line.due}
    assert total == len(found) == 2
    assert letters.latest(desk, "upkeep:") is None


def test_what_a_list_names_no_more_is_to_be_checked(
    desk: sqlite3.Connection, catalogue: Path
) -> None:
    """A place gone from a city's own list is told once, and closed by nobody."""
    people.add(desk, "admin@example.org", "admin", [], NOW)
    remind(desk, catalogue, NOW)
    desk.execute(
        "insert into source (id, name, address, terms, added) values (1, 'Lista', 'x', '{}', ?)",
        [stamp(NOW)],
    )
    desk.execute(
        "insert into source_row (source, key, place, last_seen, gone) values (1, 'a', ?, ?, ?)",
        [an_id(3), stamp(NOW), stamp(NOW + DAY)],
    )
    [step] = remind(desk, catalogue, NOW + 2 * DAY)

    assert step.digest is not None
    assert [line.id for line in step.digest.gone] == [an_id(3)]
    assert remind(desk, catalogue, NOW + 2 * DAY) == []
