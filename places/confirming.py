"""What an owner answers to "is this still true?": by a link, without signing in.

Looking changes nothing.  "Still true" vouches for the facts that were shown and no others: should
one have changed meanwhile, the page is shown again.  "Gone" closes nothing by itself: it is a
problem like any other, and a moderator decides.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from places import amendments, asks, owners, publishing, submissions, tokens
from places.asks import Answer, Ask
from places.desk import packed, writing
from places.errors import Conflict, Expired, NotFound
from places.freshness import GROUPS
from places.hours import WARSAW
from places.owners import Owner
from places.place import Place
from places.publishing import Press
from places.submissions import Sender

_LINK_DAYS = 60  # how long the way to the owner's page lasts that "change" opens


@dataclass(frozen=True, slots=True)
class Question:
    """What a link asks."""

    ask: Ask
    owner: Owner
    place: Place
    groups: tuple[str, ...]
    """The groups of facts an answer would vouch for."""
    seen: str
    """Stands for these facts as they are now: send it back with the answer."""


def question(press: Press, word: str) -> Question:
    """What the link asks; changes nothing.

    Raises NotFound and Expired, this also when the place or its owner is gone.
    """
    token = tokens.look(press.desk, "upkeep", word, press.now)
    return _question(press, token.subject)


def answer(press: Press, word: str, given: Answer, seen: str) -> str:
    """Takes the answer down; of "change" the word of a link to the owner's page, else "".

    The same answer twice is one answer.  Raises NotFound, Expired, and Conflict("newer") when the
    facts are not those that were shown.
    """
    with writing(press.desk):
        token = tokens.use(press.desk, "upkeep", word, press.now)
        asked = _question(press, token.subject)
        if given == "change":
            return _change(press, asked)
        if asked.ask.answer != given:
            if given == "still":
                _vouch(press, asked, seen)
            else:
                _report(press, asked)
            asks.settle(press.desk, asked.ask, given, press.now)
            asks.settle_others(press.desk, asked.ask, press.now)
            owners.break_silence(press.desk, asked.owner.id)
    return ""


def _question(press: Press, subject: str) -> Question:
    try:
        ask = asks.find(press.desk, subject)
        owner = owners.find(press.desk, ask.owner)
        place = publishing.current(press, ask.place)
    except NotFound:
        raise Expired("upkeep") from None
    if owner.ended is not None or not place.listed:
        raise Expired("upkeep")
    groups = () if ask.of_edition else tuple(name for name in GROUPS if name in ask.facts)
    return Question(ask, owner, place, groups, _digest(place, groups))


def _vouch(press: Press, asked: Question, seen: str) -> None:
    if seen != asked.seen:
        raise Conflict("newer")
    today = press.now.astimezone(WARSAW).date().isoformat()
    values: dict[str, Any] = {}
    for name in asked.groups:
        values |= {f"checked.{name}.on": today, f"checked.{name}.by": "owner"}
    publishing.publish(press, asked.place.id, values, made_by="owner", what="confirmed")


def _change(press: Press, asked: Question) -> str:
    if not asked.ask.answer:
        asks.settle(press.desk, asked.ask, "change", press.now)
        owners.break_silence(press.desk, asked.owner.id)
    # Beside their lasting link, which goes on working.
    return tokens.make(press.desk, "owner", str(asked.owner.id), press.now, days=_LINK_DAYS)


def _report(press: Press, asked: Question) -> None:
    sender = Sender(asked.owner.email, asked.owner.name, runs_it=True)
    made = submissions.problem(press.desk, asked.place, "closed", "", sender, press.now)
    submissions.confirm(press.desk, made.id, press.now)


def _digest(place: Place, groups: tuple[str, ...]) -> str:
    facts = {
        name: value
        for name, value in amendments.flat(place).items()
        if amendments.group_of(name) in groups
    }
    return hashlib.sha256(packed(facts).encode()).hexdigest()[:16]
