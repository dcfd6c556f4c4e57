"""The names of a catalogue: made once for each state of it, and never more than a few kept."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from places import remembered
from places.index import open_index
from tests.builders import a_catalogue, a_place


def test_the_names_are_made_once_for_each_state(tmp_path: Path) -> None:
    """The same state gives the same names; two catalogues in turn do not push each other out."""
    for town in ("Kraków", "Łódź"):
        a_catalogue(tmp_path / town / "places.geojson", [a_place(**{"address.city": town})])
    found: dict[str, list[object]] = {"Kraków": [], "Łódź": []}
    for _ in range(3):
        for town, made in found.items():
            with open_index(tmp_path / town / "places.geojson", tmp_path / town) as index:
                made.append(remembered.names(index))

    # The first state may still be seen as fresh, and is then looked at once more.
    assert all(made[1] is made[2] for made in found.values())
    assert found["Kraków"][2] is not found["Łódź"][2]


def test_a_changed_catalogue_has_new_names_and_few_old_ones_are_kept(tmp_path: Path) -> None:
    """However often it changes, memory does not grow with it."""
    path = tmp_path / "places.geojson"
    for number in range(5):
        a_catalogue(path, [a_place(name=f"Klub {number} Kotwica{number}")])
        with open_index(path, tmp_path) as index:
            assert f"kotwica{number}" in remembered.vocabulary(index).words

    assert len(remembered._kept) <= 2


def test_cold_questions_at_once_make_the_names_once(tmp_path: Path) -> None:
    """Who comes while another makes them waits, and finds the same."""
    path = a_catalogue(tmp_path / "places.geojson", [a_place(name="Klub Osiem Wrót")])
    with open_index(path, tmp_path):
        pass  # Built, so that the threads only read it.

    def ask(_: int) -> object:
        with open_index(path, tmp_path) as index:
            return remembered.names(index)

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(ask, range(4)))
    # A state that may still be seen as fresh changes its stamp once.
    assert len({id(one) for one in made}) <= 2
