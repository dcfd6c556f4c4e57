"""Files written for others and read back; files of others."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places.errors import Invalid
from places.exchange import files, intake
from places.exchange.files import FORMS, Form
from places.place import Place
from tests.builders import a_place, an_id, some_places
from tests.exchange.test_tables import NASTY
from tests.strategies import places

TERMS = intake.Terms(today=date(2026, 11, 22), new_id=lambda: "newnewne")
nasty = st.sampled_from([text for text in NASTY if len(text) < 100])
odd_places = st.tuples(nasty, nasty).flatmap(
    lambda two: places(name=two[0], activities=two, refs={"um": two[1]})
)
catalogues = st.lists(st.one_of(places(), odd_places), max_size=4, unique_by=lambda one: one.id)


def written(form: Form, some: list[Place], folder: Path) -> Path:
    path = folder / f"out.{form}"
    with path.open("wb") as file:
        files.write(form, some, file)
    return path


@pytest.mark.parametrize("form", FORMS)
@given(some=catalogues)
@settings(max_examples=30)
def test_what_goes_out_comes_back(
    form: Form, some: list[Place], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Importing an export changes nothing, and rebuilds the whole catalogue from nothing."""
    table = files.read(written(form, some, tmp_path_factory.mktemp("out")))
    sourced = [one for one in some if one.sources]

    again = intake.plan(table, some, TERMS)
    anew = intake.plan(table, [], TERMS)

    assert again.count("same") == len(some)
    assert again.places == some
    assert {one.id: one for one in anew.places}.items() >= {
        one.id: one if one.added else one.model_copy(update={"added": "2026-11-22"})
        for one in sourced
        if _has_good_hours(one)
    }.items()


def _has_good_hours(place: Place) -> bool:
    from places import hours

    rules = (place.hours.open, place.hours.lending)
    return all(rule is None or hours.fault_in(rule) is None for rule in rules)


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("form", FORMS)
def test_no_text_changes_on_the_way(form: Form, text: str, tmp_path: Path) -> None:
    """A text that looks like something else is itself on the other side."""
    place = a_place(name=text, activities=[text, "x"], refs={"um": text}, operator={"name": text})

    table = files.read(written(form, [place], tmp_path))

    assert intake.plan(table, [place], TERMS).count("same") == 1
    assert intake.plan(table, [], TERMS).places[0].name == text


def test_a_spreadsheet_finds_no_formula_in_csv(tmp_path: Path) -> None:
    """Each cell of the file itself begins with something harmless, the phone number too."""
    some = [a_place(name=text, contact={"phone": "+48 12 345 67 89"}) for text in NASTY]

    text = written("csv", some, tmp_path).read_text("utf-8-sig")

    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_a_workbook_is_text_under_a_frozen_heading(tmp_path: Path) -> None:
    """Formulas are stored as text, numbers as numbers, and the heading stays in sight."""
    path = written("xlsx", [a_place(name="=1+1", capacity_people=80)], tmp_path)
    sheet = openpyxl.load_workbook(path).worksheets[0]

    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True) if cell.value}

    assert sheet.freeze_panes == "A2"
    assert (cells["name"].data_type, cells["name"].value) == ("s", "=1+1")
    assert (cells["capacity_people"].data_type, cells["capacity_people"].value) == ("n", 80)
    assert cells["address.teryt"].data_type == "s"
    assert sheet.column_dimensions["D"].width > 20


def test_a_text_too_long_for_a_workbook_is_refused(tmp_path: Path) -> None:
    """Nothing is cut in silence."""
    place = a_place(activities=["a" * 20_000, "b" * 20_000])

    with pytest.raises(Invalid) as refused:
        written("xlsx", [place], tmp_path)

    assert [(one.field, one.code) for one in refused.value.faults] == [("activities", "too_long")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_polish_csv_of_any_office(encoding: str, delimiter: str, tmp_path: Path) -> None:
    """Encoding and delimiter are found out; a cell may hold a line's end."""
    lines = [["nazwa", "opis"], ["Świetlica „Żak”", "raz, dwa;\ntrzy"], ["", ""], ["Gęś", ""]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    path = tmp_path / "lista.csv"
    path.write_bytes(text.getvalue().encode(encoding))

    table = files.read(path)

    assert table.headers == ["nazwa", "opis"]
    assert [(row.number, row.cells["nazwa"]) for row in table.rows] == [
        (2, "Świetlica „Żak”"),
        (4, "Gęś"),
    ]
    assert table.rows[0].cells["opis"] == "raz, dwa;\ntrzy"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "no_headers"),
        ("a.csv", b"a,a\n1,2\n", "repeated_column"),
        ("a.csv", "Żar\x81".encode("cp1252", "ignore") + b"\x81\xff", "encoding"),
        ("a.xlsx", b"PK nonsense", "not_a_spreadsheet"),
        ("a.geojson", b"{", "not_json"),
        ("a.geojson", b"[]", "not_a_collection"),
        ("a.geojson", b'{"features": [], "crs": 5}', "unknown_crs"),
        ("a.geojson", b'{"features": [\xff]}', "encoding"),
        ("a.pdf", b"", "unknown_form"),
        ("missing.csv", None, "no_file"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    name: str, content: bytes | None, code: str, tmp_path: Path
) -> None:
    """Each way to be unreadable has its own word."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(Invalid) as refused:
        files.read(path)

    assert [fault.code for fault in refused.value.faults] == [code]


def test_a_cell_beyond_the_headers_refuses_its_row(tmp_path: Path) -> None:
    """A comma too many is noticed, not swallowed."""
    path = tmp_path / "a.csv"
    path.write_text("nazwa,opis\nŻak,x,y\nGęś,,\n", "utf-8")

    table = files.read(path)

    assert [row.fault.code if row.fault else None for row in table.rows] == [
        "cell_beyond_headers",
        None,
    ]


def test_sheets_are_chosen_by_name(tmp_path: Path) -> None:
    """The first sheet unless named; an unknown name lists those there are."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["nazwa", "kod"])
    book.worksheets[0].append(["Pierwszy", 30001.0])
    book.create_sheet("Drugi").append(["nazwa"])
    book.save(tmp_path / "a.xlsx")

    assert files.read(tmp_path / "a.xlsx").rows[0].cells == {"nazwa": "Pierwszy", "kod": 30001}
    assert files.read(tmp_path / "a.xlsx", "Drugi").rows == []
    with pytest.raises(Invalid) as refused:
        files.read(tmp_path / "a.xlsx", "Trzeci")
    assert refused.value.faults[0].limit == "Sheet, Drugi"


def test_an_older_geojson_is_brought_to_wgs84(tmp_path: Path) -> None:
    """Points in the declared national grid come out where they are on the ground."""
    kept = _feature([565_000.0, 243_000.0])
    lost = {"type": "Feature", "properties": {"nazwa": "Bez punktu"}, "geometry": None}
    path = _collection(tmp_path, [kept, lost], crs="urn:ogc:def:crs:EPSG::2180")

    first, second = files.read(path).rows

    assert first.cells["lat"] == pytest.approx(50.05, abs=0.02)
    assert first.cells["lon"] == pytest.approx(19.91, abs=0.02)
    assert "lat" not in second.cells
    assert second.fault is None


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"])
def test_wgs84_by_any_name_is_left_alone(crs: str, tmp_path: Path) -> None:
    """A declaration of what is so anyway changes nothing."""
    row = files.read(_collection(tmp_path, [_feature([19.97, 50.02])], crs=crs)).rows[0]

    assert (row.cells["lat"], row.cells["lon"]) == (50.02, 19.97)


@pytest.mark.parametrize("crs", ["EPSG:999999", "moon"])
def test_an_unknown_system_is_refused(crs: str, tmp_path: Path) -> None:
    """Points are never guessed."""
    with pytest.raises(Invalid) as refused:
        files.read(_collection(tmp_path, [_feature([1.0, 2.0])], crs=crs))

    assert refused.value.faults[0].code == "unknown_crs"


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 6], [1, 2]]]},
        {"type": "Point", "coordinates": ["19.9", "50"]},
        {"type": "Point", "coordinates": [10**400, 50]},
        {"type": "Point"},
        "POINT (19 50)",
    ],
)
def test_what_is_no_point_refuses_its_feature(geometry: Any, tmp_path: Path) -> None:
    """Only a point says where a place is."""
    feature = {"type": "Feature", "properties": {"nazwa": "Żak"}, "geometry": geometry}

    row = files.read(_collection(tmp_path, [feature])).rows[0]

    assert row.fault is not None
    assert row.fault.code == "not_a_point"


def test_a_stranger_s_id_is_not_taken_for_ours(tmp_path: Path) -> None:
    """Only an id that could be ours means one of our places."""
    features = [
        {**_feature([19.9, 50.0]), "id": "node/12"},
        {**_feature([19.9, 50.0]), "id": an_id(1)},
        {**_feature([19.9, 50.0]), "id": 7},
    ]

    rows = files.read(_collection(tmp_path, features)).rows

    assert [row.cells.get("id") for row in rows] == [None, an_id(1), None]


def test_somebody_may_watch(tmp_path: Path) -> None:
    """Writing goes through the places once, so that progress can be shown."""
    for form in FORMS:
        seen: list[Place] = []
        with (tmp_path / f"a.{form}").open("wb") as file:
            files.write(form, some_places(3), file, lambda some, seen=seen: _noted(some, seen))
        assert seen == some_places(3)


def _noted(some: Any, seen: list[Place]) -> Any:
    for one in some:
        seen.append(one)
        yield one


def _feature(coordinates: list[float]) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": coordinates}
    return {"type": "Feature", "properties": {"nazwa": "Żak"}, "geometry": geometry}


def _collection(folder: Path, features: list[dict[str, Any]], crs: str | None = None) -> Path:
    whole: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs:
        whole["crs"] = {"type": "name", "properties": {"name": crs}}
    path = folder / "theirs.geojson"
    path.write_text(json.dumps(whole), "utf-8")
    return path
