"""Two means against each other, when neither their spreads nor their numbers are alike.

Difference: B. L. Welch, "The generalization of 'Student's' problem when several different population variances are
involved", Biometrika 34 (1947), 28-35. Ratio: E. C. Fieller, "Some problems in interval estimation", Journal of the
Royal Statistical Society B 16 (1954), 175-185, with unequal spreads and Satterthwaite's degrees of freedom at the found
ratio: M. Hasler, R. Vonk and L. A. Hothorn, Statistics in Medicine 27 (2008), 490-503.

They cover as they say where values are roughly symmetric, or many. A skewed quantity (days, costs) needs more: the
interval of one mean of exponential values covers 90 % at n = 10 and 94 % at n = 100; a difference of two such, of
groups of like size, fares well, since the skews cancel. Show medians of few. Welch's p is a little small in the far
tail where groups have 10 to 20: of pages of 20 comparisons without any difference 5.3 % show one then, 5.0 % from 30.
"""

from collections.abc import Sequence
from math import fsum, sqrt
from typing import NamedTuple

from scipy.special import stdtr

from skillnad.analysis.formulas.intervals import Comparison, Interval, MaybeInterval, NoInterval, Why, t_quantile


class Moments(NamedTuple):
    """What means need of values: how many, their mean, and their variance (divisor n - 1; 0 of one value)."""

    n: int
    mean: float
    variance: float

    @property
    def error(self) -> float:
        """The standard error of the mean, squared."""
        return self.variance / self.n


def moments(values: Sequence[float]) -> Moments | None:
    """None of no values."""
    n = len(values)
    if not n:
        return None
    mean = fsum(values) / n
    return Moments(n, mean, fsum((value - mean) ** 2 for value in values) / max(1, n - 1))


def mean_interval(of: Moments, *, confidence: float = 0.95) -> MaybeInterval:
    """Student's interval of one mean, in the unit of the values; none of one value, or of values that are all one."""
    reason = _unfit(of)
    if reason:
        return NoInterval(reason)
    reach = t_quantile(confidence, of.n - 1) * sqrt(of.error)
    return Interval(of.mean - reach, of.mean + reach)


def mean_change(changes: Moments, *, confidence: float = 0.95) -> Comparison:
    """The mean of how much each person changed (later less earlier), with Student's paired interval and p."""
    interval = mean_interval(changes, confidence=confidence)
    if isinstance(interval, NoInterval):
        return Comparison(changes.mean, interval, None)
    return Comparison(changes.mean, interval, _two_sided(changes.mean / sqrt(changes.error), changes.n - 1))


def mean_difference(first: Moments, second: Moments, *, confidence: float = 0.95) -> Comparison:
    """`first` less `second`, in the unit of the values, with Welch's interval and p."""
    value, reason = first.mean - second.mean, _unfit(first, second)
    if reason:
        return Comparison.none(reason, value)
    error, degrees = sqrt(first.error + second.error), degrees_of_freedom(first, second)
    reach = t_quantile(confidence, degrees) * error
    return Comparison(value, Interval(value - reach, value + reach), _two_sided(value / error, degrees))


def mean_ratio(first: Moments, second: Moments, *, confidence: float = 0.95) -> Comparison:
    """`first` to `second`, with Fieller's interval; none where the second may be nought. p is of their difference."""
    if not second.mean:
        return Comparison.none(Why.NEAR_NOUGHT)
    value, reason = first.mean / second.mean, _unfit(first, second)
    if reason:
        return Comparison.none(reason, value)
    t = t_quantile(confidence, degrees_of_freedom(first, second, value))
    interval = _fieller(first, second, t)
    return Comparison(value, interval, mean_difference(first, second).p)


def _fieller(first: Moments, second: Moments, t: float) -> MaybeInterval:
    """The ratios r at which first - r second is within t standard errors of nought: between the roots of a square."""
    square = second.mean**2 - t * t * second.error
    if square <= 0:
        return NoInterval(Why.NEAR_NOUGHT)
    middle = first.mean * second.mean / square
    reach = sqrt(middle * middle - (first.mean**2 - t * t * first.error) / square)
    return Interval(middle - reach, middle + reach)


def degrees_of_freedom(first: Moments, second: Moments, ratio: float = 1.0) -> float:
    """Satterthwaite's, of first - ratio second; not always whole."""
    one, other = first.error, ratio * ratio * second.error
    return (one + other) ** 2 / (_own(one, first.n) + _own(other, second.n))


def _own(error: float, n: int) -> float:
    return error * error / (n - 1)


def _two_sided(t: float, degrees: float) -> float:
    return float(2 * stdtr(degrees, -abs(t)))


def _unfit(*groups: Moments) -> Why | None:
    if any(group.n < 2 for group in groups):
        return Why.TOO_FEW
    return None if any(group.variance > 0 for group in groups) else Why.NO_SPREAD
