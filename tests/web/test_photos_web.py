"""Photos through the real forms: sent, kept over faults, decided on, shown, taken away."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from places import desk as store
from places import owners
from tests.builders import a_catalogue
from tests.conftest import a_few_places
from tests.pictures import MARK, a_picture, with_place
from tests.web.circle import NEW, Circle
from tests.web.visitors import press

MINE = {"email": "ola@example.org"}
SAID = {
    "photo-alt.s0": "Sala z oknem na ogród", "photos-author": "Dom Kultury „Lipa”",
    "photos-licence": "CC BY 4.0",
}  # fmt: skip
SEEN = a_few_places()[0]
PAGE = f"/miejsca/{SEEN.slug}-{SEEN.id}"


@pytest.fixture
def circle(tmp_path: Path) -> Circle:
    a_catalogue(tmp_path / "places.geojson", a_few_places())
    return Circle(tmp_path)


def a_file(content: bytes | None = None, name: str = "IMG_2044.jpg") -> FileStorage:
    """A file as a browser sends it."""
    return FileStorage(BytesIO(content if content is not None else with_place()), name)


def added(circle: Circle, **more: Any) -> str:
    """A photo of a known place, sent and confirmed; the id of its proposal."""
    sent = circle.send(f"{PAGE}/popraw", {**MINE, **SAID, "photo.s0": a_file(), **more})
    assert sent.status_code == 303, sent.text
    return circle.confirm()


def pictures_on(page: str) -> list[str]:
    """The addresses of the photos of a page."""
    return re.findall(r'<img src="([^"]+)"', page)


def test_a_photo_goes_all_the_way(circle: Circle) -> None:
    """Sent with nothing else changed, seen by its sender and the moderator alone, then by all."""
    proposal = added(circle)
    moderator, visitor = circle.moderator(), circle.visitor()
    page = moderator.get(f"/moderacja/zgloszenia/{proposal}").text
    [waiting] = pictures_on(page)
    word = circle.words("zgloszenie")[-1]
    [mine] = pictures_on(visitor.get(f"/zgloszenie/{word}").text)
    for client, path in ((moderator, waiting), (visitor, mine)):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert answer.headers["Cache-Control"] == "no-store"
    assert visitor.get(waiting).status_code == 403
    assert "<img" not in visitor.get(PAGE).text

    name = page.partition('name="photo.')[2].partition('"')[0]
    answer = circle.decide(
        moderator, proposal, "przyjmij", **{f"photo.{name}": "on", f"photo-alt.{name}": "Sala"}
    )

    assert answer.status_code == 303
    [photo] = circle.place(SEEN.id).photos
    assert (photo.alt, photo.author, photo.licence) == ("Sala", "Dom Kultury „Lipa”", "CC BY 4.0")
    shown = visitor.get(PAGE).text
    [small] = pictures_on(shown)
    assert "Dom Kultury „Lipa”" in shown
    assert 'loading="lazy"' in shown
    for path in (small, f"/zdjecia/{photo.file}"):
        answer = visitor.get(path)
        assert answer.mimetype == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert MARK not in answer.data
        assert not Image.open(BytesIO(answer.data)).getexif()
        etag = {"If-None-Match": answer.headers["ETag"]}
        assert visitor.get(path, headers=etag).status_code == 304


def test_a_new_place_comes_with_its_photos(circle: Circle) -> None:
    """The photo of a place that had no id yet is found by the one it gets."""
    sent = circle.send("/dodaj", {**NEW, **MINE, **SAID, "photo.s0": a_file()})
    assert sent.status_code == 303, sent.text
    proposal = circle.confirm()
    [row] = circle.rows("select id, place from photo")
    moderator = circle.moderator()

    circle.decide(moderator, proposal, "przyjmij", **{f"photo.{row['id']}": "on"})

    [photo] = circle.place(row["place"]).photos
    assert photo.file.startswith(row["place"])
    assert circle.visitor().get(f"/zdjecia/{photo.file}").status_code == 200


def test_a_photo_the_moderator_leaves_is_left(circle: Circle) -> None:
    """Without a tick nothing becomes public, whatever else is accepted."""
    proposal = added(circle, summary="Gramy w planszówki.")

    circle.decide(circle.moderator(), proposal, "przyjmij")

    assert circle.place(SEEN.id).summary == "Gramy w planszówki."
    assert circle.place(SEEN.id).photos == ()


def test_nothing_is_chosen_twice(circle: Circle) -> None:
    """A form with a fault comes back with its photos: the second time no file is sent."""
    path = f"{PAGE}/popraw"
    first = circle.send(path, {**SAID, "email": "to nie adres", "photo.s0": a_file()})
    assert first.status_code == 400
    assert "już je mamy" in first.text
    assert "Sala z oknem na ogród" in first.text

    second = circle.again(path, first.text, MINE)

    assert second.status_code == 303, second.text
    circle.confirm()
    [row] = circle.rows("select alt, author, proposal from photo")
    assert row["alt"] == SAID["photo-alt.s0"]
    assert row["author"] == SAID["photos-author"]
    assert row["proposal"] == circle.rows("select id from proposal")[0][0]


def test_a_kept_photo_can_be_taken_back(circle: Circle) -> None:
    """A tick beside it, and it is deleted with the next sending."""
    path = f"{PAGE}/popraw"
    first = circle.send(path, {**SAID, "summary": "Nowy opis.", "photo.s0": a_file()})
    [row] = circle.rows("select id from photo")

    second = circle.again(path, first.text, {**MINE, f"photo-drop.{row['id']}": "1"})

    assert second.status_code == 303
    assert circle.rows("select id from photo") == []
    assert list((circle.instance / "photos").glob("*.jpg")) == []


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("photo-alt.s0", "co widać na tym zdjęciu"),
        ("photos-author", "kto zrobił te zdjęcia"),
        ("photos-licence", "na jakich zasadach"),
    ],
)
def test_words_are_asked_for(circle: Circle, missing: str, said: str) -> None:
    """No photo without what is to be seen, who made it and how it may be used."""
    fields = {**MINE, **SAID, "photo.s0": a_file(), missing: ""}

    answer = circle.send(f"{PAGE}/popraw", fields)

    assert answer.status_code == 400
    assert said in answer.text
    assert "już je mamy" in answer.text
    assert circle.rows("select 1 from proposal") == []


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "plan.jpg", "nie jest zdjęcie JPEG"),
        (b"GIF89a", "a.gif", "nie jest zdjęcie JPEG"),
        (a_picture("JPEG", (800, 600), noisy=True)[:4000], "b.jpg", "nie da się otworzyć"),
        (a_picture("PNG", (100, 90)), "c.png", "za małe"),
        (b"\xff\xd8\xff" + b"0" * 8_000_001, "d.jpg", "więcej niż 8"),
    ],
    ids=["svg", "gif", "cut", "small", "big"],
)
def test_a_bad_file_is_told_by_its_name(
    circle: Circle, content: bytes, name: str, said: str
) -> None:
    """What cannot be used is said beside the field, with its name; the typed words stay."""
    fields = {**MINE, **SAID, "photo.s0": a_file(content, name)}

    answer = circle.send(f"{PAGE}/popraw", fields)

    assert answer.status_code == 400
    assert f"„{name}”" in answer.text
    assert said in answer.text.replace("\u00a0", " ")
    assert "Sala z oknem na ogród" in answer.text
    assert circle.rows("select 1 from photo") == []


def test_the_name_of_a_file_is_only_words(circle: Circle) -> None:
    """A hostile name is shown as text, and names nothing on the disk."""
    name = '../../<img src=x onerror="alert(1)">.jpg'
    answer = circle.send(f"{PAGE}/popraw", {**MINE, **SAID, "photo.s0": a_file(b"x", name)})
    assert "<img src=x" not in answer.text


def test_five_at_most(circle: Circle) -> None:
    """All slots may be filled at once; a form that says more is told so."""
    files = {f"photo.s{n}": a_file(a_picture("JPEG", (400 + n, 300))) for n in range(5)}
    alts = {f"photo-alt.s{n}": f"Zdjęcie {n}" for n in range(5)}
    first = circle.send(f"{PAGE}/popraw", {**SAID, **files, **alts})
    assert len(circle.rows("select 1 from photo")) == 5

    more = {**MINE, "photo.s0": a_file(a_picture("JPEG", (500, 300))), "photo-alt.s0": "Szóste"}
    answer = circle.again(f"{PAGE}/popraw", first.text, more)

    assert answer.status_code == 400
    assert len(circle.rows("select 1 from photo")) == 5


def test_only_forms_with_photos_may_be_big(circle: Circle) -> None:
    """Elsewhere a megabyte is the bound, also for whoever only says where they send it."""
    for path, size in ((f"{PAGE}/zglos", 2_000_000), ("/moderacja/wejscie", 2_000_000),
                       ("/dodaj", 42_000_000)):  # fmt: skip
        answer = circle.visitor().post(
            path,
            data=b"--x--",
            content_type="multipart/form-data; boundary=x",
            environ_overrides={"CONTENT_LENGTH": str(size)},
        )
        assert answer.status_code == 413, path


def test_a_word_of_ours_is_needed_to_keep_photos(circle: Circle) -> None:
    """Nobody takes photos of another form by guessing its word."""
    circle.send(f"{PAGE}/popraw", {**SAID, "photo.s0": a_file()})
    [row] = circle.rows("select proposal from photo")

    circle.send("/dodaj", {**NEW, **MINE, **SAID, "photos": row["proposal"]})
    circle.confirm()

    assert circle.rows("select proposal from photo") == [row]


def accepted(circle: Circle) -> str:
    """A place with a public photo; the name of its file."""
    proposal = added(circle)
    [row] = circle.rows("select id from photo")
    circle.decide(circle.moderator(), proposal, "przyjmij", **{f"photo.{row['id']}": "on"})
    return circle.place(SEEN.id).photos[0].file


def test_only_what_a_record_names_is_given(circle: Circle) -> None:
    """A file beside it, another name, a folder above: nothing of that is given."""
    file = accepted(circle)
    folder = circle.folder / "photos"
    other = f"{SEEN.id}-{'0' * 16}.jpg"
    (folder / other).write_bytes((folder / file).read_bytes())
    visitor = circle.visitor()

    assert visitor.get(f"/zdjecia/{file}").status_code == 200
    for name in (other, file[:-4], file.upper(), f"{file}.jpg", "..%2fplaces.geojson", "%00"):
        assert visitor.get(f"/zdjecia/{name}").status_code == 404, name


def test_an_owner_may_send_photos_too(circle: Circle) -> None:
    """By their own link, without saying who they are; a moderator looks at them even so."""
    with store.open_desk(circle.instance) as desk:
        one = owners.add(desk, SEEN.id, "dom@example.org", "Ola", circle.now, trusted=True)
        word = owners.link(desk, one.id, circle.now)

    answer = circle.send(f"/opieka/{word}", {**SAID, "photo.s0": a_file()})

    assert answer.status_code == 303, answer.text
    assert circle.place(SEEN.id).photos == ()
    [row] = circle.rows("select photo.id, sent_by, state, photo.proposal from photo"
                        " join proposal on proposal.id = photo.proposal")  # fmt: skip
    assert (row["sent_by"], row["state"]) == ("owner", "waiting")
    taken = {f"photo.{row['id']}": "on"}
    circle.decide(circle.moderator(), row["proposal"], "przyjmij", **taken)
    assert len(circle.place(SEEN.id).photos) == 1


def test_undone_it_is_gone_and_can_come_again(circle: Circle) -> None:
    """Taking a decision back takes the photo off the web at once; it waits as before."""
    file, moderator = accepted(circle), circle.moderator()
    [proposal] = [row[0] for row in circle.rows("select id from proposal")]

    circle.decide(moderator, proposal, "cofnij")

    assert circle.visitor().get(f"/zdjecia/{file}").status_code == 404
    [row] = circle.rows("select id from photo")
    circle.decide(moderator, proposal, "przyjmij", **{f"photo.{row['id']}": "on"})
    assert circle.visitor().get(f"/zdjecia/{file}").status_code == 200


def test_a_moderator_takes_a_photo_away_for_good(circle: Circle) -> None:
    """Out of the record and off the disk; a moderator of another area cannot."""
    file = accepted(circle)
    path = f"/moderacja/miejsca/{SEEN.id}/zdjecia/{file}/usun"
    other = circle.moderator("gdansk@example.org", "2261")
    assert press(other, path).status_code == 404
    assert circle.visitor().post(path).status_code == 403
    assert circle.moderator().post(path).status_code == 400  # without the page's own token

    answer = press(circle.moderator(), path)

    assert answer.status_code == 303
    assert circle.place(SEEN.id).photos == ()
    assert list((circle.folder / "photos").glob("*.jpg")) == []
    assert circle.visitor().get(f"/zdjecia/{file}").status_code == 404


def test_a_second_photo_stands_beside_the_first(circle: Circle) -> None:
    """Two proposals with a photo each, in any order: both stay."""
    first = added(circle, summary="Pierwszy opis.")
    second = added(
        circle, **{"photo.s0": a_file(a_picture("PNG", (640, 480))), "door": "Od ulicy."}
    )
    moderator = circle.moderator()
    for proposal in (second, first):
        [row] = circle.rows("select id from photo where proposal = ?", proposal)
        circle.decide(moderator, proposal, "przyjmij", **{f"photo.{row['id']}": "on"})

    assert len(circle.place(SEEN.id).photos) == 2
