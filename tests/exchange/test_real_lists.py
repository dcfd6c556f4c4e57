"""The duplicate rule on lists as two cities keep them, against the real catalogue.

Which rows are already in the catalogue was judged by eye, by name, address and point; most stand
there under another name.
"""

from datetime import date
from pathlib import Path

import pytest

from places import geojson
from places.exchange import files, intake
from places.exchange.intake import Plan
from tests.builders import an_id

ROOT = Path(__file__).parents[2]
LISTS = ROOT.parent / "shared" / "data"
CATALOGUE = ROOT / "data" / "places.geojson"

WARSAW = {
    10, 13, 15, 19, 32, 33, 40, 41, 47, 48, 50, 55, 56, 57, 58, 59, 60, 61, 73, 75, 79, 94, 98,
}  # fmt: skip
GDANSK = {3, 11, 12, 13, 14, 15, 16, 17, 71}


def planned(name: str, **constants: str) -> Plan:
    if not (LISTS / name).exists():
        pytest.skip(f"no {name} at hand: the duplicate rule was not tried on it")
    numbers = iter(range(10_000))
    terms = intake.Terms(
        today=date(2026, 11, 22),
        new_id=lambda: an_id(next(numbers)),
        constants={
            "type": "dom_kultury",
            "position.uncertainty_m": "75",
            "sources": "https://example.org/lista",
            **{name.replace("_", "."): value for name, value in constants.items()},
        },
    )
    return intake.plan(files.read(LISTS / name), geojson.read(CATALOGUE).places, terms)


def taken_for_known(plan: Plan) -> set[int]:
    """Rows taken for places of the catalogue; nothing else was wrong with any."""
    refused = [verdict for verdict in plan.verdicts if verdict.outcome == "refused"]
    assert {fault.code for verdict in refused for fault in verdict.faults} == {"probably_known"}
    return {verdict.row for verdict in refused if any(twin.row is None for twin in verdict.twins)}


def test_culture_houses_of_warsaw() -> None:
    """All 23 that are in the catalogue are found among 97, and no other."""
    plan = planned("warszawa_domy_kultury_2023.csv", address_city="Warszawa")

    assert len(plan.verdicts) == 97
    assert taken_for_known(plan) == WARSAW
    assert plan.count("added") == 97 - len(WARSAW)


def test_culture_institutions_of_gdansk() -> None:
    """All nine are found among 74; three branches of one library in one house are asked about."""
    plan = planned("gdansk_instytucje_kultury_2020.geojson", address_city="Gdańsk")

    assert len(plan.verdicts) == 74
    assert taken_for_known(plan) == GDANSK
    assert plan.count("added") == 74 - len(GDANSK) - 3
