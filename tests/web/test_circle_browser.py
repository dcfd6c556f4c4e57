"""The whole circle in a real browser: a place is added, decided on, found, and kept true."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app import create_app
from places import desk as store
from places import people
from tests.builders import NOW
from tests.conftest import a_few_places
from tests.web.conftest import Serve, Visit
from tests.web.forms_of import Clock

SENDER, MODERATOR = "prowadzi@example.org", "moderuje@example.org"
TYPED, RULE = "pn.–pt. 10–18", "Mo-Fr 10:00-18:00"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(live_server: Serve, clock: Clock) -> str:
    """The address of a site with a clock that can be moved."""
    return live_server(a_few_places(), NOW=clock)


@pytest.fixture
def form(site: str, visit: Visit, clock: Clock) -> Page:
    """/dodaj in a new window; a minute passes before anything is sent."""
    page = visit().page
    page.goto(f"{site}/dodaj", timeout=60_000)  # The first page of a site waits for its index.
    clock.passes(seconds=60)
    return page


def test_the_whole_circle(
    site: str, visit: Visit, form: Page, clock: Clock, tmp_path: Path
) -> None:
    """Add, letter, confirm, sign in, accept, find; a year later: asked, still true, and told."""
    instance = tmp_path / "instance"
    with store.open_desk(instance) as desk:
        people.add(desk, MODERATOR, "moderator", [("teryt", "16")], NOW)

    fill_in(form)
    form.locator("[data-send]").click()
    form.wait_for_url("**/dodaj/wyslane")
    form.goto(site + link_in(instance, SENDER, "zgloszenie"))
    form.get_by_role("button", name="Potwierdzam").click()
    expect(form.locator("main")).to_contain_text("moderator")

    decide(visit().page, site, instance)
    assert any("/opieka/" in letter for letter in letters_to(instance, SENDER))

    form.goto(f"{site}/")
    form.locator('[name="q"]').fill("pod kasztanem")
    form.keyboard.press("Enter")
    form.get_by_role("link", name="Świetlica Pod Kasztanem").first.click()
    place = form.url
    expect(form.locator("main")).to_contain_text("10:00–18:00")

    clock.passes(days=366)
    ask_owners(site, instance, tmp_path / "places.geojson", clock)
    letter = letters_to(instance, SENDER)[-1]
    assert len(re.findall(r"/potwierdz/[\w-]{32}\?odpowiedz=[\w-]+", letter)) == 3
    form.goto(site + link_in(instance, SENDER, "potwierdz"))
    form.get_by_role("button", name="Nadal aktualne").click()
    expect(form.locator("main")).to_contain_text("Dziękujemy")
    form.goto(place)
    said = form.inner_text("main").replace("\u00a0", " ")
    assert "sprawdzone 12 marca 2027 przez prowadzących" in said


def test_hours_are_understood_while_typing(form: Page) -> None:
    """What is typed is said back as a rule and a week before anything is sent."""
    form.locator('[name="hours.open.text"]').fill(TYPED)
    opening = form.locator("#f-hours-open")

    expect(opening).to_contain_text("Rozumiemy to tak")
    expect(opening.locator("[data-hours-words]")).to_contain_text("10:00–18:00")
    expect(opening.locator("[data-hours-week] tr")).to_have_count(7)
    expect(opening.locator('[name="hours.open.rule"]')).to_have_value(RULE)


def test_ticked_hours_are_sent_in_one_trip(form: Page, tmp_path: Path) -> None:
    """With the tick the form is sent once, and the proposal holds the rule."""
    sent = []
    form.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    fill_in(form)
    form.locator("[data-send]").click()
    form.wait_for_url("**/dodaj/wyslane")

    with store.open_desk(tmp_path / "instance") as desk:
        [row] = desk.execute("select changes from proposal").fetchall()
    assert len(sent) == 1
    assert f'"hours.open":"{RULE}"' in row[0].replace('": "', '":"')


def test_another_tick_is_asked_for_after_other_hours(form: Page) -> None:
    """A tick belongs to the hours it was given for: typed anew, they are not confirmed."""
    text, tick = (form.locator(f'[name="hours.open.{one}"]') for one in ("text", "rule"))
    text.fill(TYPED)
    tick.check()
    text.fill("sob. 9–12")

    expect(tick).to_have_value("Sa 09:00-12:00")
    expect(tick).not_to_be_checked()


def fill_in(page: Page) -> None:
    """What somebody who runs a place types by hand."""
    page.locator('[name="name"]').fill("Świetlica Pod Kasztanem")
    page.locator('[name="type"][value="swietlica"]').check()
    page.locator('[name="address.city"]').fill("Dąbrowa")
    page.locator('[name="address.city"]').press("Tab")
    page.get_by_label("powiat opolski").check()
    page.locator('[name="address.gmina"]').fill("Dąbrowa")
    page.locator('[name="address.street"]').fill("ul. Lipowa 2")
    page.locator('[name="hours.open.text"]').fill(TYPED)
    page.locator('[name="hours.open.rule"]').check()
    page.locator('[name="rules.free"][value="yes"]').check()
    page.locator('[name="email"]').fill(SENDER)
    page.locator('[name="runs_it"]').check()


def decide(page: Page, site: str, instance: Path) -> None:
    """A moderator signs in by letter, looks, accepts, and makes the sender an owner."""
    page.goto(f"{site}/moderacja/wejscie")
    page.locator('main [name="email"]').fill(MODERATOR)
    page.get_by_role("button", name="Dalej").click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(site + link_in(instance, MODERATOR, "moderacja/wejscie"))
    page.get_by_role("button", name="Zaloguj").click()
    page.goto(f"{site}/moderacja/")
    page.locator(".entry h3 a").click()
    expect(page.locator(".changes-frame")).to_contain_text("10:00–18:00")
    page.locator('[name="e.address.teryt"]').fill("160902")  # Nobody else knows that gmina yet.
    page.locator('[name="owner"]').check()
    page.get_by_role("button", name="Przyjmij i opublikuj").click()
    expect(page.locator(".flash")).to_contain_text("Przyjęte")


def ask_owners(site: str, instance: Path, catalogue: Path, clock: Clock) -> None:
    """What cron does on that day: writes the letters and delivers them."""
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": site}
    runner = create_app({**given, "NOW": clock}).test_cli_runner()
    for order in (("upkeep", "remind", "--now", clock.now.isoformat()), ("desk", "deliver")):
        done = runner.invoke(args=order)
        assert done.exit_code == 0, done.output


def letters_to(instance: Path, recipient: str) -> list[str]:
    """The letters to somebody, the oldest first."""
    found = []
    for path in sorted((instance / "outbox").glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = message.get_body(("plain",))
        if message["to"] == recipient and body is not None:
            found.append(body.get_content())
    return found


def link_in(instance: Path, recipient: str, kind: str) -> str:
    """The path of the first link of that kind in their newest letter."""
    found = re.search(rf"http://[^/]+(/{kind}/\S+)", letters_to(instance, recipient)[-1])
    assert found is not None
    return found[1]
