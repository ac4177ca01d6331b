"""Each row's own part in a share within a limit where some rows are open, so that a regression can take it as outcome.

    y_i = n F(L) - (n - 1) F_-i(L)

F is the share that has ended within L days by Kaplan and Meier's curve of all n rows, and F_-i that of all but row i.
Where nothing is open before L, y is 1 of a row that has ended by then and 0 of one that has not. Else a row that is
open at L has a little less than 0, one that has ended later than others were last seen a little more than 1 (it speaks
for them too), and one last seen before L something between. Their mean is about F, and the mean of y given a background
is about that background's share, where what is open is open for reasons that have nothing to do with it: so groups have
a curve each.

Source: P. K. Andersen, J. P. Klein and S. Rosthøj, "Generalised linear models for correlated pseudo-observations, with
applications to multi-state models", Biometrika 90 (2003), 15-27; P. K. Andersen and M. P. Perme, "Pseudo-observations
in survival analysis", Statistical Methods in Medical Research 19 (2010), 71-99 (where what is open depends on a group:
a curve for each). Equal to n curves of R's `survfit`, each without one row.
"""

from dataclasses import dataclass

import numpy as np

from skillnad.analysis.formulas.life_tables import LifeTable, Real


@dataclass(frozen=True, eq=False)
class PseudoShares:
    """The y of a row by the table's days: of one that ended on the day, and of one that was last seen open on it."""

    ended: Real
    open: Real


def pseudo_shares(table: LifeTable, limit: int) -> PseudoShares:
    """Of every kind of row in the table. ValueError of late entries, and of a negative limit."""
    if limit < 0:
        raise ValueError("a limit is a number of days, 0 or more")
    if len(table.entries):
        raise ValueError("rows with late entries have no pseudo-values here")
    if not table.open[table.days < limit].any():
        known = (table.days <= limit).astype(float)
        return PseudoShares(known, np.zeros_like(known))
    return PseudoShares(_without_one(table, limit, 1), _without_one(table, limit, 0))


def _without_one(table: LifeTable, limit: int, over: int) -> Real:
    """The y of a row of each day that ended (`over` 1) or did not: what is after its day is as it was, what is before
    has one less at risk."""
    within = table.days <= limit
    at_risk, ended = table.at_risk.astype(float), np.where(within, table.ended, 0)
    left = np.maximum(at_risk - 1, 1)  # where it is 0 nobody else is there to end
    before = np.concatenate([[1.0], np.cumprod(1 - np.minimum(ended / left, 1))[:-1]])
    own = 1 - np.where(within, np.clip(ended - over, 0, None), 0) / left
    after = np.append(np.cumprod((1 - ended / at_risk)[::-1])[::-1][1:], 1.0)
    whole = float(np.prod(1 - ended / at_risk))
    without: Real = before * np.clip(own, 0, 1) * after
    return 1 - table.rows * whole + (table.rows - 1) * without
