"""What a column of a question and some of its codes say of a row: the feature that they are about, and its values.

A date seen by month and by year, and the period of a selection, are all about the date; groups of codes are about the
column that they group; and whether a date is known is about the date too.
"""

from collections.abc import Collection
from dataclasses import dataclass

from skillnad.analysis.banded import DAYS, UNDER, Banded, banded_of
from skillnad.analysis.calendars import NOT_THERE, THERE, calendar_of, known_of
from skillnad.analysis.joint.groups import Condition
from skillnad.analysis.joint.sets import ENDLESS, Among, Holding, Values, among, stretch, union
from skillnad.analysis.merged import OTHERS, Merged, merged_of
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.analysis.selection import Reason
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Column, SnapshotTable

ANY_DAY = stretch(-ENDLESS, ENDLESS)
WHOLE_LINE = Among(frozenset({MISSING_LEVEL}), ANY_DAY.stretches)
NO_LENGTH = (Reason.OPEN, Reason.NOT_BEGUN, Reason.NO_FIRST_DAY, Reason.END_BEFORE_START)
ENDED, OPEN = stretch(0, ENDLESS), among(Reason.OPEN.value)
IN_TIME = Among(frozenset({Reason.OPEN.value, Reason.NOT_BEGUN.value}), ENDED.stretches)
"""The spans that have a place in time."""
ANY_LENGTH = Among(frozenset(reason.value for reason in NO_LENGTH), ENDED.stretches)


def length_of(first: str, last: str) -> str:
    """The feature of how many days there are from one date to another."""
    return f"{DAYS}:{first}..{last}"


def days(period: Period) -> Among:
    return stretch(period.start.toordinal(), period.end.toordinal())


@dataclass(frozen=True)
class Columns:
    """The columns of one population of a snapshot."""

    table: SnapshotTable

    def condition(self, column: str, codes: Collection[str]) -> Condition:
        """A row whose `column` has, or holds, any of the codes."""
        if bands := banded_of(column):
            return _banded(bands, codes)
        if through := calendar_of(column):
            spans = [days(Period.parse(code)) if code else among(MISSING_LEVEL) for code in codes]
            return through.column, union(spans)
        if date_column := known_of(column):
            either = {THERE: ANY_DAY, NOT_THERE: among(MISSING_LEVEL)}
            return date_column, union(either.get(code, among()) for code in codes)
        made = merged_of(column)
        name = made.column if made else column
        return name, self._values(name, self._codes(made, codes) if made else codes)

    def whole(self, feature: str) -> Among | None:
        """All that the feature can be; None where a row can hold several values of it, or nobody knows what."""
        if feature.startswith(f"{DAYS}:"):
            return ANY_LENGTH
        stored = self.table.columns.get(feature)
        if stored is None or stored.kind is Column.CODES:
            return None
        if stored.kind is not Column.CODE:
            return WHOLE_LINE
        return among(MISSING_LEVEL, *(level.code for level in stored.levels))

    def _values(self, name: str, codes: Collection[str]) -> Values:
        several = self.table.columns[name].kind is Column.CODES
        return Holding(frozenset({frozenset(codes)})) if several else among(*codes)

    def _codes(self, made: Merged, names: Collection[str]) -> list[str]:
        """The stored codes behind the groups' names."""
        groups, stored = dict(made.groups), self.table.columns[made.column]
        grouped = {code for _, codes in made.groups for code in codes}
        found: list[str] = []
        for name in names:
            rest = [level.code for level in stored.levels if level.code not in grouped | stored.unknown]
            found += groups.get(name, rest if name == OTHERS else [name])
        return found


def _banded(bands: Banded, codes: Collection[str]) -> Condition:
    least = 0 if bands.kind == DAYS else -ENDLESS
    starts = [least, *bands.limits, ENDLESS]
    pieces = {code: stretch(starts[place], starts[place + 1]) for place, code in enumerate([UNDER, *bands.codes[1:]])}
    if bands.kind == DAYS:
        pieces[MISSING_LEVEL] = among(*(reason.value for reason in NO_LENGTH))
        return length_of(*bands.columns), union(pieces[code] for code in codes)
    pieces[MISSING_LEVEL] = among(MISSING_LEVEL)
    return bands.columns[0], union(pieces[code] for code in codes)
