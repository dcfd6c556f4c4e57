"""What people call a point: the district it lies in, or else the nearest settlement."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from places import gazetteer
from places.coverage.areas import Areas
from places.coverage.ground import Floats, to_plane

NEAR = 15_000.0
"""Metres beyond which no settlement lends its name."""


@dataclass(frozen=True)
class Names:
    """Names of points, in some set of areas."""

    areas: Areas

    def of(self, x: Floats, y: Floats) -> NDArray[np.str_]:
        """The name of each point of the plane; "" where nothing is near."""
        tree, settlements = _settlements()
        metres, nearest = tree.query(np.column_stack((x, y))) if len(x) else (x, x.astype(int))
        found = np.where(metres <= NEAR, settlements[nearest], "").astype(object)
        if "district" in self.areas.levels():
            codes = self.areas.locate(x, y, "district")
            for code in np.unique(codes[codes != ""]):
                found[codes == code] = self.areas.get(str(code)).name
        return found.astype(str)


@lru_cache(maxsize=1)
def _settlements() -> tuple[cKDTree, NDArray[np.str_]]:
    known = gazetteer.settlements()
    lat, lon = (np.array([one.point[axis] for one in known]) for axis in (0, 1))
    return cKDTree(np.column_stack(to_plane(lat, lon))), np.array([one.name for one in known])
