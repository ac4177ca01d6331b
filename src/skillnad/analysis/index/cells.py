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


def cell_counts(index: Index, axes: Sequence[Axis], live: Words) -> Integers:
    """How many rows of the mask each cell has: an array with a dimension an axis. Not of two axes of the unit."""
    shape = [axis.size for axis in axes]
    strides = np.cumprod([1, *shape[:0:-1]])[::-1].tolist() if shape else []
    scaled = {number: axis.places * strides[number] for number, axis in enumerate(axes)}
    others = [number for number, axis in enumerate(axes) if axis.column != UNIT]
    units = np.zeros(len(index.layout.unit_rows), np.int64)
    for number in set(scaled) - set(others):
        units = units + scaled[number]
    places, told = _told(index, [(axes[number].column, scaled[number]) for number in others])

    def count(segments: Integers) -> tuple[Integers, ...]:
        counts = np.zeros(int(np.prod(shape, dtype=np.int64)), np.int64)
        count_cells(index.planes, live, told, places, units, segments, counts)
        return (counts,)

    (counts,) = add_up(index.layout, count)
    return counts.reshape(shape)


def _told(index: Index, axes: Sequence[tuple[str, Integers]]) -> tuple[Integers, Integers]:
    """For the kernel: all axes' places after each other, and a row an axis: first plane, planes, where they begin."""
    held = [index.layout.columns[column] for column, _ in axes]
    lengths = [len(places) for _, places in axes]
    begins = np.cumsum([0, *lengths])
    told = [(column.first, column.planes, begin) for column, begin in zip(held, begins.tolist(), strict=False)]
    places = np.concatenate([np.zeros(0, np.int64), *(places for _, places in axes)])
    return places.astype(np.int64), np.array(told, np.int64).reshape(-1, 3)
