"""An e-mail address of a person, as the desk keeps and compares it.

One spelling for one box: what is typed is trimmed and made small, a domain with Polish letters is
written the way mail servers know it.  A line break in an address would be a header of its own.
"""

import re

from places.errors import Fault, Invalid, shortened

_LONGEST = 254  # RFC 5321, with the angle brackets taken off
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_BOX = re.compile(rf"[a-z0-9!#$%&'*+/=?^_`{{|}}~.-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")


def read(text: str, field: str = "email") -> str:
    """The address in its one spelling.

    Raises Invalid, naming the field.
    """
    given = text.strip()
    if not given:
        raise Invalid([Fault(field, "missing")])
    if len(given) > _LONGEST:  # Before IDNA, which takes its time over long ones.
        raise Invalid([Fault(field, "not_an_email", shortened(given))])
    box, at, domain = given.casefold().rpartition("@")
    whole = f"{box}{at}{_known_to_servers(domain)}"
    if len(whole) > _LONGEST or not _BOX.fullmatch(whole) or _has_loose_dot(box):
        raise Invalid([Fault(field, "not_an_email", shortened(given))])
    return whole


def is_one(text: str) -> bool:
    """Whether that is an e-mail address."""
    try:
        return bool(read(text))
    except Invalid:
        return False


def domain_of(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2]


def _known_to_servers(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _has_loose_dot(box: str) -> bool:
    return box.startswith(".") or box.endswith(".") or ".." in box
