"""Passwords, for those who want one: kept as argon2, refused where they are easy to guess."""

import secrets
from functools import cache

import argon2

from places import text
from places.errors import Fault, Invalid

SHORTEST = 12
_LONGEST = 1000  # argon2 takes any length; a request should not
_FEWEST_LETTERS = 5
# What OWASP asks for at least: several tries at once must fit into a small machine.
_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hashed(password: str, own: str) -> str:
    """The password as it may be kept; `own` is what everybody knows of its owner.

    Raises Invalid, which never holds the password.
    """
    if not password:
        raise Invalid([Fault("password", "missing")])
    if len(password) < SHORTEST:
        raise Invalid([Fault("password", "password_short", limit=str(SHORTEST))])
    if len(password) > _LONGEST:
        raise Invalid([Fault("password", "too_long", limit=str(_LONGEST))])
    folded = text.fold(password)
    known = (word for word in text.words(own) if len(word) > 3)
    if len(set(folded)) < _FEWEST_LETTERS or folded.isdigit() or any(w in folded for w in known):
        raise Invalid([Fault("password", "password_weak")])
    return _HASHER.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether that is the password; where none is kept, no after as long a time."""
    nobodys = _nobodys()
    try:
        return _HASHER.verify(kept or nobodys, password[:_LONGEST]) and kept is not None
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe(16))
