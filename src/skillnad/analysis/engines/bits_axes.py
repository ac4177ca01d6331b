"""A question's axes over bits, and the whole table: every cell and every margin.

There are two ways. Two coded columns are counted as ANDs of bitmaps, by unit. Everything else has each live row's cell
counted; there an axis whose levels overlap is a mask a level, and the rest is counted once for each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from skillnad.analysis.axes import outcome_of
from skillnad.analysis.calendars import calendar_of, known_of
from skillnad.analysis.engines.bits_selection import ordinals_of
from skillnad.analysis.index import cells
from skillnad.analysis.index.layout import UNIT, Index, Integers, Words
from skillnad.analysis.index.masks import has_any, rows_in
from skillnad.analysis.index.pairs import pair_counts
from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.merged import merged_of, merged_places
from skillnad.analysis.questions import Question, Share
from skillnad.analysis.results import MISSING_LEVEL, NO, UNKNOWN_OUTCOME, YES, Axis
from skillnad.analysis.selection import by_of, selection_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import MISSING, Column, SnapshotColumn

OUTCOMES = (YES, NO, UNKNOWN_OUTCOME, MISSING_LEVEL)
MOST_ANDS = 1000
"""Bitmaps against bitmaps up to which ANDs are quicker than counting each row's cell."""


@dataclass(frozen=True)
class Line:
    """An axis over bits: one place a row (`single`), or a mask a level (`masks`), the missing last in both.

    `plain` is the coded column that it stands for as it is, if it does.
    """

    size: int
    plain: str = ""
    single: cells.Axis | None = None
    masks: tuple[Words, ...] = ()


def lines_of(snapshot: Snapshot, question: Question, axes: Sequence[Axis], index: Index) -> list[Line]:
    """One for each axis."""
    by = by_of(question)
    population = selection_of(question).population
    columns = snapshot.table(population).columns
    ordinary = [_merged(axis, index, columns) or _line(axis, index) for axis in axes[len(axes) - len(by) :]]
    return [_outcome(snapshot, question, index), *ordinary] if isinstance(question, Share) else ordinary


def table_counts(index: Index, lines: Sequence[Line], live: Words) -> Integers:
    """Rows in every cell: a dimension an axis, the total after its levels."""
    names = [line.plain for line in lines]
    coded = [name for name in names if name != UNIT]
    if all(names) and coded and len(coded) < 3 and _ands(index, coded) <= MOST_ANDS:
        return _by_ands(index, names, coded, live)
    return _by_cells(index, lines, live)


def _merged(axis: Axis, index: Index, columns: Mapping[str, SnapshotColumn]) -> Line | None:
    """Of levels put together: a place a row, or where a row has several a mask a level."""
    made = merged_of(axis.id)
    if made is None:
        return None
    size = len(axis.levels)
    to = np.array([size - 1, *merged_places(made, columns[made.column])], np.int64)
    if not axis.multiple:
        return Line(size, single=cells.Axis(made.column, to, size))
    masks = (has_any(index, made.column, np.flatnonzero(to == place).tolist()) for place in range(size))
    return Line(size, masks=tuple(masks))


def _line(axis: Axis, index: Index) -> Line:
    size, base = len(axis.levels), stored_behind(axis.id)[0]
    if base != axis.id:
        return Line(size, single=cells.Axis(base, _places(axis, index), size))
    if axis.id != UNIT and index.layout.columns[axis.id].kind is Column.CODES:
        return Line(size, plain=axis.id, masks=tuple(index.planes_of(axis.id)))
    return Line(size, plain=axis.id, single=cells.Axis(axis.id, _places(axis, index), size))


def _places(axis: Axis, index: Index) -> Integers:
    """The place among the axis's levels of each integer of its column, which has one value a row."""
    size = len(axis.levels)
    if known := known_of(axis.id):
        places = np.zeros(index.layout.columns[known].top + 1, np.int64)
        places[MISSING] = 1
        return places
    through = calendar_of(axis.id)
    if through is None:
        return np.roll(np.arange(size), 1)
    first = (through.calendar.read(axis.levels[0].code) or 0) if size > 1 else 0
    places = ordinals_of(index, through) - first
    outside = (places < 0) | (places >= size - 1)  # of rows that no period takes
    places[outside] = size - 1
    places[MISSING] = size - 1
    return places


def _outcome(snapshot: Snapshot, question: Share, index: Index) -> Line:
    """A Share's outcome: `yes` wins where a row holds several levels, then `no`, then what nobody knows."""
    column = question.of.column
    levels = snapshot.axis(question.selection.population, column)
    found = outcome_of(question, levels)
    outcomes = [OUTCOMES.index(found[level.code]) for level in levels.levels]
    if levels.multiple:
        return Line(len(OUTCOMES), masks=_first_that_holds(index, column, outcomes))
    places = np.array(outcomes, np.int64)[_places(levels, index)]
    return Line(len(OUTCOMES), single=cells.Axis(stored_behind(column)[0], places, len(OUTCOMES)))


def _first_that_holds(index: Index, column: str, outcomes: Sequence[int]) -> tuple[Words, ...]:
    left = index.present
    masks = []
    for outcome in range(len(OUTCOMES)):
        levels = [place for place, of_level in enumerate(outcomes[:-1], start=1) if of_level == outcome]
        missing = [MISSING] if outcomes[-1] == outcome else []
        masks.append(left & has_any(index, column, [*missing, *levels]))
        left = left & ~masks[-1]
    return tuple(masks)


def _ands(index: Index, columns: Sequence[str]) -> int:
    return int(np.prod([index.layout.columns[column].slots for column in columns]))


def _by_ands(index: Index, names: Sequence[str], coded: Sequence[str], live: Words) -> Integers:
    counted = pair_counts(index, coded, live)
    by_unit = counted.single(coded[0]) if len(coded) == 1 else counted.table(*coded)
    if UNIT not in names:
        return by_unit.sum(axis=0)
    units = np.concatenate([np.roll(by_unit, -1, axis=0), by_unit.sum(axis=0, keepdims=True)])
    return np.moveaxis(units, 0, names.index(UNIT))


def _by_cells(index: Index, lines: Sequence[Line], live: Words) -> Integers:
    inner = [line.single for line in lines if line.single]
    counts = np.zeros([line.size + 1 for line in lines], np.int64)
    for chosen in product(*(range(line.size + 1) for line in lines if line.masks)):
        mask = of_levels([line for line in lines if line.masks], chosen, live)
        if rows_in(mask):
            counts[place_of(lines, chosen)] = _with_margins(cells.cell_counts(index, inner, mask))
    return counts


def of_levels(lines: Sequence[Line], chosen: Sequence[int], live: Words) -> Words:
    """Live rows in a level of each line; the number after the last level is all of them."""
    for line, level in zip(lines, chosen, strict=True):
        if level < line.size:
            live = live & line.masks[level]
    return live


def place_of(lines: Sequence[Line], chosen: Sequence[int]) -> tuple[int | slice, ...]:
    """Where the table of a level of each line with masks stands in the whole one."""
    following = iter(chosen)
    return tuple(next(following) if line.masks else slice(None) for line in lines)


def _with_margins(counts: Integers) -> Integers:
    for dimension in range(counts.ndim):
        counts = np.concatenate([counts, counts.sum(axis=dimension, keepdims=True)], axis=dimension)
    return counts
