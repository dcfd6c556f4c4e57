"""Long work outside the web's workers: started once, watched, and never done twice.

SciPy's walks hold Python's lock for seconds, so they run in a process of their own (worker.py),
one at a time however many pages are asked for; the page waits a moment for the answer, then shows
how far the work has got.
"""

import hashlib
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from places.coverage import answers, areas, residents, streets, survey
from places.coverage.answers import Kind, Spec
from places.coverage.asked import Question
from places.coverage.counted import reference_week
from places.coverage.terms import METHOD
from places.errors import Fault, Unavailable
from places.index import Index

MOST_WAITING = 24
"""Answers under way beyond which nothing new is begun."""
_LOOKS_EVERY = 0.05  # seconds
_ROOT = Path(__file__).parents[2]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """What has become of a question."""

    kind: Literal["ready", "running", "failed", "gone"]
    """"gone": an old state of the data of which no such answer was kept."""
    path: Path | None
    """The answer, when it is ready."""
    stamp: str
    week: date
    done: float = 0.0
    """How much of the work is done, 0–1."""
    step: str = ""
    faults: tuple[Fault, ...] = ()
    """Why it failed."""
    behind: bool = False
    """Whether the answer is that of an earlier state; the present one is being worked out."""


def stamp(index: Index, instance: Path) -> str:
    """The state of all data: the same catalogue and the same sets give the same one anywhere."""
    parts = (
        str(METHOD),
        _of_catalogue(index),
        residents.digest(instance),
        areas.digest(instance),
        streets.digest(instance),
    )
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]


def spec(
    index: Index, instance: Path, kind: Kind, question: Question, now: datetime, **more: str
) -> Spec:
    """What a question amounts to now, or at the state and in the week it names."""
    week = question.week or reference_week(now.date())
    return Spec(
        kind,
        question.stamp or stamp(index, instance),
        week.isoformat(),
        tuple(question.filters),
        tuple(sorted(more.items())),
    )


def ask(
    index: Index,
    catalogue: Path,
    instance: Path,
    wanted: Spec,
    *,
    wait: float = 1.5,
    earlier: bool = False,
) -> State:
    """The answer if it is there within so many seconds, else how far the work has got.

    With `earlier` the last survey of everything stands in until the present one is there, at once,
    whatever keeps that from coming.  Raises Unavailable when too much is under way, or nothing can
    be written.
    """
    week = date.fromisoformat(wanted.week)
    path = answers.path_of(instance, wanted)

    def state(kind: Literal["ready", "running", "failed", "gone"], **more: object) -> State:
        there = path if kind == "ready" else None
        return State(kind, there, wanted.stamp, week, **more)  # type: ignore[arg-type]

    if is_there(wanted, path):
        return state("ready", done=1.0)
    if wanted.stamp != stamp(index, instance):
        return state("gone")
    other = _earlier(instance, wanted) if earlier else None
    faults = answers.failed(instance, wanted)
    if not faults:
        _begin(catalogue, instance, wanted, needed=other is None)
    if other is not None:
        return other
    if faults:
        return state("failed", faults=faults)
    end = time.monotonic() + wait
    while time.monotonic() < end:
        if is_there(wanted, path):
            return state("ready", done=1.0)
        if faults := answers.failed(instance, wanted):
            return state("failed", faults=faults)
        time.sleep(_LOOKS_EVERY)
    known = answers.progress(instance, wanted)
    return state("running", done=known.share, step=known.step)


def is_there(wanted: Spec, path: Path) -> bool:
    """Whether the answer has been worked out, and can be read."""
    return survey.is_readable(path) if wanted.kind == "survey" else path.exists()


def _earlier(instance: Path, wanted: Spec) -> State | None:
    """The last survey of everything, where this is one too; not that of a week somebody chose."""
    path = None if wanted.filters else answers.latest(instance, "survey")
    if wanted.kind != "survey" or path is None or not survey.is_readable(path):
        return None
    with survey.opened(path) as found:
        method = found.method
    week = date.fromisoformat(method.week)
    if not reference_week(week) == week <= date.fromisoformat(wanted.week):
        return None
    return State("ready", path, method.stamp, week, done=1.0, behind=True)


def _begin(catalogue: Path, instance: Path, wanted: Spec, *, needed: bool) -> None:
    """Sends somebody to work, unless somebody is at it or on the way.

    Raises Unavailable when that cannot be done, and is needed.
    """
    try:
        if not answers.is_being_made(instance, wanted) and not answers.is_begun(instance, wanted):
            _start(catalogue, instance, wanted)
    except Unavailable:
        if needed:
            raise


def _start(catalogue: Path, instance: Path, wanted: Spec) -> subprocess.Popen[bytes]:
    if answers.under_way(instance) >= MOST_WAITING:
        raise Unavailable("too much is being worked out already")
    try:
        with answers.making(instance, wanted, wait=False):
            pass  # Where nothing can be written nobody needs to be sent.
        answers.note(instance, wanted, "waiting", 0.0)
        process = subprocess.Popen(  # noqa: S603 - our own program, and what it gets is data
            [
                sys.executable, "-m", "places.coverage.worker",
                str(catalogue.resolve()), str(instance.resolve()),
            ],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            start_new_session=True,  # A restart of the site does not end it.
        )  # fmt: skip
    except OSError as error:
        raise Unavailable(str(error)) from error
    # Its end must be taken note of, or it stays behind as a zombie.
    text = wanted.text().encode()
    threading.Thread(target=process.communicate, args=(text,), daemon=True).start()
    return process


def _of_catalogue(index: Index) -> str:
    """Of every record, in the order of the ids; worked out once for each state of the index."""
    seen = index.stamp()
    if (known := _known.get(seen)) is None:
        total = hashlib.sha256()
        for (digest,) in index.rows("select digest from record order by id"):
            total.update(digest)
        known = total.hexdigest()
        _known.clear()
        _known[seen] = known
    return known


_known: dict[str, str] = {}
"""The digest of the catalogue by the stamp of its index; the last one."""


def question_of(wanted: Spec) -> Mapping[str, list[str]]:
    """The filters of a spec as parameters."""
    found: dict[str, list[str]] = {}
    for name, value in wanted.filters:
        found.setdefault(name, []).append(value)
    return found
