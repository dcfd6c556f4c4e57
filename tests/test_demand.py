"""What is sought in vain is counted; what is sought but a few times can be read by nobody."""

import json
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from places import demand, tallying, teryt
from places.demand import Demand, Told
from places.errors import Unavailable
from places.sought import Sought
from tests.builders import NOW

ROOT = Path(__file__).resolve().parents[1]
MINUTE, WEEK = timedelta(minutes=1), timedelta(weeks=1)
CANARY = "kanarkowanie"
ONE = Sought("226101-orunia", CANARY, (("type", "biblioteka"),))
LATER = NOW + WEEK


def ask(instance: Path, sought: Sought = ONE, now: datetime = NOW, times: int = 1) -> datetime:
    """Asks so many times, twenty minutes apart; the moment after the last."""
    for _ in range(times):
        assert demand.note(instance, sought, now, keep=104)
        now += 20 * MINUTE
    return now


def told(instance: Path, area: str = "pl", now: datetime = LATER, weeks: int = 2) -> Demand:
    return demand.report(instance, area, demand.whole_weeks(now, weeks))


def every_byte(instance: Path) -> bytes:
    """The file, and all that may lie beside it."""
    return b"".join(path.read_bytes() for path in sorted(instance.glob("demand.db*")))


def rows(instance: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(instance / demand.FILE)) as file:
        return file.execute(f"select * from {table}").fetchall()


def test_what_is_asked_too_seldom_is_in_no_byte(instance: Path) -> None:
    """Once and twice the words are nowhere; the third time they are written down and counted."""
    after = ask(instance, times=2)
    assert CANARY.encode() not in every_byte(instance)
    assert told(instance).texts == ()

    ask(instance, now=after, times=2)
    assert CANARY.encode() in every_byte(instance)
    for area in teryt.chain(ONE.area):
        assert told(instance, area).texts == (Told(CANARY, 4),)
    assert told(instance, "2262").texts == ()


def test_one_person_pressing_again_counts_once(instance: Path) -> None:
    """The same within ten minutes, by anybody, is one search; another question is another."""
    for minutes in (0, 1, 5, 9, 10):
        demand.note(instance, ONE, NOW + minutes * MINUTE, keep=104)
    assert rows(instance, "search") == [("2026-W11", ONE.area, 1)]

    demand.note(instance, replace(ONE, words="aikido"), NOW + 10 * MINUTE, keep=104)
    demand.note(instance, ONE, NOW + 21 * MINUTE, keep=104)
    assert rows(instance, "search") == [("2026-W11", ONE.area, 3)]
    assert CANARY.encode() not in every_byte(instance)


def test_what_is_seldom_in_each_area_may_be_often_in_all(instance: Path) -> None:
    """Asked in three towns, it is told of the country and of none of them."""
    for area in ("226101", "126101", "146501-wola"):
        ask(instance, replace(ONE, area=area))
    assert told(instance).texts == (Told(CANARY, 3),)
    assert {row[1] for row in rows(instance, "said")} == {"pl"}


def test_digests_cannot_be_matched_over_weeks(instance: Path) -> None:
    """The key of a week goes with all it made, from every byte; the next is another one."""
    after = ask(instance, times=2)
    [(_, key)] = rows(instance, "week")
    marks = {row[2] for row in rows(instance, "heard")}
    assert isinstance(key, bytes) and key in every_byte(instance)

    ask(instance, now=after + WEEK)

    [(week, other)] = rows(instance, "week")
    left = every_byte(instance)
    assert week == "2026-W12"
    assert other != key and key not in left
    assert not any(mark in left for mark in marks if isinstance(mark, bytes))
    assert {row[3] for row in rows(instance, "heard")} == {1}
    assert CANARY.encode() not in left


def test_no_time_is_kept_but_the_week(instance: Path) -> None:
    """Once something else is counted later, nothing tells when the first was asked."""
    ask(instance)
    ask(instance, replace(ONE, words="aikido"), NOW + timedelta(hours=5))
    assert {row[0] for row in rows(instance, "search")} == {"2026-W11"}
    assert len(rows(instance, "recent")) == 1


def test_nothing_is_told_before_the_week_is_over(instance: Path) -> None:
    """Whoever watches the page cannot see a search being counted."""
    ask(instance, times=5)
    assert told(instance, now=NOW + timedelta(days=4)).total == 0
    assert told(instance, now=NOW + timedelta(days=5)).total == 5
    assert [one.count for one in told(instance).weeks] == [0, 5]


def test_few_are_told_as_few(instance: Path) -> None:
    """Numbers from one to two are no numbers; areas with so few are only counted."""
    ask(instance, times=2)
    ask(instance, replace(ONE, area="126101", kinds=()), times=3)

    whole, part = told(instance), told(instance, "2261")

    assert whole.total == 5
    assert whole.areas == (Told("126101", 3),)
    assert whole.fewer == 1
    assert whole.kinds == ()
    assert (part.total, part.areas, part.fewer) == (None, (), 1)
    assert [one.count for one in part.weeks] == [0, None]
    assert demand.areas(instance, demand.whole_weeks(LATER, 2)) == {"126101": 3}


def test_areas_hold_each_other(instance: Path) -> None:
    """What was asked of a district counts in its gmina, powiat and voivodeship, and in no other."""
    ask(instance, times=3)
    for area in ("226101-orunia", "226101", "2261", "22", "pl"):
        found = told(instance, area)
        assert found.total == 3
        assert found.kinds == (Told("type:biblioteka", 3),)
    for area in ("226101-oliwa", "226102", "2262", "12"):
        assert told(instance, area).total == 0


def test_a_district_whose_name_begins_like_another_s_is_another(instance: Path) -> None:
    """Podgórze is not Podgórze Duchackie."""
    ask(instance, replace(ONE, area="126101-podgorze-duchackie"), times=5)
    ask(instance, replace(ONE, area="126101-podgorze"), times=3)
    assert told(instance, "126101-podgorze").total == 3
    assert told(instance, "126101").total == 8


def test_old_weeks_go(instance: Path) -> None:
    """By themselves with the first search of a week, and by hand; every byte of them."""
    ask(instance, times=3)
    ask(instance, replace(ONE, words="aikido"), NOW + WEEK, times=3)
    assert demand.purge(instance, NOW + 2 * WEEK, keep=2) == 0
    assert rows(instance, "week") == rows(instance, "heard") == []

    assert demand.purge(instance, NOW + 3 * WEEK, keep=2) > 0
    assert CANARY.encode() not in every_byte(instance)
    assert b"aikido" in every_byte(instance)

    demand.note(instance, Sought("12"), NOW + 9 * WEEK, keep=2)
    assert [row[:2] for row in rows(instance, "search")] == [("2026-W20", "12")]
    assert rows(instance, "said") == rows(instance, "kind") == []


def test_nothing_counted_yet_is_nothing(instance: Path) -> None:
    """No file is no fault, and looking makes none."""
    assert told(instance).total == 0
    assert demand.purge(instance, NOW, keep=2) == 0
    assert not instance.exists()


def test_four_processes_lose_nothing(instance: Path) -> None:
    """Each counts its own fifty and a shared one, all at once."""
    script = (
        "import sys, json; from datetime import datetime, timedelta; from pathlib import Path\n"
        "from places import demand; from places.sought import Sought\n"
        "where, who, now = json.loads(sys.argv[1]); now = datetime.fromisoformat(now)\n"
        "for n in range(50):\n"
        "    at = now + timedelta(minutes=20 * n)\n"
        "    assert demand.note(Path(where), Sought('12', f'sowa {who}'), at, 104, wait=60)\n"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, json.dumps([str(instance), who, NOW.isoformat()])],
            cwd=ROOT,
        )
        for who in range(4)
    ]
    assert [one.wait() for one in started] == [0, 0, 0, 0]

    assert told(instance).total == 200
    assert told(instance, "12").texts == tuple(Told(f"sowa {who}", 50) for who in range(4))


@pytest.fixture
def held(instance: Path) -> Iterator[None]:
    """Somebody else writes, and does not end."""
    ask(instance)
    with closing(sqlite3.connect(instance / demand.FILE, isolation_level=None)) as other:
        other.execute("begin exclusive")
        yield


@pytest.mark.usefixtures("held")
def test_a_lock_costs_a_count_and_no_more(instance: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It goes uncounted, with one line that does not say what it was."""
    caplog.set_level(logging.DEBUG)
    assert not demand.note(instance, ONE, NOW + 30 * MINUTE, keep=104)
    assert len(caplog.records) == 1
    assert CANARY not in caplog.text


@pytest.mark.parametrize("what", ["folder", "garbage", "no folder", "full"])
def test_what_cannot_be_written_costs_a_count_and_no_more(
    instance: Path, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder in the file's place, a broken file, no place for a folder, no room on the disk."""
    path = instance / demand.FILE
    if what == "folder":
        path.mkdir(parents=True)
    elif what == "no folder":
        instance.write_text("a file")
    elif what == "garbage":
        instance.mkdir()
        path.write_bytes(b"no database" * 1000)
    else:
        instance.mkdir()
        path.symlink_to("/dev/full")
    assert not demand.note(instance, ONE, NOW, keep=104)
    assert len(caplog.records) == 1
    assert CANARY not in caplog.text
    if what in ("folder", "garbage"):
        with pytest.raises(Unavailable):
            told(instance)
        with pytest.raises(Unavailable):
            demand.purge(instance, NOW, keep=2)


def test_a_flood_of_texts_is_counted_without_them(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the most texts of an area only numbers grow."""
    monkeypatch.setattr(tallying, "MOST_TEXTS", 5)
    for number in range(20):
        ask(instance, Sought("12", f"sowa {number}"))
    assert len(rows(instance, "heard")) == 10  # in the area and in the country
    assert told(instance).total == 20


@pytest.mark.parametrize(
    ("day", "week"),
    [("2026-03-11", "2026-W11"), ("2027-01-01", "2026-W53"), ("2026-12-31", "2026-W53"),
     ("2029-12-31", "2030-W01")],
)  # fmt: skip
def test_weeks_are_those_of_the_calendar(day: str, week: str) -> None:
    """ISO weeks: the first of January may belong to the year before."""
    assert demand.week_of(datetime.fromisoformat(day).date()) == week


def test_weeks_that_are_over_end_before_this_one() -> None:
    """On a Monday morning last week is over, by the clock of Warsaw."""
    monday = datetime.fromisoformat("2026-03-16T00:30:00+01:00")
    assert demand.whole_weeks(monday, 2) == ("2026-W10", "2026-W11")
    assert demand.whole_weeks(monday - timedelta(hours=1), 2) == ("2026-W09", "2026-W10")
