"""The desk of moderators as a person without JavaScript uses it."""

import html
import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from places import amendments, geojson, history, letters, owners, publishing, submissions
from places import desk as store
from places.people import Person
from places.place import Place
from places.submissions import Proposal, Sender
from tests.builders import NOW
from tests.conftest import a_few_places
from tests.desks import a_change, an_addition
from tests.web.test_public import Reader
from tests.web.visitors import a_person, a_visit, press

KRAKOW, GDANSK = ("teryt", "1261"), ("teryt", "2261")
SEEN = a_few_places()[0]


@pytest.fixture
def app(catalogue: Path, instance: Path) -> Flask:
    settings = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": ""}
    return create_app({**settings, "NOW": lambda: NOW})


@pytest.fixture
def desk(instance: Path) -> Iterator[sqlite3.Connection]:
    with store.open_desk(instance) as opened:
        yield opened


@pytest.fixture
def moderator(app: Flask) -> Person:
    return a_person(app, "krakow@example.org", "moderator", KRAKOW)


@pytest.fixture
def theirs(app: Flask, moderator: Person) -> FlaskClient:
    return a_visit(app, moderator)


def page_of(proposal: Proposal) -> str:
    return f"/moderacja/zgloszenia/{proposal.id}"


def decide(client: FlaskClient, proposal: Proposal, verb: str, **fields: Any) -> Any:
    return press(client, f"{page_of(proposal)}/{verb}", page_of(proposal), **fields)


def published(catalogue: Path, place_id: str) -> Place | None:
    found = {one.id: one for one in geojson.read(catalogue).places}
    return found.get(place_id)


def test_nobody_sees_anything_without_signing_in(app: Flask, desk: sqlite3.Connection) -> None:
    """Every address of the desk refuses a visitor and offers to sign in."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})
    visitor = a_visit(app)

    for path in ("/moderacja/", page_of(proposal), "/moderacja/miejsca/",
                 f"/moderacja/miejsca/{SEEN.id}"):  # fmt: skip
        answer = visitor.get(path)
        assert answer.status_code == 403
        assert "/moderacja/wejscie" in answer.text
    for path in ("/moderacja/hurtem", f"{page_of(proposal)}/przyjmij",
                 f"/moderacja/miejsca/{SEEN.id}/zamknij",
                 f"/moderacja/miejsca/{SEEN.id}/opiekunowie/dodaj"):  # fmt: skip
        assert visitor.post(path).status_code == 403


def test_another_area_is_as_if_it_were_not_there(app: Flask, desk: sqlite3.Connection) -> None:
    """A moderator of Gdańsk neither sees nor decides what is Kraków's, by no address."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})
    other = a_visit(app, a_person(app, "gdansk@example.org", "moderator", GDANSK))

    assert SEEN.name not in other.get("/moderacja/").text
    assert other.get(page_of(proposal)).status_code == 404
    assert other.get(f"/moderacja/miejsca/{SEEN.id}").status_code == 404
    for verb in ("przyjmij", "dopytaj", "odrzuc", "spam", "zajmij", "zwolnij", "cofnij"):
        path = f"{page_of(proposal)}/{verb}"
        assert press(other, path, question="?", reason="!").status_code == 404
    press(other, "/moderacja/hurtem", id=proposal.id)

    assert submissions.find(desk, proposal.id).state == "waiting"


def test_areas_are_told_by_name(app: Flask) -> None:
    """Nobody knows their TERYT number by heart: the queue says the town or the voivodeship."""
    told = {"126101": "Kraków", "1261": "Kraków", "12": "województwo małopolskie", "99": "TERYT 99"}
    for code, name in told.items():
        one = a_visit(app, a_person(app, f"m{code}@example.org", "moderator", ("teryt", code)))
        assert f"ze swojego obszaru: {name}." in Reader(one.get("/moderacja/").text).text


def test_a_network_is_an_area_too(app: Flask, desk: sqlite3.Connection) -> None:
    """Whoever looks after a network decides on its places in any town."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})
    network = a_visit(app, a_person(app, "mam@example.org", "moderator", ("network", "mam")))

    assert SEEN.name in network.get("/moderacja/").text
    assert network.get(page_of(proposal)).status_code == 200


def test_a_form_of_another_site_is_refused(theirs: FlaskClient, desk: sqlite3.Connection) -> None:
    """Without the page's own token nothing is decided."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})

    assert theirs.post(f"{page_of(proposal)}/przyjmij").status_code == 400
    assert submissions.find(desk, proposal.id).state == "waiting"


def test_an_empty_desk_explains_itself(theirs: FlaskClient) -> None:
    """Where nothing waits, the page says so and why."""
    page = Reader(theirs.get("/moderacja/").text).text

    assert "Nic nie czeka" in page
    assert "z Twojego obszaru" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Telefon", "Nowe", "Stare"}),
        ("kind=add", {"Nowe"}),
        ("q=nowe", {"Nowe"}),
        ("area=126101", {"Telefon", "Nowe", "Stare"}),
        ("area=02", set()),
        ("network=MAM", {"Telefon", "Stare"}),
        ("sender=ola@example.org", {"Telefon", "Stare"}),
        ("repeated=1", {"Telefon", "Stare"}),
        ("days=7", {"Stare"}),
        ("state=asked", set()),
        ("state=all&kind=change", {"Telefon", "Stare"}),
        ("days=x&page=-3&kind=zzz&area=%25", {"Telefon", "Nowe", "Stare"}),
    ],
)
def test_the_list_is_sifted(
    theirs: FlaskClient, desk: sqlite3.Connection, query: str, found: set[str]
) -> None:
    """Each filter leaves what it says; nonsense leaves everything."""
    twice = Sender("ola@example.org")
    ids = {
        "Telefon": a_change(desk, SEEN, {"contact.phone": "12 300 00 01"}, twice),
        "Stare": a_change(desk, SEEN, {"summary": "Inny opis."}, twice, NOW - timedelta(days=9)),
        "Nowe": an_addition(desk, name="Nowe miejsce"),
    }

    page = theirs.get(f"/moderacja/?{query}").text

    assert {name for name, one in ids.items() if page_of(one) in page} == found


def test_the_list_has_pages(theirs: FlaskClient, desk: sqlite3.Connection) -> None:
    """Twenty-five a page, the longest waiting first, none twice."""
    sent = [
        a_change(desk, SEEN, {"contact.phone": f"12 300 00 {n:02}"}, Sender(f"o{n}@example.org"),
                 NOW - timedelta(hours=n))
        for n in range(30)
    ]  # fmt: skip

    first, second = (theirs.get(f"/moderacja/?page={n}").text for n in (1, 2))

    shown = [[one.id in page for one in reversed(sent)] for page in (first, second)]
    assert shown == [[True] * 25 + [False] * 5, [False] * 25 + [True] * 5]


def test_spam_goes_in_handfuls(theirs: FlaskClient, desk: sqlite3.Connection) -> None:
    """What is ticked is thrown away, the rest waits, and the filters stay as they were."""
    sent = [a_change(desk, SEEN, {"contact.phone": f"12 300 00 0{n}"}) for n in range(3)]

    answer = press(theirs, "/moderacja/hurtem", id=[sent[0].id, sent[2].id], kind="change")

    assert answer.status_code == 303
    assert answer.location.endswith("/moderacja/?kind=change")
    assert [submissions.find(desk, one.id).state for one in sent] == ["spam", "waiting", "spam"]


def test_the_page_shows_the_change_word_by_word(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """Before and after stand beside each other; what goes and comes is marked in the text too."""
    long = "Gramy w planszówki w każdy piątek, a w soboty gotujemy razem zupę."
    seen = a_change(desk, SEEN, {"summary": long})
    decide(theirs, seen, "przyjmij")
    now = published(catalogue, SEEN.id)
    assert now is not None
    proposal = a_change(desk, now, {"summary": long.replace("piątek", "czwartek")})

    page = theirs.get(page_of(proposal)).text

    assert '<del><span class="hide">usunięto: </span>piątek,</del>' in page
    assert '<ins><span class="hide">dodano: </span>czwartek,</ins>' in page
    assert "<del>Gramy" not in page


def test_who_proposes_is_seen_here_and_nowhere_else(
    app: Flask, theirs: FlaskClient, desk: sqlite3.Connection
) -> None:
    """The page tells the moderator who writes; after the decision no public page does."""
    sender = Sender("kanarek@example.org", "Kanarek Żółty", "mieszkam obok", runs_it=True)
    proposal = a_change(desk, SEEN, {"summary": "Opis."}, sender, note="To ja, Kanarek.")

    page = theirs.get(page_of(proposal)).text
    assert all(said in page for said in ("kanarek@", "Kanarek Żółty", "mieszkam obok", "To ja"))
    decide(theirs, proposal, "przyjmij", owner="on")

    visitor = a_visit(app)
    path = f"/miejsca/{SEEN.slug}-{SEEN.id}"
    for public in (path, f"{path}/historia", f"/api/places/{SEEN.id}.geojson"):
        answer = visitor.get(public)
        assert answer.status_code == 200
        assert "kanarek" not in answer.text.casefold()


def test_everything_from_outside_is_escaped(theirs: FlaskClient, desk: sqlite3.Connection) -> None:
    """Whatever somebody writes, it stays text: in fields, notes, names, sources and the map."""
    evil = "<script>alert(1)</script>{{7*7}}\"'"
    sender = Sender("zla@example.org", evil, evil)
    proposal = an_addition(
        desk, sender, source="javascript:alert(1)", name=evil, summary=evil, activities=[evil]
    )

    for path in (page_of(proposal), "/moderacja/"):
        page = theirs.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert 'href="javascript' not in page


def test_opening_takes_it_in_hand(
    app: Flask, theirs: FlaskClient, moderator: Person, desk: sqlite3.Connection
) -> None:
    """Whoever opens first has it; the other sees who, and cannot decide until it is given back."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})
    admin = a_visit(app, a_person(app, "admin@example.org", "admin"))

    theirs.get(page_of(proposal))
    seen = admin.get(page_of(proposal)).text
    tried = press(admin, f"{page_of(proposal)}/przyjmij")

    assert moderator.email in seen
    assert "przyjmij" not in seen
    assert "Zajmuje" in admin.get(tried.location).text or tried.status_code == 303
    assert submissions.find(desk, proposal.id).state == "waiting"

    decide(theirs, proposal, "zwolnij")
    admin.get(page_of(proposal))
    assert decide(admin, proposal, "przyjmij").status_code == 303
    assert submissions.find(desk, proposal.id).state == "accepted"


def test_a_guess_of_a_browser_takes_nothing_in_hand(
    theirs: FlaskClient, desk: sqlite3.Connection
) -> None:
    """A page fetched ahead of any click leaves the proposal free."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})

    theirs.get(page_of(proposal), headers={"Sec-Purpose": "prefetch"})

    assert submissions.find(desk, proposal.id).claimed_by is None


def test_accepting_publishes_and_writes(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """The catalogue has it at once, the letter lies in the outbox, and the list offers an undo."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})

    answer = decide(theirs, proposal, "przyjmij", reason="Dziękuję za czujność.")

    place = published(catalogue, SEEN.id)
    assert place is not None
    assert place.contact.phone == "12 300 00 01"
    total, [letter] = letters.outbox(desk)
    assert total == 1
    assert letter.letter.recipient == "ala@example.org"
    assert "Dziękuję za czujność." in letter.letter.text
    assert f"{page_of(proposal)}/cofnij" in theirs.get(answer.location).text


def test_looking_is_no_edit(theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path) -> None:
    """The whole form sent back as it came publishes exactly what was proposed."""
    values = {
        "summary": "Opis w dwóch\nwierszach.", "rooms": [{"name": "Sala", "area_m2": 30.5}],
        "activities": ["szachy; joga", "chór"], "audience": ["children", "seniors"],
        "rules.free": "limited", "capacity_people": 40, "lat": 50.0219, "lon": 19.9701,
        "hours.open": "Mo-Fr 10:00-18:00",
    }  # fmt: skip
    proposal = a_change(desk, SEEN, values)
    wanted = submissions.find(desk, proposal.id).changes

    decide(theirs, proposal, "przyjmij", **form_of(theirs, proposal))

    newest = history.of(desk, SEEN.id)[0]
    assert newest.made_by == "public"
    flat = amendments.flat(newest.record)
    assert {name: flat.get(name) for name in wanted} == dict(wanted)


def form_of(client: FlaskClient, proposal: Proposal) -> dict[str, Any]:
    """The fields of the editor as the page holds them, as a browser would send them."""
    page = client.get(page_of(proposal)).text
    form: dict[str, Any] = {}
    for name, value in re.findall(r'<input id="f-[^"]*" name="(e\.[^"]+)" value="([^"]*)"', page):
        form[name] = html.unescape(value)
    for name, value in re.findall(
        r'<textarea id="f-[^"]*" name="(e\.[^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL
    ):
        form[name] = html.unescape(value).replace("\n", "\r\n")
    for name, inside in re.findall(
        r'<select id="f-[^"]*" name="(e\.[^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL
    ):
        form[name] = (re.findall(r'value="([^"]*)" selected', inside) or [""])[0]
    for name in re.findall(r'name="(e\.[^"]+)\.sent"', page):
        form[f"{name}.sent"] = "1"
        form[name] = re.findall(rf'name="{re.escape(name)}" value="([^"]*)" checked', page)
    assert form
    return form


def test_a_moderator_may_mend_before_accepting(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """What is typed over a proposed value is published instead; an emptied field is unknown."""
    proposal = a_change(desk, SEEN, {"contact.phone": "600 700 800", "summary": "Zły opis."})

    decide(theirs, proposal, "przyjmij",
           **{"e.contact.phone": "12 300 00 01", "e.summary": ""})  # fmt: skip

    place = published(catalogue, SEEN.id)
    assert place is not None
    assert place.contact.phone == "12 300 00 01"
    assert place.summary is None


def test_what_cannot_be_published_is_said_beside_its_field(
    theirs: FlaskClient, desk: sqlite3.Connection
) -> None:
    """All faults at once, with what was typed; nothing is decided and no letter is written."""
    proposal = an_addition(desk, name="Nowe miejsce")

    typed = {"e.address.teryt": "12", "e.address.gmina": "", "e.name": "Inna",
             "e.hours.open": "codziennie"}  # fmt: skip
    answer = decide(theirs, proposal, "przyjmij", reason="Dziękuję!", **typed)

    assert answer.status_code == 400
    page = Reader(answer.text)
    assert {one["id"] for one in page.all("p") if one.get("class") == "fault"} >= {
        "f-address.teryt-e", "f-address.gmina-e", "f-hours.open-e",
    }  # fmt: skip
    assert page.all("input", name="e.address.teryt", value="12")
    assert page.all("input", name="e.name", value="Inna")
    assert page.all("input", name="reason", value="Dziękuję!")
    assert submissions.find(desk, proposal.id).state == "waiting"
    assert letters.outbox(desk)[0] == 0


def test_what_is_missing_may_be_filled_in(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """The same proposal with its gaps filled is published."""
    proposal = an_addition(desk, name="Nowe miejsce")

    source = "https://example.org/nowe | Strona gminy | 2026-03"
    answer = decide(theirs, proposal, "przyjmij", **{"e.sources": source})

    assert answer.status_code == 303
    place = published(catalogue, proposal.place)
    assert place is not None
    assert place.sources[0].name == "Strona gminy"


def test_a_field_nobody_proposed_may_be_added(
    theirs: FlaskClient, desk: sqlite3.Connection
) -> None:
    """A moderator who sees more that is wrong mends it in the same step, without a script."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})

    page = theirs.get(f"{page_of(proposal)}?field=contact.email&field=hours.open&field=id").text

    assert 'name="e.contact.email"' in page
    assert 'name="e.hours.open"' in page
    assert 'name="e.id"' not in page


def test_checks_are_the_moderators(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """What the moderator has looked at is dated today and theirs, the rest is not."""
    proposal = a_change(desk, SEEN, {"hours.open": "Mo-Fr 10:00-18:00"})

    decide(theirs, proposal, "przyjmij", **{"checked.hours": "on", "checked.existence": "on"})

    place = published(catalogue, SEEN.id)
    assert place is not None
    for check in (place.checked.hours, place.checked.existence):
        assert check is not None
        assert (check.on, check.by) == (NOW.date().isoformat(), "moderator")
    assert place.checked.accessibility is None


def test_a_conflict_is_shown_and_settled(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """What has changed meanwhile is not overwritten: three values, and the moderator chooses."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})
    pressed = publishing.Press(desk, catalogue, NOW)
    publishing.publish(pressed, SEEN.id, {"contact.phone": "12 999 99 99"}, made_by="owner",
                       what="changed")  # fmt: skip

    page = theirs.get(page_of(proposal)).text
    refused = decide(theirs, proposal, "przyjmij")
    told = theirs.get(refused.location).text

    assert all(said in Reader(page).text for said in ("12 999 99 99", "12 300 00 01"))
    assert 'name="choice.contact.phone" value="now"' in page
    assert "zmienił się od czasu" in Reader(told).text
    assert submissions.find(desk, proposal.id).state == "waiting"

    decide(theirs, proposal, "przyjmij", **{"choice.contact.phone": "proposed"})
    place = published(catalogue, SEEN.id)
    assert place is not None
    assert place.contact.phone == "12 300 00 01"


def test_a_conflict_may_keep_what_is(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """The choice "now" leaves the newer value and takes the rest of the proposal."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01", "summary": "Opis."})
    pressed = publishing.Press(desk, catalogue, NOW)
    publishing.publish(pressed, SEEN.id, {"contact.phone": "12 999 99 99"}, made_by="owner",
                       what="changed")  # fmt: skip

    decide(theirs, proposal, "przyjmij", **{"choice.contact.phone": "now"})

    place = published(catalogue, SEEN.id)
    assert place is not None
    assert (place.contact.phone, place.summary) == ("12 999 99 99", "Opis.")


def test_a_question_goes_out_and_waits(theirs: FlaskClient, desk: sqlite3.Connection) -> None:
    """The proposer gets the question with a link; the talk stands on the page."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})

    assert decide(theirs, proposal, "dopytaj", question=" ").status_code == 400
    decide(theirs, proposal, "dopytaj", question="Skąd ten numer?")

    assert submissions.find(desk, proposal.id).state == "asked"
    _, [letter] = letters.outbox(desk)
    assert "Skąd ten numer?" in letter.letter.text
    assert "/zgloszenie/" in letter.letter.text
    submissions.answer(desk, proposal.id, "Z tablicy.", NOW)
    page = Reader(theirs.get(page_of(proposal)).text).text
    assert "Skąd ten numer?" in page
    assert "Z tablicy." in page


def test_a_refusal_has_a_reason(theirs: FlaskClient, desk: sqlite3.Connection) -> None:
    """Without a reason nothing is refused; a ready one and one's own words go into the letter."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})

    assert decide(theirs, proposal, "odrzuc").status_code == 400
    decide(theirs, proposal, "odrzuc", ready="Nie rozumiemy.", reason="To numer fryzjera.")

    found = submissions.find(desk, proposal.id)
    assert (found.state, found.reason) == ("rejected", "Nie rozumiemy. To numer fryzjera.")
    _, [letter] = letters.outbox(desk)
    assert "To numer fryzjera." in letter.letter.text


@pytest.mark.parametrize(
    ("verb", "fields"), [("przyjmij", {}), ("odrzuc", {"reason": "Nie."}), ("spam", {})]
)
def test_every_decision_can_be_taken_back(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path, verb: str, fields: Any
) -> None:
    """After an undo the proposal waits again and the catalogue is as it was."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})
    decide(theirs, proposal, verb, **fields)

    answer = decide(theirs, proposal, "cofnij")

    assert answer.status_code == 303
    assert submissions.find(desk, proposal.id).state == "waiting"
    place = published(catalogue, SEEN.id)
    assert place is not None
    assert place.contact.phone is None


def test_a_second_decision_is_not_made(theirs: FlaskClient, desk: sqlite3.Connection) -> None:
    """A button pressed twice decides once, and says so."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})
    decide(theirs, proposal, "odrzuc", reason="Nie.")

    again = press(theirs, f"{page_of(proposal)}/przyjmij")

    assert "już zdecydowano" in Reader(theirs.get(again.location).text).text
    assert submissions.find(desk, proposal.id).state == "rejected"
    assert letters.outbox(desk)[0] == 1


def test_the_sender_may_become_an_owner(theirs: FlaskClient, desk: sqlite3.Connection) -> None:
    """With the acceptance a lasting link goes out; taking a new place back ends it."""
    proposal = an_addition(desk, Sender("dom@example.org", "Ola", runs_it=True),
                           source="https://example.org/dom")  # fmt: skip

    decide(theirs, proposal, "przyjmij", owner="on", trusted="on")

    [owner] = owners.of(desk, proposal.place)
    assert (owner.email, owner.trusted) == ("dom@example.org", True)
    texts = [one.letter.text for one in letters.outbox(desk)[1]]
    assert sum("/opieka/" in one for one in texts) == 1
    decide(theirs, proposal, "cofnij")
    assert owners.of(desk, proposal.place) == ()


def test_probable_duplicates_are_shown_and_joined(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """A new place beside one of the same name is told; accepted with it, both become one."""
    proposal = an_addition(desk, source="https://example.org/x", name=SEEN.name,
                           lat=50.02171, lon=19.97051)  # fmt: skip

    page = theirs.get(page_of(proposal)).text
    assert f'name="twin" value="{SEEN.id}"' in page
    answer = decide(theirs, proposal, "przyjmij", twin=SEEN.id)
    assert answer.location.endswith(f"/miejsca/{SEEN.id}/polacz/{proposal.place}")
    joining = theirs.get(answer.location).text
    assert "ul. Nowa 5" in joining
    press(theirs, f"/moderacja/miejsca/{SEEN.id}/polacz", answer.location, other=proposal.place,
          **{"take.address.street": "drop", "take.name": "keep"})  # fmt: skip

    kept, gone = published(catalogue, SEEN.id), published(catalogue, proposal.place)
    assert kept is not None
    assert kept.address.street == "ul. Nowa 5"
    assert gone is not None
    assert gone.merged_into == SEEN.id


def test_a_reported_problem_is_dealt_with(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """Its fields are at hand: the hours are mended where the hours were said to be wrong."""
    sent = submissions.problem(desk, SEEN, "hours", "W sobotę zamknięte.",
                               Sender("ola@example.org"), NOW)  # fmt: skip
    submissions.confirm(desk, sent.id, NOW)
    assert 'name="e.hours.open"' in theirs.get(page_of(sent)).text

    decide(theirs, sent, "przyjmij", **{"e.hours.open": "Mo-Fr 10:00-18:00"})

    place = published(catalogue, SEEN.id)
    assert place is not None
    assert place.hours.open == "Mo-Fr 10:00-18:00"


def test_hours_in_polish_are_offered_as_a_rule(
    theirs: FlaskClient, desk: sqlite3.Connection
) -> None:
    """Words where a rule should stand are refused with the rule they probably mean."""
    proposal = a_change(desk, SEEN, {"hours.open": "Mo-Fr 10:00-18:00"})

    typed = {"e.hours.open": "od poniedziałku do piątku 9-17"}
    answer = decide(theirs, proposal, "przyjmij", **typed)

    assert answer.status_code == 400
    assert "Mo-Fr 09:00-17:00" in answer.text
    assert submissions.find(desk, proposal.id).state == "waiting"


def test_a_decided_one_is_taken_back_from_the_list(
    theirs: FlaskClient, desk: sqlite3.Connection
) -> None:
    """Each decision in the list has its own button; a form within the form is not needed."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})
    decide(theirs, proposal, "odrzuc", reason="Nie.")
    rejected = "/moderacja/?state=rejected"

    page = Reader(theirs.get(rejected).text)
    [button] = [one for one in page.all("button") if "cofnij" in one.get("formaction", "")]
    press(theirs, button["formaction"], rejected)

    assert submissions.find(desk, proposal.id).state == "waiting"


def test_a_gmina_nobody_knew_is_filled_in(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """A place sent with half of its gmina's code waits until a moderator writes the whole."""
    proposal = an_addition(desk, source="https://example.org/x", **{"address.teryt": "126100"})

    refused = decide(theirs, proposal, "przyjmij")
    assert refused.status_code == 400
    page = Reader(refused.text)
    assert "W tym powiecie znamy: Kraków 126101." in page.text
    assert page.all("p", id="f-address.teryt-e")
    assert "Kod TERYT gminy: kod gminy nie jest cały" in page.text
    assert page.all("a", href="#f-address.teryt")
    done = decide(theirs, proposal, "przyjmij", **{"e.address.teryt": "126101"})

    assert done.status_code == 303
    place = published(catalogue, proposal.place)
    assert place is not None
    assert place.address.teryt == "126101"


def test_what_is_in_other_hands_is_taken_over(
    app: Flask, theirs: FlaskClient, moderator: Person, desk: sqlite3.Connection
) -> None:
    """An administrator at once, a moderator of the area who says it was agreed; it is put down."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})
    boss = a_person(app, "admin@example.org", "admin")
    admin = a_visit(app, boss)
    theirs.get(page_of(proposal))

    decide(admin, proposal, "przejmij")
    assert submissions.find(desk, proposal.id).claimed_by == boss.id
    unsure = decide(theirs, proposal, "przejmij")
    assert unsure.status_code == 400
    assert 'href="#f-sure"' in unsure.text
    assert submissions.find(desk, proposal.id).claimed_by == boss.id
    decide(theirs, proposal, "przejmij", sure="on")

    assert submissions.find(desk, proposal.id).claimed_by == moderator.id
    taken = desk.execute("select person, detail from act where what = 'taken_over' order by id")
    assert [tuple(row) for row in taken] == [
        (boss.id, str(moderator.id)), (moderator.id, str(boss.id)),
    ]  # fmt: skip
    assert decide(theirs, proposal, "odrzuc", reason="Nie.").status_code == 303
    decide(admin, proposal, "przejmij")
    assert submissions.find(desk, proposal.id).claimed_by is None


def test_a_decision_leads_to_what_waits_next(
    app: Flask, theirs: FlaskClient, desk: sqlite3.Connection
) -> None:
    """On through the list and round to its beginning, past other hands, areas and answers."""
    first, second, held, last = (
        a_change(desk, SEEN, {"summary": said}, now=NOW - timedelta(hours=9 - number))
        for number, said in enumerate(("Raz.", "Dwa.", "Trzy.", "Cztery."))
    )
    a_change(desk, a_few_places()[2], {"summary": "Gdzie indziej."})
    a_visit(app, a_person(app, "admin@example.org", "admin")).get(page_of(held))

    answer = decide(theirs, second, "odrzuc", reason="Nie.")
    assert answer.location == page_of(last)
    assert f"{page_of(second)}/cofnij" in theirs.get(answer.location).text
    assert decide(theirs, last, "spam").location == page_of(first)
    assert decide(theirs, first, "dopytaj", question="Kiedy?").location == "/moderacja/"


def test_a_place_that_is_gone_is_closed_with_one_button(
    theirs: FlaskClient, desk: sqlite3.Connection, catalogue: Path
) -> None:
    """A ready sentence says why, never the sender's note; taking it back opens the place again."""
    note = "Kanarek: pani Zofia z trzeciego piętra mówi, że zamknięte."
    sent = submissions.problem(desk, SEEN, "closed", note, Sender("ola@example.org"), NOW)
    submissions.confirm(desk, sent.id, NOW)
    page = Reader(theirs.get(page_of(sent)).text)
    [reason] = page.all("input", name="close")

    assert decide(theirs, sent, "zamknij", close=" ").status_code == 400
    decide(theirs, sent, "zamknij", close=reason["value"])

    place = published(catalogue, SEEN.id)
    assert place is not None
    assert (place.status, place.status_note) == ("closed", "To miejsce zakończyło działalność.")
    assert history.of(desk, SEEN.id)[0].what == "closed"
    assert submissions.find(desk, sent.id).state == "accepted"
    gone = theirs.get(f"/miejsca/{SEEN.slug}-{SEEN.id}")
    assert gone.status_code == 410
    assert "Kanarek" not in gone.text
    decide(theirs, sent, "cofnij")
    again = published(catalogue, SEEN.id)
    assert again is not None
    assert again.listed


def test_only_a_problem_closes_a_place(theirs: FlaskClient, desk: sqlite3.Connection) -> None:
    """There is no such button under a change, and pressing it all the same does nothing."""
    proposal = a_change(desk, SEEN, {"contact.phone": "12 300 00 01"})

    assert 'name="close"' not in theirs.get(page_of(proposal)).text
    assert decide(theirs, proposal, "zamknij", close="Koniec.").status_code == 404
    assert submissions.find(desk, proposal.id).state == "waiting"
