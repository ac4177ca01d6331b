"""Series over time, and units against each other."""

from skillnad.analysis.formulas.chart_rules import (
    Signal,
    fewest_expected_crossings,
    longest_expected_run,
)
from skillnad.analysis.formulas.control_charts import individuals_chart, share_chart
from skillnad.analysis.formulas.funnel import funnel
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.ranking import Measured, rank_measured, rank_shares
from skillnad.analysis.formulas.run_charts import RuleSet, expected_runs, run_chart
from skillnad.analysis.handbook.model import Figures
from skillnad.analysis.handbook.swedish_figures import found, number, percent, percents, span

_MONTHS = (42, 38, 45, 40, 47, 36, 43, 39, 44, 41, 37, 46, 34, 33, 35, 31, 34, 32, 35, 33, 30, 34, 32, 31)
_CALM = (42, 38, 45, 40, 47, 36, 43, 39, 44, 41, 37, 46, 43, 39, 40, 44, 38, 45, 41, 42, 60)
_PARTS = (18, 22, 15, 20, 25, 17, 21, 19, 24, 16, 20, 23, 38)
_WHOLES = (40, 52, 36, 45, 60, 38, 50, 44, 55, 41, 47, 52, 50)
_COUNTS = tuple(Counted(*each) for each in zip(_PARTS, _WHOLES, strict=True))
_UNITS = {
    "A": Counted(9, 20),
    "B": Counted(32, 60),
    "C": Counted(58, 100),
    "D": Counted(140, 220),
    "E": Counted(120, 300),
    "F": Counted(270, 500),
}


def runs() -> Figures:
    first, other = found(run_chart(_MONTHS)), found(run_chart(_MONTHS, rules=RuleSet.PROVOST))
    least, most = expected_runs(12, 12)
    return {
        "months": str(len(_MONTHS)),
        "median": number(first.median),
        "useful": str(first.useful),
        "longest": str(first.longest),
        "longest_expected": str(longest_expected_run(first.useful)),
        "crossings": str(first.crossings),
        "fewest": str(fewest_expected_crossings(first.useful)),
        "said": _said(first.signals),
        "other": _said(other.signals),
        "least": str(least),
        "most": str(most),
    }


def control() -> Figures:
    chart = found(individuals_chart(_CALM, baseline=20))
    limits = chart.limits[-1]
    return {
        "months": str(len(_CALM)),
        "centre": number(chart.centre),
        "limits": "finns inte" if limits is None else span(limits),
        "last": str(_CALM[-1]),
        "said": _said(chart.signals),
    }


def control_of_shares() -> Figures:
    chart = found(share_chart(_COUNTS, baseline=12))
    smallest = min(range(len(_COUNTS)), key=lambda place: _COUNTS[place][1])
    last, small = chart.limits[-1], chart.limits[smallest]
    return {
        "centre": percent(chart.centre),
        "last": percent(_COUNTS[-1][0] / _COUNTS[-1][1]),
        "whole": str(_COUNTS[-1][1]),
        "limits": "finns inte" if last is None else percents(last),
        "small": str(_COUNTS[smallest][1]),
        "small_limits": "finns inte" if small is None else percents(small),
        "said": _said(chart.signals),
        "firm": "fasta" if chart.firm else "preliminära",
    }


def funnel_of_units() -> Figures:
    of = found(funnel(_UNITS, widen=False))
    widened = found(funnel(_UNITS))
    inner, outer = of.limits(60)
    rows = (
        f"| {one.unit} | {one.counted.whole} | {percent(one.share, 0)} | {one.place.sv} | {other.place.sv} |"
        for one, other in zip(of.points, widened.points, strict=True)
    )
    return {
        "target": percent(of.target),
        "inner": percents(inner),
        "outer": percents(outer),
        "rows": "\n".join(rows),
        "phi": number(widened.phi, 2),
        "times": number(widened.phi**0.5, 2),
        "statement": widened.statement(),
    }


def ranks() -> Figures:
    of = found(rank_shares(_UNITS))
    rows = (
        f"| {each.unit} | {percent(each.value)} | {place} | {each.best}–{each.worst} |"
        for place, each in enumerate(of.units, 1)
    )
    means = found(rank_measured({"A": Measured(61.0, 2.0), "B": Measured(55.0, 2.5), "C": Measured(54.0, 1.5)}))
    second = means.units[1]
    return {
        "rows": "\n".join(rows),
        "statement": of.statement(),
        "units": str(len(of.units)),
        "last": of.units[-1].unit,
        "last_best": str(of.units[-1].best),
        "last_worst": str(of.units[-1].worst),
        "unit": second.unit,
        "value": number(second.value, 0),
        "best": str(second.best),
        "worst": str(second.worst),
    }


def _said(signals: tuple[Signal, ...]) -> str:
    """Each rule that holds, once."""
    return "; ".join(dict.fromkeys(signal.rule.sv for signal in signals)) or "inget"


EXAMPLES = {
    "run-chart": runs,
    "control-chart": control,
    "control-chart-shares": control_of_shares,
    "funnel": funnel_of_units,
    "ranking": ranks,
}
