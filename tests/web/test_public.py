"""The pages as a person without JavaScript gets them: read as HTML, followed as links."""

import itertools
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient

from app import create_app
from places import geojson, vocabulary
from places.hours import WARSAW
from places.place import Place
from tests.builders import a_catalogue, a_place, an_id, some_places
from tests.conftest import a_few_places

HERE = Path(__file__).resolve().parents[2]
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=WARSAW)
VOID = {"meta", "link", "input", "br", "img", "use", "path", "hr"}


class Reader(HTMLParser):
    """A page as a list of tags with attributes, and the text outside scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).replace("\u00a0", " ").split())

    def all(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        wanted = attributes.items()
        return [have for name, have in self.tags if name == tag and wanted <= have.items()]

    def links(self) -> list[str]:
        return [have["href"] for have in self.all("a") if "href" in have]

    def cards(self) -> list[str]:
        return [have["data-id"] for have in self.all("article") if "data-id" in have]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """One site for all the tests that only read."""
    return client_over(tmp_path_factory.mktemp("site"), a_few_places(), TILES="")


def read(client: FlaskClient, url: str, status: int = 200) -> Reader:
    answer = client.get(url)
    assert answer.status_code == status
    page = Reader(answer.get_data(as_text=True))
    assert page.open == []
    return page


def client_over(folder: Path, places: Iterable[Place], **settings: Any) -> FlaskClient:
    catalogue = a_catalogue(folder / "other.geojson", places)
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(folder / "other"), "URL": ""}
    return create_app({**given, **settings}).test_client()


PAGES = (
    "/", "/?q=klub", "/?near=Kraków&radius=2000", "/?q=nic-takiego&city=krakow",
    "/?type=dom_kultury", "/?city=swolowo", "/?city=nic", "/?network=Senior%2B",
    "/?near=Dąbrowa", "/?bbox=19,49,20,51&sort=checked", "/miasta/",
    "/miasta/krakow", "/miasta/swolowo-slupsk", "/typy/", "/typy/swietlica", "/typy/remiza",
    "/sieci/", "/sieci/mam", "/sieci/senior-plus", "/o-projekcie", "/dostepnosc",
    "/?q=klub+dla+seniorów+w+Krakowie+w+sobotę&explain=1", "/?q=klup+krakow", "/?q=klub&exact=1",
    "/?open=now", "/?open=2026-11-28T18:00&city=krakow", "/miasta/krakow?open=weekend",
)  # fmt: skip
CODES = (
    *vocabulary.TYPES, *get_args(vocabulary.Status), *get_args(vocabulary.Audience),
    *get_args(vocabulary.Doubt),
)  # fmt: skip
BROKEN = (("/nie-ma", 404), ("/miasta/nic", 404), ("/?foo=1&radius=x&open=jutro", 400))


@pytest.fixture
def a_page_of_a_place(client: FlaskClient) -> str:
    return next(link for link in read(client, "/").links() if link.startswith("/miejsca/"))


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_well_made(client: FlaskClient, url: str) -> None:
    """Tags are closed, one h1, ids once, labels for fields, headings in order."""
    page = read(client, url)
    ids = [have["id"] for _, have in page.tags if "id" in have]

    assert len(page.all("h1")) == 1
    assert page.all("html", lang="pl")
    assert len(page.all("main")) == 1
    assert sorted(ids) == sorted(set(ids))
    assert page.all("link", rel="canonical")
    for field in ("q", "near", "radius"):
        if page.all("form"):
            assert page.all("label", **{"for": field})
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("url", [*PAGES, *(url for url, _ in BROKEN)])
def test_nothing_inline_and_nothing_from_elsewhere(client: FlaskClient, url: str) -> None:
    """No style or handler attributes, every script ours or with the nonce, no other host loaded."""
    answer = client.get(url)
    page = Reader(answer.get_data(as_text=True))
    nonces = {have["nonce"] for have in page.all("script") if "src" not in have}

    assert all(f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"] for nonce in nonces)
    for tag, have in page.tags:
        assert "style" not in have
        assert not any(name.startswith("on") for name in have)
        if tag in ("script", "img", "use") or (tag == "link" and have.get("rel") != "canonical"):
            address = have.get("src") or have.get("href") or "/"
            assert address.startswith("/")
            assert not address.startswith("//")


@pytest.mark.parametrize("url", [*PAGES, *(url for url, _ in BROKEN)])
def test_no_line_may_end_with_a_one_letter_word(client: FlaskClient, url: str) -> None:
    """Our own Polish holds "w", "z", "o", "i" to the next word."""
    page = Reader(client.get(url).get_data(as_text=True))
    loose = re.compile(r"(?<![^\s(„])[wzoiauWZOIAU] (?=\w)")

    for said in page.texts:
        assert not loose.search(said.replace("\n", " ")), said


@pytest.mark.parametrize("url", PAGES)
def test_every_link_of_ours_leads_somewhere(client: FlaskClient, url: str) -> None:
    """No page sends anybody into the void."""
    page = read(client, url)
    ids = {have["id"] for _, have in page.tags if "id" in have}

    canonical = page.all("link", rel="canonical")[0]["href"].removeprefix("http://localhost")
    for link in dict.fromkeys([canonical, *page.links()]):
        if link.startswith("#"):
            assert link[1:] in ids
        elif link.startswith("/"):
            assert client.get(link).status_code in (200, 202), link


def test_the_list_and_the_api_agree(client: FlaskClient) -> None:
    """The same parameters give the same places in the same order, with the same total."""
    for asked in ("", "q=klub", "near=50.02,19.97&radius=200000", "city=krakow&sort=name"):
        page = read(client, f"/?{asked}")
        answer = client.get(f"/api/places.geojson?{asked}").get_json()

        assert page.cards() == [feature["id"] for feature in answer["features"]]
        assert page.text.count(f" {answer['total']} miejsc") >= 1


def test_filters_are_boxes_that_remember(client: FlaskClient) -> None:
    """What is chosen stays ticked in the form and stands as a chip that takes it away."""
    page = read(client, "/?city=krakow&type=dom_kultury&q=klub")

    ticked = {have["value"] for have in page.all("input", type="checkbox") if "checked" in have}
    assert ticked == {"krakow", "dom_kultury"}
    assert page.all("input", id="q", value="klub")
    assert "/?q=klub&city=krakow" in page.links()


def test_pages_of_results_are_links(tmp_path: Path) -> None:
    """Forty-five places make three pages which together hold every place once."""
    client = client_over(tmp_path, some_places(45))
    seen: list[str] = []
    url = "/"
    while url:
        page = read(client, url)
        seen += page.cards()
        url = next((have["href"] for have in page.all("a", rel="next")), "")

    assert sorted(seen) == [an_id(number) for number in range(45)]
    beyond = read(client, "/?page=9")
    assert "pusta" in beyond.text
    assert not beyond.all("a", rel="prev")
    assert beyond.all("meta", name="robots")


def test_nothing_found_is_not_the_end(client: FlaskClient) -> None:
    """An empty answer offers wider searches that do find something, and the nearest places."""
    page = read(client, "/?q=klub&near=Gdańsk&radius=500&type=dom_kultury")

    assert "Nic nie znaleziono" in page.text
    assert len(page.cards()) == len(set(page.cards())) >= 3
    ways = [link for link in page.links() if link.startswith("/?")]
    assert ways
    assert any(read(client, way).cards() for way in ways)


def test_what_lies_elsewhere_stands_under_its_own_heading(client: FlaskClient) -> None:
    """The village keeps its own list; the nearest house of neighbours is named above it."""
    page = read(client, "/?q=dom+sąsiedzki+w+Rudnej")

    assert page.cards() == [an_id(4)]
    assert "innych okolicach: domy sąsiedzkie" in page.text.replace("\u00a0", " ")
    assert any(link.endswith(an_id(3)) for link in page.links())
    assert "Odległości liczymy" in page.text


def test_all_faults_are_named_and_the_form_stays_filled(client: FlaskClient) -> None:
    """A question we do not understand comes back with every fault in words."""
    page = read(client, "/?radius=ogromny&raduis=5&q=kawa&type=nic", 400)

    for said in ("(radius)", "„raduis”", "(type)", "„ogromny”"):
        assert said in page.text
    assert page.all("input", id="q", value="kawa")
    assert page.all("select", id="radius")[0]["aria-invalid"] == "true"


def test_one_of_many_towns_of_a_name_can_be_chosen(client: FlaskClient) -> None:
    """Where a name means several towns, the page says which it took and links to the others."""
    page = read(client, "/?near=Dąbrowa")
    others = [link for link in page.links() if link.startswith("/?near=")]

    assert re.search(r"okolice: Dąbrowa \(powiat \w+, [\w-]+\)\. Chodziło Ci o inną", page.text)
    assert len(others) >= 2
    assert all(client.get(link).status_code == 200 for link in others)


def test_an_unknown_town_is_said(client: FlaskClient) -> None:
    """A town nobody knows is a fault of the question, and may still be words to look for."""
    page = read(client, "/?near=Gdańsk Xyzów&q=klub&open=now", 400)

    assert "nie znamy miejscowości" in page.text
    assert "/?q=klub+Gda%C5%84sk+Xyz%C3%B3w" in page.links()
    [alike] = [link for link in page.links() if "near=" in link]
    assert alike.startswith("/?q=klub&open=now&near=Gda%C5%84sk")
    assert client.get(alike).status_code == 200


@pytest.mark.parametrize(
    ("near", "alike"),
    [("Krakuw", "Kraków"), ("Łódź, Bałuty", "Łódź"), ("Gdńask", "Gdańsk"), ("Xyzzyq", "")],
)
def test_an_unknown_town_comes_with_those_spelt_alike(
    client: FlaskClient, near: str, alike: str
) -> None:
    """A slip leads on in one press; where nothing is alike, a bigger town is asked for."""
    page = read(client, f"/?near={near}&radius=2000", 400)
    found = [link for link in page.links() if "near=" in link]

    if alike:
        assert found[0].startswith(f"/?radius=2000&near={quote_plus(alike)}")
        assert client.get(found[0]).status_code == 200
    else:
        assert found == []
        assert "Wpisz większą miejscowość obok" in page.text
    assert client.get(f"/api/places.geojson?near={near}").status_code == 400


def test_an_unknown_postcode_is_told_of_plainly(client: FlaskClient) -> None:
    """As words and as a place: only the codes in records are known; no link leads to a refusal."""
    refused = read(client, "/?near=80-209", 400)
    asked = read(client, "/?q=80-209")

    assert "Znamy tylko te kody pocztowe" in refused.text
    assert "#near" in refused.links()
    assert "Znamy tylko te kody pocztowe" in asked.text
    assert not [link for link in asked.links() if "near=80-209" in link]


def test_the_form_can_be_sent_as_it_stands(client: FlaskClient) -> None:
    """Without scripts an emptied town leaves the radius and the order behind: no reproach."""
    assert read(client, "/?q=&near=&radius=10000&sort=distance").cards()
    assert client.get("/api/places.geojson?radius=10000").status_code == 400


def test_a_place_answers_in_order(client: FlaskClient, a_page_of_a_place: str) -> None:
    """Name, freshness, answers, the way there, sources and neighbours, in this order."""
    page = read(client, a_page_of_a_place)
    order = ("Zanim przyjdziesz", "Czy jest bezpłatnie?", "Do kogo zadzwonić?", "Gdzie to jest",
             "Skąd to wiemy", "Najbliższe inne miejsca")  # fmt: skip
    found = [page.text.index(said) for said in order]

    assert found == sorted(found)


def test_a_whole_record_is_shown(tmp_path: Path) -> None:
    """Everything a record can hold for a resident reaches the page, in words."""
    full = a_place(
        summary="Spotkania przy herbacie.",
        other_names=["Stary Młyn"],
        status="temporarily_closed",
        status_note="Remont do marca.",
        contact={
            "phone": "+48 12 345 67 89", "email": "klub@example.org",
            "website": "https://klub.example.org/", "profiles": ["https://social.example/klub"],
        },
        operator={"name": "Fundacja Lipa", "legal_form": "fundacja"},
        rules={"free": "yes", "walk_in": "no", "booking_days_ahead": 3, "own_meeting": "limited"},
        hours={"open": "Mo-Fr 10:00-12:00", "lending": "sunrise-sunset"},
        door="Od podwórza", journey="Tramwaj 3", languages=["uk"], activities=["szachy"],
        audience=["seniors"], accessibility={"ramp": "yes", "toilet": "no"},
        doubts=["moving"], checked={"existence": {"on": "2026-05", "by": "owner"}},
    )  # fmt: skip
    client = client_over(tmp_path, [full])
    page = read(client, f"/miejsca/klub-pod-lipa-krakow-{full.id}")

    for said in (
        "Spotkania przy herbacie.", "Stary Młyn", "chwilowo nieczynne", "Remont do marca.",
        "+48 12 345 67 89", "klub@example.org", "klub.example.org", "social.example/klub",
        "Fundacja Lipa", "Tak, bezpłatnie", "co najmniej 3 dni", "pon.–pt. 10:00–12:00",
        "sunrise-sunset", "Od podwórza", "Tramwaj 3", "ukraiński", "Szachy", "Dla seniorów",
        "Podjazd, nie ma toalety dla gości", "czy nie zmienia adresu", "w maju 2026",
    ):  # fmt: skip
        assert said in page.text, said
    assert "tel:+48123456789" in page.links()
    assert "mailto:klub@example.org" in page.links()
    outside = [have for have in page.all("a") if "klub.example.org" in have.get("href", "")]
    assert {have["rel"] for have in outside} == {"noopener nofollow ugc"}


def test_old_addresses_of_a_place_redirect(client: FlaskClient, a_page_of_a_place: str) -> None:
    """An old slug and the bare id lead to the one address of the place, for good."""
    place_id = a_page_of_a_place[-8:]

    for old in (f"/miejsca/dawna-nazwa-{place_id}", f"/miejsca/{place_id}"):
        answer = client.get(old)

        assert answer.status_code == 301
        assert answer.headers["Location"] == a_page_of_a_place


def test_a_withdrawn_place_says_so(client: FlaskClient) -> None:
    """410, with its name and the nearest places that are open."""
    page = read(client, f"/miejsca/dawny-klub-krakow-{an_id(6)}", 410)

    assert "Dawny Klub" in page.text
    assert "nie ma już w katalogu" in page.text
    assert page.cards()


def test_a_vague_place_is_in_the_list_and_not_on_the_map(client: FlaskClient) -> None:
    """A place off the map says so on its card and cannot be shown there."""
    page = read(client, "/?city=swolowo-slupsk")

    assert page.cards() == [an_id(5)]
    assert "dokładne położenie nieznane" in page.text
    assert not [have for have in page.all("button") if "data-show" in have]
    own = next(link for link in page.links() if an_id(5) in link)
    assert not read(client, own).all("div", role="region")


def test_unknown_hours_stand_apart(tmp_path: Path) -> None:
    """Open places first; those whose hours nobody knows below, counted; closed ones not at all."""
    hours = ("We 10:00-20:00", None, "We 08:00-09:00", None)
    places = [
        a_place(id=an_id(number), name=f"Klub {number}", hours={"open": rule})
        for number, rule in enumerate(hours)
    ]
    client = client_over(tmp_path, places, NOW=lambda: WEDNESDAY)
    page = read(client, "/?open=now&sort=name")

    assert page.cards() == [an_id(0), an_id(1), an_id(3)]
    assert page.text.index("Otwarte – 1 miejsce") < page.text.index("otwarte do 20:00")
    below = page.text.index("Godziny nieznane – 2 miejsca; zadzwoń, zanim przyjdziesz")
    assert page.text.index("otwarte do 20:00") < below < page.text.index("Klub 3")
    assert "chip" in next(have["class"] for have in page.all("a", href="/?sort=name"))
    assert "1 otwarte, 2 o nieznanych godzinach" in page.text
    assert "2 miejsca o nieznanych godzinach" in read(client, "/?open=2026-11-28T18:00").text
    assert len(page.all("h4", **{"class": "card-name"})) == 3
    assert len(read(client, "/").all("h3", **{"class": "card-name"})) == 4


def test_a_day_and_hour_can_be_chosen_without_a_script(client: FlaskClient) -> None:
    """The form's own fields make an address, and one that says a time twice is made plain."""
    form = read(client, "/?open=2026-11-28T18:00")

    assert form.all("input", type="datetime-local")[0]["value"] == "2026-11-28T18:00"
    assert client.get("/?q=klub&open=&open=2026-11-28T18:00").status_code == 200
    for sent, kept in (
        ("open=now&open=2026-11-28T18:00", "/?q=klub&open=2026-11-28T18%3A00"),
        ("open=any&open=2026-11-28T18:00", "/?q=klub&open=2026-11-28T18%3A00"),
        ("open=now&open=2026-11-28T18:00&open=-2026-11-28T18:00", "/?q=klub&open=now"),
        ("open=any&open=2026-11-28T18:00&open=-2026-11-28T18:00", "/?q=klub"),
        ("open=&open=2026-11-28T18:00&open=-2026-11-28T18:00",
         "/?q=klub&open=2026-11-28T18%3A00"),
        ("open=now&open=2026-11-29T09:00&open=-2026-11-28T18:00",
         "/?q=klub&open=2026-11-29T09%3A00"),
        ("open=&open=&open=-2026-11-28T18:00", "/?q=klub"),
        ("open=any&open=", "/?q=klub"),
    ):  # fmt: skip
        answer = client.get(f"/?q=klub&near=&{sent}")

        assert (answer.status_code, answer.headers["Location"]) == (302, kept)


def test_the_page_of_a_place_has_its_week(tmp_path: Path) -> None:
    """A table of seven days with today marked, the state now, and the holiday ahead."""
    place = a_place(hours={"open": "Mo-Fr 10:00-18:00; PH off"}, checked={})
    client = client_over(tmp_path, [place], NOW=lambda: WEDNESDAY)
    page = read(client, f"/miejsca/{place.slug}-{place.id}")

    assert len(page.all("th", scope="row")) == 7 + 5
    assert len(page.all("tr", **{"aria-current": "date"})) == 1
    assert "środa 25 listopada dziś" in page.text
    assert "Teraz: otwarte do 18:00" in page.text
    assert "pon.–pt. 10:00–18:00; w święta nieczynne" in page.text
    assert "czwartek 24 grudnia (Wigilia) – nieczynne" in page.text


def test_searching_by_the_letter_is_a_link(client: FlaskClient) -> None:
    """Whatever was understood, one link searches for just what was typed."""
    page = read(client, "/?q=klub w Krakowie")
    literal = "/?q=klub+w+Krakowie&exact=1"

    assert literal in page.links()
    assert "słowa dosłownie" in read(client, literal).text


def test_reasons_are_shown_when_asked(client: FlaskClient) -> None:
    """`explain=1` tells under each card why it is there; a link at the end asks for it."""
    page = read(client, "/?q=klub")

    assert "/?q=klub&explain=1" in page.links()
    explained = read(client, "/?q=klub&explain=1")
    assert "Dlaczego tu?" not in page.text
    assert explained.text.count("Dlaczego tu?") == len(explained.cards())
    assert "„klub”: w nazwie" in explained.text


def test_unknown_town_type_and_network_are_404(client: FlaskClient) -> None:
    """A page of something nobody knows is no page."""
    for url in ("/miasta/nic", "/typy/nic", "/sieci/nic", "/miejsca/nic-aaaaaaaa", "/nic"):
        assert "Nie ma takiej strony" in read(client, url, 404).text


def test_towns_stand_under_their_voivodeships(client: FlaskClient) -> None:
    """Voivodeships and towns in the order of the Polish alphabet."""
    page = read(client, "/miasta/")
    headings = ("dolnośląskie", "małopolskie", "pomorskie")
    links = [link for link in page.links() if link.startswith("/miasta/") and link != "/miasta/"]

    assert [have["id"] for have in page.all("h2")] == ["dolnoslaskie", "malopolskie", "pomorskie"]
    assert all(heading in page.text for heading in headings)
    assert links == ["/miasta/rudna", "/miasta/krakow", "/miasta/gdansk", "/miasta/swolowo-slupsk"]


def test_one_question_has_one_canonical_address(client: FlaskClient) -> None:
    """The page of a town is the address of its filter; what is typed is not for search engines."""
    town = read(client, "/?city=krakow").all("link", rel="canonical")[0]["href"]
    typed = read(client, "/?q=klub")

    assert town == "http://localhost/miasta/krakow"
    assert read(client, "/?city=Kraków").all("link", rel="canonical")[0]["href"] == town
    assert read(client, "/miasta/krakow").all("link", rel="canonical")[0]["href"] == town
    assert typed.all("meta", name="robots")[0]["content"] == "noindex, follow"


def test_the_sitemap_lists_every_page_and_no_withdrawn_place(client: FlaskClient) -> None:
    """Search engines are told of all there is, once."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").data)  # noqa: S314  # our own
    urls = [(one.text or "").removeprefix("http://localhost") for one in root.iter() if one.text]
    urls = [url for url in urls if url.strip()]

    assert len(urls) == len(set(urls)) == 12 + 4 + 5 + 3 + 5
    assert all(client.get(url).status_code in (200, 202) for url in urls)
    assert "sitemap.xml" in client.get("/robots.txt").get_data(as_text=True)


def test_a_big_sitemap_is_told_in_parts(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the protocol's limit there is a list of lists, which together hold the same."""
    whole = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").get_data(as_text=True))
    monkeypatch.setattr("places.web.robots.MOST_URLS", 10)

    parts = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").get_data(as_text=True))
    told = [
        url
        for part in parts
        for url in re.findall(r"<loc>(.*?)</loc>", client.get(part).get_data(as_text=True))
    ]

    assert told == whole
    assert client.get("/sitemap-9.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_the_accessibility_statement_has_what_the_law_asks(tmp_path: Path) -> None:
    """Every required id is there, and nothing is claimed of an operator who is not named."""
    required = (
        "deklaracja", "wstep", "podmiot", "zakres", "url", "data-publikacja", "data-aktualizacja",
        "status", "data-sporzadzenie", "kontakt", "osoba", "email", "telefon", "procedura",
        "aplikacje", "architektura", "komunikacja",
    )  # fmt: skip
    nobody = read(client_over(tmp_path, [a_place()], OPERATOR="", CONTACT=""), "/dostepnosc")
    somebody = client_over(tmp_path, [a_place()], OPERATOR="Gmina X", CONTACT="x@example.org")

    assert {f"a11y-{name}" for name in required} <= {h["id"] for _, h in nobody.tags if "id" in h}
    assert "do uzupełnienia" in nobody.text
    page = read(somebody, "/dostepnosc")
    assert "Gmina X" in page.text
    assert "mailto:x@example.org" in page.links()


def test_every_place_of_the_catalogue_has_a_page(tmp_path: Path) -> None:
    """The real catalogue, page by page: each opens, and none says "None" or shows a raw code."""
    places = geojson.read(HERE / "data" / "places.geojson").places
    client = client_over(tmp_path, places)

    for one in places:
        answer = client.get(f"/miejsca/{one.slug}-{one.id}")
        text = Reader(answer.get_data(as_text=True)).text

        assert answer.status_code == (200 if one.listed else 410)
        assert "None" not in text
        said = {word for word in text.split() if "/" not in word}
        assert said & {code for code in CODES if "_" in code} == set()


def test_the_first_view_is_light(client: FlaskClient) -> None:
    """Page, styles, script and signs weigh at most 30 KB as sent; the map's files come on top."""
    sent = 0
    for url in ("/", "style.css", "app.js", "suggest.js", "icons.svg", "logo.svg"):
        path = url if url == "/" else f"/static/{url}"
        with client.get(path, headers={"Accept-Encoding": "br, gzip"}) as answer:
            sent += len(answer.get_data())

    assert sent <= 30_000


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_in_both_themes(theme: int) -> None:
    """Every pair of text and ground in the style sheet has a contrast of 4.5, edges and focus 3."""
    css = (HERE / "static" / "style.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[0]))
    colours = {**light, **dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[theme]))}
    grounds = ("paper", "sheet", "band")
    texts = [(text, ground) for text in ("ink", "ink-soft", "accent", "accent-strong", "warm")
             for ground in grounds]  # fmt: skip
    texts += [("accent-ink", "accent"), ("accent-ink", "accent-strong"), ("warm", "warm-wash"),
              ("ink", "accent-wash"), ("accent-strong", "accent-wash"), ("ink", "warm-wash"),
              ("accent", "accent-wash"), ("paper", "ink"), ("accent", "warm-wash")]  # fmt: skip

    for text, ground in texts:
        assert ratio(colours[text], colours[ground]) >= 4.5, (text, ground)
    for edge in ("edge", "focus"):
        for ground in grounds:
            assert ratio(colours[edge], colours[ground]) >= 3, (edge, ground)
