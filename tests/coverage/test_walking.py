"""Where people may walk: the wiki's access rules, case by case."""

import pytest

from places.coverage import walking


@pytest.mark.parametrize("highway", sorted(walking.OPEN))
def test_streets_and_paths_are_open(highway: str) -> None:
    """Every one of them, and none that is private or forbidden on foot."""
    assert walking.may_walk({"highway": highway})
    assert not walking.may_walk({"highway": highway, "access": "private"})
    assert not walking.may_walk({"highway": highway, "foot": "no"})


@pytest.mark.parametrize(
    "highway",
    [
        "motorway", "motorway_link", "construction", "proposed", "abandoned", "raceway",
        "bus_guideway", "escape", "rest_area", "services", "via_ferrata", "razed", "",
    ],
)  # fmt: skip
def test_what_is_no_way_on_foot_is_none_whatever_it_says(highway: str) -> None:
    """A motorway stays one with `foot=yes`, and so does a street that is yet to be built."""
    assert not walking.may_walk({"highway": highway, "foot": "yes"})


@pytest.mark.parametrize("highway", sorted(walking.BY_LEAVE))
def test_a_cycleway_needs_a_word_for_people_on_foot(highway: str) -> None:
    """`foot` opens it; that everybody may come does not mean on foot."""
    assert not walking.may_walk({"highway": highway})
    assert not walking.may_walk({"highway": highway, "access": "yes"})
    assert walking.may_walk({"highway": highway, "foot": "designated"})


def test_an_expressway_is_closed_and_a_trunk_road_is_not() -> None:
    """`motorroad=yes` is what makes one."""
    assert walking.may_walk({"highway": "trunk"})
    assert not walking.may_walk({"highway": "trunk", "motorroad": "yes"})
    assert walking.may_walk({"highway": "trunk", "motorroad": "yes", "foot": "yes"})
    assert not walking.may_walk({"highway": "primary", "motorroad": "yes", "access": "yes"})


@pytest.mark.parametrize(
    ("said", "open_"),
    [
        ({"access": "no", "foot": "yes"}, True),
        ({"access": "private", "foot": "permissive"}, True),
        ({"access": "yes", "foot": "private"}, False),
        ({"foot": "use_sidepath"}, False),
        ({"access": "customers"}, True),
        ({"access": "destination"}, True),
        ({"access": "permit"}, False),
        ({"access": "military"}, False),
        ({"foot": "limited"}, True),
        ({"access": "no", "foot": "limited"}, False),
        ({"service": "driveway"}, True),
        ({"service": "driveway", "access": "private"}, False),
        ({"motor_vehicle": "no", "vehicle": "private"}, True),
        ({"foot:conditional": "no @ (22:00-06:00)"}, True),
        ({"indoor": "yes", "level": "-1"}, True),
        ({"area": "yes"}, True),
    ],
)
def test_foot_is_stronger_than_access(said: dict[str, str], open_: bool) -> None:
    """What is said of people on foot decides, then what is said of all."""
    assert walking.may_walk({"highway": "service", **said}) is open_


def test_only_stairs_are_stairs() -> None:
    """Moving ones too."""
    assert walking.is_steps({"highway": "steps", "conveying": "yes"})
    assert not walking.is_steps({"highway": "footway"})


@pytest.mark.parametrize(
    ("gate", "closed"),
    [
        ({}, False),
        ({"access": "private"}, True),
        ({"access": "private", "foot": "yes"}, False),
        ({"foot": "no"}, True),
        ({"access": "customers"}, False),
    ],
)
def test_a_private_gate_stops_the_public(gate: dict[str, str], closed: bool) -> None:
    """Unless it lets people on foot in."""
    assert walking.is_closed({"barrier": "gate", **gate}) is closed


@pytest.mark.parametrize("key", ["highway", "foot", "access", "motorroad"])
def test_nothing_else_matters(key: str) -> None:
    """A value not in SAID is the same as none, so that files may be read with SAID alone."""
    for before in ({"highway": "service"}, {"highway": "cycleway", "foot": "yes"}):
        without = {name: value for name, value in before.items() if name != key}
        assert walking.may_walk({**without, key: "whatever"}) == walking.may_walk(without)
        assert f"{key}=whatever" not in walking.SAID
