"""Changes in a real browser: the map of an answer, the map to point on, both on one page."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.coverage import samples
from tests.coverage.sample_site import sample_site
from tests.web.conftest import Visit, served

FORM = "/pokrycie/2261/miejsca-na-nowe"
CLOSE = f"{FORM}?place=k3v7m2qa&change=close"
MOVE = f"{FORM}?place=k3v7m2qa&change=move&to=54.4,18.57"
OPEN = f"{FORM}?change=open&to=54.4,18.57"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The samples, served."""
    app = sample_site(tmp_path_factory.mktemp("plans"))
    with served(app) as address:
        yield address


def shown(page: Page, url: str) -> None:
    """Opens an answer and looks at its map."""
    page.goto(url)
    page.locator(".map-areas").scroll_into_view_if_needed()
    expect(page.locator(".map-areas .map-cell").first).to_be_visible()


def unfolded(page: Page) -> None:
    """Chooses a new place and opens the map to point on."""
    page.get_by_label("powstanie nowe miejsce").check()
    page.locator(".pick-on-map summary").click()
    page.locator(".map-pick").scroll_into_view_if_needed()
    expect(page.locator(".map-pick .map-paper").first).to_be_attached()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_it_fits_every_screen(site: str, visit: Visit, width: int, scheme: str) -> None:
    """Nothing sticks out, whatever is opened; what is pressed is 44 pixels high; no complaints."""
    her = visit(width=width, color_scheme=scheme)
    for url in (FORM, CLOSE, MOVE, OPEN):
        her.page.goto(site + url)
        unfolded(her.page)
        assert her.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
        small = her.page.evaluate(
            "[...document.querySelectorAll('main :is(.button, summary, select, input, button, "
            ".tick, .try-here, .leaflet-marker-icon)')]"
            ".filter(one => one.checkVisibility() && !['checkbox', 'radio', 'hidden']"
            ".includes(one.type) && !one.closest('.leaflet-control-attribution') "
            "&& one.getBoundingClientRect().height < 43.5)"
            ".map(one => one.outerHTML.slice(0, 90))"
        )
        assert small == [], url
    assert her.complaints == []
    assert her.dialogs == []


@pytest.mark.parametrize(
    ("url", "kinds"),
    [(CLOSE, ["lose", "lose"]), (MOVE, ["lose", "both", "gain"]), (OPEN, ["gain"])],
)
def test_the_map_tells_losers_from_gainers(
    site: str, visit: Visit, url: str, kinds: list[str]
) -> None:
    """By class, pattern and edge, each explained in the legend; the patterns are there."""
    page = visit().page
    shown(page, site + url)
    drawn = page.locator(".map-areas .map-cell").evaluate_all(
        "all => all.map(one => [one.getAttribute('fill'), getComputedStyle(one).strokeDasharray])"
    )
    assert [fill for fill, _ in drawn] == [f"url(#wzor-{kind})" for kind in kinds]
    assert len({edge for _, edge in drawn}) == len(set(kinds))
    for kind in set(kinds):
        assert page.locator(f"pattern#wzor-{kind}").count() == 1
        assert page.locator(f".legend .cell.is-{kind}").count() == 1


def test_a_hexagon_says_how_many(site: str, visit: Visit) -> None:
    """On hover and on a press; a hostile name is text."""
    her = visit()
    page = her.page
    shown(page, site + CLOSE)
    cell = page.locator(".map-areas .map-cell").nth(1)  # the place itself stands on the other one
    cell.hover(force=True)
    tip = page.locator(".map-areas .map-tip")
    expect(tip).to_contain_text("Straci: od\u00a03\u00a0000 do\u00a03\u00a0100\u00a0osób.")
    cell.click(force=True)
    expect(page.locator(".map-card-said")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".map-areas img").count() == 0
    assert her.dialogs == [] and her.complaints == []


def test_where_it_was_and_would_be_are_marks_joined_by_a_line(site: str, visit: Visit) -> None:
    """A ring and a circle where its position is vague, a pin where it is exact; by keyboard."""
    page = visit().page
    shown(page, site + MOVE)
    expect(page.locator(".map-areas .map-ring")).to_have_count(1)
    expect(page.locator(".map-areas .map-doubt")).to_have_count(1)
    expect(page.locator(".map-areas .map-pin")).to_have_count(1)
    expect(page.locator(".map-areas .map-leg")).to_have_count(1)
    expect(page.locator(".map-areas .map-label")).to_have_text(["dziś", "po przeprowadzce"])
    mark = page.get_by_role("button", name=re.compile("^po przeprowadzce: Jeśli"))
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-card-said")).to_contain_text("przeniesie się")


def test_data_that_come_late_do_not_take_the_view_away(site: str, visit: Visit) -> None:
    """Who has come closer meanwhile goes on looking at the same place."""
    page = visit().page
    held: list[Route] = []
    page.route("**/*.geojson*", lambda route: held.append(route))
    with page.expect_request("**/*.geojson*"):
        page.goto(site + OPEN)
        page.locator(".map-areas").scroll_into_view_if_needed()
    scale = page.locator(".map-areas .leaflet-control-scale-line")
    before = scale.text_content()
    page.locator(".map-areas .leaflet-control-zoom-in").click()
    expect(scale).not_to_have_text(before or "")
    chosen = scale.text_content()
    held[0].continue_()
    expect(page.locator(".map-areas .map-cell")).to_have_count(1)
    expect(scale).to_have_text(chosen or "")


def test_a_tap_on_the_map_fills_the_field(site: str, visit: Visit) -> None:
    """From afar it comes closer first; what is sent is what stands in the field."""
    her = visit(width=390, has_touch=True, reduced_motion="reduce")
    page = her.page
    page.goto(site + FORM)
    unfolded(page)
    chart = page.locator(".map-pick .folium-map")
    field, says = page.locator("#to"), page.locator("[data-pick-says]")
    chart.tap(position={"x": 150, "y": 90})
    expect(says).to_contain_text("Mapa jest bliżej")
    expect(field).to_have_value("")
    for _ in range(3):
        if not field.input_value():
            chart.tap(position={"x": 150, "y": 90})
    assert re.fullmatch(r"\d\d\.\d{5}, \d\d\.\d{5}", field.input_value())
    expect(page.locator("[data-pick-says]")).to_contain_text("Punkt postawiony")
    expect(page.locator(".map-pick .map-pin")).to_have_count(1)
    typed = field.input_value()
    page.get_by_role("button", name="Policz skutki").click()
    page.wait_for_url("**/miejsca-na-nowe?**")
    sent = parse_qs(urlsplit(page.url).query)
    assert sent == {"change": ["open"], "to": [typed]}
    assert her.complaints == []


def test_a_keyboard_is_enough_to_point(site: str, visit: Visit) -> None:
    """Enter on the map, the button in its middle, and away again."""
    page = visit(reduced_motion="reduce").page
    page.goto(site + FORM)
    page.get_by_label("miejsce przeniesie się").focus()
    page.keyboard.press("Space")
    page.locator(".pick-on-map summary").focus()
    page.keyboard.press("Enter")
    chart = page.locator(".map-pick .folium-map")
    expect(page.locator(".map-pick .map-paper").first).to_be_attached()
    chart.focus()
    field = page.locator("#to")
    middle = page.get_by_role("button", name="Postaw punkt na środku mapy")
    page.keyboard.press("Enter")
    expect(page.locator("[data-pick-says]")).to_contain_text("Mapa jest bliżej")
    expect(field).to_have_value("")
    for _ in range(3):  # The button is as careful as the key.
        if not field.input_value():
            middle.press("Enter")
    expect(field).not_to_have_value("")
    first = field.input_value()
    chart.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => !document.querySelector('.map-pick .leaflet-pan-anim')")
    middle.press("Enter")
    expect(field).not_to_have_value(first)
    page.get_by_role("button", name="Usuń punkt").press("Enter")
    expect(field).to_have_value("")
    expect(chart).to_be_focused()
    expect(page.locator(".map-pick .map-pin")).to_have_count(0)


def test_both_maps_work_on_one_page(site: str, visit: Visit) -> None:
    """The answer's map keeps its hexagons while one points on the other; typing moves the pin."""
    her = visit()
    page = her.page
    shown(page, site + OPEN)
    page.locator(".pick-on-map summary").click()
    page.locator(".map-pick").scroll_into_view_if_needed()
    expect(page.locator(".map-pick .map-pin")).to_have_count(1)
    expect(page.locator("#to")).to_have_value("54.4,18.57")
    page.locator(".map-pick .folium-map").click(position={"x": 60, "y": 60})
    expect(page.locator("#to")).not_to_have_value("54.4,18.57")
    expect(page.locator(".map-areas .map-cell")).to_have_count(1)
    expect(page.locator(".map-areas .map-pin")).to_have_count(1)
    page.locator("#to").fill("54.35, 18.65")
    page.locator("#to").press("Tab")
    expect(page.locator(".map-pick .map-pin")).to_have_count(1)
    page.locator("#to").fill("Gdynia")
    page.locator("#to").press("Tab")
    expect(page.locator(".map-pick .map-pin")).to_have_count(0)
    assert her.complaints == []


def test_no_tile_is_asked_for_before_the_map_is_wanted(
    visit: Visit, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The map to point on is folded, and costs nothing until it is opened."""
    app = sample_site(tmp_path_factory.mktemp("tiles"), TILES="http://127.0.0.1:9/{z}/{x}/{y}.png")
    with served(app) as address:
        her = visit()
        her.page.goto(address + FORM)
        her.page.get_by_label("powstanie nowe miejsce").check()
        her.page.wait_for_timeout(500)
        assert not [url for url in her.requests if ":9/" in url]
        with her.page.expect_request("http://127.0.0.1:9/**"):
            her.page.locator(".pick-on-map summary").click()
            her.page.locator(".map-pick").scroll_into_view_if_needed()


def test_the_form_shows_what_the_change_needs(site: str, visit: Visit) -> None:
    """A new place is chosen from no list, closing needs no point; nothing of the rest is sent."""
    page = visit().page
    page.goto(site + FORM)
    place, point, chart = page.locator("#place"), page.locator("#to"), page.locator(".pick-on-map")
    expect(place).to_be_visible()
    expect(point).to_be_hidden()
    expect(chart).to_be_hidden()
    page.get_by_label("miejsce przeniesie się").check()
    expect(place).to_be_visible()
    expect(point).to_be_visible()
    expect(chart).to_be_visible()
    page.get_by_label("powstanie nowe miejsce").check()
    expect(place).to_be_hidden()
    expect(point).to_be_visible()
    point.fill("54.4, 18.57")
    page.get_by_role("button", name="Policz skutki").click()
    page.wait_for_url("**change=open**")
    assert "place=" not in page.url
    expect(page.locator(".headline")).to_contain_text("Nowe miejsce w\u00a0tym punkcie objęłoby")


def test_without_scripts_all_fields_and_tables_are_there(site: str, visit: Visit) -> None:
    """A picture instead of the map; no map to point on, but the field for the point."""
    page = visit(java_script_enabled=False).page
    page.goto(site + FORM)
    page.get_by_label("powstanie nowe miejsce").check()
    expect(page.locator("#place")).to_be_visible()
    expect(page.locator(".pick-on-map")).to_be_hidden()
    page.locator("#to").fill("54.4, 18.57")
    page.get_by_role("button", name="Policz skutki").click()
    expect(page.locator(".drawn .cell")).to_have_count(1)
    expect(page.get_by_role("region", name="Kogo to dotyczy")).to_contain_text("1\u00a0240")


def test_on_paper_the_picture_stands_for_the_map(site: str, visit: Visit) -> None:
    """With its legend; nothing to press."""
    page = visit().page
    page.goto(site + MOVE)
    page.emulate_media(media="print")
    expect(page.locator(".drawn")).to_be_visible()
    expect(page.locator(".drawn .cell")).to_have_count(3)  # kinds
    paths = page.locator(".drawn .cell").evaluate_all(
        "all => all.map(one => one.getAttribute('d'))"
    )
    assert "".join(paths).count("M") == len(samples.CHANGES["move"]["cells"])
    expect(page.locator(".drawn .mark-word")).to_have_text(["dziś", "po przeprowadzce"])
    expect(page.locator(".legend")).to_be_visible()
    assert page.locator(".map:visible").count() == 0


def test_a_mark_of_a_site_leads_to_a_new_place_there(site: str, visit: Visit) -> None:
    """From the map as from the table; by key, since the card moves the map below a pointer."""
    page = visit().page
    page.goto(f"{site}{FORM}?count=2")
    page.locator(".map-areas").scroll_into_view_if_needed()
    page.get_by_role("button", name="Nowe miejsce 1").click()
    page.locator(".map-card").get_by_role("link", name="Policz nowe miejsce tutaj").press("Enter")
    page.wait_for_url("**change=open&to=54.42700,18.45900")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_map_to_point_on_shows_what_to_aim_by(site: str, visit: Visit, width: int) -> None:
    """The border in the middle, whatever the width, and the places that are there, by name."""
    page = visit(width=width).page
    page.goto(site + FORM)
    unfolded(page)
    expect(page.locator(".map-pick .map-place")).to_have_count(1)
    page.wait_for_function(
        """() => {
            const sheet = document.querySelector('.map-pick .folium-map').getBoundingClientRect();
            const area = document.querySelector('.map-pick .map-whole').getBoundingClientRect();
            return ['x', 'y'].every((axis, n) => {
                const size = ['width', 'height'][n];
                const apart = sheet[axis] + sheet[size] / 2 - area[axis] - area[size] / 2;
                return Math.abs(apart) < 12 && area[size] <= sheet[size];
            });
        }"""
    )
    page.locator(".map-pick .map-place").hover(force=True)
    expect(page.locator(".map-pick .map-tip")).to_have_text("Dom Sąsiedzki Gościnna Przystań")


def test_the_chosen_place_is_marked_where_it_stands_today(site: str, visit: Visit) -> None:
    """Only while it is to move; a view that somebody chose stays."""
    page = visit().page
    page.goto(site + FORM)
    page.get_by_label("miejsce przeniesie się").check()
    page.locator(".pick-on-map summary").click()
    page.locator(".map-pick").scroll_into_view_if_needed()
    expect(page.locator(".map-pick .map-place")).to_have_count(1)
    expect(page.locator(".map-pick .map-today")).to_have_count(0)
    page.locator("#place").select_option(label="Dom Sąsiedzki Gościnna Przystań")
    expect(page.locator(".map-pick .map-today")).to_have_count(1)
    expect(page.locator(".map-pick .map-label")).to_have_text("dziś")
    page.get_by_label("powstanie nowe miejsce").check()
    expect(page.locator(".map-pick .map-today")).to_have_count(0)


def test_words_of_a_map_stand_under_it(site: str, visit: Visit) -> None:
    """Neither the button nor anything else of the map lies below them."""
    page = visit(width=390).page
    page.goto(site + CLOSE)
    unfolded(page)
    page.locator(".map-pick .folium-map").focus()
    for kind in ("areas", "pick"):
        expect(page.locator(f".map-{kind} .map-notice")).to_contain_text("Mapa bez podkładu")
        sheet = page.locator(f".map-{kind} .folium-map").bounding_box()
        words = page.locator(f".map-{kind} .map-notice").bounding_box()
        assert sheet and words and words["y"] >= sheet["y"] + sheet["height"] - 1
    middle = page.locator(".pick-middle").bounding_box()
    words = page.locator(".map-pick .map-notice").bounding_box()
    assert middle and words and middle["y"] + middle["height"] <= words["y"]


@pytest.mark.parametrize("width", [320, 390])
def test_words_beside_marks_are_not_cut(site: str, visit: Visit, width: int) -> None:
    """The whole of them is on the map that opens."""
    page = visit(width=width).page
    shown(page, site + MOVE)
    expect(page.locator(".map-areas .map-label")).to_have_count(2)
    sheet = page.locator(".map-areas .folium-map").bounding_box()
    assert sheet
    for label in page.locator(".map-areas .map-label").all():
        box = label.bounding_box()
        assert box and box["x"] >= sheet["x"]
        assert box["x"] + box["width"] <= sheet["x"] + sheet["width"]
        assert box["y"] + box["height"] <= sheet["y"] + sheet["height"]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_site_is_on_the_map_with_what_is_there(site: str, visit: Visit, width: int) -> None:
    """No number is left out, wherever they lie; the places are drawn; a legend tells them apart."""
    page = visit(width=width).page
    page.goto(f"{site}{FORM}?count=2")
    page.locator(".map-areas").scroll_into_view_if_needed()
    expect(page.locator(".map-areas .map-gap")).to_have_count(2)
    expect(page.locator(".map-areas .map-place")).to_have_count(1)
    expect(page.locator(".legend").first).to_contain_text("nowe miejsce (numer z\u00a0tabeli)")
    for _ in range(4):
        page.locator(".map-areas .leaflet-control-zoom-out").click()
    expect(page.locator(".map-areas .map-gap")).to_have_count(2)


def test_an_earlier_answer_shows_no_places_of_today(site: str, visit: Visit) -> None:
    """It was not counted with them."""
    page = visit().page
    page.goto(f"{site}{FORM}?count=2&tydzien=2026-03-09&stan=0123456789abcdef")
    page.locator(".map-areas").scroll_into_view_if_needed()
    expect(page.locator(".map-areas .map-gap")).to_have_count(2)
    expect(page.locator(".map-areas .map-place")).to_have_count(0)
    expect(page.locator(".legend").first).to_contain_text(
        "nie policzono z\u00a0dzisiejszych danych"
    )


def test_a_finger_opens_the_card_alone(site: str, visit: Visit) -> None:
    """Not also the words that a mouse is shown; the card is wholly on the map."""
    page = visit(width=390, has_touch=True, is_mobile=True, reduced_motion="reduce").page
    shown(page, site + CLOSE)
    page.locator(".map-areas .map-cell").nth(1).tap(force=True)
    expect(page.locator(".leaflet-popup")).to_have_count(1)
    expect(page.locator(".map-areas .map-tip")).to_have_count(0)
    page.wait_for_function(
        """() => {
            const card = document.querySelector('.leaflet-popup').getBoundingClientRect();
            const sheet = document.querySelector('.map-areas .folium-map').getBoundingClientRect();
            return card.left >= sheet.left && card.right <= sheet.right && card.top >= sheet.top;
        }"""
    )


def test_both_forms_are_linked_from_the_top(site: str, visit: Visit) -> None:
    """So that the second is not behind the whole first one."""
    page = visit(width=390).page
    page.goto(site + FORM)
    page.get_by_role("link", name="Co, jeśli miejsce się zmieni").click()
    expect(page.get_by_role("heading", name="Co, jeśli miejsce się zmieni")).to_be_in_viewport()


def test_on_paper_sites_have_a_map_dates_and_sources(site: str, visit: Visit) -> None:
    """What stands on paper can be traced without a screen."""
    page = visit().page
    page.goto(f"{site}{FORM}?count=2")
    page.emulate_media(media="print")
    expect(page.locator(".drawn .spot")).to_have_count(2)
    expect(page.locator(".paper-head")).to_contain_text("tydzień od")
    foot = page.locator("div.on-paper")
    expect(foot).to_contain_text("osoba starsza")
    expect(foot).to_contain_text("GeoNames, licencja: CC BY 4.0")
    expect(foot).to_contain_text("/pokrycie/2261?tydzien=")
    expect(page.get_by_text("metoda na stronie obszaru")).to_be_hidden()


@pytest.mark.parametrize("url", [MOVE, f"{FORM}?count=2", "/pokrycie/22"])
def test_the_words_of_a_picture_can_be_read_on_a_phone(site: str, visit: Visit, url: str) -> None:
    """Twelve pixels at least, and nothing sticks out."""
    page = visit(width=390, java_script_enabled=False).page
    page.goto(site + url)
    expect(page.locator(".drawn")).to_be_visible()
    drawn = page.locator(".drawn").bounding_box()
    assert drawn and drawn["x"] >= 0 and drawn["x"] + drawn["width"] <= 390
    for word in page.locator(".drawn text:not(.on-spot)").all():
        box = word.bounding_box()
        assert box and box["height"] >= 12
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
