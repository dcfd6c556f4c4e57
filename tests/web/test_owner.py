"""A place behind its owner's lasting word: what is published, what waits, what is vouched for."""

import sqlite3
from pathlib import Path

import pytest

from app import create_app
from places import history, owners, submissions
from places.geojson import read
from places.place import Place
from tests.builders import NOW, a_catalogue, a_place
from tests.conftest import a_few_places
from tests.web.forms_of import PERSON, Clock, Writer, faults_of, fields_of

PLACE = a_few_places()[0]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ewa(catalogue: Path, instance: Path, clock: Clock) -> Writer:
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": "", "NOW": clock}
    return Writer(create_app(given), clock, instance)


def a_link(desk: sqlite3.Connection, *, trusted: bool) -> str:
    """The path of a new lasting link to PLACE."""
    owner = owners.add(desk, PLACE.id, PERSON, "Ewa", NOW)
    owners.trust(desk, owner.id, trusted)
    return f"/opieka/{owners.link(desk, owner.id, NOW)}"


def now_of(catalogue: Path) -> Place:
    """PLACE as the catalogue has it."""
    return next(one for one in read(catalogue).places if one.id == PLACE.id)


def waiting(desk: sqlite3.Connection) -> list[submissions.Proposal]:
    """What waits about PLACE."""
    return list(submissions.about(desk, PLACE.id))


def test_looking_changes_nothing(ewa: Writer, desk: sqlite3.Connection, catalogue: Path) -> None:
    """The link is opened by programs too."""
    before = catalogue.read_bytes()
    link = a_link(desk, trusted=True)
    assert {ewa.client.get(link).status_code for _time in range(3)} == {200}
    assert catalogue.read_bytes() == before


def test_hours_and_offer_of_who_is_trusted_are_published(
    ewa: Writer, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """At once, as the owner's word; the rest waits for a moderator, already confirmed."""
    ewa.opens(a_link(desk, trusted=True))
    answer = ewa.sends(
        {
            "hours.open.text": "pon.–pt. 9–17", "hours.open.rule": "Mo-Fr 09:00-17:00",
            "summary": "Klub dla wszystkich.", "address.street": "ul. Lipowa 4",
        }
    )  # fmt: skip
    assert answer.status_code == 303
    place = now_of(catalogue)
    assert place.hours.open == "Mo-Fr 09:00-17:00"
    assert place.summary == "Klub dla wszystkich."
    assert place.address.street == PLACE.address.street
    assert place.checked.hours is not None
    assert place.checked.hours.by == "owner"
    [proposal] = waiting(desk)
    assert proposal.changes == {"address.street": "ul. Lipowa 4"}
    assert (proposal.sent_by, proposal.state) == ("owner", "waiting")
    assert history.of(desk, PLACE.id)[0].made_by == "owner"
    assert "są już zmienione" in ewa.opens(answer.location).text


def test_without_trust_everything_waits(
    ewa: Writer, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """Nothing is published; one proposal holds all of it."""
    before = catalogue.read_bytes()
    ewa.opens(a_link(desk, trusted=False))
    assert ewa.sends({"summary": "Klub dla wszystkich.", "name": "Lipa"}).status_code == 303
    assert catalogue.read_bytes() == before
    [proposal] = waiting(desk)
    assert proposal.changes == {"name": "Lipa", "summary": "Klub dla wszystkich."}


def test_all_of_it_is_still_true(ewa: Writer, desk: sqlite3.Connection, catalogue: Path) -> None:
    """One button vouches for every group that says something, and for no other."""
    ewa.opens(a_link(desk, trusted=False))
    assert ewa.sends({"verb": "still"}).status_code == 303
    checked = now_of(catalogue).checked
    assert checked.existence is not None
    assert (checked.existence.on, checked.existence.by) == ("2026-03-11", "owner")
    assert checked.address is not None
    assert checked.hours is None
    assert waiting(desk) == []


def test_nobody_vouches_for_what_they_did_not_see(
    ewa: Writer, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """When a fact has changed since the page was opened, the page is shown again."""
    ewa.opens(a_link(desk, trusted=True))
    newer = a_place(id=PLACE.id, networks=["MAM", "Senior+"], name="Klub Nowy")
    a_catalogue(catalogue, [newer, *a_few_places()[1:]])
    page = ewa.sends({"verb": "still"})
    assert page.status_code == 409
    assert fields_of(page)["name"] == "Klub Nowy"
    assert now_of(catalogue).checked.existence is None


def test_faults_and_an_untouched_form(
    ewa: Writer, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """They are told as everywhere, and nothing typed is lost."""
    before = catalogue.read_bytes()
    ewa.opens(a_link(desk, trusted=True))
    page = ewa.sends({"contact.phone": "zadzwoń", "summary": "Nowe."})
    assert page.status_code == 400
    assert list(faults_of(page)) == ["f-contact-phone"]
    assert fields_of(page)["summary"] == "Nowe."
    page = ewa.sends({"contact.phone": "", "summary": ""})
    assert page.status_code == 400
    assert "Nic tu nie zostało zmienione" in page.text
    assert catalogue.read_bytes() == before


def test_the_right_ends(ewa: Writer, desk: sqlite3.Connection, catalogue: Path) -> None:
    """A newer link ends the older, an end ends all; a place that is gone has no owner."""
    first = a_link(desk, trusted=True)
    [owner] = owners.of(desk, PLACE.id)
    second = f"/opieka/{owners.link(desk, owner.id, NOW)}"
    assert [ewa.client.get(one).status_code for one in (first, second)] == [410, 200]
    a_catalogue(catalogue, a_few_places()[1:])
    assert ewa.client.get(second).status_code == 410
    a_catalogue(catalogue, a_few_places())
    owners.end(desk, owner.id, NOW)
    assert ewa.client.get(second).status_code == 410
    assert ewa.client.post(second, data={"verb": "still"}).status_code == 410
    assert ewa.client.get("/opieka/nie-ma-takiego").status_code == 404
