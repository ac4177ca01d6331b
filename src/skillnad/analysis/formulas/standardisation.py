"""Direct standardisation: the share or rate that a group would have, were its ages and sexes those of a standard.

    standardised = sum over strata i of w_i x_i / n_i        w_i: the standard population's part in stratum i, sum 1

Rates (events x by person-time n): P. Fay and E. Feuer, "Confidence intervals for directly standardized rates: a method
based on the gamma distribution", Statistics in Medicine 16 (1997), 791-801; it covers at least as often as it says.

Shares (x of n people), by default: each stratum's Wilson interval put together, G. Y. Zou, W. Huang and X. Zhang, "A
note on confidence interval estimation for a linear function of binomial proportions", Computational Statistics & Data
Analysis 53 (2009), 1080-1085; it holds where a stratum has none or all. NORMAL is the textbook interval, for many in
every stratum: J. L. Fleiss, B. Levin and M. C. Paik, Statistical Methods for Rates and Proportions (3rd ed. 2003), 19.

Two standardised figures, from their own intervals. Difference: G. Y. Zou and A. Donner, "Construction of confidence
limits about effect measures: a general approach", Statistics in Medicine 27 (2008), 1693-1702. Ratio: A. Donner and G.
Y. Zou, "Closed-form confidence intervals for functions of the normal mean and standard deviation", Statistical Methods
in Medical Research 21 (2012), 347-359.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import erfc, fsum, inf, sqrt
from typing import NamedTuple

from scipy.special import gammaincinv

from skillnad.analysis.formulas.estimable import NotEstimable, check_confidence
from skillnad.analysis.formulas.intervals import Comparison, Interval, Why, normal_quantile, score_interval

Stratum = tuple[str, ...]
"""The codes of a stratum: age group and sex, say."""
Weights = Mapping[Stratum, float]
"""How many the standard population has in each stratum: people, or any numbers in proportion."""


class Cell(NamedTuple):
    """What a group has in one stratum: `part` of `whole` people, or events by person-time; or as many as rows that go
    together tell as much as."""

    part: float
    whole: float

    @property
    def value(self) -> float:
        return self.part / self.whole


class Way(StrEnum):
    """How the interval of a share is made."""

    SCORE = "score"
    NORMAL = "normal"


@dataclass(frozen=True)
class Standardised:
    """A share 0–1 or a rate by unit of time, beside the plain one. `variance` is that of `value`."""

    value: float
    interval: Interval
    variance: float
    plain: float
    strata: int


def standardised_share(
    cells: Mapping[Stratum, Cell], weights: Weights, *, confidence: float = 0.95, way: Way = Way.SCORE
) -> Standardised | NotEstimable:
    """The share of `cells` by the population of `weights`. Strata of weight 0 count for nothing.

    ValueError of a part that is not of its whole, and of weights that are negative or all 0.
    """
    parts = _weighted(cells, weights, confidence)
    if isinstance(parts, NotEstimable):
        return parts
    if any(cell.part > cell.whole for _, cell in parts):
        raise ValueError("a part is not of its whole")
    value = fsum(weight * cell.value for weight, cell in parts)
    variance = fsum(weight**2 * cell.value * (1 - cell.value) / cell.whole for weight, cell in parts)
    z = normal_quantile(confidence)
    interval = Interval(max(0.0, value - z * sqrt(variance)), min(1.0, value + z * sqrt(variance)))
    if way is Way.SCORE:
        interval = _together(parts, value, confidence)
    return Standardised(value, interval, variance, _plain(parts), len(parts))


def standardised_rate(
    cells: Mapping[Stratum, Cell], weights: Weights, *, confidence: float = 0.95
) -> Standardised | NotEstimable:
    """The rate of `cells` by the population of `weights`, with Fay and Feuer's interval. Errors as of a share's."""
    parts = _weighted(cells, weights, confidence)
    if isinstance(parts, NotEstimable):
        return parts
    value = fsum(weight * cell.value for weight, cell in parts)
    variance = fsum(weight**2 * cell.part / cell.whole**2 for weight, cell in parts)
    widest, tail = max(weight / cell.whole for weight, cell in parts), (1 - confidence) / 2
    low = _gamma_quantile(tail, value, variance) if value else 0.0
    high = _gamma_quantile(1 - tail, value + widest, variance + widest**2)
    return Standardised(value, Interval(low, high), variance, _plain(parts), len(parts))


def _gamma_quantile(p: float, mean: float, variance: float) -> float:
    return float(gammaincinv(mean**2 / variance, p)) * variance / mean


def _together(parts: list[tuple[float, Cell]], value: float, confidence: float) -> Interval:
    """Each stratum's reach downwards and upwards, as the sides of a many-dimensional box: the diagonal is the sum's."""
    ends = [(weight, cell.value, score_interval(cell.value, cell.whole, confidence)) for weight, cell in parts]
    down = fsum((weight * (share - end.low)) ** 2 for weight, share, end in ends)
    up = fsum((weight * (end.high - share)) ** 2 for weight, share, end in ends)
    return Interval(max(0.0, value - sqrt(down)), min(1.0, value + sqrt(up)))


def _plain(parts: list[tuple[float, Cell]]) -> float:
    return sum(cell.part for _, cell in parts) / fsum(cell.whole for _, cell in parts)


def _weighted(
    cells: Mapping[Stratum, Cell], weights: Weights, confidence: float
) -> list[tuple[float, Cell]] | NotEstimable:
    """Each stratum's part of the standard with the group's cell; or which strata stand in the way."""
    check_confidence(confidence)
    total = fsum(weights.values())
    if total <= 0 or min(weights.values()) < 0:
        raise ValueError("a standard population has someone, and nowhere fewer than none")
    if any(cell.part < 0 or cell.whole < 0 for cell in cells.values()):
        raise ValueError("a cell has no negative counts")
    outside = [stratum for stratum, cell in cells.items() if cell.whole and stratum not in weights]
    if outside:
        return _not_in_standard(outside)
    counted = {stratum: weight for stratum, weight in weights.items() if weight}
    empty = [stratum for stratum in counted if not cells.get(stratum, Cell(0, 0)).whole]
    if empty:
        return _nobody_in(empty)
    return [(weight / total, cells[stratum]) for stratum, weight in counted.items()]


def _nobody_in(strata: list[Stratum]) -> NotEstimable:
    return NotEstimable(
        "empty_stratum",
        f"Standardpopulationen har grupper där ingen finns att räkna på: {_named(strata)}. Slå ihop åldersgrupper, "
        "ta en längre period, eller visa den ostandardiserade andelen.",
        f"The standard population has groups where there is nobody to count: {_named(strata)}. Put age groups "
        "together, take a longer period, or show the plain share.",
    )


def _not_in_standard(strata: list[Stratum]) -> NotEstimable:
    return NotEstimable(
        "stratum_outside_standard",
        f"Grupper saknas i standardpopulationen: {_named(strata)}. Välj en standardpopulation som har samma grupper, "
        "eller ta bort dem ur frågan.",
        f"Groups are not in the standard population: {_named(strata)}. Choose a standard population with the same "
        "groups, or leave them out of the question.",
    )


def _named(strata: list[Stratum]) -> str:
    return "; ".join(" ".join(stratum) for stratum in sorted(strata))


def standardised_difference(first: Standardised, second: Standardised) -> Comparison:
    """`first` less `second`, in their own unit, from two intervals of the same confidence; p by their variances."""
    value = first.value - second.value
    down = sqrt((first.value - first.interval.low) ** 2 + (second.interval.high - second.value) ** 2)
    up = sqrt((first.interval.high - first.value) ** 2 + (second.value - second.interval.low) ** 2)
    return Comparison(value, Interval(value - down, value + up), _p(value, first.variance + second.variance))


def standardised_ratio(first: Standardised, second: Standardised) -> Comparison:
    """`first` to `second`; none where `second` is 0. The interval reaches infinity where `second`'s reaches 0."""
    if second.value == 0:
        return Comparison.none(Why.NEAR_NOUGHT)
    interval = Interval(_lowest_ratio(first, second), _highest_ratio(first, second))
    return Comparison(first.value / second.value, interval, standardised_difference(first, second).p)


def _lowest_ratio(first: Standardised, second: Standardised) -> float:
    product, own, other = _square(first, first.interval.low, second, second.interval.high)
    return own / (product + sqrt(max(0.0, product**2 - own * other))) if product else 0.0


def _highest_ratio(first: Standardised, second: Standardised) -> float:
    product, own, other = _square(first, first.interval.high, second, second.interval.low)
    return (product + sqrt(max(0.0, product**2 - own * other))) / other if other else inf


def _square(first: Standardised, end: float, second: Standardised, far_end: float) -> tuple[float, float, float]:
    """The ratio r is an end where other r^2 - 2 product r + own = 0: there first - r second has an end at 0."""
    return first.value * second.value, end * (2 * first.value - end), far_end * (2 * second.value - far_end)


def _p(value: float, variance: float) -> float | None:
    """Two-sided, by the normal distribution; None where neither has any spread."""
    return erfc(abs(value) / sqrt(2 * variance)) if variance > 0 else None
