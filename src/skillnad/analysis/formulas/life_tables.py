"""How many are left, day by day: what Kaplan and Meier's curve and the log-rank test are made of.

A row has a duration in whole days and has ended on that day, or is still open (censored): its duration is longer than
what has been seen. On a day that has both, what ended did so before the open ones were last seen (Kaplan and Meier
1958). A row that came under observation late (left truncation) is at risk from the day after its entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LifeTable:
    """The days when something ended or was last seen, least first; ended and open on each; the days of late entries."""

    days: Whole
    ended: Whole
    open: Whole
    entries: Whole

    @property
    def rows(self) -> int:
        return int(self.ended.sum() + self.open.sum())

    @property
    def at_risk(self) -> Whole:
        """How many were under observation just before each of the table's days."""
        return self._left() - self._not_yet(self.days)

    def at_risk_on(self, days: ArrayLike) -> Whole:
        """The same for any days, where 0 is everybody who was seen from the first day."""
        asked = np.asarray(days, dtype=np.int64)
        left: Whole = np.append(self._left(), 0)
        return left[np.searchsorted(self.days, asked, side="left")] - self._not_yet(asked)

    def _left(self) -> Whole:
        found: Whole = np.cumsum((self.ended + self.open)[::-1])[::-1]
        return found

    def _not_yet(self, days: Whole) -> Whole | int:
        if not len(self.entries):
            return 0
        return len(self.entries) - np.searchsorted(self.entries, days, side="left")


def from_counts(ended: ArrayLike, still_open: ArrayLike, entered_late: ArrayLike | None = None) -> LifeTable:
    """The table of histograms by day: place 0 is day 0, and all are equally long.

    `entered_late[d]` counts the rows that came under observation on day d; the others are seen from their first day.
    ValueError of negative counts or of histograms that do not fit together.
    """
    gone, kept = _histogram(ended), _histogram(still_open)
    late = np.zeros_like(gone) if entered_late is None else _histogram(entered_late)
    if not len(gone) == len(kept) == len(late):
        raise ValueError("the histograms are not equally long")
    days = np.flatnonzero(gone + kept)
    table = LifeTable(days, gone[days], kept[days], np.repeat(np.arange(len(late)), late))
    if late.any() and (table.at_risk < table.ended + table.open).any():
        raise ValueError("more left than were under observation")
    return table


def from_rows(days: Sequence[int], ended: Sequence[bool], entry: Sequence[int | None] | None = None) -> LifeTable:
    """The table of rows: duration in days, whether it ended, and the day of entry where that was late (else None).

    ValueError of negative days, and of an entry that is not before the row's last day.
    """
    entries = [None] * len(days) if entry is None else entry
    late = [day for day in entries if day is not None]
    if any(start is not None and not 0 <= start < day for start, day in zip(entries, days, strict=True)):
        raise ValueError("an entry is before the last day")
    length = max(days, default=-1) + 1
    gone = [day for day, over in zip(days, ended, strict=True) if over]
    kept = [day for day, over in zip(days, ended, strict=True) if not over]
    return from_counts(*(np.bincount(np.array(part, dtype=np.int64), minlength=length) for part in (gone, kept, late)))


def _histogram(counts: ArrayLike) -> Whole:
    found = np.asarray(counts, dtype=np.int64)
    if found.ndim != 1 or (found < 0).any():
        raise ValueError("a histogram has one count a day, none below 0")
    return found
