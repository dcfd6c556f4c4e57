"""A question mended: slips forgiven, towns taken for towns, and no city for a slip of a village."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from places import search
from places.index import Index, open_index
from places.query import Query
from places.understanding import understand
from tests.builders import NOW

REAL = Path(__file__).parents[1] / "data" / "places.geojson"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(REAL, tmp_path_factory.mktemp("real"), NOW.date()) as opened:
        opened._deadline += 600  # It answers many questions here, not one.
        yield opened


@pytest.mark.parametrize(
    "q",
    [
        "plansozwki", "planszuwki", "bskupice", "śwetlica wejska", "rękodzeło", "warsztay",
        "w jedwabmie", "woskżenice duże", "okronglak", "osrodek kultrury jedwabno", "pucahtek",
        "dokódów", "swietochowice", "wygiedlow", "kostancin", "gimnstyka",
    ],
)  # fmt: skip
def test_small_slips_find_something_and_are_told(real: Index, q: str) -> None:
    """What was searched for instead is said, and it has answers with every word."""
    found = search.run(real, Query(q=q), NOW)
    assert found.total
    assert found.level == "every"
    assert found.understood.corrections or found.understood.places


@pytest.mark.parametrize("q", ["Legnica", "Piła", "Zakopane", "Ełk", "Suwałki", "Chełmno", "Puck"])
def test_a_city_is_no_slip_of_ours(real: Index, q: str) -> None:
    """A town that exists is itself, though we have nothing there and something in Letnica."""
    found = search.run(real, Query(q=q), NOW)
    assert not found.understood.corrections
    assert found.understood.places or found.total


@pytest.mark.parametrize(("q", "meant"), [("biskupce", "biskupice"), ("legnica", "letnica")])
def test_a_village_of_ours_is_asked_about(real: Index, q: str, meant: str) -> None:
    """Where nothing was found one letter away from what we know, a way out asks for it."""
    [way] = [one for one in search.run(real, Query(q=q), NOW).wider if one.kind == "spelling"]
    assert (way.value, way.query.q) == (meant, meant)
    assert search.run(real, way.query, NOW).total == way.total > 0


@pytest.mark.parametrize("q", ["dom kultury zakopane", "klub suwałki", "klub kultury legnica"])
def test_a_town_that_names_nothing_of_ours_is_a_town(real: Index, q: str) -> None:
    """Beside a word that names begin with, too; then it leads to what is nearest to it."""
    found = understand(real, Query(q=q), NOW)
    assert [one.certain for one in found.places] == [True]
    assert search.run(real, Query(q=q), NOW).level == "elsewhere"


@pytest.mark.parametrize(
    "q", ["dom smoka", "klub piłkarski", "centrum handlowe", "dom spokojnej starości", "sziele"]
)
def test_a_word_of_every_other_name_is_no_answer(real: Index, q: str) -> None:
    """ "Dom" alone says nothing: better nothing, with ways out, than all the houses."""
    found = search.run(real, Query(q=q), NOW)
    assert found.total == 0
    assert found.wider
    assert search.run(real, Query(q=f"{q} szachy"), NOW).total


@pytest.mark.parametrize(
    ("q", "used"), [("plansozwki", "planszówki"), ("gdansl", "gdańsk"), ("świetlca", "świetlica")]
)
def test_what_is_searched_for_instead_has_its_marks(real: Index, q: str, used: str) -> None:
    """As people write it, in the sentence and in the box."""
    assert [one.used for one in understand(real, Query(q=q), NOW).corrections] == [used]
