"""Four processes publish five hundred proposals, two read, and one writer is killed all the time.

Every accepted proposal is in the file exactly once, the file is whole after every kill, and no
reader ever sees an error.  Where the kills fall is chance's business, so each run tries others.
"""

import json
import multiprocessing
import random
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app import create_app
from places import amendments, geojson, history, publishing, submissions
from places.desk import open_desk, writing
from places.errors import Conflict
from places.exchange import inspection
from places.index import open_index
from places.publishing import Press
from places.submissions import Draft, Proposal
from tests.builders import NOW, a_catalogue, some_places
from tests.desks import ADMIN, NEW, SENDER, with_people

PLACES, COLUMNS, ADDED = 70, ("name", "summary", "door", "operator.name", "rules.cost_note"), 150
WRITERS, KILLS = 4, 40
PATIENCE = 120.0  # seconds; it takes some fifteen
# Forks of one process that has everything imported: a writer is back at once.
CONTEXT = multiprocessing.get_context("forkserver")


def test_every_proposal_is_published_once_whoever_is_killed(tmp_path: Path) -> None:
    """Killed between any two instructions, watched by readers, nothing is lost or doubled."""
    CONTEXT.set_forkserver_preload(["app", "tests.desks"])
    catalogue = a_catalogue(tmp_path / "places.geojson", some_places(PLACES))
    sent = _proposals(tmp_path, catalogue)
    with open_index(catalogue, tmp_path / "instance"):  # The first one takes seconds.
        pass
    readers = [_started(_read, tmp_path, str(number)) for number in range(2)]
    writers = [_started(_write, tmp_path, _share(sent, number)) for number in range(WRITERS)]
    kills = _fire(tmp_path, writers, _share(sent, 0))
    for one in writers:
        one.join(PATIENCE)
    (tmp_path / "stop").touch()
    for one in readers:
        one.join(PATIENCE)

    assert not [path.read_text() for path in tmp_path.glob("*.failed")]
    assert kills == KILLS
    assert [one.exitcode for one in (*writers, *readers)] == [0] * (WRITERS + 2)
    asked = [json.loads((tmp_path / f"reader-{number}").read_text()) for number in range(2)]
    assert min(asked) > 5
    _agree(tmp_path, catalogue, sent)


def _proposals(folder: Path, catalogue: Path) -> list[Proposal]:
    """Each touches a column of its own, or is a place of its own, so that all can be accepted."""
    found = []
    with open_desk(folder / "instance") as desk, writing(desk):
        with_people(desk)
        for seen in geojson.read(catalogue).places:
            for column in COLUMNS:
                draft = Draft({column: f"{column} {seen.id}"})
                found.append(submissions.change(desk, seen, draft, SENDER, NOW))
        for number in range(ADDED):
            draft = Draft({**NEW, "name": f"Nowe {number}"})
            found.append(submissions.add(desk, draft, SENDER, NOW))
        for one in found:
            submissions.confirm(desk, one.id, NOW)
    random.Random(1).shuffle(found)  # noqa: S311  # an order, not a secret
    assert len(found) == 500
    return found


def _share(sent: list[Proposal], number: int) -> list[str]:
    return [one.id for one in sent[number::WRITERS]]


def _started(work: Callable[..., None], folder: Path, *given: Any) -> Any:
    process = CONTEXT.Process(target=_reported, args=(work, folder, *given), daemon=True)
    process.start()
    return process


def _reported(work: Callable[..., None], folder: Path, *given: Any) -> None:
    try:
        work(folder, *given)
    except BaseException:
        (folder / f"{work.__name__}-{time.monotonic_ns()}.failed").write_text(
            traceback.format_exc()
        )
        raise


def _write(folder: Path, ids: list[str]) -> None:
    """Accepts what still waits of these."""
    with open_desk(folder / "instance") as desk:
        press = Press(desk, folder / "places.geojson", NOW)
        (folder / f"at-work-{ids[0]}").touch()
        for one in ids:
            if submissions.find(desk, one).state == "waiting":
                publishing.accept(press, one, ADMIN)


def _read(folder: Path, number: str) -> None:
    """Asks pages, the API and the index itself, until told to stop; anything but 200 fails."""
    catalogue, instance = folder / "places.geojson", folder / "instance"
    client = create_app(
        {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": "", "TILES": ""}
    ).test_client()
    asked = 0
    while not (folder / "stop").exists():
        for path in ("/", "/api/places.geojson?q=klub", "/miejsca/00000007"):
            answer = client.get(path, follow_redirects=True)
            assert answer.status_code == 200, (path, answer.status, answer.text)
            asked += 1
        with open_index(catalogue, instance) as index:
            assert index.status().faults == ()
        assert geojson.read(catalogue).faults == []
        time.sleep(0.02)  # Two readers would have both processors of a small machine.
    (folder / f"reader-{number}").write_text(json.dumps(asked))


def _fire(folder: Path, writers: list[Any], ids: list[str]) -> int:
    """Kills the first writer again and again, at any moment of its work; answers how often.

    Every second time just after the file was replaced, the worst moment there is.
    """
    kills, give_up = 0, time.monotonic() + PATIENCE
    at_work = folder / f"at-work-{ids[0]}"
    while kills < KILLS and time.monotonic() < give_up and writers[0].exitcode is None:
        if not at_work.exists():
            time.sleep(0.001)
            continue
        writers[0].join(random.uniform(0, 0.06))  # noqa: S311  # any moment will do
        if kills % 2:
            _wait_for_a_new_file(folder / "places.geojson")
        writers[0].kill()
        writers[0].join()
        kills += 1
        assert geojson.read(folder / "places.geojson").faults == []
        at_work.unlink()
        writers[0] = _started(_write, folder, ids)
    return kills


def _wait_for_a_new_file(catalogue: Path) -> None:
    """Until somebody has replaced it; if that was the one to be killed, its desk is behind."""
    old, give_up = geojson.stamp(catalogue), time.monotonic() + 0.5
    while geojson.stamp(catalogue) == old and time.monotonic() < give_up:
        pass


def _agree(folder: Path, catalogue: Path, sent: list[Proposal]) -> None:
    """File, desk and history tell the same."""
    assert inspection.check(catalogue) == (PLACES + ADDED, [])
    places = {one.id: one for one in geojson.read(catalogue).places}
    with open_desk(folder / "instance") as desk:
        assert [one[0] for one in desk.execute("pragma integrity_check")] == ["ok"]
        for one in sent:
            assert submissions.find(desk, one.id).state == "accepted"
            held = amendments.flat(places[one.place])
            assert {name: held.get(name) for name in one.changes} == one.changes
        told = Counter(row[0] for row in desk.execute("select proposal from revision"))
        assert max(told[one.id] for one in sent) == 1
        for place_id, record in places.items():
            steps = history.of(desk, place_id)
            assert [step.number for step in steps] == list(range(len(steps), 0, -1))
            assert steps[0].record == record
        added = [one for one in sent if one.kind == "add"]
        assert all(told[one.id] == 1 for one in added)
    with suppress(Conflict), open_desk(folder / "instance") as desk:
        publishing.accept(Press(desk, catalogue, NOW), sent[0].id, ADMIN)
    with geojson.editing(catalogue):
        assert list(folder.glob(".places.geojson.*.new")) == []
