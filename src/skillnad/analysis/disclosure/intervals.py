"""What a reader can work out of a sum of cells: from the least to the most that it can be, by what is shown alone.

Unlike the auditor's view these intervals are whole, and no hidden number has any part in them: what is decided by them
would be decided so of every table that shows the same.
"""

from collections.abc import Collection, Mapping
from math import isfinite

import highspy
import numpy as np
from scipy.sparse import csc_array

from skillnad.analysis.disclosure.programme import INFINITE, quiet
from skillnad.analysis.disclosure.system import Name, System
from skillnad.analysis.disclosure.work import Work


class Intervals:
    """`hidden` cells are at least `floor`; latent ones are hidden too, and at least 0."""

    def __init__(self, told: System, hidden: Collection[Name], floor: float, work: Work) -> None:
        self.told, self.work = told, work
        gap = told.latent | np.array([cell.name in hidden for cell in told.cells], dtype=bool)
        self.gaps = np.flatnonzero(gap)
        self.column = {int(place): column for column, place in enumerate(self.gaps)}
        self.shown = np.where(gap, 0.0, told.values)
        self.solver = self._solver(np.where(told.latent[self.gaps], 0.0, floor))

    def of(self, terms: Mapping[Name, float]) -> tuple[float, float] | None:
        """The ends of a sum of cells with coefficients; None where there are none. Raises TooMuch."""
        places = [(self.told.position[name], sign) for name, sign in terms.items()]
        known = sum(float(self.shown[place]) * sign for place, sign in places)
        cost = np.zeros(len(self.gaps))
        for place, sign in places:
            if place in self.column:
                cost[self.column[place]] += sign
        low, high = self._least(cost), self._least(-cost)
        ends = (known + low, known - high)
        return ends if isfinite(ends[0]) and isfinite(ends[1]) else None

    def _least(self, cost: np.ndarray) -> float:
        self.work.solve(len(cost))
        self.solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self.solver.run()
        solved = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return float(self.solver.getInfo().objective_function_value) if solved else -INFINITE

    def _solver(self, floor: np.ndarray) -> highspy.Highs:
        left = csc_array(csc_array(self.told.matrix)[:, self.gaps])
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = left.shape
        model.col_cost_ = np.zeros(len(floor))
        model.col_lower_, model.col_upper_ = floor, np.full(len(floor), INFINITE)
        model.row_lower_ = model.row_upper_ = -(self.told.matrix @ self.shown)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = left.indptr, left.indices, left.data
        solver = quiet()
        solver.setOptionValue("simplex_strategy", 4)  # primal: only costs change
        solver.passModel(model)
        return solver
