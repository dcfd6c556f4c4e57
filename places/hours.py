"""Opening times in OSM syntax: is a rule well-formed?

The rule itself is kept in the record as written; what is open at a moment is worked
out from it, never stored beside it.
"""

import re

import opening_hours

_WHERE = re.compile(r"-->\s*\d+:(\d+)")


def fault_in(rule: str) -> int | None:
    """The position (from 1) where the rule stops being OSM syntax; None when all of it is.

    https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
    """
    try:
        opening_hours.OpeningHours(rule, country="PL")
    except opening_hours.ParserError as error:  # type: ignore[attr-defined]
        found = _WHERE.search(str(error))
        return int(found[1]) if found else 1
    return None
