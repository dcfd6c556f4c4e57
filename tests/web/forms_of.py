"""A person before a form: what the page gives them, what they type, what they send, their letters.

No script runs here: every step is what a browser without JavaScript does.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.builders import NOW

PERSON = "ala.kowal@example.org"
GOOD = {
    "name": "Świetlica Pod Kasztanem",
    "type": "swietlica",
    "address.city": "Rudna",
    "email": PERSON,
}
"""The least that can be sent."""


class Clock:
    """The time of the site, which a test can move."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: int) -> None:
        """Some of it goes by."""
        self.now += timedelta(**time)


class _Fields(HTMLParser):
    """The fields of a page's long form, as a browser would send them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.found: MultiDict[str, str] = MultiDict()
        self._area = ""
        self._select: tuple[str, str | None] = ("", None)
        self._within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._within = "data-long-form" in given
        if not self._within:
            return
        if tag == "input" and name and given.get("type") not in ("submit", "file"):
            ticks = given.get("type") in ("checkbox", "radio")
            if not ticks or "checked" in given:
                self.found.add(name, given.get("value") or "")
        elif tag == "textarea":
            self._area = name
            self.found.add(name, "")
        elif tag == "select":
            self._select = (name, None)
        elif tag == "option" and self._select[0] and "selected" in given:
            self._select = (self._select[0], given.get("value"))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] += (
                data.removeprefix("\n") if not self.found[self._area] else data
            )
        elif self._select[0] and self._select[1] is None:
            pass

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self.found.add(self._select[0], self._select[1] or "")
            self._select = ("", None)


class Writer:
    """Somebody who fills in forms."""

    def __init__(self, app: Flask, clock: Clock, instance: Path) -> None:
        self.client: FlaskClient = app.test_client()
        self.clock = clock
        self.instance = instance
        self.page: TestResponse | None = None

    def opens(self, path: str) -> TestResponse:
        """Looks at a page, and takes their time."""
        self.page = self.client.get(path, follow_redirects=True)
        self.clock.passes(seconds=60)
        return self.page

    def sends(self, changes: dict[str, Any] | None = None, to: str = "") -> TestResponse:
        """Sends the form of the page with what they changed in it."""
        assert self.page is not None
        fields = fields_of(self.page)
        for name, value in (changes or {}).items():
            fields.setlist(name, list(value) if isinstance(value, list | tuple) else [value])
        target = to or self.page.request.path
        self.page = self.client.post(target, data=fields)
        return self.page

    def letters(self) -> list[str]:
        """The texts of all their letters, the oldest first."""
        found = []
        for path in sorted((self.instance / "outbox").glob("*.eml")):
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = message.get_body(("plain",))
            if message["to"] == PERSON and body is not None:
                found.append(body.get_content())
        return found

    def link(self) -> str:
        """The path of the link in their newest letter."""
        found = re.search(r"http://[^/]+(/zgloszenie/\S+)", self.letters()[-1])
        assert found is not None
        return found[1]


def fields_of(page: TestResponse) -> MultiDict[str, str]:
    """What the form of a page would send if nobody touched it."""
    reader = _Fields()
    reader.feed(page.text)
    return reader.found


def faults_of(page: TestResponse) -> dict[str, str]:
    """The summary of a page: the id of each field with its sentence; "" for what has none."""
    part = page.text.partition('id="uchybienia"')[2].partition("</div>")[0]
    found = {}
    for item in re.findall(r"<li>(.*?)</li>", part, re.DOTALL):
        target = re.search(r'href="#([^"]+)"', item)
        found[target[1] if target else ""] = unescape(re.sub("<[^>]+>", "", item)).strip()
    return found


def ids_of(page: TestResponse) -> set[str]:
    """Every id on a page."""
    return set(re.findall(r'\bid="([^"]+)"', page.text))


def offered(page: TestResponse, name: str) -> list[str]:
    """The values of the buttons, boxes and choices of that name."""
    pattern = rf'name="{re.escape(name)}" value="([^"]*)"'
    return [unescape(one) for one in re.findall(pattern, page.text)]


def all_in(text: str, words: Iterable[str]) -> bool:
    """Whether each of the words stands in the text."""
    return all(word in text for word in words)
