"""How many rows lie beyond a median, or beyond an end of its interval: it may be told where `threshold` do.

As for every quantile (`protected_durations`): what is a row's own days does not count that row, and what lies between
two rows has them on either side. Rows that end on one day do so in some order.
"""

from collections.abc import Sequence
from math import inf

import numpy as np

from skillnad.analysis.formulas.estimable import Estimate, NotEstimable
from skillnad.analysis.formulas.intervals import Interval, MaybeInterval, NoInterval, Why
from skillnad.analysis.formulas.life_tables import LifeTable, Real
from skillnad.analysis.formulas.medians import lower_end, quantile_interval, variance_rank
from skillnad.analysis.formulas.survival import TOLERANCE, Curve, kaplan_meier, time_until

NONE_TOLD = NoInterval(Why.TOO_FEW)
MEDIAN = 0.5
Sides = tuple[int, int]
"""Rows before, and rows after."""


def told_interval(days: Sequence[float], threshold: int) -> MaybeInterval:
    """Of the median of sorted days that have all ended: both ends are as far out."""
    end = lower_end(len(days), MEDIAN)
    return quantile_interval(days) if end and end.rank - (end.weight == 0) >= threshold else NONE_TOLD


def enough_for_a_difference(days: Sequence[float], threshold: int) -> bool:
    """Do so many lie beyond each of the two rows whose days say how sure the median is?"""
    return variance_rank(len(days)) - 1 >= threshold


def told_median(table: LifeTable, threshold: int, *, at: float = 0.95) -> Estimate | None:
    """Kaplan and Meier's median with its interval of the confidence `at`; None where it cannot be told. An end that
    cannot is 0, or infinite; with neither there is no interval."""
    curve = kaplan_meier(table, confidence=at)
    median = curve if isinstance(curve, NotEstimable) else time_until(curve, MEDIAN)
    if isinstance(curve, NotEstimable) or isinstance(median, NotEstimable) or min(sides(curve, "share")) < threshold:
        return None
    return Estimate(median.value, _ends_told(curve, median.interval, threshold))


def _ends_told(curve: Curve, interval: MaybeInterval, threshold: int) -> MaybeInterval:
    if not isinstance(interval, Interval):
        return interval
    low = interval.low if sides(curve, "low")[0] >= threshold else 0.0
    high = interval.high if interval.high < inf and sides(curve, "high")[1] >= threshold else inf
    return Interval(low, high) if low > 0 or high < inf else NONE_TOLD


def sides(curve: Curve, line: str) -> Sides:
    """How many have ended before the row at which a line of the curve (its `share`, or a limit of it) passes the
    median, and how many are left after it. None after a stretch that goes on to the last day, whose end is the longest
    row's."""
    ended = _ended(curve, line)
    reached, past = (np.flatnonzero(ended >= MEDIAN + off) for off in (-TOLERANCE, TOLERANCE))
    first, gone = int(reached[0]), np.concatenate([[0], np.cumsum(curve.table.ended)])
    if ended[first] <= MEDIAN + TOLERANCE:
        after = int(curve.table.at_risk[past[0]]) if len(past) else 0
        return int(gone[first + 1]), after
    nth, own = _reaching(curve, line, first)
    return int(gone[first]) + nth - own, int(curve.table.at_risk[first]) - nth


def _ended(curve: Curve, line: str) -> Real:
    found: Real = 1 - getattr(curve, line)
    return found


def _reaching(curve: Curve, line: str, place: int) -> Sides:
    """Which of the rows of that day is the first at which the line reaches the median, by halving; and 0 where it then
    is just there, so that the row is on one side, else 1."""
    low, high = 1, int(curve.table.ended[place])
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _with(curve, line, place, middle) >= MEDIAN - TOLERANCE else (middle + 1, high)
    return low, int(not _with(curve, line, place, low) <= MEDIAN + TOLERANCE)


def _with(curve: Curve, line: str, place: int, rows: int) -> float:
    """How many have ended, as a share by the line, when so many of a day's rows have."""
    table = curve.table
    ended, still_open = table.ended[: place + 1].copy(), table.open[: place + 1].copy()
    ended[place], still_open[place] = rows, table.at_risk[place] - rows
    partly = kaplan_meier(
        LifeTable(table.days[: place + 1], ended, still_open, table.entries), confidence=curve.confidence
    )
    return inf if isinstance(partly, NotEstimable) else float(_ended(partly, line)[-1])
