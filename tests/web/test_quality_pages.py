"""The dashboard of quality: a page anybody can read, and the same figures for programs."""

import csv
import io
import itertools
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from places.care import LACKS
from tests.builders import NOW, a_catalogue, a_place, an_id
from tests.conftest import a_few_places
from tests.web.conftest import Serve, Visit
from tests.web.test_public import Reader

PAGES = (
    "/jakosc", "/jakosc?voivodeship=pomorskie", "/jakosc?network=mam&city=krakow",
    "/jakosc/miejscowosci", "/jakosc/miejscowosci?voivodeship=pomorskie", "/jakosc/do-poprawy",
    "/jakosc/do-poprawy?missing=hours&city=krakow", "/jakosc/do-poprawy?missing=stale-existence",
    "/jakosc/do-poprawy?page=99",
)  # fmt: skip
FILES = ("/jakosc.json", "/jakosc.csv", "/jakosc/do-poprawy.json", "/jakosc/do-poprawy.csv")
HOSTILE = '=HYPERLINK("http://x.example","<b>klik</b>")'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """One site for all the tests, with a name that means harm."""
    folder = tmp_path_factory.mktemp("quality")
    places = [*a_few_places(), a_place(id=an_id(9), name=HOSTILE)]
    path = a_catalogue(folder / "places.geojson", places)
    settings = {"CATALOGUE": str(path), "INSTANCE": str(folder), "URL": "", "NOW": lambda: NOW}
    return create_app(settings).test_client()


def read(client: FlaskClient, url: str) -> Reader:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return Reader(answer.text)


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_well_made(client: FlaskClient, url: str) -> None:
    """Tags are closed, one h1, headings in order, ids once, a label for each field, no style."""
    page = read(client, url)
    ids = [have["id"] for _, have in page.tags if "id" in have]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]

    assert page.open == []
    assert len(page.all("h1")) == 1
    assert len(ids) == len(set(ids))
    assert page.all("link", rel="canonical")
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for have in page.all("select"):
        assert page.all("label", **{"for": have["id"]})
    for _, have in page.tags:
        assert "style" not in have
        assert not any(name.startswith("on") for name in have)
    loose = re.compile(r"(?<![^\s(„])[wzoiauWZOIAU] (?=\w)")
    for said in page.texts:
        assert not loose.search(said.replace("\n", " ")), said


@pytest.mark.parametrize("url", PAGES)
def test_every_link_leads_somewhere(client: FlaskClient, url: str) -> None:
    """To a page of ours that answers; the ones to mend with, too."""
    for link in {link for link in read(client, url).links() if link.startswith("/")}:
        assert client.get(link).status_code in (200, 202, 308), link


def test_a_name_from_outside_stays_text(client: FlaskClient) -> None:
    """On the page, in the table and in JSON."""
    assert "<b>klik" not in client.get("/jakosc/do-poprawy").text
    rows = list(csv.DictReader(io.StringIO(client.get("/jakosc/do-poprawy.csv").text[1:])))
    [bad] = [row for row in rows if "HYPERLINK" in row["name"]]
    assert bad["name"] == "'" + HOSTILE
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_numbers_on_the_page_lead_to_lists_of_that_length(client: FlaskClient) -> None:
    """Beside each fact how many lack it, as a link to just those records."""
    page = read(client, "/jakosc")
    counted = 0
    for link in page.links():
        if found := re.fullmatch(r"/jakosc/do-poprawy\?missing=([\w-]+)", link):
            total = json.loads(client.get(f"/jakosc/do-poprawy.json?missing={found[1]}").text)
            said = re.search(rf'do-poprawy\?missing={found[1]}">(\d+)<', client.get("/jakosc").text)
            assert said
            assert int(said[1]) == total["total"] > 0
            counted += 1
    assert counted > 10


def test_the_files_hold_the_same_figures(client: FlaskClient) -> None:
    """JSON and CSV: the country, then each part; every gap is a column."""
    whole = json.loads(client.get("/jakosc.json").text)
    rows = list(csv.DictReader(io.StringIO(client.get("/jakosc.csv").text[1:])))

    assert whole["country"]["places"] == int(rows[0]["places"]) == 6
    assert len(rows) == 1 + sum(len(whole[name]) for name in ("voivodeships", "networks", "cities"))
    assert whole["country"]["lacking"].keys() == set(LACKS)
    assert int(rows[0]["lacking.photo"]) == whole["country"]["lacking"]["photo"] == 6
    assert whole["day"] == "2026-03-11"
    assert whole["months"] == {"months": 12, "hours_months": 6}


@pytest.mark.parametrize("url", FILES)
def test_files_are_asked_about_again_and_not_sent_again(client: FlaskClient, url: str) -> None:
    """An ETag: the second time 304."""
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})

    assert first.status_code == 200
    assert again.status_code == 304


def test_a_narrowed_page_is_about_that_part(client: FlaskClient) -> None:
    """Its name in the heading, its records in the list, and a way out."""
    page = read(client, "/jakosc?city=krakow")

    assert "Jakość katalogu: Kraków" in page.text
    assert "Świetlica wiejska w Rudnej" not in page.text
    assert "/jakosc" in page.links()


@pytest.mark.parametrize(
    "query",
    ["city=nic", "network=x", "voivodeship=mazowieckie", "missing=x", "page=0", "page=a", "q=1"],
)
def test_what_is_not_understood_is_refused(client: FlaskClient, query: str) -> None:
    """400 with words, on the page and in the files."""
    for url in ("/jakosc/do-poprawy", "/jakosc/do-poprawy.json"):
        answer = client.get(f"{url}?{query}")
        assert answer.status_code == 400, url


def test_it_is_linked_from_every_footer_and_from_about(client: FlaskClient) -> None:
    """Anybody finds it."""
    for url in ("/", "/o-projekcie"):
        assert "/jakosc" in read(client, url).links()
    assert "/jakosc</loc>" in client.get("/sitemap.xml").text


def test_an_empty_catalogue_has_a_page(tmp_path: Path) -> None:
    """No division by nothing, no list."""
    path = a_catalogue(tmp_path / "places.geojson", [])
    client = create_app(
        {"CATALOGUE": str(path), "INSTANCE": str(tmp_path), "URL": ""}
    ).test_client()
    for url in ("/jakosc", "/jakosc/do-poprawy", "/jakosc/miejscowosci", *FILES):
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_it_fits_every_screen(live_server: Serve, visit: Visit, width: int, scheme: str) -> None:
    """Nothing sticks out at the side but inside its own frame; the console is silent."""
    site = live_server(a_few_places(), NOW=lambda: NOW)
    her = visit(width=width, color_scheme=scheme)
    for url in ("/jakosc", "/jakosc/do-poprawy", "/jakosc/miejscowosci"):
        her.page.goto(site + url)
        assert her.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
        small = her.page.evaluate(
            "[...document.querySelectorAll('main .button')].filter("
            "one => one.getBoundingClientRect().height < 44).length"
        )
        assert small == 0
    assert her.complaints == []


def test_she_goes_from_the_figures_to_mending_a_record(live_server: Serve, visit: Visit) -> None:
    """Without a script: the number of places without hours, one of them, its form."""
    site = live_server(a_few_places(), NOW=lambda: NOW)
    page = visit(java_script_enabled=False).page
    page.goto(f"{site}/jakosc")
    page.click("a[href='/jakosc/do-poprawy?missing=hours']")
    page.click(".mend a.button >> nth=0")

    assert page.url.endswith("/popraw")
