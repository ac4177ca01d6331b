"""Which paths each group of rows is on, for all groups at once."""

from dataclasses import dataclass

import numpy as np

from skillnad.analysis.engines.cells import Dimension, Integers, Spread
from skillnad.analysis.paths import Path
from skillnad.analysis.results import Axis


@dataclass(frozen=True)
class PathRows:
    """`found` spreads groups over the paths: the cells of a table of the steps without its margins. `sizes` is how many
    levels each step has, `rows` how many rows each group has."""

    found: Spread
    sizes: tuple[int, ...]
    rows: Integers

    def counts(self) -> dict[Path, int]:
        counts = self.found.count(self.rows)
        there = np.flatnonzero(counts)
        paths = zip(*(place.tolist() for place in np.unravel_index(there, self.sizes)), strict=True)
        return dict(zip(paths, counts[there].tolist(), strict=True))

    def others(self, listed: frozenset[Path]) -> tuple[int, int]:
        """How many rows are on a path that is not listed, and how many of them on no listed one."""
        named = np.isin(self.found.cell, self._cells(listed))
        unlisted = np.unique(self.found.group[~named])
        only = np.setdiff1d(unlisted, self.found.group[named])
        return int(self.rows[unlisted].sum()), int(self.rows[only].sum())

    def on_axis(self, axis: Axis, listed: tuple[Path, ...]) -> Spread:
        """The groups spread over the levels of the axis of paths, and its total."""
        place = np.full(self.found.cells, len(listed), dtype=np.int64)
        place[self._cells(listed)] = np.arange(len(listed))
        size = len(axis.levels) + 1
        pairs = np.unique(self.found.group * size + place[self.found.cell])
        groups = np.arange(len(self.rows))
        group = np.concatenate([pairs // size, groups])
        cell = np.concatenate([pairs % size, np.full(len(groups), size - 1)])
        return Spread(group, cell, size)

    def _cells(self, paths: tuple[Path, ...] | frozenset[Path]) -> Integers:
        return np.array([np.ravel_multi_index(path, self.sizes) for path in paths], dtype=np.int64)


def without_total(dimension: Dimension) -> Dimension:
    """The levels that each number stands for, and no margin."""
    total = dimension.size - 1
    kept = dimension.places != total
    before = np.concatenate([[0], np.cumsum(kept)])
    return Dimension(total, before[dimension.first].astype(np.int64), dimension.places[kept])
