"""Is this place in the catalogue already?  Asked of the index."""

from pathlib import Path

import pytest

from places import twins
from places.exchange.duplicates import Register
from places.index import open_index
from places.place import Place
from tests.builders import a_catalogue, a_place, an_id, some_places

NEW = a_place(id="nowe0000")
NEAR = (50.0219, 19.9708)
FAR = (50.0617, 19.9373)


def found(folder: Path, known: list[Place], one: Place = NEW) -> list[str]:
    catalogue = a_catalogue(folder / "places.geojson", known)
    with open_index(catalogue, folder / "instance") as index:
        return [twin.place.id for twin in twins.probable(index, one)]


@pytest.mark.parametrize(
    "changes",
    [
        {"point": NEAR, "name": "KLUB POD LIPA"},
        {"point": FAR, "name": "Klub pod Lipą!"},
        {"point": FAR, "position": {"precision": "locality", "uncertainty_m": 6000},
         "name": "Klub „Pod Lipą”", "address.street": None},
        {"point": NEAR, "name": "Filia Pod Lipami"},
    ],
)  # fmt: skip
def test_a_place_that_is_known_is_offered(tmp_path: Path, changes: dict[str, object]) -> None:
    """Near and alike, the same name in the gmina, or vaguely there."""
    assert found(tmp_path, [a_place(id=an_id(1), **changes), *some_places(9)[2:]]) == [an_id(1)]


@pytest.mark.parametrize(
    "changes",
    [
        {"point": NEAR, "name": "Dom Kultury Sowa", "address.street": "ul. Inna 1"},
        {"point": FAR, "address": {"city": "Skawina", "gmina": "Skawina", "teryt": "120611"}},
        {"id": NEW.id},
        {"status": "withdrawn"},
    ],
)
def test_another_place_is_not(tmp_path: Path, changes: dict[str, object]) -> None:
    """Nor the place itself, nor what is no longer in lists."""
    assert found(tmp_path, [a_place(**{"id": an_id(1), **changes})]) == []


def test_the_nearest_comes_first(tmp_path: Path) -> None:
    """With how far it is."""
    known = [a_place(id=an_id(1), point=FAR), a_place(id=an_id(2), point=NEAR)]
    assert found(tmp_path, known) == [an_id(2), an_id(1)]


def test_the_index_offers_what_the_whole_catalogue_would(tmp_path: Path) -> None:
    """The few that are asked for are all that matter, on the real catalogue too."""
    from places import geojson

    real = Path(__file__).parents[1] / "data" / "places.geojson"
    listed = [one for one in geojson.read(real).places if one.listed]
    register = Register()
    for one in listed:
        register.add(one)
    with open_index(real, tmp_path) as index:
        for one in listed[::7]:
            everyone = [x for x in register.twins(one) if x.place.id != one.id]
            assert list(twins.probable(index, one)) == everyone
