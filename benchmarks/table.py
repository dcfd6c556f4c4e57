"""Measuring two things fairly, and printing what came of it."""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One thing measured."""

    what: str
    ours: str
    """In absolute figures."""
    other: str = ""
    """What it is compared with, in absolute figures."""
    ratio: float | None = None
    """Ours to the other."""
    bar: float | None = None
    """The ratio must not be above this."""
    at_least: bool = False
    """It must not be below it instead."""

    @property
    def verdict(self) -> str:
        if self.bar is None or self.ratio is None:
            return ""
        if self.at_least:
            return "ok" if self.ratio >= self.bar else "UNDER"
        return "ok" if self.ratio <= self.bar else "OVER"


@dataclass(frozen=True)
class Table:
    """Rows that belong together."""

    title: str
    notes: tuple[str, ...]
    rows: tuple[Row, ...]


def cpu(work: Work) -> float:
    """Seconds of this process's processor time."""
    before = time.process_time()
    work()
    return time.process_time() - before


def in_turn(runs: int, **works: Work) -> dict[str, list[float]]:
    """Each work's processor times, A B A B, so that a busy minute meets all of them."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            found[name].append(cpu(work))
    return found


def medians(times: Mapping[str, list[float]]) -> dict[str, float]:
    """The middle of each work's times."""
    return {name: statistics.median(values) for name, values in times.items()}


def p95(values: Iterable[float]) -> float:
    """Nineteen in twenty are not above this."""
    in_order = sorted(values)
    return in_order[max(0, -(-len(in_order) * 95 // 100) - 1)]


def said_time(seconds: float) -> str:
    """Seconds or milliseconds, whichever reads well."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def said_size(size: float) -> str:
    """Bytes in kilobytes or megabytes of a thousand."""
    return f"{size / 1e6:.2f} MB" if size >= 1e6 else f"{size / 1e3:.1f} kB"


def said_ratio(ratio: float | None) -> str:
    """ "3.1 x", or "1/31" where ours is the smaller by far."""
    if ratio is None:
        return ""
    return f"{ratio:.2f} x" if ratio > 0.2 else f"1/{1 / ratio:.0f}" if ratio > 0 else "0"


def show(table: Table) -> None:
    """Prints a table in columns."""
    heads = ("", "ours", "compared with", "ratio", "bar", "")
    lines = [heads, *(_cells(row) for row in table.rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    print(f"\n{table.title}\n{'=' * len(table.title)}")
    for note in table.notes:
        print(note)
    for line in lines:
        first, *rest = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join((first, *rest)).rstrip(), flush=True)


def _cells(row: Row) -> tuple[str, ...]:
    sign = "≥" if row.at_least else "≤"
    bar = f"{sign} {said_ratio(row.bar)}" if row.bar is not None else ""
    return row.what, row.ours, row.other, said_ratio(row.ratio), bar, row.verdict
