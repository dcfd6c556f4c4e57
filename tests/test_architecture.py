"""The house stays liveable: sizes, names, mirrors and words for every fault."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from places.errors import Fault
from places.web import words

ROOT = Path(__file__).parents[1]
MODULES = [ROOT / "app.py", *sorted((ROOT / "places").rglob("*.py"))]
SAY_NOTHING = {"utils", "helpers", "common", "core", "models", "services", "misc"}


def named(path: Path) -> str:
    """The module as people call it."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_is_small(module: Path) -> None:
    """No module exceeds 300 lines: what does not fit holds two ideas."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_says_what_it_is(module: Path) -> None:
    """Each opens with its purpose."""
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


def test_names_of_files_say_something() -> None:
    """No room where everything ends up."""
    folders = [path for path in (ROOT / "places").rglob("*") if path.is_dir()]
    assert {path.stem for path in (*MODULES, *folders)} & SAY_NOTHING == set()


def test_functions_are_short() -> None:
    """Nine in ten are under 25 lines, none over 60."""
    sizes = sorted(
        node.end_lineno - node.body[0].lineno + 1
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno
    )
    assert sizes[len(sizes) * 9 // 10] <= 25
    assert sizes[-1] <= 60


def test_only_the_roof_reads_the_environment() -> None:
    """Below app.py everything is an argument."""
    readers = [
        named(module)
        for module in MODULES
        if re.search(r"os\.environ|getenv|from os import", module.read_text(encoding="utf-8"))
    ]
    assert [name for name in readers if name != "app.py"] == []


def test_the_middle_never_meets_the_web() -> None:
    """Flask lives in web/ and cli/ alone, folium in maps.py alone."""
    for module in MODULES[1:]:
        first = module.relative_to(ROOT / "places").parts[0]
        imported = {name.partition(".")[0] for name in _imports(module)}
        if first not in ("web", "cli"):
            assert not imported & {"flask", "werkzeug", "flask_babel", "click"}, named(module)
        if first != "maps.py":
            assert not imported & {"folium", "branca"}, named(module)


def test_every_fault_has_its_sentence() -> None:
    """Each code that can be raised is told in words of its own, not as "wrong value"."""
    app = create_app({"CATALOGUE": "none", "INSTANCE": "none"})
    with app.test_request_context():
        unknown = words.fault(Fault("q", "no such code"))
        silent = {code for code in _codes() if words.fault(Fault("q", code)) == unknown}
    assert silent == set()


def _imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _codes() -> set[str]:
    """The codes given to Fault and _Refused anywhere, where they are written out."""
    found = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            at = {"Fault": 1, "_Refused": 0}.get(node.func.id)
            if at is not None and len(node.args) > at:
                found |= {
                    one.value
                    for one in ast.walk(node.args[at])
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    return found
