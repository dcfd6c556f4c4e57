"""A person with a browser: finds, filters, opens, says where she is; and one without scripts."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from tests.builders import an_id
from tests.conftest import a_few_places
from tests.web.conftest import Serve, Visit, Visitor

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

    assert her.page.url == f"{site}/?near=50.06%2C19.935"
    expect(her.page.locator(".far")).to_have_count(2)
    assert "od wskazanego punktu" in her.page.inner_text(".chips")
    assert not [url for url in her.requests if "50.061" in url or "19.936" in url]
    assert her.complaints == []


def test_an_exact_position_is_sent_only_when_asked(site: str, visit: Visit) -> None:
    """Whoever ticks the box sends the position to about ten metres."""
    page = visit(geolocation=KRAKOW, permissions=["geolocation"]).page
    page.goto(site)
    page.check("#here-exact")
    page.click("#here")
    page.wait_for_url("**/?near=*")

    assert page.url == f"{site}/?near=50.0614%2C19.9366"


def test_her_position_is_shown_by_a_name(site: str, visit: Visit) -> None:
    """Not numbers but "your position" stands in the field; sent again it is the same point, and
    what she types over it counts instead."""
    her = visit(geolocation=KRAKOW, permissions=["geolocation"])
    page = her.page
    page.goto(site)
    page.click("#here")
    page.wait_for_url("**/?near=*")
    expect(page.locator("#near")).to_have_value("Twoje położenie (przybliżone)")
    page.fill("#q", "klub")
    page.press("#q", "Enter")
    page.wait_for_url(f"{site}/?q=klub&near=50.06%2C19.935")
    page.fill("#near", "Gdańsk")
    page.press("#near", "Enter")
    page.wait_for_url(f"{site}/?q=klub&near=Gda%C5%84sk")
    page.goto(f"{site}/?near=50.1,19.9")

    expect(page.locator("#near")).to_have_value("wskazany punkt")
    assert her.complaints == []


def test_on_a_phone_the_answer_is_in_sight(site: str, visit: Visit) -> None:
    """After a search the first place begins on the first screen, what was understood is wrapped
    in it, and where and how far are one line that opens."""
    her = visit(**PHONE, has_touch=True)
    page = her.page
    page.goto(f"{site}/?q=dom+kultury+dla+dzieci&near=Kraków&radius=10000")
    assert page.locator(".card").first.bounding_box()["y"] < 700  # type: ignore[index]
    assert page.evaluate("document.querySelector('.chips').scrollWidth") <= PHONE["width"]
    expect(page.locator("#near")).to_be_hidden()
    expect(page.locator("#where")).to_have_text(re.compile(r"Kraków.*, do 10"))
    page.click("#where")
    expect(page.locator("#near")).to_be_focused()
    expect(page.locator("#where")).to_be_hidden()
    assert page.input_value("#radius") == "10000"
    assert her.complaints == []


def test_a_time_is_chosen_by_name_or_by_the_clock(site: str, visit: Visit) -> None:
    """A named time and a day with an hour take each other's place; the address holds one."""
    her = visit()
    page = her.page
    page.goto(site)
    page.click("summary:has-text('Otwarte')")
    page.fill("#open-at", "2026-11-28T18:00")
    assert page.is_checked("text=Wybrany dzień")
    page.check("text=W\u00a0weekend")
    assert page.input_value("#open-at") == ""
    page.fill("#open-at", "2026-11-28T18:00")
    page.click(".facet[open] button")
    page.wait_for_url("**/?open=2026-11-28T18%3A00")
    expect(page.locator(".chip").first).to_contain_text("28\u00a0listopada, 18:00")
    page.click("summary:has-text('Otwarte')")
    page.check("text=Dowolnie")
    page.click(".facet[open] button")
    page.wait_for_url(lambda url: "open" not in url)

    assert her.complaints == []


SUGGESTED = {
    "query": "kra",
    "suggestions": [
        {"kind": "city", "label": "Kraków", "context": "małopolskie", "count": 2,
         "url": "/miasta/krakow"},
        {"kind": "place", "label": "<img src=x onerror=alert(1)>", "context": "", "count": None,
         "url": "/miejsca/x"},
        {"kind": "type", "label": "obcy", "context": "", "count": 1, "url": "//example.org/"},
    ],
}  # fmt: skip


@pytest.fixture
def suggesting(site: str, visit: Visit) -> Visitor:
    """A page whose suggestions are always the same two, and one that leads elsewhere."""
    her = visit()
    her.page.route("**/api/suggest?*", lambda route: route.fulfill(json=SUGGESTED))
    her.page.goto(site)
    return her


def test_suggestions_are_a_combobox(suggesting: Visitor) -> None:
    """Arrows move, the choice is told to screen readers, Escape closes, Enter opens the page."""
    page, box = suggesting.page, suggesting.page.get_by_label("Czego szukasz?")
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("kra")
    expect(page.locator(".suggest [role=option]")).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".suggesting [role=status]")).to_have_text("2 podpowiedzi")
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    expect(page.locator(f"#{active}")).to_contain_text("Kraków")
    box.press("ArrowDown")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Escape")
    expect(page.locator(".suggest")).to_be_hidden()
    expect(box).to_have_value("kra")
    box.press("ArrowDown")
    expect(page.locator(".suggest [role=option]")).to_have_count(2)
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/miasta/krakow")

    assert suggesting.complaints == []
    assert suggesting.dialogs == []


def test_a_suggestion_can_be_pressed(suggesting: Visitor) -> None:
    """A mouse or a finger chooses too, and Enter without a choice searches for what was typed."""
    page, box = suggesting.page, suggesting.page.get_by_label("Czego szukasz?")
    box.press_sequentially("kra")
    page.locator(".suggest [role=option]").first.click()
    page.wait_for_url("**/miasta/krakow")
    page.get_by_label("Czego szukasz?").press_sequentially("kra")
    expect(page.locator(".suggest [role=option]")).to_have_count(2)
    page.get_by_label("Czego szukasz?").press("Enter")

    page.wait_for_url("**/?q=kra&city=krakow")


def test_a_suggestion_keeps_what_else_was_asked(site: str, visit: Visit) -> None:
    """A kind joins the place and the time that are there; a town takes the other place's place."""
    page = visit().page
    page.goto(f"{site}/?q=x&near=Gdańsk&radius=10000&open=weekend")
    page.fill("#q", "świetl")
    page.locator(".suggest [role=option]", has_text="świetlica wiejska").first.click()
    page.wait_for_url(re.compile("type="))
    assert page.url == f"{site}/?near=Gda%C5%84sk&radius=10000&open=weekend&type=swietlica"
    page.fill("#q", "krak")
    page.locator(".suggest [role=option]", has_text="Kraków").first.click()
    page.wait_for_url(re.compile("city="))

    assert page.url == f"{site}/?open=weekend&type=swietlica&city=krakow"


def test_suggestions_move_nothing_and_leave_with_the_focus(suggesting: Visitor) -> None:
    """The list lies over the page, and is gone when somebody goes on."""
    page, box = suggesting.page, suggesting.page.get_by_label("Czego szukasz?")
    before = page.locator("#near").bounding_box()
    box.press_sequentially("kra")
    expect(page.locator(".suggest [role=option]")).to_have_count(2)

    assert page.locator("#near").bounding_box() == before
    box.press("Tab")
    expect(page.locator("#podpowiedzi-q")).to_be_hidden()


def test_the_near_field_suggests_areas_and_is_filled(site: str, visit: Visit) -> None:
    """Towns, districts and postcodes, each with its kind and count; choosing one fills the field
    and the search goes round it."""
    her = visit(width=390)
    page = her.page
    page.goto(site)
    assert not [url for url in her.requests if "suggest.js" in url]
    box = page.get_by_label("W\u00a0pobliżu")
    expect(box).to_have_attribute("role", "combobox")
    box.press_sequentially("krak")
    first = page.locator("#podpowiedzi-near [role=option]").first
    expect(first).to_contain_text("Kraków małopolskie")
    expect(first).to_contain_text("miejscowość")
    expect(first).to_contain_text("2\u00a0miejsca")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    box.press("Enter")
    expect(box).to_have_value("Kraków, małopolskie")
    expect(page.locator("#podpowiedzi-near")).to_be_hidden()
    box.press("Enter")
    page.wait_for_url("**/?near=*")

    expect(page.locator(".far")).not_to_have_count(0)
    assert her.complaints == []


def test_letters_typed_before_the_script_is_here_count(site: str, visit: Visit) -> None:
    """On a slow line the suggestions come for what stands in the field when they can."""
    page = visit().page
    page.route("**/suggest.js*", lambda route: (page.wait_for_timeout(600), route.continue_()))
    page.goto(site)
    page.get_by_label("Czego szukasz?").press_sequentially("krak")

    expect(page.locator("#podpowiedzi-q [role=option]").first).to_contain_text("Kraków")


def test_without_an_answer_the_box_is_a_box(site: str, visit: Visit) -> None:
    """A failure of the suggestions is nobody's business but ours."""
    page = visit().page
    page.route("**/api/suggest?*", lambda route: route.abort())
    page.goto(site)
    page.locator("#q").press_sequentially("klub")
    page.wait_for_timeout(400)
    expect(page.locator(".suggest")).to_be_hidden()
    page.press("#q", "Enter")

    page.wait_for_url("**/?q=klub")


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


def test_the_whole_menu_is_in_sight_on_a_phone(site: str, visit: Visit) -> None:
    """Nobody has to push the menu aside to find how to add a place; no two entries overlap."""
    page = visit().page
    page.goto(site)
    # On the smallest screens the foot of the page alone leads to what the site is about.
    for width, entries in ((390, 6), (320, 5)):
        page.set_viewport_size({"width": width, "height": 844})
        links = page.locator(".brand, .menu a:visible").all()
        boxes = [box for link in links if (box := link.bounding_box())]

        assert len(boxes) == 1 + entries
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
        assert not [
            (one, two)
            for one, two in itertools.combinations(boxes, 2)
            if one["x"] < two["x"] + two["width"] and two["x"] < one["x"] + one["width"]
            and one["y"] < two["y"] + two["height"] and two["y"] < one["y"] + one["height"]
        ]  # fmt: skip


def test_a_name_on_a_card_can_be_hit_with_a_finger(site: str, visit: Visit) -> None:
    """Links and tags of the cards are at least 24 pixels high."""
    page = visit(**PHONE, has_touch=True).page
    page.goto(site)
    heights = page.evaluate(
        """() => [...document.querySelectorAll(".card a")]
            .map(one => one.getBoundingClientRect().height)"""
    )

    assert heights
    assert min(heights) >= 24


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
