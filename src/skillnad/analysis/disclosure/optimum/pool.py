"""All cuts so far, as one sparse matrix: what a choice breaks is seen at once, without the attacker's programmes."""

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

from skillnad.analysis.disclosure.optimum.cuts import VIOLATED, Cut
from skillnad.analysis.disclosure.optimum.task import Task

TINY = 1e-3
"""What a choice costs at least, beside what it mends."""


class Pool:
    """`weights` has a row a cut and a column for each of the task's columns."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.cuts: dict[Cut, None] = {}
        self._rows = csr_array((0, len(task.value)))
        self._fresh: list[Cut] = []
        self._columns: csc_array | None = None
        self._least = np.zeros(0)

    def __len__(self) -> int:
        return len(self.cuts)

    def add(self, cuts: Iterable[Cut]) -> list[Cut]:
        """Those that are new."""
        new = [cut for cut in dict.fromkeys(cuts) if cut not in self.cuts]
        self.cuts.update(dict.fromkeys(new))
        self._fresh += new
        return new

    @property
    def weights(self) -> csr_array:
        if self._fresh:
            self._rows = csr_array(vstack([self._rows, self._matrix(self._fresh)]))
            self._least = np.append(self._least, [cut.least for cut in self._fresh])
            self._fresh, self._columns = [], None
        return self._rows

    @property
    def by_column(self) -> csc_array:
        if self._fresh or self._columns is None:
            self._columns = csc_array(self.weights)
        return self._columns

    @property
    def least(self) -> np.ndarray:
        return self._least if self.weights is not None else np.zeros(0)

    def spare(self, chosen: np.ndarray) -> np.ndarray:
        """By how much each cut is kept: negative where it is broken."""
        return np.asarray(self.weights @ chosen - self.least)

    def covered(self, chosen: np.ndarray, near: np.ndarray) -> np.ndarray:
        """The choice with more, until it breaks no cut: what mends most for its price first. `near`: parts between 0
        and 1 of the best relaxed choice, towards which is cheaper."""
        chosen = chosen.copy()
        price = self.task.cost * np.maximum(0.0, 1.0 - near) + TINY
        spare = self.spare(chosen)
        while (spare < -VIOLATED).any():
            lacking = np.where(spare < -VIOLATED, -spare, 0.0)
            broken = np.flatnonzero(lacking)
            part = self.weights[broken, :].tocoo()
            gain = np.minimum(part.data, lacking[broken][part.row])
            worth = np.bincount(part.col, np.maximum(gain, 0.0), len(chosen)) / price
            worth[chosen > 0.5] = 0.0
            best = int(worth.argmax())
            if worth[best] <= 0:
                break
            chosen[best] = 1.0
            self._shift(spare, best, 1.0)
        return chosen

    def mended(self, chosen: np.ndarray, near: np.ndarray, cut: Cut) -> np.ndarray:
        """The choice with what keeps one more cut, that need not hold of every choice."""
        chosen, lacking = chosen.copy(), cut.missing(chosen)
        price = self.task.cost * np.maximum(0.0, 1.0 - near) + TINY
        weight = dict(zip(cut.columns, cut.weight, strict=True))
        for column in sorted(weight, key=lambda each: (-min(weight[each], lacking) / price[each], each)):
            if lacking > VIOLATED and chosen[column] < 0.5:
                chosen[column] = 1.0
                lacking -= weight[column]
        return chosen

    def needed(self, spare: np.ndarray, column: int) -> bool:
        """Would a cut be broken without the column?"""
        span = slice(self.by_column.indptr[column], self.by_column.indptr[column + 1])
        left = spare[self.by_column.indices[span]] - self.by_column.data[span]
        return bool((left < -VIOLATED).any())

    def _shift(self, spare: np.ndarray, column: int, by: float) -> None:
        span = slice(self.by_column.indptr[column], self.by_column.indptr[column + 1])
        spare[self.by_column.indices[span]] += by * self.by_column.data[span]

    def without(self, spare: np.ndarray, column: int) -> None:
        self._shift(spare, column, -1.0)

    def _matrix(self, cuts: list[Cut]) -> csr_array:
        starts = np.cumsum([0, *(len(cut.columns) for cut in cuts)])
        columns = np.array([column for cut in cuts for column in cut.columns], dtype=int)
        weights = np.array([weight for cut in cuts for weight in cut.weight])
        return csr_array((weights, columns, starts), shape=(len(cuts), len(self.task.value)), dtype=float)
