"""A letter in words: what has become of it."""

from flask_babel import gettext

from places.letters import Posted
from places.web.words.decisions import at


def state_of_letter(one: Posted) -> str:
    """Whether it was sent, waits or came back."""
    if one.bounced:
        return gettext("nie ma takiej skrzynki")
    if one.sent:
        return gettext("wysłany %(at)s", at=at(one.sent))
    if one.tries:
        return gettext("czeka; prób: %(tries)s", tries=one.tries)
    return gettext("czeka")
