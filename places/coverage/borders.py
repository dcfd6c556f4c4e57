"""Polygons from somebody's file, made into a layer: every row with a code, a name and a good shape.

A broken polygon is mended and said so; all that cannot be mended is named at once and refused:
rows without a shape or a name, numbers that are no TERYT or repeat, areas that lie on each other,
a coordinate system that puts the country elsewhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from places import teryt
from places.coverage import ground, own_file, voronoi
from places.coverage.polygons import POLYGONS, Layer, layer, of_ground
from places.errors import Fault, Invalid, shortened
from places.teryt import Level

CODES = ("teryt", "terc", "jpt_kod_je", "code", "kod")
NAMES = ("nazwa", "name", "jpt_nazwa_", "nazwa_dzielnicy", "dzielnica", "osiedle")
"""What the columns are called in files that we have seen, in small letters."""
OVERLAP = 0.01
"""The share of the smaller area that may lie in another one."""
_COLLECTION = 7
_SLIVER = 1.0  # square metres


@dataclass(frozen=True, slots=True)
class Terms:
    """How a file is to be read."""

    level: Level
    maps: Mapping[str, str] = field(default_factory=dict)
    """Our `code` and `name` → the file's columns; guessed where nothing is said."""
    city: str = ""
    """The gmina that districts are of, six digits."""
    crs: str | None = None
    layer: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a file gave."""

    layer: Layer
    columns: Mapping[str, str]
    """Which columns were taken."""
    notes: tuple[Fault, ...]
    """What was mended."""


def read(path: Path, terms: Terms) -> Found:
    """The layer in a file.

    Raises Invalid.
    """
    if terms.city and not teryt.is_code("gmina", terms.city):
        raise Invalid([Fault("city", "not_a_gmina", shortened(terms.city))])
    if own_file.is_table(path):
        raise Invalid([Fault("", "unknown_form", path.suffix, " ".join(own_file.FORMS[1:]))])
    return of_frame(own_file.read_frame(path, layer=terms.layer, crs=terms.crs), terms)


def of_frame(frame: Any, terms: Terms) -> Found:
    """The layer in a frame of GeoPandas.

    Raises Invalid.
    """
    columns = _columns(frame, terms)
    codes = _texts(frame, columns.get("code"))
    names = _texts(frame, columns.get("name"))
    if terms.level == "district" and not terms.city and not any(map(_of_warsaw, codes)):
        raise Invalid([Fault("", "city_needed")])
    rows, faults = _rows(codes, names, terms)
    shapes, notes, broken = _shapes(frame.to_crs(ground.PLANE).geometry, rows)
    faults += [*_repeated(rows), *broken]
    if not faults:
        faults += [*_elsewhere(rows, shapes), *_overlapping(rows, shapes)]
    if faults:
        raise Invalid(faults)
    return Found(layer(terms.level, rows, shapes), columns, tuple(notes))


def _columns(frame: Any, terms: Terms) -> Mapping[str, str]:
    """Which column is the code, which the name; a district needs a name, other areas a code."""
    theirs = [str(one) for one in frame.columns if one != frame.geometry.name]
    faults = [
        Fault(ours, "no_column", shortened(column), ", ".join(theirs))
        for ours, column in terms.maps.items()
        if column not in theirs
    ]
    faults += [Fault(ours, "unknown_field") for ours in terms.maps if ours not in ("code", "name")]
    if faults:
        raise Invalid(faults)
    small = {column.casefold(): column for column in reversed(theirs)}
    found = dict(terms.maps)
    for ours, usual in (("code", CODES), ("name", NAMES)):
        taken = next((small[one] for one in usual if one in small), None)
        if ours not in found and taken is not None:
            found[ours] = taken
    needed = "name" if terms.level == "district" else "code"
    if needed not in found:
        raise Invalid([Fault(needed, "no_column", "", ", ".join(theirs))])
    return found


def _texts(frame: Any, column: str | None) -> list[str]:
    if column is None:
        return [""] * len(frame)
    values = frame[column]
    if str(values.dtype).startswith(("int", "float")):  # Nought in front is lost; see _padded.
        return ["" if value != value else str(int(value)) for value in values.tolist()]
    return ["" if value is None or value != value else str(value).strip() for value in values]


def _rows(
    codes: Sequence[str], names: Sequence[str], terms: Terms
) -> tuple[list[tuple[str, str, str]], list[Fault]]:
    """Code, name and seventh digit of each row, and what is wrong with them."""
    rows, faults = [], []
    of_level = _district if terms.level == "district" else _division
    for number, (said, name) in enumerate(zip(_padded(codes, terms), names, strict=True), 1):
        code, digit, wrong = of_level(said, name, terms)
        proper = teryt.proper_name(code, name) if code else name
        if wrong:
            faults.append(Fault("code", wrong, shortened(said), where=f"row {number}"))
        elif not (proper and code):  # Of a name that is but signs no code can be made.
            faults.append(Fault("name", "missing", shortened(code or name), where=f"row {number}"))
        rows.append((code, proper, digit))
    return rows, faults


def _padded(codes: Sequence[str], terms: Terms) -> Sequence[str]:
    """The codes with the noughts that a column of numbers has lost: all are of one length."""
    if terms.level == "district" or not all(re.fullmatch("[0-9]*", one) for one in codes):
        return codes
    length = teryt.LENGTHS[terms.level]
    longest = max(map(len, codes), default=0)
    return [one.zfill(max(length, longest)) if one else "" for one in codes]


def _division(said: str, name: str, terms: Terms) -> tuple[str, str, str]:
    """Code, seventh digit, fault.  A gmina may be "126101", "1261011" and "126101_1"."""
    digits = said.replace("_", "")
    length = teryt.LENGTHS[terms.level]
    code, digit = digits[:length], digits[length:]
    most = 1 if terms.level == "gmina" else 0
    if not teryt.is_code(terms.level, code) or len(digit) > most or teryt.is_part(code):
        return "", "", "not_a_code_of_level"
    return code, digit, ""


def _district(said: str, name: str, terms: Terms) -> tuple[str, str, str]:
    """Only Warsaw's districts have numbers; those of others are "<city>-<name>"."""
    if number := _of_warsaw(said):
        return number, "", "" if terms.city in ("", teryt.WARSAW) else "not_of_city"
    if not terms.city:
        return "", "", "city_needed"
    # Without a name there is no code; the name is told as missing.
    return teryt.district_code(terms.city, name), "", ""


def _of_warsaw(said: str) -> str:
    """The six digits of one of its districts; "" when it is none."""
    number = said.replace("_", "")[: teryt.LENGTHS["gmina"]]
    is_one = teryt.is_part(number) and teryt.gmina_of(number) == teryt.WARSAW
    return number if is_one else ""


def _repeated(rows: Sequence[tuple[str, str, str]]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for number, (code, name, _) in enumerate(rows, 1):
        if code in seen and code:
            where, limit = f"row {number}", str(seen[code])
            yield Fault("code", "row_repeats", shortened(f"{code} {name}"), limit, where)
        seen.setdefault(code, number)


def _shapes(
    shapes: Any, rows: Sequence[tuple[str, str, str]]
) -> tuple[np.ndarray, list[Fault], list[Fault]]:
    """The polygons of each row, what was mended, and what cannot be."""
    given = np.array(shapes.array, dtype=object)
    mended = given.copy()
    notes, faults = [], []
    bad = ~shapely.is_valid(given) | (shapely.get_type_id(given) == _COLLECTION)
    with np.errstate(invalid="ignore"):  # What is out of the plane has no area, and is told.
        mended[bad] = [of_ground(one) for one in shapely.make_valid(given[bad])]
    for index, (code, name, _) in enumerate(rows):
        where, value = f"row {index + 1}", shortened(f"{code} {name}".strip())
        if given[index] is None or given[index].is_empty:
            faults.append(Fault("geometry", "no_shape", value, where=where))
        elif shapely.get_type_id(mended[index]) not in POLYGONS or not mended[index].area:
            faults.append(Fault("geometry", "not_a_polygon", value, where=where))
        elif bad[index]:
            notes.append(Fault("geometry", "shape_mended", value, where=where))
    return shapely.force_2d(mended), notes, faults


def _elsewhere(rows: Sequence[tuple[str, str, str]], shapes: np.ndarray) -> Iterator[Fault]:
    inside = shapely.within(shapely.point_on_surface(shapes), voronoi.country())
    for index in np.flatnonzero(~inside).tolist():
        code, name, _ = rows[index]
        yield Fault(
            "geometry", "area_elsewhere", shortened(f"{code} {name}"), where=f"row {index + 1}"
        )


def _overlapping(rows: Sequence[tuple[str, str, str]], shapes: np.ndarray) -> Iterator[Fault]:
    """Pairs that lie on each other; only what does not fit its neighbours is looked at: of two
    areas, one inside the other, that is the inner one alone."""
    odd = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    found = shapely.STRtree(shapes).query(shapes[odd], predicate="intersects")
    pairs = np.unique(np.sort([odd[found[0]], found[1]], axis=0), axis=1)
    one, other = pairs[:, pairs[0] < pairs[1]]
    common = shapely.area(shapely.intersection(shapes[one], shapes[other]))
    smaller = np.minimum(shapely.area(shapes[one]), shapely.area(shapes[other]))
    for index in np.flatnonzero((common > OVERLAP * smaller) & (common > _SLIVER)).tolist():
        a, b = rows[one[index]], rows[other[index]]
        share = f"{100 * common[index] / smaller[index]:.0f}%"
        said = shortened(f"{a[0]} {a[1]} – {b[0]} {b[1]}", 160)
        yield Fault("geometry", "areas_overlap", said, share)
