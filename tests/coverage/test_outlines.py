"""Borders for maps are kept for each set of areas, and outlive it."""

import os
from pathlib import Path

import shapely

from places.coverage import outlines
from tests.coverage.made import some_areas

AREAS = some_areas(gmina={"146501": (-9_000, -9_000, 0, 9_000)})


def test_each_area_is_kept_as_its_own_map_and_the_map_above_show_it(tmp_path: Path) -> None:
    """As fine as it fills the map, and as coarse as one of many; others are not known."""
    outlines.ensure(tmp_path, AREAS, "one")
    for level in ("gmina", "powiat"):
        border = outlines.of(tmp_path, "one", level)("146501")  # type: ignore[arg-type]
        assert border is not None and shapely.area(border) == 9_000 * 18_000
    assert outlines.of(tmp_path, "one", "country")("pl") is not None
    assert outlines.of(tmp_path, "one", "country")("146501") is None
    assert outlines.of(tmp_path, "one", "gmina")("9999") is None
    assert outlines.of(tmp_path, "other", "gmina")("146501") is None


def test_an_old_report_keeps_its_borders(tmp_path: Path) -> None:
    """Other areas have a file of their own; what nobody has counted in for long goes."""
    outlines.ensure(tmp_path, AREAS, "old")
    outlines.ensure(tmp_path, some_areas(gmina={"146501": (0, 0, 100, 100)}), "new")
    border = outlines.of(tmp_path, "old", "gmina")("146501")
    assert border is not None and shapely.area(border) == 9_000 * 18_000
    for path in (tmp_path / "coverage" / "outlines").iterdir():
        os.utime(path, (1_000, 1_000))
    outlines.ensure(tmp_path, AREAS, "new")
    outlines.prune(tmp_path, 400, 401 * 86_400 + 1_000)
    assert outlines.of(tmp_path, "old", "gmina")("146501") is None
    assert outlines.of(tmp_path, "new", "gmina")("146501") is not None


def test_a_damaged_file_draws_nothing(tmp_path: Path) -> None:
    """The page and its figures are shown all the same."""
    outlines.ensure(tmp_path, AREAS, "one")
    (tmp_path / "coverage" / "outlines" / "one.db").write_bytes(b"not a data base")
    assert outlines.of(tmp_path, "one", "gmina")("146501") is None
