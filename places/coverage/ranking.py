"""An area among its peers: its place among all of its kind, and those nearest in population."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from places.coverage.figures import Figures, Pair, Peer
from places.coverage.terms import HEADLINE

PEERS = 6
"""How many peers stand beside an area."""


def ranked(found: Iterable[Figures]) -> list[Figures]:
    """The same areas with their places and peers; where there is none of the kind, without."""
    everybody = list(found)
    placed: dict[str, Figures] = {}
    for kind in sorted({one.kind for one in everybody}):
        alike = [one for one in everybody if one.kind == kind and one.people["total"]]
        if len(alike) > 1:
            placed |= {one.code: one for one in _placed(alike)}
    return [placed.get(one.code, one) for one in everybody]


def headline(one: Figures) -> Pair:
    """The share of residents within HEADLINE minutes at an adult's pace."""
    return one.shares["adult"][str(HEADLINE)]["total"] or (0.0, 0.0)


def _placed(alike: Sequence[Figures]) -> Iterator[Figures]:
    """Counted on the rounded figures that everybody sees; equal ones share a place."""
    low, high = (np.array([headline(one)[end] for one in alike]) for end in (0, 1))
    size = np.log([one.people["total"] or 1.0 for one in alike])
    for n, one in enumerate(alike):
        best = 1 + int((low > high[n]).sum())
        worst = 1 + int((high > low[n]).sum()) - int(high[n] > low[n])
        nearest = np.lexsort((np.arange(len(alike)), np.abs(size - size[n])))
        peers = tuple(_peer(alike[k]) for k in nearest if k != n)[:PEERS]
        yield replace(one, rank=(best, worst), of=len(alike), peers=peers)


def _peer(one: Figures) -> Peer:
    return Peer(one.code, one.name, one.people["total"] or 0.0, headline(one), one.per_10k)
