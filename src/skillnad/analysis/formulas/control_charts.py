"""Control charts: a series over time with the limits that its own usual variation keeps within.

    individual values (XmR)   mean +- 3 mR / d2 = 2.66 mR     mR: the mean difference of neighbours; d2 = 2 / sqrt(pi)
    shares (p)                p +- 3 sqrt(p (1 - p) / n)

Sources: W. A. Shewhart, Economic Control of Quality of Manufactured Product (1931); D. J. Wheeler, Understanding
Variation (1993), for XmR; L. P. Provost and S. K. Murray, The Health Care Data Guide (2011), chs. 4 and 5, for the
rules and for how many points: 12 give limits on trial, 20 firm ones. Where rows of a point go together its limits are
wider by the root of how many times as uncertain it is for that (`clusters`).

Chance signals one series in eight of 24 normal values: 6 % by a point beyond the limits, the rest by shifts and trends
(simulated). A p chart of very many in each point signals what differs by more than chance, however little; the XmR
chart of the same shares then asks less.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import pi, sqrt

from skillnad.analysis.formulas.chart_rules import (
    BEYOND,
    SHIFT_8,
    TREND_6,
    Signal,
    at_least,
    runs,
    sides,
    trends,
)
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.intervals import Interval
from skillnad.analysis.formulas.proportions import Counted, checked

LEAST, FIRM = 12, 20
"""How many points limits need: on trial, and firm."""
D2 = 2 / sqrt(pi)
"""How many standard deviations two normal values differ by on average."""

NO_VARIATION = NotEstimable(
    "no_variation",
    "Alla punkter är lika, så det finns ingen variation att sätta gränser efter.",
    "All points are alike, so there is no variation to set limits by.",
)


@dataclass(frozen=True)
class ControlChart:
    """Points in order of time, each with its own limits; empty points (nobody to count) have no value and no limits.

    `firm` is False where the limits are on trial, of fewer than 20 points.
    """

    values: tuple[float | None, ...]
    centre: float
    limits: tuple[Interval | None, ...]
    firm: bool
    signals: tuple[Signal, ...]


def individuals_chart(values: Sequence[float], *, baseline: int | None = None) -> ControlChart | NotEstimable:
    """The XmR chart of `values`, in their own unit; centre and limits are of the first `baseline` points, if given."""
    base = values[:baseline]
    if len(base) < LEAST:
        return too_few_points(len(base), LEAST)
    centre = sum(base) / len(base)
    apart = sum(abs(after - before) for before, after in pairwise(base)) / (len(base) - 1)
    if not apart:
        return NO_VARIATION
    reach = 3 * apart / D2
    limits = [Interval(centre - reach, centre + reach)] * len(values)
    return _chart(list(values), centre, limits, len(base))


def share_chart(
    counts: Sequence[Counted], *, baseline: int | None = None, effects: Sequence[float] = ()
) -> ControlChart | NotEstimable:
    """The p chart of shares 0–1; centre and limits are of the first `baseline` points that have someone, if given.
    `effects` are the points', where rows go together."""
    known = [(place, checked(*each)) for place, each in enumerate(counts) if each[1]]
    base = [each for _, each in known[:baseline]]
    if len(base) < LEAST:
        return too_few_points(len(base), LEAST)
    centre = sum(each.part for each in base) / sum(each.whole for each in base)
    if centre in (0, 1):
        return NO_VARIATION
    limits = [_reach(centre, n / (effects[place] if effects else 1)) for place, (_, n) in known]
    chart = _chart([each.part / each.whole for _, each in known], centre, limits, len(base))
    return _with_gaps(chart, [place for place, _ in known], len(counts))


def _reach(centre: float, whole: float) -> Interval:
    reach = 3 * sqrt(centre * (1 - centre) / whole)
    return Interval(max(0.0, centre - reach), min(1.0, centre + reach))


def _chart(values: list[float], centre: float, limits: list[Interval], base: int) -> ControlChart:
    beyond = [place for place, value in enumerate(values) if not limits[place].holds(value)]
    signals = [Signal(BEYOND, (place,)) for place in beyond]
    signals += at_least(SHIFT_8, 8, runs(sides(values, centre)))
    signals += at_least(TREND_6, 6, trends(values))
    return ControlChart(tuple(values), centre, tuple(limits), base >= FIRM, tuple(signals))


def _with_gaps(chart: ControlChart, places: list[int], length: int) -> ControlChart:
    """The chart with its points at `places`, and nothing between."""
    at = dict(zip(places, zip(chart.values, chart.limits, strict=True), strict=True))
    values, limits = zip(*(at.get(place, (None, None)) for place in range(length)), strict=True)
    signals = (Signal(each.rule, tuple(places[point] for point in each.points)) for each in chart.signals)
    return ControlChart(values, chart.centre, limits, chart.firm, tuple(signals))


def too_few_points(found: int, least: int) -> NotEstimable:
    return NotEstimable(
        "too_few_points",
        f"Diagrammet har {found} användbara punkter och behöver minst {least}. Ta kortare perioder (månader i stället "
        "för år) eller en längre tid.",
        f"The chart has {found} useful points and needs at least {least}. Take shorter periods (months instead of "
        "years) or a longer time.",
    )
