"""The areas beside an area, as its page and its workbook have them: around it, in it, its peers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from places import teryt, text
from places.coverage.figures import Figures, Pair
from places.coverage.told import Report
from places.teryt import Level
from places.web.words import coverage as said

_ORDERS: Mapping[str, Callable[[Figures], Any]] = {
    "name": lambda one: text.sort_key(one.name),
    "people": lambda one: -(one.people["total"] or 0),
    "places": lambda one: -one.per_10k[0],
    "share": lambda one: -(said.headline_share(one, "total") or (0, 0))[0],
    "left_out": lambda one: -one.left_out[1],
}


class Line(NamedTuple):
    """A row of the table of peers."""

    code: str
    name: str
    people: float
    share: Pair
    per_10k: Pair
    is_here: bool


def above(report: Report) -> list[tuple[str, str, Level]]:
    """(code, name, level) of the areas around it; a city is no powiat around its own gmina."""
    levels = [report.figures.level, *(level for _, _, level in report.above)]
    return [
        (code, name, level)
        for code, name, level in report.above
        if not (level == "powiat" and teryt.is_city(code) and "gmina" in levels)
    ]


def in_order(children: Sequence[Figures], sort: str = "") -> list[Figures]:
    """The parts by what was asked, "-name" the other way round; by need where nothing was."""
    order = _ORDERS[sort.removeprefix("-") or "left_out"]
    return sorted(
        sorted(children, key=lambda one: one.code), key=order, reverse=sort.startswith("-")
    )


def peers(one: Figures) -> list[Line]:
    """The area among its peers, the most populous first; nothing where it has none."""
    share = said.headline_share(one, "total") or (0.0, 0.0)
    lines = [
        Line(peer.code, peer.name, peer.people, peer.share, peer.per_10k, False)
        for peer in one.peers
    ]
    here = Line(one.code, one.name, one.people["total"] or 0, share, one.per_10k, True)
    return sorted([*lines, here], key=lambda line: (-line.people, line.code)) if lines else []
