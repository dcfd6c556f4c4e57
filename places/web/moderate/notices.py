"""The letters of the desk: a decision with its reason, a question, a link for an owner.

None where the sender has been forgotten, or is a list: there is nobody to write to.
"""

from typing import Any

from places import submissions, tokens
from places.letters import Letter
from places.owners import Owner
from places.submissions import Proposal
from places.web import correspondence, current


def decided(name: str, proposal: Proposal, **values: Any) -> Letter | None:
    """The letter of that template to whoever sent the proposal, with a link to it."""
    desk, now = current.desk(), current.now()
    sender = submissions.sender(desk, proposal.id)
    if sender is None or not sender.email:
        return None
    word = tokens.make(desk, "proposal", proposal.id, now)
    # The same decision after an undo is another decision, and is told again.
    key = f"proposal:{proposal.id}:{name}:{now.isoformat(timespec='seconds')}"
    return correspondence.write(
        name, sender.email, key, about=proposal.id, proposal=proposal, word=word, **values
    )


def owner(one: Owner, place_name: str, word: str) -> Letter:
    """The letter with an owner's lasting link."""
    key = f"owner:{one.id}:{current.now().isoformat(timespec='seconds')}"
    return correspondence.write(
        "owner", one.email, key, about=one.place, owner=one, place_name=place_name, word=word
    )
