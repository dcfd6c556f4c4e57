"""Fields of a form and dotted values: one says the other, and a record reads back as it is."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app import create_app
from places import amendments
from places.place import Place
from places.web import filling, forms, timing, traps
from tests.builders import a_place
from tests.strategies import sound_places

SITE = create_app({"CATALOGUE": "none", "INSTANCE": "none", "URL": ""})


@given(sound_places())
def test_any_record_reads_back_as_it_is(place: Place) -> None:
    """The form of a record says nothing that the record does not: untouched, nothing changes."""
    with SITE.app_context():
        assert filling.changed(filling.shown(place), place).values == {}


@given(st.dictionaries(st.sampled_from(forms.PLAIN), st.text(max_size=40)))
def test_whatever_is_typed_can_be_read(typed: dict[str, str]) -> None:
    """Reading never refuses, and an empty field is unknown."""
    values = forms.read(MultiDict(typed))
    assert values.keys() == set(forms.PLAIN)
    assert all(values[name] is None for name in forms.PLAIN if not typed.get(name, "").strip())


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("szachy, joga", ["szachy", "joga"]),
        ("szachy, joga;\nkino", ["szachy, joga", "kino"]),
        ("szachy i joga", ["szachy i joga"]),
        (" , ;; ", None),
        ("kino\r\nkino", ["kino"]),
        ("jedno, z przecinkiem;", ["jedno, z przecinkiem"]),
    ],
)
def test_lists_by_commas_lines_and_semicolons(typed: str, items: list[str] | None) -> None:
    """Commas part items only where nothing stronger does."""
    assert forms.read(MultiDict({"activities": typed}))["activities"] == items


@pytest.mark.parametrize(
    ("typed", "value"),
    [("60", 60), (" 1 200 ", 1200), ("82,5", 82.5), ("sto", "sto"), ("", None), ("-3", "-3")],
)
def test_numbers_as_people_type_them(typed: str, value: object) -> None:
    """A comma and spaces among thousands are fine; what is no number stays for the check."""
    assert forms.read(MultiDict({"area_m2": typed}))["area_m2"] == value


def test_rooms_keep_their_order_and_need_no_name() -> None:
    """Rows may be left out; a room that says something and has no name gets its number."""
    form = MultiDict({"rooms.0.name": "Duża", "rooms.2.people": "12", "rooms.2.equipment": "stół"})
    assert forms.read(form)["rooms"] == [
        {"name": "Duża"},
        {"name": "sala 3", "people": 12, "equipment": ["stół"]},
    ]
    assert forms.rooms_in(form) == 3
    assert forms.rooms_in(MultiDict({"rooms.99.name": ""})) == forms.MOST_ROOMS


def test_addresses_of_pages_as_people_say_them() -> None:
    """ "www.dk.pl" leads somewhere too; a sentence does not."""
    read = forms.read(MultiDict({"contact.website": "www.dk.pl/o-nas"}))
    assert read["contact.website"] == "https://www.dk.pl/o-nas"
    assert forms.read(MultiDict({"contact.website": "nie ma"}))["contact.website"] == "nie ma"


def test_what_was_typed_lies_over_what_is_known() -> None:
    """Only fields that say something; what was typed wins."""
    place = a_place(summary="Stare.", activities=["szachy"])
    typed = MultiDict({"summary": "Nowe.", "activities": " ", "rooms.0.name": "Duża", "x": "y"})
    with SITE.app_context():
        form = filling.overlaid(place, typed)
    assert form["summary"] == "Nowe."
    assert form["activities"] == "szachy"
    assert form["rooms.0.name"] == "Duża"
    assert "x" not in form


def test_hours_settle_only_by_their_own_rule() -> None:
    """The rule of another text confirms nothing; OSM syntax needs no confirmation."""
    asked = timing.read(MultiDict({"hours.open.text": "wtorki 16-20"}), "hours.open")
    assert not asked.is_settled
    for answer, settled in (("Tu 16:00-20:00", True), ("We 16:00-20:00", False)):
        form = MultiDict({"hours.open.text": "wtorki 16-20", "hours.open.rule": answer})
        assert timing.read(form, "hours.open").is_settled is settled
    written = timing.read(MultiDict({"hours.open.text": "Mo-Fr 10:00-18:00; PH off"}), "hours.open")
    assert written.is_settled
    assert timing.values(written) == {
        "hours.open": "Mo-Fr 10:00-18:00; PH off",
        "hours.open_note": None,
    }


def test_a_signed_word_is_nobody_elses() -> None:
    """A changed word, or one for another purpose, is none."""
    site = Flask(__name__)
    site.config.update(SECRET="x" * 40, INSTANCE="none")
    with site.app_context():
        word = traps.signed("seen", {"a": 1})
        assert traps.unsigned("seen", word) == {"a": 1}
        assert traps.unsigned("start", word) is None
        assert traps.unsigned("seen", word[:-1] + ("A" if word[-1] != "A" else "B")) is None
        assert traps.unsigned("seen", "") is None


def test_links_are_counted_as_people_and_programs_write_them() -> None:
    """Three ways to write a link, one count."""
    assert traps.links(["zob. http://a.pl i www.b.pl", '<a href="c">', "kultura.pl"]) == 3


def test_flat_values_of_a_record_are_all_on_the_form() -> None:
    """Whatever a resident reads on the answer card can be corrected."""
    place = a_place(rules={"free": "yes"}, accessibility={"toilet": "no"}, languages=["uk"])
    known = set(amendments.flat(place))
    bookkeeping = {"id", "sources", "lat", "lon", "address.teryt"}
    shown = {*forms.PLAIN, "address.city", "address.gmina", "address.voivodeship"}
    assert {name for name in known - bookkeeping if not name.startswith("position")} <= shown
