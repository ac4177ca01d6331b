"""How long the rows of every cell have lasted, at once: quantiles, and Kaplan and Meier's curve of each cell.

A group is some rows of the same number of days, ended or open; `Spread` says which cells it belongs to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from skillnad.analysis.engines import QUANTILES
from skillnad.analysis.engines.cells import Floats, Integers, Spread, quantiles
from skillnad.analysis.measures import OPEN, at_risk, ended_within, followed, open_within, within
from skillnad.analysis.questions import Duration
from skillnad.analysis.selection import follows_open

Column = list[float | None]
TOLERANCE = 1.5e-8
"""Within which a share is reached exactly, as in `formulas.survival`: a product of many is not to the last digit."""


@dataclass(frozen=True)
class Lasted:
    """Groups in numbers: days that the rows of a group have lasted, and how many of them ended, or are open."""

    days: Integers
    ended: Integers
    open: Integers

    @classmethod
    def of(cls, signed: Integers, rows: Integers) -> "Lasted":
        """`signed` is days of what ended, and -1 - days of what is open."""
        over = signed >= 0
        days = np.where(over, signed, -1 - signed).astype(np.int64)
        return cls(days, np.where(over, rows, 0).astype(np.int64), np.where(over, 0, rows).astype(np.int64))


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
            measures[at_risk(followed(name))] = [left for _, left in reached]
    for limit in question.within:
        measures[within(limit)] = [curve.ended_within(limit) for curve in curves or ()]
        measures[ended_within(limit)] = _numbers(found.count(lasted.ended * (lasted.days <= limit)))
        measures[open_within(limit)] = _numbers(found.count(lasted.open * (lasted.days < limit)))
    return measures


@dataclass(frozen=True)
class _Curve:
    """A cell's days when rows ended or were last seen; how many were at risk before each, the share ended after it."""

    days: Integers
    at_risk: Integers
    ended: Floats

    def reached(self, p: float) -> tuple[float | None, float | None]:
        """As `formulas.survival.time_until`: the day, or the middle of a stretch; and how many were at risk on it."""
        first = int(np.searchsorted(self.ended, p - TOLERANCE))
        if first == len(self.ended):
            return None, None
        last = first
        if self.ended[first] <= p + TOLERANCE:
            last = min(int(np.searchsorted(self.ended, p + TOLERANCE, side="right")), len(self.ended) - 1)
        return float(self.days[first] + self.days[last]) / 2, float(self.at_risk[last])

    def ended_within(self, limit: int) -> float | None:
        """As `formulas.survival.share_within`."""
        if not len(self.days) or (limit > self.days[-1] and self.ended[-1] < 1):
            return None
        place = int(np.searchsorted(self.days, limit, side="right")) - 1
        return float(self.ended[place]) if place >= 0 else 0.0


def _curves(found: Spread, lasted: Lasted) -> Iterator[_Curve]:
    """The curve of each cell, in the order of their numbers."""
    for days, ended, last_seen in by_day(found, lasted):
        left = (ended + last_seen)[::-1].cumsum()[::-1]
        yield _Curve(days, left, 1 - np.cumprod((left - ended) / left))


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
