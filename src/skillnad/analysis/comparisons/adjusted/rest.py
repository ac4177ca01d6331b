"""Each group against all the others as one group, with a model of its own, where a model of all groups lacks some.

Groups in which all or none have the outcome have no share in a model that has each group by itself: its coefficients
would grow for ever. They are others all the same, so here a model has two groups, the one and all the others, and every
row of both: a comparison is of no rows of which nobody knows the group (`comparisons.known`). What such a model says of
the others is a mean of them as they are at each background.

What it tells. All these models have the same background in the same classes. Whatever each of them says follows from
how many of the one group have the outcome, how many of the others, and how many in each class: from the plain table and
from margins that `protection` takes to be known of all groups' rows. So together they tell no more than one model of
all groups would, and the same cells are kept open. That takes a plain table that shows how many of all the others have
the outcome: else nothing is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from skillnad.analysis.comparisons.adjusted.background import Factor, Places, Tally
from skillnad.analysis.comparisons.adjusted.figures import Adjustment, Shown, ToAdjust, Unadjusted
from skillnad.analysis.comparisons.adjusted.model import (
    REMAINING,
    THIN,
    Levelled,
    Model,
    adjusted_by_model,
    columns_of,
    fitted,
    levels_of,
    sizes_of,
    told_of,
    too_many_outside,
)
from skillnad.analysis.comparisons.adjusted.overlap import where_they_overlap
from skillnad.analysis.comparisons.rows import ByClient
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.results import TOTAL, LeftOut

OTHERS = "*others"
OUTSIDE = NotEstimable(
    Unadjusted.OUTSIDE_MODEL,
    "Många är i grupper som inte kan justeras, och alla övriga är inte samma personer utan dem.",
    "Many are in groups that cannot be adjusted, and all the others are not the same people without them.",
)


@dataclass(frozen=True, eq=False)
class Everyone:
    """The rows that are compared, by pattern, with the background that is thick and tells nothing. `codes`: each
    pattern's group."""

    tally: Tally
    factors: Sequence[Factor]
    codes: Sequence[str]
    rows: ByClient | None

    def side(self, code: str) -> Places:
        """0 of the group, 1 of the others."""
        return np.array([own != code for own in self.codes], dtype=np.int64)

    def model(self, code: str) -> Model | NotEstimable:
        return fitted(replace(self.tally, group=self.side(code)), self.factors, (code, OTHERS), self.rows)

    def against(self, code: str, policy: Policy) -> Adjustment | NotEstimable:
        found = self.model(code)
        if isinstance(found, NotEstimable):
            return found
        own, others = np.bincount(self.side(code), self.tally.whole).astype(np.int64).tolist()
        return told_of(found, {code: code, OTHERS: OTHERS}, {code: (OTHERS,)}, {code: own, OTHERS: others}, policy)


def adjusted_by_models(of: ToAdjust) -> Adjustment:
    """By one model of all groups, or by one for each group where that lacks too many of the others; without the figures
    of groups that too few have the background of."""
    levels = levels_of(of.groups, of.patterns, of.policy)
    sizes = sizes_of(of.patterns, levels)
    several = [others for code, others in of.opposed.items() if len(others) > 1 and code in levels]
    others_differ = any(too_many_outside(levels, others, sizes) for others in several)
    made = against_the_rest(of) if others_differ else adjusted_by_model(of)
    return where_they_overlap(made, of.opposed, of.patterns)


def against_the_rest(of: ToAdjust) -> Adjustment:
    """Of groups that are each compared with several others."""
    everyone = everyone_of(of)
    whole = of.groups[TOTAL]
    if isinstance(everyone, NotEstimable):
        return Adjustment({}, {}, left_out=(LeftOut(everyone.reason, whole and whole.whole),))
    made, left_out = Adjustment({}, {}, used=columns_of(everyone.factors)), dict[str, int]()
    for code in of.opposed:
        one = of.groups.get(code)
        if one is None or not 0 < one.part < one.whole:
            continue
        found = everyone.against(code, of.policy)
        if isinstance(found, NotEstimable):
            left_out[found.reason] = left_out.get(found.reason, 0) + one.whole
            continue
        made = replace(
            made, shares={**made.shares, code: found.shares[code]}, compared={**made.compared, **found.compared}
        )
    return replace(made, left_out=tuple(LeftOut(reason, rows) for reason, rows in left_out.items()))


def everyone_of(of: ToAdjust) -> Everyone | NotEstimable:
    there = list(dict.fromkeys(pattern[0] for pattern in of.patterns))
    if not _sums_are_shown(of.groups, there):
        return OUTSIDE
    rows = Levelled.of(of, {code: code if of.groups.get(code) else REMAINING for code in there})
    codes = [pattern[0] for pattern in rows.used]
    return Everyone(rows.tally, rows.factors, codes, rows.rows) if rows.factors else THIN


def _sums_are_shown(groups: Shown, there: Sequence[str]) -> bool:
    """Can a reader work out all the others of each group: by adding them up, or as all but the group?"""
    return groups[TOTAL] is not None or all(groups.get(code) is not None for code in there)
