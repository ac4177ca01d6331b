"""How many rows have a background that only one of two sides has: of them a model says what it cannot have seen.

A model with groups and background side by side gives a share to a group for a background that nobody in the group has:
it supposes that groups differ there as they do elsewhere. Where a side has next to nobody of a level of which as many
as in all would give it several, that is no chance, and nothing in the rows can tell whether it is so. Levels are taken
as they are recorded, whether or not the model has put some of them together. No outcome is in it.

Sources: P. R. Rosenbaum and D. B. Rubin, "The central role of the propensity score in observational studies for causal
effects", Biometrika 70 (1983), 41-55 (each must be able to be on both sides); M. L. Petersen et al., "Diagnosing and
responding to violations in the positivity assumption", Statistical Methods in Medical Research 21 (2012), 31-54.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from skillnad.analysis.comparisons.adjusted.background import Factor, Mask, Places, factors_of
from skillnad.analysis.comparisons.adjusted.figures import SURE, Adjustment, Opposed, Patterns, Unadjusted
from skillnad.analysis.formulas.designs import Real
from skillnad.analysis.results import LeftOut

EXPECTED = 3
"""A side that would have fewer of a level has nobody of it by chance often enough (one time in twenty)."""
HARDLY = 0.05
"""So small a part of those that would be there is next to nobody."""
MOST_APART = 0.25
"""So large a part of the rows may at most have no counterpart, where a difference is told: a convention."""
STEP = 0.05
"""To which it is told, upwards."""


@dataclass(frozen=True, eq=False)
class Overlap:
    """`code`: each pattern's group by its place in `codes`; how many rows it has. Of each factor, how many rows each
    group has of each level."""

    codes: Sequence[str]
    code: Places
    whole: Places
    factors: Sequence[Factor]
    counts: Sequence[Real]

    @classmethod
    def of(cls, patterns: Patterns) -> "Overlap":
        codes = list(dict.fromkeys(pattern[0] for pattern in patterns))
        places = {code: place for place, code in enumerate(codes)}
        code = np.array([places[pattern[0]] for pattern in patterns], dtype=np.int64)
        whole = np.array([counted.whole for counted in patterns.values()], dtype=np.int64)
        factors = factors_of([pattern[1:] for pattern in patterns])
        counts = [_by_code(code, len(codes), factor, whole) for factor in factors]
        return cls(codes, code, whole, factors, counts)

    def apart(self, one: str, others: Sequence[str]) -> float:
        """How large a part of the rows of both sides are of a level that the other side has next to nobody of."""
        mine, theirs = ([place for place, code in enumerate(self.codes) if code in side] for side in ({one}, {*others}))
        lacking = np.zeros(len(self.whole), dtype=bool)
        for factor, counts in zip(self.factors, self.counts, strict=True):
            own, other = counts[mine].sum(axis=0), counts[theirs].sum(axis=0)
            without = _next_to_nobody(own, own + other) | _next_to_nobody(other, own + other)
            if without.any():
                lacking |= without[factor.held]
        both = np.isin(self.code, [*mine, *theirs])
        rows = int(self.whole[both].sum())
        return float(self.whole[both & lacking].sum() / rows) if rows else 0.0


def _by_code(code: Places, codes: int, factor: Factor, whole: Places) -> Real:
    levels = len(factor.classes)
    counts = np.bincount(code * levels + factor.held, whole, codes * levels).astype(np.float64)
    return counts.reshape(codes, levels)


def _next_to_nobody(own: Real, every: Real) -> Mask:
    expected = own.sum() * every / max(1.0, float(every.sum()))
    found: Mask = (expected >= EXPECTED) & (own <= HARDLY * expected)
    return found


def where_they_overlap(made: Adjustment, opposed: Opposed, patterns: Patterns) -> Adjustment:
    """Without the figures of groups of which too many rows have no counterpart, and with how many have none."""
    told = [code for code in opposed if code in made.compared]
    if not told:
        return made
    overlap = Overlap.of(patterns)
    apart = {code: overlap.apart(code, opposed[code]) for code in told}
    refused = {code for code, part in apart.items() if part > MOST_APART}
    rows = sum(counted.whole for pattern, counted in patterns.items() if pattern[0] in refused)
    return replace(
        made,
        shares={code: share for code, share in made.shares.items() if code not in refused},
        compared={code: compared for code, compared in made.compared.items() if code not in refused},
        left_out=(*made.left_out, *_left_out(rows)),
        apart={code: ceil(part / STEP - SURE) * STEP for code, part in apart.items()},
    )


def _left_out(rows: int) -> Iterator[LeftOut]:
    if rows:
        yield LeftOut(Unadjusted.NO_COUNTERPART, rows)
