"""Every code has its Polish words, and the words say no more than is known."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from places import facts, geojson, search, vocabulary
from places.errors import Fault
from places.index import Index
from places.place import Place
from places.query import FACETS, SORTS, Query
from places.web import words
from places.web.words import faults
from tests.builders import a_place

HERE = Path(__file__).resolve().parents[2]
CATALOGUE = HERE / "data" / "places.geojson"
TRANSLATIONS = HERE / "translations" / "pl" / "LC_MESSAGES"
A_WEEK = "Mo-Fr 15:00-19:00"


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


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (A_WEEK, "pon.–pt. 15:00–19:00"),
        ("Mo,We,Fr 16:00-20:00; PH off", "pon., śr., pt. 16:00–20:00; w święta nieczynne"),
        ("Mo-We 08:00-10:00,16:00-20:00", "pon.–śr. 8:00–10:00 i 16:00–20:00"),
        ("Mo-Su 08:00-22:00", "codziennie 8:00–22:00"),
        ("24/7", "całą dobę, codziennie"),
        ('Sa-Su unknown "podczas imprez"', "sob.–niedz. podczas imprez"),
        ("Oct-Mar: Sa 10:00-13:00", "październik–marzec: sob. 10:00–13:00"),
        ("10:00-18:00", "10:00–18:00"),
        ("SH Mo-Fr 10:00-14:00", None),
        ("Mo[1] 10:00-12:00", None),
        ("sunrise-sunset", None),
        ("Mo-Fr 10:00-12:00 || unknown", None),
        ("Mo", None),
        ("", None),
    ],
)
def test_simple_hours_are_worded_and_others_left(rule: str, said: str | None) -> None:
    """A rule is said wholly or not at all."""
    worded = words.timetable(rule)

    assert (worded and worded.replace("\u00a0", " ")) == said


@given(
    st.lists(st.sampled_from(("Mo", "Tu-Th", "Fr,Sa", "PH")), min_size=1, max_size=4, unique=True),
    st.integers(0, 22),
    st.integers(0, 59),
)
def test_no_hour_is_lost(days: list[str], hour: int, minute: int) -> None:
    """Every rule of a timetable and its hours stand in the words."""
    time = f"{hour:02}:{minute:02}-23:59"
    said = words.timetable("; ".join(f"{day} {time}" for day in days))

    assert said is not None
    assert said.count(f"{hour}:{minute:02}–23:59") == len(days)
    assert said.count(";") == len(days) - 1


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

    replies = words.replies(bare)

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

    said = {reply.key: reply for reply in words.replies(hall)}

    assert said["free"].state == "limited"
    assert said["free"].notes == ()
    assert said["hours"].answer == "pon.–pt. 15:00–19:00"
    assert said["cost"].answer == "Wesele 400 zł"
    assert said["people"].answer == "60\u00a0osób"
    assert (said["kitchen"].state, said["kitchen"].answer) == ("yes", "Tak")
    assert said["key"].answer == "Sołtys wsi"


def test_a_missing_kitchen_is_not_denied() -> None:
    """A list of what is there never says what is not."""
    hall = a_place(type="remiza", facilities=["scena"])

    assert {r.key: r.state for r in words.replies(hall)}["kitchen"] == "unknown"


def test_the_words_of_a_source_answer_where_yes_and_no_do_not() -> None:
    """A price or a way of booking is an answer, even where nobody says yes or no."""
    rules = {"cost_note": "bezpłatnie na cele społeczne", "booking_note": "zapisy w sekretariacie"}
    said = {reply.key: reply for reply in words.replies(a_place(rules=rules))}

    assert (said["free"].state, said["free"].answer) == ("said", "Bezpłatnie na cele społeczne")
    assert (said["walk_in"].state, said["walk_in"].answer) == ("said", "Zapisy w sekretariacie")
    assert said["own_meeting"].state == "unknown"


def test_an_unknown_answer_keeps_what_is_known_around_it() -> None:
    """Nobody says whether one may meet here, but the room is known."""
    known = a_place(rooms=[{"name": "Sala duża", "people": 22, "area_m2": 120.5}])
    meeting = {r.key: r for r in words.replies(known)}["own_meeting"]

    assert meeting.state == "unknown"
    assert meeting.notes == ("Sala duża: 120,5\u00a0m², 22\u00a0osoby",)


@pytest.mark.parametrize("field", sorted(facts.Accessibility.model_fields.keys() - {"note"}))
@pytest.mark.parametrize("answer", ["yes", "limited", "no"])
def test_every_fact_of_access_has_words(field: str, answer: str) -> None:
    """Each of the three answers to each question of access reads differently."""
    said = {
        given: {r.key: r for r in words.replies(a_place(accessibility={field: given}))}["access"]
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
    rules = {p.hours.open for p in geojson.read(CATALOGUE).places if p.hours.open}

    assert rules
    assert {rule for rule in rules if words.timetable(rule) is None} == set()


def test_chips_lead_to_the_query_without_them(index: Index) -> None:
    """Taking every chip away leads back to the whole list."""
    asked = {"q": ["klub"], "type": ["dom_kultury"], "city": ["krakow"], "near": ["50.02,19.97"]}
    query = Query.read({**asked, "page": ["1"]})
    results = search.run(index, query)

    labels = []
    while chips := words.chips(results):
        labels.append(chips[0].label)
        results = search.run(index, chips[0].without)

    assert labels[:2] == ["„klub”", "Kraków"]
    assert len(labels) == 4
    assert results.query == Query()


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


def test_directions_lead_to_the_address_when_the_point_is_vague() -> None:
    """Nobody is sent to the middle of a village as if it were the door."""
    exact = words.directions(a_place())
    vague = words.directions(a_place(position={"precision": "locality", "uncertainty_m": 1590}))

    assert exact.exact
    assert exact.app.startswith("geo:50.021700,19.970500")
    assert not vague.exact
    assert "Lipowa" in vague.app
    assert "openstreetmap.org/search" in vague.web
