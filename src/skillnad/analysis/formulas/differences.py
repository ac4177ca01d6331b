"""Two shares against each other: difference, ratio, and how likely so large a difference is by chance.

Difference: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
Medicine 17 (1998), 873-890, method 10: the two score intervals put together. The same people twice: Newcombe, "Improved
confidence intervals for the difference between binomial proportions based on paired data", ibid. 2635-2650, method 10.
Ratio: P. A. R. Koopman, "Confidence intervals for the ratio of two binomial proportions", Biometrics 40 (1984),
513-517. M. W. Fagerland, S. Lydersen and P. Laake, "Recommended confidence intervals for two independent binomial
proportions", Statistical Methods in Medical Research 24 (2015), 224-254, recommend both: Koopman's covers as it says at
small n, and needs nothing added where a count is 0, as intervals on the log scale (Katz) do. On average over shares all
three cover 95 % from 10 in each group.

p: Pearson's chi-square without correction where every expected count is 5 or more (Cochran's rule), else Fisher's exact
test as mid-p: S. Lydersen, M. W. Fagerland and P. Laake, "Recommended tests for association in 2 x 2 tables",
Statistics in Medicine 28 (2009), 1159-1175. Paired: McNemar's exact test, or its mid-p.

Where rows go together, `effects` are how many times as uncertain each group is for that (`clusters`): intervals are
made of counts divided by it (Rao and Scott), and p is weakened by it.
"""

from enum import StrEnum
from math import erfc, exp, inf, lgamma, log, sqrt
from typing import NamedTuple

from scipy.optimize import brentq
from scipy.special import bdtr

from skillnad.analysis.formulas.clusters import of_two, weakened
from skillnad.analysis.formulas.intervals import Comparison, Interval, Why, normal_quantile
from skillnad.analysis.formulas.proportions import Counted, checked, share_interval

Effects = tuple[float, float]
ALONE: Effects = (1.0, 1.0)
"""Of two groups in which no two rows go together."""

LEAST_EXPECTED = 5
"""Chi-square is trusted where every expected count is at least this."""


class Method(StrEnum):
    CHI_SQUARE = "chi-square"
    FISHER_MID_P = "fisher mid-p"


class Paired(NamedTuple):
    """The same people on two occasions or by two judges: how many said yes both times, at the first only, ..."""

    both: int
    first_only: int
    second_only: int
    neither: int


def share_difference(
    first: Counted, second: Counted, *, confidence: float = 0.95, effects: Effects = ALONE
) -> Comparison:
    """`first` less `second`, as -1 to 1, with Newcombe's interval."""
    ends = _both(first, second, confidence, effects)
    if ends is None:
        return Comparison.none(Why.NOBODY)
    value = first.part / first.whole - second.part / second.whole
    return Comparison(value, _hybrid(first, second, *ends), p_of_shares(first, second, effects))


def _both(first: Counted, second: Counted, confidence: float, effects: Effects) -> tuple[Interval, Interval] | None:
    one, other = (
        share_interval(checked(*counted), effect=effect, confidence=confidence)
        for counted, effect in zip((first, second), effects, strict=True)
    )
    return (one, other) if isinstance(one, Interval) and isinstance(other, Interval) else None


def _hybrid(first: Counted, second: Counted, one: Interval, other: Interval, phi: float = 0.0) -> Interval:
    """The two intervals' reaches as the legs of a triangle; `phi` is how the pairs go together (0: they are not)."""
    p, q = first.part / first.whole, second.part / second.whole
    down = _third_side(p - one.low, other.high - q, phi)
    up = _third_side(one.high - p, q - other.low, phi)
    return Interval(max(-1.0, p - q - down), min(1.0, p - q + up))


def _third_side(a: float, b: float, phi: float) -> float:
    return sqrt(max(0.0, a * a - 2 * phi * a * b + b * b))


def paired_difference(table: Paired, *, confidence: float = 0.95, effect: float = 1.0) -> Comparison:
    """The share at the first occasion less that at the second, of the same people; p is McNemar's exact. `effect` is of
    how pairs go together, where some are of one client."""
    n = sum(table)
    first, second = Counted(table.both + table.first_only, n), Counted(table.both + table.second_only, n)
    ends = _both(first, second, confidence, (effect, effect))
    if ends is None:
        return Comparison.none(Why.NOBODY)
    value = (table.first_only - table.second_only) / n
    return Comparison(value, _hybrid(first, second, *ends, _phi(table)), weakened(mcnemar(table), effect))


def _phi(table: Paired) -> float:
    """How the two occasions go together, -1 to 1, drawn towards 0 by half a count (Newcombe 1998, paired)."""
    a, b, c, d = table
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    apart: float = a * d - b * c
    if apart > 0:
        apart = max(apart - sum(table) / 2, 0)
    return apart / sqrt(margins) if margins else 0.0


def mcnemar(table: Paired, *, mid_p: bool = False) -> float:
    """The two-sided p of as many changing one way as the other, given how many changed; 1 where nobody did."""
    fewer, changed = min(table.first_only, table.second_only), table.first_only + table.second_only
    if not changed:
        return 1.0
    exact = min(1.0, 2 * float(bdtr(fewer, changed, 0.5)))
    return exact - _own_chance(fewer, changed) if mid_p else exact


def _own_chance(k: int, n: int) -> float:
    """The chance of just k heads in n throws; half of it where k is the middle, whose two tails are all there is."""
    chance = exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) - n * log(2))
    return chance / 2 if 2 * k == n else chance


def share_ratio(first: Counted, second: Counted, *, confidence: float = 0.95, effects: Effects = ALONE) -> Comparison:
    """`first` to `second`, with Koopman's interval: from 0 where `first` is none; to infinity, with no value, where
    `second` is."""
    checked(*first), checked(*second)
    if not first.whole or not second.whole:
        return Comparison.none(Why.NOBODY)
    if not first.part and not second.part:
        return Comparison.none(Why.NEAR_NOUGHT)
    value = first.part * second.whole / (first.whole * second.part) if second.part else None
    ends = _koopman(first.over(effects[0]), second.over(effects[1]), normal_quantile(confidence))
    return Comparison(value, ends, p_of_shares(first, second, effects))


Amounts = tuple[float, float]
"""Part and whole, which need not be whole numbers."""


def _koopman(first: Amounts, second: Amounts, z: float) -> Interval:
    """The ratios that the score test does not reject."""
    (x, m), (y, n) = first, second
    start = (x or 0.01) * n / (m * (y or 0.01))
    low = _crossing(first, second, z, start, 0.5) if x else 0.0
    return Interval(low, _crossing(first, second, -z, start, 2.0) if y else inf)


def _crossing(first: Amounts, second: Amounts, goal: float, start: float, step: float) -> float:
    """The ratio at which the score is `goal`: stepped past from `start`, then closed in on."""
    inside, outside = start, start * step
    while _score(first, second, outside) / goal < 1:
        inside, outside = outside, outside * step
    root = brentq(lambda t: _score(first, second, exp(t)) - goal, log(inside), log(outside), xtol=1e-13)
    return exp(float(root))


def _score(first: Amounts, second: Amounts, ratio: float) -> float:
    """How many standard errors the counts are from `ratio`, at the likeliest shares that have it (Koopman 1984)."""
    (x, m), (y, n) = first, second
    b = m * ratio + x + n + y * ratio
    q = 2 * (x + y) / (b + sqrt(max(0.0, b * b - 4 * (m + n) * ratio * (x + y))))
    p = min(1.0, ratio * q)
    spread = p * (1 - p) / m + ratio * ratio * q * (1 - q) / n
    apart = x / m - ratio * y / n
    return apart / sqrt(spread) if spread > 0 else (inf if apart > 0 else -inf if apart < 0 else 0.0)


def p_of_shares(first: Counted, second: Counted, effects: Effects = ALONE) -> float:
    """The two-sided p of the two shares being one; 1 where nobody differs. ValueError of an empty group."""
    if not first.whole or not second.whole:
        raise ValueError("a share of nobody has no p")
    if first.part + second.part in (0, first.whole + second.whole):
        return 1.0
    effect = of_two(effects, (first.whole, second.whole))
    if method_of(first, second) is Method.FISHER_MID_P:
        return weakened(fisher_mid_p(first, second), effect)
    return chi_square_p(first, second, effect)


def method_of(first: Counted, second: Counted) -> Method:
    """Which test: by the least of the four counts that are expected where the shares are one."""
    part, whole = first.part + second.part, first.whole + second.whole
    least = min(part, whole - part) * min(first.whole, second.whole) / whole
    return Method.CHI_SQUARE if least >= LEAST_EXPECTED else Method.FISHER_MID_P


def chi_square_p(first: Counted, second: Counted, effect: float = 1.0) -> float:
    """Pearson's, without continuity correction, one degree of freedom; 1 where all or none have it. It is divided
    by an `effect` (Donner and Klar)."""
    part, whole = first.part + second.part, first.whole + second.whole
    if part in (0, whole):
        return 1.0
    crossed = first.part * (second.whole - second.part) - second.part * (first.whole - first.part)
    square = crossed**2 * whole / (first.whole * second.whole * part * (whole - part))
    return erfc(sqrt(square / effect / 2))


def fisher_mid_p(first: Counted, second: Counted) -> float:
    """Fisher's two-sided p (every table as unlikely as this one, or more so), less half this one's chance."""
    part, whole = first.part + second.part, first.whole + second.whole
    least = max(0, part - second.whole)
    chances = [
        exp(_log_ways(first.whole, k) + _log_ways(second.whole, part - k) - _log_ways(whole, part))
        for k in range(least, min(part, first.whole) + 1)
    ]
    own = chances[first.part - least]
    within = own * (1 + 1e-7)  # equal chances differ by rounding; R allows the same
    return max(0.0, min(1.0, sum(chance for chance in chances if chance <= within)) - own / 2)


def _log_ways(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
