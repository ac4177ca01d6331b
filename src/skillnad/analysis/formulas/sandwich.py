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
from scipy.sparse import coo_matrix, diags

from skillnad.analysis.formulas.designs import Real
from skillnad.analysis.formulas.life_tables import Whole
from skillnad.analysis.formulas.logistic import Fit


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
    left = held.outcome - fit.shares[held.kind]
    known, alone = held.client >= 0, held.client < 0
    clusters = len(np.unique(held.client[known])) + int(held.rows[alone].sum())
    if clusters < 2:
        raise ValueError("one client alone says nothing of how sure a model is")
    of_client = _summed(held.client[known], held.kind[known], (left * held.rows)[known], len(fit.shares))
    of_each = np.bincount(held.kind[alone], (left**2 * held.rows)[alone], len(fit.shares)).astype(float)
    between = of_client.T @ of_client + diags(of_each)
    scores = fit.design.matrix.T @ (between @ fit.design.matrix)
    return replace(fit, covariance=clusters / (clusters - 1) * fit.covariance @ scores @ fit.covariance)


def _summed(client: Whole, kind: Whole, left: Real, kinds: int) -> coo_matrix:
    """What is left over by client and kind: clients are many, and each has few kinds."""
    _, number = np.unique(client, return_inverse=True)
    clients = int(number.max(initial=-1)) + 1
    return coo_matrix((left, (number.ravel(), kind)), shape=(clients, kinds)).tocsr()
