"""Borders of the whole country fetched from a service of our own making, good and broken."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from places.coverage import prg
from places.errors import Invalid
from places.teryt import Level
from tests.prg_server import GMINAS, POWIATS, Register, a_register, squares

TODAY = date(2026, 3, 11)


@pytest.fixture
def register() -> Iterator[Register]:
    with a_register() as running:
        yield running


def fetched(register: Register, instance: Path, level: Level = "gmina") -> prg.Found:
    return prg.fetch(prg.Service(instance, TODAY, register.url), level)


def code_of(register: Register, instance: Path, level: Level = "powiat") -> str:
    """The only fault that a fetch ends in, which names the level or the page."""
    with pytest.raises(Invalid) as refused:
        fetched(register, instance, level)
    [fault] = refused.value.faults
    assert fault.where
    return fault.code


def test_pages_are_put_together(register: Register, instance: Path) -> None:
    """All gminas are there, counted first, then a thousand at a time, with their own names."""
    shares = []
    service = prg.Service(
        instance, TODAY, register.url, watch=lambda step, share: shares.append((step, share))
    )
    found = prg.fetch(service, "gmina")
    assert found.layer.code.tolist() == sorted(code[:6] for code in GMINAS)
    assert set(found.layer.digit.tolist()) == {"2"}
    assert found.layer.name[0] == "obszar 0201012"
    assert [one.get("resultOffset") for one in register.asked] == [None, "0", "1000", "2000"]
    assert {one.get("outSR", "4326") for one in register.asked} == {"4326"}
    assert shares[-1] == ("gmina", 1.0)
    assert not list((instance / "coverage/downloads").iterdir())
    assert prg.about(service, found).rows == len(GMINAS)


def test_a_service_may_give_shorter_pages(register: Register, instance: Path) -> None:
    """The next page begins where the last one ended."""
    register.most = 150
    assert len(fetched(register, instance, "powiat").layer) == len(POWIATS)
    assert [one.get("resultOffset") for one in register.asked[1:]] == ["0", "150", "300"]


def test_a_cut_fetch_goes_on_where_it_stopped(register: Register, instance: Path) -> None:
    """The pages that came are not asked for again on the same day; on another day all are."""
    register.bodies["0", "2000"] = b'{"type": "FeatureCollection", "features": [{"ty'
    assert code_of(register, instance, "gmina") == "not_json"
    register.bodies.clear()
    register.asked.clear()
    fetched(register, instance)
    assert [one.get("resultOffset") for one in register.asked] == [None, "2000"]
    register.bodies["0", "2000"] = b"{"
    code_of(register, instance, "gmina")
    register.bodies.clear()
    register.asked.clear()
    prg.fetch(prg.Service(instance, date(2026, 3, 12), register.url), "gmina")
    assert len(register.asked) == 4


def test_a_long_page_that_is_no_geojson_is_named(register: Register, instance: Path) -> None:
    """A page cut in the middle is refused with where it begins, and asked for anew next time."""
    whole = json.dumps({"type": "FeatureCollection", "features": register.layers["0"][:1000]})
    register.bodies["0", "0"] = whole[:-2000].encode()
    with pytest.raises(Invalid) as refused:
        fetched(register, instance)
    assert [(one.code, one.where) for one in refused.value.faults] == [("unreadable", "gmina · 0")]
    register.bodies.clear()
    assert len(fetched(register, instance).layer) == len(GMINAS)


def test_the_sum_must_be_as_announced(register: Register, instance: Path) -> None:
    """More or fewer areas than counted end the fetch."""
    register.counts["1"] = len(POWIATS) - 1
    assert code_of(register, instance) == "prg_wrong_count"
    register.counts["1"] = len(POWIATS) + 1
    assert code_of(register, instance) == "prg_empty_page"


def test_a_few_areas_are_no_country(register: Register, instance: Path) -> None:
    """A service that has lost most of them does not take the place of what was loaded."""
    register.layers["1"] = register.layers["1"][:20]
    assert code_of(register, instance) == "prg_too_few"


def test_what_the_service_says_of_itself_is_named(register: Register, instance: Path) -> None:
    """An error told with status 200, no count, no JSON, nobody there."""
    register.bodies["1", "0"] = b'{"error": {"code": 400, "message": "Invalid query"}}'
    assert code_of(register, instance) == "prg_error"
    register.bodies["1", "count"] = b'{"error": {"code": 500}}'
    assert code_of(register, instance) == "prg_no_count"
    register.bodies["1", "count"] = b"<html>"
    assert code_of(register, instance) == "not_json"
    register.url = "http://127.0.0.1:9/FeatureServer"
    assert code_of(register, instance) == "download_unreachable"


def test_a_code_that_comes_twice_is_named(register: Register, instance: Path) -> None:
    """Pages that overlap must not count an area twice."""
    register.layers["1"][-1]["properties"]["teryt"] = "0201"
    assert code_of(register, instance) == "row_repeats"


def test_a_broken_polygon_is_mended_and_named(register: Register, instance: Path) -> None:
    """A bow tie becomes two triangles; everything else is as it was."""
    ring = register.layers["2"][3]["geometry"]["coordinates"][0]
    ring[2], ring[3] = ring[3], ring[2]
    found = fetched(register, instance, "voivodeship")
    assert [(one.code, one.value[:2]) for one in found.notes] == [("shape_mended", "08")]
    assert len(found.layer) == 16


def test_squares_do_not_overlap() -> None:
    """The made-up country is a good one."""
    assert len(squares(GMINAS)) == len(set(GMINAS))
