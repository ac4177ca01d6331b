"""What a reader can conclude who knows between which ends each shown number lies: the least and the most of each cell.

The ends follow from what is shown and from the method, which is public; no count has any part in them. So the intervals
can be published, and a promise that they keep is kept for every table that looks the same.
"""

from collections.abc import Sequence

import highspy
import numpy as np
from scipy.sparse import csc_array

from skillnad.analysis.disclosure.programme import INFINITE, quiet
from skillnad.analysis.disclosure.system import System

NEAR = 1e-6
_NO_END = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)


def concluded(
    told: System, low: np.ndarray, high: np.ndarray, *, whole: bool = False, places: Sequence[int] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of each cell's interval when the relations hold too, by the cells' places. `whole`: as whole numbers
    that some table of whole numbers has, which is slow; else by linear programmes, which can only be wider. With
    `places` those cells are looked for, and of the others what happens to be seen.

    Raises ValueError where no table lies between the ends: the truth always does.
    """
    if (np.asarray(low) > np.asarray(high)).any():
        raise ValueError("no table lies between the ends")
    found = _Search(told, low, high, whole)
    for place in range(len(low)) if places is None else places:
        for upward in (True, False):
            if not found.known(place, upward):
                found.look(place, upward)
    return found.low, found.high


class _Search:
    """Each table that is found speaks for every cell in it, so few need a programme of their own."""

    def __init__(self, told: System, low: np.ndarray, high: np.ndarray, whole: bool) -> None:
        self.ends = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
        self.open = np.flatnonzero(self.ends[0] < self.ends[1])
        self.column = {int(place): column for column, place in enumerate(self.open)}
        self.low, self.high = self.ends[1].copy(), self.ends[0].copy()
        self.low[self.ends[0] == self.ends[1]] = self.ends[0][self.ends[0] == self.ends[1]]
        self.solver = _solver(told, *self.ends, self.open, whole)

    def known(self, place: int, upward: bool) -> bool:
        """Has a table been seen that reaches the end?"""
        seen, ends = (self.high, self.ends[1]) if upward else (self.low, self.ends[0])
        return bool(abs(seen[place] - ends[place]) <= NEAR)

    def look(self, place: int, upward: bool) -> None:
        cost = np.zeros(len(self.open))
        cost[self.column[place]] = -1.0 if upward else 1.0
        self.solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self.solver.run()
        if upward and self.solver.getModelStatus() in _NO_END:
            self.high[place] = INFINITE
            return
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ValueError("no table lies between the ends")
        seen = np.array(self.solver.getSolution().col_value)
        np.minimum.at(self.low, self.open, seen)
        np.maximum.at(self.high, self.open, seen)


def _solver(told: System, low: np.ndarray, high: np.ndarray, places: np.ndarray, whole: bool) -> highspy.Highs:
    known = np.where(low < high, 0.0, low)
    left = csc_array(csc_array(told.matrix)[:, places])
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = left.shape
    model.col_cost_ = np.zeros(len(places))
    model.col_lower_, model.col_upper_ = low[places], np.minimum(high[places], INFINITE)
    model.row_lower_ = model.row_upper_ = -(told.matrix @ known)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = left.indptr, left.indices, left.data
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(places)
    solver = quiet()
    solver.setOptionValue("simplex_strategy", 4)  # primal: only costs change
    solver.passModel(model)
    return solver
