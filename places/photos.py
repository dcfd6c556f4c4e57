"""Photos on disk: those that wait in `instance/photos`, the public ones beside the catalogue.

A photo is kept as soon as it was read, under a word that stands for the form it came with: so a
form may be mended without sending it again.  Sent, the word becomes the proposal's id.  Accepted,
a copy goes to the folder `photos` beside the catalogue, before the record speaks of it: killed in
between, a file is left that no page leads to.  The waiting one stays until `tidy` takes it, so
that a decision can be undone.
"""

import re
import secrets
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from places import pictures, replacing
from places.desk import stamp, writing
from places.errors import Fault, Invalid, NotFound, shortened
from places.facts import Photo

FOLDER = "photos"
MOST = 5
"""For a place."""
LICENCES = ("CC BY 4.0", "CC BY-SA 4.0", "CC0 1.0", "za zgodą autora")
LONGEST_ALT, LONGEST_AUTHOR = 500, 200
HELD_FOR = timedelta(hours=24)
"""How long photos of a form that was never sent are kept."""
_MOST_HELD = 2_000
_SMALL = "-480"
_PUBLIC = re.compile(rf"([0-9a-z]{{8}})-[0-9a-f]{{16}}({_SMALL})?\.jpg", re.ASCII)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A photo nobody has decided on."""

    id: str
    proposal: str
    """The proposal's id; before that the word of its form."""
    alt: str
    author: str
    licence: str
    width: int
    height: int

    @property
    def file(self) -> str:
        """Its name in the folder of those that wait."""
        return f"{self.id}.jpg"

    @property
    def small(self) -> str:
        """The name of the small one."""
        return small(self.file)


def new_word() -> str:
    """A word for the photos of a form."""
    return secrets.token_hex(6)


def keep(
    desk: sqlite3.Connection, instance: Path, word: str, content: bytes, now: datetime
) -> Waiting:
    """Keeps a photo under the word of its form; the same one again is one.

    Raises Invalid.
    """
    picture = pictures.made(content)
    photo_id = f"{word}-{sha256(picture.large).hexdigest()[:16]}"
    with writing(desk):
        _make_room(desk, instance, word, now)
        for name, one in ((f"{photo_id}.jpg", picture.large), (_small_of(photo_id), picture.small)):
            _put(instance / FOLDER / name, one, mode=0o600)
        desk.execute(
            "insert into photo (id, proposal, place, alt, author, licence, width, height, added)"
            " values (?, ?, '', '', '', '', ?, ?, ?) on conflict (id) do nothing",
            [photo_id, word, picture.width, picture.height, stamp(now)],
        )
        return find(desk, photo_id)


def describe(
    desk: sqlite3.Connection, photo_id: str, *, alt: str, author: str, licence: str
) -> None:
    """Puts down what is said of it."""
    with writing(desk):
        desk.execute(
            "update photo set alt = ?, author = ?, licence = ? where id = ?",
            [alt[:LONGEST_ALT], author[:LONGEST_AUTHOR], licence, photo_id],
        )


def attach(desk: sqlite3.Connection, word: str, proposal_id: str, place_id: str) -> None:
    """The photos of a form become those of its proposal."""
    with writing(desk):
        desk.execute(
            "update photo set proposal = ?, place = ? where proposal = ? and place = ''",
            [proposal_id, place_id, word],
        )


def find(desk: sqlite3.Connection, photo_id: str) -> Waiting:
    """One of them.

    Raises NotFound.
    """
    for row in desk.execute("select * from photo where id = ?", [photo_id]):
        return _waiting(row)
    raise NotFound(photo_id)


def of(desk: sqlite3.Connection, proposal_id: str) -> tuple[Waiting, ...]:
    """The photos of a proposal, or of a form by its word, in the order they came."""
    rows = desk.execute("select * from photo where proposal = ? order by rowid", [proposal_id])
    return tuple(map(_waiting, rows))


def drop(desk: sqlite3.Connection, instance: Path, photo_ids: Iterable[str]) -> int:
    """Deletes photos that wait, with their files; how many there were."""
    gone = list(photo_ids)
    with writing(desk):
        made = desk.executemany("delete from photo where id = ?", ((one,) for one in gone))
    for one in gone:
        for name in (f"{one}.jpg", _small_of(one)):
            (instance / FOLDER / name).unlink(missing_ok=True)
    return made.rowcount if gone else 0


def waiting_file(desk: sqlite3.Connection, instance: Path, name: str, proposal_id: str) -> Path:
    """The file of a photo of that proposal, large or small.

    Raises NotFound.
    """
    path = instance / FOLDER / name
    ours = {file for one in of(desk, proposal_id) for file in (one.file, one.small)}
    if name not in ours or not path.is_file():
        raise NotFound(name)
    return path


def publish(
    instance: Path, catalogue: Path, place_id: str, chosen: Iterable[Waiting]
) -> tuple[Photo, ...]:
    """Copies photos to where everybody sees them; as the record will name them.

    Doing it again changes nothing.  Raises Invalid where a file is missing.
    """
    made = []
    for one in chosen:
        file = f"{place_id}-{one.id.partition('-')[2]}.jpg"
        try:
            pair = [(instance / FOLDER / name).read_bytes() for name in (one.file, one.small)]
        except FileNotFoundError:
            raise Invalid([Fault("photos", "no_photo", shortened(one.alt))]) from None
        for name, content in zip((file, small(file)), pair, strict=True):
            _put(folder(catalogue) / name, content, mode=0o644)
        made.append(
            Photo(
                file=file, alt=one.alt, author=one.author, licence=one.licence, width=one.width,
                height=one.height,
            )
        )  # fmt: skip
    return tuple(made)


def folder(catalogue: Path) -> Path:
    """Where the public ones are."""
    return catalogue.resolve().parent / FOLDER


def place_of(file: str) -> str | None:
    """The id in the name of a public file; None where that is no such name."""
    found = _PUBLIC.fullmatch(file)
    return found[1] if found else None


def large(file: str) -> str:
    """The name the record has for a file, large or small."""
    return file.removesuffix(".jpg").removesuffix(_SMALL) + ".jpg"


def small(file: str) -> str:
    """The name of the small one beside a file."""
    return file.removesuffix(".jpg") + _SMALL + ".jpg"


def there(catalogue: Path, named: Iterable[Photo]) -> tuple[Photo, ...]:
    """Those whose files are there: no page shows a broken picture."""
    beside = folder(catalogue)
    return tuple(
        one for one in named if (beside / one.file).exists() and (beside / small(one.file)).exists()
    )


def erase(catalogue: Path, files: Iterable[str]) -> None:
    """Deletes public photos by the names their records had."""
    for file in files:
        if place_of(file) is not None:
            for name in (file, small(file)):
                (folder(catalogue) / name).unlink(missing_ok=True)


def on_disk(catalogue: Path) -> Collection[str]:
    """The ids of places that have, or had, public photos."""
    return {found for one in _files(folder(catalogue)) if (found := place_of(one.name))}


def leftover(catalogue: Path, named: Collection[str], before: datetime) -> Sequence[Path]:
    """Public files that no record names and that are older than that moment."""
    found = [one for one in _files(folder(catalogue)) if large(one.name) not in named]
    return sorted(one for one in found if one.stat().st_mtime < before.timestamp())


def orphans(desk: sqlite3.Connection, instance: Path, before: datetime) -> Sequence[Path]:
    """Waiting files that the desk does not know, such as a kill leaves behind."""
    known = {row["id"] for row in desk.execute("select id from photo")}
    found = [one for one in _files(instance / FOLDER) if large(one.name)[:-4] not in known]
    return sorted(one for one in found if one.stat().st_mtime < before.timestamp())


def delete_files(found: Iterable[Path]) -> None:
    """Deletes what `leftover` and `orphans` have found."""
    for one in found:
        one.unlink(missing_ok=True)


def _make_room(desk: sqlite3.Connection, instance: Path, word: str, now: datetime) -> None:
    """Forgets forms that nobody sent.

    Raises Invalid when there are photos enough, of this form or of all of them.
    """
    old = desk.execute(
        "select id from photo where place = '' and added < ?", [stamp(now - HELD_FOR)]
    ).fetchall()
    drop(desk, instance, [row["id"] for row in old])
    if len(of(desk, word)) >= MOST:
        raise Invalid([Fault("photos", "too_many", limit=str(MOST))])
    if desk.execute("select count(*) from photo where place = ''").fetchone()[0] >= _MOST_HELD:
        raise Invalid([Fault("photos", "photos_later")])


def _waiting(row: sqlite3.Row) -> Waiting:
    names = ("id", "proposal", "alt", "author", "licence", "width", "height")
    return Waiting(*(row[name] for name in names))


def _small_of(photo_id: str) -> str:
    return small(f"{photo_id}.jpg")


def _files(where: Path) -> Sequence[Path]:
    return list(where.glob("*.jpg")) if where.is_dir() else []


def _put(path: Path, content: bytes, *, mode: int) -> None:
    path.parent.mkdir(mode=0o700 if mode == 0o600 else 0o755, parents=True, exist_ok=True)
    replacing.put(path, [content])
    path.chmod(mode)
