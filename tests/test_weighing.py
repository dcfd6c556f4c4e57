"""What words weigh: the person's own before another name for them, the name before the rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from places import search
from places.index import Index, open_index
from places.query import Query
from places.scope import scope_of
from places.weighing import BY_ANOTHER_NAME, WEIGHTS, Weight, fields_of, weight
from tests.builders import NOW, a_catalogue, a_place, an_id

REAL = Path(__file__).parents[1] / "data" / "places.geojson"
ASKED = (
    "swietlica", "świetlica wiejska", "dom ludowy", "dom kultury", "dom kultury lublin", "klub",
    "centrum kultury", "ośrodek kultury", "sala wiejska", "planszówki", "taniec dla dzieci",
    "biblioteka", "senior", "szachy ceramika", "dom kultury norwida", "klub xyzzyq seniora",
    "świet", "DK", "mok olsztyn", "dom dom dom kultury", "lipa " * 40,
)  # fmt: skip


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(REAL, tmp_path_factory.mktemp("real"), NOW.date()) as opened:
        opened._deadline += 600  # It answers many questions here, not one.
        yield opened


def weights(index: Index, q: str) -> list[tuple[float, float, list[Weight]]]:
    """Of every answer its wish, its rank, and what each group weighs, in their order."""
    scope = scope_of(index, Query(q=q), NOW)
    rows = index.rows("select n, wish, rank from candidate")
    return [
        (wish, rank, [weight(fields_of(index, n), one) for one in scope.understood.groups])
        for n, wish, rank in rows
    ]


@pytest.mark.parametrize("q", ASKED, ids=range(len(ASKED)))
def test_what_is_told_is_what_orders(real: Index, q: str) -> None:
    """The rank in SQL is the sum of the weights that `explain=1` tells, by how telling each is."""
    scope = scope_of(real, Query(q=q), NOW)
    telling = [one.telling for one in scope.understood.groups]
    for _, rank, found in weights(real, q):
        told = sum(share * one.value for share, one in zip(telling, found, strict=True))
        assert rank == pytest.approx(told)


@pytest.mark.parametrize("q", ASKED, ids=range(len(ASKED)))
def test_the_own_word_comes_before_another_name(real: Index, q: str) -> None:
    """Of two places that fulfil the wishes alike, the one found only by synonyms stands lower."""
    found = weights(real, q)
    itself = [(wish, rank) for wish, rank, groups in found if all(one.itself for one in groups)]
    others = [(wish, rank) for wish, rank, groups in found if not any(one.itself for one in groups)]
    for wish, rank in others:
        assert all(rank < own for wished, own in itself if wished == wish)


@pytest.mark.parametrize(
    ("q", "word"),
    [
        ("swietlica", "wietlica"), ("dom kultury", "Dom Kultury"), ("sala wiejska", "Sala wiejska"),
        ("centrum kultury", "Centrum Kultury"), ("dom ludowy", "Dom Ludowy"),
        ("ośrodek kultury", "Kultury"), ("remiza", "Remiza"),
    ],
)  # fmt: skip
def test_who_says_a_name_sees_it_first(real: Index, q: str, word: str) -> None:
    """ "Swietlica" is answered by one, not by a "Dom Ludowy", though that is found too."""
    assert word.casefold() in search.run(real, Query(q=q), NOW).hits[0].place.name.casefold()


def test_all_synonyms_weigh_less_than_any_field() -> None:
    """The word itself in a description comes before another name in the name, even when begun."""
    assert max(BY_ANOTHER_NAME.values()) < min(WEIGHTS.values()) * 0.9
    assert BY_ANOTHER_NAME["name"] > BY_ANOTHER_NAME[""] > 0


def test_a_whole_word_is_not_the_beginning_of_another(tmp_path: Path) -> None:
    """Who types "klub lip" may go on; who has typed "klub lipa" means Lipa, not Lipany."""
    some = [a_place(id=an_id(1), name="Klub Lipany"), a_place(id=an_id(2), name="Klub Lipa")]
    with open_index(a_catalogue(tmp_path / "places.geojson", some), tmp_path) as index:
        found = [hit.place.name for hit in search.run(index, Query(q="klub lipa"), NOW).hits]
        begun = search.run(index, Query(q="klub lip"), NOW)
    assert found == ["Klub Lipa"]
    assert begun.total == 2
