"""A person with a browser: finds, filters, opens, says where she is; and one without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.builders import an_id
from tests.conftest import a_few_places
from tests.web.conftest import Serve, Visit

KRAKOW = {"latitude": 50.06143, "longitude": 19.93658, "accuracy": 20.0}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def site(live_server: Serve) -> str:
    return live_server(a_few_places())


def test_she_finds_filters_and_opens_a_place(site: str, visit: Visit) -> None:
    """Words, a filter, a place: three steps, and the way back is the address."""
    her = visit()
    page = her.page
    page.goto(site)
    page.fill("#q", "klub")
    page.press("#q", "Enter")
    page.wait_for_url("**/?q=klub")
    expect(page.locator(".chip").first).to_contain_text("klub")
    page.goto(site)
    page.click("summary:has-text('Miejscowość')")
    page.check("text=Gdańsk")
    page.click(".facet[open] button")
    page.wait_for_url("**/?city=gdansk")
    expect(page.locator(".card")).to_have_count(1)
    page.click(".card-name a")

    expect(page.locator("h1")).to_have_text("Dom Sąsiedzki Gościnna Przystań")
    assert "Czy jest bezpłatnie?" in page.inner_text(".answers")
    assert her.complaints == []


def test_empty_fields_stay_out_of_the_address(site: str, visit: Visit) -> None:
    """An address that people share holds what was asked and nothing else."""
    page = visit().page
    page.goto(site)
    page.fill("#near", "Gdańsk")
    page.click(".field-go button")
    page.wait_for_url("**/?near=*")

    assert page.url == f"{site}/?near=Gda%C5%84sk"


def test_near_me_uses_a_rounded_position(site: str, visit: Visit) -> None:
    """The browser's position goes out rounded, and the nearest places come first."""
    her = visit(geolocation=KRAKOW, permissions=["geolocation"])
    her.page.goto(site)
    her.page.click("#here")
    her.page.wait_for_url("**/?near=*")

    assert her.page.url == f"{site}/?near=50.061%2C19.937"
    expect(her.page.locator(".far")).to_have_count(2)
    assert "od wskazanego punktu" in her.page.inner_text(".chips")
    assert not [url for url in her.requests if "50.0614" in url]
    assert her.complaints == []


def test_a_refused_position_is_no_dead_end(site: str, visit: Visit) -> None:
    """Whoever does not want to say where she is can type a town."""
    page = visit(permissions=[]).page
    page.goto(site)
    page.click("#here")

    expect(page.locator("#here-says")).to_contain_text("Wpisz miejscowość")
    expect(page.locator("#near")).to_be_focused()


def test_the_list_and_the_map_show_each_other(site: str, visit: Visit) -> None:
    """A card's button opens the place on the map; a choice on the map marks its card."""
    her = visit()
    page = her.page
    page.goto(site)
    page.click(f"#miejsce-{an_id(3)} .show")
    page.wait_for_selector(".leaflet-popup-content")

    assert "Gościnna Przystań" in page.inner_text(".leaflet-popup-content")
    assert page.get_attribute(".card.chosen", "data-id") == an_id(3)
    page.evaluate(
        "id => document.dispatchEvent(new CustomEvent('places:chosen', {detail: {id}}))", an_id(1)
    )
    assert page.get_attribute(".card.chosen", "data-id") == an_id(1)
    assert her.complaints == []


def test_filters_close_by_escape(site: str, visit: Visit) -> None:
    """Escape closes an open filter and gives the focus back to its button."""
    page = visit().page
    page.goto(site)
    page.focus("summary:has-text('Rodzaj')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(".facet[open]").count() == 1
    page.keyboard.press("Escape")

    assert page.locator(".facet[open]").count() == 0
    assert "Rodzaj" in page.evaluate("document.activeElement.textContent")


def test_the_first_key_leads_to_the_content(site: str, visit: Visit) -> None:
    """The first Tab shows the link past the menu."""
    page = visit().page
    page.goto(site)
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#tresc"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0


@pytest.mark.parametrize(
    "url",
    [
        "/", "/miasta/", "/typy/", "/sieci/mam", "/o-projekcie", "/dostepnosc", "/?radius=x",
        f"/?near={'x' * 150}", f"/?near=Kraków&type=dom_kultury&q={'x' * 150}",
    ],
)  # fmt: skip
def test_nothing_sticks_out(site: str, visit: Visit, url: str) -> None:
    """No page scrolls sideways, down to the narrowest phone."""
    page = visit().page
    page.goto(site + url)
    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})

        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_to_press_is_big_enough(site: str, visit: Visit) -> None:
    """Buttons, fields and links of the search are at least 44 pixels high on a phone."""
    page = visit(**PHONE, has_touch=True).page
    page.goto(site)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            ".search input:not([type=checkbox]), .search select, .search button, summary, .menu a, "
            + ".show, .button, .brand")]
            .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
            .map(one => one.outerHTML.slice(0, 80))"""
    )

    assert small == []


def test_the_page_does_not_jump(site: str, visit: Visit) -> None:
    """Scripts, map and fonts move nothing that is already shown."""
    page = visit().page
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver(list => list.getEntries().forEach(one => { moved += one.value; }))
            .observe({type: "layout-shift", buffered: true});"""
    )
    page.goto(site)
    page.wait_for_timeout(800)

    assert page.evaluate("moved") < 0.02


def test_one_button_leads_to_the_map_and_back_on_a_phone(site: str, visit: Visit) -> None:
    """On a phone the list comes first, and the map is one press away."""
    page = visit(**PHONE).page
    page.goto(site)
    below = page.evaluate("document.querySelector('#mapa').getBoundingClientRect().top")
    switch = page.locator(".switch a")
    assert below > PHONE["height"]

    switch.click()
    expect(switch).to_have_text("Lista")
    switch.click()
    expect(switch).to_have_text("Mapa")


def test_all_of_it_without_scripts(site: str, visit: Visit) -> None:
    """Search, filters, order, pages and the place itself work with JavaScript switched off."""
    page = visit(java_script_enabled=False).page
    page.goto(site)
    page.fill("#q", "swietlica")
    page.click(".field-go button")

    expect(page.locator(".card")).to_have_count(1)
    assert "q=swietlica" in page.url
    page.goto(site)
    page.click("summary:has-text('Rodzaj')")
    page.check("text=Domy i\u00a0ośrodki kultury")
    page.click(".facet[open] button")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator("#here, .show").locator("visible=true")).to_have_count(0)
    page.click(".card-name a")

    expect(page.locator("h1")).to_have_text("Klub Pod Lipą")
    expect(page.locator("main")).to_contain_text("Skąd to wiemy")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_are_complete(site: str, visit: Visit, scheme: str) -> None:
    """The ground is light or dark as the system asks, and the letters are its opposite."""
    page = visit(color_scheme=scheme).page
    page.goto(site)
    ground, letters = page.evaluate(
        """() => [getComputedStyle(document.documentElement).backgroundColor,
                  getComputedStyle(document.body).color]"""
    )
    brightness = [sum(map(int, re.findall(r"\d+", one)[:3])) for one in (ground, letters)]

    assert (brightness[0] > brightness[1]) == (scheme == "light")
