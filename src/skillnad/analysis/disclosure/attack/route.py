"""Why something follows: the fewest shown numbers that give it.

A bound of an unknown is a combination of the sums that holds it (the certificate of linear programming, Farkas 1902):
what is left over must be gaps that are at least or at most something. Of all combinations that prove as much, the one
with the least sum of factors is told, which is nearly the shortest.
"""

from collections import defaultdict
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from skillnad.analysis.disclosure.attack.equations import Equations
from skillnad.analysis.disclosure.attack.model import Model
from skillnad.analysis.disclosure.attack.programmes import quiet
from skillnad.analysis.disclosure.attack.published import Place, Statement

SMALL = 1e-6
SLACK = 1e-7
"""So much may an end be off by, of which no whole number is."""
LONG = 1e-3
"""What it adds to a route's length to lean on what a gap is at least."""


@dataclass(frozen=True)
class Term:
    """A number in the sum, and whose it is; `limit`: not shown, but a gap that is known to be at least (most) so much.
    `share`: it was printed as a share."""

    factor: float
    count: int
    people: Place
    limit: bool = False
    share: bool = False


@dataclass(frozen=True)
class Route:
    """`upward`: the terms add up to the most that it can be; None: to what it is."""

    terms: tuple[Term, ...]
    upward: bool | None

    @property
    def value(self) -> float:
        return sum(term.factor * term.count for term in self.terms)


def exact_route(model: Model, told: Equations, column: int) -> Route | None:
    """Of sums alone."""
    found = _Certificates(told, column).shortest(None, None)
    return None if found is None else Route(tuple(_terms(model, told, found)), None)


def end_route(model: Model, told: Equations, column: int, end: float, *, upward: bool) -> Route | None:
    """Why an unknown is at most (least) `end`, which is that of the linear programme."""
    found = _Certificates(told, column).shortest(end, upward)
    return None if found is None else Route(tuple(_terms(model, told, found)), upward)


@dataclass(frozen=True)
class _Found:
    """Factors: of sums by row, of shares by row, and of what unknowns are at least or at most."""

    sums: dict[int, float]
    shares: dict[int, float]
    floors: dict[int, float]
    ceilings: dict[int, float]


class _Certificates:
    """The combinations of what stands together with one unknown."""

    def __init__(self, told: Equations, column: int) -> None:
        self.told, self.column = told, column
        self.rows, self.share_rows, self.columns = _beside(told, column)
        self.sums = csr_array(told.sums[self.rows, :][:, self.columns])
        self.parts = csr_array(told.parts[self.share_rows, :][:, self.columns])
        self.right = told.right[self.rows]

    def shortest(self, end: float | None, upward: bool | None) -> _Found | None:
        """With `end` None no gap's limits may be leaned on."""
        turn = 1.0 if upward or upward is None else -1.0
        wanted = turn * (self.columns == self.column)
        across, worth, length = self._parts(turn)
        solver = self._solver(across, worth, length, wanted, None if end is None else turn * end + SLACK)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return self._found(np.array(solver.getSolution().col_value), turn)

    def _parts(self, turn: float) -> tuple[csc_array, np.ndarray, np.ndarray]:
        """Columns: sums, sums turned, shares' upper ends, shares' lower ends, ceilings, floors. Each says that so much
        of the unknowns is at most its worth."""
        told, columns = self.told, self.columns
        high, low = told.high[self.share_rows], told.low[self.share_rows]
        ceiling, floor = told.ceiling[columns], told.floor[columns]
        one = eye_array(len(columns), format="csr")
        across = csc_array(hstack([self.sums.T, -self.sums.T, self.parts.T, -self.parts.T, one, -one]))
        shown, leaned_on = np.concatenate([self.right, -self.right, high, -low]), np.append(ceiling, -floor)
        length = np.append(np.ones(len(shown)), np.full(len(leaned_on), LONG))
        return across, np.append(shown, leaned_on), length

    def _solver(
        self, across: csc_array, worth: np.ndarray, length: np.ndarray, wanted: np.ndarray, allowed: float | None
    ) -> highspy.Highs:
        """Least length, with the unknown as the combination, worth no more than is allowed."""
        sums = 2 * len(self.rows)
        usable = np.isfinite(worth) & ((np.arange(len(worth)) < sums) | (allowed is not None))
        worth = np.where(usable, worth, 0.0)
        rows = csc_array(vstack([across, csr_array(worth[None, :])]))
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = rows.shape
        model.col_cost_ = length
        model.col_lower_, model.col_upper_ = np.zeros(len(worth)), np.where(usable, highspy.kHighsInf, 0.0)
        model.row_lower_ = np.append(wanted, -highspy.kHighsInf)
        model.row_upper_ = np.append(wanted, highspy.kHighsInf if allowed is None else allowed)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
        solver = quiet()
        solver.passModel(model)
        return solver

    def _found(self, factors: np.ndarray, turn: float) -> _Found:
        sums, shares, columns = len(self.rows), len(self.share_rows), len(self.columns)
        cuts = np.cumsum([sums, sums, shares, shares, columns, columns])
        up, down, high, low, ceilings, floors = np.split(turn * factors, cuts[:-1])
        return _Found(
            _some(self.rows, up - down), _some(self.share_rows, high - low), _some(self.columns, -floors),
            _some(self.columns, ceilings),
        )  # fmt: skip


def _some(places: np.ndarray, factors: np.ndarray) -> dict[int, float]:
    return {int(places[at]): float(factors[at]) for at in np.flatnonzero(np.abs(factors) > SMALL)}


def _beside(told: Equations, column: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows and columns that hang together with one unknown."""
    rows = csr_array(vstack([told.sums, told.parts]))
    both = csr_array(rows.T @ rows != 0)
    _, part = connected_components(both, directed=False)
    columns = np.flatnonzero(part == part[column])
    near = np.asarray((rows[:, columns] != 0).sum(axis=1)).ravel() > 0
    return np.flatnonzero(near[: told.sums.shape[0]]), np.flatnonzero(near[told.sums.shape[0] :]), columns


def _terms(model: Model, told: Equations, found: _Found) -> list[Term]:
    """The shown numbers with what factor each counts in all, largest first, and then what was known of gaps."""
    factors: dict[int, float] = defaultdict(float)
    for row, factor in found.sums.items():
        whole, parts = model.lines[told.lines[row]]
        for cell, sign in ((whole, 1.0), *((part, -1.0) for part in parts)):
            factors[cell] += sign * factor
    shown = ((cell, factor) for cell, factor in factors.items() if abs(factor) > SMALL)
    terms = [
        Term(factor, count, named(model, cell), share=model.cells[cell].share is not None)
        for cell, factor in sorted(shown, key=lambda each: (-each[1], each[0]))
        if (count := model.cells[cell].count)
    ]
    for limits, known in ((found.floors, told.floor), (found.ceilings, told.ceiling)):
        for column, factor in sorted(limits.items()):
            if known[column]:
                place = named(model, int(told.cells[column]))
                terms.append(Term(factor, int(known[column]), place, limit=True))
    for row in sorted(found.shares):
        terms.append(Term(0.0, 0, named(model, told.shares[row].cell), share=True))
    return terms


def named(model: Model, cell: int) -> Place:
    """A cell by the row that shows it, or by what its sets are called."""
    said: list[Statement] = model.cells[cell].said
    return said[0].people if said else model.universe.words(model.cells[cell].key)
