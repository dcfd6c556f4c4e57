"""The index is a copy that notices: never half, never lost, never louder than the catalogue."""

import fcntl
import json
import logging
import multiprocessing
import os
import resource
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places import geojson, index, layout, search, storage
from places.errors import Unavailable
from places.index import Damaged, Index, open_index
from places.place import Place
from places.query import FACETS, Query
from tests.builders import NOW, a_catalogue, a_place, an_id, some_places

SPAWN = multiprocessing.get_context("spawn")
FEATURE = geojson.dumps(geojson.feature(a_place()))
BAD = FEATURE.replace("dom_kultury", "kino")


def names(opened: Index) -> list[str]:
    """The names of all listed places, in the order of their ids."""
    return [one.name for one in search.every(opened, Query(), NOW)]


def numbers(opened: Index) -> dict[str, int]:
    """The row of each record: it changes when the record is written again."""
    return dict(opened.rows("select id, n from record"))


def tables(opened: Index) -> dict[str, list[Any]]:
    """All that the index knows, without the numbers of rows."""
    return {
        "record": opened.rows("select id, digest, feature from record order by id"),
        "place": opened.rows(
            "select id, name, sort_key, slug, type, city, city_name, district, lat, lon, "
            "precision, uncertainty_m, drawn, checked from place order by id"
        ),
        "network": opened.rows(
            "select p.id, w.network from network w left join place p on p.n = w.place order by 1, 2"
        ),
        "words": opened.rows(
            "select p.id, w.name, w.network, w.kind, w.address, w.offer, w.rest "
            "from words w left join place p on p.n = w.n order by 1"
        ),
        "box": opened.rows(
            "select p.id, b.south, b.north, b.west, b.east "
            "from box b left join place p on p.n = b.n order by 1"
        ),
        "choice": opened.rows("select * from choice order by facet, value"),
        "trait": opened.rows(
            "select p.id, t.kind, t.value, t.answer "
            "from trait t left join place p on p.n = t.place order by 1, 2, 3"
        ),
        "pair": opened.rows(
            "select p.id, r.first, r.second "
            "from pair r left join place p on p.n = r.place order by 1, 2, 3"
        ),
        "rule": opened.rows("select text, voivodeship from rule order by 1, 2"),
        "kept": opened.rows(
            "select p.id, r.text from place p left join rule r on r.r = p.rule order by 1"
        ),
    }


def sound(folder: Path) -> bool:
    """Whether the file is whole, with the words and the tree agreeing with their tables."""
    connection = sqlite3.connect(folder / "index.db")
    try:
        return layout.is_sound(connection)
    finally:
        connection.close()


def write_lines(path: Path, *lines: str) -> None:
    """A catalogue of these lines, good or not."""
    head = '{"type":"FeatureCollection","features":['
    path.write_text(head + "\n" + ",\n".join(lines) + "\n]}\n", encoding="utf-8")


# Noticing


def test_a_change_is_noticed(catalogue: Path, instance: Path) -> None:
    """The next one to open the index sees the new catalogue, without being told."""
    with open_index(catalogue, instance) as opened:
        before = len(names(opened))
    a_catalogue(catalogue, some_places(3))
    with open_index(catalogue, instance) as opened:
        assert len(names(opened)) == 3 != before


def test_an_open_index_shows_one_state(catalogue: Path, instance: Path) -> None:
    """Who has it open while another takes in a change sees the old state to the end."""
    with open_index(catalogue, instance) as old:
        before = names(old)
        a_catalogue(catalogue, some_places(3))
        with open_index(catalogue, instance) as new:
            assert len(names(new)) == 3
        assert names(old) == before
        assert search.run(old, Query(), NOW).total == len(before)


def test_only_what_changed_is_written(tmp_path: Path, instance: Path) -> None:
    """The rows of unchanged places stay; the changed one, the new and the gone do not."""
    path, some = tmp_path / "places.geojson", some_places(10)
    with open_index(a_catalogue(path, some), instance) as opened:
        before = numbers(opened)
    changed = some[4].model_copy(update={"name": "Inny Klub"})
    a_catalogue(path, [*some[:4], changed, *some[5:9], a_place(id=an_id(99))])
    with open_index(path, instance) as opened:
        after = numbers(opened)
    same = {one for one in before if before[one] == after.get(one)}
    assert same == {one.id for one in some[:9]} - {changed.id}
    assert after.keys() == {one.id for one in some[:9]} | {an_id(99)}


def test_an_unchanged_file_is_not_read_again(catalogue: Path, instance: Path) -> None:
    """Once a settled file is in the index, opening it does not read the catalogue."""
    old = time.time() - 3600
    os.utime(catalogue, (old, old))
    with open_index(catalogue, instance):
        pass
    content = catalogue.read_bytes()
    # Same size, same time, same file: only reading could tell.
    with catalogue.open("r+b") as file:
        file.write(b"x" * len(content))
    os.utime(catalogue, (old, old))
    with open_index(catalogue, instance) as opened:
        assert not opened.status().degraded


def test_two_changes_within_one_tick_are_both_noticed(tmp_path: Path, instance: Path) -> None:
    """A change in place that leaves size and time as they were is seen when the file is fresh."""
    path = tmp_path / "places.geojson"
    for name in ("Klub A", "Klub B", "Klub C"):
        moment = time.time()
        write_lines(path, FEATURE.replace("Klub Pod Lipą", name))
        os.utime(path, (moment, moment))
        with open_index(path, instance) as opened:
            assert names(opened) == [name]


def test_the_index_may_be_deleted_at_any_moment(catalogue: Path, instance: Path) -> None:
    """Nothing is lost with the file: the next one to open it builds it again."""
    with open_index(catalogue, instance) as opened:
        before = tables(opened)
    storage.remove(instance / "index.db")
    with open_index(catalogue, instance) as opened:
        assert tables(opened) == before


def test_an_index_of_another_layout_is_built_anew(catalogue: Path, instance: Path) -> None:
    """Tables of an older version are replaced, whatever they hold."""
    with open_index(catalogue, instance) as opened:
        before = tables(opened)
    connection = sqlite3.connect(instance / "index.db")
    connection.execute("update place set name = 'stara nazwa'")
    connection.execute("create table odd (x)")
    connection.execute(f"pragma user_version = {layout.version() - (1 << 20)}")
    connection.commit()
    connection.close()
    with open_index(catalogue, instance) as opened:
        assert tables(opened) == before


def test_a_long_writer_keeps_no_reader_waiting(catalogue: Path, instance: Path) -> None:
    """Days that are not worked out yet are answered on the spot while somebody else writes."""
    os.utime(catalogue, (1_700_000_000, 1_700_000_000))  # Settled: there is nothing to take in.
    with open_index(catalogue, instance, NOW.date()):
        pass
    later = NOW.date() + timedelta(days=40)
    writer = sqlite3.connect(instance / "index.db", isolation_level=None)
    with closing(writer):
        writer.execute("begin immediate")
        before = time.monotonic()
        with open_index(catalogue, instance, later) as opened:
            assert opened.rows("select count(*) from place")
        assert time.monotonic() - before < storage.WAIT_FOR_LOCK / 2


def test_other_holidays_or_dictionaries_make_another_index() -> None:
    """The layout's number tells of what its rows were made of, too."""
    assert layout.version() >> 20 == layout.VERSION
    assert 0 < layout.version() < 1 << 31


def test_rebuilding_gives_the_same(catalogue: Path, instance: Path) -> None:
    """`rebuild` answers with the state of a new index, equal to the one before."""
    with open_index(catalogue, instance) as opened:
        before, status = tables(opened), opened.status()
    again = index.rebuild(catalogue, instance)
    with open_index(catalogue, instance) as opened:
        assert tables(opened) == before
    assert (again.places, again.listed, again.degraded) == (status.places, status.listed, False)


KINDS: tuple[dict[str, Any], ...] = (
    {},
    {"name": "Żabi Kąt", "type": "biblioteka", "networks": ["CAL", "Senior+"]},
    {"address": {"city": "Łódź", "gmina": "Łódź", "district": None}, "point": (51.77, 19.45)},
    {"status": "withdrawn"},
    {"position": {"uncertainty_m": 9000}, "networks": ["MAM"], "address.district": "Nowa Huta"},
)
states = st.dictionaries(st.integers(1, 6), st.sampled_from(range(len(KINDS))), max_size=6)


@settings(max_examples=12)
@given(st.lists(st.tuples(states, st.booleans()), min_size=1, max_size=4))
def test_after_any_edits_it_is_as_if_built_anew(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[dict[int, int], bool]]
) -> None:
    """An index brought up to date equals a new one of the same file; a bad file changes nothing."""
    folder = tmp_path_factory.mktemp("history")
    path, last = folder / "places.geojson", None
    for state, broken in history:
        lines = [
            geojson.dumps(geojson.feature(a_place(**KINDS[kind], id=an_id(number))))
            for number, kind in sorted(state.items())
        ]
        write_lines(path, *lines, *([BAD] if broken and last is not None else []))
        with open_index(path, folder / "old") as opened:
            found = tables(opened)
        if not broken or last is None:
            with open_index(path, folder / "new") as opened:
                last = tables(opened)
            storage.remove(folder / "new" / "index.db")
        assert found == last
        assert sound(folder / "old")


@settings(max_examples=12)
@given(states)
def test_counts_are_plain_counts(
    tmp_path_factory: pytest.TempPathFactory, state: dict[int, int]
) -> None:
    """Every value of a facet stands with the number of listed places that have it."""
    folder = tmp_path_factory.mktemp("counts")
    some = [a_place(**KINDS[kind], id=an_id(number)) for number, kind in state.items()]
    listed = [one for one in some if one.listed]
    with open_index(a_catalogue(folder / "places.geojson", some), folder) as opened:
        for facet in FACETS:
            expected: dict[str, int] = {}
            for one in listed:
                for value in {row[1] for row in layout.choices_of(one) if row[0] == facet}:
                    expected[value] = expected.get(value, 0) + 1
            found = {choice.value: choice.count for choice in search.choices(opened, facet)}
            assert found == expected


def test_a_withdrawn_place_is_found_by_id_only(index: Index) -> None:
    """It can be asked for, so that its page can say so, and stands in no list and no count."""
    gone = search.find(index, an_id(6))
    assert gone.status == "withdrawn"
    assert gone.name not in names(index)
    status = index.status()
    assert (status.places, status.listed) == (6, 5)


# A bad catalogue


@pytest.mark.parametrize(
    ("spoil", "where", "code"),
    [
        (lambda whole: whole[: len(whole) // 2], "line 4", "cut_short"),
        (lambda whole: whole.decode().encode("cp1250"), "line 2", "encoding"),
        (lambda whole: whole.replace(b'"swietlica"', b'"kino"'), "line 5 · 00000004",
         "not_in_list"),
        (lambda whole: whole.replace(b'"id":"00000002"', b'"id":"00000001"'),
         "line 3 · 00000001", "repeated"),
        (lambda _: b"", "line 1", "cut_short"),
        (lambda _: b"[1,2,3]", "", "not_a_collection"),
    ],
    ids=["cut", "cp1250", "a bad feature", "a repeated id", "empty", "something else"],
)  # fmt: skip
def test_a_damaged_catalogue_leaves_the_last_good_index(
    catalogue: Path,
    instance: Path,
    caplog: pytest.LogCaptureFixture,
    spoil: Callable[[bytes], bytes],
    where: str,
    code: str,
) -> None:
    """It goes on answering, says why it is degraded, the log names the line, and mending heals."""
    with open_index(catalogue, instance) as opened:
        before = tables(opened)
    whole = catalogue.read_bytes()
    catalogue.write_bytes(spoil(whole))
    with caplog.at_level(logging.ERROR), open_index(catalogue, instance) as opened:
        status = opened.status()
        assert tables(opened) == before
    assert status.degraded
    assert (where, code) in {(fault.where, fault.code) for fault in status.faults}
    assert where in caplog.text
    assert code in caplog.text
    catalogue.write_bytes(whole)
    with open_index(catalogue, instance) as opened:
        assert not opened.status().degraded
        assert tables(opened) == before


def test_a_missing_catalogue_that_comes_back_heals(catalogue: Path, instance: Path) -> None:
    """Moved away and back, with the same stamp as ever, it is whole again."""
    with open_index(catalogue, instance) as opened:
        before = names(opened)
    aside = catalogue.rename(catalogue.with_suffix(".aside"))
    with open_index(catalogue, instance) as opened:
        assert [fault.code for fault in opened.status().faults] == ["no_file"]
        assert names(opened) == before
    aside.rename(catalogue)
    with open_index(catalogue, instance) as opened:
        assert not opened.status().degraded


def test_a_first_start_without_a_catalogue_is_an_empty_site(tmp_path: Path) -> None:
    """Nothing to show, said to be degraded; the catalogue is taken in once it is there."""
    path = tmp_path / "places.geojson"
    with open_index(path, tmp_path / "instance") as opened:
        assert names(opened) == []
        assert opened.status().degraded
    a_catalogue(path, some_places(2))
    with open_index(path, tmp_path / "instance") as opened:
        assert len(names(opened)) == 2
        assert not opened.status().degraded


def test_a_first_start_with_a_bad_feature_shows_the_good_ones(tmp_path: Path) -> None:
    """What can be shown is shown, also after the next change, until all is mended."""
    path, folder = tmp_path / "places.geojson", tmp_path / "instance"
    good = [FEATURE.replace("k3v7m2qa", an_id(number)) for number in range(3)]
    write_lines(path, *good[:2], BAD)
    with open_index(path, folder) as opened:
        assert len(names(opened)) == 2
        assert [fault.where for fault in opened.status().faults] == ["line 4 · k3v7m2qa"]
    write_lines(path, *good, BAD)
    with open_index(path, folder) as opened:
        assert len(names(opened)) == 3
        assert opened.status().degraded
    write_lines(path, *good, FEATURE)
    with open_index(path, folder) as opened:
        assert len(names(opened)) == 4
        assert not opened.status().degraded


def test_an_old_line_repeated_is_noticed(tmp_path: Path, instance: Path) -> None:
    """The same line twice, or a new line with the id of an old one, is a fault, not a choice."""
    path = tmp_path / "places.geojson"
    write_lines(path, FEATURE)
    with open_index(path, instance):
        pass
    for other in (FEATURE, FEATURE.replace("Klub Pod Lipą", "Inny")):
        write_lines(path, FEATURE, other)
        with open_index(path, instance) as opened:
            found = [(fault.where, fault.code) for fault in opened.status().faults]
            assert found == [("line 3 · k3v7m2qa", "repeated")]
            assert names(opened) == ["Klub Pod Lipą"]


# A broken index


def test_garbage_is_damaged_and_repaired(catalogue: Path, instance: Path) -> None:
    """A file that is no database is named so; after the repair it is built again."""
    with open_index(catalogue, instance) as opened:
        before = tables(opened)
    (instance / "index.db").write_bytes(b"\x07garbage" * 1000)
    with pytest.raises(Damaged), open_index(catalogue, instance):
        pass
    index.repair(instance)
    with open_index(catalogue, instance) as opened:
        assert tables(opened) == before


def test_where_there_is_no_index_nothing_is_damaged(
    instance: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A first build alarms nobody."""
    instance.mkdir(exist_ok=True)
    index.repair(instance)
    assert caplog.text == ""


def test_a_healthy_index_is_not_deleted_by_a_repair(catalogue: Path, instance: Path) -> None:
    """Who comes second to a repair leaves what the first one has built."""
    with open_index(catalogue, instance):
        pass
    before = (instance / "index.db").stat().st_ino
    index.repair(instance)
    assert (instance / "index.db").stat().st_ino == before


@pytest.mark.parametrize(
    "damage",
    [
        "delete from words_fts_data where id > 10",
        "update words_fts_data set block = x'00' where id > 10",
        "delete from box_node",
        "drop table network",
        "drop table meta",
    ],
)
def test_damage_inside_is_repaired_too(catalogue: Path, instance: Path, damage: str) -> None:
    """A database that opens but lacks its words, its tree or a table is not called healthy."""
    with open_index(catalogue, instance) as opened:
        before = tables(opened)
    connection = sqlite3.connect(instance / "index.db", isolation_level=None)
    connection.execute(damage)
    connection.close()
    index.repair(instance)
    with open_index(catalogue, instance) as opened:
        assert tables(opened) == before
    assert sound(instance)


def test_a_repair_waits_for_readers(catalogue: Path, instance: Path) -> None:
    """The file is not deleted under somebody who has it open."""
    with open_index(catalogue, instance) as opened:
        (instance / "index.db-wal").unlink(missing_ok=True)
        repairer = threading.Thread(target=index.repair, args=(instance,))
        repairer.start()
        repairer.join(0.2)
        assert repairer.is_alive()
        assert opened.status().places == 6
    repairer.join(10)
    assert not repairer.is_alive()


def test_a_late_question_is_given_up(index: Index) -> None:
    """A query that runs too long ends as Unavailable and does not hold its worker."""
    index._deadline = time.monotonic()
    with pytest.raises(Unavailable):
        index.rows(
            "with recursive forever(n) as (select 1 union all select n + 1 from forever) "
            "select count(*) from forever"
        )


def test_a_command_may_take_its_time(index: Index) -> None:
    """Where no visitor waits, a question longer than any allowed one is answered."""
    index._deadline = time.monotonic()
    index.be_patient()
    assert index.rows(
        "with recursive many(n) as (select 1 union all select n + 1 from many where n < 200000) "
        "select count(*) from many"
    ) == [(200_000,)]


def test_a_mistake_in_our_sql_is_no_damage(index: Index) -> None:
    """A bug of ours stays sqlite3's error and deletes nothing."""
    with pytest.raises(sqlite3.OperationalError):
        index.rows("select no_such_column from place")


# Several processes


def test_an_index_being_built_elsewhere_answers_from_before(
    catalogue: Path, instance: Path
) -> None:
    """While another process reads the new catalogue, the old answers are given without waiting."""
    with open_index(catalogue, instance) as opened:
        before = names(opened)
    a_catalogue(catalogue, some_places(3))
    with (instance / "update.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with open_index(catalogue, instance) as opened:
            assert names(opened) == before
    with open_index(catalogue, instance) as opened:
        assert len(names(opened)) == 3


def test_an_update_killed_in_the_middle_leaves_the_old_state(
    catalogue: Path, instance: Path
) -> None:
    """The half-done transaction is gone, and the next one to open it does it whole."""
    with open_index(catalogue, instance):
        pass
    a_catalogue(catalogue, some_places(5))
    child = SPAWN.Process(target=_die_updating, args=(catalogue, instance))
    child.start()
    child.join()
    assert child.exitcode == 9
    with sqlite3.connect(instance / "index.db") as connection:
        assert connection.execute("select count(*) from record").fetchone() == (6,)
    connection.close()
    with open_index(catalogue, instance) as opened:
        assert len(names(opened)) == 5
    assert sound(instance)


def _die_updating(catalogue: Path, instance: Path) -> None:
    layout.recount = lambda *_: os._exit(9)  # type: ignore[assignment]
    with open_index(catalogue, instance):
        pass


def test_several_processes_always_see_a_whole_version(tmp_path: Path) -> None:
    """While the file is rewritten again and again, no reader sees an error or a mixture."""
    path, folder = tmp_path / "places.geojson", tmp_path / "instance"
    a_catalogue(path, _version(0))
    with open_index(path, folder):
        pass
    with SPAWN.Pool(2) as pool:
        readers = [pool.apply_async(_watch, (path, folder)) for _ in range(2)]
        version = 0
        while not all(reader.ready() for reader in readers):
            version += 1
            a_catalogue(path, _version(version))
            time.sleep(0.02)
        seen = [reader.get() for reader in readers]
    assert all(len(versions) > 1 for versions in seen)
    assert all(versions == sorted(versions) for versions in seen)
    assert sound(folder)


def _version(number: int) -> list[Place]:
    return some_places(5 + number % 7, summary=f"wersja{number}")


def _watch(path: Path, folder: Path) -> list[int]:
    """The versions seen, each once; fails at the first answer that is none."""
    versions: list[int] = []
    end = time.monotonic() + 2.5
    while time.monotonic() < end:
        with open_index(path, folder) as opened:
            found = search.run(opened, Query(per_page=50), NOW)
            [said] = {str(hit.place.summary) for hit in found.hits}
            number = int(said.removeprefix("wersja"))
            assert found.total == len(found.hits) == 5 + number % 7
            assert search.run(opened, Query(q=said, exact=True), NOW).total == found.total
            assert not opened.status().degraded
        if number not in versions:
            versions.append(number)
    return versions


def test_what_is_stored_of_faults_can_be_read_again(tmp_path: Path, instance: Path) -> None:
    """Hostile values in a fault survive the way through the index."""
    path = tmp_path / "places.geojson"
    hostile = json.dumps('<img src=x onerror=alert(1)>\ud800\x00"')
    write_lines(path, FEATURE.replace('"dom_kultury"', hostile))
    with open_index(path, instance) as opened:
        [fault] = opened.status().faults
    assert fault.field == "type"
    assert fault.value.startswith("<img src=x onerror=alert(1)>")


def _without_room() -> None:
    """From now on this process can make no file longer than a page."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def _look_without_room(catalogue: Path, folder: Path, answer: Any) -> None:
    _without_room()
    with open_index(catalogue, folder) as opened:
        answer.put((names(opened), [fault.code for fault in opened.status().faults]))


def test_a_full_disk_leaves_the_last_good_index(tmp_path: Path, instance: Path) -> None:
    """What cannot be taken in is said; what is there goes on answering, and is not deleted."""
    path = a_catalogue(tmp_path / "places.geojson", [a_place(name="Stary klub")])
    with open_index(path, instance):
        pass
    a_catalogue(tmp_path / "places.geojson", [a_place(name="Nowy klub")])
    answer = SPAWN.Queue()
    process = SPAWN.Process(target=_look_without_room, args=(path, instance, answer))
    process.start()
    process.join(60)
    assert answer.get(timeout=10) == (["Stary klub"], ["unwritable"])
    with open_index(path, instance) as opened:
        assert names(opened) == ["Nowy klub"]


def test_a_folder_that_may_only_be_read_is_read(tmp_path: Path, instance: Path) -> None:
    """An index built elsewhere answers where nothing can be written, not even a lock."""
    path = a_catalogue(tmp_path / "places.geojson", [a_place(name="Stary klub")])
    with open_index(path, instance):
        pass
    (instance / "index.lock").unlink()
    (instance / "index.lock").mkdir()
    with open_index(path, instance) as opened:
        assert names(opened) == ["Stary klub"]
    a_catalogue(tmp_path / "places.geojson", [a_place(name="Nowy klub")])
    with open_index(path, instance) as opened:
        assert names(opened) == ["Stary klub"]
        assert [fault.code for fault in opened.status().faults] == ["unwritable"]


def test_nowhere_to_build_is_unavailable(catalogue: Path, tmp_path: Path) -> None:
    """A folder that cannot be made is no damage and no bug: it is said, and nothing is deleted."""
    (tmp_path / "folder").write_text("a file")
    with pytest.raises(Unavailable), open_index(catalogue, tmp_path / "folder"):
        pass
    with pytest.raises(Unavailable):
        index.repair(tmp_path / "folder")
