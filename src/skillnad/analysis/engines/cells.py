"""From groups of rows to every cell and margin of a table.

A group is what a GROUP BY gives: a number on each axis, and how many rows have those numbers. Each group is spread over
the cells that it belongs to: on each axis the levels that its number stands for (one, several for a multi-select), and
TOTAL. Cells are numbered in the order of the keys: the last axis runs fastest, TOTAL comes after an axis's levels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from skillnad.analysis.results import TOTAL, Axis, Key, LevelKind

Integers = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Booleans = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Dimension:
    """An axis in numbers: `places[first[n] : first[n + 1]]` are the places, TOTAL's too, that number n stands for."""

    size: int
    first: Integers
    places: Integers

    @classmethod
    def of(cls, axis: Axis, members: Sequence[Sequence[int]]) -> "Dimension":
        """`members[n]` are the levels' places that number n stands for; none is the axis's last level, missing."""
        total = len(axis.levels)
        spread = [(*(places or (total - 1,)), *_any(axis, places), total) for places in members]
        first = np.cumsum([0, *(len(places) for places in spread)])
        return cls(total + 1, first.astype(np.int64), np.array([p for places in spread for p in places], np.int64))


def _any(axis: Axis, places: Sequence[int]) -> tuple[int, ...]:
    """The place of the level for any value, where the axis has one and some of the places is a value's."""
    kinds = [level.kind for level in axis.levels]
    has_value = any(kinds[place] is LevelKind.VALUE for place in places)
    return (kinds.index(LevelKind.ANY),) if has_value and LevelKind.ANY in kinds else ()


@dataclass(frozen=True)
class Spread:
    """Groups spread over cells: place i says that group `group[i]` belongs to cell `cell[i]`."""

    group: Integers
    cell: Integers
    cells: int

    def total(self, amounts: Floats | Integers) -> Floats:
        """The sum of the groups' amounts in each cell."""
        return np.bincount(self.cell, weights=amounts[self.group], minlength=self.cells).astype(np.float64)

    def count(self, rows: Integers) -> Integers:
        """How many rows in each cell, where `rows` is how many in each group."""
        return self.total(rows).round().astype(np.int64)


def spread(dimensions: Sequence[Dimension], numbers: Sequence[Integers], groups: int) -> Spread:
    """Every cell that each group belongs to; `numbers[d][g]` is group g's number on dimension d."""
    group = np.arange(groups, dtype=np.int64)
    cell = np.zeros(groups, dtype=np.int64)
    for dimension, number in zip(dimensions, numbers, strict=True):
        here = number[group].astype(np.int64)
        lengths = dimension.first[here + 1] - dimension.first[here]
        source = np.repeat(np.arange(len(group)), lengths)
        step = np.arange(len(source)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        place = dimension.places[dimension.first[here][source] + step]
        group, cell = group[source], cell[source] * dimension.size + place
    return Spread(group, cell, int(np.prod([dimension.size for dimension in dimensions], dtype=np.int64)))


def keys(axes: Sequence[Axis]) -> Iterator[Key]:
    """Every key of a table, in the order of the cells' numbers."""
    return product(*([*(level.code for level in axis.levels), TOTAL] for axis in axes))


def clients_in(found: Spread, client: Integers) -> Integers:
    """How many clients are in each cell: a group's client is `client[g]`, below 0 where it has none."""
    clients, pair = _pairs(found, client)
    pair.sort()
    first = np.ones(len(pair), dtype=bool)
    first[1:] = pair[1:] != pair[:-1]
    return np.bincount(pair[first] // clients, minlength=found.cells)


def apart(reached: Integers, levels: int) -> Integers:
    """From how many are at each level of the first axis or one before it, how many are at each; its TOTAL comes last,
    as its last level does."""
    up_to = reached.reshape(levels + 1, -1)
    return np.concatenate([up_to[:1], np.diff(up_to[:levels], axis=0), up_to[levels:]]).ravel()


def largest_in(found: Spread, client: Integers, amounts: Floats) -> Floats:
    """What the client with the largest sum has in each cell, where a group has `amounts[g]`; 0 of no clients."""
    clients, pair = _pairs(found, client)
    different, inverse = np.unique(pair, return_inverse=True)
    of_client = np.bincount(inverse, weights=amounts[found.group[client[found.group] >= 0]], minlength=len(different))
    largest = np.zeros(found.cells)
    np.maximum.at(largest, different // clients, of_client)
    return largest


def _pairs(found: Spread, client: Integers) -> tuple[int, Integers]:
    """The number of clients, and for each place that has one: cell times that, plus the client.

    Integers of 32 bits where they suffice: they sort several times as fast.
    """
    clients = int(client.max(initial=0)) + 1
    someone = client[found.group] >= 0
    pair = found.cell[someone] * clients + client[found.group[someone]]
    return clients, pair.astype(np.int32) if found.cells * clients < 2**31 else pair


def quantiles(found: Spread, values: Integers, rows: Integers, p: float) -> list[float | None]:
    """The quantile `p` of each cell, where group g is `rows[g]` rows of the value `values[g]`; None of no rows.

    Type 7 of Hyndman and Fan (formulas.quantiles), exact: each cell's values are laid out in order and looked up.
    """
    order = np.lexsort((values[found.group], found.cell))
    value = values[found.group][order]
    reached = np.cumsum(rows[found.group][order])
    inside = found.count(rows)
    before = np.cumsum(inside) - inside
    filled = inside > 0
    exact = (inside[filled] - 1) * p
    below = np.floor(exact).astype(np.int64)
    above = np.minimum(below + 1, inside[filled] - 1)
    low, high = (
        value[np.searchsorted(reached, before[filled] + place, side="right")].astype(np.float64)
        for place in (below, above)
    )
    answers: list[float | None] = [None] * found.cells
    for cell, answer in zip(np.flatnonzero(filled), (low + (high - low) * (exact - below)).tolist(), strict=True):
        answers[cell] = answer
    return answers
