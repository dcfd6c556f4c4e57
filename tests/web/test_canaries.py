"""No personal datum of any proposal appears where the public, a file or a log can see it.

Canaries are planted through the real forms, every kind of proposal goes its way, and then
everything is searched: every page a visitor can reach, every file, every line that was logged.
"""

import json
import logging
import re
import time
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage

from places import geojson
from tests.builders import a_catalogue, an_id
from tests.conftest import a_few_places
from tests.pictures import MARK, with_place
from tests.web.circle import NEW, Circle

HERE = a_few_places()[0]
PAGE = f"/miejsca/{HERE.slug}-{HERE.id}"
ADDRESS = "203.0.113.77"
CANARY = {
    "email": "kanarek.zolty@ptaszarnia.example", "sender": "Kanarek Żółtopióry",
    "note": "To ja, Wanda z klatki B, proszę dzwonić wieczorem.",
}  # fmt: skip
MODERATOR = "moderatorka@biurko.example"
TRACES = (
    "kanarek", "ptaszarnia", "zoltopior", "żółtopi", "wanda", "klatki b", ADDRESS, "dziobek",
    "biurko.example", MARK.decode().casefold(),
)  # fmt: skip

_SIFTINGS = 1
COVERED = "/pokrycie/1261"
"""One area for all: each has the same pages."""


def traces(content: str | bytes) -> list[str]:
    """Which canaries sing in it, also in the other spelling of addresses and of JSON."""
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    spellings = (text, unquote(text), re.sub(r"\\u([0-9a-f]{4})", _letter, text))
    return [one for one in TRACES if any(one in said.casefold() for said in spellings)]


def _letter(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def reachable(client: FlaskClient, first: Iterable[str]) -> dict[str, bytes]:
    """Everything that links of ours lead a visitor to; of one page's siftings a few."""
    wanted, found = list(first), dict[str, bytes]()
    while wanted:
        path = wanted.pop()
        bare = path.partition("?")[0]
        if path in found or sum(one.startswith(f"{bare}?") for one in found) > _SIFTINGS:
            continue
        if re.match(r"/pokrycie/\d", path) and not path.startswith(COVERED):
            continue
        while (answer := client.get(path, buffered=True)).status_code == 202:
            time.sleep(0.2)  # It is being worked out.
        found[path] = answer.data + str(answer.headers).encode()
        if answer.mimetype == "text/html":
            for link in re.findall(r'(?:href|src|action)="([^"#]+)', answer.text):
                parts = urlsplit(urljoin(f"http://localhost{path}", link.replace("&amp;", "&")))
                if parts.netloc == "localhost" and parts.scheme == "http":
                    wanted.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if answer.location:
            wanted.append(urlsplit(answer.location).path)
    return found


@pytest.fixture
def circle(tmp_path: Path) -> Circle:
    a_catalogue(tmp_path / "places.geojson", a_few_places())
    circle = Circle(tmp_path, {"REMIND_AFTER": 12, "LIMIT_SIGN_IN": "1000 per hour"})
    circle.app.config["NOW"] = lambda: circle.now
    return circle


def sent(circle: Circle, path: str, **fields: Any) -> str:
    """A proposal of the canary's, confirmed; its id."""
    client = circle.visitor()
    client.environ_base["REMOTE_ADDR"] = ADDRESS
    answer = circle.send(path, {**CANARY, **fields}, client)
    assert answer.status_code == 303, answer.text
    return circle.confirm()


def planted(circle: Circle, runner: Any) -> list[str]:
    """Every kind of proposal by every way there is; what the command line printed."""
    decides = circle.moderator(MODERATOR)
    file = FileStorage(BytesIO(with_place()), "kanarek.jpg")
    photo = {
        "photo.s0": file, "photo-alt.s0": "Sala", "photos-author": "Dom Kultury",
        "photos-licence": "CC BY 4.0",
    }  # fmt: skip
    ids = {
        "accepted": sent(circle, "/dodaj", **NEW, runs_it="1"),
        "photo": sent(circle, f"{PAGE}/popraw", summary="Gramy w szachy.", **photo),
        "asked": sent(circle, f"{PAGE}/popraw", door="Od podwórka."),
        "rejected": sent(circle, f"{PAGE}/popraw", journey="Tramwaj 3."),
        "spam": sent(circle, "/dodaj", **{**NEW, "name": "Klub Spamu", "point": "50.05, 19.90"}),
        "waits": sent(circle, f"{PAGE}/zglos", problem="hours"),
        "answered": sent(circle, f"{PAGE}/zglos", problem="other"),
    }
    withdrawn = sent(circle, f"{PAGE}/zglos", problem="moved")
    word = circle.words("zgloszenie")[-1]
    circle.visitor().post(f"/zgloszenie/{word}", data={"verb": "withdraw"})
    [row] = circle.rows("select id from photo")
    circle.decide(decides, ids["accepted"], "przyjmij", owner="on", reason="Dziobek dziękuje.")
    circle.decide(decides, ids["photo"], "przyjmij", **{f"photo.{row['id']}": "on"})
    circle.decide(decides, ids["asked"], "dopytaj", question="Skąd to wiesz, Wando?")
    words = circle.words("zgloszenie")
    for one in words:
        circle.visitor().post(f"/zgloszenie/{one}", data={"verb": "answer", "answer": "Dziobek!"})
    circle.decide(decides, ids["asked"], "przyjmij", reason="Wando, dziękuję.")
    circle.decide(decides, ids["rejected"], "odrzuc", reason="Wando, tam nie ma tramwaju.")
    circle.decide(decides, ids["spam"], "spam", block="on")
    circle.decide(decides, ids["answered"], "przyjmij", reason="Wando, już poprawione.")
    states = dict(map(tuple, circle.rows("select id, state from proposal")))
    assert [states[ids[name]] for name in ("accepted", "photo", "asked", "rejected", "spam")] == [
        "accepted", "accepted", "accepted", "rejected", "spam",
    ]  # fmt: skip
    assert (states[withdrawn], states[ids["waits"]]) == ("withdrawn", "waiting")
    return [*_kept_true(circle, runner), *_cared_for(circle)]


def _cared_for(circle: Circle) -> list[str]:
    """The owner changes something by their link."""
    word = circle.words("opieka")[-1]
    answer = circle.send(f"/opieka/{word}", {"name": "Dom Sąsiedzki Nowszy", "note": "Wanda."})
    assert answer.status_code == 303, answer.text
    return []


def _kept_true(circle: Circle, runner: Any) -> list[str]:
    """A year later the owner is asked, and answers; a moderator hears of the rest."""
    circle.wait(days=400)
    printed = []
    for arguments in (["upkeep", "remind"], ["upkeep", "status"], ["desk", "letters"],
                      ["desk", "deliver"]):  # fmt: skip
        done = runner.invoke(args=arguments)
        assert done.exit_code == 0, done.output
        printed.append(done.output)
    word = circle.words("potwierdz")[-1]
    circle.visitor().post(f"/potwierdz/{word}", data={"answer": "still"})
    return printed


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Every line of every logger."""
    caplog.set_level(logging.DEBUG)
    return caplog


def test_no_canary_sings(circle: Circle, logged: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    """After all of it: no page, no file but the desk's own, no line of a log or of the terminal."""
    runner = circle.app.test_cli_runner()
    printed = planted(circle, runner)
    visitor = circle.visitor()
    found = reachable(visitor, _first(circle))

    assert _public(circle) - _visited(circle, found) == set()
    assert {path: sung for path, body in found.items() if (sung := traces(body))} == {}
    assert {line: sung for line in printed if (sung := traces(line))} == {}
    for form in ("geojson", "csv", "xlsx"):
        out = tmp_path / f"all.{form}"
        done = runner.invoke(args=["catalogue", "export", "--format", form, "--out", str(out)])
        assert done.exit_code == 0, done.output
        assert traces(_unpacked(out)) == []
    for path in (circle.catalogue, *(tmp_path / "photos").iterdir(),
                 circle.instance / "index.db"):  # fmt: skip
        assert traces(path.read_bytes()) == [], path.name
    assert traces(logged.text) == []
    assert traces(json.dumps([str(one.__dict__) for one in logged.records])) == []


def test_a_refused_form_leaves_no_line(circle: Circle, logged: pytest.LogCaptureFixture) -> None:
    """Neither a form with faults, nor too many of them, nor a bug of ours writes a person down."""
    client = circle.visitor()
    client.environ_base["REMOTE_ADDR"] = ADDRESS
    circle.app.config["LIMIT_FORMS"] = "2 per hour"
    for _ in range(4):
        client.post("/dodaj", data={**CANARY, **NEW, "hours.open.text": "wanda"})
    circle.app.config["CATALOGUE"] = 7  # nobody can set this; it breaks the view
    assert client.get(f"{PAGE}?q={CANARY['email']}").status_code >= 400
    assert client.post(f"{PAGE}/zglos", data=CANARY).status_code >= 400

    assert traces(logged.text) == []


def test_forgotten_she_is_gone_from_every_byte(
    circle: Circle, logged: pytest.LogCaptureFixture
) -> None:
    """`flask desk forget` after all of that: no table, journal, letter or photo remembers her."""
    runner = circle.app.test_cli_runner()
    planted(circle, runner)
    assert any(traces(path.read_bytes()) for path in _files(circle.instance))

    shown = runner.invoke(args=["desk", "show", CANARY["email"]])
    done = runner.invoke(args=["desk", "forget", CANARY["email"], "--yes"])

    assert shown.exit_code == 0
    assert len(json.loads(shown.output)["proposals"]) >= 7
    assert done.exit_code == 0, done.output
    assert traces(done.output) == []
    hers = set(TRACES) - {"biurko.example"}  # who decides stays, to answer for it
    left = {path.name: hers & set(traces(path.read_bytes())) for path in _files(circle.instance)}
    assert {name: sung for name, sung in left.items() if sung} == {}
    assert circle.visitor().get(PAGE).status_code == 200
    assert circle.place(HERE.id).summary == "Gramy w szachy."
    assert traces(logged.text) == []


def test_purged_after_years_only_facts_are_left(circle: Circle) -> None:
    """`flask desk purge` two years on: nothing of her but where she still looks after a place."""
    runner = circle.app.test_cli_runner()
    planted(circle, runner)

    tried = runner.invoke(args=["desk", "purge", "--dry-run", "--now", "2029-06-01"])
    before = circle.rows("select count(*) from sender")[0][0]
    done = runner.invoke(args=["desk", "purge", "--now", "2029-06-01"])

    assert tried.exit_code == done.exit_code == 0, done.output
    assert before > 0
    states = {row[0] for row in circle.rows(
        "select state from sender join proposal on proposal.id = sender.proposal")}  # fmt: skip
    assert states <= {"waiting", "asked"}
    assert runner.invoke(args=["desk", "purge", "--now", "2029-06-01"]).output.startswith("Nie ma")


def _first(circle: Circle) -> list[str]:
    ids = [one.id for one in geojson.read(circle.catalogue).places]
    paths = [f"/api/places/{one}.geojson" for one in ids] + [f"/miejsca/{one}" for one in ids]
    assert an_id(1) in ids
    return [
        "/", "/sitemap.xml", "/robots.txt", "/healthz", "/api/places.geojson", "/jakosc",
        "/api/places.geojson?zoom=6", "/api/suggest?q=kan", "/api/hours?text=pn",
        "/dodaj/miejscowosci?name=wanda", "/dodaj/wyslane", "/api/schema/place.json", "/prywatnosc",
        "/jakosc/miejscowosci", COVERED, f"{COVERED}/miejsca-na-nowe.json?count=1",
        *paths,
        *(f"/miejsca/x-{one}/historia" for one in ids),
    ]  # fmt: skip


def _public(circle: Circle) -> set[str]:
    """The routes that anybody can open without a word from a letter."""
    return {
        rule.endpoint
        for rule in circle.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.rule.startswith("/moderacja")
        and not {"word", "number"} & rule.arguments
    }


def _visited(circle: Circle, paths: Iterable[str]) -> set[str]:
    routes = circle.app.url_map.bind("localhost")
    known = (path.partition("?")[0] for path in paths)
    return {str(routes.match(path)[0]) for path in known if routes.test(path)}


def _unpacked(path: Path) -> bytes:
    """What a file says; a spreadsheet is a folder in disguise."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
