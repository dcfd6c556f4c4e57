"""What is asked: the parameters of a page or of the API, read once at the door.

The page, the API and the command line take the same words, so that every state of the
page is a link and every link is an API call.  A parameter that is not understood is a fault, never
silently dropped: `raduis=500` must not look like an answer.
"""

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from places import text
from places.errors import Fault, Invalid, shortened
from places.geo import POLAND, Box, Point, Spot, in_poland
from places.opening import is_code
from places.vocabulary import TYPES

T = TypeVar("T")

FACETS = ("city", "district", "type", "network")
"""Filters that take several values and are counted."""
SORTS = ("relevance", "distance", "name", "checked")
DEFAULT_RADIUS = 5_000
"""Metres: an hour's walk, a short ride."""
WIDEST_RADIUS = 500_000
MOST_PER_PAGE = 500
MOST_VALUES = 50
POSTCODE = re.compile("[0-9]{2}-[0-9]{3}")
MOST_LETTERS = 1_000
"""Letters of the text beyond this many are not even read."""
_AS_WRITTEN = re.compile(r"(-?\d+)[.,](\d+)\s*[;,]?\s+(-?\d+)[.,](\d+)", re.ASCII)
MOST_WORDS = 32
"""Words of the text beyond this many are not searched for."""


@dataclass(frozen=True)
class Query:
    """A question to the catalogue.  Two equal ones have the same answer."""

    q: str = ""
    """Words the place must have, in any form of writing; all of them."""
    city: tuple[str, ...] = ()
    """Keys or names of towns and villages; any of them."""
    district: tuple[str, ...] = ()
    """Keys or names of districts; any of them."""
    type: tuple[str, ...] = ()
    """Codes of types; any of them."""
    network: tuple[str, ...] = ()
    """Keys or names of networks; any of them."""
    near: Point | Spot | str | None = None
    """Where the person is: a point, a found address, or the name of a place or a postcode."""
    radius: int | None = None
    """Metres around `near`."""
    bbox: Box | None = None
    """Only what lies in this box."""
    sort: str | None = None
    """The order asked for; None means the one that suits the question."""
    open: str = ""
    """When it should be open: "now", "evening", "weekend", a day or a moment (ISO 8601)."""
    exact: bool = False
    """Words as they stand: nothing is understood, widened or corrected."""
    explain: bool = False
    """Whether every answer should tell why it stands where it stands."""
    page: int = 1
    """Counted from 1."""
    per_page: int = 20
    """Places on a page."""

    @classmethod
    def read(cls, args: Mapping[str, Sequence[str]]) -> "Query":
        """A query from URL parameters; empty ones count as absent, as a form sends them.

        Raises Invalid with all the faults.
        """
        reading = _Reading(args)
        query = cls(
            q=text.clean(" ".join(args.get("q", ()))[:MOST_LETTERS]).strip(),
            city=reading.values("city"),
            district=reading.values("district"),
            type=reading.values("type", TYPES.keys()),
            network=reading.values("network"),
            near=reading.one("near", _near),
            radius=reading.one("radius", _whole(1, WIDEST_RADIUS)),
            bbox=reading.one("bbox", _box),
            sort=reading.one("sort", _sort),
            open=reading.one("open", _opening) or "",
            exact=reading.one("exact", _switch) or False,
            explain=reading.one("explain", _switch) or False,
            page=reading.one("page", _whole(1, 1_000_000)) or 1,
            per_page=reading.one("per_page", _whole(1, MOST_PER_PAGE)) or 20,
        )
        reading.refuse_unknown()
        if query.near is None and "near" not in reading.failed:
            query = reading.without_near(query)
        if reading.faults:
            raise Invalid(reading.faults)
        return query

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words to be found, each once, at most MOST_WORDS.

        Prepositions are left out where other words remain: nobody looks for "w".
        """
        found = dict.fromkeys(text.words(self.q))
        telling = [word for word in found if word not in _PREPOSITIONS]
        return tuple((telling or list(found))[:MOST_WORDS])

    @property
    def metres(self) -> int | None:
        """The radius in force; None when nobody said where."""
        return None if self.near is None else self.radius or DEFAULT_RADIUS

    @property
    def order(self) -> str:
        """The order in force."""
        if self.sort == "relevance" and not self.words:
            return "name"
        return self.sort or ("distance" if self.near else "relevance" if self.words else "name")

    def args(self) -> list[tuple[str, str]]:
        """The same as URL parameters, in one order, without what is the default."""
        found = [("q", self.q)] if self.q else []
        for name in FACETS:
            found += [(name, value) for value in getattr(self, name)]
        if self.near is not None:
            found.append(("near", near_text(self.near)))
        if self.radius is not None:
            found.append(("radius", str(self.radius)))
        if self.bbox is not None:
            found.append(("bbox", ",".join(_degrees(edge) for edge in self.bbox)))
        if self.sort is not None:
            found.append(("sort", self.sort))
        if self.open:
            found.append(("open", self.open))
        found += [(name, "1") for name in ("exact", "explain") if getattr(self, name)]
        if self.page != 1:
            found.append(("page", str(self.page)))
        if self.per_page != 20:
            found.append(("per_page", str(self.per_page)))
        return found


def near_text(near: Point | Spot | str) -> str:
    """The value of `near` in a URL."""
    if isinstance(near, Spot):
        return near.said
    return near if isinstance(near, str) else f"{_degrees(near.lat)},{_degrees(near.lon)}"


def _degrees(value: float) -> str:
    return repr(value).removesuffix(".0")  # Just as given: a link must ask the same question.


_PREPOSITIONS = frozenset([
    "a", "dla", "do", "i", "ku", "na", "nad", "o", "obok", "od", "po", "pod", "przy", "u", "w",
    "we", "z", "za", "ze", "kolo", "blisko",
])  # fmt: skip


class _Refused(Exception):
    def __init__(self, code: str, limit: str = "") -> None:
        self.code, self.limit = code, limit


@dataclass
class _Reading:
    """Reads parameters and remembers what was wrong with them."""

    args: Mapping[str, Sequence[str]]
    faults: list[Fault] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)

    def one(self, name: str, read: Callable[[str], T]) -> T | None:
        given = [value for value in self.args.get(name, ()) if value.strip()]
        if not given:
            return None
        if len(given) > 1:
            self._refuse(name, "given_twice", ", ".join(given))
            return None
        try:
            return read(given[0].strip())
        except _Refused as refused:
            self._refuse(name, refused.code, given[0], refused.limit)
            return None

    def values(self, name: str, known: Collection[str] | None = None) -> tuple[str, ...]:
        given = tuple(dict.fromkeys(v for raw in self.args.get(name, ()) if (v := text.clean(raw))))
        if len(given) > MOST_VALUES:
            self._refuse(name, "too_many", str(len(given)), str(MOST_VALUES))
            return ()
        for value in given:
            if known is not None and value not in known:
                self._refuse(name, "not_in_list", value, ", ".join(known))
        return given

    def without_near(self, query: Query) -> Query:
        """A circle and an order by distance need a middle.

        A form in which the place was cleared sends them along, and means neither.
        """
        if "near" in self.args:
            sort = None if query.sort == "distance" else query.sort
            return replace(query, radius=None, sort=sort)
        if query.radius is not None:
            self._refuse("radius", "needs_near", str(query.radius))
        if query.sort == "distance":
            self._refuse("sort", "needs_near", "distance")
        return query

    def refuse_unknown(self) -> None:
        known = Query.__dataclass_fields__
        for name in self.args:
            if name not in known:
                self._refuse(name, "unknown_parameter", "", ", ".join(known))

    def _refuse(self, name: str, code: str, value: str, limit: str = "") -> None:
        self.failed.add(name)
        self.faults.append(Fault(shortened(name), code, shortened(value), limit))


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        # Not isdecimal alone: int("٣") is 3, and nobody types that on purpose.
        if not (value.isascii() and value.isdecimal()) or len(value) > 12:
            raise _Refused("not_a_whole_number", f"{least}–{most}")
        if not least <= int(value) <= most:
            raise _Refused("out_of_range", f"{least}–{most}")
        return int(value)

    return read


def _numbers(value: str, count: int) -> list[float]:
    parts = value.split(",")
    try:
        found = [float(part) for part in parts]
    except ValueError:
        raise _Refused("not_a_number") from None
    if len(found) != count:
        raise _Refused("wrong_count", str(count))
    if not all(map(math.isfinite, found)):
        raise _Refused("not_a_number")
    return found


def _near(value: str) -> Point | str:
    if POSTCODE.fullmatch(value):
        return value
    if any(c.isalpha() for c in value) and not _is_like_numbers(value):
        if len(value) > 200:
            raise _Refused("too_long", "200")
        return text.clean(value)
    point = Point(*_numbers(_AS_WRITTEN.sub(r"\1.\2,\3.\4", value), 2))
    if in_poland(point):
        return point
    raise _Refused("axes_swapped" if in_poland(Point(point.lon, point.lat)) else "outside_poland")


def _is_like_numbers(value: str) -> bool:
    """Whether it was meant as coordinates: "nan,20" and "1e3,2" are, "Rudna, lubiński" is not."""
    try:
        return bool([float(part) for part in value.split(",")])
    except ValueError:
        return False


def _box(value: str) -> Box:
    box = Box(*_numbers(value, 4))
    for edges, limit in (((box.west, box.east), 180), ((box.south, box.north), 90)):
        if not all(-limit <= edge <= limit for edge in edges):
            raise _Refused("out_of_range", f"-{limit}–{limit}")
    if box.west > box.east or box.south > box.north:
        raise _Refused("box_inside_out")
    across = box.west <= POLAND.east and box.east >= POLAND.west
    if not across or box.south > POLAND.north or box.north < POLAND.south:
        raise _Refused("outside_poland")
    return box


def _opening(value: str) -> str:
    # A plus in an address is a space: "…T18:00+01:00" comes without it.
    code = value.replace(" ", "+")
    if not is_code(code):
        raise _Refused("not_a_time", "now, evening, weekend, 2026-11-28, 2026-11-28T18:00")
    return code


def _switch(value: str) -> bool:
    if value not in ("0", "1"):
        raise _Refused("not_in_list", "0, 1")
    return value == "1"


def _sort(value: str) -> str:
    if value not in SORTS:
        raise _Refused("not_in_list", ", ".join(SORTS))
    return value
