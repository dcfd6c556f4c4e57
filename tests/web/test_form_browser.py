"""The form in a real browser: keyboard, draft, map, faults; nothing of it needs a mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.builders import a_place
from tests.conftest import a_few_places
from tests.web.conftest import Serve, TileServer, Visit
from tests.web.forms_of import PERSON, Clock

Open = Callable[..., Page]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def form(live_server: Serve, visit: Visit, clock: Clock) -> Open:
    """`form(width=390)` opens /dodaj in a new window; a minute passes before anything is sent."""

    def opened(path: str = "/dodaj", *, width: int = 1280, **options: object) -> Page:
        address = live_server(a_few_places(), NOW=clock, **options)
        seen = visit(width=width)
        # The first page of a site waits for its index.
        seen.page.goto(address + path, timeout=60_000)
        clock.passes(seconds=60)
        return seen.page

    return opened


def fields(page: Page, name: str) -> object:
    """The value of a field."""
    return page.locator(f'[name="{name}"]').first.input_value()


def test_a_keyboard_is_enough_to_send(form: Open) -> None:
    """Typing, arrows, Space and Enter make a whole proposal."""
    page = form(width=390)
    page.locator('[name="name"]').focus()
    page.keyboard.type("Świetlica Pod Kasztanem")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _step in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.locator('[name="type"][value="swietlica"]')).to_be_checked()
    page.locator('[name="address.city"]').focus()
    page.keyboard.type("Rudna")
    page.keyboard.press("Tab")
    expect(page.locator("[data-found]")).to_contain_text("powiat lubiński")
    page.locator('[name="rules.free"]').last.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator('[name="rules.free"][value="no"]')).to_be_checked()
    page.locator('[name="email"]').focus()
    page.keyboard.type(PERSON)
    page.keyboard.press("Enter")
    page.wait_for_url("**/dodaj/wyslane")


def test_faults_take_the_focus_and_lead_to_their_fields(form: Open) -> None:
    """The summary is read first; its link opens what is folded and puts the cursor there."""
    page = form(width=390)
    page.locator("summary", has_text="Sale, wyposażenie").click()
    page.locator('[name="capacity_people"]').fill("dużo")
    page.locator("[data-send]").click()
    expect(page.locator("#uchybienia")).to_be_focused()
    page.locator("details:has(#f-capacity_people) > summary").first.click()
    expect(page.locator("#f-capacity_people")).not_to_be_visible()
    page.locator('#uchybienia a[href="#f-capacity_people"]').click()
    expect(page.locator("#f-capacity_people")).to_be_focused()
    described = page.locator("#f-capacity_people").get_attribute("aria-describedby")
    assert "f-capacity_people-fault" in (described or "")


def test_a_draft_survives_but_not_who_wrote_it(form: Open) -> None:
    """After a reload all is there again, except name and mailbox, until it is thrown away."""
    page = form()
    page.locator('[name="name"]').fill("Dom na Rogu")
    page.locator('[name="audience"][value="seniors"]').check()
    page.locator('[name="rules.free"][value="yes"]').check()
    page.locator("summary", has_text="Sale, wyposażenie").click()
    page.locator("[data-more-rooms]").click()
    page.locator('[name="rooms.1.name"]').fill("Mała")
    page.locator('[name="email"]').fill(PERSON)
    expect(page.locator("[data-draft-says]")).to_have_text("Szkic zapisany")
    page.reload()
    expect(page.locator("[data-draft-says]")).to_contain_text("Przywróciliśmy")
    assert fields(page, "name") == "Dom na Rogu"
    assert fields(page, "rooms.1.name") == "Mała"
    assert fields(page, "email") == ""
    expect(page.locator('[name="audience"][value="seniors"]')).to_be_checked()
    expect(page.locator('[name="rules.free"][value="yes"]')).to_be_checked()
    assert PERSON not in str(page.evaluate("JSON.stringify(localStorage)"))
    page.locator("[data-draft-discard]").click()
    assert fields(page, "name") == ""
    page.reload()
    assert fields(page, "name") == ""


def test_who_asks_for_it_finds_their_mailbox_again(form: Open) -> None:
    """The personal part is kept only where the box for that is ticked."""
    page = form()
    page.locator('[name="email"]').fill(PERSON)
    page.locator("[data-draft-personal]").check()
    page.reload()
    assert fields(page, "email") == PERSON


def test_what_was_sent_is_no_draft(form: Open) -> None:
    """After sending the form is empty again."""
    page = form()
    page.locator('[name="name"]').fill("Dom na Rogu")
    page.locator('[name="type"][value="inne"]').check()
    page.locator('[name="address.city"]').fill("Rudna")
    page.locator('[name="email"]').fill(PERSON)
    page.locator("[data-send]").click()
    page.wait_for_url("**/dodaj/wyslane")
    page.goto(page.url.replace("/wyslane", ""))
    assert fields(page, "name") == ""


def test_which_one_is_asked_while_typing(form: Open) -> None:
    """The settlements of one name are offered at once, and the chosen one is sent."""
    page = form(width=390)
    page.locator('[name="address.city"]').fill("Dąbrowa")
    page.locator('[name="address.city"]').press("Tab")
    choice = page.get_by_label("powiat opolski")
    choice.check()
    assert choice.get_attribute("name") == "locality"


def test_the_chosen_settlement_is_in_the_draft(form: Open) -> None:
    """After a reload the same settlements are offered and the same one is chosen."""
    page = form(width=390)
    page.locator('[name="address.city"]').fill("Dąbrowa")
    page.locator('[name="address.city"]').press("Tab")
    page.get_by_label("powiat opolski").check()
    expect(page.locator("[data-draft-says]")).to_have_text("Szkic zapisany")
    page.reload()
    expect(page.get_by_label("powiat opolski")).to_be_checked()


def test_a_gmina_nobody_knows_is_asked_for_at_once(form: Open) -> None:
    """Whoever chooses a village of an unknown gmina need not send the form to learn that."""
    page = form(width=390)
    page.locator('[name="address.city"]').fill("Dąbrowa")
    page.locator('[name="address.city"]').press("Tab")
    page.get_by_label("powiat opolski").check()
    expect(page.locator("[data-found]")).to_contain_text("jakiej to gminie")
    expect(page.locator('[name="address.gmina"]')).to_be_visible()


def test_a_tap_on_the_map_is_the_point(form: Open, tile_server: TileServer) -> None:
    """From afar it comes closer first; near enough it puts the pin, and a button takes it away."""
    page = form(TILES=tile_server.url)
    page.locator('[name="address.city"]').fill("Kraków")
    page.locator('[name="address.city"]').press("Tab")
    chart = page.locator(".map-pick .folium-map")
    chart.scroll_into_view_if_needed()
    chart.click(position={"x": 200, "y": 120})
    page.wait_for_timeout(600)
    chart.click(position={"x": 200, "y": 120})
    expect(page.locator("[data-pick-says]")).to_contain_text("Punkt postawiony")
    said = str(fields(page, "point"))
    assert re.fullmatch(r"\d\d\.\d{5}, \d\d\.\d{5}", said)
    assert abs(float(said[:8]) - 50.06) < 0.1
    expect(page.locator(".map-pick .map-pin")).to_have_count(1)
    page.locator("[data-pick-clear]").click()
    assert fields(page, "point") == ""
    expect(page.locator(".map-pick .map-pin")).to_have_count(0)


def test_the_map_needs_no_mouse(form: Open) -> None:
    """Enter on the map puts the pin in its middle; the button for that appears with the focus."""
    page = form()
    page.emulate_media(reduced_motion="reduce")  # so that one step ends before the next begins
    page.reload()
    chart = page.locator(".map-pick .folium-map")
    chart.scroll_into_view_if_needed()
    chart.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-pick-says]")).to_contain_text("Mapa jest bliżej")
    assert fields(page, "point") == ""  # From all of Poland nobody can mean a house.
    for _ in range(4):
        if not fields(page, "point"):
            page.keyboard.press("Enter")
    assert fields(page, "point") != ""
    middle = page.get_by_role("button", name="Postaw punkt na środku mapy")
    expect(middle).to_be_visible()
    middle.press("Enter")
    expect(page.locator(".map-pick .map-pin")).to_have_count(1)


def test_her_own_position_is_a_point_with_its_precision(
    live_server: Serve, visit: Visit, clock: Clock
) -> None:
    """The browser's position goes into the field with the metres it is known by."""
    address = live_server([a_place()], NOW=clock)
    here = {"latitude": 51.5, "longitude": 16.25, "accuracy": 250}
    seen = visit(geolocation=here, permissions=["geolocation"])
    seen.page.goto(address + "/dodaj", timeout=60_000)
    seen.page.locator("[data-pick-here]").click()
    expect(seen.page.locator('[name="point"]')).to_have_value("51.50000, 16.25000")
    assert fields(seen.page, "accuracy") == "250"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_complains_and_nothing_runs_out_of_the_page(
    width: int, live_server: Serve, visit: Visit, clock: Clock
) -> None:
    """Policy and scripts are in order, and no page has to be pushed sideways."""
    address = live_server(a_few_places(), NOW=clock)
    place = a_few_places()[0]
    seen = visit(width=width)
    at = f"/miejsca/{place.slug}-{place.id}"
    for path in ("/dodaj", "/dodaj/wyslane", f"{at}/popraw", f"{at}/zglos"):
        seen.page.goto(address + path, timeout=60_000)
        wide = seen.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
    assert seen.complaints == []


def test_targets_are_large_enough(form: Open) -> None:
    """On a phone whatever is pressed is 44 pixels high, or its label is."""
    page = form(width=390)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            '.long-form :is(input:not([type=hidden], [type=file]), select, textarea, button)'
        )].filter((one) => one.offsetParent && !one.closest('.apart, .leaflet-container'))
          .map((one) => (one.closest('label') ?? one))
          .filter((one) => one.getBoundingClientRect().height < 43.5)
          .map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert small == []
