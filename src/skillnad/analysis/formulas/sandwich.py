"""How sure a logistic model is where rows go together, or where their outcomes are not drawn as 0 and 1.

    V = G / (G - 1) A^-1 (sum over clients of u_c u_c') A^-1        u_c = sum over the client's rows of (y - p) x

A^-1 is the model's own covariance (X' W X)^-1. It holds whatever the rows of one client have in common, and whatever
spread outcomes have about p, where clients are many; with few it is somewhat small.

Sources: K.-Y. Liang and S. L. Zeger, "Longitudinal data analysis using generalized linear models", Biometrika 73
(1986), 13-22; D. A. Binder, "On the variances of asymptotically normal estimators from complex surveys", International
Statistical Review 51 (1983), 279-292, with G / (G - 1). Equal to R's `survey::svyglm` with clients as clusters.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix

from skillnad.analysis.formulas.designs import Real
from skillnad.analysis.formulas.life_tables import Whole
from skillnad.analysis.formulas.logistic import Fit

AT_ONCE = 4_000_000
"""So many numbers of clients are held at a time."""


@dataclass(frozen=True, eq=False)
class Residuals:
    """Of rows that are alike, as arrays of one length: which row of the design they are of, whose they are (a number
    from 0, or below 0 where each is another one's), the `outcome` of each of them, and how many they are."""

    kind: Whole
    client: Whole
    outcome: Real
    rows: Whole


def clustered(fit: Fit, held: Residuals) -> Fit:
    """The fit with that covariance. ValueError of rows that are all of one client."""
    own, clusters = _several(held)
    if clusters < 2:
        raise ValueError("one client alone says nothing of how sure a model is")
    left, each = held.outcome - fit.shares[held.kind], own < 0
    of_each = np.bincount(held.kind[each], (left**2 * held.rows)[each], len(fit.shares))
    of_client = coo_matrix(
        ((left * held.rows)[~each], (own[~each], held.kind[~each])),
        shape=(int(own.max(initial=-1)) + 1, len(fit.shares)),
    ).tocsr()
    x = fit.design.matrix
    scores = x.T @ (of_each[:, None] * x) + _between(of_client, x)
    return replace(fit, covariance=clusters / (clusters - 1) * fit.covariance @ scores @ fit.covariance)


def _several(held: Residuals) -> tuple[Whole, int]:
    """Of each, the number of its client among those with several rows, or -1; and how many clients there are."""
    known = held.client >= 0
    rows = np.bincount(held.client[known], held.rows[known])
    number = np.where(rows > 1, np.cumsum(rows > 1) - 1, -1)
    own = np.full(len(held.client), -1, dtype=np.int64)
    own[known] = number[held.client[known]]
    return own, int((rows > 0).sum()) + int(held.rows[~known].sum())


def _between(of_client: csr_matrix, x: Real) -> Real:
    """The sum of u u' of the clients: so many at a time, since each has a number of every coefficient."""
    count = x.shape[1]
    found, step = np.zeros((count, count)), max(1, AT_ONCE // count)
    for first in range(0, of_client.shape[0], step):
        scores = of_client[first : first + step] @ x
        found += scores.T @ scores
    return found
