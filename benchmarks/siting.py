"""The best sites, against spopt's model of the same question solved by the same solver (HiGHS).

Building the model counts for both: spopt is given its table of distances ready made, we are given
who reaches whom.  Both answers are measured again by plain counting, and must be the same.
"""

import csv
import gzip
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from benchmarks import cities, table
from benchmarks.table import Row, Table
from places.coverage import sites
from places.coverage.ground import Floats, to_plane

GDANSK = (
    cities.ROOT.parent / "shared/geodata/population/cityaccessmap_100m/3060_gdansk_gdynia.csv.gz"
)
"""Cells of a hundred metres with people; for tests and benchmarks only."""
_BAR = 1.0
_WALK = 920.0
"""Metres in a straight line: a quarter of an hour with the detour."""
_FAR = 800.0
"""Metres along streets beyond which a cell of Gdańsk is without a place."""
_SIDE, _PARTS = 15_000.0, 40

Question = tuple[sparse.csr_array, Floats]
"""Who reaches whom, candidates × demand; people."""


def tables(demand: int, candidates: int, count: int, runs: int) -> Iterator[Table]:
    """A made-up city, and Gdańsk where its cells are at hand."""
    asked = {
        f"made up, {demand:,} × {candidates:,}": made(demand, candidates),
        f"made up, {candidates:,} × {demand:,}": made(candidates, demand),
    }
    notes = [
        "People × candidates.  Processor time with building the model, ours the median of "
        f"{runs}, spopt once;",
        "people reached are counted anew for both.",
    ]
    if GDANSK.exists():
        asked[f"Gdańsk, {demand:,} × {candidates:,}"] = gdansk(demand, candidates)
    else:
        notes.append("Gdańsk is left out: ../shared/geodata is not here.")
    rows = [row for name, one in asked.items() for row in _compared(name, one, count, runs)]
    yield Table(f"Sites, {count} chosen", tuple(notes), tuple(rows))


def made(demand: int, candidates: int, seed: int = 7) -> Question:
    """A city of forty parts, some dense and some wide, with people and candidates in each."""
    chance = np.random.default_rng(seed)
    middles = chance.uniform(0, _SIDE, (_PARTS, 2))
    widths = chance.uniform(200, 1_500, _PARTS)
    weights = chance.dirichlet(np.ones(_PARTS))

    def points(count: int) -> Floats:
        part = chance.choice(_PARTS, count, p=weights)
        return middles[part] + chance.normal(size=(count, 2)) * widths[part, None]

    homes, premises = points(demand), points(candidates)
    return _within(premises, homes), np.round(chance.lognormal(3, 1, demand), 3)


def gdansk(demand: int, candidates: int) -> Question:
    """Cells without a place near, and candidates among all cells."""
    with gzip.open(GDANSK, "rt", encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    lat, lon, people, metres = (
        np.array([float(cell[name]) for cell in cells])
        for name in ("lat", "lng", "POP_2015", "community_space")
    )
    ground = np.column_stack(to_plane(lat, lon))
    chance = np.random.default_rng(3)
    left = np.flatnonzero(metres > _FAR)
    homes = np.sort(chance.choice(left, min(demand, len(left)), replace=False))
    premises = np.sort(chance.choice(len(cells), min(candidates, len(cells)), replace=False))
    return _within(ground[premises], ground[homes]), people[homes]


def by_spopt(reach: sparse.csr_array, people: Floats, count: int) -> tuple[float, list[int]]:
    """The processor seconds spopt takes, and the candidates it chooses."""
    # Metres that are within one or are not.
    metres = np.where(reach.toarray().T, 0.0, 2.0)
    found: list[Any] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Of ways of PuLP's that spopt still goes.
        import pulp
        import spopt.locate

        def work() -> None:
            model = spopt.locate.MCLP.from_cost_matrix(metres, people, 1.0, p_facilities=count)
            found.append(model.solve(pulp.HiGHS(msg=False, gapRel=0.0), results=False))

        seconds = table.cpu(work)
    return seconds, [n for n, one in enumerate(found[0].fac_vars) if one.value() > 0.5]


def _compared(name: str, asked: Question, count: int, runs: int) -> Iterator[Row]:
    reach, people = asked
    times = table.in_turn(runs, ours=lambda: sites.best(reach, people, count))
    ours = table.medians(times)["ours"]
    plan = sites.best(reach, people, count)
    theirs, chosen = by_spopt(reach, people, count)
    yield Row(name, table.said_time(ours), table.said_time(theirs), ours / theirs, _BAR)
    again = sites.reached(reach, people, chosen)
    same = abs(again - plan.objective) <= 1e-9 * again
    yield Row(
        "  people reached" + ("" if plan.proven else ", not proven"),
        f"{plan.objective:,.3f}",
        f"{again:,.3f} {'(the same)' if same else '(NOT THE SAME)'}",
    )


def _within(premises: Floats, homes: Floats) -> sparse.csr_array:
    near: Sequence[list[int]] = cKDTree(homes).query_ball_point(premises, _WALK, return_sorted=True)
    ends = np.cumsum([0, *map(len, near)])
    reached = np.array([home for one in near for home in one], np.int64)
    return sparse.csr_array(
        (np.ones(len(reached), bool), reached, ends), shape=(len(premises), len(homes))
    )
