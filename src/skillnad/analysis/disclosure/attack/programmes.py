"""Equations as programmes for HiGHS (Huangfu and Hall 2018): of any numbers, and of whole ones."""

import highspy
import numpy as np
from scipy.sparse import csc_array, vstack

from skillnad.analysis.disclosure.attack.equations import Equations

MOST_NODES = 500
"""So much is tried for one end in whole numbers; where it is not enough the end is only known to lie further in."""


def quiet() -> highspy.Highs:
    """A solver that says nothing, keeps to one thread, and gives the same answer each time."""
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, value)
    return solver


def continuous(told: Equations) -> highspy.HighsLp:
    """Sums and shares as rows, unknown cells as columns; nothing is sought yet."""
    matrix = csc_array(vstack([told.sums, told.parts]))
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = np.zeros(matrix.shape[1])
    model.col_lower_, model.col_upper_ = told.floor, told.ceiling
    model.row_lower_ = np.concatenate([told.right, told.low])
    model.row_upper_ = np.concatenate([told.right, told.high])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    return model


def whole_end(told: Equations, column: int, *, upward: bool) -> float:
    """The least or the most of one unknown among tables of whole numbers; where the search stops, a bound of it."""
    model = continuous(told)
    cost = np.zeros(model.num_col_)
    cost[column] = -1.0 if upward else 1.0
    model.col_cost_ = cost
    model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
    solver = quiet()
    solver.setOptionValue("mip_max_nodes", MOST_NODES)
    solver.passModel(model)
    solver.run()
    return float(solver.getInfo().mip_dual_bound) * (-1.0 if upward else 1.0)
