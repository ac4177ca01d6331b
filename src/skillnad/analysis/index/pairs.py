"""Every pair of columns, by unit, in one pass over an index: counts of bitmaps made whole tables.

The pass counts values alone. The missing of a single-valued column is what its values leave, so its cells are
differences, exact as the counts are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skillnad.analysis.index.kernels import count_pairs
from skillnad.analysis.index.layout import Held, Index, Integers, Words
from skillnad.analysis.index.parts import add_up
from skillnad.codebook.snapshot_schema import Column


@dataclass(frozen=True)
class PairCounts:
    """What one pass counted: `rows[unit]`, `bitmaps[unit, bitmap]`, `cells[unit, cell]`; columns in their order.

    Counts of several partitions of the same columns and units add up: `a + b`.
    """

    columns: tuple[Held, ...]
    rows: Integers
    bitmaps: Integers
    cells: Integers

    def __add__(self, other: "PairCounts") -> "PairCounts":
        if [(held.id, held.slots) for held in self.columns] != [(held.id, held.slots) for held in other.columns]:
            raise ValueError("counts of different columns do not add up")
        return PairCounts(self.columns, self.rows + other.rows, self.bitmaps + other.bitmaps, self.cells + other.cells)

    def __repr__(self) -> str:
        return f"PairCounts({len(self.columns)} columns, {len(self.rows)} units)"

    def single(self, column: str) -> Integers:
        """`[unit, level]`: every level, the missing after them, and the total last."""
        place = self._place(column)
        first = self._firsts()[place]
        counts = self.bitmaps[:, first : first + self.columns[place].slots]
        if not _several(self.columns[place]):
            counts = _with(counts, self.rows[:, None] - counts.sum(axis=1, keepdims=True))
        return _with(counts, self.rows[:, None])

    def table(self, one: str, other: str) -> Integers:
        """`[unit, level of one, level of other]`, each with the missing after its levels and the total last."""
        row, column = self._place(one), self._place(other)
        if row > column:
            return self.table(other, one).swapaxes(1, 2)
        counts = self._cells(row, column)
        ones, others = self.single(one), self.single(other)
        if not _several(self.columns[column]):
            missing = ones[:, : counts.shape[1]] - counts.sum(axis=2)
            counts = np.concatenate([counts, missing[:, :, None]], axis=2)
        if not _several(self.columns[row]):
            missing = others[:, : counts.shape[2]] - counts.sum(axis=1)
            counts = np.concatenate([counts, missing[:, None, :]], axis=1)
        counts = np.concatenate([counts, ones[:, :-1, None]], axis=2)
        return np.concatenate([counts, others[:, None, :]], axis=1)

    def _cells(self, row: int, column: int) -> Integers:
        if row == column:
            raise ValueError("a column against itself is no pair")
        pairs = _pairs(self.columns)
        _, ones, _, others, first = pairs[_pair_number(len(self.columns), row, column)].tolist()
        return self.cells[:, first : first + ones * others].reshape(-1, ones, others)

    def _place(self, column: str) -> int:
        return [held.id for held in self.columns].index(column)

    def _firsts(self) -> list[int]:
        return _firsts(self.columns)


def pair_counts(index: Index, columns: Sequence[str], live: Words | None = None) -> PairCounts:
    """All pairs of the coded `columns`, among the rows of the mask `live` where it is given."""
    held = tuple(index.layout.columns[column] for column in columns)
    mask = index.present if live is None else live
    return PairCounts(held, *add_up(index.layout, lambda segments: count_segments(index, held, mask, segments)))


def count_segments(index: Index, held: tuple[Held, ...], live: Words, segments: Integers) -> tuple[Integers, ...]:
    """The kernel of a partition: rows, bitmaps and cells of `segments` by unit."""
    units = len(index.layout.unit_rows)
    pairs = _pairs(held)
    # one bitmap more than the columns have: every row there is, which a column of no planes and one level gives
    bitmaps = np.zeros((units, sum(column.slots for column in held) + 1), np.int64)
    cells = np.zeros((units, int((pairs[:, 1] * pairs[:, 3]).sum())), np.int64)
    numbers = [(_several(column), column.first, column.planes, column.slots) for column in held]
    told = np.array([*numbers, (0, 0, 0, 1)], np.int64)
    count_pairs(index.planes, live, told, pairs, segments, bitmaps, cells)
    return bitmaps[:, -1], bitmaps[:, :-1], cells


def _several(held: Held) -> bool:
    return held.kind is Column.CODES


def _firsts(columns: Sequence[Held]) -> list[int]:
    """How many bitmaps stand before each column's."""
    slots = [held.slots for held in columns]
    return [sum(slots[:place]) for place in range(len(slots))]


def _pair_number(columns: int, row: int, column: int) -> int:
    return row * (2 * columns - row - 1) // 2 + column - row - 1


def _pairs(columns: Sequence[Held]) -> Integers:
    """For the kernel, a row a pair: bitmaps before, bitmaps, the same of the other, cells before."""
    firsts = _firsts(columns)
    pairs = []
    cell = 0
    for row in range(len(columns)):
        for column in range(row + 1, len(columns)):
            ones, others = columns[row].slots, columns[column].slots
            pairs.append((firsts[row], ones, firsts[column], others, cell))
            cell += ones * others
    return np.array(pairs, np.int64).reshape(-1, 5)


def _with(counts: Integers, last: Integers) -> Integers:
    return np.concatenate([counts, last], axis=1)
