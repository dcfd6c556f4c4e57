"""Runs the benchmarks and prints their tables."""

import argparse
from collections.abc import Callable, Iterator

from benchmarks import (
    accepting,
    building,
    finding,
    latency,
    memory,
    page,
    reaching,
    relevance,
    siting,
    streets,
    table,
)
from benchmarks.table import Table

TINY, SMALL, MIDDLE, LARGE = 1_000, 20_000, 50_000, 100_000
QUICK = 200, 300, 600


def main(args: list[str] | None = None) -> None:
    """Prints the tables; never fails for being slow."""
    reading = argparse.ArgumentParser(prog="python -m benchmarks")
    reading.add_argument("--quick", action="store_true", help="small catalogues, few runs")
    reading.add_argument("--only", choices=_suites(quick=True), help="one group of tables")
    given = reading.parse_args(args)
    if given.quick:
        print("Quick: only to see that all of it runs; the bars are for the full sizes.")
    over = []
    for name, suite in _suites(quick=given.quick).items():
        if given.only in (None, name):
            for found in suite():
                table.show(found)
                over += [row.what for row in found.rows if row.verdict in ("OVER", "UNDER")]
    print(f"\nBars missed: {', '.join(over) or 'nothing'}")


def _suites(*, quick: bool) -> dict[str, Callable[[], Iterator[Table]]]:
    tiny, small, large = QUICK if quick else (TINY, SMALL, LARGE)
    return {
        "page": lambda: page.tables((tiny, small), runs=1 if quick else 3),
        "search": lambda: finding.tables(small, large, runs=1 if quick else 5),
        "relevance": relevance.tables,
        "latency": lambda: latency.tables(large, runs=1 if quick else 5),
        "index": lambda: building.tables((tiny, small, large), runs=1 if quick else 3),
        "accept": lambda: accepting.tables(tiny if quick else MIDDLE, runs=1 if quick else 3),
        "memory": lambda: memory.tables(large),
        "coverage": lambda: (
            reaching.tables(3_000, 300, 500, runs=1)
            if quick
            else reaching.tables(300_000, SMALL, 150_000, runs=5)
        ),
        "sites": lambda: (
            siting.tables(300, 100, 5, runs=1) if quick else siting.tables(3_000, 1_000, 10, runs=5)
        ),
        "streets": lambda: streets.tables(quick=quick, runs=1 if quick else 5),
    }


if __name__ == "__main__":
    main()
