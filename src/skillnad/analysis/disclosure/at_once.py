"""Many needs in one linear programme: the first safe choice of a large system, found in seconds and dear.

Every need may be met in part, at a price above that of all gaps it could take; so the programme always has an answer,
and what it leaves unmet is asked again without the rest, which it may have stood in the way of.
"""

from collections.abc import Sequence

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, vstack

from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.programme import HIDDEN_COST, INFINITE, Need, quiet
from skillnad.analysis.disclosure.system import System
from skillnad.analysis.disclosure.witnesses import ZERO

UNMET = 200.0
"""What it costs to leave a need unmet by one."""


class AtOnce:
    """Moves that meet many needs of one direction. Column i raises movable cell i, column i + n lowers it, and the
    last ones are what is left unmet."""

    def __init__(self, told: System, needs: Needs, costs: np.ndarray) -> None:
        self.size, self.costs = len(told.cells), costs
        self.places = np.flatnonzero(needs.movable)
        self.column = np.full(self.size, -1)
        self.column[self.places] = np.arange(len(self.places))
        kept = csc_array(csc_array(told.matrix)[:, self.places])
        self.relations = csc_array(hstack([kept, -kept]))
        rise = (needs.ceiling - told.values)[self.places]
        room = np.maximum(0.0, told.values - needs.floor)[self.places]
        self.most = np.concatenate([np.where(np.isfinite(rise), np.maximum(0.0, rise), INFINITE), room])

    def move(self, needs: Sequence[Need], hidden: np.ndarray) -> np.ndarray:
        """The cheapest move that meets as many of the needs as can be met together; all up, or all down.

        `hidden`: a mask over the system's cells. Rounded in whole or not at all: a line has hundreds of cells.
        """
        solver = quiet()
        solver.setOptionValue("presolve", "on")
        solver.setOptionValue("solver", "ipm")
        solver.passModel(self._model(needs, hidden))
        solver.run()
        move = np.zeros(self.size)
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            columns, count = np.array(solver.getSolution().col_value), len(self.places)
            move[self.places] = columns[:count] - columns[count : 2 * count]
        whole = np.round(move)
        return whole if np.abs(move - whole).max(initial=0) < ZERO else move

    def _model(self, needs: Sequence[Need], hidden: np.ndarray) -> highspy.HighsLp:
        count, many, lines = len(self.places), len(needs), self.relations.shape[0]
        price = np.where(hidden, HIDDEN_COST, self.costs)[self.places]
        matrix = csc_array(vstack([hstack([self.relations, csr_array((lines, many))]), self._asked(needs)]))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = 2 * count + many, lines + many
        model.col_cost_ = np.concatenate([price, price, np.full(many, UNMET)])
        model.col_lower_ = np.zeros(2 * count + many)
        model.col_upper_ = np.concatenate([self.most, np.full(many, INFINITE)])
        model.row_lower_ = np.concatenate([np.zeros(lines), [abs(amount) for _, amount in needs]])
        model.row_upper_ = np.concatenate([np.zeros(lines), np.full(many, INFINITE)])
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
        model.a_matrix_.value_ = matrix.data
        return model

    def _asked(self, needs: Sequence[Need]) -> csr_array:
        """How far each needed cell moves its way, and what is left."""
        many, rows = len(needs), np.arange(len(needs))
        column = self.column[[place for place, _ in needs]]
        sign = np.sign([amount for _, amount in needs])
        data = np.concatenate([sign, -sign, np.ones(many)])
        columns = np.concatenate([column, column + len(self.places), 2 * len(self.places) + rows])
        return csr_array((data, (np.tile(rows, 3), columns)), shape=(many, 2 * len(self.places) + many))
