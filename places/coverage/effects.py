"""The answer about a change as shapes for a map: hexagons of who loses and who gains, where the
place stood and would stand, and the way between."""

from collections.abc import Iterator, Mapping
from typing import Any

from places.coverage import hexagons

_UNTOLD: Mapping[str, Any] = {
    "when": "any", "among": {"lose": {}, "gain": {}}, "was": None, "would": None,
    "unplaced": False, "sure": None, "hours": None, "cells": [],
}  # fmt: skip
BEFORE, AFTER, WAY = "was", "would", "way"
"""The ids of the two points and of the line between them; a hexagon's is its code."""


def completed(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer that may be of an earlier version, which told less: what it lacks is empty, and of
    people in `where`, and of those whom a site gains, it knew but how many at most."""
    if "where" not in answer:
        sites = [{**_low(one), **one} for one in answer["sites"]]
        return {"outside": 0, **answer, "sites": sites}
    where = [
        {**one, **{side: [0.0, one[side]] for side in ("lose", "gain") if not _is_pair(one[side])}}
        for one in answer["where"]
    ]
    return {**_UNTOLD, **answer, "where": where}


def features(answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Its features, each told what it is by "kind": "was", "would", "way", "cell"."""
    was, would = answer["was"], answer["would"]
    if was:
        told = {"kind": BEFORE, "name": answer["name"], "doubt_m": was["doubt_m"]}
        yield _feature(BEFORE, "Point", _at(was), told)
    if would:
        told = {"kind": AFTER, "name": answer["name"], "change": answer["change"]}
        yield _feature(AFTER, "Point", _at(would), told)
    if was and would:
        yield _feature(WAY, "LineString", [_at(was), _at(would)], {"kind": WAY})
    for one in answer["cells"]:
        yield _feature(one["h3"], "Polygon", [hexagons.border(one["h3"])], _told(one))


def kind(cell: Mapping[str, Any]) -> str:
    """What a hexagon stands for: "lose", "gain", or "both"."""
    loses, gains = (max(cell[name]) > 0 for name in ("lose", "gain"))
    return "both" if loses and gains else "lose" if loses else "gain"


def kinds(answer: Mapping[str, Any]) -> list[str]:
    """The kinds of its hexagons, each once: "lose", "gain", "both"."""
    found = {kind(one) for one in answer.get("cells", ())}
    return [one for one in ("lose", "gain", "both") if one in found]


def _low(site: Mapping[str, Any]) -> dict[str, float | None]:
    return {
        f"{name}_low": None if site[name] is None else 0.0
        for name in ("gained", "young", "old", "cumulative")
        if name in site
    }


def _is_pair(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _told(cell: Mapping[str, Any]) -> dict[str, Any]:
    (lose, loses), (gain, gains) = cell["lose"], cell["gain"]
    return {
        "kind": "cell", "name": cell["name"],
        "lose_low": lose, "lose_high": loses, "gain_low": gain, "gain_high": gains,
    }  # fmt: skip


def _at(point: Mapping[str, Any]) -> list[float]:
    return [round(point["lon"], 6), round(point["lat"], 6)]


def _feature(id_: str, shape: str, coordinates: Any, told: Mapping[str, Any]) -> dict[str, Any]:
    geometry = {"type": shape, "coordinates": coordinates}
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": dict(told)}
