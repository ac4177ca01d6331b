"""A reader of one protected table: its shown counts and what adds up in it, with a model that the auditor makes itself.

The model is made of the protected table and of nothing else. It knows less than the one that the table was protected
by (of values that overlap only that none is more than those who have one, and that they are together no less), so that
a number that tells something is more often found, never less.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from skillnad.analysis.comparisons.questions import Paired
from skillnad.analysis.disclosure.derived.facts import Cell, Terms
from skillnad.analysis.disclosure.derived.numbers import How, number_of
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.questions import Flow, Share
from skillnad.analysis.results import NO, TOTAL, YES, Axis, Key, LevelKind, ProtectedTable
from skillnad.analysis.selection import selection_of

PLAIN = "plain"
"""What the counts are called of the table that another is made of."""
WITHIN = (("part", "whole"), ("part", "answered"), ("answered", "asked"), ("part", "asked"))
"""Counts of which the first is never more than the second."""
OF_ROWS = (PLAIN, "count", "open", "clients", "whole", "asked", "answered")
"""Counts of which a gap is at least what the policy says. Of others, as how many hold it in a group that is hidden, a
gap may be nothing."""

Row = tuple[dict[Cell, float], float, float]


class Reader:
    """What one who sees the table's counts knows of sums of them."""

    def __init__(self, table: ProtectedTable, policy: Policy, plain: ProtectedTable | None = None) -> None:
        """`plain` is the protected table that a comparison is made of: its reader is taken to have that too."""
        self.cells = {(name, key): value for name in counts_of(table) for key, value in table.cells[name].items()}
        relations = list(_relations(table, self.cells))
        if plain is not None:
            own = {(PLAIN, key): value for key, value in plain.cells["count"].items()}
            relations += [_renamed(row) for row in _along_all(plain, "count")]
            relations += links(table, plain)
            self.cells |= own
        gaps = [cell for cell, value in self.cells.items() if value is None]
        self.column = {cell: place for place, cell in enumerate(gaps)}
        low = [policy.gap_floor if name in OF_ROWS else 0 for name, _ in gaps]
        self.bounds = Bounds(np.array(low, dtype=float), np.inf)
        self.rows = [row for row in relations if any(cell in self.column for cell in row[0])]
        self.agrees = self._constraint()

    def knows(self, terms: Terms) -> float | None:
        """A sum of which every cell is shown."""
        told = [(self.cells[cell], factor) for cell, factor in terms]
        return None if any(value is None for value, _ in told) else sum((value or 0) * by for value, by in told)

    def interval(self, terms: Terms) -> tuple[float, float]:
        """From the least to the most that a sum of counts can be, in whole numbers; infinite where there is no end."""
        shown = sum((self.cells[cell] or 0) * factor for cell, factor in terms if cell not in self.column)
        cost = np.zeros(len(self.column))
        for cell, factor in terms:
            if cell in self.column:
                cost[self.column[cell]] += factor
        return shown + self._least(cost), shown - self._least(-cost)

    def _least(self, cost: np.ndarray) -> float:
        if not cost.any():
            return 0.0
        found = milp(cost, constraints=self.agrees, bounds=self.bounds, integrality=np.ones(len(cost)))
        return float(found.fun) if found.success else -np.inf

    def _constraint(self) -> list[LinearConstraint]:
        if not self.rows:
            return []
        entries = [
            (row, self.column[cell], factor)
            for row, (terms, _, _) in enumerate(self.rows)
            for cell, factor in terms.items()
            if cell in self.column
        ]
        known = [sum((self.cells[cell] or 0) * by for cell, by in terms.items()) for terms, _, _ in self.rows]
        rows, columns, data = zip(*entries, strict=True)
        matrix = csr_array((data, (rows, columns)), shape=(len(self.rows), len(self.column)))
        low = np.array([row[1] for row in self.rows]) - known
        high = np.array([row[2] for row in self.rows]) - known
        return [LinearConstraint(matrix, low, high)]


def counts_of(table: ProtectedTable) -> list[str]:
    found = ((measure.id, number_of(measure.id)) for measure in table.measures)
    return [name for name, number in found if number and number.how is How.COUNT]


def _relations(table: ProtectedTable, cells: dict[Cell, int | float | None]) -> Iterator[Row]:
    for name in counts_of(table):
        yield from _along_all(table, name)
    for less, more in WITHIN:
        for key in table.cells.get(less, {}):
            if (more, key) in cells:
                yield {(less, key): 1.0, (more, key): -1.0}, -np.inf, 0.0


def _along_all(table: ProtectedTable, name: str) -> Iterator[Row]:
    """Of a flow nothing: its own axes add up in ways of their own, and nothing stands beside its counts."""
    for place, axis in enumerate(table.axes if not isinstance(table.question, Flow) else ()):
        yield from _along(table, name, place, axis)


def _renamed(row: Row) -> Row:
    return {(PLAIN, key): factor for (_, key), factor in row[0].items()}, row[1], row[2]


def links(table: ProtectedTable, plain: ProtectedTable) -> Iterator[Row]:
    """The four of a pair are sums of the plain table, where the first judgement stands by the levels of the second."""
    if not isinstance(table.question, Paired):
        return
    codes = [level.code for level in plain.axes[1].levels if level.kind is LevelKind.VALUE]
    second = [code for code in codes if code in table.question.second.codes]
    lacks = [code for code in codes if code not in second]
    four = zip(("both", "only_first", "only_second", "neither"), product((YES, NO), (second, lacks)), strict=True)
    for name, (first, levels) in four:
        for key in table.cells[name]:
            yield {(name, key): -1.0, **{(PLAIN, (first, code, *key)): 1.0 for code in levels}}, 0.0, 0.0


def _along(table: ProtectedTable, name: str, place: int, axis: Axis) -> Iterator[Row]:
    """The levels of each line add up to its total, or are no more than it."""
    overlap = axis.multiple or (_of_people(table, name) and not (isinstance(table.question, Share) and not place))
    for rest in _lines(table.axes, place):
        levels = [(name, (*rest[:place], level.code, *rest[place + 1 :])) for level in axis.levels]
        present = [cell for cell in ((name, rest), *levels) if cell[1] in table.cells[name]]
        if len(present) != 1 + len(levels):
            continue
        if not overlap:
            yield {(name, rest): -1.0, **dict.fromkeys(levels, 1.0)}, 0.0, 0.0
            continue
        alone = [] if _of_people(table, name) else _alone(levels, axis)
        for level in levels:
            yield {level: 1.0, **dict.fromkeys(alone, 1.0), (name, rest): -1.0}, -np.inf, 0.0
        yield {(name, rest): -1.0, **dict.fromkeys(_once(levels, axis), 1.0)}, 0.0, np.inf


def _once(levels: Sequence[Cell], axis: Axis) -> list[Cell]:
    """Without the level of all that have a value, which stands for the others."""
    return [cell for cell, level in zip(levels, axis.levels, strict=True) if level.kind is not LevelKind.ANY]


def _alone(levels: Sequence[Cell], axis: Axis) -> list[Cell]:
    """Those that have no value overlap with nobody: what is missing, and a "don't know" where there is one."""
    unknown = [cell for cell, level in zip(levels, axis.levels, strict=True) if level.kind is LevelKind.UNKNOWN]
    missing = [cell for cell, level in zip(levels, axis.levels, strict=True) if level.kind is LevelKind.MISSING]
    return missing + (unknown if len(unknown) == 1 else [])


def _of_people(table: ProtectedTable, name: str) -> bool:
    """One person can be in several levels."""
    return name == "clients" or selection_of(table.question).people


def _lines(axes: tuple[Axis, ...], place: int) -> Iterator[Key]:
    codes = [(TOTAL,) if at == place else (TOTAL, *(lv.code for lv in axis.levels)) for at, axis in enumerate(axes)]
    return product(*codes)
