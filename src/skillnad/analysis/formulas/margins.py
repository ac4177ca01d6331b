"""What a logistic model says in per cent: each group's share with everybody's background, and their difference.

    margin of level g = sum over rows of w_i p(x_i with g) / sum of w_i         w_i: the row's number of cases
    var of a difference = d' V d        d: the difference of the margins' slopes in b, V: the covariance of b (delta)

The background is taken as it is. Sources: P. W. Lane and J. A. Nelder, "Analysis of covariance and standardization as
instances of prediction", Biometrics 38 (1982), 613-621; R. Williams, "Using the margins command to estimate and
interpret adjusted predictions and marginal effects", The Stata Journal 12 (2012), 308-331. It is Stata's `margins`, R's
`marginaleffects::avg_comparisons`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import erfc, fsum, sqrt

import numpy as np
from scipy.special import expit

from skillnad.analysis.formulas.designs import Real
from skillnad.analysis.formulas.estimable import check_confidence
from skillnad.analysis.formulas.intervals import Comparison, Interval, normal_quantile
from skillnad.analysis.formulas.logistic import Fit

AT_ONCE = 4_000_000
"""So many shares are predicted at a time."""


@dataclass(frozen=True)
class Margin:
    """The share 0–1 that a level would have with everybody's background, its standard error and its interval."""

    level: str
    share: float
    error: float
    interval: Interval


@dataclass(frozen=True)
class Contrast:
    """A difference of adjusted shares, -1 to 1, and its standard error."""

    value: float
    error: float

    def compared(self, confidence: float = 0.95) -> Comparison:
        """With the normal interval, and the two-sided p."""
        reach = normal_quantile(confidence) * self.error
        interval = Interval(max(-1.0, self.value - reach), min(1.0, self.value + reach))
        return Comparison(self.value, interval, erfc(abs(self.value) / self.error / sqrt(2)) if self.error else None)


Predicted = Mapping[str, tuple[float, Real]]
"""Each level's margin, and how it changes with each coefficient: the same whatever the covariance is."""


def predicted(fit: Fit, variable: str) -> Predicted:
    """Of every level, first first: for those who ask for more than one thing that is made of it."""
    return _predicted_of(fit, variable, fit.design.levels[variable])


def margins(fit: Fit, variable: str, *, confidence: float = 0.95, of: Predicted | None = None) -> tuple[Margin, ...]:
    """The adjusted share of each level of `variable`, first first. The interval is even on the scale of log odds, so it
    stays within 0–1."""
    check_confidence(confidence)
    made, z = of or predicted(fit, variable), normal_quantile(confidence)
    return tuple(_margin(fit, level, *each, z) for level, each in made.items())


def _margin(fit: Fit, level: str, share: float, slope: Real, z: float) -> Margin:
    error = sqrt(float(slope @ fit.covariance @ slope))
    return Margin(level, share, error, odds_interval(share, z * error))


def odds_interval(share: float, reach: float) -> Interval:
    """That reaches so far each way, where it is made even on the scale of log odds. `share` is neither 0 nor 1."""
    odds, far = np.log(share / (1 - share)), reach / (share * (1 - share))
    return Interval(float(expit(odds - far)), float(expit(odds + far)))


def adjusted_difference(fit: Fit, variable: str, level: str, reference: str, *, confidence: float = 0.95) -> Comparison:
    """The adjusted share of `level` less that of `reference`, as -1 to 1, with the delta method's interval and p.

    KeyError of a level that the model does not have.
    """
    return differences_from_others(fit, variable, {level: {reference: 1.0}}, confidence=confidence)[level]


def differences_from_others(
    fit: Fit, variable: str, compared: Mapping[str, Mapping[str, float]], *, confidence: float = 0.95
) -> dict[str, Comparison]:
    """The adjusted share of each level less the mean of the others', each of them by its weight (how many, say).

    KeyError of a level that the model does not have. ValueError of weights that are all nought.
    """
    check_confidence(confidence)
    return {level: each.compared(confidence) for level, each in contrasts(fit, variable, compared).items()}


def contrasts(
    fit: Fit, variable: str, compared: Mapping[str, Mapping[str, float]], *, of: Predicted | None = None
) -> dict[str, Contrast]:
    """The same differences with their standard errors."""
    if not all(fsum(others.values()) > 0 for others in compared.values()):
        raise ValueError("the others have somebody")
    used = dict.fromkeys(level for one, others in compared.items() for level in (one, *others))
    made = of or _predicted_of(fit, variable, list(used))
    return {level: _apart(fit, made, level, others) for level, others in compared.items()}


def _apart(fit: Fit, made: Predicted, level: str, others: Mapping[str, float]) -> Contrast:
    (value, slope), total = made[level], fsum(others.values())
    for other, weight in others.items():
        share, its = made[other]
        value, slope = value - weight / total * share, slope - weight / total * its
    return Contrast(value, sqrt(float(slope @ fit.covariance @ slope)))


def _predicted(fit: Fit, variable: str, level: str) -> tuple[float, Real]:
    """The margin, and how it changes with each coefficient. KeyError of a level that the model does not have."""
    return _predicted_of(fit, variable, [level])[level]


def _predicted_of(fit: Fit, variable: str, levels: Sequence[str]) -> Predicted:
    """Of several levels, so many at a time: one multiplication of matrices takes a fraction of as many of vectors."""
    if not set(levels) <= set(fit.design.levels[variable]):
        raise KeyError(*levels)
    own = np.array([column.variable == variable for column in fit.design.columns])
    weight, x = fit.trials / fit.trials.sum(), fit.design.matrix
    base = x @ np.where(own, 0.0, fit.coefficients)
    found: dict[str, tuple[float, Real]] = {}
    size = max(1, AT_ONCE // len(x))
    for few in (levels[start : start + size] for start in range(0, len(levels), size)):
        held = np.array([[column.level == level for column in fit.design.columns] for level in few]) & own
        shares = expit(base[:, None] + held @ fit.coefficients)
        change = weight[:, None] * shares * (1 - shares)
        slopes = np.where(own, held * change.sum(axis=0)[:, None], change.T @ x)
        found |= dict(zip(few, zip((weight @ shares).tolist(), slopes, strict=True), strict=True))
    return found
