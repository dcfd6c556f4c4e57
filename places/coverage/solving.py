"""The question of the best sites put to HiGHS, which leaves nothing to chance.

A column for each candidate, that is taken or not, and one for each demand that several reach: at
most 1, and at most the number of its candidates that are taken.  Those may be fractions, since
with whole sites they come out whole.  Demand that one candidate alone reaches is that candidate's
own.  One thread and one seed: the same question has the same answer.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from places.coverage.ground import Ints
from places.coverage.thinning import Cover

_SCALE = 2.0**20
"""What all the people together come to, so that HiGHS' tolerances mean the same everywhere: they
are 1e-6 of a unit, that is less than a millionth of a millionth of the people."""
# Presolve stays off: thinning.py does its work, and with a start at hand HiGHS 1.16 now and then
# counts the presolved start as better than it is and then tells the start itself.
_OPTIONS: dict[str, bool | float | str] = {
    "output_flag": False,
    "parallel": "off",
    "presolve": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-6,
}


@dataclass(frozen=True, slots=True)
class Solved:
    """What HiGHS said."""

    chosen: Ints
    """Candidates; empty when it had no time to find any."""
    upper: float
    """No choice reaches more people."""
    done: bool
    """Whether it looked at everything."""


class _Silent(highspy.Highs):
    """HiGHS without the line it greets with when callbacks are made ready."""

    def enableCallbacks(self) -> None:
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def solved(asked: Cover, count: int, start: Ints, seconds: float) -> Solved:
    """The best choice of at most so many sites, from one that is at hand."""
    size = asked.reach.shape[0]
    model, scale = _model(asked, count)
    highs = _Silent()  # type: ignore[no-untyped-call]
    for name, value in _OPTIONS.items():
        highs.setOptionValue(name, value)
    highs.setOptionValue("time_limit", max(seconds, 0.0))
    highs.passModel(model)
    first = np.zeros(model.num_col_)
    first[start] = 1.0
    first[size:] = asked.reached(start)[_several(asked)]
    highs.setSolution(len(first), np.arange(len(first), dtype=np.int32), first)
    highs.run()
    values, info = np.array(highs.getSolution().col_value), highs.getInfo()
    done = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    found = np.flatnonzero(values[:size] > 0.5) if info.primal_solution_status == 2 else start[:0]
    return Solved(found, info.mip_dual_bound / scale, done)


def _model(asked: Cover, count: int) -> tuple[highspy.HighsLp, float]:
    """The model to be maximised, and how many units of it a person is."""
    size = asked.reach.shape[0]
    scale = 2.0 ** np.round(np.log2(_SCALE / asked.people.sum()))
    several = _several(asked)
    rows = _rows(asked, several)
    own = asked.people.copy()
    own[several] = 0.0
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = rows.shape[1], rows.shape[0]
    model.col_cost_ = np.r_[asked.gains(own), asked.people[several]] * scale
    model.col_lower_, model.col_upper_ = np.zeros(rows.shape[1]), np.ones(rows.shape[1])
    model.row_lower_ = np.full(rows.shape[0], -highspy.kHighsInf)
    model.row_upper_ = np.r_[np.zeros(len(several)), float(count)]
    model.sense_ = highspy.ObjSense.kMaximize
    kinds = highspy.HighsVarType
    model.integrality_ = [kinds.kInteger] * size + [kinds.kContinuous] * len(several)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = rows.indptr, rows.indices
    model.a_matrix_.value_ = rows.data
    return model, float(scale)


def _several(asked: Cover) -> Ints:
    """The demand that more than one candidate reaches."""
    return np.flatnonzero(np.bincount(asked.reach.indices) > 1)


def _rows(asked: Cover, several: Ints) -> sparse.csr_array:
    """Each such demand less its candidates, at most 0; all the candidates, at most the count."""
    reached_by = asked.reach[:, several].T.tocsr()
    everything = sparse.csr_array(np.ones((1, asked.reach.shape[0])))
    rows = sparse.block_array(
        [[-reached_by, sparse.eye_array(len(several), format="csr")], [everything, None]],
        format="csr",
    )
    rows.sort_indices()
    return rows
