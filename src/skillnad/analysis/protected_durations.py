"""What of a Duration may be shown.

Quantiles are order statistics, and stand where `threshold` rows are on each side of them: the longest rows and the
shortest are no part of any, and who knows all the others is told no more of them than that. So the 90th percentile
takes 50 rows where a median takes 10 (`Policy.rows_for`). Of a followed quantile as many have ended before its day, as
many are left after it, and as many were at risk on every day up to it: where rows come late few are seen from their
first days, and each of them that ends would weigh too much.

A share within a limit is nearly a count: who sees it, how many have ended and how many are open can work out how many
ended before the limit, and between two limits. So the counts are protected with the bands between the limits
(`relations.count_system`), and a share is shown where every band up to its limit may be. A quantile on one side of a
limit tells of the bands too: where any band of a cell is hidden, it has no quantiles.

But a band of open rows tells a followed quantile nothing where these would do for any of them: so many of those that
have ended are known to be before its day, and so many up to it, that it can be just there whether the open were seen
for no days or all of them go on. Rows can then be found with the same quantiles for every number that is hidden: as
many ended on the quantile's day as those numbers take, and on no other day than the quantiles'.
"""

from collections.abc import Mapping

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.protect import Pattern, protect_counts
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
from skillnad.analysis.relations import band_name, cell_name, open_system
from skillnad.analysis.results import Key, Measure, MeasureKind, RawTable
from skillnad.analysis.selection import late_entries

Cells = Mapping[Key, int | float | None]
Patterns = tuple[Pattern, Pattern | None]
"""The gaps of those that have ended; and of the open, where they were found together with other tables'."""

DAYS = (
    Measure("q1", "Undre kvartil, dagar", MeasureKind.DAYS),
    Measure("median", "Median, dagar", MeasureKind.DAYS),
    Measure("q3", "Övre kvartil, dagar", MeasureKind.DAYS),
    Measure("p90", "90:e percentilen, dagar", MeasureKind.DAYS),
)
STILL_OPEN = Measure(OPEN, "Pågår ännu", MeasureKind.COUNT)
FOLLOWED = tuple(
    Measure(followed(measure.id), measure.label.replace(", dagar", " med pågående, dagar"), MeasureKind.DAYS)
    for measure in DAYS
)
DECIMALS = 3
"""Of a share that rests on open rows too, or on rows that came late: more would tell on which days they were last seen,
or came."""


def shown_durations(
    raw: RawTable, question: Duration, policy: Policy, patterns: Patterns, counts: Cells
) -> tuple[tuple[Measure, ...], dict[str, Cells]]:
    """The measures beside the count. A key that one lacks is a cell where it has no meaning, or cannot be told yet."""
    told = _Told(raw, question, policy, patterns, counts)
    cells = {measure.id: told.quantiles(measure.id) for measure in DAYS}
    if OPEN not in raw.values:
        return (*DAYS, *told.limits()), cells | told.shares()
    cells |= {OPEN: told.open} | {measure.id: told.followed(measure.id) for measure in FOLLOWED}
    return (*DAYS, STILL_OPEN, *FOLLOWED, *told.limits()), cells | told.shares()


_PARTS = {followed(name): part for name, part in QUANTILES.items()}


class _Told:
    """What a reader sees of those that have ended and those that have not, and what may follow from it."""

    def __init__(self, raw: RawTable, question: Duration, policy: Policy, patterns: Patterns, counts: Cells) -> None:
        self.raw, self.question, self.policy, self.counts = raw, question, policy, counts
        pattern, still_open = patterns
        self.patterns = [pattern]
        self.open: Cells = dict.fromkeys(raw.counts, 0)
        if OPEN in raw.values:
            self.patterns.append(still_open or protect_counts(open_system(raw), policy))
            self.open = {key: self._open(key) for key in raw.counts}

    def _open(self, key: Key) -> int | None:
        pattern = self.patterns[1]
        hidden = pattern.withheld or cell_name(self.raw.axes, key) in pattern.hidden
        return None if hidden else int(self.raw.values[OPEN][key] or 0)

    def _rows(self, key: Key) -> int | float | None:
        """How many there are, ended and open, where the reader knows."""
        ended, still_open = self.counts[key], self.open[key]
        return None if ended is None or still_open is None else ended + still_open

    def quantiles(self, measure: str) -> Cells:
        """Of those that have ended."""
        least, values = self.policy.rows_for(QUANTILES[measure]), self.raw.values[measure]
        return {
            key: value if (self.counts[key] or 0) >= least and self._all_bands_shown(key, self.patterns[:1]) else None
            for key, value in values.items()
            if self.counts[key] != 0
        }

    def followed(self, measure: str) -> Cells:
        """A quantile with the open counted; without a key where too few have ended for it."""
        values, rests_on = self.raw.values[measure], self.raw.values[beside(measure)]
        shown: dict[Key, int | float | None] = {}
        for key, value in values.items():
            rows = self._rows(key)
            if rows is None or 0 < rows < self.policy.quantile_minimum or not self._may_stand(key, measure):
                shown[key] = None
            elif value is not None:
                shown[key] = value if (rests_on[key] or 0) >= self.policy.threshold else None
        return shown

    def _may_stand(self, key: Key, measure: str) -> bool:
        """Does a followed quantile tell of no band that is hidden?"""
        if self._all_bands_shown(key, self.patterns):
            return True
        return self._all_bands_shown(key, self.patterns[:1]) and self._whatever_is_open(key, measure)

    def _whatever_is_open(self, key: Key, measure: str) -> bool:
        """Could it be on its day whenever the open were last seen? With the fewest at risk that there can be, it is not
        before; with the most, it is not after. Half a day is the middle of a stretch where the curve is at exactly that
        share: of few numbers only, so it tells how many of the open were gone by then."""
        day, part = self.raw.values[measure][key], _PARTS[measure]
        ended, still_open = self.counts[key] or 0, self.open[key] or 0
        if day is None or day != int(day) or late_entries(self.question) or still_open < 2 * self.policy.threshold:
            return False
        limits = {limit: self.raw.values[ended_within(limit)][key] or 0 for limit in self._limits()}
        own = {name: self.quantiles(name).get(key) for name in QUANTILES}
        placed = [(at, QUANTILES[name]) for name, at in own.items() if at is not None]
        before = [count for limit, count in limits.items() if limit < day]
        before += [of * ended for at, of in placed if at < day]
        up_to = [count for limit, count in limits.items() if limit >= day]
        up_to += [of * (ended - 1) for at, of in placed if at > day]
        return max(before, default=0) <= part * ended and min(up_to, default=ended) >= part * (ended + still_open)

    def limits(self) -> tuple[Measure, ...]:
        return tuple(Measure(within(limit), f"Inom {limit} dagar", MeasureKind.SHARE) for limit in self._limits())

    def shares(self) -> dict[str, Cells]:
        return {within(limit): self._shares(place, limit) for place, limit in enumerate(self._limits())}

    def _limits(self) -> list[int]:
        return sorted(set(self.question.within))

    def _shares(self, place: int, limit: int) -> Cells:
        shown: dict[Key, int | float | None] = {}
        for key, value in self.raw.values[within(limit)].items():
            rows, bands = self._rows(key), self._bands_shown(key, place, self.patterns)
            if rows is None or 0 < rows < self.policy.quantile_minimum or not bands or self._few_early(key, limit):
                shown[key] = None
            elif value is not None:
                shown[key] = round(value, DECIMALS) if self._followed(key, limit) else value
        return shown

    def _followed(self, key: Key, limit: int) -> bool:
        """Does the share rest on rows of which the whole length is not seen?"""
        return late_entries(self.question) is not None or bool(self.raw.values[open_within(limit)][key])

    def _few_early(self, key: Key, limit: int) -> bool:
        """Were fewer than `threshold` seen on their early days, where rows come late?"""
        fewest = self.raw.values.get(fewest_within(limit))
        return fewest is not None and (fewest[key] or 0) < self.policy.threshold

    def _all_bands_shown(self, key: Key, patterns: list[Pattern]) -> bool:
        """A quantile tells on which side of a limit it is, and so of how many there are in a band that is hidden."""
        return not self._limits() or self._bands_shown(key, len(self._limits()), patterns)

    def _bands_shown(self, key: Key, place: int, patterns: list[Pattern]) -> bool:
        """Is no band up to the limit hidden?"""
        names = {band_name(self.raw.axes, key, band) for band in range(place + 1)}
        return not any(pattern.withheld or names & pattern.hidden for pattern in patterns)
