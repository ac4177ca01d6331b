"""Whether times differ between groups, with those still open counted right: the log-rank test.

On each day when something ends, the groups share out what ended by how many they have at risk; the test weighs what was
seen against that. The statistic is (O - E)' V^-1 (O - E), chi-squared with one degree of freedom less than there are
groups.

The score of a row is how much it weighs in that: 1 less what was to be expected of it by the day when it ended, and 0
less that of one that is open. The expected is Nelson's and Aalen's cumulative hazard of all rows; scores add up to 0,
and a group's to its O - E where groups are followed alike.

Sources: N. Mantel, "Evaluation of survival data and two new rank order statistics arising in its consideration", Cancer
Chemotherapy Reports 50 (1966), 163-170; R. Peto and J. Peto, Journal of the Royal Statistical Society A 135 (1972),
185-207 (scores as well); T. M. Therneau, P. M. Grambsch and T. R. Fleming, "Martingale-based residuals for survival
models", Biometrika 77 (1990), 147-160. Equal to R's `survdiff` (rho = 0), and to the martingale residuals of its
`coxph` without covariates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.life_tables import LifeTable, Real

TOO_FEW_GROUPS = NotEstimable(
    "too_few_groups",
    "Tiderna går inte att jämföra: minst två grupper behöver ha någon kvar när något avslutas.",
    "The times cannot be compared: at least two groups must have someone left when something ends.",
)


@dataclass(frozen=True)
class LogRank:
    """What ended in each group, what would have if times were alike, and how likely so great a difference then is."""

    observed: tuple[int, ...]
    expected: tuple[float, ...]
    chi_squared: float
    degrees: int
    p_value: float


def log_rank(groups: Sequence[LifeTable]) -> LogRank | NotEstimable:
    """The test of two or more groups. A group that has nobody at risk when something ends is
    shown, and takes no part in the test."""
    if len(groups) < 2:
        raise ValueError("a test compares two groups or more")
    ended, at_risk = _by_day(groups)
    if not ended.size:
        return TOO_FEW_GROUPS
    expected, variance = _moments(ended, at_risk)
    taking_part = np.flatnonzero(expected > 0)[:-1]
    if not len(taking_part):
        return TOO_FEW_GROUPS
    apart = (ended.sum(axis=1) - expected)[taking_part]
    spread = variance[np.ix_(taking_part, taking_part)]
    if np.linalg.matrix_rank(spread) < len(taking_part):
        return TOO_FEW_GROUPS
    statistic = float(apart @ np.linalg.solve(spread, apart))
    return LogRank(
        tuple(int(group.ended.sum()) for group in groups),
        tuple(map(float, expected)),
        statistic,
        len(taking_part),
        float(chdtrc(len(taking_part), statistic)),
    )


@dataclass(frozen=True, eq=False)
class Scores:
    """Of a row by the table's days: of one that ended on the day, and of one that was last seen open on it."""

    ended: Real
    open: Real


def scores(table: LifeTable) -> Scores:
    """Of the rows of all groups together; days that no row is at risk on add nothing. ValueError of late entries."""
    if len(table.entries):
        raise ValueError("rows with late entries have no scores here")
    expected = np.cumsum(table.ended / np.maximum(table.at_risk, 1))
    return Scores(1 - expected, -expected)


def _by_day(groups: Sequence[LifeTable]) -> tuple[Real, Real]:
    """Ended and at risk, by group and by each day when something ended anywhere."""
    days = np.unique(np.concatenate([group.days[group.ended > 0] for group in groups]))
    ended, at_risk = np.zeros((2, len(groups), len(days)))
    for number, group in enumerate(groups):
        own = group.ended > 0
        ended[number, np.searchsorted(days, group.days[own])] = group.ended[own]
        at_risk[number] = group.at_risk_on(days)
    return ended, at_risk


def _moments(ended: Real, at_risk: Real) -> tuple[Real, Real]:
    """The expected number in each group, and its variance, when groups share out what ended by how many they have."""
    all_ended, all_at_risk = ended.sum(axis=0), at_risk.sum(axis=0)
    part = at_risk / all_at_risk
    weight = all_ended * (all_at_risk - all_ended) / np.maximum(all_at_risk - 1, 1)
    variance = np.diag(part @ weight) - (part * weight) @ part.T
    return part @ all_ended, variance
