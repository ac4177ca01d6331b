"""Quantiles by linear interpolation between order statistics.

Source: R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996),
361-365, definition 7: the quantile p of n sorted values stands at place (n - 1) p, counted from 0. R, NumPy, Excel's
PERCENTILE.INC and DuckDB's quantile_cont use the same.
"""

from collections.abc import Sequence
from math import floor


def quantile(values: Sequence[float], p: float) -> float | None:
    """The quantile `p` (0–1) of `values`, which are sorted, least first; None of no values."""
    if not values:
        return None
    below, part = place(len(values), p)
    above = min(below + 1, len(values) - 1)
    return interpolate(values[below], values[above], part)


def place(n: int, p: float) -> tuple[int, float]:
    """Between which of n sorted values the quantile stands: the lower one's place, from 0, and how far above it."""
    exact = (n - 1) * p
    below = floor(exact)
    return below, exact - below


def interpolate(low: float, high: float, part: float) -> float:
    """`part` (0–1) of the way from `low` to `high`."""
    return low + (high - low) * part
