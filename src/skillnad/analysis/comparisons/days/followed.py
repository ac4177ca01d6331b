"""Times of groups of which rows can be open, with the open counted right: Kaplan and Meier's medians, and p by the
log-rank test.

A median stands where the plain table shows it, and an end of its interval where `threshold` rows lie beyond it
(`ends`): else the lower one is 0, which holds no less, and there is no upper one, just as where too few have ended to
set one; nor has the difference's. Means are not shown, since they cannot be had of what is open.
"""

from dataclasses import replace

from skillnad.analysis.comparisons.days.ends import told_median
from skillnad.analysis.comparisons.days.groups import Cells, Groups, Opposed, Pairs, how_many, life_table
from skillnad.analysis.comparisons.days.together import effect_of, of_time, unsurer, unsurer_ratio
from skillnad.analysis.comparisons.days.told import (
    COMPARED,
    DIFFERENCE,
    OF_RATIOS,
    RATIO,
    ROWS,
    Judged,
    rounded_days,
    smallest_seen,
    told,
    told_days,
    told_p,
)
from skillnad.analysis.comparisons.made import Figures, with_ends
from skillnad.analysis.comparisons.repeats import NONE, Repeats
from skillnad.analysis.comparisons.rows import Lasting
from skillnad.analysis.comparisons.shares import hide
from skillnad.analysis.formulas.clusters import degrees_of_two, weakened
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.followed import NARROW, difference, ratio
from skillnad.analysis.formulas.intervals import Comparison, Why
from skillnad.analysis.formulas.log_rank import log_rank
from skillnad.analysis.measures import OPEN, followed
from skillnad.analysis.results import Measure, MeasureKind

STILL_OPEN = Measure(OPEN, "Pågår ännu", MeasureKind.COUNT)
MEDIAN = Measure("median", "Median med pågående, dagar", MeasureKind.DAYS)


def put_followed(
    figures: Figures,
    groups: Groups,
    pairs: Pairs,
    cells: Cells,
    relevant: float,
    repeats: Repeats = NONE,
    of_test: Repeats = NONE,
) -> list[Judged]:
    """Puts each group's figures and the differences; gives what is to be judged. `cells` are the plain table's. How
    rows go together can be another thing of the test than of medians."""
    medians = cells[followed("median")]
    for measure in (ROWS, STILL_OPEN, *with_ends(MEDIAN), *COMPARED):
        figures.column(measure)
    for code, rows in groups.rows.items():
        figures.put(ROWS, (code,), None if rows is None else how_many(rows))
        figures.put(STILL_OPEN, (code,), cells[OPEN][code,])
        if (code,) in medians:
            _put_median(figures, groups, code, None if medians[code,] is None else rows, repeats.of(code))
    return [
        _put_difference(
            figures, groups, code, pair, relevant, (effect_of(pair, code, repeats), effect_of(pair, code, of_test))
        )
        for code, pair in pairs.items()
        if pair
    ]


def _put_median(figures: Figures, groups: Groups, code: str, rows: Lasting | None, effect: float) -> None:
    median = None if rows is None else told_median(life_table(rows), groups.policy.threshold)
    if median is None:
        hide(figures, with_ends(MEDIAN), (code,))
    else:
        ends = rounded_days(of_time(median.value, median.interval, effect))
        figures.put_ends(MEDIAN, (code,), median.value, ends)


def _put_difference(
    figures: Figures, groups: Groups, code: str, pair: Opposed, relevant: float, effects: tuple[float, float]
) -> Judged:
    one, other = (told_median(life_table(rows), groups.policy.threshold, at=NARROW) for rows in (pair.own, pair.other))
    effect, of_test = effects
    p = log_rank_p(pair, of_test)
    if one is None or other is None:
        return Judged(code, Comparison(None, Comparison.none(Why.TOO_FEW).interval, told_p(p)), None, relevant)
    compared = told_days(replace(unsurer(difference(one, other, at=NARROW), effect), p=p))
    figures.put_compared(DIFFERENCE, (code,), compared)
    figures.put_compared(RATIO, (code,), told(unsurer_ratio(ratio(one, other, at=NARROW), effect), OF_RATIOS))
    return Judged(code, compared, smallest_seen(compared), relevant)


def log_rank_p(pair: Opposed, effect: float) -> float | None:
    tested = log_rank([life_table(pair.own), life_table(pair.other)])
    if isinstance(tested, NotEstimable):
        return None
    degrees = degrees_of_two((how_many(pair.own), how_many(pair.other)), effect)
    return weakened(tested.p_value, effect, degrees)
