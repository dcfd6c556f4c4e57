"""The residents of one area, and their people on the ground."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from places.coverage.areas import Areas, members
from places.coverage.ground import Floats
from places.coverage.residents import Residents
from places.coverage.spread import Spread
from places.coverage.streets import Network
from places.coverage.terms import GROUPS
from places.teryt import COUNTRY


class Data(NamedTuple):
    """All that has been loaded."""

    residents: Residents
    areas: Areas
    networks: tuple[Network, ...]
    borders: str = ""
    """What tells these areas from others, see areas.digest."""


def inside(data: Data, code: str) -> Residents:
    """The units of an area, by their middle.

    Raises NotFound when there is no such area.
    """
    if code == COUNTRY:
        return data.residents
    level = data.areas.get(code).level
    whole = data.residents
    here = members(data.areas, whole.x, whole.y, whole.code)[level] == code
    arrays = {
        name: value[here] for name, value in vars(whole).items() if isinstance(value, np.ndarray)
    }
    return replace(whole, **arrays)


def people_of(residents: Residents, laid: Spread) -> Mapping[str, Floats]:
    """How many of each group stand on each point; NaN where the source does not tell."""
    return {group: laid.weight * getattr(residents, group)[laid.owner] for group in GROUPS}
