"""Groups' times compared: medians, means where they may be shown, and shares within a limit.

Where rows can be open the medians are Kaplan and Meier's and p is the log-rank test's; else they are of the days
themselves, by Price and Bonett, and p is the median test's. Of shares within a limit each has its own p and verdict.
All p of the table are corrected together.

What may be shown. A group takes part where the reader is shown how many it is and they are `quantile_minimum` at least,
as for a quantile; the ends of a median's interval are order statistics too, and stand where enough rows lie beyond them
(`ends`). What a group is compared with is such a group, or all the others: the total less what is shown of the group,
so that the reader knows how many they are. From p a reader can work out how many of a group are above the median of
both, as from a quartile. Days are told to one decimal, and the ends of a wide interval in whole days: what lies
between two rows' days, by a weight that anyone can work out, would else tell both. Verdicts are of the figures as they
are told.

A limit that the reader chooses can be the median that p is about, or lie at an end of an interval. Where a share within
a limit is hidden, since a few are on one side of it, the group's days have no interval, no comparison and no means.
"""

from skillnad.analysis.comparisons.days.ended import MEDIAN, put_ended
from skillnad.analysis.comparisons.days.followed import put_followed
from skillnad.analysis.comparisons.days.groups import Cells, Groups, shown_groups
from skillnad.analysis.comparisons.days.together import middle_day, put_repeated, together_of
from skillnad.analysis.comparisons.days.told import COMPARED, judge, relevant_days
from skillnad.analysis.comparisons.days.within import put_within
from skillnad.analysis.comparisons.made import Figures, Made, with_ends
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.comparisons.rows import Rows
from skillnad.analysis.comparisons.shares import hide
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.measures import OPEN, followed, within
from skillnad.analysis.questions import Duration
from skillnad.analysis.results import TOTAL, Axis


def compared_durations(
    question: Comparison, of: Duration, axes: tuple[Axis, ...], cells: Cells, rows: Rows, policy: Policy
) -> Made:
    """`axes` and `cells` are of the plain question, `of`; `rows` are its rows."""
    group, with_open = axes[0], open_too(of, cells)
    groups = shown_groups(group, rows.lasting(), cells, policy, with_open=with_open)
    pairs, figures = groups.opposed(question), Figures()
    together = together_of(question, rows, groups, with_open=with_open)
    repeats = together.by(middle_day(groups.rows[TOTAL]))
    common = cells[followed("median") if with_open else "median"].get((TOTAL,))
    relevant = relevant_days(common) if question.relevant is None else question.relevant
    untold = without_a_share(of, groups, cells)
    of_days = {code: None if pair and not untold.isdisjoint(pair.told_by) else pair for code, pair in pairs.items()}
    if with_open:
        judged = put_followed(figures, groups, of_days, cells, relevant, repeats, together.by_scores())
    else:
        judged = put_ended(figures, groups, of_days, relevant, repeats, with_means=not untold)
    for code, pair in of_days.items():
        if pair is None:
            hide(figures, COMPARED, (code,))
    for code in untold:
        hide(figures, with_ends(MEDIAN)[1:], (code,))
    for limit in sorted(set(of.within)):
        judged += put_within(figures, groups, pairs, cells, limit, together.by(limit))
    judge(figures, judged)
    put_repeated(figures, groups, repeats)
    return figures.made((group,))


def without_a_share(of: Duration, groups: Groups, cells: Cells) -> frozenset[str]:
    """Groups of which a share within a limit is hidden."""
    limits = [cells[within(limit)] for limit in of.within]
    return frozenset(code for code in groups.rows if any(shares.get((code,), 0) is None for shares in limits))


def open_too(of: Duration, cells: Cells) -> bool:
    """Can a row of a group be open? Not where the groups are of when it ended."""
    return OPEN in cells and stored_behind(of.by[0]) != (of.end,)
