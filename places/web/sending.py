"""The last step of every form: the proposal, the link to it and the letter, all in one step.

Whoever is blocked or caught by a trap sees the same page as everybody else and sends nothing.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from flask import current_app

from places import letters, people, senders, tokens
from places.desk import failure, writing
from places.errors import Fault, Invalid
from places.submissions import Proposal, Sender
from places.web import access, correspondence, current, traps
from places.web.forms import Form


def faults(form: Form, sender: Sender) -> Iterator[Fault]:
    """Why it cannot be sent now, whatever it says."""
    yield from traps.faults(form, current.now())
    if sender.email and senders.sends_too_often(
        current.desk(), sender.email, sender.origin, current.now()
    ):
        yield Fault("", "too_often")


def send(form: Form, sender: Sender, make: Callable[[], Proposal]) -> Sequence[Fault]:
    """Keeps the proposal and writes the letter that asks to confirm it; else why it cannot."""
    desk = current.desk()
    if traps.is_caught(form) or people.is_blocked(desk, sender.email, sender.origin):
        return ()
    try:
        with writing(desk):
            _keep(sender, make())
    except Invalid as error:
        return error.faults
    except sqlite3.Error as error:
        if (refusal := failure(error)) is None:
            raise
        current_app.logger.error("%s", refusal)
        return [Fault("", "not_kept")]  # The form is still there, and goes out once more.
    current.deliver()
    return ()


def origin() -> str:
    """Where the request comes from, as the desk keeps it."""
    return access.origin()


def _keep(sender: Sender, proposal: Proposal) -> None:
    desk = current.desk()
    word = tokens.make(desk, "proposal", proposal.id, current.now())
    link = correspondence.address("sender.show", word=word)
    # Nobody has said yet that they want this letter: it carries no address but ours.
    bare = replace(
        proposal, name=traps.without_links(proposal.name), city=traps.without_links(proposal.city)
    )
    letter = correspondence.write(
        "confirm",
        sender.email,
        f"proposal:{proposal.id}:confirm",
        about=proposal.id,
        proposal=bare,
        link=link,
    )
    letters.post(desk, letter, current.now())
