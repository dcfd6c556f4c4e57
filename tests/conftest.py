"""What every test may ask for: a catalogue on disk, its index, and the site over both.

Everything is real and lies in the test's own folder.  Hypothesis tries the same examples each
time, so that a red test stays red; `--hypothesis-profile=seek` looks for new ones.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import Phase, settings

from app import create_app
from places.desk import open_desk
from places.index import Index, open_index
from places.place import Place
from tests.builders import a_catalogue, a_place, an_id

settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    max_examples=50,
    database=None,
    # A catalogue and an index are made for each example: making a red one smaller takes minutes.
    phases=[Phase.explicit, Phase.generate],
)
settings.register_profile("seek", deadline=None, max_examples=500, database=None)
settings.load_profile("house")


def a_few_places() -> list[Place]:
    """Two clubs in Kraków, one in Gdańsk, a village hall, a vague one and one withdrawn."""
    gdansk = {
        "city": "Gdańsk", "gmina": "Gdańsk", "teryt": "226101", "voivodeship": "pomorskie",
        "district": "Orunia", "street": "ul. Gościnna 14",
    }  # fmt: skip
    rudna = {
        "city": "Rudna", "gmina": "Rudna", "teryt": "021104", "voivodeship": "dolnośląskie",
        "district": None, "street": None,
    }  # fmt: skip
    swolowo = {
        "city": "Swołowo", "gmina": "Słupsk", "teryt": "221208", "voivodeship": "pomorskie",
        "district": None, "street": None,
    }  # fmt: skip
    return [
        a_place(id=an_id(1), networks=["MAM", "Senior+"]),
        a_place(
            id=an_id(2), name="Łącznik na Kozłówce", point=(50.0300, 19.9800),
            type="centrum_aktywnosci", networks=["MAM"],
        ),
        a_place(
            id=an_id(3), name="Dom Sąsiedzki Gościnna Przystań", point=(54.3230, 18.6370),
            type="dom_sasiedzki", networks=["Dom Sąsiedzki Gdańsk"], address=gdansk,
            checked={"existence": {"on": "2026-02-01", "by": "source"}},
        ),
        a_place(
            id=an_id(4), name="Świetlica wiejska w Rudnej", point=(51.5080, 16.2580),
            type="swietlica", address=rudna,
            position={"precision": "locality", "uncertainty_m": 1590},
        ),
        a_place(
            id=an_id(5), name="Gdzieś w Swołowie", point=(54.4640, 16.8220), type="inne",
            address=swolowo, position={"precision": "gmina", "uncertainty_m": 9000},
        ),
        a_place(id=an_id(6), name="Dawny Klub", status="withdrawn"),
    ]  # fmt: skip


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return a_catalogue(tmp_path / "places.geojson", a_few_places())


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    return tmp_path / "instance"


@pytest.fixture
def index(catalogue: Path, instance: Path) -> Iterator[Index]:
    with open_index(catalogue, instance) as opened:
        yield opened


@pytest.fixture
def desk(instance: Path) -> Iterator[sqlite3.Connection]:
    with open_desk(instance) as opened:
        yield opened


@pytest.fixture
def app(catalogue: Path, instance: Path) -> Flask:
    return create_app({"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": ""})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
