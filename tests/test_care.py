"""What a record lacks: the same questions, and the same "unknown", as on the place's own page."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from places import care, geojson
from places.freshness import GROUPS
from places.place import Place
from places.web import words
from tests.builders import NOW, a_place

HERE = Path(__file__).resolve().parents[1]
FULL = {
    "hours": {"open": "Mo-Fr 10:00-18:00"}, "contact": {"phone": "12 345 67 89"},
    "summary": "Warsztaty i kawa.", "accessibility": {"wheelchair": "no"},
    "rules": {
        "free": "no", "walk_in": "yes", "residents_only": "no", "children_alone": "limited",
        "own_meeting": "yes", "cost_note": "50 zł", "key_holder": "sołtys wsi",
    },
    "capacity_people": 80, "facilities": ["kuchnia"],
    "photos": [{
        "file": "k3v7m2qa-0123456789abcdef.jpg", "alt": "Sala", "author": "Gmina",
        "licence": "CC BY 4.0", "width": 800, "height": 600,
    }],
}  # fmt: skip


@pytest.fixture(autouse=True)
def polish(app: Flask) -> Iterator[None]:
    """Words are said within a request, as on a page."""
    with app.test_request_context("/"):
        yield


def real_and_made() -> list[Place]:
    real = list(geojson.read(HERE / "data" / "places.geojson").places)
    made = [a_place(type=kind, **FULL) for kind in ("swietlica", "dom_kultury")]
    notes = a_place(
        hours={"open_note": "po telefonie"},
        accessibility={"note": "są schody"},
        rules={"booking_days_ahead": 3, "booking_note": "mailem", "cost_note": "5 zł"},
    )
    return [*real, *made, notes, a_place(hours={"open": "nonsens"})]


def test_unknown_means_what_it_means_on_the_page() -> None:
    """A question lacks an answer here just when the answer card says "nie wiemy"."""
    for one in real_and_made():
        unknown = {reply.key for reply in words.replies(one, NOW) if reply.state == "unknown"}
        lacking = set(care.lacking(one)) & set(care.QUESTIONS) - {"contact"}

        assert lacking == unknown, one.id


def test_nothing_is_lacking_where_all_is_said() -> None:
    """An answer "no" is an answer; the row of such a place has no gap."""
    for kind, asked in (("swietlica", 13), ("dom_kultury", 9)):
        one = a_place(type=kind, **FULL)
        row = care.row(1, one)

        assert care.lacking(one) == ()
        assert (row["known"], row["asked"], row["lacks"], row["lacking"]) == (asked, asked, 0, 0)


def test_a_bare_record_lacks_all_but_its_position() -> None:
    """A name, a type and an exact address are no answers; only halls are asked for their price."""
    assert set(care.lacking(a_place())) == set(care.LACKS) - set(care.OF_HALLS) - {
        "position", "certainty",
    }  # fmt: skip
    assert set(care.OF_HALLS) <= set(care.lacking(a_place(type="remiza")))
    assert "position" in care.lacking(a_place(position={"precision": "locality"}))
    assert "certainty" in care.lacking(a_place(doubts=["name"]))


def test_the_row_holds_days_and_who_vouches() -> None:
    """First days of checks, the last day of an edition, bits for groups people vouched for."""
    one = a_place(
        valid_to="2026-06",
        hours={"open": "24/7"},
        checked={
            "existence": {"on": "2025", "by": "source"},
            "hours": {"on": "2026-03-01", "by": "owner"},
        },
    )
    row = care.row(7, one)

    assert row["existence"] == date(2025, 1, 1).toordinal()
    assert row["hours"] == date(2026, 3, 1).toordinal()
    assert row["offer"] is None
    assert row["ends"] == date(2026, 6, 30).toordinal()
    assert row["confirmed"] == 1 << GROUPS.index("hours")
    assert care.given(one) == ("existence", "address", "hours")
