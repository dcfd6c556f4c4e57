"""The touched fields of a proposal as a small form, and what a moderator made of them.

A field is named by its column.  Only what differs from the proposal is an edit: a moderator who
looks and presses "accept" changes nothing by looking.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from babel import Locale
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from places import columns, hours, hours_text, text
from places.vocabulary import (
    TYPES,
    Audience,
    Doubt,
    Precision,
    Status,
    Value,
)
from places.web import forms, words

Form = MultiDict[str, str]
NEEDED = ("address.gmina", "address.teryt", "address.voivodeship")
"""What people who add a place seldom know, and no place may lack."""
UNEDITED = frozenset({"id", "added", "changed", "merged_into", "photos", "licence"})
_PREFIX = "e."
_HOURS = ("hours.open", "hours.lending")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form."""

    name: str
    """As in the form: "e.hours.open"."""
    column: str
    label: str
    kind: str
    """"line", "text", "choice" or "ticks"."""
    value: str
    chosen: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    fault: str
    help: str


def fields(
    names: Iterable[str],
    values: Mapping[str, Any],
    form: Form | None,
    faults: Mapping[str, str],
    hints: Mapping[str, str],
) -> list[Field]:
    """The fields of these columns: as they were typed, else as proposed."""
    given = form if form is not None and any(n.startswith(_PREFIX) for n in form) else None
    return [
        _field(name, given if given is not None else _written(name, values.get(name)),
               faults.get(name, ""), hints.get(name, ""))
        for name in _ordered(names)
    ]  # fmt: skip


def edits(names: Iterable[str], values: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """What the form says otherwise than the values do; None takes a fact out."""
    said = {}
    for name in _ordered(names):
        key = _PREFIX + name
        if key not in form and f"{key}.sent" not in form:
            continue
        value = _read(name, form)
        if value != _read(name, _written(name, values.get(name))):
            said[name] = value
    return said


def editable(name: str) -> bool:
    """Whether a moderator may type this column."""
    outside = name in UNEDITED or name.startswith(("checked.", columns.REFS))
    return columns.column(name) is not None and not outside


def options(name: str) -> tuple[tuple[str, str], ...]:
    """The values to choose from, with their words; none where anything may be typed."""
    known = columns.column(name)
    if known is not None and known.kind == "answer":
        return tuple((code, words.answer(code)) for code in ("yes", "limited", "no"))
    if name == "type":
        return tuple((code, words.type_name(code)) for code in TYPES)
    if name in _CHOICES:
        codes, say = _CHOICES[name]
        return tuple((code, say(code)) for code in get_args(codes))
    if name == "languages":
        return tuple((code, _language(code)) for code in _LANGUAGES)
    return ()


def _field(name: str, shown: Form, fault: str, hint: str) -> Field:
    key, choices = _PREFIX + name, options(name)
    chosen = tuple(shown.getlist(key))
    missing = tuple((one, one) for one in chosen if one and one not in dict(choices))
    return Field(
        name=key,
        column=name,
        label=_capital(words.column(name)),
        kind=_shape(name, shown.get(key, "")),
        value=shown.get(key, ""),
        chosen=chosen,
        options=(*choices, *missing) if choices else (),
        fault=fault,
        help=hint or _help(name, shown.get(key, "")),
    )


def _shape(name: str, said: str) -> str:
    """How the field looks: "line", "text", "choice" or "ticks"."""
    known = columns.column(name)
    many = known is not None and known.kind in ("list", "records")
    if options(name):
        return "ticks" if many else "choice"
    long = many or name in forms.LONG or name.endswith("note") or len(said) > 80
    return "text" if long else "line"


def _help(name: str, said: str) -> str:
    """How the field is typed; hours in Polish are offered as a rule, for a person to judge."""
    if name in _HOURS and said and hours.fault(said) is not None:
        found = hours_text.propose(said)
        if found.rule:
            return gettext(
                "Może chodzi o: %(rule)s, czyli %(said)s?",
                rule=found.rule,
                said=words.lines(name, found.rule)[0],
            )
    return words.column_help(name)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _written(name: str, value: Any) -> Form:
    """What the form shows for a value."""
    made: Form = MultiDict()
    key, known = _PREFIX + name, columns.column(name)
    if value is None:
        return made
    if known is not None and known.kind == "records":
        made[key] = "\n".join(_record_line(name, one) for one in value)
    elif isinstance(value, list | tuple):
        if options(name):
            made.setlist(key, [str(one) for one in value])
        else:
            made[key] = "\n".join(map(str, value))
    else:
        made[key] = str(value)
    return made


def _read(name: str, form: Form) -> Any:
    key, known = _PREFIX + name, columns.column(name)
    if known is not None and known.kind == "records":
        rows = [text.clean(line) for line in form.get(key, "").splitlines()]
        return [_record(name, row) for row in rows if row] or None
    if known is not None and known.kind == "list":
        items = form.getlist(key) if options(name) else form.get(key, "").splitlines()
        return [one for one in map(text.clean, items) if one] or None
    said_text = text.clean(form.get(key, ""))
    if known is not None and known.kind in ("whole", "number"):
        return _number(said_text)
    return said_text or None


def _number(said: str) -> int | float | str | None:
    bare = "".join(said.split()).replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,12})?", bare):
        return said or None
    number = float(bare)
    return int(number) if number.is_integer() else number


def _record_line(name: str, value: Any) -> str:
    """A room or a source on one line, its parts apart by "|"."""
    if not isinstance(value, Mapping):
        return str(value)
    parts = []
    for part in _PARTS.get(name, ()):
        one = value.get(part)
        if isinstance(one, list | tuple):
            parts.append(", ".join(map(str, one)))
        else:
            parts.append("" if one is None else str(one))
    return " | ".join(parts).rstrip(" |")


def _record(name: str, line: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for part, said in zip(_PARTS.get(name, ()), line.split("|"), strict=False):
        word = said.strip()
        if not word:
            continue
        if part == "equipment":
            made[part] = [one.strip() for one in word.split(",") if one.strip()]
        else:
            made[part] = _number(word) if part in ("area_m2", "people") else word
    return made


def _ordered(names: Iterable[str]) -> Sequence[str]:
    wanted = {name for name in names if editable(name)}
    return [name for name in columns.columns() if name in wanted]


def _language(code: str) -> str:
    return str(Locale.parse("pl").languages.get(code, code))


_PARTS: Mapping[str, Sequence[str]] = {
    "rooms": ("name", "area_m2", "people", "equipment"),
    "sources": ("url", "name", "date", "licence"),
}
_CHOICES: Mapping[str, tuple[Any, Any]] = {
    "status": (Status, words.status),
    "position.precision": (Precision, words.precision),
    "audience": (Audience, words.audience),
    "doubts": (Doubt, words.doubt),
    "values": (Value, words.network_value),
}
_LANGUAGES = ("pl", "uk", "en", "be", "ru", "de", "vi", "fr", "es", "rom")
