"""People find what they mean: the measure of `make bench` kept from falling unnoticed.

The whole list is asked of the real catalogue; the table by kinds of queries is the benchmark's.
"""

from pathlib import Path

import pytest

from benchmarks import relevance
from benchmarks.relevance import Score


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Score:
    return _score(relevance.ours_in(tmp_path_factory.mktemp("relevance")))


def _score(find: relevance.Search) -> Score:
    queries = [one for one in relevance.asked() if one.places]
    return relevance.score(queries, {one.text: find(one) for one in queries})


def test_nearly_everybody_finds_it_among_the_first_five(ours: Score) -> None:
    """At least 95 of 100 queries; most of them at once."""
    assert ours.five >= relevance.SUCCESS_BAR, ours.missed
    assert ours.first >= 0.9
    assert ours.reciprocal >= 0.9


def test_plain_search_finds_much_less(ours: Score) -> None:
    """One and a half times as often as FTS5 by itself, which has the same texts."""
    plain = _score(relevance.plain(" "))
    assert ours.five >= relevance.TIMES_PLAIN_BAR * plain.five
    assert ours.five > _score(relevance.plain(" OR ")).five


def test_the_score_counts_what_is_meant() -> None:
    """Good answers count before acceptable ones; the place of the first of them is what matters."""
    [first, second] = [
        one._replace(text=str(number), places={"a": 3, "b": 1} if number else {"b": 1})
        for number, one in enumerate(relevance.asked()[:2])
    ]
    found = relevance.score([first, second], {"0": ["x", "b"], "1": ["b", "x", "y", "z", "q", "a"]})
    assert (found.first, found.five) == (0.0, 0.5)
    assert found.reciprocal == pytest.approx((1 / 2 + 1 / 6) / 2)
    assert found.missed == ("1",)


def test_the_list_stands_where_people_look() -> None:
    """The benchmark reads the list that tests/test_queries.py keeps in order."""
    assert Path(__file__).parents[1] / "benchmarks" / "queries.toml" == relevance.LIST
    assert len(relevance.asked()) >= 150
