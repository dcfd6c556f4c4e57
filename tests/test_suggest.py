"""What is offered while typing: places, towns, districts, kinds, networks, settlements."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from places import gazetteer, text
from places.errors import Invalid
from places.index import Index, open_index
from places.suggest import MOST, read, suggest
from tests.builders import a_catalogue, a_place, an_id
from tests.conftest import a_few_places

HOSTILE = [
    "", " ", "x" * 10_000, "klub " * 2_000, "\0", "klub\0", '"', "'", "*", "( OR ) AND NOT NEAR(",
    "klub OR", "name:klub", "-klub", "^klub", "kl%", "k_",
    "Київ", "клуб", "👩‍👩‍👧", "ß", "İ", "_klub", "{name}", "w", "w w w", "60+", "\ud800",
]  # fmt: skip


def labels(index: Index, typed: str, kind: str = "", limit: int = MOST) -> list[str]:
    """What is offered, of one kind or of all."""
    return [one.label for one in suggest(index, typed, limit) if kind in ("", one.kind)]


@pytest.mark.parametrize(
    ("typed", "kind", "label"),
    [
        ("Krak", "city", "Kraków"), ("KRAKÓW", "city", "Kraków"), ("krakow", "city", "Kraków"),
        ("krakowie", "city", "Kraków"), ("w krakowie", "city", "Kraków"),
        ("gdansk", "city", "Gdańsk"), ("swol", "city", "Swołowo"), ("Swoł", "city", "Swołowo"),
        ("podg", "district", "Podgórze"), ("oruni", "district", "Orunia"),
        ("dom ku", "type", "dom kultury"), ("świetlicy", "type", "świetlica wiejska"),
        ("kultury", "type", "dom kultury"), ("wiejs", "type", "świetlica wiejska"),
        ("mam", "network", "MAM"), ("miejsce akt", "network", "MAM"),
        ("senior", "network", "Senior+"),
        ("lacz", "place", "Łącznik na Kozłówce"), ("kozłów", "place", "Łącznik na Kozłówce"),
        ("lipie", "place", "Klub Pod Lipą"), ("pod lip", "place", "Klub Pod Lipą"),
        ("przystań", "place", "Dom Sąsiedzki Gościnna Przystań"),
        ("przystani", "place", "Dom Sąsiedzki Gościnna Przystań"),
        ("szczecin", "settlement", "Szczecin"), ("biał", "settlement", "Biała Podlaska"),
        ("podlask", "settlement", "Biała Podlaska"),
    ],
)  # fmt: skip
def test_it_is_offered(index: Index, typed: str, kind: str, label: str) -> None:
    """The beginning of a name or of a word in it is enough, in any case and without marks."""
    assert label in labels(index, typed, kind)


def test_every_place_and_town_is_found_by_every_beginning(index: Index) -> None:
    """From the second letter on, each name is offered for each of its beginnings."""
    for one in a_few_places():
        if not one.listed:
            assert one.name not in labels(index, one.name)
            continue
        for end in range(2, len(one.name) + 1):
            assert one.name in labels(index, one.name[:end], "place")
            assert one.name in labels(index, text.fold(one.name[:end]), "place")
        assert one.address.city in labels(index, one.address.city[:3], "city")


def test_the_whole_name_first_then_its_beginning_then_a_word(tmp_path: Path) -> None:
    """Letters that are the whole name stand before those that begin it, these before a word."""
    names = ["Klub Lipa", "Lipa", "Lipa nad Wodą", "Stara Lipa"]
    places = [a_place(id=an_id(n), name=name) for n, name in enumerate(names)]
    catalogue = a_catalogue(tmp_path / "places.geojson", places)
    with open_index(catalogue, tmp_path / "instance") as index:
        found = labels(index, "lipa", "place")
    assert found == ["Lipa", "Lipa nad Wodą", "Klub Lipa", "Stara Lipa"]


def test_many_clubs_do_not_hide_the_town(tmp_path: Path) -> None:
    """Every kind has its share, however many there are of another."""
    places = [
        a_place(**{"id": an_id(n), "name": f"Radom Klub {n}", "address.city": "Radom"})
        for n in range(60)
    ]
    catalogue = a_catalogue(tmp_path / "places.geojson", places)
    with open_index(catalogue, tmp_path / "instance") as index:
        found = suggest(index, "rado", 6)
    assert found[0].kind == "city"
    assert found[0].count == 60
    assert {"city", "place", "settlement"} <= {one.kind for one in found}
    assert len(found) == 6


def test_what_has_most_places_first_and_what_has_none_last(tmp_path: Path) -> None:
    """Of names that begin so the one with the most places; settlements without any at the end,
    and only a few of them."""
    places = [
        a_place(id=an_id(1), name="Dom nad Klonem", **{"address.city": "Klikowa"}),
        *(a_place(id=an_id(n), type="klub_seniora", name=f"Nasz {n}") for n in (2, 3, 4)),
    ]
    catalogue = a_catalogue(tmp_path / "places.geojson", places)
    with open_index(catalogue, tmp_path / "instance") as index:
        found = suggest(index, "kl", MOST)
        few = suggest(index, "kluc", MOST)
    kinds = [one.kind for one in found]
    assert [one.label for one in found][:2] == ["klub seniora", "Klikowa"]
    assert kinds == sorted(kinds, key=lambda kind: kind == "settlement")
    assert 0 < kinds.count("settlement") <= MOST // 3
    assert {one.kind for one in few} == {"settlement"}


@pytest.mark.parametrize(
    ("typed", "kind", "label", "context"),
    [
        ("w krak", "city", "Kraków", "małopolskie"),
        ("na podg", "district", "Podgórze", "Kraków"),
        ("kraków dom k", "type", "dom kultury", "Kraków"),
        ("dom kultury krak", "type", "dom kultury", "Kraków"),
        ("dom kultury w krak", "type", "dom kultury", "Kraków"),
        ("krakowie dom", "type", "dom kultury", "Kraków"),
        ("kraków mam", "network", "MAM", "Kraków"),
        ("kulb", "place", "Klub Pod Lipą", "dom kultury, Kraków"),
        ("świetlcia wie", "type", "świetlica wiejska", ""),
    ],
)
def test_it_is_guessed(index: Index, typed: str, kind: str, label: str, context: str) -> None:
    """With a preposition before it, a kind with its town in either order, a slip of the finger."""
    found = suggest(index, typed, MOST)
    assert (kind, label, context) in [(one.kind, one.label, one.context) for one in found]


def test_a_kind_in_a_town_counts_only_that_towns(client: FlaskClient) -> None:
    """The count beside it is that of the page it leads to."""
    answer = client.get("/api/suggest", query_string={"q": "kraków dom k"}).get_json()
    [one] = [each for each in answer["suggestions"] if each["context"] == "Kraków"]
    assert one["query"] == {"type": "dom_kultury", "city": "krakow"}
    found = client.get("/api/places.geojson", query_string=one["query"]).get_json(force=True)
    assert found["total"] == one["count"] > 0


def test_what_is_done_is_offered(tmp_path: Path) -> None:
    """Activities as the places say them, by any of their words; one that is a kind is not twice."""
    doing = {1: ["szachy", "klub seniora"], 2: ["gra w szachy", "kuchnia"], 3: ["kuchnia"]}
    places = [a_place(id=an_id(n), name=f"Dom {n}", activities=a) for n, a in doing.items()]
    places.append(a_place(id=an_id(9), type="klub_seniora", name="Dziewiąty"))
    catalogue = a_catalogue(tmp_path / "places.geojson", places)
    with open_index(catalogue, tmp_path / "instance") as index:
        assert labels(index, "szach", "activity") == ["szachy", "gra w szachy"]
        assert labels(index, "kuchn", "activity") == ["kuchnia"]
        assert [one.kind for one in suggest(index, "klub sen")] == ["type"]
        assert labels(index, "sz", "activity") == []


def test_a_district_is_not_offered_again_as_a_settlement(tmp_path: Path) -> None:
    """The gazetteer writes "Św." in short: the same district of the same city is there once."""
    where = {"address.city": "Gdańsk", "address.gmina": "Gdańsk", "address.teryt": "226101",
             "address.voivodeship": "pomorskie"}  # fmt: skip
    name = "Orunia - Święty Wojciech - Lipce"
    place = a_place(**{**where, "point": (54.32, 18.63), "address.district": name})
    catalogue = a_catalogue(tmp_path / "places.geojson", [place])
    with open_index(catalogue, tmp_path / "instance") as index:
        found = [(one.kind, one.label) for one in suggest(index, "orunia", MOST)]
    assert found[0] == ("district", name)
    assert ("settlement", "Orunia-Św. Wojciech-Lipce") not in found


def test_counts_are_those_of_the_catalogue(index: Index) -> None:
    """What has places says how many; a settlement without any has no count."""
    for typed in ("kra", "dom", "mam", "podg", "szach"):
        for one in suggest(index, typed):
            assert (one.count is None) == (one.kind in ("place", "settlement", "activity"))
    [krakow] = [one for one in suggest(index, "kraków") if one.kind == "city"]
    assert krakow.count == 2


def test_a_town_of_ours_is_not_offered_twice(index: Index) -> None:
    """The gazetteer's Kraków is the catalogue's; another Rudna stays on offer."""
    assert labels(index, "Kraków").count("Kraków") == 1
    assert "Gdańsk" not in labels(index, "Gdańsk", "settlement")


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_gets_an_answer(index: Index, typed: str) -> None:
    """No letters break it, and nothing is offered for none."""
    found = suggest(index, typed)
    assert len(found) <= MOST
    if not text.words(typed) or len(typed) > 1_000:
        assert found == ()


@given(typed=st.text(max_size=40), limit=st.integers(1, MOST))
def test_any_text_gets_at_most_so_many(shared_index: Index, typed: str, limit: int) -> None:
    """Never an error, never more than asked for, nothing twice, the same every time."""
    found = suggest(shared_index, typed, limit)
    assert len(found) <= limit
    assert len(set(found)) == len(found)
    assert suggest(shared_index, typed, limit) == found


@pytest.fixture(scope="module")
def shared_index(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An index that no test changes."""
    folder = tmp_path_factory.mktemp("suggest")
    catalogue = a_catalogue(folder / "places.geojson", a_few_places())
    with open_index(catalogue, folder / "instance") as opened:
        yield opened


def test_a_settlement_can_be_looked_around(client: FlaskClient) -> None:
    """Every settlement that is offered is understood by the page it leads to."""
    names = {one.name for one in gazetteer.settlements()[:400:40]}
    for name in names:
        answer = client.get(f"/api/suggest?{urlencode({'q': name, 'limit': 12})}").get_json()
        for one in answer["suggestions"]:
            if one["kind"] == "settlement":
                assert client.get("/api/places.geojson" + one["url"][1:]).status_code == 200


def test_only_the_kinds_that_are_asked_for(index: Index) -> None:
    """A field for places around which to look wants no clubs; the same towns as without kinds."""
    for typed in ("kra", "podg", "klub", "senior", "swo"):
        everything = suggest(index, typed, MOST)
        some = suggest(index, typed, MOST, {"city", "district"})
        assert {one.kind for one in some} <= {"city", "district"}
        assert set(some) >= {one for one in everything if one.kind in ("city", "district")}
    assert suggest(index, "kra", MOST, {"settlement"})
    assert suggest(index, "klub", MOST, {"postcode"}) == ()


def test_a_postcode_is_offered_where_it_is_known(tmp_path: Path) -> None:
    """With its town and count, with or without the sign; not where every place is too vague."""
    vague = {"precision": "gmina", "uncertainty_m": 9000}
    places = [
        a_place(**{"id": an_id(1), "address.postcode": "30-512"}),
        a_place(**{"id": an_id(2), "address.postcode": "30-512"}),
        a_place(**{"id": an_id(3), "address.postcode": "30-519"}),
        a_place(**{"id": an_id(4), "address.postcode": "31-999", "position": vague}),
    ]
    catalogue = a_catalogue(tmp_path / "places.geojson", places)
    with open_index(catalogue, tmp_path / "instance") as index:
        for typed in ("30", "30-5", "305", "30-51"):
            found = [one for one in suggest(index, typed) if one.kind == "postcode"]
            assert [(one.label, one.count) for one in found] == [("30-512", 2), ("30-519", 1)]
            assert {one.context for one in found} == {"Kraków"}
        assert [one.label for one in suggest(index, "30-512")] == ["30-512"]
        assert labels(index, "31-9") == []
        assert labels(index, "klub 30-512", "postcode") == []


def test_what_is_written_into_the_near_field_is_understood(client: FlaskClient) -> None:
    """Each area comes with the words that mean it, and nothing else comes with any."""
    for typed in ("kra", "podg", "orun", "rud", "swoł", "warsz", "klub", "mam"):
        answer = client.get(f"/api/suggest?{urlencode({'q': typed, 'limit': 12})}").get_json()
        for one in answer["suggestions"]:
            assert bool(one["near"]) == (one["kind"] in ("city", "district", "settlement"))
            if one["near"]:
                found = client.get(f"/api/places.geojson?{urlencode({'near': one['near']})}")
                assert found.status_code == 200, one


def test_every_suggestion_leads_to_its_page(client: FlaskClient) -> None:
    """Each has kind, label, context, count and an address that is there."""
    seen = set()
    for typed in ("kra", "podg", "klub", "dom", "mam", "senior+", "łącz", "szcz"):
        answer = client.get(f"/api/suggest?{urlencode({'q': typed})}").get_json()
        assert answer["query"] == typed
        for one in answer["suggestions"]:
            assert one.keys() == {
                "kind", "label", "context", "count", "said", "url", "near", "query",
            }  # fmt: skip
            assert client.get(one["url"]).status_code == 200, one
            assert client.get("/", query_string=one["query"]).status_code == 200, one
            assert bool(one["query"]) == (one["kind"] != "place")
            seen.add(one["kind"])
    assert seen == {"place", "city", "district", "settlement", "type", "network"}


@pytest.mark.parametrize(
    ("path", "faults"),
    [
        ("?q=a&kolor=red", {("kolor", "unknown_parameter")}),
        ("?limit=0", {("limit", "out_of_range")}),
        ("?limit=13", {("limit", "out_of_range")}),
        ("?limit=x&b=1", {("limit", "not_a_whole_number"), ("b", "unknown_parameter")}),
        ("?limit=%D9%A3", {("limit", "not_a_whole_number")}),
        ("?limit=" + "9" * 5000, {("limit", "not_a_whole_number")}),
        ("?q=a&q=b", {("q", "given_twice")}),
        ("?q=a&kind=village&kind=city&kind=x", {("kind", "not_in_list")}),
    ],
)
def test_what_is_not_understood_is_refused(
    client: FlaskClient, path: str, faults: set[tuple[str, str]]
) -> None:
    """Every fault at once, as problem+json."""
    response = client.get("/api/suggest" + path)
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    found = {(one["parameter"], one["code"]) for one in response.get_json(force=True)["faults"]}
    assert found == faults


@pytest.mark.parametrize("query", ["", "?", "?q=", "?q=+&limit=", "?q=%00", "?q=" + "x" * 10_000])
def test_nothing_typed_gets_an_empty_list(client: FlaskClient, query: str) -> None:
    """Nothing to go by is no fault."""
    response = client.get("/api/suggest" + query)
    assert response.status_code == 200
    assert response.get_json()["suggestions"] == []


def test_it_may_be_kept_for_a_while(client: FlaskClient) -> None:
    """Caches keep it some minutes, ask with its tag then, and other origins may read it."""
    first = client.get("/api/suggest?q=kra")
    assert first.mimetype == "application/json"
    assert first.cache_control.public
    assert not first.cache_control.no_cache
    assert 0 < (first.cache_control.max_age or 0) <= 600
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get("/api/suggest?q=kra", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.post("/api/suggest").status_code == 405


def test_the_words_of_a_question_are_read_with_all_their_faults() -> None:
    """The limit has a default, the text is cleaned."""
    assert read({"q": [" Klub\0 Żak "]}) == ("Klub Żak", 8, frozenset())
    with pytest.raises(Invalid) as refused:
        read({"q": ["a", "b"], "limit": ["-1"], "x": [""]})
    assert len(refused.value.faults) == 3
