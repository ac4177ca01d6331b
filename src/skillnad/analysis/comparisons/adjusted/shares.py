"""Groups' shares compared as they are, and adjusted for background beside that.

The plain figures are those of `comparisons.shares`. Adjusted figures are rounded to tenths of a percentage point, and
there for groups that the plain table shows alone: see `protection` and `strata` for what they tell. A group without one
has no share that can be adjusted; what is left out says why.
"""

from collections.abc import Callable, Mapping

from skillnad.analysis.comparisons.adjusted.figures import Adjustment, Opposed
from skillnad.analysis.comparisons.adjusted.model import adjusted_by_model
from skillnad.analysis.comparisons.adjusted.standard import adjusted_by_standard
from skillnad.analysis.comparisons.made import Figures, Made, with_ends
from skillnad.analysis.comparisons.questions import REST, Adjusted, Comparison
from skillnad.analysis.comparisons.rows import Rows
from skillnad.analysis.comparisons.shares import Counts, compared_shares, hide, named_groups, shown_groups
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.intervals import Comparison as Compared
from skillnad.analysis.formulas.intervals import Interval, normal_quantile
from skillnad.analysis.formulas.power import smallest_normal_difference
from skillnad.analysis.formulas.verdicts import Judged, Verdict, judged
from skillnad.analysis.results import TOTAL, Axis, LeftOut, Measure, MeasureKind

ADJUSTED = Measure("adjusted", "Justerad andel", MeasureKind.SHARE)
DIFFERENCE = Measure("adjusted_difference", "Justerad skillnad", MeasureKind.POINTS)
P = Measure("adjusted_p", "p för den justerade skillnaden", MeasureKind.CHANCE)
SEEN = Measure("adjusted_seen", "Minsta justerade skillnad som kunnat synas", MeasureKind.POINTS)
VERDICT = Measure("adjusted_verdict", "Utfall efter justering", MeasureKind.VERDICT)
COMPARED = (*with_ends(DIFFERENCE), P, SEEN, VERDICT)
MEASURES = (*with_ends(ADJUSTED), *COMPARED)


def adjusted_shares(
    question: Comparison, axes: tuple[Axis, ...], counts: Counts, rows: Callable[[], Rows], policy: Policy
) -> Made:
    """`axes` and `counts` are of the plain question: outcome by group. None is what is hidden."""
    plain = compared_shares(question, axes, counts)
    group, groups = axes[1], shown_groups(axes[1], counts)
    opposed = opposed_groups(question, group)
    patterns = rows().patterns((question.by[0], *question.adjusted_for))
    if question.way is Adjusted.STANDARD:
        made = adjusted_by_standard(groups, opposed, patterns, question.standard, policy)
    else:
        made = adjusted_by_model(groups, opposed, patterns, policy)
    hidden = made.hidden | {code for code, one in groups.items() if one is None and code != TOTAL}
    figures = adjusted_figures(made, opposed, hidden)
    return Made(
        plain.axes,
        (*plain.measures, *figures.measures.values()),
        {**plain.cells, **figures.cells},
        (*plain.left_out, *safe_left_out(made.left_out, policy)),
    )


def opposed_groups(question: Comparison, group: Axis) -> Opposed:
    """Each group that is compared, and those that it is compared with, as `shares.opposed` has it."""
    named = named_groups(group)
    if question.against != REST:
        return {code: (question.against,) for code in named if code != question.against}
    if len(named) == 2:
        return {named[0]: (named[1],)}
    return {code: tuple(other for other in named if other != code) for code in named}


def adjusted_figures(made: Adjustment, opposed: Opposed, hidden: frozenset[str] | set[str]) -> Figures:
    figures = Figures()
    for measure in MEASURES:
        figures.column(measure)
    for code, share in made.shares.items():
        figures.put_ends(ADJUSTED, (code,), share.value, share.interval)
    for code in hidden:
        hide(figures, with_ends(ADJUSTED), (code,))
    for code, others in opposed.items():
        if code in hidden or set(others) <= hidden:
            hide(figures, COMPARED, (code,))
    _compare(figures, {code: made.compared[code] for code in opposed if code in made.compared})
    return figures


def _compare(figures: Figures, compared: Mapping[str, Compared]) -> None:
    """p as it is; the verdict corrected for the comparisons of this table."""
    seen = [_smallest(each) for each in compared.values()]
    for code, each in zip(compared, judged(list(compared.values()), seen), strict=True):
        _put(figures, code, each)


def _put(figures: Figures, code: str, each: Judged) -> None:
    figures.put_compared(DIFFERENCE, (code,), each.comparison)
    figures.put(VERDICT, (code,), list(Verdict).index(each.verdict))
    if each.comparison.p is not None:
        figures.put(P, (code,), each.comparison.p)
    if each.smallest_seen is not None:
        figures.put(SEEN, (code,), each.smallest_seen)


def _smallest(compared: Compared) -> float | None:
    """The smallest difference that would have been seen, from the interval's own width."""
    if not isinstance(compared.interval, Interval):
        return None
    error = (compared.interval.high - compared.interval.low) / 2 / normal_quantile(0.95)
    return min(1.0, smallest_normal_difference(error))


def safe_left_out(left_out: tuple[LeftOut, ...], policy: Policy) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(one.reason, None if policy.small(one.rows or 0) else one.rows) for one in left_out)
