"""Questions as people type them, and what is understood of each: a truth table.

The table is questions.txt, for people to read and add to.
"""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import gazetteer, text
from places.intents import MOST_WORDS, Reading, read
from places.known import Area, Known, pairs_of

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=ZoneInfo("Europe/Warsaw"))
SETTLEMENTS = {
    "warszawa": "Warszawa",
    "krakow": "Kraków",
    "lodz": "Łódź",
    "wroclaw": "Wrocław",
    "poznan": "Poznań",
    "gdansk": "Gdańsk",
    "katowice": "Katowice",
    "lublin": "Lublin",
    "bielsko-biala": "Bielsko-Biała",
    "radom": "Radom",
    "opole": "Opole",
    "slupsk": "Słupsk",
    "rudna": "Rudna",
    "wola-pszczyna": "Wola",
    "kozlowka": "Kozłówka",
    "dabrowa-gornicza": "Dąbrowa Górnicza",
    "dabrowa-1": "Dąbrowa",
    "dabrowa-2": "Dąbrowa",
    "piatek": "Piątek",
    "sroda-wlkp": "Środa Wielkopolska",
    "zakopane": "Zakopane",
    "gora": "Góra",
    "kolo": "Koło",
    "lesna": "Leśna",
    "ksiazki": "Książki",
    "zabawa": "Zabawa",
    "naprawa": "Naprawa",
    "srodmiescie-wies": "Śródmieście",
}
DISTRICTS = {
    "warszawa/wola": ("Wola", "Warszawa"),
    "warszawa/ursynow": ("Ursynów", "Warszawa"),
    "warszawa/srodmiescie": ("Śródmieście", "Warszawa"),
    "gdansk/srodmiescie": ("Śródmieście", "Gdańsk"),
    "krakow/podgorze": ("Podgórze", "Kraków"),
    "krakow/nowa-huta": ("Nowa Huta", "Kraków"),
    "gdansk/zaspa-mlyniec": ("Zaspa-Młyniec", "Gdańsk"),
}
NETWORKS = {
    "MAL": "mal",
    "Miejsce Aktywności Lokalnej": "mal",
    "CAL": "cal",
    "MAM": "mam",
    "Miejsce Aktywności Mieszkańców": "mam",
    "MCAS": "mcas",
    "Senior+": "senior-plus",
}
NAMES = [
    ("Miejsce Aktywności Mieszkańców „Na Kozłówce”", "Kraków", "Podgórze"),
    ("Dom Kultury Śródmieście", "Warszawa", "Śródmieście"),
    ("Świetlica wiejska w Rudnej", "Rudna"),
    ("Klub Kraków", "Łódź"),
    ("Klub Żak", "Gdańsk"),
]
KNOWN = Known(
    [
        *(Area("settlement", name, value) for value, name in SETTLEMENTS.items()),
        *(Area("district", name, value, city) for value, (name, city) in DISTRICTS.items()),
    ],
    NETWORKS,
    frozenset(pair for name in NAMES for pair in pairs_of(*name)),
)

TABLE = [
    tuple(part.strip() for part in line.split("=>"))
    for line in Path(__file__).with_name("questions.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def _told(reading: Reading) -> str:
    return " ".join(
        f"{one.kind}:{'|'.join(one.values)}{'' if one.certain else '?'}" for one in reading.intents
    )


@pytest.mark.parametrize(("question", "meant", "rest"), TABLE, ids=[row[0] for row in TABLE])
def test_a_question_is_understood(question: str, meant: str, rest: str) -> None:
    """Where, when, for whom, at what price, how accessible and what kind; the rest stays text."""
    reading = read(question, KNOWN, NOW)
    assert (_told(reading), reading.rest) == (meant, rest)


def test_every_intent_says_where_it_comes_from() -> None:
    """So that a person can take it back."""
    reading = read("Klub seniora na Woli, otwarty w sobotę", KNOWN, NOW)
    said = [reading.said(intent) for intent in reading.intents]
    assert said == ["Klub seniora", "na Woli", "otwarty w sobotę"]


def test_a_district_is_that_of_the_city_named() -> None:
    """Śródmieście alone is in two cities; with one of them named it is in that one."""
    alone, named = (read(q, KNOWN, NOW) for q in ("na Śródmieściu", "Gdańsk, na Śródmieściu"))
    cities = {area.within for one in alone.intents for area in one.areas}
    assert cities == {"Warszawa", "Gdańsk", ""}
    assert [one.values for one in named.intents] == [("gdansk",), ("gdansk/srodmiescie",)]


@pytest.mark.parametrize(
    ("question", "certain"),
    [
        ("do zabaw", False), ("łódź zabaw", False), ("zabawa", True), ("w Zabawie", True),
        ("gmina Zabawa", True),
    ],
)  # fmt: skip
def test_a_village_is_seldom_meant_by_a_word_of_daily_life(question: str, certain: bool) -> None:
    """By its name, or after what is said of places alone; never by a form of the word."""
    known = Known([Area("settlement", "Zabawa", "zabawa", "powiat tarnowski", minor=True)])
    found = [one for one in read(question, known, NOW).intents if one.kind == "in"]
    assert bool(found) == certain


def test_where_a_place_is_makes_no_name() -> None:
    """ "W Rudnej" in the name of a hall in Rudna says where it is; elsewhere it would be a name."""
    assert ("w", "rudnej") not in set(pairs_of("Świetlica w Rudnej", "Rudna"))
    assert ("w", "rudnej") in set(pairs_of("Świetlica w Rudnej", "Lubin"))


def test_settlements_of_the_gazetteer_are_understood() -> None:
    """Typed after "gmina", with marks and without, each is found under its own name."""
    some = [one.name for one in gazetteer.settlements()[::9]]
    known = Known(Area("settlement", name, name) for name in some)
    for name in some:
        for typed in (name, text.fold(name)):
            found = read(f"świetlica gmina {typed}", known, NOW)
            assert any(name in one.values for one in found.intents), typed


_ODD = [
    "AND",
    "OR",
    "NEAR(",
    '"',
    "*",
    "^",
    "-",
    "\0",
    "\ud800",
    "ß",
    "عربي",
    "東京",
    "🙂",
    "0",
    "31.02",
]
_PIECES = st.sampled_from([*(question for question, _, _ in TABLE), *_ODD])


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=12).map(" ".join)))
def test_nothing_typed_raises(question: str) -> None:
    """Punctuation, operators, other scripts, NUL: spans lie in order and do not overlap."""
    reading = read(question, KNOWN, NOW)
    last = 0
    for intent in reading.intents:
        assert last <= intent.begin < intent.end <= len(reading.words)
        assert intent.values and reading.said(intent)
        last = intent.end
    assert set(reading.rest.split()) <= set(reading.words)


def test_a_very_long_question_has_an_answer() -> None:
    """Of 500 words the first are read, all the others stay text."""
    reading = read("joga w Krakowie " * 170, KNOWN, NOW)
    assert len(reading.words) == 510
    assert max(intent.end for intent in reading.intents) <= MOST_WORDS
    assert reading.rest.count("joga") == 170


@given(st.text(alphabet="aąbcćdeęłnoóśżź \"'-", max_size=40))
def test_nothing_is_lost(question: str) -> None:
    """A word is understood for certain, is a filler, or is left to be looked for."""
    reading = read(question, Known(), NOW)
    if not reading.intents and reading.words:
        assert reading.rest
