"""Who is open when: the answer worked out ahead is the one that each rule gives by itself."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places import hours, opening, pins, search
from places.hours import WARSAW
from places.index import Index, open_index
from places.place import Place
from places.query import Query
from tests.builders import NOW, a_catalogue, a_place, an_id
from tests.hours_rules import nights, rules

DAY = timedelta(days=1)
HALF_HOUR = timedelta(minutes=30)
TODAYS = (
    date(2026, 3, 25),  # before the clocks go forward, and Easter
    date(2026, 10, 21),  # before they go back, and All Saints
    date(2026, 12, 20),  # before Christmas
)
UNUSABLE = ("pn-pt 10-18", "Mo-Fr 25:00-26:00", "zadzwoń")
SOME_RULES = (
    None, *UNUSABLE, "24/7", "off", "Mo-Fr 10:00-18:00", "Mo-Fr 10:00-18:00; PH off",
    "Mo-Su 00:00-24:00; PH off", "Fr,Sa 18:00-02:00", 'Mo-Su unknown "po umówieniu"',
    "SH Mo-Fr 09:00-15:00", "Mo-Su 02:00-03:00", "Sa-Su 08:00-20:00; Dec 24-26 off",
)  # fmt: skip


def kept(*written: str | None) -> list[Place]:
    """A place for each rule, by the number of its id."""
    return [
        a_place(id=an_id(number), hours={"open": rule} if rule else {})
        for number, rule in enumerate(written)
    ]


def expected(one: Place, span: opening.Span) -> int:
    """The best that is known of a place between two moments, half an hour after half an hour."""
    moments = list(_steps(span))
    return max(_state(one, moment) for moment in moments)


def _steps(span: opening.Span) -> Iterator[datetime]:
    moment = span.begins.astimezone(UTC)
    while moment.timestamp() < span.ends.timestamp():
        yield moment
        moment += HALF_HOUR - timedelta(minutes=moment.minute % 30)


def _state(one: Place, when: datetime) -> int:
    rule = one.hours.open
    if rule is None or hours.fault_in(rule) is not None:
        return opening.UNKNOWN
    found = hours.state_at(rule, when, one.address.voivodeship)
    if found.state == "open":
        # Whoever wrote the rule did not think of the holiday.
        return opening.UNKNOWN if found.holiday else opening.OPEN
    return opening.UNKNOWN if found.state == "unknown" else opening.CLOSED


def assert_filtered(index: Index, places: Iterable[Place], code: str, now: datetime) -> None:
    """The filter leaves out the closed, and says of how many nobody knows; those come last."""
    [span] = opening.spans([code], now)
    states = {one.id: expected(one, span) for one in places}
    found = search.run(index, Query(open=code, per_page=100), now)
    shown = [states[hit.place.id] for hit in found.hits]
    assert {hit.place.id for hit in found.hits} == {
        place_id for place_id, state in states.items() if state != opening.CLOSED
    }, (code, now)
    assert found.unknown_hours == shown.count(opening.UNKNOWN), (code, now)
    assert shown == sorted(shown, reverse=True), (code, now)


def codes(today: date) -> st.SearchStrategy[str]:
    """Days, moments and spans around today, also outside the days worked out ahead."""
    days = st.integers(-4, 20).map(lambda after: today + after * DAY)
    moments = st.builds(
        lambda day, half: f"{day}T{half // 2:02}:{half % 2 * 30:02}", days, st.integers(0, 47)
    )
    spans = st.builds(
        lambda day, begin, length: f"{day}T{begin:02}:00/{day}T{begin + length:02}:30",
        days, st.integers(0, 20), st.integers(0, 3),
    )  # fmt: skip
    far = st.sampled_from(["2027-05-03T12:00", "2031-12-24T12:00", "2026-01-06", "2024-12-24"])
    named = st.sampled_from(["now", "evening", "weekend"])
    return st.one_of(named, days.map(str), moments, moments, spans, far)


@settings(max_examples=25)
@given(st.data())
def test_the_filter_says_what_each_rule_says(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Any rules, any time: open, closed and unknown as each place's rule gives them alone."""
    today = data.draw(st.sampled_from(TODAYS))
    made = data.draw(st.lists(st.one_of(rules(), nights()), min_size=1, max_size=4))
    places = kept(*made, *data.draw(st.lists(st.sampled_from(SOME_RULES), max_size=3)))
    hour = data.draw(st.integers(0, 47))
    now = datetime.combine(today, time(hour // 2, hour % 2 * 30), WARSAW)
    folder = tmp_path_factory.mktemp("opening")
    path = a_catalogue(folder / "places.geojson", places)
    with open_index(path, folder, today) as index:
        for code in data.draw(st.lists(codes(today), min_size=4, max_size=8)):
            assert_filtered(index, places, code, now)


@pytest.fixture(scope="module")
def all_rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    a_catalogue(folder / "places.geojson", kept(*SOME_RULES))
    return folder


@pytest.mark.parametrize(
    "code",
    [
        "2024-12-24T12:00", "2025-12-24T12:00", "2026-12-24T12:00", "2026-12-25",
        "2026-06-04T11:00",
        "2026-04-06T11:00", "2026-11-11", "2026-03-29T01:59", "2026-03-29T02:30",
        "2026-03-29T03:00", "2026-03-29", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00",
        "2026-10-25", "2026-10-24T23:30/2026-10-25T04:00", "2026-11-28T18:00", "2026-02-02T10:00",
    ],
)  # fmt: skip
@pytest.mark.parametrize("near", [True, False], ids=["worked out", "on the spot"])
def test_holidays_and_clock_changes(all_rules: Path, code: str, near: bool) -> None:
    """The traps of the calendar, whether the day was worked out ahead or not."""
    day = date.fromisoformat(code[:10]) if near else NOW.date() - 300 * DAY
    now = datetime.combine(day, time(9), WARSAW)
    with open_index(all_rules / "places.geojson", all_rules, day) as index:
        assert_filtered(index, kept(*SOME_RULES), code, now)


def test_a_silent_rule_is_unknown_on_a_holiday(tmp_path: Path) -> None:
    """Of Christmas "Mo-Fr 10:00-18:00" says nothing; with "PH off" it does."""
    places = kept("Mo-Fr 10:00-18:00", "Mo-Fr 10:00-18:00; PH off")
    with open_index(a_catalogue(tmp_path / "places.geojson", places), tmp_path) as index:
        for year, open_places, unknown in ((2024, [0, 1], 0), (2026, [0], 1)):
            found = search.run(index, Query(open=f"{year}-12-24T12:00"), NOW)
            assert [hit.place.id for hit in found.hits] == [an_id(number) for number in open_places]
            assert found.unknown_hours == unknown


# Working ahead


def opened(index: Index) -> list[tuple[object, ...]]:
    """What was worked out ahead."""
    return index.rows("select r, begins, ends, state from opening order by r, begins")


def test_working_ahead_twice_changes_nothing(tmp_path: Path) -> None:
    """The same day gives the same rows, and nothing is written the second time."""
    path = a_catalogue(tmp_path / "places.geojson", kept(*SOME_RULES))
    with open_index(path, tmp_path, NOW.date()) as index:
        first = opened(index)
        version = index.rows("pragma data_version")
    with open_index(path, tmp_path, NOW.date()) as index:
        assert opened(index) == first != []
        assert index.rows("pragma data_version") == version


def test_days_go_by(tmp_path: Path) -> None:
    """A week later the days ahead are worked out anew; old ones go, and a past day comes back."""
    path = a_catalogue(tmp_path / "places.geojson", kept(*SOME_RULES))
    for after in (0, 6, 30, 29, -400):
        today = NOW.date() + after * DAY
        with open_index(path, tmp_path, today) as index:
            known = index.rows("select distinct known_from, known_to from rule")
            assert all(first <= today.isoformat() for first, _ in known)
            assert all(last >= (today + 8 * DAY).isoformat() for _, last in known)
            edges = index.rows("select min(begins), max(ends) from opening")[0]
            assert edges[0] >= datetime.combine(today - 20 * DAY, time(), WARSAW).timestamp()
            assert edges[1] <= datetime.combine(today + 20 * DAY, time(), WARSAW).timestamp()


def test_only_stale_rules_are_worked_out(tmp_path: Path) -> None:
    """A new rule is worked out alone; the others keep what is known of them."""
    path, today = tmp_path / "places.geojson", NOW.date()
    with open_index(a_catalogue(path, kept("Mo 10:00-12:00")), tmp_path, today):
        pass
    a_catalogue(path, kept("Mo 10:00-12:00", "Tu 10:00-12:00"))
    with open_index(path, tmp_path, today + 3 * DAY) as index:
        rows = dict(index.rows("select text, known_from from rule"))
    assert rows["Mo 10:00-12:00"] == (today - DAY).isoformat()
    assert rows["Tu 10:00-12:00"] == (today + 2 * DAY).isoformat()


def test_a_change_of_hours_is_seen_at_once(tmp_path: Path) -> None:
    """The next question after the change knows the new hours, and the old are forgotten."""
    path, now = tmp_path / "places.geojson", NOW  # A Wednesday noon.
    for rule, total in (("We 10:00-14:00", 1), ("Th 10:00-14:00", 0), ("We 11:00-13:00", 1)):
        with open_index(a_catalogue(path, kept(rule)), tmp_path, now.date()) as index:
            assert search.run(index, Query(open="now"), now).total == total
            assert index.rows("select text from rule") == [(rule,)]


def test_without_a_day_the_rules_answer_themselves(tmp_path: Path) -> None:
    """Who opens the index without working ahead gets the same answer, only later."""
    places = kept(*SOME_RULES)
    with open_index(a_catalogue(tmp_path / "places.geojson", places), tmp_path) as index:
        for code in ("now", "evening", "weekend", "2026-03-12"):
            assert_filtered(index, places, code, NOW)


def test_a_new_rule_is_not_closed_before_it_is_worked_out(tmp_path: Path) -> None:
    """Between taking in a rule and working it out nobody is told that the place is closed."""
    path, today = tmp_path / "places.geojson", NOW.date()
    with open_index(a_catalogue(path, kept("Mo 10:00-12:00")), tmp_path, today):
        pass
    places = kept("Mo 10:00-12:00", "24/7")
    with open_index(a_catalogue(path, places), tmp_path) as index:
        assert_filtered(index, places, "now", NOW)


# Codes


@pytest.mark.parametrize(
    ("code", "at", "begins", "ends"),
    [
        ("now", "2026-03-11T12:00", "2026-03-11T12:00", "2026-03-11T12:01"),
        ("evening", "2026-03-11T12:00", "2026-03-11T17:00", "2026-03-11T21:00"),
        ("evening", "2026-03-11T19:00", "2026-03-11T19:00", "2026-03-11T21:00"),
        ("evening", "2026-03-11T21:00", "2026-03-12T17:00", "2026-03-12T21:00"),
        ("weekend", "2026-03-11T12:00", "2026-03-14T00:00", "2026-03-16T00:00"),
        ("weekend", "2026-03-15T12:00", "2026-03-15T12:00", "2026-03-16T00:00"),
        ("weekend", "2026-03-16T00:00", "2026-03-21T00:00", "2026-03-23T00:00"),
        ("2026-03-29", "2026-03-11T12:00", "2026-03-29T00:00", "2026-03-30T00:00"),
        ("2026-03-11", "2026-03-11T20:00", "2026-03-11T20:00", "2026-03-12T00:00"),
        ("2026-03-11", "2026-03-12T20:00", "2026-03-11T00:00", "2026-03-12T00:00"),
        ("2026-11-28T18:00", "2026-03-11T12:00", "2026-11-28T18:00", "2026-11-28T18:01"),
        ("2026-11-28T18:00/2026-11-28T20:00", "2026-03-11T12:00", "2026-11-28T18:00",
         "2026-11-28T20:00"),
    ],
)  # fmt: skip
def test_what_the_codes_mean(code: str, at: str, begins: str, ends: str) -> None:
    """By Warsaw's clock, and never what is already over."""
    now, *edges = (datetime.fromisoformat(one).replace(tzinfo=WARSAW) for one in (at, begins, ends))
    assert opening.spans([code], now) == [tuple(edges)]
    assert opening.spans([code], now.astimezone(UTC)) == [tuple(edges)]
    assert opening.is_code(code)


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("minute", [0, 30, 59])
def test_now_is_a_minute_while_the_clocks_go_back(fold: int, minute: int) -> None:
    """Half past two comes twice that night; each of them lasts a minute."""
    now = datetime(2026, 10, 25, 2, minute, 30, tzinfo=WARSAW, fold=fold)
    ((begins, ends),) = opening.spans(["now"], now)
    assert ends.timestamp() - begins.timestamp() == 60


@pytest.mark.parametrize(
    "code",
    [
        "", "yesterday", "2026", "2026-13-01", "2026-11-28T25:00", "2026-11-28T18:00/", "/",
        "2026-11-28T20:00/2026-11-28T18:00", "1999-12-31", "0001-01-01", "9999-12-31",
        "2026-02-30", "now/evening", "2026-11-28T18:00/2026-11-28T20:00/2026-11-28T21:00", "\x00",
        "٢٠٢٦-١١-٢٨", "20261128", "2026-W48-6", "2026-11-28 18:00", "2026-01-01/2099-12-31",
        "2026-03-29T02:30/2026-03-29T03:00", "9999-12-31T23:59+00:00", "2026-11-28T18:00/2026",
    ],
)  # fmt: skip
def test_what_is_no_code(code: str) -> None:
    """Anything else is refused at the door, not read as some moment."""
    assert not opening.is_code(code)


@given(st.text(max_size=30))
def test_any_text_is_a_code_or_not(code: str) -> None:
    """Never an error; what is a code has a beginning before its end."""
    if opening.is_code(code):
        [span] = opening.spans([code], NOW)
        assert span.begins.timestamp() < span.ends.timestamp()


# Agreement


@pytest.mark.parametrize("code", ["now", "evening", "weekend", "2026-11-11", "2026-12-24T12:00"])
def test_list_map_counts_and_export_agree(all_rules: Path, code: str) -> None:
    """Whatever the time asked for, the same places everywhere, and counts that add up."""
    query = Query(open=code, per_page=100)
    with open_index(all_rules / "places.geojson", all_rules, NOW.date()) as index:
        found = search.run(index, query, NOW)
        listed = {hit.place.id for hit in found.hits}
        assert {one.id for one in search.every(index, query, NOW)} == listed
        view = pins.view_of(index, query, 6, None, NOW)
        assert {pin.id for pin in view.pins} == listed
        assert view.total == found.total == len(listed)
        for facet in ("city", "type"):
            assert sum(one.count for one in found.facets[facet]) == found.total
    assert_states_of_hits(found.hits, code)


def assert_states_of_hits(hits: Sequence[search.Hit], code: str) -> None:
    """Each hit tells its own state now, unless another time was asked for."""
    for hit in hits:
        voivodeship = hit.place.address.voivodeship
        told = hours.state_at(hit.place.hours.open, NOW, voivodeship) if code == "now" else None
        assert hit.moment == told
