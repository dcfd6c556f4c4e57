"""What was done at a place, and what its owners were asked."""

from pathlib import Path

from places import acts, asks, ledger, owners
from places import desk as store
from tests.builders import NOW, an_id
from tests.desks import ADMIN, with_people


def test_acts_stand_with_who_did_them(tmp_path: Path) -> None:
    """Newest first, of this place alone; without a person where none did it."""
    with store.open_desk(tmp_path) as desk:
        with_people(desk)
        acts.write(desk, NOW, "closed", ADMIN, about=("", an_id(1)))
        acts.write(desk, NOW, "withdrawn", about=("p1", an_id(1)))
        acts.write(desk, NOW, "closed", ADMIN, about=("", an_id(2)))

        found = ledger.of_place(desk, an_id(1))

    assert [(one.what, one.who, one.proposal) for one in found] == [
        ("withdrawn", "", "p1"), ("closed", "admin@example.org", ""),
    ]  # fmt: skip
    assert all(one.at == NOW for one in found)


def test_questions_stand_with_their_answers(tmp_path: Path) -> None:
    """What was asked, and what became of it."""
    with store.open_desk(tmp_path) as desk:
        owner = owners.add(desk, an_id(1), "dom@example.org", "", NOW)
        one = asks.begin(desk, an_id(1), ["hours", "offer"], "2026-03-11", owner.id, NOW)
        assert one is not None
        [asked] = ledger.asked(desk, an_id(1))
        assert (asked.facts, asked.answered, asked.escalated) == (("hours", "offer"), None, None)
        asks.settle(desk, one, "still", NOW)

        [answered] = ledger.asked(desk, an_id(1))

    assert (answered.answer, answered.answered) == ("still", NOW)
