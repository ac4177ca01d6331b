"""Which places units may have: a ranking where each has an interval of ranks, and no place is told as certain.

Every pair of units is tested both ways. A unit's best rank is one after all that are shown to be higher, and its worst
one before all that are shown to be lower. The tests are corrected with Holm's method, so that with 95 % confidence
every unit's true rank is in its interval, all at once.

Sources: M. Mogstad, J. P. Romano, A. M. Shaikh and D. Wilhelm, "Inference for ranks with applications to mobility
across neighbourhoods and academic achievement across countries", Review of Economic Studies 91 (2024), 476-518: ranks
by pairwise tests. S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
Statistics 6 (1979), 65-70. Shares are tested with Fisher's exact test, which holds at any size and for any number of
pairs. Where rows go together the test is weakened by it (`clusters`).
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import permutations
from math import erfc, exp, lgamma, sqrt
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from skillnad.analysis.formulas.clusters import of_two
from skillnad.analysis.formulas.estimable import NotEstimable, check_confidence
from skillnad.analysis.formulas.proportions import Counted, checked

WINDOW = 15
"""How many standard deviations around the expected count hold everything that matters to a test."""

TOO_FEW_UNITS = NotEstimable(
    "too_few_units",
    "Minst två enheter med någon att räkna på behövs för en rangordning.",
    "At least two units with someone to count are needed for a ranking.",
)


class Measured(NamedTuple):
    """A figure and its standard error, in the same unit; errors of different units are independent."""

    value: float
    error: float


@dataclass(frozen=True)
class Ranked:
    """A unit, its figure, and the ranks (1 is first) that it may have: from `best` to `worst`."""

    unit: str
    value: float
    best: int
    worst: int


@dataclass(frozen=True)
class Ranking:
    """Units in the order of their figures; those with nobody to count; `confidence` is of all the intervals at once."""

    units: tuple[Ranked, ...]
    empty: tuple[str, ...]
    confidence: float

    def statement(self, language: str = "sv") -> str:
        """What a reader must know beside the list."""
        first = sum(each.best == 1 for each in self.units)
        sure = round(100 * self.confidence)
        sv = f"Ordningen är osäker: {first} av {len(self.units)} enheter kan vara först (med {sure} procents säkerhet)."
        en = f"The order is uncertain: {first} of {len(self.units)} units may be first ({sure} per cent confidence)."
        return en if language == "en" else sv


def rank_shares(
    units: Mapping[str, Counted],
    *,
    highest_first: bool = True,
    confidence: float = 0.95,
    effects: Mapping[str, float] = MappingProxyType({}),
) -> Ranking | NotEstimable:
    """The ranking of units by their shares; `effects` are of the units whose rows go together."""
    counted = {unit: checked(*each) for unit, each in units.items() if each[1]}
    values = {unit: each.part / each.whole for unit, each in counted.items()}
    empty = tuple(unit for unit in units if unit not in counted)

    def p_higher(one: str, other: str) -> float:
        effect = of_two((effects.get(one, 1.0), effects.get(other, 1.0)), (counted[one].whole, counted[other].whole))
        p = _fisher(counted[one], counted[other])
        return p if effect == 1 else float(ndtr(ndtri(p) / sqrt(effect)))

    return _ranking(values, p_higher, empty, highest_first, confidence)


def rank_measured(
    units: Mapping[str, Measured], *, highest_first: bool = True, confidence: float = 0.95
) -> Ranking | NotEstimable:
    """The ranking of units by figures with standard errors (means, standardised shares), by normal tests.

    ValueError of an error that is not above 0.
    """
    if any(not each.error > 0 for each in units.values()):
        raise ValueError("a standard error is above 0")
    values = {unit: each.value for unit, each in units.items()}
    return _ranking(values, lambda one, other: _normal(units[one], units[other]), (), highest_first, confidence)


def _ranking(
    values: Mapping[str, float],
    p_higher: Callable[[str, str], float],
    empty: tuple[str, ...],
    highest_first: bool,
    confidence: float,
) -> Ranking | NotEstimable:
    check_confidence(confidence)
    if len(values) < 2:
        return TOO_FEW_UNITS
    # the p of a lower figure being the higher is one half or more: never shown, and not worth working out
    pairs = {
        (one, other): p_higher(one, other) if values[one] > values[other] else 1.0
        for one, other in permutations(values, 2)
    }
    shown = _holm(pairs, 1 - confidence)
    ahead = shown if highest_first else {(other, one) for one, other in shown}
    before, behind = Counter(other for _, other in ahead), Counter(one for one, _ in ahead)
    sign = -1 if highest_first else 1
    ranked = (
        Ranked(unit, values[unit], 1 + before[unit], len(values) - behind[unit])
        for unit in sorted(values, key=lambda unit: (sign * values[unit], unit))
    )
    return Ranking(tuple(ranked), empty, confidence)


def _holm(p_values: Mapping[tuple[str, str], float], alpha: float) -> set[tuple[str, str]]:
    """The pairs whose first is shown to be higher: the least p is held to alpha / m, the next to alpha / (m - 1) ..."""
    shown: set[tuple[str, str]] = set()
    for pair in sorted(p_values, key=lambda pair: p_values[pair]):
        if p_values[pair] > alpha / (len(p_values) - len(shown)):
            break
        shown.add(pair)
    return shown


def _fisher(first: Counted, second: Counted) -> float:
    """The chance that `first` has as many or more of the part that both have, were their shares one."""
    part, whole = first.part + second.part, first.whole + second.whole
    mean = part * first.whole / whole
    sd = sqrt(mean * second.whole / whole * (whole - part) / max(1, whole - 1))
    reach = int(WINDOW * sd) + WINDOW
    least = max(0, part - second.whole, int(mean) - reach, first.part)
    most = min(part, first.whole, int(mean) + reach)
    if least > most:
        return 0.0
    start = _log_ways(first.whole, least) + _log_ways(second.whole, part - least) - _log_ways(whole, part)
    k = np.arange(least, most, dtype=float)
    steps = np.log((first.whole - k) * (part - k) / ((k + 1) * (second.whole - part + k + 1)))
    return min(1.0, exp(start) + float(np.exp(start + np.cumsum(steps)).sum()))


def _log_ways(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _normal(first: Measured, second: Measured) -> float:
    return erfc((first.value - second.value) / sqrt(2 * (first.error**2 + second.error**2))) / 2
