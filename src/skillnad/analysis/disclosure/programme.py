"""The linear programme of one move: how the hidden cells can change together so that every shown number stays true.

HiGHS (Huangfu and Hall 2018) keeps its basis between moves: only bounds and costs change.
"""

from collections.abc import Sequence

import highspy
import numpy as np
from scipy.sparse import csc_array, hstack

from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.system import System
from skillnad.analysis.disclosure.witnesses import ZERO
from skillnad.analysis.disclosure.work import Work

Need = tuple[int, float]
"""A cell's place, and how far it must be able to move (down where negative)."""
INFINITE = highspy.kHighsInf
HIDDEN_COST = 1e-3
"""What it costs to use a cell that is hidden already: next to nothing, but it keeps moves short."""

TRIES = 2
"""So many times a move is sought again with what it uses only in part made dearer."""
STEEPEST = 20.0
AFRESH = (("simplex_scale_strategy", 0), ("dual_simplex_cost_perturbation_multiplier", 0.0))
"""Relations are of ones, and a start that is known to be dual feasible needs no costs but the true ones."""


class Moves:
    """Least-cost moves. Column i raises movable cell i, column i + n lowers it; the relations hold the sum at 0.

    `afresh`: each move is sought from no move at all, and not from the last one. That no cell moves is the cheapest of
    all until something is asked for, and is near a move of few cells: in a system of thousands, where moves have little
    to do with each other, a third of the work.
    """

    def __init__(
        self, told: System, needs: Needs, work: Work, costs: np.ndarray | None = None, *, afresh: bool = False
    ) -> None:
        self.work, self.afresh = work, afresh
        self.places = np.flatnonzero(needs.movable)
        self.count = len(self.places)
        self.size = len(told.cells)
        self.column = {int(place): column for column, place in enumerate(self.places)}
        self.room = np.maximum(0.0, (told.values - needs.floor)[self.places])
        self.raised = np.minimum(INFINITE, (needs.ceiling - told.values)[self.places])
        self.costs = (prices(told) if costs is None else costs)[self.places]
        self.hidden = np.zeros(self.count, dtype=bool)
        self.solver = _solver(told, self)
        for option, value in AFRESH if afresh else ():
            self.solver.setOptionValue(option, value)

    def hide(self, place: int) -> None:
        column = self.column[place]
        self.hidden[column] = True
        self._price(np.array([column]), np.array([HIDDEN_COST]))

    def show(self, place: int) -> None:
        """The cell is told: no move may change it."""
        self._bound(place, 0.0, 0.0)

    def free(self, place: int) -> None:
        """The cell may move again."""
        column = self.column[place]
        self._bound(place, float(self.raised[column]), float(self.room[column]))

    def cheapest(self, place: int, amount: float) -> np.ndarray | None:
        """The cheapest move that changes one cell by `amount` (down where negative), or None where there is none."""
        return self.together([(place, amount)])

    def fewest(self, place: int, amount: float, tries: int = TRIES) -> np.ndarray | None:
        """As `cheapest`, where a cell costs the same however far it moves: what was used in part only is made dearer in
        proportion, and the move sought again (slope scaling: Kim and Pardalos 1999)."""
        move = best = self.cheapest(place, amount)
        dearer = np.zeros(self.count, dtype=bool)
        for _ in range(tries):
            used = self._hides(move)
            if move is None or used.sum() < 2:
                break
            steeper = np.clip(abs(amount) / np.abs(move[self.places[used]]), 1.0, STEEPEST)
            self._price(np.flatnonzero(used), self.costs[used] * steeper)
            dearer |= used
            move = self.cheapest(place, amount)
            if self._hiding(move) < self._hiding(best) - ZERO:
                best = move
        self._price(np.flatnonzero(dearer), self.costs[dearer])
        return best

    def _hides(self, move: np.ndarray | None) -> np.ndarray:
        """Columns that the move would hide."""
        return np.zeros(self.count, dtype=bool) if move is None else (np.abs(move[self.places]) > ZERO) & ~self.hidden

    def _hiding(self, move: np.ndarray | None) -> float:
        return INFINITE if move is None else float(self.costs[self._hides(move)].sum())

    def _price(self, columns: np.ndarray, costs: np.ndarray) -> None:
        both = np.concatenate([columns, columns + self.count]).astype(np.int32)
        self.solver.changeColsCost(len(both), both, np.concatenate([costs, costs]))

    def together(self, needs: Sequence[Need]) -> np.ndarray | None:
        """The cheapest move that changes several cells by their amounts at once, or None where there is none."""
        if any(self.room[self.column[place]] < -amount for place, amount in needs):
            return None
        self.work.solve(2 * self.count)
        for place, amount in needs:
            column = self.column[place]
            up, down = max(amount, 0.0), max(-amount, 0.0)
            self.solver.changeColBounds(column, up, up)
            self.solver.changeColBounds(column + self.count, down, down)
        if self.afresh:
            self.solver.clearSolver()
        self.solver.run()
        solved = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        move = self._move() if solved else None
        for place, _ in needs:
            self.free(place)
        return move

    def _move(self) -> np.ndarray:
        columns = np.array(self.solver.getSolution().col_value)
        move = np.zeros(self.size)
        move[self.places] = columns[: self.count] - columns[self.count :]
        return whole_where_near(move)

    def _bound(self, place: int, up: float, down: float) -> None:
        column = self.column[place]
        self.solver.changeColBounds(column, 0.0, up)
        self.solver.changeColBounds(column + self.count, 0.0, down)


def whole_where_near(move: np.ndarray) -> np.ndarray:
    """Without the solver's rounding: counts move by whole ones, or by parts that are well apart from them."""
    nearest = np.round(move)
    return np.where(np.abs(move - nearest) < ZERO, nearest, move)


def prices(told: System) -> np.ndarray:
    """What it costs to hide each cell: more for larger counts, and next to nothing for what is not shown anyway."""
    return np.where(told.latent, HIDDEN_COST, np.log2(2 + told.values))


def _solver(told: System, moves: Moves) -> highspy.Highs:
    kept = csc_array(told.matrix[:, moves.places])
    both = csc_array(hstack([kept, -kept]))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = 2 * moves.count, kept.shape[0]
    model.col_cost_ = np.concatenate([moves.costs, moves.costs])
    model.col_lower_ = np.zeros(2 * moves.count)
    model.col_upper_ = np.concatenate([moves.raised, moves.room])
    model.row_lower_ = model.row_upper_ = np.zeros(kept.shape[0])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = both.indptr, both.indices, both.data
    solver = quiet()
    solver.passModel(model)
    return solver


def quiet() -> highspy.Highs:
    """A solver that says nothing, keeps to one thread, and gives the same answer each time."""
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("random_seed", 0)):
        solver.setOptionValue(option, value)
    return solver
