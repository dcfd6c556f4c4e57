"""The catalogue on disk: one shape, read without a crash whatever is in the file, written whole."""

import json
import multiprocessing
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import geojson
from places.errors import Invalid
from places.place import Place
from tests.builders import a_catalogue, a_place, an_id, some_places
from tests.strategies import places

SPAWN = multiprocessing.get_context("spawn")


@given(places())
def test_a_place_survives_the_file(one: Place) -> None:
    """What is written is read as the same place."""
    assert geojson.place(json.loads(geojson.dumps(geojson.feature(one)))) == one


@given(places())
def test_a_feature_is_rfc_7946(one: Place) -> None:
    """Longitude first, an id outside the properties, no empty member."""
    feature = geojson.feature(one)
    assert feature["geometry"]["coordinates"] == [one.point.lon, one.point.lat]
    assert feature["id"] == one.id
    assert "id" not in feature["properties"]
    assert '":null' not in geojson.dumps(feature)
    assert "\n" not in geojson.dumps(feature)


@given(st.lists(places(), max_size=4, unique_by=lambda one: one.id), st.randoms())
def test_the_same_places_are_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, some: list[Place], chance: object
) -> None:
    """The order in which places come does not show in the file; one feature is one line."""
    folder = tmp_path_factory.mktemp("files")
    first = a_catalogue(folder / "a.geojson", some).read_bytes()
    chance.shuffle(some)  # type: ignore[attr-defined]
    second = a_catalogue(folder / "b.geojson", some).read_bytes()
    assert first == second
    assert first.count(b"\n") == len(some) + 2 if some else True
    assert json.loads(first)["type"] == "FeatureCollection"
    assert [one.id for one in geojson.read(folder / "a.geojson").places] == sorted(
        one.id for one in some
    )


def test_an_empty_catalogue_is_one(tmp_path: Path) -> None:
    """No places at all is a good catalogue."""
    assert geojson.read(a_catalogue(tmp_path / "empty.geojson", [])) == geojson.Catalogue((), [])


WHOLE = "".join(
    geojson.collection(
        [a_place(id=an_id(1)), a_place(id=an_id(2)), a_place(id=an_id(3), name="Żółw")]
    )
).encode()


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spoilt") / "places.geojson"


@pytest.mark.parametrize("at", range(0, len(WHOLE) - 2, 7))
def test_a_file_cut_anywhere_is_named(spoilt: Path, at: int) -> None:
    """A half-written file gives no place and a fault, wherever it was cut."""
    spoilt.write_bytes(WHOLE[:at])
    found = geojson.read(spoilt)
    assert found.faults
    assert found.places == ()


def test_only_the_last_line_break_may_be_missing(spoilt: Path) -> None:
    """A file without the final line break is whole."""
    spoilt.write_bytes(WHOLE.rstrip())
    assert geojson.read(spoilt).faults == []


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_one_wrong_byte_is_no_crash(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int
) -> None:
    """Whatever byte stands wherever, the file is answered; one that is no JSON has a fault."""
    path = tmp_path_factory.mktemp("byte") / "places.geojson"
    path.write_bytes(WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :])
    found = geojson.read(path)
    assert found.faults or _is_json(path)


@given(st.binary(max_size=60) | st.text().map(str.encode))
def test_any_file_is_answered(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """A file of anything at all gives faults, never an exception."""
    path = tmp_path_factory.mktemp("any") / "places.geojson"
    path.write_bytes(content)
    assert geojson.read(path).faults


def spoil(number: int, text: str) -> bytes:
    """The good file with one line replaced."""
    rows = WHOLE.decode().splitlines()
    rows[number - 1] = text
    return "\n".join(rows).encode()


LINE = geojson.dumps(geojson.feature(a_place(id=an_id(1))))


@pytest.mark.parametrize(
    ("content", "where", "field", "code"),
    [
        (WHOLE.decode().encode("cp1250"), "line 4", "", "encoding"),
        (spoil(2, LINE.replace('"dom_kultury"', '"kino"') + ","), "line 2 · 00000001", "type",
         "not_in_list"),
        (spoil(3, LINE + ","), "line 3 · 00000001", "id", "repeated"),
        (spoil(4, LINE.replace(an_id(1), an_id(0))), "line 4 · 00000000", "id", "not_sorted"),
        (spoil(3, "{nie json},"), "line 3", "", "not_json"),
        (spoil(3, '{"type":"Point"},'), "line 3", "type", "not_a_feature"),
        (spoil(3, LINE), "line 3", "", "not_json"),  # no comma
        (spoil(4, LINE + ","), "line 4", "", "not_json"),  # one too many
        (spoil(3, "<<<<<<< HEAD"), "line 3", "", "not_json"),
        (spoil(3, LINE.replace("[19.9705,", "[NaN,") + ","), "line 3", "", "not_json"),
        (spoil(3, LINE.replace("[19.9705,", "[1e999,") + ","), "line 3 · 00000001", "point",
         "not_a_number"),
        (spoil(3, LINE.replace("19.9705,50.0217", "50.0217,19.9705") + ","), "line 3 · 00000001",
         "point", "axes_swapped"),
        (spoil(3, LINE.replace('"name":"Klub Pod Lipą"', '"name":"\\ud800"') + ","),
         "line 3 · 00000001", "name", "empty"),
        (spoil(3, LINE.replace('"properties":{', '"properties":{"id":"x",') + ","),
         "line 3 · 00000001", "id", "unknown_field"),
        (spoil(3, "[" * 100_000 + ","), "line 3", "", "not_json"),
        (WHOLE + b"x", "line 6", "", "not_json"),
        (b"", "line 1", "", "cut_short"),
        (b"{}", "", "type", "not_a_collection"),
        (b'{"type":"FeatureCollection","features":7}', "", "type", "not_a_collection"),
        (b"\xff\xfe{", "line 1", "", "encoding"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(
    spoilt: Path, content: bytes, where: str, field: str, code: str
) -> None:
    """Each kind of damage has its word, and the line and the record where it is."""
    spoilt.write_bytes(content)
    found = [(one.where, one.field, one.code) for one in geojson.read(spoilt).faults]
    assert found
    assert (where, field, code) in found


def test_all_that_is_wrong_is_named_at_once(spoilt: Path) -> None:
    """Two bad lines give the faults of both, and the good one is read."""
    rows = WHOLE.decode().splitlines()
    rows[1] = rows[1].replace('"dom_kultury"', '"kino"').replace('"126101"', '"1"')
    rows[2] = rows[2].replace('"Klub Pod Lipą"', '""')
    spoilt.write_text("\n".join(rows), encoding="utf-8")
    found = geojson.read(spoilt)
    assert [(one.where[:6], one.field) for one in found.faults] == [
        ("line 2", "type"), ("line 2", "address.teryt"), ("line 3", "name"),
    ]  # fmt: skip
    assert [one.name for one in found.places] == ["Żółw"]


@pytest.mark.parametrize(
    "rewritten",
    [
        json.dumps(json.loads(WHOLE), indent=2).encode(),
        json.dumps(json.loads(WHOLE), ensure_ascii=False).encode(),
        b"\xef\xbb\xbf" + WHOLE,
        WHOLE.replace(b"\n", b"\r\n"),
    ],
    ids=["indented", "on one line", "with a byte order mark", "with line breaks of Windows"],
)
def test_another_layout_is_read_the_same(spoilt: Path, rewritten: bytes) -> None:
    """A file that another program has rewritten still holds the same places."""
    spoilt.write_bytes(WHOLE)
    expected = geojson.read(spoilt)
    spoilt.write_bytes(rewritten)
    assert geojson.read(spoilt) == expected


def test_half_a_letter_in_another_layout_is_no_crash(spoilt: Path) -> None:
    """Half a surrogate pair, which JSON can carry and UTF-8 cannot, is dropped like in our own."""
    whole = json.loads(WHOLE)
    whole["features"][0]["properties"]["name"] = "Klub\ud800Żak"
    spoilt.write_text(json.dumps(whole, indent=1), encoding="utf-8")
    assert geojson.read(spoilt).places[0].name == "Klub Żak"


def test_a_missing_file_and_a_folder_are_faults(tmp_path: Path) -> None:
    """What cannot be opened is said to be so."""
    assert [one.code for one in geojson.read(tmp_path / "none.geojson").faults] == ["no_file"]
    assert [one.code for one in geojson.read(tmp_path).faults] == ["unreadable"]
    assert geojson.stamp(tmp_path / "none.geojson") is None


def test_a_line_says_what_it_is_for(tmp_path: Path) -> None:
    """A single bad line raises with its number and id, for whoever reads line by line."""
    path = a_catalogue(tmp_path / "one.geojson", [a_place()])
    [line] = geojson.lines(path)
    assert line.number == 2
    with pytest.raises(Invalid, match="line 2 · k3v7m2qa"):
        geojson.parse(geojson.Line(2, line.raw.replace(b"dom_kultury", b"kino")))


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    """While the file is rewritten again and again, every reading is one whole version."""
    path = a_catalogue(tmp_path / "places.geojson", some_places(20))
    done = threading.Event()
    writer = threading.Thread(target=_rewrite, args=(path, done))
    writer.start()
    try:
        for _ in range(30):
            found = geojson.read(path)
            assert found.faults == []
            assert len(found.places) in (20, 30)
    finally:
        done.set()
        writer.join()


def _rewrite(path: Path, done: threading.Event) -> None:
    few, many = some_places(20), some_places(30)
    while not done.is_set():
        geojson.write(path, many)
        geojson.write(path, few)


def test_a_writer_killed_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    """The old catalogue stays whole, and the half-written one is hidden and in nobody's way."""
    path = a_catalogue(tmp_path / "places.geojson", some_places(3))
    before = path.read_bytes()
    child = SPAWN.Process(target=_die_writing, args=(path,))
    child.start()
    child.join()
    assert child.exitcode == 9
    assert path.read_bytes() == before
    assert all(one.name.startswith(".") for one in tmp_path.iterdir() if one != path)
    geojson.write(path, some_places(4))
    assert len(geojson.read(path).places) == 4


def _die_writing(path: Path) -> None:
    class Deadly(list[Place]):
        """Dies when the second place is written, after all were sorted."""

        def __iter__(self) -> Iterator[Place]:
            yield from super().__iter__()

    geojson.dumps = _killer(geojson.dumps)  # type: ignore[assignment]
    geojson.write(path, Deadly(some_places(5000)))


def _killer(real: object) -> object:
    count = iter(range(4000))

    def dumps(of: object) -> str:
        if next(count, None) is None:
            os._exit(9)
        return str(real(of))  # type: ignore[operator]

    return dumps


def test_a_failed_writing_leaves_nothing_behind(tmp_path: Path) -> None:
    """When the new file cannot be put in place, the half-made one is taken away."""
    folder = tmp_path / "places.geojson"
    (folder / "inside").mkdir(parents=True)  # a folder with something in it cannot be replaced
    with pytest.raises(OSError, match="directory"):
        geojson.write(folder, [a_place()])
    assert list(tmp_path.iterdir()) == [folder]


def test_writing_keeps_who_may_read_the_file(tmp_path: Path) -> None:
    """The rights of the file stay those it had."""
    path = a_catalogue(tmp_path / "places.geojson", [])
    path.chmod(0o640)
    geojson.write(path, [a_place()])
    assert path.stat().st_mode & 0o777 == 0o640


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    """Two processes that each add places under `editing` leave all of them in the file."""
    path = a_catalogue(tmp_path / "places.geojson", [])
    writers = [SPAWN.Process(target=_add, args=(path, first)) for first in (0, 100)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert len(geojson.read(path).places) == 20


def _add(path: Path, first: int) -> None:
    for number in range(first, first + 10):
        with geojson.editing(path):
            known = geojson.read(path).places
            geojson.write(path, [*known, a_place(id=an_id(number))])


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Writing through a link changes the file it leads to."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "places.geojson")
    geojson.write(tmp_path / "link", [a_place()])
    assert (tmp_path / "link").is_symlink()
    assert geojson.read(tmp_path / "elsewhere" / "places.geojson").places == (a_place(),)
