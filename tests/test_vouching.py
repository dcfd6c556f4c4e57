"""Who stands behind a changed fact, and what that does to checks, doubts, sources and dates."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from places import amendments, vouching
from places.facts import MOST_ITEMS, Source
from places.place import Place
from places.vouching import Voice
from tests.builders import a_place, an_id
from tests.strategies import places

TODAY = date(2026, 3, 11)
OLD = {"on": "2025-01-02", "by": "owner"}
KNOWN = a_place(
    summary="Szachy", hours={"open": "Mo 10:00-12:00"},
    checked={"offer": OLD, "hours": OLD, "address": OLD},
)  # fmt: skip


def changed(before: Place, values: dict[str, Any], voice: Voice, source: str = "") -> Place:
    after = amendments.applied(before, values)
    row = vouching.source_of(voice, source, TODAY)
    return vouching.vouched(before, after, voice, TODAY, row, values.keys())


def checks(place: Place) -> dict[str, tuple[str, str]]:
    return {group: (one.on, one.by) for group, one in place.checked if one is not None}


@pytest.mark.parametrize("voice", ["owner", "moderator", "source"])
def test_who_states_a_fact_has_checked_its_group(voice: Voice) -> None:
    """Only the groups that were touched get the day and the word; the others keep theirs."""
    made = changed(KNOWN, {"hours.open": "Tu 10:00-12:00", "rules.free": "yes"}, voice)
    assert checks(made) == {
        "address": ("2025-01-02", "owner"),
        "hours": ("2026-03-11", voice),
        "offer": ("2026-03-11", voice),
    }


def test_a_stranger_without_a_source_has_checked_nothing() -> None:
    """What fills a gap leaves the check; what replaces a checked fact takes it away."""
    filled = changed(KNOWN, {"rules.free": "yes"}, "nobody")
    assert checks(filled)["offer"] == ("2025-01-02", "owner")
    replaced = changed(KNOWN, {"summary": "Warcaby"}, "nobody")
    assert "offer" not in checks(replaced)
    cleared = changed(KNOWN, {"hours.open": None}, "nobody")
    assert "hours" not in checks(cleared)
    assert checks(cleared)["offer"] == ("2025-01-02", "owner")


def test_a_check_that_the_change_states_is_the_check() -> None:
    """A moderator who has telephoned says so, whoever proposed the hours."""
    values = {
        "hours.open": "Tu 10:00-12:00",
        "checked.hours.on": "2026-03-10",
        "checked.hours.by": "moderator",
    }
    assert checks(changed(KNOWN, values, "nobody"))["hours"] == ("2026-03-10", "moderator")


def test_a_doubt_is_dropped_when_it_is_answered() -> None:
    """By a new value of what was in doubt, or by somebody who knows; not by silence about it."""
    doubted = a_place(doubts=["operator", "number", "hours", "access", "existence"])
    made = changed(doubted, {"operator.name": "Gmina", "rules.walk_in": "yes"}, "nobody")
    assert made.doubts == ("number", "hours", "existence")
    made = changed(doubted, {"summary": "Szachy"}, "nobody")
    assert made.doubts == doubted.doubts
    made = changed(doubted, {"checked.address.on": "2026-03-11", "checked.address.by": "owner"},
                   "owner")  # fmt: skip
    assert made.doubts == ("operator", "hours", "access", "existence")
    assert changed(doubted, {"hours.open": None, "doubts": ["hours"]}, "owner").doubts == ("hours",)


def test_a_public_page_becomes_a_source() -> None:
    """With its day; named again, it gets the new day and no second row."""
    address = "https://example.org/klub"
    made = changed(KNOWN, {"summary": "Brydż"}, "source", address)
    assert made.sources == (*KNOWN.sources, Source(url=address, date="2026-03-11"))
    later = vouching.vouched(
        made, amendments.applied(made, {"summary": "Go"}), "source", date(2026, 4, 1),
        vouching.source_of("source", address, date(2026, 4, 1)),
    )  # fmt: skip
    assert later.sources == (*KNOWN.sources, Source(url=address, date="2026-04-01"))


def test_words_about_a_source_are_not_published() -> None:
    """They may name somebody; the record says how it came, never from whom."""
    made = changed(KNOWN, {"summary": "Brydż"}, "nobody", "powiedziała mi Pani Ala, 600 100 200")
    assert made.sources[-1] == Source(name=vouching.FORM, date="2026-03-11")
    made = changed(KNOWN, {"summary": "Brydż"}, "owner", "Ala")
    assert made.sources[-1] == Source(name=vouching.OWNER, date="2026-03-11")
    assert changed(KNOWN, {"summary": "Brydż"}, "moderator").sources == KNOWN.sources


def test_a_check_alone_is_no_change_of_the_record() -> None:
    """ "Still true" dates the group and nothing else."""
    values = {"checked.hours.on": "2026-03-11", "checked.hours.by": "owner"}
    made = changed(KNOWN, values, "owner")
    assert checks(made)["hours"] == ("2026-03-11", "owner")
    assert (made.changed, made.sources) == (None, KNOWN.sources)
    assert changed(KNOWN, {"summary": "Go"}, "owner").changed == "2026-03-11"


def test_a_new_place_gets_its_day_and_its_checks() -> None:
    """Of the groups of which something is said."""
    said = amendments.flat(a_place(id=an_id(7), summary="Szachy"))
    after = amendments.applied(None, said, place_id=an_id(7))
    made = vouching.vouched(None, after, "owner", TODAY, vouching.source_of("owner", "", TODAY))
    assert (made.added, made.changed) == ("2026-03-11", None)
    assert set(checks(made)) == {"existence", "address", "offer"}
    stranger = vouching.vouched(None, after, "nobody", TODAY)
    assert checks(stranger) == {}


def test_there_are_never_too_many_sources() -> None:
    """A record that has all it can hold keeps those."""
    full = a_place(sources=[{"name": f"źródło {n}"} for n in range(MOST_ITEMS)])
    assert changed(full, {"summary": "Go"}, "owner").sources == full.sources


@given(places())
def test_what_does_not_change_is_not_dated(one: Place) -> None:
    """Whoever says what is known already leaves the record as it is."""
    assert vouching.vouched(one, one, "owner", TODAY, Source(name="ktoś")) == one
