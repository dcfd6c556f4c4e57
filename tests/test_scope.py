"""Search against a plain reading of the same places: filter, count and sort in ten lines of Python.

The words are made up, with a digit in each, so that no dictionary changes what they find; what
Polish words find is in test_search.py.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places import pins, place, search, text
from places.geo import Box, Point, metres
from places.index import Index, open_index
from places.place import Place
from places.query import FACETS, Query
from tests.builders import NOW, a_catalogue, a_place, an_id

WORDS = ("ab1", "ab12", "ab1c", "łó1", "ŻU2x", "9z")
ASKED = ("ab1", "AB12", "ab", "lo1", "żu2", "9", "9z", "brak7")
CITIES: tuple[dict[str, Any], ...] = (
    {"city": "Kraków", "gmina": "Kraków", "district": "Podgórze"},
    {"city": "Kraków", "gmina": "Kraków", "district": "Nowa Huta"},
    {"city": "Łódź", "gmina": "Łódź", "district": None},
    {"city": "Rudna", "gmina": "Rudna", "district": None},
    {"city": "Rudna", "gmina": "Złotów", "district": None},
    {"city": "Rudna", "gmina": "Złotów", "district": "Podgórze"},
)
NETWORKS = ("MAL", "Senior+", "Dom Sąsiedzki Gdańsk")
CHOSEN = {
    "city": ("krakow", "Łódź", "rudna", "rudna-zlotow", "RUDNA", "nigdzie"),
    "district": ("krakow/podgorze", "podgórze", "Nowa Huta", "brak"),
    "type": ("biblioteka", "swietlica", "remiza"),
    "network": ("mal", "Senior+", "Senior-Plus", "Dom Sąsiedzki Gdańsk", "brak"),
}
# A grid of about 700 metres, so that points often coincide, and lie on the edges of boxes.
near_points = st.builds(
    lambda north, east: Point(round(50.06 + north / 100, 6), round(19.94 + east / 100, 6)),
    st.integers(-5, 5),
    st.integers(-5, 5),
)


@st.composite
def some_places(draw: st.DrawFn) -> list[Place]:
    """A small catalogue."""
    words = st.lists(st.sampled_from(WORDS), max_size=2)
    return [
        a_place(
            id=an_id(number),
            name=" ".join(["Klub", *draw(words)]),
            summary=" ".join(draw(words)) or None,
            activities=draw(words),
            point=draw(near_points),
            type=draw(st.sampled_from(["biblioteka", "swietlica"])),
            networks=draw(st.lists(st.sampled_from(NETWORKS), max_size=2)),
            address=draw(st.sampled_from(CITIES)),
            status=draw(st.sampled_from(["open", "open", "open", "planned", "closed"])),
            position={
                "precision": draw(st.sampled_from(["address", "locality"])),
                "uncertainty_m": draw(st.sampled_from([75, 2000, 2001, 9000])),
            },
            checked=draw(
                st.sampled_from([{}, {"existence": {"on": "2026-01", "by": "owner"}}])
                | st.just({"existence": {"on": "2025", "by": "source"}})
            ),
        )
        for number in range(draw(st.integers(0, 9)))
    ]


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """A question about such a catalogue."""
    near = draw(st.none() | near_points)
    corners = draw(st.none() | st.tuples(near_points, near_points))
    chosen = {
        facet: tuple(draw(st.lists(st.sampled_from(values), max_size=2, unique=True)))
        if draw(st.booleans())
        else ()
        for facet, values in CHOSEN.items()
    }
    return Query(
        **chosen,
        q=" ".join(draw(st.lists(st.sampled_from(ASKED), max_size=2))),
        exact=True,
        near=near,
        radius=draw(st.none() | st.integers(1, 12_000)) if near else None,
        bbox=corners and _box(*corners),
        sort=draw(st.sampled_from([None, "name", "checked", *(["distance"] if near else [])])),
        page=1,
        per_page=draw(st.integers(1, 6)),
    )


def _box(a: Point, b: Point) -> Box:
    return Box(min(a.lon, b.lon), min(a.lat, b.lat), max(a.lon, b.lon), max(a.lat, b.lat))


class Oracle:
    """The same answers without an index."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = [one for one in places if one.listed]

    def matching(self, query: Query, but: str = "") -> list[Place]:
        """The places that fit, one facet perhaps left out of account."""
        return [one for one in self.places if self._fits(one, query, but)]

    def counts(self, query: Query, facet: str) -> dict[str, int]:
        """How many places there would be with each value."""
        values = (value for one in self.matching(query, facet) for value in _values(one, facet))
        return dict(Counter(values))

    def _fits(self, one: Place, query: Query, but: str) -> bool:
        for facet in FACETS:
            chosen = getattr(query, facet)
            if chosen and facet != but and not self._has(one, facet, chosen):
                return False
        if isinstance(query.near, Point) and metres(one.point, query.near) > (query.metres or 0):
            return False
        if query.bbox is not None and not query.bbox.holds(one.point):
            return False
        told = text.words(" ".join([one.name, one.summary or "", *one.activities]))
        return all(any(w.startswith(asked) for w in told) for asked in text.words(query.q))

    def _has(self, one: Place, facet: str, chosen: Sequence[str]) -> bool:
        known = {value for other in self.places for value in _values(other, facet)}
        own = _values(one, facet)
        slug = place.network_key if facet == "network" else text.slug
        named = {slug(name) for name in _names(one, facet)}
        return any(word in own or (word not in known and slug(word) in named) for word in chosen)


def _values(one: Place, facet: str) -> list[str]:
    return {
        "city": [place.city_key(one.address)],
        "district": [key] if (key := place.district_key(one.address)) else [],
        "type": [one.type],
        "network": [place.network_key(name) for name in one.networks],
    }[facet]


def _names(one: Place, facet: str) -> list[str]:
    return {
        "city": [one.address.city],
        "district": [one.address.district] if one.address.district else [],
        "type": [],
        "network": list(one.networks),
    }[facet]


def _away(one: Place, query: Query) -> float | None:
    if isinstance(query.near, Point) and one.on_map:
        return metres(one.point, query.near)
    return None


def _order(one: Place, query: Query) -> tuple[Any, ...]:
    by_name = (text.sort_key(one.name), one.id)
    if query.order == "distance":
        away = _away(one, query)
        return (away is None, away or 0.0, *by_name)
    if query.order == "checked":
        checked = one.checked.existence.on if one.checked.existence else ""
        return (not checked, [-ord(c) for c in checked], *by_name)
    return by_name


def pages(index: Index, query: Query) -> list[search.Hit]:
    """All the hits, page after page."""
    first = search.run(index, query, NOW)
    rest = (
        search.run(index, Query(**{**vars(query), "page": number}), NOW)
        for number in range(2, first.pages + 1)
    )
    return [hit for results in (first, *rest) for hit in results.hits]


@settings(max_examples=25)
@given(some_places(), st.lists(queries(), min_size=3, max_size=6))
def test_search_answers_like_a_plain_reading(
    tmp_path_factory: pytest.TempPathFactory, places: list[Place], asked: list[Query]
) -> None:
    """Total, places, order, metres and every count equal those of ten lines of Python."""
    folder, oracle = tmp_path_factory.mktemp("oracle"), Oracle(places)
    with open_index(a_catalogue(folder / "places.geojson", places), folder) as index:
        for query in asked:
            expected = oracle.matching(query)
            results, hits = search.run(index, query, NOW), pages(index, query)
            assert {hit.place.id for hit in hits} == {one.id for one in expected}, query
            assert results.total == len(expected) == len(hits)
            if query.order != "relevance":
                in_order = sorted(expected, key=lambda one: _order(one, query))
                assert [hit.place for hit in hits] == in_order
            assert results.off_map == sum(not one.on_map for one in expected)
            for hit in hits:
                assert hit.metres == pytest.approx(_away(hit.place, query))
            for facet in FACETS:
                found = {one.value: one.count for one in results.facets[facet] if one.count}
                assert found == oracle.counts(query, facet), (facet, query)


@settings(max_examples=20)
@given(some_places(), st.lists(queries(), min_size=3, max_size=6))
def test_list_map_and_export_agree(
    tmp_path_factory: pytest.TempPathFactory, places: list[Place], asked: list[Query]
) -> None:
    """The same filters give the same places everywhere; the map lacks just those too vague."""
    folder = tmp_path_factory.mktemp("agree")
    with open_index(a_catalogue(folder / "places.geojson", places), folder) as index:
        for query in asked:
            listed = {hit.place.id: hit.place for hit in pages(index, query)}
            view = pins.view_of(index, query, 6, None, NOW)
            assert {one.id for one in search.every(index, query, NOW)} == listed.keys()
            assert {pin.id for pin in view.pins} == {
                one.id for one in listed.values() if one.on_map
            }
            assert (view.total, view.total - view.off_map) == (len(listed), len(view.pins))


@settings(max_examples=20)
@given(some_places(), queries())
def test_nothing_found_is_no_dead_end(
    tmp_path_factory: pytest.TempPathFactory, places: list[Place], query: Query
) -> None:
    """Every way out leads to as many places as it says; the nearest are the nearest."""
    folder, oracle = tmp_path_factory.mktemp("ways"), Oracle(places)
    with open_index(a_catalogue(folder / "places.geojson", places), folder) as index:
        results = search.run(index, query, NOW)
        if results.total:
            assert results.wider == results.nearest == ()
        for wider in results.wider:
            # What words mean when they are not taken as they stand, the oracle does not know.
            expected = (
                search.run(index, wider.query, NOW).total
                if wider.field == "exact"
                else len(oracle.matching(wider.query))
            )
            assert wider.total == expected > 0
            assert search.run(index, wider.query, NOW).total == wider.total
        if results.total == 0 and isinstance(query.near, Point):
            near = query.near
            away = sorted(metres(one.point, near) for one in oracle.places if one.on_map)
            assert [hit.metres for hit in results.nearest] == pytest.approx(away[:3])


@settings(max_examples=20)
@given(some_places(), near_points, st.lists(st.integers(1, 12_000), min_size=2, max_size=4))
def test_a_wider_circle_never_holds_less(
    tmp_path_factory: pytest.TempPathFactory,
    places: list[Place],
    near: Point,
    radii: list[int],
) -> None:
    """Every place within a radius is within any greater one."""
    folder = tmp_path_factory.mktemp("radius")
    with open_index(a_catalogue(folder / "places.geojson", places), folder) as index:
        found = [
            {one.id for one in search.every(index, Query(near=near, radius=radius), NOW)}
            for radius in sorted(radii)
        ]
    assert all(less <= more for less, more in zip(found, found[1:], strict=False))


@settings(max_examples=20)
@given(some_places(), queries())
def test_one_filter_less_never_finds_less(
    tmp_path_factory: pytest.TempPathFactory, places: list[Place], query: Query
) -> None:
    """Giving up a condition keeps every place that answered before."""
    folder = tmp_path_factory.mktemp("fewer")
    with open_index(a_catalogue(folder / "places.geojson", places), folder) as index:
        found = {one.id for one in search.every(index, query, NOW)}
        for name, empty in (("q", ""), ("bbox", None), *((facet, ()) for facet in FACETS)):
            fewer = Query(**{**vars(query), name: empty})
            assert found <= {one.id for one in search.every(index, fewer, NOW)}
