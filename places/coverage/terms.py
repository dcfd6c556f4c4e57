"""The assumptions of coverage, each with its number; all are told on every page and report.

METHOD goes into the data stamp: raise it when a number here or a rule of counting changes, so that
an old link never shows new numbers.
"""

from typing import Any, NamedTuple

METHOD = 2
"""The version of the method."""


class Walker(NamedTuple):
    """Who walks."""

    metres_per_minute: float
    steps: float
    """How many times slower stairs are than level ground."""


WALKERS = {
    "adult": Walker(80.0, 1.5),  # 4.8 km/h
    "older": Walker(54.0, 2.5),  # 3.2 km/h
    "parent": Walker(60.0, 3.0),  # 3.6 km/h: a small child on foot, or a pram on the stairs
}
"""Whose pace: an adult, an older person, a parent with a small child."""
MINUTES = (5, 10, 15, 30)
"""The walking times that shares are given for."""
HEADLINE = 15
"""The one of them that a report opens with."""
GROUPS = {"total": "adult", "young": "parent", "old": "older"}
"""Whose residents: everybody, aged 0–14, aged 65 and more; and at whose pace the headline is."""
BANDS = (5, 10, 15, 30, 60)
"""Minutes that part residents into bands: up to 5, up to 10 … and over 60."""
DETOUR = 1.3
"""How many times longer a walk is than the straight line, where no street network is loaded."""
EXACT = 100.0
"""Metres.  A place known this exactly counts as a point; a vaguer one within its uncertainty."""
SNAP = 250.0
"""Metres from the network beyond which a point is measured by the straight line."""
NEAREST = 3
"""How many places "the nearest few" are."""
LONGEST = 120
"""Minutes from which a walk is no walk any more: all that is longer counts as this."""


class Window(NamedTuple):
    """A time of the week."""

    days: tuple[int, ...]
    """0 is Monday."""
    begins: int
    ends: int
    """Hours of the day."""
    enough: int
    """On how many of these days a place must be open, each for LEAST_OPEN minutes."""


TIMES = {
    "morning": Window((0, 1, 2, 3, 4), 9, 12, 3),
    "evening": Window((0, 1, 2, 3, 4), 17, 20, 3),
    "saturday": Window((5,), 10, 18, 1),
    "sunday": Window((6,), 10, 18, 1),
}
"""When: a weekday morning, a weekday evening, Saturday, Sunday."""
LEAST_OPEN = 60
"""Minutes a place must be open within a window to count as open then."""


def told() -> dict[str, Any]:
    """All of it, for a report."""
    return {
        "method": METHOD,
        "headline_minutes": HEADLINE,
        "detour": DETOUR,
        "exact_metres": EXACT,
        "snap_metres": SNAP,
        "longest_minutes": LONGEST,
        "walkers": {name: one._asdict() for name, one in WALKERS.items()},
        "groups": dict(GROUPS),
        "times": {name: one._asdict() for name, one in TIMES.items()},
        "least_open_minutes": LEAST_OPEN,
        "bands_up_to_minutes": BANDS,
    }
