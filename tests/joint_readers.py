"""A reader of several tables who knows nothing of how they were protected: what each kind of row could be how many of.

A kind is a value of every column (a set of values where there can be several). Each shown cell says how many rows there
are of its kinds together; each gap says that there is one at least. Two programmes say the fewest and the most that a
cell can be. Nothing of `analysis.joint` has any part in it.
"""

from itertools import chain, combinations, product

import highspy
import numpy as np
from scipy.sparse import csc_array

from skillnad.analysis.questions import Count, CrossTable, Share
from skillnad.analysis.results import MISSING_LEVEL, NO, TOTAL, UNKNOWN_OUTCOME, YES
from skillnad.analysis.selection import by_of

FAR = 1e4


def kinds_of(codes, several):
    """Every kind of row, as dictionaries of tuples of codes."""
    sets = {
        name: [(MISSING_LEVEL,), *chain.from_iterable(combinations(held, n) for n in range(1, len(held) + 1))]
        for name, held in several.items()
    }
    singles = {name: [(code,) for code in held] for name, held in codes.items()}
    every = {**singles, **sets}
    return [dict(zip(every, kind, strict=True)) for kind in product(*every.values())]


def in_cell(question, axes, key, kind, unknown):
    """Is a row of the kind in the cell?"""
    if not all(set(where.codes) & set(kind[where.column]) for where in question.selection.where):
        return False
    levels = dict(zip([axis.id for axis in axes], key, strict=True))
    if isinstance(question, Share):
        code = levels.pop(f"share:{question.of.column}")
        if code not in (TOTAL, outcome(question, set(kind[question.of.column]), unknown)):
            return False
    return all(levels[column] in (TOTAL, *kind[column]) for column in by_of(question))


def outcome(share, held, unknown):
    if held & set(share.of.codes):
        return YES
    away = set(share.outside) | set(unknown.get(share.of.column, ())) | {MISSING_LEVEL}
    if held - away:
        return NO
    return UNKNOWN_OUTCOME if held - {MISSING_LEVEL} else MISSING_LEVEL


class Reader:
    """`tables` are (question, axes, shown counts by key, None for a gap)."""

    def __init__(self, tables, kinds, unknown=None):
        self.rows, self.low, self.high, self.places = [], [], [], {}
        for question, axes, shown in tables:
            assert isinstance(question, Count | CrossTable | Share)
            for key, count in shown.items():
                self.places[question, key] = len(self.rows)
                self.rows.append([in_cell(question, axes, key, kind, unknown or {}) for kind in kinds])
                self.low.append(1.0 if count is None else float(count))
                self.high.append(FAR if count is None else float(count))
        self.matrix = csc_array(np.array(self.rows, dtype=float))
        self.solver = self._solver()

    def interval(self, question, key):
        """The fewest and the most that can be in the cell."""
        row = np.array(self.rows[self.places[question, key]], dtype=float)
        return self._least(row), -self._least(-row)

    def _least(self, cost):
        self.solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return self.solver.getInfo().objective_function_value

    def _solver(self):
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = self.matrix.shape
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_, model.col_upper_ = np.zeros(model.num_col_), np.full(model.num_col_, FAR)
        model.row_lower_, model.row_upper_ = np.array(self.low), np.array(self.high)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = self.matrix.indptr, self.matrix.indices
        model.a_matrix_.value_ = self.matrix.data
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.passModel(model)
        return solver
