"""Letters: written in the same step as the state they tell of, sent afterwards by `mail`.

Post a letter inside the caller's `writing`: if the state is not kept, neither is the letter.  The
key makes it happen once: the same key is never written twice, whatever runs twice.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from places import mailbox
from places.desk import moment, stamp, writing
from places.errors import NotFound

_NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_NOT_IN_A_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]+")
_LONGEST_SUBJECT = 200
PER_PAGE = 50
_WORD = re.compile(r"/[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])")  # as tokens.make gives them

MayDecide = Callable[[str, Iterable[str]], bool]


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be said to whom."""

    key: str
    """Such as "proposal:k3v7m2qa:confirm": no second letter with it is ever written."""
    recipient: str
    subject: str
    text: str
    html: str = ""
    about: str = ""
    """The id of the proposal it is about, which whoever decides on that may read; or of a place."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter in the outbox."""

    id: int
    letter: Letter
    made: datetime
    sent: datetime | None
    tries: int
    fault: str
    """What the mail server said when it could not be sent."""
    bounced: datetime | None
    """When it turned out that there is no such mailbox."""


def post(desk: sqlite3.Connection, letter: Letter, now: datetime) -> bool:
    """Puts the letter into the outbox; False where one with its key was there before.

    Raises Invalid when the recipient is no mailbox.
    """
    row = [
        letter.key,
        mailbox.read(letter.recipient),
        one_line(letter.subject),
        _printable(letter.text),
        _printable(letter.html),
        letter.about,
        stamp(now),
    ]
    with writing(desk):
        made = desk.execute(
            "insert into letter (key, recipient, subject, text, html, about, made)"
            " values (?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing",
            row,
        )
    return made.rowcount == 1


def one_line(text: str) -> str:
    """A text that cannot begin a header of its own."""
    return re.sub(" +", " ", _NOT_IN_A_LINE.sub(" ", text)).strip()[:_LONGEST_SUBJECT]


def outbox(
    desk: sqlite3.Connection, may_decide: MayDecide | None = None, *, page: int = 1
) -> tuple[int, tuple[Posted, ...]]:
    """How many letters there are, and those of a page, newest first.

    With `may_decide` (of a TERYT and the networks) those about proposals it agrees to.
    """
    if may_decide is None:
        numbers = [row[0] for row in desk.execute("select id from letter order by id desc")]
    else:
        numbers = _theirs(desk, may_decide)
    first = PER_PAGE * (page - 1)
    return len(numbers), tuple(find(desk, one) for one in numbers[first : first + PER_PAGE])


def is_readable(desk: sqlite3.Connection, one: Posted, may_decide: MayDecide | None = None) -> bool:
    """Whether that letter is among those `outbox` gives."""
    return may_decide is None or one.id in _theirs(desk, may_decide, one.id)


def shown(letter: Letter) -> str:
    """Its text for the desk: a link that signs somebody in is for nobody else."""
    return masked(letter.text) if letter.key.startswith("sign-in:") else letter.text


def masked(text: str) -> str:
    """The text without the words of its links: whoever reads it has none of the rights."""
    return _WORD.sub("/…", text)


def find(desk: sqlite3.Connection, letter_id: int) -> Posted:
    """One letter.

    Raises NotFound.
    """
    rows = desk.execute("select * from letter where id = ?", [letter_id]).fetchall()
    if not rows:
        raise NotFound("letter")
    return _posted(rows[0])


def latest(desk: sqlite3.Connection, beginning: str) -> datetime | None:
    """When the last letter was written whose key begins so; None when there is none."""
    row = desk.execute(
        "select max(made) from letter where substr(key, 1, ?) = ?", [len(beginning), beginning]
    ).fetchone()
    return moment(row[0])


def waiting(desk: sqlite3.Connection) -> Iterator[Posted]:
    """Letters that were never sent and may still be, the oldest first, one by one: in a week
    without a mail server there are many."""
    rows = desk.execute("select id from letter where sent is null and bounced is null order by id")
    return (find(desk, row[0]) for row in rows.fetchall())


def unsent(desk: sqlite3.Connection) -> Sequence[Posted]:
    """Letters nobody got: those that wait and those that came back, the oldest first."""
    rows = desk.execute("select * from letter where sent is null order by id").fetchall()
    return [_posted(row) for row in rows]


def _printable(text: str) -> str:
    return _NOT_IN_A_TEXT.sub(" ", text.replace("\r\n", "\n"))


def _theirs(
    desk: sqlite3.Connection, may_decide: MayDecide, letter_id: int | None = None
) -> list[int]:
    rows = desk.execute(
        "select letter.id, teryt, networks from letter join proposal on proposal.id = letter.about"
        " where ?1 is null or letter.id = ?1 order by letter.id desc",
        [letter_id],
    )
    return [row["id"] for row in rows if may_decide(row["teryt"], json.loads(row["networks"]))]


def _posted(row: sqlite3.Row) -> Posted:
    made = moment(row["made"])
    assert made is not None  # noqa: S101 - the table demands it; this is for the type alone
    names = ("key", "recipient", "subject", "text", "html", "about")
    return Posted(
        id=row["id"],
        letter=Letter(*(row[name] for name in names)),
        made=made,
        sent=moment(row["sent"]),
        tries=row["tries"],
        fault=row["fault"],
        bounced=moment(row["bounced"]),
    )
