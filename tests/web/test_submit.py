"""Adding, changing, telling: without a script, with every fault, by friend and by foe."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from places import people, submissions
from places.desk import open_desk
from places.place import Place
from places.submissions import Proposal
from tests.builders import NOW, a_catalogue, a_place, an_id
from tests.conftest import a_few_places
from tests.web.forms_of import (
    GOOD,
    PERSON,
    Clock,
    Writer,
    all_in,
    faults_of,
    fields_of,
    ids_of,
    offered,
)

EVERYTHING = {
    **GOOD,
    "summary": "Spotykamy się i naprawiamy rowery.",
    "activities": "szachy, gimnastyka\nkawiarenka naprawcza",
    "audience": ["seniors", "children"],
    "operator.name": "Gmina Rudna",
    "networks": "Senior+, MAL",
    "address.street": "ul. Polna 3",
    "address.postcode": "59-305",
    "point": "51.51234, 16.26543",
    "hours.open.text": "pn.–pt. 10–18",
    "hours.open.rule": "Mo-Fr 10:00-18:00",
    "rules.free": "yes",
    "rules.walk_in": "limited",
    "rules.children_alone": "no",
    "rules.booking_note": "telefonicznie",
    "rooms.0.name": "Sala duża",
    "rooms.0.people": "60",
    "rooms.0.area_m2": "82,5",
    "rooms.0.equipment": "rzutnik, scena",
    "facilities": "kuchnia; nagłośnienie",
    "capacity_people": "80",
    "accessibility.toilet": "yes",
    "contact.phone": "76 123 45 67",
    "contact.website": "www.rudna.example.pl",
    "contact.profiles": "https://facebook.com/kasztan\r\nhttps://instagram.com/kasztan",
    "sender": "Ala",
    "runs_it": "1",
    "note": "Dzwonek nie działa.",
    "source": "https://rudna.example.pl/swietlica",
}
PLACE = a_few_places()[0]
AT = f"/miejsca/{PLACE.slug}-{PLACE.id}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(catalogue: Path, instance: Path, clock: Clock) -> Flask:
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": "", "NOW": clock}
    return create_app(given)


@pytest.fixture
def ala(site: Flask, clock: Clock, instance: Path) -> Writer:
    return Writer(site, clock, instance)


@pytest.fixture
def sent(instance: Path) -> Callable[[], list[Proposal]]:
    """All proposals on the desk, whatever their state."""

    def proposals() -> list[Proposal]:
        with open_desk(instance) as desk:
            ids = [row[0] for row in desk.execute("select id from proposal order by sent, id")]
            return [submissions.find(desk, one) for one in ids]

    return proposals


def test_five_minutes_without_a_script(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """Four answers make a proposal, and the letter with its link comes at once."""
    assert ala.opens("/dodaj").status_code == 200
    answer = ala.sends(GOOD)
    assert answer.status_code == 303
    assert answer.location == "/dodaj/wyslane"
    [proposal] = sent()
    assert proposal.kind == "add"
    assert proposal.state == "unconfirmed"
    assert proposal.changes["name"] == GOOD["name"]
    assert ala.link().startswith("/zgloszenie/")
    assert "Sprawdź skrzynkę" in ala.opens("/dodaj/wyslane").text


def test_everything_that_is_typed_is_proposed(
    ala: Writer, sent: Callable[[], list[Proposal]], instance: Path
) -> None:
    """Lists, rooms, numbers with a comma, answers, hours in Polish: each becomes its column."""
    ala.opens("/dodaj")
    assert ala.sends(EVERYTHING).status_code == 303
    [proposal] = sent()
    said = proposal.changes
    assert said["activities"] == ["szachy, gimnastyka", "kawiarenka naprawcza"]
    assert said["networks"] == ["Senior+", "MAL"]
    assert said["facilities"] == ["kuchnia", "nagłośnienie"]
    assert said["audience"] == ["seniors", "children"]
    assert said["rooms"] == [
        {"name": "Sala duża", "area_m2": 82.5, "people": 60, "equipment": ["rzutnik", "scena"]}
    ]
    assert said["hours.open"] == "Mo-Fr 10:00-18:00"
    assert (said["lat"], said["lon"]) == (51.51234, 16.26543)
    assert said["position.precision"] == "address"
    assert said["contact.website"] == "https://www.rudna.example.pl"
    assert len(said["contact.profiles"]) == 2
    assert said["rules.walk_in"] == "limited"
    assert "rules.residents_only" not in said
    assert proposal.note == "Dzwonek nie działa."
    with open_desk(instance) as desk:
        sender = submissions.sender(desk, proposal.id)
    assert sender is not None
    assert (sender.email, sender.name, sender.runs_it) == (PERSON, "Ala", True)


def test_unknown_is_never_no(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """Every question stands at "nie wiem", and what stays there says nothing of the place."""
    ala.opens("/dodaj")
    assert ala.page is not None
    assert set(fields_of(ala.page).getlist("rules.free")) == {""}
    ala.sends(GOOD)
    [proposal] = sent()
    assert not [name for name in proposal.changes if name.startswith(("rules.", "access"))]


def test_nobody_needs_to_know_a_code(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """A town's name is enough for its gmina, its voivodeship, its TERYT and an honest point."""
    ala.opens("/dodaj")
    ala.sends({**GOOD, "address.city": "krakow"})
    [proposal] = sent()
    said = proposal.changes
    assert said["address.city"] == "Kraków"
    assert said["address.gmina"] == "Kraków"
    assert said["address.teryt"] == "126101"
    assert said["address.voivodeship"] == "małopolskie"
    assert said["position.precision"] == "locality"
    assert said["position.uncertainty_m"] > 5_000


def test_a_part_of_a_city_is_its_district(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """Whoever types Mokotów as the town means Warszawa, and Mokotów in it."""
    ala.opens("/dodaj")
    ala.sends({**GOOD, "address.city": "Mokotów"})
    [proposal] = sent()
    assert proposal.changes["address.city"] == "Warszawa"
    assert proposal.changes["address.district"] == "Mokotów"
    assert proposal.teryt == "146501"


def test_which_dabrowa(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """Of several settlements of one name one is chosen; nothing else has to be typed again."""
    ala.opens("/dodaj")
    asked = ala.sends({**GOOD, "address.city": "Dąbrowa", "address.gmina": ""})
    assert asked.status_code == 400
    assert list(faults_of(asked)) == ["f-locality"]
    choices = offered(asked, "locality")
    assert len(choices) > 2
    assert "powiat wielicki" in asked.text.replace("\u00a0", " ")
    chosen = next(one for one in choices if one.startswith("50.0"))
    answer = ala.sends({"locality": chosen, "address.gmina": "Kłaj"})
    assert answer.status_code == 303
    [proposal] = sent()
    assert proposal.teryt.startswith("1219")
    assert proposal.changes["address.gmina"] == "Kłaj"


def test_the_point_says_which_one(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """Whoever pointed at the map has said which Dąbrowa it is."""
    ala.opens("/dodaj")
    answer = ala.sends(
        {**GOOD, "address.city": "Dąbrowa", "address.gmina": "Kłaj", "point": "50.00, 20.26"}
    )
    assert answer.status_code == 303
    [proposal] = sent()
    assert proposal.changes["address.voivodeship"] == "małopolskie"


def test_a_village_no_list_has(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """Its gmina and voivodeship are asked; the code stays open for a moderator of the powiat."""
    ala.opens("/dodaj")
    asked = ala.sends({**GOOD, "address.city": "Kozia Wólka Dolna"})
    assert {"f-address-gmina", "f-address-voivodeship"} <= faults_of(asked).keys()
    answer = ala.sends({"address.gmina": "Rudna", "address.voivodeship": "dolnośląskie"})
    assert answer.status_code == 303
    [proposal] = sent()
    assert proposal.changes["address.city"] == "Kozia Wólka Dolna"
    assert proposal.teryt == "021104"  # The catalogue knows this gmina.
    assert proposal.changes["position.precision"] == "gmina"


def test_an_unknown_code_is_completed_by_a_moderator(
    ala: Writer, sent: Callable[[], list[Proposal]]
) -> None:
    """A gmina nobody here knows leaves the beginning of its code, which finds the moderator."""
    ala.opens("/dodaj")
    ala.sends({**GOOD, "address.city": "Świdnica", "point": "50.84378, 16.48859"})
    [proposal] = sent()
    assert proposal.teryt == "021900"


def test_all_faults_at_once(ala: Writer) -> None:
    """Each stands beside its field and in the summary, whose links lead to what is there."""
    ala.opens("/dodaj")
    page = ala.sends(
        {
            "email": "ala@@x", "rooms.0.people": "sporo", "capacity_people": "0",
            "contact.phone": "zadzwoń", "contact.email": "bez małpy", "address.postcode": "59305",
            "contact.profiles": "jakaś strona\nhttps://dobra.example.pl", "point": "tu",
            "rules.free": "chyba", "hours.open.text": "w środy 10-14",
        }
    )  # fmt: skip
    assert page.status_code == 400
    faults = faults_of(page)
    assert faults.keys() >= {
        "f-name", "f-type", "f-address-city", "f-email", "f-rooms-0-people", "f-capacity_people",
        "f-contact-phone", "f-contact-email", "f-contact-profiles", "f-point", "f-rules-free",
        "f-hours-open-text",
    }  # fmt: skip
    assert faults.keys() <= ids_of(page)
    assert page.text.count('class="fault" id=') >= len(faults)
    assert all(said.endswith(".") or said.endswith("5.") for said in faults.values())


def test_nothing_typed_is_lost(ala: Writer) -> None:
    """After a fault the form holds every answer, as it was typed."""
    ala.opens("/dodaj")
    typed = {**EVERYTHING, "email": "zły", "name": 'Klub "Ż<b>aba</b>" & Ska'}
    page = ala.sends(typed)
    assert page.status_code == 400
    kept = fields_of(page)
    for name, value in typed.items():
        wanted = [value] if isinstance(value, str) else list(value)
        left = [one.replace("\r", "") for one in kept.getlist(name)]
        assert sorted(left) == sorted(one.replace("\r", "") for one in wanted), name
    assert "<b>aba" not in page.text


def test_hours_are_confirmed_by_who_wrote_them(
    ala: Writer, sent: Callable[[], list[Proposal]]
) -> None:
    """What was understood is shown and asked; a text changed after that is read again."""
    ala.opens("/dodaj")
    asked = ala.sends({**GOOD, "hours.open.text": "we wtorki od 16 do 20"})
    assert list(faults_of(asked)) == ["f-hours-open-text"]
    [rule] = offered(asked, "hours.open.rule")
    assert rule == "Tu 16:00-20:00"
    again = ala.sends({"hours.open.text": "w środy od 16 do 20", "hours.open.rule": rule})
    assert again.status_code == 400
    assert offered(again, "hours.open.rule") == ["We 16:00-20:00"]
    assert ala.sends({"hours.open.rule": "We 16:00-20:00"}).status_code == 303
    [proposal] = sent()
    assert proposal.changes["hours.open"] == "We 16:00-20:00"


def test_hours_may_stay_words(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """Whoever finds themself misunderstood keeps their words; no rule is made of them."""
    ala.opens("/dodaj")
    ala.sends({**GOOD, "hours.open.text": "wtorki 16-20, jak nie pada"})
    assert ala.sends({"hours.open.plain": "1"}).status_code == 303
    [proposal] = sent()
    assert "hours.open" not in proposal.changes
    assert proposal.changes["hours.open_note"] == "wtorki 16-20, jak nie pada"


def test_one_more_room_without_a_script(ala: Writer) -> None:
    """The button gives another row and keeps everything else."""
    ala.opens("/dodaj")
    page = ala.sends({**GOOD, "rooms.0.name": "Mała", "more_rooms": "1"})
    assert page.status_code == 200
    kept = fields_of(page)
    assert kept["rooms.0.name"] == "Mała"
    assert kept["rooms.1.name"] == ""
    assert kept["name"] == GOOD["name"]


def test_probable_twins_are_offered_first(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """A place that seems to be here already is shown; "none of them" sends the new one."""
    ala.opens("/dodaj")
    same = {**GOOD, "name": "Klub pod lipą", "type": "dom_kultury", "address.city": "Kraków",
            "point": "50.0218, 19.9706", "contact.phone": "12 345 67 89"}  # fmt: skip
    page = ala.sends(same)
    assert page.status_code == 200
    assert "Czy to jedno z\u00a0tych miejsc?" in page.text
    assert sent() == []
    [ids] = offered(page, "other_than")
    assert PLACE.id in ids
    assert ala.sends({"other_than": ids}).status_code == 303
    assert len(sent()) == 1


def test_what_was_typed_goes_along_to_the_twin(
    ala: Writer, sent: Callable[[], list[Proposal]]
) -> None:
    """ "That is the one" opens the change of that place with everything typed over its data."""
    ala.opens("/dodaj")
    same = {**GOOD, "name": "Klub pod lipą", "type": "dom_kultury", "address.city": "Kraków",
            "point": "50.0218, 19.9706", "contact.phone": "12 345 67 89"}  # fmt: skip
    ala.sends(same)
    page = ala.sends(to=f"{AT}/popraw")
    assert page.status_code == 200
    kept = fields_of(page)
    assert kept["contact.phone"] == "12 345 67 89"
    assert kept["address.street"] == "ul. Lipowa 3"
    assert kept["email"] == PERSON
    ala.page = page
    answer = ala.sends({"name": PLACE.name, "point": "50.02170, 19.97050"})
    assert answer.status_code == 303
    [proposal] = sent()
    assert proposal.kind == "change"
    assert proposal.place == PLACE.id
    assert proposal.changes == {"contact.phone": "12 345 67 89"}


def test_only_what_was_touched_is_sent(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """A change is its difference; clearing a field says that nobody knows."""
    ala.opens(f"{AT}/popraw")
    answer = ala.sends(
        {"email": PERSON, "address.street": "ul. Lipowa 5", "networks": "", "rules.free": "no"}
    )
    assert answer.status_code == 303
    [proposal] = sent()
    assert proposal.changes == {
        "address.street": "ul. Lipowa 5", "networks": None, "rules.free": "no",
    }  # fmt: skip
    assert proposal.base == {
        "address.street": "ul. Lipowa 3", "networks": ["MAM", "Senior+"], "rules.free": None,
    }  # fmt: skip


def test_an_untouched_form_changes_nothing(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """It says so and sends nothing, whatever is in the record."""
    ala.opens(f"{AT}/popraw")
    page = ala.sends({"email": PERSON})
    assert page.status_code == 400
    assert "Nic tu nie zostało zmienione" in page.text
    assert sent() == []


def test_a_newer_fact_is_shown_not_overwritten(
    ala: Writer, catalogue: Path, sent: Callable[[], list[Proposal]]
) -> None:
    """Where somebody else changed the same meanwhile, both are shown before anything is sent."""
    ala.opens(f"{AT}/popraw")
    newer = a_place(
        id=PLACE.id, networks=["MAM", "Senior+"], capacity_people=30,
        **{"address.street": "ul. Lipowa 7"},
    )  # fmt: skip
    a_catalogue(catalogue, [newer, *a_few_places()[1:]])
    page = ala.sends({"email": PERSON, "address.street": "ul. Lipowa 5", "name": "Klub Lipa"})
    assert page.status_code == 409
    assert all_in(page.text, ["Twoja zmiana:", "ul. Lipowa 7", "ul. Lipowa 5"])
    assert sent() == []
    kept = fields_of(page)
    assert kept["address.street"] == "ul. Lipowa 5"
    assert kept["name"] == "Klub Lipa"
    assert kept["capacity_people"] == "30"
    assert ala.sends().status_code == 303
    [proposal] = sent()
    assert proposal.changes == {"name": "Klub Lipa", "address.street": "ul. Lipowa 5"}
    assert proposal.base["address.street"] == "ul. Lipowa 7"


@pytest.mark.parametrize(
    ("given", "faulty"),
    [
        ({"problem": "closed"}, set()),
        ({"problem": "hours", "note": "W soboty zamknięte."}, set()),
        ({"problem": "moved"}, {"f-note"}),
        ({"problem": "other", "note": " "}, {"f-note"}),
        ({"problem": "rozum"}, {"f-problem"}),
        ({}, {"f-problem"}),
    ],
)
def test_a_problem_is_told(
    given: dict[str, str],
    faulty: set[str],
    ala: Writer,
    sent: Callable[[], list[Proposal]],
) -> None:
    """Four kinds; what is different has to be said where the kind does not say it."""
    ala.opens(f"{AT}/zglos")
    page = ala.sends({"email": PERSON, **given})
    assert (page.status_code == 303) is not bool(faulty)
    assert set(faults_of(page)) == faulty
    assert [one.problem for one in sent()] == ([] if faulty else [given["problem"]])


def test_every_place_leads_to_its_forms(ala: Writer) -> None:
    """A place's page has the way to correct it, to tell of a problem, and to its history."""
    page = ala.opens(AT).text
    assert all_in(page, [f"{AT}/popraw", f"{AT}/zglos", f"{AT}/historia", "/dodaj"])


def test_who_is_too_fast_is_asked_again_and_loses_nothing(
    ala: Writer, clock: Clock, sent: Callable[[], list[Proposal]]
) -> None:
    """A form that comes back at once is not kept; the same form sent again is."""
    ala.opens("/dodaj")
    clock.passes(seconds=-60)
    page = ala.sends(GOOD)
    assert page.status_code == 400
    assert list(faults_of(page)) == [""]
    assert sent() == []
    assert ala.sends().status_code == 303
    assert len(sent()) == 1


def test_being_too_fast_is_no_fault_beside_others(ala: Writer, clock: Clock) -> None:
    """Whoever has something to mend is told just that, and is not asked again afterwards."""
    ala.opens("/dodaj")
    clock.passes(seconds=-60)
    page = ala.sends({**GOOD, "name": ""})
    assert list(faults_of(page)) == ["f-name"]
    assert ala.sends({"name": GOOD["name"]}).status_code == 303


def test_a_form_of_nobody_is_given_back(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """What never was given out, or long ago, is given out anew with everything in it."""
    ala.opens("/dodaj")
    page = ala.sends({**GOOD, "start": "wymyślone"})
    assert page.status_code == 400
    assert fields_of(page)["name"] == GOOD["name"]
    assert ala.sends().status_code == 303
    assert len(sent()) == 1


def test_a_trap_and_a_block_look_like_success(
    ala: Writer, sent: Callable[[], list[Proposal]], desk: sqlite3.Connection
) -> None:
    """Whoever fills what nobody sees, or is blocked, is told the same and sends nothing."""
    ala.opens("/dodaj")
    caught = ala.sends({**GOOD, "potwierdzenie_strony": "https://kup.example"})
    people.block(desk, "email", PERSON, None, NOW)
    ala.opens("/dodaj")
    blocked = ala.sends(GOOD)
    ala.opens(f"{AT}/zglos")
    third = ala.sends({"email": PERSON, "problem": "closed"})
    assert {one.location for one in (caught, blocked, third)} == {"/dodaj/wyslane"}
    assert sent() == []
    assert ala.letters() == []


def test_too_many_links_and_letters(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """A wall of links and a text beyond its limit are faults, not proposals."""
    ala.opens("/dodaj")
    page = ala.sends({**GOOD, "summary": "http://a.pl www.b.pl <a href=c>", "name": "x" * 201})
    assert page.status_code == 400
    assert {"", "f-name"} == set(faults_of(page))
    assert sent() == []


def test_one_sender_cannot_flood_the_desk(
    ala: Writer, clock: Clock, sent: Callable[[], list[Proposal]]
) -> None:
    """After twenty in a day the next waits, with everything that was typed."""
    for _number in range(20):
        ala.opens(f"{AT}/zglos")
        assert ala.sends({"email": PERSON, "problem": "closed"}).status_code == 303
    ala.opens("/dodaj")
    page = ala.sends(GOOD)
    assert page.status_code == 400
    assert "dużo zgłoszeń" in page.text
    assert fields_of(page)["name"] == GOOD["name"]
    clock.passes(days=2)
    assert ala.sends().status_code == 303
    assert len(sent()) == 21


def test_one_address_cannot_flood_the_site(catalogue: Path, instance: Path, clock: Clock) -> None:
    """Beyond the limit the answer is 429 and the form with everything in it."""
    given = {"CATALOGUE": str(catalogue), "INSTANCE": str(instance), "URL": "", "NOW": clock}
    ala = Writer(create_app({**given, "LIMIT_FORMS": "2 per hour"}), clock, instance)
    ala.opens("/dodaj")
    ala.sends()
    ala.sends()
    page = ala.sends(GOOD)
    assert page.status_code == 429
    assert fields_of(page)["name"] == GOOD["name"]
    ala.opens(f"{AT}/zglos")
    page = ala.sends({"note": "Kartka na drzwiach."})
    ala.sends()
    assert "Kartka na drzwiach." in page.text


HOSTILE = (
    "<script>alert(1)</script>",
    '" autofocus onfocus="alert(1)',
    "{{ 7 * 7 }}",
    "${alert(1)}",
    "\x00\u202e\ud800",
    "'; drop table proposal; --",
)


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_are_words(
    word: str, ala: Writer, sent: Callable[[], list[Proposal]]
) -> None:
    """In every field of the form, on the page again and on the desk, they stay text."""
    ala.opens("/dodaj")
    assert ala.page is not None
    sendable = word.encode("utf-8", "replace").decode()
    names = [name for name in fields_of(ala.page) if name not in ("start", "potwierdzenie_strony")]
    page = ala.sends(dict.fromkeys(names, sendable))
    assert page.status_code == 400
    assert "<script>alert" not in page.text
    assert ' onfocus="alert' not in page.text
    ala.opens("/dodaj")
    assert ala.sends({**GOOD, "name": f"Klub {sendable}"}).status_code == 303
    shown = ala.opens(ala.link())
    assert shown.status_code == 200
    assert "<script>alert" not in shown.text
    assert len(sent()) == 1


def test_a_strange_form_is_no_error(ala: Writer) -> None:
    """Fields twice, rows far away, fields of other places: a page with faults, never a 500."""
    ala.opens("/dodaj")
    strange: dict[str, list[str] | str] = {
        "name": ["a", "b"], "rooms.99.name": "x", "rooms.19.people": "1e400", "rooms.x.name": "y",
        "address.teryt": "999999", "id": "k3v7m2qa", "photos": "[]", "checked.hours.by": "owner",
        "point": "1e99, 2", "accuracy": "-5", "locality": "0,0", "languages": ["xx", "x" * 50],
        "audience": ["robots"], "type": "zamek", "rules.children_alone_from": "200",
        "contact.profiles": "\n".join(f"https://{n}.example.pl" for n in range(30)),
    }  # fmt: skip
    page = ala.sends(strange)
    assert page.status_code == 400
    assert {"f-audience", "f-languages", "f-type", "f-rules-children_alone_from"} <= faults_of(
        page
    ).keys()
    change = ala.opens(f"{AT}/popraw")
    assert change.status_code == 200
    page = ala.sends({"seen": "x" * 500, "email": PERSON, "name": "Inna"})
    assert page.status_code == 200  # As if it came from somewhere else: shown, not sent.
    ala.opens(f"{AT}/popraw")
    page = ala.sends({"status": "withdrawn", "email": PERSON})
    assert list(faults_of(page)) == ["f-status"]


def test_a_record_of_another_place_is_no_base(ala: Writer) -> None:
    """What somebody saw of one place cannot stand for another."""
    other = a_few_places()[1]
    ala.opens(f"/miejsca/{other.slug}-{other.id}/popraw")
    assert ala.page is not None
    page = ala.client.post(f"{AT}/popraw", data=fields_of(ala.page))
    assert page.status_code == 200
    assert fields_of(page)["seen"] != fields_of(ala.page)["seen"]


@pytest.mark.parametrize("place", a_few_places(), ids=lambda one: one.name)
def test_every_record_reads_back_as_it_is(place: Place, ala: Writer) -> None:
    """The form given out for a place says nothing new when it comes back untouched."""
    if not place.listed:
        return
    ala.opens(f"/miejsca/{place.slug}-{place.id}/popraw")
    page = ala.sends({"email": PERSON})
    assert "Nic tu nie zostało zmienione" in page.text


def test_the_middle_of_a_town_is_no_point(ala: Writer, sent: Callable[[], list[Proposal]]) -> None:
    """Of a place known only by its gmina none is shown; one that is put moves just that."""
    vague = a_few_places()[4]
    page = ala.opens(f"/miejsca/{vague.slug}-{vague.id}/popraw")
    assert fields_of(page)["point"] == ""
    ala.sends({"point": "54.47000, 16.83000", "email": PERSON})
    [proposal] = sent()
    assert proposal.changes == {
        "lat": 54.47, "lon": 16.83, "position.precision": "address",
        "position.uncertainty_m": 30, "position.method": "pointed_on_map",
    }  # fmt: skip


def test_places_that_are_gone_are_not_changed(ala: Writer) -> None:
    """Nobody knows such a place, or it was withdrawn: no form."""
    gone = a_few_places()[5]
    assert ala.opens(f"/miejsca/{gone.slug}-{gone.id}/popraw").status_code == 410
    assert ala.opens(f"/miejsca/x-{an_id(777)}/zglos").status_code == 404


def test_settlements_while_typing(ala: Writer) -> None:
    """The form's script is told what a name may mean."""
    found = ala.client.get("/dodaj/miejscowosci?name=rudna").get_json()
    assert {"Rudna"} == {one["name"] for one in found}
    assert found[0]["gmina"] == "Rudna"
    assert ala.client.get("/dodaj/miejscowosci?name=qqq").get_json() == []
