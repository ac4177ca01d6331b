"""Which noise a count is given, with what chance: the distribution of greatest entropy among those that keep the rules.

The rules (Giessing 2016; Enderle and Meindl's `ptable`): whole numbers from -`maximum` to `maximum`, mean 0, the stated
variance, nothing below 0, and nothing from 1 to `threshold` - 1. A count of 0 has no noise, so that no one is shown
where nobody is. The greatest entropy under a mean and a variance is p(v) ~ exp(a v + b v²) over the values that are
allowed (Jaynes 1957); a and b are found by Newton's method on the convex dual, and the entropy of what is found is the
dual's value, which proves it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from skillnad.lib.errors import UserError

STEPS = 200
NEAR = 1e-12
RESOLUTION = 1 << 32
"""Chances are whole parts of this, so that every machine gives the same noise."""


@dataclass(frozen=True)
class NoiseTable:
    """`chances[i]` are those of the noise -maximum … maximum for a count of i; the last row is that of all greater.
    `limits[i]` are the same added up, in parts of RESOLUTION."""

    threshold: int
    maximum: int
    variance: float
    chances: np.ndarray
    limits: np.ndarray

    def noise(self, counts: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """What is added to each count; `keys` are 64-bit cell keys, evenly spread over all that there are."""
        rows = self.limits[np.minimum(counts, len(self.limits) - 1)]
        parts = (keys.astype(np.uint64) >> np.uint64(32)).astype(np.int64)
        return (rows <= parts[:, None]).sum(axis=1) - self.maximum

    def counts_behind(self, shown: int) -> tuple[int, int]:
        """The least and the greatest count that can be shown so."""
        if shown == 0:
            return 0, self._last_zero()
        counts = range(max(1, shown - self.maximum), shown + self.maximum + 1)
        possible = [count for count in counts if self._chance(count, shown - count) > 0]
        return possible[0], possible[-1]

    def _chance(self, count: int, noise: int) -> float:
        return float(self.chances[min(count, len(self.chances) - 1), noise + self.maximum])

    def _last_zero(self) -> int:
        return max(count for count in range(self.maximum + 1) if count == 0 or self._chance(count, -count) > 0)


@lru_cache
def noise_table(threshold: int, maximum: int = 0, variance: float = 0.0) -> NoiseTable:
    """The table for a threshold. The variance is the least whole one that every count can have, where none is given:
    threshold² / 4, rounded down, and 1; the maximum is 3 more than that.

    Raises UserError (DISC-074) where no distribution keeps the rules, with what would do.
    """
    least = threshold**2 // 4
    variance = variance or least + 1.0
    maximum = maximum or int(np.ceil(variance)) + 3
    if variance <= least or maximum <= variance:
        raise _no_table(least)
    rows = [_row(count, threshold, maximum, variance) for count in range(threshold + maximum + 1)]
    chances = np.array(rows)
    limits = np.round(np.cumsum(chances, axis=1) * RESOLUTION).astype(np.int64)
    return NoiseTable(threshold, maximum, variance, chances, limits)


def allowed(count: int, threshold: int, maximum: int) -> np.ndarray:
    """The noise that a count can have."""
    noise = np.arange(-maximum, maximum + 1)
    shown = count + noise
    return noise[(shown == 0) | (shown >= threshold)] if count else noise[noise == 0]


def _row(count: int, threshold: int, maximum: int, variance: float) -> np.ndarray:
    row = np.zeros(2 * maximum + 1)
    noise = allowed(count, threshold, maximum)
    row[noise + maximum] = greatest_entropy(noise, variance) if count else 1.0
    return row


def greatest_entropy(noise: np.ndarray, variance: float) -> np.ndarray:
    """The chances of each value, with mean 0 and the variance."""
    scale = float(np.abs(noise).max())
    told = np.stack([noise / scale, (noise**2 - variance) / scale**2], axis=1)
    tilt = np.zeros(2)
    for _ in range(STEPS):
        chances = _tilted(told, tilt)
        slope = chances @ told
        if np.abs(slope).max() < NEAR:
            break
        bend = (told - slope).T @ ((told - slope) * chances[:, None])
        tilt = _stepped(told, tilt, np.linalg.solve(bend, slope), slope)
    return _tilted(told, tilt)


def _stepped(told: np.ndarray, tilt: np.ndarray, step: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """A whole Newton step, or the part of it that lessens the dual (Armijo)."""
    here, part = _dual(told, tilt), 1.0
    while part > NEAR and _dual(told, tilt - part * step) > here - 1e-4 * part * float(slope @ step) + NEAR:
        part /= 2
    return np.asarray(tilt - part * step)


def _dual(told: np.ndarray, tilt: np.ndarray) -> float:
    """The logarithm of the sum of exponentials: no distribution that keeps the rules has a greater entropy."""
    powers = told @ tilt
    return float(powers.max() + np.log(np.exp(powers - powers.max()).sum()))


def _tilted(told: np.ndarray, tilt: np.ndarray) -> np.ndarray:
    powers = told @ tilt
    chances = np.exp(powers - powers.max())
    return np.asarray(chances / chances.sum())


def _no_table(least: int) -> UserError:
    return UserError.of(
        "DISC-074",
        sv=f"Inget brus håller reglerna: variansen ska vara större än {least} för att inget antal under tröskeln ska "
        "visas, och det största bruset större än variansen. Höj dem.",
        en=f"No noise keeps the rules: the variance has to be greater than {least} for no count under the threshold to "
        "be shown, and the greatest noise greater than the variance. Raise them.",
    )
