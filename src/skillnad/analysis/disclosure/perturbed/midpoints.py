"""Midpoint rounding: a count is shown as the middle of the band that it lies in, for charts and rates.

Bands are as wide as the threshold: 1–5 is shown as 3, 6–10 as 8; 0 is 0. Sums are rounded by themselves and so do not
add up, and a sum's band can say more of its parts than their own: three parts of 1–5 with a sum of 1–5 are at most 3
each. So the bands are tried against a reader together, and where a small count would be known more closely than from 1
to the threshold the largest number beside it is not shown. A rate of midpoints is off by at most half a band above and
below, and tells nothing but them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array

from skillnad.analysis.disclosure.perturbed.reader import NEAR, concluded
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System


def midpoint(count: int, width: int) -> int:
    """The middle of the count's band, the lower of two; 0 is 0."""
    return -(-count // width) * width - width // 2 if count else 0


def band(shown: int, width: int) -> tuple[int, int]:
    """The least and the greatest count that is shown so."""
    last = shown + width // 2
    return (last - width + 1, last) if shown else (0, 0)


def midpoint_rate(part: int | None, whole: int | None) -> float | None:
    """The rate of two shown midpoints, never over 1; None of nothing and of what is not shown."""
    return None if part is None or not whole else min(1.0, part / whole)


@dataclass(frozen=True)
class Midpoints:
    """What is shown of the published cells; None is a gap."""

    values: Mapping[Name, int | None]
    width: int

    @property
    def gaps(self) -> int:
        return sum(value is None for value in self.values.values())


def midpoints(told: System, policy: Policy) -> Midpoints:
    """The system's counts as midpoints, less what must be gaps beside them."""
    width = policy.threshold
    shown = np.array([midpoint(int(value), width) for value in told.values])
    reader = _Reader(told, shown, policy)
    gap = told.latent.copy()
    while unmet := reader.unmet(gap):
        more = _beside(told, gap, unmet)
        gap = gap | (more if more.any() else told.values > 0)
    cells = zip(told.cells, shown.tolist(), gap.tolist(), strict=True)
    return Midpoints({cell.name: None if hidden else value for cell, value, hidden in cells if not cell.latent}, width)


def _beside(told: System, gap: np.ndarray, unmet: Collection[int]) -> np.ndarray:
    """For each small count that is known too closely, the largest number that stands in a relation with it."""
    more = np.zeros(len(gap), dtype=bool)
    uses = csc_array(told.matrix != 0)
    rows = csr_array(told.matrix != 0)
    for place in unmet:
        lines = uses.indices[uses.indptr[place] : uses.indptr[place + 1]]
        near = np.unique(np.concatenate([rows.indices[rows.indptr[line] : rows.indptr[line + 1]] for line in lines]))
        near = near[~gap[near] & (near != place) & (told.values[near] > 0)]
        if len(near) and not more[near].any():
            more[near[told.values[near].argmax()]] = True
    return more


class _Reader:
    """Knows the bands of what is shown, that a gap is at least 1, and the relations."""

    def __init__(self, told: System, shown: np.ndarray, policy: Policy) -> None:
        self.told = told
        slack = np.array([cell.slack for cell in told.cells], dtype=bool)
        self.small = (told.values > 0) & (told.values < policy.threshold) & ~slack
        self.places = np.flatnonzero(self.small).tolist()
        ends = np.array([band(int(value), policy.threshold) for value in shown], dtype=float).reshape(-1, 2)
        self.bands = ends[:, 0], ends[:, 1]
        self.floor = np.where(told.latent, 0.0, np.where(told.values > 0, float(policy.gap_floor), 0.0))
        self.roof = np.where(told.latent | (told.values > 0), np.inf, 0.0)
        least, most = concluded(told, self.floor, self.roof, places=self.places)
        # what zeros and relations alone tell cannot be promised away
        self.low, self.high = np.maximum(1.0, least), np.minimum(float(policy.threshold), most)

    def unmet(self, gap: np.ndarray) -> list[int]:
        """The small counts that are known more closely than from 1 to the threshold."""
        low, high = np.where(gap, self.floor, self.bands[0]), np.where(gap, self.roof, self.bands[1])
        least, most = concluded(self.told, low, high, places=self.places)
        known = (least > self.low + NEAR) | (most < self.high - NEAR)
        return [place for place in self.places if known[place]]
