"""Is this place perhaps in the catalogue already?  Asks the index for a few, then judges those.

What makes two records one place is said in exchange/duplicates.py; here are only the candidates:
what lies near, what is vague in the same gmina, and what has the same name there.
"""

import json
from collections.abc import Iterator

from places import geojson, text
from places.exchange.duplicates import Register, Twin
from places.geo import box_around
from places.index import Index
from places.place import Place
from places.vocabulary import PINNED

__all__ = ["Twin", "probable"]

_NEAR = 500  # metres
_MOST_VAGUE = 300  # of one gmina, which may be a large city


def probable(index: Index, place: Place) -> tuple[Twin, ...]:
    """Listed places that are probably this one, the nearest first; itself left out."""
    numbers = {*_near(index, place), *_vague(index, place), *_namesakes(index, place)}
    rows = index.rows(
        "select feature from record where n in (select value from json_each(?)) and id <> ?",
        [json.dumps(sorted(numbers)), place.id],
    )
    register = Register()
    for row in rows:
        register.add(geojson.place(json.loads(row[0])))
    return tuple(register.twins(place))


def _near(index: Index, place: Place) -> Iterator[int]:
    box = box_around(place.point, _NEAR)
    rows = index.rows(
        "select n from box where south <= ? and north >= ? and west <= ? and east >= ?",
        [box.north, box.south, box.east, box.west],
    )
    return (row[0] for row in rows)


def _vague(index: Index, place: Place) -> Iterator[int]:
    rows = index.rows(
        "select n from place where gmina = ? and precision not in"
        " (select value from json_each(?)) limit ?",
        [place.address.teryt, json.dumps(sorted(PINNED)), _MOST_VAGUE],
    )
    return (row[0] for row in rows)


def _namesakes(index: Index, place: Place) -> Iterator[int]:
    own = [text.words(name) for name in (place.name, *place.other_names)]
    rows = index.rows("select n, name from place where gmina = ?", [place.address.teryt])
    return (row[0] for row in rows if text.words(row[1]) in own)
