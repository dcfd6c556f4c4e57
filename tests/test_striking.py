"""Words leave the history of a place: nothing else of it changes, and every state stays sound."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import amendments, forgetting, geojson, history, ledger, publishing, striking
from places.errors import Conflict, Invalid
from places.place import Place
from places.publishing import Press
from places.striking import STRUCK, says, without
from tests.builders import NOW, a_place
from tests.conftest import a_few_places
from tests.desks import ADMIN, SENDER, a_change, with_people
from tests.strategies import sound_places

MOBILE = "601 234 567"
SEEN = a_few_places()[0]


def dump(record: Place) -> str:
    return geojson.dumps(geojson.feature(record))


def all_of(desk: sqlite3.Connection) -> str:
    return " ".join(str(row[0]) for row in desk.execute("select record from revision"))


@pytest.fixture
def press(desk: sqlite3.Connection, catalogue: Path) -> Press:
    return Press(with_people(desk), catalogue, NOW)


def publish(press: Press, **values: Any) -> None:
    changes = {name.replace("__", "."): value for name, value in values.items()}
    publishing.publish(press, SEEN.id, changes, made_by="moderator", what="changed")


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        (MOBILE, "601234567"),
        (MOBILE, "+48 601-234-567"),
        ("+48601234567", "(601) 234 567"),
        ("0048 601 234 567", "601\u00a0234\u00a0567"),
        ("Ala@example.org", "ala@EXAMPLE.org"),
        ("Jan  Kowalski", "jan\nkowalski"),
    ],
)
def test_words_are_known_however_they_are_written(typed: str, stands: str) -> None:
    """A number with any gaps, a mailbox and a name in any case."""
    assert says(typed).sub(STRUCK, f"Pytaj: {stands}, codziennie.") == "Pytaj: […], codziennie."


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        (MOBILE, "9601234567"), (MOBILE, "6012345678"),
        ("ala@example.org", "hala@example.org"), ("ala@example.org", "ala@example.org.pl"),
        ("a.b@c.pl", "axb@c.pl"), ("1.*2 (?", "1222 ("),
    ],
)  # fmt: skip
def test_a_part_of_something_else_is_something_else(typed: str, stands: str) -> None:
    """A longer number, another's mailbox; and no sign has a meaning of its own."""
    assert not says(typed).search(stands)


@pytest.mark.parametrize("typed", ["", "  ", "abc", "\x00\x00\x00\x00\x00"])
def test_too_little_is_refused(typed: str) -> None:
    """Three letters would be struck out of half the words."""
    with pytest.raises(Invalid):
        says(typed)


@given(sound_places(), st.data())
def test_what_is_struck_is_gone_and_the_record_sound(one: Place, data: Any) -> None:
    """Whatever words of a record are chosen: they go where they may, the place stays a place."""
    known = amendments.flat(one)
    texts = [v for v in known.values() if isinstance(v, str) and len(" ".join(v.split())) >= 4]
    said = says(data.draw(st.sampled_from(texts)))

    left = without(one, [said])

    assert geojson.place(geojson.feature(left)) == left
    touched = {each.field for each in amendments.differences(one, left)}
    assert all(said.search(str(known[name])) for name in touched)
    assert left.id == one.id


def test_a_number_goes_from_every_field() -> None:
    """A value that is nothing else is unknown, of a sentence the rest stays, a name is kept."""
    one = a_place(
        name=f"Klub {MOBILE}",
        summary=f"Zapisy: {MOBILE}, po południu.",
        activities=["szachy", MOBILE],
        contact={"phone": MOBILE, "website": f"https://example.org/{MOBILE.replace(' ', '')}"},
        rooms=[{"name": "sala", "equipment": [f"klucz: {MOBILE}"]}],
        hours={"open": f'Mo-Fr 08:00-16:00 "{MOBILE}"', "open_note": MOBILE},
    )

    left = without(one, [says(MOBILE)])

    assert "601" not in dump(left)
    assert left.contact.phone is None
    assert left.activities == ("szachy",)
    assert left.summary == "Zapisy: […], po południu."
    assert left.name == "Klub […]"


def test_it_goes_from_all_states_and_is_put_down(press: Press) -> None:
    """The catalogue is as it was; who did it is written, and what it was is not."""
    publish(press, contact__phone=MOBILE)
    publish(press, contact__phone="12 345 67 89", summary=f"Nie {MOBILE}!")
    publish(press, summary="Bez numeru.")
    before = press.catalogue.read_bytes()
    now = publishing.current(press, SEEN.id)

    assert striking.strike(press.desk, now, says(MOBILE), ADMIN, NOW) == 2
    assert striking.strike(press.desk, now, says(MOBILE), ADMIN, NOW) == 0

    assert MOBILE not in all_of(press.desk)
    assert press.catalogue.read_bytes() == before
    assert [one.number for one in history.of(press.desk, SEEN.id)] == [4, 3, 2, 1]
    acts = [one for one in ledger.of_place(press.desk, SEEN.id) if one.what == "struck"]
    assert [(one.who, one.detail) for one in acts] == [("admin@example.org", "2")]


def test_what_the_catalogue_says_is_corrected_first(press: Press) -> None:
    """Nothing is struck while the record itself says it: the next state would say it again."""
    publish(press, contact__phone=MOBILE)
    now = publishing.current(press, SEEN.id)
    before = all_of(press.desk)

    with pytest.raises(Conflict, match="said"):
        striking.strike(press.desk, now, says("601234567"), ADMIN, NOW)

    assert all_of(press.desk) == before


def test_an_acceptance_may_be_taken_back_without_bringing_it_back(press: Press) -> None:
    """What was proposed is struck too, so no undoing and no second acceptance publishes it."""
    publish(press, contact__phone=MOBILE)
    seen = publishing.current(press, SEEN.id)
    sent = a_change(press.desk, seen, {"contact.phone": "12 345 67 89"})
    publishing.accept(press, sent.id, ADMIN)
    striking.strike(press.desk, publishing.current(press, SEEN.id), says(MOBILE), ADMIN, NOW)

    publishing.undo(press, sent.id, ADMIN)

    assert publishing.current(press, SEEN.id).contact.phone is None
    assert MOBILE not in press.catalogue.read_text(encoding="utf-8")


def test_who_is_forgotten_leaves_the_history(press: Press, instance: Path) -> None:
    """Their mailbox and their number go from every earlier state; what is public now is named."""
    publish(press, contact__email=SENDER.email, contact__phone=MOBILE)
    publish(press, contact__email=None, summary=f"Pisz: {SENDER.email}.")

    first = forgetting.forget(press.desk, instance, SENDER.email, NOW, phones=[MOBILE])
    publish(press, summary=None)
    second = forgetting.forget(press.desk, instance, SENDER.email, NOW, phones=[MOBILE])
    publish(press, contact__phone=None)
    third = forgetting.forget(press.desk, instance, SENDER.email, NOW, phones=[MOBILE])

    assert first.public == second.public == (SEEN.id,)
    assert third.public == ()
    assert SENDER.email not in all_of(press.desk)
    assert MOBILE not in all_of(press.desk)
    with pytest.raises(Invalid):
        forgetting.forget(press.desk, instance, SENDER.email, NOW, phones=["12"])
