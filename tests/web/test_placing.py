"""Where the place of a form is: by point, by address, by town, as exactly as it is known."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app import create_app
from places.web import placing
from places.web.placing import Placed

AT_RUDNA = "51.51001, 16.26001"


@pytest.fixture
def site(catalogue: Path, instance: Path) -> Flask:
    return create_app({"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": ""})


@pytest.fixture
def geocoder() -> Iterator[tuple[str, dict[str, object]]]:
    """The address of a server that plays GUGiK's, and what it answers."""
    answer: dict[str, object] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", answer
    server.shutdown()
    server.server_close()


def placed(site: Flask, **fields: str) -> Placed:
    """What is made of these fields."""
    with site.test_request_context():
        return placing.read(
            MultiDict({name.replace("__", "."): one for name, one in fields.items()})
        )


@pytest.mark.parametrize(
    ("accuracy", "precision", "metres"),
    [("", "address", 30), ("12", "address", 30), ("250", "street", 250),
     ("900", "neighbourhood", 900), ("20000", "locality", 20_000), ("-1", "address", 30)],
)  # fmt: skip
def test_a_point_is_as_exact_as_it_was_found(
    accuracy: str, precision: str, metres: int, site: Flask
) -> None:
    """A finger on the map hits the house; a telephone says itself how well it knows."""
    found = placed(site, address__city="Rudna", point=AT_RUDNA, accuracy=accuracy).values
    assert (found["lat"], found["lon"]) == (51.51001, 16.26001)
    assert found["position.precision"] == precision
    assert found["position.uncertainty_m"] == metres


@pytest.mark.parametrize(
    ("said", "code"),
    [("tu", "not_a_point"), ("16.26, 51.51", "axes_swapped"), ("48.1, 11.5", "outside_poland"),
     ("51.51", "not_a_point"), ("51,51, 16,26", "")],
)  # fmt: skip
def test_what_is_no_point_is_told(said: str, code: str, site: Flask) -> None:
    """Decimal commas are fine; turned round or far away it is not taken."""
    found = placed(site, address__city="Rudna", point=said)
    assert [one.code for one in found.faults] == ([code] if code else [])
    assert bool(found.values.get("position.precision") == "address") is not bool(code)


def test_a_point_far_from_its_town_asks_for_the_gmina(site: Flask) -> None:
    """The Rudna that is known lies elsewhere: this must be another one."""
    found = placed(site, address__city="Rudna", point="54.35, 18.65")
    assert [one.field for one in found.faults] == ["address.gmina"]
    said = placed(site, address__city="Rudna", point="54.35, 18.65", address__gmina="Kolbudy")
    assert said.values["address.voivodeship"] == "pomorskie"
    assert said.values["address.teryt"] == "220000"


def test_none_of_those_offered(site: Flask) -> None:
    """Whoever means none of them says in which gmina and voivodeship it is."""
    found = placed(site, address__city="Rudna", locality=placing.ANOTHER)
    assert {one.field for one in found.faults} == {"address.gmina", "address.voivodeship"}
    assert found.asks_gmina


def test_an_address_is_found_where_a_geocoder_is_on(
    catalogue: Path, instance: Path, geocoder: tuple[str, dict[str, object]]
) -> None:
    """Its point and its source are kept; an answer far from the town, or none, leaves the town."""
    url, answer = geocoder
    site = create_app(
        {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": "",
         "GEOCODER": "gugik", "GEOCODER_GUGIK_URL": url}
    )  # fmt: skip
    answer["results"] = {"1": {"city": "Rudna", "x": "16.27", "y": "51.51"}}
    found = placed(site, address__city="Rudna", address__street="ul. Polna 3").values
    assert (found["lat"], found["lon"]) == (51.51, 16.27)
    assert found["position.method"] == "geocoder_gugik"
    assert found["position.precision"] == "address"
    answer["results"] = {"1": {"city": "Rudna", "x": "18.65", "y": "54.35"}}
    far = placed(site, address__city="Rudna", address__street="ul. Polna 5").values
    assert far["position.precision"] == "locality"
    answer["results"] = None
    none = placed(site, address__city="Rudna", address__street="ul. Polna 7").values
    assert none["position.precision"] == "locality"
