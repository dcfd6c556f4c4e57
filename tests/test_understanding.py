"""What a question is taken to mean over a real index: words, places, wishes, times, corrections."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places import opening, search, text, understanding
from places.index import Index, open_index
from places.query import Query
from places.understanding import Understood, understand
from tests.builders import NOW, a_catalogue, a_place, an_id
from tests.conftest import a_few_places

QUESTIONS = (Path(__file__).with_name("questions.txt")).read_text(encoding="utf-8").splitlines()
ASKED = tuple(one.partition("=>")[0].strip() for one in QUESTIONS if one and one[0] != "#")
HARD = (
    "klub seniora na Woli otwarty w sobotę", "dom kultury bez schodów gdańsk", "3.0", "31-559",
    "kluby w krakowie dla dzieci za darmo", "NEAR(klub zak) AND \"lipa\"*", "śląskie w sobotę",
    "klub " * 250 + "w krakowie", "🙂 клуб друзів kraków", "\x00klub\x00", "^name:klub -pod +lipą",
    "w", "w w w", "0", "60+ 60+", "a" * 10_000, "Łódź " * 100, "od 5 do 10 lat", "𞤀𞤁 ¼ ½",
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("understanding")
    gdansk = {
        "city": "Gdańsk", "gmina": "Gdańsk", "teryt": "226101", "voivodeship": "pomorskie",
        "district": "Orunia",
    }  # fmt: skip
    some = [
        *a_few_places(),
        a_place(id=an_id(10), name="Klub Kraków", point=(54.35, 18.65), address=gdansk),
        a_place(id=an_id(11), name="Gliwice", point=(54.36, 18.66), address=gdansk),
        a_place(id=an_id(12), name="Planszówkarnia", activities=["planszówki", "szachy"]),
        a_place(id=an_id(13), name="Centrum Aktywności", rules={"free": "no"}),
        a_place(id=an_id(14), name="Dom Spotkań", accessibility={"wheelchair": "yes"}),
    ]
    with open_index(a_catalogue(folder / "places.geojson", some), folder, NOW.date()) as opened:
        opened._deadline += 600  # It answers many questions here, not one.
        yield opened


def asked(index: Index, q: str, **more: object) -> Understood:
    return understand(index, Query(q=q, **more), NOW)  # type: ignore[arg-type]


def kinds(understood: Understood) -> set[str]:
    reading = understood.reading
    return {one.kind for one in reading.intents if one.certain} if reading else set()


@pytest.mark.parametrize(
    ("q", "understood", "words"),
    [
        ("klub w krakowie", {"in"}, ["klub"]),
        ("klub kraków", set(), ["klub", "kraków"]),
        ("szachy za darmo", {"free"}, ["szachy"]),
        ("szachy bez schodów", {"accessibility"}, ["szachy"]),
        ("szachy dla dzieci", {"audience"}, ["szachy"]),
        ("szachy w sobotę", {"open"}, ["szachy"]),
        ("otwarte teraz", {"open"}, []),
        ("31-559", {"postcode"}, ["31", "559"]),
        ("centrum 3.0", set(), ["centrum", "3", "0"]),
        ("w krakowie dla seniorów w sobotę", {"in", "audience", "open"}, []),
    ],
)
def test_what_is_understood_and_what_stays_text(
    index: Index, q: str, understood: set[str], words: list[str]
) -> None:
    """Each part of the question is a place, a wish, a time or a word to look for."""
    found = asked(index, q)
    assert kinds(found) == understood
    assert [group.said for group in found.groups] == words


@pytest.mark.parametrize("q", ["klub w krakowie w sobotę", "szachy gdansk", "31-559", "3.0 klób"])
def test_exact_understands_nothing(index: Index, q: str) -> None:
    """Words as they stand: no place, no time, no wish, no other form, nothing corrected."""
    found = asked(index, q, exact=True)
    assert found == Understood(groups=found.groups)
    # A preposition is no word anybody looks for.
    assert [group.said for group in found.groups] == list(Query(q=q).words)
    assert all("_" not in group.match and " OR " not in group.match for group in found.groups)
    assert asked(index, q, exact=True, open="now").open == ("now",)


def test_a_time_that_was_chosen_wins_over_one_that_was_said(index: Index) -> None:
    """The filter of the form is the later word; the text keeps its meaning otherwise."""
    assert asked(index, "szachy w sobotę", open="now").open == ("now",)


@pytest.mark.parametrize("q", [*ASKED, *HARD], ids=range(len(ASKED) + len(HARD)))
def test_times_that_are_understood_are_codes(index: Index, q: str) -> None:
    """What the words say of time can stand in an address, so that a chip is a link."""
    for code in asked(index, q).open:
        assert opening.is_code(code), code


@pytest.mark.parametrize("after", range(0, 8))
def test_times_are_codes_on_any_day(index: Index, after: int) -> None:
    """Whatever weekday and hour it is asked on."""
    now = NOW + timedelta(days=after, hours=3 * after)
    for said in ("dziś wieczorem", "jutro rano", "w sobotę o 18", "w niedzielę po 20", "w weekend",
                 "o 24", "od 8 do 16", "w nocy", "w wigilię"):  # fmt: skip
        for code in understand(index, Query(q=f"szachy {said}"), now).open:
            assert opening.is_code(code), (said, code)


# Typing errors


@pytest.mark.parametrize(
    ("typed", "used"),
    [("planszufki", "planszowki"), ("gosćinna", None), ("przystań", None), ("pżystań", "przystan"),
     ("lącznik", None), ("szahy", "szachy")],
)  # fmt: skip
def test_a_typing_error_is_corrected(index: Index, typed: str, used: str | None) -> None:
    """A word that occurs nowhere is replaced by the one that was meant, and both are told."""
    found = search.run(index, Query(q=typed), NOW)
    corrected = {one.typed: one.used for one in found.understood.corrections}
    if used is None:
        assert corrected == {}
    else:
        assert corrected[typed].startswith(used[:6])
    assert found.total > 0


@pytest.mark.parametrize("q", ["klub", "krakowie", "MAM", "12", "abc", "wersja123"])
def test_what_is_right_is_never_corrected(index: Index, q: str) -> None:
    """Words that occur, numbers and the very short stay as they were typed."""
    assert asked(index, q).corrections == ()


# Chips


@pytest.mark.parametrize(
    ("q", "kind", "left"),
    [
        ("szachy w krakowie", "in", "szachy"),
        ("szachy dla dzieci w Krakowie", "audience", "szachy w Krakowie"),
        ("w sobotę szachy za darmo", "open", "szachy za darmo"),
        ("za darmo", "free", ""),
    ],
)
def test_a_chip_is_removed_with_its_words(index: Index, q: str, kind: str, left: str) -> None:
    """What is left is the question without just those words."""
    found = asked(index, q)
    assert found.reading is not None
    [intent] = [one for one in found.reading.intents if one.kind == kind]
    assert understanding.without(Query(q=q), found, intent) == left
    assert understanding.said(found, intent) in q


@settings(max_examples=60)
@given(st.sampled_from([*ASKED, *HARD[:6]]), st.data())
def test_removing_a_chip_widens_or_keeps(index: Index, q: str, data: st.DataObject) -> None:
    """A place that answered still does, and what was asked for is no longer understood twice."""
    found = search.run(index, Query(q=q), NOW)
    if found.understood.reading is None or found.level != "every":
        return
    certain = [one for one in found.understood.reading.intents if one.certain]
    if not certain:
        return
    intent = data.draw(st.sampled_from(certain))
    left = understanding.without(Query(q=q), found.understood, intent)
    fewer = search.run(index, Query(q=left), NOW)
    if fewer.level == "every":
        ids = {one.id for one in search.every(index, Query(q=q), NOW)}
        assert ids <= {one.id for one in search.every(index, Query(q=left), NOW)}, (q, left)


def test_without_understanding_there_is_nothing_to_remove(index: Index) -> None:
    """An exact question keeps its text."""
    query = Query(q="klub w krakowie", exact=True)
    found = asked(index, "klub w krakowie")
    assert found.reading is not None
    exact = understand(index, query, NOW)
    assert understanding.without(query, exact, found.reading.intents[0]) == query.q
    assert understanding.said(exact, found.reading.intents[0]) == ""


# Anything


@pytest.mark.parametrize("q", HARD, ids=range(len(HARD)))
@pytest.mark.parametrize("bold", [False, True])
def test_hard_questions_are_read(index: Index, q: str, bold: bool) -> None:
    """Operators, endless texts, other scripts: some meaning, and words that FTS5 can take."""
    found = understand(index, Query(q=q), NOW, bold)
    for match in (found.every, found.some, found.literal, *found.names):
        if match:
            index.rows("select 1 from words_fts where words_fts match ? limit 1", (match,))


@settings(max_examples=150)
@given(st.text(st.characters(), max_size=30) | st.lists(
    st.sampled_from([*(w for q in ASKED[:60] for w in q.split()), *'"()*^:{}-+,.', "NOT", "OR"]),
    max_size=8,
).map(" ".join))  # fmt: skip
def test_any_text_is_read_and_asked(index: Index, q: str) -> None:
    """There is always an answer, and its chips point at words that were typed."""
    found = search.run(index, Query(q=q), NOW)
    reading = found.understood.reading
    if reading is not None:
        for intent in reading.intents:
            assert 0 <= intent.begin < intent.end <= len(reading.words)
            assert intent.introduced < intent.end - intent.begin or not intent.areas
    if not text.words(q):
        assert found.total == 10
