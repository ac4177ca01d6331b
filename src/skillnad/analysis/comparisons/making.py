"""A comparative question's table, made of the plain question's protected one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from skillnad.analysis.comparisons.adjusted.background import Orders
from skillnad.analysis.comparisons.adjusted.shares import adjusted_shares
from skillnad.analysis.comparisons.adjusted_days.times import adjusted_times
from skillnad.analysis.comparisons.courses import over_time
from skillnad.analysis.comparisons.days.durations import compared_durations
from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.pairs import answered, paired
from skillnad.analysis.comparisons.places import in_a_funnel, ranked
from skillnad.analysis.comparisons.questions import (
    Chart,
    Comparative,
    Comparison,
    Drawn,
    Funnel,
    OverTime,
    Paired,
    Ranking,
    ResponseRate,
)
from skillnad.analysis.comparisons.repeats import NONE
from skillnad.analysis.comparisons.rows import Rows
from skillnad.analysis.comparisons.sampled import sampled_shares
from skillnad.analysis.comparisons.shares import compared_shares, repeats_in
from skillnad.analysis.comparisons.unknown_rows import unknown_rows
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.protection import Protected
from skillnad.analysis.questions import Duration, Share
from skillnad.analysis.results import Axis


def set_beside(
    question: Comparative,
    axes: tuple[Axis, ...],
    shown: Protected,
    rows: Callable[[], Rows],
    policy: Policy,
    as_of: date,
    orders: Orders = (),
) -> Made:
    """`axes` and `shown` are of the plain question; `rows` gives its rows, asked only where counts do not suffice.
    What the plain question left out is left out here. `as_of` is the snapshot's day;
    `orders` are those of each column that it is adjusted for."""
    made = _made(question, axes, shown, rows, policy, as_of, orders)
    between = isinstance(question, Comparison | Ranking | Funnel) and isinstance(question.of, Share)
    unknown = unknown_rows(axes, shown.cells["count"], policy) if between else ()
    return replace(made, left_out=(*shown.left_out, *unknown, *made.left_out))


def _made(
    question: Comparative,
    axes: tuple[Axis, ...],
    shown: Protected,
    rows: Callable[[], Rows],
    policy: Policy,
    as_of: date,
    orders: Orders = (),
) -> Made:
    counts = shown.cells["count"]
    match question:
        case Comparison():
            return _compared(question, axes, shown, rows, policy, orders)
        case Ranking():
            return ranked(question, axes, counts, repeats_in(question, rows, axes[1], counts, policy))
        case Funnel():
            return in_a_funnel(question, axes, counts, repeats_in(question, rows, axes[1], counts, policy))
        case OverTime():
            control = isinstance(question.of, Share) and question.chart is Chart.CONTROL
            repeats = repeats_in(question, rows, axes[1], counts, policy) if control else NONE
            return over_time(question, axes, shown, as_of, repeats)
        case Paired():
            return paired(question, axes, counts, policy, rows)
        case ResponseRate():
            return answered(question, axes, counts, policy)
    raise NotImplementedError(type(question).__name__)


def _compared(
    question: Comparison,
    axes: tuple[Axis, ...],
    shown: Protected,
    rows: Callable[[], Rows],
    policy: Policy,
    orders: Orders,
) -> Made:
    counts = shown.cells["count"]
    match question:
        case Comparison(of=Share(), adjusted_for=background) if background:
            return adjusted_shares(question, axes, counts, rows, policy, orders)
        case Comparison(of=Share(), drawn=Drawn() as drawn):
            return sampled_shares(question, drawn, axes, counts)
        case Comparison(of=Share()):
            return compared_shares(question, axes, counts, repeats_in(question, rows, axes[1], counts, policy))
        case Comparison(of=Duration() as of, adjusted_for=background) if background:
            return adjusted_times(question, of, axes, shown.cells, rows(), policy, orders)
        case Comparison(of=Duration() as of):
            return compared_durations(question, of, axes, shown.cells, rows(), policy)
    raise NotImplementedError(type(question.of).__name__)
