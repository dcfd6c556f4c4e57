"""A real mail server on this machine, which can be told to refuse."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class MailServer:
    """What it took, and how it answers."""

    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    connections: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    """By recipient: what is said of them, such as "550 no such user"."""
    answer: str = "250 OK"
    """What is said of a letter as a whole."""
    hang_up_after: int = 0
    """Close the line after so many letters; 0: never."""
    logins: list[str] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if not self.answer.startswith("250"):
            return self.answer
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.letters.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        self.recipients += envelope.rcpt_tos
        if self.hang_up_after and len(self.letters) % self.hang_up_after == 0:
            server.transport.close()  # type: ignore[union-attr]
        return self.answer

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, answers: Any
    ) -> Any:
        session.host_name = hostname
        self.connections += 1
        return answers

    def knows(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any
    ) -> Any:
        """Whether somebody may send: user "kto", password "haslo!"."""
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password.decode() == "haslo!")


class _Anywhere(Controller):
    """Takes a free port, which its base does not know until it listens."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(
    tls: ssl.SSLContext | None = None, *, sign_in: bool = False
) -> Iterator[MailServer]:
    """A server that runs until the end of the block."""
    made = MailServer()
    controller = _Anywhere(
        made, hostname="127.0.0.1", port=0, tls_context=tls, require_starttls=tls is not None,
        authenticator=made.knows if sign_in else None, auth_required=sign_in,
        auth_require_tls=tls is not None,
    )  # fmt: skip
    controller.start()
    try:
        made.port = controller.port
        yield made
    finally:
        controller.stop()
