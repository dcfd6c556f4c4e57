"""A few places of the catalogue change on disk; all the others stay as they are, byte by byte."""

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import geojson, replacing
from places.errors import Invalid
from places.place import Place
from tests.builders import a_catalogue, a_place, an_id, some_places

changes = st.dictionaries(
    st.integers(0, 12).map(an_id), st.none() | st.sampled_from(["A", "Ż", "„”"]), max_size=6
)


@given(st.sets(st.integers(0, 12)), changes)
def test_amending_is_writing_the_whole(
    tmp_path_factory: pytest.TempPathFactory, known: set[int], named: dict[str, str | None]
) -> None:
    """Replaced, added, taken out: the bytes are those of the whole catalogue written anew."""
    folder = tmp_path_factory.mktemp("amended")
    places = {an_id(number): a_place(id=an_id(number)) for number in known}
    wanted = {
        place_id: name and a_place(id=place_id, name=name) for place_id, name in named.items()
    }
    path = a_catalogue(folder / "a.geojson", places.values())
    geojson.amend(path, wanted)
    whole = [one for one in (places | wanted).values() if one]
    assert path.read_bytes() == a_catalogue(folder / "b.geojson", whole).read_bytes()
    assert geojson.read(path).faults == []


@given(changes)
def test_another_layout_is_brought_into_ours(
    tmp_path_factory: pytest.TempPathFactory, named: dict[str, str | None]
) -> None:
    """An indented file is read whole, and written as we write."""
    folder = tmp_path_factory.mktemp("other")
    places = {one.id: one for one in some_places(4)}
    path = a_catalogue(folder / "a.geojson", places.values())
    path.write_text(json.dumps(json.loads(path.read_text()), indent=1))
    wanted = {
        place_id: name and a_place(id=place_id, name=name) for place_id, name in named.items()
    }
    geojson.amend(path, wanted)
    whole = [one for one in (places | wanted).values() if one]
    assert path.read_bytes() == a_catalogue(folder / "b.geojson", whole).read_bytes()


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    """Its first place is a good catalogue."""
    path = tmp_path / "new" / "places.geojson"
    geojson.amend(path, {an_id(1): a_place(id=an_id(1)), an_id(2): None})
    assert [one.id for one in geojson.read(path).places] == [an_id(1)]


WHOLE = "".join(geojson.collection(some_places(4)))


@pytest.mark.parametrize(
    "damaged",
    [
        WHOLE[:-30],
        WHOLE[:-4],
        "",
        WHOLE.replace("},\n", "}\n", 1),
        WHOLE + "x",
        "\n".join([*WHOLE.splitlines()[:2], *WHOLE.splitlines()[:0:-1]]),
        WHOLE.replace(an_id(1), an_id(0)),
        WHOLE.replace(an_id(1), an_id(9)),
        WHOLE.replace('"id":"00000001"', '"id":1'),
        "<<<<<<< HEAD\n" + WHOLE,
    ],
)
def test_a_damaged_file_is_left_as_it_is(tmp_path: Path, damaged: str) -> None:
    """Cut, doubled, out of order, a merge gone wrong: it is refused and not made worse."""
    path = tmp_path / "places.geojson"
    path.write_text(damaged)
    with pytest.raises(Invalid):
        geojson.amend(path, {an_id(3): a_place(id=an_id(3))})
    assert path.read_text() == damaged
    assert list(tmp_path.iterdir()) == [path]


def test_places_are_picked(tmp_path: Path) -> None:
    """Only those asked for are understood, so that another's fault is no hindrance."""
    places = some_places(5)
    path = a_catalogue(tmp_path / "places.geojson", places)
    ours = [an_id(1), an_id(3), an_id(99)]
    assert geojson.pick(path, ours) == {one.id: one for one in (places[1], places[3])}
    path.write_text(path.read_text().replace('"Klub Numer 2"', '""'))
    assert geojson.pick(path, ours).keys() == {an_id(1), an_id(3)}
    with pytest.raises(Invalid):
        geojson.pick(path, [an_id(2)])


def test_places_of_another_layout_are_picked(tmp_path: Path) -> None:
    """Slower, and the same."""
    places = some_places(3)
    path = a_catalogue(tmp_path / "places.geojson", places)
    path.write_text(json.dumps(json.loads(path.read_text()), indent=1))
    assert geojson.pick(path, [an_id(1)]) == {an_id(1): places[1]}


def test_what_a_killed_writer_left_is_taken_away(tmp_path: Path) -> None:
    """By the next one who holds the catalogue; nothing else is."""
    path = a_catalogue(tmp_path / "places.geojson", [])
    left = tmp_path / ".places.geojson.abc.new"
    kept = [tmp_path / ".other.geojson.abc.new", tmp_path / "places.geojson.new"]
    for one in (left, *kept):
        one.touch()
    with geojson.editing(path):
        assert not left.exists()
    assert all(one.exists() for one in kept)


def test_a_large_catalogue_is_amended_line_by_line(tmp_path: Path) -> None:
    """The features that stay are never parsed: a broken one is carried over as it stands."""
    path = a_catalogue(tmp_path / "places.geojson", some_places(50))
    broken = path.read_text().replace('"Klub Numer 7"', '"Klub Numer 7')
    path.write_text(broken)
    geojson.amend(path, {an_id(20): a_place(id=an_id(20), name="Nowa")})
    assert [fault.where[:6] for fault in geojson.read(path).faults] == ["line 9"]
    assert '"Klub Numer 7,' in path.read_text() and '"Nowa"' in path.read_text()


def test_pieces_that_fail_leave_the_file(tmp_path: Path) -> None:
    """Whatever goes wrong while the new file is written, the old one is there and alone."""
    path = tmp_path / "file"
    path.write_text("old")

    def pieces() -> object:
        yield b"new"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        replacing.put(path, pieces())  # type: ignore[arg-type]
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["file"]  # noqa: PTH208


def test_a_change_is_noticed_however_soon(tmp_path: Path) -> None:
    """Each writing gives the file another stamp, within one tick of its clock too."""
    path = a_catalogue(tmp_path / "places.geojson", some_places(2))
    stamps = {geojson.stamp(path)}
    for name in "abc":
        one: Place = a_place(id=an_id(1), name=name)
        geojson.amend(path, {one.id: one})
        stamps.add(geojson.stamp(path))
    assert len(stamps) == 4 or time.get_clock_info("time").resolution > 1
