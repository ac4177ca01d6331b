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
    """The choice with what the cheapest whole moves need more, where its own cells have none, as long as there is time.
    Values must be whole."""
    chosen = chosen.copy()
    if chosen.sum() > MOST or (task.value % 1).any():
        return chosen
    waiting = in_parts(task, moves)
    while waiting and left() > 0:
        need, *waiting = waiting
        move, none = _whole_move(task, chosen > 0.5, need, chosen, min(EACH, left()))
        if none and left() > 0:
            move, _ = _whole_move(task, np.ones(len(chosen), dtype=bool), need, chosen, min(EACH, left()))
        if move is not None:
            chosen[np.abs(move) > 0.5] = 1.0
            waiting = [each for each in waiting if move[each[0]] * np.sign(each[1]) < abs(each[1]) - NEAR]
    return chosen


def _whole_move(
    task: Task, free: np.ndarray, need: Need, chosen: np.ndarray, seconds: float
) -> tuple[np.ndarray | None, bool]:
    """The cheapest of the `free` columns that meets the need, where a hidden cell costs next to nothing; and whether it
    is known that there is none."""
    solver = quiet()
    solver.setOptionValue("presolve", "on")
    solver.setOptionValue("time_limit", seconds)
    solver.passModel(_programme(task, free, need, chosen))
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None, solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    told, count = np.round(np.array(solver.getSolution().col_value)), len(chosen)
    return told[:count] - told[count:], False


def _programme(task: Task, free: np.ndarray, need: Need, chosen: np.ndarray) -> highspy.HighsLp:
    count, (place, amount) = len(chosen), need
    both = csc_array(hstack([task.matrix, -task.matrix]))
    cost = np.where(chosen > 0.5, HIDDEN_COST, task.cost + HIDDEN_COST)
    low, high = np.zeros(2 * count), np.where(np.tile(free, 2), np.concatenate([task.most, task.room]), 0.0)
    own, against = (place, place + count) if amount > 0 else (place + count, place)
    low[own], high[own], high[against] = abs(amount), max(abs(amount), high[own]), 0.0
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = both.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = np.concatenate([cost, cost]), low, np.floor(high)
    model.row_lower_ = model.row_upper_ = np.zeros(both.shape[0])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = both.indptr, both.indices, both.data
    model.integrality_ = [highspy.HighsVarType.kInteger] * (2 * count)
    return model
