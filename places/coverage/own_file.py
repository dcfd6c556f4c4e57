"""A person's own file: CSV, GeoPackage, GeoJSON or Shapefile, in any declared coordinate system.

A Shapefile may come zipped.  A table (CSV, XLSX) has its points in two columns, `lat` and `lon` or
`x` and `y`.
What nobody has declared is not guessed: metres taken for degrees would put people into the sea.
"""

import warnings
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from places.coverage.ground import EARTH, Floats
from places.errors import Fault, Invalid, shortened
from places.exchange import files

if TYPE_CHECKING:
    import geopandas
    import pandas

FORMS = ("csv", "xlsx", "gpkg", "geojson", "shp", "zip")
_TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx"})
_DRAWN = frozenset({".gpkg", ".geojson", ".json", ".shp"})
_MARKS = {".gpkg": b"SQLite format 3\0", ".shp": b"\0\0\x27\x0a"}
"""How such files begin; the others are JSON."""
_BEGINS = 1_000  # bytes
_MOST_UNPACKED = 8_000_000_000  # bytes
_UNKNOWN = ("", "nan", "na", "null", "none")
"""How files write that there is no number."""
_BROKEN = (OSError, RuntimeError, ValueError)
"""What GDAL and those who read for it raise: of a missing file, of a cut one, of bad letters."""
_MOST_ROWS = 8
"""Rows named in one fault; the others are counted."""
_MOST_FAULTS = 50


def is_table(path: Path) -> bool:
    """Whether it is a CSV or a spreadsheet, whose points stand in columns."""
    return path.suffix.casefold() in _TABLES


def read_frame(
    path: Path, *, layer: str | None = None, crs: str | None = None
) -> "geopandas.GeoDataFrame":
    """The features of a GeoPackage, GeoJSON or Shapefile, as they are, with their system known.

    `crs` ("EPSG:2180") overrules what the file says of itself.  The index is the number of each
    feature, counted from 1.  Raises Invalid.
    """
    # Imported here because it takes half a second.
    import geopandas

    theirs = _declared(crs)
    whole = _inside(path)
    layer = _layer(whole, path, layer)
    with warnings.catch_warnings():
        # What GDAL only warns of (an unclosed ring, say) is judged by its result.
        warnings.simplefilter("ignore")
        try:
            frame = geopandas.read_file(whole, layer=layer)
        except _BROKEN as error:
            raise _unreadable(path, error) from None
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise Invalid([Fault("geometry", "no_geometry", path.name)])
    if not len(frame):
        raise Invalid([Fault("", "list_empty", path.name)])
    frame.index = range(1, len(frame) + 1)
    if theirs is not None:
        return frame.set_crs(theirs, allow_override=True)
    if frame.crs is None:
        raise Invalid([Fault("crs", "no_crs", path.name)])
    return frame


def read_cells(path: Path) -> "pandas.DataFrame":
    """The rows of a table under its headers; the index is the number a spreadsheet shows.

    Raises Invalid.
    """
    import pandas

    read = files.read(path)
    faults = [row.fault.at(f"row {row.number}") for row in read.rows if row.fault]
    if faults:
        raise Invalid(faults[:_MOST_FAULTS])
    if not read.rows:
        raise Invalid([Fault("", "list_empty", path.name)])
    numbered = [row.number for row in read.rows]
    cells = {name: [row.cells.get(name) for row in read.rows] for name in read.headers}
    return pandas.DataFrame(cells, index=numbered, dtype=object)


def points(
    cells: "pandas.DataFrame", places: Mapping[str, str], *, crs: str | None = None
) -> "tuple[geopandas.GeoDataFrame, list[Fault]]":
    """The rows of a table as points, and which say wrongly where they are.

    `places` says which columns hold `lat` and `lon`, or `x` (east) and `y` (north) of the system
    `crs`.  Raises Invalid when there are none.
    """
    import geopandas

    across, along, system = _axes(places, crs, cells.columns)
    found = {name: numbers(cells[places[name]]) for name in (across, along)}
    faults = [
        named_rows(name, "not_a_number", wrong, cells.index)
        for name, (_, wrong) in found.items()
        if wrong.any()
    ]
    at = geopandas.points_from_xy(*(values for values, _ in found.values()), crs=system)
    return geopandas.GeoDataFrame(cells, geometry=at), faults


def numbers(column: Any) -> tuple[Floats, NDArray[np.bool_]]:
    """A column's numbers, NaN where it says nothing; and the rows where something else stands.

    A text may have a Polish comma, or spaces among its thousands.
    """
    import pandas

    values = pandas.Series(column).reset_index(drop=True)
    if not (pandas.api.types.is_numeric_dtype(values) or _is_all_empty(values)):
        bare = values.astype("string").fillna("").str.replace(r"\s", "", regex=True)
        bare = bare.str.replace(",", ".", regex=False)
        silent = bare.str.casefold().isin(_UNKNOWN).to_numpy()
        known = pandas.to_numeric(bare.mask(silent), errors="coerce")
        read = known.to_numpy(float, na_value=np.nan)
        return read, (np.isnan(read) & ~silent) | np.isinf(read)
    read = pandas.to_numeric(values).to_numpy(float, na_value=np.nan)
    return read, np.isinf(read)


def named_rows(field: str, code: str, which: NDArray[np.bool_], numbered: Any) -> Fault:
    """One fault for many rows: the first few by their numbers, the others counted.

    `numbered` holds the number of each row, as people see it.
    """
    rows = np.asarray(numbered)[which]
    told = ", ".join(str(row) for row in rows[:_MOST_ROWS])
    more = f" (+{len(rows) - _MOST_ROWS})" if len(rows) > _MOST_ROWS else ""
    return Fault(field, code, where=f"row {told}{more}")


def _is_all_empty(values: "pandas.Series") -> bool:
    return bool(values.isna().all())


def _declared(crs: str | None) -> Any:
    if crs is None:
        return None
    import pyproj

    try:
        return pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError:
        raise Invalid([Fault("crs", "unknown_crs", shortened(crs))]) from None


def _inside(path: Path) -> str:
    """What GDAL is to open: the file, or the only one of ours in an archive."""
    ending = path.suffix.casefold()
    if ending not in _DRAWN | {".zip"}:
        raise Invalid([Fault("", "unknown_form", ending, " ".join(FORMS))])
    if not path.is_file():
        raise Invalid([Fault("", "no_file", path.name)])
    try:
        if ending != ".zip":
            with path.open("rb") as file:
                _look(path, ending, file.read(_BEGINS))
            return str(path)
        with zipfile.ZipFile(path) as archive:
            drawn = _drawn(path, archive)
            with archive.open(drawn) as member:
                _look(path, Path(drawn).suffix.casefold(), member.read(_BEGINS))
    # RuntimeError is how zipfile refuses a password and a way of packing that it does not know.
    except (OSError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise _unreadable(path, error) from None
    return f"/vsizip/{path.resolve()}/{drawn}"


def _drawn(path: Path, archive: zipfile.ZipFile) -> str:
    """The only file of ours in the archive."""
    if sum(one.file_size for one in archive.infolist()) > _MOST_UNPACKED:
        raise Invalid([Fault("", "too_long_unpacked", path.name, str(_MOST_UNPACKED))])
    drawn = [one for one in archive.namelist() if Path(one).suffix.casefold() in _DRAWN]
    if len(drawn) != 1:
        raise Invalid([Fault("", "which_file", path.name, ", ".join(drawn))])
    return drawn[0]


def _look(path: Path, ending: str, begins: bytes) -> None:
    """Refuses what is not what its name says: GDAL would take it for one of a hundred other forms,
    some of which read further files and addresses."""
    begins = begins.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begins.startswith(_MARKS.get(ending, b"{")):
        raise Invalid([Fault("", "unknown_form", path.name, " ".join(FORMS))])


def _layer(whole: str, path: Path, layer: str | None) -> str | None:
    """The layer to read: the one named, or the only one with shapes."""
    import geopandas

    try:
        found = geopandas.list_layers(whole)
    except _BROKEN as error:
        raise _unreadable(path, error) from None
    layers = [str(name) for name in found.name[found.geometry_type.notna()]]
    if layer is None and len(layers) > 1:
        raise Invalid([Fault("layer", "which_layer", "", ", ".join(layers))])
    if layer is not None and layer not in layers:
        raise Invalid([Fault("layer", "no_layer", shortened(layer), ", ".join(layers))])
    return layer or (layers[0] if layers else None)


def _axes(places: Mapping[str, str], crs: str | None, theirs: Any) -> tuple[str, str, Any]:
    """Which pair of columns says where a row is, east first, and in which system.

    Raises Invalid when there is none, or metres of an unknown system.
    """
    if "lat" in places and "lon" in places:
        return "lon", "lat", _declared(crs) or EARTH
    if "x" in places and "y" in places:
        if crs is None:
            raise Invalid([Fault("crs", "no_crs")])
        return "x", "y", _declared(crs)
    said = ", ".join(map(str, theirs))
    raise Invalid([Fault("geometry", "no_columns_of_points", limit=said)])


def _unreadable(path: Path, error: Exception) -> Invalid:
    why = getattr(error, "strerror", None) or shortened(error, 200)
    return Invalid([Fault("", "unreadable", path.name, str(why))])
