"""How many rows a comparison of shares is without: those of whom nobody knows the outcome, and those of whom it is
known but nobody knows the group. From what is shown alone; a small number is hidden."""

from enum import StrEnum
from itertools import product

from skillnad.analysis.comparisons.made import Counts
from skillnad.analysis.comparisons.sums_shown import sum_shown
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.results import NO, TOTAL, YES, Axis, Key, LeftOut, LevelKind


class Unknown(StrEnum):
    """Why rows are in no comparison."""

    NO_OUTCOME = "no_outcome"
    NO_GROUP = "no_group"


def unknown_rows(axes: tuple[Axis, ...], counts: Counts, policy: Policy) -> tuple[LeftOut, ...]:
    """`axes` and `counts` are of the plain question: outcome by group. Nothing is said where there are none."""
    found = (
        LeftOut(Unknown.NO_OUTCOME.value, _without_outcome(axes[0], counts, policy)),
        LeftOut(Unknown.NO_GROUP.value, _without_group(axes, counts, policy)),
    )
    return tuple(one for one in found if one.rows != 0)


def _without_outcome(outcome: Axis, counts: Counts, policy: Policy) -> int | None:
    codes = [level.code for level in outcome.levels]
    cells: dict[Key, int | float | None] = {(code,): counts[code, TOTAL] for code in (*codes, TOTAL)}
    return sum_shown([codes], cells, [(code,) for code in codes if code not in (YES, NO)], policy)


def _without_group(axes: tuple[Axis, ...], counts: Counts, policy: Policy) -> int | None:
    """Levels that overlap do not add up to their margin, so there a hidden number follows from no other."""
    levels = [[level.code for level in axis.levels] for axis in axes]
    nameless = [level.code for level in axes[1].levels if level.kind is not LevelKind.VALUE]
    wanted: list[Key] = list(product((YES, NO), nameless))
    if not axes[1].multiple:
        return sum_shown(levels, counts, wanted, policy)
    told = [counts[key] for key in wanted]
    shown = [int(one) for one in told if one is not None]
    return None if len(shown) < len(told) or policy.small(sum(shown)) else sum(shown)
