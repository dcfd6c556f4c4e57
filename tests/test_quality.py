"""Figures of quality: counted by SQLite, and the same as counted one by one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from statistics import median_low

import pytest

from places import care, geojson, place, quality, text
from places.errors import Invalid
from places.freshness import GROUPS, Terms, first_day, is_due
from places.index import Index, open_index
from places.place import Place
from places.quality import Figures
from tests.builders import NOW, a_catalogue, a_place, an_id

HERE = Path(__file__).resolve().parents[1]
TODAY, TERMS = NOW.date(), Terms()


def real() -> Sequence[Place]:
    return [one for one in geojson.read(HERE / "data" / "places.geojson").places if one.listed]


def check(found: Figures, places: Iterable[Place]) -> None:
    """The figures against the records themselves."""
    ours = list(places)
    rows = [care.row(1, one) for one in ours]
    lacking = Counter(name for one in ours for name in care.lacking(one))
    assert found.places == len(ours)
    assert found.known == sum(row["known"] or 0 for row in rows)
    assert found.asked == sum(row["asked"] or 0 for row in rows)
    assert {name: count for name, count in found.lacking.items() if count} == lacking
    exact = Counter(one.position.precision for one in ours)
    assert {name: count for name, count in found.precision.items() if count} == exact
    for name in GROUPS:
        given = [one for one in ours if name in care.given(one)]
        made = [getattr(one.checked, name) for one in given]
        fresh = [check for check in made if check and not is_due(check.on, name, TODAY, TERMS)]
        group = found.groups[name]
        assert (group.given, group.dated) == (len(given), sum(map(bool, made)))
        assert (group.fresh, group.confirmed) == (
            len(fresh), sum(check.by != "source" for check in fresh),
        )  # fmt: skip
    ages = [
        (TODAY - first_day(one.checked.existence.on)).days for one in ours if one.checked.existence
    ]
    assert found.median_days == (median_low(ages) if ages else None)


def test_the_figures_are_those_of_the_records(tmp_path: Path) -> None:
    """Of the real catalogue: the country, every voivodeship, every network, every town."""
    places = [
        *real(),
        a_place(networks=["MAL"], checked={"existence": {"on": "2026-03-01", "by": "owner"}}),
    ]
    path = a_catalogue(tmp_path / "places.geojson", places)
    with open_index(path, tmp_path / "instance") as index:
        found = quality.report(index, TODAY, TERMS)

        check(found.country, places)
        for one in found.voivodeships:
            region = [p for p in places if text.slug(p.address.voivodeship) == one.key]
            check(one, region)
        for one in found.networks:
            keys = [[place.network_key(name) for name in p.networks] for p in places]
            check(one, [p for p, own in zip(places, keys, strict=True) if one.key in own])
        for one in found.cities:
            check(one, [p for p in places if place.city_key(p.address) == one.key])
        assert sum(one.places for one in found.cities) == len(places)

        chosen = quality.read(found, {"city": ["krakow"], "network": ["mal"]})
        both = quality.narrowed(index, chosen, TODAY, TERMS)
        check(both, [a for a in places if "MAL" in a.networks and a.address.city == "Kraków"])
        assert both.label == "MAL, Kraków"


def test_parts_stand_by_their_size_with_their_names(index: Index) -> None:
    """The largest first; keys are those of addresses, labels those of people."""
    found = quality.report(index, TODAY, TERMS)

    assert [(one.key, one.places) for one in found.voivodeships] == [
        ("malopolskie", 2), ("pomorskie", 2), ("dolnoslaskie", 1),
    ]  # fmt: skip
    assert found.voivodeships[0].label == "małopolskie"
    assert found.networks[0].label == "MAM"
    assert found.cities[0].label == "Kraków"


def test_an_empty_catalogue_has_figures_too(tmp_path: Path) -> None:
    """Nothing is divided by nothing."""
    path = a_catalogue(tmp_path / "places.geojson", [])
    with open_index(path, tmp_path / "instance") as index:
        found = quality.report(index, TODAY, TERMS)

    assert (found.country.places, found.cities, found.country.median_days) == (0, (), None)
    assert found.country.lacking.keys() == set(care.LACKS)


def test_a_report_is_kept_until_the_catalogue_or_the_day_changes(tmp_path: Path) -> None:
    """The same object again; a changed file, another day or other terms are counted anew."""
    path, folder = tmp_path / "places.geojson", tmp_path / "instance"
    a_catalogue(path, [a_place(id=an_id(1))])
    with open_index(path, folder) as index:
        first = quality.report(index, TODAY, TERMS)
        assert quality.report(index, TODAY, TERMS) is first
        assert quality.report(index, date(2026, 3, 12), TERMS) is not first
        assert quality.report(index, TODAY, Terms(1, 1)) is not first
    a_catalogue(path, [a_place(id=an_id(1)), a_place(id=an_id(2), name="Drugi")])
    with open_index(path, folder) as index:
        assert quality.report(index, TODAY, TERMS).country.places == 2


def test_what_is_none_of_ours_is_refused_at_once(index: Index) -> None:
    """All unknown values are named; empty ones mean nothing."""
    found = quality.report(index, TODAY, TERMS)
    with pytest.raises(Invalid) as refused:
        quality.read(found, {"city": ["nic"], "network": ["x' or 1"], "voivodeship": [""]})

    assert {one.field for one in refused.value.faults} == {"city", "network"}
    assert quality.read(found, {"city": [""]}) == {}
