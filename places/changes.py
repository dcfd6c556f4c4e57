"""What has changed in the catalogue since the index last took it in."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from places import geojson
from places.errors import Fault, Invalid
from places.rows import Row


def read(
    catalogue: Path, known: Mapping[bytes, tuple[int, str]]
) -> tuple[set[int], list[Row], list[Fault]]:
    """The numbers of unchanged records, the new ones, and what is wrong with the file."""
    kept: set[int] = set()
    added: list[Row] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for line in geojson.lines(catalogue):
        digest = hashlib.blake2b(line.raw, digest_size=16).digest()
        number, place_id = known.get(digest, (0, ""))
        if not number:
            try:
                one = geojson.parse(line)
            except Invalid as error:
                faults.extend(error.faults)
                continue
            place_id = one.id
        if place_id in seen:
            faults.append(Fault("id", "repeated", place_id).at(f"line {line.number} · {place_id}"))
        elif number:
            kept.add(number)
        else:
            added.append(Row(digest, line.raw.decode(), one))
        seen.add(place_id)
    return kept, added, faults
