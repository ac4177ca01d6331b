"""How sure a share is.

Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
Statistical Association 22 (1927), 209-212: the score interval. L. D. Brown, T. T. Cai and A. DasGupta, "Interval
estimation for a binomial proportion", Statistical Science 16 (2001), 101-133, recommend it for small n.
"""

from math import sqrt
from statistics import NormalDist


def wilson(part: int, whole: int, *, confidence: float = 0.95) -> tuple[float, float] | None:
    """The interval of `part` of `whole`, both ends 0–1, without continuity correction; None of nothing."""
    if whole == 0:
        return None
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    found = part / whole
    middle = (found + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z / (1 + z * z / whole) * sqrt(found * (1 - found) / whole + z * z / (4 * whole * whole))
    low = 0.0 if part == 0 else middle - reach
    return low, 1.0 if part == whole else middle + reach
