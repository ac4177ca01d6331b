"""Groups' shares within a limit of days compared as they are, and adjusted for background beside that.

The plain figures are those of `days.within`, under the names of a share's, so that what is made of a table of adjusted
shares is made of this one too. Adjusted figures are told in tenths of a percentage point, for groups whose share the
plain table shows: `model` says what they tell.
"""

from dataclasses import replace

from skillnad.analysis.comparisons.adjusted.background import Orders
from skillnad.analysis.comparisons.adjusted.figures import Adjustment, Unadjusted
from skillnad.analysis.comparisons.adjusted.shares import MEASURES as ADJUSTED_MEASURES
from skillnad.analysis.comparisons.adjusted.shares import adjusted_figures, safe_left_out
from skillnad.analysis.comparisons.adjusted_days.limits import LIMIT, beside, whole_days
from skillnad.analysis.comparisons.adjusted_days.model import Asked, adjusted_within
from skillnad.analysis.comparisons.adjusted_days.outcomes import Timed, by_group
from skillnad.analysis.comparisons.days.durations import open_too
from skillnad.analysis.comparisons.days.followed import STILL_OPEN
from skillnad.analysis.comparisons.days.groups import Cells, Groups, how_many, life_table, shown_groups
from skillnad.analysis.comparisons.days.together import put_repeated, together_of
from skillnad.analysis.comparisons.days.told import ROWS, judge
from skillnad.analysis.comparisons.days.within import Within, put_within
from skillnad.analysis.comparisons.made import SEEN, SHARE, VERDICT, Figures, Made, P
from skillnad.analysis.comparisons.opponents import all_opposed
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.comparisons.rows import Rows
from skillnad.analysis.comparisons.shares import DIFFERENCE
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.survival import kaplan_meier, time_until
from skillnad.analysis.measures import OPEN, within
from skillnad.analysis.questions import Duration
from skillnad.analysis.results import TOTAL, Axis, LeftOut


def adjusted_times(
    question: Comparison,
    of: Duration,
    axes: tuple[Axis, ...],
    cells: Cells,
    rows: Rows,
    policy: Policy,
    orders: Orders = (),
) -> Made:
    """`axes` and `cells` are of the plain question, `of`, with its limit; `rows` are its rows; `orders` are of each
    column that it is adjusted for. Without a limit (the
    median of all is not shown) nothing is compared.

    Raises UserError (ASK-056) where there is no group `against`.
    """
    group, with_open = axes[0], open_too(of, cells)
    groups = shown_groups(group, rows.lasting(), cells, policy, with_open=with_open)
    figures = _of_groups(groups, cells, with_open=with_open)
    if not of.within:
        whole = groups.rows[TOTAL]
        rows_of_all = None if whole is None else how_many(whole)
        return figures.made((group,), safe_left_out((LeftOut(Unadjusted.NO_LIMIT, rows_of_all),), policy))
    limit = of.within[0]
    figures.put(LIMIT, (TOTAL,), limit)
    label = f"Klara inom {limit} dagar"
    named = Within(replace(SHARE, label=label), DIFFERENCE, P, SEEN, VERDICT)
    repeats = together_of(question, rows, groups, with_open=with_open).by(limit)
    judge(figures, put_within(figures, groups, groups.opposed(question), cells, limit, repeats, named))
    put_repeated(figures, groups, repeats)
    timed = Timed.of(rows.lasting_by((question.by[0], *question.adjusted_for)), with_open=with_open)
    shown, opposed = _shown(groups, timed, cells, limit), all_opposed(question, group)
    adjusted = Adjustment({}, {})
    if any(shown.values()):
        adjusted = adjusted_within(shown, opposed, timed, Asked(limit, *beside(limit, _median(groups)), orders), policy)
    hidden = adjusted.hidden | {code for code, one in shown.items() if one is None and code != TOTAL}
    beside_it = adjusted_figures(adjusted, opposed, hidden)
    unused = adjusted.unused(question.adjusted_for)
    made = figures.made((group,), (*safe_left_out(adjusted.left_out, policy), *unused))
    return replace(
        made,
        measures=(*made.measures, *(beside_it.measures[measure.id] for measure in ADJUSTED_MEASURES)),
        cells={**made.cells, **beside_it.cells},
    )


def _of_groups(groups: Groups, cells: Cells, *, with_open: bool) -> Figures:
    """How many rows each group has, and how many of them are open."""
    figures = Figures()
    for code, rows in groups.rows.items():
        figures.put(ROWS, (code,), None if rows is None else how_many(rows))
        if with_open:
            figures.put(STILL_OPEN, (code,), cells[OPEN][code,])
    return figures


def _shown(groups: Groups, rows: Timed, cells: Cells, limit: int) -> dict[str, Counted | None]:
    """Of each group whose share is shown, and of all: the rows of which it is known whether they had ended by then, and
    how many had."""
    known, shares = by_group(rows.counted(-1, limit)), cells[within(limit)]
    whole = Counted(sum(one.part for one in known.values()), sum(one.whole for one in known.values()))
    counted = {code: known.get(code, Counted(0, 0)) for code in groups.rows} | {TOTAL: whole}
    hidden = {code for code, told in groups.rows.items() if told is None or shares.get((code,), 0) is None}
    return {code: None if code in hidden else one for code, one in counted.items()}


def _median(groups: Groups) -> int | None:
    """The median of all, in whole days, which a reader can have as a limit without choosing it."""
    rows = groups.rows[TOTAL]
    if rows is None or not how_many(rows):
        return None
    curve = kaplan_meier(life_table(rows))
    median = curve if isinstance(curve, NotEstimable) else time_until(curve, 0.5)
    return None if isinstance(median, NotEstimable) else whole_days(median.value)
