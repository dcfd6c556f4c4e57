"""Building the index, against reading the same file with the json module.

Each build runs in a process of its own, so that nothing is remembered from the one before: loading
the gazetteer, which a real first start pays too, is in.

    python -m benchmarks.building CATALOGUE FOLDER    one build and one update; prints the seconds
"""

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import cities, table
from benchmarks.table import Row, Table
from places import geojson, index

_BUILD_BAR = 15.0
_UPDATE_BAR = 1 / 20


def tables(counts: Sequence[int], runs: int) -> Iterator[Table]:
    """The first build, and taking in one changed place; the bars are for the largest catalogue."""
    for count in counts:
        yield _table(count, runs, has_bars=count == max(counts))


def _table(count: int, runs: int, *, has_bars: bool) -> Table:
    catalogue = cities.catalogue(count)
    took = [_in_a_new_process(catalogue) for _ in range(runs)]
    seconds = {name: statistics.median(one[name] for one in took) for name in took[0]}
    size = (catalogue.parent / "building" / "index.db").stat().st_size
    build, update = seconds["build"], seconds["update"]
    rows = (
        Row(
            "first build", table.said_time(build), f"json {table.said_time(seconds['json'])}",
            build / seconds["json"], _BUILD_BAR if has_bars else None,
        ),
        Row(
            "one changed place", table.said_time(update), f"build {table.said_time(build)}",
            update / build, _UPDATE_BAR if has_bars else None,
        ),
        Row("the gazetteer, in the first build", table.said_time(seconds["gazetteer"])),
        Row("index.db", table.said_size(size), f"file {table.said_size(catalogue.stat().st_size)}"),
    )  # fmt: skip
    notes = (
        f"Processor time, median of {runs} processes; json, build and update in each.",
        "json: reading the file and json.loads.  Update: open_index notices one changed line.",
    )
    return Table(f"Index, {count:,} places", notes, rows)


def once(catalogue: Path, folder: Path) -> dict[str, float]:
    """The seconds of each step in this process."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    copy = folder / "places.geojson"
    shutil.copyfile(catalogue, copy)
    found = {"json": _json(copy), "build": _opening(copy, folder)}
    change_one(copy)
    found["update"] = _opening(copy, folder)
    found["json"] = statistics.median((found["json"], _json(copy), _json(copy)))
    return {**found, "gazetteer": _gazetteer()}


def _json(path: Path) -> float:
    return table.cpu(lambda: json.loads(path.read_bytes()))


def _opening(catalogue: Path, folder: Path) -> float:
    def work() -> None:
        with index.open_index(catalogue, folder):
            pass

    return table.cpu(work)


def change_one(path: Path) -> None:
    """A new name for the place in the middle of the file, which is replaced, as when publishing."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    middle = len(lines) // 2
    one = geojson.place(json.loads(lines[middle].rstrip().removesuffix(",")))
    renamed = one.model_copy(update={"name": f"{one.name} po remoncie"})
    lines[middle] = geojson.dumps(geojson.feature(renamed)) + ",\n"
    beside = path.with_suffix(".new")
    beside.write_text("".join(lines), encoding="utf-8")
    beside.replace(path)


def _gazetteer() -> float:
    code = (
        "import time; from places import gazetteer; before = time.process_time(); "
        "gazetteer.settlements(); print(time.process_time() - before)"
    )
    return float(_run(sys.executable, "-c", code))


def _in_a_new_process(catalogue: Path) -> dict[str, float]:
    folder = catalogue.parent / "building"
    said = _run(sys.executable, "-m", "benchmarks.building", str(catalogue), str(folder))
    found: dict[str, float] = json.loads(said)
    return found


def _run(*command: str) -> str:
    return subprocess.run(  # noqa: S603  # our own interpreter, our own code
        command, cwd=cities.ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


if __name__ == "__main__":
    print(json.dumps(once(Path(sys.argv[1]), Path(sys.argv[2]))))
