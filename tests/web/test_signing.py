"""Signing in and out: links and passwords, what a program opens, what a stranger learns."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from places import people, tokens
from places.desk import open_desk
from places.people import Person
from tests.builders import NOW

SIGN_IN = "/moderacja/wejscie"
ANNA, PASSWORD = "anna@example.org", "most kaczka zegar"
MINUTE = timedelta(minutes=1)


class Clock:
    """The time of the site, which a test can move."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk_app(catalogue: Path, instance: Path, clock: Clock) -> Flask:
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": "", "NOW": clock}
    return create_app(given)


@pytest.fixture
def anna(desk_app: Flask, instance: Path) -> Person:
    with open_desk(instance) as desk:
        return people.add(desk, ANNA, "moderator", [("teryt", "12")], NOW)


@pytest.fixture
def browser(desk_app: Flask, anna: Person) -> FlaskClient:
    return desk_app.test_client()


def token(browser: FlaskClient, path: str = SIGN_IN) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(path).text)
    assert found is not None
    return found[1]


def post(browser: FlaskClient, path: str, form: str = SIGN_IN, **fields: str) -> TestResponse:
    return browser.post(path, data={"csrf_token": token(browser, form), **fields})


def ask(browser: FlaskClient, email: str = ANNA, **fields: str) -> TestResponse:
    return post(browser, SIGN_IN, email=email, **fields)


def mailed(instance: Path) -> Iterator[tuple[str, str]]:
    """The recipient and the path of the link in every letter, in the order they were written."""
    for path in sorted((instance / "outbox").glob("*.eml"), key=lambda one: one.stat().st_mtime_ns):
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        text = letter.get_body(("plain",))
        assert text is not None
        link = re.search(r"http://[^/]+(/moderacja/\S+)", text.get_content())
        assert link is not None
        yield letter["To"], link[1]


def enter(browser: FlaskClient, link: str) -> TestResponse:
    return post(browser, link, form=link)


def test_a_link_signs_in(browser: FlaskClient, instance: Path) -> None:
    """Asked for, mailed, opened, and the button behind it pressed."""
    assert browser.get("/moderacja/listy").status_code == 403
    assert ask(browser).location == "/moderacja/list-wyslany"
    assert browser.get("/moderacja/list-wyslany").status_code == 200
    [(recipient, link)] = mailed(instance)
    assert recipient == ANNA
    answer = enter(browser, link)
    assert (answer.status_code, answer.location) == (303, "/moderacja/")
    assert browser.get("/moderacja/listy").status_code == 200


def test_a_program_that_opens_the_link_signs_nobody_in(
    browser: FlaskClient, desk_app: Flask, instance: Path
) -> None:
    """However often it looks; the person still gets in."""
    ask(browser)
    [(_, link)] = mailed(instance)
    program = desk_app.test_client()
    for method in ("get", "head", "get"):
        assert getattr(program, method)(link).status_code == 200
    assert program.get("/moderacja/listy").status_code == 403
    assert enter(browser, link).status_code == 303


def test_a_link_works_twice_and_not_for_ever(
    browser: FlaskClient, desk_app: Flask, instance: Path, clock: Clock
) -> None:
    """A second click within its half an hour still enters; later it says it is too old."""
    ask(browser)
    [(_, link)] = mailed(instance)
    other = desk_app.test_client()
    assert enter(browser, link).status_code == enter(other, link).status_code == 303
    clock.now += 31 * MINUTE
    answer = browser.get(link)
    assert answer.status_code == 410
    assert "Poproś o\u00a0nowy link" in answer.text
    late = desk_app.test_client()
    data = {"csrf_token": token(late)}
    assert late.post(link, data=data).status_code == 410
    assert late.get("/moderacja/listy").status_code == 403


def test_the_same_answer_for_everybody(
    browser: FlaskClient, desk_app: Flask, instance: Path
) -> None:
    """Known or not: the same page, the same work on the disk, and one letter."""
    answers = []
    for email in (ANNA, "nikt@example.org"):
        stranger = desk_app.test_client()
        answer = ask(stranger, email)
        then = stranger.get(answer.location).text
        answers.append((answer.status_code, answer.location, re.sub("nonce-[^']+", "", then)))
    assert len({(status, location) for status, location, _ in answers}) == 1
    bare = [re.sub(r'nonce="[^"]+"', "", text) for _, _, text in answers]
    assert bare[0] == bare[1]
    assert [recipient for recipient, _ in mailed(instance)] == [ANNA]
    with open_desk(instance) as desk:
        assert desk.execute("select count(*) from token").fetchone()[0] == 2


def test_a_wrong_password_tells_nothing(browser: FlaskClient, instance: Path) -> None:
    """Not whether the address is known, nor whether it has a password."""
    with open_desk(instance) as desk:
        people.add(desk, "jan@example.org", "admin", [], NOW)
        people.set_password(desk, people.find(desk, 2), PASSWORD, NOW)
    texts = set()
    for email in (ANNA, "jan@example.org", "nikt@example.org"):
        answer = ask(browser, email, password="zgaduję dwanaście")
        assert answer.status_code == 400
        text = re.sub(r'(nonce="|csrf_token" value=")[^"]+"', "", answer.text)
        texts.add(text.replace(email, ""))
        assert "zgaduję" not in text
    assert len(texts) == 1
    assert browser.get("/moderacja/listy").status_code == 403


def test_a_password_signs_in(browser: FlaskClient, desk_app: Flask, instance: Path) -> None:
    """Set by who is signed in; the cookie of this browser stays good, others end."""
    other = desk_app.test_client()
    ask(browser)
    [(_, link)] = mailed(instance)
    enter(browser, link)
    enter(other, link)
    form = "/moderacja/haslo"
    assert post(browser, form, form, password="krótkie").status_code == 400
    assert post(browser, form, form, password="").status_code == 400
    assert other.get("/moderacja/listy").status_code == 200
    assert post(browser, form, form, password=PASSWORD).status_code == 303
    assert browser.get("/moderacja/listy").status_code == 200
    assert other.get("/moderacja/listy").status_code == 403
    assert ask(other, password=PASSWORD).location == "/moderacja/"
    assert other.get("/moderacja/listy").status_code == 200
    assert len(list(mailed(instance))) == 2  # They are told that it was changed.
    assert post(other, form, form, remove="1").status_code == 303
    third = desk_app.test_client()
    assert ask(third, password=PASSWORD).status_code == 400


def test_signing_out(browser: FlaskClient, desk_app: Flask, instance: Path) -> None:
    """Here, or everywhere at once."""
    ask(browser)
    [(_, link)] = mailed(instance)
    second, third = desk_app.test_client(), desk_app.test_client()
    for one in (browser, second, third):
        enter(one, link)
    form = "/moderacja/haslo"
    assert post(browser, "/moderacja/wyjscie", form).status_code == 303
    assert browser.get("/moderacja/listy").status_code == 403
    assert second.get("/moderacja/listy").status_code == 200
    assert post(second, "/moderacja/wyjscie", form, everywhere="1").status_code == 303
    assert third.get("/moderacja/listy").status_code == 403
    assert desk_app.test_client().get(link).status_code == 410


def test_a_removal_ends_the_session(browser: FlaskClient, instance: Path, anna: Person) -> None:
    """At once, and whoever gets the same number later does not inherit it."""
    ask(browser)
    [(_, link)] = mailed(instance)
    enter(browser, link)
    with open_desk(instance) as desk:
        people.remove(desk, anna.id, NOW)
        assert browser.get("/moderacja/listy").status_code == 403
        heir = people.add(desk, "jan@example.org", "admin", [], NOW)
    assert heir.id == anna.id
    assert browser.get("/moderacja/listy").status_code == 403


def test_a_session_lasts_while_it_is_used(
    browser: FlaskClient, instance: Path, clock: Clock
) -> None:
    """Twelve hours from the last visit, not from the first."""
    ask(browser)
    [(_, link)] = mailed(instance)
    enter(browser, link)
    for _ in range(3):
        clock.now += timedelta(hours=11)
        assert browser.get("/moderacja/listy").status_code == 200
    clock.now += timedelta(hours=12)
    assert browser.get("/moderacja/listy").status_code == 403


def test_one_is_brought_back(browser: FlaskClient, instance: Path) -> None:
    """From the page that was refused, through the letter, to the same page."""
    refused = browser.get("/moderacja/listy?page=2")
    link = re.search(r'href="(/moderacja/wejscie\?next=[^"]+)"', refused.text)
    assert link is not None
    form = browser.get(link[1].replace("&amp;", "&"))
    given = re.search(r'name="next" value="([^"]+)"', form.text)
    assert given is not None
    ask(browser, next=given[1].replace("&amp;", "&"))
    [(_, mailed_link)] = mailed(instance)
    answer = post(browser, mailed_link, mailed_link, next="/moderacja/listy?page=2")
    assert answer.location == "/moderacja/listy?page=2"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "evil",
        "javascript:alert(1)", "/\t/evil.example", "/ /evil", "http:/evil.example", "/a\r\nX: 1",
        "", "/" + "a" * 1000, "/ż",
    ],
)  # fmt: skip
def test_one_is_never_brought_elsewhere(browser: FlaskClient, instance: Path, target: str) -> None:
    """Only to a path of ours; else to the queue."""
    ask(browser)
    [(_, link)] = mailed(instance)
    answer = post(browser, f"{link}?{urlencode({'next': target})}", link)
    assert answer.location == "/moderacja/"


def test_the_link_does_not_believe_the_host(desk_app: Flask, instance: Path, anna: Person) -> None:
    """Whoever asks for somebody else's letter cannot choose where its link leads."""
    browser = desk_app.test_client()
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    found = re.search(r'csrf_token" value="([^"]+)"', browser.get(SIGN_IN, headers=headers).text)
    assert found is not None
    cookie = browser.get_cookie("miejsca", domain="evil.example")
    assert cookie is not None
    browser.post(
        SIGN_IN,
        data={"csrf_token": found[1], "email": ANNA},
        headers={**headers, "Cookie": f"miejsca={cookie.value}"},
    )
    [path] = (instance / "outbox").iterdir()
    assert b"evil" not in path.read_bytes()


def test_a_mailbox_is_not_flooded(browser: FlaskClient, instance: Path, clock: Clock) -> None:
    """Five letters an hour at most, whoever asks; the answer stays the same."""
    for _ in range(8):
        assert ask(browser).status_code == 303
    assert len(list(mailed(instance))) == 5
    clock.now += timedelta(hours=2)
    ask(browser)
    assert len(list(mailed(instance))) == 6


def test_guessing_has_its_end(desk_app: Flask, browser: FlaskClient) -> None:
    """After so many tries one has to wait, and is told for how long."""
    desk_app.config["LIMIT_SIGN_IN"] = "3 per hour"
    answers = [ask(browser, password="zgaduję dwanaście") for _ in range(4)]
    assert [one.status_code for one in answers] == [400, 400, 400, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3601  # Whole seconds, rounded up.
    assert "Spróbuj znowu za" in answers[-1].text


def test_guessing_from_many_addresses_has_its_end(desk_app: Flask, anna: Person) -> None:
    """One account has its own limit; other accounts and letters do not suffer."""
    desk_app.config["LIMIT_SIGN_IN"] = "3 per hour"

    def guess(number: int, email: str, **fields: str) -> int:
        browser = desk_app.test_client()
        browser.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        return ask(browser, email, **fields).status_code

    tried = [guess(n, f"{'A' if n % 2 else 'a'}nna@example.org", password="x") for n in range(4)]
    assert tried == [400, 400, 400, 429]
    assert guess(10, "jan@example.org", password="x") == 400
    assert guess(11, ANNA) == 303


def test_only_our_own_page_can_send_the_form(browser: FlaskClient, instance: Path) -> None:
    """Without its hidden word, or with that of another session, nothing happens."""
    ask(browser)
    [(_, link)] = mailed(instance)
    stranger = browser.application.test_client()
    for path in (SIGN_IN, link, "/moderacja/wyjscie"):
        for data in ({}, {"csrf_token": "x"}, {"csrf_token": token(stranger)}):
            answer = browser.post(path, data={"email": ANNA, **data})
            assert answer.status_code == 400
            assert "Ta strona za długo czekała" in answer.text
    assert browser.get("/moderacja/listy").status_code == 403
    assert len(list(mailed(instance))) == 1


def test_an_address_that_is_none_is_said(browser: FlaskClient) -> None:
    """In the summary and at the field, with what was typed."""
    answer = ask(browser, "anna małpa example")
    assert answer.status_code == 400
    assert "anna małpa example" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_the_pages_are_kept_by_nobody(browser: FlaskClient, instance: Path) -> None:
    """No cache, no search engine, and no other site learns a link."""
    ask(browser)
    [(_, link)] = mailed(instance)
    for path in (SIGN_IN, link, "/moderacja/haslo", "/moderacja/wejscie/" + "x" * 32):
        headers = browser.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex"
    assert browser.get(link).headers["Referrer-Policy"] == "strict-origin"


def test_the_cookie_is_for_us_alone(catalogue: Path, instance: Path) -> None:
    """No script reads it, no other site sends it, and no plain line carries it."""
    app = create_app(
        {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": "https://x.example"}
    )
    cookie = app.test_client().get(SIGN_IN).headers["Set-Cookie"]
    for part in ("miejsca=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"):
        assert part in cookie


def test_another_secret_fits_no_cookie(catalogue: Path, instance: Path, anna: Person) -> None:
    """A cookie made elsewhere, or changed, is nobody's."""
    made = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "NOW": lambda: NOW}
    ours = create_app({**made, "SECRET": "x" * 32}).test_client()
    theirs = create_app({**made, "SECRET": "y" * 32}).test_client()
    with open_desk(instance) as desk:
        word = tokens.make(desk, "sign-in", str(anna.id), NOW)
    enter(theirs, f"{SIGN_IN}/{word}")
    cookie = theirs.get_cookie("miejsca")
    assert cookie is not None
    assert theirs.get("/moderacja/listy").status_code == 200
    for value in (cookie.value, cookie.value[:-1], "x", ""):
        ours.set_cookie("miejsca", value)
        assert ours.get("/moderacja/listy").status_code == 403
        assert ours.get("/").status_code == 200


def test_residents_get_no_cookie(client: FlaskClient) -> None:
    """Neither the page of a place nor that of signing out of nothing."""
    for path in ("/", "/miasta/", "/moderacja/listy", "/moderacja/list-wyslany", "/robots.txt"):
        assert "Set-Cookie" not in client.get(path).headers, path
