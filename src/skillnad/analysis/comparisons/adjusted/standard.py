"""Shares adjusted by direct standardisation: each group's share, had it had the standard's strata.

The strata are those of the standard's weights, or, where it has none, of all the rows together. A group with fewer
in a stratum than the policy's threshold is not standardised: its figure would rest on them, and tell of them. Rows that
lack a background value, and those in strata that the standard does not have, are left out, and counted.

A group is compared with another one's standardised share, or with the mean of those of all the others that have one, by
how many rows each has. All of that is made of the figures as they are told, so that it tells nothing more: the interval
by Zou and Donner from the groups' own (`formulas.standardisation`), and p by how far it reaches towards nought.

Where one person can have several rows, each stratum tells as much as so many fewer rows as the group does that it is in
(`repeats`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import erfc, fsum, sqrt

from skillnad.analysis.comparisons.adjusted.background import Places
from skillnad.analysis.comparisons.adjusted.figures import (
    COARSE,
    FINEST,
    MOST_OUTSIDE,
    Adjustment,
    Opposed,
    Patterns,
    Share,
    Shown,
    ToAdjust,
    Unadjusted,
)
from skillnad.analysis.comparisons.adjusted.strata import strata_of
from skillnad.analysis.comparisons.questions import Weight
from skillnad.analysis.comparisons.repeats import NONE, Repeats
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.intervals import Comparison, Interval, normal_quantile
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.standardisation import Cell, Stratum, Weights, standardised_share
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, LeftOut

Strata = Mapping[Stratum, Counted]


def adjusted_by_standard(of: ToAdjust, standard: Sequence[Weight], repeats: Repeats = NONE) -> Adjustment:
    groups, patterns, policy = of.groups, of.patterns, of.policy
    weights = weights_of(patterns, standard)
    sizes = {code: one.whole for code, one in groups.items() if one and one.whole and code != TOTAL}
    strata = {code: {key[1:]: one for key, one in patterns.items() if key[0] == code} for code in sizes}
    thin = {code for code, cells in strata.items() if not _thick(cells, weights, policy)}
    made = {
        code: shown_share(cells, weights, policy, repeats.of(code))
        for code, cells in strata.items()
        if code not in thin
    }
    hidden = frozenset(code for code, share in made.items() if share is None)
    shares = {code: share for code, share in made.items() if share is not None}
    left_out = (
        *_outside(patterns, weights, policy),
        LeftOut(Unadjusted.THIN_STRATUM, sum(sizes[code] for code in thin)),
    )
    rows = Counter[str]()
    for pattern, counted in patterns.items():
        rows[pattern[0]] += counted.whole
    compared = _compared(shares, of.opposed, rows)
    lacking = {other for others in of.opposed.values() for other in others} - {*shares, *thin}
    if groups[TOTAL] and set(compared) < set(shares) & set(of.opposed):
        outside = sum(rows[code] for code in lacking) if _follows(lacking, groups) else None
        left_out = (*left_out, LeftOut(Unadjusted.OUTSIDE_MODEL, outside))
    return Adjustment(shares, compared, hidden, tuple(one for one in left_out if one.rows != 0))


def _follows(lacking: set[str], groups: Shown) -> bool:
    """Does it follow from the plain table how many the groups are together? Of those that it hides all or none are."""
    hidden = {code for code, one in groups.items() if one is None}
    return lacking & hidden in (set(), hidden)


def weights_of(patterns: Patterns, standard: Sequence[Weight]) -> Weights:
    """The standard's, or all the rows' own, of the strata that are recorded in every column."""
    if standard:
        return {weight.levels: weight.people for weight in standard if weight.people}
    own = Counter[Stratum]()
    for pattern, counted in patterns.items():
        if MISSING_LEVEL not in pattern[1:]:
            own[pattern[1:]] += counted.whole
    return own


def _thick(cells: Strata, weights: Weights, policy: Policy) -> bool:
    return bool(weights) and all(stratum in cells and cells[stratum].whole >= policy.threshold for stratum in weights)


def _standardised(cells: Strata, weights: Weights, effect: float = 1.0) -> Share:
    """ValueError of a stratum that the group lacks."""
    found = standardised_share({stratum: Cell(*cells[stratum].over(effect)) for stratum in weights}, weights)
    if isinstance(found, NotEstimable):
        raise ValueError(found.reason)
    return Share(found.value, found.interval)


def shown_share(cells: Strata, weights: Weights, policy: Policy, effect: float = 1.0) -> Share | None:
    """The group's figures as exactly as they can be told with every small count of its strata open; None where they
    cannot be told."""
    for finest in (FINEST, COARSE):
        strata = strata_of(cells, partial(_were, cells, weights, effect=effect), finest)
        if strata.open(policy):
            return strata.told
    return None


def _were(cells: Strata, weights: Weights, part: Places, effect: float = 1.0) -> Share:
    """The group's figures, were `part` what its strata have."""
    other = {stratum: Counted(int(some), cell.whole) for (stratum, cell), some in zip(cells.items(), part, strict=True)}
    return _standardised(other, weights, effect)


def _outside(patterns: Patterns, weights: Weights, policy: Policy) -> tuple[LeftOut, ...]:
    """Without their numbers where one is small, or how many are left of all the rows, which a reader knows."""
    rows = Counter[str]()
    for pattern, counted in patterns.items():
        inside = "" if pattern[1:] in weights else Unadjusted.OUTSIDE_STANDARD
        rows[Unadjusted.NO_BACKGROUND if MISSING_LEVEL in pattern[1:] else inside] += counted.whole
    small = any(map(policy.small, rows.values()))
    reasons = (Unadjusted.NO_BACKGROUND, Unadjusted.OUTSIDE_STANDARD)
    return tuple(LeftOut(reason, None if small and rows[reason] else rows[reason]) for reason in reasons)


@dataclass(frozen=True)
class _Mean:
    """Of some groups' shares, with how far its interval reaches down and up."""

    value: float
    down: float
    up: float


def _compared(shares: Mapping[str, Share], opposed: Opposed, sizes: Mapping[str, int]) -> dict[str, Comparison]:
    """Where all but few of the others have a share. `sizes`: all rows of each group."""
    found = {}
    for code, others in opposed.items():
        there = [other for other in others if other in shares]
        within, every = (sum(sizes[other] for other in some) for some in (there, others))
        if code in shares and there and every - within <= MOST_OUTSIDE * every:
            rest = _mean([shares[other] for other in there], [sizes[other] for other in there])
            found[code] = _apart(_mean([shares[code]], [1]), rest)
    return found


def _mean(shares: Sequence[Share], weights: Sequence[int]) -> _Mean:
    parts = [(weight / sum(weights), share) for weight, share in zip(weights, shares, strict=True)]
    return _Mean(
        fsum(weight * share.value for weight, share in parts),
        sqrt(fsum((weight * (share.value - share.interval.low)) ** 2 for weight, share in parts)),
        sqrt(fsum((weight * (share.interval.high - share.value)) ** 2 for weight, share in parts)),
    )


def _apart(one: _Mean, other: _Mean) -> Comparison:
    value, down, up = one.value - other.value, sqrt(one.down**2 + other.up**2), sqrt(one.up**2 + other.down**2)
    error = (down if value > 0 else up) / normal_quantile(0.95)
    interval = Interval(max(-1.0, value - down), min(1.0, value + up))
    return Comparison(value, interval, erfc(abs(value) / error / sqrt(2)) if error else None)
