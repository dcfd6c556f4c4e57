"""Long work outside the web's workers: started once, watched, and never done twice.

SciPy's walks hold Python's lock for seconds, so they run in a process of their own (worker.py),
one at a time however many pages are asked for; the page waits a moment for the answer, then shows
how far the work has got.
"""

import hashlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import Literal, NamedTuple

from places import holidays
from places.coverage import answers, areas, residents, streets, survey
from places.coverage.answers import Kind, Spec
from places.coverage.asked import Question
from places.coverage.counted import reference_week
from places.coverage.terms import METHOD
from places.errors import Fault, Invalid, Unavailable
from places.index import Index

FARTHEST = timedelta(days=370)
"""How far from today a week may be that is worked out: each is a survey of its own."""
MOST_WAITING = 8
"""Answers under way beyond which nothing new is begun."""
MOST_LOOKING = 2
"""Threads that wait for answers at once: whoever comes then sees at once how far it is, or a few
visitors with new questions would hold all threads of the site."""
_LOOKS_EVERY = 0.05  # seconds
_looking = threading.BoundedSemaphore(MOST_LOOKING)
_ROOT = Path(__file__).parents[2]


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


class Manner(NamedTuple):
    """How a question is asked."""

    earlier: bool = False
    """Whether the last survey of everything may stand in, at once, until the present one is there,
    whatever keeps that from coming."""
    leave: Callable[[], None] = lambda: None
    """Asked before somebody is sent to work; may raise."""


USUAL = Manner()


def stamp(index: Index, instance: Path) -> str:
    """The state of all data: the same catalogue and the same sets give the same one anywhere."""
    parts = (
        str(METHOD),
        _of_catalogue(index),
        # What reads opening hours: days off come with the site, the rest with a package.
        holidays.digest(),
        metadata.version("opening-hours-py"),
        residents.digest(instance),
        areas.digest(instance),
        streets.digest(instance),
    )
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]


def this_week(now: datetime) -> str:
    """The week whose hours count where nobody names one."""
    return reference_week(now.date()).isoformat()


def spec(
    index: Index, instance: Path, kind: Kind, question: Question, now: datetime, **more: str
) -> Spec:
    """What a question amounts to now, or at the state and in the week it names.

    Raises Invalid for a week too far from now to be worked out, unless it has been.  A link to a
    state that is no more is not too far: what it led to is gone.
    """
    week, today = question.week or reference_week(now.date()), stamp(index, instance)
    wanted = Spec(
        kind,
        question.stamp or today,
        week.isoformat(),
        tuple(question.filters),
        tuple(sorted(more.items())),
    )
    first, last = now.date() - FARTHEST, now.date() + FARTHEST
    is_new = wanted.stamp == today and not answers.path_of(instance, wanted).exists()
    if is_new and not first <= week <= last:
        raise Invalid([Fault("tydzien", "out_of_range", week.isoformat(), f"{first}–{last}")])
    return wanted


def ask(
    index: Index,
    catalogue: Path,
    instance: Path,
    wanted: Spec,
    *,
    wait: float = 1.5,
    manner: Manner = USUAL,
) -> State:
    """The answer if it is there within so many seconds, else how far the work has got.

    Raises Unavailable when too much is under way, or nothing can be written.
    """
    week = date.fromisoformat(wanted.week)
    path = answers.path_of(instance, wanted)

    def state(kind: Literal["ready", "running", "failed", "gone"], **more: object) -> State:
        there = path if kind == "ready" else None
        return State(kind, there, wanted.stamp, week, **more)  # type: ignore[arg-type]

    if is_there(wanted, path):
        return state("ready", done=1.0)
    if wanted.stamp != stamp(index, instance):
        return _of_then(instance, wanted) or state("gone")
    other = _earlier(instance, wanted) if manner.earlier else None
    faults = answers.failed(instance, wanted)
    if not (faults or _is_under_way(instance, wanted)):
        manner.leave()
        _begin(catalogue, instance, wanted, needed=other is None)
    if other is not None:
        return other
    if faults:
        return state("failed", faults=faults)
    _look(instance, wanted, path, wait)
    if is_there(wanted, path):
        return state("ready", done=1.0)
    if faults := answers.failed(instance, wanted):
        return state("failed", faults=faults)
    known = answers.progress(instance, wanted)
    return state("running", done=known.share, step=known.step)


def _of_then(instance: Path, wanted: Spec) -> State | None:
    """An answer to an old link that an earlier version of this program has kept."""
    path = answers.in_earlier_shape(instance, wanted)
    if path is None:
        return None
    return State("ready", path, wanted.stamp, date.fromisoformat(wanted.week), 1.0)


def _look(instance: Path, wanted: Spec, path: Path, wait: float) -> None:
    """Waits until the work is over, or so many seconds; where others wait already, not at all."""
    if not _looking.acquire(blocking=False):
        return
    try:
        end = time.monotonic() + wait
        while time.monotonic() < end:
            if is_there(wanted, path) or answers.failed(instance, wanted):
                return
            time.sleep(_LOOKS_EVERY)
    finally:
        _looking.release()


def is_there(wanted: Spec, path: Path) -> bool:
    """Whether the answer has been worked out, and can be read."""
    return survey.is_readable(path) if wanted.kind == "survey" else path.exists()


def _is_under_way(instance: Path, wanted: Spec) -> bool:
    return answers.is_being_made(instance, wanted) or answers.is_begun(instance, wanted)


def _earlier(instance: Path, wanted: Spec) -> State | None:
    """The last survey of everything, where this is one too; not that of a week somebody chose."""
    if wanted.filters or wanted.kind != "survey":
        return None
    for path in filter(survey.is_readable, answers.lately(instance, "survey")):
        with survey.opened(path) as found:
            method = found.method
        week = date.fromisoformat(method.week)
        if reference_week(week) == week <= date.fromisoformat(wanted.week):
            return State("ready", path, method.stamp, week, done=1.0, behind=True)
    return None


def _begin(catalogue: Path, instance: Path, wanted: Spec, *, needed: bool) -> None:
    """Sends somebody to work.

    Raises Unavailable when that cannot be done, and is needed.
    """
    try:
        _start(catalogue, instance, wanted)
    except Unavailable:
        if needed:
            raise


def _start(catalogue: Path, instance: Path, wanted: Spec) -> subprocess.Popen[bytes]:
    # What everybody looks at finds room beside what somebody asks.
    most = MOST_WAITING if wanted.filters or wanted.more else 2 * MOST_WAITING
    if answers.under_way(instance) >= most:
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
