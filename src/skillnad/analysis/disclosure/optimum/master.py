"""The master programme: the cheapest choice of gaps that satisfies every cut so far."""

from collections.abc import Iterable
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array, vstack

from skillnad.analysis.disclosure.optimum.cuts import SMALL, Cut
from skillnad.analysis.disclosure.optimum.pool import Pool
from skillnad.analysis.disclosure.optimum.task import Task
from skillnad.analysis.disclosure.programme import INFINITE, quiet

NEAR = 1e-6


class Relaxation:
    """The master with parts of choices, solved again as cuts come in. Its cost bounds that of every safe pattern."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.column = np.full(len(task.value), -1, dtype=np.int32)
        self.column[task.choices] = np.arange(len(task.choices), dtype=np.int32)
        self.bound = 0.0
        self.chosen = task.open.astype(float)
        self.reduced = np.zeros(len(task.value))
        self.solver = quiet()
        self.solver.passModel(_bare(task.cost[task.choices]))

    def add(self, cuts: Iterable[Cut]) -> None:
        for cut in cuts:
            columns = self.column[list(cut.columns)]
            kept = columns >= 0
            weight = np.array(cut.weight)
            self.solver.addRow(
                cut.least - float(weight[~kept].sum()), INFINITE, int(kept.sum()), columns[kept], weight[kept]
            )

    def solve(self) -> np.ndarray:
        """The choices as parts between 0 and 1, 1 where open."""
        self.solver.run()
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            solution = self.solver.getSolution()
            self.chosen[self.task.choices] = np.clip(np.array(solution.col_value), 0.0, 1.0)
            self.reduced[self.task.choices] = np.array(solution.col_dual)
            self.bound = float(self.solver.getInfo().objective_function_value)
        return self.chosen


@dataclass(frozen=True)
class Whole:
    """`chosen`: the best whole choice that was found, or None. `bound`: no choice that keeps the cuts costs less.
    `done`: the programme was solved to its end."""

    chosen: np.ndarray | None
    bound: float
    done: bool


def cheapest(
    pool: Pool, free: np.ndarray, rest: np.ndarray, *, below: float = INFINITE, seconds: float = 10.0, gap: float = 1e-6
) -> Whole:
    """The cheapest whole choice of the `free` columns (a mask) that keeps every cut, the others as in `rest`."""
    task = pool.task
    columns = np.flatnonzero(free & ~task.open)
    settled = np.where(free & ~task.open, 0.0, rest)
    settled[task.open] = 1.0
    base = task.price(settled > 0.5)
    weights, least = csr_array(pool.weights[:, columns]), pool.least - pool.weights @ settled
    empty = np.diff(weights.indptr) == 0
    if (empty & (least > NEAR)).any():
        return Whole(None, INFINITE, True)
    if not len(columns):
        return Whole(settled, base, True)
    falling = np.diff(csr_array(weights < 0).indptr) > 0
    rows = np.flatnonzero(~empty & ((least > SMALL) | falling))
    weights, least = csr_array(weights[rows, :]), least[rows]
    if below < INFINITE:
        weights = csr_array(vstack([weights, csr_array(-task.cost[columns][None, :])]))
        least = np.append(least, base - below)
    solver = _whole(task.cost[columns], weights, least)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.run()
    return _read(solver, settled, columns, base)


def _read(solver: highspy.Highs, settled: np.ndarray, columns: np.ndarray, base: float) -> Whole:
    info, status = solver.getInfo(), solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kObjectiveBound):
        return Whole(None, INFINITE, True)
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if found:
        settled[columns] = np.round(np.array(solver.getSolution().col_value))
    done = status == highspy.HighsModelStatus.kOptimal
    return Whole(settled if found else None, base + float(info.mip_dual_bound), done)


def _whole(cost: np.ndarray, weights: csr_array, least: np.ndarray) -> highspy.Highs:
    model = _bare(cost)
    model.num_row_ = len(least)
    model.row_lower_, model.row_upper_ = least, np.full(len(least), INFINITE)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = (
        weights.indptr,
        weights.indices,
        weights.data,
    )
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(cost)
    solver = quiet()
    solver.setOptionValue("presolve", "on")
    solver.passModel(model)
    return solver


def _bare(cost: np.ndarray) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = 0, len(cost)
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, np.zeros(len(cost)), np.ones(len(cost))
    return model
