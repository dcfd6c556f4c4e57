"""Every code has its Polish words, and the words say no more than is known."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from places import facts, geocoders, geojson, hours, search, vocabulary
from places.errors import Fault
from places.hours import WARSAW
from places.index import Index, open_index
from places.place import Place
from places.query import FACETS, SORTS, Query
from places.web import words
from places.web.words import faults
from tests import hours_rules
from tests.builders import a_catalogue, a_place, an_id

HERE = Path(__file__).resolve().parents[2]
CATALOGUE = HERE / "data" / "places.geojson"
TRANSLATIONS = HERE / "translations" / "pl" / "LC_MESSAGES"
A_WEEK = "Mo-Fr 15:00-19:00"
NOON = datetime(2026, 11, 25, 12, tzinfo=WARSAW)


@pytest.fixture(autouse=True)
def polish(app: Flask) -> Iterator[None]:
    """Words are said within a request, as on a page."""
    with app.test_request_context("/"):
        yield


def codes_of_faults() -> set[str]:
    """Every code that the source gives to a fault, read from the source itself."""
    position = {"Fault": 1, "_Refused": 0, "_refuse": 1}
    found: set[str] = set()
    for path in (HERE / "places").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                arguments = node.args[position.get(name, 99) :][:1]
                found.update(
                    one.value
                    for argument in arguments
                    for one in ast.walk(argument)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_CODES":
                assert isinstance(node.value, ast.Dict)
                found.update(v.value for v in node.value.values if isinstance(v, ast.Constant))
    return {code for code in found if re.fullmatch(r"[a-z_]+", code)}


def test_every_fault_has_a_sentence() -> None:
    """Whatever can be refused is refused in words."""
    codes = codes_of_faults()

    assert len(codes) > 30
    assert codes - faults._SENTENCES.keys() == set()


@pytest.mark.parametrize("code", sorted(faults._SENTENCES))
def test_a_sentence_stands_with_and_without_its_details(code: str) -> None:
    """A fault reads as one sentence, whichever of its parts are known."""
    for fault in (Fault("q", code), Fault("", code, "x"), Fault("q", code, "x", "5")):
        said = words.fault(fault)

        assert said.endswith(".")
        assert said[0].isupper() or said[0] == "„"
        assert "%(" not in said
        assert "  " not in said


def test_a_fault_names_the_record_in_polish() -> None:
    """The terminal says which line of the file is meant."""
    said = words.fault(Fault("name", "missing", where="line 12 · k3v7m2qa"))

    assert said == "linia 12 · k3v7m2qa: nazwa (name): brakuje wartości."


def test_a_value_with_percent_signs_stays_as_it_is() -> None:
    """What was given is data: it is quoted, never interpreted."""
    said = words.fault(Fault("q", "too_long", "100%(limit)s %d", "5"))

    assert "„100%(limit)s %d”" in said


@pytest.mark.parametrize(
    ("say", "codes"),
    [
        (words.type_name, vocabulary.TYPES),
        (words.type_plural, vocabulary.TYPES),
        (words.type_about, vocabulary.TYPES),
        (words.network_about, vocabulary.NETWORKS),
        (words.status, get_args(vocabulary.Status)),
        (words.audience, get_args(vocabulary.Audience)),
        (words.doubt, get_args(vocabulary.Doubt)),
        (words.group, facts.Checks.model_fields),
        (words.facet, FACETS),
        (words.sort_order, SORTS),
    ],
)
def test_every_code_has_a_word(say: Callable[[str], str], codes: Iterable[str]) -> None:
    """No code of a vocabulary reaches a page as it stands."""
    for code in codes:
        said = say(code)

        assert said
        assert said != code or code == "biblioteka"  # the one code that is the Polish word
        assert "_" not in said


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "10 m"), (4, "10 m"), (346, "350 m"), (994, "990 m"), (996, "1 km"),
        (1_000, "1 km"), (1_234, "1,2 km"), (9_940, "9,9 km"), (9_960, "10 km"),
        (12_345, "12 km"), (1_234_567, "1 235 km"),
    ],
)  # fmt: skip
def test_distances(metres: float, said: str) -> None:
    """Distances are said as people say them, no finer than they are known."""
    assert words.distance(metres).replace("\u00a0", " ") == said


@given(st.floats(0, 600_000), st.floats(0, 600_000))
def test_a_farther_place_never_sounds_nearer(one: float, other: float) -> None:
    """Rounding keeps the order of distances."""

    def metres(said: str) -> float:
        number, unit = said.replace("\u00a0", " ").rsplit(" ", 1)
        return float(number.replace(" ", "").replace(",", ".")) * (1000 if unit == "km" else 1)

    near, far = sorted((one, other))

    assert metres(words.distance(near)) <= metres(words.distance(far))


def test_the_distance_to_a_vague_point_is_vague() -> None:
    """Forty metres to the middle of a village says only how far the hall may be at most."""
    vague = a_place(position={"precision": "locality", "uncertainty_m": 1590})

    assert words.distance_to(vague, 40) == "do\u00a01,6\u00a0km"
    assert words.distance_to(vague, 5_000) == "ok.\u00a05\u00a0km"
    assert words.distance_to(a_place(), 40) == "40\u00a0m"


def test_a_street_is_not_a_door() -> None:
    """Known to the street only: about how far, and the address to go by, not the point."""
    street = a_place(position={"precision": "street", "uncertainty_m": 760})

    assert words.distance_to(street, 910) == "ok.\u00a0910\u00a0m"
    assert words.distance_to(street, 40) == "do\u00a0800\u00a0m"
    assert not words.directions(street).exact
    assert "Lipowa" in words.directions(street).app
    assert "adresem" in words.position_advice(street)


@pytest.mark.parametrize(
    ("when", "what", "of", "at"),
    [
        ("2024", "2024", "z 2024 r.", "w 2024 r."),
        ("2024-02", "luty 2024", "z lutego 2024", "w lutym 2024"),
        ("2024-09", "wrzesień 2024", "z września 2024", "we wrześniu 2024"),
        ("2024-02-07", "7 lutego 2024", "z 7 lutego 2024", "7 lutego 2024"),
    ],
)
def test_dates_are_as_exact_as_they_are_known(when: str, what: str, of: str, at: str) -> None:
    """A year stays a year; no day is made up."""
    said = (words.date_words(when), words.date_of(when), words.date_when(when))

    assert tuple(one.replace("\u00a0", " ") for one in said) == (what, of, at)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026", ""), ("2025-11-22", "sprzed ponad roku"), ("2025-11-23", ""),
        ("2025", ""), ("2024", "sprzed ponad roku"), ("2018-10", "sprzed ponad 8 lat"),
        ("2023", "sprzed ponad 2 lat"), ("2004", "sprzed ponad 21 lat"),
    ],
)  # fmt: skip
def test_age_is_never_overstated(when: str, said: str) -> None:
    """A partial date counts as its last day."""
    assert words.long_ago(when, date(2026, 11, 22)).replace("\u00a0", " ") == said


def test_a_source_is_not_a_confirmation() -> None:
    """Freshness says who knows: the host, a moderator, or only a page of some date."""
    source = facts.Check(on="2024-02", by="source")
    owner = facts.Check(on="2026-05", by="owner")
    today = date(2026, 11, 22)

    assert words.checked(source).replace("\u00a0", " ") == (
        "według źródła z lutego 2024, nikt tego jeszcze nie potwierdził"
    )
    assert "nikt" in words.freshness(source, today)
    assert "potwierdził" in words.freshness(owner, today)
    assert "nikt" not in words.freshness(owner, today)
    assert "Nie wiemy" in words.freshness(None, today)


def test_what_is_missing_is_not_called_unchecked() -> None:
    """A group without facts says that there are none; one with facts says whose word it is."""
    said = dict(words.checks(a_place(hours={"open": A_WEEK}, checked={})))

    assert said["godziny"].startswith("nie wiemy, z\u00a0kiedy")
    assert said["dostępność"] == "nie mamy jeszcze tych informacji"
    assert said["adres"].startswith("nie wiemy, z\u00a0kiedy")


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("rule", "now", "said"),
    [
        (A_WEEK, "2026-11-25T16:40", "otwarte do 19:00"),
        (A_WEEK, "2026-11-25T18:40", "zamyka się za 20 min"),
        (A_WEEK, "2026-11-25T18:59", "zamyka się za 1 min"),
        (A_WEEK, "2026-11-25T14:45", "otwiera za 15 min"),
        (A_WEEK, "2026-11-25T09:00", "zamknięte, otwiera dziś o 15:00"),
        (A_WEEK, "2026-11-25T20:00", "zamknięte, otwiera jutro o 15:00"),
        (A_WEEK, "2026-11-28T12:00", "zamknięte, otwiera w poniedziałek o 15:00"),
        ("Tu 09:00-12:00", "2026-11-25T12:00", "zamknięte, otwiera we wtorek o 9:00"),
        ("We 09:00-12:00", "2026-11-25T13:00", "zamknięte, otwiera 2 grudnia o 9:00"),
        ("Jul 09:00-12:00", "2026-11-25T13:00", "zamknięte, otwiera 1 lipca 2027 o 9:00"),
        ("24/7", "2026-11-25T13:00", "otwarte całą dobę"),
        ("Fr 18:00-02:00", "2026-11-27T23:00", "otwarte do 2:00"),
        ("Fr 18:00-24:00", "2026-11-27T20:00", "otwarte do północy"),
        ("Fr 18:00-24:00; Sa 00:00-20:00", "2026-11-27T20:00", "otwarte do 20:00 (jutro)"),
        ("We 16:00+", "2026-11-25T16:30", "otwarte, nie wiemy, do której"),
        ("We 16:00+", "2026-11-25T18:30", "może otwarte, nie wiemy, do której"),
        ('We unknown "po umówieniu"', "2026-11-25T18:30", "po umówieniu"),
        ('We unknown "podczas imprez"', "2026-11-25T18:30",
         "nie wiemy, czy otwarte: podczas imprez"),
        ('Th unknown "po umówieniu"', "2026-11-25T18:30", "zamknięte, być może otworzy jutro"),
        ("2020 Mo-Fr 10:00-12:00", "2026-11-25T18:30", "nieczynne"),
        (None, "2026-11-25T18:30", "godziny nieznane, zadzwoń"),
    ],
)  # fmt: skip
def test_a_card_says_whether_it_is_open(rule: str | None, now: str, said: str) -> None:
    """Open until when, closed until when, or unknown: in the words of a neighbour."""
    place = a_place(hours={"open": rule}, contact={"phone": "+48 12 345 67 89"})

    assert words.openness(place, None, at(now)).said.replace("\u00a0", " ") == said


def test_without_a_telephone_nobody_is_told_to_call() -> None:
    """Unknown hours lead to a call only where there is a number."""
    assert words.openness(a_place(), None, at("2026-11-25T12:00")).said == "godziny nieznane"


def test_doubts_about_hours_are_said_beside_them() -> None:
    """An old rule is a warning, and on a holiday so are the usual hours; a fresh rule has none."""
    old = a_place(hours={"open": A_WEEK}, checked={"hours": {"on": "2023", "by": "source"}})
    fresh = a_place(hours={"open": A_WEEK}, checked={"hours": {"on": "2026-10", "by": "source"}})
    feast = words.openness(fresh, None, at("2026-06-04T16:00")).warnings

    assert words.openness(fresh, None, at("2026-11-25T16:00")).warnings == ()
    assert "z\u00a02023\u00a0r." in words.openness(old, None, at("2026-11-25T16:00")).warnings[0]
    assert feast == ("zwykle otwarte do 19:00",)


def test_on_a_holiday_a_silent_rule_is_not_believed() -> None:
    """A rule that says nothing of holidays leaves it unknown, as in the filter; one
    that speaks of them is believed."""
    silent = a_place(hours={"open": A_WEEK}, checked={"hours": {"on": "2026-05", "by": "owner"}})
    spoken = a_place(hours={"open": f"{A_WEEK}; PH 15:00-17:00"})
    feast = at("2026-06-04T16:00")
    told = words.openness(silent, None, feast)

    assert (told.state, told.said) == ("unknown", "święto (Boże Ciało): nie wiemy, czy otwarte")
    assert words.openness(spoken, None, feast).said == "otwarte do 17:00"
    before = words.openness(silent, None, at("2026-06-04T10:00"))
    assert "ale to święto (Boże Ciało): nie wiemy" in before.said
    assert before.warnings == ()
    answer = next(one for one in words.replies(silent, feast) if one.key == "hours")
    assert "nie wiemy, czy otwarte" in answer.answer


@pytest.mark.parametrize(
    ("rule", "now", "when", "feast"),
    [
        ("Mo-Fr 15:00-19:00", "2026-12-24T20:30", "jutro o 15:00", "Boże Narodzenie"),
        ("Mo-Fr 15:00-19:00", "2026-12-25T09:00", "dziś o 15:00", "Boże Narodzenie"),
        ("Mo-Su 08:00-16:00", "2026-04-04T18:00", "jutro o 8:00", "Wielkanoc"),
        ("Mo-Fr 08:00-16:00", "2026-04-03T18:00", "w poniedziałek o 8:00",
         "Poniedziałek Wielkanocny"),
        ("Sa-Su 10:00-14:00", "2026-05-02T22:30", "jutro o 10:00", "Święto Konstytucji 3 Maja"),
        ("Mo-Fr 09:00-12:00", "2026-12-23T19:45", "jutro o 9:00", "Wigilia"),
        ("Mo-Fr 09:00-12:00", "2026-12-24T08:45", "dziś o 9:00", "Wigilia"),
    ],
)  # fmt: skip
def test_a_silent_rule_promises_no_holiday(rule: str, now: str, when: str, feast: str) -> None:
    """When the next opening falls on a holiday the rule says nothing of, it is only the usual one;
    a rule that speaks of holidays is believed."""
    told = words.openness(a_place(hours={"open": rule}), None, at(now))
    said = told.said.replace("\u00a0", " ").lower()
    assert said.startswith(f"zamknięte, zwykle otwiera {when}")
    assert feast.lower() in said
    assert told.state == "closed"
    spoken = words.openness(a_place(hours={"open": f"{rule}; PH off"}), None, at(now))
    assert feast.lower() not in spoken.said.lower()


@given(hours_rules.rules(), st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)))  # noqa: DTZ001
def test_the_words_agree_with_the_state(rule: str, wall: datetime) -> None:
    """Whatever the rule and the moment, the card never says open of a closed or unknown place."""
    now = wall.replace(tzinfo=WARSAW)
    place = a_place(hours={"open": rule}) if hours.fault_in(rule) is None else a_place()
    moment = hours.state_at(place.hours.open, now, "małopolskie")
    state = "unknown" if moment.state == "open" and moment.holiday else moment.state
    told = words.openness(place, None, now)

    assert told.said
    assert {"soon": "open"}.get(told.state, told.state) == state
    assert told.said.startswith(("otwarte", "zamyka się")) == (state == "open")


def test_the_week_is_a_table_with_today_and_the_next_holiday() -> None:
    """Seven days from today; a holiday that closes the place is named, so is one that may."""
    plain = words.timetable(a_place(hours={"open": A_WEEK}), date(2026, 12, 20))
    spoken = words.timetable(a_place(hours={"open": f"{A_WEEK}; PH off"}), date(2026, 12, 23))
    assert plain
    assert spoken

    assert [row.name for row in plain.rows][::6] == ["niedziela", "sobota"]
    assert plain.rows[0].times == ("nieczynne",)
    assert plain.rows[1].times == ("15:00–19:00",)
    assert plain.exception.replace("\u00a0", " ") == (
        "Najbliższe święto: czwartek 24 grudnia (Wigilia). Nie wiemy, czy wtedy jest otwarte."
    )
    assert spoken.exception.replace("\u00a0", " ") == (
        "Najbliższa zmiana: czwartek 24 grudnia (Wigilia) – nieczynne."
    )
    assert (spoken.rows[1].note, spoken.rows[1].state) == ("Wigilia", "closed")


def test_a_holiday_on_a_day_off_needs_no_warning() -> None:
    """Where the rule says nothing of holidays, only those on its own days are in doubt."""
    week = words.timetable(a_place(hours={"open": "We 10:00-12:00"}), date(2026, 12, 20))
    assert week

    assert "środa 6\u00a0stycznia" in week.exception


def test_a_week_keeps_what_nobody_knows() -> None:
    """An open end and hours "on request" stay what they are."""
    week = words.timetable(
        a_place(hours={"open": 'Mo 16:00+; Sa unknown "podczas imprez"'}), date(2026, 11, 25)
    )
    assert week

    assert week.rows[5].times == ("od 16:00, nie wiemy, do której",)
    assert (week.rows[3].times, week.rows[3].state) == (("podczas imprez",), "unknown")
    assert words.timetable(a_place(), date(2026, 11, 25)) is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("now", "teraz"), ("weekend", "w weekend"), ("2026-11-28", "sobota 28 listopada"),
        ("2026-11-28T18:00", "sobota 28 listopada, 18:00"),
        ("2026-11-28T18:00/2026-11-28T22:00", "sobota 28 listopada, 18:00–22:00"),
        ("2026-11-28T18:00/2026-11-29T00:00", "sobota 28 listopada, 18:00–24:00"),
        ("2030-01-05", "sobota 5 stycznia 2030"), ("2020-01-01", "środa 1 stycznia 2020"),
        ("2027-01-04T18:00", "poniedziałek 4 stycznia 2027, 18:00"),
        ("2026-12-31T18:00/2027-01-01T02:00",
         "czwartek 31 grudnia, 18:00 – piątek 1 stycznia 2027, 2:00"),
        ("kiedyś", "kiedyś"),
    ],
)  # fmt: skip
def test_times_that_are_asked_for_have_words(code: str, said: str) -> None:
    """Every code of `open` is said as people say it, with the year where it is another than
    today's; nonsense stays nonsense."""
    assert words.when(code, date(2026, 11, 25)).replace("\u00a0", " ") == said


def test_what_nobody_knows_is_not_answered() -> None:
    """A bare record answers every question of the card with "nie wiemy", none with "nie"."""
    bare = Place.read(
        {
            "id": "k3v7m2qa", "point": (51.5, 16.2), "name": "Świetlica", "type": "swietlica",
            "address": {
                "city": "Rudna", "gmina": "Rudna", "teryt": "021104",
                "voivodeship": "dolnośląskie",
            },
            "position": {"precision": "locality", "uncertainty_m": 1590},
        }
    )  # fmt: skip

    replies = words.replies(bare, NOON)

    assert [reply.key for reply in replies] == [
        "free", "walk_in", "residents_only", "hours", "offer", "children_alone", "own_meeting",
        "access", "cost", "people", "kitchen", "key",
    ]  # fmt: skip
    assert {reply.answer for reply in replies} == {"nie wiemy"}
    assert {reply.state for reply in replies} == {"unknown"}


def test_the_card_is_in_the_order_people_ask() -> None:
    """The questions of a village hall follow those of every place."""
    hall = a_place(
        type="swietlica",
        rules={"cost_note": "wesele 400 zł", "key_holder": "sołtys wsi", "free": "limited"},
        capacity_people=60,
        facilities=["kuchnia", "scena"],
        hours={"open": A_WEEK},
    )

    said = {reply.key: reply for reply in words.replies(hall, NOON)}

    assert said["free"].state == "limited"
    assert said["free"].notes == ()
    assert said["hours"].answer == "Teraz: zamknięte, otwiera dziś o\u00a015:00"
    assert said["hours"].notes[0] == "pon.–pt. 15:00–19:00"
    assert said["cost"].answer == "Wesele 400 zł"
    assert said["people"].answer == "60\u00a0osób"
    assert (said["kitchen"].state, said["kitchen"].answer) == ("yes", "Tak")
    assert said["key"].answer == "Sołtys wsi"


def test_a_missing_kitchen_is_not_denied() -> None:
    """A list of what is there never says what is not."""
    hall = a_place(type="remiza", facilities=["scena"])

    assert {r.key: r.state for r in words.replies(hall, NOON)}["kitchen"] == "unknown"


def test_the_words_of_a_source_answer_where_yes_and_no_do_not() -> None:
    """A price or a way of booking is an answer, even where nobody says yes or no."""
    rules = {"cost_note": "bezpłatnie na cele społeczne", "booking_note": "zapisy w sekretariacie"}
    said = {reply.key: reply for reply in words.replies(a_place(rules=rules), NOON)}

    assert (said["free"].state, said["free"].answer) == ("said", "Bezpłatnie na cele społeczne")
    assert (said["walk_in"].state, said["walk_in"].answer) == ("said", "Zapisy w sekretariacie")
    assert said["own_meeting"].state == "unknown"


def test_an_unknown_answer_keeps_what_is_known_around_it() -> None:
    """Nobody says whether one may meet here, but the room is known."""
    known = a_place(rooms=[{"name": "Sala duża", "people": 22, "area_m2": 120.5}])
    meeting = {r.key: r for r in words.replies(known, NOON)}["own_meeting"]

    assert meeting.state == "unknown"
    assert meeting.notes == ("Sala duża: 120,5\u00a0m², 22\u00a0osoby",)


@pytest.mark.parametrize("field", sorted(facts.Accessibility.model_fields.keys() - {"note"}))
@pytest.mark.parametrize("answer", ["yes", "limited", "no"])
def test_every_fact_of_access_has_words(field: str, answer: str) -> None:
    """Each of the three answers to each question of access reads differently."""
    said = {
        given: {r.key: r for r in words.replies(a_place(accessibility={field: given}), NOON)}[
            "access"
        ]
        for given in ("yes", "limited", "no")
    }

    assert said[answer].state == "said"
    assert len({reply.answer for reply in said.values()}) == 3


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 miejsce"), (2, "2 miejsca"), (5, "5 miejsc"), (12, "12 miejsc"), (22, "22 miejsca"),
     (112, "112 miejsc"), (12_500, "12 500 miejsc"), (0, "0 miejsc")],
)  # fmt: skip
def test_polish_counts(count: int, said: str) -> None:
    """Polish has three forms of the plural, and all three are in the catalogue."""
    assert words.place_count(count).replace("\u00a0", " ") == said


@given(st.text("abciowz 12m²złkm–(„\u00a0", max_size=60))
def test_tying_changes_only_spaces(text: str) -> None:
    """Tying a text twice is tying it once, and untying gives it back."""
    tied = words.tied(text)

    assert tied.replace("\u00a0", " ") == text.replace("\u00a0", " ")
    assert words.tied(tied) == tied


def test_no_line_ends_with_a_lonely_letter() -> None:
    """One-letter words hold on to the next word, numbers to their unit."""
    tied = words.tied("Klub w domu i o 5 km od Z 12 m² (a to 30 zł)")

    assert tied.replace("\u00a0", "_") == "Klub w_domu i_o_5_km od Z_12_m² (a_to 30_zł)"


def test_every_rule_of_the_catalogue_is_worded() -> None:
    """The hours people see in the real catalogue are words, not syntax."""
    places = [p for p in geojson.read(CATALOGUE).places if p.hours.open]

    for one in places:
        week = words.timetable(one, date(2026, 11, 25))
        assert week
        assert len(week.rows) == 7
        assert week.rule.replace("\u00a0", " ") != one.hours.open
    assert places


def test_chips_lead_to_the_query_without_them(index: Index) -> None:
    """Taking every chip away leads back to the whole list."""
    asked = {"q": ["klub"], "type": ["dom_kultury"], "city": ["krakow"], "near": ["50.02,19.97"]}
    query = Query.read({**asked, "page": ["1"]})
    results = search.run(index, query, NOON)

    labels = []
    while chips := words.chips(results):
        labels.append(chips[0].label)
        results = search.run(index, chips[0].query, NOON)

    assert labels[:2] == ["„klub”", "Kraków"]
    assert len(labels) == 4
    assert results.query == Query()


def test_what_was_understood_stands_on_chips(index: Index) -> None:
    """Each meaning has a chip in plain words, whose link leaves the other words alone."""
    query = Query.read({"q": ["klub dla seniorów w Krakowie bez schodów w sobotę"]})
    results = search.run(index, query, NOON)
    said = {one.label.replace("\u00a0", " "): one.query.q for one in words.chips(results)}

    assert said == {
        "dla seniorów": "klub w Krakowie bez schodów w sobotę",
        "gdzie: Kraków": "klub dla seniorów bez schodów w sobotę",
        "bez schodów": "klub dla seniorów w Krakowie w sobotę",
        "otwarte: sobota 28 listopada": "klub dla seniorów w Krakowie bez schodów",
        "„klub”": "dla seniorów w Krakowie bez schodów w sobotę",
    }


def test_an_uncertain_town_is_offered_and_not_swallowed(index: Index, tmp_path: Path) -> None:
    """A name that is also a town is searched for as words, with a link to the town."""
    gdansk = {"city": "Gdańsk", "gmina": "Gdańsk", "teryt": "226101", "voivodeship": "pomorskie"}
    some = [
        a_place(id=an_id(1), name="Klub Gdańsk"),
        a_place(id=an_id(2), name="Klub Lipa", point=(54.35, 18.65), address=gdansk),
    ]
    with open_index(a_catalogue(tmp_path / "places.geojson", some), tmp_path) as both:
        found = search.run(both, Query.read({"q": ["klub gdańsk"]}), NOON)
    [offer] = words.offers(found)
    taken = search.run(index, Query.read({"q": ["klub w Gdańsku"]}), NOON)

    assert found.total == 2
    assert offer.label.replace("\u00a0", " ") == "Szukać w miejscowości Gdańsk?"
    assert (offer.query.q, offer.query.city) == ("klub", ("gdansk",))
    assert words.offers(taken) == []


def test_an_uncertain_town_is_kept_where_the_rest_does_not_fit(index: Index) -> None:
    """What is in Gdańsk answers "lipa klub gdańsk" better than a Lipa elsewhere."""
    found = search.run(index, Query.read({"q": ["lipa klub gdańsk"]}), NOON)

    assert {hit.place.address.city for hit in found.hits} == {"Gdańsk"}
    assert "gdzie: Gdańsk" in {said.label for said in words.chips(found)}


@pytest.mark.parametrize(
    ("q", "heading", "measured"),
    [
        ("planszówki xyzzq w Rudnej", "", ""),
        ("dom sąsiedzki w Rudnej", "Najbliższe w innych okolicach: domy sąsiedzkie", "Rudna"),
        ("przystań w Rudnej", "Najbliższe w innych okolicach, pasujące do: „przystań”", "Rudna"),
        ("dom sąsiedzki w Gdańsku", "", ""),
    ],
)
def test_what_lies_elsewhere_is_told_apart(
    index: Index, q: str, heading: str, measured: str
) -> None:
    """A heading that fits any words, and from where the distances are counted."""
    results = search.run(index, Query.read({"q": [q]}), NOON)
    assert bool(results.beyond) == bool(heading)
    if heading:
        assert words.beyond_heading(results).replace("\u00a0", " ") == heading
    assert measured in words.measured_from(results)
    assert bool(measured) == bool(words.measured_from(results))


def test_nothing_is_offered_that_changes_nothing(index: Index) -> None:
    """Where all answers lie in the town already, and where only a form is like a village's name,
    there is no question."""
    for q in ("dom gdańsk", "świetlica rudna"):
        assert words.offers(search.run(index, Query.read({"q": [q]}), NOON)) == []


def test_a_postcode_is_offered_as_a_place(tmp_path: Path) -> None:
    """Whoever types a postcode may mean the places around it; one that no record has is said to
    be unknown instead of leading to a refusal."""
    places = [a_place(**{"address.postcode": "31-559"})]
    catalogue = a_catalogue(tmp_path / "places.geojson", places)
    with open_index(catalogue, tmp_path / "instance") as index:
        known, strange = (
            search.run(index, Query.read({"q": [f"klub {code}"]}), NOON)
            for code in ("31-559", "80-209")
        )
    [offer] = words.offers(known)

    assert (offer.query.q, offer.query.near) == ("klub", "31-559")
    assert words.remarks(known) == []
    assert words.offers(strange) == []
    assert "kody pocztowe" in words.remarks(strange)[0]


def test_a_correction_is_told(index: Index) -> None:
    """What was searched for instead of the typed word is said, and by the letter nothing is."""
    typed = search.run(index, Query.read({"q": ["swietlicca"]}), NOON)
    exact = search.run(index, Query.read({"q": ["swietlicca"], "exact": ["1"]}), NOON)

    assert words.corrections(typed) == ["Szukaliśmy „świetlica” zamiast „swietlicca”."]
    assert words.is_interpreted(typed)
    assert words.corrections(exact) == []
    assert not words.is_interpreted(exact)
    assert "słowa dosłownie" in [one.label for one in words.chips(exact)]


@pytest.mark.parametrize(
    ("q", "level", "said"),
    [
        ("klub", "every", ""),
        ("przystań zzyzxqq", "some", "Żadne miejsce nie pasuje do wszystkich słów"),
        ("zzyzxqq w Gdańsku", "area", "Nic tu nie pasuje do: „zzyzxqq”"),
        ("świetlica w Zakopanem", "elsewhere", "W tej okolicy niczego takiego nie znamy"),
    ],
)
def test_how_well_the_answers_fit_is_said(index: Index, q: str, level: str, said: str) -> None:
    """Where not every word is found the list says what it holds instead."""
    results = search.run(index, Query.read({"q": [q]}), NOON)

    assert results.level == level
    assert words.level(results).replace("\u00a0", " ").startswith(said)
    assert bool(words.level(results)) == bool(said)


def test_what_cannot_be_searched_for_is_said(index: Index) -> None:
    """A number of people or "near me" makes no chip: a chip that changes nothing would lie."""
    results = search.run(index, Query.read({"q": ["klub na 40 osób blisko mnie"]}), NOON)

    assert [one.label for one in words.chips(results)] == ["„klub”"]
    assert len(words.remarks(results)) == 2


def test_reasons_have_words(index: Index) -> None:
    """Each answer says why it stands where it stands, once that is asked."""
    asked = {"q": ["klub dla seniorów w sobotę"], "explain": ["1"], "near": ["50.02,19.97"]}
    results = search.run(index, Query.read(asked), NOON)
    silent = search.run(index, Query.read({"q": ["klub"]}), NOON)

    for hit in results.hits:
        said = words.why(results, hit)
        assert said
        assert not any("_" in one for one in said)
    assert words.why(silent, silent.hits[0]) == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    """messages.mo says what messages.po says, and every plural has its three forms."""
    with (TRANSLATIONS / "messages.po").open("rb") as file:
        written = read_po(file, locale="pl")
    with (TRANSLATIONS / "messages.mo").open("rb") as file:
        compiled = read_mo(file)
    plurals = [message for message in written if message.pluralizable]

    assert {m.id[0] for m in plurals} == plurals_in_the_source()
    for message in plurals:
        assert len(message.string) == 3
        assert all(message.string)
        assert tuple(compiled[message.id[0]].string) == message.string


def plurals_in_the_source() -> set[str]:
    return {
        node.args[0].value
        for path in (HERE / "places").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "ngettext"
        and isinstance(node.args[0], ast.Constant)
    }


def test_precision_is_said_with_its_metres() -> None:
    """Each precision has a sentence with the uncertainty; a vague place says it is off the map."""
    for precision in get_args(vocabulary.Precision):
        one = a_place(position={"precision": precision, "uncertainty_m": 1_200})

        assert "1,2\u00a0km" in words.position(one)

    vague = a_place(position={"precision": "locality", "uncertainty_m": 4_500})
    assert "nie zaznaczamy" in words.position(vague)
    assert not vague.on_map


def test_every_geocoder_is_credited() -> None:
    """Whoever told us where an address is, is named; nobody else is."""
    for source in geocoders.CODES:
        assert geocoders.CREDITS[source] in words.credit(source)
    assert words.credit("") == ""


def test_directions_lead_to_the_address_when_the_point_is_vague() -> None:
    """Nobody is sent to the middle of a village as if it were the door."""
    exact = words.directions(a_place())
    vague = words.directions(a_place(position={"precision": "locality", "uncertainty_m": 1590}))

    assert exact.exact
    assert exact.app.startswith("geo:50.021700,19.970500")
    assert not vague.exact
    assert "Lipowa" in vague.app
    assert "openstreetmap.org/search" in vague.web
