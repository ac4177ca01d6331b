"""Conditions on the rows of an index, one bit a row. Every mask is a new array of words."""

from collections.abc import Iterable

import numpy as np

from skillnad.analysis.index.kernels import count_bits, mark_range
from skillnad.analysis.index.layout import UNIT, Index, Words
from skillnad.codebook.snapshot_schema import MISSING, Column

ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


def in_range(index: Index, column: str, low: int, high: int) -> Words:
    """Rows whose integer is at least `low` and less than `high`."""
    held = index.layout.columns[column]
    marks = _none(index)
    low, high = max(low, 0), min(high, held.top + 1)
    if low < high:
        mark_range(index.planes_of(column), low, high, marks)
    return marks & index.present


def in_days(index: Index, column: str, first: int, end: int) -> Words:
    """Rows whose day, counted from 1970-01-01, is at least `first` and before `end`."""
    held = index.layout.columns[column]
    return in_range(index, column, max(first - held.base, MISSING + 1), end - held.base)


def has_any(index: Index, column: str, integers: Iterable[int]) -> Words:
    """Rows that hold any of the integers: levels' places from 1, or MISSING; for a date column days from its base."""
    wanted = sorted(set(integers))
    if column == UNIT:
        return _in_units(index, wanted)
    if index.layout.columns[column].kind is Column.CODES:
        return _has_levels(index, column, wanted)
    marks = _none(index)
    for low, high in _runs(wanted):
        marks |= in_range(index, column, low, high)
    return marks


def rows_in(mask: Words) -> int:
    """How many rows."""
    return int(count_bits(mask))


def _none(index: Index) -> Words:
    return np.zeros(index.layout.words, np.uint64)


def _in_units(index: Index, units: list[int]) -> Words:
    marks = _none(index)
    begins = index.layout.unit_words
    for unit in units:
        if unit < len(index.layout.unit_rows):
            marks[begins[unit] : begins[unit + 1]] = ALL
    return marks & index.present


def _has_levels(index: Index, column: str, integers: list[int]) -> Words:
    """A multi-select: the plane of each level, and that of the rows without any."""
    planes = index.planes_of(column)
    marks = _none(index)
    for integer in integers:
        marks |= planes[integer - 1]  # MISSING is the last plane
    return marks


def _runs(integers: list[int]) -> Iterable[tuple[int, int]]:
    """Sorted integers as half-open ranges."""
    if not integers:
        return
    low = high = integers[0]
    for integer in integers[1:]:
        if integer != high + 1:
            yield low, high + 1
            low = integer
        high = integer
    yield low, high + 1
