"""Each row's outcome of a share within a limit, by its pattern and whose it is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from skillnad.analysis.comparisons.adjusted.background import Mask, Places
from skillnad.analysis.comparisons.adjusted.figures import Patterns
from skillnad.analysis.comparisons.rows import LastingBy, Pattern
from skillnad.analysis.formulas.designs import Real
from skillnad.analysis.formulas.life_tables import LifeTable, from_counts
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.pseudo import pseudo_shares


@dataclass(frozen=True, eq=False)
class Timed:
    """Rows that are alike, as arrays of one length: so many `rows` of `patterns[pattern]` and of `client` (a number, or
    NOBODY) have `ended` after so many `days`, or are open and have been followed for so many."""

    patterns: Sequence[Pattern]
    pattern: Places
    client: Places
    days: Places
    ended: Mask
    rows: Places

    @classmethod
    def of(cls, told: LastingBy, *, with_open: bool) -> "Timed":
        """Without the open where none can be among what is asked about."""
        parts = [(told.ended, True), *([(told.open, False)] if with_open else [])]
        there = [(np.flatnonzero(rows), rows, over) for rows, over in parts]
        at = np.concatenate([places for places, _, _ in there])
        rows = np.concatenate([rows[places] for places, rows, _ in there])
        over = np.concatenate([np.full(len(places), over) for places, _, over in there])
        return cls(told.patterns, told.pattern[at], told.client[at], told.days[at], over, rows)

    def taken(self, rows: Mask) -> "Timed":
        pattern, client, days = self.pattern[rows], self.client[rows], self.days[rows]
        return Timed(self.patterns, pattern, client, days, self.ended[rows], self.rows[rows])

    def counted(self, after: int, limit: int) -> Patterns:
        """By pattern: of the rows that had not ended `after` so many days, and of which it is known whether they had
        `limit` days later than none, how many had. `after` -1 is from the first day on."""
        known = (self.days > after) & (self.ended | (self.days >= limit))
        ended = known & self.ended & (self.days <= limit)
        part, whole = (self._by_pattern(self.rows * one) for one in (ended, known))
        each = zip(self.patterns, part.tolist(), whole.tolist(), strict=True)
        return {pattern: Counted(some, of) for pattern, some, of in each}

    def _by_pattern(self, amounts: Places) -> Places:
        return np.bincount(self.pattern, amounts, len(self.patterns)).round().astype(np.int64)

    def table(self) -> LifeTable:
        length = int(self.days.max(initial=0)) + 1
        both = (np.bincount(self.days, self.rows * over, length) for over in (self.ended, ~self.ended))
        return from_counts(*(each.round().astype(np.int64) for each in both))

    def outcomes(self, limit: int, curve: Places) -> Real:
        """Of each, by a curve of its own for each number of `curve`."""
        found = np.zeros(len(self.days))
        for number in np.unique(curve):
            own = curve == number
            rows = self.taken(own)
            table = rows.table()
            values, at = pseudo_shares(table, limit), np.searchsorted(table.days, rows.days)
            found[own] = np.where(rows.ended, values.ended[at], values.open[at])
        return found


def by_group(patterns: Patterns) -> Mapping[str, Counted]:
    """The first place of a pattern is its group."""
    part, whole = Counter[str](), Counter[str]()
    for pattern, counted in patterns.items():
        part[pattern[0]] += counted.part
        whole[pattern[0]] += counted.whole
    return {code: Counted(part[code], rows) for code, rows in whole.items()}
