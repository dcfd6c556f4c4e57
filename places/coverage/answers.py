"""Answers that have been worked out, in `instance/coverage/answers`: this module alone opens it.

An answer is a file named by what it answers (a kind of question, the stamp of the data, the
question itself), so that the same question is never worked out twice and a permanent link shows the
same bytes as long as the file is kept.  Beside it stand, while it is being made, its lock, how far
the work has got, and afterwards why it failed.
"""

import fcntl
import hashlib
import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from places import replacing
from places.coverage import kept
from places.errors import Fault
from places.storage import locked

Kind = Literal["survey", "sites", "whatif"]
ENDINGS = {"survey": "db", "sites": "json", "whatif": "json"}
_SHAPES = {"sites": 2, "whatif": 3}
"""Raise with every change of what such an answer holds; a survey's file knows its own layout."""
MOST_NARROWED: Mapping[str, int] = {"survey": 300, "sites": 5_000, "whatif": 20_000}
"""Answers to narrowed questions of each kind that are kept; the latest.  A survey has some
megabytes, the others some thousand letters: nobody's link goes because others ask much."""
MOST_BYTES = 10_000_000_000
"""Of all answers together; beyond it the oldest go, however few days old: each change of the
catalogue makes a survey of some ten megabytes, and the disk is not ours alone."""
_BEGINS_IN = 3.0
"""Seconds within which a process that was sent to work holds its lock."""
_LEFT_FOR = 86_400.0
"""Seconds after which what the killed and the failed have left is swept away."""
_FAILED_FOR = 60.0
"""Seconds for which a failure is told before the work is tried again."""
_SILENT_FOR = 600.0
"""Seconds without a word after which whoever was at work is taken for dead."""


@dataclass(frozen=True, slots=True)
class Spec:
    """What is to be worked out."""

    kind: Kind
    stamp: str
    """The state of all data it is worked out from."""
    week: str
    """The Monday of the week whose hours count."""
    filters: tuple[tuple[str, str], ...] = ()
    """Which places count, as parameters of the catalogue."""
    more: tuple[tuple[str, str], ...] = ()
    """What else the kind of question needs."""

    @property
    def key(self) -> str:
        """What the files of the answer are called."""
        return self.key_in(_SHAPES.get(self.kind))

    def key_in(self, shape: int | None) -> str:
        """What they are called where an answer holds what it did in that version."""
        said = f"{shape or ''}{self.text()}"
        plain = "" if self.filters or self.more else "whole-"
        return f"{self.kind}-{plain}{hashlib.sha256(said.encode()).hexdigest()[:24]}"

    def text(self) -> str:
        """The same as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def of(cls, text: str) -> "Spec":
        """From such JSON."""
        given = json.loads(text)
        for name in ("filters", "more"):
            given[name] = tuple((key, value) for key, value in given[name])
        return cls(**given)


class Progress(NamedTuple):
    """How far the work has got."""

    step: str
    share: float


def folder(instance: Path) -> Path:
    """Where answers are kept."""
    return kept.folder(instance) / "answers"


def path_of(instance: Path, spec: Spec) -> Path:
    """The file of the answer, which may not be there."""
    return folder(instance) / f"{spec.key}.{ENDINGS[spec.kind]}"


def in_earlier_shape(instance: Path, spec: Spec) -> Path | None:
    """The same answer as an earlier version of this program has kept it, which may hold less; None
    where there is none.  For a state of the data that cannot be worked out any more."""
    shapes = range(_SHAPES.get(spec.kind, 1) - 1, 0, -1)
    found = (folder(instance) / f"{spec.key_in(shape)}.{ENDINGS[spec.kind]}" for shape in shapes)
    return next((path for path in found if path.exists()), None)


def lately(instance: Path, kind: Kind, most: int = 10) -> list[Path]:
    """The answers to whole questions of that kind that were made last, the latest first."""
    found = [
        (path.stat().st_mtime, path)
        for path in folder(instance).glob(f"{kind}-whole-*.{ENDINGS[kind]}")
    ]
    return [path for _, path in sorted(found, reverse=True)[:most]]


@contextmanager
def making(instance: Path, spec: Spec, *, wait: bool) -> Iterator[bool]:
    """Holds the right to work this answer out; False when somebody else has it.

    Raises Unavailable when nothing can be written.
    """
    with locked(_beside(instance, spec, "lock"), fcntl.LOCK_EX, wait=wait) as mine:
        with suppress(OSError):  # Words of a question are nobody else's on this machine.
            folder(instance).chmod(0o700)
        yield mine


def is_being_made(instance: Path, spec: Spec) -> bool:
    """Whether somebody is working on it."""
    if not _beside(instance, spec, "lock").exists():
        return False
    with making(instance, spec, wait=False) as free:
        return not free


def is_begun(instance: Path, spec: Spec) -> bool:
    """Whether somebody has been sent to work on it just now: a process needs a moment to begin, and
    nobody else is to be sent in that moment."""
    with suppress(OSError):
        return _age(_beside(instance, spec, "progress")) < _BEGINS_IN
    return False


def note(instance: Path, spec: Spec, step: str, share: float) -> None:
    """Notes how far the work has got; a full disk must not end the work for that."""
    with suppress(OSError):
        beside = _beside(instance, spec, "progress")
        fresh = beside.with_suffix(".progress.new")
        fresh.write_text(json.dumps([step, round(share, 3)]), encoding="utf-8")
        fresh.replace(beside)


def progress(instance: Path, spec: Spec) -> Progress:
    """How far the work has got, as far as is known."""
    try:
        step, share = json.loads(_beside(instance, spec, "progress").read_text(encoding="utf-8"))
        known = 0 <= share <= 1
        return Progress(str(step), float(share) if known else 0.0)
    except (OSError, ValueError, TypeError):
        return Progress("waiting", 0.0)


def fail(instance: Path, spec: Spec, faults: tuple[Fault, ...]) -> None:
    """Notes why the work failed."""
    with suppress(OSError):
        said = json.dumps([asdict(one) for one in faults], ensure_ascii=False)
        _beside(instance, spec, "failed").write_text(said, encoding="utf-8")


def failed(instance: Path, spec: Spec) -> tuple[Fault, ...]:
    """Why the work failed a moment ago; empty when it did not, or may be tried again."""
    beside = _beside(instance, spec, "failed")
    try:  # A later answer makes it worthless, and is looked for first.
        if _age(beside) > _FAILED_FOR:
            return ()
        return tuple(Fault(**one) for one in json.loads(beside.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return ()


def settle(instance: Path, spec: Spec) -> None:
    """Takes away how far the work has got: it is over, well or not."""
    _beside(instance, spec, "progress").unlink(missing_ok=True)


def keep(instance: Path, spec: Spec, answer: Any) -> None:
    """Keeps an answer that is JSON.

    Raises OSError when there is no room.
    """
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    replacing.put(path_of(instance, spec), [text.encode()])


def under_way(instance: Path) -> int:
    """How many answers are being made or wait for their turn; the killed are forgotten."""
    found = 0
    for path in folder(instance).glob("*.progress"):
        with suppress(OSError):
            found += _age(path) < _SILENT_FOR
    return found


def prune(instance: Path, days: float, now: float) -> int:
    """Deletes answers older than so many days, of narrowed ones all but the latest, and the oldest
    beyond MOST_BYTES; how many.  What was left beside answers that never came goes, too."""
    found = sorted(
        (
            (path.stat().st_mtime, path)
            for ending in set(ENDINGS.values())
            for path in folder(instance).glob(f"*.{ending}")
        ),
        reverse=True,
    )
    gone: set[Path] = set()
    for kind, most in MOST_NARROWED.items():
        narrowed = [path for _, path in found if _is_narrowed(path, kind)]
        gone.update(narrowed[most:])
    room = MOST_BYTES
    for made, path in found:
        room -= 0 if path in gone else path.stat().st_size
        if room < 0 or now - made > days * 86_400:
            gone.add(path)
    for path in gone:
        for ending in ("lock", "progress", "failed"):
            path.with_suffix(f".{ending}").unlink(missing_ok=True)
        path.unlink(missing_ok=True)
    _sweep(instance, now)
    return len(gone)


def _is_narrowed(path: Path, kind: str) -> bool:
    return path.name.startswith(f"{kind}-") and "-whole-" not in path.name


def _sweep(instance: Path, now: float) -> None:
    for path in folder(instance).iterdir():
        beside = path.suffix in (".lock", ".progress", ".failed", ".new")
        if path.name == "turn.lock" or not (beside or path.name.startswith(".new-")):
            continue
        with suppress(OSError):  # Whoever waits for a turn writes and deletes here, too.
            if now - path.stat().st_mtime > _LEFT_FOR:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _age(path: Path) -> float:
    """Seconds since it was written; as many if the clock says that this is yet to come, because
    somebody has put it back."""
    return abs(time.time() - path.stat().st_mtime)


def _beside(instance: Path, spec: Spec, ending: str) -> Path:
    return folder(instance) / f"{spec.key}.{ending}"
