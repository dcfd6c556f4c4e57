"""A query and its answers: the page of places, the counts beside it, and the ways out of nothing.

The page, the API, the map and the exports all ask here or the same `Scope`, so they agree.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from places import geojson, hours, text
from places.beyond import Origin, nearest, origin
from places.errors import Invalid, NotFound
from places.explaining import Reason, reasons
from places.geo import Point
from places.hours import Moment
from places.index import Index
from places.place import Place
from places.query import FACETS, Query
from places.scope import Choice, Scope, all_choices, scope_of
from places.understanding import Understood
from places.ways_out import WIDER_RADII, Wider, other_spelling, ways_out
from places.whereabouts import Settlement, Where, locate

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # For questions that do not ask of time.
_ALL_POLAND = 1_000_000  # metres: from any corner of it to any other
_NEAREST = 3
_IN_PART = ("some", "area")
_ELSEWHERE = (*_IN_PART, "elsewhere", "around")


@dataclass(frozen=True)
class Hit:
    """A place that answers."""

    place: Place
    metres: float | None
    """From where the person is, in a straight line.  None when nobody said where, and for a place
    too vague for the map: it may be in the circle, but nobody knows how far."""
    moment: Moment | None = None
    """What is known of its hours just now; None where that was not asked for."""


@dataclass(frozen=True)
class Results:
    """A page of answers with all that stands around it."""

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Choice, ...]]
    pages: int
    centre: Point | None
    radius: int | None
    near_name: str
    """The settlement that `near` was understood as; empty for a bare point."""
    near_context: str
    """Where in Poland that is: "powiat lubiński, dolnośląskie"."""
    near_source: str
    """The geocoder that knew the address in `near`, whose credit must be shown; else empty."""
    near_others: tuple[Settlement, ...]
    """Others of the same name, the most populous first."""
    off_map: int
    """How many answers are too vague to be drawn."""
    understood: Understood
    """What the words were taken to mean."""
    level: str
    """What the answers have, see candidates.py's `gather`."""
    unknown_hours: int
    """How many of them may be open at the time asked for, and nobody knows: they come last."""
    unknown_needs: int
    """How many may be accessible or free as was asked, and nobody knows: below those that are."""
    reasons: Mapping[str, tuple[Reason, ...]]
    """Why each stands where it stands, by id; only when that was asked."""
    wider: tuple[Wider, ...] = ()
    """Filled only when nothing was found."""
    nearest: tuple[Hit, ...] = ()
    """The nearest few in all Poland, when nothing was found and it is known where from."""
    origin: Origin | None = None
    """From where the metres are counted, when that is the middle of the area that was said."""
    beyond: tuple[Hit, ...] = ()
    """The nearest few that have all the words, where nothing in the area asked for has."""


def read(index: Callable[[], Index], args: Mapping[str, Sequence[str]]) -> Query:
    """A query from URL parameters, its `near` looked up too, so that all faults are said at once.

    Raises Invalid with all of them.
    """
    try:
        return Query.read(args)
    except Invalid as error:
        # What is well-formed otherwise is asked of the index only when a fault will be told anyway.
        faults = list(error.faults)
    try:
        locate(index(), Query.read({"near": args.get("near", ())}).near)
    except Invalid as error:
        faults += [one for one in error.faults if one not in faults]
    raise Invalid(faults)


def run(index: Index, query: Query, now: datetime) -> Results:
    """The page of answers at this moment.

    Raises Invalid when `near` names nothing we know.
    """
    scope = scope_of(index, query, now)
    where = scope.where
    total, off_map = scope.total()
    empty = total == 0
    rows = scope.page(query.order, query.per_page, query.page)
    results = Results(
        query=query,
        total=total,
        hits=tuple(_told(hit, now, scope.understood) for hit in _hits(rows)),
        facets={facet: scope.counted(facet) for facet in FACETS},
        pages=max(1, -(-total // query.per_page)),
        centre=where.centre if where else None,
        radius=query.metres,
        near_name=where.name if where else "",
        near_context=where.context if where else "",
        near_source=where.source if where else "",
        near_others=where.others if where else (),
        off_map=off_map,
        understood=scope.understood,
        level=scope.level,
        unknown_hours=scope.unknown_hours(),
        unknown_needs=scope.unknown_needs(),
        reasons=_reasons(index, scope, rows) if query.explain else {},
        origin=None
        if where or not (empty or scope.level in _ELSEWHERE)
        else origin(index, scope.understood),
    )
    # These ask again, and the table of candidates is then another one's.
    if query.page == 1 and (scope.level in _IN_PART or empty):
        results = replace(results, beyond=_beyond(index, results, now))
    if not empty:
        return results
    centre = _centre(results)
    around = _around(index, centre, _NEAREST) if centre else ()
    ways = (
        *other_spelling(index, results.query, results.understood, now),
        *ways_out(index, query, now),
    )
    return replace(results, wider=ways, nearest=around)


def every(index: Index, query: Query, now: datetime) -> list[Place]:
    """All the places that answer, whatever the page, in the order of their ids: for exports."""
    rows = scope_of(index, query, now).page("id", 1_000_000_000, 1)
    return sorted((hit.place for hit in _hits(rows)), key=lambda one: one.id)


def find(index: Index, place_id: str) -> Place:
    """The place with this id, whatever its status.

    Raises NotFound.
    """
    rows = index.rows("select feature from record where id = ?", [place_id])
    if not rows:
        raise NotFound(place_id)
    return place_of(rows[0][0])


def kept(index: Index, one: Place) -> Place:
    """The record into which this one, and perhaps that one in turn, was merged; else itself."""
    met = {one.id}
    last = one
    while last.merged_into is not None and last.merged_into not in met:
        met.add(last.merged_into)
        try:
            last = find(index, last.merged_into)
        except NotFound:
            return one
    return last if last.merged_into is None else one


def nearby(index: Index, one: Place, count: int = 4) -> tuple[Hit, ...]:
    """The nearest places to a place, itself left out; without metres where it is itself vague."""
    found = [hit for hit in _around(index, one.point, count + 1) if hit.place.id != one.id]
    if not one.on_map:  # From a point that vague nothing can be measured.
        found = [Hit(hit.place, None) for hit in found]
    return tuple(found[:count])


def choices(index: Index, facet: str) -> tuple[Choice, ...]:
    """All values of a facet in the order of their names, with how many places each has."""
    found = all_choices(index, facet)
    return tuple(sorted(found, key=lambda one: (text.sort_key(one.label), one.context)))


def count(index: Index, facet: str) -> int:
    """How many values of a facet there are: how many towns, say."""
    return int(index.rows("select count(*) from choice where facet = ?", [facet])[0][0])


def listed(index: Index) -> list[tuple[str, str]]:
    """The id and the slug of every place that stands in lists, in the order of the ids."""
    return [(row[0], row[1]) for row in index.rows("select id, slug from place order by id")]


def place_of(feature: str) -> Place:
    """The place in a line of the index, which was checked when it was taken in."""
    return geojson.place(json.loads(feature))


def _around(index: Index, centre: Point, count: int) -> tuple[Hit, ...]:
    """The nearest places of known position, looked for in ever wider circles."""
    for radius in (*WIDER_RADII, _ALL_POLAND):
        query = Query(near=centre, radius=radius, per_page=count)
        scope = Scope(index, query, Where(centre, "", ()), Understood(), _NEVER)
        total, off_map = scope.total()
        if total - off_map >= count or radius == _ALL_POLAND:
            found = _hits(scope.page("distance", count, 1))
            return tuple(hit for hit in found if hit.metres is not None)
    return ()


def _centre(results: Results) -> Point | None:
    return results.origin.point if results.origin else results.centre


def _beyond(index: Index, results: Results, now: datetime) -> tuple[Hit, ...]:
    """What has all the words, nearest to the area or to the place that was asked for."""
    query, understood = results.query, results.understood
    centre = _centre(results)
    if centre is None or not understood.groups:
        return ()
    shown = {hit.place.id for hit in results.hits}
    found = _hits(nearest(index, query, understood, centre, now))
    return tuple(_told(hit, now, understood) for hit in found if hit.place.id not in shown)


def _told(hit: Hit, now: datetime, understood: Understood) -> Hit:
    """The answer with what is known of its hours at this moment, unless another was asked for."""
    if understood.open and "now" not in understood.open:
        return hit
    rule, voivodeship = hit.place.hours.open, hit.place.address.voivodeship
    return replace(hit, moment=hours.state_at(rule, now, voivodeship))


def _reasons(
    index: Index, scope: Scope, rows: Iterable[tuple[str, float | None]]
) -> Mapping[str, tuple[Reason, ...]]:
    ids = [hit.place.id for hit in _hits(rows)]
    return {place_id: reasons(index, scope, place_id) for place_id in ids}


def _hits(rows: Iterable[tuple[str, float | None]]) -> Iterable[Hit]:
    return (Hit(place_of(feature), metres) for feature, metres in rows)
