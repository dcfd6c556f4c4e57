"""Every letter leaves here: by SMTP where that is set, else as a file in `instance/outbox`.

A letter is noted as sent only after it was taken, so a crash in between sends it twice, under the
same Message-ID; it is never lost.  What fails stays and is tried again, each time after twice as
long.  No address and no word of a letter goes to the log: there a letter is its number.
"""

import fcntl
import logging
import os
import smtplib
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from places import letters, mailbox, owners, storage
from places.desk import stamp, writing
from places.letters import Letter, Posted
from places.smtp import Line, Smtp, Unreachable

OUTBOX = "outbox"
NOBODY = "nie-odpowiadaj@localhost"
"""Who sends where no sender is set; good for files alone."""
MOST_TRIES = 11
"""Then a letter is given up; a week has passed."""
_FIRST_WAIT = timedelta(minutes=5)
_NAME = "Miejsca Otwarte"
_STAMP = "%Y%m%dT%H%M%SZ"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a run did."""

    sent: int
    failed: int
    """Not sent now; most will be tried again."""


class _Way(Protocol):
    """How letters leave."""

    def ready(self) -> None: ...
    def send(self, letter: EmailMessage) -> None: ...
    def close(self) -> None: ...
    def leaves(self, letter: Letter) -> dict[str, str]: ...


def deliver(
    desk: sqlite3.Connection,
    instance: Path,
    smtp: Smtp | None,
    now: datetime,
    most: int = 50,
    sender: str = NOBODY,
) -> Delivered:
    """Sends what waits and is due, the oldest first; what fails is tried again later.

    Whoever else is delivering is waited for, so that no letter is sent by two.
    """
    with storage.locked(instance / "mail.lock", fcntl.LOCK_EX):
        due = list(islice((one for one in letters.waiting(desk) if now >= due_at(one)), most))
        sent = 0
        with closing(_ByServer(smtp) if smtp else _Files(instance / OUTBOX)) as way:
            try:
                for one in due:
                    way.ready()
                    sent += _sent(desk, way, one, message(one, sender, now), now)
            except Unreachable as error:
                _log.warning("the mail server takes no letters: %s", error)
        return Delivered(sent, len(due) - sent)


def due_at(one: Posted) -> datetime:
    """From when on it may be tried: at once, after 5 minutes, 15, 35 and so on."""
    if one.tries >= MOST_TRIES:
        return datetime.max.replace(tzinfo=UTC)
    waits: int = 2**one.tries - 1
    return one.made + _FIRST_WAIT * waits


def message(one: Posted, sender: str, now: datetime) -> EmailMessage:
    """The letter as it travels: plain text and, where there is one, the same in HTML."""
    letter = one.letter
    made = EmailMessage(policy=POLICY)
    made["From"] = f"{_NAME} <{sender}>"
    made["To"] = letter.recipient
    made["Subject"] = letters.one_line(letter.subject)
    made["Date"] = now
    # Made of the key: sent twice after a crash, it is one letter to mail programs.
    name = sha256(f"{one.id} {letter.key}".encode()).hexdigest()[:32]
    made["Message-ID"] = f"<{name}@{mailbox.domain_of(sender)}>"
    made["Auto-Submitted"] = "auto-generated"
    if is_regular(letter):
        wish = quote("Proszę nie pytać mnie o\u00a0to miejsce")
        made["List-Unsubscribe"] = f"<mailto:{sender}?subject={wish}>"
    made.set_content(letter.text)
    if letter.html:
        made.add_alternative(letter.html, subtype="html")
    return made


def is_regular(letter: Letter) -> bool:
    """Whether it comes again and again by itself, so that one may ask for no more of them."""
    return letter.key.startswith("upkeep")


def remove_files(instance: Path, is_theirs: Callable[[str], bool]) -> int:
    """Deletes letters in files of which any header or text is theirs; how many there were."""
    found = [one for one in _outbox(instance) if is_theirs(_whole_text(one.read_bytes()))]
    return delete_files(instance, [one.name for one in found])


def old_files(instance: Path, before: datetime) -> Sequence[str]:
    """The names of the letters in files that were written before that moment."""
    limit = f"{before.astimezone(UTC):{_STAMP}}"
    return sorted(
        one.name for one in _outbox(instance) if one.suffix == ".eml" and one.name < limit
    )


def delete_files(instance: Path, names: Iterable[str]) -> int:
    """Deletes letters in files; how many there were."""
    there = [instance / OUTBOX / name for name in names]
    for one in there:
        one.unlink(missing_ok=True)
    return len(there)


def _outbox(instance: Path) -> Sequence[Path]:
    folder = instance / OUTBOX
    return [one for one in folder.iterdir() if one.is_file()] if folder.is_dir() else []


def _whole_text(written: bytes) -> str:
    """Everything a letter says: its headers, its texts."""
    letter = message_from_bytes(written, policy=POLICY)
    texts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*map(str, letter.values()), *texts])


class _ByServer(Line):
    def leaves(self, letter: Letter) -> dict[str, str]:
        """Only the recipient has the words of its links now; a copy of the desk must not."""
        return {"text": letters.masked(letter.text), "html": ""}


class _Files:
    """The outbox of a laptop: a file for each letter, named without an address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ready(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def send(self, letter: EmailMessage) -> None:
        moment = letter["Date"].datetime.astimezone(UTC)
        name = f"{moment:{_STAMP}}-{letter['Message-ID'][1:13]}.eml"
        # A temporary file may be read by its owner alone.
        number, aside = tempfile.mkstemp(dir=self._folder)
        with os.fdopen(number, "wb") as file:
            file.write(letter.as_bytes())
        Path(aside).replace(self._folder / name)

    def close(self) -> None:
        """Nothing stays open."""

    def leaves(self, letter: Letter) -> dict[str, str]:
        """Here the desk shows the letters whole: nobody gets them otherwise."""
        return {}


def _sent(
    desk: sqlite3.Connection, way: _Way, one: Posted, whole: EmailMessage, now: datetime
) -> bool:
    # Before the sending, or one that kills us would be tried for ever.
    _note(desk, one, tries=one.tries + 1)
    try:
        way.send(whole)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        _refused(desk, one, code, said)
        if code >= 500:
            _bounced(desk, one, now)
    except smtplib.SMTPDataError as error:
        _refused(desk, one, error.smtp_code, error.smtp_error)
        if error.smtp_code >= 500:
            _note(desk, one, tries=MOST_TRIES)
    except (OSError, smtplib.SMTPException) as error:
        _refused(desk, one, 0, type(error).__name__)
        raise Unreachable(type(error).__name__) from error
    else:
        _note(desk, one, sent=stamp(now), fault="", **way.leaves(one.letter))
        return True
    return False


def _refused(desk: sqlite3.Connection, one: Posted, code: int, said: bytes | str) -> None:
    _log.warning("letter %d was not sent: %d", one.id, code)
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    _note(desk, one, fault=letters.one_line(f"{code} {text}" if code else text))


def _bounced(desk: sqlite3.Connection, one: Posted, now: datetime) -> None:
    with writing(desk):
        _note(desk, one, bounced=stamp(now))
        owners.bounce(desk, one.letter.recipient, now)


def _note(desk: sqlite3.Connection, one: Posted, **columns: str | int) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    with writing(desk):
        desk.execute(f"update letter set {names} where id = ?", [*columns.values(), one.id])
