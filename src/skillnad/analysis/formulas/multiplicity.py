"""Many comparisons at once: what is shown should seldom be chance.

Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57
(1995), 289-300: of the differences that are shown, at most the share alpha are chance on average; where there is no
difference at all, at most the share alpha of pages show one. It holds for independent comparisons and for those that go
together (Benjamini and Yekutieli, Annals of Statistics 29 (2001), 1165-1188).

Intervals of the differences picked out: Y. Benjamini and D. Yekutieli, "False discovery rate-adjusted multiple
confidence intervals for selected parameters", Journal of the American Statistical Association 100 (2005), 71-81.
"""

from collections.abc import Sequence


def adjusted(p_values: Sequence[float]) -> tuple[float, ...]:
    """Benjamini and Hochberg's adjusted p, in the order of `p_values`: a difference is shown where it is at most alpha.

    The k-th least of m is the least of p m / k over it and those above it, at most 1. ValueError of what is no p.
    """
    if not all(0 <= p <= 1 for p in p_values):
        raise ValueError("a p is between 0 and 1")
    m, least = len(p_values), 1.0
    found = [1.0] * m
    order = sorted(range(m), key=lambda place: p_values[place])
    for rank in range(m, 0, -1):
        place = order[rank - 1]
        least = min(least, p_values[place] * (m / rank))
        found[place] = least
    return tuple(found)


def selected_confidence(shown: int, of: int, *, confidence: float = 0.95) -> float:
    """The confidence (0–1) that intervals of the `shown` differences need, picked out of `of` comparisons, so that on
    average the wanted share of the intervals told hold what they are about; as it is where none is picked out."""
    if not 0 <= shown <= of:
        raise ValueError(f"{shown} of {of} cannot be shown")
    return 1 - (1 - confidence) * shown / of if shown else confidence
