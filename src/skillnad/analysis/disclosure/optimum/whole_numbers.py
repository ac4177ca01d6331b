"""Counts are whole: a move in parts shows nothing to a reader who knows that. Small tables get whole moves."""

from collections.abc import Callable

import highspy
import numpy as np
from scipy.sparse import csc_array, hstack

from skillnad.analysis.disclosure.optimum.task import Task
from skillnad.analysis.disclosure.programme import HIDDEN_COST, Need, quiet

MOST = 400
"""So many unknowns at most: a programme of whole numbers may take for ever."""
EACH = 2.0
"""Seconds for one programme."""
NEAR = 1e-6


def in_parts(task: Task, moves: np.ndarray) -> list[Need]:
    """The needs that no whole move meets, of those that are known."""
    whole = moves[(np.abs(moves - np.round(moves)) < NEAR).all(axis=1)]
    up, down = whole.max(axis=0, initial=0.0), whole.min(axis=0, initial=0.0)
    return [
        (at, far)
        for at, far in task.wanted
        if far % 1 == 0 and not (up[at] >= far - NEAR if far > 0 else down[at] <= far + NEAR)
    ]


def with_whole_moves(task: Task, chosen: np.ndarray, moves: np.ndarray, left: Callable[[], float]) -> np.ndarray:
    """The choice with what the cheapest whole moves need more, as long as there is time. Values must be whole."""
    chosen = chosen.copy()
    if chosen.sum() > MOST or (task.value % 1).any():
        return chosen
    for need in in_parts(task, moves):
        if left() <= 0:
            break
        move = _whole_move(task, chosen, need, min(EACH, left()))
        if move is not None:
            chosen[np.abs(move) > 0.5] = 1.0
    return chosen


def _whole_move(task: Task, chosen: np.ndarray, need: Need, seconds: float) -> np.ndarray | None:
    """The cheapest that meets the need, where a hidden cell costs next to nothing; None where none was found."""
    count, (place, amount) = len(chosen), need
    both = csc_array(hstack([task.matrix, -task.matrix]))
    cost = np.where(chosen > 0.5, HIDDEN_COST, task.cost + HIDDEN_COST)
    low, high = np.zeros(2 * count), np.concatenate([task.most, task.room])
    own, against = (place, place + count) if amount > 0 else (place + count, place)
    low[own], high[own], high[against] = abs(amount), max(abs(amount), high[own]), 0.0
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = both.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = np.concatenate([cost, cost]), low, np.floor(high)
    model.row_lower_ = model.row_upper_ = np.zeros(both.shape[0])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = both.indptr, both.indices, both.data
    model.integrality_ = [highspy.HighsVarType.kInteger] * (2 * count)
    solver = quiet()
    solver.setOptionValue("presolve", "on")
    solver.setOptionValue("time_limit", seconds)
    solver.passModel(model)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    told = np.round(np.array(solver.getSolution().col_value))
    return told[:count] - told[count:]
