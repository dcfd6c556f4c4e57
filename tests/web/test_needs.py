"""Needs on the page: what is known to have a lift stands apart from what nobody knows of."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from app import create_app
from tests.builders import NOW, a_catalogue, a_place, an_id


def _page(folder: Path, answers: Sequence[str | None], address: str) -> str:
    some = [
        a_place(id=an_id(n), name=f"Klub {n}", accessibility={"lift": one})
        for n, one in enumerate(answers)
    ]
    catalogue = a_catalogue(folder / "places.geojson", some)
    settings = {"CATALOGUE": str(catalogue), "INSTANCE": str(folder / "instance"), "TILES": ""}
    client = create_app({**settings, "NOW": lambda: NOW}).test_client()
    return client.get(address).get_data(as_text=True).replace("\u00a0", " ")


def test_known_and_unknown_needs_stand_apart(tmp_path: Path) -> None:
    """Each with its count; the card of the one that is known says what it has."""
    page = _page(tmp_path, ["yes", None, None, "no"], "/?q=klub+z+windą")
    known, unknown = page.index("Wiemy, że: z windą – 1 miejsce"), page.index("Nie wiemy, czy")
    assert known < page.index("Klub 0") < unknown < page.index("Klub 1")
    assert "Nie wiemy, czy: z windą – 2 miejsca; zadzwoń" in page
    assert page.count("z windą: tak") == 1
    assert "Klub 3" not in page


@pytest.mark.parametrize("address", ["/?q=klub+z+windą", "/?q=winda", "/?q=winda&open=now"])
def test_where_nobody_knows_of_any_place_it_is_said_once(tmp_path: Path, address: str) -> None:
    """A list of places without a known lift must not look like a list of places with one."""
    page = _page(tmp_path, [None, None], address)
    assert page.count("O żadnym z tych miejsc nie wiemy, czy spełnia warunek: z windą.") == 1
    assert "z windą: tak" not in page


def test_no_need_adds_no_heading(tmp_path: Path) -> None:
    """Who asks for a club is shown clubs."""
    page = _page(tmp_path, ["yes", None], "/?q=klub")
    assert "Wiemy, że" not in page
    assert "Nie wiemy, czy" not in page


@pytest.mark.parametrize("count", ["0", "50", "100"])
def test_a_number_of_people_is_said_not_to_be_searched_for(tmp_path: Path, count: str) -> None:
    """All places, and a sentence: never an error."""
    page = _page(tmp_path, [None], f"/?q={count}+osób")
    assert f"Nie umiemy jeszcze szukać według liczby osób ({count})" in page


def test_a_time_in_words_against_the_filter_is_told(tmp_path: Path) -> None:
    """The chosen time counts, and the page does not keep silent about the other."""
    said = "Pory ze słów pytania nie bierzemy pod uwagę"
    assert said in _page(tmp_path, [None], "/?q=klub+jutro+o+18&open=now")
    assert said not in _page(tmp_path, [None], "/?q=klub+jutro+o+18")
