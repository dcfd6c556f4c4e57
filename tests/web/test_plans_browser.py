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
    her = visit(width=390, has_touch=True)
    page = her.page
    page.goto(site + FORM)
    unfolded(page)
    chart = page.locator(".map-pick .folium-map")
    field = page.locator("#to")
    for _ in range(4):
        if field.input_value():
            break
        chart.tap(position={"x": 150, "y": 90})
        page.wait_for_timeout(500)
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
    page = visit().page
    page.goto(site + FORM)
    page.get_by_label("miejsce przeniesie się").focus()
    page.keyboard.press("Space")
    page.locator(".pick-on-map summary").focus()
    page.keyboard.press("Enter")
    chart = page.locator(".map-pick .folium-map")
    expect(page.locator(".map-pick .map-paper").first).to_be_attached()
    chart.focus()
    page.keyboard.press("Enter")
    field = page.locator("#to")
    first = field.input_value()
    assert first
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Postaw punkt na środku mapy").press("Enter")
    assert field.input_value() != first
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
    expect(page.locator(".drawn .cell")).to_have_count(len(samples.CHANGES["move"]["cells"]))
    expect(page.locator(".drawn .mark-word")).to_have_text(["dziś", "po przeprowadzce"])
    expect(page.locator(".legend")).to_be_visible()
    assert page.locator(".map:visible").count() == 0


def test_a_mark_of_a_site_leads_to_a_new_place_there(site: str, visit: Visit) -> None:
    """From the map as from the table."""
    page = visit().page
    page.goto(f"{site}{FORM}?count=2")
    page.locator(".map-areas").scroll_into_view_if_needed()
    page.get_by_role("button", name="Nowe miejsce 1").click()
    page.locator(".map-card").get_by_role("link", name="Policz nowe miejsce tutaj").click()
    page.wait_for_url("**change=open&to=54.42700,18.45900")
