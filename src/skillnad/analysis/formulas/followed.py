"""Two groups' times with the open counted right: differences and ratios, put together of what is known of each group.

Two estimates with their own intervals: G. Y. Zou and A. Donner, "Construction of confidence limits about effect
measures: a general approach", Statistics in Medicine 27 (2008), 1693-1702. The reaches of the two intervals are the
legs of a triangle, each end by itself, so that what is skewed stays so; of two shares without anything open it is
Newcombe's interval. A ratio is a difference of logarithms.

Two medians: their limits are taken at 80 % (`NARROW`) and each reach is stretched, by 1.96 / 1.28, to 95 %. Limits of
95 % of each lie among the few who are left: put together they hold the difference 99 times of 100 where groups have 10
rows, and have mostly no upper end where some are open. Stretched ones hold it 94 to 97 times from 10 rows on.

Two shares within a limit: p is that of two shares (`differences.p_of_shares`) of as many rows, followed all the way, as
would give Kaplan and Meier's curve the variance that it has (Greenwood's), in whole rows; where nothing was open before
the limit they are the rows themselves, and p is Pearson's or Fisher's.
"""

from math import exp, hypot, inf, log

from skillnad.analysis.formulas.differences import p_of_shares
from skillnad.analysis.formulas.estimable import Estimate
from skillnad.analysis.formulas.intervals import Comparison, Interval, MaybeInterval, NoInterval, Why, normal_quantile
from skillnad.analysis.formulas.power import smallest_share_difference
from skillnad.analysis.formulas.proportions import Counted

NARROW = 0.8
"""The confidence that two medians have their own intervals at, to be compared."""


def difference(first: Estimate, second: Estimate, p: float | None = None, *, at: float = 0.95) -> Comparison:
    """`first` less `second` in their unit, with an interval of 95 %; `at` is the confidence of their own. An end is
    infinite where one of theirs is."""
    return Comparison(first.value - second.value, _apart(first, second, at), p)


def ratio(first: Estimate, second: Estimate, p: float | None = None, *, at: float = 0.95) -> Comparison:
    """`first` to `second`, both above 0."""
    if first.value <= 0 or second.value <= 0:
        return Comparison.none(Why.NEAR_NOUGHT)
    between = _apart(_logged(first), _logged(second), at)
    if isinstance(between, Interval):
        between = Interval(exp(between.low), exp(between.high))
    return Comparison(first.value / second.value, between, p)


def _apart(first: Estimate, second: Estimate, at: float) -> MaybeInterval:
    one, other = first.interval, second.interval
    if isinstance(one, NoInterval) or isinstance(other, NoInterval):
        return one if isinstance(one, NoInterval) else other
    value, times = first.value - second.value, normal_quantile(0.95) / normal_quantile(at)
    low = hypot(first.value - one.low, other.high - second.value)
    high = hypot(one.high - first.value, second.value - other.low)
    return Interval(value - times * low, value + times * high)


def _logged(of: Estimate) -> Estimate:
    if isinstance(of.interval, NoInterval):
        return Estimate(log(of.value), of.interval)
    low, high = (log(end) if end > 0 else -inf for end in of.interval)
    return Estimate(log(of.value), Interval(low, high))


def whole_rows(share: float, rows: float) -> Counted:
    """A share of a number of rows that need not be whole, in whole rows."""
    return Counted(round(share * rows), round(rows))


def difference_within(first: Estimate, second: Estimate, rows: tuple[float, float]) -> Comparison:
    """The share of `first` within a limit less that of `second`; each is as sure as one of so many followed `rows`."""
    one, other = whole_rows(first.value, rows[0]), whole_rows(second.value, rows[1])
    if not one.whole or not other.whole:
        return Comparison.none(Why.TOO_FEW, first.value - second.value)
    return difference(first, second, p_of_shares(one, other))


def smallest_within(first: Estimate, second: Estimate, rows: tuple[float, float]) -> float | None:
    """The smallest difference of shares within a limit that so many rows could have shown."""
    one, other = whole_rows(first.value, rows[0]), whole_rows(second.value, rows[1])
    if not one.whole or not other.whole:
        return None
    base = (one.part + other.part) / (one.whole + other.whole)
    return smallest_share_difference(one.whole, other.whole, base).either_way
