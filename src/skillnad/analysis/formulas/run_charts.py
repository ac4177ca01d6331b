"""Run charts: a series over time around its median, with rules that ask nothing of how values are distributed.

Two sets of rules. ANHOEJ (by default): an unusually long run, or unusually few crossings of the median, for so many
points: J. Anhøj and A. V. Olesen, "Run charts revisited: a simulation study of run chart rules for detection of non-
random variation in health care processes", PLoS ONE 9 (2014), e113825. How many series chance signals goes in steps
with how many points there are (simulated): one in 75 of 12 points, one in 32 of 24, one in 20 to 30 of 36 to 60, one in
15 to 20 of 72 to 120. Short series are seldom signalled when they have changed, too. PROVOST: a shift of six, a trend
of five, and the number of runs: R. J. Perla, L. P. Provost and S. K. Murray, "The run chart: a simple analytical tool
for learning from variation in healthcare processes", BMJ Quality & Safety 20 (2011), 46-51. Chance signals four series
in ten of 24 points, and seven of 48 (simulated).

The limits of the number of runs are exact, 2.5 % at each end, from the ways to order the points above the median among
those below: F. S. Swed and C. Eisenhart, Annals of Mathematical Statistics 14 (1943), 66-87.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import comb
from statistics import median

from skillnad.analysis.formulas.chart_rules import (
    FEW_CROSSINGS,
    LONG_RUN,
    RUNS,
    SHIFT_6,
    TREND_5,
    Signal,
    at_least,
    fewest_expected_crossings,
    longest_expected_run,
    runs,
    sides,
    trends,
)
from skillnad.analysis.formulas.control_charts import too_few_points
from skillnad.analysis.formulas.estimable import NotEstimable

LEAST = 10
"""How many points off the median the rules need."""
TAIL = Fraction(25, 1000)


class RuleSet(StrEnum):
    ANHOEJ = "anhoej"
    PROVOST = "provost"


@dataclass(frozen=True)
class RunChart:
    """The median, the number of points off it (`useful`), of runs on one side, and of crossings; what the rules say."""

    median: float
    useful: int
    runs: int
    crossings: int
    longest: int
    signals: tuple[Signal, ...]


def run_chart(
    values: Sequence[float], *, rules: RuleSet = RuleSet.ANHOEJ, centre: float | None = None
) -> RunChart | NotEstimable:
    """The run chart of `values`, in order of time, around their median, or around `centre` (an earlier period's)."""
    middle = median(values) if centre is None and values else centre or 0.0
    side = sides(values, middle)
    found = runs(side)
    useful = sum(map(len, found))
    if useful < LEAST:
        return too_few_points(useful, LEAST)
    signals = _anhoej(found, useful) if rules is RuleSet.ANHOEJ else _provost(values, side, found)
    return RunChart(middle, useful, len(found), len(found) - 1, max(map(len, found)), tuple(signals))


def _anhoej(found: list[tuple[int, ...]], useful: int) -> list[Signal]:
    signals = at_least(LONG_RUN, longest_expected_run(useful) + 1, found)
    if len(found) - 1 < fewest_expected_crossings(useful):
        signals.append(Signal(FEW_CROSSINGS, _all(found)))
    return signals


def _provost(values: Sequence[float], side: list[int], found: list[tuple[int, ...]]) -> list[Signal]:
    signals = at_least(SHIFT_6, 6, found) + at_least(TREND_5, 5, trends(values))
    least, most = expected_runs(side.count(1), side.count(-1))
    return signals if least <= len(found) <= most else [*signals, Signal(RUNS, _all(found))]


def _all(found: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(place for run in found for place in run)


def expected_runs(above: int, below: int) -> tuple[int, int]:
    """The fewest and the most runs that are not unusual among so many points above and below the median."""
    chances = {count: _chance(count, above, below) for count in range(1, above + below + 1)}
    least = next(count for count in chances if sum(chances[one] for one in chances if one <= count) > TAIL)
    most = next(count for count in reversed(chances) if sum(chances[one] for one in chances if one >= count) > TAIL)
    return least, most


def _chance(count: int, above: int, below: int) -> Fraction:
    """Of all orders, those with so many runs: the points above cut in k pieces, those below in as many, or one more."""
    half, odd = divmod(count, 2)
    if not odd:
        ways = 2 * _pieces(above, half) * _pieces(below, half)
    else:
        ways = _pieces(above, half + 1) * _pieces(below, half) + _pieces(above, half) * _pieces(below, half + 1)
    return Fraction(ways, comb(above + below, above))


def _pieces(points: int, number: int) -> int:
    """In how many ways so many points in a row are cut in so many pieces."""
    if not number:
        return int(not points)
    return comb(points - 1, number - 1) if points else 0
