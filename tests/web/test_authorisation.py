"""Every route, for everybody: what nobody, another place's owner, moderators and admins get.

One row for each route and method; a route without a row is red.  The five numbers stand for a
visitor, the owner of another place with their own link, a moderator of another area, the moderator
of this one and an administrator.  Each row has a desk of its own, and after the first three have
tried, nothing on it may have changed.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from places import desk as store
from places import owners, people, publishing, tokens, uploads
from places.letters import Letter, post
from places.publishing import Press
from tests.builders import NOW, a_catalogue
from tests.conftest import a_few_places
from tests.desks import a_change
from tests.pictures import a_picture
from tests.web.circle import Circle
from tests.web.visitors import a_visit, press

HERE, _, ELSEWHERE = a_few_places()[:3]
WHO = ("nobody", "owner", "other", "mine", "admin")
GARBAGE = "A" * 32
CANARY = "kanarek@example.org"

Statuses = tuple[int, int, int, int, int]

EVERYBODY: Statuses = (200, 200, 200, 200, 200)
MOVED: Statuses = (301, 301, 301, 301, 301)
NO_SUCH_WORD: Statuses = (404, 404, 404, 404, 404)
OWN_WORD: Statuses = (404, 200, 404, 404, 404)
DESK: Statuses = (403, 403, 200, 200, 200)
OURS: Statuses = (403, 403, 404, 200, 200)
NOT_THEIRS: Statuses = (403, 403, 404, 404, 404)
DONE: Statuses = (403, 403, 404, 303, 303)
DONE_ANYWHERE: Statuses = (403, 403, 303, 303, 303)
FAULTY: Statuses = (400, 400, 400, 400, 400)
GONE: Statuses = (410, 410, 410, 410, 410)

GET: Mapping[str, Statuses] = {
    "access.enter": NO_SUCH_WORD,
    "access.password": DESK,
    "access.sent": EVERYBODY,
    "access.sign_in": (200, 200, 303, 303, 303),  # to the desk
    "api.place": EVERYBODY,
    "api.places": EVERYBODY,
    "api.schema": EVERYBODY,
    "api.suggest": EVERYBODY,
    "hours.helper": EVERYBODY,
    "hours.reading": EVERYBODY,
    "assets.vendor": EVERYBODY,
    "bulk.columns": NOT_THEIRS,
    "bulk.preview": NOT_THEIRS,
    "bulk.start": DESK,
    "bulk.template": DESK,
    "coverage.area": GONE,
    "coverage.area_file": GONE,
    "coverage.country": GONE,
    "coverage.country_file": GONE,
    "coverage.find": FAULTY,
    "coverage.sites": EVERYBODY,
    "coverage.sites_file": FAULTY,  # nothing was asked
    "demand.figures_csv": EVERYBODY,
    "demand.figures_json": EVERYBODY,
    "demand.show": EVERYBODY,
    "health.health": EVERYBODY,
    "history.show": EVERYBODY,
    "moderate.join": (403, 403, 404, 404, 200),  # the other record lies elsewhere
    "moderate.place": OURS,
    "moderate.places": DESK,
    "moderate.proposal": OURS,
    "moderate.queue": DESK,
    "outbox.letter": (403, 403, 403, 200, 200),
    "outbox.page": DESK,
    "owner.done": OWN_WORD,
    "owner.show": OWN_WORD,
    "photos.file": EVERYBODY,
    "photos.mine": NO_SUCH_WORD,
    "photos.waiting": OURS,
    "privacy.show": EVERYBODY,
    "public.about": EVERYBODY,
    "public.accessibility": EVERYBODY,
    "public.cities": EVERYBODY,
    "public.city": EVERYBODY,
    "public.home": EVERYBODY,
    "public.network": EVERYBODY,
    "public.networks": EVERYBODY,
    "public.place": EVERYBODY,
    "public.place_by_id": MOVED,
    "public.type": EVERYBODY,
    "public.types": EVERYBODY,
    "quality.cities": EVERYBODY,
    "quality.figures_csv": EVERYBODY,
    "quality.figures_json": EVERYBODY,
    "quality.mend": EVERYBODY,
    "quality.mend_csv": EVERYBODY,
    "quality.mend_json": EVERYBODY,
    "quality.show": EVERYBODY,
    "robots.part": NO_SUCH_WORD,  # there is but one list
    "robots.robots": EVERYBODY,
    "robots.sitemap": EVERYBODY,
    "sender.show": NO_SUCH_WORD,
    "sources.show": DESK,
    "static": EVERYBODY,
    "submit.add": EVERYBODY,
    "submit.change": EVERYBODY,
    "submit.problem": EVERYBODY,
    "submit.sent": EVERYBODY,
    "submit.settlements": EVERYBODY,
    "upkeep.due": DESK,
    "upkeep.show": NO_SUCH_WORD,
}
POST: Mapping[str, Statuses] = {
    "access.entered": NO_SUCH_WORD,
    "access.leave": (303, 303, 303, 303, 303),
    "access.send": FAULTY,
    "access.set_password": (403, 403, 400, 400, 400),
    "bulk.apply": NOT_THEIRS,
    "bulk.choose": NOT_THEIRS,
    "bulk.give_up": NOT_THEIRS,
    "bulk.send": (403, 403, 400, 400, 400),
    "bulk.settle": NOT_THEIRS,
    "coverage.own_points": FAULTY,
    "moderate.act": DONE,
    "moderate.bulk": DONE_ANYWHERE,  # what lies elsewhere stays untouched
    "moderate.decide": DONE,
    "moderate.owner": DONE,
    "owner.save": (404, 400, 404, 404, 404),
    "photos.remove": (403, 403, 404, 303, 404),  # by then it is gone
    "sender.decide": NO_SUCH_WORD,
    "submit.add": FAULTY,
    "submit.change": EVERYBODY,  # the form of the place, once more
    "submit.problem": FAULTY,
    "upkeep.answer": NO_SUCH_WORD,
    "upkeep.check": DONE,
}
"""With the token of a page of theirs, where they have one."""
WITHOUT_TOKEN: Mapping[str, Statuses] = {
    name: (before[0], before[1], 400, 400, 400)
    for name, before in POST.items()
    if name.partition(".")[0] in ("access", "bulk", "moderate", "photos", "upkeep")
    and name != "upkeep.answer"
} | {"access.entered": FAULTY, "access.leave": FAULTY, "access.send": FAULTY}
"""As another site would send it: refused, whoever is signed in."""
FORMS: Mapping[str, Mapping[str, str]] = {
    "moderate.act": {"close": "Już nie działa."},
    "moderate.owner": {"email": "nowa@example.org"},
    "moderate.bulk": {"id": "{proposal}"},
    "upkeep.check": {"place": HERE.id, "group": "hours"},
}
AGO = {
    "/pokrycie": "?stan=0123456789abcdef",
    "/pokrycie.<any(json, csv, geojson, xlsx):form>": "?stan=0123456789abcdef",
    "/pokrycie/<code>": "?stan=0123456789abcdef",
    "/pokrycie/<code>.<any(json, csv, geojson, xlsx):form>": "?stan=0123456789abcdef",
    "/pokrycie/szukaj": "?x=1",
}
"""What is asked of pages that would begin work of minutes otherwise: numbers of long ago."""
VERBS = {
    "moderate.decide": (
        "przyjmij", "zamknij", "dopytaj", "odrzuc", "spam", "zajmij", "przejmij", "zwolnij",
        "cofnij",
    ),
    "moderate.act": ("zamknij", "wycofaj", "przywroc", "polacz", "usun-z-historii"),
    "moderate.owner": ("dodaj", "nowy-link", "zaufanie", "odwolaj"),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What the addresses are made of."""

    proposal: str
    waiting: str
    public: str
    letter: int
    own_word: str


@dataclass(frozen=True)
class Site:
    """A site, and a browser for everybody."""

    circle: Circle
    told: Told
    clients: Mapping[str, FlaskClient]

    def state(self) -> dict[str, Any]:
        """All that decisions change, without what looking leaves behind."""
        tables = ("people", "area", "proposal", "sender", "remark", "revision", "owner", "photo",
                  "letter", "blocked", "ask", "act")  # fmt: skip
        rows = {one: [tuple(row) for row in self.circle.rows(f"select * from {one}")]
                for one in tables}  # fmt: skip
        rows["people"] = [row[:3] for row in rows["people"]]
        return {**rows, "catalogue": self.circle.catalogue.read_bytes()}

    def path(self, rule: str, who: str) -> str:
        """An address of that route, about HERE; the word is their own, or nobody's."""
        word = self.told.own_word if who == "owner" else GARBAGE
        file = self.told.waiting if "zgloszenia" in rule else self.told.public
        parts = {
            "place_id": HERE.id, "slug": HERE.slug, "other_id": ELSEWHERE.id, "word": word,
            "proposal_id": self.told.proposal, "verb": "zajmij", "file": file, "done": "wyslane",
            "letter_id": self.told.letter, "number": 7, "name": "leaflet.js", "code": HERE.type,
            "form": "csv", "key": "mam" if "sieci" in rule else "krakow", "filename": "style.css",
        }  # fmt: skip
        if "/miejsca/<place_id>/<verb>" in rule:
            parts["verb"] = "zamknij"
        elif "opiekunowie" in rule:
            parts["verb"] = "dodaj"
        elif rule.startswith("/pokrycie"):
            parts["code"] = "1261"
        path = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda found: str(parts[found[1]]), rule)
        return path + AGO.get(rule, "")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Told]:
    """A folder with a proposal and its photo, a public photo, owners, moderators, a letter."""
    folder = tmp_path_factory.mktemp("site")
    a_catalogue(folder / "places.geojson", a_few_places())
    circle = Circle(folder)
    assert circle.visitor().get("/").status_code == 200
    with store.open_desk(circle.instance) as desk:
        for email, role, areas in (
            ("admin@example.org", "admin", []),
            ("tu@example.org", "moderator", [("teryt", "1261")]),
            ("tam@example.org", "moderator", [("teryt", "2261"), ("network", "CAL")]),
        ):
            people.add(desk, email, role, areas, NOW)
        public, waiting = _photos(circle, desk)
        change = {"contact.phone": "12 300 00 01"}
        sent = a_change(desk, publishing.current(_press(circle, desk), HERE.id), change)
        desk.execute("update sender set email = ?, name = 'Kanarek Żółty'", [CANARY])
        desk.execute("update photo set proposal = ?, place = ?", [sent.id, HERE.id])
        post(desk, Letter("k", CANARY, "Dzień dobry", "Kanarku!", about=sent.id), NOW)
        letter = desk.execute("select id from letter").fetchone()[0]
        owners.add(desk, HERE.id, "dom@example.org", "", NOW)
        away = owners.add(desk, ELSEWHERE.id, "stad@example.org", "", NOW)
        word = tokens.make(desk, "owner", str(away.id), NOW)
    return folder, Told(sent.id, waiting, public, letter, word)


def _press(circle: Circle, desk: Any) -> Press:
    return Press(desk, circle.catalogue, NOW)


def _photos(circle: Circle, desk: Any) -> tuple[str, str]:
    """A public photo of HERE, and one that waits."""
    from places import photos

    word = photos.new_word()
    one = photos.keep(desk, circle.instance, word, a_picture(), NOW)
    photos.describe(desk, one.id, alt="Sala", author="Ola", licence="CC0 1.0")
    described = photos.of(desk, word)
    [public] = photos.publish(circle.instance, circle.catalogue, HERE.id, described)
    publishing.publish(
        _press(circle, desk), HERE.id, {"photos": [public.model_dump()]}, made_by="moderator",
        what="changed",
    )  # fmt: skip
    return public.file, one.file


@pytest.fixture
def site(filled: tuple[Path, Told], tmp_path: Path) -> Iterator[Site]:
    """A copy of it, and everybody at their browser."""
    folder, told = filled
    shutil.copytree(folder, tmp_path / "copy")
    circle = Circle(tmp_path / "copy")
    with store.open_desk(circle.instance) as desk, closing(desk):
        found = {one.email.partition("@")[0]: one for one in people.everybody(desk)}
    signed_in = {"nobody": None, "owner": None, "other": "tam", "mine": "tu", "admin": "admin"}
    yield Site(
        circle, told, {who: a_visit(circle.app, found.get(name or "")) for who, name in
                       signed_in.items()},
    )  # fmt: skip


def rules() -> list[tuple[str, str, str]]:
    """Every route: its name, its method, its address."""
    from app import create_app

    app = create_app({})
    return sorted(
        (rule.endpoint, method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}
    )


RULES = rules()
ADDRESSES = {(name, method): rule for name, method, rule in RULES}


def test_every_route_has_its_row() -> None:
    """Who adds a route says here who may use it; and no row speaks of a route that is gone."""
    told = {(name, "GET") for name in GET} | {(name, "POST") for name in POST}
    assert {(name, method) for name, method, _ in RULES} == told


@pytest.mark.parametrize("name", GET)
def test_who_may_look(site: Site, name: str) -> None:
    """Each gets the status of the table; a refusal shows nothing of the proposal."""
    before, rule = site.state(), ADDRESSES[name, "GET"]
    for who, status in zip(WHO, GET[name], strict=True):
        answer = site.clients[who].get(site.path(rule, who), buffered=True)
        assert (who, answer.status_code) == (who, status)
        if who in ("nobody", "owner", "other"):
            text = answer.data.decode("utf-8", "replace")
            assert CANARY not in text
            assert "Kanarek" not in text
        if who == "other":
            assert site.state() == before


@pytest.mark.parametrize("name", POST)
def test_who_may_press(site: Site, name: str) -> None:
    """The same for every button; whoever may not has changed nothing."""
    before, rule = site.state(), ADDRESSES[name, "POST"]
    for who, status in zip(WHO, POST[name], strict=True):
        assert (who, sent(site, who, name, rule).status_code) == (who, status)
        if who == "other":
            assert site.state() == before


@pytest.mark.parametrize("name", WITHOUT_TOKEN)
def test_no_other_site_may_press(site: Site, name: str) -> None:
    """Without the page's own token nothing happens, not even to an administrator."""
    before, rule = site.state(), ADDRESSES[name, "POST"]
    for who, status in zip(WHO, WITHOUT_TOKEN[name], strict=True):
        path = site.path(rule, who)
        answer = site.clients[who].post(path, data=form(site, name))
        assert (who, answer.status_code) == (who, status)
    assert site.state() == before


@pytest.mark.parametrize(("name", "verb"), [(a, b) for a, verbs in VERBS.items() for b in verbs])
def test_no_verb_is_open_to_others(site: Site, name: str, verb: str) -> None:
    """Each verb of each form: refused to all but the area's moderator and administrators."""
    before = site.state()
    rule = ADDRESSES[name, "POST"].replace("<verb>", verb)
    for who, status in zip(WHO[:3], DONE[:3], strict=True):
        assert (who, sent(site, who, name, rule).status_code) == (who, status)
    assert site.state() == before


def test_verbs_are_all_told() -> None:
    """The table above knows every verb there is."""
    from places.web.moderate import decisions, verbs
    from places.web.moderate import owners as of_owners

    known = {
        "moderate.decide": decisions._VERBS,
        "moderate.act": verbs._VERBS,
        "moderate.owner": of_owners._VERBS,
    }
    assert {name: set(found) for name, found in known.items()} == {
        name: set(found) for name, found in VERBS.items()
    }


@pytest.mark.parametrize("who", ["other", "mine"])
def test_whoever_is_removed_is_out_at_once(site: Site, who: str) -> None:
    """A cookie outlives nobody: the next request is a visitor's."""
    client = site.clients[who]
    assert client.get("/moderacja/").status_code == 200
    with store.open_desk(site.circle.instance) as desk:
        for one in people.everybody(desk):
            people.remove(desk, one.id, NOW)
    assert client.get("/moderacja/").status_code == 403


def test_a_table_is_its_senders_alone(site: Site) -> None:
    """Whoever sent a list sees it under its word; neither another moderator nor an admin does."""
    with store.open_desk(site.circle.instance) as desk:
        mine = next(one for one in people.everybody(desk) if one.email.startswith("tu@"))
        file = ("lista.csv", "csv", b"nazwa;ulica\nKlub;Lipowa 3\n")
        word = uploads.keep(desk, site.circle.instance, mine.id, file, NOW).word
    path = f"/moderacja/tabela/{word}"

    assert [site.clients[who].get(path).status_code for who in WHO] == [403, 403, 404, 200, 404]
    for verb in ("", "/podglad", "/zapisz", "/porzuc"):
        for who, status in (("nobody", 403), ("other", 404), ("admin", 404)):
            assert sent(site, who, "bulk.settle", path + verb).status_code == status
    assert site.clients["mine"].get(path).status_code == 200


def test_a_waiting_photo_is_no_address_of_the_public(site: Site) -> None:
    """By its own name, or the one it would get, it is given to nobody."""
    for name in (site.told.waiting, f"{HERE.id}-{'0' * 16}.jpg"):
        assert site.clients["nobody"].get(f"/zdjecia/{name}").status_code == 404


def form(site: Site, name: str) -> dict[str, str]:
    """What the button sends."""
    fields = FORMS.get(name, {})
    return {key: said.format(proposal=site.told.proposal) for key, said in fields.items()}


def sent(site: Site, who: str, name: str, rule: str) -> Any:
    """Presses it, with the token of a page that they can open."""
    client, path, fields = site.clients[who], site.path(rule, who), form(site, name)
    signed_in = who in ("other", "mine", "admin")
    if signed_in:
        return press(client, path, "/moderacja/", **fields)
    if name.startswith("access."):
        return press(client, path, "/moderacja/wejscie", **fields)
    return client.post(path, data=fields)
