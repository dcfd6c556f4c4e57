"""Which Dąbrowa: what is known of a typed town, by the gazetteer and by the catalogue."""

from places import localities
from places.geo import Point, in_poland, metres
from places.index import Index

DABROWA_BY_KLAJ = Point(50.0064, 20.2544)


def test_a_city_with_a_county_of_its_own_needs_nothing_more(index: Index) -> None:
    """Its gmina ends in 01; the catalogue need not know it."""
    for name, teryt in (("Łódź", "106101"), ("warszawa", "146501"), ("KRAKÓW", "126101")):
        [found] = localities.named(index, name)
        assert found.teryt == teryt
        assert found.gmina == found.name
        assert found.sure


def test_a_part_of_a_city_is_a_district(index: Index) -> None:
    """It leads to the city, and is kept."""
    found = localities.named(index, "Mokotów")[0]
    assert (found.name, found.district, found.teryt) == ("Warszawa", "Mokotów", "146501")


def test_the_catalogue_knows_gminas_of_its_places(index: Index) -> None:
    """What it knows completes what the gazetteer has only to the county."""
    rudna = localities.named(index, "rudna")[0]
    assert (rudna.gmina, rudna.teryt, rudna.powiat) == ("Rudna", "021104", "powiat lubiński")
    swolowo = localities.named(index, "Swołowo")[0]
    assert (swolowo.gmina, swolowo.teryt) == ("Słupsk", "221208")


def test_a_town_is_guessed_and_says_so(index: Index) -> None:
    """So great a settlement has a gmina of its name, but its code is not known for that."""
    found = localities.named(index, "Świdnica")[0]
    assert (found.gmina, found.teryt, found.sure) == ("Świdnica", "0219", False)


def test_the_one_that_is_meant(index: Index) -> None:
    """By the key that was chosen, by a point near it, by its gmina; else nobody knows."""
    several = localities.named(index, "Dąbrowa")
    assert len(several) > 2
    assert localities.meant(several) is None
    for one in several:
        assert localities.meant(several, key=one.key) == one
        assert localities.meant(several, point=one.point) == one
    assert localities.meant(several, point=Point(54.5, 18.5)) is None
    near = localities.meant(several, point=DABROWA_BY_KLAJ)
    assert near is not None
    assert near.powiat == "powiat wielicki"
    assert localities.meant(several, key="inna") is None


def test_a_gmina_that_is_said_completes_the_code(index: Index) -> None:
    """Where the catalogue knows one of that name in that county; else the beginning stays."""
    one = localities.meant(localities.named(index, "Dąbrowa"), point=DABROWA_BY_KLAJ)
    assert one is not None
    said = localities.in_gmina(index, one, "Kłaj")
    assert (said.gmina, said.teryt, said.sure) == ("Kłaj", "1219", True)
    rudna = localities.named(index, "rudna")[0]
    assert localities.in_gmina(index, rudna, "RUDNA") == rudna


def test_a_village_no_list_has(index: Index) -> None:
    """It is found by its gmina's seat, or by a point, and never more exactly than that."""
    found = localities.unlisted(index, "Wólka", "Rudna", "dolnośląskie", None)
    assert found is not None
    assert (found.teryt, found.uncertainty_m) == ("021104", 9_000)
    point = Point(50.1, 20.1)
    pointed = localities.unlisted(index, "Wólka", "Nieznana", "małopolskie", point)
    assert pointed is not None
    assert (pointed.point, pointed.teryt) == (point, "12")
    assert localities.unlisted(index, "Wólka", "Nieznana", "małopolskie", None) is None


def test_where_a_point_is(index: Index) -> None:
    """The nearest settlement; far from all of them, none."""
    near = localities.around(index, Point(51.51, 16.27))
    assert near is not None
    assert near.name == "Rudna"
    assert localities.around(index, Point(55.6, 17.0)) is None


def test_all_sixteen(index: Index) -> None:
    """Voivodeships stand in the order of the Polish alphabet."""
    names = localities.voivodeships(index)
    assert len(names) == 16
    assert names.index("łódzkie") < names.index("małopolskie")
    assert names[-1] == "zachodniopomorskie"


def test_what_is_unknown_is_not_invented(index: Index) -> None:
    """Strange names give nothing; every settlement lies in Poland, its places not far from it."""
    for name in ("", "  ", "!!", "qqqq", "x" * 1000, "'; drop table settlement"):
        assert localities.named(index, name) == ()
    for one in localities.named(index, "Nowa Wieś"):
        assert in_poland(one.point)
        assert 1_000 < one.uncertainty_m <= 12_000
        assert one.holds(one.point)
        assert not one.holds(Point(one.point.lat + 1, one.point.lon))
        assert metres(one.point, one.point) == 0
