"""Online geocoders, played by a server of our own: good, slow, broken and hostile."""

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from app import create_app
from places import fetching, geocoding
from places.errors import Invalid
from places.geo import Point, Spot, metres
from places.geocoders import CREDITS, PACES, Geocoder
from places.geocoding import Geocoding
from tests.builders import a_catalogue
from tests.conftest import a_few_places

SHAPES = Path(__file__).parents[2] / "shared" / "geodata" / "api"
STALOWA = Point(52.258432, 21.035765)
GUGIK = {
    "type": "address", "found objects": 1, "returned objects": 1,
    "results": {"1": {
        "city": "Warszawa", "citypart": None, "street": "ulica Stalowa", "number": "1",
        "teryt": "146501", "code": "03-425", "x": "21.035765", "y": "52.258432",
        "accuracy": "0.75", "id": 1,
    }},
}  # fmt: skip
NOMINATIM = [{"place_id": 1, "lat": "52.258432", "lon": "21.035765", "display_name": "1, Stalowa"}]
NOTHING = {"gugik": {"type": "address", "found objects": 0, "results": None}, "nominatim": []}


class Host:
    """A geocoder that says what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[dict[str, str]] = []
        self.agents: list[str] = []
        self.times: list[float] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body: bytes = b""
        self.pause = 0.0
        """Seconds before each byte."""

    def say(self, said: Any) -> None:
        """Answers with this from now on."""
        self.body = said if isinstance(said, bytes) else json.dumps(said).encode()

    def asks(self, code: str, folder: Path, **more: Any) -> Geocoding:
        """This host as the only geocoder."""
        return Geocoding([Geocoder(code, self.url)], folder, **more)


@pytest.fixture
def hosts() -> Iterator[Callable[[], Host]]:
    """Each call gives another host."""
    running: list[ThreadingHTTPServer] = []

    def another() -> Host:
        host = Host()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.times.append(time.monotonic())
                host.agents.append(self.headers["User-Agent"])
                found = parse_qs(urlsplit(self.path).query)
                host.asked.append({name: values[0] for name, values in found.items()})
                self.send_response(host.status)
                for name, value in host.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self._send()

            def _send(self) -> None:
                try:
                    if not host.pause:
                        self.wfile.write(host.body)
                        return
                    for byte in host.body:
                        time.sleep(host.pause)
                        self.wfile.write(bytes([byte]))
                except OSError:
                    """Whoever asked has hung up."""

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        running.append(server)
        host.url = f"http://127.0.0.1:{server.server_address[1]}/search"
        return host

    yield another
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def host(hosts: Callable[[], Host]) -> Host:
    return hosts()


def code_of(asked: Geocoding, typed: str = "Warszawa, Stalowa 1") -> str:
    """The code of the fault that the question ends in."""
    with pytest.raises(Invalid) as refused:
        asked.find(typed)
    [fault] = refused.value.faults
    assert fault.field == "near"
    return fault.code


def test_off_nobody_is_asked(tmp_path: Path) -> None:
    """Without a geocoder there is no answer, no fault, and no file."""
    assert Geocoding(folder=tmp_path).find("Warszawa, Stalowa 1") is None
    assert not list(tmp_path.iterdir())


def test_what_is_no_address_is_asked_of_nobody(host: Host, tmp_path: Path) -> None:
    """A town or a postcode is none of a geocoder's business."""
    for typed in ("Rudna", "31-559", "31-559 Kraków", "", "\0"):
        assert host.asks("nominatim", tmp_path).find(typed) is None
    assert host.asked == []


def test_gugik_is_asked_as_it_wants(host: Host, tmp_path: Path) -> None:
    """Town, comma, street and number; the point comes back with the words typed."""
    host.say(GUGIK)
    found = host.asks("gugik", tmp_path).find("ul. Stalowa 1/7, 03-425 Warszawa")
    assert found == Spot("ul. Stalowa 1/7, 03-425 Warszawa", STALOWA, "gugik")
    assert host.asked == [
        {"request": "GetAddress", "address": "Warszawa, Stalowa 1", "srid": "4326"}
    ]


def test_nominatim_is_asked_as_it_wants(host: Host, tmp_path: Path) -> None:
    """One answer, in Poland, and it is told who asks."""
    host.say(NOMINATIM)
    asked = host.asks("nominatim", tmp_path, agent="miejsca-otwarte (biuro@example.org)")
    assert asked.find("Stalowa 1, Warszawa") == Spot("Stalowa 1, Warszawa", STALOWA, "nominatim")
    assert host.asked[0]["countrycodes"] == "pl"
    assert host.asked[0]["limit"] == "1"
    assert host.agents == ["miejsca-otwarte (biuro@example.org)"]


@pytest.mark.skipif(not SHAPES.exists(), reason="the recorded answers are not at hand")
def test_the_recorded_answer_is_understood(host: Host, tmp_path: Path) -> None:
    """GUGiK's own answer, in metres of EPSG:2180, gives the point it gives in degrees."""
    host.say((SHAPES / "uug_GetAddress_example.json").read_bytes())
    found = host.asks("gugik", tmp_path).find("Warszawa, Stalowa 1")
    assert found is not None
    assert metres(found.point, STALOWA) < 1


def test_metres_are_turned_into_degrees(host: Host, tmp_path: Path) -> None:
    """An answer that did not heed `srid` is in EPSG:2180."""
    one = {**GUGIK["results"]["1"], "x": "638901.1258", "y": "489996.4866"}  # type: ignore[index]
    host.say({**GUGIK, "results": {"1": one}})
    found = host.asks("gugik", tmp_path).find("Warszawa, Stalowa 1")
    assert found is not None
    assert metres(found.point, STALOWA) < 1


def test_another_town_is_no_answer(host: Host, tmp_path: Path) -> None:
    """GUGiK answers with towns of similar names too; who meant Warka is not sent to Warszawa."""
    host.say(GUGIK)
    assert code_of(host.asks("gugik", tmp_path), "Warka, Stalowa 1") == "geocoder_nothing"


@pytest.mark.parametrize("code", ["gugik", "nominatim"])
def test_nothing_is_remembered_as_nothing(host: Host, tmp_path: Path, code: str) -> None:
    """An address nobody knows is said to be unknown, and not asked for again the same day."""
    host.say(NOTHING[code])
    assert code_of(host.asks(code, tmp_path)) == "geocoder_nothing"
    assert code_of(host.asks(code, tmp_path), "warszawa STALOWA 1") == "geocoder_nothing"
    assert len(host.asked) == 1


@pytest.mark.parametrize("point", [("52.5", "13.4"), ("0", "0"), ("nan", "nan"), ("inf", "21")])
def test_a_point_outside_poland_is_refused(
    host: Host, tmp_path: Path, point: tuple[str, str]
) -> None:
    """Berlin, the Gulf of Guinea and no number at all are nowhere here."""
    host.say([{"lat": point[0], "lon": point[1]}])
    assert code_of(host.asks("nominatim", tmp_path)) == "geocoder_nothing"


@pytest.mark.parametrize("code", ["gugik", "nominatim"])
@pytest.mark.parametrize(
    "said",
    [
        b"", b"<html>", b"{", b"\xff\xfe", b"[" * 50_000, b"null", b"7", b'"x"', b"true", b"[[]]",
        b"[{}]", b"{}", b'{"results": 7}', b'{"results": {"1": {}}}', b'[{"lat": {}, "lon": []}]',
        b'{"results": {"1": {"x": "a", "y": "b", "city": "Warszawa"}}}',
        b" " * (fetching.MOST_BYTES + 10) + b"[]",
    ],
    ids=range(17),
)  # fmt: skip
def test_a_broken_answer_is_a_fault_not_a_crash(
    host: Host, tmp_path: Path, code: str, said: bytes
) -> None:
    """Whatever the host says, the person is told that the service cannot answer."""
    host.say(said)
    assert code_of(host.asks(code, tmp_path)) == "geocoder_unavailable"


@pytest.mark.parametrize("status", [301, 302, 307, 400, 403, 404, 429, 500, 503])
def test_a_refusal_is_told(host: Host, tmp_path: Path, status: int) -> None:
    """Every status but 200 is no answer."""
    host.status = status
    host.say(NOMINATIM)
    assert code_of(host.asks("nominatim", tmp_path)) == "geocoder_unavailable"


def test_a_redirect_leads_nowhere(hosts: Callable[[], Host], tmp_path: Path) -> None:
    """Nobody can send us to another host: the other one is never asked."""
    host, inner = hosts(), hosts()
    inner.say(NOMINATIM)
    host.status, host.headers = 302, {"Location": inner.url}
    assert code_of(host.asks("nominatim", tmp_path)) == "geocoder_unavailable"
    assert inner.asked == []


@pytest.mark.parametrize("length", [None, "2000"])
def test_a_slow_host_is_left_in_time(host: Host, tmp_path: Path, length: str | None) -> None:
    """A byte now and then does not keep anybody waiting beyond the time-out."""
    host.say(NOMINATIM)
    host.pause = 0.2
    if length:
        host.headers = {"Content-Length": length}
    begun = time.monotonic()
    assert code_of(host.asks("nominatim", tmp_path, seconds=1.0)) == "geocoder_timeout"
    assert time.monotonic() - begun < 3


def test_a_host_that_is_not_there(tmp_path: Path) -> None:
    """A closed port is told at once."""
    asked = Geocoding([Geocoder("gugik", "http://127.0.0.1:9/")], tmp_path)
    assert code_of(asked) == "geocoder_unavailable"


def test_what_failed_is_left_alone_for_a_while(host: Host, tmp_path: Path) -> None:
    """The next question does not wait for the same host again."""
    host.status = 500
    assert code_of(host.asks("gugik", tmp_path)) == "geocoder_unavailable"
    assert code_of(host.asks("gugik", tmp_path), "Warszawa, Stalowa 2") == "geocoder_unavailable"
    assert len(host.asked) == 1


def test_retry_after_is_kept(host: Host, tmp_path: Path) -> None:
    """A host that asks for a pause gets it."""
    host.status, host.headers = 429, {"Retry-After": "900"}
    code_of(host.asks("nominatim", tmp_path))
    with closing(sqlite3.connect(tmp_path / "addresses.db")) as memory:
        [(until,)] = memory.execute("select next from turn").fetchall()
    assert 890 < until - time.time() <= 900


def test_the_second_is_asked_when_the_first_does_not_know(
    hosts: Callable[[], Host], tmp_path: Path
) -> None:
    """GUGiK first, then Nominatim; what fails is passed over."""
    first, second = hosts(), hosts()
    first.say(NOTHING["gugik"])
    second.say(NOMINATIM)
    both = Geocoding([Geocoder("gugik", first.url), Geocoder("nominatim", second.url)], tmp_path)
    found = both.find("Warszawa, Stalowa 1")
    assert found is not None
    assert found.source == "nominatim"
    assert CREDITS[found.source] == "© autorzy OpenStreetMap"
    first.status = 500
    time.sleep(PACES["nominatim"])
    assert both.find("Warszawa, Stalowa 2") is not None


def test_a_failure_is_not_remembered_as_nothing(hosts: Callable[[], Host], tmp_path: Path) -> None:
    """While one of them cannot answer, "nothing" is not said and not kept."""
    first, second = hosts(), hosts()
    first.status = 500
    second.say([])
    both = Geocoding([Geocoder("gugik", first.url), Geocoder("nominatim", second.url)], tmp_path)
    assert code_of(both) == "geocoder_unavailable"
    with closing(sqlite3.connect(tmp_path / "addresses.db")) as memory:
        assert memory.execute("select * from found").fetchall() == []


def test_what_was_found_is_remembered(host: Host, tmp_path: Path) -> None:
    """The same address in other letters is asked for once, for all processes of an instance."""
    host.say(GUGIK)
    ways = ["Warszawa, ul. Stalowa 1", "warszawa, stalowa 1", "Warszawa, Stalowa 1 m. 12"]
    points = {found.point for way in ways if (found := host.asks("gugik", tmp_path).find(way))}
    assert points == {STALOWA}
    assert len(host.asked) == 1


def test_the_memory_tells_nobody_what_was_looked_for(host: Host, tmp_path: Path) -> None:
    """The file holds digests, points and days: no words of the address, no hour."""
    host.say(GUGIK)
    host.asks("gugik", tmp_path).find("Warszawa, Stalowa 1")
    raw = (tmp_path / "addresses.db").read_bytes().lower()
    assert b"stalowa" not in raw
    assert b"warszawa" not in raw
    with closing(sqlite3.connect(tmp_path / "addresses.db")) as memory:
        [(day,)] = memory.execute("select day from found").fetchall()
    assert day % 86_400 == 0


def test_the_memory_is_bounded(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never more addresses than it may keep."""
    monkeypatch.setattr(geocoding, "MOST_KEPT", 3)
    host.say(GUGIK)
    for number in range(1, 7):
        host.asks("gugik", tmp_path).find(f"Warszawa, Stalowa {number}")
    with closing(sqlite3.connect(tmp_path / "addresses.db")) as memory:
        assert memory.execute("select count(*) from found").fetchone() == (3,)


def test_a_broken_memory_is_begun_anew(host: Host, tmp_path: Path) -> None:
    """Garbage in its place costs one refusal, never a crash."""
    (tmp_path / "addresses.db").write_bytes(b"\x07garbage" * 1000)
    host.say(GUGIK)
    assert code_of(host.asks("gugik", tmp_path)) == "geocoder_unavailable"
    assert host.asks("gugik", tmp_path).find("Warszawa, Stalowa 1") is not None


def test_without_a_memory_nobody_is_asked(host: Host, tmp_path: Path) -> None:
    """Where the pace cannot be kept no question is sent."""
    assert code_of(host.asks("nominatim", tmp_path / "none")) == "geocoder_unavailable"
    assert host.asked == []


ASK_ONCE = """
import sys
from pathlib import Path
from places.geocoders import Geocoder
from places.geocoding import Geocoding
url, folder, number = sys.argv[1:]
Geocoding([Geocoder("nominatim", url)], Path(folder)).find(f"Warszawa, Stalowa {number}")
"""


def test_all_processes_together_keep_the_pace(host: Host, tmp_path: Path) -> None:
    """Nominatim is asked once a second at most, whoever asks."""
    host.say(NOMINATIM)
    processes = [
        subprocess.Popen([sys.executable, "-c", ASK_ONCE, host.url, tmp_path, str(number)])
        for number in range(3)
    ]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    gaps = [later - sooner for sooner, later in zip(host.times, host.times[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= 1


def test_few_threads_wait_for_a_geocoder(host: Host, tmp_path: Path) -> None:
    """The others are told at once that it cannot be asked, and the site goes on."""
    host.say(GUGIK)
    host.pause = 0.01
    asked = host.asks("gugik", tmp_path, seconds=3.0)
    answers: list[str] = []

    def ask(number: int) -> None:
        try:
            asked.find(f"Warszawa, Stalowa {number}")
        except Invalid as error:
            answers.append(error.faults[0].code)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("geocoder_unavailable") >= 9 - geocoding.MOST_AT_ONCE * 2
    assert len(host.asked) < 9


def test_two_spellings_are_two_questions(host: Host, tmp_path: Path) -> None:
    """What nobody knows without Polish marks may be known with them."""
    host.say(NOTHING["gugik"])
    assert code_of(host.asks("gugik", tmp_path), "Dluga 5, Krakow") == "geocoder_nothing"
    assert code_of(host.asks("gugik", tmp_path), "Długa 5, Kraków") == "geocoder_nothing"
    assert len(host.asked) == 2


def test_a_long_queue_is_refused_at_once(host: Host, tmp_path: Path) -> None:
    """Nobody waits longer for a turn than for an answer."""
    host.say(NOMINATIM)
    asked = host.asks("nominatim", tmp_path, seconds=1.0)
    asked.find("Warszawa, Stalowa 1")
    assert code_of(asked, "Warszawa, Stalowa 2") == "geocoder_unavailable"
    assert len(host.asked) == 1


def test_the_site_finds_an_address(host: Host, tmp_path: Path) -> None:
    """With a geocoder on, page, API and map answer around the address, which stays in the link,
    with the credit; a name of ours is asked of nobody."""
    host.say(GUGIK)
    catalogue = a_catalogue(tmp_path / "places.geojson", a_few_places())
    client = create_app({
        "CATALOGUE": str(catalogue), "INSTANCE": str(tmp_path / "instance"),
        "GEOCODER": "gugik", "GEOCODER_GUGIK_URL": host.url,
    }).test_client()  # fmt: skip
    args = urlencode({"near": "Stalowa 1, Warszawa", "radius": "500000"})
    answer = client.get(f"/api/places.geojson?{args}").get_json(force=True)
    assert answer["credit"] == CREDITS["gugik"]
    assert "Stalowa" in answer["links"][0]["href"]
    assert all(f["properties"]["metres"] for f in answer["features"][:3])
    assert "GUGiK" in client.get(f"/?{args}").text
    assert client.get(f"/api/places.geojson?{args}&zoom=6").status_code == 200
    assert client.get("/api/places.geojson?near=Rudna").status_code == 200
    assert len(host.asked) == 1


def test_the_site_says_why_it_does_not_find_an_address(host: Host, tmp_path: Path) -> None:
    """A sentence of its own for each failure, on the page and in the API; off, it says that too."""
    host.say(NOTHING["gugik"])
    catalogue = a_catalogue(tmp_path / "places.geojson", a_few_places())
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(tmp_path / "instance")}
    on = {**given, "GEOCODER": "gugik", "GEOCODER_GUGIK_URL": host.url}
    path = "/api/places.geojson?" + urlencode({"near": "Stalowa 1, Warszawa"})
    for settings, code in ((on, "geocoder_nothing"), (given, "no_addresses")):
        client = create_app(settings).test_client()
        answer = client.get(path)
        assert answer.status_code == 400
        [fault] = answer.get_json(force=True)["faults"]
        assert fault["code"] == code
        assert client.get(path.replace("/api/places.geojson", "/")).status_code == 400
