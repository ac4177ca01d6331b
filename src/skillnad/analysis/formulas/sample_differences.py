"""Two shares of samples against each other: parts of one sample that share nobody, or samples drawn apart.

The estimates are independent: of two groups in one simple random sample the linearised errors have no covariance, for
no row has both (W. G. Cochran, Sampling Techniques, 3rd ed. 1977, 5A.14; R's svyby gives 0 too). The difference has
Newcombe's interval of the two shares' own ones (G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008), 1693-1702),
and p is Pearson's chi-square of the effective sizes: J. N. K. Rao and A. J. Scott, "A simple method for the analysis of
clustered binary data", Biometrics 48 (1992), 577-585.
"""

from math import erfc, inf, sqrt

from skillnad.analysis.formulas.intervals import Comparison, Interval, NoInterval
from skillnad.analysis.formulas.power import smallest_share_difference
from skillnad.analysis.formulas.samples import Sampled

ENDLESS = 10**9
"""As good as infinitely many, where a number is needed."""


def sample_difference(first: Sampled, second: Sampled) -> Comparison:
    """`first` less `second`, -1 to 1, of two `sample_share`. There is no p where nothing is unsure: a difference in
    the whole population is what it is."""
    if first.value is None or second.value is None:
        return Comparison(None, _first_reason(first, second), None)
    value = first.value - second.value
    one, other = first.interval, second.interval
    if not isinstance(one, Interval) or not isinstance(other, Interval):
        return Comparison(value, _first_reason(first, second), None)
    down = sqrt((first.value - one.low) ** 2 + (other.high - second.value) ** 2)
    up = sqrt((one.high - first.value) ** 2 + (second.value - other.low) ** 2)
    return Comparison(value, Interval(max(-1.0, value - down), min(1.0, value + up)), _p(first, second, value))


def smallest_sample_difference(first: Sampled, second: Sampled, *, alpha: float = 0.05) -> float | None:
    """The smallest difference that could have been seen, from the share of the two together, each as sure as the other
    is. None where none could, or nothing is unsure."""
    parts = _parts(first, second)
    if parts is None or first.value is None or second.value is None:
        return None
    one, other = (max(1, round(min(1 / part, ENDLESS))) if part else ENDLESS for part in parts)
    return smallest_share_difference(one, other, _together(first.value, second.value, *parts), alpha=alpha).either_way


def _first_reason(first: Sampled, second: Sampled) -> NoInterval:
    return next(each.interval for each in (first, second) if isinstance(each.interval, NoInterval))


def _p(first: Sampled, second: Sampled, value: float) -> float | None:
    parts = _parts(first, second)
    if parts is None or first.value is None or second.value is None:
        return None
    share = _together(first.value, second.value, *parts)
    error = sqrt(share * (1 - share) * sum(parts))
    return erfc(abs(value) / error / sqrt(2)) if error else 1.0


def _parts(first: Sampled, second: Sampled) -> tuple[float, float] | None:
    """One effective answer's part of each; None where there are none, or infinitely many of both."""
    if first.effective is None or second.effective is None or first.effective == second.effective == inf:
        return None
    return 1 / first.effective, 1 / second.effective


def _together(one: float, other: float, first: float, second: float) -> float:
    """The share of both, each weighed by its effective size."""
    return (second * one + first * other) / (first + second)
