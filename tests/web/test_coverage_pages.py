"""The pages of coverage as a person without JavaScript gets them, and the files beside them."""

import csv
import io
import itertools
import json
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
import shapely
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from places.coverage.asked import Question
from places.coverage.figures import Figures
from places.coverage.ground import to_plane
from places.maps import Dot
from places.teryt import COUNTRY
from places.web.coverage import finding, sketching, wanted
from tests.builders import NOW, a_catalogue
from tests.conftest import a_few_places
from tests.coverage import samples
from tests.coverage.sample_site import sample_site
from tests.web.test_public import Reader

SITES = "/pokrycie/2261/miejsca-na-nowe"
PAGES = (
    "/pokrycie", "/pokrycie/22", "/pokrycie/2261", "/pokrycie/2262", "/pokrycie/2298",
    "/pokrycie/2299", "/pokrycie/22?sort=name", "/pokrycie/22?sort=-people",
    "/pokrycie/2261?type=dom_kultury&network=mam&audience=seniors&access=lift&q=szachy",
    SITES, f"{SITES}?count=2", f"{SITES}?place=k3v7m2qa&change=close",
    f"{SITES}?place=k3v7m2qa&change=move&to=54.4,18.57", f"{SITES}?change=open&to=54.4,18.57",
    f"{SITES}?place=k3v7m2qa&change=saturday", f"{SITES}?place=k3v7m2qa&change=open",
    f"{SITES}?count=900&minutes=7&candidates=own", f"{SITES}?place=k3v7m2qa&change=move",
    "/stan/running", "/stan/failed", "/stan/gone",
)  # fmt: skip
FILES = tuple(
    f"{page}.{form}{query}"
    for page, query in (
        ("/pokrycie", ""), ("/pokrycie/2261", ""), ("/pokrycie/22", "?type=dom_kultury"),
        (SITES, "?count=2"), (SITES, "?place=k3v7m2qa&change=close"),
        (SITES, "?place=k3v7m2qa&change=move&to=54.4,18.57"), (SITES, "?change=open&to=54.4,18.57"),
    )
    for form in ("json", "csv", "geojson", "xlsx")
)  # fmt: skip
STATUS = {"/stan/running": 202, "/stan/failed": 503, "/stan/gone": 410}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """One site for all the tests that only read."""
    return sample_site(tmp_path_factory.mktemp("coverage")).test_client()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site without samples, for what needs no survey."""
    folder = tmp_path_factory.mktemp("bare")
    path = a_catalogue(folder / "places.geojson", a_few_places())
    settings = {"CATALOGUE": str(path), "INSTANCE": str(folder), "URL": "", "NOW": lambda: NOW}
    return create_app(settings).test_client()


def read(client: FlaskClient, url: str) -> Reader:
    answer = client.get(url)
    assert answer.status_code == STATUS.get(url, 200), url
    return Reader(answer.text)


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_well_made(client: FlaskClient, url: str) -> None:
    """Tags are closed, one h1, headings in order, ids once, labels, captions, no style."""
    page = read(client, url)
    ids = [have["id"] for _, have in page.tags if "id" in have]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]

    assert page.open == []
    assert len(page.all("h1")) == 1
    assert len(ids) == len(set(ids))
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for have in [*page.all("select"), *page.all("textarea"), *page.all("input")]:
        if have.get("type") not in ("hidden", "checkbox", "radio"):
            assert page.all("label", **{"for": have["id"]}), have
    for _, have in page.tags:
        assert "style" not in have
        assert not any(name.startswith("on") for name in have)
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(have.get("scope") for have in page.all("th"))
    loose = re.compile(r"(?<![^\s(„])[wzoiauWZOIAU] (?=\w)")
    for said in page.texts:
        assert not loose.search(said.replace("\n", " ")), said


@pytest.mark.parametrize("url", [url for url in PAGES if not url.startswith("/stan")])
def test_every_link_leads_somewhere(client: FlaskClient, url: str) -> None:
    """To a page or a file of ours that answers."""
    for link in {link for link in read(client, url).links() if link.startswith("/")}:
        assert client.get(link).status_code in (200, 308), link


def test_every_anchor_is_there(client: FlaskClient) -> None:
    """What the page's own table of contents points at exists."""
    page = read(client, "/pokrycie/22")
    ids = {have["id"] for _, have in page.tags if "id" in have}
    assert {link[1:] for link in page.links() if link.startswith("#")} <= ids


def test_the_page_opens_with_its_sentence(client: FlaskClient) -> None:
    """Headline first, its precision right under it."""
    text = read(client, "/pokrycie/2261").text
    said = (
        "62% mieszkańców Gdańska, 71% dzieci i 54% osób 65+ ma miejsce otwarte w zasięgu 15 minut"
    )
    assert said in text
    assert text.index(said) < text.index("Jak dokładny jest ten wynik?") < text.index("Białe plamy")
    assert "orientacyjny" in text


def test_a_page_shows_all_that_an_officer_reviews(client: FlaskClient) -> None:
    """Gaps, minutes, times, paces, peers with the rank, method, data sets, demand."""
    text = read(client, "/pokrycie/2261").text
    for said in (
        "Osowa", "14 200–15 800", "do 5 min", "ponad 60 min", "Sobota (10", "Osoba starsza",
        "Między 3. a 5. miejscem na 66 wśród miast na prawach powiatu", "razy 1,3",
        "powiat słupski", "4,8 km/h", "ODbL 1.0", "290 miejsc", "Czego szukano", samples.STAMP,
        "Gdzie otworzyć",
    ):  # fmt: skip
        assert said in text.replace("\u2060", ""), said


def test_unknown_is_said_to_be_unknown(client: FlaskClient) -> None:
    """Ages that the source does not have are no noughts."""
    page = read(client, "/pokrycie/2262")
    assert "nie mówią o wieku" in page.text
    assert "Dzieci (0" not in page.text


def test_an_area_without_people_has_a_page(client: FlaskClient) -> None:
    """No division by nothing."""
    assert "Nie mamy danych o mieszkańcach" in read(client, "/pokrycie/2298").text


@pytest.mark.parametrize("url", [url for url in PAGES if "/stan" not in url])
def test_a_name_from_outside_stays_text(client: FlaskClient, url: str) -> None:
    """In headings, tables, the map's data and the picture."""
    page = read(client, url)
    assert not page.all("img")
    assert not any("onerror" in have for _, have in page.tags)
    assert "<img" not in client.get(url).text


def test_cells_of_a_table_are_no_formulas(client: FlaskClient) -> None:
    """A spreadsheet must not run a name."""
    for url in FILES:
        if ".csv" in url:
            rows = csv.reader(io.StringIO(client.get(url).text[1:]))
            cells = [cell for row in rows for cell in row]
            assert cells
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))]


@pytest.mark.parametrize("url", FILES)
def test_files_are_the_same_bytes_and_not_sent_again(client: FlaskClient, url: str) -> None:
    """Twice the same; with the ETag 304; a table is a file to keep."""
    first, second = client.get(url), client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert first.status_code == 200
    assert first.data == second.data
    assert again.status_code == 304
    if ".csv" in url:
        assert first.headers["Content-Disposition"].startswith("attachment")
    if ".geojson" in url:
        assert first.mimetype == "application/geo+json"


def test_page_and_files_tell_the_same(client: FlaskClient) -> None:
    """What the table of areas shows stands in JSON, CSV and GeoJSON."""
    nested = json.loads(client.get("/pokrycie/22.json").text)
    rows = list(csv.DictReader(io.StringIO(client.get("/pokrycie/22.csv").text[1:])))
    shapes = json.loads(client.get("/pokrycie/22.geojson").text)["features"]
    text = read(client, "/pokrycie/22").text

    told = {one["code"]: one for one in nested["children"]}
    assert {row["code"] for row in rows if row["row"] == "child"} == set(told)
    for row in rows:
        if row["row"] == "child":
            share = told[row["code"]]["shares"]["adult"]["15"]["total"]
            assert [float(row[f"shares.adult.15.total.{end}"]) for end in ("low", "high")] == share
            [shape] = [one for one in shapes if one["id"] == row["code"]]
            assert [shape["properties"][f"share_{end}"] for end in ("low", "high")] == share
    assert "486 345" in text
    assert told["2261"]["people"]["total"] == 486_345


def test_the_permanent_link_leads_back(client: FlaskClient) -> None:
    """Page, citation and JSON have the same one, with stamp, week and filters; it says the same."""
    url = "/pokrycie/2261?type=dom_kultury&access=lift"
    page = read(client, url)
    [shown] = [have["value"] for have in page.all("input") if have.get("id") == "staly-link"]
    parts = urlsplit(shown)

    assert dict(parse_qsl(parts.query)) == {
        "type": "dom_kultury", "access": "lift", "tydzien": samples.MONDAY, "stan": samples.STAMP,
    }  # fmt: skip
    assert shown in page.text
    again = read(client, f"{parts.path}?{parts.query}")
    assert [one["value"] for one in again.all("input") if one.get("id") == "staly-link"] == [shown]
    named = client.get(f"/pokrycie/2261.json?{parts.query}").text
    assert json.loads(named)["link"] == shown
    assert named == client.get("/pokrycie/2261.json?type=dom_kultury&access=lift").text


@pytest.mark.parametrize(
    ("sort", "first"),
    [("name", "Gdańsk"), ("people", "Gdańsk"), ("-people", "powiat pusty"), ("share", "Gdańsk")],
)
def test_areas_are_sorted_by_a_link(client: FlaskClient, sort: str, first: str) -> None:
    """The heading of the column says how; pressed again it turns round."""
    html = client.get(f"/pokrycie/22?sort={sort}").text
    table = html[html.index('id="obszary"') :]
    names = re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', table)
    assert [name for name in names if "img" not in name][0] == first
    assert table.count("aria-sort=") == 1


def test_areas_stand_by_need_unless_asked_otherwise(client: FlaskClient) -> None:
    """Where most people are left out comes first."""
    nested = json.loads(client.get("/pokrycie/22.json").text)
    most = max(nested["children"], key=lambda one: one["left_out"][1])
    html = client.get("/pokrycie/22").text
    table = html[html.index('id="obszary"') :]
    assert re.search(r'<th scope="row"><a href="([^"]*)"', table)[1] == f"/pokrycie/{most['code']}"  # type: ignore[index]


def test_filters_are_kept_from_page_to_page_and_taken_off(client: FlaskClient) -> None:
    """Links to other areas keep them; each has a way out."""
    links = read(client, "/pokrycie/22?type=dom_kultury&audience=seniors").links()
    assert "/pokrycie/2261?type=dom_kultury&audience=seniors" in links
    assert "/pokrycie?type=dom_kultury&audience=seniors" in links
    assert "/pokrycie/22?type=dom_kultury" in links
    assert "/pokrycie/22?audience=seniors" in links


def test_a_gap_can_be_looked_at_without_a_script(client: FlaskClient) -> None:
    """Its link leads to the places around it; with a script it moves the map."""
    page = read(client, "/pokrycie/2261")
    [gap] = [have for have in page.all("a") if have.get("data-centre", "").startswith("54.427")]
    assert gap["href"].startswith("/?near=54.42700,18.45900") or "54.42700" in gap["href"]


def test_the_picture_needs_no_script(client: FlaskClient) -> None:
    """A shape for each area with a colour of its own class, and numbers on it."""
    page = read(client, "/pokrycie/22")
    shapes = [have for have in page.all("path") if have.get("class", "").startswith("step")]
    assert len(shapes) == 5
    assert all(re.fullmatch(r"[MLZ0-9. -]+", have["d"]) for have in shapes)
    assert {have["class"] for have in shapes} >= {"step is-3", "step is-none"}


def test_while_it_is_worked_out_the_page_says_how_far(client: FlaskClient) -> None:
    """It asks again by itself, also without a script, and programs are told when."""
    answer = client.get("/stan/running")
    page = Reader(answer.text)
    assert answer.headers["Retry-After"] == "2"
    assert answer.headers["Cache-Control"] == "no-store"
    assert page.all("meta", **{"http-equiv": "refresh", "content": "2"})
    assert "42%" in page.text
    assert page.all("progress", value="42")


def test_old_numbers_that_are_gone_lead_to_the_present_ones(client: FlaskClient) -> None:
    """410 with a link."""
    page = Reader(client.get("/stan/gone").text)
    assert "/pokrycie/2261" in page.links()


@pytest.mark.parametrize("form", ["json", "csv", "geojson", "xlsx"])
def test_a_stamp_of_long_ago_is_gone(bare: FlaskClient, form: str) -> None:
    """Nothing is worked out for it, on the page and in the files."""
    query = "?stan=0123456789abcdef&tydzien=2020-01-06"
    assert bare.get(f"/pokrycie/2261{query}").status_code == 410
    answer = bare.get(f"/pokrycie/2261.{form}{query}")
    assert answer.status_code == 410
    assert answer.get_json()["state"] == "gone"


@pytest.mark.parametrize(
    "url",
    [
        "/pokrycie?raduis=5", "/pokrycie?type=bar", "/pokrycie?stan=x",
        "/pokrycie?tydzien=2026-03-10", "/pokrycie?sort=magic",
        "/pokrycie.json?sort=name", "/pokrycie/22?audience=cats",
        "/pokrycie/szukaj?name=x", f"{SITES}.json", f"{SITES}.json?count=0",
        f"{SITES}?count=0000031", f"{SITES}?count=000003{'9' * 5_000}",
        f"{SITES}?place=x&change=close", f"{SITES}.json?place=x&change=saturday",
        f"{SITES}?place=x&change=move&to=54.3,18.6,1",
        f"{SITES}?change=open", f"{SITES}?change=open&to=48.2,16.3", f"{SITES}.json?change=open",
        f"{SITES}?change=open&to=Nibylandia", f"{SITES}.json?change=open&to=18.6,54.3",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(bare: FlaskClient, url: str) -> None:
    """400 with words; no work is begun."""
    assert bare.get(url).status_code == 400


@pytest.mark.parametrize(
    "code", ["x", "1", "123", "22614", "2261011", "226101_x", "226101-", "..", "%00", "22;drop"]
)
def test_what_can_be_no_area_is_not_found(bare: FlaskClient, code: str) -> None:
    """Before any work."""
    assert bare.get(f"/pokrycie/{code}").status_code == 404
    assert bare.get(f"/pokrycie/{code}.json").status_code == 404
    assert bare.get(f"/pokrycie/{code}/miejsca-na-nowe").status_code == 404


def test_the_country_has_one_address(bare: FlaskClient) -> None:
    """Its code leads there, with the filters."""
    answer = bare.get("/pokrycie/pl?type=dom_kultury")
    assert answer.status_code == 301
    assert answer.location == "/pokrycie?type=dom_kultury"


def test_a_narrowed_headline_says_what_is_counted(client: FlaskClient) -> None:
    """Right under it, so that nobody takes it for all places."""
    said = read(client, "/pokrycie/22?type=klub_seniora&access=level_entrance").text
    assert "Liczymy tylko wybrane miejsca: Kluby seniora; dostępność" in said.replace("\u00a0", " ")
    assert "Liczymy tylko wybrane miejsca" not in read(client, "/pokrycie/22").text


def test_faults_of_a_plan_stand_above_its_form(client: FlaskClient) -> None:
    """All at once, and what was typed stays."""
    page = read(client, f"{SITES}?count=900&minutes=7&candidates=own")
    assert "liczbę od 1 do 30" in page.text.replace("\u00a0", " ")
    assert {"#count", "#minutes", "#own"} <= set(page.links())
    assert len(page.all("input", id="count", value="900")) == 1
    described = {have.get("aria-describedby") for _, have in page.tags if "aria-invalid" in have}
    assert described == {have["id"] for have in page.all("p", **{"class": "fault"})}
    bad = [have for _, have in page.tags if have.get("aria-invalid") == "true"]
    assert {have["name"] for have in bad} == {"count", "minutes", "own"}


def test_faults_of_a_new_place_are_said_at_once(client: FlaskClient) -> None:
    """A place that is there already, and no point; the fields are marked."""
    page = read(client, f"{SITES}?change=open&place=k3v7m2qa")
    said = page.text.replace("\u00a0", " ")
    assert said.count("Nowego miejsca nie ma jeszcze w katalogu") == 2  # above, and at the field
    assert said.count("Wpisz, gdzie stanie: współrzędne") == 2
    assert {"#place", "#to"} <= set(page.links())
    assert "(place)" not in said and "(to)" not in said
    bad = [have for _, have in page.tags if have.get("aria-invalid") == "true"]
    assert {have["name"] for have in bad} == {"place", "to"}
    assert not page.all("svg", **{"class": "drawn of-change"})


def test_sites_of_one_age_have_no_columns_of_ages(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Children at a parent's pace and older people at their own are no parts of each other."""
    everybody = read(client, f"{SITES}?count=2").text
    assert "w tym dzieci" in everybody.replace("\u00a0", " ")
    monkeypatch.setitem(samples.SITES, "group", "young")
    said = read(client, f"{SITES}?count=2&group=young").text.replace("\u00a0", " ")
    assert "w tym dzieci" not in said and "Zyska dzieci" in said
    assert "od 5 do 12 350 dzieci" in said and "wizja lokalna" in said


@pytest.mark.parametrize(
    ("code", "said", "href"),
    [
        ("226101-zzz", "Nie znamy takiej dzielnicy", "/pokrycie/226101"),
        ("226199", "Nie znamy takiej dzielnicy", "/pokrycie/226101"),
        ("021199", "Nie znamy takiej gminy", "/pokrycie/0211"),
        ("226101-zzz", "Granic tej dzielnicy tu nie ma", "/pokrycie/2261"),
        ("021104", "Granic tej gminy tu nie ma", "/pokrycie/0211"),
    ],
)
def test_a_mistyped_area_is_not_blamed_on_the_installation(
    app: Flask, code: str, said: str, href: str
) -> None:
    """Only where the borders of such areas are missing is it said that they are."""
    missing = said.startswith("Granic")
    rows = [("2261", "Gdańsk", "powiat", "pomorskie", "powiat-city")]
    if not missing:
        rows += [("226101", "Gdańsk", "gmina", "Gdańsk", "gmina-city"),
                 ("226101-oliwa", "Oliwa", "district", "Gdańsk", "district")]  # fmt: skip

    class Known:
        def names(self) -> list[tuple[str, ...]]:
            return rows

        def figures(self, code: str) -> Figures:
            return samples.some_figures(code, "Gdańsk" if code == "2261" else "x", (0.5, 0.5))

    with app.test_request_context():
        answer = finding.without_border(code, Known(), Question())  # type: ignore[arg-type]
    page = Reader(answer.get_data(as_text=True))  # type: ignore[union-attr]
    assert answer.status_code == 404  # type: ignore[union-attr]
    assert said in page.text
    assert ("flask areas" in page.text) == missing
    assert not href or href in page.links()


def test_a_link_holds_only_what_its_change_needs(client: FlaskClient) -> None:
    """Where to is no part of closing, though the form sends it."""
    given, faults = wanted.read({"place": ["x"], "change": ["close"], "to": ["54.3,18.6"]})
    assert not faults and given.args() == {"place": "x", "change": "close"}
    given, faults = wanted.read({"place": [""], "change": ["open"], "to": ["54.3, 18.6"]})
    assert not faults and given.spec() == {"change": "open", "to": "54.3,18.6"}
    assert given.args() == {"change": "open", "to": "54.3, 18.6"}


@pytest.mark.parametrize("change", ["close", "move", "open"])
def test_the_map_of_a_change_stands_in_words_and_in_a_table(
    client: FlaskClient, change: str
) -> None:
    """A legend for each kind of hexagon, a picture without a script, rows that add up to it."""
    query = f"change={change}&to=54.4,18.57" + ("" if change == "open" else "&place=k3v7m2qa")
    page = read(client, f"{SITES}?{query}")
    answer = samples.CHANGES[change]
    assert ("którzy stracą" in page.text) == (change != "open")
    assert ("którzy zyskają" in page.text) == (change != "close")
    assert len(page.all("path", **{"class": "way-line"})) == (change == "move")
    cells = [have for have in page.all("path") if have.get("class", "").startswith("cell ")]
    legends = len({have["class"] for have in cells})
    assert sum(have["d"].count("M") for have in cells) == len(answer["cells"]) + legends
    assert all(re.fullmatch(r"[MLHVZ0-9. -]+", have["d"]) for have in cells)
    assert ("położenie przybliżone" in page.text) == (change != "open")
    shapes = json.loads(client.get(f"{SITES}.geojson?{query}").text)["features"]
    ids = [one["id"] for one in shapes if one["properties"]["kind"] == "cell"]
    assert ids == [one["h3"] for one in answer["cells"]]


def test_the_picture_of_a_change_is_in_its_frame() -> None:
    """Hexagons, points and the part of the border that is seen; nobody touched: the whole area."""
    answer = samples.CHANGES["move"]
    x, y = to_plane(np.array([54.41]), np.array([18.56]))
    border = shapely.Point(x[0], y[0]).buffer(1_200, quad_segs=2)
    for told in (answer, {**answer, "cells": []}):
        drawn = sketching.change(told, border)
        assert drawn is not None and drawn.border
        paths = [drawn.border, *(one.path for one in drawn.cells)]
        numbers = [float(one) for path in paths for one in re.findall(r"-?[0-9.]+", path)]
        assert min(numbers) >= 0 and max(numbers) <= max(drawn.width, drawn.height)
        assert len(drawn.cells) == len({one.kind for one in drawn.cells})
        assert [one.id for one in drawn.marks] == ["was", "would"]
        assert [one.above for one in drawn.marks].count(True) == 1  # words lie not on each other
        assert drawn.marks[0].radius > 0 == drawn.marks[1].radius
        assert all(0 < one.x < drawn.width and 0 < one.y < drawn.height for one in drawn.marks)
    nothing = {**answer, "cells": [], "was": None, "would": None}
    assert sketching.change(nothing, border) is None


def test_the_picture_of_sites_has_what_is_around_them() -> None:
    """Each site by its number, the places a walk away, a scale; nothing beyond the frame."""
    chosen = [{"lat": 54.40, "lon": 18.55}, {"lat": 54.41, "lon": 18.57}]
    near, far = Dot("a", "A", 54.405, 18.56, False), Dot("b", "B", 54.6, 18.56, True)
    drawn = sketching.sites(chosen, None, [near, far])
    assert drawn is not None
    assert [one.number for one in drawn.spots] == [1, 2]
    assert [one.vague for one in drawn.places] == [False]
    for one in (*drawn.spots, *drawn.places):
        assert 0 < one.x < drawn.width and 0 < one.y < drawn.height
    assert 0 < drawn.scale.length < drawn.width and drawn.scale.metres == 1_000
    assert sketching.sites([], None, []) is None


def test_the_page_brings_todays_places_and_the_files_do_not(client: FlaskClient) -> None:
    """A kept answer is told by the same bytes whatever is opened or closed since."""
    asked = f"{SITES}?count=2"
    assert "Gościnna Przystań" in client.get(asked).text
    earlier = client.get(f"{asked}&tydzien=2026-03-09&stan=0123456789abcdef").text
    assert "Gościnna Przystań" not in earlier.partition('id="place"')[0]
    kinds = [
        one["properties"].get("kind", "site")
        for one in client.get(f"{SITES}.geojson?count=2").get_json(force=True)["features"]
    ]
    assert kinds == ["area", "site", "site"]


def test_a_site_and_a_gap_lead_to_a_new_place_there(client: FlaskClient) -> None:
    """With the filters; of the country's gaps to the area each lies in."""
    sites = read(client, f"{SITES}?count=2&type=remiza").links()
    assert any("change=open&to=54.42700,18.45900" in one and "type=remiza" in one for one in sites)
    gaps = read(client, "/pokrycie/22").links()
    assert "/pokrycie/22/miejsca-na-nowe?change=open&to=54.42700,18.45900" in gaps


def test_two_maps_have_their_own_ids_and_scripts(client: FlaskClient) -> None:
    """The answer's and the one to point on; each script carries the nonce."""
    answer = client.get(f"{SITES}?place=k3v7m2qa&change=close")
    page = Reader(answer.text)
    maps = [have["id"] for have in page.all("div", **{"class": "folium-map"})]
    assert maps == ["map_areas", "map_pick"]
    [nonce] = re.findall(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[:1]
    scripts = re.findall(r"<script([^>]*)>", answer.text)
    assert sum(f'nonce="{nonce}"' in one for one in scripts) == 3
    assert all("src=" in one or "nonce=" in one for one in scripts)


def test_premises_of_a_file_become_a_link(client: FlaskClient) -> None:
    """Headers in Polish, semicolons, decimal commas; hostile names; what was chosen stays."""
    file = io.StringIO()
    rows = [["ul. Długa 1", "54,352012", "18,646634"], [samples.HOSTILE, "54.36", "18.5"]]
    csv.writer(file, delimiter=";").writerows([["Nazwa", "Szerokość", "Długość"], *rows])
    content = file.getvalue().encode("utf-8-sig")
    sent = {"plik": (io.BytesIO(content), "lokale.csv"), "count": "1", "type": "remiza"}
    answer = client.post(SITES, data=sent)
    args = dict(parse_qsl(urlsplit(answer.location).query))

    assert answer.status_code == 303
    assert args["candidates"] == "own"
    assert args["count"] == "1"
    assert args["type"] == "remiza"
    assert args["own"].startswith("54.35201, 18.64663, ul. Długa 1\n54.36, 18.5, ")
    page = read(client, answer.location)
    assert page.all("textarea", id="own")
    assert not page.all("img")


def test_a_list_that_was_typed_counts_whatever_else_is_chosen(client: FlaskClient) -> None:
    """The list of the form stands on "where people live" unless it is changed."""
    asked = wanted.read({"candidates": ["cells"], "own": ["54.352, 18.646, ul. Długa 1"]})[0]
    assert asked.spec()["candidates"] == "own"
    page = read(client, f"{SITES}?candidates=cells&own=nic")
    assert [have["name"] for _, have in page.tags if have.get("aria-invalid") == "true"] == ["own"]


def test_a_fault_of_a_file_is_named_by_its_line(client: FlaskClient) -> None:
    """Headers are a line, too."""
    content = b"lat,lon,nazwa\n54.3,18.6,a\n99,18.6,b\n"
    answer = client.post(SITES, data={"plik": (io.BytesIO(content), "x.csv")})
    assert "linia 3" in answer.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\n\n", b"a,b,c\n", b"54.3,18.6,x\n" * 101, b"0,0,morze\n", b"\xff\xfe\x00zle",
        (b"54.3,18.6," + b"\xc4\x85" * 120 + b"\n") * 100,
    ],
)  # fmt: skip
def test_a_file_that_says_nothing_is_refused(client: FlaskClient, content: bytes) -> None:
    """400 with words."""
    answer = client.post(SITES, data={"plik": (io.BytesIO(content), "x.csv")})
    assert answer.status_code == 400


def test_a_cell_beyond_all_bounds_is_refused(client: FlaskClient) -> None:
    """400 with words, whatever else in this process has set the bound to."""
    before = csv.field_size_limit(1_000)
    try:
        content = b'54.3,18.6,"' + b"a" * 2_000 + b'"'
        answer = client.post(SITES, data={"plik": (io.BytesIO(content), "x.csv")})
    finally:
        csv.field_size_limit(before)
    assert answer.status_code == 400


def test_coverage_is_linked_from_everywhere(client: FlaskClient) -> None:
    """Menu and footer of every page, and the list for search engines."""
    assert "/pokrycie" in read(client, "/o-projekcie").links()
    assert "/pokrycie</loc>" in client.get("/sitemap.xml").text


def test_a_page_has_no_place_for_code_of_others(tmp_path: Path) -> None:
    """The policy forbids inline styles and handlers; the map's script carries the nonce."""
    answer = sample_site(tmp_path).test_client().get("/pokrycie/2261")
    [nonce] = re.findall(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[:1]
    scripts = re.findall(r"<script([^>]*)>", answer.text)
    assert all("src=" in one or f'nonce="{nonce}"' in one for one in scripts)


def test_every_level_has_its_page(client: FlaskClient) -> None:
    """Up by breadcrumbs, down by the table."""
    up = read(client, "/pokrycie/2261").links()
    down = read(client, "/pokrycie").links()
    assert {"/pokrycie", "/pokrycie/22"} <= set(up)
    assert {"/pokrycie/22", "/pokrycie/02"} <= set(down)
    assert COUNTRY not in down
