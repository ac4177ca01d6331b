"""How long the rows of every cell have lasted, at once: quantiles, and Kaplan and Meier's curve of each cell.

A group is some rows of the same number of days, ended or open; `Spread` says which cells it belongs to. Rows that had
to last until a period to be there are at risk from the days that they had lasted then (left truncation: J. P. Klein and
M. L. Moeschberger, Survival Analysis, 2nd ed. 2003, 4.6); as R's `survfit(Surv(late - 0.5, days, ended) ~ 1)`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, repeat
from math import ceil

import numpy as np

from skillnad.analysis.engines.cells import Floats, Integers, Spread, quantiles
from skillnad.analysis.measures import (
    OPEN,
    QUANTILES,
    beside,
    ended_within,
    fewest_within,
    followed,
    open_within,
    within,
)
from skillnad.analysis.questions import Duration
from skillnad.analysis.selection import follows_open, late_entries

Column = list[float | None]
TOLERANCE = 1.5e-8
"""Within which a share is reached exactly, as in `formulas.survival`: a product of many is not to the last digit."""


@dataclass(frozen=True)
class Lasted:
    """Groups in numbers: days that the rows of a group have lasted, how many of them ended, or are open, and from which
    of their days they are at risk. None: all from the first. Rows that ended before that day are never at risk."""

    days: Integers
    ended: Integers
    open: Integers
    late: Integers | None = None

    @classmethod
    def of(cls, signed: Integers, rows: Integers, late: Integers | None = None) -> "Lasted":
        """`signed` is days of what ended, and -1 - days of what is open."""
        over = signed >= 0
        days = np.where(over, signed, -1 - signed).astype(np.int64)
        ended, still_open = (np.where(kind, rows, 0).astype(np.int64) for kind in (over, ~over))
        return cls(days, ended, still_open, late)

    def at_risk(self) -> "Lasted":
        """Those that ever are."""
        if self.late is None:
            return self
        seen = self.late <= self.days
        return Lasted(self.days, self.ended * seen, self.open * seen, self.late)

    def came(self) -> "Lasted":
        """Those at risk that came late, as if they had ended on the day that they came."""
        late = np.zeros_like(self.days) if self.late is None else self.late
        came = np.where((late > 0) & (late <= self.days), self.ended + self.open, 0)
        return Lasted(late.astype(np.int64), came, np.zeros_like(came))


def lasting(question: Duration, found: Spread, lasted: Lasted) -> dict[str, Column]:
    """Every measure of a Duration, a number a cell."""
    measures = {name: quantiles(found, lasted.days, lasted.ended, p) for name, p in QUANTILES.items()}
    followed_too, curves = follows_open(question), None
    if followed_too or question.within:
        curves = list(_curves(found, lasted))
    if followed_too:
        measures[OPEN] = _numbers(found.count(lasted.open))
        for name, p in QUANTILES.items():
            reached = [curve.reached(p) for curve in curves or ()]
            measures[followed(name)] = [day for day, _ in reached]
            measures[beside(followed(name))] = [rows for _, rows in reached]
    for limit in question.within:
        measures[within(limit)] = [curve.ended_within(limit) for curve in curves or ()]
        measures[ended_within(limit)] = _numbers(found.count(lasted.ended * (lasted.days <= limit)))
        measures[open_within(limit)] = _numbers(found.count(lasted.open * (lasted.days < limit)))
        if late_entries(question):
            measures[fewest_within(limit)] = [curve.fewest_within(limit) for curve in curves or ()]
    return measures


@dataclass(frozen=True)
class _AtRisk:
    """How many rows of a cell are under observation: those that are not yet gone, less those that have not yet come."""

    days: Integers  # on which rows are last at risk
    left: Integers  # how many are, on each of them or later; and 0
    came: Integers  # the days that rows came late on
    to_come: Integers  # how many had not come, before each of them; and 0

    @classmethod
    def of(cls, days: Integers, gone: Integers, came: Integers, late: Integers) -> "_AtRisk":
        return cls(days, _from_here(gone), came, _from_here(late))

    def on(self, days: Integers) -> Integers:
        left = self.left[np.searchsorted(self.days, days, side="left")]
        return left - self.to_come[np.searchsorted(self.came, days, side="right")]


@dataclass(frozen=True)
class _Curve:
    """A cell's days when rows ended or were last seen; how many were at risk on each, and on the day up to it that had
    fewest; how many have ended after it, and the share that they are."""

    days: Integers
    at_risk: Integers
    fewest: Integers
    gone: Integers
    ended: Floats
    observed: _AtRisk

    def reached(self, p: float) -> tuple[float | None, float | None]:
        """As `formulas.survival.time_until`: the day, or the middle of a stretch; and how many rows it rests on."""
        first = int(np.searchsorted(self.ended, p - TOLERANCE))
        if first == len(self.ended):
            return None, None
        last = int(np.searchsorted(self.ended, p + TOLERANCE, side="right"))
        if last == len(self.ended):
            return float(self.days[first] + self.days[-1]) / 2, 0.0
        sides = self._sides(first, p) if first == last else (self.gone[first], self.at_risk[last])
        return float(self.days[first] + self.days[last]) / 2, float(min(*sides, self.fewest[first]))

    def _sides(self, place: int, p: float) -> tuple[int, int]:
        """How many have ended before the row that reaches `p` on the day, and how many are left after it, where those
        of one day end in some order."""
        gone, ended = (int(self.gone[place - 1]), float(self.ended[place - 1])) if place else (0, 0.0)
        at_risk, going_on = int(self.at_risk[place]), 1 - ended
        nth = ceil(at_risk * (1 - (1 - p + TOLERANCE) / going_on))
        own = 1 if 1 - going_on * (1 - nth / at_risk) > p + TOLERANCE else 0
        return gone + nth - own, at_risk - nth

    def ended_within(self, limit: int) -> float | None:
        """As `formulas.survival.share_within`."""
        if not len(self.days) or (limit > self.days[-1] and self.ended[-1] < 1):
            return None
        place = int(np.searchsorted(self.days, limit, side="right")) - 1
        return float(self.ended[place]) if place >= 0 else 0.0

    def fewest_within(self, limit: int) -> float:
        """As `measures.fewest_within` says. Most are at risk on some day when one comes."""
        came = np.concatenate([[0], self.observed.came])
        until = min(limit, int(came[np.argmax(self.observed.on(came))]))
        days = np.concatenate([[0], self.days + 1])
        return float(self.observed.on(days[days <= until]).min())


def _curves(found: Spread, lasted: Lasted) -> Iterator[_Curve]:
    """The curve of each cell, in the order of their numbers."""
    nobody = np.zeros(0, np.int64)
    late = repeat((nobody, nobody, nobody)) if lasted.late is None else by_day(found, lasted.came())
    for gone, (came, rows, _) in zip(by_day(found, lasted.at_risk()), late, strict=False):
        days, ended, last_seen = (numbers[gone[1] + gone[2] > 0] for numbers in gone)
        observed = _AtRisk.of(days, ended + last_seen, came, rows)
        at_risk = observed.on(days)
        fewest = np.minimum.accumulate(observed.on(_before(days)))
        share = 1 - np.cumprod((at_risk - ended) / at_risk, dtype=np.float64)
        yield _Curve(days, at_risk, fewest, ended.cumsum(), share, observed)


def _before(days: Integers) -> Integers:
    """Of each of the days, the day after the one before it, the first of all being 0: at risk are fewest on these."""
    return np.concatenate([[0], days[:-1] + 1])[: len(days)]


def _from_here(numbers: Integers) -> Integers:
    """How many in each place and all after it; and 0."""
    found: Integers = np.append(numbers[::-1].cumsum()[::-1], 0)
    return found


def by_day(found: Spread, lasted: Lasted) -> Iterator[tuple[Integers, Integers, Integers]]:
    """Of each cell, in the order of their numbers: the days on which rows ended or were last seen, least first, and how
    many did and were."""
    length = int(lasted.days.max(initial=0)) + 1
    on_day, place = np.unique(found.cell * length + lasted.days[found.group], return_inverse=True)
    over, last_seen = (
        np.bincount(place, weights=rows[found.group], minlength=len(on_day)).round().astype(np.int64)
        for rows in (lasted.ended, lasted.open)
    )
    bounds = np.searchsorted(on_day, np.arange(found.cells + 1) * length)
    for start, end in pairwise(bounds.tolist()):
        yield on_day[start:end] % length, over[start:end], last_seen[start:end]


def _numbers(counts: Integers) -> Column:
    return list(counts.astype(float).tolist())
