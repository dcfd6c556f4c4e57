"""How the command line speaks: lines, refusals and progress.

Long work shows a bar on a terminal and plain lines elsewhere, on the error output, so that what a
command prints can be kept in a file.
"""

import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

from places.errors import Fault, Invalid, Refusal
from places.exchange.rows import Watch
from places.web import words

T = TypeVar("T")

_LONG = 2_000  # items; fewer are done before anybody wonders
_EVERY = 10_000  # items between two plain lines
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def say(line: str, *, error: bool = False) -> None:
    """Prints one line; a name from a file cannot move the cursor, nor be unprintable."""
    click.echo(_CONTROL.sub(" ", line), err=error)


def say_faults(faults: Iterable[Fault]) -> None:
    """One line for each fault."""
    for fault in faults:
        say(words.fault(fault))


@contextmanager
def refusals() -> Iterator[None]:
    """Says what was refused, and ends the command with 1."""
    try:
        yield
    except Invalid as error:
        for fault in error.faults:
            say(words.fault(fault), error=True)
        raise click.exceptions.Exit(1) from None
    except FileNotFoundError as error:
        say(f"Nie udało się: nie ma pliku {error.filename}.", error=True)
        raise click.exceptions.Exit(1) from None
    except (Refusal, OSError, sqlite3.OperationalError) as error:
        # The last two: a full disk, a folder that may only be read.
        say(f"Nie udało się: {error}.", error=True)
        raise click.exceptions.Exit(1) from None


def progress(doing: str) -> Watch[T]:
    """Goes through items and shows how far it has got: "Sprawdzam: 10 000 z 100 000"."""

    def watch(items: Sequence[T]) -> Iterable[T]:
        if len(items) < _LONG:
            return items
        return _bar(doing, items) if sys.stderr.isatty() else _lines(doing, items)

    return watch


def _bar(doing: str, items: Sequence[T]) -> Iterator[T]:
    from tqdm import tqdm

    yield from tqdm(items, desc=doing, leave=False, file=sys.stderr)


def _lines(doing: str, items: Sequence[T]) -> Iterator[T]:
    total = words.number(len(items))
    for done, item in enumerate(items):
        if done and done % _EVERY == 0:
            say(f"{doing}: {words.number(done)} z\u00a0{total}", error=True)
        yield item
