"""Answers are kept by what they answer, and made by one at a time."""

import os
import threading
from pathlib import Path

import pytest

from places.coverage import answers
from places.coverage.answers import Spec
from places.errors import Fault

SPEC = Spec("sites", "0123456789abcdef", "2026-03-09", (("type", "świetlica"),), (("area", "14"),))


def test_a_spec_survives_being_written() -> None:
    """What comes out of the text is what went in, key and all."""
    assert Spec.of(SPEC.text()) == SPEC
    assert Spec.of(SPEC.text()).key == SPEC.key


def test_whatever_differs_has_another_name() -> None:
    """Kind, stamp, week, filters and the rest all count."""
    others = [
        Spec("whatif", *_rest()),
        Spec("sites", "f" * 16, *_rest()[1:]),
        Spec("sites", SPEC.stamp, "2026-03-16", *_rest()[2:]),
        Spec("sites", SPEC.stamp, SPEC.week, (), SPEC.more),
        Spec("sites", SPEC.stamp, SPEC.week, SPEC.filters, (("area", "12"),)),
    ]
    assert len({SPEC.key, *(one.key for one in others)}) == 6


def _rest() -> tuple[str, str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    return SPEC.stamp, SPEC.week, SPEC.filters, SPEC.more


def test_one_makes_an_answer_and_the_other_is_told(tmp_path: Path) -> None:
    """Whoever comes second neither waits nor works."""
    assert not answers.is_being_made(tmp_path, SPEC)
    seen: list[bool] = []
    with answers.making(tmp_path, SPEC, wait=False) as mine:
        assert mine
        other = threading.Thread(target=lambda: seen.append(answers.is_being_made(tmp_path, SPEC)))
        other.start()
        other.join()
    assert seen == [True]
    assert not answers.is_being_made(tmp_path, SPEC)


def test_progress_is_told_until_it_is_over(tmp_path: Path) -> None:
    """And where nobody has told any, the work waits for its turn."""
    answers.folder(tmp_path).mkdir(parents=True)
    assert answers.progress(tmp_path, SPEC) == ("waiting", 0.0)
    answers.note(tmp_path, SPEC, "distances", 0.25)
    assert answers.progress(tmp_path, SPEC) == ("distances", 0.25)
    assert answers.under_way(tmp_path) == 1
    answers.settle(tmp_path, SPEC)
    assert answers.under_way(tmp_path) == 0


def test_the_killed_do_not_count_for_ever(tmp_path: Path) -> None:
    """Whose last word is long ago is taken for dead."""
    answers.folder(tmp_path).mkdir(parents=True)
    answers.note(tmp_path, SPEC, "distances", 0.25)
    (left,) = answers.folder(tmp_path).glob("*.progress")
    os.utime(left, (1, 1))
    assert answers.under_way(tmp_path) == 0


def test_a_failure_is_told_for_a_while(tmp_path: Path) -> None:
    """Then the work may be tried again."""
    answers.folder(tmp_path).mkdir(parents=True)
    fault = Fault("group", "no_ages")
    answers.fail(tmp_path, SPEC, (fault,))
    assert answers.failed(tmp_path, SPEC) == (fault,)
    (left,) = answers.folder(tmp_path).glob("*.failed")
    os.utime(left, (1, 1))
    assert answers.failed(tmp_path, SPEC) == ()


def test_old_answers_and_too_many_narrowed_ones_are_deleted(tmp_path: Path) -> None:
    """Whole ones stay as long as the days say, of narrowed ones the latest."""
    now = 1_000_000_000.0
    whole = [Spec("survey", f"{n:016x}", "2026-03-09") for n in range(3)]
    narrowed = [
        Spec("survey", f"{n:016x}", "2026-03-09", (("q", "x"),))
        for n in range(answers.MOST_NARROWED["survey"] + 2)
    ]
    answers.folder(tmp_path).mkdir(parents=True)
    for age, spec in [*enumerate(whole), *enumerate(narrowed)]:
        path = answers.path_of(tmp_path, spec)
        path.write_bytes(b"")
        os.utime(path, (now - age * 86_400,) * 2)
    assert answers.prune(tmp_path, 1.5, now) == 1 + len(narrowed) - 2
    assert [answers.path_of(tmp_path, spec).exists() for spec in whole] == [True, True, False]
    for spec in narrowed[:2]:
        answers.path_of(tmp_path, spec).touch()
    assert answers.prune(tmp_path, 1e6, now) == 0


def test_nobody_pushes_out_answers_of_another_kind(tmp_path: Path) -> None:
    """However many narrowed surveys are asked for, links to plans stay."""
    answers.folder(tmp_path).mkdir(parents=True)
    plan = answers.path_of(tmp_path, Spec("whatif", "0" * 16, "2026-03-09", (), (("to", "1,2"),)))
    plan.touch()
    os.utime(plan, (1_000.0,) * 2)
    for n in range(answers.MOST_NARROWED["survey"] + 1):
        filters = (("q", str(n)),)
        answers.path_of(tmp_path, Spec("survey", "0" * 16, "2026-03-09", filters)).touch()
    assert answers.prune(tmp_path, 1e6, 2_000.0) == 1
    assert plan.exists()


def test_all_answers_together_have_a_bound(tmp_path: Path) -> None:
    """Beyond it the oldest go, and the latest stay."""
    now = 1_000_000_000.0
    answers.folder(tmp_path).mkdir(parents=True)
    paths = [answers.path_of(tmp_path, Spec("survey", f"{n:016x}", "2026-03-09")) for n in range(3)]
    for age, path in enumerate(paths):
        with path.open("wb") as file:
            file.truncate(answers.MOST_BYTES * 2 // 5)  # Takes no room on the disk.
        os.utime(path, (now - age,) * 2)
    assert answers.prune(tmp_path, 400, now) == 1
    assert [path.exists() for path in paths] == [True, True, False]


def test_what_was_left_by_the_killed_is_swept_away(tmp_path: Path) -> None:
    """Locks, failures and half-made files of answers that never came, a day later."""
    home = answers.folder(tmp_path)
    home.mkdir(parents=True)
    answers.fail(tmp_path, SPEC, (Fault("", "coverage_failed"),))
    with answers.making(tmp_path, SPEC, wait=False):
        (home / ".new-killed").mkdir()
        (home / "turn.lock").touch()
    now = home.stat().st_mtime
    assert answers.prune(tmp_path, 400, now + 60) == 0
    assert len(list(home.iterdir())) == 4
    assert answers.prune(tmp_path, 400, now + 2 * 86_400) == 0
    assert [path.name for path in home.iterdir()] == ["turn.lock"]


def test_a_process_is_given_a_moment_to_begin(tmp_path: Path) -> None:
    """While it starts nobody else is sent."""
    answers.folder(tmp_path).mkdir(parents=True)
    assert not answers.is_begun(tmp_path, SPEC)
    answers.note(tmp_path, SPEC, "waiting", 0.0)
    assert answers.is_begun(tmp_path, SPEC)
    (noted,) = answers.folder(tmp_path).glob("*.progress")
    os.utime(noted, (1, 1))
    assert not answers.is_begun(tmp_path, SPEC)


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_is_put_right_holds_nothing_up(tmp_path: Path, days: int) -> None:
    """Files of another day, even of one to come, are no sign that somebody is at work."""
    answers.folder(tmp_path).mkdir(parents=True)
    answers.note(tmp_path, SPEC, "waiting", 0.0)
    answers.fail(tmp_path, SPEC, (Fault("", "coverage_failed"),))
    assert answers.is_begun(tmp_path, SPEC)
    for path in answers.folder(tmp_path).iterdir():
        moment = path.stat().st_mtime + days * 86_400
        os.utime(path, (moment, moment))
    assert not answers.is_begun(tmp_path, SPEC)
    assert answers.failed(tmp_path, SPEC) == ()
    assert answers.under_way(tmp_path) == 0


@pytest.mark.parametrize("share", ["NaN", "1e999", "-1", "2"])
def test_progress_that_is_no_share_is_none(tmp_path: Path, share: str) -> None:
    """A damaged file must not take the page with it."""
    answers.note(tmp_path, SPEC, "distances", 0.25)
    answers.folder(tmp_path).mkdir(parents=True)
    path = answers.path_of(tmp_path, SPEC).with_suffix(".progress")
    path.write_text(f'["distances", {share}]')
    assert answers.progress(tmp_path, SPEC) == ("distances", 0.0)


def test_an_answer_of_an_earlier_version_is_found_by_its_own_name(tmp_path: Path) -> None:
    """What an answer holds has changed: it is another file, and the old one is still there."""
    whatif = Spec("whatif", *_rest())
    answers.folder(tmp_path).mkdir(parents=True)
    assert answers.in_earlier_shape(tmp_path, whatif) is None
    old = answers.folder(tmp_path) / f"{whatif.key_in(1)}.json"
    old.write_text("{}", "utf-8")
    assert answers.in_earlier_shape(tmp_path, whatif) == old
    assert answers.path_of(tmp_path, whatif) != old
    assert answers.in_earlier_shape(tmp_path, SPEC) is None
    first = answers.folder(tmp_path) / f"{SPEC.key_in(1)}.json"
    first.write_text("{}", "utf-8")
    assert answers.in_earlier_shape(tmp_path, SPEC) == first
    assert answers.in_earlier_shape(tmp_path, Spec("survey", *_rest())) is None
