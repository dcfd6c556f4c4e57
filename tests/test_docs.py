"""The README tells every setting and every command, and what it tells is true."""

import re
from importlib.metadata import distributions
from pathlib import Path

import click
import pytest
from flask import Flask

from app import SETTINGS

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, path: str = "flask") -> dict[str, click.Command]:
    """Every command of ours by the words one types."""
    found: dict[str, click.Command] = {}
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            found |= commands(one, f"{path} {name}")
        else:
            found[f"{path} {name}"] = one
    return found


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.name)
def test_every_setting_is_told(readme: str, setting: object) -> None:
    """It stands in the README and has a sentence of help."""
    assert f"`{setting.name}`" in readme  # type: ignore[attr-defined]
    assert setting.help  # type: ignore[attr-defined]


def test_no_setting_is_told_that_is_not(readme: str) -> None:
    """The README names no setting the site does not have."""
    told = set(re.findall(r"\bPLACES_[A-Z_]+[A-Z]", readme))
    assert told <= {setting.name for setting in SETTINGS}


def test_every_command_is_told_and_explained(app: Flask, readme: str) -> None:
    """Each stands in the README, and it and all its parameters have help."""
    found = commands(app.cli)
    assert found
    for words, command in found.items():
        assert words in readme, words
        assert command.help, words
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{words} {parameter.name}"


def test_every_target_of_make_is_told(readme: str) -> None:
    """What `make` can do stands in the README."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE):
        assert f"make {target}" in readme, target


def test_every_file_the_readme_shows_is_here(readme: str) -> None:
    """Links and pictures lead somewhere."""
    for path in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", readme):
        assert (ROOT / path).exists(), path


def test_the_tree_shows_every_room(readme: str) -> None:
    """Each module of places/ and of its web stands in the tree, and the tree names no other."""
    told = set(re.findall(r"\b\w+\.py\b", readme.partition("## The rooms")[2]))
    rooms = {
        path.name
        for folder in ("places", "places/web")
        for path in (ROOT / folder).glob("*.py")
        if path.name != "__init__.py"
    }
    assert told - {"app.py", "builders.py"} == rooms


def test_all_that_is_installed_is_pinned() -> None:
    """What a pinned package brings along is pinned, too; only pip's own house is not ours."""
    files = ("requirements.txt", "tests/requirements.txt", "constraints.txt")
    lines = [line for name in files for line in (ROOT / name).read_text("utf-8").splitlines()]
    pinned = {_plain(line.partition("==")[0]) for line in lines if "==" in line.partition("#")[0]}
    installed = {_plain(one.metadata["Name"]) for one in distributions()}
    assert installed - pinned <= {"pip", "setuptools", "wheel"}


def _plain(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()
