"""What is said of privacy follows the settings, and a moderator is warned of what looks private."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.builders import a_catalogue
from tests.conftest import a_few_places
from tests.web.circle import Circle

SEEN = a_few_places()[0]
PAGE = f"/miejsca/{SEEN.slug}-{SEEN.id}"


def site(folder: Path, **settings: object) -> Circle:
    a_catalogue(folder / "places.geojson", a_few_places())
    return Circle(folder, settings)


def told(client: FlaskClient) -> str:
    """The words of the page, with plain spaces."""
    return client.get("/prywatnosc").text.replace("\u00a0", " ").replace("&nbsp;", " ")


def test_terms_are_those_that_are_set(tmp_path: Path) -> None:
    """Months and days are the settings', in the right case; every page leads here."""
    circle = site(tmp_path, KEEP_SENDERS=1, KEEP_UNCONFIRMED=7, KEEP_LETTERS=45)
    page = told(circle.visitor())

    assert "po miesiącu od decyzji" in page
    assert "po 7 dniach" in page
    assert "po 45 dniach" in page
    assert 'href="/prywatnosc"' in circle.visitor().get("/").text
    assert 'href="/prywatnosc"' in circle.visitor().get("/dodaj").text


@pytest.mark.parametrize(
    ("settings", "said", "unsaid"),
    [
        ({"TILES": ""}, "Nikomu.", "Podkład mapy przeglądarka"),
        ({"TILES": "https://{s}.kafelki.example/{z}/{x}/{y}.png"}, "kafelki.example", "GUGiK"),
        ({"GEOCODER": "gugik"}, "GUGiK", "Nominatim"),
        ({"OPERATOR": "Fundacja <b>Sąsiedzi</b>"}, "&lt;b&gt;Sąsiedzi", "nazwa podmiotu"),
        ({"CONTACT": "rodo@example.org"}, "mailto:rodo@example.org", "adres e-mail –"),
    ],
)
def test_who_else_learns_of_a_visitor_is_said(
    tmp_path: Path, settings: dict[str, str], said: str, unsaid: str
) -> None:
    """The tile server and the geocoder where there is one, who runs it, whom to write to."""
    page = told(site(tmp_path, **settings).visitor())
    assert said in page
    assert unsaid not in page


def test_a_moderator_is_warned(tmp_path: Path) -> None:
    """A mobile and a private mailbox among the facts are told beside the decision."""
    circle = site(tmp_path)
    fields = {
        "email": "ola@example.org", "contact.phone": "501 234 567",
        "contact.email": "jan.kowalski@gmail.com",
    }  # fmt: skip
    assert circle.send(f"{PAGE}/popraw", fields).status_code == 303

    page = circle.moderator().get(f"/moderacja/zgloszenia/{circle.confirm()}").text

    assert "Uwaga na prywatność" in page
    assert "Telefon: numer komórkowy" in page
    assert "E-mail: skrzynka" in page
