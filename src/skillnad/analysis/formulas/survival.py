"""How long it takes, with those still open counted right.

A median of the durations that have ended is biased: the long ones are still open. The share that still goes on after t
days is, by Kaplan and Meier,

    S(t) = product over days i <= t of (1 - d_i / n_i)        d_i ended on day i, n_i at risk just before
    var log S(t) = sum over days i <= t of d_i / (n_i (n_i - d_i))      (Greenwood)

Sources: E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", Journal of the American
Statistical Association 53 (1958), 457-481. M. Greenwood, "The natural duration of cancer", Reports on Public Health and
Medical Subjects 33 (1926). J. D. Kalbfleisch and R. L. Prentice, The Statistical Analysis of Failure Time Data (2nd ed.
2002), 1.4: the log-log interval. R. Brookmeyer and J. Crowley, "A confidence interval for the median survival time",
Biometrics 38 (1982), 29-41: a quantile's interval is where the curve's limits pass it. Equal to R's `survfit`. K. J.
Rothman, "Estimation of confidence limits for the cumulative probability of survival in life table analysis", Journal of
Chronic Diseases 31 (1978), 557-560: the interval of the share within a limit.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import inf

import numpy as np

from skillnad.analysis.formulas.estimable import Estimate, NotEstimable, check_confidence
from skillnad.analysis.formulas.intervals import (
    Interval,
    MaybeInterval,
    NoInterval,
    Why,
    normal_quantile,
    score_interval,
    wilson,
)
from skillnad.analysis.formulas.life_tables import LifeTable, Real

TOLERANCE = 1.5e-8
"""Within which a share is said to be reached exactly: the square root of a double's precision, as in R."""

NO_ROWS = NotEstimable("no_rows", "Det finns inga rader med en tid i dagar.", "There are no rows with a time in days.")


class Scale(StrEnum):
    """Where the interval is made even. LOG_LOG never leaves 0–1, and holds at few rows."""

    LOG_LOG = "log-log"
    PLAIN = "plain"


@dataclass(frozen=True, eq=False)
class Curve:
    """The share still going on after each of the table's days, 0–1, with its limits (NaN where they cannot be had)."""

    table: LifeTable
    share: Real
    log_error: Real  # the standard error of log S
    low: Real
    high: Real
    confidence: float


def kaplan_meier(table: LifeTable, *, confidence: float = 0.95, scale: Scale = Scale.LOG_LOG) -> "Curve | NotEstimable":
    """The curve of `table`. With late entries those at risk may run out early, and the curve then stays at 0."""
    check_confidence(confidence)
    if not table.rows:
        return NO_ROWS
    at_risk = table.at_risk.astype(float)
    left = at_risk - table.ended
    share = np.cumprod(left / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_error = np.sqrt(np.cumsum(np.where(table.ended > 0, table.ended / (at_risk * left), 0.0)))
    low, high = _limits(share, log_error, scale, normal_quantile(confidence))
    return Curve(table, share, log_error, low, high, confidence)


def _limits(share: Real, log_error: Real, scale: Scale, z: float) -> tuple[Real, Real]:
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale is Scale.PLAIN:
            reach = z * log_error * share
            return np.maximum(share - reach, 0), np.minimum(share + reach, 1)
        inside = np.where((share == 0) | (share == 1), np.nan, share)
        reach = z * log_error / np.log(inside)
        return inside ** np.exp(-reach), inside ** np.exp(reach)


def share_within(curve: Curve, limit: int) -> Estimate | NotEstimable:
    """The share that has ended after at most `limit` days: 1 - S(limit).

    The interval is Wilson's of an effective number of rows (Rothman 1978): the same as of any share where nothing is
    open before the limit, and even at few rows. Where none, or all, have ended, and some were open before, it is of
    those who are known not to have ended within the limit; none where nobody is.
    """
    if limit < 0:
        raise ValueError("a limit is a number of days, 0 or more")
    if limit > curve.table.days[-1] and curve.share[-1] > 0:
        return _past_last_day(limit, int(curve.table.days[-1]))
    place = int(np.searchsorted(curve.table.days, limit, side="right")) - 1
    ended = 1 - float(curve.share[place]) if place >= 0 else 0.0
    return Estimate(ended, _share_interval(curve, place, limit, ended))


def _share_interval(curve: Curve, place: int, limit: int, ended: float) -> MaybeInterval:
    """Wilson's, of as many fully followed rows as would give the curve's variance (all rows, where none is open)."""
    if 0 < ended < 1:
        return score_interval(ended, _effective(curve, place), curve.confidence)
    known = _known(curve.table, limit, ended)
    return wilson(known if ended else 0, known, confidence=curve.confidence) if known else NoInterval(Why.TOO_FEW)


def followed_rows(curve: Curve, limit: int) -> float:
    """How many fully followed rows would make the share within `limit` days, which is told, as sure as it is."""
    place = int(np.searchsorted(curve.table.days, limit, side="right")) - 1
    ended = 1 - float(curve.share[place]) if place >= 0 else 0.0
    return _effective(curve, place) if 0 < ended < 1 else float(_known(curve.table, limit, ended))


def _effective(curve: Curve, place: int) -> float:
    share = float(curve.share[place])
    return (1 - share) / share / float(curve.log_error[place]) ** 2


def _known(table: LifeTable, limit: int, ended: float) -> int:
    """Of how many it is known whether they ended within the limit, where none did, or all: the variance is 0 then."""
    before = table.days < limit
    if len(table.entries):
        return 0
    if not table.open[before].any():
        return table.rows
    return 0 if ended else int((table.ended + table.open)[~before].sum())


def _past_last_day(limit: int, last: int) -> NotEstimable:
    return NotEstimable(
        "limit_past_last_day",
        f"Andelen inom {limit} dagar går inte att säga: ingen har följts längre än {last} dagar, och några pågår då "
        f"ännu. Välj en gräns på högst {last} dagar, eller vänta.",
        f"The share within {limit} days cannot be told: nobody has been followed for more than {last} days, and some "
        f"are still open then. Choose a limit of at most {last} days, or wait.",
    )


def time_until(curve: Curve, p: float) -> Estimate | NotEstimable:
    """After how many days the share `p` (0.5: the median) has ended, as R's quantile of a survfit.

    The first day when at least `p` have ended; where the curve is exactly 1 - p over a stretch, the middle of that
    stretch. The interval's upper end is infinite where too few have ended yet to set one.
    """
    if not 0 < p < 1:
        raise ValueError("p is between 0 and 1")
    found = _passes(curve, curve.share, p)
    if found is None:
        return _not_reached(p, 1 - float(curve.share[-1]))
    low, high = _passes(curve, curve.low, p), _passes(curve, curve.high, p)
    if low is None:
        return Estimate(found, NoInterval(Why.TOO_FEW))
    return Estimate(found, Interval(low, inf if high is None else high))


def _passes(curve: Curve, share: Real, p: float) -> float | None:
    ended, days = 1 - share, curve.table.days
    reached = np.flatnonzero(ended >= p - TOLERANCE)
    if not len(reached):
        return None
    first = int(reached[0])
    if ended[first] > p + TOLERANCE:
        return float(days[first])
    further = np.flatnonzero(ended > p + TOLERANCE)
    if not len(further) and np.isnan(ended[-1]):
        return None
    return float(days[first] + days[further[0] if len(further) else -1]) / 2


def _not_reached(p: float, ended: float) -> NotEstimable:
    asked, reached = round(100 * p), int(100 * ended)
    return NotEstimable(
        "share_not_reached",
        f"Tiden då {asked} procent har avslutats går inte att säga än: bara omkring {reached} procent har hunnit "
        "avslutas. Fråga efter en lägre andel, eller efter andelen inom ett visst antal dagar.",
        f"The time by which {asked} per cent have ended cannot be told yet: only about {reached} per cent have. "
        "Ask for a lower share, or for the share within a number of days.",
    )
