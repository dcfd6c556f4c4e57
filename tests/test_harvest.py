"""A city's own list, read again and again: what changed, is new, vanished, could not be read."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from places import desk as store
from places import geojson, harvest, publishing, sources, submissions
from places.errors import Invalid, NotFound
from places.harvest import Run
from places.place import Place
from places.publishing import Press
from tests.builders import NOW, a_catalogue, a_place
from tests.desks import ADMIN, with_people

HEAD = "nr,nazwa,ulica,lat,lon,telefon\n"
SOWA = "1,Dom Kultury Sowa,ul. Sowia 7,50.0712,19.9512,12 300 00 01\n"
LIPA = "2,Klub Pod Lipą,ul. Lipowa 3,50.0217,19.9705,12 300 00 02\n"
TERMS = {
    "maps": {"refs.um": "nr", "name": "nazwa", "address.street": "ulica"},
    "constants": {
        "type": "dom_kultury", "address.city": "Kraków", "position.uncertainty_m": "75",
        "sources": "https://example.org/lista",
    },
    "area": "1261",
}  # fmt: skip


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return a_catalogue(tmp_path / "places.geojson", [a_place()])


@pytest.fixture
def press(desk: sqlite3.Connection, catalogue: Path) -> Press:
    return Press(with_people(desk), catalogue, NOW)


def a_list(press: Press, *rows: str, **terms: Any) -> Path:
    """The list on disk, with these rows."""
    path = press.catalogue.with_name("lista.csv")
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    sources.add(press.desk, "um", str(path), {**TERMS, **terms}, NOW)
    return path


def run(press: Press, *, days: int = 0, trial: bool = False) -> Run:
    later = Press(press.desk, press.catalogue, NOW + timedelta(days=days))
    source = sources.find(press.desk, "um")
    return harvest.run(later, press.catalogue.parent / "instance", source, "tests", trial=trial)


def waiting(press: Press) -> list[submissions.Proposal]:
    rows = press.desk.execute("select id from proposal where state = 'waiting'").fetchall()
    return [submissions.find(press.desk, row[0]) for row in rows]


def accept(press: Press) -> list[Place]:
    """Accepts all that waits."""
    return [publishing.accept(press, one.id, ADMIN).record for one in waiting(press)]


def places(press: Press) -> dict[str, Place]:
    return {one.name: one for one in geojson.read(press.catalogue).places}


def test_what_is_new_waits(press: Press) -> None:
    """A new row is a proposal without a sender; accepted, it is known by its number."""
    a_list(press, SOWA)
    before = press.catalogue.read_bytes()
    done = run(press)

    assert (done.outcome, done.counts["proposed"], done.faults) == ("done", 1, ())
    assert press.catalogue.read_bytes() == before
    [sent] = waiting(press)
    assert (sent.kind, sent.sent_by, sent.name) == ("add", "list", "Dom Kultury Sowa")
    assert submissions.sender(press.desk, sent.id) is None
    [made] = accept(press)
    assert made.refs == {"um": "1"}
    assert made.checked.existence is not None and made.checked.existence.by == "source"


def test_a_list_as_it_was_does_nothing(press: Press) -> None:
    """The same bytes, whatever has become of its proposals; a rejected one is not sent again."""
    path = a_list(press, SOWA)
    run(press)
    [sent] = waiting(press)
    submissions.reject(press.desk, sent.id, ADMIN, "To nie jest otwarte.", NOW)
    before = "\n".join(press.desk.iterdump())
    assert run(press).outcome == "same"
    assert "\n".join(press.desk.iterdump()) == before

    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    done = run(press)
    assert (done.outcome, done.counts["proposed"], done.counts["waiting"]) == ("done", 0, 1)
    assert waiting(press) == []


def test_what_changed_is_published(press: Press) -> None:
    """By the list, into the record of that number, and nowhere else."""
    path = a_list(press, SOWA)
    run(press)
    accept(press)
    path.write_text(HEAD + SOWA.replace("01\n", "99\n"), "utf-8")
    done = run(press, days=1)

    assert done.counts["changed"] == 1
    made = places(press)["Dom Kultury Sowa"]
    assert made.contact.phone == "12 300 00 99"
    assert made.changed == "2026-03-12"
    row = press.desk.execute("select made_by, what from revision order by at desc").fetchone()
    assert tuple(row) == ("source", "listed")


def test_a_moderators_correction_stays(press: Press) -> None:
    """The list still says the old street and changes the phone: only the phone is taken over."""
    path = a_list(press, SOWA)
    run(press)
    [made] = accept(press)
    publishing.publish(
        press, made.id, {"address.street": "ul. Sowia 8"}, made_by="moderator", what="changed"
    )
    path.write_text(HEAD + SOWA.replace("01\n", "99\n"), "utf-8")
    run(press, days=1)

    now = places(press)["Dom Kultury Sowa"]
    assert (now.address.street, now.contact.phone) == ("ul. Sowia 8", "12 300 00 99")


def test_what_is_probably_ours_is_offered_to_ours(press: Press) -> None:
    """One place of the catalogue is like the row: a change that links them and fills in gaps."""
    a_list(press, LIPA)
    run(press)
    [sent] = waiting(press)
    ours = places(press)["Klub Pod Lipą"]
    assert (sent.kind, sent.place) == ("change", ours.id)
    assert sent.changes["refs.um"] == "2"
    assert {"name", "lat", "address.street", "type"}.isdisjoint(sent.changes)
    assert "to pewnie to miejsce" in sent.note
    [linked] = accept(press)
    assert (linked.id, linked.refs, linked.contact.phone) == (ours.id, {"um": "2"}, "12 300 00 02")


def test_what_vanished_is_flagged_and_comes_back(press: Press) -> None:
    """Never deleted; the flag has its day, and goes when the row is there again."""
    path = a_list(press, SOWA, LIPA)
    run(press)
    accept(press)
    before = places(press)
    path.write_text(HEAD + LIPA, "utf-8")
    assert run(press, days=1).counts["gone"] == 1
    rows = sources.rows(press.desk, sources.find(press.desk, "um"))
    assert rows["1"].gone == NOW + timedelta(days=1)
    assert rows["2"].gone is None
    assert places(press) == before

    path.write_text(HEAD + LIPA + SOWA, "utf-8")
    done = run(press, days=2)
    assert (done.counts["gone"], done.counts["back"]) == (0, 1)
    assert sources.rows(press.desk, sources.find(press.desk, "um"))["1"].gone is None


@pytest.mark.parametrize("content", [None, "", HEAD, "inne,kolumny\n1,2\n"])
def test_a_list_that_cannot_be_read_flags_nothing(press: Press, content: str | None) -> None:
    """Gone, empty or with other columns: its fault is kept, and it is tried again."""
    path = a_list(press, SOWA)
    run(press)
    kept = path.read_text("utf-8")
    path.unlink() if content is None else path.write_text(content, "utf-8")
    for _ in range(2):
        done = run(press, days=1)
        assert done.outcome == "failed"
        assert sources.find(press.desk, "um").faults == done.faults != ()
    assert sources.rows(press.desk, sources.find(press.desk, "um"))["1"].gone is None
    path.write_text(kept, "utf-8")
    assert run(press, days=2).outcome == "done"
    assert sources.find(press.desk, "um").faults == ()


def test_rows_with_faults_stop_no_others(press: Press) -> None:
    """Outside the area, without a number, with a bad point: each is told, the good one goes on."""
    far = "7,Dom Kultury Mewa,ul. Morska 1,54.37,18.60,\n"
    a_list(
        press, SOWA, ",Bez Numeru,ul. A 1,50.06,19.93,\n", "9,Zły Punkt,ul. B 1,99,19.9,\n",
        far.replace("Mewa", "Mewa"), area="2261",
    )  # fmt: skip
    assert run(press).counts["proposed"] == 0
    a_list(press, SOWA, ",Bez Numeru,ul. A 1,50.06,19.93,\n", "9,Zły Punkt,ul. B 1,99,19.9,\n")
    done = run(press)
    assert (done.counts["proposed"], done.counts["refused"]) == (1, 2)
    assert {(one.where, one.code) for one in done.faults} == {
        ("row 3", "missing"), ("row 4", "outside_poland"),
    }  # fmt: skip
    assert sources.find(press.desk, "um").faults == done.faults


def test_a_trial_writes_nothing(press: Press) -> None:
    """It tells the same as the run that follows."""
    a_list(press, SOWA, LIPA)
    before = "\n".join(press.desk.iterdump())
    tried = run(press, trial=True)
    assert "\n".join(press.desk.iterdump()) == before
    assert run(press) == tried


def test_bad_terms_are_named_at_once(press: Press) -> None:
    """A name, a path, an area, columns and the number of rows: all in one go."""
    with pytest.raises(Invalid) as refused:
        sources.add(press.desk, "Żle!", "lista", {"area": "x", "maps": {"nic": "A"}}, NOW)
    assert {one.code for one in refused.value.faults} == {
        "list_name", "no_file", "list_key", "unknown_field", "not_a_teryt", "unknown_form",
    }  # fmt: skip
    with pytest.raises(NotFound):
        sources.remove(press.desk, "um")


class _City(BaseHTTPRequestHandler):
    """A city's server: the list, a redirect, too much."""

    def do_GET(self) -> None:
        body = (HEAD + SOWA).encode()
        if self.path.startswith("/moved"):
            self.send_response(302)
            self.send_header("Location", "/lista.csv")
            self.end_headers()
            return
        body = body if self.path.startswith("/lista") else body + b"x" * 6_000_000
        self.send_response(200)
        cut = self.path.startswith("/lista.csv?cut")
        self.send_header("Content-Length", str(len(body) + 100 * cut))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Nobody reads it."""


@contextmanager
def a_city() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _City)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_list_of_the_web(press: Press) -> None:
    """It is fetched; a redirect, too big an answer and one that was cut are faults."""
    with a_city() as city:
        for path, outcome in (
            ("/lista.csv?rok=2026", "done"), ("/moved.csv", "failed"), ("/big.csv", "failed"),
            ("/lista.csv?cut", "failed"),
        ):  # fmt: skip
            sources.add(press.desk, "um", city + path, TERMS, NOW)
            done = run(press)
            assert (path, done.outcome) == (path, outcome)
            if outcome == "failed":
                assert {one.code for one in done.faults} == {"list_unreachable"}
    [sent] = waiting(press)
    assert sent.source.endswith("/lista.csv?rok=2026")


def _run_elsewhere(folder: Path, go: Any, answers: Any) -> None:
    with store.open_desk(folder / "instance") as desk:
        press = Press(desk, folder / "places.geojson", NOW)
        source = sources.find(desk, "um")
        go.wait()
        answers.put(harvest.run(press, folder / "instance", source, "tests").outcome)


def test_of_two_at_once_one_runs(press: Press) -> None:
    """Each new row is proposed exactly once, whoever was faster."""
    rows = [
        f"{number},Klub Numer {number},ul. Nowa {number},50.0{number},19.8,\n"
        for number in range(10, 80)
    ]
    a_list(press, *rows)
    context = get_context("spawn")
    go, answers = context.Event(), context.Queue()
    processes = [
        context.Process(target=_run_elsewhere, args=(press.catalogue.parent, go, answers))
        for _ in range(2)
    ]
    for one in processes:
        one.start()
    go.set()
    found = sorted(answers.get(timeout=60) for _ in processes)
    for one in processes:
        one.join()
    assert found in (["busy", "done"], ["done", "same"])
    assert press.desk.execute("select count(*) from proposal").fetchone()[0] == 70
