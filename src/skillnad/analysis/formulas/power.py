"""The smallest difference that could have been seen: how far apart two groups must truly be for a test of these many to
show it in `power` of 100 times (0.8: in 80).

Shares: J. L. Fleiss, B. Levin and M. C. Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, ch. 4, with
groups of unlike size; R's power.prop.test where they are alike. Means: the noncentral t distribution (J. Cohen,
Statistical Power Analysis, 2nd ed. 1988, ch. 2), with Welch's degrees of freedom; R's power.t.test where the groups are
alike. Two-sided; the chance of showing a difference the wrong way is left out, as R does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, sqrt
from statistics import NormalDist

from scipy.optimize import brentq
from scipy.special import nctdtr

from skillnad.analysis.formulas.intervals import normal_quantile, t_quantile
from skillnad.analysis.formulas.means import Moments, degrees_of_freedom


@dataclass(frozen=True)
class SmallestSeen:
    """How far down from the base and how far up from it a share must be to be seen, 0–1; None where not even 0 or 1 is
    far enough."""

    down: float | None
    up: float | None

    @property
    def either_way(self) -> float | None:
        """The smallest difference that would be seen whichever way it goes, where shares can go that way."""
        return max((found for found in (self.down, self.up) if found is not None), default=None)


def smallest_share_difference(
    first: float, second: float, base: float, *, power: float = 0.8, alpha: float = 0.05
) -> SmallestSeen:
    """For `first` people whose share is `base` (0–1) and `second` people, or as many as they tell as much as, where
    rows go together. Nobody sees nothing."""
    if not 0 <= base <= 1:
        raise ValueError("a share is between 0 and 1")
    if not first or not second:
        return SmallestSeen(None, None)

    def seen(step: float) -> float:
        return share_power(first, second, base, min(1.0, max(0.0, base + step)), alpha=alpha)

    return SmallestSeen(_least(lambda d: seen(-d), base, power), _least(seen, 1 - base, power))


def share_power(first: float, second: float, one: float, other: float, *, alpha: float = 0.05) -> float:
    """The chance (0–1) that a test of `first` people with the true share `one` and `second` with `other` shows it."""
    pooled = (first * one + second * other) / (first + second)
    without = sqrt(pooled * (1 - pooled) * (1 / first + 1 / second))
    within = sqrt(one * (1 - one) / first + other * (1 - other) / second)
    over = abs(one - other) - normal_quantile(1 - alpha) * without
    return NormalDist().cdf(over / within) if within else float(over > 0)


def smallest_mean_difference(
    first: Moments, second: Moments, *, power: float = 0.8, alpha: float = 0.05
) -> float | None:
    """In the unit of the values, from how many and how spread they are. None of groups under two or with no spread."""
    error = sqrt(first.error + second.error) if min(first.n, second.n) > 1 else 0.0
    if not error:
        return None
    degrees = degrees_of_freedom(first, second)
    bar = t_quantile(1 - alpha, degrees)

    def seen(away: float) -> float:
        return 1 - float(nctdtr(degrees, away, bar))

    most = bar + 1
    while seen(most) < power:  # step by step: the noncentral t is not to be had far out in its tail
        most *= 1.5
    found = _least(seen, most, power)
    return None if found is None else found * error


def smallest_normal_difference(error: float, *, power: float = 0.8, alpha: float = 0.05) -> float:
    """For any estimate that is roughly normal with the standard error `error` (such as a difference of medians)."""
    return (normal_quantile(1 - alpha) + NormalDist().inv_cdf(power)) * error if error < inf else inf


def _least(chance: Callable[[float], float], most: float, power: float) -> float | None:
    """The least step up to `most` whose chance is `power`; None where none has it. More is always easier to see."""
    if most <= 0 or chance(most) < power:
        return None
    return float(brentq(lambda step: chance(step) - power, 0.0, most, xtol=1e-13, rtol=1e-12))
