"""The attacker's programmes: how far a cell can move with a choice of gaps, and the cuts where that is too little."""

from collections.abc import Sequence

import highspy
import numpy as np

from skillnad.analysis.disclosure.optimum.cuts import VIOLATED, Cut, capacity_cut
from skillnad.analysis.disclosure.optimum.task import Task
from skillnad.analysis.disclosure.programme import Need, quiet

NEAR = 1e-6
FEW = 2
MANY = 40
"""So many needs at most are met by one move."""
CORE = 0.004
"""What is not chosen counts as chosen by so much: of the many cuts that serve, one with small weights is found."""

PRIMAL = (
    ("simplex_strategy", 4),
    ("simplex_primal_edge_weight_strategy", 0),
    ("primal_simplex_bound_perturbation_multiplier", 0.0),
    ("simplex_iteration_limit", 20_000),
)
"""To stand still is always possible, so the primal simplex goes on from where it was; plain prices and bounds as they
are take a third less time (measured). Where it goes round for ever the need is taken not to be met."""


class Separation:
    """One programme whose bounds follow the choice; its basis is kept from need to need."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.count = len(task.value)
        self.index = np.arange(self.count, dtype=np.int32)
        self.solver = self._solver()
        self.solves = 0

    def bound(self, chosen: np.ndarray, clip: float = np.inf) -> None:
        """No cell moves farther than it is chosen, nor than `clip`."""
        self.low = -np.minimum(self.task.room, clip) * chosen
        self.high = np.minimum(self.task.most, clip) * chosen
        self.solver.changeColsBounds(self.count, self.index, self.low, self.high)

    def limit(self, column: int, chosen: float) -> None:
        """One column's choice changes."""
        self.low[column] = -float(self.task.room[column]) * chosen
        self.high[column] = float(self.task.most[column]) * chosen
        self.solver.changeColBounds(column, float(self.low[column]), float(self.high[column]))

    def reach(self, need: Need) -> tuple[float, np.ndarray, np.ndarray]:
        """How far the cell gets, up to the need, the move, and each cell's slope."""
        column, amount = need
        sign = 1.0 if amount > 0 else -1.0
        ends = max(float(self.low[column]), min(amount, 0.0)), min(float(self.high[column]), max(amount, 0.0))
        self.solver.changeColBounds(column, *ends)
        self.solver.changeColCost(column, -sign)
        self._run()
        solution = self.solver.getSolution()
        move, dual = np.array(solution.col_value), np.array(solution.col_dual)
        self.solver.changeColCost(column, 0.0)
        self.solver.changeColBounds(column, float(self.low[column]), float(self.high[column]))
        dual[column] = 0.0
        if not self.solved:
            return 0.0, np.zeros(self.count), np.zeros(self.count)
        return sign * float(move[column]), move, -dual

    def together(self, needs: Sequence[Need]) -> np.ndarray:
        """One move that brings as many of several cells as far as it can, none past its need: all rise, or all fall."""
        columns = np.array([column for column, _ in needs], dtype=np.int32)
        amounts = np.array([amount for _, amount in needs])
        low, high = self.low[columns], self.high[columns]
        costs = np.where(amounts > 0, -1.0, 1.0)
        ends = np.maximum(low, np.minimum(amounts, 0.0)), np.minimum(high, np.maximum(amounts, 0.0))
        self.solver.changeColsBounds(len(columns), columns, *ends)
        self.solver.changeColsCost(len(columns), columns, costs)
        self._run()
        move = np.array(self.solver.getSolution().col_value) if self.solved else np.zeros(self.count)
        self.solver.changeColsCost(len(columns), columns, np.zeros(len(columns)))
        self.solver.changeColsBounds(len(columns), columns, low, high)
        return move

    def cut(self, need: Need, slopes: np.ndarray) -> Cut | None:
        return capacity_cut(self.task, abs(need[1]), slopes)

    def _run(self) -> None:
        self.solver.run()
        self.solves += 1
        self.solved = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal

    def _solver(self) -> highspy.Highs:
        task, model = self.task, highspy.HighsLp()
        model.num_row_, model.num_col_ = task.matrix.shape
        model.col_cost_ = np.zeros(self.count)
        model.col_lower_ = model.col_upper_ = np.zeros(self.count)
        model.row_lower_ = model.row_upper_ = np.zeros(task.matrix.shape[0])
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = task.matrix.indptr, task.matrix.indices
        model.a_matrix_.value_ = task.matrix.data
        solver = quiet()
        for option, value in PRIMAL:
            solver.setOptionValue(option, value)
        solver.passModel(model)
        return solver


def broken(
    separation: Separation, chosen: np.ndarray, needs: list[Need], enough: int
) -> tuple[list[Cut], set[Need], set[Need]]:
    """Cuts that a choice in parts breaks, about so many; the needs with cuts, and those found met."""
    task = separation.task
    softened = np.where(task.open, 1.0, np.maximum(chosen, CORE))
    cuts: list[Cut] = []
    hit: set[Need] = set()
    met: set[Need] = set()
    for alike in _alike(needs):
        separation.bound(softened, abs(alike[0][1]))
        if len(alike) > 2 * FEW:
            met.update(_reached(separation.together(alike), alike))
        for need in alike:
            if need not in met:
                _, move, slopes = separation.reach(need)
                met.update(_reached(move, alike))
                cut = separation.cut(need, slopes) if need not in met else None
                if cut is not None and cut.missing(chosen) > VIOLATED:
                    cuts.append(cut)
                    hit.add(need)
        if len(cuts) >= enough:
            break
    return cuts, hit, met


def _alike(needs: list[Need]) -> list[list[Need]]:
    """In order, those with the same amount together, but not too many."""
    found: list[list[Need]] = []
    for need in needs:
        if found and found[-1][0][1] == need[1] and len(found[-1]) < MANY:
            found[-1].append(need)
        else:
            found.append([need])
    return found


def _reached(move: np.ndarray, needs: list[Need]) -> list[Need]:
    return [need for need in needs if move[need[0]] * np.sign(need[1]) >= abs(need[1]) - NEAR]
