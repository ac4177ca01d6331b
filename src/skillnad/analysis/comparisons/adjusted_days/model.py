"""Shares within a limit of days adjusted by a logistic model: each group's, had it had everybody's background.

It is the model of `adjusted.model`, with the same groups and the same rules for background, of pseudo-observations
(`formulas.pseudo`) where some rows are open: each group has a curve of its own, so that groups may be open for
different reasons. How sure it is is the sandwich's, by client.

What it tells. Where nothing is open the value of each figure follows from the margins that `adjusted.protection` takes
to be known, and the same cells are kept open here. Two things are added.

- Limits. Tables at two limits are margins at both, and between them of what ended there. So a class of background has
  none, or at least as many as it should, that ended between the limit and the next one that can be asked for, below and
  above (`limits.beside`), and the cells behind those margins are kept open as well.
- Errors. The sandwich is of single rows. It is told as how many times larger a variance is than the model's own,
  rounded up to a STEP, and never less than once: one row moves that by a step at most, and hardly ever. That is on the
  safe side where clients are few, too, of whom the sandwich makes too little.

Rows that are open before the limit are in no such margin; their parts in a share are told by thousandths, as in the
plain table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt

import numpy as np

from skillnad.analysis.comparisons.adjusted.background import Factor, Places, Tally, factors_of, joined, thick
from skillnad.analysis.comparisons.adjusted.figures import (
    Adjustment,
    Opposed,
    Patterns,
    Share,
    told,
    told_comparison,
)
from skillnad.analysis.comparisons.adjusted.model import (
    ALONE,
    GROUP,
    REMAINING,
    THIN,
    design_of,
    least_of,
    levels_of,
    others_of,
    sizes_of,
    tally_of,
)
from skillnad.analysis.comparisons.adjusted.protection import kept_open, kinds_of
from skillnad.analysis.comparisons.adjusted_days.outcomes import Timed
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.intervals import normal_quantile
from skillnad.analysis.formulas.logistic import Fit, fit
from skillnad.analysis.formulas.margins import Contrast, contrasts, margins, odds_interval
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.sandwich import Residuals, clustered
from skillnad.analysis.results import TOTAL, LeftOut

STEP = 0.05
SURE = 1e-9
"""What is nearer a step than this part of one is that step."""


@dataclass(frozen=True)
class Asked:
    """The limit, and the nearest others that a reader can ask for, if any."""

    limit: int
    below: int | None = None
    above: int | None = None

    def between(self) -> list[tuple[int, int]]:
        """After which day, and until which, it is known how many ended, beside the limit itself."""
        below = [] if self.below is None else [(self.below, self.limit)]
        return [*below, *([] if self.above is None else [(self.limit, self.above)])]


@dataclass(frozen=True, eq=False)
class Model:
    """As the model has it, and as the sandwich has it."""

    own: Fit
    robust: Fit


def adjusted_within(
    groups: Mapping[str, Counted | None], opposed: Opposed, rows: Timed, asked: Asked, policy: Policy
) -> Adjustment:
    """`groups` are what the plain table shows, TOTAL among them: of the rows of which it is known whether they had
    ended by the limit, how many had. The first place of a pattern of `rows` is its group."""
    patterns = rows.counted(-1, asked.limit)
    levels = levels_of(groups, patterns, policy)
    found = model_of(rows, levels, asked, policy)
    if isinstance(found, NotEstimable):
        whole = groups[TOTAL]
        return Adjustment({}, {}, left_out=(LeftOut(found.reason, whole and whole.whole),))
    return _told(found, levels, opposed, _all(rows))


def _all(rows: Timed) -> Patterns:
    """Every row, open or not: how large a group is."""
    size = np.bincount(rows.pattern, rows.rows, len(rows.patterns))
    return {pattern: Counted(0, int(n)) for pattern, n in zip(rows.patterns, size.tolist(), strict=True)}


def model_of(rows: Timed, levels: Mapping[str, str], asked: Asked, policy: Policy) -> Model | NotEstimable:
    """The model of the groups that have a level, with as much of the background as is thick and tells nothing."""
    if len(set(levels.values())) < 2:
        return ALONE
    there = np.array([pattern[0] in levels for pattern in rows.patterns], dtype=bool)
    used = rows.taken(there[rows.pattern])
    patterns = [pattern for pattern in rows.patterns if pattern[0] in levels]
    place = np.cumsum(there) - 1
    numbered = replace(used, patterns=patterns, pattern=place[used.pattern])
    factors = _background(numbered, levels, asked, policy)
    return _fitted(numbered, factors, levels, asked.limit) if factors else THIN


def _background(rows: Timed, levels: Mapping[str, str], asked: Asked, policy: Policy) -> list[Factor]:
    """What is left of it when every class is thick, and every small cell could be something else."""
    tally, least = _tally(rows.counted(-1, asked.limit), levels), least_of(policy)
    between = [_tally(rows.counted(*days), levels) for days in asked.between()]
    factors = [thick(factor, tally, least) for factor in factors_of([pattern[1:] for pattern in rows.patterns])]
    for each in between:
        factors = [_not_few(factor, each, least) for factor in factors]
    for each in (tally, *between):
        factors = kept_open(each, factors, policy)
    return [factor for factor in factors if factor.count > 1]


def _tally(patterns: Patterns, levels: Mapping[str, str]) -> Tally:
    return tally_of(list(patterns), list(patterns.values()), levels)


def _not_few(factor: Factor, tally: Tally, least: int) -> Factor:
    """With classes put together until in none so few have the outcome; none at all is no secret."""
    while factor.count > 1:
        some = factor.added(tally.part)
        few = np.flatnonzero((some > 0) & (some < least))
        if not len(few):
            break
        factor = joined(factor, tally, few)
    return factor


def _fitted(rows: Timed, factors: Sequence[Factor], levels: Mapping[str, str], limit: int) -> Model | NotEstimable:
    """Of each combination of group and classes once, with the sum of its rows' outcomes."""
    names = list(dict.fromkeys(levels.values()))
    group = np.array([names.index(levels[pattern[0]]) for pattern in rows.patterns], dtype=np.int64)
    outcome = rows.outcomes(limit, group[rows.pattern])
    held = np.array([group, *(factor.grouped for factor in factors)]).T
    kind, first = kinds_of(held)
    of_row: Places = kind[rows.pattern]
    part = np.bincount(of_row, rows.rows * outcome, len(first))
    whole = np.bincount(of_row, rows.rows, len(first)).astype(float)
    beyond = bool((rows.days[~rows.ended] < limit).any())
    found = fit(design_of(held[first], names), part if beyond else np.round(part), whole, pseudo=beyond)
    if isinstance(found, NotEstimable):
        return found
    return Model(found, clustered(found, Residuals(of_row, rows.client, outcome, rows.rows)))


def _told(found: Model, levels: Mapping[str, str], opposed: Opposed, rows: Patterns) -> Adjustment:
    shares, z = {}, normal_quantile(0.95)
    for own, robust in zip(margins(found.own, GROUP), margins(found.robust, GROUP), strict=True):
        if own.level != REMAINING:
            error = own.error * sqrt(times(own.error, robust.error))
            shares[own.level] = told(Share(own.share, odds_interval(own.share, z * error)))
    sizes = sizes_of(rows, levels)
    named = {code: others_of(levels, others, sizes) for code, others in opposed.items() if code in shares}
    weighed = {code: others for code, others in named.items() if others}
    each = zip(
        contrasts(found.own, GROUP, weighed).items(), contrasts(found.robust, GROUP, weighed).values(), strict=True
    )
    compared = {
        code: told_comparison(Contrast(own.value, own.error * sqrt(times(own.error, robust.error))).compared())
        for (code, own), robust in each
    }
    return Adjustment(shares, compared)


def times(own: float, robust: float) -> float:
    """How many times larger the variance is told to be than the model's own."""
    return max(1.0, ceil((robust / own) ** 2 / STEP - SURE) * STEP) if own else 1.0
