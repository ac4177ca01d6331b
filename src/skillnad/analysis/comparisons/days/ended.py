"""Times of groups of which no row can be open: medians, and means where they may be shown.

A mean times how many it is of is a sum, and sums of groups add up. So means are shown of all the groups or of none: of
none where any group's number is hidden or is under twice what a quantile needs, where groups overlap, or where one row
has more than `largest_share` of a group's days. Twice: a mean and its interval are two equations, and beside the ends
of the median's interval they tell the shortest and the longest of ten rows, where most are alike.
"""

from collections.abc import Sequence
from dataclasses import replace

from skillnad.analysis.comparisons.days.ends import NONE_TOLD, enough_for_a_difference, told_interval
from skillnad.analysis.comparisons.days.groups import EachDay, Groups, Opposed, Pairs, how_many
from skillnad.analysis.comparisons.days.together import effect_of, of_time, unsurer, unsurer_ratio
from skillnad.analysis.comparisons.days.told import (
    COMPARED,
    DIFFERENCE,
    OF_RATIOS,
    RATIO,
    ROWS,
    Judged,
    rounded,
    rounded_days,
    smallest_seen,
    told,
    told_days,
)
from skillnad.analysis.comparisons.made import Figures, with_ends
from skillnad.analysis.comparisons.repeats import NONE, Repeats
from skillnad.analysis.comparisons.rows import Lasting
from skillnad.analysis.comparisons.shares import hide
from skillnad.analysis.formulas.estimable import Estimate
from skillnad.analysis.formulas.followed import difference
from skillnad.analysis.formulas.intervals import Comparison, Interval, NoInterval, Why
from skillnad.analysis.formulas.means import Moments, mean_difference, mean_interval, mean_ratio
from skillnad.analysis.formulas.medians import median_difference, median_ratio, median_test_p
from skillnad.analysis.formulas.quantiles import quantile
from skillnad.analysis.results import Measure, MeasureKind

MEDIAN = Measure("median", "Median, dagar", MeasureKind.DAYS)
MEAN = Measure("mean", "Medelvärde, dagar", MeasureKind.DAYS)
MEAN_DIFFERENCE = Measure("mean_difference", "Skillnad i medelvärde, dagar", MeasureKind.DAYS)
MEAN_RATIO = Measure("mean_ratio", "Kvot av medelvärden", MeasureKind.RATIO)
TIMES_A_QUANTILE = 2
"""How many times the rows that a quantile needs a mean needs: of 20 at least five are outside each end of the median's
interval, and there are other rows with the same figures, the longest of them of other days."""


def put_ended(
    figures: Figures, groups: Groups, pairs: Pairs, relevant: float, repeats: Repeats = NONE, *, with_means: bool = True
) -> list[Judged]:
    """Puts each group's figures and the differences; gives what is to be judged. Means only `with_means`, and where
    they may be shown."""
    for measure in (ROWS, *with_ends(MEDIAN), *COMPARED):
        figures.column(measure)
    for code, rows in groups.rows.items():
        figures.put(ROWS, (code,), None if rows is None else how_many(rows))
        if rows is None or how_many(rows):
            shown = rows if rows and groups.enough(rows) else None
            _put_median(figures, code, shown, repeats.of(code), groups.policy.threshold)
    if not groups.axis.multiple:
        _put_means(figures, groups, pairs, repeats, shown=with_means and means_shown(groups))
    return [
        _put_difference(figures, code, pair, relevant, effect_of(pair, code, repeats), groups.policy.threshold)
        for code, pair in pairs.items()
        if pair
    ]


def means_shown(groups: Groups) -> bool:
    return not groups.axis.multiple and all(_mean_shown(groups, rows) for rows in groups.rows.values())


def _mean_shown(groups: Groups, rows: Lasting | None) -> bool:
    if rows is None or not how_many(rows):
        return rows is not None
    most = groups.policy.largest_share * float(rows.days @ rows.ended)
    enough = how_many(rows) >= TIMES_A_QUANTILE * groups.policy.quantile_minimum
    return enough and int(rows.days[-1]) <= most


def _put_median(figures: Figures, code: str, rows: Lasting | None, effect: float, threshold: int) -> None:
    if rows is None:
        hide(figures, with_ends(MEDIAN), (code,))
        return
    days = EachDay(rows)
    median = quantile(days, 0.5) or 0.0
    figures.put_ends(MEDIAN, (code,), median, rounded_days(of_time(median, told_interval(days, threshold), effect)))


def _put_means(figures: Figures, groups: Groups, pairs: Pairs, repeats: Repeats, *, shown: bool) -> None:
    for code, rows in groups.rows.items():
        if not shown and (rows is None or how_many(rows)):
            hide(figures, with_ends(MEAN), (code,))
        elif rows is not None and how_many(rows):
            of = moments(rows)
            ends = of_time(of.mean, mean_interval(of), repeats.of(code))
            figures.put_ends(MEAN, (code,), rounded(of.mean), rounded_days(ends))
    for code, pair in pairs.items():
        if pair is None or not shown:
            hide(figures, (*with_ends(MEAN_DIFFERENCE), *with_ends(MEAN_RATIO)), (code,))
            continue
        one, other, effect = moments(pair.own), moments(pair.other), effect_of(pair, code, repeats)
        figures.put_compared(MEAN_DIFFERENCE, (code,), told_days(unsurer(mean_difference(one, other), effect)))
        figures.put_compared(MEAN_RATIO, (code,), told(unsurer_ratio(mean_ratio(one, other), effect), OF_RATIOS))


def _put_difference(
    figures: Figures, code: str, pair: Opposed, relevant: float, effect: float, threshold: int
) -> Judged:
    one, other = EachDay(pair.own), EachDay(pair.other)
    between, times = medians_compared(one, other, threshold), median_ratio(one, other)
    if not isinstance(between.interval, Interval):
        times = replace(times, interval=between.interval)
    compared = told_days(unsurer(between, effect))
    figures.put_compared(DIFFERENCE, (code,), compared)
    figures.put_compared(RATIO, (code,), told(unsurer_ratio(times, effect), OF_RATIOS))
    return Judged(code, compared, smallest_seen(compared), relevant)


def medians_compared(one: Sequence[float], other: Sequence[float], threshold: int) -> Comparison:
    """By Price and Bonett; where so many days are alike that both medians stand still, by their own intervals. Without
    an interval where it would be of rows that fewer than `threshold` lie beyond."""
    compared = median_difference(one, other)
    if compared.interval == NoInterval(Why.NO_SPREAD):
        first, second = (Estimate(quantile(days, 0.5) or 0.0, told_interval(days, threshold)) for days in (one, other))
        return difference(first, second, median_test_p(one, other))
    if all(enough_for_a_difference(days, threshold) for days in (one, other)):
        return compared
    return replace(compared, interval=NONE_TOLD)


def moments(rows: Lasting) -> Moments:
    n, of = how_many(rows), rows.days.astype(float)
    mean = float(of @ rows.ended) / n
    return Moments(n, mean, float((of - mean) ** 2 @ rows.ended) / max(1, n - 1))
