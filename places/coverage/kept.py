"""What has been loaded for coverage, in `instance/coverage`: this module alone opens it.

A data set is a folder of NumPy arrays that never changes, named by the digest of what is in it;
beside it a small file says which folder is the one in use.  A new set is written whole before the
small file is replaced, so that whatever goes wrong (a full disk, a kill, a broken source) leaves
the old one in use.  Arrays are mapped into memory, not read: a network of millions of nodes opens
at once, and several processes share it.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
import tokenize
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from places import replacing
from places.errors import Unavailable

Kind = Literal["residents", "areas", "streets"]
KINDS: tuple[Kind, ...] = ("residents", "areas", "streets")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_DIGITS = 16
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, tokenize.TokenError)
"""What NumPy raises of a broken file: its head is read as Python."""


@dataclass(frozen=True, slots=True)
class About:
    """What a data set is, for people."""

    title: str
    """Its name, as its owner calls it."""
    source: str = ""
    """Where it comes from: an address, or the name of a file."""
    owner: str = ""
    """Whose it is, as they ask to be named."""
    licence: str = ""
    """On what terms, as the owner says; "" where nobody said."""
    date: str = ""
    """Of when it is: a year, month or day."""
    retrieved: str = ""
    """The day on which it was loaded."""
    rows: int = 0
    """How many things are in it: cells, areas, nodes."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else its own room wants to remember (JSON)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A data set on disk."""

    kind: Kind
    name: str
    digest: str
    """Sixteen hexadecimal digits: the same data, said to be the same, whenever it was loaded."""
    folder: Path
    about: About

    def arrays(self) -> dict[str, np.ndarray]:
        """The arrays, mapped into memory, not to be written to.

        Raises Unavailable when they are gone or damaged.
        """
        try:
            return {
                path.stem: np.load(path, mmap_mode="r", allow_pickle=False)
                for path in sorted(self.folder.glob("*.npy"))
            }
        except _BROKEN as error:
            raise Unavailable(f"{self.folder.name}: {error}") from error


def folder(instance: Path) -> Path:
    """Where all of it lies."""
    return instance / "coverage"


def is_name(name: str) -> bool:
    """Whether a data set may be called so: small letters, digits and dashes, at most forty."""
    return _NAME.fullmatch(name) is not None


def put(
    instance: Path, kind: Kind, name: str, arrays: Mapping[str, np.ndarray], about: About
) -> Kept:
    """Keeps a data set and puts it in use in place of the one of that name.

    Raises OSError when there is no room; the old one is then still in use.
    """
    digest = _digest(arrays, about)
    home = folder(instance)
    home.mkdir(parents=True, exist_ok=True)
    made = home / f"{kind}-{name}-{digest}"
    with replacing.alone(home / f"{kind}-{name}.json"):
        for left in home.glob(f".{kind}-{name}-" + "[0-9a-f]" * _DIGITS + ".*"):
            shutil.rmtree(left, ignore_errors=True)  # Whoever wrote it was killed.
        if not _holds(made, about, digest):
            shutil.rmtree(made, ignore_errors=True)
            _write(home, made, arrays)
        said = json.dumps({"digest": digest, "about": asdict(about)}, ensure_ascii=False)
        replacing.put(home / f"{kind}-{name}.json", [said.encode()])
        for old in home.glob(f"{kind}-{name}-" + "[0-9a-f]" * _DIGITS):
            if old != made:  # Who has it mapped keeps it until the end.
                shutil.rmtree(old, ignore_errors=True)
    return Kept(kind, name, digest, made, about)


def current(instance: Path, kind: Kind) -> tuple[Kept, ...]:
    """The data sets of a kind in use, in the order of their names."""
    found = []
    home = folder(instance)
    for path in sorted(home.glob(f"{kind}-*.json")):
        name = path.stem.removeprefix(f"{kind}-")
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            about, digest = About(**said["about"]), str(said["digest"])
        except (OSError, ValueError, KeyError, TypeError):
            continue  # Not ours, or taken away just now.
        found.append(Kept(kind, name, digest, home / f"{kind}-{name}-{digest}", about))
    return tuple(found)


def remove(instance: Path, kind: Kind, name: str) -> bool:
    """Takes a data set out of use and deletes it; False when there is none."""
    home = folder(instance)
    if not (home / f"{kind}-{name}.json").exists():
        return False
    with replacing.alone(home / f"{kind}-{name}.json"):
        (home / f"{kind}-{name}.json").unlink(missing_ok=True)
        for old in home.glob(f"{kind}-{name}-" + "[0-9a-f]" * _DIGITS):
            shutil.rmtree(old, ignore_errors=True)
    return True


def _holds(made: Path, about: About, digest: str) -> bool:
    """Whether the folder is there, and undamaged."""
    try:
        found = {path.stem: np.load(path, allow_pickle=False) for path in made.glob("*.npy")}
    except _BROKEN:
        return False
    return bool(found) and _digest(found, about) == digest


def _write(home: Path, made: Path, arrays: Mapping[str, np.ndarray]) -> None:
    beside = Path(tempfile.mkdtemp(dir=home, prefix=f".{made.name}."))
    try:
        for name, array in arrays.items():
            with (beside / f"{name}.npy").open("wb") as file:
                np.save(file, np.ascontiguousarray(array), allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
        beside.chmod(0o755)
        beside.rename(made)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _digest(arrays: Mapping[str, np.ndarray], about: About) -> str:
    """Of what the arrays hold, however they lie in memory, and of what a report says of them."""
    said = (about.title, about.source, about.owner, about.licence, about.date)
    total = hashlib.sha256(repr(said).encode())
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        total.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        total.update(array.tobytes())
    return total.hexdigest()[:_DIGITS]
