"""Searches in vain, from the search to the page: counted, and shown to everybody as figures."""

import csv
import io
import itertools
import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import render_template_string
from flask.testing import FlaskClient

from places import demand
from places import desk as store
from tests.builders import a_catalogue
from tests.conftest import a_few_places
from tests.web.circle import Circle
from tests.web.test_public import Reader

PATH = "/pokrycie/zapytania"
FILES = (f"{PATH}.json", f"{PATH}.csv")
CANARY = "kanarkowanie"
NOT_FOUND = f"q={CANARY} na Oruni&type=biblioteka"
POINT = "near=54.35123,18.64012"


@pytest.fixture
def circle(tmp_path: Path) -> Circle:
    a_catalogue(tmp_path / "places.geojson", a_few_places())
    return Circle(tmp_path)


@pytest.fixture
def asked(circle: Circle) -> Circle:
    """A week in which the same was asked five times, something else once, and it is over."""
    ask(circle, f"/?{NOT_FOUND}", times=5)
    ask(circle, "/?q=aikido&city=krakow")
    circle.wait(weeks=1)
    return circle


def ask(circle: Circle, path: str, times: int = 1) -> None:
    for _ in range(times):
        assert circle.visitor().get(path).status_code == 200
        circle.wait(minutes=20)


def counted(circle: Circle) -> list[tuple[object, ...]]:
    path = circle.instance / demand.FILE
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as file:
        return file.execute("select area, n from search order by area").fetchall()


def signed_in(circle: Circle) -> FlaskClient:
    """A moderator who was here just now."""
    client = circle.moderator()
    with client.session_transaction() as session:
        session["seen"] = store.stamp(circle.now)
    return client


def said(text: str) -> str:
    """The words of a page, with plain spaces."""
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


@pytest.mark.parametrize("door", ["/", "/api/places.geojson"])
def test_page_and_api_count_the_same(circle: Circle, door: str) -> None:
    """A search in vain is one more of its week and area, whichever door it came through."""
    ask(circle, f"{door}?{NOT_FOUND}")
    ask(circle, f"{door}?q=aikido&{POINT}")
    assert counted(circle) == [("2261", 1), ("226101-orunia", 1)]


def test_what_is_no_search_of_a_person_is_not_counted(circle: Circle) -> None:
    """Answers, the map's own questions, later pages, reasons, suggestions, lists, HEAD, faults."""
    client = circle.visitor()
    for path in (
        "/", "/?q=klub", "/api/places.geojson", f"/?{NOT_FOUND}&page=2", f"/?{NOT_FOUND}&explain=1",
        f"/api/places.geojson?{NOT_FOUND}&zoom=6", "/api/suggest?q=kanarkowanie",
        f"/api/places.geojson?{NOT_FOUND}&zoom=6&view=18,54,19,55", "/miasta/krakow?q=kanarkowanie",
        "/typy/biblioteka", "/?kolor=1", "/?near=Xyzzyq",
    ):  # fmt: skip
        client.get(path)
    client.head(f"/?{NOT_FOUND}")
    client.head(f"/api/places.geojson?{NOT_FOUND}")
    assert counted(circle) == []


def test_a_text_asked_once_is_nowhere(circle: Circle, caplog: pytest.LogCaptureFixture) -> None:
    """In no byte of the folder, in no page, file or line, not even for a moderator."""
    caplog.set_level(logging.DEBUG)
    ask(circle, f"/?{NOT_FOUND}&{POINT}", times=2)
    circle.wait(weeks=1)

    for file in circle.instance.rglob("*"):
        if file.is_file():
            assert CANARY.encode() not in file.read_bytes(), file.name
    for client in (circle.visitor(), signed_in(circle)):
        for path in (PATH, *FILES):
            assert CANARY not in client.get(path).text
    assert CANARY not in caplog.text
    assert not any(CANARY in str(one.__dict__) for one in caplog.records)


def test_neither_point_nor_person_is_written(circle: Circle) -> None:
    """Not where somebody was, nor their address, browser or name, however often they ask."""
    client = circle.visitor()
    client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    for _ in range(5):
        client.get(f"/?q=Jan Kowalski brydż&{POINT}", headers={"User-Agent": "Dziobek/7"})
        client.get("/?q=kanarkowanie 501 234 567&city=krakow")
        circle.wait(minutes=20)
    bytes_ = (circle.instance / demand.FILE).read_bytes()
    for trace in ("54.35", "18.64", "203.0", "Dziobek", "kowalski", "501", CANARY):
        assert trace.encode() not in bytes_, trace
    assert counted(circle) == [("126101", 5), ("2261", 5)]


def test_everybody_sees_figures_and_the_desk_sees_words(asked: Circle) -> None:
    """Three searches must not put a sentence on a public page: words are for who is signed in."""
    page = said(asked.visitor().get(PATH).text)
    assert "Orunia" in page and "biblioteka" in page
    assert "Okolice, w których było ich mniej niż 3: 1." in page
    assert CANARY not in page

    answer = signed_in(asked).get(PATH)
    assert CANARY in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_an_area_has_its_own(asked: Circle) -> None:
    """Narrowed to what lies within, with the way up; of few is said that they are few."""
    orunia = said(asked.visitor().get(f"{PATH}?area=226101-orunia").text)
    krakow = said(asked.visitor().get(f"{PATH}?area=126101&weeks=1").text)
    assert "Wyszukiwania bez wyniku: Orunia" in orunia
    assert f'href="{PATH}?area=22"' in orunia
    assert "<b>5</b>" in orunia
    assert "<b>mniej niż 3</b>" in krakow
    assert "Orunia" not in krakow


def test_the_files_hold_the_same_figures(asked: Circle) -> None:
    """JSON and CSV, without the words for a visitor and with them for a moderator."""
    whole = json.loads(asked.visitor().get(f"{PATH}.json?weeks=2").text)
    rows = list(csv.DictReader(io.StringIO(asked.visitor().get(f"{PATH}.csv?weeks=2").text[1:])))
    theirs = json.loads(signed_in(asked).get(f"{PATH}.json").text)

    assert whole["total"] == 6
    assert whole["weeks"] == [
        {"week": "2026-W10", "count": 0}, {"week": "2026-W11", "count": 6},
    ]  # fmt: skip
    assert whole["areas"] == [{"code": "226101-orunia", "name": "Orunia", "count": 5}]
    assert whole["kinds"] == [{"kind": "type", "value": "biblioteka", "count": 5}]
    assert whole["texts"] is None
    assert theirs["texts"] == [{"text": CANARY, "count": 5}]
    assert [tuple(row.values()) for row in rows] == [
        ("total", "pl", "cała Polska", "6"), ("week", "2026-W10", "", "0"),
        ("week", "2026-W11", "", "6"), ("area", "226101-orunia", "Orunia", "5"),
        ("kind", "type:biblioteka", "biblioteka", "5"),
    ]  # fmt: skip


@pytest.mark.parametrize("url", FILES)
def test_files_are_asked_about_again_and_not_sent_again(asked: Circle, url: str) -> None:
    """An ETag: the second time 304."""
    client = asked.visitor()
    first = client.get(url)
    assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("url", [PATH, f"{PATH}?area=226101&weeks=3", f"{PATH}?area=0211"])
@pytest.mark.parametrize("desk", [False, True])
def test_every_page_is_well_made(asked: Circle, url: str, desk: bool) -> None:
    """Tags are closed, one h1, headings in order, ids once, links that lead somewhere."""
    client = signed_in(asked) if desk else asked.visitor()
    page = Reader(client.get(url).text)
    ids = [have["id"] for _, have in page.tags if "id" in have]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]

    assert page.open == []
    assert len(page.all("h1")) == 1
    assert len(ids) == len(set(ids))
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    loose = re.compile(r"(?<![^\s(„])[wzoiauWZOIAU] (?=\w)")
    for text in page.texts:
        assert not loose.search(text.replace("\n", " ")), text
    for link in {link for link in page.links() if link.startswith("/")}:
        assert client.get(link).status_code in (200, 202, 308), link


def test_what_is_not_understood_is_refused_at_once(circle: Circle) -> None:
    """All the faults together."""
    answer = circle.visitor().get(f"{PATH}?area=xx&weeks=0&kolor=1")
    assert answer.status_code == 400
    page = said(answer.text).casefold()
    assert "teren" in page and "liczba tygodni" in page and "nie znamy takiego parametru" in page


def test_a_section_for_other_pages(asked: Circle) -> None:
    """The last quarter of an area in a few lines; nothing where it cannot be read."""
    template = (
        "{% set shown = demand_section('22') %}"
        "{% if shown %}{% include 'demand/_section.html' %}{% endif %}"
    )
    with asked.app.test_request_context():
        section = said(render_template_string(template))
        assert "<b>5</b>" in section and "biblioteka (5)" in section
        assert CANARY not in section
        assert Reader(section).open == []
    (asked.instance / demand.FILE).write_bytes(b"no database" * 1000)
    with asked.app.test_request_context():
        assert render_template_string(template) == ""


@pytest.fixture
def locked(circle: Circle) -> Iterator[Circle]:
    ask(circle, f"/?{NOT_FOUND}")
    path = circle.instance / demand.FILE
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        yield circle


def test_a_locked_file_breaks_no_search(locked: Circle) -> None:
    """The answer goes out; so it does where the file cannot be one at all."""
    ask(locked, f"/?{NOT_FOUND}")
    ask(locked, f"/api/places.geojson?{NOT_FOUND}")


def test_a_broken_file_breaks_no_search(circle: Circle) -> None:
    """A search answers as ever; only its own page has to say that it cannot."""
    ask(circle, "/")
    (circle.instance / demand.FILE).mkdir()
    ask(circle, f"/?{NOT_FOUND}")
    ask(circle, f"/api/places.geojson?{NOT_FOUND}")
    assert circle.visitor().get(PATH).status_code == 503


def test_a_bug_in_counting_breaks_no_search(
    circle: Circle, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is raised is told by its kind alone, never by what was asked."""
    monkeypatch.setitem(circle.app.config, "KEEP_DEMAND", CANARY)
    ask(circle, f"/?{NOT_FOUND}")
    assert "ValueError" in caplog.text
    assert CANARY not in caplog.text


def test_the_privacy_page_tells_of_it(circle: Circle) -> None:
    """What is counted, for how long, and that there is nobody in it to be forgotten."""
    page = said(circle.visitor().get("/prywatnosc").text)
    assert f'href="{PATH}"' in page
    assert "Same liczby usuwamy po 104 tygodniach." in page
    assert "nie musisz niczego usuwać" in page


def test_forgetting_somebody_has_nothing_to_do_here(asked: Circle) -> None:
    """`flask desk forget` leaves the counts as they are: there is nobody in them."""
    before = (asked.instance / demand.FILE).read_bytes()
    done = asked.app.test_cli_runner().invoke(args=["desk", "forget", "ola@example.org", "--yes"])
    assert done.exit_code == 0, done.output
    assert (asked.instance / demand.FILE).read_bytes() == before


@pytest.mark.parametrize("weeks", ["0", "٣", "000000" + "9" * 5_000, "9" * 5_000])
def test_weeks_that_nobody_could_count(circle: Circle, weeks: str) -> None:
    """Refused with words, however long the number is."""
    assert circle.visitor().get(f"/pokrycie/zapytania?weeks={weeks}").status_code == 400
