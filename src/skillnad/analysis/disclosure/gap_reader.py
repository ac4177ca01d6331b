"""A reader of the shown cells of a system: looks for tables that agree with all that is shown, and remembers how far
they were seen to go."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array

from skillnad.analysis.disclosure.known import Bounds, even_bounds
from skillnad.analysis.disclosure.system import Name, System
from skillnad.analysis.disclosure.work import Work

NEAR = 1e-6
MANY = 2_000
"""From so many unknowns on, tables are sought by an interior point method, which needs no basis."""
BEYOND = 0.25
"""And a little past the end: a point of the interior stops short of it."""
WIDE = 100.0
"""A reader looks no further than twice a cell's value and this: a narrower view only objects more."""


class Reader:
    """A reader of the shown cells, who knows the relations, and of a gap that it is at least `floor`; or the bounds
    that are given."""

    def __init__(self, told: System, hidden: Collection[Name], floor: float | Bounds, work: Work | None = None) -> None:
        self.told, self.work = told, work
        self.bounds = bounds_of(told, floor)
        self.unknown = _unknown(told, told.latent | np.array([cell.name in hidden for cell in told.cells], dtype=bool))
        self.column = {told.cells[place].name: column for column, place in enumerate(self.unknown)}
        self.left = _left(told, self.unknown)
        self.value = told.values[self.unknown]
        self.least = self.bounds.floor[self.unknown]
        self.most = np.minimum(self.bounds.ceiling[self.unknown], 2 * self.value + WIDE)
        self.low, self.high = self.value.copy(), self.value.copy()
        self.tables: list[np.ndarray] = [self.value]

    def see(self, moves: csr_array) -> None:
        """Other tables, each as what it differs by. One that does not agree with all that is shown tells nothing."""
        told = np.ones(moves.shape[1], dtype=bool)
        told[self.unknown] = False
        changes = csr_array(moves[:, self.unknown]).tocoo()
        seen = changes.data + self.value[changes.col]
        wrong = (seen < self.least[changes.col] - NEAR) | (seen > self.most[changes.col] + NEAR)
        agree = (abs(moves) @ told.astype(float) <= NEAR) & (np.bincount(changes.row[wrong], None, moves.shape[0]) == 0)
        broken = (csr_array(self.left) @ changes.T).tocoo()
        agree[broken.col[np.abs(broken.data) > NEAR]] = False
        kept = agree[changes.row]
        np.minimum.at(self.low, changes.col[kept], seen[kept])
        np.maximum.at(self.high, changes.col[kept], seen[kept])

    def look(self, names: Collection[Name], upward: bool) -> None:
        """Find a table that agrees with all that is shown, with these cells together as large (small) as can be."""
        if self.column:
            self._solve(np.array([self.column[name] for name in names], dtype=np.int32), upward)

    def reach(self, ends: Mapping[Name, float], upward: bool) -> None:
        """The same, where no cell is let past its own end: so one table serves as many cells as it can."""
        columns = np.array([self.column[name] for name in ends], dtype=np.int32)
        beyond = 0.0 if len(self.column) < MANY else BEYOND if upward else -BEYOND
        low, high, wanted = self.least[columns], self.most[columns], np.array(list(ends.values())) + beyond
        if upward:
            self.solver.changeColsBounds(len(columns), columns, low, np.clip(wanted, self.value[columns], high))
        else:
            self.solver.changeColsBounds(len(columns), columns, np.clip(wanted, low, self.value[columns]), high)
        self._solve(columns, upward)
        self.solver.changeColsBounds(len(columns), columns, low, high)

    def _solve(self, columns: np.ndarray, upward: bool) -> None:
        if self.work:
            self.work.solve(len(self.column))
        cost = np.zeros(len(self.column))
        cost[columns] = -1.0 if upward else 1.0
        self.solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self.solver.run()
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            self._take(np.array(self.solver.getSolution().col_value))

    def _take(self, seen: np.ndarray) -> None:
        """A table, once it is tried."""
        agrees = np.abs(self.left @ (seen - self.value)).max(initial=0) <= NEAR
        if agrees and (seen >= self.least - NEAR).all() and (seen <= self.most + NEAR).all():
            self.low, self.high = np.minimum(self.low, seen), np.maximum(self.high, seen)
            self.tables.append(seen)

    def know(self, columns: Sequence[int], *, known: bool = True) -> None:
        """Someone knows these; or they are forgotten again."""
        for column in columns:
            ends = (self.value[column],) * 2 if known else (self.least[column], self.most[column])
            self.solver.changeColBounds(int(column), *map(float, ends))

    def moved(self, tables: Sequence[np.ndarray], but_not: Sequence[int] = ()) -> set[int]:
        """The columns that some of the tables move, of those that leave some as they are."""
        far = np.abs(np.array(tables).reshape(-1, len(self.value)) - self.value) > NEAR
        return set(np.flatnonzero(far[~far[:, list(but_not)].any(axis=1)].any(axis=0)).tolist())

    @cached_property
    def solver(self) -> highspy.Highs:
        """Keeps its basis from look to look: only what is sought changes."""
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = self.left.shape
        model.col_cost_ = np.zeros(len(self.value))
        model.col_lower_, model.col_upper_ = self.least, self.most
        model.row_lower_ = model.row_upper_ = self.left @ self.value
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = self.left.indptr, self.left.indices
        model.a_matrix_.value_ = self.left.data
        solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("simplex_strategy", 4)):
            solver.setOptionValue(option, value)
        if len(self.value) >= MANY:
            solver.setOptionValue("solver", "ipm")
            solver.setOptionValue("run_crossover", "off")
        solver.passModel(model)
        return solver

    def interval(self, name: Name) -> tuple[float, float]:
        """What has been seen to be possible so far; a shown cell is exactly known."""
        if name not in self.column:
            value = self.told.cells[self.told.position[name]].value
            return value, value
        return float(self.low[self.column[name]]), float(self.high[self.column[name]])

    def exact(self, name: Name) -> tuple[float, float]:
        """The whole interval of one cell, within the auditor's view."""
        if name in self.column:
            self.look([name], upward=True)
            self.look([name], upward=False)
        return self.interval(name)


def bounds_of(told: System, floor: float | Bounds) -> Bounds:
    """What gaps are known to be, of bounds or of one floor for all."""
    return floor if isinstance(floor, Bounds) else even_bounds(told, floor)


def _left(told: System, unknown: np.ndarray) -> csc_array:
    """The relations that something unknown stands in."""
    columns = csr_array(csc_array(told.matrix)[:, unknown])
    return csc_array(columns[np.flatnonzero(np.diff(columns.indptr)), :])


def _unknown(told: System, gap: np.ndarray) -> np.ndarray:
    """The gaps that are left when every relation with a single one has been solved for it, again and again."""
    gap, uses = gap.copy(), csr_array(told.matrix != 0).astype(int)
    while True:
        lone = np.flatnonzero(uses @ gap.astype(int) == 1)
        solved = np.flatnonzero((uses[lone, :].sum(axis=0) > 0) & gap) if len(lone) else lone
        if not len(solved):
            return np.flatnonzero(gap)
        gap[solved] = False
