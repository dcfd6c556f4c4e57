"""The secret of an installation: what signs the cookies and blinds network addresses.

Where none is set, one is made once and kept in `instance/secret`.  It appears there whole or not
at all, however many processes start at the same time: each writes its own file aside, and the
first to give it the name wins.
"""

import os
import secrets
import tempfile
from pathlib import Path

from places.errors import Unavailable

FILE = "secret"
SHORTEST = 32  # characters; 48 random bytes give 64


def of(instance: Path) -> str:
    """The secret kept in this folder, made now if there is none.

    Raises Unavailable when it can neither be read nor made.
    """
    path = instance / FILE
    try:
        found = _read(path) or _made(path)
    except OSError as error:
        raise Unavailable(f"{FILE}: {error.strerror}") from error
    if len(found) < SHORTEST:
        raise Unavailable(f"{FILE}: shorter than {SHORTEST} characters")
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return ""


def _made(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A temporary file may be read by its owner alone.
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    aside = Path(name)
    try:
        with open(number, "w", encoding="ascii") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(number)
        # Unlike a renaming, a link never takes the place of what another process has made.
        path.hardlink_to(aside)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
    return _read(path)
