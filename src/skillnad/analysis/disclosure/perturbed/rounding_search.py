"""Which small inner cells become the base and which become 0, so that the sums change as little as can be found.

The first choice is greedy and then pairs change places for as long as it helps, as in SmallCountRounding (Langsrud and
Heldal 2018). As many cells are raised as keeps the sum of them all nearest to what it was.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array

STARTS = 8
"""So many orders of the cells are tried; ties fall differently in each."""
NEAREST = 40
"""So many cells to raise are weighed against each one to lower."""
BETTER = 1e-9


@dataclass(frozen=True)
class Raised:
    """`up[i]`: small cell i becomes the base. `off`: how far each sum is from its count."""

    up: np.ndarray
    off: np.ndarray

    @property
    def rank(self) -> tuple[float, float]:
        """The furthest sum, then all of them together: less is better."""
        return float(np.abs(self.off).max(initial=0.0)), float(self.off @ self.off)


def raised(sums: csc_array, counts: np.ndarray, base: int, seed: int) -> Raised:
    """`sums`: every shown cell (row) as a sum of the small inner ones (column), whose `counts` are 1 to `base` - 1."""
    tries = (_from(sums, counts, base, np.random.default_rng((seed, start))) for start in range(STARTS))
    return min(tries, key=lambda found: found.rank)


def _from(sums: csc_array, counts: np.ndarray, base: int, rng: np.random.Generator) -> Raised:
    order = rng.permutation(len(counts))
    turned = csc_array(sums[:, order])
    found = _Search(turned, counts[order], base)
    found.raise_greedily()
    found.exchange()
    up = np.zeros(len(counts), dtype=bool)
    up[order] = found.up
    return Raised(up, found.off)


class _Search:
    def __init__(self, sums: csc_array, counts: np.ndarray, base: int) -> None:
        self.sums, self.base = sums, base
        self.across = csc_array(sums).T.tocsr()
        self.squares = np.asarray(csc_array(sums).power(2).sum(axis=0)).ravel() * base**2
        self.up = np.zeros(len(counts), dtype=bool)
        self.off = -(sums @ counts)
        self.many = int(np.floor(counts.sum() / base + 0.5))

    def raise_greedily(self) -> None:
        for _ in range(self.many):
            worse = np.where(self.up, np.inf, self._moved(1.0))
            self._turn(int(worse.argmin()))

    def exchange(self) -> None:
        """Each exchange lessens the sum of squares, so it ends."""
        while self.up.any() and not self.up.all():
            gain, up, down = self._best_pair()
            if gain > -BETTER:
                return
            self._turn(up)
            self._turn(down)

    def _best_pair(self) -> tuple[float, int, int]:
        """What the sum of squares changes by, the cell to raise and the one to lower."""
        raising = np.where(self.up, np.inf, self._moved(1.0))
        lowering = np.where(self.up, self._moved(-1.0), np.inf)
        best = (np.inf, 0, 0)
        for up in np.argsort(raising, kind="stable")[:NEAREST].tolist():
            if np.isfinite(raising[up]):
                common = self.across @ self.sums[:, [up]].toarray().ravel()
                change = raising[up] + lowering - 2 * self.base**2 * common
                down = int(change.argmin())
                best = min(best, (float(change[down]), up, down))
        return best

    def _moved(self, sign: float) -> np.ndarray:
        """What the sum of squares changes by when each cell alone is raised (lowered)."""
        return 2 * sign * self.base * (self.across @ self.off) + self.squares

    def _turn(self, place: int) -> None:
        sign = -1.0 if self.up[place] else 1.0
        self.up[place] = not self.up[place]
        self.off = self.off + sign * self.base * self.sums[:, [place]].toarray().ravel()
