"""A street address as people type it: the house is found in it, and nothing more is kept."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.addresses import Address, read


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ul. Długa 5, Kraków", Address("Długa", "5", "Kraków")),
        ("Kraków, Długa 5", Address("Długa", "5", "Kraków")),
        ("Kraków,Długa 5", Address("Długa", "5", "Kraków")),
        ("Długa 5 Kraków", Address("Długa", "5", "Kraków")),
        ("Nowy Sącz ul. Długa 5", Address("Długa", "5", "Nowy Sącz")),
        ("Kraków ul. Długa 5", Address("Długa", "5", "Kraków")),
        ("31-147 Kraków, ulica Długa 5", Address("Długa", "5", "Kraków")),
        ("Nowy Sącz, Lwowska 12a", Address("Lwowska", "12a", "Nowy Sącz")),
        ("al. Róż 3, Kraków, Polska", Address("al. Róż", "3", "Kraków")),
        ("ul. 3 Maja 12, Katowice", Address("3 Maja", "12", "Katowice")),
        ("os. 1000-lecia 7, Kraków", Address("os. 1000-lecia", "7", "Kraków")),
        ("Rudna 5", Address("Rudna", "5", "")),
        ("ul. Długa 5", Address("Długa", "5", "")),
    ],
)
def test_a_house_is_found(typed: str, address: Address) -> None:
    """Street, number and town, in the orders in which people write them."""
    assert read(typed) == address


@pytest.mark.parametrize("flat", ["5/12", "5 / 12", "5 m. 12", "5 m 12", "5/12a"])
def test_the_flat_is_dropped(flat: str) -> None:
    """Nobody needs it to find the door."""
    assert read(f"Długa {flat}, Kraków") == Address("Długa", "5", "Kraków")


@pytest.mark.parametrize(
    "typed", ["", "Rudna", "31-559", "31-559 Kraków", "Rudna, lubiński", "w Krakowie", "5", "5, 7"]
)
def test_what_names_no_house_is_no_address(typed: str) -> None:
    """A town, a postcode or a bare number is none."""
    assert read(typed) is None


@given(st.text(alphabet=st.sampled_from("aż5 ,./mul-\0"), max_size=300))
def test_any_text_is_read_in_no_time(typed: str) -> None:
    """No text keeps the reading busy, and what is found can be said."""
    begun = time.process_time()
    found = read(typed)
    assert time.process_time() - begun < 0.5
    assert found is None or (found.number and found.street and str(found))
