"""Files of one's own: what is read, in which system, and what is refused with which word."""

import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest

from places.coverage import own_file
from places.errors import Fault, Invalid

SUFFIXES = (".gpkg", ".shp", ".geojson")


def a_file(path: Path, crs: int | None = 2180, count: int = 300) -> Path:
    """Points in a row, near Łódź."""
    at = geopandas.points_from_xy(np.arange(count) + 530_000.0, np.full(count, 437_000.0))
    frame = geopandas.GeoDataFrame({"RES": range(count), "gdzie": "Łódź"}, geometry=at)
    frame = frame.set_crs(2180)
    if path.suffix == ".geojson":
        frame = frame.to_crs(4326)
    frame.to_file(path)
    if crs is None:
        path.with_suffix(".prj").unlink()
    return path


def refused(path: Path, **more: Any) -> Fault:
    """The fault that reading ends in."""
    with pytest.raises(Invalid) as error:
        own_file.read_frame(path, **more)
    [fault] = error.value.faults
    return fault


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_form_is_read(tmp_path: Path, suffix: str) -> None:
    """With its letters, its system and the number of each row."""
    frame = own_file.read_frame(a_file(tmp_path / f"a{suffix}"))
    assert list(frame.index[:2]) == [1, 2]
    assert frame.gdzie.iloc[0] == "Łódź"
    there = frame.to_crs(2180).geometry
    assert there.x.iloc[7] == pytest.approx(530_007, abs=0.01)


def test_a_zipped_shapefile(tmp_path: Path) -> None:
    """In a folder of the archive, too; two maps in one are refused, and so is no archive."""
    a_file(tmp_path / "a.shp")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for part in tmp_path.glob("a.*"):
            if part.suffix != ".zip":
                archive.write(part, f"siatka/{part.name}")
    assert len(own_file.read_frame(tmp_path / "a.zip")) == 300
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("a.geojson", "{}")
        archive.writestr("b.gpkg", "")
    assert refused(tmp_path / "b.zip").code == "which_file"
    (tmp_path / "c.zip").write_bytes(b"PK no more")
    assert refused(tmp_path / "c.zip").code == "unreadable"


def test_a_system_must_be_declared(tmp_path: Path) -> None:
    """By the file or by the person, who overrules the file."""
    path = a_file(tmp_path / "a.shp", crs=None)
    assert refused(path).code == "no_crs"
    assert own_file.read_frame(path, crs="EPSG:2180").crs.to_epsg() == 2180
    assert refused(path, crs="our own").code == "unknown_crs"
    other = a_file(tmp_path / "b.gpkg")
    assert own_file.read_frame(other, crs="EPSG:2177").crs.to_epsg() == 2177


def test_layers(tmp_path: Path) -> None:
    """One need not be named; of several one must, by its right name."""
    path = a_file(tmp_path / "a.gpkg")
    assert refused(path, layer="b") == Fault("layer", "no_layer", "b", "a")
    geopandas.read_file(path).to_file(path, layer="b", mode="a")
    assert refused(path) == Fault("layer", "which_layer", "", "a, b")
    assert len(own_file.read_frame(path, layer="b")) == 300


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".dbf", ".shx"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_file_cut_short_is_refused(tmp_path: Path, suffix: str, share: float) -> None:
    """Wherever the cut is; nothing of it is taken."""
    of_a_shape = suffix in (".dbf", ".shx")
    path = a_file(tmp_path / ("a.shp" if of_a_shape else f"a{suffix}"))
    cut = path.with_suffix(suffix)
    cut.write_bytes(cut.read_bytes()[: int(cut.stat().st_size * share)])
    assert refused(path).code == "unreadable"


def test_a_shapefile_cut_short_has_rows_without_a_place(tmp_path: Path) -> None:
    """GDAL reads on; whoever takes the rows refuses those without a shape."""
    path = a_file(tmp_path / "a.shp")
    path.write_bytes(path.read_bytes()[:5_000])
    assert own_file.read_frame(path).geometry.isna().any()


def test_what_is_no_map(tmp_path: Path) -> None:
    """No file, an unknown ending, no rows, a table without shapes."""
    assert refused(tmp_path / "a.gpkg").code == "no_file"
    assert refused(tmp_path / "a.doc").code == "unknown_form"
    empty = tmp_path / "a.geojson"
    empty.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    assert refused(empty).code in ("list_empty", "no_geometry")
    empty.write_text('{"not": "a map"}')
    assert refused(empty).code == "unreadable"


def table(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_a_table_of_an_office(tmp_path: Path, encoding: str) -> None:
    """Semicolons, cp1250, decimal commas, a blank line that moves no number."""
    path = table(
        tmp_path / "a.csv", "gdzie;x;y;razem\nŁódź;530000,5;437000;1 200\n\nZgierz;1;2;", encoding
    )
    cells = own_file.read_cells(path)
    assert list(cells.index) == [2, 4]
    frame, faults = own_file.points(cells, {"x": "x", "y": "y"}, crs="EPSG:2180")
    assert not faults
    assert frame.geometry.x.tolist() == [530_000.5, 1.0]
    assert frame.gdzie.tolist() == ["Łódź", "Zgierz"]


def test_a_table_must_say_where(tmp_path: Path) -> None:
    """Degrees, or metres of a declared system; which rows do not is named."""
    cells = own_file.read_cells(table(tmp_path / "a.csv", "a,b\n51.7,19.4\nx,19.5\n51.8,\n"))
    degrees = {"lat": "a", "lon": "b"}
    frame, faults = own_file.points(cells, degrees)
    assert faults == [Fault("lat", "not_a_number", where="row 3")]
    assert frame.crs.to_epsg() == 4326
    for places, code in (({"x": "b", "y": "a"}, "no_crs"), ({"lat": "a"}, "no_columns_of_points")):
        with pytest.raises(Invalid) as error:
            own_file.points(cells, places)
        assert error.value.faults[0].code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "no_headers"), ("a,b\n", "list_empty"), ("a,a\n1,2\n", "repeated_column"),
     ("a,b\n1,2,3\n", "cell_beyond_headers")],
)  # fmt: skip
def test_a_broken_table_is_refused(tmp_path: Path, text: str, code: str) -> None:
    """A cell too many would be lost in silence."""
    with pytest.raises(Invalid) as error:
        own_file.read_cells(table(tmp_path / "a.csv", text))
    assert [fault.code for fault in error.value.faults] == [code]


def test_numbers_as_people_write_them() -> None:
    """Unknown is not nought; what is no number is told apart from what is not there."""
    read, wrong = own_file.numbers(
        ["12", "1 200", "1\u00a0200,5", "", None, "NaN", "x", "inf", "1e400", "-3", 7, 2.5]
    )
    assert np.flatnonzero(wrong).tolist() == [6, 7, 8]
    known = [12, 1_200, 1_200.5, np.nan, np.nan, np.nan]
    assert np.array_equal(read[:6], known, equal_nan=True)
    assert read[9:].tolist() == [-3, 7, 2.5]
    read, wrong = own_file.numbers(np.array([1, np.inf, np.nan]))
    assert wrong.tolist() == [False, True, False]
    read, wrong = own_file.numbers([None, None])
    assert np.isnan(read).all() and not wrong.any()


def test_many_rows_are_one_fault() -> None:
    """The first few are named, the others counted."""
    which = np.ones(20, bool)
    fault = own_file.named_rows("total", "negative_people", which, np.arange(2, 22))
    assert fault.where == "row 2, 3, 4, 5, 6, 7, 8, 9 (+12)"


@pytest.mark.parametrize("suffix", [".geojson", ".shp", ".gpkg", ".zip"])
def test_a_file_that_leads_to_others_is_not_followed(tmp_path: Path, suffix: str) -> None:
    """GDAL knows forms that name further files; only what a name promises is opened."""
    there = a_file(tmp_path / "tam.geojson")
    path = tmp_path / f"tu{suffix}"
    said = (
        '<OGRVRTDataSource><OGRVRTLayer name="tam">'
        f"<SrcDataSource>{there}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    path.write_text(said)
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("tu.geojson", said)
    assert refused(path).code == "unknown_form"


def test_an_archive_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what it says of itself, before anything is unpacked."""
    monkeypatch.setattr(own_file, "_MOST_UNPACKED", 1_000)
    with zipfile.ZipFile(tmp_path / "duże.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.geojson", "{" + " " * 1_000)
    assert refused(tmp_path / "duże.zip").code == "too_long_unpacked"
