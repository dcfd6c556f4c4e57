"""Files in and out: which reader and which writer goes with which form."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Literal

from places import geojson
from places.errors import Fault, Invalid
from places.exchange import delimited, features, workbook
from places.exchange.rows import AMPLE, Bounds, Table, Watch
from places.place import Place

Form = Literal["geojson", "csv", "xlsx"]
FORMS: Sequence[Form] = ("geojson", "csv", "xlsx")
_BY_ENDING: Mapping[str, Form] = {
    ".geojson": "geojson", ".json": "geojson", ".csv": "csv", ".xlsx": "xlsx",
}  # fmt: skip
_READ_TOO: Mapping[str, Form] = {".tsv": "csv", ".txt": "csv"}


def form_of(path: Path | None, named: str | None = None) -> Form:
    """The form that was named, else the one of the file's ending, else GeoJSON.

    Raises Invalid for one that we do not know.
    """
    ending = path.suffix.casefold() if path else ".geojson"
    for form in FORMS:
        if form == (named or _BY_ENDING.get(ending)):
            return form
    raise Invalid([Fault("", "unknown_form", named or ending, " ".join(FORMS))])


def form_to_read(path: Path) -> Form:
    """The form of a file that somebody gives us, by its ending.

    Raises Invalid for one that we do not know.
    """
    return _READ_TOO.get(path.suffix.casefold()) or form_of(path)


def read(path: Path, sheet: str | None = None) -> Table:
    """The rows of a file; `sheet` names one of a workbook's.

    Raises Invalid when the file as a whole cannot be read.
    """
    form = form_to_read(path)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Invalid([Fault("", "no_file", path.name)]) from None
    except OSError as error:
        raise Invalid([Fault("", "unreadable", path.name, str(error.strerror))]) from None
    return read_bytes(raw, form, sheet=sheet)


def read_bytes(raw: bytes, form: Form, bounds: Bounds = AMPLE, sheet: str | None = None) -> Table:
    """The rows of a file whose bytes are at hand.

    Raises Invalid.
    """
    if form == "xlsx":
        return workbook.read(raw, sheet, bounds)
    return delimited.read(raw, bounds) if form == "csv" else features.read(raw, bounds)


def write(form: Form, places: Sequence[Place], file: IO[bytes], watch: Watch[Place] = iter) -> None:
    """The places in that form, in their order.

    Raises Invalid where the form has no room for a text.
    """
    if form == "csv":
        delimited.write(places, file, watch)
    elif form == "xlsx":
        workbook.write(places, file, watch)
    else:
        file.writelines(piece.encode() for piece in geojson.collection(watch(places)))
