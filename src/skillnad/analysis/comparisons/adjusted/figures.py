"""What both ways of adjusting answer, and how exactly it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil, floor

from skillnad.analysis.comparisons.adjusted.background import Orders
from skillnad.analysis.comparisons.rows import ByClient, Pattern
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.intervals import Comparison, Interval
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.results import LeftOut

Patterns = Mapping[Pattern, Counted]
"""Rows by their group, first, and their background."""
Opposed = Mapping[str, Sequence[str]]
"""Each group that is compared, and the groups that it is compared with."""
Shown = Mapping[str, Counted | None]
"""What the plain table shows of each group, TOTAL among them."""

FINEST, COARSE = 1_000, 100
"""An adjusted figure is told in thousandths, tenths of a percentage point, or in hundredths."""
MOST_OUTSIDE = 0.05
"""So large a part of those that a group is compared with may at most be in groups that cannot be adjusted."""
SURE = 1e-9
"""What is nearer a thousandth than this part of one is that thousandth."""


class Unadjusted(StrEnum):
    """Why rows, or a column of background, are not in the adjusted figures. The last three are `formulas.logistic`'s
    own."""

    NO_BACKGROUND = "no_background"
    OUTSIDE_STANDARD = "outside_standard"
    THIN_STRATUM = "thin_stratum"
    THIN_BACKGROUND = "thin_background"
    UNUSED_BACKGROUND = "unused_background"
    LONE_GROUP = "lone_group"
    NO_LIMIT = "no_limit"
    OUTSIDE_MODEL = "outside_model"
    NO_COUNTERPART = "no_counterpart"
    SEPARATED = "separated"
    COLLINEAR = "collinear"
    NOT_CONVERGED = "not_converged"


@dataclass(frozen=True, eq=False)
class ToAdjust:
    """Groups whose shares are to be adjusted: what the plain table shows of them, whom each is compared with, their
    rows by background, and what these may tell. `rows` are the same by client, where some client has several;
    `orders` of each column of the background."""

    groups: Shown
    opposed: Opposed
    patterns: Patterns
    policy: Policy
    rows: ByClient | None = None
    orders: Orders = ()


@dataclass(frozen=True)
class Share:
    """An adjusted share and its interval, 0–1."""

    value: float
    interval: Interval


@dataclass(frozen=True)
class Adjustment:
    """The adjusted share of each group that has one, and its difference from what it is compared with. A group that is
    in neither has none; `hidden` are those whose figures would tell too much. `apart`: how large a part of the rows of
    a group, and of those that it is compared with, have a background that only one of the two has. `used`: which
    columns of the background a model has, by their places; None of what uses all of them."""

    shares: Mapping[str, Share]
    compared: Mapping[str, Comparison]
    hidden: frozenset[str] = frozenset()
    left_out: tuple[LeftOut, ...] = ()
    apart: Mapping[str, float] = field(default_factory=dict)
    used: frozenset[int] | None = None

    def unused(self, columns: Sequence[str]) -> tuple[LeftOut, ...]:
        """The background's columns that no figure here is adjusted for, though another one is."""
        if not self.used:
            return ()
        without = (column for place, column in enumerate(columns) if place not in self.used)
        return tuple(LeftOut(Unadjusted.UNUSED_BACKGROUND, 0, column) for column in without)


def told(share: Share, finest: int = FINEST) -> Share:
    """To the nearest of so many parts, and the interval's ends outwards: it holds no less than it did."""
    low, high = (end * finest for end in share.interval)
    ends = Interval(floor(low + SURE) / finest, ceil(high - SURE) / finest)
    return Share(round(share.value * finest) / finest, ends)


def told_comparison(comparison: Comparison) -> Comparison:
    """A difference as `told`; its p by three digits."""
    if comparison.value is None or not isinstance(comparison.interval, Interval):
        return comparison
    rounded = told(Share(comparison.value, comparison.interval))
    return Comparison(rounded.value, rounded.interval, None if comparison.p is None else float(f"{comparison.p:.3g}"))
