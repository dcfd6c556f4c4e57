"""How long steps are shown."""

import io
import sys

import pytest

from places.cli.stages import stages

DOING = {"download": "Pobieram", "keeping": "Zapisuję"}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def tell_all() -> None:
    with stages(DOING) as watch:
        for share in range(100):
            watch("download", share / 100)
        watch("unknown", 0.5)
        watch("keeping", 0.9)
        watch("keeping", 1.0)


def test_into_a_file_few_lines_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    """A step says that it begins, then every quarter; nothing goes to the output."""
    tell_all()
    said = capsys.readouterr()
    assert said.err.split("\n") == [
        "Pobieram…", "Pobieram: 25%", "Pobieram: 50%", "Pobieram: 75%", "Zapisuję…", "",
    ]  # fmt: skip
    assert said.out == ""


def test_on_a_terminal_there_is_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is gone at the end."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    tell_all()
    said = terminal.getvalue()
    assert "Pobieram" in said
    assert not said.rpartition("\r")[2].strip()
