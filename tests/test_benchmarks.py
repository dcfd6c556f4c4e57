"""The benchmarks still run, and what they measure is made of good places.

Nothing here asks how fast: a busy machine would answer that wrongly.
"""

from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import cities, page, questions, table
from places import geojson
from places.geo import in_poland


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for the catalogues."""
    monkeypatch.setattr(cities, "FOLDER", tmp_path)
    return tmp_path


def test_the_quick_benchmarks_print_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Each group of tables runs to its end on a small catalogue."""
    benchmarks.main(["--quick"])
    said = capsys.readouterr().out
    for title in (
        "Page with map",
        "First view",
        "Search",
        "Growth",
        "Index",
        "Accepting",
        "Memory",
        "Reach",
        "Report of all Poland",
        "Sites",
        "Streets",
    ):
        assert title in said


def test_a_made_up_catalogue_is_a_good_catalogue(folder: Path) -> None:
    """It is read without a fault, has as many places as asked, and lies under its own folder."""
    path = cities.catalogue(300)
    found = geojson.read(path)
    assert found.faults == []
    assert len(found.places) == 300
    assert all(in_poland(one.point) for one in found.places)
    assert folder in path.parents


def test_the_same_count_gives_the_same_catalogue() -> None:
    """Chance is seeded: two runs measure the same places."""
    assert list(cities.made(40)) == list(cities.made(40))
    assert cities.people(10) == cities.people(10)


def test_made_up_places_are_as_vague_and_as_long_as_the_real_ones(folder: Path) -> None:
    """Positions and sizes of records keep the proportions of the real catalogue."""
    real = [one for one in geojson.read(cities.REAL).places if one.listed]
    path = cities.catalogue(1_000)
    made = geojson.read(path).places

    def drawn(places: list[geojson.Place]) -> float:
        return sum(one.on_map for one in places) / len(places)

    assert drawn(list(made)) == pytest.approx(drawn(real), abs=0.15)
    real_bytes = cities.REAL.stat().st_size / len(real)
    assert path.stat().st_size / len(made) == pytest.approx(real_bytes, rel=0.25)


def test_there_are_enough_questions_and_all_are_different() -> None:
    """At least thirty questions join text, filters and a place."""
    asked = questions.all_at_once()
    assert len(asked) == len(set(asked)) >= 30
    assert all(one.words and one.near for one in asked)
    assert any(one.type for one in asked) and any(one.network for one in asked)


def test_the_files_of_a_page_are_found_where_the_page_names_them() -> None:
    """Styles, scripts and pictures count once each; what a person must click does not."""
    found = page.assets(
        '<link rel="stylesheet" href="/a.css?v=1"><link rel="canonical" href="/">'
        '<script src="/b.js"></script><script>inline</script><a href="/c">c</a>'
        '<svg><use href="/d.svg#x"/></svg><svg><use href="/d.svg#y"/></svg>'
    )
    assert found == ["/a.css?v=1", "/b.js", "/d.svg"]


def test_a_ratio_above_its_bar_is_called_over() -> None:
    """The verdict follows the ratio, and there is none without a bar."""
    assert table.Row("x", "", ratio=1.0, bar=1.0).verdict == "ok"
    assert table.Row("x", "", ratio=1.1, bar=1.0).verdict == "OVER"
    assert table.Row("x", "", ratio=9.0).verdict == ""
    assert table.p95(range(1, 101)) == 95
