"""A FeatureCollection taken apart into its features, not yet parsed: one a line, as we write it.

Another layout (indented, all on one line) is read too, slower; its features are numbered in order.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from places.errors import Fault, Invalid, shortened

HEAD = '{"type":"FeatureCollection","name":"Miejsca Otwarte","features":['
TAIL = "]}"
_BLANK = b" \t\r\n"  # just what JSON allows


class Line(NamedTuple):
    """One feature as it stands in the file."""

    number: int
    """Counted from 1, for people."""
    raw: bytes
    """The feature's JSON, without the comma."""


def lines(path: Path) -> Iterator[Line]:
    """Every feature of the file with its line number, one after another, not yet parsed.

    A file in another layout (indented, all on one line) is read too; its features are then numbered
    in order.  Raises Invalid where the file as a whole cannot be used: missing, not UTF-8, cut
    short, not a FeatureCollection.  A cut shows only at the end: use nothing before that.
    """
    try:
        with path.open("rb") as file:
            if _is_head(file.readline().removeprefix(b"\xef\xbb\xbf")):
                yield from _rows(file)
                return
            file.seek(0)
            raw = file.read()
    except FileNotFoundError:
        raise Invalid([Fault("", "no_file", path.name)]) from None
    except OSError as error:
        raise Invalid([Fault("", "unreadable", path.name, str(error.strerror))]) from None
    yield from _other_layout(raw.removeprefix(b"\xef\xbb\xbf"))


def _rows(file: BinaryIO) -> Iterator[Line]:
    last, comma, ended = 1, None, False  # type: int, bool | None, bool
    for number, raw in enumerate(file, 2):
        row = raw.strip(_BLANK)
        if not row:
            continue
        is_tail = row == TAIL.encode()
        # A comma stands between two features and nowhere else.
        if ended or comma is is_tail:
            raise Invalid([Fault("", "not_json", where=f"line {number if ended else last}")])
        last, comma, ended = number, row.endswith(b","), is_tail
        if not ended:
            yield Line(number, row.removesuffix(b","))
    if not ended:
        raise Invalid([Fault("", "cut_short", where=f"line {last}")])


def refuse_constant(word: str) -> Any:
    """For `json.loads`: NaN and Infinity are Python's, not JSON's."""
    raise ValueError(f"{word} is not JSON")


def _is_head(row: bytes) -> bool:
    try:
        whole = json.loads(row.decode() + TAIL)
    except (ValueError, RecursionError):
        return False
    named = {"type": "FeatureCollection", "features": []}
    return isinstance(whole, dict) and named.items() <= whole.items()


def _other_layout(raw: bytes) -> list[Line]:
    try:
        whole = json.loads(raw.decode(), parse_constant=refuse_constant)
    except UnicodeDecodeError as error:
        number = raw.count(b"\n", 0, error.start) + 1
        raise Invalid([Fault("", "encoding", where=f"line {number}")]) from None
    except (ValueError, RecursionError) as error:
        raise Invalid([_unreadable(raw, error)]) from None
    if not isinstance(whole, dict) or not isinstance(whole.get("features"), list):
        raise Invalid([Fault("type", "not_a_collection")])
    return [
        Line(number, json.dumps(one).encode()) for number, one in enumerate(whole["features"], 1)
    ]


def _unreadable(raw: bytes, error: Exception) -> Fault:
    line = getattr(error, "lineno", 1)
    cut = not raw.rstrip().endswith(b"}")
    return Fault("", "cut_short" if cut else "not_json", shortened(error), where=f"line {line}")
