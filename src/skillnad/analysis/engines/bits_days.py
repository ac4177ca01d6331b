"""Durations over bits: a histogram of days for each cell and margin, and every measure from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

import numpy as np

from skillnad.analysis.engines.bits_axes import Line, of_levels, place_of
from skillnad.analysis.index.layout import Index, Integers, Words
from skillnad.analysis.index.lengths import (
    EARLY,
    NO_FIRST,
    NOT_BEGUN,
    OPEN,
    Lengths,
    day_counts,
    each_quantile,
    each_reached,
    each_within,
)
from skillnad.analysis.index.masks import has_any
from skillnad.analysis.measures import OPEN as ROWS_OPEN
from skillnad.analysis.measures import QUANTILES, beside, ended_within, followed, open_within, within
from skillnad.analysis.questions import Duration
from skillnad.analysis.selection import Reason, follows_open

TOLERANCE = 1.5e-8
"""Within which a share is reached exactly, as in `formulas.survival`."""
MOST_DAYS = 1 << 24
"""Cells times days that are counted at a time: 128 MB for a thread."""
TOLD = {
    Reason.NO_FIRST_DAY: NO_FIRST,
    Reason.END_BEFORE_START: EARLY,
    Reason.OPEN: OPEN,
    Reason.NOT_BEGUN: NOT_BEGUN,
}
_FIRST_DAY = date(1970, 1, 1).toordinal()
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Lasted:
    """A Duration's table: how many rows have ended in each cell, its measures, and who has none or is open."""

    counts: Integers
    measures: Mapping[str, Floats]
    left_out: Mapping[Reason, int]

    def values(self) -> dict[str, list[float | None]]:
        """Every measure, a number a cell; None where there is none."""
        return {
            name: [None if np.isnan(value) else value for value in held.ravel().tolist()]
            for name, held in self.measures.items()
        }


def lasted(index: Index, question: Duration, lines: Sequence[Line], live: Words, as_of: date) -> Lasted:
    """Of the rows of the mask."""
    lengths = Lengths(question.start, question.end, as_of.toordinal() - _FIRST_DAY)
    lines = _in_memory(index, lines, lengths.days_in(index))
    masked = [line for line in lines if line.masks]
    inner = [line.single for line in lines if line.single]
    shape = [line.size + 1 for line in lines]
    counts = np.zeros(shape, np.int64)
    measures: dict[str, Floats] = {}
    told = np.zeros(len(TOLD), np.int64)
    for chosen in product(*(range(line.size + 1) for line in masked)):
        found = day_counts(index, lengths, inner, of_levels(masked, chosen, live))
        told = found.told  # of the last one: there every line's mask is that of all
        ended, still_open = _with_margins(found.ended), _with_margins(found.open)
        place = place_of(lines, chosen)
        counts[place] = ended.sum(axis=-1)
        for name, held in _measures(question, ended, still_open):
            measures.setdefault(name, np.zeros(shape))[place] = held
    return Lasted(counts, measures, {reason: int(told[number]) for reason, number in TOLD.items()})


def _measures(question: Duration, ended: Integers, still_open: Integers) -> Iterator[tuple[str, Floats]]:
    """As `lasting.lasting`, of `ended[cell, …, day]` and the same of the open."""
    shape = ended.shape[:-1]
    over, going_on = (days.reshape(-1, days.shape[-1]) for days in (ended, still_open))
    for name, p in QUANTILES.items():
        answers = np.empty(len(over))
        each_quantile(over, p, answers)
        yield name, answers.reshape(shape)
    if follows_open(question):
        yield ROWS_OPEN, still_open.sum(axis=-1).astype(np.float64)
        for name, p in QUANTILES.items():
            both = np.empty((2, len(over)))
            each_reached(over, going_on, p, TOLERANCE, both)
            yield followed(name), both[0].reshape(shape)
            yield beside(followed(name)), both[1].reshape(shape)
    for limit in question.within:
        answers = np.empty(len(over))
        each_within(over, going_on, limit, answers)
        yield within(limit), answers.reshape(shape)
        yield ended_within(limit), ended[..., : limit + 1].sum(axis=-1).astype(np.float64)
        yield open_within(limit), still_open[..., :limit].sum(axis=-1).astype(np.float64)


def _in_memory(index: Index, lines: Sequence[Line], days: int) -> list[Line]:
    """The lines, of which the largest are counted a level at a time as long as all cells' days are too many at once."""
    made = list(lines)
    while np.prod([line.size for line in made if line.single], dtype=np.float64) * days > MOST_DAYS:
        largest = max((line for line in made if line.single), key=lambda line: line.size, default=None)
        if largest is None:
            break
        made[made.index(largest)] = _by_level(index, largest)
    return made


def _by_level(index: Index, line: Line) -> Line:
    """The line as a mask a level."""
    axis = line.single
    if axis is None:
        return line
    levels = (np.flatnonzero(axis.places == place).tolist() for place in range(axis.size))
    return Line(line.size, masks=tuple(has_any(index, axis.column, level) for level in levels))


def _with_margins(days: Integers) -> Integers:
    """The totals after the levels of every dimension but the days."""
    for dimension in range(days.ndim - 1):
        days = np.concatenate([days, days.sum(axis=dimension, keepdims=True, dtype=days.dtype)], axis=dimension)
    return days
