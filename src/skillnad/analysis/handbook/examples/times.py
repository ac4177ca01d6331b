"""Times: quantiles, what the open do to a median, Kaplan and Meier's curve, and times of two groups."""

from skillnad.analysis.formulas.followed import NARROW, difference, difference_within
from skillnad.analysis.formulas.life_tables import LifeTable, from_rows
from skillnad.analysis.formulas.log_rank import log_rank
from skillnad.analysis.formulas.quantiles import quantile
from skillnad.analysis.formulas.survival import followed_rows, kaplan_meier, share_within, time_until
from skillnad.analysis.handbook.model import Figures
from skillnad.analysis.handbook.swedish_figures import (
    found,
    number,
    p_said,
    p_value,
    percent,
    percents,
    points,
    span,
    trimmed,
)

_DAYS = (3, 8, 12, 20, 31, 45, 60, 88, 120, 410)
_ENDED = (20, 35, 40, 55, 60, 75, 90, 110)
_OPEN = (30, 80, 120, 120, 150, 200, 210, 240)
_WENT_ON = {70: 20, 95: 45, 130: 100, 180: 60, 260: 200}
_WENT_ON_STILL = {330: 150, 420: 300, 500: 400}
"""Days of what went on when a period began, and how many of them it had lasted by then."""
_OTHERS_ENDED = (10, 15, 25, 30, 35, 40, 50, 60, 70, 95)
_OTHERS_OPEN = (20, 45, 100, 130)
_BOTH = ((_ENDED, _OPEN), (_OTHERS_ENDED, _OTHERS_OPEN))
_LIMIT, _SHORT = 120, 60


def _table(ended: tuple[int, ...], still_open: tuple[int, ...]) -> LifeTable:
    return from_rows([*ended, *still_open], [True] * len(ended) + [False] * len(still_open))


def quantiles() -> Figures:
    found_at = {name: quantile(_DAYS, p) for name, p in (("q1", 0.25), ("median", 0.5), ("q3", 0.75), ("p90", 0.9))}
    return {
        "days": ", ".join(map(str, _DAYS)),
        "n": str(len(_DAYS)),
        "mean": trimmed(sum(_DAYS) / len(_DAYS)),
        **{name: trimmed(value) for name, value in found_at.items()},
    }


def open_cases() -> Figures:
    curve = found(kaplan_meier(_table(_ENDED, _OPEN)))
    return {
        "ended": str(len(_ENDED)),
        "open": str(len(_OPEN)),
        "longest": str(max(_ENDED)),
        "longer": str(sum(day > max(_ENDED) for day in _OPEN)),
        "naive": trimmed(quantile(_ENDED, 0.5)),
        "followed": trimmed(found(time_until(curve, 0.5)).value),
    }


def curve_by_hand() -> Figures:
    curve = found(kaplan_meier(_table(_ENDED, _OPEN)))
    median = found(time_until(curve, 0.5))
    first, second, third = (int(place) for place in curve.table.ended.nonzero()[0][:3])
    risk, days = curve.table.at_risk, curve.table.days
    return {
        "rows": str(curve.table.rows),
        "day1": str(days[first]),
        "day2": str(days[second]),
        "day3": str(days[third]),
        "left1": f"{risk[first] - 1}/{risk[first]}",
        "left2": f"{risk[second] - 1}/{risk[second]}",
        "left3": f"{risk[third] - 1}/{risk[third]}",
        "share1": percent(float(curve.share[first])),
        "share2": percent(float(curve.share[second])),
        "share3": percent(float(curve.share[third])),
        "median": number(median.value, 0),
        "interval": span(median.interval, 0, 1, "dagar"),
    }


def late_entries() -> Figures:
    days = [*_ENDED, *_WENT_ON, *_WENT_ON_STILL]
    over = [True] * (len(_ENDED) + len(_WENT_ON)) + [False] * len(_WENT_ON_STILL)
    late = [*(_WENT_ON.values()), *(_WENT_ON_STILL.values())]
    # a late entry of the formulas is at risk from the day after
    entered = from_rows(days, over, [*[None] * len(_ENDED), *(day - 1 for day in late)])
    median = found(time_until(found(kaplan_meier(entered)), 0.5)).value
    return {
        "began": str(len(_ENDED)),
        "going": str(len(late)),
        "naive": trimmed(quantile(sorted([*_ENDED, *_WENT_ON]), 0.5)),
        "ordinary": trimmed(found(time_until(found(kaplan_meier(from_rows(days, over))), 0.5)).value),
        "median": trimmed(median),
        "day": trimmed(median),
        "left": str(int(entered.at_risk_on([int(median)])[0])),
        "come": str(sum(day <= median for day in late)),
    }


def within_limit() -> Figures:
    within = found(share_within(found(kaplan_meier(_table(_ENDED, _OPEN))), _LIMIT))
    return {
        "limit": str(_LIMIT),
        "share": percent(within.value),
        "interval": percents(within.interval),
        "among_ended": percent(sum(day <= _LIMIT for day in _ENDED) / len(_ENDED), 0),
        "ended": str(len(_ENDED)),
        "unsure": str(sum(day < _LIMIT for day in _OPEN)),
    }


def two_groups() -> Figures:
    tables = [_table(*group) for group in _BOTH]
    tested = found(log_rank(tables))
    return {
        "first": str(tables[0].rows),
        "second": str(tables[1].rows),
        "seen1": str(tested.observed[0]),
        "seen2": str(tested.observed[1]),
        "expected1": number(tested.expected[0]),
        "expected2": number(tested.expected[1]),
        "square": number(tested.chi_squared, 2),
        "degrees": str(tested.degrees),
        "p": p_value(tested.p_value),
    }


def followed_difference() -> Figures:
    tables = [_table(5 * ended, 5 * still_open) for ended, still_open in _BOTH]
    curves = [found(kaplan_meier(table)) for table in tables]
    one, other = (found(time_until(curve, 0.5)) for curve in curves)
    first, second = (found(share_within(curve, _SHORT)) for curve in curves)
    as_sure_as = followed_rows(curves[0], _SHORT), followed_rows(curves[1], _SHORT)
    narrow, narrow_too = (found(time_until(found(kaplan_meier(table, confidence=NARROW)), 0.5)) for table in tables)
    apart = difference(narrow, narrow_too, found(log_rank(tables)).p_value, at=NARROW)
    apart_within = difference_within(first, second, as_sure_as)
    return {
        "one": trimmed(one.value),
        "interval1": span(one.interval, 0),
        "other": trimmed(other.value),
        "interval2": span(other.interval, 0),
        "value": trimmed(apart.value),
        "interval": span(apart.interval, 0),
        "p": p_said(apart.p),
        "limit": str(_SHORT),
        "share1": percent(first.value),
        "share2": percent(second.value),
        "points": points(apart_within.value),
        "points_interval": span(apart_within.interval, 1, 100),
        "points_p": p_said(apart_within.p),
    }


EXAMPLES = {
    "quantile": quantiles,
    "open-cases": open_cases,
    "kaplan-meier": curve_by_hand,
    "late-entries": late_entries,
    "share-within": within_limit,
    "log-rank": two_groups,
    "followed-difference": followed_difference,
}
