"""What the desk has kept for long enough goes by itself: people first, then what only they needed.

`due` says what that is and changes nothing; `purge` removes just that.  A proposal that was
accepted stays, as a number in the history of its place; who sent it does not.
"""

import calendar
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from places import forgetting, geojson, mail, photos, uploads
from places.desk import stamp, writing

ORIGIN_DAYS = 30
"""How long the blinded network address of a sender is kept: against floods, and no longer."""
PHOTO_DAYS = 30
"""How long photos nobody shows stay on the disk: so that a decision can be undone."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long things are kept."""

    senders: int
    """Months after the decision; of owners, after they stopped; of who is blocked, since then."""
    unconfirmed: int
    """Days."""
    letters: int
    """Days after they were sent or given up."""


@dataclass(frozen=True, slots=True)
class Due:
    """What has been kept long enough, by its ids or names."""

    senders: Sequence[str] = ()
    """Accepted proposals whose senders go."""
    proposals: Sequence[str] = ()
    """Proposals that go whole: not confirmed, or turned down long ago."""
    origins: Sequence[str] = ()
    owners: Sequence[str] = ()
    letters: Sequence[str] = ()
    letter_files: Sequence[str] = ()
    tokens: Sequence[str] = ()
    blocked: Sequence[tuple[str, str]] = ()
    photos: Sequence[str] = ()
    """Waiting ones of what is decided, and of forms nobody sent."""
    uploads: Sequence[str] = ()
    """Tables that moderators have sent and never decided on."""
    photo_files: Sequence[Path] = ()
    """Files that nothing speaks of, waiting or public."""

    def counts(self) -> dict[str, int]:
        """How many of each, without what there is none of."""
        names = self.__dataclass_fields__
        return {name: len(found) for name in names if (found := getattr(self, name))}


def due(
    desk: sqlite3.Connection, instance: Path, catalogue: Path, terms: Terms, now: datetime
) -> Due:
    """What goes now; the catalogue is asked which photos it shows."""
    long_ago = stamp(months_before(now, terms.senders))
    decided = _ids(
        desk,
        "select id from proposal where state = 'accepted' and decided < ?"
        " and (id in (select proposal from sender) or note <> '' or reason <> '')",
        long_ago,
    )
    return Due(
        senders=decided,
        proposals=[
            *_ids(
                desk,
                "select id from proposal where state in ('rejected', 'withdrawn', 'spam')"
                " and decided < ?",
                long_ago,
            ),
            *_ids(
                desk,
                "select id from proposal where state = 'unconfirmed' and sent < ?",
                _days_before(now, terms.unconfirmed),
            ),
        ],
        origins=_ids(
            desk,
            "select proposal from sender join proposal on proposal.id = sender.proposal"
            " where origin <> '' and sent < ?",
            _days_before(now, ORIGIN_DAYS),
        ),
        owners=_ids(desk, "select id from owner where ended < ?", long_ago),
        letters=_ids(
            desk,
            f"select id from letter where coalesce(sent, bounced) < ?1"
            f" or (tries >= {mail.MOST_TRIES} and made < ?1)",
            _days_before(now, terms.letters),
        ),
        letter_files=mail.old_files(instance, now - timedelta(days=terms.letters)),
        tokens=_ids(
            desk,
            "select hash from token where coalesce(ended, ends) < ?",
            _days_before(now, terms.letters),
        ),
        blocked=[
            (row[0], row[1])
            for row in desk.execute("select kind, value from blocked where since < ?", [long_ago])
        ],
        photos=_photos(desk, now),
        uploads=uploads.old(desk, instance, now),
        photo_files=_photo_files(desk, instance, catalogue, now),
    )


def purge(desk: sqlite3.Connection, instance: Path, found: Due) -> bool:
    """Removes it; whether the files of the desk hold nothing of it any more."""
    with writing(desk):
        forgetting.delete(desk, instance, found.proposals)
        forgetting.make_anonymous(desk, found.senders)
        for sql, values in (
            ("update sender set origin = '' where proposal = ?", found.origins),
            ("delete from owner where id = ?", found.owners),
            ("delete from letter where id = ?", found.letters),
            ("delete from token where hash = ?", found.tokens),
        ):
            desk.executemany(sql, ((one,) for one in values))
        desk.executemany("delete from blocked where kind = ? and value = ?", found.blocked)
        photos.drop(desk, instance, found.photos)
        uploads.drop(desk, instance, found.uploads)
    mail.delete_files(instance, found.letter_files)
    photos.delete_files(found.photo_files)
    return forgetting.scrub(desk) if found.counts() else True


def _photos(desk: sqlite3.Connection, now: datetime) -> Sequence[str]:
    return [
        *_ids(
            desk,
            "select photo.id from photo join proposal on proposal.id = photo.proposal"
            " where decided < ?",
            _days_before(now, PHOTO_DAYS),
        ),
        *_ids(
            desk,
            "select id from photo where added < ? and proposal not in (select id from proposal)",
            stamp(now - photos.HELD_FOR),
        ),
    ]


def _photo_files(
    desk: sqlite3.Connection, instance: Path, catalogue: Path, now: datetime
) -> Sequence[Path]:
    before = now - timedelta(days=PHOTO_DAYS)
    return [
        *photos.orphans(desk, instance, before),
        *photos.leftover(catalogue, _named(catalogue), before),
    ]


def _named(catalogue: Path) -> Collection[str]:
    """The photos that records name, also those that are in no list now.

    Raises Invalid: a catalogue that cannot be read is no reason to delete.
    """
    if geojson.stamp(catalogue) is None:
        return ()
    known = geojson.pick(catalogue, photos.on_disk(catalogue))
    return {photo.file for one in known.values() for photo in one.photos}


def _ids(desk: sqlite3.Connection, sql: str, value: str) -> list[str]:
    return [row[0] for row in desk.execute(sql, [value])]


def _days_before(now: datetime, days: int) -> str:
    return stamp(now - timedelta(days=days))


def months_before(now: datetime, months: int) -> datetime:
    """The same day so many months ago, or the last of a shorter month."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return now.replace(year=year, month=month + 1, day=min(now.day, last))
