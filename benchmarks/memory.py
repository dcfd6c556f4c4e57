"""What a worker holds in memory: a process of its own with the real application."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import building, cities, questions
from benchmarks.table import Row, Table
from places import index

_MANNER = ("sort", "page", "per_page")


def tables(count: int) -> Iterator[Table]:
    """The memory of a worker through its life."""
    folder = _own_copy(cities.catalogue(count))
    said = subprocess.run(  # noqa: S603  # our own interpreter, our own code
        [
            sys.executable, "-m", "benchmarks.worker",
            *(str(folder / name) for name in ("places.geojson", "changed", "addresses")),
        ],
        cwd=cities.ROOT, check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    steps: dict[str, float] = json.loads(said)
    rows = tuple(Row(name, f"{size:.0f} MB") for name, size in steps.items())
    notes = (
        "Resident memory.  Nearly all of it is libraries (shapely, numpy, folium, pydantic, Babel)",
        "and templates; the first question in words adds the Polish dictionary and the names and",
        "words of this catalogue.  No place stays in memory between requests.  Taking in a change",
        "holds the digests of all lines for a moment; only the worker that does it pays for that.",
    )
    yield Table(f"Memory of a worker, {count:,} places", notes, rows)


def _own_copy(catalogue: Path) -> Path:
    """A folder with the catalogue, its built index, a changed catalogue and what to ask for."""
    with index.open_index(catalogue, catalogue.parent):
        pass
    folder = catalogue.parent / "memory"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    # A link keeps the stamp, so that the index is up to date; the change replaces the link.
    (folder / "places.geojson").hardlink_to(catalogue)
    shutil.copyfile(catalogue.parent / "index.db", folder / "index.db")
    shutil.copyfile(catalogue, folder / "changed")
    building.change_one(folder / "changed")
    (folder / "addresses").write_text(json.dumps(_addresses()), encoding="utf-8")
    return folder


def _addresses() -> list[str]:
    """Pages, data for maps and single places, as people ask for them."""
    asked = [
        *questions.all_at_once(), *questions.near_only(20), *questions.text_only(),
        *questions.filters_only(), *questions.everything(), *questions.most_frequent_word(),
    ]  # fmt: skip
    args = [one.args() for one in asked]
    maps = [[pair for pair in pairs if pair[0] not in _MANNER] for pairs in args]
    return [
        *(f"/?{urlencode(pairs)}" for pairs in args),
        *(f"/api/places.geojson?{urlencode([*pairs, ('zoom', '8')])}" for pairs in maps),
        "/miasta/", "/typy/", "/sieci/",
    ]  # fmt: skip
