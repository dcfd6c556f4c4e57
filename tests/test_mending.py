"""The records to mend: every gap counts one, the worst come first, filters agree with figures."""

from pathlib import Path

import pytest

from places import care, geojson, mending, quality
from places.errors import Invalid
from places.freshness import GROUPS, Terms, is_due
from places.index import Index, open_index
from places.mending import MISSING
from places.place import Place
from tests.builders import NOW

HERE = Path(__file__).resolve().parents[1]
TODAY, TERMS = NOW.date(), Terms()
AGE = (TODAY, TERMS)
ALL = 10_000


def missing(one: Place) -> set[str]:
    made = {name: getattr(one.checked, name) for name in care.given(one)}
    stale = {
        f"stale-{name}"
        for name, check in made.items()
        if is_due(check.on if check else None, name, TODAY, TERMS)
    }
    return {*care.lacking(one), *stale}


def test_each_record_names_all_it_lacks_the_worst_first(tmp_path: Path) -> None:
    """Of the real catalogue: the same as counted from the records, most points first."""
    path = HERE / "data" / "places.geojson"
    places = {one.id: one for one in geojson.read(path).places if one.listed}
    with open_index(path, tmp_path) as index:
        found = mending.to_mend(index, {}, "", AGE, ALL)

        assert found.total == len(found.records) == len(places)
        for one in found.records:
            assert set(one.missing) == missing(places[one.id])
        points = [len(one.missing) for one in found.records]
        assert points == sorted(points, reverse=True)
        for code in MISSING:
            one_kind = mending.to_mend(index, {}, code, AGE, ALL)
            assert {one.id for one in one_kind.records} == {
                place_id for place_id, one in places.items() if code in missing(one)
            }


def test_the_list_has_as_many_as_the_figures_say(index: Index) -> None:
    """The number beside "brakuje" is the length of the list it leads to, also in a town."""
    report = quality.report(index, TODAY, TERMS)
    for chosen in ({}, quality.read(report, {"city": ["krakow"]})):
        figures = quality.narrowed(index, chosen, TODAY, TERMS)
        for code, count in figures.lacking.items():
            assert mending.to_mend(index, chosen, code, AGE).total == count
        for name in GROUPS:
            group = figures.groups[name]
            found = mending.to_mend(index, chosen, f"stale-{name}", AGE)
            assert found.total == group.given - group.fresh


def test_pages_follow_each_other_without_a_gap(index: Index) -> None:
    """Two by two gives the same as all at once."""
    whole = mending.to_mend(index, {}, "", AGE, ALL).records
    pages = [mending.to_mend(index, {}, "", AGE, 2, skip).records for skip in (0, 2, 4, 6)]

    assert [one for page in pages for one in page] == list(whole)


def test_a_gap_nobody_knows_is_refused() -> None:
    """The answer names all there are."""
    assert mending.read({"missing": ["hours"]}) == "hours"
    assert mending.read({}) == ""
    with pytest.raises(Invalid) as refused:
        mending.read({"missing": ["1; drop table care"]})
    assert "stale-hours" in refused.value.faults[0].limit
