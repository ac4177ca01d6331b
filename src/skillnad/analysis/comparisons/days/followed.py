"""Times of groups of which rows can be open, with the open counted right: Kaplan and Meier's medians, and p by the
log-rank test.

A median stands where the plain table shows it. Its interval's upper end rests on those who are left then: where they
are fewer than `threshold` there is none, just as where too few have ended to set one, and the difference's has none
either. A lower end on the day that the first row ended would be that row's days: it is 0 there, which holds no less.
Means are not shown, since they cannot be had of what is open.
"""

from dataclasses import replace
from math import ceil, inf

import numpy as np

from skillnad.analysis.comparisons.days.groups import Cells, Groups, Opposed, Pairs, how_many, life_table
from skillnad.analysis.comparisons.days.together import effect_of, of_time, unsurer, unsurer_ratio
from skillnad.analysis.comparisons.days.told import (
    COMPARED,
    DIFFERENCE,
    OF_RATIOS,
    RATIO,
    ROWS,
    Judged,
    rounded_days,
    smallest_seen,
    told,
    told_days,
    told_p,
)
from skillnad.analysis.comparisons.made import Figures, with_ends
from skillnad.analysis.comparisons.repeats import NONE, Repeats
from skillnad.analysis.comparisons.rows import Lasting
from skillnad.analysis.comparisons.shares import hide
from skillnad.analysis.formulas.clusters import weakened
from skillnad.analysis.formulas.estimable import Estimate, NotEstimable
from skillnad.analysis.formulas.followed import NARROW, difference, ratio
from skillnad.analysis.formulas.intervals import Comparison, Interval, MaybeInterval, Why
from skillnad.analysis.formulas.life_tables import LifeTable
from skillnad.analysis.formulas.log_rank import log_rank
from skillnad.analysis.formulas.survival import kaplan_meier, time_until
from skillnad.analysis.measures import OPEN, followed
from skillnad.analysis.results import Measure, MeasureKind

STILL_OPEN = Measure(OPEN, "Pågår ännu", MeasureKind.COUNT)
MEDIAN = Measure("median", "Median med pågående, dagar", MeasureKind.DAYS)
FROM_SHORTEST = 2
"""How many rows have ended at a lower end at the least: of ten days that have all ended, too, it is the second."""


def put_followed(
    figures: Figures, groups: Groups, pairs: Pairs, cells: Cells, relevant: float, repeats: Repeats = NONE
) -> list[Judged]:
    """Puts each group's figures and the differences; gives what is to be judged. `cells` are the plain table's."""
    medians = cells[followed("median")]
    for measure in (ROWS, STILL_OPEN, *with_ends(MEDIAN), *COMPARED):
        figures.column(measure)
    for code, rows in groups.rows.items():
        figures.put(ROWS, (code,), None if rows is None else how_many(rows))
        figures.put(STILL_OPEN, (code,), cells[OPEN][code,])
        if (code,) in medians:
            _put_median(figures, groups, code, None if medians[code,] is None else rows, repeats.of(code))
    return [
        _put_difference(figures, groups, code, pair, relevant, effect_of(pair, code, repeats))
        for code, pair in pairs.items()
        if pair
    ]


def _put_median(figures: Figures, groups: Groups, code: str, rows: Lasting | None, effect: float) -> None:
    median = None if rows is None else followed_median(rows, groups.policy.threshold)
    if median is None:
        hide(figures, with_ends(MEDIAN), (code,))
    else:
        ends = rounded_days(of_time(median.value, median.interval, effect))
        figures.put_ends(MEDIAN, (code,), median.value, ends)


def _put_difference(
    figures: Figures, groups: Groups, code: str, pair: Opposed, relevant: float, effect: float
) -> Judged:
    one, other = (followed_median(rows, groups.policy.threshold, at=NARROW) for rows in (pair.own, pair.other))
    p = log_rank_p(pair, effect)
    if one is None or other is None:
        return Judged(code, Comparison(None, Comparison.none(Why.TOO_FEW).interval, told_p(p)), None, relevant)
    compared = told_days(replace(unsurer(difference(one, other, at=NARROW), effect), p=p))
    figures.put_compared(DIFFERENCE, (code,), compared)
    figures.put_compared(RATIO, (code,), told(unsurer_ratio(ratio(one, other, at=NARROW), effect), OF_RATIOS))
    return Judged(code, compared, smallest_seen(compared), relevant)


def log_rank_p(pair: Opposed, effect: float) -> float | None:
    tested = log_rank([life_table(pair.own), life_table(pair.other)])
    return None if isinstance(tested, NotEstimable) else weakened(tested.p_value, effect)


def followed_median(rows: Lasting, threshold: int, *, at: float = 0.95) -> Estimate | None:
    """With its interval of the confidence `at`; None where it cannot be told yet, or is of fewer than `threshold`."""
    table = life_table(rows)
    curve = kaplan_meier(table, confidence=at)
    median = curve if isinstance(curve, NotEstimable) else time_until(curve, 0.5)
    if isinstance(median, NotEstimable) or left_at(table, median.value) < threshold:
        return None
    return Estimate(median.value, _ends_told(table, median.interval, threshold))


def _ends_told(table: LifeTable, interval: MaybeInterval, threshold: int) -> MaybeInterval:
    if not isinstance(interval, Interval):
        return interval
    ended = int(table.ended[table.days <= interval.low].sum())
    return Interval(
        interval.low if ended >= FROM_SHORTEST else 0.0,
        interval.high if left_at(table, interval.high) >= threshold else inf,
    )


def left_at(table: LifeTable, day: float) -> int:
    """How many a figure of that day rests on: those at risk when a row ended on it, or next after it; of the last day
    where none did."""
    if day == inf:
        return 0
    at_risk = table.at_risk
    next_ended = np.flatnonzero((table.days >= ceil(day)) & (table.ended > 0))
    return int(at_risk[next_ended[0] if len(next_ended) else -1])
