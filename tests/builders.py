"""Places made for tests: one good place, and whatever a test changes in it.

The same call gives the same place, always; nothing here is random and nothing reads the clock.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from places import geojson
from places.hours import WARSAW
from places.place import Place

NOW = datetime(2026, 3, 11, 12, 0, tzinfo=WARSAW)
"""The moment at which tests ask: a Wednesday noon in school term, no holiday."""
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"

_FIELDS: Mapping[str, Any] = {
    "id": "k3v7m2qa",
    "point": (50.0217, 19.9705),
    "name": "Klub Pod Lipą",
    "type": "dom_kultury",
    "address": {
        "city": "Kraków",
        "gmina": "Kraków",
        "teryt": "126101",
        "voivodeship": "małopolskie",
        "street": "ul. Lipowa 3",
        "district": "Podgórze",
    },
    "position": {"precision": "address", "uncertainty_m": 75},
    "sources": [{"url": "https://example.org/miejsca", "date": "2026-03-01"}],
}


def a_place(**changes: Any) -> Place:
    """A good place, with changes.

    `a_place(name="Żak")`, `a_place(address={"city": "Łódź"})` (the rest of the address stays) and
    `a_place(**{"address.city": "Łódź"})` all do what they seem to.  A field changed to None is
    left out.
    """
    return Place.read(fields(**changes))


def fields(**changes: Any) -> dict[str, Any]:
    """The same, as nested fields that nobody has checked yet."""
    made: dict[str, Any] = {}
    for name, value in (*_FIELDS.items(), *changes.items()):
        _put(made, name.split("."), value)
    return made


def an_id(number: int) -> str:
    """The number as a place's id; ids stand in the order of their numbers."""
    made = ""
    for _ in range(8):
        number, rest = divmod(number, len(_LETTERS))
        made = _LETTERS[rest] + made
    return made


def some_places(count: int, **changes: Any) -> list[Place]:
    """Places with ids and names of their own, 200 metres or more from each other."""
    columns = 100
    return [
        a_place(
            **{
                "id": an_id(number),
                "name": f"Klub Numer {number}",
                "point": (
                    round(50.0 + 0.002 * (number // columns), 6),
                    round(19.9 + 0.003 * (number % columns), 6),
                ),
                **changes,
            }
        )
        for number in range(count)
    ]


def a_catalogue(path: Path, places: Iterable[Place]) -> Path:
    """The places as a catalogue on disk."""
    geojson.write(path, places)
    return path


def _put(into: dict[str, Any], path: list[str], value: Any) -> None:
    *outer, last = path
    for name in outer:
        into = into.setdefault(name, {})
    if isinstance(value, Mapping):
        inner = into.setdefault(last, {})
        for name, one in value.items():
            _put(inner, [name], one)
    elif value is None:
        into.pop(last, None)
    else:
        into[last] = value
