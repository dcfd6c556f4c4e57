"""Photos on disk: kept under a form's word, then a proposal's, then public as the record says."""

import os
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from places import photos
from places.errors import Invalid, NotFound
from places.photos import Waiting
from tests.builders import NOW, an_id
from tests.pictures import MARK, a_picture, with_place


def kept(desk: sqlite3.Connection, instance: Path, word: str, width: int = 800) -> Waiting:
    """A photo of that width, described."""
    one = photos.keep(desk, instance, word, a_picture("JPEG", (width, 600)), NOW)
    photos.describe(desk, one.id, alt="Sala", author="Dom Kultury", licence="CC BY 4.0")
    return photos.find(desk, one.id)


def files(folder: Path) -> set[str]:
    """What lies in a folder, without locks."""
    return {one.name for one in folder.iterdir()} if folder.is_dir() else set()


def test_a_photo_goes_from_a_form_to_a_proposal_to_the_page(
    desk: sqlite3.Connection, instance: Path, tmp_path: Path
) -> None:
    """It is found by the form's word, then by the proposal, and public only once it is taken."""
    catalogue, word = tmp_path / "places.geojson", photos.new_word()
    one = kept(desk, instance, word)
    assert photos.of(desk, word) == (one,)
    assert photos.waiting_file(desk, instance, one.small, word).is_file()

    photos.attach(desk, word, "a1b2c3d4e5f6", an_id(1))

    assert photos.of(desk, word) == ()
    [there] = photos.of(desk, "a1b2c3d4e5f6")
    assert not files(photos.folder(catalogue))
    [public] = photos.publish(instance, catalogue, an_id(1), [there])
    assert files(photos.folder(catalogue)) == {public.file, photos.small(public.file)}
    assert (public.alt, public.author, public.licence) == ("Sala", "Dom Kultury", "CC BY 4.0")
    assert photos.publish(instance, catalogue, an_id(1), [there]) == (public,)
    assert photos.there(catalogue, [public]) == (public,)


def test_nobody_else_may_read_what_waits(desk: sqlite3.Connection, instance: Path) -> None:
    """The folder and the files are their owner's alone."""
    one = kept(desk, instance, photos.new_word())
    assert (instance / "photos").stat().st_mode & 0o077 == 0
    assert (instance / "photos" / one.file).stat().st_mode & 0o077 == 0


def test_nothing_of_the_camera_is_on_disk(desk: sqlite3.Connection, instance: Path) -> None:
    """Neither in the file nor in the desk."""
    photos.keep(desk, instance, photos.new_word(), with_place(), NOW)
    for path in instance.rglob("*"):
        assert path.is_dir() or MARK not in path.read_bytes()


def test_the_same_photo_twice_is_one(desk: sqlite3.Connection, instance: Path) -> None:
    """Whoever presses twice sends once."""
    word = photos.new_word()
    assert kept(desk, instance, word).id == kept(desk, instance, word).id
    assert len(photos.of(desk, word)) == 1


def test_no_more_than_five(desk: sqlite3.Connection, instance: Path) -> None:
    """The sixth is refused; another form has five of its own."""
    word = photos.new_word()
    for number in range(photos.MOST):
        kept(desk, instance, word, 800 + number)
    with pytest.raises(Invalid) as refused:
        kept(desk, instance, word, 900)
    assert refused.value.faults[0].code == "too_many"
    assert kept(desk, instance, photos.new_word(), 900)


def test_forms_nobody_sent_are_forgotten(desk: sqlite3.Connection, instance: Path) -> None:
    """A day later their photos are gone; those of proposals stay."""
    left, sent = photos.new_word(), photos.new_word()
    gone, stays = kept(desk, instance, left), kept(desk, instance, sent, 801)
    photos.attach(desk, sent, "a1b2c3d4e5f6", an_id(1))

    later = NOW + photos.HELD_FOR + timedelta(minutes=1)
    photos.keep(desk, instance, photos.new_word(), a_picture("PNG", (300, 300)), later)

    assert photos.of(desk, left) == ()
    assert gone.file not in files(instance / "photos")
    assert stays.file in files(instance / "photos")


@pytest.mark.parametrize("name", ["../desk.db", "desk.db", "", ".", "..", "a" * 300, "x.jpg"])
def test_only_photos_of_the_proposal_are_given(
    desk: sqlite3.Connection, instance: Path, name: str
) -> None:
    """Not another's, nor anything else of the folder."""
    one = kept(desk, instance, word := photos.new_word())
    with pytest.raises(NotFound):
        photos.waiting_file(desk, instance, name, word)
    with pytest.raises(NotFound):
        photos.waiting_file(desk, instance, one.file, photos.new_word())


def test_a_missing_file_is_said(desk: sqlite3.Connection, instance: Path, tmp_path: Path) -> None:
    """A photo whose file is gone cannot be published, and a page shows no broken picture."""
    one, catalogue = kept(desk, instance, photos.new_word()), tmp_path / "places.geojson"
    [public] = photos.publish(instance, catalogue, an_id(1), [one])
    (instance / "photos" / one.small).unlink()
    with pytest.raises(Invalid):
        photos.publish(instance, catalogue, an_id(2), [one])

    photos.erase(catalogue, [public.file, "../../etc/passwd", ""])

    assert not files(photos.folder(catalogue))
    assert photos.there(catalogue, [public]) == ()


def test_what_a_kill_leaves_is_found(
    desk: sqlite3.Connection, instance: Path, tmp_path: Path
) -> None:
    """Files that no record and no row of the desk speaks of, once they are old enough."""
    catalogue = tmp_path / "places.geojson"
    one = kept(desk, instance, photos.new_word())
    [named] = photos.publish(instance, catalogue, an_id(1), [one])
    [other] = photos.publish(instance, catalogue, an_id(2), [one])
    (instance / "photos" / f"{'0' * 12}-{'1' * 16}.jpg").write_bytes(b"")
    for path in (*photos.folder(catalogue).iterdir(), *(instance / "photos").iterdir()):
        os.utime(path, (NOW.timestamp(),) * 2)
    later = NOW + timedelta(days=1)

    assert photos.leftover(catalogue, {named.file}, NOW) == []
    left = photos.leftover(catalogue, {named.file}, later)
    assert {one.name for one in left} == {other.file, photos.small(other.file)}
    [orphan] = photos.orphans(desk, instance, later)
    assert orphan.name == f"{'0' * 12}-{'1' * 16}.jpg"

    photos.delete_files([*left, orphan])

    assert files(photos.folder(catalogue)) == {named.file, photos.small(named.file)}
