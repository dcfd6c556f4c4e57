"""What in public words looks like a private person's: a mobile, a mailbox, a PESEL number, a name.

Nothing is refused here: a village club may have no number but a mobile.  A moderator is told, and
asks whether the person agrees.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_MOBILE = re.compile(
    r"(?<![0-9+])(?:(?:\+|00)48[\s().-]*)?\(?"
    r"(?:45|5[0137]|6[069]|7[2389]|88)(?:[\s().-]?[0-9]){7}(?![0-9])"
)
_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PROVIDERS = frozenset(
    {
        "gmail.com", "googlemail.com", "wp.pl", "wp.eu", "o2.pl", "op.pl", "onet.pl", "onet.eu",
        "poczta.onet.pl", "poczta.onet.eu", "vp.pl", "autograf.pl", "buziaczek.pl", "interia.pl",
        "interia.eu", "interia.com", "poczta.fm", "intmail.pl", "adresik.net", "gazeta.pl",
        "tlen.pl", "go2.pl", "prokonto.pl", "outlook.com", "hotmail.com", "live.com", "msn.com",
        "yahoo.com", "yahoo.pl", "icloud.com", "me.com", "proton.me", "protonmail.com", "spoko.pl",
        "neostrada.pl", "amorki.pl", "poczta.pl", "pro.wp.pl", "list.pl", "mail.com", "gmx.com",
    }
)  # fmt: skip
"""Where private people have their mailboxes."""
_PERSONAL_BOX = re.compile(r"[a-z]{1,20}[._][a-z-]{3,30}")
_ROLES = frozenset(
    {
        "biuro", "kontakt", "dom", "klub", "sekretariat", "info", "gok", "ckk", "cal", "mal", "mam",
        "centrum", "osrodek", "kultura", "kultury", "swietlica", "biblioteka", "filia", "urzad",
        "gmina", "fundacja", "stowarzyszenie", "poczta", "recepcja", "sekcja", "osiedle", "rada",
        "senior", "seniora", "seniorow", "mlodziez", "dzielnica", "miejsce", "miejska", "miejski",
    }
)  # fmt: skip
"""What stands in mailboxes of offices on either side of a dot."""
_ELEVEN = re.compile(r"(?<![0-9])[0-9]{11}(?![0-9])")
_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_NAME = re.compile(r"\b[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]{2,}\s+[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż-]{2,}\b")
_OF_PEOPLE = frozenset({"rules.key_holder"})
"""Fields in which a role should stand."""
_NOT_WORDS = ("address.", "position.", "refs.", "checked.", "photos", "sources", "licence")


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to look at."""

    field: str
    code: str
    """"mobile", "mailbox", "pesel" or "person"."""


def warnings(values: Mapping[str, Any]) -> tuple[Caution, ...]:
    """What a moderator should look at before these values become public, each once."""
    found = (
        Caution(field, code)
        for field, value in values.items()
        if not field.startswith(_NOT_WORDS)
        for said in _texts(value)
        for code in _codes(field, said)
    )
    return tuple(dict.fromkeys(found))


def _codes(field: str, said: str) -> Iterator[str]:
    if _MOBILE.search(said):
        yield "mobile"
    if any(_is_private(one) for one in _MAILBOX.findall(said)):
        yield "mailbox"
    if any(map(_is_pesel, _ELEVEN.findall(said))):
        yield "pesel"
    if field in _OF_PEOPLE and _NAME.search(said):
        yield "person"


def _is_private(mailbox: str) -> bool:
    box, _at, domain = mailbox.casefold().partition("@")
    if domain in _PROVIDERS:
        return True
    return bool(_PERSONAL_BOX.fullmatch(box)) and _ROLES.isdisjoint(re.split("[._-]", box))


def _is_pesel(digits: str) -> bool:
    """Whether the number holds a date of birth and its own check."""
    numbers = [int(one) for one in digits]
    total = sum(weight * number for weight, number in zip(_WEIGHTS, numbers, strict=False))
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    return (10 - total % 10) % 10 == numbers[10] and 1 <= month <= 12 and 1 <= day <= 31


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
