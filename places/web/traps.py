"""What tells a person from a program, without asking anybody outside and without puzzles.

A field nobody sees, the time it took to fill the form, how many addresses of pages stand in the
texts.  Nothing here throws away what a person wrote: whoever was too fast is asked to send it
again, and then may.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from places.errors import Fault
from places.web import cookies
from places.web.forms import Form

HONEY = "potwierdzenie_strony"
"""The name of the field nobody sees."""
STARTED = "start"
FEWEST_SECONDS = 5
_LONGEST_DAYS = 30
MOST_LINKS = 2
"""Addresses of pages among the texts; the fields for such addresses do not count."""
_ADDRESS = re.compile(r"(?i)(?:\b[a-z][a-z0-9+.-]*://|\bwww\.)\S*")
_LINK = re.compile(r"(?i)https?://|\bwww\.|\[url|<a\b")


def started(now: datetime, *, again: bool = False) -> str:
    """The moment a form was given out, signed, for its hidden field."""
    return signed("start", [int(now.timestamp()), again])


def is_caught(form: Form) -> bool:
    """Whether a field was filled that nobody sees."""
    return bool(form.get(HONEY, "").strip())


def faults(form: Form, now: datetime) -> Iterator[Fault]:
    """Why the form has to be sent once more: it came at once, or from nowhere."""
    found = unsigned("start", form.get(STARTED, ""))
    if not isinstance(found, list):
        yield Fault("", "form_expired")
        return
    begun, again = found
    seconds = now.timestamp() - begun
    if seconds > _LONGEST_DAYS * 86_400:
        yield Fault("", "form_expired")
    elif seconds < FEWEST_SECONDS and not again:
        yield Fault("", "too_fast")


def links(texts: Sequence[str]) -> int:
    """How many addresses of pages stand in the texts."""
    return sum(len(_LINK.findall(one)) for one in texts)


def without_links(text: str) -> str:
    """The text without the addresses of pages that stand in it."""
    return _ADDRESS.sub("…", text)


def signed(purpose: str, value: Any) -> str:
    """The value as a word that nobody else can make; readable, so never a secret."""
    return str(_signer(purpose).dumps(value))


def unsigned(purpose: str, word: str) -> Any:
    """The value back; None where the word is not ours."""
    try:
        return _signer(purpose).loads(word)
    except BadSignature:
        return None


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(cookies.key(current_app), salt=f"form {purpose}")
