"""Settlements by name: where is Rudna, and which one is meant?"""

from places import gazetteer
from places.geo import Point, in_poland, metres


def test_settlements_lie_in_poland_and_have_names() -> None:
    """Each one has a name, a folded key, a voivodeship and a point in Poland."""
    found = gazetteer.settlements()
    assert len(found) > 3000
    assert [one for one in found if not in_poland(one.point)] == []
    assert all(one.name and one.key == gazetteer.key_of(one.name) for one in found)
    assert len({one.voivodeship for one in found} - {""}) == 16


def test_the_most_populous_come_first() -> None:
    """Of two settlements with one name the greater is met first."""
    people = [one.population for one in gazetteer.settlements()]
    assert people == sorted(people, reverse=True)
    assert gazetteer.settlements()[0].name == "Warszawa"


def test_great_cities_are_where_they_are() -> None:
    """Known points are found by names as people type them."""
    by_key = {one.key: one for one in reversed(gazetteer.settlements())}
    for typed, point in (
        ("ŁÓDŹ", Point(51.77, 19.46)),
        ("gdansk", Point(54.35, 18.65)),
        ("Kraków", Point(50.06, 19.94)),
    ):
        found = by_key[gazetteer.key_of(typed)]
        assert metres(found.point, point) < 5_000


def test_a_key_forgives_how_a_name_is_typed() -> None:
    """Marks, size, dashes and spaces do not matter."""
    assert gazetteer.key_of(" Bielsko-BIAŁA ") == gazetteer.key_of("bielsko biala")
