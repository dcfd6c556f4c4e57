"""`flask desk forget, show, purge` and what `catalogue check` says of photos, as one types them."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from places import desk as store
from places import photos, publishing
from places.publishing import Press
from places.submissions import Sender
from tests.builders import NOW, a_catalogue, a_place
from tests.conftest import a_few_places
from tests.desks import ADMIN, a_change, with_people
from tests.pictures import a_picture

SEEN = a_few_places()[0]
BOX = "ola.nowak@example.org"


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def accepted(instance: Path, catalogue: Path) -> str:
    """A proposal with a photo, taken; the name of the public file."""
    with store.open_desk(instance) as desk:
        with_people(desk)
        sent = a_change(desk, SEEN, {"summary": "Opis."}, Sender(BOX, "Ola"), note="To ja.")
        word = photos.new_word()
        one = photos.keep(desk, instance, word, a_picture(), NOW)
        photos.describe(desk, one.id, alt="Sala", author="Ola", licence="CC0 1.0")
        photos.attach(desk, word, sent.id, SEEN.id)
        made = photos.publish(instance, catalogue, SEEN.id, photos.of(desk, sent.id))
        edits = {"photos": [photo.model_dump() for photo in made]}
        publishing.accept(Press(desk, catalogue, NOW), sent.id, ADMIN, edits)
    return made[0].file


def test_forget_says_what_and_not_who(
    runner: FlaskCliRunner, instance: Path, catalogue: Path
) -> None:
    """It asks first, counts what went, names the photos that stay, and prints no address."""
    file = accepted(instance, catalogue)

    refused = runner.invoke(args=["desk", "forget", BOX], input="n\n")
    done = runner.invoke(args=["desk", "forget", BOX], input="y\n")
    again = runner.invoke(args=["desk", "forget", BOX, "--yes"])

    assert (refused.exit_code, done.exit_code, again.exit_code) == (1, 0, 0)
    assert file in done.output
    assert BOX not in done.output
    assert "Nic o" in again.output
    assert runner.invoke(args=["desk", "forget", "nie adres", "--yes"]).exit_code == 1


def test_forget_may_take_the_photos_too(
    runner: FlaskCliRunner, instance: Path, catalogue: Path
) -> None:
    """With --photos they leave the record and the disk."""
    file = accepted(instance, catalogue)

    done = runner.invoke(args=["desk", "forget", BOX, "--photos", "--yes"])

    assert done.exit_code == 0, done.output
    assert not (photos.folder(catalogue) / file).exists()
    assert b'"photos"' not in catalogue.read_bytes()


def test_show_is_json(runner: FlaskCliRunner, instance: Path, catalogue: Path) -> None:
    """All that is kept of a person, for themself."""
    accepted(instance, catalogue)
    [found] = json.loads(runner.invoke(args=["desk", "show", BOX]).output)["proposals"]
    assert (found["name"], found["note"], found["changes"]) == (
        "Ola",
        "To ja.",
        {"summary": "Opis."},
    )


def test_purge_counts_before_it_removes(
    runner: FlaskCliRunner, instance: Path, catalogue: Path
) -> None:
    """A dry run and a run say the same; the second run finds nothing."""
    accepted(instance, catalogue)
    arguments = ["desk", "purge", "--now", "2028-01-01"]

    tried, done, again = (
        runner.invoke(args=[*arguments, *more]) for more in (["--dry-run"], [], [])
    )

    assert tried.output.startswith(done.output)
    assert "Nadawcy" in done.output
    assert "Nie ma nic" in again.output


def test_check_names_missing_photos(runner: FlaskCliRunner, tmp_path: Path) -> None:
    """A photo without its file is told, and is no fault: the page does without it."""
    photo = {
        "file": "k3v7m2qa-0123456789abcdef.jpg", "alt": "Sala", "author": "Ola",
        "licence": "CC0 1.0", "width": 800, "height": 600,
    }  # fmt: skip
    path = a_catalogue(tmp_path / "with.geojson", [a_place(photos=[photo])])

    done = runner.invoke(args=["catalogue", "check", str(path)])

    assert done.exit_code == 0, done.output
    assert photo["file"] in done.output
