"""Coverage in a real browser: the map, the keyboard, phones, both themes, paper, no scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route, expect

from tests.coverage.sample_site import sample_site
from tests.web.conftest import Visit, served

PAGES = (
    "/pokrycie", "/pokrycie/22", "/pokrycie/2261", "/pokrycie/2299", "/stan/running",
    "/pokrycie/2261/miejsca-na-nowe", "/pokrycie/2261/miejsca-na-nowe?count=2",
    "/pokrycie/2261/miejsca-na-nowe?place=k3v7m2qa&change=close",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The samples, served."""
    app = sample_site(tmp_path_factory.mktemp("coverage"))
    with served(app) as address:
        yield address


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_it_fits_every_screen(site: str, visit: Visit, width: int, scheme: str) -> None:
    """Nothing sticks out at the side, buttons can be hit, the console is silent."""
    her = visit(width=width, color_scheme=scheme)
    for url in PAGES:
        her.page.goto(site + url)
        assert her.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
        small = her.page.evaluate(
            "[...document.querySelectorAll('main :is(.button, summary, select, input, textarea)')]"
            ".filter(one => one.checkVisibility() && !['checkbox', 'radio', 'hidden']"
            ".includes(one.type) && one.getBoundingClientRect().height < 43.5)"
            ".map(one => one.outerHTML.slice(0, 80))"
        )
        assert small == [], url
    assert her.complaints == []
    assert her.dialogs == []


def test_the_map_draws_areas_and_gaps(site: str, visit: Visit) -> None:
    """Areas in classes of colour, hexagons, numbered buttons with words."""
    her = visit()
    page = her.page
    page.goto(f"{site}/pokrycie/22")
    page.locator(".map").scroll_into_view_if_needed()
    expect(page.locator(".map-area")).to_have_count(5)
    expect(page.locator(".map-area.is-none")).to_have_count(1)
    expect(page.locator(".map-left-out")).to_have_count(2)
    mark = page.get_by_role("button", name="Biała plama 1: Osowa (2): od 14 200 do 15 800 osób")
    expect(mark).to_be_visible()
    assert her.complaints == []
    assert her.hosts() == {site.split("/")[2]}


def test_a_gap_of_the_list_moves_the_map(site: str, visit: Visit) -> None:
    """Its name brings it into view, and the keyboard goes on from the map."""
    page = visit().page
    page.goto(f"{site}/pokrycie/2261")
    page.get_by_role("link", name="Pokaż na mapie: Osowa (2)").click()
    expect(page.locator(".folium-map")).to_be_focused()
    expect(page.locator(".map.is-close")).to_have_count(1)
    assert page.url.endswith("/pokrycie/2261")


def test_data_that_come_late_do_not_take_the_view_away(site: str, visit: Visit) -> None:
    """On a slow line the gap is chosen before the areas arrive: one keeps looking at it."""
    page = visit().page
    held: list[Route] = []
    page.route("**/*.geojson*", lambda route: held.append(route))
    with page.expect_request("**/*.geojson*"):
        page.goto(f"{site}/pokrycie/2261")
        page.get_by_role("link", name="Pokaż na mapie: Osowa (2)").click()
    mark = page.get_by_role("button", name="Biała plama 1")
    expect(page.locator(".map.is-close")).to_have_count(1)
    expect(mark).to_have_count(0)
    held[0].continue_()
    expect(mark).to_be_in_viewport()
    expect(page.locator(".map.is-close")).to_have_count(1)


def test_a_mark_opens_by_keyboard(site: str, visit: Visit) -> None:
    """Enter shows who is left out; a hostile name is text."""
    her = visit()
    page = her.page
    page.goto(f"{site}/pokrycie/2261")
    page.locator(".map").scroll_into_view_if_needed()
    page.get_by_role("button", name="Biała plama 2").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-card-said")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".map-card img").count() == 0
    assert her.dialogs == []


def test_gaps_leave_the_colours_as_they_are(site: str, visit: Visit) -> None:
    """Hatched without a ground, in the legend as on the map."""
    page = visit().page
    page.goto(f"{site}/pokrycie/22")
    page.locator(".map").scroll_into_view_if_needed()
    gap = page.locator(".map-left-out").first
    expect(gap).to_have_attribute("fill", "url(#wzor-gap)")
    assert page.locator(".legend .gap-cell").get_attribute("fill") == "url(#wzor-gap)"
    assert page.locator("#wzor-gap rect").count() == 0


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_has_coverage_in_its_menu(site: str, visit: Visit, width: int) -> None:
    """Whole, marked as where one is, in a header as high as that of the first page."""
    page = visit(width=width).page
    page.goto(site)
    high = page.locator(".top").evaluate("one => one.offsetHeight")
    for url in ("/pokrycie", "/pokrycie/22", "/pokrycie/2261/miejsca-na-nowe"):
        page.goto(site + url)
        entry = page.locator(".menu").get_by_role("link", name="Pokrycie")
        expect(entry).to_be_in_viewport(ratio=1)
        assert entry.get_attribute("aria-current")
        assert page.locator(".top").evaluate("one => one.offsetHeight") == high
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_numbers_no_more_gaps_than_it_lists(site: str, visit: Visit) -> None:
    """And its legend stands by its map."""
    page = visit().page
    page.goto(f"{site}/pokrycie/2261")
    page.emulate_media(media="print")
    on_map = page.locator(".drawn .on-spot").count()
    assert on_map == page.locator("section:has(#biale-plamy) tbody tr:visible").count() > 0
    inside = page.locator(".legend").evaluate(
        "one => getComputedStyle(one.closest('section')).breakInside"
    )
    assert inside == "avoid"


def test_an_area_leads_to_its_page(site: str, visit: Visit) -> None:
    """A press on the map offers the page of that area."""
    page = visit().page
    page.goto(f"{site}/pokrycie/22")
    page.locator(".map").scroll_into_view_if_needed()
    page.locator(".map-area.is-3, .map-area.is-4").first.click(force=True)
    page.get_by_role("link", name="Otwórz stronę obszaru").press("Enter")
    page.wait_for_url("**/pokrycie/2261")


def test_without_its_data_the_map_says_so(site: str, visit: Visit) -> None:
    """And the tables stay complete."""
    page = visit().page
    page.route("**/*.geojson*", lambda route: route.abort())
    page.goto(f"{site}/pokrycie/22")
    page.locator(".map").scroll_into_view_if_needed()
    expect(page.locator(".map-notice")).to_contain_text("Liczby w\u00a0tabelach są kompletne")
    page.unroute("**/*.geojson*")
    page.get_by_role("button", name="Spróbuj ponownie").click()
    expect(page.locator(".map-area")).to_have_count(5)


def test_without_scripts_there_is_a_picture(site: str, visit: Visit) -> None:
    """The same areas in the same colours, and every number as a table."""
    page = visit(java_script_enabled=False).page
    page.goto(f"{site}/pokrycie/22")
    expect(page.locator(".drawn")).to_be_visible()
    expect(page.locator(".drawn path")).to_have_count(5)
    page.get_by_role("link", name="Gdańsk").first.click()
    page.get_by_role("link", name="Zaplanuj zmiany").click()
    page.get_by_label("Ile nowych miejsc").fill("2")
    page.get_by_role("button", name="Znajdź najlepsze miejsca").click()
    expect(page.locator(".headline")).to_contain_text("2 nowe miejsca")


def test_the_page_of_work_asks_again_by_itself(site: str, visit: Visit) -> None:
    """Also without a script."""
    her = visit(java_script_enabled=False)
    her.page.goto(f"{site}/stan/running")
    with her.page.expect_request("**/stan/running", timeout=8_000):
        pass


def test_on_paper_it_is_a_report(site: str, visit: Visit) -> None:
    """A head, the picture instead of the map, the permanent link; nothing to press; A4 pages."""
    page = visit().page
    page.goto(f"{site}/pokrycie/22")
    page.emulate_media(media="print")
    expect(page.locator(".paper-head")).to_be_visible()
    expect(page.locator(".drawn")).to_be_visible()
    expect(page.locator(".keep .on-paper")).to_contain_text("stan=0123456789abcdef")
    for hidden in (".map", ".menu", ".find", ".narrow-by", ".call", ".bottom"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    made = page.pdf(prefer_css_page_size=True)
    assert made.startswith(b"%PDF")
    assert 2 <= made.count(b"/Type /Page\n") <= 8
    assert b"595" in made  # A4 is 595 points wide.


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_and_bars_can_be_told_from_their_ground(site: str, visit: Visit, scheme: str) -> None:
    """Three to one at least for what is drawn: bars, gaps and their numbers, in both themes."""
    page = visit(color_scheme=scheme).page
    page.goto(f"{site}/pokrycie/22")
    colours = page.evaluate(
        """() => Object.fromEntries(['--accent', '--paper', '--gap', '--sheet'].map(name => {
            const one = document.createElement('i');
            one.style.color = `var(${name})`;
            document.body.append(one);
            return [name, getComputedStyle(one).color.match(/[0-9.]+/g).slice(0, 3).map(Number)];
        }))"""
    )
    assert contrast(colours["--accent"], colours["--paper"]) >= 3
    assert contrast(colours["--gap"], colours["--paper"]) >= 4.5
    assert contrast(colours["--gap"], colours["--sheet"]) >= 3


def contrast(one: list[float], other: list[float]) -> float:
    """As WCAG has it."""

    def light(colour: list[float]) -> float:
        parts = [c / 255 for c in colour]
        bent = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * bent[0] + 0.7152 * bent[1] + 0.0722 * bent[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
