"""The census grid of GUS (NSP 2021): residents in squares of 1 km, fetched once and kept.

A square's code says where it is: `CRS3035RES1000mN3045000E5035000` is the lower left corner in the
European grid (EPSG:3035), which lies askew in ours, so that corners are brought over, not sides.
A blank number is a secret of the few who live there, not nought.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from places import download
from places.coverage import kept
from places.coverage.ground import Floats, from_europe
from places.errors import Fault, Invalid, shortened

if TYPE_CHECKING:
    import pandas

URL = (
    "https://geo.stat.gov.pl/atom-web/download/"
    "?fileId=2795b7ed9098f86ab761352519ba1d85&name=GRID_NSP2021_RES.zip"
)
SHA256 = "815deb0fb369df11de0ff150dd14ce87fd875acf3d542da8d2db1dafc0791680"
TITLE = "Narodowy Spis Powszechny 2021: mieszkańcy w\u00a0siatce 1\u00a0km"
OWNER = "Główny Urząd Statystyczny"
LICENCE = "bez ograniczeń; trzeba podać źródło i\u00a0dzień pobrania"
DATE = "2021-03-31"
KNOWN: Mapping[str, int] = {
    "246901": 274_532,  # Katowice
    "246601": 176_664,  # Gliwice
    "247501": 186_184,  # Sosnowiec
}
"""Residents of the squares whose middles lie in these gminas, as others have counted them."""
COLUMNS: Mapping[str, str] = {"total": "RES", "young": "RES_0_14", "old": "RES_65_"}
_NAME = "GRID_NSP2021_RES.zip"
_CODE_COLUMNS = ("CODE", "PL_CODE")
_CODE = re.compile(r"(?:PL_)?CRS3035RES([1-9][0-9]{1,5})mN([0-9]{6,7})E([0-9]{6,7})")
_MOST_BYTES = 500_000_000


class Squares(NamedTuple):
    """Where squares lie in our plane."""

    x: Floats
    y: Floats
    u: Floats
    """Half the side that goes east in the European grid, as (x, y); v goes north."""
    v: Floats


def fetch(
    instance: Path,
    *,
    url: str = URL,
    sha256: str | None = SHA256,
    agent: str = "",
    watch: download.Watch = lambda step, share: None,
) -> Path:
    """The archive on disk, fetched unless it is there already.

    Raises Invalid.
    """
    to = kept.folder(instance) / "downloads" / _NAME
    headers = {"User-Agent": agent} if agent else {}
    download.fetch_file(
        url, to, sha256=sha256, headers=headers, most_bytes=_MOST_BYTES, watch=watch
    )
    return to


def read(path: Path) -> "pandas.DataFrame":
    """The numbers of an archive: `code`, `total`, `young`, `old`, as the file has them.

    Raises Invalid.
    """
    import geopandas

    try:
        frame = geopandas.read_file(_inside(path), ignore_geometry=True)
    except (OSError, RuntimeError, ValueError, zipfile.BadZipFile) as error:
        raise Invalid([Fault("", "unreadable", path.name, shortened(error, 200))]) from None
    names = {str(name).upper(): name for name in frame.columns}
    code = next((name for name in _CODE_COLUMNS if name in names), _CODE_COLUMNS[0])
    wanted = {"code": code, **COLUMNS}
    missing = [
        Fault(ours, "no_column", theirs, ", ".join(map(str, frame.columns)))
        for ours, theirs in wanted.items()
        if theirs not in names
    ]
    if missing:
        raise Invalid(missing)
    found = frame[[names[theirs] for theirs in wanted.values()]]
    return found.set_axis(list(wanted), axis=1)


def squares(codes: Iterable[str]) -> tuple[Squares, NDArray[np.bool_]]:
    """Where the squares of these codes lie; and which codes are none (their place is NaN)."""
    parsed = [_CODE.fullmatch(str(code).strip()) for code in codes]
    numbers = [
        [float(one) for one in found.groups()] if found else [np.nan] * 3 for found in parsed
    ]
    side, north, east = np.array(numbers, float).reshape(-1, 3).T
    # West, east, south, north: the four corners give middle and sides alike.
    across = east[:, None] + side[:, None] * np.array([0, 1, 1, 0])
    along = north[:, None] + side[:, None] * np.array([0, 0, 1, 1])
    x, y = from_europe(across.ravel(), along.ravel())
    corners = np.stack([x, y], axis=-1).reshape(-1, 4, 2)
    middle = corners.mean(axis=1)
    u = (corners[:, 1] + corners[:, 2] - corners[:, 0] - corners[:, 3]) / 4
    v = (corners[:, 2] + corners[:, 3] - corners[:, 0] - corners[:, 1]) / 4
    return Squares(middle[:, 0], middle[:, 1], u, v), np.isnan(side)


def _inside(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        shapes = [name for name in archive.namelist() if name.casefold().endswith(".shp")]
    if len(shapes) != 1:
        raise Invalid([Fault("", "which_file", path.name, ", ".join(shapes))])
    return f"/vsizip/{path.resolve()}/{shapes[0]}"
