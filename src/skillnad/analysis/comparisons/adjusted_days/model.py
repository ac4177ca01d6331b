"""Shares within a limit of days adjusted by a logistic model: each group's, had it had everybody's background.

It is the model of `adjusted.model`, with the same groups and the same rules for background, of pseudo-observations
(`formulas.pseudo`) where some rows are open: each group has a curve of its own, so that groups may be open for
different reasons. Where nothing is open before the limit a pseudo-observation is whether the row had ended, and the
model an ordinary one. Where something is and no model fits, one of the rows alone that are known is not put in its
place: without those that are open early, mostly long ones, times would be told too short.

What it tells. Where nothing is open the value of each figure follows from the margins that `adjusted.protection` takes
to be known, and the same cells are kept open here. Two things are added.

- Limits. Tables at two limits are margins at both, and between them of what ended there. So a class of background has
  none, or at least as many as it should, that ended between the limit and the next one that can be asked for, below and
  above (`limits.beside`), and the cells behind those margins are kept open as well.
- Errors. Where one client has several rows, or rows are open before the limit, the sandwich says how sure the figures
  are, and that is told as adjusted shares tell it: as so many times the model's own variance, rounded up.

Rows that are open before the limit are in no such margin; their parts in a share are told by thousandths, as in the
plain table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from skillnad.analysis.comparisons.adjusted.background import (
    Factor,
    Orders,
    Places,
    Tally,
    factors_of,
    joined,
    saying_more,
    thick,
)
from skillnad.analysis.comparisons.adjusted.figures import Adjustment, Opposed, Patterns, Shown
from skillnad.analysis.comparisons.adjusted.model import (
    ALONE,
    THIN,
    Model,
    columns_of,
    design_of,
    least_of,
    levels_of,
    sizes_of,
    tally_of,
    told_of,
)
from skillnad.analysis.comparisons.adjusted.protection import kept_open, kinds_of
from skillnad.analysis.comparisons.adjusted_days.outcomes import Timed
from skillnad.analysis.comparisons.rows import NOBODY
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.logistic import fit
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.sandwich import Residuals, clustered
from skillnad.analysis.results import TOTAL, LeftOut


@dataclass(frozen=True)
class Asked:
    """The limit, and the nearest others that a reader can ask for, if any. `orders`: of each background column."""

    limit: int
    below: int | None = None
    above: int | None = None
    orders: Orders = ()

    def between(self) -> list[tuple[int, int]]:
        """After which day, and until which, it is known how many ended, beside the limit itself."""
        below = [] if self.below is None else [(self.below, self.limit)]
        return [*below, *([] if self.above is None else [(self.limit, self.above)])]


def adjusted_within(groups: Shown, opposed: Opposed, rows: Timed, asked: Asked, policy: Policy) -> Adjustment:
    """`groups` are what the plain table shows, TOTAL among them: of the rows of which it is known whether they had
    ended by the limit, how many had. The first place of a pattern of `rows` is its group."""
    patterns = rows.counted(-1, asked.limit)
    levels = levels_of(groups, patterns, policy)
    found, whole = model_of(rows, levels, asked, policy), groups[TOTAL]
    if isinstance(found, NotEstimable):
        return Adjustment({}, {}, left_out=(LeftOut(found.reason, whole and whole.whole),))
    made = told_of(found, levels, opposed, sizes_of(_all(rows), levels), policy)
    return made if whole else replace(made, left_out=tuple(replace(one, rows=None) for one in made.left_out))


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
    factors = background_of(numbered, levels, asked, policy)
    return fitted(numbered, factors, levels, asked.limit) if factors else THIN


def background_of(rows: Timed, levels: Mapping[str, str], asked: Asked, policy: Policy) -> list[Factor]:
    """What is left of it when every class is thick, and every small cell could be something else."""
    tally, least = _tally(rows.counted(-1, asked.limit), levels), least_of(policy)
    between = [_tally(rows.counted(*days), levels) for days in asked.between()]
    levelled = factors_of([pattern[1:] for pattern in rows.patterns], asked.orders)
    factors = [thick(factor, tally, least) for factor in levelled]
    for each in between:
        factors = [_not_few(factor, each, least) for factor in factors]
    for each in (tally, *between):
        factors = kept_open(each, factors, policy)
    return saying_more(factors, tally)


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


def fitted(rows: Timed, factors: Sequence[Factor], levels: Mapping[str, str], limit: int) -> Model | NotEstimable:
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
    unlike = beyond or _repeated(rows)
    robust = clustered(found, Residuals(of_row, rows.client, outcome, rows.rows)) if unlike else None
    return Model(found, robust, columns_of(factors))


def _repeated(rows: Timed) -> bool:
    """Has any client two rows?"""
    known = rows.client != NOBODY
    return int(rows.rows[known].sum()) > len(np.unique(rows.client[known]))
