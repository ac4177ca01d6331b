"""Days as they are told in a comparison, and what is said of the differences of a table of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

from skillnad.analysis.comparisons.made import SEEN, VERDICT, Figures, P, with_ends
from skillnad.analysis.formulas.intervals import Comparison, Interval, MaybeInterval, normal_quantile
from skillnad.analysis.formulas.multiplicity import adjusted
from skillnad.analysis.formulas.power import smallest_normal_difference
from skillnad.analysis.formulas.verdicts import RELEVANT, Verdict, verdict_of
from skillnad.analysis.results import Measure, MeasureKind

CONFIDENCE, ALPHA = 0.95, 0.05
DECIMALS = 1
"""Of days. A median is of whole days or half ones, and nobody acts on less than a tenth."""
WIDE = 10.0
"""An interval of so many days or more has its ends in whole days: a tenth of a day says nothing then, but could say
which two rows' days it lies between."""
OF_SHARES, OF_RATIOS, OF_P = 3, 2, 4
HALF_OF_P = 0.5 * 10**-OF_P
LEAST_RELEVANT, RELEVANT_PART = 7.0, 0.1

ROWS = Measure("whole", "Antal", MeasureKind.COUNT)
"""The rows that a group's times are of: those that have ended, and those that are open where they count too."""
DIFFERENCE = Measure("difference", "Skillnad, dagar", MeasureKind.DAYS)
RATIO = Measure("ratio", "Kvot", MeasureKind.RATIO)


def relevant_days(common: float | None) -> float:
    """The difference of medians that is worth seeing: a tenth of the median of all, and a week at least. A few days are
    much of a week's wait and nothing of a year's. A week alone where the median of all is not told."""
    return max(LEAST_RELEVANT, RELEVANT_PART * (common or 0.0))


def rounded(figure: float, decimals: int = DECIMALS) -> float:
    return round(figure, decimals) + 0.0  # never -0.0


def rounded_days(interval: MaybeInterval) -> MaybeInterval:
    if not isinstance(interval, Interval):
        return interval
    decimals = 0 if interval.high - interval.low >= WIDE else DECIMALS
    return Interval(*(rounded(end, decimals) for end in interval))


def rounded_ends(interval: MaybeInterval, decimals: int) -> MaybeInterval:
    return Interval(*(rounded(end, decimals) for end in interval)) if isinstance(interval, Interval) else interval


def told_days(compared: Comparison) -> Comparison:
    """A difference of days as it is told."""
    value = None if compared.value is None else rounded(compared.value)
    return Comparison(value, rounded_days(compared.interval), told_p(compared.p))


def told(compared: Comparison, decimals: int) -> Comparison:
    """A ratio, or a difference of shares, as it is told."""
    value = None if compared.value is None else rounded(compared.value, decimals)
    return Comparison(value, rounded_ends(compared.interval, decimals), told_p(compared.p))


def told_p(p: float | None) -> float | None:
    return None if p is None else rounded(p, OF_P)


def p_at_most(p: float) -> float:
    """What a p that is told can be at the most: what is told as 0 may be half a unit."""
    return min(1.0, p + HALF_OF_P)


def smallest_seen(compared: Comparison) -> float | None:
    """The smallest difference of days that could have been seen, by how wide the interval is that is told."""
    if not isinstance(compared.interval, Interval):
        return None
    reach = (compared.interval.high - compared.interval.low) / 2
    return rounded(smallest_normal_difference(reach / normal_quantile(CONFIDENCE))) if isfinite(reach) else None


@dataclass(frozen=True)
class Said:
    """The measures of what is said of a difference."""

    p: Measure
    seen: Measure
    verdict: Measure


OF_DAYS = Said(P, replace(SEEN, kind=MeasureKind.DAYS), VERDICT)
COMPARED = (*with_ends(DIFFERENCE), *with_ends(RATIO), OF_DAYS.p, OF_DAYS.seen, OF_DAYS.verdict)
"""What is said of a group beside its own times."""


@dataclass(frozen=True)
class Judged:
    """A difference under way: whose it is, as it is told, and how small a one could have been seen and is worth seeing,
    all in one unit."""

    code: str
    compared: Comparison
    seen: float | None
    relevant: float = RELEVANT
    said: Said = OF_DAYS

    @property
    def p(self) -> float | None:
        """Of a difference with an interval, or of times that differ, though not yet by how much (`unsized`)."""
        return self.compared.p if self.unsized or isinstance(self.compared.interval, Interval) else None

    @property
    def unsized(self) -> bool:
        """So few have ended in a group that it has no median: p, which is of all the days, is all that there is."""
        return self.compared.value is None

    def verdict(self, p: float | None, alpha: float) -> Verdict:
        """`p` is corrected."""
        if self.unsized and p is not None and p <= alpha:
            return Verdict.DIFFERENCE_SHOWN
        return verdict_of(self.compared.interval, p, self.seen, relevant=self.relevant, alpha=alpha)


def judge(figures: Figures, differences: Sequence[Judged], *, alpha: float = ALPHA) -> None:
    """p as it is; verdicts corrected for all the comparisons of the table, as a page's are for all of the page."""
    corrected = iter(adjusted([p_at_most(each.p) for each in differences if each.p is not None]))
    for each in differences:
        said, key = each.said, (each.code,)
        if each.compared.p is not None:
            figures.put(said.p, key, each.compared.p)
        if each.seen is not None:
            figures.put(said.seen, key, each.seen)
        p = None if each.p is None else next(corrected)
        figures.put(said.verdict, key, list(Verdict).index(each.verdict(p, alpha)))
