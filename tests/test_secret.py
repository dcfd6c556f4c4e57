"""The secret of an installation: made once, whole, for its owner alone."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from places import secret
from places.errors import Unavailable

ROOT = Path(__file__).parents[1]
MAKE = "import sys, pathlib; from places import secret; print(secret.of(pathlib.Path(sys.argv[1])))"


def test_it_is_made_once(instance: Path) -> None:
    """The same folder gives the same secret, another folder another; nobody else may read it."""
    first = secret.of(instance)
    assert secret.of(instance) == first
    assert len(first) >= secret.SHORTEST
    assert secret.of(instance / "other") != first
    assert stat.S_IMODE((instance / "secret").stat().st_mode) == 0o600
    assert [path.name for path in instance.iterdir() if path.is_file()] == ["secret"]


def test_processes_that_start_together_have_one(instance: Path) -> None:
    """Whoever is first makes it, the others take that one; none reads half of it."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(instance)],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(6)
    ]  # fmt: skip
    found = {one.communicate(timeout=60)[0].strip() for one in started}
    assert found == {secret.of(instance)}
    assert [path.name for path in instance.iterdir()] == ["secret"]


@pytest.mark.parametrize("content", ["", "short", "\n"])
def test_one_that_is_too_short_is_never_used(instance: Path, content: str) -> None:
    """A file cut short stops the signing; it is not replaced behind anybody's back."""
    instance.mkdir()
    (instance / "secret").write_text(content)
    with pytest.raises(Unavailable):
        secret.of(instance)
    assert (instance / "secret").read_text() == content


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """Where nothing can be written the refusal says so."""
    (tmp_path / "instance").write_text("a file")
    with pytest.raises(Unavailable):
        secret.of(tmp_path / "instance")
