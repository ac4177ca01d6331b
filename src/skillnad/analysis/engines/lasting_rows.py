"""How long the rows of one cell have lasted, for the reference engine: exact fractions, day by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from skillnad.analysis.comparisons.rows import Lasting
from skillnad.analysis.engines import QUANTILES
from skillnad.analysis.formulas.quantiles import quantile
from skillnad.analysis.measures import OPEN, at_risk, ended_within, followed, open_within, within
from skillnad.analysis.questions import Duration
from skillnad.analysis.selection import follows_open

Days = Sequence[int]


@dataclass(frozen=True)
class _Step:
    """A day when rows ended, or were last seen: how many were at risk just before it, the share ended after it."""

    day: int
    at_risk: int
    ended: Fraction


def lasting(question: Duration, ended: Days, still_open: Days) -> dict[str, float | None]:
    """Every measure of the cell: the days of the rows that have ended, and those so far of the open ones."""
    steps = list(_steps(ended, still_open))
    measures = {name: quantile(sorted(ended), p) for name, p in QUANTILES.items()}
    if follows_open(question):
        measures[OPEN] = float(len(still_open))
        for name, p in QUANTILES.items():
            measures |= _followed(steps, followed(name), Fraction(p).limit_denominator(100))
    for limit in question.within:
        measures[within(limit)] = _share_within(steps, limit)
        measures[ended_within(limit)] = float(sum(days <= limit for days in ended))
        measures[open_within(limit)] = float(sum(days < limit for days in still_open))
    return measures


def by_day(rows: Sequence[tuple[int, bool]]) -> Lasting:
    """The rows of a cell, each with its days and whether it has ended, day by day."""
    days = sorted({day for day, _ in rows})
    ended, still_open = ([rows.count((day, over)) for day in days] for over in (True, False))
    return Lasting(*(np.array(numbers, np.int64) for numbers in (days, ended, still_open)))


def _steps(ended: Days, still_open: Days) -> Iterator[_Step]:
    """Kaplan and Meier (1958). What ended on a day did so before those open on it were last seen."""
    left, going_on = len(ended) + len(still_open), Fraction(1)
    for day in sorted({*ended, *still_open}):
        over = ended.count(day)
        going_on *= 1 - Fraction(over, left)
        yield _Step(day, left, 1 - going_on)
        left -= over + still_open.count(day)


def _followed(steps: list[_Step], name: str, p: Fraction) -> dict[str, float | None]:
    """The first day when the share `p` has ended; in the middle of a stretch on which it is just `p`, as in R."""
    reached = [step for step in steps if step.ended >= p]
    if not reached:
        return {name: None, at_risk(name): None}
    first, last = reached[0], reached[0]
    if first.ended == p:
        last = next((step for step in reached if step.ended > p), steps[-1])
    return {name: (first.day + last.day) / 2, at_risk(name): float(last.at_risk)}


def _share_within(steps: list[_Step], limit: int) -> float | None:
    """None of no rows, and where none has been followed so long and some are open."""
    if not steps or (limit > steps[-1].day and steps[-1].ended < 1):
        return None
    return float(max((step.ended for step in steps if step.day <= limit), default=Fraction(0)))
