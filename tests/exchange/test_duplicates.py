"""Which records are probably one place."""

from typing import Any

import pytest

from places.exchange.duplicates import Register
from places.place import Place
from tests.builders import a_place, an_id

HERE = (50.0217, 19.9705)
NEXT_DOOR = (50.0220, 19.9708)  # 40 metres away
ROUND_THE_CORNER = (50.0230, 19.9710)  # 150 metres
FAR = (50.0617, 19.9373)  # 5 kilometres
VAGUE = {"precision": "locality", "uncertainty_m": 1590}


def reasons(old: dict[str, Any], new: dict[str, Any], row: int | None = None) -> list[str]:
    """Why `new` is taken for `old`; with a row, both stand in one file."""
    register = Register()
    register.add(_made(1, old), row)
    return [twin.reason for twin in register.twins(_made(2, new), row and row + 1)]


def _made(number: int, changes: dict[str, Any]) -> Place:
    return a_place(id=an_id(number), **{"address.street": None, "point": HERE, **changes})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Klub Pod Lipą", "Klub Pod Lipą"),
        ("Klub Pod Lipą", "KLUB POD LIPA"),
        ("MAL w Terminalu Kultury Gocław", "Terminal Kultury Gocław"),
        ("Wolskie Centrum Kultury – Dom Społeczny", "Dom Społeczny"),
        ("Kulturoteka w Radości", "Filia „Radość”"),
        ("Klub Osiedlowy Orion", "Orion"),
    ],
)
def test_near_and_alike(old: str, new: str) -> None:
    """Marks, case, endings and what everybody is called make no difference."""
    assert reasons({"name": old}, {"name": new, "point": NEXT_DOOR}) == ["near"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Klub Osiedlowy Orion", "Klub Osiedlowy Regina"),
        ("Dom Kultury Zacisze", "Dom Kultury Świt"),
        ("Centrum Promocji Kultury", "Klub Kultury Seniora"),
        ("Wiejski Dom Kultury w Brzeziu", "Wiejski Dom Kultury w Gruszkach"),
        ("Klub Seniora Kraków", "Biblioteka Kraków"),
    ],
)
def test_neighbours_that_only_share_common_words(old: str, new: str) -> None:
    """Two clubs in one street are two clubs, and the town's name proves nothing."""
    assert reasons({"name": old}, {"name": new, "point": NEXT_DOOR}) == []


def test_one_house_drawn_twice() -> None:
    """The same address and a like name, though drawn further than 100 metres apart."""
    old = {"name": "WCK Filia Falenica", "address.street": "ul. Walcownicza 2"}
    new = {"name": "Wawerskie CK „Falenica”", "address.street": "Walcownicza 2"}

    assert reasons(old, {**new, "point": ROUND_THE_CORNER}) == ["address"]
    assert reasons(old, {**new, "point": FAR}) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ul. V Poprzeczna 13", "Poprzeczna V 13"),
        ("ul. Jana Sebastiana Bacha 15", "J.S. Bacha 15"),
        ("ul. Korkowa 119/123", "Korkowa 119/123"),
        ("ul. Powstańców Śląskich 108A", "Powstańców Śląskich 108a lok. 22"),
        ("al. Grunwaldzka 195/197", "Aleja Grunwaldzka 195/197"),
    ],
)
def test_addresses_as_people_write_them(one: str, other: str) -> None:
    """Order, initials, flats and kinds of streets make no difference."""
    old = {"name": "MAL Lipa (Dzielnicowy Ośrodek Kultury)", "address.street": one}
    new = {"name": "Dzielnicowy Ośrodek Kultury „Sowa”", "address.street": other}

    assert reasons(old, {**new, "point": NEXT_DOOR}) == ["address"]


@pytest.mark.parametrize("street", ["ul. Smolna 14", "ul. Lipowa 9"])
def test_another_number_asks_for_better_proof(street: str) -> None:
    """With different addresses all of the shorter name's own words must be in the other."""
    old = {"name": "Wolska Mozaika", "address.street": "ul. Smolna 9"}

    assert reasons(old, {"name": "Wolskie Centrum Lipa", "address.street": street}) == []
    assert reasons(old, {"name": "Mozaika", "address.street": street}) == ["near"]


def test_the_same_name_in_the_same_gmina() -> None:
    """A place that moved across the town is still asked about; not one in another gmina."""
    elsewhere = {"address.teryt": "226101", "address.gmina": "Gdańsk"}

    assert reasons({}, {"point": FAR}) == ["name"]
    assert reasons({}, {"point": FAR, "name": "klub  pod LIPĄ"}) == ["name"]
    assert reasons({}, {"point": FAR, **elsewhere}) == []


def test_another_name_of_the_place_counts() -> None:
    """What else people call it is compared, too."""
    assert reasons({"other_names": ["Sowa"]}, {"name": "Sowa", "point": FAR}) == ["name"]


def test_every_village_may_have_its_hall() -> None:
    """A name that is everybody's is the same place only in the same village."""
    hall = {"name": "Świetlica wiejska", "position": VAGUE}
    village = {"address.city": "Mogiła", "point": FAR}

    assert reasons(hall, hall) == ["near"]
    assert reasons(hall, {**hall, **village}) == []


def test_two_branches_of_one_list() -> None:
    """A list that names two addresses means two branches; without them it may repeat itself."""
    old, new = {"address.street": "ul. Lipowa 3"}, {"address.street": "ul. Smolna 9", "point": FAR}

    assert reasons(old, new, row=2) == []
    assert reasons(old, new) == ["name"]
    assert reasons({}, {"point": FAR}, row=2) == ["name"]


def test_a_vague_point_reaches_as_far_as_it_is_vague() -> None:
    """A village point and a door in the same village may be one place."""
    vague = {"name": "Klub Sowa", "position": VAGUE}

    assert reasons(vague, {"name": "Sowa", "point": ROUND_THE_CORNER}) == ["near"]
    assert reasons(vague, {"name": "Sowa", "point": FAR}) == []
    assert reasons({"name": "Klub Sowa"}, {"name": "Sowa", "point": ROUND_THE_CORNER}) == []


def test_twins_come_nearest_first_and_with_their_rows() -> None:
    """The likeliest stands first; one in the same file is named by its row."""
    register = Register()
    register.add(_made(1, {"point": NEXT_DOOR}))
    register.add(_made(2, {}), row=7)

    found = register.twins(_made(3, {}), row=9)

    assert [(twin.place.id, twin.row) for twin in found] == [(an_id(2), 7), (an_id(1), None)]
    assert found[0].metres == 0
    assert 30 < found[1].metres < 50
