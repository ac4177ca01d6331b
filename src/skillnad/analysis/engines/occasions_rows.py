"""Which two rows of a person a Change compares, for the reference engine."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from skillnad.analysis.engines.rows import Row
from skillnad.analysis.questions import Change
from skillnad.analysis.selection import event_of
from skillnad.codebook.snapshot_schema import KEYS, Population

Pair = tuple[Row, Row]


def pair_of(question: Change, rows: Iterable[Row]) -> Pair | None:
    """The first and the last occasion among one person's rows; None where there are no two."""
    day, own = event_of(question.selection), KEYS[question.selection.population][-1]
    in_order = sorted(rows, key=lambda row: (row[day], row[own]))
    if question.between:
        return _between(in_order, day, question.between)
    pairs = [(told[0], told[-1]) for told in _followed(question, in_order)]
    apart = [(first, last) for first, last in pairs if first[day] < last[day]]
    return max(apart, key=lambda pair: (pair[1][day], pair[1][own]), default=None)


def _between(in_order: Sequence[Row], day: str, days: tuple[date, date]) -> Pair | None:
    """The latest row up to each day, if they are two."""
    before, after = ([row for row in in_order if row[day] <= limit][-1:] for limit in days)
    return (before[0], after[0]) if before and after and before[0] is not after[0] else None


def _followed(question: Change, in_order: Sequence[Row]) -> Iterable[list[Row]]:
    """The rows that can be compared: those of one intervention for follow-ups, else all of the person."""
    of_intervention = question.selection.population is Population.FOLLOW_UPS
    told: dict[Any, list[Row]] = defaultdict(list)
    for row in in_order:
        told[row["intervention"] if of_intervention else None].append(row)
    return told.values()
