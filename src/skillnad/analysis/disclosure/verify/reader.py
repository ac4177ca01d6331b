"""A reader of a release: what each gap can be, by tables that agree with all that is shown."""

from collections.abc import Sequence
from math import inf

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

from skillnad.analysis.disclosure.verify.unknowns import Unknowns

NEAR = 1e-6
MANY = 2_000
"""From so many columns on an interior point method finds tables; it stops short of an end, and is sent past it."""
BEYOND = 0.25
WHOLE_NODES = 500


class OutOfBudget(Exception):
    """Says nothing of the cells."""


class GapReader:
    """Columns: the unknown inner cells, and then the gaps. `floor` and `ceiling`: what each gap is known to be at least
    and at most. `low` and `high`: what each gap has been seen to be, by tables; `whole_low`, `whole_high`: by tables of
    whole numbers. `budget`: so many columns of linear programmes, where a large one counts for more; raises
    OutOfBudget."""

    def __init__(self, told: Unknowns, floor: np.ndarray, ceiling: np.ndarray, budget: float) -> None:
        self.told, self.floor, self.ceiling, self.budget = told, floor, ceiling, budget
        self.count, self.first = len(told.gap_rows), len(told.inner)
        self.low, self.high = np.full(self.count, inf), np.full(self.count, -inf)
        self.whole_low, self.whole_high = self.low.copy(), self.high.copy()
        self.seen: list[np.ndarray] = []
        self.solver = _quiet()
        self.solver.passModel(_programme(told, floor, ceiling))
        if self.first + self.count >= MANY:
            self.solver.setOptionValue("solver", "ipm")
            self.solver.setOptionValue("run_crossover", "off")

    def consider(self, inner: np.ndarray) -> None:
        """A table that someone says agrees, by all of its inner cells."""
        unknown = inner[self.told.inner]
        self._see(np.concatenate([unknown, self.told.gaps @ unknown + self.told.known]))

    def reach(self, gaps: Sequence[int], ends: Sequence[float], *, upward: bool) -> bool:
        """See a table with these gaps as large (small) as can be, none past its end. False where no table agrees."""
        columns = np.array(gaps, dtype=np.int32) + self.first
        low, high = self.floor[list(gaps)], self.ceiling[list(gaps)]
        beyond = 0.0 if self.first + self.count < MANY else BEYOND if upward else -BEYOND
        wanted = np.clip(np.array(ends) + beyond, low, high)
        self.solver.changeColsBounds(len(columns), columns, *((low, wanted) if upward else (wanted, high)))
        agrees = self._run(columns, upward)
        self.solver.changeColsBounds(len(columns), columns, low, high)
        return agrees

    def fix(self, gap: int, value: float) -> None:
        """Someone knows the gap."""
        self.solver.changeColBounds(self.first + gap, value, value)

    def free(self, gap: int) -> None:
        self.solver.changeColBounds(self.first + gap, float(self.floor[gap]), float(self.ceiling[gap]))

    def whole(self, gap: int, end: float, *, upward: bool) -> bool:
        """Is there a table of whole numbers with the gap that far?"""
        self._spend(20)
        model = _programme(self.told, self.floor, self.ceiling)
        low, high = np.array(model.col_lower_), np.array(model.col_upper_)
        column = self.first + gap
        low[column], high[column] = (end, high[column]) if upward else (low[column], end)
        model.col_lower_, model.col_upper_ = low, high
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
        solver = _quiet()
        solver.setOptionValue("mip_max_nodes", WHOLE_NODES)
        solver.passModel(model)
        solver.run()
        if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return False
        self._see(np.array(solver.getSolution().col_value))
        return True

    def _run(self, columns: np.ndarray, upward: bool) -> bool:
        self._spend(1)
        cost = np.zeros(self.first + self.count)
        cost[columns] = -1.0 if upward else 1.0
        self.solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        self._see(np.array(self.solver.getSolution().col_value))
        return True

    def _see(self, table: np.ndarray) -> None:
        """Nothing is believed of a table that does not agree."""
        inner, gaps = table[: self.first], table[self.first :]
        off = np.abs(self.told.told @ inner - self.told.right).max(initial=0)
        off = max(off, np.abs(self.told.gaps @ inner + self.told.known - gaps).max(initial=0), -inner.min(initial=0))
        if max(off, (self.floor - gaps).max(initial=0), (gaps - self.ceiling).max(initial=0)) > NEAR:
            return
        self.seen.append(gaps)
        self.low, self.high = np.minimum(self.low, gaps), np.maximum(self.high, gaps)
        if np.abs(table - np.round(table)).max(initial=0) < NEAR:
            self.whole_low, self.whole_high = np.minimum(self.whole_low, gaps), np.maximum(self.whole_high, gaps)

    def _spend(self, times: float) -> None:
        columns = self.first + self.count
        self.budget -= times * columns * max(1.0, columns / MANY)
        if self.budget < 0:
            raise OutOfBudget


def _quiet() -> highspy.Highs:
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, value)
    return solver


def _programme(told: Unknowns, floor: np.ndarray, ceiling: np.ndarray) -> highspy.HighsLp:
    """What is shown, and each gap as the sum of its inner cells."""
    gaps = len(told.gap_rows)
    shown = hstack([told.told, csr_array((told.told.shape[0], gaps))])
    matrix = csc_array(vstack([shown, hstack([told.gaps, -eye_array(gaps)])]))
    right = np.concatenate([told.right, -told.known])
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = np.zeros(matrix.shape[1])
    model.col_lower_ = np.concatenate([np.zeros(len(told.inner)), floor])
    model.col_upper_ = np.concatenate([np.full(len(told.inner), inf), ceiling])
    model.row_lower_ = model.row_upper_ = right
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    return model
