"""What has been loaded stays in use until something whole takes its place."""

import json
import resource
import signal
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from places.coverage import kept
from places.coverage.kept import About
from places.errors import Unavailable

ABOUT = About("Ludność", owner="GUS", licence="do ponownego wykorzystania", rows=3)
ARRAYS = {"x": np.array([1.0, 2.0, np.nan]), "name": np.array(["Łódź", "", "Żary"])}


def test_what_is_put_is_there(tmp_path: Path) -> None:
    """Arrays come back as they were, words and blanks too, and so does what is told of them."""
    kept.put(tmp_path, "residents", "residents", ARRAYS, ABOUT)
    (found,) = kept.current(tmp_path, "residents")
    assert found.about == ABOUT
    arrays = found.arrays()
    assert np.array_equal(arrays["x"], ARRAYS["x"], equal_nan=True)
    assert arrays["name"].tolist() == ["Łódź", "", "Żary"]
    assert kept.current(tmp_path, "areas") == ()


def test_the_same_data_has_the_same_digest(tmp_path: Path) -> None:
    """However it lies in memory; any change changes it."""
    one = kept.put(tmp_path / "a", "areas", "gmina", ARRAYS, ABOUT)
    turned = {"name": ARRAYS["name"], "x": np.array([1.0, 9.0, 2.0, 9.0, np.nan, 9.0])[::2]}
    assert kept.put(tmp_path / "b", "areas", "gmina", turned, ABOUT).digest == one.digest
    later = replace(ABOUT, retrieved="2026-11-29")
    assert kept.put(tmp_path / "d", "areas", "gmina", ARRAYS, later).digest == one.digest
    licensed = replace(ABOUT, licence="inna")
    assert kept.put(tmp_path / "e", "areas", "gmina", ARRAYS, licensed).digest != one.digest
    other = {**ARRAYS, "x": np.array([1.0, 2.0, 3.0])}
    assert kept.put(tmp_path / "c", "areas", "gmina", other, ABOUT).digest != one.digest


def test_a_new_set_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """Under the same name one is in use, and nothing of the old one stays behind."""
    old = kept.put(tmp_path, "streets", "gdansk", ARRAYS, ABOUT)
    kept.put(tmp_path, "streets", "gdynia", ARRAYS, ABOUT)
    new = kept.put(tmp_path, "streets", "gdansk", {"x": np.zeros(2)}, About("Nowe"))
    assert [one.name for one in kept.current(tmp_path, "streets")] == ["gdansk", "gdynia"]
    assert kept.current(tmp_path, "streets")[0].about.title == "Nowe"
    assert new.folder.exists() and not old.folder.exists()


def test_who_reads_the_old_one_may_go_on(tmp_path: Path) -> None:
    """Mapped arrays outlive their files."""
    arrays = kept.put(tmp_path, "streets", "gdansk", ARRAYS, ABOUT).arrays()
    kept.put(tmp_path, "streets", "gdansk", {"x": np.zeros(2)}, ABOUT)
    assert np.asarray(arrays["x"])[1] == 2.0


def test_a_full_disk_leaves_the_old_one_in_use(tmp_path: Path) -> None:
    """What could not be written whole is not there at all; a limit on files stands for the disk."""
    kept.put(tmp_path, "residents", "residents", ARRAYS, ABOUT)
    before = sorted(path.name for path in kept.folder(tmp_path).iterdir())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, limits[1]))
        with pytest.raises(OSError, match="requested|large"):
            kept.put(tmp_path, "residents", "residents", {"x": np.zeros(9_000)}, About("Nowe"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert kept.current(tmp_path, "residents")[0].about == ABOUT
    assert sorted(path.name for path in kept.folder(tmp_path).iterdir()) == before


def test_what_the_killed_left_is_swept_away(tmp_path: Path) -> None:
    """By the next one of that name; another's that is being written stays."""
    home = kept.folder(tmp_path)
    mine, others = (home / f".streets-{name}-{'0' * 16}.abc" for name in ("gda", "gda-sopot"))
    for left in (mine, others):
        left.mkdir(parents=True)
    kept.put(tmp_path, "streets", "gda", ARRAYS, ABOUT)
    assert (mine.exists(), others.exists()) == (False, True)


def test_what_is_taken_out_is_gone(tmp_path: Path) -> None:
    """And taking out what is not there is said to be nothing."""
    kept.put(tmp_path, "areas", "gmina", ARRAYS, ABOUT)
    assert kept.remove(tmp_path, "areas", "gmina")
    assert kept.current(tmp_path, "areas") == ()
    assert not kept.remove(tmp_path, "areas", "gmina")


def test_damage_is_named(tmp_path: Path) -> None:
    """A set whose files are gone or broken is unavailable; a note nobody understands is passed."""
    one = kept.put(tmp_path, "areas", "gmina", ARRAYS, ABOUT)
    (one.folder / "x.npy").write_bytes(b"not an array")
    with pytest.raises(Unavailable):
        one.arrays()
    (kept.folder(tmp_path) / "areas-powiat.json").write_text("{")
    (kept.folder(tmp_path) / "areas-other.json").write_text(json.dumps({"digest": "x"}))
    assert [found.name for found in kept.current(tmp_path, "areas")] == ["gmina"]


def test_putting_the_same_again_mends_it(tmp_path: Path) -> None:
    """A damaged folder is not taken for what its name says."""
    one = kept.put(tmp_path, "areas", "gmina", ARRAYS, ABOUT)
    (one.folder / "x.npy").write_bytes(b"not an array")
    again = kept.put(tmp_path, "areas", "gmina", ARRAYS, ABOUT)
    assert again.folder == one.folder
    assert np.asarray(again.arrays()["x"])[1] == 2.0


@pytest.mark.parametrize(
    ("name", "good"),
    [("gdansk", True), ("district-226101", True), ("", False), ("../x", False), ("Łódź", False)],
)
def test_names_are_safe_on_disk(name: str, good: bool) -> None:
    """Small letters, digits and dashes."""
    assert kept.is_name(name) is good


@pytest.mark.parametrize("head", [b"{'descr': '<f8', (", "{'descr' × 8}".encode(), b"\x02", b""])
def test_a_broken_head_is_named(tmp_path: Path, head: bytes) -> None:
    """NumPy reads the head of a file as Python, and says so when it is none."""
    done = kept.put(tmp_path, "streets", "x", {"x": np.arange(9.0)}, About("x"))
    (done.folder / "x.npy").write_bytes(b"\x93NUMPY\x01\x00v\x00" + head.ljust(118) + b"\x00" * 72)
    with pytest.raises(Unavailable):
        done.arrays()
    again = kept.put(tmp_path, "streets", "x", {"x": np.arange(9.0)}, About("x"))
    assert again.arrays()["x"].tolist() == list(range(9))
