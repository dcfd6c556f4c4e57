"""The catalogue for programs: the same words and the same places as the pages."""

import gzip
import json
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import jsonschema_rs
import pytest
from flask.testing import FlaskClient

from app import create_app
from places import geojson
from places.query import Query
from tests.builders import a_catalogue, a_place, an_id

PLACES = "/api/places.geojson"
ACCEPTED = {
    "q": "klub", "city": "krakow", "district": "krakow/podgorze", "type": "dom_kultury",
    "network": "mam", "near": "50.02,19.97", "radius": "9000", "bbox": "19,49,21,51",
    "sort": "distance", "page": "1", "per_page": "50", "open": "weekend", "exact": "1",
    "explain": "1",
}  # fmt: skip


def get(client: FlaskClient, **args: Any) -> Any:
    """The answer to these parameters, which must be one."""
    response = client.get(f"{PLACES}?{urlencode(args, doseq=True)}")
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/geo+json"
    return json.loads(response.data)


def ids(answer: Any) -> list[str]:
    """Which places an answer holds."""
    return [feature["id"] for feature in answer["features"]]


def test_the_api_takes_every_parameter_of_a_query(client: FlaskClient) -> None:
    """Every word a query has is understood by the page and by the API."""
    assert {field.name for field in fields(Query)} == ACCEPTED.keys()
    assert ids(get(client, **ACCEPTED)) == [an_id(1)]
    assert client.get(f"/?{urlencode(ACCEPTED)}").status_code == 200


def test_a_page_of_whole_features_with_its_total(client: FlaskClient) -> None:
    """Total, page and pages stand beside the features, in the order of the list."""
    answer = get(client, per_page=2, page=2)
    assert (answer["total"], answer["page"], answer["pages"]) == (5, 2, 3)
    assert answer["type"] == "FeatureCollection"
    assert len(answer["features"]) == 2
    assert ids(get(client)) == [
        one for page in (1, 2, 3) for one in ids(get(client, per_page=2, page=page))
    ]


def test_features_are_those_of_the_catalogue(client: FlaskClient) -> None:
    """Each is a place as the file has it, with its page added, and fits the published schema."""
    schema = client.get("/api/schema/place.json").get_json()
    check = jsonschema_rs.validator_for(schema)
    for feature in get(client)["features"]:
        url = feature["properties"].pop("url")
        assert feature["properties"].pop("now")["state"] in ("open", "closed", "unknown")
        assert check.is_valid(feature)
        assert geojson.place(feature).id == feature["id"]
        assert client.get(url).status_code == 200


def test_distances_are_given_when_it_is_known_from_where(client: FlaskClient) -> None:
    """Metres stand in the properties, growing along the list; a vague place has none."""
    found = get(client, near="54.323,18.637", radius=500_000, sort="distance")["features"]
    metres = [feature["properties"].get("metres") for feature in found]
    assert metres[0] == 0
    assert metres[-1] is None
    assert metres[:-1] == sorted(metres[:-1])
    assert all("metres" not in feature["properties"] for feature in get(client)["features"])


def test_next_and_previous_lead_through_all_pages(client: FlaskClient) -> None:
    """Following the links from the first page visits every place once."""
    seen: list[str] = []
    url: str | None = f"{PLACES}?per_page=2&q=&type=dom_kultury&type=swietlica&type=inne"
    back = 0
    while url:
        answer = client.get(url).get_json(force=True)
        seen += ids(answer)
        links = {link["rel"]: link["href"] for link in answer["links"]}
        assert urlsplit(links["self"]).path == PLACES
        back += "prev" in links
        url = links.get("next")
    assert sorted(seen) == [an_id(1), an_id(4), an_id(5)]
    assert back == 1


def test_the_map_gets_all_that_can_be_drawn(client: FlaskClient) -> None:
    """With a zoom the answer is pins with what a pop-up says, and no page."""
    answer = get(client, zoom=6)
    assert (answer["total"], answer["off_map"], answer["grouped"]) == (5, 1, False)
    assert sorted(ids(answer)) == [an_id(number) for number in (1, 2, 3, 4)]
    first = next(one for one in answer["features"] if one["id"] == an_id(1))
    assert first["geometry"]["coordinates"] == [19.9705, 50.0217]
    assert first["properties"].keys() == {
        "name", "type", "city", "precision", "uncertainty_m", "pinned", "url",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("args", "faults"),
    [
        ({"kolor": "red"}, {("kolor", "unknown_parameter")}),
        ({"type": "kino", "page": "0", "near": "19,50"},
         {("type", "not_in_list"), ("page", "out_of_range"), ("near", "axes_swapped")}),
        ({"near": "Xyzzyq"}, {("near", "unknown_settlement")}),
        ({"view": "19,50,20,51"}, {("view", "unknown_parameter")}),
        ({"zoom": "20"}, {("zoom", "out_of_range")}),
        ({"zoom": "-1"}, {("zoom", "out_of_range")}),
        ({"zoom": "0000000000099999"}, {("zoom", "out_of_range")}),
        ({"zoom": ["5", "6"]}, {("zoom", "out_of_range")}),
        ({"zoom": "6", "view": "1,2,3", "page": "2", "type": "kino"},
         {("view", "wrong_count"), ("page", "not_with_zoom"), ("type", "not_in_list")}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_as_a_problem(
    client: FlaskClient, args: dict[str, Any], faults: set[tuple[str, str]]
) -> None:
    """400 as problem+json with every fault: its parameter, its code and a Polish sentence."""
    response = client.get(f"{PLACES}?{urlencode(args, doseq=True)}")
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    problem = json.loads(response.data)
    assert problem["status"] == 400
    assert problem["title"]
    assert {(one["parameter"], one["code"]) for one in problem["faults"]} == faults
    for one in problem["faults"]:
        assert one["message"].endswith(".")
        assert "nieprawidłowa wartość" not in one["message"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/api/places/{an_id(1)}.geojson", 200),
        (f"/api/places/{an_id(6)}.geojson", 410),
        ("/api/places/zzzzzzzz.geojson", 404),
        ("/api/places/%00.geojson", 404),
        ("/api/nothing", 404),
    ],
)
def test_one_place_by_its_id(client: FlaskClient, path: str, status: int) -> None:
    """The whole feature; 410 for one withdrawn, 404 for what never was, both as problem+json."""
    response = client.get(path)
    assert response.status_code == status
    expected = "application/geo+json" if status == 200 else "application/problem+json"
    assert response.mimetype == expected
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_reading_only(client: FlaskClient) -> None:
    """Nothing can be changed here, and the answer says what can be done."""
    response = client.post(PLACES, json={"name": "x"})
    assert response.status_code == 405
    assert response.mimetype == "application/problem+json"
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("encoding", ["identity", "br", "gzip"])
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, encoding: str) -> None:
    """With the tag of the last answer the same question gets 304, until the catalogue changes."""
    headers = {"Accept-Encoding": encoding}
    first = client.get(PLACES, headers=headers)
    tag = first.headers["ETag"]
    again = client.get(PLACES, headers={**headers, "If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    other = client.get(f"{PLACES}?city=gdansk", headers={**headers, "If-None-Match": tag})
    assert other.status_code == 200


def test_answers_are_compressed(client: FlaskClient) -> None:
    """Who takes gzip gets gzip, and caches are told that it depends on that."""
    response = client.get(PLACES, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert json.loads(gzip.decompress(response.data))["total"] == 5


@pytest.fixture
def at_noon(tmp_path: Path) -> FlaskClient:
    """The site on a Thursday at noon, with an open club, a closed one, and one that says nothing,
    near enough to be drawn."""
    rules = ("Mo-Fr 10:00-18:00", "Mo-Fr 15:00-20:00", None)
    places = [
        a_place(**{"id": an_id(number), "name": f"Klub {number}", "hours.open": rule})
        for number, rule in enumerate(rules)
    ]
    catalogue = a_catalogue(tmp_path / "places.geojson", places)
    noon = datetime(2026, 11, 26, 12, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
    settings = {"CATALOGUE": str(catalogue), "INSTANCE": str(tmp_path / "i"), "NOW": lambda: noon}
    return create_app(settings).test_client()


def test_every_feature_says_whether_it_is_open(at_noon: FlaskClient) -> None:
    """Beside the rule stands what it means now, and until when; unknown is unknown."""
    told = {f["properties"]["name"]: f["properties"]["now"] for f in get(at_noon)["features"]}
    assert told == {
        "Klub 0": {"state": "open", "until": "2026-11-26T18:00:00+01:00"},
        "Klub 1": {"state": "closed", "until": "2026-11-26T15:00:00+01:00"},
        "Klub 2": {"state": "unknown", "until": None},
    }


@pytest.mark.parametrize(
    ("code", "open_ones"), [("now", [0]), ("2026-11-26T19:00", [1]), ("evening", [0, 1])]
)
def test_list_and_map_heed_the_time(at_noon: FlaskClient, code: str, open_ones: list[int]) -> None:
    """Open ones first, then those with unknown hours, which are counted; the map has the same."""
    answer = get(at_noon, open=code, sort="name")
    expected = [*map(an_id, open_ones), an_id(2)]
    assert ids(answer) == expected
    assert answer["unknown_hours"] == 1
    assert answer["level"] == "every"
    assert sorted(ids(get(at_noon, open=code, zoom=10))) == sorted(expected)
    assert get(at_noon)["unknown_hours"] == 0


def test_the_nearest_elsewhere_are_told_apart(client: FlaskClient) -> None:
    """Beside the features of the area, with their metres from its middle; else not at all."""
    found = get(client, q="dom sąsiedzki w Rudnej")
    assert [one["properties"]["address"]["city"] for one in found["features"]] == ["Rudna"]
    assert found["origin"]["name"] == "Rudna"
    [one] = found["beyond"]
    assert one["properties"]["name"] == "Dom Sąsiedzki Gościnna Przystań"
    assert 300_000 < one["properties"]["metres"] < 400_000
    assert not {"beyond", "origin"} & get(client, q="dom sąsiedzki w Gdańsku").keys()


def test_the_level_of_the_answers_is_told(client: FlaskClient) -> None:
    """Where no place has all the words, the answer says that it has only some."""
    assert get(client, q="przystań")["level"] == "every"
    assert get(client, q="przystań xyzzyq")["level"] == "some"


def test_reasons_are_told_when_asked_for(client: FlaskClient) -> None:
    """With `explain=1` every feature has at least one reason; without it none has any."""
    for feature in get(client, q="klub", explain=1)["features"]:
        assert feature["properties"]["reasons"]
        for reason in feature["properties"]["reasons"]:
            assert reason.keys() == {"kind", "said", "field", "weight"}
    assert all("reasons" not in f["properties"] for f in get(client, q="klub")["features"])
