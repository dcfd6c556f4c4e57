"""The whole circle through the real forms: filled, sent, confirmed by a letter, decided on.

A visitor here has no JavaScript and no cookies; time passes only when somebody waits.
"""

import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse, encode_multipart

from app import create_app
from places import desk as store
from places import geojson
from places.place import Place
from tests.builders import NOW
from tests.web.visitors import a_person, a_visit, press

NEW = {
    "name": "Dom Sąsiedzki Nowy", "type": "dom_sasiedzki", "address.city": "Kraków",
    "address.street": "ul. Nowa 5", "point": "50.0600, 19.9400",
}  # fmt: skip
"""What somebody types of a new place."""


@dataclass
class Circle:
    """A site with a clock that can be moved."""

    folder: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    now: datetime = NOW
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        given = {
            "CATALOGUE": str(self.catalogue), "INSTANCE": str(self.instance), "URL": "",
            "LIMIT_FORMS": "1000 per hour", "NOW": lambda: self.now,
        }  # fmt: skip
        self.app = create_app({**given, **self.settings})

    @property
    def catalogue(self) -> Path:
        return self.folder / "places.geojson"

    @property
    def instance(self) -> Path:
        return self.folder / "instance"

    def wait(self, **time: float) -> None:
        """Lets time pass."""
        self.now += timedelta(**time)

    def visitor(self) -> FlaskClient:
        """Somebody whom nobody knows."""
        return self.app.test_client()

    def moderator(self, email: str = "krakow@example.org", area: str = "1261") -> FlaskClient:
        """Somebody who decides there, signed in."""
        one = a_person(self.app, email, "moderator", ("teryt", area))
        return a_visit(self.app, one)

    def place(self, place_id: str) -> Place:
        """The place as the catalogue has it."""
        return next(one for one in geojson.read(self.catalogue).places if one.id == place_id)

    def send(
        self, path: str, fields: Mapping[str, Any], client: FlaskClient | None = None
    ) -> TestResponse:
        """Opens the page with the form, fills it and sends it, a minute later."""
        browser = client or self.visitor()
        filled = {**form_on(browser.get(path, follow_redirects=True).text), **fields}
        self.wait(minutes=1)
        return browser.post(path, **_encoded(filled))

    def again(self, path: str, page: str, fields: Mapping[str, Any]) -> TestResponse:
        """Sends the form of a page that came back."""
        self.wait(minutes=1)
        return self.visitor().post(path, **_encoded({**form_on(page), **fields}))

    def words(self, kind: str) -> list[str]:
        """The words of the links in letters: "zgloszenie", "opieka", "potwierdz"."""
        texts = [row[0] for row in self.rows("select text from letter order by id")]
        return [word for text in texts for word in re.findall(rf"/{kind}/([\w-]{{32}})", text)]

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """What the desk answers."""
        with ExitStack() as opened:
            desk = opened.enter_context(store.open_desk(self.instance))
            return desk.execute(sql, values).fetchall()

    def confirm(self) -> str:
        """Presses the button behind the newest letter; the id of its proposal."""
        word = self.words("zgloszenie")[-1]
        answer = self.visitor().post(f"/zgloszenie/{word}", data={"verb": "confirm"})
        assert answer.status_code == 303
        return str(self.rows("select id from proposal order by sent desc, rowid desc")[0][0])

    def decide(
        self, client: FlaskClient, proposal_id: str, verb: str, **fields: Any
    ) -> TestResponse:
        """What a moderator presses."""
        page = f"/moderacja/zgloszenia/{proposal_id}"
        return press(client, f"{page}/{verb}", page, **fields)


def _encoded(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As a browser sends it; made here, because the test client leaves big files open."""
    boundary, body = encode_multipart(dict(fields))
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


class _Form(HTMLParser):
    """The fields of the long form of a page, as a browser would send them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {}
        self.inside = False
        self._text: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = "long-form" in (given.get("class") or "")
        name, value = given.get("name"), given.get("value") or ""
        if not self.inside:
            return
        if tag == "option" and self._select and "selected" in given:
            self.fields[self._select] = value
        if not name:
            return
        kind = given.get("type", "text")
        if tag == "textarea":
            self._text, self.fields[name] = name, ""
        elif tag == "select":
            self._select, self.fields[name] = name, ""
        elif tag == "input" and kind in ("checkbox", "radio"):
            if "checked" in given:
                self.fields.setdefault(name, []).append(value)
        elif tag == "input" and kind != "file":
            self.fields[name] = value

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text:
            # A browser leaves out the line break that follows the tag.
            self.fields[self._text] = unescape(self.fields[self._text].removeprefix("\n"))
            self._text = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self.inside = False


def form_on(page: str) -> dict[str, Any]:
    """The fields of the long form of a page."""
    read = _Form()
    read.feed(page)
    assert read.fields, "no form on the page"
    return read.fields
