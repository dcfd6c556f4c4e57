"""What a table may do to a place that is known, when it comes by the desk.

A cell of the row speaks of this place; a constant speaks of the list.  So a constant fills in what
is unknown and never replaces what somebody has found out, and the list's page joins the sources.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from places import amendments
from places.columns import REFS
from places.errors import Fault, Invalid
from places.place import Place

NOT_BY_TABLE = frozenset({"photos", "merged_into"})
"""Files and other records hang on these."""


def values(
    known: Place, given: Mapping[str, Any], said: Mapping[str, Any], *, only_unknown: bool
) -> dict[str, Any]:
    """What of the `given` is meant for a known place, where the row itself `said` a part of it."""
    held = amendments.flat(known)
    # How exact a point is belongs to that point, though the whole list may say it at once.
    is_moved = any(name in said and held[name] != said[name] for name in ("lat", "lon"))

    def is_meant(name: str) -> bool:
        if name in amendments.BOOKKEEPING:
            return False
        is_said = name in said or (is_moved and name.startswith("position."))
        return name not in held or (is_said and _is_better(name, only_unknown))

    meant = {name: value for name, value in given.items() if is_meant(name)}
    changed = any(held.get(name) != value for name, value in meant.items())
    if changed and "sources" in given and "sources" not in said:
        meant["sources"] = _joined(held.get("sources", []), given["sources"])
    return meant


def check(may: Callable[[Place], bool], states: Iterable[Place], changes: Iterable[str]) -> None:
    """Raises Invalid when a table may not do that."""
    faults = [Fault(name, "not_by_table") for name in changes if name in NOT_BY_TABLE]
    outside = [one for one in states if not may(one)]
    if outside:
        faults.append(Fault("address.gmina", "beyond_area", outside[0].address.gmina))
    if faults:
        raise Invalid(faults)


def _is_better(name: str, only_unknown: bool) -> bool:
    return not only_unknown or name.startswith(REFS)


def _joined(held: Any, given: Any) -> Any:
    """The sources of the record, and those of the list that are not among them."""
    if not isinstance(given, list):
        return given  # Not what it should be, which the record's own check will say.
    known = [_key(one) for one in held]
    return [*held, *(one for one in given if _key(one) not in known)]


def _key(source: Any) -> Any:
    return (source.get("url") or source.get("name")) if isinstance(source, dict) else None
