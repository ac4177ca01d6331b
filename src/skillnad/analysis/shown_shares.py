"""Shares of what is shown. Beside a gap a share is shown, in whole per cent, where every reader could work it out.

Whether it is, and what it is, follows from the counts that are shown and from nothing else: so it tells nothing new.

No rule shows more and still tells nothing. But for tables that take too much work, a share is hidden here where two
tables show the same counts and differ in it, in whole per cent (or in being none or all); to show it is to say which of
them is not the true one. The gap in the denominator is often one of 1–4 who lack the value, and so is what would be
narrowed. The same goes for a rounded denominator ("about 570"), for a bound on the gap ("fewer than ten") and for the
share as an interval, where they are narrower than what is shown gives; where they are not, the interval is too wide to
be of use (54–100 %). Such a bound could be let through by the auditor together with the gaps, but whether it was would
then depend on the hidden numbers. A share of all, also of those who lack the value, tells nothing new: a whole table
has such shares where that is better (`shares_of_all`).
"""

from collections.abc import Mapping
from math import ceil, floor

from skillnad.analysis.disclosure.intervals import Intervals
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.work import TooMuch, Work
from skillnad.analysis.formulas.shares import Fraction, Terms, share, steady_percent, total
from skillnad.analysis.relations import cell_name, reader_system
from skillnad.analysis.results import Key, RawTable

Shown = Mapping[Key, int | None]
NEAR = 1e-6


def shown_shares(
    raw: RawTable, counts: Mapping[Key, int | float | None], made: Mapping[Key, Fraction], policy: Policy
) -> dict[Key, int | float | None]:
    """The shares by key; a gap is None, and a share of nothing has no key. `counts` are the shown ones."""
    shown: Shown = counts  # type: ignore[assignment]
    reader = _Reader(raw, shown, policy)
    return {key: reader.share(fraction) for key, fraction in made.items() if not reader.of_nobody(fraction)}


class _Reader:
    """What one who sees the shown counts knows of a share."""

    def __init__(self, raw: RawTable, shown: Shown, policy: Policy) -> None:
        self.raw, self.shown, self.policy = raw, shown, policy
        self.wholes: dict[Terms, tuple[int, int] | None] = {}
        self._intervals: Intervals | None = None

    def of_nobody(self, made: Fraction) -> bool:
        """A share of nothing. Where zeros are printed a reader sees that it is one; else only where it is shown."""
        counts = self.raw.counts if self.policy.zeros_printed else self.shown
        return total(counts, made.whole) == 0

    def share(self, made: Fraction) -> float | None:
        part, whole = total(self.shown, made.part), total(self.shown, made.whole)
        if whole is not None:
            return None if self._thin(whole) else share(part, whole)
        ends = self._whole(made.whole) if part is not None or made.part == made.whole else None
        if ends is None or self._thin(ends[0]):
            return None
        if part is None:
            return 1.0 if ends[0] > 0 else None
        return steady_percent(part, *ends)

    def _thin(self, whole: int) -> bool:
        """Too few for a share, where that is more than what is small: of so few the counts are hidden too
        (`thin_lines`)."""
        return self.policy.threshold < self.policy.denominator > whole

    def _whole(self, terms: Terms) -> tuple[int, int] | None:
        """From the least to the most that the denominator can be; None where it could be anything."""
        if all(count is None for count in self.shown.values()):
            return None
        if terms not in self.wholes:
            self.wholes[terms] = self._ends(terms)
        return self.wholes[terms]

    def _ends(self, terms: Terms) -> tuple[int, int] | None:
        try:
            ends = self.intervals.of({cell_name(self.raw.axes, key): float(sign) for key, sign in terms})
        except TooMuch:
            return None
        return None if ends is None else (ceil(ends[0] - NEAR), floor(ends[1] + NEAR))

    @property
    def intervals(self) -> Intervals:
        if self._intervals is None:
            told = reader_system(self.raw)
            hidden = {cell_name(self.raw.axes, key) for key, count in self.shown.items() if count is None}
            self._intervals = Intervals(told, hidden, float(self.policy.gap_floor), Work(self.policy.budget))
        return self._intervals
