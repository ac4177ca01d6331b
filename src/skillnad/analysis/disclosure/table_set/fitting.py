"""Numbers that nobody here knows, made to fit those that are known."""

from collections.abc import Mapping, Sequence

import highspy
import numpy as np
from scipy.sparse import csc_array

from skillnad.analysis.disclosure.programme import INFINITE, quiet
from skillnad.analysis.disclosure.system import Name, Relation

SECONDS = 20.0


def fitted(
    known: Mapping[Name, float], unknown: Mapping[Name, float], relations: Sequence[Relation]
) -> dict[Name, float] | None:
    """All of them, the unknown as small as can be together: whole numbers, each at least what `unknown` says of it.
    None where there are no such numbers, or none was found."""
    order = sorted(unknown)
    closed = [told for told in relations if not any(name in unknown for name, _ in told)]
    if any(sum(known[name] * sign for name, sign in told) for told in closed):
        return None
    if not order:
        return dict(known)
    solver = quiet()
    solver.setOptionValue("time_limit", SECONDS)
    solver.passModel(_model(known, unknown, order, relations))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    found = np.rint(solver.getSolution().col_value)
    return {**known, **{name: float(value) for name, value in zip(order, found, strict=True)}}


def _model(
    known: Mapping[Name, float], unknown: Mapping[Name, float], order: Sequence[Name], relations: Sequence[Relation]
) -> highspy.HighsLp:
    column = {name: place for place, name in enumerate(order)}
    open_ = [relation for relation in relations if any(name in column for name, _ in relation)]
    entries = [(row, column[name], sign) for row, told in enumerate(open_) for name, sign in told if name in column]
    right = np.array([-sum(known[name] * sign for name, sign in told if name not in column) for told in open_])
    rows, columns, data = zip(*entries, strict=True) if entries else ((), (), ())
    matrix = csc_array((data, (rows, columns)), shape=(len(open_), len(order)), dtype=float)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = np.ones(len(order))
    model.col_lower_ = np.array([unknown[name] for name in order])
    model.col_upper_ = np.full(len(order), INFINITE)
    model.row_lower_ = model.row_upper_ = right
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(order)
    return model
