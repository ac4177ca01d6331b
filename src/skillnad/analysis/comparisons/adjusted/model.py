"""Shares adjusted by a logistic model: each group's share, had it had everybody's background.

The model has the groups and the background as they are, side by side (`background` says how), and the average
marginal effects of the group (`formulas.margins`). It is one for all groups: a group is compared with another one's
adjusted share, or with the mean of all the others', by how many rows each has.

Where one person can have several rows, figures are as uncertain as clients who are drawn with all their rows make them
(`formulas.sandwich`), told as so many times the model's own variance: rounded up to a STEP, or, of so few rows that one
client could be seen in it, to a larger one; and never less than the model's own. So what `protection` says of figures
that follow from the model holds, but for how many times they are widened.

A group of which the plain table shows nothing, or in which all or none have the outcome, has no share of its own: such
groups are one together, as far as their sum is shown and is not so itself. Where it is, nobody of them is in the model,
and "all the others" of the plain figures would be others here. Where they are more than a twentieth of those nothing is
said of such a difference here, and `rest` sets each group against all the others as one group instead: whom a group is
compared with are the same people, plain and adjusted.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt

import numpy as np

from skillnad.analysis.comparisons.adjusted.background import Factor, Places, Tally, factors_of, saying_more, thick
from skillnad.analysis.comparisons.adjusted.figures import (
    MOST_OUTSIDE,
    SURE,
    Adjustment,
    Opposed,
    Patterns,
    Share,
    Shown,
    ToAdjust,
    Unadjusted,
    told,
    told_comparison,
)
from skillnad.analysis.comparisons.adjusted.protection import kept_open, kinds_of
from skillnad.analysis.comparisons.rows import ByClient, Pattern
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.designs import INTERCEPT, Design, Term
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.intervals import Comparison, normal_quantile
from skillnad.analysis.formulas.logistic import Fit, fit
from skillnad.analysis.formulas.margins import Contrast, Predicted, contrasts, margins, odds_interval, predicted
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.sandwich import Residuals, clustered
from skillnad.analysis.results import TOTAL, LeftOut

LEAST = 5
"""So many with the outcome, and as many without, a class of background needs."""
GROUP = "group"
STEP = 0.1
"""Of how many times larger the variance is told to be."""
REMAINING = "*"
"""The groups that have no share of their own, as one."""


THIN = NotEstimable(
    Unadjusted.THIN_BACKGROUND,
    "Bakgrunden har för få med eller utan utfallet i varje del. Välj färre eller grövre bakgrundsvariabler.",
    "The background has too few with or without the outcome in each part. Choose fewer or coarser background columns.",
)
ALONE = NotEstimable(
    Unadjusted.LONE_GROUP,
    "Det finns bara en grupp som kan justeras, och därför inget att jämföra den med.",
    "There is only one group that can be adjusted, and so nothing to compare it with.",
)


def adjusted_by_model(of: ToAdjust) -> Adjustment:
    levels, whole = levels_of(of.groups, of.patterns, of.policy), of.groups[TOTAL]
    found = model_of(of, levels)
    if isinstance(found, NotEstimable):
        return Adjustment({}, {}, left_out=(LeftOut(found.reason, whole and whole.whole),))
    made = told_of(found, levels, of.opposed, sizes_of(of.patterns, levels), of.policy)
    return made if whole else replace(made, left_out=tuple(replace(one, rows=None) for one in made.left_out))


def levels_of(groups: Shown, patterns: Patterns, policy: Policy) -> dict[str, str]:
    """Each group's level of the model; a group that is left out of it has none."""
    alone = {code for code, one in groups.items() if code != TOTAL and one and 0 < one.part < one.whole}
    rest = [counted for pattern, counted in patterns.items() if pattern[0] not in alone]
    part, whole = sum(one.part for one in rest), sum(one.whole for one in rest)
    together = groups[TOTAL] is not None and min(part, whole - part) >= least_of(policy)
    there = dict.fromkeys(pattern[0] for pattern in patterns)
    return {code: code if code in alone else REMAINING for code in there if code in alone or together}


def least_of(policy: Policy) -> int:
    return max(LEAST, policy.threshold)


@dataclass(frozen=True, eq=False)
class Model:
    """As rows that do not go together have it, and as clients have it, where they do. `columns`: those of the
    background that it has, by their places."""

    own: Fit
    robust: Fit | None = None
    columns: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class Levelled:
    """The patterns of the groups that have a level, with as much of the background as is thick and tells nothing."""

    used: Sequence[Pattern]
    tally: Tally
    factors: Sequence[Factor]
    rows: ByClient | None

    @classmethod
    def of(cls, of: ToAdjust, levels: Mapping[str, str]) -> "Levelled":
        used = [pattern for pattern in of.patterns if pattern[0] in levels]
        tally = tally_of(used, [of.patterns[pattern] for pattern in used], levels)
        factors = factors_of([pattern[1:] for pattern in used], of.orders)
        background = [thick(factor, tally, least_of(of.policy)) for factor in factors]
        kept = kept_open(tally, background, of.policy)
        return cls(used, tally, saying_more(kept, tally), rows_of(of.rows, used))


def model_of(of: ToAdjust, levels: Mapping[str, str]) -> Model | NotEstimable:
    """The model of the groups that have a level."""
    if len(set(levels.values())) < 2:
        return ALONE
    rows = Levelled.of(of, levels)
    return fitted(rows.tally, rows.factors, list(dict.fromkeys(levels.values())), rows.rows) if rows.factors else THIN


def rows_of(rows: ByClient | None, used: Sequence[Pattern]) -> ByClient | None:
    """Those of the patterns that are used, in their order."""
    if rows is None:
        return None
    numbers = {pattern: number for number, pattern in enumerate(used)}
    place = np.array([numbers.get(pattern, -1) for pattern in rows.patterns], dtype=np.int64)[rows.pattern]
    there = place >= 0
    return ByClient(tuple(used), *(each[there] for each in (rows.client, place, rows.part, rows.whole)))


def tally_of(used: Sequence[Pattern], counted: Sequence[Counted], levels: Mapping[str, str]) -> Tally:
    numbers = {level: number for number, level in enumerate(dict.fromkeys(levels.values()))}
    own = {code: number for number, code in enumerate(levels)}
    return Tally(
        group=np.array([numbers[levels[pattern[0]]] for pattern in used], dtype=np.int64),
        own=np.array([own[pattern[0]] for pattern in used], dtype=np.int64),
        part=np.array([one.part for one in counted], dtype=np.int64),
        whole=np.array([one.whole for one in counted], dtype=np.int64),
    )


def fitted(
    tally: Tally, factors: Sequence[Factor], levels: Sequence[str], rows: ByClient | None = None
) -> Model | NotEstimable:
    """Of each combination of group and classes once: there are fewer of them than patterns."""
    held = np.array([tally.group, *(factor.grouped for factor in factors)]).T
    kind, first = kinds_of(held)
    part, whole = (np.bincount(kind, amounts, len(first)) for amounts in (tally.part, tally.whole))
    found = fit(design_of(held[first], levels), part, whole)
    if isinstance(found, NotEstimable):
        return found
    robust = None if rows is None else clustered(found, _residuals(rows, kind))
    return Model(found, robust, columns_of(factors))


def columns_of(factors: Sequence[Factor]) -> frozenset[int]:
    return frozenset(factor.column for factor in factors)


def _residuals(rows: ByClient, kind: Places) -> Residuals:
    """Those that hold it, and the others."""
    kinds, client = (np.concatenate([each, each]) for each in (kind[rows.pattern], rows.client))
    outcome = np.repeat([1.0, 0.0], len(rows.client))
    return Residuals(kinds, client, outcome, np.concatenate([rows.part, rows.whole - rows.part]))


def design_of(kinds: Places, levels: Sequence[str]) -> Design:
    """`kinds`: a row each, of the group and the class of each factor. What `formulas.designs.design` makes of them."""
    names = {GROUP: tuple(levels)}
    for place in range(1, kinds.shape[1]):
        names[f"background {place}"] = tuple(str(number) for number in range(int(kinds[:, place].max()) + 1))
    terms = [(place, number) for place, own in enumerate(names.values()) for number in range(1, len(own))]
    columns = [Term(list(names)[place], list(names.values())[place][number]) for place, number in terms]
    matrix = np.column_stack([np.ones(len(kinds)), *(kinds[:, place] == number for place, number in terms)])
    return Design(matrix, (INTERCEPT, *columns), names)


def sizes_of(patterns: Patterns, levels: Mapping[str, str]) -> Counter[str]:
    """How many rows each level of the model has, and each group that is left out of it, by its own code."""
    sizes = Counter[str]()
    for pattern, counted in patterns.items():
        sizes[levels.get(pattern[0], pattern[0])] += counted.whole
    return sizes


def told_of(
    found: Model, levels: Mapping[str, str], opposed: Opposed, sizes: Mapping[str, int], policy: Policy
) -> Adjustment:
    """`sizes` are those of `sizes_of`."""
    made = predicted(found.own, GROUP)
    shares = _told_shares(found, made, sizes, policy)
    named = {code: others_of(levels, others, sizes) for code, others in opposed.items() if code in shares}
    compared = _told_compared(found, made, {code: others for code, others in named.items() if others}, sizes, policy)
    outside = sum(rows for code, rows in sizes.items() if code not in levels.values())
    left_out = (LeftOut(Unadjusted.OUTSIDE_MODEL, outside),) if outside else ()
    return Adjustment(shares, compared, left_out=left_out, used=found.columns)


def _told_shares(found: Model, made: Predicted, sizes: Mapping[str, int], policy: Policy) -> dict[str, Share]:
    shares, robust = {}, found.robust or found.own
    for own, its in zip(margins(found.own, GROUP, of=made), margins(robust, GROUP, of=made), strict=True):
        if own.level != REMAINING:
            times = told_times(own.error, its.error, sizes[own.level], policy)
            reach = normal_quantile(0.95) * own.error * sqrt(times)
            interval = own.interval if times == 1 else odds_interval(own.share, reach)
            shares[own.level] = told(Share(own.share, interval))
    return shares


def _told_compared(
    found: Model,
    made: Predicted,
    weighed: Mapping[str, Mapping[str, float]],
    sizes: Mapping[str, int],
    policy: Policy,
) -> dict[str, Comparison]:
    plain, its_own = (contrasts(fit, GROUP, weighed, of=made) for fit in (found.own, found.robust or found.own))
    compared = {}
    for code, each in plain.items():
        rows = min(sizes[code], round(sum(weighed[code].values())))
        times = told_times(each.error, its_own[code].error, rows, policy)
        compared[code] = told_comparison(Contrast(each.value, each.error * sqrt(times)).compared())
    return compared


def told_times(own: float, robust: float, rows: int, policy: Policy) -> float:
    """How many times larger the variance is told to be than the model's `own`, of so many rows. A step is as much as
    the threshold of clients with two rows that are alike make of it."""
    if not own or robust <= own:
        return 1.0
    step = min(1.0, max(STEP, 2 * policy.threshold / rows))
    return max(1.0, ceil((robust / own) ** 2 / step - SURE) * step)


def others_of(levels: Mapping[str, str], others: Sequence[str], sizes: Mapping[str, int]) -> dict[str, float]:
    """The levels that a group is compared with, by their size; none where too many of the others are outside the model.
    One group alone is compared with by its own name."""
    there = dict.fromkeys(levels[code] for code in others if code in levels)
    if (len(others) == 1 and REMAINING in there) or too_many_outside(levels, others, sizes):
        return {}
    return {level: float(sizes[level]) for level in there}


def too_many_outside(levels: Mapping[str, str], others: Sequence[str], sizes: Mapping[str, int]) -> bool:
    """Are so many of them in groups that are not in the model that "the others" would not be the same people?"""
    inside = sum(sizes[level] for level in {levels[code] for code in others if code in levels})
    outside = sum(sizes.get(code, 0) for code in others if code not in levels)
    return outside > MOST_OUTSIDE * (inside + outside)
