"""People who are signed in, for tests of the desk: a client each, and how they press a button."""

import re
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from places import desk as store
from places import people
from places.people import Person
from tests.builders import NOW


def a_person(app: Flask, email: str, role: str = "moderator", *areas: tuple[str, str]) -> Person:
    """Somebody who decides; an area is ("teryt", "1261") or ("network", "MAM")."""
    with store.open_desk(Path(app.config["INSTANCE"])) as desk:
        return people.add(desk, email, role, areas, NOW)


def a_visit(app: Flask, one: Person | None = None) -> FlaskClient:
    """A browser of theirs, signed in; of a visitor without anybody."""
    client = app.test_client()
    if one is not None:
        client.get("/moderacja/wejscie")  # Where the secret is made.
        with client.session_transaction() as session:
            session.permanent = True
            session.update(person=one.id, number=one.session, seen=store.stamp(NOW))
    return client


def press(client: FlaskClient, path: str, page: str = "/moderacja/", **fields: Any) -> TestResponse:
    """Sends a form as the page sends it, with that page's own token."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert found, page
    return client.post(path, data={"csrf_token": found[1], **fields})
