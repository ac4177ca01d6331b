"""How many days rows have lasted, cell by cell: a histogram of whole days has every order statistic, exactly.

Each live row's days are read back from the planes of its first and its last day, as its cell is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from skillnad.analysis.index.cells import Axis, laid_out
from skillnad.analysis.index.compiled import compiled
from skillnad.analysis.index.kernels import ONE, integers_of_word, popcount
from skillnad.analysis.index.layout import Index, Integers, Words
from skillnad.analysis.index.parts import add_up

NO_FIRST, EARLY, OPEN, NOT_BEGUN = range(4)
"""What is told of the rows beside: no first day, the last before it, open, open and not begun by the last day known."""


@dataclass(frozen=True)
class Lengths:
    """From column `first` to column `last`; what has no last day has lasted until day `until`, counted from 1970."""

    first: str
    last: str
    until: int

    def days_in(self, index: Index) -> int:
        """No row has lasted so many days."""
        first, last = (index.layout.columns[column] for column in (self.first, self.last))
        return max(max(last.base + last.top, self.until) - first.base, 1)


@dataclass(frozen=True)
class DayCounts:
    """`ended[cell, …, day]` and `open[cell, …, day]` rows, and `told[reason]` of them beside."""

    ended: Integers
    open: Integers
    told: Integers


def day_counts(index: Index, lengths: Lengths, axes: Sequence[Axis], live: Words) -> DayCounts:
    """Of the rows of the mask. Memory is that of two integers a cell and day, for each thread."""
    days = lengths.days_in(index)
    laid = laid_out(index, axes)
    columns = [index.layout.columns[column] for column in (lengths.first, lengths.last)]
    told_days = np.array([(column.first, column.planes, column.base) for column in columns], np.int64)

    def count(segments: Integers) -> tuple[Integers, ...]:
        counts: Any = np.zeros((2, laid.cells, days), np.int32)
        told = np.zeros(4, np.int64)
        count_days(
            index.planes, live, laid.columns, laid.places, laid.units, told_days, lengths.until, segments, counts, told
        )
        return counts, told

    counts, told = add_up(index.layout, count)
    ended, still_open = counts.reshape(2, *laid.shape, days)
    return DayCounts(ended, still_open, told)


@compiled
def count_days(planes, live, axes, places, unit_places, ends, until, segments, counts, told):  # type: ignore[no-untyped-def]
    """Each live row's days in its cell: `counts[open, cell, day]`; `told[reason]` of those without, and of the open.

    `ends` is (first plane, planes, base) of the first day's column and the last's; the rest is as for `count_cells`.
    """
    codes = np.empty((axes.shape[0], 64), np.int64)
    days = np.empty((2, 64), np.int64)
    for segment in range(segments.shape[0]):
        unit, start, end = segments[segment]
        for word in range(start, end):
            left = live[word]
            if left == 0:
                continue
            for axis in range(axes.shape[0]):
                integers_of_word(planes, word, axes[axis, 0], axes[axis, 1], codes[axis])
            for side in range(2):
                integers_of_word(planes, word, ends[side, 0], ends[side, 1], days[side])
            while left:
                row = popcount((left & (~left + ONE)) - ONE)  # the lowest bit's place
                left &= left - ONE
                still_open = 1 if days[1, row] == 0 else 0
                last = until if still_open else days[1, row] + ends[1, 2]
                lasted = last - days[0, row] - ends[0, 2]
                if days[0, row] == 0:
                    told[NO_FIRST] += 1
                elif lasted < 0:
                    told[NOT_BEGUN if still_open else EARLY] += 1
                else:
                    told[OPEN] += still_open
                    cell = unit_places[unit]
                    for axis in range(axes.shape[0]):
                        cell += places[axes[axis, 2] + codes[axis, row]]
                    counts[still_open, cell, lasted] += 1


@compiled
def quantile_of(ended, p):  # type: ignore[no-untyped-def]
    """The quantile `p` of days, where `ended[day]` rows have lasted so many; not a number of no rows. Type 7 of Hyndman
    and Fan (formulas.quantiles)."""
    rows = ended.sum()
    if rows == 0:
        return np.nan
    exact = (rows - 1) * p
    below = np.int64(np.floor(exact))
    seen = np.int64(0)
    low = -1
    for day in range(len(ended)):
        seen += ended[day]
        if low < 0 and seen > below:
            low = day
        if seen > min(below + 1, rows - 1):
            return low + (np.float64(day) - low) * (exact - below)
    return np.nan


@compiled
def fewest_beside(p, gone, at_risk, going_on, tolerance):  # type: ignore[no-untyped-def]
    """Before or after the row that makes the share that has ended `p`, where those of its day end in some order: before
    the day `gone` had ended, and `at_risk` were left, the share `going_on`."""
    nth = np.int64(np.ceil(at_risk * (1 - (1 - p + tolerance) / going_on)))
    own = 1 if 1 - going_on * (1 - nth / at_risk) > p + tolerance else 0
    return min(gone + nth - own, at_risk - nth)


@compiled
def reached(ended, still_open, p, tolerance):  # type: ignore[no-untyped-def]
    """Kaplan and Meier's (1958) day when the share `p` has ended, or the middle of the stretch when exactly so many
    have, and how many rows it rests on (`measures.beside`); not numbers where it is never reached. As in
    `formulas.survival`."""
    left = ended.sum() + still_open.sum()
    going_on, first, last, gone, beside = 1.0, -1, -1, 0, 0
    for day in range(len(ended)):
        if ended[day] or still_open[day]:
            before = going_on
            going_on *= (left - ended[day]) / left
            last = day
            if 1 - going_on > p + tolerance:
                beside = fewest_beside(p, gone, left, before, tolerance) if first < 0 else min(gone, left)
                first = day if first < 0 else first
                break
            if first < 0:
                gone += ended[day]
                first = day if 1 - going_on >= p - tolerance else first
            left -= ended[day] + still_open[day]
    if first < 0:
        return np.nan, np.nan
    return (first + last) / 2, np.float64(beside)


@compiled
def ended_within(ended, still_open, limit):  # type: ignore[no-untyped-def]
    """The share that has ended after at most `limit` days, as `formulas.survival.share_within`; not a number where
    nobody has been followed for so long."""
    left = ended.sum() + still_open.sum()
    going_on, last, share = 1.0, -1, 0.0
    for day in range(len(ended)):
        if ended[day] or still_open[day]:
            going_on *= (left - ended[day]) / left
            left -= ended[day] + still_open[day]
            last = day
            if day <= limit:
                share = 1 - going_on
    return np.nan if last < 0 or (limit > last and 1 - going_on < 1) else share


@compiled
def each_quantile(ended, p, answers):  # type: ignore[no-untyped-def]
    """`answers[cell]` of `ended[cell, day]`."""
    for cell in range(len(answers)):
        answers[cell] = quantile_of(ended[cell], p)


@compiled
def each_reached(ended, still_open, p, tolerance, answers):  # type: ignore[no-untyped-def]
    """`answers[0, cell]` the day, `answers[1, cell]` how many rows it rests on."""
    for cell in range(answers.shape[1]):
        answers[0, cell], answers[1, cell] = reached(ended[cell], still_open[cell], p, tolerance)


@compiled
def each_within(ended, still_open, limit, answers):  # type: ignore[no-untyped-def]
    """`answers[cell]` the share that has ended within the limit."""
    for cell in range(len(answers)):
        answers[cell] = ended_within(ended[cell], still_open[cell], limit)
