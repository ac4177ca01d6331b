"""Times of rows that go together: how many times as uncertain a group's are because one person can have several.

A median is as unsure as the share of its rows that are under it, and so are two medians' difference and the tests of
them. So what is asked of a client's rows is how alike they are in having ended by a day: of medians the median day of
all that have ended, of a share within a limit the limit. The rest is as for shares: `comparisons.repeats` tells how
many times a variance is larger, and what a reader can learn of that. Reaches of intervals grow by its square root, each
by itself, and p is weakened by it.

Of the log-rank test, whose scores are of all days, it is near: simulated pages with clients of two to four rows show a
difference where there is none about as often as they should (`tests/generative/test_times_together.py`).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from skillnad.analysis.comparisons.days.groups import Groups, Opposed, how_many
from skillnad.analysis.comparisons.made import REPEATED, Figures
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.comparisons.repeats import NONE, Repeats, repeats_of
from skillnad.analysis.comparisons.rows import ByClient, Lasting, LastingBy, Rows
from skillnad.analysis.comparisons.shares import named_groups
from skillnad.analysis.formulas.clusters import of_two, weakened
from skillnad.analysis.formulas.intervals import Comparison as Compared
from skillnad.analysis.formulas.intervals import Interval, MaybeInterval
from skillnad.codebook.snapshot_schema import Population


@dataclass(frozen=True)
class Together:
    """The rows of a comparison of times by whose they are; None where each is of another person."""

    rows: LastingBy | None
    groups: Groups
    with_open: bool

    def by(self, day: int | None) -> Repeats:
        """How alike clients' rows are in having ended by the day. None: there is no such day."""
        if self.rows is None or day is None:
            return NONE
        shown = [code for code, rows in self.groups.rows.items() if rows is not None]
        told = ended_by(self.rows, day, with_open=self.with_open)
        return repeats_of(told, named_groups(self.groups.axis), shown, self.groups.policy)


def together_of(question: Comparison, rows: Rows, groups: Groups, *, with_open: bool) -> Together:
    """Of clients themselves each is one row."""
    if question.selection.population is Population.CLIENTS:
        return Together(None, groups, with_open)
    return Together(rows.lasting_by((groups.axis.id,)), groups, with_open)


def put_repeated(figures: Figures, groups: Groups, repeats: Repeats) -> None:
    """Of the groups that are enough to have figures, where any of them has two rows of one person."""
    told = {code: repeats.of(code) for code, rows in groups.rows.items() if rows is not None and groups.enough(rows)}
    if any(effect > 1 for effect in told.values()):
        for code, effect in told.items():
            figures.put(REPEATED, (code,), effect)


def ended_by(rows: LastingBy, day: int, *, with_open: bool) -> ByClient:
    """How many rows each client has of each pattern, and how many of them are known to have ended by the day."""
    size = rows.ended + rows.open if with_open else rows.ended
    ended = np.where(rows.days <= day, rows.ended, 0)
    key = (rows.client + 1) * max(1, len(rows.patterns)) + rows.pattern
    found, place = np.unique(key, return_inverse=True)
    part, whole = (np.bincount(place.ravel(), each, len(found)).astype(np.int64) for each in (ended, size))
    client, pattern = found // max(1, len(rows.patterns)) - 1, found % max(1, len(rows.patterns))
    there = whole > 0
    return ByClient(rows.patterns, *(each[there] for each in (client, pattern, part, whole)))


def middle_day(rows: Lasting | None) -> int | None:
    """The day by which half of what has ended had: where there is most to tell rows apart by."""
    if rows is None or not rows.ended.any():
        return None
    reached = np.cumsum(rows.ended)
    return int(rows.days[np.searchsorted(reached, (reached[-1] + 1) // 2)])


def effect_of(pair: Opposed, code: str, repeats: Repeats) -> float:
    """Of the difference between a group and what it is compared with."""
    return of_two(repeats.of_two(code, pair.against), (how_many(pair.own), how_many(pair.other)))


def widened(value: float, interval: MaybeInterval, effect: float) -> MaybeInterval:
    """With reaches as of so many fewer rows."""
    if effect == 1 or not isinstance(interval, Interval):
        return interval
    times = sqrt(effect)
    return Interval(value - times * (value - interval.low), value + times * (interval.high - value))


def of_time(value: float, interval: MaybeInterval, effect: float) -> MaybeInterval:
    """The same of days, of which none are below 0."""
    found = widened(value, interval, effect)
    return Interval(max(0.0, found.low), found.high) if isinstance(found, Interval) else found


def unsurer(compared: Compared, effect: float) -> Compared:
    """A difference with its interval and its p."""
    if effect == 1 or compared.value is None:
        return compared
    p = None if compared.p is None else weakened(compared.p, effect)
    return Compared(compared.value, widened(compared.value, compared.interval, effect), p)


def unsurer_ratio(compared: Compared, effect: float) -> Compared:
    """A ratio, whose interval is even on the scale of logarithms."""
    interval, value = compared.interval, compared.value
    if effect == 1 or not value or not isinstance(interval, Interval):
        return compared
    times = sqrt(effect)
    ends = Interval(value * (interval.low / value) ** times, value * (interval.high / value) ** times)
    return Compared(value, ends, None if compared.p is None else weakened(compared.p, effect))
