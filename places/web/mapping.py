"""The form that says whose column is which: read from a browser, and shown filled.

Only headers of the file and columns of ours are taken from it; the rest of a form is nobody's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from places import columns, text
from places.exchange import blank, headers
from places.exchange.rows import Table
from places.vocabulary import TYPES
from places.web import words
from places.web.forms import Form

CONSTANTS = (
    "type", "networks", "operator.name", "address.city", "address.gmina", "address.teryt",
    "address.voivodeship", "position.precision", "position.uncertainty_m", "sources",
)  # fmt: skip
"""What a whole table may say at once."""
SECOND = "address.street"
"""The one field that often comes in two columns."""
_ALWAYS = frozenset(
    (*CONSTANTS, "id", "name", "address.street", "address.district", "lat", "lon", "summary",
     "contact.phone", "contact.email", "contact.website", "hours.open_note")
) - {"position.precision", "address.voivodeship"}  # fmt: skip
PRECISIONS = ("address", "street", "neighbourhood", "district", "locality", "gmina")
_LONGEST = 500
_MADE_BY = ("source", "moderator")


@dataclass(frozen=True, slots=True)
class Line:
    """One of our columns, as the form shows it."""

    column: str
    name: str
    chosen: str
    """Their column; empty where none."""
    second: str | None
    """The other one of two; None where there can be but one."""
    constant: str | None
    """What all rows say; None where that makes no sense."""
    options: Sequence[tuple[str, str]]
    """What the constant may be; empty where it is typed."""
    help: str
    is_folded: bool
    """Whether it stands among those that few tables have."""


def read(form: Form, table: Table) -> dict[str, Any]:
    """The terms that a form states, for `uploads.settle`."""
    # A browser sends the line breaks of a header otherwise than they stand in the file.
    known = {" ".join(header.split()): header for header in table.headers}

    def chosen(field: str) -> str:
        return known.get(" ".join(form.get(field, "").split()), "")

    maps = {}
    for name in blank.COLUMNS:
        parts = [chosen(f"map.{name}"), chosen(f"second.{name}")]
        maps[name] = headers.JOIN.join(part for part in parts if part)
    ref, theirs = text.slug(form.get("ref", ""))[:40], chosen("map.ref")
    if ref and theirs:
        maps[columns.REFS + ref] = theirs
    given = {name: form.get(f"set.{name}", "").strip()[:_LONGEST] for name in CONSTANTS}
    made_by = form.get("made_by", "")
    return {
        "maps": maps,
        "constants": {name: said for name, said in given.items() if said},
        "only_unknown": "only_unknown" in form,
        "made_by": made_by if made_by in _MADE_BY else _MADE_BY[0],
    }


def proposed(table: Table) -> dict[str, Any]:
    """The terms that the headers themselves suggest."""
    parts = headers.reading(table.headers, {}).parts
    maps = {name: headers.JOIN.join(parts.get(name, ())) for name in blank.COLUMNS}
    # A list of somebody else's tells more than it knows better; a table with our ids was made here.
    theirs = not maps["id"]
    return {"maps": maps, "constants": {}, "only_unknown": theirs, "made_by": _MADE_BY[0]}


def lines(table: Table, terms: Mapping[str, Any]) -> list[Line]:
    """The form, filled."""
    return [_line(name, table, terms) for name in blank.COLUMNS]


def ref(terms: Mapping[str, Any]) -> tuple[str, str]:
    """The name of the list whose numbers the table has, and their column."""
    for name, theirs in terms["maps"].items():
        if name.startswith(columns.REFS):
            return name.removeprefix(columns.REFS), theirs
    return "", ""


def beside(table: Table, terms: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Columns that are read though the form does not show them, and those that are not read."""
    reading = headers.reading(table.headers, terms["maps"])
    own = [name for name, parts in reading.parts.items() if parts and name not in terms["maps"]]
    return own, list(reading.unused)


def _line(name: str, table: Table, terms: Mapping[str, Any]) -> Line:
    theirs = str(terms["maps"].get(name, ""))
    first, _plus, second = (theirs, "", "")
    if theirs not in table.headers:
        first, _plus, second = theirs.partition(headers.JOIN)
    return Line(
        name,
        words.column(name),
        first,
        second if name == SECOND else None,
        str(terms["constants"].get(name, "")) if name in CONSTANTS else None,
        _options(name),
        words.cell_help(name),
        name not in _ALWAYS and not theirs,
    )


def _options(name: str) -> Sequence[tuple[str, str]]:
    if name == "type":
        return [(code, words.type_name(code)) for code in TYPES]
    if name == "position.precision":
        return [(code, words.precision(code)) for code in PRECISIONS]
    return ()
