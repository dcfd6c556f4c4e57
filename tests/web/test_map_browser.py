"""The map in a real browser: what it shows, who can use it, and what it never does."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.builders import a_place, an_id, some_places
from tests.web.conftest import Serve, TileServer, Visit

HOSTILE = (
    "${alert(1)}<img src=x onerror=alert(1)>",
    "`+alert(2)+`",
    "</script><script>alert(3)</script>",
    '{{ 7 * 7 }} " onfocus="alert(4)" autofocus=\'',
)
ROUGH = {"precision": "neighbourhood", "uncertainty_m": 700}


def show(page: Page, place_id: str) -> None:
    """Asks for a place on the map, as a button of the list does."""
    page.evaluate(
        "id => document.dispatchEvent(new CustomEvent('places:show', {detail: {id}}))", place_id
    )


def numbers(page: Page) -> list[int]:
    """What the bubbles say, and one for each place that stands alone."""
    bubbles = page.locator(".map-bubble").all_inner_texts()
    alone = page.locator(".map-pin, .map-ring").count()
    return [int("".join(filter(str.isdigit, text))) for text in bubbles] + [1] * alone


def tab_to(page: Page, ready: Callable[[], bool], most: int = 60) -> None:
    """Presses Tab until it is so."""
    for _ in range(most):
        if ready():
            return
        page.keyboard.press("Tab")
    pytest.fail(f"not reached by {most} presses of Tab")


def on_a_mark(page: Page) -> bool:
    return bool(page.evaluate("document.activeElement.matches('.map-pin, .map-ring')"))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text(name: str, live_server: Serve, visit: Visit) -> None:
    """A name that is code runs nowhere and is read as it was written."""
    place = a_place(name=name, **{"address.city": name, "address.street": name})
    seen = visit()
    seen.page.goto(live_server([place]))
    show(seen.page, place.id)
    popup = seen.page.get_by_role("dialog")
    expect(popup.get_by_role("link")).to_have_text(place.name)
    assert popup.locator("img, script").count() == 0
    assert seen.page.locator(".map-pin").get_attribute("aria-label").startswith(place.name)
    assert seen.dialogs == []
    assert seen.complaints == []


def test_only_our_host_and_the_tiles_are_asked(
    live_server: Serve, tile_server: TileServer, visit: Visit
) -> None:
    """No page with a map calls on anybody but us and the tile server of the settings."""
    places = [*some_places(30), a_place()]
    address = live_server(places, TILES=tile_server.url)
    seen = visit()
    for path in ("/", f"/miejsca/{places[-1].slug}-{places[-1].id}"):
        seen.page.goto(address + path)
        seen.page.locator(".leaflet-tile-loaded").first.wait_for()
    assert seen.hosts() == {address.split("/")[2], tile_server.url.split("/")[2]}
    assert seen.complaints == []


def test_the_first_view_is_of_the_results(live_server: Serve, visit: Visit) -> None:
    """The map opens on what was found, all of it, and says how much that is."""
    seen = visit()
    seen.page.goto(live_server(some_places(40)))
    expect(seen.page.locator(".map-status")).to_have_text("Na mapie: 40\u00a0miejsc.")
    assert sum(numbers(seen.page)) == 40


def test_a_keyboard_is_enough(live_server: Serve, visit: Visit) -> None:
    """Tab reaches a place, Enter opens it, Escape closes it and gives the focus back."""
    seen = visit()
    page = seen.page
    page.goto(live_server([a_place(), a_place(id=an_id(7), point=(50.08, 19.9), name="Świt")]))
    page.locator(".map-pin").first.wait_for()
    page.locator(".folium-map").focus()
    tab_to(page, lambda: on_a_mark(page))
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    link = page.get_by_role("dialog").get_by_role("link")
    expect(link).to_be_focused()
    assert label.startswith(link.inner_text())
    assert label.endswith(", dom kultury, Kraków")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == label
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/miejsca/*")


def test_a_bubble_opens_by_keyboard(live_server: Serve, visit: Visit) -> None:
    """A bubble says how many it holds; Enter looks closer and the focus stays on the map."""
    far = a_place(id=an_id(900), point=(54.4, 18.6))
    seen = visit()
    page = seen.page
    page.goto(live_server([*some_places(12), far]))
    bubble = page.get_by_role("button", name="12\u00a0miejsc, powiększ")
    bubble.focus()
    page.keyboard.press("Enter")
    expect(bubble).to_have_count(0)
    expect(page.locator(".folium-map")).to_be_focused()


def test_tiles_that_cannot_load(live_server: Serve, tile_server: TileServer, visit: Visit) -> None:
    """Without its background the map says so and still shows the places."""
    tile_server.broken = True
    seen = visit()
    seen.page.goto(live_server(some_places(3), TILES=tile_server.url))
    expect(seen.page.locator(".map-notice")).to_contain_text("Podkład mapy się nie wczytał.")
    assert sum(numbers(seen.page)) == 3


def test_tiles_that_can(live_server: Serve, tile_server: TileServer, visit: Visit) -> None:
    """With its background the map has nothing to say of it, and asks only for what is in view."""
    seen = visit()
    seen.page.goto(live_server(some_places(3), TILES=tile_server.url))
    seen.page.locator(".leaflet-tile-loaded").first.wait_for()
    expect(seen.page.locator(".map-notice")).to_have_text("")
    zooms = {url.rsplit("/", 3)[1] for url in seen.requests if url.endswith(".png")}
    assert len(zooms) == 1


def test_no_tiles_on_purpose(live_server: Serve, visit: Visit) -> None:
    """An installation without tiles shows places on a plain sheet and says what is missing."""
    seen = visit()
    seen.page.goto(live_server(some_places(3)))
    expect(seen.page.locator(".map-notice")).to_contain_text("Mapa bez podkładu.")
    assert seen.complaints == []


def test_data_that_cannot_load(live_server: Serve, visit: Visit) -> None:
    """When the places cannot be had the map says so, and one press tries again."""
    seen = visit()
    page = seen.page
    page.route("**/api/**", lambda route: route.abort())
    page.goto(live_server(some_places(3)))
    expect(page.locator(".map-notice")).to_contain_text("Nie udało się wczytać miejsc")
    page.unroute("**/api/**")
    page.get_by_role("button", name="Spróbuj ponownie").click()
    expect(page.locator(".map-notice")).not_to_contain_text("Nie udało się")
    assert sum(numbers(page)) == 3


def test_the_list_and_the_map_show_each_others_choice(live_server: Serve, visit: Visit) -> None:
    """The list's button shows a place on the map; a choice on the map is shown in the list."""
    seen = visit()
    page = seen.page
    page.goto(live_server([a_place()]))
    page.evaluate(
        "window.told = [];"
        "document.addEventListener('places:chosen', event => told.push(event.detail.id))"
    )
    page.get_by_role("button", name="Pokaż na mapie").click()
    expect(page.get_by_role("dialog").get_by_role("link")).to_be_focused()
    assert page.evaluate("told") == []
    page.get_by_role("button", name="Zamknij").click()
    page.locator(".map-pin").click()
    assert page.evaluate("told") == [a_place().id]
    expect(page.locator(f"#miejsce-{a_place().id}")).to_have_class("card chosen")


def test_places_of_one_point_can_each_be_chosen(live_server: Serve, visit: Visit) -> None:
    """Two places with the same point fan out when one of them is asked for."""
    two = some_places(2, point=(50.05, 19.95))
    seen = visit()
    seen.page.goto(live_server([*two, a_place()]))
    seen.page.locator(".map-bubble, .map-pin").first.wait_for()
    for place in two:
        show(seen.page, place.id)
        expect(seen.page.get_by_role("dialog").get_by_role("link")).to_have_text(place.name)
    assert seen.complaints == []


def test_an_approximate_place_looks_approximate(live_server: Serve, visit: Visit) -> None:
    """A vague point is a ring with its honest circle and a sentence; an exact one is a pin."""
    seen = visit()
    page = seen.page
    page.goto(live_server([a_place(position=ROUGH), a_place(id=an_id(1), point=(50.06, 19.9))]))
    page.locator(".map-ring").click()
    expect(page.get_by_role("dialog")).to_contain_text("znamy tylko osiedle")
    expect(page.get_by_role("dialog")).to_contain_text("nie dalej niż 700\u00a0m stąd")
    assert page.locator("path.map-doubt").count() == 1
    assert page.locator(".map-pin").count() == 1


def test_many_places_come_in_cells(live_server: Serve, visit: Visit) -> None:
    """Too many for pins: bubbles hold them all, and looking closer asks for that part only."""
    seen = visit()
    page = seen.page
    page.goto(live_server(some_places(700)))
    expect(page.locator(".map-status")).to_have_text("Na mapie: 700\u00a0miejsc.")
    assert sum(numbers(page)) == 700
    assert page.locator(".map-bubble").count() < 100
    with page.expect_request(lambda request: "view=" in request.url):
        page.locator(".map-bubble").first.click()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    assert 0 < sum(numbers(page)) < 700
    assert seen.complaints == []


def test_one_of_many_is_found(live_server: Serve, visit: Visit) -> None:
    """A place of the list is shown even where the map had only held it in a cell."""
    places = some_places(700)
    seen = visit()
    seen.page.goto(live_server(places))
    expect(seen.page.locator(".map-status")).to_have_text("Na mapie: 700\u00a0miejsc.")
    first = seen.page.locator("[data-id]").first
    show(seen.page, first.get_attribute("data-id"))
    name = first.get_by_role("heading").inner_text()
    expect(seen.page.get_by_role("dialog").get_by_role("link")).to_have_text(name)


def test_search_in_this_area(live_server: Serve, visit: Visit) -> None:
    """After the map was moved, one press searches where it looks, with the other filters kept."""
    seen = visit()
    page = seen.page
    page.goto(live_server(some_places(30)) + "/?q=klub&near=50.01,19.95&radius=5000")
    again = page.get_by_role("button", name="Szukaj w\u00a0tym obszarze")
    page.locator(".map-pin, .map-bubble").first.wait_for()
    expect(again).to_be_hidden()
    scale = page.locator(".leaflet-control-scale")
    farther = scale.inner_text()
    page.get_by_role("button", name="Przybliż").click()
    expect(scale).not_to_have_text(farther)
    closer = scale.inner_text()
    again.click()
    page.wait_for_url("**bbox=**")
    page.locator(".map-pin, .map-bubble").first.wait_for()
    expect(scale).to_have_text(closer)
    assert "q=klub" in page.url
    assert "near=" not in page.url
    assert "radius=" not in page.url


def test_one_finger_scrolls_the_page(live_server: Serve, visit: Visit) -> None:
    """On a phone nobody is caught by the map: one finger over it moves the page."""
    seen = visit(390, 800, has_touch=True, is_mobile=True)
    page = seen.page
    page.goto(live_server(some_places(3)))
    frame = page.locator(".map")
    frame.scroll_into_view_if_needed()
    frame.locator(".map-bubble, .map-pin").first.wait_for()
    before = page.evaluate("scrollY")
    pane = page.locator(".leaflet-map-pane").get_attribute("style")
    box = frame.bounding_box()
    finger = page.context.new_cdp_session(page)
    for step in range(12):
        point = {"x": box["x"] + 60, "y": box["y"] + 150 + 15 * step}
        kind = "touchMove" if step else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    expect(page.locator(".map-hint")).to_have_text("Mapę przesuwaj dwoma palcami")
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("before => scrollY < before", arg=before)
    assert page.locator(".leaflet-map-pane").get_attribute("style") == pane


def test_without_javascript_the_map_says_so(live_server: Serve, visit: Visit) -> None:
    """Where no script runs the map is a sentence, not an empty frame."""
    seen = visit(java_script_enabled=False)
    seen.page.goto(live_server(some_places(3)))
    expect(seen.page.locator(".map-notice")).to_contain_text("Mapa jeszcze się nie wczytała")


@pytest.mark.parametrize("missing", ["leaflet.js", "map.js", "map-places.js"])
def test_a_script_that_did_not_arrive(missing: str, live_server: Serve, visit: Visit) -> None:
    """A broken connection leaves the sentence in the frame, not an empty map."""
    seen = visit()
    seen.page.route(f"**/{missing}*", lambda route: route.abort())
    seen.page.goto(live_server(some_places(3)))
    expect(seen.page.locator(".map-notice")).to_contain_text("Mapa jeszcze się nie wczytała")


def test_the_map_of_one_place(live_server: Serve, tile_server: TileServer, visit: Visit) -> None:
    """A place's own map shows the place and asks the API for nothing."""
    place = a_place()
    seen = visit()
    page = seen.page
    page.goto(live_server([place], TILES=tile_server.url) + f"/miejsca/{place.slug}-{place.id}")
    page.locator(".map-place").scroll_into_view_if_needed()
    page.locator(".map-place .leaflet-tile-loaded").first.wait_for()
    assert page.locator(".map-place .map-pin").count() == 1
    assert page.get_by_role("region", name=f"Mapa: {place.name}").count() == 1
    assert not [url for url in seen.requests if "/api/" in url]
    assert seen.complaints == []
