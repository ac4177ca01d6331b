"""Each group against all the others as one group, with a model of its own, where a model of all groups lacks some.

Groups in which all or none have the outcome have no share in a model that has each group by itself: its coefficients
would grow for ever. They are others all the same, so here a model has two groups, the one and all the others, and every
row of both. Rows of which nobody knows the group are a third where they can be, and else left out, as in the plain
figures. What such a model says of the others is a mean of them as they are at each background.

What it tells. All these models have the same background in the same classes. Whatever each of them says follows from
how many of the one group have the outcome, how many of the others, and how many in each class: from the plain table and
from margins that `protection` takes to be known of all groups' rows. So together they tell no more than one model of
all groups would, and the same cells are kept open. That takes a plain table that shows how many of all the others have
the outcome: else nothing is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from skillnad.analysis.comparisons.adjusted.background import Factor, Mask, Orders, Places, Tally, factors_of, thick
from skillnad.analysis.comparisons.adjusted.figures import MOST_OUTSIDE, Adjustment, Opposed, Patterns, Unadjusted
from skillnad.analysis.comparisons.adjusted.model import (
    REMAINING,
    THIN,
    Model,
    adjusted_by_model,
    fitted,
    least_of,
    levels_of,
    rows_of,
    sizes_of,
    tally_of,
    told_of,
    too_many_outside,
)
from skillnad.analysis.comparisons.adjusted.overlap import where_they_overlap
from skillnad.analysis.comparisons.adjusted.protection import kept_open
from skillnad.analysis.comparisons.rows import ByClient
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.results import TOTAL, LeftOut

OTHERS, UNKNOWN = "*others", "*unknown"
OUTSIDE = NotEstimable(
    Unadjusted.OUTSIDE_MODEL,
    "Många är i grupper som inte kan justeras, och alla övriga är inte samma personer utan dem.",
    "Many are in groups that cannot be adjusted, and all the others are not the same people without them.",
)


@dataclass(frozen=True, eq=False)
class Everyone:
    """The rows that are compared, by pattern, with the background that is thick and tells nothing. `codes`: each
    pattern's group; `unknown`: which patterns' group nobody knows."""

    tally: Tally
    factors: Sequence[Factor]
    codes: Sequence[str]
    unknown: Mask
    rows: ByClient | None

    def side(self, code: str) -> Places:
        """0 of the group, 1 of the others, 2 of whom nobody knows."""
        one = np.array([own == code for own in self.codes], dtype=bool)
        return np.where(one, 0, np.where(self.unknown, 2, 1))

    def names(self, code: str) -> list[str]:
        return [code, OTHERS, UNKNOWN][: 3 if self.unknown.any() else 2]

    def model(self, code: str) -> Model | NotEstimable:
        return fitted(replace(self.tally, group=self.side(code)), self.factors, self.names(code), self.rows)

    def against(self, code: str, policy: Policy) -> Adjustment | NotEstimable:
        found, names = self.model(code), self.names(code)
        if isinstance(found, NotEstimable):
            return found
        sizes = np.bincount(self.side(code), self.tally.whole).astype(np.int64).tolist()
        of_names = dict(zip(names, sizes, strict=True))
        return told_of(found, dict(zip(names, names, strict=True)), {code: (OTHERS,)}, of_names, policy)


def adjusted_by_models(
    groups: Mapping[str, Counted | None],
    opposed: Opposed,
    patterns: Patterns,
    policy: Policy,
    rows: ByClient | None = None,
    orders: Orders = (),
) -> Adjustment:
    """By one model of all groups, or by one for each group where that lacks too many of the others; without the figures
    of groups that too few have the background of. As `model.adjusted_by_model`."""
    levels = levels_of(groups, patterns, policy)
    sizes = sizes_of(patterns, levels)
    several = {code: others for code, others in opposed.items() if len(others) > 1 and code in levels}
    others_differ = bool(several) and (
        _unknown_among_others(patterns, levels, several)
        or any(too_many_outside(levels, others, sizes) for others in several.values())
    )
    made = (against_the_rest if others_differ else adjusted_by_model)(groups, opposed, patterns, policy, rows, orders)
    return where_they_overlap(made, opposed, patterns)


def _unknown_among_others(patterns: Patterns, levels: Mapping[str, str], opposed: Opposed) -> bool:
    """Are many of whom nobody knows the group one with groups that have no share of their own?"""
    named = _named(opposed)
    together = {code for code, level in levels.items() if level == REMAINING}
    if not together & named:
        return False
    rows = {True: 0, False: 0}
    for pattern, counted in patterns.items():
        if pattern[0] in named or pattern[0] in together:
            rows[pattern[0] in named] += counted.whole
    return rows[False] > MOST_OUTSIDE * rows[True]


def _named(opposed: Opposed) -> set[str]:
    return {*opposed, *(other for others in opposed.values() for other in others)}


def against_the_rest(
    groups: Mapping[str, Counted | None],
    opposed: Opposed,
    patterns: Patterns,
    policy: Policy,
    rows: ByClient | None = None,
    orders: Orders = (),
) -> Adjustment:
    """As `model.adjusted_by_model`, of groups that are each compared with several others."""
    everyone = everyone_of(groups, opposed, patterns, policy, rows, orders)
    whole = groups[TOTAL]
    if isinstance(everyone, NotEstimable):
        return Adjustment({}, {}, left_out=(LeftOut(everyone.reason, whole and whole.whole),))
    made, left_out = Adjustment({}, {}), dict[str, int]()
    for code in opposed:
        one = groups.get(code)
        if one is None or not _varies(groups, code):
            continue
        found = everyone.against(code, policy)
        if isinstance(found, NotEstimable):
            left_out[found.reason] = left_out.get(found.reason, 0) + one.whole
            continue
        made = replace(
            made, shares={**made.shares, code: found.shares[code]}, compared={**made.compared, **found.compared}
        )
    return replace(made, left_out=tuple(LeftOut(reason, rows) for reason, rows in left_out.items()))


def everyone_of(
    groups: Mapping[str, Counted | None],
    opposed: Opposed,
    patterns: Patterns,
    policy: Policy,
    rows: ByClient | None = None,
    orders: Orders = (),
) -> Everyone | NotEstimable:
    named = _named(opposed)
    there = dict.fromkeys(pattern[0] for pattern in patterns)
    if not _sums_are_shown(groups, named, list(there)):
        return OUTSIDE
    levels = {code: code if groups.get(code) else REMAINING for code in there if code in named or _varies(groups, code)}
    used = [pattern for pattern in patterns if pattern[0] in levels]
    tally = tally_of(used, [patterns[pattern] for pattern in used], levels)
    factors = factors_of([pattern[1:] for pattern in used], orders)
    background = [thick(factor, tally, least_of(policy)) for factor in factors]
    kept = [factor for factor in kept_open(tally, background, policy) if factor.count > 1]
    unknown = np.array([pattern[0] not in named for pattern in used], dtype=bool)
    return Everyone(tally, kept, [pattern[0] for pattern in used], unknown, rows_of(rows, used)) if kept else THIN


def _varies(groups: Mapping[str, Counted | None], code: str) -> bool:
    one = groups.get(code)
    return one is not None and 0 < one.part < one.whole


def _sums_are_shown(groups: Mapping[str, Counted | None], named: set[str], there: Sequence[str]) -> bool:
    """Can a reader add up all the others of each group: where some are hidden, by all but what is known?"""
    hidden = [code for code in there if groups.get(code) is None]
    return not any(code in named for code in hidden) or (
        groups[TOTAL] is not None and all(code in named for code in hidden)
    )
