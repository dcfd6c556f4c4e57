"""A mail server: how it is named in a setting, and one connection for many letters.

A server that hangs would hold a worker for ever: every step has a time-out.
"""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_TIMEOUT = 15.0  # seconds
_TROUBLE = (OSError, smtplib.SMTPException)  # SMTPException is an OSError; said for the reader


class Unreachable(Exception):
    """The server takes no letter at all just now: it is away, or it does not know us."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server letters are handed to."""

    host: str
    port: int
    scheme: str = "smtp"
    """As in the setting: "smtp", "smtp+starttls" or "smtps"."""
    user: str = ""
    password: str = field(default="", repr=False)


def read(url: str) -> Smtp | None:
    """The server of a setting such as "smtp+starttls://user:pass@host:587"; None where empty.

    Raises ValueError, without repeating the password.
    """
    if not url:
        return None
    parts = urlsplit(url)
    known = parts.scheme in _PORTS and parts.hostname and not (parts.query or parts.fragment)
    if not known or parts.path not in ("", "/") or any(c.isspace() for c in url):
        raise ValueError("not the address of a mail server")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise ValueError("smtplib signs in with plain letters alone")
    return Smtp(
        parts.hostname or "", parts.port or _PORTS[parts.scheme], parts.scheme, user, password
    )


class Line:
    """A connection that is made when the first letter goes, and made anew when it was cut."""

    def __init__(self, smtp: Smtp) -> None:
        self._smtp = smtp
        self._open: smtplib.SMTP | None = None

    def ready(self) -> None:
        """Makes sure that somebody listens.

        Raises Unreachable.
        """
        if self._open is not None and _answers(self._open):
            return
        self.close()
        try:
            self._open = _connected(self._smtp)
        except _TROUBLE as error:
            raise Unreachable(type(error).__name__) from error

    def send(self, letter: EmailMessage) -> None:
        """Hands the letter over.  Raises what smtplib raises."""
        if self._open is None:
            self.ready()
        assert self._open is not None  # noqa: S101 - `ready` has made it
        self._open.send_message(letter)

    def close(self) -> None:
        """Says goodbye, if anybody is there to hear it."""
        if self._open is not None:
            with suppress(*_TROUBLE):
                self._open.quit()
            self._open.close()
            self._open = None


def _connected(smtp: Smtp) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if smtp.scheme == "smtps":
        made: smtplib.SMTP = smtplib.SMTP_SSL(
            smtp.host, smtp.port, timeout=_TIMEOUT, context=trusted
        )
    else:
        made = smtplib.SMTP(smtp.host, smtp.port, timeout=_TIMEOUT)
    try:
        if smtp.scheme == "smtp+starttls":
            made.starttls(context=trusted)
        if smtp.user:
            made.login(smtp.user, smtp.password)
    except BaseException:
        made.close()
        raise
    return made


def _answers(line: smtplib.SMTP) -> bool:
    try:
        return line.noop()[0] == 250
    except _TROUBLE:
        return False
