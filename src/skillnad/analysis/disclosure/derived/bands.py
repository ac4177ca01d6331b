"""What shares within limits tell of how many ended between two limits: counts that stand in no table but follow.

Where nothing is open a share within a limit, times how many there are, is how many ended within it. A quantile tells on
which side of a limit it is, and so of at least how many are there.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from math import ceil, floor

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from skillnad.analysis.disclosure.derived.facts import Cell
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.measures import OPEN, QUANTILES, within
from skillnad.analysis.questions import Duration
from skillnad.analysis.results import TOTAL, Axis, Key, ProtectedTable
from skillnad.analysis.selection import late_entries

NEAR = 1e-6


def told_bands(tables: Sequence[ProtectedTable], policy: Policy) -> list[Cell]:
    """The cells (by the share that the band ends with) of which a reader of the tables, which are of the same rows with
    limits of their own, knows that few ended there: 1 up to the threshold. None where rows come late: their shares are
    of no whole numbers."""
    asked = [table.question for table in tables if isinstance(table.question, Duration)]
    limits = sorted({limit for question in asked for limit in question.within})
    if not limits or any(late_entries(question) for question in asked):
        return []
    reader = _Reader(tables, limits, policy)
    return [cell for cell in reader.bands() if reader.few(cell)]


class _Reader:
    """Unknown: how many ended within each limit, and how many in all."""

    def __init__(self, tables: Sequence[ProtectedTable], limits: list[int], policy: Policy) -> None:
        self.policy, self.limits = policy, limits
        self.keys = list(tables[0].cells["count"])
        self.column = {cell: at for at, cell in enumerate(product((*self.limits, None), self.keys))}
        self.low, self.high = np.zeros(len(self.column)), np.full(len(self.column), np.inf)
        for table, key in product(tables, self.keys):
            self._see(table, key)
        axes = enumerate(tables[0].axes)
        self.rows = [*self._steps(), *(row for place, axis in axes for row in self._sums(place, axis))]

    def bands(self) -> Iterator[Cell]:
        return ((within(limit) if limit is not None else "count", key) for limit, key in self.column)

    def few(self, cell: Cell) -> bool:
        """Is it known to be a small count?"""
        limits = [*self.limits, None]
        at = len(limits) - 1 if cell[0] == "count" else [within(limit) for limit in self.limits].index(cell[0])
        cost = np.zeros(len(self.column))
        cost[self.column[limits[at], cell[1]]] = 1.0
        if at:
            cost[self.column[limits[at - 1], cell[1]]] = -1.0
        return self._end(cost) > NEAR and -self._end(-cost) < self.policy.threshold - NEAR

    def _see(self, table: ProtectedTable, key: Key) -> None:
        count = table.cells["count"][key]
        self._bound(None, key, *((count, count) if count is not None else (float(self.policy.gap_floor), np.inf)))
        if count is None or table.cells.get(OPEN, {}).get(key, 0) != 0:
            return
        for limit in self.limits:
            share = table.cells.get(within(limit), {}).get(key)
            if share is not None:
                self._bound(limit, key, round(share * count), round(share * count))
        for name, part in QUANTILES.items():
            self._see_quantile(key, part, int(count), table.cells.get(name, {}).get(key))

    def _see_quantile(self, key: Key, part: float, count: int, day: int | float | None) -> None:
        """By linear interpolation between the rows on each side of place (n - 1) p."""
        if day is None:
            return
        place = (count - 1) * part
        for limit in self.limits:
            if day <= limit:
                self._bound(limit, key, floor(place) + 1, np.inf)
            if day > limit:
                self._bound(limit, key, 0, ceil(place))

    def _bound(self, limit: int | None, key: Key, low: float, high: float) -> None:
        at = self.column[limit, key]
        self.low[at], self.high[at] = max(self.low[at], low), min(self.high[at], high)

    def _steps(self) -> Iterator[tuple[np.ndarray, float, float]]:
        """As many at least within a longer limit, and all at the end."""
        limits = [*self.limits, None]
        for key in self.keys:
            for less, more in pairwise(limits):
                row = np.zeros(len(self.column))
                row[self.column[more, key]], row[self.column[less, key]] = 1.0, -1.0
                yield row, 0.0, np.inf

    def _sums(self, place: int, axis: Axis) -> Iterator[tuple[np.ndarray, float, float]]:
        if axis.multiple:
            return
        for limit, key in self.column:
            if key[place] == TOTAL:
                row = np.zeros(len(self.column))
                row[self.column[limit, key]] = -1.0
                for level in axis.levels:
                    row[self.column[limit, (*key[:place], level.code, *key[place + 1 :])]] += 1.0
                yield row, 0.0, 0.0

    def _end(self, cost: np.ndarray) -> float:
        matrix, low, high = (np.array(part) for part in zip(*self.rows, strict=True))
        bounds, whole = Bounds(self.low, self.high), np.ones(len(cost))
        found = milp(cost, constraints=LinearConstraint(matrix, low, high), bounds=bounds, integrality=whole)
        return float(found.fun) if found.success else -np.inf
