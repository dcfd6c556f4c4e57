"""Whose column is which."""

import pytest

from places.errors import Invalid
from places.exchange import headers, tables


def parts(found: list[str], **maps: str) -> dict[str, list[str]]:
    named = {name.replace("__", "."): theirs for name, theirs in maps.items()}
    return {ours: list(theirs) for ours, theirs in headers.reading(found, named).parts.items()}


def test_our_own_names_are_known() -> None:
    """Every column that we write is read under its own name."""
    ours = [*tables.columns(), "refs.um"]

    reading = headers.reading(ours, {})

    assert reading.parts == {name: [name] for name in ours}
    assert reading.unused == []


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("NAZWA", "name"), ("Miejscowość", "address.city"), ("E-mail", "contact.email"),
        ("Szerokość geograficzna", "lat"), ("dlugosc", "lon"), ("Kod pocztowy", "address.postcode"),
        ("Województwo", "address.voivodeship"), ("Name", "name"), ("Strona WWW", "contact.website"),
    ],
)  # fmt: skip
def test_polish_headers_in_any_writing(header: str, field: str) -> None:
    """Case, marks and dashes make no difference."""
    assert parts([header]) == {field: [header]}


def test_an_address_in_two_columns_is_joined() -> None:
    """Street and number make one field, whatever their order in the file."""
    reading = headers.reading(["NUMER", "ULICA"], {})

    assert reading.parts == {"address.street": ["ULICA", "NUMER"]}
    assert reading.cells({"ULICA": " Lipowa ", "NUMER": 3}) == {"address.street": "Lipowa 3"}
    assert reading.cells({"ULICA": "Lipowa", "NUMER": None}) == {"address.street": "Lipowa"}


def test_a_number_alone_is_no_address() -> None:
    """Half an address is left out and said."""
    reading = headers.reading(["Numer"], {})

    assert (reading.parts, reading.unused) == ({}, ["Numer"])


def test_what_the_person_says_wins() -> None:
    """A map takes a column, joins several, or takes none."""
    found = ["NAZWA", "SKROT", "ULICA", "NUMER", "Type"]

    assert parts(found, name="SKROT", address__street="NUMER+ULICA", type="") == {
        "name": ["SKROT"],
        "address.street": ["NUMER", "ULICA"],
        "type": [],
    }


def test_a_column_is_used_once() -> None:
    """A column given to one field is not also guessed for another."""
    assert parts(["NAZWA"], summary="NAZWA") == {"summary": ["NAZWA"]}


def test_everybodys_id_is_not_ours() -> None:
    """Only a column written exactly "id" holds our ids."""
    assert parts(["ID"]) == {}
    assert parts(["id"]) == {"id": ["id"]}
    assert parts(["id"], **{"refs.um": "id"}) == {"refs.um": ["id"]}


def test_maps_that_cannot_be_are_refused_at_once() -> None:
    """An unknown field and a missing column are both named."""
    with pytest.raises(Invalid) as refused:
        headers.reading(["NAZWA"], {"nazwisko": "NAZWA", "name": "TYTUL"})

    assert [(one.field, one.code) for one in refused.value.faults] == [
        ("nazwisko", "unknown_field"),
        ("name", "no_column"),
    ]
