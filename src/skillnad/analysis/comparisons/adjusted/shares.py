"""Groups' shares compared as they are, and adjusted for background beside that.

The plain figures are those of `comparisons.shares`. Adjusted figures are rounded to tenths of a percentage point, and
there for groups that the plain table shows alone: see `protection` and `strata` for what they tell. A group without one
has no share that can be adjusted; what is left out says why.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from skillnad.analysis.comparisons.adjusted.background import Orders
from skillnad.analysis.comparisons.adjusted.figures import Adjustment, Opposed, Patterns, ToAdjust
from skillnad.analysis.comparisons.adjusted.rest import adjusted_by_models
from skillnad.analysis.comparisons.adjusted.standard import adjusted_by_standard
from skillnad.analysis.comparisons.made import Counts, Figures, Made, with_ends
from skillnad.analysis.comparisons.opponents import all_opposed, named_groups
from skillnad.analysis.comparisons.questions import Adjusted, Comparison
from skillnad.analysis.comparisons.repeats import NONE, counted_patterns, repeats_of
from skillnad.analysis.comparisons.rows import ByClient, Rows
from skillnad.analysis.comparisons.shares import Opposed as Pair
from skillnad.analysis.comparisons.shares import (
    hide,
    put_pairs,
    relevant_share,
    share_pairs,
    shown_codes,
    shown_groups,
    told_pairs,
)
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.intervals import Comparison as Compared
from skillnad.analysis.formulas.intervals import Interval, normal_quantile
from skillnad.analysis.formulas.power import smallest_normal_difference
from skillnad.analysis.formulas.verdicts import RELEVANT, Judged, Verdict, judged
from skillnad.analysis.results import TOTAL, Axis, LeftOut, Measure, MeasureKind
from skillnad.codebook.snapshot_schema import Population

ADJUSTED = Measure("adjusted", "Justerad andel", MeasureKind.SHARE)
DIFFERENCE = Measure("adjusted_difference", "Justerad skillnad", MeasureKind.POINTS)
P = Measure("adjusted_p", "p för den justerade skillnaden", MeasureKind.CHANCE)
SEEN = Measure("adjusted_seen", "Minsta justerade skillnad som kunnat synas", MeasureKind.POINTS)
APART = Measure("adjusted_apart", "Del av raderna utan motsvarighet i bakgrund, högst", MeasureKind.SHARE)
"""There where some group's is more than none."""
VERDICT = Measure("adjusted_verdict", "Utfall efter justering", MeasureKind.VERDICT)
COMPARED = (*with_ends(DIFFERENCE), P, SEEN, VERDICT)
MEASURES = (*with_ends(ADJUSTED), *COMPARED)


def adjusted_shares(
    question: Comparison,
    axes: tuple[Axis, ...],
    counts: Counts,
    rows: Callable[[], Rows],
    policy: Policy,
    orders: Orders = (),
) -> Made:
    """`axes` and `counts` are of the plain question: outcome by group. None is what is hidden. `orders` are of each
    column that it is adjusted for. All differences of the
    table, plain and adjusted, are one family: its verdicts are corrected for all of them."""
    group, groups = axes[1], shown_groups(axes[1], counts)
    opposed = all_opposed(question, group)
    patterns, of_clients = _rows_of(question, rows)
    repeats = NONE
    if of_clients is not None:
        repeats = repeats_of(of_clients, named_groups(group), shown_codes(group, counts), policy)
    of = ToAdjust(groups, opposed, patterns, policy, None if repeats == NONE else of_clients, orders)
    if question.way is Adjusted.STANDARD:
        made = adjusted_by_standard(of, question.standard, repeats)
    else:
        made = adjusted_by_models(of)
    hidden = made.hidden | {code for code, one in groups.items() if one is None and code != TOTAL}
    figures, told = share_pairs(question, axes, counts, repeats)
    _open(figures, made, opposed, hidden)
    _judge(figures, told, _compared(made, opposed), relevant_share(question))
    return figures.made((group,), (*safe_left_out(made.left_out, policy), *made.unused(question.adjusted_for)))


def _rows_of(question: Comparison, rows: Callable[[], Rows]) -> tuple[Patterns, ByClient | None]:
    """By group and background, and by client too where a client can have several."""
    columns = (question.by[0], *question.adjusted_for)
    if question.selection.population is Population.CLIENTS:
        return rows().patterns(columns), None
    found = rows().by_client(columns)
    return counted_patterns(found), found


def adjusted_figures(made: Adjustment, opposed: Opposed, hidden: frozenset[str] | set[str]) -> Figures:
    """The adjusted figures alone; their verdicts are corrected for one another."""
    figures = Figures()
    _open(figures, made, opposed, hidden)
    _judge(figures, {}, _compared(made, opposed), RELEVANT)
    return figures


def _open(figures: Figures, made: Adjustment, opposed: Opposed, hidden: frozenset[str] | set[str]) -> None:
    """The columns, the shares, and the gaps."""
    for measure in MEASURES:
        figures.column(measure)
    for code, share in made.shares.items():
        figures.put_ends(ADJUSTED, (code,), share.value, share.interval)
    for code in hidden:
        hide(figures, with_ends(ADJUSTED), (code,))
    if any(made.apart.values()):
        for code, part in made.apart.items():
            figures.put(APART, (code,), part)
    for code, others in opposed.items():
        if code in hidden or set(others) <= hidden:
            hide(figures, COMPARED, (code,))


def _compared(made: Adjustment, opposed: Opposed) -> dict[str, Compared]:
    return {code: made.compared[code] for code in opposed if code in made.compared}


def _judge(figures: Figures, plain: Mapping[str, Pair], compared: Mapping[str, Compared], relevant: float) -> None:
    """p as it is; the verdicts corrected for all the comparisons of this table."""
    differences, seen = told_pairs(plain)
    smallest = [_smallest(each) for each in compared.values()]
    each = judged([*differences, *compared.values()], [*seen, *smallest], relevant=relevant)
    put_pairs(figures, plain, each[: len(plain)])
    for code, one in zip(compared, each[len(plain) :], strict=True):
        _put(figures, code, one)


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
    return tuple(replace(one, rows=None if policy.small(one.rows or 0) else one.rows) for one in left_out)
