"""Times of rows that go together: how many times as uncertain a group's are because one person can have several.

A median is as unsure as the share of its rows that are under it, and so are two medians' difference and the median
test. So what is asked of a client's rows is how alike they are in having ended by a day: of medians the median day of
all that have ended, of a share within a limit the limit. The log-rank test is of all days: of it, how alike their
scores are (`formulas.log_rank`). The rest is as for shares: `comparisons.repeats` tells how many times a variance is
larger, and what a reader can learn of that. Reaches of intervals grow by its square root, each by itself, and p is
weakened by it.

Times of one person are more alike than what is said of one: what is USUAL is more here. Simulated pages show a
difference where there is none as seldom as they should, and intervals hold the truth as often
(`tests/generative/test_times_together.py`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from skillnad.analysis.comparisons.days.groups import Groups, Opposed, how_many
from skillnad.analysis.comparisons.made import REPEATED, Figures
from skillnad.analysis.comparisons.opponents import named_groups
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.comparisons.repeats import NONE, Repeats, Valued, repeats_of_values, valued
from skillnad.analysis.comparisons.rows import NOBODY, ByClient, Days, Lasting, LastingBy, Rows
from skillnad.analysis.formulas.clusters import of_two, weakened
from skillnad.analysis.formulas.intervals import Comparison as Compared
from skillnad.analysis.formulas.intervals import Interval, MaybeInterval
from skillnad.analysis.formulas.life_tables import LifeTable
from skillnad.analysis.formulas.log_rank import scores
from skillnad.codebook.snapshot_schema import Population

USUAL = 0.3
"""How alike the times of one person are before any are seen."""
TOLD = 1000
"""Scores in thousandths, as whole numbers: how alike rows are does not hang on more."""


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
        return self._repeats(valued(ended_by(self.rows, day, with_open=self.with_open)))

    def by_scores(self) -> Repeats:
        """How alike they are in the log-rank test."""
        return NONE if self.rows is None else self._repeats(scored(self.rows, self._shown()))

    def _repeats(self, each: Valued) -> Repeats:
        return repeats_of_values(each, named_groups(self.groups.axis), self._shown(), self.groups.policy, USUAL)

    def _shown(self) -> list[str]:
        return [code for code, rows in self.groups.rows.items() if rows is not None]


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
    client, pattern, (part, whole) = _each_once(rows.client, rows.pattern, len(rows.patterns), (ended, size))
    there = whole > 0
    return ByClient(rows.patterns, *(each[there] for each in (client, pattern, part, whole)))


def scored(rows: LastingBy, shown: Collection[str]) -> Valued:
    """By each client's sum of scores, in thousandths; each row of nobody known as a client's of its own. What is to be
    expected of a row is told by the groups that are shown."""
    score, size = _scores(rows, shown), np.concatenate([rows.ended, rows.open])
    client, pattern = np.tile(rows.client, 2), np.tile(rows.pattern, 2)
    known, alone = np.flatnonzero(client != NOBODY), np.flatnonzero(client == NOBODY)
    single = np.repeat(alone, size[alone])
    place, held = np.concatenate([known, single]), np.concatenate([size[known], np.ones_like(single)])
    whose = np.concatenate([client[known], np.arange(len(single)) + client.max(initial=-1) + 1])
    amounts = (score[place] * held, score[place] ** 2 * held, held)
    own, of, added = _each_once(whose, pattern[place], len(rows.patterns), amounts)
    there = np.flatnonzero(added[2])
    there = there[np.argsort(of[there], kind="stable")]
    return Valued(rows.patterns, own[there], of[there], *(each[there] for each in added))


def _scores(rows: LastingBy, shown: Collection[str]) -> Days:
    """Of those that ended, and of those that are open."""
    days, at = np.unique(rows.days, return_inverse=True)
    seen = np.array([not set(shown).isdisjoint(pattern[0].split(";")) for pattern in rows.patterns], dtype=bool)
    amounts = (each * seen[rows.pattern] for each in (rows.ended, rows.open))
    ended, still_open = (np.bincount(at.ravel(), each, len(days)).astype(np.int64) for each in amounts)
    of_day = scores(LifeTable(days, ended, still_open, np.zeros(0, np.int64)))
    each = np.concatenate([of_day.ended[at.ravel()], of_day.open[at.ravel()]])
    return np.rint(TOLD * each).astype(np.int64)


def _each_once(
    client: Days, pattern: Days, patterns: int, amounts: Sequence[Days]
) -> tuple[Days, Days, tuple[Days, ...]]:
    """Each client and pattern once, with the sums of the amounts."""
    found, place = np.unique((client + 1) * max(1, patterns) + pattern, return_inverse=True)
    added = (np.rint(np.bincount(place.ravel(), each, len(found))).astype(np.int64) for each in amounts)
    return found // max(1, patterns) - 1, found % max(1, patterns), tuple(added)


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
    """A ratio, whose interval is even on the scale of logarithms; on its own, as a difference, where it goes below
    nought."""
    interval, value = compared.interval, compared.value
    if effect == 1 or not value or not isinstance(interval, Interval):
        return compared
    if interval.low < 0:
        return unsurer(compared, effect)
    times = sqrt(effect)
    ends = Interval(value * (interval.low / value) ** times, value * (interval.high / value) ** times)
    return Compared(value, ends, None if compared.p is None else weakened(compared.p, effect))
