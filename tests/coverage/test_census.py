"""The census grid of GUS, fetched from a host of our own that sends the recorded shape."""

import hashlib
import io
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import geopandas
import numpy as np
import pytest

from places.coverage import census, ground
from places.errors import Invalid

LODZ = (
    Path(__file__).parents[3]
    / "shared/geodata/population/lodz_gus_nsp2011_grid_1km.gpkg"
)  # fmt: skip
CODES = [
    "CRS3035RES1000mN3229000E4961000", "PL_CRS3035RES1000mN3229000E4962000",
    "CRS3035RES1000mN3230000E4961000",
]  # fmt: skip


def an_archive(codes: list[str] = CODES, **columns: list[float | None]) -> bytes:
    """The archive as GUS sends it: a zipped shapefile with the recorded fields."""
    given = {
        "RES": [3_367.0, 12.0, None], "RES_MALE": [1.0, 1.0, None], "RES_0_14": [507.0, None, None],
        "RES_15_64": [1.0, 1.0, None], "RES_65_": [179.0, 0.0, None], **columns,
    }  # fmt: skip
    known = {name: values for name, values in given.items() if values}
    squares, _ = census.squares(CODES)
    at = geopandas.points_from_xy(squares.x, squares.y, crs=2180).buffer(500, cap_style="square")
    frame = geopandas.GeoDataFrame({"PL_CODE": codes, **known}, geometry=at)
    packed = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w") as archive:
        frame.to_file(Path(folder) / "GRID_NSP2021_RES.shp")
        for part in sorted(Path(folder).iterdir()):
            archive.write(part, part.name)
    return packed.getvalue()


@pytest.fixture
def gus() -> Iterator[tuple[str, str, list[str]]]:
    """Its address, the archive's checksum, and who asked."""
    body, asked = an_archive(), []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers["User-Agent"])
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/atom-web/download/?fileId=1&name=G.zip"
    yield url, hashlib.sha256(body).hexdigest(), asked
    server.shutdown()
    server.server_close()


def test_the_archive_is_fetched_once(gus: tuple[str, str, list[str]], tmp_path: Path) -> None:
    """Its checksum known, nobody is asked twice; the numbers come as the file has them."""
    url, sha256, asked = gus
    path = census.fetch(tmp_path, url=url, sha256=sha256, agent="miejsca-otwarte")
    assert census.fetch(tmp_path, url=url, sha256=sha256, agent="miejsca-otwarte") == path
    assert asked == ["miejsca-otwarte"]
    read = census.read(path)
    assert list(read.columns) == ["code", "total", "young", "old"]
    assert read.code.tolist() == CODES
    assert read.total.isna().tolist() == [False, False, True]


def test_an_archive_of_another_shape_is_refused(tmp_path: Path) -> None:
    """All the missing columns at once; no archive, no map in it."""
    path = tmp_path / "a.zip"
    path.write_bytes(an_archive(RES=[], RES_65_=[]))
    with pytest.raises(Invalid) as error:
        census.read(path)
    assert [fault.value for fault in error.value.faults] == ["RES", "RES_65_"]
    path.write_bytes(b"<html>")
    with pytest.raises(Invalid, match="unreadable"):
        census.read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("read.me", "nothing")
    with pytest.raises(Invalid, match="which_file"):
        census.read(path)


def test_a_code_says_where_its_square_is() -> None:
    """With the prefix or without; squares side by side touch, each a kilometre wide."""
    squares, wrong = census.squares(CODES)
    assert not wrong.any()
    assert np.hypot(*squares.u.T) == pytest.approx(500, abs=1)
    assert np.hypot(*squares.v.T) == pytest.approx(500, abs=1)
    edge = np.stack([squares.x, squares.y], 1)
    assert edge[0] + squares.u[0] == pytest.approx(edge[1] - squares.u[1], abs=0.01)
    assert edge[0] + squares.v[0] == pytest.approx(edge[2] - squares.v[2], abs=0.01)
    x, y = ground.from_europe(np.array([4_961_000.0]), np.array([3_229_000.0]))
    corner = edge[0] - squares.u[0] - squares.v[0]
    assert corner == pytest.approx([x[0], y[0]], abs=0.01)


def test_what_is_no_code(tmp_path: Path) -> None:
    """It has no place, and is told."""
    codes = [CODES[0], "", "CRS3035RES1000mN3229000", "CRS3035RES1000mNE", "0264", "nan"]
    squares, wrong = census.squares(codes)
    assert wrong.tolist() == [False, True, True, True, True, True]
    assert np.isnan(squares.x[1:]).all()


def test_codes_agree_with_the_shapes_of_gus() -> None:
    """Middle and sides from the code alone are those of the polygon, to the millimetre."""
    if not LODZ.exists():
        pytest.skip("no shared geodata here: the grid of Łódź")
    frame = geopandas.read_file(LODZ)
    squares, wrong = census.squares(frame.CODE)
    middles = frame.geometry.centroid
    assert len(frame) == 377 and not wrong.any()
    assert np.abs(squares.x - middles.x).max() < 0.001
    assert np.abs(squares.y - middles.y).max() < 0.001
