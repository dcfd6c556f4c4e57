"""The desk in a real browser: by keyboard alone, and the page of a change with its map."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from places import desk as store
from places import inbox, people, publishing, submissions, tokens
from places.inbox import Sift
from places.publishing import Press
from places.submissions import Sender
from tests.builders import NOW
from tests.conftest import a_few_places
from tests.desks import a_change
from tests.web.conftest import Serve, Visit, Visitor

SEEN, OTHER = a_few_places()[:2]
Enter = Callable[..., Visitor]


@pytest.fixture
def enter(live_server: Serve, visit: Visit, tmp_path: Path) -> Enter:
    """`enter(width=390)` opens the desk of a site with three proposals, signed in."""

    def signed_in(width: int = 1280, **options: object) -> Visitor:
        address = live_server(a_few_places(), NOW=lambda: NOW)
        with store.open_desk(tmp_path / "instance") as desk:
            admin = people.add(desk, "admin@example.org", "admin", [], NOW)
            word = tokens.make(desk, "sign-in", str(admin.id), NOW)
            moved = {"lat": 50.0240, "lon": 19.9740, "hours.open": "Mo-Fr 10:00-20:00",
                     "contact.phone": "600 700 800"}  # fmt: skip
            a_change(desk, SEEN, moved, now=NOW - timedelta(days=1))
            a_change(desk, OTHER, {"summary": "Gramy w szachy."}, Sender("jan@example.org"))
            a_change(desk, OTHER, {"summary": "Gramy w karty."}, Sender("jan@example.org"))
            press = Press(desk, tmp_path / "places.geojson", NOW)
            publishing.publish(press, SEEN.id, {"hours.open": "Mo-Fr 9:00-17:00"},
                               made_by="owner", what="changed")  # fmt: skip
        visitor = visit(width, **options)
        page = visitor.page
        page.goto(f"{address}/moderacja/wejscie/{word}")
        page.locator("main form button").click()
        page.wait_for_url("**/moderacja/**")
        page.goto(f"{address}/moderacja/")
        return visitor

    return signed_in


def fits(page: Page) -> bool:
    wide = "document.documentElement.scrollWidth <= window.innerWidth"
    return bool(page.evaluate(wide))


def test_a_proposal_is_decided_by_keyboard_alone(enter: Enter, tmp_path: Path) -> None:
    """Down the list, open, accept, and take it back: no pointer is needed."""
    seen = enter()
    page = seen.page
    names = page.locator(".entry h3 a")

    page.keyboard.press("j")
    expect(names.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("o")
    page.wait_for_url("**/zgloszenia/*")
    decided = page.url
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Przyjmij i opublikuj")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != decided and "/zgloszenia/" in url)
    expect(page.locator(".flash")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(decided)

    with store.open_desk(tmp_path / "instance") as desk:
        waiting = inbox.read(desk, submissions.Scope(everything=True), Sift(), NOW)
    assert waiting.total == 3
    assert seen.complaints == []


def test_letters_that_are_typed_are_no_commands(enter: Enter) -> None:
    """In a field "j", "r" and "?" are letters; the help opens only outside."""
    page = enter().page

    page.locator(".sift summary").click()
    page.locator("#q").press_sequentially("joar?")
    expect(page.locator("#q")).to_have_value("joar?")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator(".keys dl")).to_be_hidden()
    page.locator("#q").blur()
    page.keyboard.press("?")
    expect(page.locator(".keys dl")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator(".keys dl")).to_be_hidden()


def test_ticking_counts(enter: Enter) -> None:
    """How many are chosen is said; one tick takes the whole page."""
    page = enter().page

    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#zaznaczone")).to_have_text("Zaznaczone: 1")
    page.locator("#wszystkie").check()
    expect(page.locator("#zaznaczone")).to_have_text("Zaznaczone: 3")
    page.get_by_role("button", name="Wyrzuć zaznaczone").click()

    expect(page.get_by_text("Nic nie czeka")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_change_is_seen_whole(enter: Enter, width: int, theme: str) -> None:
    """Both points stand on the map with their words, the conflict asks, and nothing sticks out."""
    seen = enter(width, color_scheme=theme)
    page = seen.page
    page.locator(".entry h3 a").first.click()

    expect(page.locator(".changes del").first).to_be_visible()
    expect(page.locator(".changes ins").first).to_be_visible()
    page.locator(".map").scroll_into_view_if_needed()
    expect(page.locator(".map-label")).to_have_text(["jest", "ma być"])
    expect(page.get_by_text("Punkt przesunąłby się o")).to_be_visible()
    expect(page.locator('input[type="radio"]')).to_have_count(3)
    assert fits(page)
    assert seen.complaints == []
    assert seen.hosts() == {page.url.split("/")[2]}


def test_the_desk_works_without_scripts(enter: Enter) -> None:
    """Everything is a link or a form: settle a conflict, accept, and see what was done."""
    page = enter(java_script_enabled=False).page

    page.locator(".entry h3 a").first.click()
    page.locator('input[value="proposed"]').check()
    page.get_by_label("godziny", exact=True).check()
    page.get_by_role("button", name="Przyjmij i opublikuj").click()

    expect(page.locator(".flash")).to_contain_text("Przyjęte")
    expect(page.locator(".keys")).to_be_hidden()


def test_the_menu_of_moderators_is_folded_on_a_phone(enter: Enter) -> None:
    """One button opens it there; on a wide screen, and without a script, it stands open."""
    narrow = enter(width=390).page
    link = narrow.locator(".desk-nav").get_by_role("link", name="Miejsca", exact=True)
    expect(link).to_be_hidden()
    narrow.get_by_text("Menu moderatora").click()
    expect(link).to_be_visible()
    narrow.set_viewport_size({"width": 1280, "height": 900})
    expect(narrow.get_by_text("Menu moderatora")).to_be_hidden()
    expect(link).to_be_visible()
