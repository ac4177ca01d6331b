"""Rows that go together: how much less they tell than as many rows of different people.

    rho = (MSC - MSW) / (MSC + (n0 - 1) MSW)         MSC, MSW: mean squares between and within clients, in their groups
    C   = sum over clients of n_c (1 + (n_c - 1) rho) / n = 1 + rho sum n_c (n_c - 1) / n

n_c is how many rows a client has in the group and n the group's rows: what is said of the group is as uncertain as of
n / C rows that do not go together. rho is one for all groups, since one group alone has too few clients to tell it.

Sources: the analysis of variance estimator, A. Donner and N. Klar, Design and Analysis of Cluster Randomization Trials
in Health Research (2000), 1.3 and 6.2, for groups of unlike clients together; C for each group, the same, 6.2, and J.
N. K. Rao and A. J. Scott, "A simple method for the analysis of clustered binary data", Biometrics 48 (1992), 577-585,
who divide counts by it and go on as if rows were independent. M. S. Ridout, C. G. B. Demetrio and D. Firth, "Estimating
intraclass correlation for binary data", Biometrics 55 (1999), 137-148, find the estimator among the best of twenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtr

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Clusters:
    """The clients of one group: three arrays of one length. `size` is how many rows a client has, `total` the sum of
    their values and `squares` that of their squares: of a share both are how many rows hold it."""

    total: Numbers
    squares: Numbers
    size: Numbers

    @property
    def pairs(self) -> int:
        """How many ordered pairs of rows are of one client."""
        return int((self.size * (self.size - 1)).sum())


def intraclass_correlation(groups: Sequence[Clusters]) -> float | None:
    """How alike two rows of one client are, against two of different clients of one group: 1 where they are always
    alike, 0 where they are no more so, below that where less. None where no client has two rows, or all rows are alike.
    """
    used = [group for group in groups if len(group.size)]
    rows, clients = (sum(int(amount) for amount in each) for each in _sizes(used))
    degrees = clients - len(used)
    if rows == clients or degrees <= 0:
        return None
    between = sum(_between(group) for group in used) / degrees
    within = sum(_within(group) for group in used) / (rows - clients)
    usual = (rows - sum(float((group.size**2).sum() / group.size.sum()) for group in used)) / degrees
    spread = between + (usual - 1) * within
    return (between - within) / spread if spread > 0 else None


def _sizes(groups: Sequence[Clusters]) -> tuple[list[int], list[int]]:
    return [group.size.sum() for group in groups], [len(group.size) for group in groups]


def _between(group: Clusters) -> float:
    mean = group.total.sum() / group.size.sum()
    return float((group.size * (group.total / group.size - mean) ** 2).sum())


def _within(group: Clusters) -> float:
    return float((group.squares - group.total**2 / group.size).sum())


def design_effect(pairs: float, rows: int, correlation: float) -> float:
    """C of a group of so many rows, of which so many ordered `pairs` are of one client; no less than 1, and no more
    than as if all rows were one."""
    return min(max(1.0, 1 + correlation * pairs / rows), float(rows)) if rows else 1.0


def of_two(effects: tuple[float, float], wholes: tuple[int, int]) -> float:
    """How many times larger the variance of the difference of two groups' means is, where they vary alike."""
    return (effects[0] / wholes[0] + effects[1] / wholes[1]) / (1 / wholes[0] + 1 / wholes[1])


def weakened(p: float, effect: float, degrees: float = inf) -> float:
    """A two-sided p where the variance is `effect` times what p was worked out with (Rao and Scott; of Pearson's
    test, with one C for both groups, Donner and Klar's adjusted chi-square). With `degrees` of freedom by Student's t:
    an effect that is told from few clients is itself unsure."""
    return p if effect == 1 else float(2 * stdtr(degrees, ndtri(p / 2) / sqrt(effect)))


def degrees_of_two(wholes: tuple[int, int], effect: float) -> float:
    """Of the difference of two groups: one less than the rows of the smaller, as of so many that do not go together.
    As few as they can be, whichever of the groups varies more (B. L. Welch, Biometrika 34 (1947), 28-35)."""
    return max(1.0, min(wholes) / effect - 1)
