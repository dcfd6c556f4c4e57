"""Where what is said lies: exactly there first, around it only with distances, and said so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from places import search
from places.index import Index, open_index
from places.query import Query
from places.search import Results
from tests.builders import NOW

REAL = Path(__file__).parents[1] / "data" / "places.geojson"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(REAL, tmp_path_factory.mktemp("areas"), NOW.date()) as opened:
        opened._deadline += 600  # It answers many questions here, not one.
        yield opened


def ask(index: Index, q: str) -> Results:
    return search.run(index, Query(q=q), NOW)


@pytest.mark.parametrize("q", ["zaspa", "orunia", "na Zaspie", "widzew", "na widzewie"])
def test_a_district_of_ours_holds_only_its_own_places(real: Index, q: str) -> None:
    """A neighbourhood of the gazetteer that is called alike adds no circle around itself."""
    found = ask(real, q)
    key = q.removeprefix("na ")[:4].casefold()
    assert (found.level, bool(found.total)) == ("every", True)
    assert all(key in (hit.place.address.district or "").casefold() for hit in found.hits)


def test_every_part_of_a_district_is_meant_by_its_short_name(real: Index) -> None:
    """Widzew is Stary Widzew as well as Widzew-Wschód."""
    districts = {hit.place.address.district for hit in ask(real, "na Widzewie").hits}
    assert districts == {"Stary Widzew", "Widzew-Wschód"}


@pytest.mark.parametrize("q", ["w Lubinie", "lubin", "wynajem sali lubin"])
def test_around_a_town_without_places_they_are_told_with_their_distance(
    real: Index, q: str
) -> None:
    """None lies in the town itself, the nearest comes first, other such towns are offered."""
    found = ask(real, q)
    metres = [hit.metres for hit in found.hits if hit.metres is not None]
    assert found.level == "around"
    assert metres == sorted(metres)
    assert max(metres) <= 15_000
    assert len(metres) == len(found.hits) > 0
    [place] = found.understood.places
    assert [area.name for area in place.areas] == ["Lubin"]
    assert "Lubin" in {area.name for area in place.others}


@pytest.mark.parametrize("q", ["rudna", "Rudna", "gmina Rudna"])
def test_a_name_counts_before_what_it_may_be_a_form_of(real: Index, q: str) -> None:
    """Rudna is Rudna, and not "from Rudno"."""
    [place] = ask(real, q).understood.places
    assert {area.name for area in (*place.areas, *place.others)} == {"Rudna"}


@pytest.mark.parametrize("q", ["świetlica rudna", "sala Rudna", "świetlica w Rudnej"])
def test_what_lies_in_the_place_itself_comes_first(real: Index, q: str) -> None:
    """Whether the name was certain or only offered, the other villages of its commune follow."""
    cities = [hit.place.address.city for hit in ask(real, q).hits]
    own = [city for city in cities if city == "Rudna"]
    assert own
    assert cities[: len(own)] == own


@pytest.mark.parametrize(
    "q", ["łódź górna", "osiedle Tysiąclecia Katowice", "sala do zabaw", "do naprawy"]
)
def test_a_word_of_daily_life_is_no_village(real: Index, q: str) -> None:
    """Górno, Osiedle-Nowiny, Zabawa and Naprawa are villages; here they are not meant."""
    names = {area.name for place in ask(real, q).understood.places for area in place.areas}
    assert names <= {"Łódź", "Katowice"}


def test_a_place_that_was_offered_is_kept_when_the_rest_does_not_fit(real: Index) -> None:
    """Another place in Rudna is a better answer than a hall for hire at the other end of Poland."""
    found = ask(real, "wynajem namiotu rudna")
    assert found.level in ("every", "some", "area")
    assert {hit.place.address.gmina for hit in found.hits} == {"Rudna"}


def test_of_two_towns_either_is_meant(real: Index) -> None:
    """No place is in both; the page says that each answers but a part of the question."""
    found = search.run(real, Query(q="warszawa kraków", per_page=200), NOW)
    assert found.level == "some"
    assert {hit.place.address.city for hit in found.hits} >= {"Warszawa", "Kraków"}
