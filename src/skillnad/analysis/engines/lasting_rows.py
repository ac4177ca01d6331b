"""How long the rows of one cell have lasted, for the reference engine: exact fractions, day by day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from skillnad.analysis.comparisons.rows import Lasting
from skillnad.analysis.formulas.quantiles import quantile
from skillnad.analysis.measures import (
    OPEN,
    QUANTILES,
    beside,
    ended_within,
    fewest_within,
    followed,
    open_within,
    within,
)
from skillnad.analysis.questions import Duration
from skillnad.analysis.selection import follows_open, late_entries


@dataclass(frozen=True)
class Stay:
    """How many days a row has lasted, whether it has ended, and from which of its days it is at risk. One that ended
    before that day is never at risk."""

    days: int
    ended: bool
    late: int = 0

    def at_risk(self, day: int) -> bool:
        return self.late <= day <= self.days


@dataclass(frozen=True)
class _Step:
    """A day when rows ended, or were last seen: how many were at risk on it, and on the day up to it that had fewest;
    how many have ended before it, and after it, and the shares that they are."""

    day: int
    at_risk: int
    fewest: int
    gone: tuple[int, int]
    before: Fraction
    ended: Fraction


def lasting(question: Duration, stays: Sequence[Stay]) -> dict[str, float | None]:
    """Every measure of the cell."""
    steps = list(_steps([stay for stay in stays if stay.late <= stay.days]))
    ended, still_open = ([stay.days for stay in stays if stay.ended is over] for over in (True, False))
    measures = {name: quantile(sorted(ended), p) for name, p in QUANTILES.items()}
    if follows_open(question):
        measures[OPEN] = float(len(still_open))
        for name, p in QUANTILES.items():
            measures |= _followed(steps, followed(name), Fraction(p).limit_denominator(100))
    for limit in question.within:
        measures[within(limit)] = _share_within(steps, limit)
        measures[ended_within(limit)] = float(sum(days <= limit for days in ended))
        measures[open_within(limit)] = float(sum(days < limit for days in still_open))
        if late_entries(question):
            measures[fewest_within(limit)] = _fewest_within(stays, limit)
    return measures


def by_day(stays: Sequence[Stay]) -> Lasting:
    """The rows of a cell, day by day."""
    days = sorted({stay.days for stay in stays})
    told = [(stay.days, stay.ended) for stay in stays]
    ended, still_open = ([told.count((day, over)) for day in days] for over in (True, False))
    return Lasting(*(np.array(numbers, np.int64) for numbers in (days, ended, still_open)))


def _steps(stays: Sequence[Stay]) -> Iterator[_Step]:
    """Kaplan and Meier (1958). What ended on a day did so before those open on it were last seen. Who came late is at
    risk from that day."""
    next_day, fewest, gone, ended = 0, len(stays), 0, Fraction(0)
    for day in sorted({stay.days for stay in stays}):
        left = _at_risk(stays, day)
        over = sum(stay.ended and stay.days == day for stay in stays)
        fewest, before = min(fewest, _at_risk(stays, next_day)), ended
        ended = 1 - (1 - ended) * (1 - Fraction(over, left))
        yield _Step(day, left, fewest, (gone, gone + over), before, ended)
        next_day, gone = day + 1, gone + over


def _at_risk(stays: Sequence[Stay], day: int) -> int:
    return sum(stay.at_risk(day) for stay in stays)


def _followed(steps: list[_Step], name: str, p: Fraction) -> dict[str, float | None]:
    """The first day when the share `p` has ended; in the middle of a stretch on which it is just `p`, as in R."""
    reached = [step for step in steps if step.ended >= p]
    if not reached:
        return {name: None, beside(name): None}
    first, past = reached[0], next((step for step in reached if step.ended > p), None)
    if past is None:
        return {name: (first.day + steps[-1].day) / 2, beside(name): 0.0}
    if first.ended == p:
        least = min(first.gone[1], past.at_risk, first.fewest)
        return {name: (first.day + past.day) / 2, beside(name): float(least)}
    return {name: float(first.day), beside(name): float(min(*_sides(first, p), first.fewest))}


def _sides(step: _Step, p: Fraction) -> tuple[int, int]:
    """How many have ended before the row that reaches `p`, and how many are left after it, where those of one day end
    in some order."""
    for nth in range(1, step.at_risk + 1):
        ended = 1 - (1 - step.before) * (1 - Fraction(nth, step.at_risk))
        if ended >= p:
            own = 0 if ended == p else 1
            return step.gone[0] + nth - own, step.at_risk - nth
    raise ValueError("the share is not reached on this day")


def _share_within(steps: list[_Step], limit: int) -> float | None:
    """None of no rows, and where none has been followed so long and some are open."""
    if not steps or (limit > steps[-1].day and steps[-1].ended < 1):
        return None
    return float(max((step.ended for step in steps if step.day <= limit), default=Fraction(0)))


def _fewest_within(stays: Sequence[Stay], limit: int) -> float:
    """As `measures.fewest_within` says. Most are at risk on some day when one comes."""
    came = sorted({0, *(stay.late for stay in stays)})
    most = max(came, key=lambda day: (_at_risk(stays, day), -day))
    return float(min(_at_risk(stays, day) for day in range(min(limit, most) + 1)))
