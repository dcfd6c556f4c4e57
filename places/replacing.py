"""A file put in place of another, at once: whoever reads sees the old one or the new, never half.

Neither a kill nor a power cut leaves anything else behind than one of the two.
"""

import fcntl
import glob
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_NEW = ".new"


def put(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes the pieces beside the file and puts them in its place.

    What the pieces raise goes on to the caller, and the file is as it was.
    """
    path = path.resolve()  # Behind a link the file itself is replaced, not the link.
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_NEW)
    try:
        with os.fdopen(handle, "wb", buffering=1 << 20) as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    # The new name itself must survive a power cut.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Holds the file against other writers, from reading it to having written it."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    # The lock lies beside the file, because the file itself is replaced.
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in path.parent.glob(f".{glob.escape(path.name)}.*{_NEW}"):
            left.unlink(missing_ok=True)  # Whoever wrote it was killed: the lock is ours.
        yield
