"""Tables of any number of single-valued axes: each live row's integers are read back from the planes, and its cell is
counted. With many cells this is quicker than an AND for each, and its time is that of the rows that are live."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skillnad.analysis.index.kernels import count_cells
from skillnad.analysis.index.layout import UNIT, Index, Integers, Words
from skillnad.analysis.index.parts import add_up


@dataclass(frozen=True)
class Axis:
    """A single-valued column as an axis: an integer i of it stands at `places[i]` of `size` places."""

    column: str
    places: Integers
    size: int


@dataclass(frozen=True)
class Laid:
    """Axes for a kernel: cells of `shape` one after the other, the last axis fastest. A row's cell is `units[its unit]`
    and, for each of `columns` (first plane, planes, where its places begin), `places[begin + its integer]`, added."""

    shape: tuple[int, ...]
    columns: Integers
    places: Integers
    units: Integers

    @property
    def cells(self) -> int:
        return int(np.prod(self.shape, dtype=np.int64))


def cell_counts(index: Index, axes: Sequence[Axis], live: Words) -> Integers:
    """How many rows of the mask each cell has: an array with a dimension an axis. Not of two axes of the unit."""
    laid = laid_out(index, axes)

    def count(segments: Integers) -> tuple[Integers, ...]:
        counts = np.zeros(laid.cells, np.int64)
        count_cells(index.planes, live, laid.columns, laid.places, laid.units, segments, counts)
        return (counts,)

    (counts,) = add_up(index.layout, count)
    return counts.reshape(laid.shape)


def laid_out(index: Index, axes: Sequence[Axis]) -> Laid:
    """Raises KeyError where an axis is of a column without planes."""
    shape = tuple(axis.size for axis in axes)
    strides = np.cumprod([1, *shape[:0:-1]])[::-1].tolist() if shape else []
    units = np.zeros(len(index.layout.unit_rows), np.int64)
    columns: list[tuple[int, int, int]] = []
    places = [np.zeros(0, np.int64)]
    for axis, stride in zip(axes, strides, strict=True):
        if axis.column == UNIT:
            units = units + axis.places * stride
            continue
        held = index.layout.columns[axis.column]
        columns.append((held.first, held.planes, sum(map(len, places))))
        places.append(axis.places * stride)
    return Laid(shape, np.array(columns, np.int64).reshape(-1, 3), np.concatenate(places).astype(np.int64), units)
