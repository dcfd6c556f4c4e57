"""What changes in a record, field by field and word by word, ready to be shown in two columns.

Both sides are flat: values by dotted column.  A gone or a new piece is marked as such, never by its
colour alone, and no piece carries markup: pages escape each.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from flask_babel import gettext

from places import columns
from places.web.words.columns import column
from places.web.words.dates import group
from places.web.words.values import lines

Side = Mapping[str, Any]
Kind = Literal["same", "gone", "new"]
BOOKKEEPING = frozenset({"id", "added", "changed"})
"""Columns that say nothing of the place itself; a page of changes leaves them out."""
_MOST_WORDS = 3_000  # Comparing more takes longer than reading both.
_ALIKE = 0.35  # Below this share of common words two texts are two texts.
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stays, goes or comes."""

    kind: Kind
    text: str


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A field that differs."""

    field: str
    """Its column; "point" for both coordinates, "checked.hours" for the day and the person."""
    name: str
    before: tuple[Line, ...]
    """None of them: the fact was unknown."""
    after: tuple[Line, ...]


def rows(before: Side, after: Side) -> list[Row]:
    """The fields in which the two sides differ, in the record's order."""
    old, new = _folded(before), _folded(after)
    return [_row(name, old.get(name), new.get(name)) for name in changed_fields(before, after)]


def changed_fields(before: Side, after: Side) -> list[str]:
    """The names of those fields."""
    old, new = _folded(before), _folded(after)
    names = sorted(old.keys() | new.keys(), key=_position)
    return [
        name
        for name in names
        if name not in BOOKKEEPING and _known(old.get(name)) != _known(new.get(name))
    ]


def facts(side: Side) -> list[tuple[str, str, tuple[str, ...]]]:
    """Every known fact of one side with its column and its name: for a place that is all new."""
    known = _folded(side)
    return [
        (name, name_of(name), said)
        for name in sorted(known, key=_position)
        if name not in BOOKKEEPING and (said := lines(name, known[name]))
    ]


def name_of(field: str) -> str:
    """What a field of a row is called."""
    if field.startswith("checked.") and field.count(".") == 1:
        return gettext("sprawdzone: %(what)s", what=group(field.removeprefix("checked.")))
    return column(field)


def fields_named(changes: Side, most: int = 4) -> str:
    """Which fields are touched, in a line: "telefon, godziny otwarcia i\u00a0jeszcze 3"."""
    names = [name_of(one) for one in sorted(_folded_names(changes), key=_position)]
    if len(names) <= most:
        return ", ".join(names)
    listed = ", ".join(names[:most])
    return gettext("%(names)s i\u00a0jeszcze %(rest)s", names=listed, rest=len(names) - most)


def in_order() -> list[str]:
    """The columns of a record as the desk lists them."""
    return list(columns.columns())


def texts(before: str, after: str) -> tuple[Line, Line]:
    """Two texts compared word by word; wholly marked where they have little in common."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if not old or not new or len(old) + len(new) > _MOST_WORDS:
        return _whole(before, "gone"), _whole(after, "new")
    # Spaces at a line's end are no difference between words.
    matcher = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new], False)
    if matcher.ratio() < _ALIKE:
        return _whole(before, "gone"), _whole(after, "new")
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        same: Kind | None = "same" if tag == "equal" else None
        _add(left, same or "gone", old[a:b])
        _add(right, same or "new", new[c:d])
    return tuple(left), tuple(right)


def _row(name: str, old: Any, new: Any) -> Row:
    before, after = lines(name, old), lines(name, new)
    if len(before) == 1 and len(after) == 1 and not isinstance(new, list | tuple):
        left, right = texts(before[0], after[0])
        return Row(name, name_of(name), (left,), (right,))
    return Row(
        name,
        name_of(name),
        tuple(_whole(one, "same" if one in after else "gone") for one in before),
        tuple(_whole(one, "same" if one in before else "new") for one in after),
    )


def _whole(text: str, kind: Kind) -> Line:
    return (Piece(kind, text),) if text else ()


def _add(into: list[Piece], kind: Kind, words: Sequence[str]) -> None:
    if not words:
        return
    before = into.pop().text if into and into[-1].kind == kind else ""
    into.append(Piece(kind, before + "".join(words)))


def _folded(side: Side) -> dict[str, Any]:
    """One field where the record has two columns for one fact: a point, a check."""
    known = {name: value for name, value in side.items() if value is not None}
    lat, lon = known.pop("lat", None), known.pop("lon", None)
    if lat is not None and lon is not None:
        known["point"] = (lat, lon)
    for name in [one for one in known if one.startswith("checked.") and one.count(".") == 2]:
        outer, _dot, what = name.rpartition(".")
        known[outer] = {**known.get(outer, {}), what: known.pop(name)}
    return known


def _folded_names(names: Iterable[str]) -> set[str]:
    folded = {"point" if name in ("lat", "lon") else name for name in names}
    return {
        name.rpartition(".")[0] if name.startswith("checked.") else name
        for name in folded - BOOKKEEPING
    }


def _known(value: Any) -> Any:
    """The value for comparing: as lists come from JSON, and nothing for what says nothing."""
    if isinstance(value, list | tuple):
        return [_known(one) for one in value] or None
    if hasattr(value, "model_dump"):
        return _known(value.model_dump(exclude_defaults=True, exclude_none=True))
    if isinstance(value, Mapping):
        return {name: _known(one) for name, one in value.items() if _known(one) is not None}
    return value if value != "" else None


def _order() -> Iterator[str]:
    for name in columns.columns():
        if name in ("lat", "lon"):
            yield "point"
        elif name.startswith("checked."):
            yield name.rpartition(".")[0]
        else:
            yield name


def _position(name: str) -> tuple[int, str]:
    return _ORDER.get(name, len(_ORDER)), name


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(dict.fromkeys(names))}


_ORDER = _numbered(_order())
