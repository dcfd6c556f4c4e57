"""The helper for hours: what was understood, confirmed, told to programs, and refused."""

import html
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from flask import render_template_string
from flask.testing import FlaskClient
from playwright.sync_api import expect

from app import create_app
from places import hours_reading
from places.hours import WARSAW
from places.hours_text import LONGEST
from tests.builders import a_catalogue, a_place
from tests.conftest import a_few_places
from tests.web.conftest import Serve, Visit

NOW = datetime(2026, 11, 25, 16, 0, tzinfo=WARSAW)  # a Wednesday
TEXT = "pn.–pt. 10–18, sob. 10–14, w święta nieczynne"
RULE = "Mo-Fr 10:00-18:00; Sa 10:00-14:00; PH off"


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    catalogue = a_catalogue(tmp_path / "places.geojson", [a_place()])
    settings = {"CATALOGUE": str(catalogue), "INSTANCE": str(tmp_path / "instance")}
    return create_app({**settings, "NOW": lambda: NOW}).test_client()


def page(client: FlaskClient, **asked: str) -> str:
    """The words of the helper's page."""
    answer = client.get("/godziny", query_string=asked)
    assert answer.status_code == 200
    return html.unescape(answer.text).replace("\u00a0", " ")


def shown(text: str) -> str:
    """The page without what is hidden."""
    return re.sub(r"<(p|div)[^>]* hidden>.*?</\1>", "", text, flags=re.DOTALL)


def test_the_text_comes_back_as_a_rule_in_words_and_as_a_week(client: FlaskClient) -> None:
    """All that is needed to see whether it was understood, and a button that says so."""
    text = shown(page(client, text=TEXT))

    assert f">{TEXT}</textarea>" in text
    assert "pon.–pt. 10:00–18:00, sob. 10:00–14:00; w święta nieczynne" in text
    assert f"<code data-hours-code>{RULE}</code>" in text
    assert 'aria-current="date"' in text
    assert "Najbliższa zmiana: czwartek 24 grudnia (Wigilia) – nieczynne." in text
    assert f'name="rule" value="{RULE}">Tak, o to chodzi' in text
    assert "Tego nie zrozumieliśmy" not in text


def test_who_confirms_gets_the_rule_to_copy_and_a_way_back(client: FlaskClient) -> None:
    """The way back keeps the text."""
    text = page(client, text=TEXT, rule=RULE)

    assert f'readonly value="{RULE}"' in text
    back = re.search(r'href="(/godziny\?text=[^"]+)">Popraw', text)
    assert back
    again = html.unescape(client.get(back[1]).text)
    assert f">{TEXT}</textarea>" in again.replace("\u00a0", " ")


def test_another_rule_confirms_nothing(client: FlaskClient) -> None:
    """Whoever changed the text after the answer is shown it anew."""
    text = page(client, text=TEXT, rule="Mo 10:00-12:00")

    assert "readonly" not in text
    assert "Tekst zmienił się" in text
    assert f'value="{RULE}"' in text


def test_what_was_not_understood_is_shown(client: FlaskClient) -> None:
    """Before confirming and after it; markup in it is only text."""
    typed = "wt. 10–12 <b>kółko</b> szachowe"
    answer = client.get("/godziny", query_string={"text": typed}).text
    confirmed = page(client, text=typed, rule="Tu 10:00-12:00")

    assert "Tego nie zrozumieliśmy" in shown(answer).replace("\u00a0", " ")
    assert "<b>kółko" not in answer
    assert "szachowe" in confirmed
    assert "W zapisie nie ma tego" in confirmed


def test_a_faulty_rule_is_told_where_it_goes_wrong(client: FlaskClient) -> None:
    """In words, with the position and the place itself; there is nothing to confirm."""
    text = shown(page(client, text="Mo-Fr 10-18"))

    assert "Dopisz minuty: 10:00-18:00 zamiast 10-18, błąd od znaku 7. To miejsce: „10-18”." in text
    assert 'aria-invalid="true"' in text
    assert "Tak, o to chodzi" not in text


def test_school_holidays_ask_for_the_voivodeship(client: FlaskClient) -> None:
    """Without one nobody knows the winter holidays; with one the week is sure."""
    rule = "Mo-Fr 14:00-18:00; SH Mo-Fr 10:00-14:00"
    without = shown(page(client, text=rule))
    with_one = shown(page(client, text=rule, voivodeship="śląskie"))

    assert "Województwo" in without
    assert "nie wiemy" in without
    assert "14:00–18:00" in with_one
    assert "10:00–18:00: nie wiemy" not in with_one
    assert "Województwo" not in shown(page(client, text=TEXT))


def test_programs_are_told_the_same(client: FlaskClient) -> None:
    """Rule, words, what is left, faults and the week, as JSON."""
    told = client.get(
        "/api/hours", query_string={"text": f"{TEXT}, zapisy w sekretariacie"}
    ).get_json()
    wrong = client.get("/api/hours", query_string={"text": "Mo-Fr 10-18"}).get_json()
    empty = client.get("/api/hours").get_json()

    assert told["rule"] == RULE
    assert told["words"].replace("\u00a0", " ").startswith("pon.–pt. 10:00–18:00")
    assert told["left"] == ["zapisy w sekretariacie"]
    assert [row["state"] for row in told["week"]] == [*["open"] * 4, "closed", "open", "open"]
    assert (told["faults"], told["by_voivodeship"]) == ([], False)
    assert [(one["code"], one["position"]) for one in wrong["faults"]] == [("hours_minutes", 7)]
    assert (empty["rule"], empty["left"], empty["faults"]) == (None, [], [])


@pytest.mark.parametrize("path", ["/godziny", "/api/hours"])
@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("kolor=x", {("kolor", "unknown_parameter")}),
        ("text=a&text=b&x=1", {("text", "given_twice"), ("x", "unknown_parameter")}),
        ("text=" + "x" * (LONGEST + 1), {("text", "too_long")}),
        ("text=a&voivodeship=Bawaria", {("voivodeship", "not_in_list")}),
    ],
)
def test_what_is_not_understood_is_refused(
    client: FlaskClient, path: str, query: str, faults: set[tuple[str, str]]
) -> None:
    """Every fault at once, in words."""
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    if path.startswith("/api/"):
        found = {(one["parameter"], one["code"]) for one in answer.get_json(force=True)["faults"]}
        assert found == faults
    else:
        assert all(name in answer.text for name, _ in faults)
        [box] = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text)
        assert box == (parse_qs(query).get("text") or [""])[0]


@pytest.mark.parametrize("text", ["\0", "\ud800", "<script>", "'\"", "x" * LONGEST, "Mo\r\n" * 200])
def test_any_text_gets_a_page(client: FlaskClient, text: str) -> None:
    """An answer, never an error."""
    raw = text.encode("utf-8", "surrogatepass")
    assert client.get(f"/godziny?{urlencode({'text': raw})}").status_code == 200


def test_the_helper_is_found_and_may_be_shared(client: FlaskClient) -> None:
    """It stands on the page about the project; what networks append to a link is no fault."""
    assert 'href="/godziny"' in client.get("/o-projekcie").text
    assert client.get("/godziny?fbclid=x").status_code == 200


@pytest.mark.parametrize("confirmed", [False, True])
def test_any_form_may_hold_the_helper(client: FlaskClient, confirmed: bool) -> None:
    """There a box that is ticked sends the rule, under the form's own names."""
    source = (
        '{% import "hours/_helper.html" as helper with context %}'
        '{{ helper.fields(reading, name="said", rule="hours.open", confirmed=confirmed) }}'
    )
    with client.application.test_request_context():
        reading = hours_reading.read("wtorki i czwartki od 16")
        form = render_template_string(source, reading=reading, confirmed=confirmed)

    assert 'name="said"' in form
    [box] = re.findall(r"<input[^>]*checkbox[^>]*>", form)
    assert 'name="hours.open" value="Tu,Th 16:00+"' in box
    assert ("checked" in box) == confirmed


def test_while_typing_the_answer_comes_by_itself(live_server: Serve, visit: Visit) -> None:
    """The preview is told to screen readers, the rule is the one that gets confirmed."""
    site = live_server(a_few_places(), NOW=lambda: NOW)
    her = visit(width=390)
    page = her.page
    page.goto(f"{site}/godziny")
    field = page.get_by_label("Godziny własnymi słowami")
    expect(page.get_by_role("button", name="Tak, o to chodzi")).to_be_hidden()
    field.fill("wtorki i czwartki od 16, kółko")
    says = page.locator("[data-hours-says]")
    expect(says).to_have_attribute("aria-live", "polite")
    expect(says).to_contain_text("wt., czw. od 16:00")
    expect(says).to_contain_text("kółko")
    expect(page.locator(".week tr")).to_have_count(7)
    field.fill("Mo-Fr 10-18")
    expect(says).to_contain_text("błąd od znaku 7")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="Tak, o to chodzi")).to_be_hidden()
    field.fill(TEXT)
    page.get_by_role("button", name="Tak, o to chodzi").click()
    expect(page.get_by_label("Zapis do skopiowania")).to_have_value(RULE)
    page.get_by_role("link", name="Popraw").click()
    expect(page.get_by_label("Godziny własnymi słowami")).to_have_value(TEXT)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert her.complaints == []


def test_all_of_it_without_scripts(live_server: Serve, visit: Visit) -> None:
    """Three pages: the text, what was understood, the rule."""
    site = live_server(a_few_places(), NOW=lambda: NOW)
    page = visit(java_script_enabled=False).page
    page.goto(f"{site}/godziny")
    page.get_by_label("Godziny własnymi słowami").fill(TEXT)
    page.get_by_role("button", name="Sprawdź").click()
    page.get_by_role("button", name="Tak, o to chodzi").click()

    expect(page.get_by_label("Zapis do skopiowania")).to_have_value(RULE)
