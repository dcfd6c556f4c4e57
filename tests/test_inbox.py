"""What waits at the desk: sifted by scope like `people.may_decide`, and never beyond it."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import desk as store
from places import inbox, people, submissions
from places.inbox import STATES, Sift
from places.people import Person
from places.submissions import Scope, Sender
from tests.builders import NOW, a_place, an_id
from tests.desks import ADMIN, a_change, an_addition, with_people

EVERYTHING = Scope(everything=True)
WHERE = (
    ("126101", ["MAM"]), ("126101", []), ("226101", ["Dom Sąsiedzki Gdańsk", "MAM"]),
    ("021104", ["Senior+"]), ("120101", []), ("126100", []), ("120000", []),
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with store.open_desk(Path(tmp_path_factory.mktemp("desk"))) as opened:
        with_people(opened)
        for number, (teryt, networks) in enumerate(WHERE):
            place = a_place(id=an_id(number), networks=networks, **{"address.teryt": teryt})
            a_change(opened, place, {"summary": f"Opis {number}."}, Sender(f"o{number}@e.pl"))
        yield opened


def found(desk: sqlite3.Connection, scope: Scope, sift: Sift | None = None) -> set[str]:
    entries = inbox.read(desk, scope, sift or Sift(), NOW).entries
    return {one.proposal.place for one in entries}


@given(
    areas=st.lists(
        st.sampled_from(["12", "1261", "126101", "126201", "22", "02", "0", "%", "_"])
        .map(lambda value: ("teryt", value))
        | st.sampled_from(["MAM", "mam", "senior plus", "Senior+", "%", "Inna"])
        .map(lambda value: ("network", value)),
        max_size=3,
    )
)  # fmt: skip
def test_a_scope_sees_what_it_may_decide(
    desk: sqlite3.Connection, areas: list[tuple[str, str]]
) -> None:
    """The list in SQL and the rule in Python agree for every area, a strange one too."""
    person = Person(9, "m@example.org", "moderator", False, tuple(areas), 1)

    expected = {
        an_id(number)
        for number, (teryt, networks) in enumerate(WHERE)
        if people.may_decide(person, teryt, networks)
    }

    assert found(desk, people.scope(person)) == expected


def test_filters_never_widen_a_scope(desk: sqlite3.Connection) -> None:
    """Asking for another area, network or sender shows nothing of it."""
    scope = Scope(teryts=("1261",))

    assert found(desk, scope, Sift(area="22")) == set()
    assert found(desk, scope, Sift(network="Senior+")) == set()
    assert found(desk, scope, Sift(sender="o2@e.pl")) == set()
    assert {code for code, _ in inbox.choices(desk, scope).areas} == {"126101", "126100", "120000"}
    assert inbox.choices(desk, scope).networks == ["MAM"]


def test_counts_are_of_what_is_sifted(desk: sqlite3.Connection) -> None:
    """Every state is counted by the same filters; the total is of the states asked for."""
    whole = inbox.read(desk, EVERYTHING, Sift(states=STATES), NOW)
    narrow = inbox.read(desk, EVERYTHING, Sift(area="1261"), NOW)

    assert whole.total == whole.counts["waiting"] == len(WHERE)
    assert narrow.total == narrow.counts["waiting"] == 3
    assert set(whole.counts) == set(STATES)


def test_a_page_too_far_is_the_last(desk: sqlite3.Connection) -> None:
    """A list that has become shorter shows its last page, not an empty one."""
    page = inbox.read(desk, EVERYTHING, Sift(page=99), NOW)

    assert (page.page, page.pages) == (1, 1)
    assert len(page.entries) == len(WHERE)


def test_who_holds_a_proposal_is_told_until_the_time_is_over(desk: sqlite3.Connection) -> None:
    """A claim shows its holder, and nobody once it has run out."""
    [first, *_] = inbox.read(desk, EVERYTHING, Sift(), NOW).entries
    held = submissions.claim(desk, first.proposal.id, ADMIN, NOW)
    assert held.claimed_until is not None

    assert inbox.holder(desk, held, NOW) == "admin@example.org"
    assert inbox.holder(desk, held, held.claimed_until) == ""
    submissions.release(desk, held.id, ADMIN)


def test_a_gmina_nobody_knew_is_shown_to_whoever_decides_nearby(desk: sqlite3.Connection) -> None:
    """A code that breaks off is in the list of each gmina it may mean, and of no other."""
    assert found(desk, Scope(teryts=("126102",))) == {an_id(5), an_id(6)}
    assert found(desk, Scope(teryts=("126201",))) == {an_id(6)}
    assert found(desk, Scope(networks=("Inna",))) == set()


def test_words_are_found_without_polish_marks(desk: sqlite3.Connection) -> None:
    """In the name and the town, whatever the case; a sign of SQL is only a sign."""
    sift = Sift(text="LIPA krakow")

    assert len(found(desk, EVERYTHING, Sift(text="LIPĄ"))) == len(WHERE)
    assert found(desk, EVERYTHING, sift) == found(desk, EVERYTHING)
    assert found(desk, EVERYTHING, Sift(text="kino")) == set()
    assert found(desk, EVERYTHING, Sift(sender="o%@e.pl")) == set()
    assert found(desk, EVERYTHING, Sift(kind="add")) == set()


def test_what_waits_is_listed_the_oldest_first(tmp_path: Path) -> None:
    """And what is decided the newest first, in pages."""
    with store.open_desk(tmp_path) as desk:
        with_people(desk)
        sent = [
            an_addition(desk, name=f"Nr {number:02}", now=NOW + timedelta(hours=number))
            for number in range(inbox.PER_PAGE + 2)
        ]
        for number in (0, 1):
            late = NOW + timedelta(days=2, hours=number)
            submissions.reject(desk, sent[number].id, ADMIN, "Nie", late)

        def names(sift: Sift) -> list[str]:
            return [one.proposal.name for one in inbox.read(desk, EVERYTHING, sift, NOW).entries]

        assert names(Sift())[:2] == ["Nr 02", "Nr 03"]
        assert names(Sift(states=("rejected",))) == ["Nr 01", "Nr 00"]
        assert len(names(Sift(states=STATES, page=2))) == 2
