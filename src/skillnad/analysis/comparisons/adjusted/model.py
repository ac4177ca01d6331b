"""Shares adjusted by a logistic model: each group's share, had it had everybody's background.

The model has the groups and the background as they are, side by side (`background` says how), and the average
marginal effects of the group (`formulas.margins`). It is one for all groups: a group is compared with another one's
adjusted share, or with the mean of all the others', by how many rows each has.

Everyone is in it. A group of which the plain table shows nothing, or in which all or none have the outcome, has no
share of its own: such groups are one together, as far as their sum is shown and is not so itself.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from skillnad.analysis.comparisons.adjusted.background import Factor, Places, Tally, factors_of, thick
from skillnad.analysis.comparisons.adjusted.figures import (
    Adjustment,
    Opposed,
    Patterns,
    Share,
    Unadjusted,
    told,
    told_comparison,
)
from skillnad.analysis.comparisons.adjusted.protection import kept_open, kinds_of
from skillnad.analysis.comparisons.rows import Pattern
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.designs import INTERCEPT, Design, Term
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.logistic import Fit, fit
from skillnad.analysis.formulas.margins import differences_from_others, margins
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.results import TOTAL, LeftOut

LEAST = 5
"""So many with the outcome, and as many without, a class of background needs."""
GROUP = "group"
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


def adjusted_by_model(
    groups: Mapping[str, Counted | None], opposed: Opposed, patterns: Patterns, policy: Policy
) -> Adjustment:
    """`groups` are what the plain table shows, TOTAL among them; the first place of a pattern is its group."""
    levels = levels_of(groups, patterns, policy)
    found = model_of(patterns, levels, policy)
    if isinstance(found, NotEstimable):
        whole = groups[TOTAL]
        return Adjustment({}, {}, left_out=(LeftOut(found.reason, whole and whole.whole),))
    return _told(found, levels, opposed, sizes_of(patterns, levels))


def levels_of(groups: Mapping[str, Counted | None], patterns: Patterns, policy: Policy) -> dict[str, str]:
    """Each group's level of the model; a group that is left out of it has none."""
    alone = {code for code, one in groups.items() if code != TOTAL and one and 0 < one.part < one.whole}
    rest = [counted for pattern, counted in patterns.items() if pattern[0] not in alone]
    part, whole = sum(one.part for one in rest), sum(one.whole for one in rest)
    together = groups[TOTAL] is not None and min(part, whole - part) >= least_of(policy)
    there = dict.fromkeys(pattern[0] for pattern in patterns)
    return {code: code if code in alone else REMAINING for code in there if code in alone or together}


def least_of(policy: Policy) -> int:
    return max(LEAST, policy.threshold)


def model_of(patterns: Patterns, levels: Mapping[str, str], policy: Policy) -> Fit | NotEstimable:
    """The model of the groups that have a level, with as much of the background as is thick and tells nothing."""
    if len(set(levels.values())) < 2:
        return ALONE
    used = [pattern for pattern in patterns if pattern[0] in levels]
    tally = tally_of(used, [patterns[pattern] for pattern in used], levels)
    background = [thick(factor, tally, least_of(policy)) for factor in factors_of([pattern[1:] for pattern in used])]
    kept = [factor for factor in kept_open(tally, background, policy) if factor.count > 1]
    return _fitted(tally, kept, list(dict.fromkeys(levels.values()))) if kept else THIN


def tally_of(used: Sequence[Pattern], counted: Sequence[Counted], levels: Mapping[str, str]) -> Tally:
    numbers = {level: number for number, level in enumerate(dict.fromkeys(levels.values()))}
    own = {code: number for number, code in enumerate(levels)}
    return Tally(
        group=np.array([numbers[levels[pattern[0]]] for pattern in used], dtype=np.int64),
        own=np.array([own[pattern[0]] for pattern in used], dtype=np.int64),
        part=np.array([one.part for one in counted], dtype=np.int64),
        whole=np.array([one.whole for one in counted], dtype=np.int64),
    )


def _fitted(tally: Tally, factors: Sequence[Factor], levels: Sequence[str]) -> Fit | NotEstimable:
    """Of each combination of group and classes once: there are fewer of them than patterns."""
    held = np.array([tally.group, *(factor.grouped for factor in factors)]).T
    kind, first = kinds_of(held)
    part, whole = (np.bincount(kind, amounts, len(first)) for amounts in (tally.part, tally.whole))
    return fit(design_of(held[first], levels), part, whole)


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
    """How many rows each level of the model has."""
    sizes = Counter[str]()
    for pattern, counted in patterns.items():
        if pattern[0] in levels:
            sizes[levels[pattern[0]]] += counted.whole
    return sizes


def _told(found: Fit, levels: Mapping[str, str], opposed: Opposed, sizes: Mapping[str, int]) -> Adjustment:
    shares = {
        margin.level: told(Share(margin.share, margin.interval))
        for margin in margins(found, GROUP)
        if margin.level != REMAINING
    }
    compared = {code: others_of(levels, others, sizes) for code, others in opposed.items() if code in shares}
    made = differences_from_others(found, GROUP, {code: others for code, others in compared.items() if others})
    return Adjustment(shares, {code: told_comparison(comparison) for code, comparison in made.items()})


def others_of(levels: Mapping[str, str], others: Sequence[str], sizes: Mapping[str, int]) -> dict[str, float]:
    """The levels that a group is compared with, by their size. One group alone is compared with by its own name."""
    there = dict.fromkeys(levels[code] for code in others if code in levels)
    if len(others) == 1 and REMAINING in there:
        return {}
    return {level: float(sizes[level]) for level in there}
