"""Figures in order of time, with their centre, their limits and the rules that they break, of what is shown alone.

A point takes part where it is shown, has somebody to count, and is of a whole month, quarter or year: one that the
question's period or the snapshot's day cuts short would look like a fall. The value of one that takes no part stands
there all the same, with no centre and no limits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from skillnad.analysis.comparisons.made import PART, WHOLE, Figures, Made
from skillnad.analysis.comparisons.questions import Chart, OverTime
from skillnad.analysis.comparisons.repeats import NONE, Repeats
from skillnad.analysis.comparisons.shares import Groups, put_repeated, shown_groups
from skillnad.analysis.formulas.chart_rules import BEYOND, FEW_CROSSINGS, LONG_RUN, SHIFT_8, TREND_6, Rule, Signal
from skillnad.analysis.formulas.control_charts import individuals_chart, share_chart
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.intervals import Interval
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.run_charts import run_chart
from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.measures import OPEN, followed
from skillnad.analysis.protection import Protected
from skillnad.analysis.questions import Duration, Share
from skillnad.analysis.results import Axis, LevelKind, Measure, MeasureKind
from skillnad.analysis.selection import calendar_period
from skillnad.codebook.periods import Period

RULES: Mapping[Chart, tuple[Rule, ...]] = {
    Chart.RUN: (LONG_RUN, FEW_CROSSINGS),
    Chart.CONTROL: (BEYOND, SHIFT_8, TREND_6),
}
"""The rules that a chart goes by, each the id of a measure."""
VALUE, CENTRE, LOW, HIGH = "value", "centre", "low", "high"
MEDIAN = "median"


@dataclass(frozen=True)
class Drawn:
    """The middle, each point's limits (none in a run chart), and what breaks a rule."""

    centre: float
    limits: Sequence[Interval | None]
    signals: tuple[Signal, ...]


def over_time(
    question: OverTime, axes: tuple[Axis, ...], shown: Protected, as_of: date, repeats: Repeats = NONE
) -> Made:
    """`axes` and `shown` are of the plain question, by the calendar of a date; `as_of` is the snapshot's day.

    Every rule of the chart is a measure, 1 at the points that break it. Where too few points take part there is neither
    a centre nor limits, and no rule is broken.
    """
    time = axes[-1]
    counted = shown_groups(time, shown.cells["count"]) if isinstance(question.of, Share) else {}
    figures = _of_shares(counted) if counted else _as_shown(question, shown)
    put_repeated(figures, counted, repeats)
    points = _points(question, time, figures, as_of)
    kind = figures.measures[VALUE].kind
    named = [Measure(CENTRE, "Mittlinje", kind)]
    if question.chart is Chart.CONTROL:
        named += [Measure(LOW, "Styrgräns, lägst", kind), Measure(HIGH, "Styrgräns, högst", kind)]
    signals = {rule: Measure(rule.id, rule.sv, MeasureKind.SIGNAL) for rule in RULES[question.chart]}
    for measure in (*named, *signals.values()):
        figures.column(measure)
    effects = [repeats.of(code) for code in points]
    drawn = _drawn(question, points, [each for code in points if (each := counted.get(code))], effects)
    if drawn:
        _put(figures, named, list(points), drawn)
        for signal in drawn.signals:
            for place in signal.points:
                figures.put(signals[signal.rule], (list(points)[place],), 1)
    return figures.made((time,))


def _as_shown(question: OverTime, shown: Protected) -> Figures:
    """Counts, or medians with how many rows they are of."""
    of = question.of
    name = _median(of, shown) if isinstance(of, Duration) else "count"
    value = next(measure for measure in shown.measures if measure.id == name)
    others = [measure for measure in shown.measures if measure.id in ("count", OPEN) and measure != value]
    figures = Figures()
    figures.column(Measure(VALUE, value.label, value.kind)).update(shown.cells[name])
    for each in others:
        figures.column(each).update(shown.cells[each.id])
    return figures


def _median(of: Duration, shown: Protected) -> str:
    """With the open counted, where some of those that began in a month can be open still: the median of the ended alone
    falls toward the last months for no other reason than that the long ones have not ended."""
    open_too = OPEN in shown.cells and stored_behind(of.by[0]) != (of.end,)
    return followed(MEDIAN) if open_too else MEDIAN


def _of_shares(groups: Groups) -> Figures:
    figures = Figures()
    value = figures.column(Measure(VALUE, "Andel", MeasureKind.SHARE))
    for code, counted in groups.items():
        if counted is None or counted.whole:
            value[code,] = counted and counted.share
        figures.put(PART, (code,), counted and counted.part)
        figures.put(WHOLE, (code,), counted and counted.whole)
    return figures


def _points(question: OverTime, time: Axis, figures: Figures, as_of: date) -> dict[str, float]:
    """The values that take part, by code: those of which every day is in the question's period and no later than the
    snapshot's."""
    within = calendar_period(question.of, stored_behind(question.by[0])[0])
    points = {}
    for level in time.levels:
        value = figures.cells[VALUE].get((level.code,))
        if value is None or level.kind is not LevelKind.VALUE:
            continue
        unit = Period.parse(level.code)
        inside = within is None or (within.start <= unit.start and unit.end <= within.end)
        if inside and unit.last_day <= as_of:
            points[level.code] = float(value)
    return points


def _drawn(
    question: OverTime, points: Mapping[str, float], counted: Sequence[Counted], effects: Sequence[float]
) -> Drawn | None:
    """None of too few points, and of points that are all alike. `counted` are the points of shares."""
    values = list(points.values())
    baseline = question.baseline or None
    if question.chart is Chart.RUN:
        centre = median(values[:baseline]) if values else None
        run = run_chart(values, centre=centre)
        return None if isinstance(run, NotEstimable) else Drawn(run.median, [None] * len(values), run.signals)
    if counted:
        chart = share_chart(counted, baseline=baseline, effects=effects)
    else:
        chart = individuals_chart(values, baseline=baseline)
    return None if isinstance(chart, NotEstimable) else Drawn(chart.centre, chart.limits, chart.signals)


def _put(figures: Figures, named: list[Measure], codes: list[str], drawn: Drawn) -> None:
    """No count, share or time is below nothing, and so no limit is."""
    for code, limits in zip(codes, drawn.limits, strict=True):
        ends = () if limits is None else (max(0.0, limits.low), limits.high)
        for measure, value in zip(named, (drawn.centre, *ends), strict=False):
            figures.put(measure, (code,), value)
