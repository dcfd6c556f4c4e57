"""One flat row per place, and back."""

from typing import Any

import pytest
from hypothesis import given

from places.exchange import tables
from places.place import Place
from tests.builders import a_place
from tests.strategies import places

NASTY = [
    "-", "'-", "''-", "=1+1", "'=1+1", "+48", "@SUM(A1)", "-5", "[x", '["a"]', "a;b", ";", "'", '"',
    "_x0041_", "1,5", "tak", "Żółć „gęś”", "0", "null", "a" * 20_000,
]  # fmt: skip
"""Texts that some reader of tables would take for something else."""


def rebuilt(cells: dict[str, Any]) -> Place:
    """The place that the cells speak of, with nothing to build on."""
    nested: dict[str, Any] = {}
    for name, value in tables.values(cells).items():
        *outer, last = name.split(".")
        inner = nested
        for part in outer:
            inner = inner.setdefault(part, {})
        inner[last] = value
    nested["point"] = (nested.pop("lat"), nested.pop("lon"))
    return Place.read(nested)


@given(places())
def test_a_row_tells_all_of_the_place(place: Place) -> None:
    """Whatever a record says can be read back from its row."""
    assert rebuilt(tables.row(place)) == place


@pytest.mark.parametrize("text", NASTY)
def test_a_text_in_a_cell_stays_itself(text: str) -> None:
    """No text is taken for a list, a formula or a cleared field."""
    place = a_place(
        name=text, other_names=[text, "drugie"], catchment=[text], refs={"um": text},
        rooms=[{"name": text, "equipment": [text]}], sources=[{"name": text}],
    )  # fmt: skip

    assert rebuilt(tables.row(place)) == place


@pytest.mark.parametrize("text", NASTY)
def test_a_protected_cell_is_no_formula(text: str) -> None:
    """A cell of a CSV file never begins as a formula does."""
    for cell in tables.row(a_place(name=text, activities=[text])).values():
        if isinstance(cell, str):
            assert tables.protected(cell)[:1] not in "=+-@"


def test_every_field_of_the_record_has_a_column() -> None:
    """A field that is added to the record comes into the table by itself."""
    names = tables.columns().keys()

    assert {"id", "lat", "lon", "address.city", "rooms", "checked.hours.by"} <= names
    assert {name.partition(".")[0] for name in names} - {"lat", "lon"} == (
        Place.model_fields.keys() - {"point", "refs"}
    )


def test_only_known_facts_have_cells() -> None:
    """An unknown fact is an empty cell, never a "no"."""
    assert tables.row(a_place()).keys() == {
        "id", "lat", "lon", "name", "type", "status", "address.city", "address.gmina",
        "address.teryt", "address.voivodeship", "address.street", "address.district",
        "position.precision", "position.uncertainty_m", "sources",
    }  # fmt: skip


@pytest.mark.parametrize("cell", ["", "  ", "\u00a0", None, []])
def test_an_empty_cell_says_nothing(cell: Any) -> None:
    """Blanks of all kinds are no values."""
    assert tables.values({"name": cell, "networks": cell, "area_m2": cell}) == {}


@pytest.mark.parametrize("cell", ["-", " - "])
def test_a_dash_clears(cell: str) -> None:
    """A lone dash takes the fact out."""
    assert tables.values({"summary": cell, "networks": cell}) == {"summary": None, "networks": None}


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("lat", "52,2336", 52.2336),
        ("area_m2", "1 200,5", 1200.5),
        ("capacity_people", "80.0", 80),
        ("capacity_people", 80, 80),
        ("capacity_people", "ok. 80", "ok. 80"),
        ("contact.phone", 123456789, "123456789"),
        ("rules.free", "Tak", "yes"),
        ("rules.free", "nie", "no"),
        ("rules.walk_in", "częściowo", "limited"),
        ("networks", "MAL; Senior+ ;", ["MAL", "Senior+"]),
        ("networks", '["a;b"]', ["a;b"]),
        ("networks", "[a", ["[a"]),
        ("rooms", "Sala duża; Kuchnia", [{"name": "Sala duża"}, {"name": "Kuchnia"}]),
        ("sources", "https://example.org/a", [{"url": "https://example.org/a"}]),
        ("sources", "Wykaz gminy", [{"name": "Wykaz gminy"}]),
    ],
)
def test_cells_as_people_write_them(name: str, cell: Any, value: Any) -> None:
    """Polish commas, spaces among thousands, yes and no, lists with semicolons."""
    assert tables.values({name: cell}) == {name: value}


def test_a_cell_that_opens_and_never_closes() -> None:
    """Brackets without end are the text of a cell, not the end of the import."""
    assert tables.values({"networks": "[" * 100_000}) == {"networks": ["[" * 100_000]}
