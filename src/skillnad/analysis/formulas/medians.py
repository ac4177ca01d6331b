"""How sure a median or another quantile is, and two medians against each other.

One quantile, exact: the order statistics whose binomial chance of having the quantile between them is at least the
confidence (H. A. David and H. N. Nagaraja, Order Statistics, 3rd ed. 2003, 7.1); it covers what it says whatever the
distribution, and as a rule more (98 % at n = 10). Interpolated between order statistics it covers 95 % nearly whatever
the distribution: T. P. Hettmansperger and S. J. Sheather, Statistics and Probability Letters 4 (1986), 75-79; for any
quantile J. Nyblom, "Note on interpolated order statistics", ibid. 14 (1992), 129-131. The latter is used.

Two medians: R. M. Price and D. G. Bonett, "Distribution-free confidence intervals for difference and ratio of medians",
Journal of Statistical Computation and Simulation 72 (2002), 119-124. At n = 10 it covers 94 % (even values) to 98 %
(long tails), 96 % on average over shapes; from n = 30 on 95 %. Its p would be far too small at few values (of 20
comparisons without any difference 12 % of pages would show one), so p is the median test's: how many of each group are
above the median of both together (or at it), by `differences.p_of_shares` (A. M. Mood, Introduction to the Theory of
Statistics, 1950, 394-406; W. J. Conover, Practical Nonparametric Statistics, 3rd ed. 1999, 4.3).

Values are sorted, least first, a list or an array of any unit. Many equal values (days, whole years) make intervals
cover more, and may leave an interval of one value.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from math import exp, log, sqrt
from statistics import NormalDist
from typing import NamedTuple

from scipy.special import bdtr, bdtrc

from skillnad.analysis.formulas.differences import p_of_shares
from skillnad.analysis.formulas.intervals import (
    Comparison,
    Interval,
    MaybeInterval,
    NoInterval,
    Why,
    normal_quantile,
)
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.quantiles import interpolate, place

LEAST = 6
"""Values in each group for medians to be compared: of fewer, even the extremes hold the median in under 95 of 100."""


class End(NamedTuple):
    """An end of an interval: the order statistic `rank`, counted from 1 from the end's own side, and how much weight
    (0–1) the next one inwards has."""

    rank: int
    weight: float


def quantile_interval(
    values: Sequence[float], p: float = 0.5, *, confidence: float = 0.95, exact: bool = False
) -> MaybeInterval:
    """The interval of the quantile `p` (0–1, ends excluded); none where so few values cannot hold it. `exact`: order
    statistics as they are."""
    n = len(values)
    low, high = lower_end(n, p, confidence), lower_end(n, 1 - p, confidence)
    if low is None or high is None:
        return NoInterval(Why.TOO_FEW if n else Why.NOBODY)
    return Interval(
        _at(values, low.rank - 1, low.rank, 0 if exact else low.weight),
        _at(values, n - high.rank, n - high.rank - 1, 0 if exact else high.weight),
    )


def _at(values: Sequence[float], at: int, inwards: int, weight: float) -> float:
    return float(values[at] if weight == 0 else interpolate(values[at], values[inwards], weight))


@lru_cache(maxsize=1024)
def lower_end(n: int, p: float, confidence: float = 0.95) -> End | None:
    """The lower end of the quantile `p` of n values: the last rank at or below the quantile with enough chance, and
    Nyblom's weight of the next. None where no rank has enough. The upper end is the same of 1 - p, from above."""
    enough = 0.5 + confidence / 2
    rank = _last_rank(n, p, enough)
    if rank == 0:
        return None
    over, under = _chance(n, p, rank) - enough, enough - _chance(n, p, rank + 1)
    if rank == n:
        return End(rank, 0.0)
    return End(rank, over / (over + under * rank * (1 - p) / ((n - rank) * p)))


def _last_rank(n: int, p: float, enough: float) -> int:
    """By halving: the chance falls as the rank rises."""
    low, high = 0, n
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _chance(n, p, middle) >= enough else (low, middle - 1)
    return low


def _chance(n: int, p: float, rank: int) -> float:
    """That the order statistic `rank` (from 1) is at most the quantile: at least `rank` of n values are below it."""
    return 0.0 if rank > n else float(bdtrc(rank - 1, n, p))


def median_difference(first: Sequence[float], second: Sequence[float], *, confidence: float = 0.95) -> Comparison:
    """The median of `first` less that of `second`, in their unit, with Price and Bonett's interval; both sorted."""
    one, other = _median(first), _median(second)
    if one is None or other is None:
        return Comparison.none(Why.NOBODY)
    reason = _unfit(first, second)
    if reason:
        return Comparison.none(reason, one - other)
    value, error = one - other, sqrt(median_variance(first) + median_variance(second))
    if not error:
        return Comparison.none(Why.NO_SPREAD, value)
    reach = normal_quantile(confidence) * error
    return Comparison(value, Interval(value - reach, value + reach), median_test_p(first, second))


def median_ratio(first: Sequence[float], second: Sequence[float], *, confidence: float = 0.95) -> Comparison:
    """The median of `first` to that of `second`, both above 0, by the same variances on the log scale."""
    one, other = _median(first), _median(second)
    if one is None or other is None:
        return Comparison.none(Why.NOBODY)
    if one <= 0 or other <= 0:
        return Comparison.none(Why.NEAR_NOUGHT)
    reason = _unfit(first, second)
    if reason:
        return Comparison.none(reason, one / other)
    error = sqrt(median_variance(first) / one**2 + median_variance(second) / other**2)
    if not error:
        return Comparison.none(Why.NO_SPREAD, one / other)
    value, reach = log(one / other), normal_quantile(confidence) * error
    return Comparison(exp(value), Interval(exp(value - reach), exp(value + reach)), median_test_p(first, second))


def _median(values: Sequence[float]) -> float | None:
    """Of a list or an array, whose own truth is not to be asked."""
    if not len(values):
        return None
    below, part = place(len(values), 0.5)
    return float(interpolate(values[below], values[len(values) - 1 - below], part))


def _unfit(first: Sequence[float], second: Sequence[float]) -> Why | None:
    return Why.TOO_FEW if min(len(first), len(second)) < LEAST else None


def median_variance(values: Sequence[float]) -> float:
    """Of the median of sorted values, their unit squared: from how far apart two order statistics about it are. Bonett
    and Price, Psychological Methods 7 (2002), 370-383."""
    n = len(values)
    rank = variance_rank(n)
    z = -NormalDist().inv_cdf(float(bdtr(rank - 1, n, 0.5)))
    return float(((values[n - rank] - values[rank - 1]) / (2 * z)) ** 2)


def variance_rank(n: int) -> int:
    """Which of n sorted values, from either side, the variance of their median is of."""
    return max(1, round((n + 1) / 2 - sqrt(n)))


def median_test_p(first: Sequence[float], second: Sequence[float]) -> float:
    """The two-sided p of as many of both groups being above the median of both together; both sorted, none empty.

    Where so many are at it that more would be even halves with them, they count as above: else few days that many share
    (most decisions taken on the first or second day) would leave nobody above.
    """
    last = len(first) + len(second) - 1
    both = (_of_both(first, second, last // 2) + _of_both(first, second, (last + 1) // 2)) / 2
    above, from_it = (
        tuple(Counted(len(group) - below(group, both), len(group)) for group in (first, second))
        for below in (bisect_right, bisect_left)
    )
    return p_of_shares(*min(above, from_it, key=_uneven))


def _of_both(first: Sequence[float], second: Sequence[float], at: int) -> float:
    """The value at the place `at`, from 0, of two sorted groups put together: by halving how many of the first are up
    to it, so that millions need not be put together."""
    low, high = max(0, at + 1 - len(second)), min(at + 1, len(first))
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if first[middle] < second[at - middle] else (low, middle)
    last = [group[number - 1] for group, number in ((first, low), (second, at + 1 - low)) if number]
    return float(max(last))


def _uneven(split: tuple[Counted, ...]) -> int:
    """How far from halves all together are, in rows."""
    return abs(sum(2 * each.part - each.whole for each in split))
