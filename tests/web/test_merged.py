"""The address of a record that turned out to repeat another leads to that one, for ever."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from places.place import Place
from tests.builders import a_catalogue, a_place, an_id

ONE, TWO, THREE = an_id(1), an_id(2), an_id(3)


def a_client(folder: Path, places: list[Place]) -> FlaskClient:
    catalogue = a_catalogue(folder / "places.geojson", places)
    settings = {"CATALOGUE": str(catalogue), "INSTANCE": str(folder / "instance"), "URL": ""}
    return create_app(settings).test_client()


def merged(place_id: str, into: str) -> Place:
    return a_place(id=place_id, name="Dawny wpis", status="withdrawn", merged_into=into)


@pytest.mark.parametrize("old", [TWO, THREE])
def test_a_merged_record_leads_to_the_kept_one(tmp_path: Path, old: str) -> None:
    """Directly or by way of another, whatever stands before its id, and in the API too."""
    client = a_client(tmp_path, [a_place(id=ONE), merged(TWO, ONE), merged(THREE, TWO)])
    for path in (f"/miejsca/dawny-wpis-krakow-{old}", f"/miejsca/cokolwiek-{old}",
                 f"/miejsca/{old}"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 301
        assert answer.location.endswith(f"/miejsca/klub-pod-lipa-krakow-{ONE}")
    answer = client.get(f"/api/places/{old}.geojson")
    assert (answer.status_code, answer.location) == (301, f"/api/places/{ONE}.geojson")
    assert client.get(answer.location).get_json()["id"] == ONE


@pytest.mark.parametrize("into", [TWO, an_id(9)])
def test_what_leads_nowhere_is_gone(tmp_path: Path, into: str) -> None:
    """In a circle or to nothing: the record answers for itself."""
    client = a_client(tmp_path, [merged(ONE, into), merged(TWO, ONE)])
    assert client.get(f"/miejsca/dawny-wpis-krakow-{ONE}").status_code == 410
    assert client.get(f"/api/places/{ONE}.geojson").status_code == 410


def test_a_closed_place_says_why_and_what_is_near(tmp_path: Path) -> None:
    """Whoever comes by an old address learns the reason and where to go instead."""
    gone = a_place(id=ONE, status="closed", status_note="Skończył się najem.")
    near = a_place(id=TWO, name="Klub Obok", point=(50.0230, 19.9710))
    client = a_client(tmp_path, [gone, near])
    answer = client.get(f"/miejsca/klub-pod-lipa-krakow-{ONE}")
    assert answer.status_code == 410
    assert "Skończył się najem." in answer.text
    assert "Klub Obok" in answer.text
