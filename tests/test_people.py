"""Who decides: areas, roles, passwords, and what a removal ends."""

import sqlite3
from datetime import timedelta

import pytest

from places import people, tokens
from places.errors import Expired, Invalid, NotFound
from places.people import Person
from tests.builders import NOW

KRAKOW, RUDNA = "126101", "021104"


def moderator(desk: sqlite3.Connection, name: str, *areas: tuple[str, str]) -> Person:
    return people.add(desk, f"{name}@example.org", "moderator", areas, NOW)


def test_a_person_is_one_mailbox(desk: sqlite3.Connection) -> None:
    """Added again, in another spelling, the same person gets the new role and area."""
    first = moderator(desk, "Anna", ("teryt", "12"))
    again = people.add(desk, " ANNA@example.org", "admin", [], NOW)
    assert again.id == first.id
    assert (again.role, again.areas) == ("admin", ())
    assert people.everybody(desk) == (again,)
    assert people.by_email(desk, "anna@EXAMPLE.org ") == people.find(desk, first.id) == again


@pytest.mark.parametrize(
    ("given", "kept"), [("12", "12"), ("1261", "1261"), ("126101", KRAKOW), ("1261011", KRAKOW)]
)
def test_an_area_is_the_beginning_of_a_teryt(given: str, kept: str) -> None:
    """Two, four or six digits; the seventh, which says what kind a gmina is, is let go."""
    assert people.area("teryt", given) == ("teryt", kept)


def test_all_that_is_wrong_is_said_at_once(desk: sqlite3.Connection) -> None:
    """The address, every area and the role; nobody is added."""
    areas = [("teryt", "1"), ("teryt", "12610"), ("teryt", "١٢"), ("network", " "), ("teryt", "12")]
    with pytest.raises(Invalid) as refused:
        people.add(desk, "anna", "boss", areas, NOW)
    assert [fault.code for fault in refused.value.faults] == [
        "not_an_email", "not_a_teryt", "not_a_teryt", "not_a_teryt", "missing", "not_in_list",
    ]  # fmt: skip
    with pytest.raises(Invalid):
        moderator(desk, "anna")  # A moderator of nothing.
    assert people.everybody(desk) == ()


@pytest.mark.parametrize(
    ("areas", "teryt", "networks", "theirs"),
    [
        ([("teryt", "12")], KRAKOW, (), True),
        ([("teryt", "1261")], KRAKOW, (), True),
        ([("teryt", KRAKOW)], KRAKOW, (), True),
        ([("teryt", "02"), ("teryt", "12")], KRAKOW, (), True),
        ([("teryt", "126102")], KRAKOW, (), False),
        ([("teryt", "02")], KRAKOW, ("MAM",), False),
        ([("network", "mam")], KRAKOW, ("CAL", "MAM"), True),
        ([("network", "Senior Plus")], RUDNA, ("Senior+",), True),
        ([("network", "MAM")], KRAKOW, (), False),
        ([("teryt", "12")], "", (), False),
        ([("teryt", "126101")], "126100", (), True),
        ([("teryt", "126101")], "120000", (), True),
        ([("teryt", "1261")], "120000", (), True),
        ([("teryt", "126101")], "126200", (), False),
        ([("teryt", "126101")], "000000", (), False),
        ([("network", "MAM")], "126100", (), False),
    ],
)
def test_a_moderator_decides_in_their_area(
    desk: sqlite3.Connection,
    areas: list[tuple[str, str]],
    teryt: str,
    networks: tuple[str, ...],
    theirs: bool,
) -> None:
    """There and nowhere else; a network is known in any spelling."""
    one = moderator(desk, "anna", *areas)
    assert people.may_decide(one, teryt, networks) is theirs
    assert not people.scope(one).everything


def test_an_administrator_decides_everywhere(desk: sqlite3.Connection) -> None:
    """Without any area."""
    one = people.add(desk, "anna@example.org", "admin", [], NOW)
    assert people.scope(one).everything
    assert people.may_decide(one, "", ())


def test_a_removal_ends_everything(desk: sqlite3.Connection) -> None:
    """Their links do not work, what they claimed is free, and nobody inherits their session."""
    one = moderator(desk, "anna", ("teryt", "12"))
    word = tokens.make(desk, "sign-in", str(one.id), NOW)
    claimed(desk, one.id)
    people.remove(desk, one.id, NOW)
    with pytest.raises(NotFound):
        people.find(desk, one.id)
    with pytest.raises(Expired):
        tokens.use(desk, "sign-in", word, NOW)
    row = desk.execute("select claimed_by, claimed_until from proposal").fetchone()
    assert tuple(row) == (None, None)
    heir = moderator(desk, "jan", ("teryt", "12"))
    assert (heir.id, heir.session) != (one.id, one.session)
    assert desk.execute("select count(*) from area").fetchone()[0] == 1


def test_signing_out_everywhere(desk: sqlite3.Connection) -> None:
    """No cookie given before fits any more, nor any link."""
    one = moderator(desk, "anna", ("teryt", "12"))
    word = tokens.make(desk, "sign-in", str(one.id), NOW)
    people.sign_out_everywhere(desk, one.id, NOW)
    assert people.find(desk, one.id).session != one.session
    with pytest.raises(Expired):
        tokens.look(desk, "sign-in", word, NOW)


def test_a_password_opens_its_own_account(desk: sqlite3.Connection) -> None:
    """It is kept as argon2 alone; another, none, or nobody's opens nothing."""
    one = moderator(desk, "anna", ("teryt", "12"))
    assert people.check_password(desk, one.email, "") is None
    people.set_password(desk, one, "most kaczka zegar", NOW)
    found = people.check_password(desk, "Anna@example.org", "most kaczka zegar")
    assert found is not None
    assert found.has_password
    assert found.session != one.session
    for email, password in [
        (one.email, "most kaczka zegaR"), (one.email, ""), (one.email, "x" * 100_000),
        ("jan@example.org", "most kaczka zegar"), ("", "most kaczka zegar"),
    ]:  # fmt: skip
        assert people.check_password(desk, email, password) is None
    kept = desk.execute("select password from people").fetchone()[0]
    assert kept.startswith("$argon2id$")
    people.set_password(desk, found, None, NOW)
    assert people.check_password(desk, one.email, "most kaczka zegar") is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("za krótkie", "password_short"),
        ("aaaaaaaaaaaaaaaa", "password_weak"),
        ("123456789012345", "password_weak"),
        ("Łucznik-anna.kowalska", "password_weak"),
        ("x1" * 600, "too_long"),
        ("", "missing"),
    ],
)
def test_a_password_easy_to_guess_is_refused(
    desk: sqlite3.Connection, password: str, code: str
) -> None:
    """Short, of few letters, digits alone, or with one's own address in it."""
    one = people.add(desk, "anna.kowalska@example.org", "admin", [], NOW)
    with pytest.raises(Invalid) as refused:
        people.set_password(desk, one, password, NOW)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert refused.value.faults[0].value == ""  # A password is never said back.


def test_what_is_blocked_is_thrown_away(desk: sqlite3.Connection) -> None:
    """A mailbox, a whole domain or a network address; blocking twice is blocking."""
    for _ in range(2):
        people.block(desk, "email", "zly@example.org", None, NOW)
        people.block(desk, "domain", "spam.example", None, NOW)
        people.block(desk, "origin", "abc", None, NOW)
    assert people.is_blocked(desk, "zly@example.org", "")
    assert people.is_blocked(desk, "kto@spam.example", "x")
    assert people.is_blocked(desk, "dobry@example.org", "abc")
    assert not people.is_blocked(desk, "dobry@example.org", "")
    assert not people.is_blocked(desk, "zly@example.com", "abcd")


def claimed(desk: sqlite3.Connection, person_id: int) -> None:
    """A proposal that this person has taken."""
    desk.execute(
        "insert into proposal (id, kind, state, sent_by, place, name, city, teryt, networks, sent,"
        " claimed_by, claimed_until) values ('k3v7m2qa', 'add', 'waiting', 'public', 'k3v7m2qa',"
        " 'Klub', 'Kraków', '126101', '[]', ?, ?, ?)",
        [NOW.isoformat(), person_id, (NOW + timedelta(minutes=30)).isoformat()],
    )
